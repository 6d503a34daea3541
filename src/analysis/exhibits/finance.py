"""Strategic budget and expenditure of nodes of the framework: by source of funds, and for each result."""

from __future__ import annotations

from collections.abc import Callable

from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.money import money_of_rows
from analysis.exhibits.named import BUDGET, OUTPUT_INDICATORS, RESULT, SOURCE, conditions_of, stated_in_report
from analysis.exhibits.parts import Chart, Column, Row, Series, Table, in_column
from analysis.quantities import Quantity, change, difference, evaluate, share

AGAINST = Column("label.against_budget", "unit.percent", 1, signed=True)
MEASURES = ("strategic_budget", "actual_expenditure")


def _money(scope: Scope) -> tuple[str, int]:
    """Return the unit in which amounts are shown, and its decimals: those of the budget that is recorded."""
    return money_of_rows(scope.recorded[BUDGET].records)


def _columns(scope: Scope) -> tuple[Column, Column]:
    """Return the columns of the strategic budget and of the actual expenditure."""
    budgeted, spent = (Column(f"measure.{measure}", *_money(scope)) for measure in MEASURES)
    return budgeted, spent


def of_node(scope: Scope) -> Made:
    """Return a node's budget and expenditure by source of funds, the total as the document prints it."""
    of, whole = scope.where, scope.framework.total_code(SOURCE)
    sources = scope.parts(BUDGET, SOURCE)
    if not scope.recorded[BUDGET].select(conditions_of(of)):
        return None, ()

    def printed(measure: str, source: str) -> Quantity:
        return named.one(BUDGET, measure=measure, source=source, **of)

    named, at = scope.named, dict(of)
    spent = printed("actual_expenditure", whole) if whole else named.expenditure(**at)
    rows = []
    for source in (*sources, *([whole] if whole else [])):
        pair = [printed(measure, source) for measure in MEASURES]
        cells = (*pair, change(*pair), share(pair[1], spent))
        label = "label.total" if source == whole else f"source.{source}"
        rows.append(Row((label,), cells, source == whole))
    columns = (*_columns(scope), AGAINST, Column("label.share_of_expenditure", "unit.percent", 1))
    series = tuple(
        Series(f"measure.{measure}", tuple(printed(measure, source) for source in sources))
        for measure in MEASURES
    )
    chart = Chart(
        scope.id, "dumbbell", tuple(f"source.{source}" for source in sources), series, *_money(scope)
    )
    return Table(("label.source_of_funds",), columns, tuple(rows)), (chart,)


def _over_nodes(scope: Scope, cells: Callable[..., tuple]) -> tuple[list[Row], tuple[str, ...]]:
    """Return a row for each node of the level that the budget holds and one for all, and the nodes' keys."""
    level, period = scope.condition("level"), str(scope.period)
    codes = scope.nodes(BUDGET, level)
    rows = [Row((f"{level}.{code}",), cells(period=period, **{level: code})) for code in codes]
    rows.append(Row(("label.total",), cells(period=period), total=True))
    return rows, tuple(f"{level}.{code}" for code in codes)


def _stub(scope: Scope) -> tuple[str, ...]:
    return (f"level.{scope.condition('level')}",)


def by_node(scope: Scope) -> Made:
    """Return total expenditure by node, each node's share, and the total that is stated."""
    named, period = scope.named, str(scope.period)
    every = named.expenditure(period=period)

    def cells(**of: str) -> tuple[Quantity, ...]:
        return named.expenditure(**of), share(named.expenditure(**of), every)

    rows, categories = _over_nodes(scope, cells)
    stated_total = stated_in_report(scope.recorded, "policy_outcomes_expenditure", period)
    series = (Series("measure.actual_expenditure", in_column(rows[:-1], 0)),)
    if stated_total is not None:
        rows.append(Row(("label.stated_for_all",), (stated_total, None), total=True))
    columns = (Column("measure.actual_expenditure", *_money(scope)), Column("label.share", "unit.percent", 1))
    chart = Chart(scope.id, "bars", categories, series, *_money(scope))
    return Table(_stub(scope), columns, tuple(rows)), (chart,)


