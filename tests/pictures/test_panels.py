"""Small multiples: one scale for all panels, a panel each, every number drawn."""

from fractions import Fraction

import pytest
from matplotlib.text import Text

from analysis.pictures.figures import draw
from analysis.pictures.panels import panels_in_a_row
from analysis.pictures.plane import planes
from analysis.pictures.sheet import SIZES, Sheet
from analysis.printed.printable import ResolvedChart, ResolvedSeries

YEARS = ("2018", "2019", "2020", "2021")


def chart(values, dashed=()):
    series = tuple(
        ResolvedSeries(
            f"area.{place}",
            f"Area {place}",
            tuple(None if each is None else Fraction(str(each)) for each in row),
            tuple("" if each is None else str(each) for each in row),
            dashed=dashed,
        )
        for place, row in enumerate(values)
    )
    return ResolvedChart(
        id="panels", kind="panels", number="", title="Rates", subtitle="Per cent", keys=YEARS,
        categories=YEARS,
        series=series, unit="per cent", decimals=1, notes=(), foot="Source: made up.", alt="", language="en",
    )  # fmt: skip


def drawn(figure):
    return [
        plane
        for plane in planes(figure)
        if any((line.get_gid() or "").startswith("values/") for line in plane.lines)
    ]


@pytest.mark.sampled
@pytest.mark.parametrize("size", ["full", "half", "slide"])
def test_a_panel_for_each_series_on_one_scale(size):
    figure = draw(chart([[5, 6, 7, 8], [1, None, 2, 3], [None, 4, None, None]]), size)
    panels = drawn(figure)
    assert len(panels) == 3
    assert len({plane.get_ylim() for plane in panels}) == 1
    low, high = panels[0].get_ylim()
    assert low <= 1
    assert high > 8
    texts = {text.get_text() for text in figure.findobj(Text)}
    assert {"Area 0", "Area 1", "Area 2", "8", "3", "4"} <= texts


def segments(panel):
    lines = [line for line in panel.lines if len(line.get_xdata()) == 2 and not line.get_gid()]
    return [line for line in lines if line.get_ydata()[0] != line.get_ydata()[1]]


def test_a_gap_stays_a_gap_and_a_lone_number_is_a_point():
    first, second = drawn(draw(chart([[1, None, 2, 3], [None, 4, None, None]])))
    assert [tuple(line.get_xdata()) for line in segments(first)] == [(2, 3)]
    assert segments(second) == []
    points = {
        line.get_gid(): tuple(line.get_xdata()) for line in (*first.lines, *second.lines) if line.get_gid()
    }
    assert points == {"values/area.0": (0, 3), "values/area.1": (1,)}


def test_a_series_without_a_number_is_said_to_have_none():
    figure = draw(chart([(1, 2, 3, 4), (None,) * 4]), "full")
    words = [each.get_text() for each in figure.findobj(Text)]
    assert words.count("n/a") == 1
    assert "Area 1" in words


def test_dashes_are_drawn_and_explained():
    figure = draw(chart([[1, 2, 3, 4]], dashed=(False, False, True, True)))
    (panel,) = drawn(figure)
    styles = [line.get_linestyle() for line in segments(panel)]
    assert styles.count("--") == 2
    assert "Dashed: modelled or projected" in {text.get_text() for text in figure.findobj(Text)}


@pytest.mark.parametrize(
    ("panels", "across"), [(1, 1), (2, 2), (4, 4), (5, 3), (6, 3), (8, 4), (9, 3), (3, 3)]
)
def test_rows_are_filled(panels, across):
    assert panels_in_a_row(Sheet(SIZES["full"], "en", 8.0), panels) == across
    assert panels_in_a_row(Sheet(SIZES["half"], "en", 7.0), panels) <= 2
