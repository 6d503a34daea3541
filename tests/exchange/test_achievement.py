"""Exhibits of imported results: what is met by direction, by area, indicator, population and operation."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from odd_results import COUNTED, ODD, SHARED, importing, needs_shared

from analysis.exchange.mapping import read_mapping
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue, languages
from analysis.printed.resolve import resolve
from analysis.quantities import Quantity, evaluate
from analysis.sources.register import Register

pytestmark = pytest.mark.slow

LESS = {"area": "Health", "indicator": "Deaths", "measure": "1", "ascending": "0"}
ROWS = [
    {"t": "80", "a": "80"},
    {"t": "80", "a": "79.9", "who": "IDPs"},
    {"t": "80", "a": "", "who": "IDPs"},
    {"t": "", "a": "12", "who": "IDPs"},
    {"t": "0", "a": "5", "who": "IDPs", "b": "2", "b year": "2021"},
    {**LESS, "t": "10", "a": "10"},
    {**LESS, "t": "10", "a": "11"},
    {**LESS, "t": "10", "a": "3", "activity": "XX-RLF-2022-DEF", "place": "Niger"},
    {**COUNTED, "ascending": "", "t": "3", "a": "9"},
    {**COUNTED, "ascending": "", "t": "4", "a": "", "activity": "XX-RLF-2022-DEF"},
]


@pytest.fixture
def exhibits(project, mapping, sheet):
    def made(*rows):
        assert importing(mapping, sheet(*rows)) == 0
        register = Register(project)
        period = register.period("2022", "relief")
        recorded = register.recorded(period)
        return recorded, {each.id: make(each, recorded, period) for each in definitions(recorded)}

    return made


def table(exhibit, recorded, language="en"):
    resolved = resolve(exhibit, recorded, Catalogue(language, recorded)).table
    return {row.labels: [cell.text for cell in row.cells] for row in resolved.rows}


def test_targets_are_met_by_direction_and_not_judged_without(exhibits):
    recorded, made = exhibits(*ROWS)
    rows = table(made["targets_met_level_theme"], recorded)
    # targets, with a result, met, not met, no verdict, met in per cent of verdicts
    assert rows["1. Water",] == ["6", "4", "2", "1", "1", "66.7"]
    assert rows["Health",] == ["3", "3", "2", "1", "", "66.7"]
    assert rows["Total",] == ["9", "7", "4", "2", "1", "66.7"]


def test_indicators_show_their_direction(exhibits):
    recorded, made = exhibits(*ROWS)
    rows = table(made["targets_met_level_indicator"], recorded)
    assert rows["Deaths",][0] == "less"
    assert rows["# of wells",] == ["not stated", "2", "1", "", "", "1", ""]


def test_populations_and_operations_have_their_rows(exhibits):
    recorded, made = exhibits(*ROWS)
    populations = table(made["targets_met_dimension_population"], recorded)
    assert populations["IDPs",] == ["3", "2", "1", "1", "", "50.0"]
    operations = table(made["targets_met_dimension_operation"], recorded)
    assert operations["DEF",] == ["2", "1", "1", "0", "0", "100.0"]
    assert operations["Chad",] == ["7", "6", "3", "2", "1", "60.0"]


def test_spellings_of_one_population_are_one_row(exhibits):
    recorded, made = exhibits({}, {"who": "refugees"}, {"who": "Réfugiés"})
    rows = table(made["targets_met_dimension_population"], recorded)
    assert list(rows) == [("Refugees",), ("Total",)]
    assert rows["Refugees",][0] == "3"


def test_only_what_may_be_added_up_is_added_up(exhibits):
    recorded, made = exhibits(*ROWS)
    assert table(made["sums_level_indicator"], recorded) == {("# of wells",): ["2", "7", "1", "9"]}


def test_every_entry_stands_in_detail(exhibits):
    recorded, made = exhibits(*ROWS)
    resolved = resolve(made["results_in_detail"], recorded, Catalogue("en", recorded)).table
    cells = [[cell.text for cell in row.cells] for row in resolved.rows]
    assert cells == [
        ["", "80%", "80%", "100.0", "yes"],
        ["", "80%", "79.9%", "99.9", "no"],
        ["", "80%", "", "", ""],
        ["", "", "12%", "", ""],
        ["2%", "0%", "5%", "", "yes"],
        ["", "10", "10", "100.0", "yes"],
        ["", "10", "11", "110.0", "no"],
        ["", "10", "3", "30.0", "yes"],
        ["", "3", "9", "300.0", "No verdict"],
        ["", "4", "", "", ""],
    ]


def test_years_on_both_sides_of_a_change_stand_side_by_side(project, mapping, sheet):
    files = []
    for year, cells in ((2022, {"a": "90"}), (2023, {"area": "9. Wells", "a": "10", "b": "1"})):
        row = {
            "activity": f"XX-RLF-{year}-ABC",
            "start": f"{year}-01-01",
            "end": f"{year}-12-31",
            "b year": "2022",
        }
        row |= cells
        files.append(sheet(row, {**row, "area": "Health", "a": "85"}, name=f"{year}.csv"))
    assert importing(mapping, *files, name="relief") == 0
    register = Register(project)
    for year in ("2022", "2023"):
        period = register.period(year, "relief")
        recorded = register.recorded(period)
        made = {each.id: make(each, recorded, period) for each in definitions(recorded)}
        rows = table(made["targets_met_over_years_level_theme"], recorded)
        assert rows["1. Water",] == ["1", "100.0", "break", ""]
        assert rows["9. Wells",] == ["break", "", "1", "0.0"]
        assert rows["Health",] == ["1", "100.0", "1", "100.0"]
        whole = table(made["targets_met_level_theme"], recorded)
        assert whole["Total",][0] == "2"
        # A baseline of 2022 that a later year states is no result of 2022.
        assert {"2022": ("1. Water",), "2023": ("9. Wells",)}[year] in whole
        assert len(whole) == 3


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_words(exhibits, language):
    recorded, made = exhibits(*ODD)
    catalogue = Catalogue(language, recorded)
    for each in made.values():
        resolved = resolve(each, recorded, catalogue)
        assert resolved.title
        assert resolved.table.rows


@cache
def unhcr(year):
    frame = pd.read_excel(SHARED / "unhcr" / f"iati_result_{year}.xlsx", dtype=str, keep_default_na=False)
    frame.columns = [name.replace("result_indicator_", "") for name in frame]
    result, target = (pd.to_numeric(frame[f"{each}_value"], errors="coerce") for each in ("actual", "target"))
    up, down = frame["ascending"] == "1", frame["ascending"] == "0"
    return frame.assign(
        target=target.notna(),
        both=target.notna() & result.notna(),
        met=(up & (result >= target)) | (down & (result <= target)),
        unmet=(up & (result < target)) | (down & (result > target)),
        silent=target.notna() & result.notna() & ~up & ~down,
    )


@needs_shared
@pytest.mark.parametrize("year", ["2016", "2021", "2022", "2023"])
def test_unhcrs_years_count_as_pandas_counts_them(project, year):
    mapping = read_mapping(Path(__file__).resolve().parents[2] / "examples" / "unhcr" / "unhcr.toml")
    assert importing(mapping, SHARED / "unhcr" / f"iati_result_{year}.xlsx", name=f"unhcr-{year}") == 0
    register = Register(project)
    period = register.period(year, "unhcr")
    recorded = register.recorded(period)
    made = {each.id: make(each, recorded, period) for each in definitions(recorded)}
    by = {"level_area": "result_title", "dimension_location": "target_location_ref", "level_indicator": None}
    catalogue = Catalogue("en", recorded)
    for name, column in by.items():
        frame = unhcr(year)
        groups = frame.groupby(["result_title", "title"] if column is None else column)
        counted = groups[["target", "both", "met", "unmet", "silent"]].sum()
        expected = sorted(map(tuple, counted.to_numpy()))
        rows = made[f"targets_met_{name}"].table.rows[:-1]
        found = sorted(
            tuple(
                0 if cell is None else int(evaluate(cell, recorded).value)
                for cell in [each for each in row.cells if not isinstance(each, str)][:5]
            )
            for row in rows
        )
        expected = [each for each in expected if name != "dimension_location" or each[0]]
        assert [each for each in found if name != "dimension_location" or each[0]] == expected, name
    whole = made["results_in_detail"].table
    assert len(whole.rows) == len(unhcr(year))
    verdicts = [row.cells[4] for row in whole.rows if isinstance(row.cells[4], Quantity)]
    assert sum(evaluate(each, recorded).value for each in verdicts) == unhcr(year)["met"].sum()
    assert resolve(made["targets_met_level_area"], recorded, catalogue).table
