"""A sheet as people lay it out: a title, names in two rows, merged cells, marks of footnotes, notes below."""

import csv
import re

import pytest
from openpyxl import Workbook

from analysis.cli import main
from analysis.exchange.mapping import ResultsMappingError, read_mapping
from analysis.exchange.numbers import NumberForm
from analysis.exchange.published import PublishedError
from analysis.exchange.sheet_rows import named_rows
from analysis.exchange.workbook import read_workbook

MAPPING = r"""
[organisation]
id = "bureau"
name = { en = "A statistics office" }
short_name = { en = "Office" }
calendar = { years = 1, first = 2021 }

[document]
symbol = "SO {period}"
title = { en = "Results {period}" }
short_title = { en = "Results {period}" }

[file]
decimal = ","
header = [3, 4]
filled = ["Outcome", "Indicator"]
last = 8

[marks]
"*" = "provisional"
"1)" = "two postponed"

[fixed]
activity = "Office"
result_type = "2"
ascending = "1"

[columns]
result_title = "Outcome"
indicator_title = "Indicator"
measure = "Unit"
baseline = { value = "Baseline Value", year = "Baseline Year" }

[translate.measure]
"%" = "2"
number = "1"

[[periods]]
pattern = '^(?P<period>\d{4}) Target$'
stated = "target"

[[periods]]
pattern = '^(?P<period>\d{4}) Result$'

[dimensions.sex]
column = "Sex"
total = "Total"
codes = { "Total" = "SEX_T", "Women" = "SEX_F", "Men" = "SEX_M" }
"""
ROWS = [
    ["Results framework 2022–2023"],
    [],
    ["Outcome", "Indicator", "Unit", "Sex", "Baseline", None, "2022", None, "2023", None],
    [None, None, None, None, "Year", "Value", "Target", "Result", "Target", "Result"],
    ["Surveys are answered", "Response rate", "%", "Total", 2021, "68,2", "72,0", "70,4", "75,0", "73,9*"],
    [None, "Staff trained", "number", "Total", 2021, "1 120", "1 200", "1 214", "1 260", "1 247 1)"],
    [None, None, "number", "Women", 2021, "548", "590", "597", "625", "629"],
    [None, None, "number", "Men", 2021, "572", "610", "617", "635", "618"],
    ["1) Two courses were postponed."],
    ["* Provisional."],
]


def imported(path, mapping) -> int:
    return main(["import", "results", str(path), "--mapping", str(mapping), "--as", "bureau-2022-23"])


@pytest.fixture
def laid_out(tmp_path):
    def write(mapping=MAPPING):
        book = Workbook()
        for row in ROWS:
            book.active.append(row)
        book.active.merge_cells("A5:A8")
        book.active.merge_cells("E3:F3")
        book.save(tmp_path / "framework.xlsx")
        (tmp_path / "office.toml").write_text(mapping, encoding="utf-8")
        return tmp_path / "framework.xlsx", tmp_path / "office.toml"

    return write


def test_names_in_two_rows_and_blanks_that_repeat_are_read(laid_out):
    path, mapping = laid_out()
    wide = read_workbook(path, read_mapping(mapping)).wide()
    assert set(wide["indicator_title"]) == {"Response rate", "Staff trained"}
    assert set(wide["result_title"]) == {"Surveys are answered"}
    women = wide[(wide["dimension:Sex"] == "Women") & (wide["start"] == "2023-01-01")]
    assert dict(zip(women["stated"], women["value"], strict=True)) == {"target": "625", "result": "629"}


def test_marks_become_notes_and_codes_are_as_the_mapping_says(laid_out, project):
    path, mapping = laid_out()
    assert imported(path, mapping) == 0
    with (project / "data" / "raw" / "bureau-2022-23" / "results.csv").open(encoding="utf-8") as lines:
        rows = {row["printed"]: row for row in csv.DictReader(lines)}
    assert (rows["73,9*"]["value"], rows["73,9*"]["note"]) == ("73.9", "provisional")
    assert (rows["1 247 1)"]["value"], rows["1 247 1)"]["note"]) == ("1247", "two postponed")
    assert (rows["629"]["sex"], rows["1 247 1)"]["sex"]) == ("SEX_F", "SEX_T")


