"""Printed indicators beside published estimates: cell by cell, over the years, by region, by country."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from analysis.exhibits.estimates import Strand, by_years, lines_over_years, ranked, years_of
from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.own_world import world_of_regions
from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.exhibits.trends import (
    DECENT_WORK_INDICATORS,
    Breakdown,
    breakdowns,
    codes,
    number_of_year,
    years_held,
)
from analysis.quantities import Quantity, Recorded, RecordedTable, Value, evaluate, point_change
from analysis.quantities.intervals import printed_interval
from analysis.rounding import round_half_up

VINTAGES, TODAY, SINCE, REGIONS = "vintages", "today", "since", "regions"
PUBLISHED, AS_PRINTED = "label.published", "label.as_printed"
ENDS = 15
"""Countries shown at each end of a ranking."""

MOST_DIGITS, FEWER_DIGITS = 5, 3
"""Decimals up to which a service's numbers stand as it gives them, and those of one that gives more."""

SHOWN = 12
"""Last years of which a table tells what each vintage says."""


def tables_of(scope: Scope, option: str) -> tuple[str, ...]:
    """Return the tables of the vintages that an option of the layout lists, of those that are there."""
    named = (f"estimates.{name}" for name in scope.options.get(option, ()))
    return tuple(name for name in named if name in scope.recorded)


def _world(recorded: Recorded, table: str) -> str:
    """Return the area code of a vintage's own World."""
    vintage = recorded[table]
    rows = vintage.select((("world", ("yes",)),))
    return vintage.texts("area")[rows[0]] if rows else ""


def strand_of_world(
    recorded: Recorded, table: str, breakdown: Breakdown, label: str, area: str = ""
) -> Strand:
    """Return an indicator of one group in a vintage's World, or in an area."""
    return Strand(
        table, breakdown.indicator, breakdown.sex, breakdown.age, area or _world(recorded, table), label
    )


def _telling(recorded: Recorded, tables: Sequence[str], breakdown: Breakdown, label: str) -> Strand | None:
    """Return the World of the first vintage that has a line."""
    strands = (strand_of_world(recorded, table, breakdown, label) for table in tables)
    return next((strand for strand in strands if strand.years(recorded)), None)


def printed_beside(scope: Scope) -> Made:
    """Return each printed number beside the published one, our own World from regions, and a later edition.

    The published number is that of the vintage that gives it most exactly; our own World is the first that
    the regions of a listed vintage can rebuild.
    """
    recorded, tables, later = scope.recorded, tables_of(scope, VINTAGES), tables_of(scope, TODAY)
    rows = [
        Row(
            (f"decent_work.{breakdown.indicator}", breakdown.group, year),
            _cells(recorded, tables, later, breakdown, year),
        )
        for breakdown, year in printed_cells(scope)
    ]
    rows = [row for row in rows if row.cells[1] is not None]
    if not rows:
        return None, ()
    columns = [
        Column(AS_PRINTED, "unit.percent"),
        Column(PUBLISHED, "unit.percent"),
        Column("label.vintage"),
        Column("label.rounds_to_print"),
        Column("label.computed_from_regions", "unit.percent", 2),
        Column("label.departure", "unit.percentage_points", 2, signed=True),
        *([Column("label.published_later", "unit.percent", 1)] if later else []),
    ]
    return Table(("label.indicator", "label.group", "label.period"), tuple(columns), tuple(rows)), ()


def printed_by_vintage(scope: Scope) -> Made:
    """Return each printed number beside the World of every vintage that gives one."""
    recorded, tables = scope.recorded, tables_of(scope, VINTAGES)
    rows = []
    for breakdown, year in printed_cells(scope):
        strands = (strand_of_world(recorded, table, breakdown, "") for table in tables)
        worlds = tuple(strand.in_year(recorded, year) for strand in strands)
        if any(worlds):
            labels = (f"decent_work.{breakdown.indicator}", breakdown.group, year)
            rows.append(Row(labels, (number_of_year(recorded, breakdown, year), *worlds)))
    if not rows:
        return None, ()
    columns = [Column(AS_PRINTED, "unit.percent")]
    for table in tables:
        digits = max(int(text) for text in recorded[table].texts("decimals") if text)
        shown = None if digits <= MOST_DIGITS else FEWER_DIGITS
        columns.append(Column(f"vintage.{table.partition('.')[2]}", "unit.percent", shown))
    return Table(("label.indicator", "label.group", "label.period"), tuple(columns), tuple(rows)), ()


def printed_cells(scope: Scope) -> Iterator[tuple[Breakdown, str]]:
    """Yield the group and the year of each number that the document prints."""
    recorded = scope.recorded
    for code in codes(recorded):
        for breakdown in breakdowns(recorded, code):
            for year in years_held(recorded, scope.period):
                number = number_of_year(recorded, breakdown, year)
                if number is not None and not evaluate(number, recorded).missing:
                    yield breakdown, year


