"""A chart that is only saved is drawn without matplotlib's figure: its files are those of the figure."""

import io
import subprocess
import sys

import pytest
from matplotlib import rc_context, rcParams

from analysis import __version__
from analysis.pictures.figures import compose, draw, drawing_settings, house_style
from analysis.pictures.formats import FORMATS, save
from analysis.pictures.plane import planes


@pytest.mark.sampled
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["bars_two", "lines_three", "heat"])
def test_files_are_those_of_the_figure(made_up_charts, name, form):
    chart = made_up_charts("en")[name]
    written = save(compose(chart, "half"), chart, form)
    assert written == save(draw(chart, "half"), chart, form)


@pytest.mark.slow
def test_a_pdf_is_what_matplotlib_itself_saves(made_up_charts):
    chart = made_up_charts("en")["bars_two"]
    made_by = f"analysis {__version__}"
    about = {"Title": chart.title, "Subject": chart.alt, "Creator": made_by, "Producer": made_by}
    theirs = io.BytesIO()
    with rc_context(drawing_settings("en")):
        draw(chart, "half").savefig(theirs, format="pdf", metadata=about | {"CreationDate": None})
    assert save(compose(chart, "half"), chart, "pdf") == theirs.getvalue()


def test_every_mark_of_an_svg_is_where_matplotlib_itself_saves_it(made_up_charts):
    chart = made_up_charts("en")["lines_three"]
    theirs = io.StringIO()
    with rc_context(drawing_settings("en")):
        draw(chart, "half").savefig(theirs, format="svg", metadata={"Date": None})
    shapes = [
        line for line in theirs.getvalue().splitlines() if line.lstrip().startswith(("<path d=", "L", "C"))
    ]
    mine = save(compose(chart, "half"), chart, "svg").decode("utf-8")
    assert len(shapes) > 20
    assert [line for line in shapes if line not in mine] == []


def test_dots_of_one_format_are_gone_after_it(made_up_charts):
    chart = made_up_charts("en")["bars_two"]
    surface = compose(chart, "half")
    before, alone = surface.dpi, save(surface, chart, "svg")
    save(surface, chart, "png")
    assert (surface.dpi, save(surface, chart, "svg")) == (before, alone)
    assert before != rcParams["savefig.dpi"]


def test_a_surface_holds_the_planes_of_the_figure(made_up_charts):
    chart = made_up_charts("en")["bars_two"]
    mine, theirs = (
        [plane.get_position().bounds for plane in planes(made(chart, "full"))] for made in (compose, draw)
    )
    assert mine == theirs
    assert mine


@pytest.mark.slow
def test_an_export_imports_no_axes():
    """They take as long to import as the record to read, and so does what writes PDF."""
    slow = ("matplotlib.axes", "matplotlib.figure", "matplotlib.backends.backend_pdf", "fontTools.subset")
    words = f"import sys, analysis.commands.export; print([m for m in sys.modules if m in {slow}])"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_style_of_a_language_is_set_once_and_left_as_it_was():
    before, (english, chinese) = rcParams["font.family"], map(drawing_settings, ("en", "zh"))
    with house_style("en"):
        inside = dict(rcParams)
        with house_style("en"):
            assert dict(rcParams) == inside
        with house_style("zh"):
            assert rcParams["font.family"] == chinese["font.family"]
        with pytest.raises(ValueError, match="drawn"), house_style("zh"):
            raise ValueError("not drawn")
        assert rcParams["font.family"] == english["font.family"] != before
    assert rcParams["font.family"] == before
    with house_style("zh"):
        assert rcParams["font.family"] == chinese["font.family"] != english["font.family"]
