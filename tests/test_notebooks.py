"""What the notebooks teach: each section explains, shows a frame, traces a number and says what it found."""

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat import v4 as nbf
from test_architecture import codes_of_frameworks

from analysis import audit_notebook
from analysis import notebook as notebooks
from analysis.audit_notebook import Auditing
from analysis.exhibits.catalogue import KINDS
from analysis.labels import languages
from analysis.notebook import NotebookStop, Reporting
from analysis.office.manuscript import shown_outputs

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = sorted(ROOT.glob("notebooks/0[1-5]_*.ipynb"))
TAUGHT = sorted(ROOT.glob("notebooks/0[1-9]_*.ipynb"))
STEPS = ("heading", "", "show", "frame", "trace", "says")


def cells_of(path):
    return nbformat.read(path, as_version=4).cells


def tags(cell):
    return cell.metadata.get("tags", [])


@pytest.fixture
def shown(monkeypatch):
    """What a notebook's functions display besides what they return."""
    found = []
    for module in (notebooks, audit_notebook):
        monkeypatch.setattr(module, "display", lambda each: found.append(each.data))
    return found


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_section_takes_the_same_five_steps(path):
    cells = cells_of(path)
    starts = [place for place, cell in enumerate(cells) if ".section(" in cell.source]
    assert starts
    for start in starts:
        name = re.match(r"(\w+) = reporting\.section\(", cells[start].source)[1]
        for step, cell in zip(STEPS, cells[start:], strict=False):
            if step:
                assert re.search(rf"^{name}\.{step}\(", cell.source, flags=re.M), (path.stem, name, step)
        explained = cells[start + 1]
        assert "explanation" in tags(explained)
        assert re.findall(r"\*(\w+):\*", explained.source) == ["Shown", "From", "How"]
        assert ["working" in tags(cell) for cell in cells[start : start + 6]] == [False] * 3 + [True] * 2 + [
            False
        ]


@pytest.mark.parametrize("path", TAUGHT, ids=lambda path: path.stem)
def test_a_notebook_explains_holds_a_frame_to_cut_and_no_code_of_a_document(path):
    cells = cells_of(path)
    assert sum("explanation" in tags(cell) for cell in cells) > 2
    text = "\n".join(cell.source for cell in cells)
    assert ".trace(" in text
    assert "# another cut: " in text or ".head(" in text
    words = {each for each in codes_of_frameworks() if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text)}
    assert words <= set(KINDS) | {path.stem.partition("_")[2]}
    assert not re.search(r"Figure \d|outcome[._]\d", text)


def cuts(source: str) -> list[str]:
    """Return the line that makes a frame, and what it becomes with each other cut that its remark names."""
    line = next(each for each in source.splitlines() if ".frame(" in each)
    code, _, remark = line.partition("  # ")
    made = [code]
    for other in remark.partition("another cut: ")[2].split(", or "):
        if other.startswith('"'):
            made.append(re.sub(r'query\(".*?"\)', lambda _, other=other: f"query({other})", code))
        elif other.startswith(".frame("):
            made.append(code.partition(".")[0] + other)
        elif other.startswith(".query("):
            made.append(re.match(r"\w+\.frame\(.*?\)", code)[0] + other)
        elif other.startswith("ascending="):
            made.append(re.sub(r"ascending=\w+", other, code))
        elif other.startswith("'"):
            made.append(re.sub(r"'[\w.]+'", other, code, count=1))
        elif other.startswith("value."):
            made.append(re.sub(r"value\.\w+\(\)", other, code))
    return made


def test_the_other_cuts_of_a_remark_are_read():
    assert cuts('a.frame().query("x > 1")  # the largest; another cut: "x < 1"') == [
        'a.frame().query("x > 1")',
        'a.frame().query("x < 1")',
    ]
    assert cuts('a.frame("k").head(8)  # another cut: .frame("m"), or .query("y == \'b\'")') == [
        'a.frame("k").head(8)',
        'a.frame("m")',
        'a.frame("k").query("y == \'b\'")',
    ]
    assert cuts("a.frame().tail(6)  # another cut: another year") == ["a.frame().tail(6)"]


PARAMETERS = 'biennium: str = ""  # the newest\nlanguage: str = "en"'


@pytest.mark.parametrize(
    ("given", "unknown"),
    [
        ('# Parameters\nbiennium = "2018-19"\n', ""),
        ('# Parameters\nbiennum = "2018-19"\nlanguage = "fr"\n', "biennum"),
        ("# Parameters\n%%bash\nls\n", ""),
        ("biennum = 1", ""),
    ],
)
def test_a_parameter_that_papermill_gives_in_vain_stops_the_notebook(monkeypatch, given, unknown):
    shell = SimpleNamespace(user_ns={"In": ["", PARAMETERS, given]})
    monkeypatch.setattr(notebooks, "get_ipython", lambda: shell)
    if not unknown:
        assert notebooks.refuse_unknown_parameters() is None
        return
    with pytest.raises(NotebookStop, match=f"no parameter {unknown}: there are biennium, language"):
        notebooks.refuse_unknown_parameters()


