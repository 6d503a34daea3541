"""Ratifications of international labour standards that the prose states: by year and by region."""

from __future__ import annotations

from analysis.exhibits.layout import Kind, Made, Scope
from analysis.exhibits.named import OUTPUT_INDICATORS, PROSE, REGION, Choice, stated_in_report
from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.quantities import Quantity, counted_as, tally

UNIT = "unit.ratification"
ITEMS = ("ratifications", "ratifying_member_states")


def by_year(scope: Scope) -> Made:
    """Return the ratifications of the period and of its last year, and of its first as what is left."""
    period = scope.period
    first, last = str(period.start), str(period.end)
    both = stated_in_report(scope.recorded, ITEMS[0], str(period))
    second = stated_in_report(scope.recorded, ITEMS[0], last)
    if both is None or second is None:
        return None, ()
    years = {first: both - second, last: second}
    rows = [Row((year,), (number,)) for year, number in years.items()]
    rows.append(Row((f"code.{period.printed}",), (both,), total=True))
    series = (Series("label.ratifications", tuple(years.values())),)
    chart = Chart(scope.id, "units", (first, last), series, UNIT)
    return Table(("label.period",), (Column("label.ratifications", UNIT, 0),), tuple(rows)), (chart,)


def ratifications_by_region(scope: Scope) -> Made:
    """Return ratifications and ratifying member States by region, beside those that an output counts."""
    period, recorded = str(scope.period), scope.recorded
    regions = scope.framework.parts(REGION)
    numbers = {
        region: tuple(stated_in_report(recorded, f"{item}_{region}", period) for item in ITEMS)
        for region in regions
    }
    if not any(any(cells) for cells in numbers.values()):
        return None, ()
    columns = [
        Column("label.ratifications", UNIT, 0),
        Column("label.ratifying_member_states", "unit.member_state", 0),
    ]
    if not all(all(cells) for cells in numbers.values()):
        stated_rows = tuple(Row((f"region.{region}",), cells) for region, cells in numbers.items())
        return Table(("dimension.region",), tuple(columns), stated_rows), ()

    def counted(**where: Choice) -> Quantity:
        output = {"output": scope.option("output"), "period": period}
        counts = scope.named.sum(OUTPUT_INDICATORS, measure="result", **output, **where)
        return counted_as(counts, "ratification")

    columns.append(Column("label.counted_from_indicators", UNIT, 0))
    rows = [Row((f"region.{region}",), (*cells, counted(region=region))) for region, cells in numbers.items()]
    sums = (tally(cells[place] for cells in numbers.values()) for place in range(len(ITEMS)))
    whole = counted(**scope.named.whole(REGION))
    rows.append(Row(("label.sum_of_regions",), (*sums, whole), total=True))
    stated_totals = (stated_in_report(recorded, item, period) for item in ITEMS)
    rows.append(Row(("label.stated_for_all",), (*stated_totals, None), total=True))
    categories = tuple(f"region.{region}" for region in regions)
    series = (Series("label.ratifications", tuple(cells[0] for cells in numbers.values())),)
    chart = Chart(scope.id, "bars", categories, series, UNIT)
    return Table(("dimension.region",), tuple(columns), tuple(rows)), (chart,)


KINDS = (
    Kind("ratifications_by_year", by_year, (PROSE,)),
    Kind("ratifications_by_region", ratifications_by_region, (PROSE,)),
)
