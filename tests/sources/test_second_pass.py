"""The record equals a second, independent reading: table, key, unit, qualifier and value of every number."""

import csv

import pytest
import second_pass
from extract_numerals import FOLDER
from numerals import DOCUMENTS
from second_pass import SECOND, differences, first, paired, second

each_document = pytest.mark.parametrize("document", DOCUMENTS)
WORDS_WITHOUT_NUMERAL = {
    "implementation-2020-21/prose/423.1",
    "implementation-2020-21/prose/534.1",
    "un-swap-2012/prose/795.1",
}


@each_document
def test_every_numeral_that_is_a_datum_was_read_twice(document):
    with (FOLDER / f"{document}.csv").open(encoding="utf-8", newline="") as file:
        data = [(row["line"], row["printed"]) for row in csv.DictReader(file) if not row["rule"]]
    assert [(row["line"], row["printed"]) for row in second(document)] == data


@pytest.mark.slow
@each_document
def test_both_readings_hold_the_same_numbers(document):
    _, only_second, only_first = paired(document)
    assert only_second == []
    assert {row["id"] for row in only_first} <= WORDS_WITHOUT_NUMERAL


@pytest.mark.slow
@each_document
def test_no_number_table_or_code_differs_but_where_it_was_settled(document):
    with (SECOND / "differences.csv").open(encoding="utf-8", newline="") as file:
        settled = {tuple(row.values()) for row in csv.DictReader(file) if row["document"] == document}
    assert all(why for *_, why in settled)
    assert {tuple(difference) for difference in differences(document)} == {row[:-1] for row in settled}


def test_what_differs_is_never_a_value_or_a_table():
    with (SECOND / "differences.csv").open(encoding="utf-8", newline="") as file:
        columns = {row["column"] for row in csv.DictReader(file)}
    assert columns == {"period", "unit", "qualifier", "measure", "sex", "age"}


@pytest.mark.slow
@pytest.mark.parametrize(("column", "other"), [("value", "7"), ("unit", "percent"), ("outcome", "2")])
def test_a_recorded_number_that_was_changed_is_noticed(monkeypatch, column, other):
    document = "implementation-2020-21"
    row = next(row for row in second(document) if "indicator=1.1.1" in row["key"])
    line, wrong = row["line"], []
    for table, held in first(document):
        changed = table == "output_indicators" and held["line"] == line and held["measure"] == "target"
        wrong.append((table, {**held, column: other} if changed else held))
    monkeypatch.setattr(second_pass, "first", lambda _: wrong)
    told = [each for each in differences(document) if each.line == line]
    assert [(each.column, each.record) for each in told] == [(column, other)]
