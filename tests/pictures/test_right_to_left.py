"""A language that is written from right to left: pages say so, pictures are mirrored."""

import re
import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from matplotlib.text import Text

import analysis.labels as labels
from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import make
from analysis.labels import Catalogue, LabelError
from analysis.pictures.figures import draw
from analysis.pictures.formats import save
from analysis.pictures.plane import planes
from analysis.printed.resolve import resolve
from analysis.tables.markup import html_page

TITLES = {"Target": "الهدف", "Result": "النتيجة", "Total": "المجموع", "Policy outcome": "الناتج السياساتي"}


@pytest.fixture
def arabic(tmp_path, monkeypatch):
    """Labels with a file for Arabic, made as CONTRIBUTING says: a copy of the English one, put into words."""
    folder = Path(shutil.copytree(str(files("analysis.labels")), tmp_path / "labels"))
    text = (folder / "en.toml").read_text(encoding="utf-8")
    for english, own in TITLES.items():
        text = text.replace(f'"{english}"', f'"{own}"')
    for was, now in (('locale = "en"', 'locale = "ar"'), ('direction = "ltr"', 'direction = "rtl"')):
        assert was in text
        text = text.replace(was, now)
    (folder / "ar.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(labels, "files", lambda package: folder)
    labels.languages.cache_clear()
    labels.label_texts.cache_clear()
    yield "ar"
    labels.languages.cache_clear()
    labels.label_texts.cache_clear()


def shown(recorded, biennium, language, identifier="figure_10_results_by_outcome"):
    return resolve(
        make(find(identifier, recorded), recorded, biennium), recorded, Catalogue(language, recorded)
    )


def places(figure):
    """Return where each text of a figure stands, as the part of its width, by the text."""
    return {
        text.get_text(): (text.get_position()[0], text.get_horizontalalignment())
        for text in figure.findobj(Text)
    }


def test_a_page_says_its_direction(recorded, biennium, arabic):
    page = html_page(shown(recorded, biennium, arabic).table)
    assert '<html lang="ar" dir="rtl">' in page
    assert "الهدف" in page
    assert "text-align:left" not in page
    assert '<html lang="fr" dir="ltr">' in html_page(shown(recorded, biennium, "fr").table)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["figure_10_results_by_outcome", "trend_unemployment_rate"])
def test_a_picture_is_mirrored(recorded, biennium, arabic, kind):
    charts = (shown(recorded, biennium, each, kind).charts[0] for each in ("en", arabic))
    chart, ours = (replace(each, headline="") for each in charts)  # a title of one line
    left, right = draw(chart, "full"), draw(ours, "full")
    title, own = places(left)[chart.title], places(right)[ours.title]
    assert (title[1], own[1]) == ("left", "right")
    assert own[0] == pytest.approx(1 - title[0])
    assert len(planes(left)) == len(planes(right))
    for mine, theirs in zip(planes(left), planes(right), strict=True):
        one, other = mine.get_position(), theirs.get_position()
        assert other.x1 == pytest.approx(1 - one.x0, abs=0.1)
        assert mine.get_xlim()[0] < mine.get_xlim()[1]
        assert theirs.get_xlim()[0] > theirs.get_xlim()[1]
    assert [bar.get_width() for plane in planes(right) for bar in plane.patches] == pytest.approx(
        [bar.get_width() for plane in planes(left) for bar in plane.patches]
    )
    assert save(right, ours, "svg") == save(draw(ours, "full"), ours, "svg")


def test_a_file_that_states_no_direction_is_refused(arabic, tmp_path):
    path = tmp_path / "labels" / "ar.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"rtl"', '"right"'), encoding="utf-8")
    labels.label_texts.cache_clear()
    with pytest.raises(LabelError, match=r"language\.direction is 'right'"):
        labels.direction("ar")


def test_style_sheets_name_no_side_of_the_page():
    """What stands at the left in one language stands at the right in another: styles say start and end."""
    side = re.compile(
        r"(?<![\w-])(?:margin-|padding-|border-)?(?:left|right)\s*:|text-align:\s*(?:left|right)"
    )
    sheets = sorted(Path(str(files("analysis"))).rglob("*.css"))
    assert len(sheets) > 1
    assert {sheet.name: side.findall(sheet.read_text(encoding="utf-8")) for sheet in sheets} == {
        sheet.name: [] for sheet in sheets
    }
    assert side.findall(".skip { position: absolute; left: -999px; }")
