"""Headlines: what the numbers of a chart or table say first, found by stated rules and never typed.

A rule looks at the quantities that are drawn, decides whether what it looks for stands out, and names the
numbers and labels of one sentence; the words are the label ``headline.<rule>``. The first rule that finds
something decides. A number in a headline is a quantity like any other, so it can be traced.

=================  ==============================================================================
rule               finds
=================  ==============================================================================
``steady``         a trend whose last number, as printed, is the first
``rose``, ``fell`` the change from a trend's first number to its last, and its largest single move
``all_reached``    every second number is at least the first (every target is met)
``some_reached``   how many second numbers reach the first, and which stays furthest below
``none_reached``   no second number reaches the first
``one_each``       of two, one reaches the first and one does not
``differs_most``   of pairs without a level to reach, the two numbers that lie furthest apart
``moves``          how many lines end higher and lower than they began, and the largest change
``majority``       one part is more than half of the whole
``two_lead``       the two largest parts are more than half of the whole, and the first not half as much again
``largest``        the largest part, where it is a fifth or more above the next
``even``           the largest number is less than a quarter above the smallest
``range``          the largest and the smallest of three, or where they are four times apart
``extremes``       the largest and the smallest
``of_all``         of things counted one by one, the largest part and how many there are
``pair``           two numbers, side by side
``lone``           one number
``leads``          of stacked parts, the largest row, and the part that is the largest over all
``leads_shares``   of stacked shares, the part that is the largest in most rows, and where it is most
``peak``           of a grid, the largest cell
``shift``          between two periods, the number that changed most; ``unmoved`` where none did
``bridge``         from a level to another, and the largest step between them
``span``           of spans, the year in which most of them end
=================  ==============================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from analysis.exhibits.parts import Chart, Series
from analysis.exhibits.said import SaidLabel, SaidNumber
from analysis.quantities import (
    Quantity,
    Recorded,
    Value,
    change,
    constant,
    difference,
    evaluate,
    is_at_least,
    point_change,
    share,
    tally,
)
from analysis.rounding import round_half_up

PERCENT, POINTS = "percent", "percentage_points"
# What is to be reached, and what was: the pairs of measures in which "at or above" is the question.
REACHED = (
    ("measure.target", "measure.result"),
    ("measure.strategic_budget", "measure.actual_expenditure"),
    ("label.budget_or_estimate", "measure.actual_expenditure"),
)
MORE, FIFTH, QUARTER = Fraction(1, 2), Fraction(6, 5), Fraction(5, 4)
HALF_AS_MUCH, FOUR = Fraction(3, 2), 4
TOTAL = "label.total"


Slots = dict[str, SaidNumber | SaidLabel]


@dataclass(frozen=True)
class Headline:
    """What a chart or a table says first.

    Attributes
    ----------
    rule : str
        The rule that found it; its words are the label ``headline.<rule>``.
    slots : dict
        What stands in the sentence's places: numbers and labels by name.
    """

    rule: str
    slots: Slots


@dataclass(frozen=True)
class _Held:
    """A category with a quantity that is not missing, and its value."""

    key: str
    quantity: Quantity
    value: Value


def headline(chart: Chart, recorded: Recorded) -> Headline | None:
    """Return what a chart says first; None where no number of it is recorded."""
    series = [(line, held_of(chart.categories, line.values, recorded)) for line in chart.series]
    held = [(each, rows) for each, rows in series if rows]
    if not held:
        return None
    rules: dict[str, Callable[[Chart, list], Headline | None]] = {
        "lines": _trend,
        "panels": _panels,
        "stacked": _stacked,
        "heat": _peak,
        "spans": _span,
        "intervals": _intervals,
        "slope": _shift,
        "units": _of_all,
        "waterfall": _bridge,
    }
    if chart.kind in rules:
        return rules[chart.kind](chart, held)
    if len(chart.series) == 2:
        found = compared(chart, held)
        if found:
            return found
    return parts_of(held[0][1], chart.decimals)


def _number(cell: Quantity | str | None, recorded: Recorded) -> Value | None:
    if not isinstance(cell, Quantity):
        return None
    value = evaluate(cell, recorded)
    return None if value.missing or value.unit == "truth" else value


def held_of(keys: Sequence[str], quantities: Sequence[Quantity | None], recorded: Recorded) -> list[_Held]:
    """Return the quantities that are not missing, each with its key and its value."""
    rows = []
    for key, quantity in zip(keys, quantities, strict=True):
        value = _number(quantity, recorded)
        if quantity is not None and value is not None:
            rows.append(_Held(key, quantity, value))
    return rows


def _trend(chart: Chart, held: list[tuple[Series, list[_Held]]]) -> Headline | None:
    rows = held[0][1]
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
    if round_half_up(first.value.value, chart.decimals) == round_half_up(last.value.value, chart.decimals):
        top = max(rows, key=lambda row: row.value.value)
        slots |= {"top": SaidNumber(top.quantity, chart.decimals), "year": SaidLabel(top.key)}
        return Headline("steady", slots)
    change_of = point_change if first.value.unit == PERCENT else difference
    slots |= {
        "change": SaidNumber(change_of(first.quantity, last.quantity), chart.decimals, signed=True),
        "year": SaidLabel(end.key),
        "move": SaidNumber(change_of(start.quantity, end.quantity), chart.decimals, signed=True),
    }
    rule = "rose" if last.value.value > first.value.value else "fell"
    return Headline(rule if len(rows) > 2 else f"{rule}_once", slots)


def moved(
    moves: list[Fraction], of: tuple[SaidLabel, SaidLabel], most: SaidNumber, rule: str = "moves"
) -> Headline:
    """Return how many changes are rises and how many falls, and the largest with what it is of.

    Of ``apart``, how many lie above and below what they are set against.
    """
    rose, fell = count_of(sum(move > 0 for move in moves)), count_of(sum(move < 0 for move in moves))
    slots: Slots = {"rose": rose, "fell": fell, "all": count_of(len(moves))}
    return Headline(rule, slots | {"first": of[0], "second": of[1], "most": most})


def _panels(chart: Chart, held: list[tuple[Series, list[_Held]]]) -> Headline | None:
    """Return how many lines end higher and lower than they begin, and which moved most."""
    ends = [(each, rows[0], rows[-1]) for each, rows in held if len(rows) > 1]
    if len(ends) < 2:
        return _trend(chart, held)
    moves = [last.value.value - first.value.value for _, first, last in ends]
    series, first, last = ends[max(range(len(ends)), key=lambda place: abs(moves[place]))]
    change_of = point_change if first.value.unit == PERCENT else difference
    of = SaidLabel(series.label), SaidLabel(f"code.{first.key}–{last.key}")
    return moved(moves, of, SaidNumber(change_of(first.quantity, last.quantity), chart.decimals, True))


def compared(chart: Chart, held: list[tuple[Series, list[_Held]]]) -> Headline | None:
    """Return how two series stand to each other: what is reached where one is a level, else what differs."""
    if len(held) < 2:
        return None
    (first, mine), (second, theirs) = held
    by_key = {row.key: row for row in mine}
    pairs = [
        (by_key[row.key], row) for row in theirs if row.key in by_key and by_key[row.key].value.value > 0
    ]
    if len(pairs) < 2:
        return None
    if (first.label, second.label) not in REACHED:
        return _difference(pairs, first, second, chart.decimals)
    number = sum(after.value.value >= before.value.value for before, after in pairs)
    ordered = sorted(pairs, key=lambda pair: pair[1].value.value / pair[0].value.value)
    slots: Slots = {"first": SaidLabel(first.label), "second": SaidLabel(second.label)}
    for (before, after), name, moved in ((ordered[0], "lowest", "least"), (ordered[-1], "highest", "most")):
        word, decimals = (point_change, chart.decimals) if before.value.unit == PERCENT else (change, 0)
        by = word(before.quantity, after.quantity)
        slots |= {name: SaidLabel(after.key), moved: SaidNumber(by, decimals, signed=True)}
    if len(pairs) == 2 and number == 1:
        return Headline("one_each", slots)
    reached = tally(is_at_least(after.quantity, before.quantity) for before, after in pairs)
    slots |= {"reached": SaidNumber(reached), "all": count_of(len(pairs))}
    rule = "all_reached" if number == len(pairs) else "some_reached" if number else "none_reached"
    return Headline(rule, slots)


def _difference(pairs: list[tuple[_Held, _Held]], first: Series, second: Series, decimals: int) -> Headline:
    before, after = max(pairs, key=lambda pair: abs(pair[1].value.value - pair[0].value.value))
    slots: Slots = {
        "category": SaidLabel(after.key),
        "first": SaidLabel(first.label),
        "before": SaidNumber(before.quantity, decimals),
        "second": SaidLabel(second.label),
        "after": SaidNumber(after.quantity, decimals),
    }
    return Headline("differs_most", slots)


def parts_of(rows: list[_Held], decimals: int) -> Headline | None:
    """Return what stands out among numbers of one series; parts of a whole are said as shares of it."""
    ordered = sorted(rows, key=lambda row: row.value.value, reverse=True)
    top, bottom = ordered[0], ordered[-1]
    slots: Slots = {"first": SaidLabel(top.key), "largest": SaidNumber(top.quantity, decimals)}
    if len(rows) == 1:
        return Headline("lone", slots)
    if len(rows) == 2:
        one, other = rows
        return Headline(
            "pair",
            {
                "first": SaidLabel(one.key),
                "largest": SaidNumber(one.quantity, decimals),
                "second": SaidLabel(other.key),
                "next": SaidNumber(other.quantity, decimals),
            },
        )
    next_one = ordered[1]
    slots |= {
        "second": SaidLabel(next_one.key),
        "next": SaidNumber(next_one.quantity, decimals),
        "last": SaidLabel(bottom.key),
        "smallest": SaidNumber(bottom.quantity, decimals),
    }
    whole = tally(row.quantity for row in rows)
    values = [row.value.value for row in ordered]
    total = sum(values)
    parts = top.value.unit != PERCENT or 98 <= total <= 102
    adds_up = parts and min(values) >= 0 and total > 0 and "/" not in top.value.unit
    if adds_up and values[0] > MORE * total:
        return Headline("majority", slots | {"share": _share(top.quantity, whole, top.value, decimals)})
    apart = values[0] >= HALF_AS_MUCH * values[1] > 0
    if adds_up and len(rows) > 3 and values[0] + values[1] > MORE * total and not apart:
        both = tally((top.quantity, next_one.quantity))
        return Headline("two_lead", slots | {"share": _share(both, whole, top.value, decimals)})
    if min(values) > 0 and values[0] < QUARTER * values[-1]:
        return Headline("even", slots)
    if values[0] >= FIFTH * values[1] and values[0] > 0:
        return Headline("largest", slots)
    wide = len(rows) == 3 or values[0] >= FOUR * values[-1] >= 0
    return Headline("range" if wide else "extremes", slots)


def _share(part: Quantity, whole: Quantity, value: Value, decimals: int) -> SaidNumber:
    """Return a part of the whole in per cent; of percentages that make 100, the part itself."""
    return SaidNumber(part, decimals) if value.unit == PERCENT else SaidNumber(share(part, whole))


def _stacked(chart: Chart, held: list[tuple[Series, list[_Held]]]) -> Headline | None:
    sums: dict[str, list[Quantity]] = {}
    largest: Counter[str] = Counter()
    by_category: dict[str, list[tuple[Fraction, str]]] = {}
    for series, rows in held:
        for row in rows:
            sums.setdefault(row.key, []).append(row.quantity)
            by_category.setdefault(row.key, []).append((row.value.value, series.label))
    for parts in (by_category[key] for key in by_category if key != TOTAL):
        largest[max(parts)[1]] += 1
    totals = {key: sum(value for value, _ in parts) for key, parts in by_category.items()}
    series_totals = {each.label: tally(row.quantity for row in rows) for each, rows in held}
    leading, times = largest.most_common(1)[0]
    if held[0][1][0].value.unit == PERCENT:
        # Shares: every row makes 100, so that the leading part is what can stand out.
        shares = next(rows for each, rows in held if each.label == leading)
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
    leader = max(series_totals, key=lambda label: _total(held, label))
    slots = {
        "first": SaidLabel(top),
        "largest": SaidNumber(tally(sums[top]), chart.decimals),
        "series": SaidLabel(leader),
        "share": SaidNumber(share(series_totals[leader], whole)),
    }
    return Headline("leads" if len(by_category) > 1 else "leads_one", slots)


def _total(held: list[tuple[Series, list[_Held]]], label: str) -> Fraction:
    return sum((row.value.value for each, rows in held if each.label == label for row in rows), Fraction(0))


def count_of(number: int) -> SaidNumber:
    """Return how many of what is drawn a rule has found."""
    return SaidNumber(constant(number, "count"))


def _peak(chart: Chart, held: list[tuple[Series, list[_Held]]]) -> Headline | None:
    series, row = max(
        ((each, row) for each, rows in held for row in rows), key=lambda pair: pair[1].value.value
    )
    largest = SaidNumber(row.quantity, chart.decimals)
    return Headline(
        "peak", {"first": SaidLabel(row.key), "series": SaidLabel(series.label), "largest": largest}
    )


def _span(chart: Chart, held: list[tuple[Series, list[_Held]]]) -> Headline | None:
    ends = held[-1][1]
    years = Counter(row.value.value for row in ends)
    year, times = years.most_common(1)[0]
    one = next(row for row in ends if row.value.value == year)
    slots: Slots = {"year": SaidNumber(one.quantity), "times": count_of(times), "all": count_of(len(ends))}
    return Headline("span", slots)


def _shift(chart: Chart, held: list[tuple[Series, list[_Held]]]) -> Headline | None:
    """Return which number changed most from the first category to the last."""
    ends = [(each, rows[0], rows[-1]) for each, rows in held if len(rows) > 1]
    if not ends:
        return parts_of(held[0][1], chart.decimals)
    series, first, last = max(ends, key=lambda end: abs(end[2].value.value - end[1].value.value))
    slots: Slots = {"start": SaidLabel(first.key), "end": SaidLabel(last.key)}
    if first.value.value == last.value.value:
        return Headline("unmoved", slots)
    slots |= {"series": SaidLabel(series.label), "before": SaidNumber(first.quantity, chart.decimals)}
    return Headline("shift", slots | {"last": SaidNumber(last.quantity, chart.decimals)})


def _of_all(chart: Chart, held: list[tuple[Series, list[_Held]]]) -> Headline | None:
    """Return the largest part of what is counted, and how many there are."""
    rows = held[0][1]
    top = max(rows, key=lambda row: row.value.value)
    whole = SaidNumber(tally(row.quantity for row in rows))
    return Headline(
        "of_all", {"first": SaidLabel(top.key), "largest": SaidNumber(top.quantity), "all": whole}
    )


def _bridge(chart: Chart, held: list[tuple[Series, list[_Held]]]) -> Headline | None:
    """Return both levels, the change from one to the other, and the largest step between them."""
    first, *steps, last = held[0][1]
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
    return Headline("bridge", slots)


def _intervals(chart: Chart, held: list[tuple[Series, list[_Held]]]) -> Headline | None:
    rows = held[0][1]
    if len(rows) < 2:
        return parts_of(rows, chart.decimals)
    ordered = sorted(rows, key=lambda row: row.value.value, reverse=True)
    slots: Slots = {
        "first": SaidLabel(ordered[0].key),
        "largest": SaidNumber(ordered[0].quantity, chart.decimals),
        "last": SaidLabel(ordered[-1].key),
        "smallest": SaidNumber(ordered[-1].quantity, chart.decimals),
    }
    return Headline("extremes", slots)
