"""Results against targets, of any organisation: how many targets are met, by their direction, and by what.

A table of results holds, for each ``entry``, a baseline, a target and a result, of an indicator whose
``direction`` says which way is better. A result meets its target when it is at least, at most or equal to
it; where the direction is not stated no verdict is given, and such targets are counted.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.named import Choice
from analysis.exhibits.parts import Chart, Column, Row, Series, Table, in_column
from analysis.framework import EQUAL, LESS, MORE
from analysis.quantities import (
    Quantity,
    count_rows,
    equals,
    evaluate,
    is_at_least,
    pairs,
    share,
    value,
)
from analysis.quantities.expression import Selection

RESULTS = "report.results"
ENTRY, TARGET, RESULT, BASELINE = "entry", "target", "result", "baseline"
MET = {MORE: ">=", LESS: "<=", EQUAL: "="}
MISSED = {MORE: ("<",), LESS: (">",), EQUAL: ("<", ">")}
# A chart with more bars than this cannot be read; its table can.
MOST_BARS = 45
COUNTED = (
    "achievement.targets",
    "achievement.with_result",
    "achievement.met",
    "achievement.not_met",
    "achievement.no_verdict",
)


def stated_numbers(measure: str, **where) -> Selection:
    """Baselines, targets or results that state a number, where conditions hold."""
    return count_rows(RESULTS, measure=measure, status="reported", **where)


def targets_with_result(relation: str = "", **where) -> Quantity:
    """Targets that have a result, or whose result stands in a relation to them."""
    return pairs(stated_numbers(RESULT, **where), stated_numbers(TARGET, **where), ENTRY, relation)


def targets_reached(directions: Iterable[str], **where) -> Quantity | None:
    """Targets that are met, over indicators of some directions; None where none of these says which way."""
    parts = [
        targets_with_result(MET[direction], direction=direction, **where)
        for direction in directions
        if direction in MET
    ]
    return _added(parts)


def missed(directions: Iterable[str], **where) -> Quantity | None:
    """Targets that have a result that does not meet them."""
    parts = [
        targets_with_result(relation, direction=direction, **where)
        for direction in directions
        if direction in MISSED
        for relation in MISSED[direction]
    ]
    return _added(parts)


def no_verdict(directions: Iterable[str], **where) -> Quantity | None:
    """Targets that have a result, but whose indicator does not say which way is better."""
    return _added(
        [
            targets_with_result(direction=direction, **where)
            for direction in directions
            if direction not in MET
        ]
    )


def _added(parts: list[Quantity]) -> Quantity | None:
    if not parts:
        return None
    first, *others = parts
    for other in others:
        first = first + other
    return first


def counts_of_targets(scope: Scope, **where) -> tuple[Quantity | None, ...]:
    """Return targets, those with a result, met, not met, without a verdict, and the share met of verdicts."""
    where = {**conditions_on_rows(scope), **where}
    table = scope.recorded[RESULTS]
    chosen = stated_numbers(TARGET, **where).selected(scope.recorded)
    directions = tuple(dict.fromkeys(table.records[row]["direction"] for row in chosen))
    reached, fallen = targets_reached(directions, **where), missed(directions, **where)
    return (
        stated_numbers(TARGET, **where),
        targets_with_result(**where),
        reached,
        fallen,
        no_verdict(directions, **where),
        share(reached, reached + fallen) if reached is not None and fallen is not None else None,
    )


def conditions_on_rows(scope: Scope) -> dict[str, Choice]:
    """Return the conditions on rows; ``level`` and ``dimension`` say what the rows are counted by."""
    return {name: codes for name, codes in scope.where.items() if name not in ("level", "dimension")}


def _columns(*more: Column) -> tuple[Column, ...]:
    counted = tuple(Column(label, "", 0) for label in COUNTED)
    return (*more, *counted, Column("achievement.share_met", "unit.percent", 1))


def _made(
    scope: Scope, stub: str, groups: dict[str, dict], more: dict[str, dict[str, str]] | None = None
) -> Made:
    """Return the table, and a chart of verdicts where its bars can be told apart."""
    further = tuple(Column(label) for label in more) if more else ()
    rows = [
        Row(
            (label,), (*(cells[label] for cells in (more or {}).values()), *counts_of_targets(scope, **where))
        )
        for label, where in groups.items()
    ]
    if not rows:
        return None, ()
    blank = (None,) * len(further)
    rows.append(Row(("label.total",), (*blank, *counts_of_targets(scope)), total=True))
    table = Table((stub,), _columns(*further), tuple(rows))
    return table, _chart(scope, rows[:-1], len(further))


def _chart(scope: Scope, rows: list[Row], skipped: int) -> tuple[Chart, ...]:
    shown = ((2, "achievement.met"), (3, "achievement.not_met"), (4, "achievement.no_verdict"))
    series = tuple(
        Series(label, in_column(rows, skipped + place))
        for place, label in shown
        if any(row.cells[skipped + place] is not None for row in rows)
    )
    if not series or len(rows) > MOST_BARS:
        return ()
    return (Chart(scope.id, "stacked", tuple(row.labels[0] for row in rows), series, "unit.target"),)


def targets_met(scope: Scope) -> Made:
    """Return results against targets by the nodes of a level, or by the parts of a dimension."""
    return _by_node(scope) if "level" in scope.conditions else _by_part(scope)


def _by_node(scope: Scope) -> Made:
    """Return results against targets by the nodes of a level; of indicators with their direction."""
    level = scope.condition("level")
    codes = scope.nodes(RESULTS, level, measure=RESULT)
    groups = {f"{level}.{code}": {level: code} for code in codes}
    indicators = {
        f"{level}.{code}": f"direction.{scope.framework.direction(level, code)}"
        for code in codes
        if scope.framework.node(level, code).measure
    }
    return _made(
        scope, f"level.{level}", groups, {"achievement.direction": indicators} if indicators else None
    )


def _by_part(scope: Scope) -> Made:
    """Return results against targets by the parts of a dimension; codes of one group are one."""
    dimension = scope.condition("dimension")
    there = set(scope.parts(RESULTS, dimension, measure=RESULT))
    groups: dict[str, dict] = {}
    for group, codes in scope.framework.grouped(dimension).items():
        present = tuple(code for code in codes if code in there)
        for label, members in ((group, present),) if group else ((code, (code,)) for code in present):
            if members:
                groups[f"{dimension}.{label}"] = {dimension: members}
    whole = scope.framework.total_code(dimension)
    of_whole = {**conditions_on_rows(scope), dimension: whole}
    if whole and stated_numbers(RESULT, **of_whole).selected(scope.recorded):
        groups[f"{dimension}.{whole}"] = {dimension: (whole,)}
    return _made(scope, f"dimension.{dimension}", groups)


def in_detail(scope: Scope) -> Made:
    """Return every entry: baseline, target, result, its per cent of the target, and whether it meets it."""
    table = scope.recorded[RESULTS]
    entries: dict[str, dict[str, int]] = {}
    conditions = tuple((name, codes) for name, codes in scope.conditions.items())
    for row in table.select((("period", (str(scope.period),)), *conditions)):
        entries.setdefault(table.records[row][ENTRY], {})[table.records[row]["measure"]] = row
    for row in table.select((("measure", (BASELINE,)),)):
        if (entry := table.records[row][ENTRY]) in entries:
            entries[entry][BASELINE] = row
    named = [name for name in scope.listed("by") if name in table.rows]
    rows = [
        _entry(scope, entry, rows_of, named)
        for entry, rows_of in entries.items()
        if TARGET in rows_of or RESULT in rows_of
    ]
    columns = (
        *(Column(f"achievement.{measure}") for measure in (BASELINE, TARGET, RESULT)),
        Column("label.achievement", "unit.percent", 1),
        Column("achievement.is_met"),
    )
    stub = tuple(("level." if name in scope.framework.levels else "dimension.") + name for name in named)
    return (Table(stub, columns, tuple(rows)) if rows else None), ()


def _entry(scope: Scope, entry: str, rows_of: dict[str, int], named: list[str]) -> Row:
    table = scope.recorded[RESULTS]
    record = table.records[rows_of.get(RESULT, rows_of.get(TARGET))]
    labels = tuple(f"{name}.{record[name]}" if record[name] else "achievement.not_stated" for name in named)
    numbers = {measure: value(RESULTS, entry=entry, measure=measure) for measure in rows_of}
    target, result = (numbers.get(measure) for measure in (TARGET, RESULT))
    both = all(
        number is not None and not evaluate(number, scope.recorded).missing for number in (target, result)
    )
    achieved = verdict = None
    if both:
        achieved = share(result, target)
        relation = MET.get(record["direction"])
        verdict = _relation(relation, result, target) if relation else "achievement.no_verdict"
    return Row(labels, (numbers.get(BASELINE), target, result, achieved, verdict))


def _relation(relation: str, result: Quantity, target: Quantity) -> Quantity:
    if relation == "=":
        return equals(result, target)
    return is_at_least(result, target) if relation == ">=" else is_at_least(target, result)


def continuity(scope: Scope) -> Made:
    """Return which nodes continue one of the period before, which changed on the way, and which are new."""
    level = scope.condition("level")
    rows = []
    for code in scope.nodes(RESULTS, level, measure=RESULT):
        node = scope.framework.node(level, code)
        state = "continues" if node.continues and not node.changed else "changed" if node.continues else "new"
        rows.append(Row((f"{level}.{code}",), (f"continuity.{state}",)))
    return (
        Table((f"level.{level}",), (Column("achievement.continuity"),), tuple(rows)) if rows else None
    ), ()


def targets_over_years(scope: Scope) -> Made:
    """Return for each node and period of the record how many targets have a result, and the share met.

    A node that a period does not have is said to be a break: nothing of another framework stands in for it.
    """
    table, level = scope.recorded[RESULTS], scope.condition("level")
    rows_of = table.select((("measure", (RESULT,)),))
    there = {(table.records[row][level], table.records[row]["period"]) for row in rows_of}
    periods = sorted({period for _, period in there})
    if len(periods) < 2:
        return None, ()
    rows = []
    for code in scope.framework.codes(level):
        cells: list[Quantity | str | None] = []
        for period in periods:
            if (code, period) in there:
                numbers = counts_of_targets(scope, **{level: code, "period": period})
                cells += [numbers[1], numbers[5] if numbers[5] is not None else "achievement.no_verdict"]
            else:
                cells += ["achievement.break", None]
        if len(cells) > cells.count("achievement.break") + cells.count(None):
            rows.append(Row((f"{level}.{code}",), tuple(cells)))
    columns = tuple(
        column
        for period in periods
        for column in (
            Column("achievement.with_result", "", 0, group=f"code.{period}"),
            Column("achievement.share_met", "unit.percent", 1, group=f"code.{period}"),
        )
    )
    return Table((f"level.{level}",), columns, tuple(rows)), ()


KINDS = (
    Kind("targets_met", targets_met, (RESULTS,)),
    Kind("results_in_detail", in_detail, (RESULTS,)),
    Kind("continuity", continuity, (RESULTS,)),
    Kind("targets_met_over_years", targets_over_years, (RESULTS,)),
)
