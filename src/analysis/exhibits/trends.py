"""Decent work trends: the table of indicators by sex and age, a chart of each, and the working hours lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from analysis.exhibits.named import PROSE, stated
from analysis.exhibits.parts import Chart, Column, Definition, Row, Series, Table, periods
from analysis.periods import Period
from analysis.quantities import Quantity, Recorded, counted_as, evaluate, point_change, share, tally, value

INDICATORS = "report.decent_work_indicators"
LOSSES = "report.working_hours_losses"
NOTEBOOK = "01_decent_work_trends"
CODES = (
    "unemployment_rate",
    "employment_population_ratio",
    "working_poverty_rate",
    "neet_rate",
    "managers_female_share",
    "social_protection_coverage",
    "child_labour_rate",
)
OUT_OF_WORK = ("became_inactive", "became_unemployed")
LOST = ("full_time_equivalent_hours_reduced", *OUT_OF_WORK)


@dataclass(frozen=True)
class Line:
    """One line of the table: an indicator for a group of people.

    Attributes
    ----------
    indicator, sex, age : str
        As recorded.
    group : str
        Catalogue key of the group: the sex, or the age where it is not the indicator's own.
    """

    indicator: str
    sex: str
    age: str
    group: str

    def in_year(self, year: str) -> Quantity:
        """Return the recorded number of a year."""
        return value(INDICATORS, indicator=self.indicator, sex=self.sex, age=self.age, period=year)


def years_held(recorded: Recorded, biennium: Period) -> tuple[str, ...]:
    """Return the years of the table, up to the biennium's last."""
    held = sorted(set(recorded[INDICATORS].rows["period"]))
    return tuple(year for year in held if int(year) <= biennium.years[1])


def lines(recorded: Recorded, code: str) -> tuple[Line, ...]:
    """Return an indicator's lines, in the order of the document."""
    table = recorded[INDICATORS]
    rows = table.rows.iloc[table.select((("indicator", (code,)),))]
    groups = rows[["sex", "age"]].drop_duplicates().itertuples(index=False)
    own_age = rows["age"].iloc[0] if len(rows) else ""
    return tuple(
        Line(code, sex, age, f"sex.{sex}" if age == own_age else f"age.{age}") for sex, age in groups
    )


def reported(recorded: Recorded, line: Line, years: Iterable[str]) -> tuple[str, ...]:
    """Return the years for which a number is printed."""
    return tuple(year for year in years if not evaluate(line.in_year(year), recorded).missing)


def change_over_biennium(recorded: Recorded, line: Line, biennium: Period) -> Quantity | None:
    """From the year before the biennium to its last reported year; None where no year before is held."""
    before, last = str(biennium.start - 1), _last(recorded, line, biennium)
    held = years_held(recorded, biennium)
    return point_change(line.in_year(before), line.in_year(last)) if before in held else None


def change_since_year_before(recorded: Recorded, line: Line, biennium: Period) -> Quantity | None:
    """From the year before the biennium's last reported year to that year; None where it is not held."""
    last = _last(recorded, line, biennium)
    before = str(int(last) - 1)
    held = years_held(recorded, biennium)
    return point_change(line.in_year(before), line.in_year(last)) if before in held else None


def _last(recorded: Recorded, line: Line, biennium: Period) -> str:
    years = tuple(str(year) for year in biennium.years)
    return (reported(recorded, line, years) or years)[-1]


