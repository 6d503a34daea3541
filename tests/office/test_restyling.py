"""Word files in a template's styles: named alike, named otherwise, lacking."""

import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, RGBColor
from pptx import Presentation

from analysis.cli import main
from analysis.office.house import read_house
from analysis.office.restyling import StyleError, read_theme, restyled
from analysis.tables.word_tables import add_lines, document_bytes, new_document

HOUSE = {"Title": "Haus Titel", "heading 1": "Haus Kopf", "Caption": "Haus Legende", "Normal": "Haus Text"}


@pytest.fixture
def report(tmp_path):
    """A file of the package: a title, a heading, text, a caption, a table, an entry of the contents."""
    document = new_document("Numbers", "fr", "the author", "the subject")
    document.add_heading("Numbers", 0)
    document.add_heading("Chapter", 1)
    document.add_paragraph("What the numbers say.")
    document.add_paragraph("Table 1. A table", style="Caption")
    grid = document.add_table(rows=1, cols=2)
    grid.columns[0].width = Mm(170)
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    document.add_paragraph("Chapter", style="toc 1")
    add_lines(document, ["a source"])
    path = tmp_path / "report.docx"
    path.write_bytes(document_bytes(document))
    return path


@pytest.fixture
def template(tmp_path):
    """A house template whose styles have other names, with a margin of 40 mm."""
    document = docx.Document()
    for name in HOUSE.values():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.name, style.font.color.rgb = "Georgia", RGBColor(0x8A, 0x15, 0x38)
    for name in ("Title", "Heading 1", "Caption"):
        element = document.styles[name].element
        element.getparent().remove(element)
    document.sections[0].left_margin = Mm(40)
    document.add_paragraph("a text of the house")
    path = tmp_path / "house.docx"
    document.save(path)
    return path


def test_a_theme_names_the_styles_and_the_content_stays(report, template, tmp_path):
    content, kept = restyled(report, template, HOUSE)
    (tmp_path / "new.docx").write_bytes(content)
    before, after = docx.Document(report), docx.Document(tmp_path / "new.docx")
    assert [each.text for each in after.paragraphs] == [each.text for each in before.paragraphs]
    assert [each.style.name for each in after.paragraphs] == [
        "Haus Titel", "Haus Kopf", "Haus Text", "Haus Legende", "toc 1", "Haus Text",
    ]  # fmt: skip
    assert kept == ("toc 1",)
    assert after.styles["Haus Kopf"].font.name == "Georgia"
    assert after.sections[0].left_margin.mm == pytest.approx(40, abs=0.1)
    assert after.core_properties.author == "the author"
    assert after.styles["Haus Text"].element.rPr.xpath("./w:lang/@w:val") == ["fr-FR"]
    # 170 mm of 170 mm between the margins; the right margin is the template's, an inch and a quarter.
    right = after.sections[0].right_margin.mm
    assert after.tables[0].columns[0].width.mm == pytest.approx(210 - 40 - right, abs=0.2)


@pytest.mark.slow
def test_equal_files_make_equal_bytes(report, template):
    assert restyled(report, template, HOUSE) == restyled(report, template, HOUSE)


@pytest.mark.slow
def test_styles_named_alike_need_no_theme(report, tmp_path):
    document = docx.Document()
    document.styles["Heading 1"].font.name = "Georgia"
    document.save(tmp_path / "alike.docx")
    (tmp_path / "new.docx").write_bytes(restyled(report, tmp_path / "alike.docx", {})[0])
    made = docx.Document(tmp_path / "new.docx")
    assert [each.style.name for each in made.paragraphs][:4] == ["Title", "Heading 1", "Normal", "Caption"]
    assert made.styles["Heading 1"].font.name == "Georgia"


