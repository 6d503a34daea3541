"""Decent work trends: the table of indicators by sex and age, a chart of each, and the working hours lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import gcd

from analysis.exhibits.layout import Kind, LayoutError, Made, Scope, periods
from analysis.exhibits.named import PROSE, stated_in_report
from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.periods import Period
from analysis.quantities import (
    Quantity,
    Recorded,
    counted_as,
    difference,
    evaluate,
    point_change,
    share,
    tally,
    value,
)

DECENT_WORK_INDICATORS = "report.decent_work_indicators"
LOSSES = "report.working_hours_losses"
JOBS = "million_jobs"
ADULT = 18
PERCENT = "percent"


@dataclass(frozen=True)
class Breakdown:
    """An indicator for a group of people: a line of the table.

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
        return value(
            DECENT_WORK_INDICATORS, indicator=self.indicator, sex=self.sex, age=self.age, period=year
        )


def years_held(recorded: Recorded, biennium: Period) -> tuple[str, ...]:
    """Return the years of the table, up to the biennium's last.

    Raises
    ------
    LayoutError
        When a row is of no year, or of several.
    """
    years = sorted(set(recorded[DECENT_WORK_INDICATORS].rows["period"]))
    if wrong := [text for text in years if not re.fullmatch(r"\d{4}", text)]:
        raise LayoutError(
            f"{DECENT_WORK_INDICATORS}: period {wrong[0]!r}; expected a year such as {biennium.end}"
        )
    return tuple(year for year in years if int(year) <= biennium.end)


def evenly(years: tuple[str, ...]) -> tuple[str, ...]:
    """Return years with those between them that are not held, so that like spans of time look alike.

    Years that lie two apart are as even as years that follow each other; nothing is put between them.
    """
    numbers = [int(year) for year in years]
    step = gcd(*(after - before for before, after in pairwise(numbers)))
    return tuple(str(year) for year in range(numbers[0], numbers[-1] + 1, step)) if step else years


def common_unit(recorded: Recorded, codes_held: Iterable[str]) -> str:
    """Return the unit of the numbers of some indicators; nothing where they have several."""
    table = recorded[DECENT_WORK_INDICATORS]
    rows = table.select((("indicator", tuple(codes_held)),))
    units = {table.records[row]["unit"] for row in rows if table.records[row]["unit"]}
    return units.pop() if len(units) == 1 else ""


def scale_of(scope: Scope, code: str) -> tuple[str, int]:
    """Return the unit of an indicator's chart, and its decimals: one of percentages, else all recorded.

    Raises
    ------
    LayoutError
        When the indicator's numbers differ in unit: they make no line.
    """
    unit, table = common_unit(scope.recorded, (code,)), scope.recorded[DECENT_WORK_INDICATORS]
    rows = [table.records[row] for row in table.select((("indicator", (code,)),))]
    if not unit:
        units = ", ".join(dict.fromkeys(row["unit"] for row in rows))
        raise LayoutError(
            f"{DECENT_WORK_INDICATORS}: indicator {code} has numbers in {units}; a line has one unit"
        )
    decimals = (
        1 if unit == PERCENT else max(0, *(int(row["decimals"] or 0) for row in rows if row["value"]), 0)
    )
    return f"unit.{unit}", decimals


def breakdowns(recorded: Recorded, code: str) -> tuple[Breakdown, ...]:
    """Return an indicator for each group of people, in the order of the document."""
    table = recorded[DECENT_WORK_INDICATORS]
    rows = [table.records[row] for row in table.select((("indicator", (code,)),))]
    groups = dict.fromkeys((row["sex"], row["age"]) for row in rows)
    own_age = rows[0]["age"] if rows else ""
    return tuple(
        Breakdown(code, sex, age, f"{_sexes(age)}.{sex}" if age == own_age else f"age.{age}")
        for sex, age in groups
    )


def _sexes(age: str) -> str:
    """Return the labels of the sexes at an age: girls and boys below eighteen, else women and men."""
    oldest = re.fullmatch(r"Y\d+-(\d+)", age)
    return "sex_child" if oldest and int(oldest[1]) < ADULT else "sex"


