"""Our own World beside the printed indicators: from countries, and what missing regions leave open."""

from __future__ import annotations

from itertools import zip_longest

from analysis.exhibits.beside_estimates import (
    AS_PRINTED,
    PUBLISHED,
    VINTAGES,
    asked_of,
    printed_cells,
    strand_of_world,
    tables_of,
)
from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.own_world import bounds_of_world, world_of_countries, world_of_regions
from analysis.exhibits.parts import Column, Row, Table
from analysis.exhibits.trends import DECENT_WORK_INDICATORS, number_of_year
from analysis.quantities import Quantity, point_change

STUB = ("label.indicator", "label.group", "label.period")
UNCOVERED, UNWEIGHTED = "label.countries_below_coverage", "label.no_countries_weighted"
PERCENT, POINTS = "unit.percent", "unit.percentage_points"


def world_from_countries(scope: Scope) -> Made:
    """Return each printed number beside the World that countries' rates come to, and what they cover.

    Of the listed vintages the first is taken whose countries suffice, with the World that it publishes; else
    the one whose countries cover most, with words in the place of a number.
    """
    recorded, tables = scope.recorded, tables_of(scope, VINTAGES)
    names = {table.partition(".")[2]: table for table in tables}
    rows, counted = [], False
    for breakdown, year in printed_cells(scope):
        printed = number_of_year(recorded, breakdown, year)
        world = world_of_countries(recorded, tuple(names), **asked_of(breakdown, year))
        labels = (f"decent_work.{breakdown.indicator}", breakdown.group, year)
        if world is None:
            rows.append(Row(labels, (printed, None, None, UNWEIGHTED, None, None, None)))
            continue
        counted = True
        beside: tuple[Quantity | str | None, ...] = (None, UNCOVERED, None)
        if world.rate is not None:
            strand = strand_of_world(recorded, names[world.vintage], breakdown, "")
            published = strand.in_year(recorded, year)
            beside = (published, world.rate, point_change(published, world.rate) if published else None)
        held = (world.coverage, world.reporting)
        rows.append(Row(labels, (printed, f"vintage.{world.vintage}", *beside, *held)))
    if not counted:
        return None, ()
    columns = (
        Column(AS_PRINTED, PERCENT),
        Column("label.vintage"),
        Column(PUBLISHED, PERCENT, 2),
        Column("label.computed_from_countries", PERCENT, 2),
        Column("label.departure", POINTS, 2, signed=True),
        Column("label.weight_covered", PERCENT, 1),
        Column("label.countries_with_a_rate", "", 0),
    )
    return Table(STUB, columns, tuple(rows)), ()


def world_bounds(scope: Scope) -> Made:
    """Return the bounds of our own World from regions, for each printed number of which a region is missing.

    The regions are those of the first listed vintage that can rebuild the World.
    """
    recorded, tables = scope.recorded, tables_of(scope, VINTAGES)
    bounded = []
    for breakdown, year in printed_cells(scope):
        asked = asked_of(breakdown, year)
        worlds = ((table, world_of_regions(recorded, table, **asked)) for table in tables)
        table, own = next(((table, world) for table, world in worlds if world is not None), ("", None))
        bounds = bounds_of_world(recorded, table, **asked) if own is not None else None
        if bounds is None:
            continue
        published = strand_of_world(recorded, table, breakdown, "").in_year(recorded, year)
        labels = (f"decent_work.{breakdown.indicator}", breakdown.group, year)
        bounded.append((labels, (published, own, bounds.low, bounds.high, bounds.coverage), bounds.missing))
    if not bounded:
        return None, ()
    most = max(len(missing) for *_, missing in bounded)
    rows = [
        Row(labels, (*cells, *(key for key, _ in zip_longest(map("area.{}".format, missing), range(most)))))
        for labels, cells, missing in bounded
    ]
    columns = (
        Column(PUBLISHED, PERCENT),
        Column("label.computed_from_regions", PERCENT, 2),
        Column("label.low", PERCENT, 2),
        Column("label.high", PERCENT, 2),
        Column("label.weight_covered", PERCENT, 1),
        *(Column("label.missing_region") for _ in range(most)),
    )
    return Table(STUB, columns, tuple(rows)), ()


KINDS = (
    Kind("printed_beside_countries", world_from_countries, (DECENT_WORK_INDICATORS,)),
    Kind("printed_world_bounds", world_bounds, (DECENT_WORK_INDICATORS,)),
)
