"""``analysis check-data`` tells every fault with file, row, column; ``register`` refuses each."""

import csv
import json
import os
import random
import shutil
from fractions import Fraction
from types import SimpleNamespace

import pytest
from invented import invent

from analysis.cli import main
from analysis.commands.layout_faults import layout_faults
from analysis.sources import read_anew
from analysis.sources.descriptor import faults_of_document, register
from analysis.sources.register import RegisterError

SEED = int(os.environ.get("FUZZ_SEED", "20"))
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
    return [str(each) for each in faults_of_document(made.root / "data" / "raw", made.document) if each.grave]


def test_a_sound_record_has_no_fault(made, monkeypatch, capsys):
    monkeypatch.setenv("ANALYSIS_ROOT", str(made.root))
    assert told(made) == []
    assert main(["check-data"]) == 0
    printed = capsys.readouterr()
    assert "1 documents: 0 faults" in printed.err
    assert "1 titles without fr" in printed.out


@pytest.mark.sampled
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


@pytest.mark.sampled
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


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('organisation = "ilo"', 'organisation = "nobody"', "organisation: found 'nobody'; expected ilo"),
        ('periods = ["2022-23"]', 'periods = ["2021-22"]', "odd year"),
        ("year = 2024", 'year = "2024"', "year: found '2024'; expected a whole number"),
        ("[files]", '[files]\n"../x" = { title = "a", place = "b" }', "the name of a file beside this one"),
        ('place = "Annex"', 'where = "Annex"', "found no place"),
    ],
)
def test_a_document_badly_described(made, old, new, said):
    path = results_of(made).parent / "document.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert said in "\n".join(told(made))


@pytest.mark.slow
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


ALIKE = [
    ("nodes", "kind", 2, "@#!", "the kind of others of level outcome"),
    ("nodes", "direction", 3, "", "the direction of others of level outcome"),
    ("nodes", "parent", -1, "", "the node above, as others of level indicator have"),
    ("dimensions", "exhaustive", -5, "", "yes or no: whether the parts make up the whole"),
    ("titles", "text", 2, "-7", "a letter among them"),
    ("titles", "kind", -14, "wor", "a level, a dimension, or what an exhibit asks for"),
    ("exhibits", "number", 2, "19", "a number as printed, such as Figure 19"),
    ("exhibits", "section", 2, "", "a section that the chapter's notebook shows"),
    ("output_indicators", "line", 2, "", "the line of the text"),
    ("output_indicators", "place", 2, "-7", "a place in words"),
    ("budget_by_outcome", "unit", 2, "percent", "usd_million, as"),
    ("decent_work_indicators", "period", 2, "", "period ''; expected a year such as 2023"),
]


@pytest.mark.sampled
@pytest.mark.parametrize(("stem", "column", "row", "wrong", "expected"), ALIKE)
def test_a_cell_unlike_the_others_is_told(made, stem, column, row, wrong, expected):
    folder = made.root / "data" / "raw" / made.document
    path = next(path for path in folder.rglob("*.csv") if path.stem == made.files.get(stem, stem))
    header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    rows[row - 2 if row > 0 else row][header.index(column)] = wrong
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([header, *rows])
    assert any(expected in str(each) for each in told_at_all(made)), expected


def test_an_exhibit_of_an_outcome_that_is_not_there_is_told(made):
    path = made.root / "data" / "raw" / made.document / "exhibits.csv"
    text = path.read_text(encoding="utf-8")
    row = next(row for row in text.splitlines() if ",budget_of_node," in row)
    wrong = row.replace(f"outcome={made.outcomes[0]}", "outcome=QQ").replace("Figure ", "Figure 9")
    path.write_text(f"{text}{wrong}\n", encoding="utf-8")
    (fault,) = [each for each in told_at_all(made) if each.grave]
    assert (fault.column, fault.actual, fault.allowed) == (
        "conditions",
        "outcome QQ",
        "a code of the framework",
    )
    assert fault.row == len(text.splitlines()) + 1


def test_one_title_of_two_codes_is_told(made):
    path = made.root / "data" / "raw" / made.document / "framework" / "titles.csv"
    first, second = (made.titles[f"region.{code}", "en", "title"] for code in made.regions)
    path.write_text(path.read_text(encoding="utf-8").replace(second, first), encoding="utf-8")
    assert any(f"says of region.{made.regions[0]}" in str(each) for each in told_at_all(made))


