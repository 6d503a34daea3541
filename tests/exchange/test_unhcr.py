"""UNHCR's published results, whole: the traps of the files, and the way through record and IATI and back."""

from functools import cache
from pathlib import Path

import pytest
from odd_results import SHARED, needs_shared

from analysis.exchange.iati import read_iati
from analysis.exchange.iati_writing import validate, write_iati
from analysis.exchange.mapping import read_mapping
from analysis.exchange.record import make_record
from analysis.exchange.recorded import published_of
from analysis.exchange.workbook import read_workbook

MAPPING = Path(__file__).resolve().parents[2] / "examples" / "unhcr" / "unhcr.toml"
YEARS = ("2016", "2018", "2020", "2021", "2022", "2023")
# entries, values, results (areas), indicators, entries without a baseline, counted in the workbooks
FACTS = {
    "2016": (4979, 12236, 41, 607, 2644),
    "2018": (3987, 9934, 41, 503, 1973),
    "2020": (4484, 10995, 44, 500, 2292),
    "2021": (4821, 11605, 43, 537, 2580),
    "2022": (2036, 5225, 19, 50, 165),
    "2023": (2385, 6021, 19, 49, 303),
}
IDENTITY = [
    "identifier",
    "type",
    "result_title",
    "result_aggregation",
    "indicator_title",
    "measure",
    "ascending",
]
SAID = ["ascending", "aggregation", "stated", "value", "year", "date", "start", "end", "location"]

pytestmark = [needs_shared, pytest.mark.slow]


@cache
def published(year):
    return read_workbook(SHARED / "unhcr" / f"iati_result_{year}.xlsx", read_mapping(MAPPING))


@cache
def made(year):
    return make_record(published(year), read_mapping(MAPPING), f"unhcr-{year}")


def numbers(each):
    frame = each.wide()
    dimensions = [f"dimension:{name}" for name in each.dimensions]
    return sorted(map(tuple, frame.loc[frame["value"] != "", [*IDENTITY, *SAID, *dimensions]].to_numpy()))


def nodes(year, level):
    return {row["code"]: row for row in made(year).tables["framework/nodes.csv"] if row["level"] == level}


@pytest.mark.parametrize("year", YEARS)
def test_what_the_workbooks_hold_is_there(year):
    rows = made(year).tables["results.csv"]
    entries, values, areas, indicators, without = FACTS[year]
    assert len({row["entry"] for row in rows}) == entries
    assert sum(row["status"] == "reported" for row in rows) == values
    assert len(nodes(year, "area")) == areas
    assert len(nodes(year, "indicator")) == indicators
    assert entries - sum(row["measure"] == "baseline" for row in rows) == without
    assert made(year).periods == (year,)


@pytest.mark.parametrize("year", YEARS)
def test_no_value_is_lost_by_record_and_iati_and_back(year, tmp_path):
    mapping = read_mapping(MAPPING)
    back = published_of(made(year).tables)
    assert numbers(back) == numbers(published(year))
    content = write_iati(back, "XM-DAC-41121", {"en": "UNHCR"})
    validate(content, SHARED / "iati")
    path = tmp_path / "results.xml"
    path.write_bytes(content)
    again = read_iati(path)
    assert numbers(again) == numbers(published(year))
    once, twice = (_rows(each) for each in (made(year), make_record(again, mapping, f"unhcr-{year}")))
    assert once == twice


def _rows(each):
    running = ("id", "entry", "place", "line")
    return sorted(
        tuple(text for name, text in sorted(row.items()) if name not in running)
        for row in each.tables["results.csv"]
        if row["printed"]
    )


@pytest.mark.parametrize("year", YEARS)
def test_direction_is_stated_from_2022_only(year):
    directions = {row["direction"] for row in nodes(year, "indicator").values()}
    assert directions == ({"more_is_better", "less_is_better"} if year >= "2022" else {"not_stated"})


def test_percentages_above_100_are_taken_as_they_are():
    above = [
        row
        for row in made("2020").tables["results.csv"]
        if row["unit"] == "percent" and row["value"] and float(row["value"]) > 100
    ]
    assert len(above) == 6
    assert max(float(row["value"]) for row in above) > 1000


@pytest.mark.parametrize("year", YEARS)
def test_operations_are_the_same_without_their_year_and_keep_it_where_published(year):
    rows = made(year).tables["activities.csv"]
    assert all(row["identifier"] == f"XM-DAC-41121-{year}-{row['operation']}" for row in rows)
    assert len({row["operation"] for row in rows}) == len(rows)


@pytest.mark.parametrize("year", YEARS)
def test_every_spelling_of_a_population_has_a_code_and_like_ones_a_group(year):
    dimensions = [
        row for row in made(year).tables["framework/dimensions.csv"] if row["dimension"] == "population"
    ]
    titles = {
        row["code"]: row["text"]
        for row in made(year).tables["framework/titles.csv"]
        if row["kind"] == "population"
    }
    assert {row["code"] for row in dimensions} <= set(titles)
    spelled = {titles[row["code"]] for row in dimensions}
    assert spelled == set(published(year).values["dimension:" + published(year).dimensions[0]]) - {""}


def test_measures_beyond_unit_and_percentage_are_kept():
    measures = {row["measure"] for row in nodes("2023", "indicator").values()}
    assert measures == {"unit", "percentage", "ordinal"}


def test_the_frameworks_of_2021_and_2022_share_no_code():
    assert not set(nodes("2021", "indicator")) & set(nodes("2022", "indicator"))
    assert not set(nodes("2021", "area")) & set(nodes("2022", "area"))
    assert set(nodes("2020", "area")) - set(nodes("2021", "area")) == {"protection_from_crime"}
