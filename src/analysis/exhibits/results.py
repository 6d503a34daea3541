"""Results against targets: by node of the framework, by output indicator and by region."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.exhibits.gaps import LACKING
from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.named import INDICATOR, OUTPUT_INDICATORS, REGION, RESULT, Choice, conditions_of
from analysis.exhibits.parts import Chart, Column, Row, Series, Table, in_column
from analysis.quantities import Quantity, Recorded, share

REGIONAL = "report.results_by_region"
TARGET = Column("measure.target", "unit.result", 0)
REACHED = Column("measure.result", "unit.result", 0)
ACHIEVED = Column("label.achievement", "unit.percent", 1)
AGAINST = Column("label.against_target", "unit.percent", 1, signed=True)


def by_region_columns(regions: Iterable[str]) -> tuple[Column, ...]:
    """Return a column of results for each region."""
    return tuple(Column(f"region.{region}", "unit.result", 0, group="label.by_region") for region in regions)


def against_targets(scope: Scope) -> Made:
    """Return results and targets by nodes of a level, with the change from the one to the other.

    Where a node's targets and results are not of the same indicators, nothing is computed from both.
    """
    named, level = scope.named, scope.condition("level")
    codes, of = scope.nodes(OUTPUT_INDICATORS, level, unit=RESULT), {"period": str(scope.period)}

    def cells(**where: str) -> tuple[Quantity | None, ...]:
        at = {**of, **where}
        both = named.achievement(**at), named.against_target(**at)
        return named.targets(**at), named.results(**at), *(both if named.paired(**at) else (None, None))

    rows = [
        Row((f"{level}.{code}",), cells(**{level: code}), notes=_unpaired(scope, **{level: code}))
        for code in codes
    ]
    rows.append(Row(("label.total",), cells(), total=True, notes=_unpaired(scope)))
    reached = tuple(
        None if row.notes else number for row, number in zip(rows[:-1], in_column(rows[:-1], 1), strict=True)
    )
    series = (Series("measure.target", in_column(rows[:-1], 0)), Series("measure.result", reached))
    chart = Chart(scope.id, "dumbbell", tuple(f"{level}.{code}" for code in codes), series, "unit.result")
    return Table((f"level.{level}",), (TARGET, REACHED, ACHIEVED, AGAINST), tuple(rows)), (chart,)


def _unpaired(scope: Scope, **where: Choice) -> tuple[str, ...]:
    """Return the key of a note where a row sums up targets and results of unlike indicators."""
    of = {"period": str(scope.period), **where}
    return () if scope.named.paired(**of) else ("note.unpaired",)


def counted_and_printed_by_region(scope: Scope) -> Made:
    """Return results by region: counted from the indicators, and as the figure's labels print them."""
    named, period = scope.named, str(scope.period)
    regions = scope.parts(REGIONAL, REGION)

    def printed(measure: str, region: str | tuple[str, ...]) -> Quantity:
        return named.sum(REGIONAL, measure=measure, region=region, period=period)

    rows = [
        Row(
            (f"region.{region}",),
            (
                named.results(region, period=period),
                named.region_share(region, period=period),
                named.one(REGIONAL, measure="results", region=region, period=period),
                named.one(REGIONAL, measure="share", region=region, period=period),
                share(printed("results", region), printed("results", regions)),
            ),
        )
        for region in regions
    ]
    every = named.results(period=period)
    whole = (every, share(every, every), printed("results", regions), printed("share", regions), None)
    rows.append(Row(("label.total",), whole, total=True))
    columns = (
        Column("measure.result", "unit.result", 0, group="label.counted_from_indicators"),
        Column("label.share", "unit.percent", 1, group="label.counted_from_indicators"),
        Column("measure.result", "unit.result", 0, group="label.as_printed"),
        Column("label.share", "unit.percent", 0, group="label.as_printed"),
        Column("label.share_of_printed", "unit.percent", 1, group="label.as_printed"),
    )
    series = (Series("measure.result", in_column(rows[:-1], 2)),)
    chart = Chart(scope.id, "bars", tuple(f"region.{region}" for region in regions), series, "unit.result")
    return Table(("label.region",), columns, tuple(rows)), (chart,)


def by_node_and_region(scope: Scope) -> Made:
    """Return results by nodes of a level and by region."""
    named, level, period = scope.named, scope.condition("level"), str(scope.period)
    codes = scope.nodes(OUTPUT_INDICATORS, level, unit=RESULT)
    regions = scope.parts(OUTPUT_INDICATORS, REGION)

    def cells(**where: str) -> tuple[Quantity, ...]:
        return tuple(named.results(region, period=period, **where) for region in ("", *regions))

    rows = [Row((f"{level}.{code}",), cells(**{level: code})) for code in codes]
    rows.append(Row(("label.total",), cells(), total=True))
    series = tuple(
        Series(f"region.{region}", in_column(rows[:-1], 1 + place)) for place, region in enumerate(regions)
    )
    chart = Chart(scope.id, "heat", tuple(f"{level}.{code}" for code in codes), series, "unit.result")
    return Table((f"level.{level}",), (REACHED, *by_region_columns(regions)), tuple(rows)), (chart,)


