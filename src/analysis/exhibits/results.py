"""Results against targets: by node of the framework, by output indicator and by region."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.exhibits.gaps import LACKING
from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.named import OUTPUT_INDICATORS, REGION, RESULT, Choice, conditions_of
from analysis.exhibits.parts import FALLS, Chart, Column, Row, Series, Table, in_column
from analysis.framework import LESS
from analysis.quantities import Quantity, share, value

REGIONAL = "report.results_by_region"
TARGET = Column("measure.target", "unit.result", 0)
REACHED = Column("measure.result", "unit.result", 0)
ACHIEVED = Column("label.achievement", "unit.percent", 1)
AGAINST = Column("label.against_target", "unit.percent", 1, signed=True)


def regions_of(scope: Scope) -> tuple[str, ...]:
    """Return the regions by which results are recorded; none where they are of the whole alone."""
    broken_down = REGION in scope.recorded[OUTPUT_INDICATORS].rows
    return scope.parts(OUTPUT_INDICATORS, REGION) if broken_down else ()


def by_region_columns(regions: Iterable[str]) -> tuple[Column, ...]:
    """Return a column of results for each region."""
    return tuple(Column(f"region.{region}", "unit.result", 0, group="label.by_region") for region in regions)


def against_targets(scope: Scope) -> Made:
    """Return results and targets by nodes of a level, with the change from the one to the other.

    Where a node's targets and results are not of like indicators, nothing is computed from both.
    """
    named, level = scope.named, scope.condition("level")
    codes, of = scope.nodes(OUTPUT_INDICATORS, level, unit=RESULT), {"period": str(scope.period)}

    def cells(**where: str) -> tuple[Quantity | None, ...]:
        at = {**of, **where}
        both = named.achievement(**at), named.against_target(**at)
        return named.targets(**at), named.results(**at), *(both if named.comparable(**at) else (None, None))

    rows = [
        Row((f"{level}.{code}",), cells(**{level: code}), notes=_unlike(scope, **{level: code}))
        for code in codes
    ]
    rows.append(Row(("label.total",), cells(), total=True, notes=_unlike(scope)))
    reached = tuple(
        None if set(row.notes) - {FALLS} else number
        for row, number in zip(rows[:-1], in_column(rows[:-1], 1), strict=True)
    )
    series = (Series("measure.target", in_column(rows[:-1], 0)), Series("measure.result", reached))
    labels = tuple(f"{level}.{code}" for code in codes)
    chart = Chart(scope.id, "dumbbell", labels, series, "unit.result", falling=_falling(rows[:-1]))
    return Table((f"level.{level}",), (TARGET, REACHED, ACHIEVED, AGAINST), tuple(rows)), (chart,)


def _unlike(scope: Scope, **where: Choice) -> tuple[str, ...]:
    """Return the keys of notes where a row sums up unlike indicators, or such that are to fall."""
    of = {"period": str(scope.period), **where}
    directions = scope.named.directions(**of)
    notes: tuple[str, ...] = () if scope.named.paired(**of) else ("note.unpaired",)
    if LESS in directions:
        notes += ("note.unlike_directions",) if len(directions) > 1 else (FALLS,)
    return notes


def _falling(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the labels of the rows whose results are to stay below their targets."""
    return tuple(row.labels[0] for row in rows if FALLS in row.notes)


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
    return Table(("dimension.region",), columns, tuple(rows)), (chart,)


def by_node_and_region(scope: Scope) -> Made:
    """Return results by nodes of a level and by region."""
    named, level, period = scope.named, scope.condition("level"), str(scope.period)
    codes = scope.nodes(OUTPUT_INDICATORS, level, unit=RESULT)
    regions = regions_of(scope)

    def cells(**where: str) -> tuple[Quantity, ...]:
        return tuple(named.results(region, period=period, **where) for region in ("", *regions))

    rows = [Row((f"{level}.{code}",), cells(**{level: code})) for code in codes]
    rows.append(Row(("label.total",), cells(), total=True))
    series = tuple(
        Series(f"region.{region}", in_column(rows[:-1], 1 + place)) for place, region in enumerate(regions)
    )
    chart = Chart(scope.id, "heat", tuple(f"{level}.{code}" for code in codes), series, "unit.result")
    table = Table((f"level.{level}",), (REACHED, *by_region_columns(regions)), tuple(rows))
    return table, (chart,) if regions else ()


def indicators(scope: Scope, **where: Choice) -> tuple[str, ...]:
    """Return the codes of the output indicators that have a target, where conditions hold."""
    table = scope.recorded[OUTPUT_INDICATORS]
    conditions = {"measure": "target", "period": str(scope.period), **where}
    chosen = table.select(conditions_of(conditions))
    return tuple(dict.fromkeys(table.records[number][scope.named.indicator] for number in chosen))