# What a cell may be changed to: codes, numbers and spans that are none, nothing, and (the last) what the row
# below it holds.
WRONG = ("@#!", "", "-7", "9" * 30, "2021-19", "1e3", "x" * 20001, None)
# Words that no other cell says anything of.
FREE = {"statement_en", "note", "figure"}


def nothing_tells(stem, column, former, wrong):
    """Return why nothing in the files says that a cell is wrong; nothing where it can be told."""
    worded = any(sign.isalpha() for sign in wrong or "")
    if column in FREE and len(wrong or "") < 20000:
        return "free words"
    if column in ("place", "text") and worded and len(wrong) < 20000:
        return "words like any others"
    if stem == "evidence" and column in ("place", "line"):
        return "a table of so few rows that none is unlike the others"
    if wrong == "" and (column, former) in (("form", "title"), ("exhaustive", "no")):
        return "a blank means the same"
    if (column, wrong) in (("conditions", ""), ("number", "")):
        return "an exhibit of all, or of ours"
    if column in ("achieved", "progress", "kind", "group", "direction") and not (former and wrong):
        return "what may be left out"
    return ""


def mutated(made, draw, number):
    """Yield the place of a wrong cell, and what stands there while the file holds it."""
    folder = made.root / "data" / "raw" / made.document
    paths, named = sorted(folder.rglob("*.csv")), {name: table for table, name in made.files.items()}
    done = 0
    while done < number:
        path = draw.choice(paths)
        original = path.read_text(encoding="utf-8")
        header, *rows = csv.reader(original.splitlines())
        row, column = draw.randrange(len(rows)), draw.choice(header)
        place = header.index(column)
        former, wrong = rows[row][place], draw.choice(WRONG)
        swapped = wrong is None
        wrong = rows[(row + 1) % len(rows)][place] if swapped else wrong
        if wrong == former:
            continue
        rows[row][place] = wrong
        with path.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows([header, *rows])
        yield path, row + 2, column, former, wrong, swapped, named.get(path.stem, path.stem)
        path.write_text(original, encoding="utf-8")
        done += 1


def told_at_all(made):
    """Return what ``check-data`` tells: of the files, and where they are sound, of the layout."""
    folder = made.root / "data" / "raw"
    faults = list(faults_of_document(folder, made.document))
    return (
        faults
        if any(each.grave for each in faults)
        else [*faults, *layout_faults(made.root, [made.document])]
    )


@pytest.mark.slow
def test_wrong_cells_are_each_told_with_file_row_column_found_and_expected(made):
    """In every column of every file; a code that the framework lost is told where numbers or exhibits use it.

    Of codes that are swapped for the next row's, seven in ten: the others are as right by all that is there.
    """
    before = set(told_at_all(made))
    swaps, wrongs = [0, 0], [0, 0]
    for path, row, column, former, wrong, swapped, stem in mutated(made, random.Random(SEED), 300):
        found = [each for each in told_at_all(made) if each not in before]
        about = f"{stem} row {row}, {column} = {wrong[:30]!r} for {former!r} (seed {SEED})"
        assert all(each.actual and each.allowed and each.path for each in found), about
        told_here = any(each.path.endswith(path.name) and each.row in (row, 0) for each in found)
        used = path.parent.name == "framework" or path.name == "exhibits.csv"
        seen = (
            told_here
            or (used and bool(found))
            or any(each.row or (wrong and wrong in f"{each.actual} {each.allowed}") for each in found)
        )
        free = nothing_tells(stem, column, former, wrong)
        if swapped and not free:
            swaps = [swaps[0] + seen, swaps[1] + 1]
            continue
        wrongs = [wrongs[0] + seen, wrongs[1] + 1]
        assert seen or free, (about, [str(each) for each in found][:3])
    assert wrongs[0] >= 0.85 * wrongs[1], wrongs
    assert swaps[0] >= 0.7 * swaps[1], swaps


