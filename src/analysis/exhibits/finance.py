"""Strategic budget and expenditure of the policy outcomes: by source of funds, and for each result."""

from __future__ import annotations

from functools import partial

from analysis.exhibits import funding
from analysis.exhibits.named import (
    BUDGET,
    INDICATORS,
    OUTCOMES,
    SOURCES,
    against_budget,
    expenditure,
    expenditure_per_result,
    results,
    source_share,
    strategic_budget,
)
from analysis.exhibits.parts import Chart, Column, Definition, Row, Series, Table
from analysis.periods import Period
from analysis.quantities import Quantity, Recorded, change, difference, share, value

NOTEBOOK = "03_budget_and_expenditure"
MONEY = "unit.usd_million"
BUDGETED = Column("measure.strategic_budget", MONEY, 1)
SPENT = Column("measure.actual_expenditure", MONEY, 1)
AGAINST = Column("label.against_budget", "unit.percent", 1, signed=True)


def one_outcome(
    code: str, identifier: str, recorded: Recorded, biennium: Period
) -> tuple[Table, tuple[Chart, ...]]:
    """Return an outcome's budget and expenditure by source of funds, the total as the document prints it."""
    of = {"outcome": code, "period": str(biennium)}

    def printed(measure: str, source: str) -> Quantity:
        return value(BUDGET, measure=measure, source=source, **of)

    spent = printed("actual_expenditure", "total")
    rows = []
    for source in (*SOURCES, "total"):
        pair = [printed(measure, source) for measure in ("strategic_budget", "actual_expenditure")]
        rows.append(
            Row((f"source.{source}",), (*pair, change(*pair), share(pair[1], spent)), source == "total")
        )
    columns = (BUDGETED, SPENT, AGAINST, Column("label.share_of_expenditure", "unit.percent", 1))
    series = tuple(
        Series(f"measure.{measure}", tuple(printed(measure, source) for source in SOURCES))
        for measure in ("strategic_budget", "actual_expenditure")
    )
    categories = tuple(f"source.{source}" for source in SOURCES)
    chart = Chart(identifier, "bars", categories, series, MONEY, 1)
    return Table(("label.source_of_funds",), columns, tuple(rows)), (chart,)


def by_source(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Return each outcome's expenditure by source of funds, in amounts and in shares."""

    def cells(**where: str) -> tuple[Quantity, ...]:
        of = {"period": str(biennium), **where}
        amounts = (expenditure(source, **of) for source in (*SOURCES, "total"))
        return (*amounts, *(source_share(source, **of) for source in SOURCES))

    rows = [Row((f"outcome.{code}",), cells(outcome=code)) for code in OUTCOMES]
    rows.append(Row(("label.total",), cells(), total=True))
    columns = tuple(
        Column(f"source.{source}", MONEY, 1, group="measure.actual_expenditure")
        for source in (*SOURCES, "total")
    ) + tuple(Column(f"source.{source}", "unit.percent", 1, group="label.share") for source in SOURCES)
    series = tuple(
        Series(f"source.{source}", tuple(row.cells[len(SOURCES) + 1 + place] for row in rows))
        for place, source in enumerate(SOURCES)
    )
    categories = (*(f"outcome.{code}" for code in OUTCOMES), "label.total")
    chart = Chart("expenditure_by_source", "stacked", categories, series, "unit.percent")
    return Table(("label.policy_outcome",), columns, tuple(rows)), (chart,)


def spent_against_budget(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Return each outcome's expenditure beside its strategic budget."""

    def cells(**where: str) -> tuple[Quantity, ...]:
        of = {"period": str(biennium), **where}
        budget, spent = strategic_budget(**of), expenditure(**of)
        by_source = (against_budget(source, **of) for source in ("regular_budget", "extrabudgetary"))
        return budget, spent, difference(budget, spent), against_budget(**of), *by_source

    rows = [Row((f"outcome.{code}",), cells(outcome=code)) for code in OUTCOMES]
    rows.append(Row(("label.total",), cells(), total=True))
    columns = (
        BUDGETED,
        SPENT,
        Column("label.difference", MONEY, 1, signed=True),
        Column("source.total", "unit.percent", 1, signed=True, group="label.against_budget"),
        Column("source.regular_budget", "unit.percent", 1, signed=True, group="label.against_budget"),
        Column("source.extrabudgetary", "unit.percent", 1, signed=True, group="label.against_budget"),
    )
    series = tuple(
        Series(column.label, tuple(row.cells[place] for row in rows[:-1]))
        for place, column in enumerate((BUDGETED, SPENT))
    )
    categories = tuple(f"outcome.{code}" for code in OUTCOMES)
    chart = Chart("expenditure_against_budget", "bars", categories, series, MONEY, 1)
    return Table(("label.policy_outcome",), columns, tuple(rows)), (chart,)


def per_result(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Return each outcome's expenditure for each of its results."""

    def cells(**where: str) -> tuple[Quantity, ...]:
        of = {"period": str(biennium), **where}
        return expenditure(**of), results(**of), expenditure_per_result(**of)

    rows = [Row((f"outcome.{code}",), cells(outcome=code)) for code in OUTCOMES]
    rows.append(Row(("label.total",), cells(), total=True))
    unit = "unit.usd_million/result"
    columns = (SPENT, Column("measure.result", "unit.result", 0), Column("label.per_result", unit, 2))
    series = (Series("label.per_result", tuple(row.cells[2] for row in rows[:-1])),)
    categories = tuple(f"outcome.{code}" for code in OUTCOMES)
    chart = Chart("expenditure_per_result", "bars", categories, series, unit, 2)
    return Table(("label.policy_outcome",), columns, tuple(rows)), (chart,)


def _shown(number: str, identifier: str, build, needs=(BUDGET,), **more) -> Definition:
    return Definition(identifier, number, "report", NOTEBOOK, build, needs, **more)


def _one_outcome(number: int, code: str) -> Definition:
    identifier = f"table_{number}_budget_outcome_{code}"
    return _shown(f"Table {number}", identifier, partial(one_outcome, code, identifier))


DEFINITIONS = (
    *funding.DEFINITIONS,
    *(_one_outcome(number, code) for number, code in enumerate(OUTCOMES, start=2)),
    _shown("", "expenditure_by_source", by_source),
    _shown("", "expenditure_against_budget", spent_against_budget, notes=("note.rbsa_not_budgeted",)),
    _shown(
        "",
        "expenditure_per_result",
        per_result,
        (BUDGET, INDICATORS),
        notes=("note.counted_as_results", "note.per_result"),
    ),
)