def by_indicator(scope: Scope) -> Made:
    """Return results by output indicator and region, for the indicators that count results."""
    named, where = scope.named, scope.where
    codes, regions = indicators(scope, unit=RESULT, **where), regions_of(scope)
    if not codes:
        return None, ()

    def cells(**chosen) -> tuple[Quantity, ...]:
        return (named.targets(**chosen), *(named.results(region, **chosen) for region in ("", *regions)))

    rows = [
        Row(
            (f"{named.indicator}.{code}",),
            cells(period=str(scope.period), **{named.indicator: code}),
            notes=(*footnotes(scope, code), *_falls(scope, code)),
        )
        for code in codes
    ]
    rows.append(Row(("label.total",), cells(**where), total=True, notes=_unlike(scope, **where)))
    shown = [f"region.{region}" for region in regions] or ["measure.result"]
    first = 2 if regions else 1
    series = tuple(Series(label, in_column(rows[:-1], first + place)) for place, label in enumerate(shown))
    goals = Series("measure.target", in_column(rows[:-1], 0))
    categories = tuple(f"{named.indicator}.{code}" for code in codes)
    chart = Chart(
        scope.id, "stacked", categories, series, "unit.result", goals=goals, falling=_falling(rows[:-1])
    )
    columns = (TARGET, REACHED, *by_region_columns(regions))
    return Table((f"level.{named.indicator}",), columns, tuple(rows)), (chart,)


def footnotes(scope: Scope, code: str) -> tuple[str, ...]:
    """Return the key of the document's footnote on an indicator, if there is one."""
    table = scope.recorded[OUTPUT_INDICATORS]
    rows = table.select(((scope.named.indicator, (code,)),))
    footnoted = any(table.records[row].get("note", "").startswith("footnote") for row in rows)
    return (f"footnote.{code}",) if footnoted else ()


def _falls(scope: Scope, code: str) -> tuple[str, ...]:
    """Return the key of a note on an indicator of which less is better."""
    table = scope.recorded[OUTPUT_INDICATORS]
    of = {scope.named.indicator: code, "measure": "target", "period": str(scope.period)}
    rows = table.select(conditions_of(of))
    return (FALLS,) if any(scope.named.direction(table.records[row]) == LESS for row in rows) else ()


def _baselines(scope: Scope) -> dict[str, Quantity]:
    """Return the level before of each indicator of which one is recorded, for the whole, of whatever year."""
    named, table = scope.named, scope.recorded[OUTPUT_INDICATORS]
    at = named.wholes(OUTPUT_INDICATORS, {"measure": "baseline", **named.whole(REGION)})
    codes = [table.records[row][named.indicator] for row in table.select(conditions_of(at))]
    return {
        code: value(OUTPUT_INDICATORS, **at, **{named.indicator: code})
        for code in codes
        if codes.count(code) == 1
    }


def results_appendix(scope: Scope) -> Made:
    """Return every output indicator with its target, result, achievement and regions, and the subtotals."""
    named, level, period = scope.named, scope.condition("level"), str(scope.period)
    regions, rows = regions_of(scope), []

    def subtotal(**where: str) -> tuple[Quantity | None, ...]:
        parts = (named.results(region, **where) for region in regions)
        achieved = named.achievement(**where) if named.comparable(**where) else None
        return named.targets(**where), named.results(**where), achieved, *parts

    before = _baselines(scope)
    lead: tuple[Quantity | None, ...] = (None,) if before else ()
    for node in scope.nodes(OUTPUT_INDICATORS, level):
        for code in indicators(scope, **{level: node}):
            of = {named.indicator: code, "period": period}
            goal, reached = (named.of_indicator(measure, code, period) for measure in ("target", "result"))
            parts = (
                named.one(OUTPUT_INDICATORS, measure="result", region=region, **of) for region in regions
            )
            achieved = None if goal is None or reached is None else share(reached, goal)
            cells = tuple(LACKING if number is None else number for number in (goal, reached))
            cells = (*((before.get(code),) if before else ()), *cells, achieved, *parts)
            notes = (*footnotes(scope, code), *_falls(scope, code))
            rows.append(Row((f"{named.indicator}.{code}",), cells, notes=notes))
        if indicators(scope, unit=RESULT, **{level: node}):
            cells = (*lead, *subtotal(period=period, **{level: node}))
            notes = _unlike(scope, **{level: node})
            rows.append(Row((f"{level}.{node}",), cells, total=True, notes=notes))
    rows.append(Row(("label.total",), (*lead, *subtotal(period=period)), total=True, notes=_unlike(scope)))
    columns = (
        *(Column("measure.baseline") for _ in lead),
        Column("measure.target"),
        Column("measure.result"),
        ACHIEVED,
        *(Column(f"region.{region}", group="label.by_region") for region in regions),
    )
    return Table((f"level.{named.indicator}",), columns, tuple(rows)), ()


KINDS = (
    Kind("results_against_targets", against_targets, (OUTPUT_INDICATORS,)),
    Kind("results_by_region", counted_and_printed_by_region, (OUTPUT_INDICATORS, REGIONAL)),
    Kind("results_by_node_and_region", by_node_and_region, (OUTPUT_INDICATORS,)),
    Kind("results_by_indicator", by_indicator, (OUTPUT_INDICATORS,)),
    Kind("targets_by_indicator", results_appendix, (OUTPUT_INDICATORS,)),
)
