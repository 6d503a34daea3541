"""The record equals a second, independent reading: table, key, unit, qualifier and value of every number."""

import csv
from collections import Counter
from fractions import Fraction

import pytest
import second_pass
from extract_numerals import FOLDER
from numerals import DOCUMENTS
from second_pass import SECOND, differences, first, paired, second

from analysis.audit.mutation import DIGIT, DOUBLED, DROPPED, SHIFTED, SIGN, SWAPPED, Faulty, faults
from analysis.audit.opening import open_audit

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


WORDS = {
    DIGIT: "another digit",
    SWAPPED: "two neighbours swapped",
    DROPPED: "a digit dropped",
    DOUBLED: "a digit doubled",
    SIGN: "the sign",
    SHIFTED: "the point moved",
}


@pytest.mark.slow
def test_what_the_second_reading_would_notice_of_wrong_digits_stands_beside_the_score(
    root, register, recorded, biennium
):
    page = (root / "docs" / "findings" / "wrong-digits.md").read_text(encoding="utf-8")
    with (root / "docs" / "findings" / "2020-21-wrong-digits.csv").open(encoding="utf-8") as file:
        scored = {row["kind"]: row for row in csv.DictReader(file) if row["table"] == "total"}
    held = {
        row["id"]: Fraction(reading["value"])
        for document in DOCUMENTS
        for reading, _, row in paired(document)[0]
        if reading["value"]
    }
    audit = open_audit(register, biennium, recorded)
    faulty = Faulty.prepare(audit)
    noticed, alone, neither = Counter(), Counter(), Counter()
    values = set()
    for fault in faults(audit):
        number = recorded[fault.table].records[fault.row]["id"]
        values.add(number)
        if number in held and Fraction(fault.value) != held[number]:
            noticed[fault.kind] += 1
        elif faulty.caught(fault):
            alone[fault.kind] += 1
        else:
            neither[fault.kind] += 1
    assert f"Of the {len(values):,} recorded values {len(values & held.keys()):,} are" in page
    for kind, words in WORDS.items():
        tried, caught = int(scored[kind]["faults"]), int(scored[kind]["by_arithmetic"])
        assert noticed[kind] + alone[kind] + neither[kind] == tried
        share = f"{100 * noticed[kind] / tried:.1f} %"
        row = f"| {words} | {share} | {caught - alone[kind]:,} | {alone[kind]} | {neither[kind]} |"
        assert row in page
