"""Native Office charts: their data are the resolved numbers, their words are set, their bytes stay."""

import io
import math
import re
import sys
import zipfile
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest
from docx import Document
from lxml import etree
from pptx import Presentation
from pptx.enum.dml import MSO_FILL
from pptx.oxml.ns import qn

from analysis.labels import Catalogue
from analysis.office.charts import (
    EQUIVALENT,
    NATIVE,
    chart_and_workbook,
    chart_grid,
    equivalent,
    gaps,
    workbook,
)
from analysis.office.slides import deck
from analysis.office.style import labelled_points
from analysis.office.word_charts import charts_document, sizes
from analysis.pictures import palette
from analysis.printed.wording import totals_of
from analysis.tables.fitting import ems
from analysis.tables.word_tables import MissingPackage

LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module", params=LANGUAGES)
def pictured(request, made_up_charts):
    return list(made_up_charts(request.param).values())


@pytest.fixture(scope="module")
def charts(pictured):
    return [equivalent(chart) for chart in pictured]


@pytest.fixture(scope="module")
def slides(pictured):
    return Presentation(io.BytesIO(deck(pictured, "Charts", pictured[0].language))).slides


def _frame(slide):
    (frame,) = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
    return frame


@pytest.mark.slow
def test_each_chart_has_its_slide_with_title_source_and_words(charts, slides):
    named = {_frame(slide).name: slide for slide in slides}
    assert list(named) == [chart.id for chart in charts]
    for chart in charts:
        slide = named[chart.id]
        assert chart.title in slide.shapes.title.text_frame.text
        texts = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert chart.subtitle in texts
        assert chart.foot in texts
        assert _frame(slide)._element.nvGraphicFramePr.cNvPr.get("descr") == chart.alt


@pytest.mark.slow
def test_a_chart_read_back_holds_the_resolved_numbers(charts, slides):
    for chart, slide in zip(charts, slides, strict=True):
        if chart.kind not in NATIVE:
            continue
        plot = _frame(slide).chart.plots[0]
        assert tuple(plot.categories) == chart.categories
        assert [(each.name, tuple(each.values)) for each in plot.series] == [
            (series.label, series.values) for series in chart.series
        ]


@pytest.mark.slow
def test_the_workbook_inside_a_chart_holds_the_resolved_numbers(charts, slides):
    for chart, slide in zip(charts, slides, strict=True):
        if chart.kind not in NATIVE:
            continue
        book = _frame(slide).chart.part.chart_workbook.xlsx_part.blob
        sheet = openpyxl.load_workbook(io.BytesIO(book))["Sheet1"]
        for column, series in enumerate(chart.series, 2):
            assert sheet.cell(1, column).value == series.label
            found = tuple(sheet.cell(row + 2, column).value for row in range(len(chart.categories)))
            assert found == series.values


@pytest.mark.slow
def test_a_kind_that_office_lacks_becomes_a_table(charts, slides):
    for chart, slide in zip(charts, slides, strict=True):
        if chart.kind in NATIVE:
            continue
        table = _frame(slide).table
        texts = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
        assert texts == [list(chart_grid(chart).head), *map(list, chart_grid(chart).rows)]


def test_bounds_stand_behind_the_number_in_a_table(made_up_charts):
    assert chart_grid(made_up_charts("en")["intervals"]).rows[0][1] == "54.8 (50.0–59.5)"


def test_a_name_has_its_colour(made_up_charts):
    chart = made_up_charts("en")["stacked"]
    made = Presentation(io.BytesIO(deck([chart], "Charts", "en")))
    plot = _frame(made.slides[0]).chart.plots[0]
    found = [str(each.format.fill.fore_color.rgb) for each in plot.series]
    wanted = [palette.colour(each.key, place, each.standing) for place, each in enumerate(chart.series)]
    assert found == [each[1:] for each in wanted]
    assert len(set(found)) == len(found)


def _of_points(xml: bytes, *path: str) -> list[list]:
    """Return what is set of points, series by series."""
    return [line.findall("/".join(map(qn, path))) for line in etree.fromstring(xml).iter(qn("c:ser"))]