def asked_of(breakdown: Breakdown, year: str) -> dict[str, str]:
    """Return by which codes a table holds the number of a group and a year."""
    return {"indicator": breakdown.indicator, "sex": breakdown.sex, "age": breakdown.age, "period": year}


def _cells(
    recorded: Recorded, tables: Sequence[str], later: Sequence[str], breakdown: Breakdown, year: str
) -> tuple[Quantity | str | None, ...]:
    candidates: list[tuple[Fraction | float, int, Quantity, str, Value]] = []
    for table in tables:
        strand = strand_of_world(recorded, table, breakdown, "")
        published = strand.in_year(recorded, year)
        if published is not None:
            level = evaluate(published, recorded)
            candidates.append((level.high - level.low, len(candidates), published, table, level))
    worlds = (world_of_regions(recorded, table, **asked_of(breakdown, year)) for table in tables)
    own = next((world for world in worlds if world is not None), None)
    printed = number_of_year(recorded, breakdown, year)
    if not candidates:
        return printed, None, None, None, own, None, *((None,) if later else ())
    _, _, published, table, level = min(candidates, key=lambda candidate: candidate[:2])
    later_world = _telling(recorded, later, breakdown, "")
    return (
        printed,
        published,
        f"vintage.{table.partition('.')[2]}",
        _agreement(recorded, breakdown, year, level),
        own,
        None if own is None else point_change(published, own),
        *((later_world.in_year(recorded, year) if later_world else None,) if later else ()),
    )


def _agreement(recorded: Recorded, breakdown: Breakdown, year: str, published: Value) -> str:
    """Return whether the published number rounds to the printed one: yes, as rounding allows, or no."""
    table = recorded[DECENT_WORK_INDICATORS]
    asked = asked_of(breakdown, year).items()
    row = table.records[table.select(tuple((name, (code,)) for name, code in asked))[0]]
    value, decimals = Fraction(row["value"]), int(row["decimals"] or 0)
    if round_half_up(published.value, decimals) == round_half_up(value, decimals):
        return "label.yes"
    low, high = printed_interval(value, decimals, row["unit"], row["qualifier"])
    return "label.by_rounding" if published.low < high and low < published.high else "label.no"


def trend_since(scope: Scope) -> Made:
    """Return an indicator's World by group since a year, with the printed numbers marked on each line."""
    recorded, code = scope.recorded, scope.condition("indicator")
    tables, since = tables_of(scope, VINTAGES), scope.option(SINCE)
    listed = breakdowns(recorded, code)
    alone = len(listed) == 1
    pairs = [
        (breakdown, _telling(recorded, tables, breakdown, PUBLISHED if alone else breakdown.group))
        for breakdown in listed
    ]
    lines = {strand.label: (breakdown, strand) for breakdown, strand in pairs if strand is not None}
    strands = [strand for _, strand in lines.values()]
    chart, table = lines_over_years(scope.id, recorded, strands, since), by_years(recorded, strands, since)
    if chart is None or table is None:
        return None, ()
    marked = []
    for line in chart.series:
        breakdown, _ = lines[line.label]
        printed = tuple(_printed_number(recorded, breakdown, year) for year in chart.categories)
        if any(printed):
            marked.append(Series(AS_PRINTED, printed, marked_on=line.label))
    return _with_printed(table, marked), (replace(chart, series=(*chart.series, *marked)),)


def _with_printed(table: Table, marked: Sequence[Series]) -> Table:
    """Return a table with a row of the printed numbers beneath each row that they are marked on."""
    years = len(table.columns) - 1
    printed = {series.marked_on: series.values[-years:] for series in marked}
    rows: list[Row] = []
    for row in table.rows:
        (line,) = row.labels
        group = () if line == PUBLISHED else (line,)
        rows.append(Row((*group, PUBLISHED), row.cells))
        if any(printed.get(line, ())):
            rows.append(Row((*group, AS_PRINTED), (*printed[line], None)))
    stub = ("label.source",) if len(rows[0].labels) == 1 else ("label.group", "label.source")
    return replace(table, stub=stub, rows=tuple(rows))


def _printed_number(recorded: Recorded, breakdown: Breakdown, year: str) -> Quantity | None:
    number = number_of_year(recorded, breakdown, year)
    return None if number is None or evaluate(number, recorded).missing else number