@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        ("header = [3, 4]", r"where another row names them, or two, say header = 4 or header = \[4, 5\]"),
        ('filled = ["Outcome", "Indicator"]', r'name its column by filled = \["Outcome", "Indicator"\]'),
        ("last = 8", "row 9, Indicator: empty|say last = the number of the last row"),
        ('"*" = "provisional"', r"'73,9\*' is not a number .*\[marks\] what a footnote's mark"),
        (
            'codes = { "Total" = "SEX_T", "Women" = "SEX_F", "Men" = "SEX_M" }',
            "codes are SEX_T, SEX_F, SEX_M",
        ),
    ],
)
def test_what_a_mapping_does_not_say_yet_is_told(laid_out, project, capsys, left_out, message):
    path, mapping = laid_out(MAPPING.replace(left_out, ""))
    assert imported(path, mapping) == 2
    told = capsys.readouterr().err
    assert re.search(message, told), told
    assert not (project / "data" / "raw" / "bureau-2022-23").exists()


@pytest.mark.parametrize(
    ("said", "wrong", "message"),
    [
        ("header = [3, 4]", "header = [4, 3]", "header .4, 3.; expected the number of a row"),
        ("header = [3, 4]", 'header = "3"', "header '3'; expected"),
        ("header = [3, 4]", "header = 1000000000", "header 1000000000; expected"),
        ("last = 8", "last = 4", "last 4; expected the number of a row below the names"),
        ('filled = ["Outcome", "Indicator"]', 'filled = "Outcome"', "filled 'Outcome'; expected a list"),
        ('"*" = "provisional"', '"*" = 1', r"marks\.\*: expected a text"),
        ('codes = { "Total" = "SEX_T", ', 'codes = { "Total" = 1, ', "dimensions.sex: codes .* expected"),
    ],
)
def test_a_rule_on_rows_that_cannot_be_is_named(laid_out, said, wrong, message):
    _, mapping = laid_out(MAPPING.replace(said, wrong))
    with pytest.raises(ResultsMappingError, match=message):
        read_mapping(mapping)


def test_a_column_to_fill_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PublishedError, match="filled: no column b; there are a"):
        list(named_rows(tmp_path / "x.csv", [(1, ["a"]), (2, ["1"])], {"filled": ["b"]}))


def test_a_mark_behind_a_word_for_no_number_is_a_mark():
    form = NumberForm(",", "", {"n.a.": "not_available"}, {"*": "revised", "†": "later"})
    assert form.read("n.a.*", "unit").status == "not_available"
    assert form.read("1 234,5 †*", "unit")[1:3] == ("1234.5", "1")
    assert form.read("1 234,5 †*", "unit").note == "later; revised"


@pytest.mark.parametrize(
    "rows", [[["Indicator"] * 20], [["a", "b", "c"], *[["x"]] * 6]], ids=["wide", "short"]
)
def test_a_sheet_of_more_cells_than_a_table_of_results_has_is_refused(rows, tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.exchange.sheet_rows.MOST_CELLS", 17)
    lines = enumerate(rows, 1)
    with pytest.raises(PublishedError, match=r"a\.xlsx: more than 17 cells, the empty ones counted; delete"):
        list(named_rows(tmp_path / "a.xlsx", lines, {}))


def test_columns_that_are_not_read_and_levels_without_a_year_are_told(laid_out, project, capsys):
    path, mapping = laid_out(MAPPING.replace(', year = "Baseline Year"', ""))
    assert imported(path, mapping) == 0
    told = capsys.readouterr().out
    assert "columns that the mapping does not name, not read: Baseline Year\n" in told
    assert "4 baselines state no year; where a column says it, map it as `year`" in told
