"""What a record lacks beside its likes, or has unlike them, is told."""

import csv
from pathlib import Path

import pytest
from invented import ROOT, invent

from analysis.commands.check_data import run
from analysis.sources.descriptor import faults_of_document
from analysis.sources.new_report import UNCONFIRMED

NODES = "framework/nodes"
RESULTS = "output_indicators"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return invent(tmp_path_factory.mktemp("likes"), 20, 10, 3)


@pytest.fixture(scope="module")
def before(kept):
    return {str(fault) for fault in faults_of_document(kept.root / "data" / "raw", kept.document)}


@pytest.fixture
def change(kept, before):
    """Change a file, return what is told beside what was told before, and put the file back."""
    raw = kept.root / "data" / "raw"
    changed: list[tuple[Path, bytes]] = []

    def told(stem, how):
        path = raw / kept.document / f"{kept.files.get(stem, stem)}.csv"
        changed.append((path, path.read_bytes()))
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        held = how(rows) or rows
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, held[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(held)
        return [fault for fault in faults_of_document(raw, kept.document) if str(fault) not in before]

    yield told
    for path, content in changed:
        path.write_bytes(content)


def is_of(row, measure, region, code=None):
    return row["measure"] == measure and row["region"] == region and code in (None, row["indicator"])


def first(kept):
    return next(iter(kept.indicators))


def without(measure, region):
    """Return how to leave out the first such row."""

    def how(rows):
        place = next(place for place, row in enumerate(rows) if is_of(row, measure, region))
        return rows[:place] + rows[place + 1 :]

    return how


def with_cells(measure, region, **cells):
    def how(rows):
        next(row for row in rows if is_of(row, measure, region)).update(cells)

    return how


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("how", "said"),
    [
        (without("result", "whole"), "region: found no row of whole beside"),
        (without("target", "whole"), "measure: found no target of indicator"),
        (with_cells("target", "whole", printed="-9", value="-9"), "value: found -9 result; expected a count"),
        (with_cells("target", "whole", unit="person"), "unit: found 'person'; expected result, the unit of"),
        (with_cells("target", "whole", period="2020-21"), "period: found '2020-21'; expected a time within"),
        (with_cells("target", "whole", period="2023-24"), "period: found '2023-24'; expected a time within"),
        (
            lambda rows: [row for row in rows if row["indicator"] != rows[0]["indicator"]],
            "found no row of indi",
        ),
    ],
)
def test_what_is_unlike_its_likes_is_told_and_can_be_registered(change, how, said):
    found = change(RESULTS, how)
    told = [fault for fault in found if said in str(fault)]
    assert [fault.grave for fault in told] == [False], found


def test_numbers_of_one_thing_on_two_scales_and_shares_called_per_cent(change):
    def hundredth(rows):
        rows[1].update(printed="0.051", value="0.051", decimals="3")
        for row in (rows[0], *rows[2:4]):
            row.update(printed="5.1", value="5.1", decimals="1")

    found = change("decent_work_indicators", hundredth)
    assert ["row 3, value: found 0.051" in str(fault) for fault in found] == [True]

    def shares(rows):
        for row in rows:
            row.update(printed="0.45", value="0.45", decimals="2")

    found = change("staff_inputs", shares)
    assert any("percentages of which none is above 1" in str(fault) for fault in found)


@pytest.mark.slow
def test_what_a_node_continues_is_there(kept, change):
    model = kept.document

    def continuing(address, why="the same words"):
        return lambda rows: rows[0].update(continues=address, continues_why=why)

    level, other = "outcome", kept.outcomes[1]
    assert change(NODES, continuing(f"{model}/{level}/{other}")) == []
    (lost,) = change(NODES, continuing(f"{model}/{level}/nowhere"))
    assert (lost.grave, lost.column) == (True, "continues")
    (itself,) = change(NODES, continuing(f"{model}/{level}/{kept.outcomes[0]}"))
    assert (itself.grave, "which is itself" in itself.actual) == (True, True)
    (elsewhere,) = change(NODES, continuing(f"another/{level}/1"))
    assert (elsewhere.grave, "not there" in elsewhere.actual) == (False, True)
    (unread,) = change(NODES, continuing(f"{model}/{level}/{other}", UNCONFIRMED))
    assert (unread.grave, unread.column) == (False, "continues_why")


def test_chinese_under_another_language_and_a_percentage_in_another_unit(change):
    (words,) = change("framework/titles", lambda rows: rows[0].update(text="指标", language="fr"))[:1]
    assert "as fr" in words.actual
    found = change(NODES, lambda rows: rows[-1].update(measure="percentage"))
    assert any(fault.column == "unit" and "percent" in fault.allowed for fault in found)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "document", sorted(path.parent.name for path in ROOT.glob("data/raw/*/document.toml"))
)
def test_the_documents_themselves_have_no_new_fault(document):
    assert not [str(fault) for fault in faults_of_document(ROOT / "data" / "raw", document) if fault.grave]


@pytest.mark.slow
def test_what_several_rows_have_in_common_is_told_once(kept, change, monkeypatch, capsys):
    monkeypatch.setenv("ANALYSIS_ROOT", str(kept.root))

    def below(rows):
        for row in rows[:3]:
            row.update(printed="-1", value="-1")

    change(RESULTS, below)

    class Asked:
        document, json = None, False

    assert run(Asked()) == 0
    printed = capsys.readouterr()
    (line,) = [line for line in printed.out.splitlines() if "-1 result" in line]
    assert "rows 2–4, value: found -1 result" in line


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({}, ""),
        ({"code": "nowhere"}, "code"),
        ({"column": "colour"}, "code"),
        ({"period": "soon"}, "period"),
        ({"changed": "mood"}, "changed"),
        ({"changed": ""}, "changed"),
        ({"finding": "nothing/1"}, "finding"),
    ],
)
def test_what_changed_of_a_code_names_what_is_there(kept, cells, column):
    raw = kept.root / "data" / "raw"
    row = {"column": "region", "code": kept.regions[0], "period": "2022-23", "changed": "definition|unit"}
    row |= {"finding": f"{kept.document}/{kept.files[RESULTS]}/1"} | cells
    path = raw / kept.document / "framework" / "changes.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, row, lineterminator="\n")
        writer.writeheader()
        writer.writerow(row)
    try:
        found = [fault for fault in faults_of_document(raw, kept.document) if "changes.csv" in fault.path]
    finally:
        path.unlink()
    assert [fault.column for fault in found] == ([column] if column else [])
    assert all(fault.grave for fault in found)