@pytest.mark.slow
def test_a_style_that_the_template_lacks_is_an_error_that_lists_those_it_has(report, template):
    with pytest.raises(StyleError, match=r"has no style 'heading 1'; its paragraph styles are .*Haus Kopf"):
        restyled(report, template, {name: meant for name, meant in HOUSE.items() if name != "heading 1"})
    with pytest.raises(StyleError, match=r"Headline of the theme is no style of report\.docx"):
        restyled(report, template, {**HOUSE, "Headline": "Haus Kopf"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[styles", "cannot be read as a theme"),
        ("[colours]\nink = '#000000'", "holds colours; expected the tables"),
        ("[styles]\n'Heading 1' = 1", "Heading 1: expected the name of a style"),
    ],
)
def test_a_theme_that_is_none_is_refused(tmp_path, text, said):
    path = tmp_path / "theme.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StyleError, match=said):
        read_theme(path)


@pytest.mark.parametrize("name", ["house.docx", "house.pptx"])
def test_a_template_that_is_not_there_is_told_as_that(tmp_path, name):
    with pytest.raises(StyleError, match=rf"{name}: no such file$"):
        read_house([str(tmp_path / name)], None)


@pytest.mark.slow
def test_the_command_writes_whole_files_and_overwrites_none(report, template, tmp_path, capsys):
    theme = tmp_path / "theme.toml"
    theme.write_text("[styles]\n" + "".join(f'"{k}" = "{v}"\n' for k, v in HOUSE.items()), encoding="utf-8")
    words = ["restyle", str(report), "--template", str(template), "--theme", str(theme), "--output"]
    assert main([*words, str(tmp_path / "styled")]) == 0
    assert "kept, since the template has none: toc 1" in capsys.readouterr().out
    assert zipfile.is_zipfile(tmp_path / "styled" / "report.docx")
    assert main([*words, str(tmp_path / "styled")]) == 0  # its own
    (tmp_path / "styled" / "report.docx").write_text("mine", encoding="utf-8")
    assert main([*words, str(tmp_path / "styled")]) == 2
    assert "report.docx: there already, and changed since it was written" in capsys.readouterr().err
    assert main([*words, str(report.parent)]) == 2
    assert "is one of the files to restyle" in capsys.readouterr().err
    own = tmp_path / "own" / "report.docx"  # what was restyled is the next template
    assert main([*words, str(own.parent)]) == 0
    theirs, held = ["restyle", str(report), "--template", str(own)], own.read_bytes()
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "report.docx").hardlink_to(own)
    for folder in (own.parent, tmp_path / "linked"):
        assert main([*theirs, "--output", str(folder)]) == 2
        assert "is one of the files to restyle, a template or the theme" in capsys.readouterr().err
    assert own.read_bytes() == held
    slides = tmp_path / "house.pptx"
    Presentation().save(slides)
    assert main([*words, str(tmp_path / "again"), "--template", str(slides)]) == 0
    assert f"{slides} is not used: no .pptx is to be restyled" in capsys.readouterr().err
    (tmp_path / "text.docx").write_text("no archive", encoding="utf-8")
    assert main(["restyle", str(tmp_path / "text.docx"), *words[2:], str(tmp_path / "other")]) == 2
    assert "is no Word file" in capsys.readouterr().err
    assert not (tmp_path / "other").exists()


def altered(source, target, name, content):
    """Write a Word file with one part of another content."""
    with zipfile.ZipFile(source) as held, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for part in held.namelist():
            made.writestr(part, content if part == name else held.read(part))
    return target


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<w:styles", "word/styles.xml is damaged"),
        (b'<x:styles xmlns:x="urn:x"/>', "names no style as that of its paragraphs"),
        (b" " * 60_000_000, "refused as a zip bomb"),
    ],
)
@pytest.mark.parametrize("wrong", ["report", "template"])
def test_a_word_file_that_cannot_be_used_is_told_by_name(report, template, tmp_path, wrong, content, said):
    files = {"report": report, "template": template}
    files[wrong] = altered(files[wrong], tmp_path / "wrong.docx", "word/styles.xml", content)
    with pytest.raises(StyleError, match=rf"wrong\.docx: .*{said}"):
        restyled(files["report"], files["template"], HOUSE)