def _place(point) -> int:
    return int(point.find(qn("c:idx")).get("val"))


def test_each_point_of_a_line_has_its_own_label_and_dash(made_up_charts):
    chart = made_up_charts("en")["lines_three"]
    dashed = tuple(replace(line, dashed=(False, True, False, True)) for line in chart.series)
    chart = replace(chart, series=dashed)
    xml, _ = chart_and_workbook(chart, 9, (6.0, 3.0))
    assert [[*map(_place, line)] for line in _of_points(xml, "c:dPt")] == [[1, 3]] * 3
    for place, labels in enumerate(_of_points(xml, "c:dLbls", "c:dLbl")):
        above = {_place(label): label.find(qn("c:dLblPos")).get("val") == "t" for label in labels}
        assert above == labelled_points(chart, place)


def test_each_bar_of_another_colour_has_its_own(made_up_charts):
    chart = made_up_charts("en")["bars_two"]
    line = replace(chart.series[0], numbers=tuple(map(Fraction, range(-4, 4))))
    keys = tuple(f"sex.SEX_{letter}" for letter in "TFMFMTFM")
    chart = replace(chart, series=(line,), keys=keys)
    fills = palette.bar_colours(line, 0, chart, True)
    xml, _ = chart_and_workbook(chart, 9, (6.0, 3.0))
    (points,) = _of_points(xml, "c:dPt")
    painted = {_place(point): f"#{next(point.iter(qn('a:srgbClr'))).get('val')}" for point in points}
    assert len(set(fills)) == 3
    assert painted == {place: fill for place, fill in enumerate(fills) if fill != fills[0]}


def test_office_leaves_out_no_name_of_a_bar(made_up_charts):
    chart = made_up_charts("en")["stacked"]
    xml, _ = chart_and_workbook(chart, 9, (6.0, 3.0))
    assert b'<c:tickLblSkip val="1"/><c:noMultiLvlLbl' in xml
    axis = re.search(rb"<c:catAx>.*?</c:catAx>", xml, re.S)[0]
    assert re.search(rb'<a:bodyPr [^>]*rot="0"', axis), "LibreOffice leaves out names of text not said level"
    assert re.search(rb'<a:defRPr [^>]*sz="900"', axis), "the names keep the size of the chart's letters"


def test_crowded_names_have_smaller_letters_before_the_chart_leaves_its_shape(made_up_charts):
    chart = made_up_charts("en")["stacked"]
    series = tuple(
        replace(line, numbers=(line.numbers[1],) * 8, texts=(line.texts[1],) * 8) for line in chart.series
    )
    keys, short = chart.keys[:1] * 8, tuple(f"{place}. Jobs" for place in range(8))
    few = replace(chart, categories=short, keys=keys, series=series)
    assert sizes(few)[0].points == 9
    crowded = replace(few, categories=tuple(f"{name} {'for young people ' * 6}" for name in short))
    assert {size.points for size in sizes(crowded)} == {7}


def test_a_long_line_has_numbers_at_its_ends_only(made_up_charts):
    chart = made_up_charts("en")["lines_one"]
    numbers = tuple(Fraction(number % 7) for number in range(30))
    alone = replace(chart.series[0], numbers=(None, *numbers), texts=("", *map(str, numbers)), dashed=())
    long = replace(chart, categories=tuple(map(str, range(31))), keys=("year",) * 31, series=(alone,))
    assert sorted(labelled_points(long, 0)) == [1, 30]
    short = replace(
        long,
        categories=long.categories[:5],
        keys=long.keys[:5],
        series=(replace(alone, numbers=alone.numbers[:5], texts=alone.texts[:5]),),
    )
    assert sorted(labelled_points(short, 0)) == [1, 2, 3, 4]


