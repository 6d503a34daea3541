"""Slides in a template whose layouts have other names, templates that cannot be used, the commands."""

import io
import math
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches, Pt

from analysis.cli import main
from analysis.commands.reproduce import _styled
from analysis.office.house import read_house
from analysis.office.house_slides import restyled_slides
from analysis.office.restyling import StyleError
from analysis.office.slides import deck
from analysis.office.word_charts import charts_document
from analysis.tables.fitting import ems

pytestmark = pytest.mark.slow
THEME = {"Title Only": "Haus Diagramm"}


@pytest.fixture(scope="module")
def charts(made_up_charts):
    first, *others = made_up_charts("fr").values()
    return [
        replace(first, headline="Les objectifs sont atteints ou dépassés dans cinq cas sur huit " * 3),
        *others,
    ]


@pytest.fixture(scope="module")
def slides(charts, tmp_path_factory):
    path = tmp_path_factory.mktemp("deck") / "charts.pptx"
    path.write_bytes(deck(charts, "Graphiques", "fr"))
    return path


@pytest.fixture
def template(tmp_path):
    """A house template of 4:3 in Georgia whose layout has another name, with a slide of its own."""
    made = Presentation()
    layout = next(each for each in made.slide_layouts if each.name == "Title Only")
    layout._element.cSld.set("name", "Haus Diagramm")
    title = layout.placeholders[0]
    title.left, title.top, title.width, title.height = map(Inches, (0.5, 0.4, 9, 1))
    theme = made.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b'typeface="Calibri"', b'typeface="Georgia"')
    made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "a slide of the house"
    path = tmp_path / "house.pptx"
    made.save(path)
    return path


def numbers(chart):
    return [(line.name, tuple(line.values)) for line in chart.plots[0].series]


def framed(slide):
    return next(shape for shape in slide.shapes if shape.has_chart or shape.has_table)


def test_slides_take_the_layout_that_the_theme_names_and_keep_what_they_say(slides, template):
    content = restyled_slides(slides, template, THEME)
    before, after = Presentation(str(slides)), Presentation(io.BytesIO(content))
    assert len(after.slides) == len(before.slides)
    assert (after.slide_width, after.slide_height) == (Inches(10), Inches(7.5))
    assert after.core_properties.title == "Graphiques"
    for old, new in zip(before.slides, after.slides, strict=True):
        assert new.slide_layout.name == "Haus Diagramm"
        assert [each.text_frame.text for each in new.shapes if each.has_text_frame] == [
            each.text_frame.text for each in old.shapes if each.has_text_frame
        ]
        shown, was = framed(new), framed(old)
        assert shown._element.nvGraphicFramePr.cNvPr.get("descr")
        if was.has_chart:
            assert numbers(shown.chart) == numbers(was.chart)
            assert (
                shown.chart.part.chart_workbook.xlsx_part.blob == was.chart.part.chart_workbook.xlsx_part.blob
            )
            assert {each.get("typeface") for each in shown.chart._chartSpace.iter("{*}latin")} == {"+mn-lt"}
        else:
            cells = [[cell.text for cell in row.cells] for row in was.table.rows]
            assert [[cell.text for cell in row.cells] for row in shown.table.rows] == cells


def test_what_a_slide_holds_lies_on_it_below_the_title_that_fits(slides, template):
    made = Presentation(io.BytesIO(restyled_slides(slides, template, THEME)))
    for slide in made.slides:
        title = slide.shapes.title
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= made.slide_width
            if shape.shape_id != title.shape_id:
                assert shape.top >= title.top + title.height
                assert shape.top + shape.height <= made.slide_height
        size = title.text_frame.paragraphs[0].runs[0].font.size or Pt(44)
        assert math.ceil(ems(title.text_frame.text) * size / title.width) * size * 1.2 <= title.height


def test_equal_slides_make_equal_bytes(slides, template):
    assert restyled_slides(slides, template, THEME) == restyled_slides(slides, template, THEME)


def test_the_slides_of_the_template_are_not_taken_over(slides, template):
    content = restyled_slides(slides, template, THEME)
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        assert not any(b"a slide of the house" in made.read(name) for name in made.namelist())


@pytest.mark.parametrize(
    ("layouts", "said"),
    [
        ({}, "has no layout 'Title Only'; its layouts are Blank, .*Haus Diagramm"),
        ({"Title Only": "Blank"}, "its layout 'Blank' has no title"),
        ({"Cover": "Blank"}, "Cover of the theme is no layout of our slides"),
    ],
)
def test_a_layout_that_cannot_be_used_is_told_with_those_that_are_there(slides, template, layouts, said):
    with pytest.raises(StyleError, match=said):
        restyled_slides(slides, template, layouts)


def broken(path, name, content):
    """Write a file anew with one part of another content."""
    with zipfile.ZipFile(path) as held:
        parts = {part: held.read(part) for part in held.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for part, each in {**parts, name: content}.items():
            made.writestr(part, each)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda path: path.write_text("no archive", encoding="utf-8"), "is no PowerPoint file"),
        (lambda path: path.write_bytes(path.read_bytes()[:20_000]), "is no PowerPoint file"),
        (lambda path: broken(path, "ppt/presentation.xml", b"<p:presentation"), "is damaged: "),
        (lambda path: broken(path, "ppt/slideMasters/slideMaster1.xml", b"<x"), "is damaged: "),
        (lambda path: broken(path, "[Content_Types].xml", b"<Types/>"), "is damaged: "),
        (lambda path: broken(path, "ppt/presentation.xml", b" " * 60_000_000), "refused as a zip bomb"),
        (lambda path: path.unlink(), "no such file"),
    ],
)
def test_a_damaged_template_is_refused_in_one_sentence_and_nothing_is_made(
    slides, template, tmp_path, capsys, damage, said
):
    damage(template)
    words = ["restyle", str(slides), "--template", str(template), "--output", str(tmp_path / "new")]
    assert main(words) == 2
    told = capsys.readouterr().err
    assert said in told
    assert str(template) in told
    assert len(told.strip().splitlines()) == 1
    assert not (tmp_path / "new").exists()