def expenditure_by_source(scope: Scope) -> Made:
    """Return each node's expenditure by source of funds, in amounts and in shares."""
    named, sources = scope.named, scope.parts(BUDGET, SOURCE)

    def cells(**of: str) -> tuple[Quantity, ...]:
        amounts = (named.expenditure(source, **of) for source in (*sources, ""))
        return (*amounts, *(named.source_share(source, **of) for source in sources))

    rows, categories = _over_nodes(scope, cells)
    group = "measure.actual_expenditure"
    columns = (
        *(Column(f"source.{source}", *_money(scope), group=group) for source in sources),
        Column("label.total", *_money(scope), group=group),
        *(Column(f"source.{source}", "unit.percent", 1, group="label.share") for source in sources),
    )
    series = tuple(
        Series(f"source.{source}", in_column(rows, len(sources) + 1 + place))
        for place, source in enumerate(sources)
    )
    chart = Chart(scope.id, "stacked", (*categories, "label.total"), series, "unit.percent")
    return Table(_stub(scope), columns, tuple(rows)), (chart,)


def against_budget(scope: Scope) -> Made:
    """Return each node's expenditure beside its strategic budget, and against it by source that has one."""
    named, period = scope.named, str(scope.period)
    budgeted = [
        source
        for source in scope.parts(BUDGET, SOURCE)
        if not evaluate(named.strategic_budget(source, period=period), scope.recorded).missing
    ]

    def cells(**of: str) -> tuple[Quantity, ...]:
        budget, spent = named.strategic_budget(**of), named.expenditure(**of)
        by_source = (named.against_budget(source, **of) for source in budgeted)
        return budget, spent, difference(budget, spent), named.against_budget(**of), *by_source

    rows, categories = _over_nodes(scope, cells)
    columns = (
        *_columns(scope),
        Column("label.difference", *_money(scope), signed=True),
        Column("label.total", "unit.percent", 1, signed=True, group="label.against_budget"),
        *(
            Column(f"source.{source}", "unit.percent", 1, signed=True, group="label.against_budget")
            for source in budgeted
        ),
    )
    series = tuple(
        Series(f"measure.{measure}", in_column(rows[:-1], place)) for place, measure in enumerate(MEASURES)
    )
    chart = Chart(scope.id, "dumbbell", categories, series, *_money(scope))
    return Table(_stub(scope), columns, tuple(rows)), (chart, *_bridge(scope, rows, categories))


def _bridge(scope: Scope, rows: list[Row], categories: tuple[str, ...]) -> tuple[Chart, ...]:
    """Return the way from the whole budget to the whole expenditure by nodes, where every step is known."""
    *parts, whole = rows
    cells = (whole.cells[0], *(row.cells[2] for row in parts), whole.cells[1])
    numbers = tuple(cell for cell in cells if isinstance(cell, Quantity))
    if len(numbers) < len(cells) or any(evaluate(number, scope.recorded).missing for number in numbers):
        return ()
    ends = tuple(f"measure.{measure}" for measure in MEASURES)
    series = (Series("label.difference", numbers),)
    return (Chart(f"{scope.id}_steps", "waterfall", (ends[0], *categories, ends[1]), series, *_money(scope)),)


def per_result(scope: Scope) -> Made:
    """Return each node's expenditure for each of its results."""
    named = scope.named

    def cells(**of: str) -> tuple[Quantity, ...]:
        return named.expenditure(**of), named.results(**of), named.expenditure_per_result(**of)

    rows, categories = _over_nodes(scope, cells)
    unit = f"{_money(scope)[0]}/{RESULT}"
    columns = (
        _columns(scope)[1],
        Column("measure.result", "unit.result", 0),
        Column("label.per_result", unit, 2),
    )
    series = (Series("label.per_result", in_column(rows[:-1], 2)),)
    chart = Chart(scope.id, "bars", categories, series, unit, 2)
    return Table(_stub(scope), columns, tuple(rows)), (chart,)


KINDS = (
    Kind("expenditure_by_node", by_node, (BUDGET,)),
    Kind("budget_of_node", of_node, (BUDGET,)),
    Kind("expenditure_by_source", expenditure_by_source, (BUDGET,)),
    Kind("expenditure_against_budget", against_budget, (BUDGET,)),
    Kind("expenditure_per_result", per_result, (BUDGET, OUTPUT_INDICATORS)),
)
