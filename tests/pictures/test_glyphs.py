"""Letters that are set once for many places are those that matplotlib's own renderers draw."""

import io
import os

import numpy as np
import pytest
from matplotlib import rc_context, rcParams
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from analysis.pictures import glyphs
from analysis.pictures.figures import drawing_settings
from analysis.pictures.formats import as_pdf
from analysis.pictures.surface import at_dots

TEXTS = ("AVATAR office ffi", "−11.5% (½)", "", "x̄ é é", "tick", "tick")
HAN = "2020–21年：国际劳工组织 AV"


def figure_of_texts(language: str) -> Figure:
    figure = Figure(figsize=(4.1, 3.3))
    for place, text in enumerate((*TEXTS, HAN if language == "zh" else "")):
        turned = 90 * (place % 2) if place < 4 else 33.3
        align = ("left", "center", "right")[place % 3]
        at = (0.21 + 0.0813 * place, 0.11 + 0.1171 * place)
        figure.text(*at, text, rotation=turned, ha=align, size=7 + place % 3, parse_math=place != 3)
    figure.text(0.5, 0.05, "$a_1$ office", size=9)
    figure.text(0.5, 0.9, "crisp", antialiased=False)
    figure.text(0.03, 0.6, "AV r\u0338j\u0301 e\u0338f", rotation=25, alpha=0.4, style="italic")
    figure.text(-0.02, 0.99, "beyond the edges", size=11)
    return figure


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "zh"])
def test_dots_are_those_of_matplotlib(language):
    drawn = []
    with rc_context(drawing_settings(language)):
        figure, dots = figure_of_texts(language), float(rcParams["savefig.dpi"])
        for kind in (RendererAgg, glyphs.Dots, glyphs.Dots):
            with at_dots(figure, dots):
                renderer = kind(*map(int, figure.bbox.size), dots)
                figure.draw(renderer)
            drawn.append(np.asarray(renderer.buffer_rgba()).copy())
    assert np.ptp(drawn[0])
    assert all(np.array_equal(drawn[0], other) for other in drawn[1:])


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_are_those_of_matplotlib(language):
    theirs, about = io.BytesIO(), {"CreationDate": None, "Title": "letters"}
    with rc_context(drawing_settings(language)):
        figure = figure_of_texts(language)
        mine = [as_pdf(figure, about) for _ in range(2)]
        with PdfPages(theirs, metadata=about) as file:
            file.savefig(figure)
    assert b"/F1" in mine[0]
    assert mine == [theirs.getvalue()] * 2


@pytest.mark.parametrize("asked", ["abc", "99999999999999999999", "1700000000"])
def test_a_page_asks_no_clock_whatever_the_shell_says_of_it(monkeypatch, asked):
    about = {"CreationDate": None, "Title": "letters"}
    with rc_context(drawing_settings("en")):
        figure = figure_of_texts("en")
        plain = as_pdf(figure, about)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", asked)
        assert as_pdf(figure, about) == plain
    assert os.environ["SOURCE_DATE_EPOCH"] == asked


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("changed", [{"pdf.compression": 0}, {"pdf.compression": 9}, {"pdf.fonttype": 42}])
def test_pages_by_other_settings_are_those_of_matplotlib(language, changed):
    """Letters that were packed for one setting stand in no file of another."""
    about = {"CreationDate": None, "Title": "letters"}
    with rc_context(drawing_settings(language)):
        figure = figure_of_texts(language)
        as_pdf(figure, about)
        with rc_context(changed):
            theirs = io.BytesIO()
            with PdfPages(theirs, metadata=about) as file:
                file.savefig(figure)
            assert as_pdf(figure, about) == theirs.getvalue()


def test_a_file_says_nothing_of_letters_of_the_one_before():
    about = {"CreationDate": None}
    with rc_context(drawing_settings("en")):
        sizes = [len(as_pdf(figure, about)) for figure in map(_figure_of, ("AB", "ABCDEFGHIJ", "AB"))]
    assert sizes[0] == sizes[2] < sizes[1]


def _figure_of(text: str) -> Figure:
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, text)
    return figure