def number_of_year(recorded: Recorded, breakdown: Breakdown, year: str) -> Quantity | None:
    """Return the recorded number of a year; None where the table has no row for it."""
    of = {"indicator": breakdown.indicator, "sex": breakdown.sex, "age": breakdown.age, "period": year}
    rows = recorded[DECENT_WORK_INDICATORS].select(tuple((name, (code,)) for name, code in of.items()))
    return breakdown.in_year(year) if rows else None


def reported(recorded: Recorded, breakdown: Breakdown, years: Iterable[str]) -> tuple[str, ...]:
    """Return the years for which a number is printed."""
    numbers = {year: number_of_year(recorded, breakdown, year) for year in years}
    return tuple(
        year for year, number in numbers.items() if number and not evaluate(number, recorded).missing
    )


def change_over_biennium(recorded: Recorded, breakdown: Breakdown, biennium: Period) -> Quantity | None:
    """From the year before the period to its last reported year; None where one of them is not held."""
    return _change(recorded, breakdown, str(biennium.start - 1), _last(recorded, breakdown, biennium))


def change_since_year_before(recorded: Recorded, breakdown: Breakdown, biennium: Period) -> Quantity | None:
    """From the year before the period's last reported year to that year; None where one is not held."""
    last = _last(recorded, breakdown, biennium)
    return _change(recorded, breakdown, str(int(last) - 1), last)


def _change(recorded: Recorded, breakdown: Breakdown, before: str, after: str) -> Quantity | None:
    first, last = (number_of_year(recorded, breakdown, year) for year in (before, after))
    return None if first is None or last is None else change_in_its_unit(recorded, first, last)


def change_in_its_unit(recorded: Recorded, first: Quantity, last: Quantity) -> Quantity:
    """Return the change from one number to another: of percentages in percentage points."""
    units = {evaluate(number, recorded).unit for number in (first, last)}
    return point_change(first, last) if units == {PERCENT} else difference(first, last)


def _last(recorded: Recorded, breakdown: Breakdown, biennium: Period) -> str:
    years = tuple(str(year) for year in biennium.years)
    return (reported(recorded, breakdown, years) or years)[-1]


def codes(recorded: Recorded) -> tuple[str, ...]:
    """Return the indicators of the table, in the order of the document."""
    return tuple(recorded[DECENT_WORK_INDICATORS].offered("indicator"))


def trends_table(scope: Scope) -> Made:
    """Return all indicators by sex and age for every year held, with two changes.

    Changes of percentages are in percentage points. Where indicators differ in unit, each number stands
    with its own.
    """
    recorded, period = scope.recorded, scope.period
    years = years_held(recorded, period)
    listed = [breakdown for code in codes(recorded) for breakdown in breakdowns(recorded, code)]
    over = [change_over_biennium(recorded, breakdown, period) for breakdown in listed]
    since = [change_since_year_before(recorded, breakdown, period) for breakdown in listed]
    changes = {"label.change_over_biennium": over, "label.change_since_year_before": since}
    if period.start == period.end:
        del changes["label.change_over_biennium"]  # of one year the two are the same
    shown = {label: cells for label, cells in changes.items() if any(cell is not None for cell in cells)}
    rows = []
    for place, breakdown in enumerate(listed):
        cells = [number_of_year(recorded, breakdown, year) for year in years]
        cells += [changed[place] for changed in shown.values()]
        changed = since[place] is not None and not evaluate(since[place], recorded).missing
        early = changed and _last(recorded, breakdown, period) == str(period.start) != str(period.end)
        notes = ("note.change_to_first_year",) if early else ()
        rows.append(Row((f"decent_work.{breakdown.indicator}", breakdown.group), tuple(cells), notes=notes))
    unit = common_unit(recorded, codes(recorded))
    key = f"unit.{unit}" if unit else ""
    columns = [Column(year, key) for year in years]
    columns += [
        Column(label, "unit.percentage_points", 1, signed=True)
        if unit == PERCENT
        else Column(label, key, signed=True)
        for label in shown
    ]
    return Table(("label.indicator", "label.group"), tuple(columns), tuple(rows)), ()