def test_marks_on_a_line_have_its_colour_no_line_and_no_number(made_up_charts):
    chart = made_up_charts("en")["lines_marked"]
    made = Presentation(io.BytesIO(deck([chart], "Charts", "en")))
    drawn = list(_frame(made.slides[0]).chart.plots[0].series)
    colours = {
        series.key: str(each.format.line.color.rgb)
        for series, each in zip(chart.own_lines, drawn[:3], strict=True)
    }
    for series, each in list(zip(chart.series, drawn, strict=True))[3:]:
        assert each.format.line.fill.type == MSO_FILL.BACKGROUND
        assert each.marker.format.fill.type == MSO_FILL.BACKGROUND
        assert str(each.marker.format.line.color.rgb) == colours[series.marked_on]
        assert not each._element.findall(qn("c:dLbls"))


def test_numbers_of_lines_are_written_once_and_never_over_each_other(made_up_charts):
    chart = made_up_charts("en")["lines_one"]
    lines = {"published": (45, None, 47), "printed": (None, None, 47), "between": (46, 46, 46)}
    series = tuple(
        replace(
            chart.series[0],
            key=name,
            numbers=tuple(None if number is None else Fraction(number) for number in numbers),
            texts=tuple("" if number is None else str(number) for number in numbers),
            dashed=(),
        )
        for name, numbers in lines.items()
    )
    drawn = replace(chart, categories=("2016", "2018", "2020"), keys=("year",) * 3, series=series, decimals=0)
    assert labelled_points(drawn, 0) == {0: False, 2: True}
    assert labelled_points(drawn, 1) == {}
    foot = replace(series[2], numbers=(Fraction(20), Fraction(0), Fraction(0)))
    far = replace(drawn, series=(replace(foot, numbers=(Fraction(30),) * 3), foot))
    assert labelled_points(far, 1)[2] is True


@pytest.mark.slow
@pytest.mark.parametrize("columns", [2, 9])
def test_a_table_on_a_slide_stays_above_its_foot_and_breaks_no_word(made_up_charts, columns):
    chart = made_up_charts("en")["heat"]
    line = chart.series[0]
    years = tuple(str(year) for year in range(2000, 2022))
    numbers = tuple(Fraction(at, 3) for at in range(len(years)))
    wide = replace(line, label="Oceania excluding Australia and New Zealand", numbers=numbers, texts=years)
    drawn = replace(chart, kind="panels", keys=years, categories=years, series=(wide,) * columns)
    for slide in Presentation(io.BytesIO(deck([drawn], "Charts", "en"))).slides:
        frame, inch = _frame(slide), 914400
        (foot,) = [shape for shape in slide.shapes if shape.name == "source"]
        assert frame.top + sum(row.height for row in frame.table.rows) <= foot.top
        cell = frame.table.cell(0, 1)
        size = cell.text_frame.paragraphs[0].runs[0].font.size
        room = frame.table.columns[1].width - cell.margin_left - cell.margin_right
        assert max(ems(word) for word in wide.label.split()) * 1.2 * size <= room
        lines = math.ceil(ems(wide.label) * 1.2 * size / room)
        assert lines * size * 1.2 <= frame.table.rows[0].height + 0.02 * inch
        assert frame.table.columns[0].width < frame.table.columns[1].width or columns == 2


def test_a_legend_has_its_lines_and_long_names_their_room(made_up_charts):
    chart = equivalent(made_up_charts("en")["stacked"])
    names = ("Africa", "Americas", "Arab States", "Asia and the Pacific", "Europe and Central Asia")
    series = tuple(replace(chart.series[0], label=name) for name in names)
    long = tuple(
        f"5.2.{n} Member States with inclusive skills and lifelong learning" for n in chart.categories
    )
    points, size = 9, (5.0, 3.5)
    xml, _ = chart_and_workbook(replace(chart, series=series, categories=long), points, size)
    place = {name: float(re.search(rf'<c:{name} val="([\d.]+)"', xml.decode()).group(1)) for name in "xyw"}
    # Two columns of names as long as the longest, and so three lines; names are broken at two fifths.
    assert place["y"] * size[1] >= 3 * points * 1.4 / 72
    assert place["x"] >= 0.44
    assert place["x"] + place["w"] <= 0.95
    few, _ = chart_and_workbook(replace(chart, series=series[:2]), points, size)
    assert float(re.search(r'<c:y val="([\d.]+)"', few.decode()).group(1)) < place["y"]


