"""Headlines: what the numbers of a chart or table say first, found by stated rules and never typed.

A rule looks at the quantities that are drawn, decides whether what it looks for stands out, and names the
numbers and labels of one sentence; the words are the label ``headline.<rule>``. The first rule that finds
something decides. A number in a headline is a quantity like any other, so it can be traced. What prints as
another does is named "among others"; the whole stands in no race with its parts.

=================  ==============================================================================
rule               finds
=================  ==============================================================================
``steady``         a trend whose last number, as printed, is the first; ``steady_flat`` where none is higher,
                   ``steady_apart`` where groups of people lie apart, as below
``rose``, ``fell`` the change from a trend's first number to its last, and its largest single move;
                   ``little`` where that move is more than twice the change; ``rose_apart``, ``fell_apart``
                   and ``little_apart`` where groups of people lie half as much again apart in the last
                   year that all have, ``rose_once`` and ``fell_once`` where no move is one of a year
``all_reached``    every second number is at least the first (every target is met)
``some_reached``   how many second numbers reach the first, and which stays furthest below
``none_reached``   no second number reaches the first
``one_each``       of two, one reaches the first and one does not
``differs_up``     of pairs without a level to reach, how many second numbers lie above, none below, and the
                   two that lie furthest apart; ``differs_down`` the other way, ``differs_both`` both ways
``first_in_both``  one pair leads in both series, half as large again as the next, and no pair is apart by a
                   tenth of what it leads by; ``first_two_in_both`` where the next is one in both, too
``alike``          pairs that all print alike
``some_far_above`` how many reach the first, and which lies above it, where that is twice as far off as
                   the furthest below
``moves``          how many lines end higher and lower than they began, and the largest change
``levels``         where lines lie twice as far apart as any moved, the highest and the lowest end
``majority``       one part is more than half of the whole
``two_lead``       the two largest parts are more than half of the whole, and the first not half as much again
``largest``        the largest part, where it is a fifth or more above the next, of counts by more than one
``even``           the largest number is less than a quarter above the smallest
``range``          the largest and the smallest of three, or where they are four times apart; of rates, twice
``extremes``       the largest and the smallest
``of_all``         of things counted one by one, the largest part and how many there are
``pair``           two numbers, side by side
``lone``           one number
``leads``          of stacked parts, the one that is the largest over all, in how many rows, the largest row;
                   ``leads_alone`` where several parts are, ``leads_even`` where rows are all as large
``leads_reached``  of stacked parts with something to reach, how many rows reach it, and the largest row;
                   ``leads_one_set`` of one row, what it is and what it was to be
``leads_shares``   of stacked shares, the part that is the largest in most rows, and where it is most
``peak``           of a grid, the largest cell; ``peak_in`` where one column holds most rows' largest cells,
                   or one row most columns'
``shift``          between two periods, the number that changed most; ``shift_tied`` where others changed as
                   much, ``unmoved`` where none did, ``hardly`` where no share did by more than a last digit
``bridge``         from a level to another, and the largest step between them; ``bridge_but`` instead of it
                   the only step that goes the other way, where one does
``span``           of spans, the year in which most of them end
=================  ==============================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from analysis.exhibits.finding import (
    PERCENT,
    Headline,
    Slots,
    count_of,
    held_of,
    label_of_row,
)
from analysis.exhibits.pair_headlines import how_two_series_stand
from analysis.exhibits.part_headlines import MORE, parts_of
from analysis.exhibits.parts import Chart
from analysis.exhibits.said import SaidLabel, SaidNumber
from analysis.exhibits.time_headlines import (
    Lines,
    headline_of_panels,
    headline_of_trend,
    headline_of_two_periods,
)
from analysis.quantities import (
    Quantity,
    Recorded,
    change,
    is_at_least,
    share,
    tally,
)

DUMBBELL = "dumbbell"


def chart_headline(chart: Chart, recorded: Recorded) -> Headline | None:
    """Return what a chart says first; None where no number of it is recorded."""
    series = [(line, held_of(chart.categories, line.values, recorded)) for line in chart.series]
    lines = [(line, rows) for line, rows in series if rows]
    if not lines:
        return None
    rules: dict[str, Callable[[Chart, list], Headline | None]] = {
        "lines": headline_of_trend,
        "panels": headline_of_panels,
        "stacked": _stacked,
        "heat": _peak,
        "spans": _span,
        "intervals": _intervals,
        "slope": headline_of_two_periods,
        "units": _of_all,
        "waterfall": _bridge,
    }
    if chart.goals is not None and (reaching := _reaching(chart, lines, recorded)):
        return reaching
    if chart.versions and len(lines) > 1:
        return how_two_series_stand(chart, [lines[0], lines[-1]])
    if chart.kind in rules:
        return rules[chart.kind](chart, lines)
    if len(chart.categories) == 1 and len(lines) > 2:  # of one period, its parts
        return parts_of([replace(rows[0], key=line.label) for line, rows in lines], chart.decimals)
    if len(chart.series) == 2:
        comparison = how_two_series_stand(chart, lines)
        if comparison or chart.kind == DUMBBELL:  # one of two series alone is no whole
            return comparison
    return parts_of(lines[0][1], chart.decimals)


def _stacked(chart: Chart, lines: Lines) -> Headline | None:
    if len(lines) == 1:
        return parts_of(lines[0][1], chart.decimals)
    sums: dict[str, list[Quantity]] = {}
    largest: Counter[str] = Counter()
    by_category: dict[str, list[tuple[Fraction, str]]] = {}
    for series, rows in lines:
        for row in rows:
            sums.setdefault(row.key, []).append(row.quantity)
            by_category.setdefault(row.key, []).append((row.value.value, series.label))
    wholes = {row.key for _, rows in lines for row in rows if row.whole}
    for parts in (by_category[key] for key in by_category if key not in wholes):
        largest[max(parts)[1]] += 1
    totals = {key: sum(value for value, _ in parts) for key, parts in by_category.items()}
    series_totals = {series.label: tally(row.quantity for row in rows) for series, rows in lines}
    leading, times = largest.most_common(1)[0]
    if lines[0][1][0].value.unit == PERCENT:
        # Shares: every row makes 100, so that the leading part is what can stand out.
        shares = next(rows for series, rows in lines if series.label == leading)
        peak = max(shares, key=lambda row: row.value.value)
        slots: Slots = {
            "series": SaidLabel(leading),
            "first": SaidLabel(peak.key),
            "largest": SaidNumber(peak.quantity, chart.decimals),
        }
        slots |= {"times": count_of(times), "all": count_of(largest.total())}
        return Headline("leads_shares", slots)
    top = max(totals, key=lambda key: totals[key])
    whole = tally(series_totals.values())
    sizes = {series.label: _total(lines, series.label) for series, _ in lines}
    leader = max(sizes, key=lambda label: sizes[label])
    slots = {
        "first": SaidLabel(top, others=list(totals.values()).count(totals[top]) > 1),
        "largest": SaidNumber(tally(sums[top]), chart.decimals),
        "series": SaidLabel(leader),
        "share": SaidNumber(share(series_totals[leader], whole)),
        "times": count_of(sum(_leads(leader, by_category[key]) for key in by_category)),
        "all": count_of(len(by_category)),
    }
    if len(by_category) == 1:
        return Headline("leads_one", slots)
    if list(sizes.values()).count(sizes[leader]) > 1:
        return Headline("leads_alone", slots)
    return Headline("leads" if len(set(totals.values())) > 1 else "leads_even", slots)


def _leads(label: str, parts: list[tuple[Fraction, str]]) -> bool:
    """Return whether a part is larger than every other of its row."""
    return [name for value, name in parts if value == max(parts)[0]] == [label]


def _reaching(chart: Chart, lines: Lines, recorded: Recorded) -> Headline | None:
    """Return how many stacked rows reach what is set for them, and the largest row."""
    goals = held_of(chart.categories, chart.goals.values, recorded) if chart.goals else []
    sums = {
        key: tally(row.quantity for _, rows in lines for row in rows if row.key == key)
        for key in dict.fromkeys(row.key for _, rows in lines for row in rows)
    }
    judged = [is_at_least(sums[goal.key], goal.quantity) for goal in goals if goal.key in sums]
    if not judged or chart.falling:
        return None
    totals = held_of(list(sums), list(sums.values()), recorded)
    top = max(totals, key=lambda row: row.value.value)
    slots: Slots = {
        "first": label_of_row(top, totals, chart.decimals),
        "largest": SaidNumber(top.quantity, chart.decimals),
    }
    if len(totals) == 1:
        goal = SaidNumber(goals[0].quantity, chart.decimals)
        return Headline("leads_one_set", slots | {"second": SaidLabel("measure.target"), "next": goal})
    slots |= {"reached": SaidNumber(tally(judged)), "all": count_of(len(judged))}
    return Headline("leads_reached", slots)


def _total(lines: Lines, label: str) -> Fraction:
    return sum(
        (row.value.value for series, rows in lines if series.label == label for row in rows), Fraction(0)
    )


def _peak(chart: Chart, lines: Lines) -> Headline | None:
    """Return the largest cell, and the column that holds most rows' largest cells where one does."""
    cells = [(series, row) for series, rows in lines for row in rows]
    series, row = max(cells, key=lambda pair: pair[1].value.value)
    here = (series.label, row.key)
    slots: Slots = {
        "first": SaidLabel(row.key),
        "series": SaidLabel(series.label),
        "largest": SaidNumber(row.quantity, chart.decimals),
    }
    tops: list[dict[str, tuple[Fraction, str]]] = [{}, {}]
    for line, cell in cells:
        for top, (of, one) in zip(tops, ((cell.key, line.label), (line.label, cell.key)), strict=True):
            top[of] = max(top.get(of, (cell.value.value, one)), (cell.value.value, one))
    for top, own, other in zip(tops, here, reversed(here), strict=True):
        times = sum(one == own for _, one in top.values())
        if len(cells) > 2 * len(top) and times > MORE * len(top):
            named: Slots = {"series": SaidLabel(own), "first": SaidLabel(other)}
            return Headline("peak_in", slots | named | {"times": count_of(times), "all": count_of(len(top))})
    return Headline("peak", slots)


