"""Figures: nothing clipped, nothing over each other, and what is plotted is what was recorded."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from boxes import faults
from matplotlib.text import Text

from analysis.labels import Catalogue, languages
from analysis.pictures import palette
from analysis.pictures.figures import FigureError, draw
from analysis.pictures.fonts import FontError
from analysis.pictures.plane import planes
from analysis.pictures.sheet import SIZES

KINDS = (
    *("bars_two", "stacked", "lines_three", "heat", "intervals", "spans"),
    *("dumbbell", "slope", "units", "waterfall", "goals"),
)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", languages())
def test_no_text_is_clipped_or_over_another(made_up_charts, language, size):
    found = {name: faults(draw(chart, size)) for name, chart in made_up_charts(language).items()}
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.slow
def test_the_measure_of_boxes_sees_overlap_and_clipping(made_up_charts):
    figure = draw(made_up_charts("en")["heat"], "half")
    figure.text(0.05, 0.5, "A text laid over others", parse_math=False)
    figure.text(0.9, 0.1, "A text that leaves the page on the right", parse_math=False)
    found = faults(figure)
    assert any(each.startswith("overlap") for each in found)
    assert any(each.startswith("clipped") for each in found)


def bars_of(figure):
    return [bar for plane in planes(figure) for bar in plane.patches if bar.get_gid()]


def test_bars_are_as_long_as_the_numbers(made_up_charts):
    chart = made_up_charts("en")["bars_two"]
    drawn = [bar.get_width() for bar in bars_of(draw(chart, "full"))]
    assert drawn == [number for series in chart.series for number in series.values]


def test_stacked_bars_start_where_the_part_before_ends(made_up_charts):
    chart = made_up_charts("en")["stacked"]
    bars = bars_of(draw(chart, "full"))
    rows = len(chart.categories)
    for row in range(rows):
        parts = bars[row::rows]
        starts = np.cumsum([0, *(part.get_width() for part in parts)])[:-1]
        assert [part.get_x() for part in parts] == pytest.approx(list(starts))
        assert [part.get_width() for part in parts] == [series.values[row] for series in chart.series]


def test_lines_hold_the_numbers_leave_gaps_and_dash_what_is_modelled(made_up_charts):
    chart = made_up_charts("en")["lines_three"]
    lines = [line for plane in planes(draw(chart, "full")) for line in plane.lines]
    for series in chart.series:
        (points,) = [line for line in lines if line.get_gid() == f"values/{series.key}"]
        expected = [np.nan if number is None else number for number in series.values]
        assert np.array_equal(points.get_ydata(), expected, equal_nan=True)
    dashed = [line for line in lines if line.get_linestyle() == "--" and list(line.get_xdata()) == [2, 3]]
    assert len(dashed) == 3
    male = palette.colour("sex.SEX_M")
    solid = [line for line in lines if line.get_linestyle() == "-" and line.get_color() == male]
    assert [list(line.get_xdata()) for line in solid if len(line.get_xdata()) == 2] == []


def test_what_a_document_prints_is_ringed_on_its_line_in_the_line_s_colour(made_up_charts):
    chart = made_up_charts("en")["lines_marked"]
    figure = draw(chart, "full")
    lines = [line for plane in planes(figure) for line in plane.lines]
    marked = [series for series in chart.series if series.marked_on]
    assert len(marked) == 2
    for series in marked:
        (rings,) = [line for line in lines if line.get_gid() == f"values/{series.key}"]
        (points,) = [line for line in lines if line.get_gid() == f"values/{series.marked_on}"]
        expected = [np.nan if number is None else number for number in series.values]
        assert np.array_equal(rings.get_ydata(), expected, equal_nan=True)
        assert (rings.get_linestyle(), rings.get_markerfacecolor()) == ("None", "none")
        assert rings.get_markeredgecolor() == points.get_color()
        assert rings.get_markersize() > points.get_markersize()
    words = [text.get_text() for text in figure.findobj(Text)]
    assert words.count(Catalogue("en")("label.as_printed")) == 1
    plain = draw(made_up_charts("en")["lines_three"], "full")
    assert Catalogue("en")("label.as_printed") not in [text.get_text() for text in plain.findobj(Text)]


def test_dashes_go_on_through_points_that_stand_close_and_points_are_smaller(made_up_charts):
    chart = made_up_charts("en")["lines_one"]
    years = tuple(str(year) for year in range(2000, 2022))
    numbers = tuple(Fraction(5 + place % 2) for place in range(22))
    broken = (False,) * 11 + (True,) * 11
    long = replace(
        chart.series[0], numbers=numbers, texts=tuple(str(number) for number in numbers), dashed=broken
    )
    long_chart = replace(chart, keys=years, categories=years, series=(long,))
    sizes = {}
    for size in ("phone", "full"):
        lines = [line for plane in planes(draw(long_chart, size)) for line in plane.lines]
        (dashes,) = [line for line in lines if line.get_linestyle() == "--" and line.get_xdata()[-1] == 21]
        assert list(dashes.get_xdata()) == list(range(10, 22))
        (points,) = [line for line in lines if line.get_gid() == f"values/{long.key}"]
        sizes[size] = points.get_markersize() / SIZES[size].points
    assert sizes["phone"] < sizes["full"]


def test_heat_shades_follow_the_numbers(made_up_charts):
    chart = made_up_charts("en")["heat"]
    cells = {patch.get_gid(): patch for plane in planes(draw(chart, "full")) for patch in plane.patches}
    shade = {gid: palette.luminance(_hex(cell.get_facecolor())) for gid, cell in cells.items() if gid}
    numbers = {
        f"values/{series.key}/{key}": number
        for series in chart.series
        for key, number in zip(chart.keys, series.values, strict=True)
    }
    assert set(shade) == set(numbers)
    ordered = sorted((gid for gid in numbers if numbers[gid] is not None), key=numbers.get)
    assert [shade[gid] for gid in ordered] == sorted((shade[gid] for gid in ordered), reverse=True)
    assert shade[ordered[0]] - shade[ordered[-1]] > 0.5


def _hex(colour) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in colour[:3])


def test_every_number_that_has_a_bar_is_written(made_up_charts):
    chart = made_up_charts("en")["bars_two"]
    written = {text.get_text() for text in draw(chart, "half").findobj(Text)}
    assert {text for series in chart.series for text in series.texts} <= written


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_sizes_are_what_they_are_called(made_up_charts, name):
    chart = made_up_charts("en")[name]
    millimetres = {size: draw(chart, size).get_size_inches() * 25.4 for size in SIZES}
    assert millimetres["half"][0] == pytest.approx(80, abs=0.1)
    assert millimetres["full"][0] == pytest.approx(160, abs=0.1)
    assert millimetres["slide"] == pytest.approx([338.7, 190.5], abs=0.1)


def test_a_negative_part_an_unknown_kind_and_an_unknown_size_are_refused(made_up_charts):
    chart = made_up_charts("en")["stacked"]
    negative = replace(chart.series[0], numbers=(Fraction(-1),) * len(chart.keys))
    with pytest.raises(ValueError, match="negative part"):
        draw(replace(chart, series=(negative,)))
    with pytest.raises(FigureError, match="no kind 'pie'; there are bars"):
        draw(replace(chart, kind="pie"))
    with pytest.raises(FigureError, match="no size 'poster'"):
        draw(chart, "poster")


def test_a_sign_without_a_glyph_is_an_error_that_names_it(made_up_charts):
    chart = replace(made_up_charts("en")["bars_two"], title="Results \u6210\u679c")
    with pytest.raises(FontError, match=r"U\+6210"):
        draw(chart)


def test_a_dollar_sign_is_a_dollar_sign(made_up_charts):
    chart = replace(made_up_charts("en")["bars_two"], title="US$ million and US$ million")
    assert any(text.get_text() == chart.title for text in draw(chart).findobj(Text))
    assert not any(text.get_parse_math() for text in draw(chart).findobj(Text) if text.get_text())


def test_labels_of_the_dashes_stand_in_the_legend(made_up_charts):
    words = Catalogue("en")("label.dashed")
    assert words in {text.get_text() for text in draw(made_up_charts("en")["lines_one"]).findobj(Text)}