def trend_revised(scope: Scope) -> Made:
    """Return an indicator's World by vintage and year, and what the last one changed of the first.

    The revision of a year is from the first to the last of the listed vintages that have it, in percentage
    points; the chart sets the first beside the last, where some year prints differently. Nothing where no two
    vintages have one year.
    """
    recorded, breakdown, since = scope.recorded, _total(scope), scope.option(SINCE)
    strands = [
        strand_of_world(recorded, table, breakdown, f"vintage.{table.partition('.')[2]}")
        for table in tables_of(scope, VINTAGES)
    ]
    strands = [strand for strand in strands if strand.years(recorded)]
    rows: list[Row] = []
    ends: list[tuple[Quantity, Quantity]] = []
    for year in years_of(recorded, strands, since)[-SHOWN:]:
        cells = [strand.in_year(recorded, year) for strand in strands]
        numbers = [cell for cell in cells if cell is not None]
        if len(numbers) > 1:
            rows.append(Row((year,), (*cells, point_change(numbers[0], numbers[-1]))))
            ends.append((numbers[0], numbers[-1]))
    if not rows:
        return None, ()
    series = tuple(
        Series(label, values)
        for label, values in zip(
            ("label.first_vintage", "label.last_vintage"), zip(*ends, strict=True), strict=True
        )
    )
    chart = Chart(scope.id, "dumbbell", tuple(row.labels[0] for row in rows), series, "unit.percent", 1)
    columns = [Column(strand.label, "unit.percent", 1) for strand in strands]
    columns.append(Column("revision_column.revision", "unit.percentage_points", 1, signed=True))
    moved = any(round_half_up(evaluate(point_change(*pair), recorded).value, 1) != 0 for pair in ends)
    return Table(("label.period",), tuple(columns), tuple(rows)), (chart,) if moved else ()


def trend_by_region(scope: Scope) -> Made:
    """Return an indicator's total in the World and in each region: small lines on one scale, and a table.

    A region without a number has its place, which is empty: it is missing, not zero.
    """
    recorded, breakdown = scope.recorded, _total(scope)
    for table in tables_of(scope, VINTAGES):
        areas = (_world(recorded, table), *scope.listed(REGIONS))
        strands = [strand_of_world(recorded, table, breakdown, f"area.{area}", area) for area in areas]
        since = scope.option(SINCE)
        if sum(bool(strand.years(recorded)) for strand in strands) < 2:
            continue
        chart = lines_over_years(scope.id, recorded, strands, since, blank=True)
        if chart is not None:
            return by_years(recorded, strands, since, blank=True), (_of_regions(chart, recorded),)
    return None, ()


def _of_regions(chart: Chart, recorded: Recorded) -> Chart:
    """Return small lines on one scale; where two years only are held, a pair of dots for each region."""
    places = [
        place
        for place in range(len(chart.categories))
        if any(
            series.values[place] and not evaluate(series.values[place], recorded).missing
            for series in chart.series
        )
    ]
    if len(places) != 2:
        return replace(chart, kind="panels")
    years = tuple(
        Series(chart.categories[place], tuple(series.values[place] for series in chart.series))
        for place in places
    )
    regions = tuple(series.label for series in chart.series)
    return replace(chart, kind="dumbbell", categories=regions, series=years)


def ranked_countries(scope: Scope) -> Made:
    """Return the countries whose last number since a year is among the highest or the lowest, in order."""
    recorded, breakdown, since = scope.recorded, _total(scope), scope.option(SINCE)
    label = f"decent_work.{breakdown.indicator}"
    for vintage in tables_of(scope, VINTAGES):
        name = f"{vintage}_countries"
        areas = _areas(recorded[name], breakdown, since)
        strands = [strand_of_world(recorded, name, breakdown, f"area.{area}", area) for area in areas]
        made = ranked(recorded, strands, scope.id, label) if strands else None
        if made is not None:
            table, chart = made
            ends = _ends(chart.categories)
            series = chart.series[0]
            values = tuple(series.values[place] for place in ends)
            shown = Series(label, values)
            names = tuple(chart.categories[place] for place in ends)
            rows = tuple(table.rows[place] for place in ends)
            gone = ENDS if len(ends) < len(chart.categories) else 0
            ranks = replace(chart, categories=names, series=(shown,), left_out=gone)
            return replace(table, rows=rows), (ranks,)
    return None, ()


def _areas(table: RecordedTable, breakdown: Breakdown, since: str) -> list[str]:
    """Return the areas of which a vintage has a line of an indicator at an age since a year."""
    rows = table.index(("indicator", "age")).get((breakdown.indicator, breakdown.age), ())
    areas, periods = table.texts("area"), table.texts("period")
    return list(dict.fromkeys(areas[row] for row in rows if periods[row] >= since))


def _ends(listed: Sequence[str]) -> list[int]:
    places = range(len(listed))
    return list(places) if len(listed) <= 2 * ENDS else [*places[:ENDS], *places[-ENDS:]]


def _total(scope: Scope) -> Breakdown:
    return breakdowns(scope.recorded, scope.condition("indicator"))[0]


WORDS = {"indicator": "decent_work"}
KINDS = (
    Kind("printed_beside_estimates", printed_beside, (DECENT_WORK_INDICATORS,)),
    Kind("printed_by_vintage", printed_by_vintage, (DECENT_WORK_INDICATORS,)),
    Kind("trend_since", trend_since, (DECENT_WORK_INDICATORS,), words=WORDS),
    Kind("trend_revised", trend_revised, (DECENT_WORK_INDICATORS,), words=WORDS),
    Kind("trend_by_region", trend_by_region, (DECENT_WORK_INDICATORS,), words=WORDS),
    Kind("ranked_countries", ranked_countries, (DECENT_WORK_INDICATORS,), words=WORDS),
)
