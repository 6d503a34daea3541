"""Restyled files: what made them is told beside them, and ``analysis verify`` compares it."""

import json
import shutil

import docx
import pytest

from analysis.cli import main
from analysis.code import PACKAGE
from analysis.running import restyled
from analysis.running.manifest import write_manifest, write_run
from analysis.running.restyled import RESTYLED

PARAMETERS = {
    "organisation": "ilo", "biennium": "2020-21", "language": "en", "corrected": False, "only": [],
    "documents": True, "further": {},
}  # fmt: skip


def word_file(path, text="896 results", font="Arial"):
    path.parent.mkdir(parents=True, exist_ok=True)
    made = docx.Document()
    made.styles["Normal"].font.name = font
    made.add_paragraph(text)
    made.save(path)
    return path


@pytest.fixture
def styled(tmp_path, monkeypatch, capsys):
    """A report of one Word file, restyled; the folder of the new file."""
    monkeypatch.chdir(tmp_path)
    word_file(tmp_path / "reports" / "report.docx")
    write_run(tmp_path / "reports", [], 0, 1, 1.0)
    write_manifest(tmp_path / "reports", PARAMETERS, {"inputs": {}})
    word_file(tmp_path / "house.docx", "", "Georgia")
    words = ["restyle", "reports/report.docx", "--template", "house.docx", "--output", "styled"]
    assert main(words) == 0
    capsys.readouterr()
    return tmp_path / "styled"


def verified(capsys, *words):
    code = main(["verify", "styled", *words])
    return code, capsys.readouterr().out.splitlines()


def test_what_was_restyled_is_compared_and_made_again(styled, capsys):
    assert verified(capsys, "--twice") == (
        0,
        [
            "styled: 1 restyled files, each as it was written",
            "made from the report ilo 2020-21 en: `analysis verify reports` compares that",
            "made again: the same bytes",
        ],
    )
    told = json.loads((styled / RESTYLED).read_text(encoding="utf-8"))["files"]["report.docx"]
    assert told["document"]["path"] == "../reports/report.docx"
    assert told["template"]["path"] == "../house.docx"
    assert told["analysis"]
    assert "lxml" in told["packages"]
    assert str(PACKAGE) not in json.dumps(told)


@pytest.mark.slow
def test_a_changed_and_a_missing_file_are_told(styled, capsys):
    path = styled / "report.docx"
    held = path.read_bytes()
    path.write_bytes(held + b"\0")
    code, lines = verified(capsys, "--twice")
    assert code == 1
    assert any(line.startswith("report.docx: changed: SHA-256 ") for line in lines)
    assert lines[-1] == "not made again: the files are not what was written"
    path.unlink()
    assert verified(capsys)[1][-1] == "report.docx: missing"
    (styled / "held.docx").write_bytes(held)
    path.symlink_to(styled / "held.docx")
    assert verified(capsys)[1][-1] == "report.docx: a link, a folder or a pipe; expected a file"


@pytest.mark.slow
def test_what_it_would_be_made_from_by_now_is_told(styled, capsys, monkeypatch):
    word_file(styled.parent / "house.docx", "", "Courier")
    shutil.rmtree(styled.parent / "reports")
    monkeypatch.setattr(restyled, "python", lambda: "another Python")
    code, lines = verified(capsys)
    assert code == 0
    assert any("compares that; that report was made anew since" in line for line in lines)
    assert (
        "since then, the document of report.docx, styled/../reports/report.docx, is not there any more"
        in lines
    )
    assert "since then, the template of report.docx, styled/../house.docx, was changed" in lines
    assert "since then, what made report.docx was changed: python" in lines
    code, lines = verified(capsys, "--twice")
    assert code == 1
    assert lines[-1].startswith("report.docx: not made again: ")


@pytest.mark.slow
def test_what_is_made_otherwise_by_now_is_told(styled, capsys):
    path = styled / RESTYLED
    told = json.loads(path.read_text(encoding="utf-8"))
    word_file(styled / "report.docx", "897 results")
    told["files"]["report.docx"]["sha256"] = restyled._digest((styled / "report.docx").read_bytes())
    path.write_text(json.dumps(told), encoding="utf-8")
    code, lines = verified(capsys, "--twice")
    assert code == 1
    assert lines[-1] == "report.docx: made again, it is another file"


@pytest.mark.slow
def test_a_document_of_no_report_and_a_second_file(styled, capsys):
    word_file(styled.parent / "letter.docx", "Dear")
    assert main(["restyle", "letter.docx", "--template", "house.docx", "--output", "styled"]) == 0
    capsys.readouterr()
    code, lines = verified(capsys, "--twice")
    assert code == 0
    assert lines[0] == "styled: 2 restyled files, each as it was written"
    assert sum("made from the report" in line for line in lines) == 1


@pytest.mark.sampled
@pytest.mark.parametrize(
    "text", ["", "[]", '{"files": {"a": 1}}', '{"files": {"a": {"sha256": 1, "document": 2, "template": 3}}}']
)
def test_what_tells_nothing_is_bad_input(styled, capsys, text):
    (styled / RESTYLED).write_text(text, encoding="utf-8")
    assert main(["verify", "styled"]) == 2
    said = capsys.readouterr().err
    assert "restyled.json: " in said
    assert "not foreseen" not in said
