"""Headlines of what is drawn over time: a trend with its groups, lines side by side, two periods."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from analysis.exhibits.finding import (
    PERCENT,
    Headline,
    Held,
    Slots,
    label_of_row,
    prints_alike,
    rises_and_falls,
    rises_falls_and_largest,
)
from analysis.exhibits.part_headlines import HALF_AS_MUCH, MORE, TWICE, parts_of
from analysis.exhibits.parts import Chart, Series
from analysis.exhibits.said import SaidLabel, SaidNumber
from analysis.quantities import difference, point_change
from analysis.rounding import round_half_up

Lines = list[tuple[Series, list[Held]]]
"""Series with their quantities that are not missing."""

# Labels of the package, which name another source of a line's numbers and no group of people.
WORD = "label."


def headline_of_trend(chart: Chart, lines: Lines) -> Headline | None:
    """Return the change from first to last of a trend, its largest move, and groups that lie apart."""
    rows = lines[0][1]
    if len(rows) < 2:
        return parts_of(rows, chart.decimals)
    first, last = rows[0], rows[-1]
    moves = [(b.value.value - a.value.value, a, b) for a, b in pairwise(rows)]
    _, start, end = max(moves, key=lambda move: abs(move[0]))
    slots: Slots = {
        "start": SaidLabel(first.key),
        "before": SaidNumber(first.quantity, chart.decimals),
        "end": SaidLabel(last.key),
        "last": SaidNumber(last.quantity, chart.decimals),
    }
    groups = _groups_apart(lines, chart.decimals)
    if round_half_up(first.value.value, chart.decimals) == round_half_up(last.value.value, chart.decimals):
        top = max(rows, key=lambda row: row.value.value)
        flat = prints_alike(top, last, chart.decimals)
        if groups:
            return Headline("steady_apart", slots | groups)
        slots |= {"top": SaidNumber(top.quantity, chart.decimals), "year": SaidLabel(top.key)}
        return Headline("steady_flat" if flat else "steady", slots)
    change_of = point_change if first.value.unit == PERCENT else difference
    slots |= {
        "change": SaidNumber(change_of(first.quantity, last.quantity), chart.decimals, signed=True),
        "year": SaidLabel(end.key),
        "move": SaidNumber(change_of(start.quantity, end.quantity), chart.decimals, signed=True),
    }
    moved = last.value.value - first.value.value
    rule = "rose" if moved > 0 else "fell"
    # A move over more years than others is no largest one of a year.
    places = [chart.categories.index(row.key) for row in rows]
    even = len({after - before for before, after in pairwise(places)}) == 1
    if len(rows) < 3 or not even:
        return Headline(f"{rule}_once", slots)
    if abs(end.value.value - start.value.value) > TWICE * abs(moved):
        rule = "little"
    return Headline(f"{rule}_apart" if groups else rule, slots | groups)


def _groups_apart(lines: Lines, decimals: int) -> Slots:
    """Return the groups that stand highest and lowest in the last year that all have, if far apart."""
    groups = [(series, rows) for series, rows in lines[1:] if not series.label.startswith(WORD)]
    held = [{row.key for row in rows} for _, rows in groups]
    year = next((row.key for row in reversed(lines[0][1]) if all(row.key in keys for keys in held)), None)
    ends = [
        Held(series.label, row.quantity, row.value)
        for series, rows in groups
        for row in rows
        if row.key == year
    ]
    return _ends(ends, decimals) | {"at": SaidLabel(f"{year}")} if _apart(ends) else {}


def _apart(ends: list[Held]) -> bool:
    values = [row.value.value for row in ends]
    return len(values) > 1 and max(values) >= HALF_AS_MUCH * min(values) > 0


def _ends(ends: list[Held], decimals: int) -> Slots:
    """Return the highest and the lowest of several numbers, each with its name."""
    top, bottom = (pick(ends, key=lambda row: row.value.value) for pick in (max, min))
    return {
        "first": label_of_row(top, ends, decimals),
        "largest": SaidNumber(top.quantity, decimals),
        "second": label_of_row(bottom, ends, decimals),
        "smallest": SaidNumber(bottom.quantity, decimals),
    }


def headline_of_panels(chart: Chart, lines: Lines) -> Headline | None:
    """Return how many lines end higher and lower than they begin, and which moved most.

    Where no line moved half as far as they lie apart at their end, the levels come before the moves.
    """
    ends = [(series, rows[0], rows[-1]) for series, rows in lines if len(rows) > 1]
    if len(ends) < 2:
        return headline_of_trend(chart, lines)
    moves = [last.value.value - first.value.value for _, first, last in ends]
    lasts = [Held(series.label, last.quantity, last.value) for series, _, last in ends]
    levels = [row.value.value for row in lasts]
    together = len({(first.key, last.key) for _, first, last in ends}) == 1
    if together and _apart(lasts) and max(map(abs, moves)) < MORE * (max(levels) - min(levels)):
        of_years: Slots = {"start": SaidLabel(ends[0][1].key), "end": SaidLabel(ends[0][2].key)}
        return Headline("levels", rises_and_falls(moves) | _ends(lasts, chart.decimals) | of_years)
    series, first, last = ends[max(range(len(ends)), key=lambda place: abs(moves[place]))]
    change_of = point_change if first.value.unit == PERCENT else difference
    of = SaidLabel(series.label), SaidLabel(f"code.{first.key}–{last.key}")
    return rises_falls_and_largest(
        moves, of, SaidNumber(change_of(first.quantity, last.quantity), chart.decimals, True)
    )


def headline_of_two_periods(chart: Chart, lines: Lines) -> Headline | None:
    """Return which number changed most from the first category to the last, or that hardly any did."""
    ends = [(series, rows[0], rows[-1]) for series, rows in lines if len(rows) > 1]
    if not ends:
        return parts_of(lines[0][1], chart.decimals)
    series, first, last = max(ends, key=lambda end: abs(end[2].value.value - end[1].value.value))
    slots: Slots = {"start": SaidLabel(first.key), "end": SaidLabel(last.key)}
    if first.value.value == last.value.value:
        return Headline("unmoved", slots)
    slots |= {"series": SaidLabel(series.label), "before": SaidNumber(first.quantity, chart.decimals)}
    moves = [abs(end.value.value - start.value.value) for _, start, end in ends]
    if len(ends) > 1 and first.value.unit == PERCENT and max(moves) <= Fraction(1, 10**chart.decimals):
        low, high = sorted((first, last), key=lambda row: row.value.value)
        most = SaidNumber(point_change(low.quantity, high.quantity), chart.decimals)
        return Headline("hardly", slots | {"most": most})
    rule = "shift" if moves.count(max(moves)) == 1 else "shift_tied"
    return Headline(rule, slots | {"last": SaidNumber(last.quantity, chart.decimals)})