@pytest.mark.parametrize(
    "headline",
    [
        "Le plus grand nombre de résultats " * 6,
        "5 of 9 rose, 4 fell; the largest change: Oceania excluding Australia and New Zealand, 2005–2020 "
        "(+6.7 percentage points)",
    ],
)
def test_a_long_title_stays_on_its_slide(made_up_charts, headline):
    chart = replace(made_up_charts("fr")["bars_two"], headline=headline)
    slide = Presentation(io.BytesIO(deck([chart], "Charts", "fr"))).slides[0]
    title = slide.shapes.title
    (run,) = title.text_frame.paragraphs[0].runs
    # The letters of a font that stands for Arial are wider, and no word is broken.
    assert math.ceil(1.3 * ems(run.text) * run.font.size / title.width) * run.font.size * 1.2 <= title.height


def test_a_number_that_is_missing_is_said_under_the_chart(made_up_charts):
    chart = made_up_charts("en")["bars_negative"]
    (series,) = chart.series
    said = replace(chart, series=(replace(series, texts=(*series.texts[:-1], "not set")),))
    assert gaps(said) == [f"{series.label}, {chart.categories[-1]}: not set"]
    assert gaps(replace(chart, series=(replace(series, texts=(*series.texts[:-1], "")),))) == []


def test_text_never_becomes_a_formula(made_up_charts):
    chart = made_up_charts("en")["bars_two"]
    risky = replace(chart, categories=("=1+1", "@x", "+2", "-3", *chart.categories[4:]))
    for cell in openpyxl.load_workbook(io.BytesIO(workbook(risky)))["Sheet1"]["A"][1:]:
        assert cell.data_type == "s"


@pytest.mark.slow
def test_what_office_draws_otherwise_is_said_beneath(pictured, charts, slides):
    told = 0
    for picture, chart, slide in zip(pictured, charts, slides, strict=True):
        assert picture.series == chart.series
        if picture.kind in EQUIVALENT:
            label = Catalogue(picture.language)
            texts = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
            assert label(f"alt.{picture.kind}") in texts
            assert label(f"alt.{chart.kind}") in texts
            told += 1
        if picture.goals:
            for name, goal in zip(chart.categories, picture.goals.texts, strict=True):
                assert goal in name
        if picture.kind == "stacked":
            for name, total in zip(chart.categories, totals_of(picture), strict=True):
                assert f"{Catalogue(picture.language)('label.total')} {total}" in name
    assert told == 5


@pytest.mark.slow
def test_word_holds_each_chart_with_its_workbook_and_words(pictured, charts):
    content = charts_document(pictured, "Charts", charts[0].language)
    document = Document(io.BytesIO(content))
    native = [chart for chart in charts if chart.kind in NATIVE]
    described = {each.get("name"): each.get("descr") for each in document.element.body.iter("{*}docPr")}
    assert described == {chart.id: chart.alt for chart in native}
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert sum(name.startswith("word/charts/") and name.endswith(".xml") for name in names) == len(native)
    assert sum(name.endswith(".xlsx") for name in names) == len(native)
    for related in document.part.rels.values():
        if related.reltype.endswith("/chart"):
            part = related.target_part
            (book,) = part.rels.values()
            assert f'r:id="{book.rId}"'.encode() in part.blob
    assert len(document.tables) == len(charts) - len(native)


@pytest.mark.slow
@pytest.mark.parametrize("write", [deck, charts_document])
def test_the_same_charts_make_the_same_bytes(write, made_up_charts):
    charts = list(made_up_charts("en").values())[:3]
    assert write(charts, "Charts", "en") == write(charts, "Charts", "en")
    assert write(charts, "Charts", "en") != write(charts, "Other", "en")


def test_without_its_package_the_deck_says_what_to_install(monkeypatch, made_up_charts):
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(MissingPackage, match=r"python-pptx.*analysis\[documents\]"):
        deck([made_up_charts("en")["bars_two"]], "Charts", "en")
