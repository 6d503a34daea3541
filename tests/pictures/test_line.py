"""A line of text stands where matplotlib's own layout would put it, in every format, byte for byte."""

import io

import pytest
from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.pictures.figures import drawing_settings
from analysis.pictures.fonts import LATIN
from analysis.pictures.formats import FORMATS
from analysis.pictures.lettering import Letters
from analysis.pictures.line import Line, TurnedLine

WIDE, TALL = 310.0, 97.0
TEXTS = ("Tyg, jÅ (−11%)", "1,234.5", "$a_1$ & <b>", "office", "—")
LETTERS = (Letters((LATIN,), 8.4), Letters((LATIN,), 7.0 * 0.85, "bold"))


def saved(artists, form):
    with rc_context(drawing_settings("en")):
        figure = Figure(figsize=(WIDE / 72, TALL / 72))
        for artist in artists:
            figure.add_artist(artist)
        written = io.BytesIO()
        about = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}[form]
        figure.savefig(written, format=form, metadata=about)
    return written.getvalue()


def laid_out(left, baseline, text, letters, colour, align, degrees):
    return Text(
        left,
        baseline,
        text,
        color=colour,
        fontfamily=list(letters.families),
        fontsize=letters.points,
        fontweight=letters.weight,
        horizontalalignment=align,
        verticalalignment="baseline",
        rotation=degrees,
        rotation_mode="anchor",
        parse_math=False,
    )


def lines(align, shift=0.0):
    """Return what makes each of some lines, at places that are no whole pixels."""
    return [
        (0.37 + 0.0137 * place + shift, 0.11 + 0.171 * place, text, letters, colour, align)
        for letters, colour in zip(LETTERS, ("#1F2933", "white"), strict=True)
        for place, text in enumerate(TEXTS)
    ]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_a_line_stands_where_the_layout_of_matplotlib_puts_it(align, form):
    drawn = saved([Line(*given) for given in lines(align)], form)
    assert drawn == saved([laid_out(*given, 0) for given in lines(align)], form)
    assert drawn != saved([Line(*given) for given in lines(align, shift=1 / WIDE)], form)


@pytest.mark.sampled
@pytest.mark.parametrize("form", FORMATS)
def test_a_turned_line_reads_upwards(form):
    drawn = saved([TurnedLine(*given) for given in lines("center")], form)
    assert drawn == saved([laid_out(*given, 90) for given in lines("center")], form)
    assert drawn != saved([Line(*given) for given in lines("center")], form)
