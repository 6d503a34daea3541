"""``analysis check-data`` tells every fault with file, row, column; ``register`` refuses each."""

import json
import random

import pytest
from invented import invent

from analysis.cli import main
from analysis.sources.descriptor import faults_of, register
from analysis.sources.register import RegisterError

SEED = random.SystemRandom().randrange(10**9)
# What is changed in the file of results (old, new), and what is told of it.
CELLS = [
    (",result,,reported,", ",reslt,,reported,", "unit: found 'reslt'; expected a unit"),
    (",result,,reported,", ",result,,seen,", "status: found 'seen'; expected reported or repeated"),
    (",result,,reported,", ",result,roughly,reported,", "qualifier: found 'roughly'"),
    (
        ",result,,reported,Annex,1",
        ",result,,reported,Annex,one",
        "line: found 'one'; expected a whole number",
    ),
    (",result,,reported,Annex,", ",result,,reported,Annex," + "x" * 20000, "20,001 characters"),
    (",result,,reported,Annex,", ",result,,reported,An\x07nex,", "the control character"),
    (",result,,reported,Annex,", ",result,,reported, Annex,", "no space at either end"),
    (",0,result,", ",1,result,", "decimals: found 1 where"),
    (",0,result,", ",,result,", "decimals: found nothing"),
    (",result,,reported,", ",result,,not_available,", "'not_available' beside the value"),
    (",result,,reported,Annex,1,", ",result,,reported,Annex,1,,more", "cells; expected"),
    (
        ",target,whole,",
        ",target,nowhere,",
        "region: found 'nowhere'; expected a code of framework/dimensions",
    ),
    ("indicator,output,", "indicator,indicator,", "2 columns named 'indicator'"),
    ("id,indicator,", "id,colour,", "the column 'colour'"),
]


@pytest.fixture
def made(tmp_path):
    return invent(tmp_path, SEED)


def results_of(made):
    return made.root / "data" / "raw" / made.document / f"{made.files['output_indicators']}.csv"


def told(made):
    return [str(each) for each in faults_of(made.root / "data" / "raw", made.document) if each.grave]


def test_a_sound_record_has_no_fault(made, monkeypatch, capsys):
    monkeypatch.setenv("ANALYSIS_ROOT", str(made.root))
    assert told(made) == []
    assert main(["check-data"]) == 0
    printed = capsys.readouterr()
    assert "1 documents: 0 faults" in printed.err
    assert "1 titles without fr" in printed.out


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("old", "new", "said"), CELLS)
def test_a_wrong_cell_is_told_with_file_row_and_column_and_not_registered(made, old, new, said):
    path = results_of(made)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    (first, *_) = told(made)
    assert said in "\n".join(told(made))
    assert first.startswith(f"data/raw/{made.document}/{path.name} row ")
    before = (made.root / "data" / "raw" / "datapackage.json").read_bytes()
    with pytest.raises(RegisterError, match="nothing is registered"):
        register(made.root / "data" / "raw")
    assert (made.root / "data" / "raw" / "datapackage.json").read_bytes() == before


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("abc", "value: found 'abc'; expected a number such as"),
        ("12 %", "value: found '12 %'"),
        ("987654", "value: found 987654 where"),
    ],
)
def test_a_value_that_is_no_number_or_not_what_is_printed(made, value, said):
    path = results_of(made)
    header, first, *rest = path.read_text(encoding="utf-8").split("\n")
    cells = first.split(",")
    cells[header.split(",").index("value")] = value
    path.write_text("\n".join([header, ",".join(cells), *rest]), encoding="utf-8")
    assert said in "\n".join(told(made))


def test_bytes_that_are_not_utf_8_and_two_equal_ids(made):
    path = results_of(made)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("/2,", "/1,", 1), encoding="utf-8")
    assert "which row 2 has; expected ids that differ" in "\n".join(told(made))
    path.write_bytes(text.encode("utf-8").replace(b"Annex", b"Ann\xe9xe", 1))
    assert "text in UTF-8" in "\n".join(told(made))
    path.write_bytes(b"\xef\xbb\xbf" + text.encode("utf-8"))
    assert "a byte order mark" in "\n".join(told(made))