def trend(scope: Scope) -> Made:
    """Return a line for each group of people over the years.

    Where one year only is reported there is a bar for each group; where one group only is as well, its number
    stands alone in a table. Nothing where no year is.
    """
    recorded, code = scope.recorded, scope.condition("indicator")
    listed = breakdowns(recorded, code)
    years = years_held(recorded, scope.period)
    some = tuple(
        year for year in years if any(reported(recorded, breakdown, (year,)) for breakdown in listed)
    )
    if not some:
        return None, ()
    if len(some) == 1:
        return _in_one_year(scope, listed, some[0])
    years = evenly(years)
    series = tuple(
        Series(
            f"decent_work.{code}" if len(listed) == 1 else breakdown.group,
            tuple(number_of_year(recorded, breakdown, year) for year in years),
        )
        for breakdown in listed
    )
    return None, (Chart(scope.id, "lines", years, series, *scale_of(scope, code)),)


def _in_one_year(scope: Scope, listed: tuple[Breakdown, ...], year: str) -> Made:
    numbers = tuple(number_of_year(scope.recorded, breakdown, year) for breakdown in listed)
    code = scope.condition("indicator")
    key, scale = f"decent_work.{code}", scale_of(scope, code)
    if len(listed) > 1:
        groups = tuple(breakdown.group for breakdown in listed)
        return None, (Chart(scope.id, "bars", groups, (Series(key, numbers),), *scale),)
    return Table(("label.indicator",), (Column(year, *scale),), (Row((key,), numbers),)), ()


def losses(scope: Scope) -> Made:
    """Return the jobs lost by kind, with the shares that they imply and those that the prose states.

    What is counted in persons is out of work altogether; what is counted in jobs is shorter hours.
    """
    recorded, table = scope.recorded, scope.recorded[LOSSES]
    chosen = table.select((("period", periods(scope.period)),))
    year = table.records[chosen[0]]["period"]
    units = {table.records[row]["item"]: table.records[row]["unit"] for row in chosen}
    jobs = {item: _jobs(item, year, unit) for item, unit in units.items()}
    outside = [item for item, unit in units.items() if unit != JOBS]
    every, out = tally(jobs.values()), tally(jobs[item] for item in outside)
    hours = stated_in_report(recorded, "hours_lost_share_shorter_hours", year)
    stated_numbers = {
        **{item: (None, hours) for item, unit in units.items() if unit == JOBS},
        "out_of_work": (None, stated_in_report(recorded, "hours_lost_share_out_of_work", year)),
        "all": (stated_in_report(recorded, "hours_lost_full_time_jobs", year), None),
    }

    def row(item: str, number: Quantity, total: bool = False) -> Row:
        cells = (number, share(number, every), *stated_numbers.get(item, (None, None)))
        return Row((f"hours_lost.{item}",), cells, total)

    rows = [row(item, number) for item, number in jobs.items()]
    rows += [row("out_of_work", out), row("all", every, total=True)]
    columns = (
        Column("label.full_time_jobs", f"unit.{JOBS}", 0),
        Column("label.share", "unit.percent", 1),
        Column("label.full_time_jobs", f"unit.{JOBS}", group="label.stated_in_prose"),
        Column("label.share", "unit.percent", group="label.stated_in_prose"),
    )
    series = (Series("label.full_time_jobs", tuple(jobs.values())),)
    chart = Chart(scope.id, "bars", tuple(f"hours_lost.{item}" for item in jobs), series, f"unit.{JOBS}")
    return Table(("label.what_was_lost",), columns, tuple(rows)), (chart,)


def _jobs(item: str, year: str, unit: str) -> Quantity:
    number = value(LOSSES, item=item, period=year)
    return number if unit == JOBS else counted_as(number, JOBS)


KINDS = (
    Kind("trends_table", trends_table, (DECENT_WORK_INDICATORS,)),
    Kind("trend", trend, (DECENT_WORK_INDICATORS,), words={"indicator": "decent_work"}),
    Kind("working_hours_losses", losses, (LOSSES, PROSE), words={"item": "hours_lost"}),
)