def decent_work(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Return all indicators by sex and age for every year held, with two changes in percentage points."""
    years = years_held(recorded, biennium)
    listed = [line for code in CODES for line in lines(recorded, code)]
    over = [change_over_biennium(recorded, line, biennium) for line in listed]
    since = [change_since_year_before(recorded, line, biennium) for line in listed]
    changes = {"label.change_over_biennium": over, "label.change_since_year_before": since}
    shown = {label: cells for label, cells in changes.items() if any(cell is not None for cell in cells)}
    rows = []
    for number, line in enumerate(listed):
        cells = [line.in_year(year) for year in years] + [cells[number] for cells in shown.values()]
        changed = since[number] is not None and not evaluate(since[number], recorded).missing
        early = changed and _last(recorded, line, biennium) == str(biennium.start)
        notes = ("note.change_to_first_year",) if early else ()
        rows.append(Row((f"decent_work.{line.indicator}", line.group), tuple(cells), notes=notes))
    columns = [Column(year, "unit.percent") for year in years]
    columns += [Column(label, "unit.percentage_points", 1, signed=True) for label in shown]
    return Table(("label.indicator", "label.group"), tuple(columns), tuple(rows)), ()


def trend(code: str, recorded: Recorded, biennium: Period) -> tuple[None, tuple[Chart, ...]]:
    """Return a line for each group of people; bars where one year only is reported, nothing where none is."""
    listed = lines(recorded, code)
    years = years_held(recorded, biennium)
    some = tuple(year for year in years if any(reported(recorded, line, (year,)) for line in listed))
    if not some:
        return None, ()
    kind, years = ("lines", years) if len(some) > 1 else ("bars", some)
    series = tuple(
        Series(
            f"decent_work.{code}" if len(listed) == 1 else line.group,
            tuple(line.in_year(year) for year in years),
        )
        for line in listed
    )
    return None, (Chart(f"trend_{code}", kind, years, series, "unit.percent", 1),)


def losses(recorded: Recorded, biennium: Period) -> tuple[Table, tuple[Chart, ...]]:
    """Return the jobs lost by kind, with the shares that they imply and those that the prose states."""
    table = recorded[LOSSES]
    year = table.rows["period"].iloc[table.select((("period", periods(biennium)),))[0]]
    jobs = {item: _jobs(item, year) for item in LOST}
    every, out = tally(jobs.values()), tally(jobs[item] for item in OUT_OF_WORK)
    said = {
        LOST[0]: (None, stated(recorded, "hours_lost_share_shorter_hours", year)),
        "out_of_work": (None, stated(recorded, "hours_lost_share_out_of_work", year)),
        "all": (stated(recorded, "hours_lost_full_time_jobs", year), None),
    }

    def row(item: str, number: Quantity, total: bool = False) -> Row:
        cells = (number, share(number, every), *said.get(item, (None, None)))
        return Row((f"hours_lost.{item}",), cells, total)

    rows = [row(item, number) for item, number in jobs.items()]
    rows += [row("out_of_work", out), row("all", every, total=True)]
    columns = (
        Column("label.full_time_jobs", "unit.million_jobs", 0),
        Column("label.share", "unit.percent", 1),
        Column("label.full_time_jobs", "unit.million_jobs", group="label.stated_in_prose"),
        Column("label.share", "unit.percent", group="label.stated_in_prose"),
    )
    series = (Series("label.full_time_jobs", tuple(jobs.values())),)
    categories = tuple(f"hours_lost.{item}" for item in LOST)
    chart = Chart("figure_1_working_hours_losses", "bars", categories, series, "unit.million_jobs")
    return Table(("label.what_was_lost",), columns, tuple(rows)), (chart,)


def _jobs(item: str, year: str) -> Quantity:
    number = value(LOSSES, item=item, period=year)
    return counted_as(number, "million_jobs") if item in OUT_OF_WORK else number


DEFINITIONS = (
    Definition(
        "table_1_decent_work_trends",
        "Table 1",
        "report",
        NOTEBOOK,
        decent_work,
        (INDICATORS,),
        notes=("note.modelled_estimates", "note.changes_defined"),
    ),
    *(
        Definition(
            f"trend_{code}",
            "",
            "report",
            NOTEBOOK,
            partial(trend, code),
            (INDICATORS,),
            notes=("note.modelled_estimates",),
        )
        for code in CODES
    ),
    Definition(
        "figure_1_working_hours_losses",
        "Figure 1",
        "report",
        NOTEBOOK,
        losses,
        (LOSSES, PROSE),
        notes=("note.counted_as_jobs",),
    ),
)