@pytest.mark.slow
def test_percentages_keep_to_the_range_of_their_indicator_or_file(made):
    nodes = results_of(made).parent / "framework" / "nodes.csv"
    code = next(iter(made.indicators))
    text = nodes.read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    rows = [
        [*row, "range" if place == 0 else "0..3" if row[1] == code else ""] for place, row in enumerate(rows)
    ]
    nodes.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    wrong = [each for each in told(made) if ", value: found" in each]
    assert wrong
    assert all(f"expected 0 to 3 of indicator {code}" in each for each in wrong)
    nodes.write_text(nodes.read_text(encoding="utf-8").replace(",0..3", ",3..0"), encoding="utf-8")
    assert any("a range whose lower end comes first" in each for each in told(made))
    nodes.write_text(text, encoding="utf-8")
    staff = nodes.parents[1] / f"{made.files['staff_inputs']}.csv"
    lines = staff.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[5:7] = ["104", "104"]
    staff.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    (remark,) = [
        each for each in faults_of_document(made.root / "data/raw", made.document) if each.column == "value"
    ]
    assert not remark.grave
    assert remark.row == 2
    assert remark.actual == "104 percent"
    about = nodes.parents[1] / "document.toml"
    described = about.read_text(encoding="utf-8")
    staff_entry = f"{made.files['staff_inputs']} = {{"
    about.write_text(described.replace(staff_entry, staff_entry + ' range = "0..100",'), encoding="utf-8")
    assert any("found 104 percent; expected 0 to 100" in each for each in told(made))
    about.write_text(described.replace(staff_entry, staff_entry + ' range = "0-100",'), encoding="utf-8")
    assert any("range = '0-100'" in each for each in told(made))


def test_evidence_is_of_a_recorded_result_and_states_and_dates_are_known(made):
    path = results_of(made).parent / f"{made.files['evidence']}.csv"
    text = path.read_text(encoding="utf-8")
    result = text.splitlines()[1].split(",")[1]
    path.write_text(text.replace(result, result + "x"), encoding="utf-8")
    assert sum("result: found" in each and "the id of a recorded result" in each for each in told(made)) == 2
    path.write_text(text, encoding="utf-8")
    numbers = results_of(made)
    text = numbers.read_text(encoding="utf-8")
    numbers.write_text(text.replace(",2022-23,planned,", ",2022-23,hoped,"), encoding="utf-8")
    numbers.write_text(numbers.read_text(encoding="utf-8").replace(",2022-0", ",2022-4"), encoding="utf-8")
    said = "\n".join(told(made))
    assert "achieved: found '2022-4" in said
    assert "progress: found 'hoped'" in said or ",planned," not in text


def test_codes_of_two_branches_contradict_each_other(made):
    path = results_of(made)
    first, second = made.outcomes[:2]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f",{first},", f",{second},", 1), encoding="utf-8")
    assert any(f"outcome: found '{second}', where indicator" in each for each in told(made))


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("table", "printed", "value", "remark"),
    [("half", "a half", "0.5", ""), ("words", "twelve", "12", ""), ("other", "twelve", "13", "read as 12")],
)
def test_a_number_in_words_is_read_and_compared(made, table, printed, value, remark):
    path = results_of(made)
    header, first, *rest = path.read_text(encoding="utf-8").splitlines()
    cells, names = first.split(","), header.split(",")
    cells[names.index("printed")], cells[names.index("value")] = printed, value
    path.write_text("\n".join([header, ",".join(cells), *rest]) + "\n", encoding="utf-8")
    said = [
        str(each) for each in faults_of_document(made.root / "data" / "raw", made.document) if each.row == 2
    ]
    assert any("printed" in each for each in said) == bool(remark)
    assert not remark or any(remark in each for each in said)


@pytest.mark.slow
def test_a_kind_that_is_none_is_told_once_for_all_documents_of_its_periods(
    root, tmp_path, monkeypatch, capsys
):
    shutil.copytree(root / "data", tmp_path / "data", ignore=shutil.ignore_patterns("processed"))
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    layout = tmp_path / "data" / "raw" / "implementation-2020-21" / "exhibits.csv"
    text = layout.read_text(encoding="utf-8")
    layout.write_text(text.replace(",ratifications_by_year,", ",ratification_by_year,", 1), encoding="utf-8")
    assert main(["check-data", "--json"]) == 1
    faults = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (fault,) = [fault for fault in faults if fault["grave"]]
    assert fault["path"].endswith("implementation-2020-21/exhibits.csv")
    assert fault["found"] == "no kind 'ratification_by_year'"
    assert fault["expected"].startswith("ratifications_by_year, ")


