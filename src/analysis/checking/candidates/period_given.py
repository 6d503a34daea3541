"""Which period a number is given: of its column, its sentence, what was said before, or the headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.checking.candidates.belonging import (
    MEASURE,
    comma_between,
    of_later,
    right_before,
    stands_later,
)
from analysis.checking.candidates.compared_periods import goes_on, moved_from, strength_of
from analysis.checking.candidates.periods_of_numbers import usable_periods
from analysis.checking.text.context import Context
from analysis.checking.text.mentions import Sentence
from analysis.checking.text.periods import shifted

if TYPE_CHECKING:
    from analysis.checking.candidates.running import Running

# How strongly a text of which nothing else is said is of the record's own biennium.
DEFAULT = 0.1


def give_period(running: Running, made: Context, read: Sentence, header: Sentence | None) -> None:
    """Give a number the period that is said of it: in its column, its sentence, before or above."""
    periods = [mention for mention in read.mentions if mention.axis == "period"]
    if header is not None and any(mention.axis == "period" for mention in header.mentions):
        made.period = next(mention.code for mention in header.mentions if mention.axis == "period")
        made.period_strength = 1.0
        return
    low, high = read.clause(made.number)
    own = any(mention.axis != "period" and low <= mention.start < high for mention in read.mentions)
    measures = [mention for mention in read.mentions if mention.axis == MEASURE]
    measured = any(right_before(read, mention, made.number) for mention in measures)
    usable = usable_periods(read, made.number)
    apart = own and low > 0 and not (usable and goes_on(read, made.number))
    made.earlier = moved_from(read, made.number) and not apart and not measured
    later = [
        one
        for one in periods
        if one not in usable and read.crossed(made.number, one) == 1 and not of_later(read, made.number, one)
    ]
    if usable:
        nearest = min(
            usable,
            key=lambda date: (stands_later(read, made.number, date), read.distance(made.number, date)),
        )
        if not (nearest.relative or low <= nearest.start < high):
            inside = (one for one in usable if low <= one.start < high and not one.relative)
            nearest = next(inside, nearest)
        crossed = read.crossed(made.number, nearest)
        made.period, made.period_strength = nearest.code, strength_of(read, nearest, made.number)
        both = sorted(period.code for period in usable if period.start == nearest.start)
        if len(both) > 1:
            made.period = both[0] if made.earlier else both[-1]
        elif (
            made.earlier
            and nearest.end <= made.number.start
            and (crossed or comma_between(read, nearest, made.number))
        ):
            made.period, made.period_strength = shifted(nearest.code, -1), 0.6
    elif later and made.earlier and not later[0].relative:
        both = sorted(period.code for period in later if period.start == later[0].start)
        made.period = both[0] if len(both) > 1 else shifted(later[0].code, -1)
        made.period_strength = 0.5
    elif running.period:
        made.period, made.period_strength = running.period, 0.4
        if made.earlier:
            made.period = shifted(running.period, -1)
    elif made.earlier and goes_on(read, made.number):
        made.period, made.period_strength = shifted(running.heading_period or running.biennium, -1), DEFAULT
    elif running.heading_period:
        made.period, made.period_strength = running.heading_period, 0.3
    else:
        made.period, made.period_strength = running.biennium, DEFAULT
