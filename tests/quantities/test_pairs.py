"""How many results reach the target that belongs to them, read in five ways."""

import subprocess
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from analysis.quantities import (
    Recorded,
    SelectionError,
    count_rows,
    evaluate,
    formula,
    pairs,
    pandas_code,
    provenance,
    sentence,
)
from analysis.quantities.notation import parse

ROWS = [
    ("1", "result", "a", "80", "0"),
    ("1", "target", "a", "75", "0"),
    ("2", "result", "a", "74", "0"),
    ("2", "target", "a", "75", "0"),
    ("3", "result", "b", "75", "0"),
    ("3", "target", "b", "75", "0"),
    ("4", "result", "b", "", ""),
    ("4", "target", "b", "9", "0"),
    ("5", "result", "b", "9", "0"),
]


@pytest.fixture
def recorded(table):
    def make(rows, unit="percent"):
        named = [
            dict(zip(("entry", "measure", "area", "value", "decimals"), row, strict=True)) for row in rows
        ]
        return Recorded([table([{**row, "unit": unit} for row in named])])

    return make


def made(relation="", table="report.sample", **where):
    results, targets = (count_rows(table, measure=measure, **where) for measure in ("result", "target"))
    return pairs(results, targets, "entry", relation)


@pytest.mark.parametrize(
    ("relation", "where", "count"),
    [
        ("", {}, 3),
        (">=", {}, 2),
        (">", {}, 1),
        ("<=", {}, 2),
        ("<", {}, 1),
        ("=", {}, 1),
        (">=", {"area": "b"}, 1),
        (">=", {"area": ["a", "b"]}, 2),
        (">=", {"area": "c"}, 0),
    ],
)
def test_pairs_are_counted_by_their_relation(recorded, relation, where, count):
    assert evaluate(made(relation, **where), recorded(ROWS)).value == count


def test_rounding_leaves_a_count_open(recorded):
    found = evaluate(made(">="), recorded([("1", "result", "a", "75", "0"), ("1", "target", "a", "75", "0")]))
    assert (found.low, found.value, found.high) == (0, 1, 1)
    exact = evaluate(made(">="), recorded(ROWS, unit="count"))
    assert (exact.low, exact.value, exact.high) == (2, 2, 2)


def test_a_row_with_two_partners_is_an_error(recorded):
    with pytest.raises(SelectionError, match="rows 3 and 4 are alike in entry: 1"):
        evaluate(made(), recorded([ROWS[0], ROWS[1], ROWS[1]]))


def test_a_relation_that_is_none_is_refused():
    with pytest.raises(ValueError, match="relation '=>': expected"):
        made("=>")


def test_the_sentence_the_notation_and_the_provenance_say_what_is_counted(recorded):
    held = recorded(ROWS)
    said = sentence(made(">=", area="a"), held)
    assert "is at least that of the row with the same entry and area" in said
    assert said.endswith(": 1 count.")
    text = (
        'pairs(count_rows("report.sample", measure="result"), count_rows("report.sample", measure="target"), '
        '"entry", ">=")'
    )
    assert parse(text, held) == made(">=")
    assert len(provenance(made(">=", area="a"), held)) == 4


def frame(rows):
    read = pd.DataFrame(rows, columns=["entry", "measure", "area", "value", "decimals"])
    return read.assign(value=[float(each) if each else np.nan for each in read["value"]])


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "0.3", "0.1", "12.5", "12.50", "-1", "100"]),
            st.sampled_from(["", "0.3", "0.1", "12.5", "99"]),
            st.sampled_from("ab"),
        ),
        max_size=12,
    ),
    st.sampled_from(["", ">", "<", ">=", "<=", "="]),
    st.sampled_from([{}, {"area": "a"}, {"area": ["a", "b"]}]),
)
def test_every_reading_counts_as_plain_python_does(recorded, drawn, relation, where):
    rows = []
    for number, (result, target, area) in enumerate(drawn):
        for measure, text in (("result", result), ("target", target)):
            rows.append((str(number), measure, area, text, str(len(text.partition(".")[2]))))
    compare = {"": lambda a, b: True, ">": lambda a, b: a > b, "<": lambda a, b: a < b}
    compare |= {">=": lambda a, b: a >= b, "<=": lambda a, b: a <= b, "=": lambda a, b: a == b}
    expected = sum(
        bool(result and target)
        and area in where.get("area", "ab")
        and compare[relation](*map(Fraction, (result, target)))
        for result, target, area in drawn
    )
    quantity = made(relation, **where)
    if rows:
        assert evaluate(quantity, recorded(rows)).value == expected
    tables = {"report.sample": frame(rows)}
    assert eval(pandas_code(quantity), {"tables": tables}) == expected


def test_the_formula_is_one_sumproduct():
    text = formula(made(">=", area=["a", "b"]), lambda table, column: column.upper())
    assert text == (
        'SUMPRODUCT(((MEASURE="result"))*((AREA="a")+(AREA="b"))*(VALUE<>"")'
        '*(COUNTIFS(ENTRY,ENTRY,AREA,AREA,MEASURE,"target",VALUE,"<>")>0)'
        '*(ROUND(VALUE-SUMIFS(VALUE,ENTRY,ENTRY,AREA,AREA,MEASURE,"target"),12)>=0))'
    )


@pytest.mark.slow
@pytest.mark.needs_libreoffice
def test_a_spreadsheet_counts_the_same(tmp_path):
    rows = [[*row[:3], float(row[3])] for row in ROWS if row[3]]
    rows += [["6", "target", "a", 1.0], ["7", "result", "a", None]]
    asked = [made(relation, **where) for relation in ("", ">=", "<", "=") for where in ({}, {"area": "a"})]
    columns = dict(zip(("entry", "measure", "area", "value"), "ABCD", strict=True))
    book = Workbook()
    shown, sheet = book.active, book.create_sheet("S")
    for row in rows:
        sheet.append(row)
    for quantity in asked:
        shown.append(
            [f"={formula(quantity, lambda _, name: f'S!${columns[name]}$1:${columns[name]}${len(rows)}')}"]
        )
    book.save(tmp_path / "pairs.xlsx")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "pairs.xlsx")], check=True, capture_output=True, timeout=120)
    found = [int(line) for line in (tmp_path / "pairs.csv").read_text().split()]
    assert found == [3, 2, 2, 1, 1, 1, 1, 0]