def indicators(scope: Scope, **where: Choice) -> tuple[str, ...]:
    """Return the codes of the output indicators that have a target, where conditions hold."""
    table = scope.recorded[OUTPUT_INDICATORS]
    conditions = {"measure": "target", "period": str(scope.period), **where}
    chosen = table.select(conditions_of(conditions))
    return tuple(dict.fromkeys(table.records[number][INDICATOR] for number in chosen))


def by_indicator(scope: Scope) -> Made:
    """Return results by output indicator and region, for the indicators that count results."""
    named, where = scope.named, scope.where
    codes, regions = indicators(scope, unit=RESULT, **where), scope.parts(OUTPUT_INDICATORS, REGION)
    if not codes:
        return None, ()

    def cells(**chosen) -> tuple[Quantity, ...]:
        return (named.targets(**chosen), *(named.results(region, **chosen) for region in ("", *regions)))

    rows = [
        Row(
            (f"indicator.{code}",),
            cells(period=str(scope.period), indicator=code),
            notes=footnotes(scope.recorded, code),
        )
        for code in codes
    ]
    rows.append(Row(("label.total",), cells(**where), total=True, notes=_unpaired(scope, **where)))
    series = tuple(
        Series(f"region.{region}", in_column(rows[:-1], 2 + place)) for place, region in enumerate(regions)
    )
    goals = Series("measure.target", in_column(rows[:-1], 0))
    categories = tuple(f"indicator.{code}" for code in codes)
    chart = Chart(scope.id, "stacked", categories, series, "unit.result", goals=goals)
    columns = (TARGET, REACHED, *by_region_columns(regions))
    return Table(("level.indicator",), columns, tuple(rows)), (chart,)


def footnotes(recorded: Recorded, code: str) -> tuple[str, ...]:
    """Return the key of the document's footnote on an indicator, if there is one."""
    table = recorded[OUTPUT_INDICATORS]
    rows = table.select(((INDICATOR, (code,)),))
    footnoted = any(table.records[row].get("note", "").startswith("footnote") for row in rows)
    return (f"footnote.{code}",) if footnoted else ()


def results_appendix(scope: Scope) -> Made:
    """Return every output indicator with its target, result, achievement and regions, and the subtotals."""
    named, level, period = scope.named, scope.condition("level"), str(scope.period)
    regions, rows = scope.parts(OUTPUT_INDICATORS, REGION), []

    def subtotal(**where: str) -> tuple[Quantity | None, ...]:
        parts = (named.results(region, **where) for region in regions)
        achieved = named.achievement(**where) if named.paired(**where) else None
        return named.targets(**where), named.results(**where), achieved, *parts

    for node in scope.nodes(OUTPUT_INDICATORS, level):
        for code in indicators(scope, **{level: node}):
            of = {"indicator": code, "period": period}
            goal, reached = (named.of_indicator(measure, **of) for measure in ("target", "result"))
            parts = (
                named.one(OUTPUT_INDICATORS, measure="result", region=region, **of) for region in regions
            )
            achieved = None if goal is None or reached is None else share(reached, goal)
            cells = tuple(LACKING if number is None else number for number in (goal, reached))
            cells = (*cells, achieved, *parts)
            rows.append(Row((f"indicator.{code}",), cells, notes=footnotes(scope.recorded, code)))
        if indicators(scope, unit=RESULT, **{level: node}):
            cells = subtotal(period=period, **{level: node})
            notes = _unpaired(scope, **{level: node})
            rows.append(Row((f"{level}.{node}",), cells, total=True, notes=notes))
    rows.append(Row(("label.total",), subtotal(period=period), total=True, notes=_unpaired(scope)))
    columns = (
        Column("measure.target"),
        Column("measure.result"),
        ACHIEVED,
        *(Column(f"region.{region}", group="label.by_region") for region in regions),
    )
    return Table(("level.indicator",), columns, tuple(rows)), ()


KINDS = (
    Kind("results_against_targets", against_targets, (OUTPUT_INDICATORS,)),
    Kind("results_by_region", counted_and_printed_by_region, (OUTPUT_INDICATORS, REGIONAL)),
    Kind("results_by_node_and_region", by_node_and_region, (OUTPUT_INDICATORS,)),
    Kind("results_by_indicator", by_indicator, (OUTPUT_INDICATORS,)),
    Kind("targets_by_indicator", results_appendix, (OUTPUT_INDICATORS,)),
)