@pytest.fixture
def words_template(tmp_path):
    path = tmp_path / "house.docx"
    made = docx.Document()
    made.styles["Caption"].font.name = "Georgia"
    made.save(path)
    return path


def test_one_template_of_each_kind_and_no_other(template, words_template, tmp_path):
    theme = tmp_path / "theme.toml"
    theme.write_text('[layouts]\n"Title Only" = "Haus Diagramm"\n', encoding="utf-8")
    house = read_house([str(template), str(words_template)], str(theme))
    assert set(house.templates) == {".pptx", ".docx"}
    with pytest.raises(StyleError, match=r"is the \.docx template already"):
        read_house([str(words_template), str(words_template)], None)
    with pytest.raises(StyleError, match=r"a template is a \.docx or a \.pptx file"):
        read_house([str(tmp_path / "house.potx")], None)
    theme.write_text('[styles]\n"Caption" = "Haus Legende"\n', encoding="utf-8")
    with pytest.raises(
        StyleError, match=r"house\.docx has no style 'Haus Legende'; its paragraph styles are .*caption"
    ):
        read_house([str(words_template)], str(theme))


def test_charts_in_word_take_the_fonts_of_the_theme(charts, words_template, tmp_path):
    path = tmp_path / "charts.docx"
    path.write_bytes(charts_document(charts, "Graphiques", "fr"))
    content, _ = read_house([str(words_template)], None).styled(path)
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        drawn = [made.read(name) for name in made.namelist() if name.startswith("word/charts/chart")]
    assert drawn
    assert all(b'typeface="+mn-lt"' in each and b'typeface="Arial"' not in each for each in drawn)


def test_a_report_has_its_files_in_the_styles_of_templates_beside_it(
    charts, slides, template, words_template, tmp_path
):
    theme = tmp_path / "theme.toml"
    theme.write_text('[layouts]\n"Title Only" = "Haus Diagramm"\n', encoding="utf-8")
    house = read_house([str(template), str(words_template)], str(theme))
    folder = tmp_path / "reports" / "2020-21" / "fr"
    (folder / "tables").mkdir(parents=True)
    (folder / "charts.pptx").write_bytes(slides.read_bytes())
    (folder / "tables" / "one.docx").write_bytes(charts_document(charts[:1], "Une", "fr"))
    told = _styled(house, folder, tmp_path / "reports")
    made = tmp_path / "reports" / "styled" / "2020-21" / "fr"
    assert f"{made}: 2 files" in told
    assert Presentation(made / "charts.pptx").slides[0].slide_layout.name == "Haus Diagramm"
    assert docx.Document(made / "tables" / "one.docx").styles["Caption"].font.name == "Georgia"
    assert len(list(folder.rglob("*.*"))) == 2


def test_export_takes_templates_for_office_files_only(words_template, tmp_path, capsys):
    words = ["export", "trends_table", "--template", str(words_template), "--output", str(tmp_path / "out")]
    assert main([*words, "--format", "docx"]) == 0
    made = [Path(line) for line in capsys.readouterr().out.splitlines() if line.endswith(".docx")]
    assert made
    assert all(docx.Document(path).styles["Caption"].font.name == "Georgia" for path in made)
    assert main([*words, "--format", "png"]) == 2
    assert "png takes no styles from" in capsys.readouterr().err
    assert main(["export", "trends_table", "--theme", "theme.toml"]) == 2
    assert "add --template" in capsys.readouterr().err


def test_reproduce_refuses_a_template_before_anything_runs(template, tmp_path, capsys):
    words = ["reproduce", "2020-21", "--output", str(tmp_path / "reports"), "--template", str(template)]
    assert main(words) == 2
    assert "has no layout 'Title Only'" in capsys.readouterr().err
    assert main([*words, "--notebooks-only"]) == 2
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("slideLayouts/_rels", b"/slideMaster", b"/slideMastre"),
        ("slideMasters/_rels", b'Id="rId1"', b'Id="rId99"'),
        ("slideMasters/_rels", b"../slideLayouts/slideLayout1.xml", b"../theme/theme1.xml"),
    ],
    ids=["a layout without its master", "a master without a layout", "a theme for a layout"],
)
def test_a_template_that_lacks_what_its_parts_name_is_told(slides, template, tmp_path, part, old, new):
    """Places take from the master what they do not say themselves."""
    path = tmp_path / "damaged.pptx"
    with zipfile.ZipFile(template) as sound, zipfile.ZipFile(path, "w") as made:
        for name in sound.namelist():
            content = sound.read(name)
            if part in name:
                content = content.replace(old, new)
            made.writestr(name, content)
    with pytest.raises(StyleError, match=r"damaged\.pptx: is damaged: .*open and save it in PowerPoint"):
        restyled_slides(slides, path, THEME)
