"""Ratifications of international labour standards that the prose states: by year and by region."""

from __future__ import annotations

from analysis.exhibits.named import INDICATORS, PROSE, REGIONS, stated
from analysis.exhibits.parts import PARTLY, Chart, Column, Definition, Row, Series, Table
from analysis.periods import Period
from analysis.quantities import Quantity, Recorded, counted_as, tally, total

NOTEBOOK = "02_results"
OUTPUT = "2.1"
UNIT = "unit.ratification"


def by_year(recorded: Recorded, biennium: Period) -> tuple[Table | None, tuple[Chart, ...]]:
    """Return the ratifications of the biennium and of its last year, and of its first as what is left."""
    first, last = (str(year) for year in biennium.years)
    both, second = (stated(recorded, "ratifications", period) for period in (str(biennium), last))
    if both is None or second is None:
        return None, ()
    years = {first: both - second, last: second}
    rows = [Row((year,), (number,)) for year, number in years.items()]
    rows.append(Row((f"code.{biennium.printed}",), (both,), total=True))
    series = (Series("label.ratifications", tuple(years.values())),)
    chart = Chart("figure_18_ratifications_by_year", "bars", (first, last), series, UNIT)
    return Table(("label.period",), (Column("label.ratifications", UNIT, 0),), tuple(rows)), (chart,)


def by_region(recorded: Recorded, biennium: Period) -> tuple[Table | None, tuple[Chart, ...]]:
    """Return ratifications and ratifying member States by region, beside those counted in the appendix."""
    period = str(biennium)
    items = ("ratifications", "ratifying_member_states")
    found = {
        region: tuple(stated(recorded, f"{item}_{region}", period) for item in items) for region in REGIONS
    }
    if not any(any(cells) for cells in found.values()):
        return None, ()
    columns = [
        Column("label.ratifications", UNIT, 0),
        Column("label.ratifying_member_states", "unit.member_state", 0),
    ]
    if not all(all(cells) for cells in found.values()):
        rows = tuple(Row((f"region.{region}",), cells) for region, cells in found.items())
        return Table(("label.region",), tuple(columns), rows), ()
    columns.append(Column("label.counted_in_appendix", UNIT, 0))
    rows = [Row((f"region.{region}",), (*cells, _counted(region, period))) for region, cells in found.items()]
    sums = (tally(cells[place] for cells in found.values()) for place in range(len(items)))
    rows.append(Row(("label.sum_of_regions",), (*sums, _counted("all", period)), total=True))
    said = (stated(recorded, item, period) for item in items)
    rows.append(Row(("label.stated_for_all",), (*said, None), total=True))
    categories = tuple(f"region.{region}" for region in REGIONS)
    series = (Series("label.ratifications", tuple(cells[0] for cells in found.values())),)
    chart = Chart("ratifications_by_region", "bars", categories, series, UNIT)
    return Table(("label.region",), tuple(columns), tuple(rows)), (chart,)


def _counted(region: str, period: str) -> Quantity:
    counted = total(INDICATORS, measure="result", output=OUTPUT, region=region, period=period)
    return counted_as(counted, "ratification")


DEFINITIONS = (
    Definition(
        "figure_18_ratifications_by_year",
        "Figure 18",
        "report",
        NOTEBOOK,
        by_year,
        (PROSE,),
        PARTLY,
        missing=("missing.figure_18_ratifications_by_year",),
    ),
    Definition("ratifications_by_region", "", "report", NOTEBOOK, by_region, (PROSE,)),
)