@pytest.mark.slow
def test_a_misspelt_biennium_is_told_by_papermills_own_command(tmp_path):
    command = [
        sys.executable,
        "-m",
        "papermill",
        ROOT / "notebooks" / "08_compare.ipynb",
        tmp_path / "out.ipynb",
    ]
    done = subprocess.run([*command, "-r", "biennum", "2018-19"], capture_output=True, text=True)
    assert done.returncode != 0
    assert "NotebookStop: no parameter biennum: there are " in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_the_line_to_be_changed_gives_rows_as_it_stands_and_as_its_remark_says(path, shown, tmp_path):
    held = {"reporting": Reporting(path.stem, "2020-21", "en", str(tmp_path))}
    changed = 0
    for cell in cells_of(path):
        opened = re.match(r"\w+ = reporting\.section\(.*\)", cell.source)
        if opened:
            exec(opened[0], held)
        if ".frame(" in cell.source and cell.cell_type == "code":
            lines = cuts(cell.source)
            changed += len(lines) - 1
            for line in lines:
                assert len(eval(line, held)), line
    assert changed > 2


@pytest.mark.slow
def test_a_section_without_a_headline_says_its_sentences(shown, tmp_path, monkeypatch):
    section = Reporting("03_budget_and_expenditure", "2020-21", "en", str(tmp_path)).section(
        "voluntary_funding"
    )
    assert "contributions to the RBSA: +23%" in section.says().data
    monkeypatch.setattr(type(section.section), "says", lambda self: [])
    assert "15% less than in the biennium before" in section.says().data
    assert "stands out" not in section.says().data
    section.trace("funding_facts")
    assert shown[-1].startswith(
        "Contributors and destination of expenditure, as stated in the text. Behind **20** stand"
    )


@pytest.mark.slow
def test_a_section_gives_the_frame_and_the_rows_of_its_headline(shown, tmp_path):
    section = Reporting("02_results", "2020-21", "en", str(tmp_path)).section("results")
    below = section.frame("results_against_targets").query(
        "column_key == 'label.against_target' and value < 0"
    )
    assert below["row_key"].tolist() == ["outcome.2", "outcome.3", "outcome.6"]
    rows = section.trace()
    assert "Behind **−30%** stand the rows below" in shown[0]
    # Outcome 6: 59 results of the 84 that were the target, 59 / 84 - 1 = -29.76 per cent.
    halves = rows["printed"].astype(int)
    assert (halves[:8].sum(), halves[8:].sum()) == (59, 84)
    assert "896 results were achieved" in section.heading().data
    assert "5 of 8; furthest below" in section.says().data


@pytest.mark.slow
def test_what_a_record_does_not_hold_is_said_in_a_sentence(shown, tmp_path):
    section = Reporting("02_results", "2018-19", "en", str(tmp_path)).section("results")
    assert [section.heading(), section.show(), section.says()] == [None, None, None]
    assert not len(section.frame().query("column_key == 'measure.result' and value >= 100"))
    assert shown == ["The documents print no number for 2018–19 here."]
    assert section.trace().data == "The documents print no number for 2018–19 here."
    with pytest.raises(NotebookStop, match="no exhibit 'targets_by_colour'; there are results_against"):
        section.frame("targets_by_colour")


@pytest.mark.slow
def test_a_published_estimate_without_a_line_of_its_own_is_traced(shown, tmp_path):
    rows = Reporting("01_decent_work_trends", "2020-21", "en", str(tmp_path)).section("estimates").trace()
    assert rows["path"].str.startswith("data/estimates/").all()
    assert rows["row"].notna().all()


@pytest.mark.slow
@pytest.mark.parametrize("language", languages())
def test_the_audit_is_a_frame_and_its_gravest_number_is_traced(shown, tmp_path, language):
    auditing = Auditing("06_audit", "2020-21", language, str(tmp_path))
    assert len(auditing.frame()) == 1958
    rows = auditing.trace()
    assert len(rows)
    assert len(shown) == 1
    with pytest.raises(NotebookStop, match="no number in print has the id 'nothing'"):
        auditing.trace("nothing")


def made(folder, outputs):
    """Write a notebook as it was executed: a heading, its explanation, a frame to work with."""
    output = nbf.new_output("display_data", data={"text/markdown": "## Results"})
    cells = [
        nbf.new_code_cell("heading()", outputs=[output] if outputs else []),
        nbf.new_markdown_cell("*Shown:* what is explained.", metadata={"tags": ["explanation"]}),
        nbf.new_code_cell("frame()", metadata={"tags": ["working"]}),
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    (folder / "notebooks").mkdir(parents=True)
    nbformat.write(nbf.new_notebook(cells=cells), folder / "notebooks" / "02_results.ipynb")
    return folder


def test_the_report_leaves_out_what_one_works_with(tmp_path):
    cells = []
    for number, tag in enumerate(("", "working", "closing")):
        output = nbf.new_output("display_data", data={"text/markdown": f"said {tag}"})
        cells.append(nbf.new_code_cell("says()", outputs=[output], metadata={"tags": [tag] if tag else []}))
        cells[-1]["id"] = f"cell-{number}"
    nbformat.write(nbf.new_notebook(cells=cells), tmp_path / "02_results.ipynb")
    assert list(shown_outputs(tmp_path / "02_results.ipynb")) == [("text/markdown", "said ")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "outputs", "kept"), [("en", True, True), ("fr", True, False), ("en", False, False)]
)
def test_a_page_holds_what_its_reader_can_read(tmp_path, biennium, language, outputs, kept):
    from analysis.site.notebook_pages import write_pages  # here, for what it imports takes a second

    plain, code = write_pages(made(tmp_path, outputs), biennium, language)
    text, worked = (each.read_text(encoding="utf-8") for each in (plain, code))
    assert ("what is explained" in text) is kept
    assert "frame()" not in text
    assert "what is explained" in worked
    assert "frame" in worked
    assert ('<div lang="en">' in worked) is (language != "en")
