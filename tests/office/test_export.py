"""Exhibits written whole, one by one, and by the command."""

import errno
import os
import subprocess

import pytest

from analysis.cli import main
from analysis.exhibits.catalogue import UnknownExhibit, find, of_chapter
from analysis.exhibits.choosing import choose_exhibits
from analysis.exhibits.layout import make
from analysis.files import write_whole
from analysis.labels import Catalogue
from analysis.office.export import ExportError, SizeError, export_one, write_exhibit
from analysis.printed.resolve import resolve
from analysis.tables import word_tables

ID = "results_against_targets_level_outcome"


@pytest.fixture(scope="module")
def resolved(recorded, biennium):
    return resolve(make(find(ID, recorded), recorded, biennium), recorded, Catalogue("en", recorded))


@pytest.mark.slow
def test_a_run_writes_every_format_and_nothing_else(resolved, tmp_path):
    written = write_exhibit(resolved, tmp_path)
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert sorted(path.relative_to(tmp_path).as_posix() for path in written) == names
    forms = [f"figures/{ID}.{form}" for form in ("csv", "pdf", "phone.svg", "png", "svg")]
    forms += [f"tables/{ID}.{form}" for form in ("csv", "docx", "html", "tex", "xlsx")]
    assert names == forms


@pytest.mark.slow
def test_a_second_run_makes_the_same_bytes(resolved, tmp_path):
    first = {path.name: path.read_bytes() for path in write_exhibit(resolved, tmp_path / "a")}
    again = {path.name: path.read_bytes() for path in write_exhibit(resolved, tmp_path / "b")}
    assert first == again


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = write_whole(tmp_path / "file.csv", b"old")

    def full(*_):
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match=r"no space left: .*file\.csv"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"


@pytest.mark.slow
def test_without_python_docx_the_rest_is_written_and_the_reason_said(resolved, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    word_tables._empty.cache_clear()  # what was opened while it was there
    with pytest.raises(word_tables.MissingPackage, match=r"analysis\[documents\]"):
        word_tables.new_document("A", "en")
    with pytest.warns(UserWarning, match="python-docx"):
        written = write_exhibit(resolved, tmp_path)
    assert {path.suffix for path in written} == {".csv", ".pdf", ".png", ".svg", ".html", ".tex", ".xlsx"}


@pytest.mark.slow
def test_one_exhibit_for_one_purpose(resolved):
    assert list(export_one(resolved, "png", "half", period="2020-21")) == [f"{ID}-2020-21-en-half.png"]
    assert list(export_one(resolved, "png")) == [f"{ID}-en-full.png"]
    assert list(export_one(resolved, "tex", period="2020-21")) == [f"{ID}-2020-21-en.tex"]
    assert list(export_one(resolved, "csv")) == [f"{ID}-plotted-en.csv", f"{ID}-en.csv"]
    assert list(export_one(resolved, "docx")) == [f"{ID}-chart-en.docx", f"{ID}-en.docx"]
    with pytest.raises(ExportError, match="formats csv, html, tex, xlsx, docx"):
        export_one(resolved, "gif")


@pytest.mark.parametrize("form", ["pptx", "docx", "tex", "csv"])
def test_a_size_that_a_format_has_not_is_refused(resolved, form):
    with pytest.raises(SizeError, match=f"{form} has no size 'half'.*png"):
        export_one(resolved, form, "half")


def test_several_are_chosen_by_number_chapter_and_pattern(recorded):
    chosen, named = choose_exhibits(["Figure 15", "chapter 2", "trend_since_*"], recorded)
    ids = list(chosen)
    assert ids[0] == find("Figure 15", recorded).id
    assert named == {ids[0]}
    chapter = [each.id for each in of_chapter(recorded, "02_results")]
    assert set(chapter) <= set(ids)
    rest = set(ids) - set(chapter)
    assert rest
    assert all(each.startswith("trend_since_") for each in rest)
    assert list(choose_exhibits(["02_results"], recorded)[0]) == chapter
    numbered = choose_exhibits(["figure 1?"], recorded, "implementation-2020-21")[0].values()
    assert {each.number for each in numbered} >= {"Figure 10", "Figure 15"}
    assert {each.document for each in numbered} == {"implementation-2020-21"}
    for unknown in ("chapter 9", "nothing_*"):
        with pytest.raises(UnknownExhibit, match="means no exhibit"):
            choose_exhibits([unknown], recorded)


@pytest.mark.slow
def test_the_command_takes_several_and_says_what_it_leaves_out(tmp_path, capsys):
    words = ["export", "Figure 15", "lost_graphic_of_*", "results_by_node*", "--format", "csv"]
    assert main([*words, "--output", str(tmp_path)]) == 0
    said = capsys.readouterr()
    written = sorted(path.name for path in tmp_path.glob("[!.]*"))
    assert sorted(line.rpartition("/")[2] for line in said.out.splitlines()) == written
    assert all("-2020-21-en." in name for name in written)
    assert "left out: lost_graphic_of_results_covid_response is not recomputable" in said.err
    assert said.err.splitlines()[-1].endswith("exhibits are left out")


@pytest.mark.slow
def test_nothing_is_written_when_one_that_was_named_has_nothing(tmp_path, capsys):
    assert main(["export", ID, "Figure 11", "--format", "csv", "--output", str(tmp_path)]) == 2
    assert "not recomputable" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_exhibit_whose_numbers_are_lost_says_what_is_missing(recorded, biennium):
    lost = find("Figure 11", recorded)
    made = resolve(make(lost, recorded, biennium), recorded, Catalogue("en", recorded))
    with pytest.raises(ExportError, match="not recomputable"):
        export_one(made, "png")


@pytest.mark.slow
def test_the_command_writes_and_prints_paths(tmp_path, capsys):
    words = ["export", ID, "--format", "svg", "--size", "half", "--language", "zh", "--output", str(tmp_path)]
    assert main(words) == 0
    path = tmp_path / f"{ID}-2020-21-zh-half.svg"
    assert capsys.readouterr().out.strip() == str(path)
    assert "成果" in path.read_text(encoding="utf-8")


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([ID, "--biennium", "2021-22"], "odd year"),
        (["figure_10_result_by_outcomes"], ID),
        ([ID, "--language", "de"], "no language 'de'"),
        ([ID, "--format", "docx", "--size", "half"], "docx has no size 'half'"),
        (["lost_graphic_of_*"], "none of"),
        ([ID, "--chart", "other"], "has nothing as 'other' in 'png'"),
    ],
)
def test_the_command_refuses_in_one_line(words, said, capsys, tmp_path):
    assert main(["export", *words, "--output", str(tmp_path)]) == 2
    message = capsys.readouterr().err
    assert said in message
    assert message.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.needs_libreoffice
@pytest.mark.parametrize("form", ["xlsx", "docx", "pptx"])
def test_another_office_opens_the_files(resolved, tmp_path, form):
    environment = {**os.environ, "HOME": str(tmp_path)}
    for name, content in export_one(resolved, form).items():
        path = write_whole(tmp_path / name, content)
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
        subprocess.run(command, check=True, capture_output=True, env=environment, timeout=180)
        assert path.with_suffix(".pdf").stat().st_size > 1000