def _span(chart: Chart, lines: Lines) -> Headline | None:
    ends = lines[-1][1]
    years = Counter(row.value.value for row in ends)
    year, times = years.most_common(1)[0]
    one = next(row for row in ends if row.value.value == year)
    slots: Slots = {"year": SaidNumber(one.quantity), "times": count_of(times), "all": count_of(len(ends))}
    return Headline("span", slots)


def _of_all(chart: Chart, lines: Lines) -> Headline | None:
    """Return the largest part of what is counted, and how many there are."""
    rows = lines[0][1]
    top = max(rows, key=lambda row: row.value.value)
    whole = SaidNumber(tally(row.quantity for row in rows))
    return Headline(
        "of_all", {"first": SaidLabel(top.key), "largest": SaidNumber(top.quantity), "all": whole}
    )


def _bridge(chart: Chart, lines: Lines) -> Headline | None:
    """Return both levels, the change from one to the other, and the largest step between them."""
    first, *steps, last = lines[0][1]
    most = max(steps, key=lambda row: abs(row.value.value))
    slots: Slots = {
        "first": SaidLabel(first.key),
        "before": SaidNumber(first.quantity, chart.decimals),
        "second": SaidLabel(last.key),
        "last": SaidNumber(last.quantity, chart.decimals),
        "change": SaidNumber(change(first.quantity, last.quantity), 1, signed=True),
        "category": SaidLabel(most.key),
        "most": SaidNumber(most.quantity, chart.decimals, signed=True),
    }
    rises = [row for row in steps if row.value.value > 0]
    falls = [row for row in steps if row.value.value < 0]
    few, many = sorted((rises, falls), key=len)
    if len(few) == 1 and len(many) > 1 and few[0] is not most:
        slots |= {"lowest": SaidLabel(few[0].key), "least": SaidNumber(few[0].quantity, chart.decimals, True)}
        return Headline("bridge_but", slots)
    return Headline("bridge", slots)


def _intervals(chart: Chart, lines: Lines) -> Headline | None:
    rows = lines[0][1]
    if len(rows) < 2:
        return parts_of(rows, chart.decimals)
    ordered = sorted(rows, key=lambda row: row.value.value, reverse=True)
    slots: Slots = {
        "first": label_of_row(ordered[0], rows, chart.decimals),
        "largest": SaidNumber(ordered[0].quantity, chart.decimals),
        "last": label_of_row(ordered[-1], rows, chart.decimals),
        "smallest": SaidNumber(ordered[-1].quantity, chart.decimals),
    }
    return Headline("extremes", slots)
