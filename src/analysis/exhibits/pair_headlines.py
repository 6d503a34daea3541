"""Headlines of pairs of numbers: what is reached where one is a level to reach, else how they differ."""

from __future__ import annotations

from fractions import Fraction

from analysis.exhibits.finding import PERCENT, Headline, Held, Slots, count_of, prints_alike, rounded
from analysis.exhibits.part_headlines import HALF_AS_MUCH, TWICE
from analysis.exhibits.parts import Chart, Series
from analysis.exhibits.said import SaidLabel, SaidNumber
from analysis.quantities import change, is_at_least, point_change, tally

TENTH = Fraction(1, 10)

# What is to be reached, and what was: the pairs of measures in which "at or above" is the question.
REACHED = (
    ("measure.target", "measure.result"),
    ("measure.strategic_budget", "measure.actual_expenditure"),
    ("label.budget_or_estimate", "measure.actual_expenditure"),
)


def how_two_series_stand(chart: Chart, lines: list[tuple[Series, list[Held]]]) -> Headline | None:
    """Return how two series stand to each other: what is reached where one is a level, else what differs."""
    if len(lines) < 2:
        return None
    (first, mine), (second, theirs) = lines
    by_key = {row.key: row for row in mine}
    pairs = [(by_key[row.key], row) for row in theirs if row.key in by_key]
    above_nought = [pair for pair in pairs if pair[0].value.value > 0]
    if len(pairs) < 2 or not above_nought:
        return None
    if (first.label, second.label) not in REACHED or chart.falling:
        if len(above_nought) < 2:
            return None
        leading = None if chart.versions else _first_in_both(above_nought, chart.decimals)
        return leading or _difference(above_nought, first, second, chart.decimals)
    number = sum(after.value.value >= before.value.value for before, after in pairs)
    ordered = sorted(above_nought, key=lambda pair: pair[1].value.value / pair[0].value.value)
    slots: Slots = {"first": SaidLabel(first.label), "second": SaidLabel(second.label)}
    for (before, after), name, moved in ((ordered[0], "lowest", "least"), (ordered[-1], "highest", "most")):
        word, decimals = (point_change, chart.decimals) if before.value.unit == PERCENT else (change, 0)
        by = word(before.quantity, after.quantity)
        slots |= {name: SaidLabel(after.key), moved: SaidNumber(by, decimals, signed=True)}
    if len(pairs) == len(above_nought) == 2 and number == 1:
        return Headline("one_each", slots)
    reached = tally(is_at_least(after.quantity, before.quantity) for before, after in pairs)
    slots |= {"reached": SaidNumber(reached), "all": count_of(len(pairs))}
    some = "some_far_above" if _far_above(ordered) else "some_reached"
    rule = "all_reached" if number == len(pairs) else some if number else "none_reached"
    return Headline(rule, slots)


def _far_above(ordered: list[tuple[Held, Held]]) -> bool:
    """Return whether the highest number is, in proportion, more than twice as far off as the lowest."""
    short, over = (after.value.value / before.value.value for before, after in (ordered[0], ordered[-1]))
    return short > 0 and over - 1 > TWICE * (1 / short - 1)


def _first_in_both(pairs: list[tuple[Held, Held]], decimals: int) -> Headline | None:
    """Return the pair that leads in both series, where it leads by far more than any pair is apart."""
    if len(pairs) < 3:
        return None
    (top, next_one), (other_top, other_next) = (
        sorted(rows, key=lambda row: row.value.value, reverse=True)[:2] for rows in zip(*pairs, strict=True)
    )
    ahead = min(top.value.value - next_one.value.value, other_top.value.value - other_next.value.value)
    apart = max(abs(after.value.value - before.value.value) for before, after in pairs)
    clear = all(
        one.value.value >= HALF_AS_MUCH * other.value.value > 0
        for one, other in ((top, next_one), (other_top, other_next))
    )
    if top.key != other_top.key or not clear or apart >= TENTH * ahead:
        return None
    slots: Slots = {
        "category": SaidLabel(top.key),
        "before": SaidNumber(top.quantity, decimals),
        "after": SaidNumber(other_top.quantity, decimals),
        "second": SaidLabel(next_one.key),
        "next": SaidNumber(next_one.quantity, decimals),
    }
    if next_one.key != other_next.key:
        return Headline("first_in_both", slots)
    return Headline("first_two_in_both", {**slots, "last": SaidNumber(other_next.quantity, decimals)})


def _difference(pairs: list[tuple[Held, Held]], first: Series, second: Series, decimals: int) -> Headline:
    """Return how many second numbers print above and below the first, and the widest pair."""
    slots: Slots = {"first": SaidLabel(first.label), "second": SaidLabel(second.label)}
    apart = [(before, after) for before, after in pairs if not prints_alike(before, after, decimals)]
    slots["all"] = count_of(len(pairs))
    if not apart:
        return Headline("alike", slots)
    above = sum(after.value.value > before.value.value for before, after in apart)
    below = len(apart) - above
    wide = [abs(after.value.value - before.value.value) for before, after in apart]
    before, after = apart[wide.index(max(wide))]
    printed = [
        abs(rounded(two.value.value, decimals) - rounded(one.value.value, decimals)) for one, two in apart
    ]
    slots |= {
        "category": SaidLabel(after.key, others=printed.count(printed[wide.index(max(wide))]) > 1),
        "before": SaidNumber(before.quantity, decimals),
        "after": SaidNumber(after.quantity, decimals),
        "above": count_of(above),
        "below": count_of(below),
    }
    return Headline("differs_up" if not below else "differs_both" if above else "differs_down", slots)
