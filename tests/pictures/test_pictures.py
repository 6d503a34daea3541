"""Pictures as files: the same bytes again, text as text, words for those who do not see them."""

import csv
import io
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zlib
from fractions import Fraction

import pytest
from matplotlib import rc_context
from matplotlib.figure import Figure
from PIL import Image, ImageChops

from analysis.pictures.figures import draw, drawing_settings
from analysis.pictures.formats import FORMATS, picture, plotted_numbers, save
from analysis.pictures.png import as_png
from analysis.printed.spreadsheet_text import as_text

SVG = "{http://www.w3.org/2000/svg}"
HASHES = """
import hashlib, sys
sys.path.insert(0, {folder!r})
from made_up import charts_in
from analysis.pictures.formats import FORMATS, picture
for form in FORMATS:
    print(hashlib.sha256(picture(charts_in("en")["lines_three"], form)).hexdigest())
"""


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_the_same_chart_makes_the_same_bytes(made_up_charts, form):
    chart = made_up_charts("en")["stacked"]
    assert picture(chart, form) == picture(chart, form)
    figure = draw(chart)
    first = save(figure, chart, form)
    assert [save(figure, chart, each) for each in FORMATS][FORMATS.index(form)] == first


@pytest.mark.slow
def test_another_process_makes_the_same_bytes(root):
    code = HASHES.format(folder=str(root / "tests"))
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1
    assert len(runs.pop().split()) == len(FORMATS)


def test_an_svg_keeps_text_and_says_what_it_shows(made_up_charts):
    chart = made_up_charts("zh")["bars_two"]
    tree = ElementTree.fromstring(picture(chart, "svg"))
    title, words = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert (title.text, words.text) == (chart.title, chart.alt)
    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby").split() == [title.get("id"), words.get("id")]
    texts = {"".join(each.itertext()) for each in tree.iter(f"{SVG}text")}
    assert {chart.title, *chart.categories} <= texts
    assert "date" not in picture(chart, "svg").decode().lower()


@pytest.mark.slow
def test_a_png_has_print_resolution_and_words(made_up_charts):
    chart = made_up_charts("en")["bars_two"]
    image = Image.open(io.BytesIO(picture(chart, "png", "half")))
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert image.width / 300 * 25.4 == pytest.approx(80, abs=0.2)
    assert image.info["Description"] == chart.alt


def test_a_png_of_a_height_a_hair_below_whole_points_is_drawn():
    """The canvas takes 775.9999999999999 points for 776."""
    height = next(high for high in (776 / 300 - tick * 4.5e-16 for tick in range(4)) if high * 300 < 776)
    with rc_context(drawing_settings("en")):
        written = as_png(Figure(figsize=(0.5, height)), {})
    assert Image.open(io.BytesIO(written)).size == (150, 776)
    start = written.index(b"IDAT")
    packed = written[start + 4 : start + 4 + int.from_bytes(written[start - 4 : start])]
    assert len(zlib.decompress(packed)) == 776 * (1 + 3 * 150)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "size"), [("en", "half"), ("zh", "phone")])
def test_a_png_shows_what_matplotlib_draws_and_says_its_words(made_up_charts, language, size):
    chart = made_up_charts(language)["bars_two"]
    theirs = io.BytesIO()
    with rc_context(drawing_settings(language)):
        draw(chart, size).savefig(theirs, metadata={"Title": chart.title, "Description": chart.alt})
    written = picture(chart, "png", size)
    Image.open(io.BytesIO(written)).verify()
    mine, theirs = Image.open(io.BytesIO(written)), Image.open(theirs)
    assert mine.mode == "RGB"
    assert ImageChops.difference(mine, theirs.convert("RGB")).getbbox() is None
    assert mine.info["dpi"] == theirs.info["dpi"]
    assert (mine.info["Title"], mine.info["Description"]) == (chart.title, chart.alt)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_pdf_embeds_its_fonts_and_has_no_date(made_up_charts, language):
    import pypdf

    chart = made_up_charts(language)["bars_two"]
    reader = pypdf.PdfReader(io.BytesIO(picture(chart, "pdf")))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    assert all(font["/Subtype"] == "/Type3" and font["/CharProcs"] for font in fonts)
    assert chart.title in reader.pages[0].extract_text()
    assert reader.metadata["/Subject"] == chart.alt
    assert "/CreationDate" not in reader.metadata


def test_plotted_numbers_are_exact_and_carry_their_keys(made_up_charts):
    chart = made_up_charts("en")["intervals"]
    rows = list(csv.DictReader(io.StringIO(plotted_numbers(chart))))
    assert len(rows) == len(chart.series) * len(chart.keys)
    for row in rows:
        (series,) = [each for each in chart.series if each.key == row["series_key"]]
        number = series.numbers[chart.keys.index(row["category_key"])]
        assert (Fraction(row["value"]) if row["value"] else None) == number
    assert (rows[0]["low"], rows[0]["high"], rows[1]["low"]) == ("50", "59.5", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-1+cmd|'/C calc'!A0", "'-1+cmd|'/C calc'!A0"),
        ("+44 -20", "'+44 -20"),
        ("+11.2", "+11.2"),
        ("-5", "-5"),
        ("Africa", "Africa"),
        ("", ""),
    ],
)
def test_text_is_never_a_formula(text, expected):
    assert as_text(text) == expected
