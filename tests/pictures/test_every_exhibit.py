"""Every exhibit of every biennium in every language: all labels there, all texts in their place."""

import pytest
from boxes import faults

from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue, languages
from analysis.pictures.figures import draw
from analysis.pictures.sheet import SIZES
from analysis.printed.resolve import resolve

pytestmark = pytest.mark.slow

BIENNIA = ("2018-19", "2020-21")


@pytest.fixture(scope="module")
def exhibits(register):
    found = {}
    for text in BIENNIA:
        recorded = register.recorded(text)
        made = [make(each, recorded, register.period(text)) for each in definitions(recorded)]
        found[text] = recorded, made
    return found


@pytest.mark.parametrize("text", BIENNIA)
@pytest.mark.parametrize("language", languages())
def test_every_label_is_there(exhibits, language, text):
    recorded, made = exhibits[text]
    for exhibit in made:
        resolved = resolve(exhibit, recorded, Catalogue(language, recorded))
        assert resolved.title
        for chart in resolved.charts:
            numbers = [text for series in chart.series for text in series.texts if text]
            assert all(number in chart.alt for number in numbers)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", languages())
def test_no_text_of_any_figure_is_clipped_or_over_another(exhibits, language, size):
    recorded, made = exhibits["2020-21"]
    found = {}
    for exhibit in made:
        for chart in resolve(exhibit, recorded, Catalogue(language, recorded)).charts:
            wrong = faults(draw(chart, size))
            if wrong:
                found[chart.id] = wrong
    assert found == {}
