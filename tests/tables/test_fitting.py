"""Tables on paper: no word is broken in whichever font a machine has, and few tables turn their page."""

import pytest

from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.labels import Catalogue
from analysis.pictures.lettering import Letters
from analysis.printed.resolve import resolve
from analysis.tables.fitting import INSIDE, SHORT, _pieces, fit, widest_ems
from analysis.tables.markup import lead

pytestmark = pytest.mark.slow
# The widest font that stands in for Arial where a machine lacks it, as matplotlib brings it.
WIDEST = {strong: Letters(("DejaVu Sans",), 100, "bold" if strong else "normal") for strong in (False, True)}
TURNED_AT_MOST = 10
"""Of a hundred tables; a short one stands upright unless its words need the width."""


@pytest.fixture(scope="module", params=["en", "fr", "es", "zh"])
def tables(request, register):
    period = register.period("2020-21")
    recorded = register.recorded(period)
    labels = Catalogue(request.param, recorded)
    made = [
        resolve(make(definition, recorded, period), recorded, labels) for definition in definitions(recorded)
    ]
    return [exhibit.table for exhibit in made if exhibit.table and not exhibit.table.long]


def columns_of(table):
    """Return each column's texts, each with whether it is bold."""
    for place, text in enumerate(table.stub):
        yield [(text, True), *((lead(row, place, table), row.total) for row in table.rows)]
    for place, column in enumerate(table.columns):
        yield [(column.label, True), *((row.cells[place].text, row.total) for row in table.rows)]


def broken(table):
    """Return the words that are wider than their column, in the widest font."""
    fitted = fit(table)
    return [
        word
        for texts, width in zip(columns_of(table), fitted.widths, strict=True)
        for text, strong in texts
        for word in _pieces(text)
        if max(word) < "\u2e80"
        and WIDEST[strong].width(word) * fitted.points / 100 > (width - INSIDE) / 2.54 * 72
    ]


def test_no_word_is_broken_in_the_widest_font(tables):
    assert len(tables) > 90
    assert {table.id: broken(table) for table in tables if broken(table)} == {}


def test_few_tables_turn_their_page_and_letters_can_be_read(tables):
    fits = [fit(table) for table in tables]
    assert sum(fitted.landscape for fitted in fits) <= TURNED_AT_MOST
    assert min(fitted.points for fitted in fits) >= 7.0
    short = [
        table.id
        for table, fitted in zip(tables, fits, strict=True)
        if len(table.rows) <= SHORT and fitted.landscape
    ]
    assert len(short) <= 2, short


@pytest.mark.parametrize("word", ["meta", "Women", "ONU", "28%", "−3.7", "+23", "extrapresupuestarios)"])
def test_a_word_is_taken_to_be_as_wide_as_the_widest_font_sets_it_and_little_wider(word):
    for strong, letters in WIDEST.items():
        assert 0.98 <= widest_ems(word, strong) / (letters.width(word) / 100) <= 1.25
