"""Results of the policy outcomes: against target, by output indicator and by region."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from analysis.exhibits import contributions, ratifications
from analysis.exhibits.named import (
    INDICATORS,
    OUTCOMES,
    REGIONS,
    achievement,
    against_target,
    region_share,
    results,
    targets,
)
from analysis.exhibits.parts import Chart, Column, Definition, Row, Series, Table
from analysis.periods import Period
from analysis.quantities import Quantity, Recorded, share, total, value

REGIONAL = "report.results_by_region"
NOTEBOOK = "02_results"
TARGET = Column("measure.target", "unit.result", 0)
RESULT = Column("measure.result", "unit.result", 0)
ACHIEVED = Column("label.achievement", "unit.percent", 1)
AGAINST = Column("label.against_target", "unit.percent", 1, signed=True)
BY_REGION = tuple(Column(f"region.{region}", "unit.result", 0, group="label.by_region") for region in REGIONS)


def by_outcome(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Return results and targets by policy outcome, with the change from the one to the other."""

    def cells(**where: str) -> tuple[Quantity, ...]:
        where = {"period": str(biennium), **where}
        return targets(**where), results(**where), achievement(**where), against_target(**where)

    rows = [Row((f"outcome.{code}",), cells(outcome=code)) for code in OUTCOMES]
    rows.append(Row(("label.total",), cells(), total=True))
    series = (
        Series("measure.target", _over_outcomes(targets, biennium)),
        Series("measure.result", _over_outcomes(results, biennium)),
    )
    categories = tuple(f"outcome.{code}" for code in OUTCOMES)
    chart = Chart("figure_10_results_by_outcome", "bars", categories, series, "unit.result")
    return Table(("label.policy_outcome",), (TARGET, RESULT, ACHIEVED, AGAINST), tuple(rows)), (chart,)


def _over_outcomes(quantity, biennium: Period, **where: str) -> tuple[Quantity, ...]:
    return tuple(quantity(period=str(biennium), outcome=code, **where) for code in OUTCOMES)