def test_a_link_that_leaves_the_project_is_not_followed(made, tmp_path_factory):
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.csv"
    secret.write_text("id\n1\n")
    (results_of(made).parent / "extra.csv").symlink_to(secret)
    (only,) = told(made)
    assert "expected a file inside the project" in only


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('organisation = "ilo"', 'organisation = "nobody"', "organisation: found 'nobody'; expected ilo"),
        ('periods = ["2022-23"]', 'periods = ["2021-22"]', "odd year"),
        ("year = 2024", 'year = "2024"', "year: found '2024'; expected a int"),
        ("[files]", '[files]\n"../x" = { title = "a", place = "b" }', "the name of a file beside this one"),
        ('place = "Annex"', 'where = "Annex"', "found no place"),
    ],
)
def test_a_document_badly_described(made, old, new, said):
    path = results_of(made).parent / "document.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert said in "\n".join(told(made))


def test_a_node_without_parent_and_a_layout_that_cannot_be_followed(made, monkeypatch, capsys):
    monkeypatch.setenv("ANALYSIS_ROOT", str(made.root))
    layout = results_of(made).parent / "exhibits.csv"
    layout.write_text(
        layout.read_text(encoding="utf-8").replace(",trends_table,", ",no_kind,"), encoding="utf-8"
    )
    assert main(["check-data", "--json"]) == 1
    (fault,) = [each for line in capsys.readouterr().out.splitlines() if (each := json.loads(line))["grave"]]
    assert "no kind 'no_kind'" in fault["found"]
    nodes = results_of(made).parent / "framework" / "nodes.csv"
    code = made.outcomes[0]
    nodes.write_text(
        nodes.read_text(encoding="utf-8").replace(f"outcome,{code},", "outcome,QQ,"), encoding="utf-8"
    )
    assert any("which is no node of a level before it" in each for each in told(made))


def test_remarks_name_missing_parts_impossible_sums_and_tables_not_shown(made, monkeypatch, capsys):
    monkeypatch.setenv("ANALYSIS_ROOT", str(made.root))
    path = results_of(made)
    lines = path.read_text(encoding="utf-8").split("\n")
    gone = next(line for line in lines if f",{made.regions[0]}," in line)
    path.write_text("\n".join(line for line in lines if line != gone), encoding="utf-8")
    budget = path.with_name(f"{made.files['budget_by_outcome']}.csv")
    rows = budget.read_text(encoding="utf-8").split("\n")
    place = next(number for number, row in enumerate(rows) if ",sum,actual_expenditure," in row)
    cells = rows[place].split(",")
    cells[5] = cells[6] = "999999.9"
    rows[place] = ",".join(cells)
    budget.write_text("\n".join(rows), encoding="utf-8")
    layout = path.with_name("exhibits.csv")
    kept = [row for row in layout.read_text(encoding="utf-8").split("\n") if ",staff_inputs," not in row]
    layout.write_text("\n".join(kept), encoding="utf-8")
    assert main(["check-data", made.document]) == 0
    out = capsys.readouterr().out
    assert f"found no row of {made.regions[0]} beside the whole" in out
    assert "999999.9, where the parts come to" in out
    assert "no exhibit that shows report.staff_inputs" in out
    assert main(["check-data", "nothing"]) == 2
    assert made.document in capsys.readouterr().err


def test_an_order_of_size_is_one_of_two(made):
    path = results_of(made).parent / "document.toml"
    text = path.read_text(encoding="utf-8")
    for ordered, faults in (("descending", 0), ("upwards", 1)):
        path.write_text(text.replace("place =", f'ordered = "{ordered}", place =', 1), encoding="utf-8")
        assert sum("ordered = 'upwards'" in each for each in told(made)) == faults