@pytest.mark.slow
def test_register_refuses_a_layout_that_check_data_refuses(made, monkeypatch, capsys):
    monkeypatch.setenv("ANALYSIS_ROOT", str(made.root))
    layout = results_of(made).parent / "exhibits.csv"
    text = layout.read_text(encoding="utf-8")
    for old, new, said in (
        (",trends_table,", ",no_kind,", "row 2, kind: found no kind 'no_kind'"),
        ("01_decent_work_trends,decent_work,", "01_other,decent_work,", "row 2, chapter: found '01_other'"),
        ("reproduced", "made", "row 2, status: found 'made'"),
        (",,reproduced,,", ",a=b=;c,reproduced,,", "row 2, options: found options: 'c' is not name=code"),
    ):
        assert old in text
        layout.write_text(text.replace(old, new, 1), encoding="utf-8")
        assert main(["register"]) == 2
        assert said in capsys.readouterr().err, said


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[title]\n", "[other]\n", "title: found nothing; expected a title by language"),
        ("[files]", "files = 3\n[more]", "files: found"),
        ('period = "2022-23"', 'period = "soon"', "period: found 'soon'"),
        ('periods = ["2022-23"]', "periods = []", "periods: found []"),
        ('organisation = "ilo"', 'organisation = ["ilo"]', "organisation: found ['ilo']"),
    ],
)
def test_a_description_of_other_types_is_told_and_no_traceback(made, old, new, said):
    path = results_of(made).parent / "document.toml"
    text = path.read_text(encoding="utf-8")
    if "files = 3" in new:
        text = "files = 3\n" + text.replace("[files]", "[more]")
    else:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    assert said in "\n".join(told(made))


@pytest.mark.parametrize(("stem", "column"), [("nodes", "level"), ("dimensions", "dimension")])
def test_no_level_or_dimension_bears_the_name_of_a_column_of_numbers(made, stem, column):
    path = made.root / "data" / "raw" / made.document / "framework" / f"{stem}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    last = rows[-1][column]
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | {column: "unit"} if row[column] == last else row for row in rows)
    assert any(
        "tables keep the unit of numbers under it; give it another name" in each for each in told(made)
    )


@pytest.mark.slow
@pytest.mark.parametrize("stem", ["framework/nodes", "framework/dimensions", "framework/titles", "exhibits"])
def test_each_column_that_a_framework_or_a_layout_lacks_is_told(made, stem):
    path = made.root / "data" / "raw" / made.document / f"{stem}.csv"
    sound = path.read_text(encoding="utf-8")
    for column in sound.partition("\n")[0].split(","):
        path.write_text(sound.replace(column, "", 1).replace(",,", ",", 1).strip(","), encoding="utf-8")
        grave = [
            fault for fault in faults_of_document(made.root / "data" / "raw", made.document) if fault.grave
        ]
        assert any(path.name in fault.path for fault in grave), column
    path.write_text("", encoding="utf-8")
    assert [fault for fault in faults_of_document(made.root / "data" / "raw", made.document) if fault.grave]


@pytest.mark.sampled
@pytest.mark.parametrize(
    "constraints",
    ['"x"', "{ minimum = 1 }", '{ minimum = "a", maximum = 3 }', '{ pattern = "[a" }', "{ enum = [1] }"],
)
def test_constraints_that_are_none_are_told_before_a_cell_is_held_against_them(made, constraints):
    fields = made.root / "data" / "raw" / "fields.toml"
    described = '[decimals]\ntype = "integer"\n'
    text = fields.read_text(encoding="utf-8")
    kept = "\n".join(line for line in text.split("\n") if not line.startswith("decimals ="))
    assert kept != text
    fields.write_text(f"{kept}\n{described}constraints = {constraints}\n", encoding="utf-8")
    assert any("decimals: found constraints that are none" in each for each in told(made))


def test_a_letter_amid_digits_is_no_number(made):
    assert "in which nothing here reads a number" in printed_as(made, "1e3")


def test_a_number_too_large_for_a_float_is_told(made, monkeypatch):
    huge = SimpleNamespace(value=Fraction(10**400), upper=None)
    monkeypatch.setattr(read_anew, "find_numbers", lambda *_: [huge])
    assert "read as a number of hundreds of digits" in printed_as(made, "very many")


def printed_as(made, printed):
    """Return what is told of a record whose first number is printed so."""
    path = results_of(made)
    header, first, *rest = csv.reader(path.read_text(encoding="utf-8").splitlines())
    first[header.index("printed")] = printed
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([header, first, *rest])
    return "\n".join(str(fault) for fault in faults_of_document(made.root / "data" / "raw", made.document))