def by_region(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Return results by region: counted in the appendix, and as the figure's labels print them."""
    period = str(biennium)

    def printed(measure: str, **where: str) -> Quantity:
        return total(REGIONAL, measure=measure, period=period, **where)

    rows = [
        Row(
            (f"region.{region}",),
            (
                results(region, period=period),
                region_share(region, period=period),
                value(REGIONAL, measure="results", region=region, period=period),
                value(REGIONAL, measure="share", region=region, period=period),
                share(printed("results", region=region), printed("results")),
            ),
        )
        for region in REGIONS
    ]
    every = results(period=period)
    whole = (every, share(every, every), printed("results"), printed("share"), None)
    rows.append(Row(("label.total",), whole, total=True))
    columns = (
        Column("measure.result", "unit.result", 0, group="label.counted_in_appendix"),
        Column("label.share", "unit.percent", 1, group="label.counted_in_appendix"),
        Column("measure.result", "unit.result", 0, group="label.as_printed"),
        Column("label.share", "unit.percent", 0, group="label.as_printed"),
        Column("label.share_of_printed", "unit.percent", 1, group="label.as_printed"),
    )
    series = (Series("measure.result", tuple(row.cells[2] for row in rows[:-1])),)
    categories = tuple(f"region.{region}" for region in REGIONS)
    chart = Chart("figure_15_results_by_region", "bars", categories, series, "unit.result")
    return Table(("label.region",), columns, tuple(rows)), (chart,)


def outcomes_by_region(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Return results by policy outcome and region."""

    def cells(**where: str) -> tuple[Quantity, ...]:
        return tuple(results(region, period=str(biennium), **where) for region in ("all", *REGIONS))

    rows = [Row((f"outcome.{code}",), cells(outcome=code)) for code in OUTCOMES]
    rows.append(Row(("label.total",), cells(), total=True))
    series = tuple(
        Series(f"region.{region}", _over_outcomes(results, biennium, region=region)) for region in REGIONS
    )
    categories = tuple(f"outcome.{code}" for code in OUTCOMES)
    chart = Chart("heat_results_outcome_region", "heat", categories, series, "unit.result")
    return Table(("label.policy_outcome",), (RESULT, *BY_REGION), tuple(rows)), (chart,)


def indicators(recorded: Recorded, biennium: Period, **where: str | Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the output indicators that have a target, where conditions hold."""
    table = recorded[INDICATORS]
    conditions = {"measure": "target", "period": str(biennium), **where}
    chosen = table.select(
        tuple(
            (name, (option,) if isinstance(option, str) else tuple(option))
            for name, option in conditions.items()
        )
    )
    return tuple(table.rows["indicator"].iloc[number] for number in chosen)


def by_indicator(
    identifier: str, where: dict, recorded: Recorded, biennium: Period
) -> tuple[Table, tuple[Chart, ...]]:
    """Return results by output indicator and region, for the indicators that count results."""
    where = {"period": str(biennium), **where}
    codes = indicators(recorded, biennium, unit="result", **where)

    def cells(**chosen) -> tuple[Quantity, ...]:
        return (targets(**chosen), *(results(region, **chosen) for region in ("all", *REGIONS)))

    rows = [
        Row((f"indicator.{code}",), cells(period=str(biennium), indicator=code), notes=_notes(recorded, code))
        for code in codes
    ]
    rows.append(Row(("label.total",), cells(**where), total=True))
    series = tuple(
        Series(f"region.{region}", tuple(row.cells[2 + place] for row in rows[:-1]))
        for place, region in enumerate(REGIONS)
    )
    categories = tuple(f"indicator.{code}" for code in codes)
    chart = Chart(identifier, "stacked", categories, series, "unit.result")
    return Table(("label.output_indicator",), (TARGET, RESULT, *BY_REGION), tuple(rows)), (chart,)


def _notes(recorded: Recorded, code: str) -> tuple[str, ...]:
    """Return the key of the document's footnote on an indicator, if there is one."""
    table = recorded[INDICATORS]
    rows = table.select((("indicator", (code,)),))
    footnoted = any(table.rows["note"].iloc[row].startswith("footnote") for row in rows)
    return (f"footnote.{code}",) if footnoted else ()


def appendix(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Return every output indicator with its target, result, achievement and regions, and the subtotals."""
    period = str(biennium)
    rows = []
    for outcome in OUTCOMES:
        for code in indicators(recorded, biennium, outcome=outcome):
            of = {"indicator": code, "period": period}
            goal = value(INDICATORS, measure="target", region="all", **of)
            achieved = [value(INDICATORS, measure="result", region=each, **of) for each in ("all", *REGIONS)]
            cells = (goal, achieved[0], share(achieved[0], goal), *achieved[1:])
            rows.append(Row((f"indicator.{code}",), cells, notes=_notes(recorded, code)))
        rows.append(Row((f"outcome.{outcome}",), _subtotal(outcome=outcome, period=period), total=True))
    rows.append(Row(("label.total",), _subtotal(period=period), total=True))
    columns = (
        Column("measure.target"),
        Column("measure.result"),
        ACHIEVED,
        *(Column(f"region.{region}", group="label.by_region") for region in REGIONS),
    )
    return Table(("label.output_indicator",), columns, tuple(rows)), ()


def _subtotal(**where: str) -> tuple[Quantity, ...]:
    regions = (results(region, **where) for region in REGIONS)
    return (targets(**where), results(**where), achievement(**where), *regions)


def _shown(number: str, identifier: str, build, needs=(INDICATORS,), **more) -> Definition:
    return Definition(identifier, number, "report", NOTEBOOK, build, needs, **more)


def _by_indicator(number: int, notes: tuple[str, ...] = (), name: str = "", **where) -> Definition:
    name = name or f"outcome_{where['outcome']}"
    identifier = f"figure_{number}_results_{name}"
    build = partial(by_indicator, identifier, where)
    return _shown(f"Figure {number}", identifier, build, notes=notes)


DEFINITIONS = (
    _shown("Figure 10", "figure_10_results_by_outcome", by_outcome, notes=("note.counted_as_results",)),
    *contributions.DEFINITIONS,
    _shown("Figure 15", "figure_15_results_by_region", by_region, (INDICATORS, REGIONAL)),
    _shown("", "heat_results_outcome_region", outcomes_by_region, notes=("note.counted_as_results",)),
    _by_indicator(16, outcome="1"),
    _by_indicator(17, outcome="2", notes=("note.other_units_left_out",)),
    *ratifications.DEFINITIONS,
    _by_indicator(19, outcome="3"),
    _by_indicator(20, outcome="4"),
    _by_indicator(21, outcome="5"),
    _by_indicator(22, outcome="6"),
    _by_indicator(23, name="outputs_7_1_to_7_3", outcome="7", output=("7.1", "7.2", "7.3")),
    _by_indicator(24, name="outputs_7_4_and_7_5", outcome="7", output=("7.4", "7.5")),
    _by_indicator(25, outcome="8"),
    _shown("Appendix II", "appendix_ii_output_indicators", appendix, notes=("note.counted_as_results",)),
)
