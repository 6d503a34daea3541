"""Every exhibit of every biennium: built, readable, labelled, listed; and the sentences."""

from string import Formatter

import pytest

from analysis.exhibits.catalogue import (
    DEFINITIONS,
    WITHOUT_NUMBERS,
    UnknownExhibit,
    by_notebook,
    find,
    label_keys,
)
from analysis.exhibits.named import PROSE, stated
from analysis.exhibits.parts import (
    NOT_RECOMPUTABLE,
    NOT_RECORDED,
    PARTLY,
    Column,
    Definition,
    Exhibit,
    Row,
    Table,
    make,
)
from analysis.exhibits.sentences import SENTENCES, say
from analysis.labels import Catalogue, entries
from analysis.quantities import Quantity, Recorded, evaluate, provenance, value

LOST = (5, 6, 8, 9, 11, 13, 14)
REASONS = {"blank", "not_available", "not_set", "not_applicable", "not_held", "dash", "text", "indefinite"}


@pytest.fixture(scope="module")
def biennia(register):
    return [(biennium, register.recorded(biennium)) for biennium in register.periods()]


def quantities(exhibit):
    for row in exhibit.table.rows if exhibit.table else ():
        yield from (cell for cell in row.cells if isinstance(cell, Quantity))
    for chart in exhibit.charts:
        for series in chart.series:
            yield from (each for each in (*series.values, *series.low, *series.high) if each is not None)


def unexplained(quantity, recorded):
    """Return whether a quantity is missing although every number that it reads is there."""
    if not evaluate(quantity, recorded).missing:
        return False
    found = [recorded.locate(entry["id"]) for entry in provenance(quantity, recorded)]
    return not any(table.rows["status"].iloc[row] in REASONS for table, row in found)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.id)
def test_every_exhibit_builds_and_every_number_is_there_or_missing_for_a_reason(definition, biennia):
    for biennium, recorded in biennia:
        exhibit = make(definition, recorded, biennium)
        if exhibit.status in (NOT_RECORDED, NOT_RECOMPUTABLE):
            assert exhibit.missing, (exhibit.id, biennium)
        if exhibit.table:
            widths = {len(row.cells) for row in exhibit.table.rows}
            assert widths == {len(exhibit.table.columns)}, exhibit.id
            assert {len(row.labels) for row in exhibit.table.rows} == {len(exhibit.table.stub)}, exhibit.id
        for chart in exhibit.charts:
            assert {len(series.values) for series in chart.series} == {len(chart.categories)}, chart.id
        for quantity in quantities(exhibit):
            assert not unexplained(quantity, recorded), (exhibit.id, biennium, quantity)


def test_a_number_without_a_reason_is_seen(table):
    recorded = Recorded([table([{"id": "sample/sample/1", "value": "", "unit": "result", "status": ""}])])
    assert unexplained(value("report.sample", id="sample/sample/1"), recorded)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_label_exists(language, biennia):
    for biennium, recorded in biennia:
        labels = Catalogue(language, recorded)
        asked = {key: each.id for each in DEFINITIONS for key in label_keys(make(each, recorded, biennium))}
        asked |= {sentence.key: sentence.key for sentence in SENTENCES.values()}
        absent = {key: by for key, by in asked.items() if key not in labels}
        assert not absent, (language, str(biennium))


def test_label_keys_are_all_that_an_exhibit_asks_for():
    columns = (Column("measure.result", "unit.result", group="label.by_region"),)
    rows = (Row(("label.total",), ("in.words",), notes=("note.row",)),)
    made = Exhibit(
        "made_up", "", "report", PARTLY, Table(("label.region",), columns, rows), (), ("note.all",)
    )
    assert set(label_keys(made)) == {
        "exhibit.made_up",
        "exhibit_status.partly",
        "note.all",
        "note.row",
        "label.region",
        "label.total",
        "label.by_region",
        "measure.result",
        "unit.result",
        "in.words",
    }


@pytest.mark.parametrize("figure", LOST)
def test_lost_figures_are_listed_with_what_is_missing(figure, recorded, biennium):
    (definition,) = [
        each for each in DEFINITIONS if each.document == "report" and each.number == f"Figure {figure}"
    ]
    exhibit = make(definition, recorded, biennium)
    assert (exhibit.status, exhibit.table, exhibit.charts) == (NOT_RECOMPUTABLE, None, ())
    assert exhibit.missing


def test_the_report_s_figures_and_tables_are_all_accounted_for():
    numbers = {each.number for each in DEFINITIONS if each.document == "report" and each.number}
    numbers |= {number for document, number in WITHOUT_NUMBERS if document == "report"}
    expected = {f"Figure {number}" for number in range(1, 26)}
    expected |= {f"Figure I.{number}" for number in range(1, 9)}
    expected |= {f"Table {number}" for number in range(1, 10)} | {"Appendix II", "Appendix III"}
    assert numbers == expected


def test_ids_differ_and_say_their_number():
    ids = [each.id for each in DEFINITIONS]
    assert len(set(ids)) == len(ids)
    for each in DEFINITIONS:
        if each.document == "report" and each.number:
            head = each.number.lower().replace(" ", "_").replace(".", "_")
            assert each.id.startswith(f"{head}_"), each.id


def test_a_notebook_has_its_exhibits_and_an_unknown_one_is_told():
    assert [each.id for each in by_notebook("01_decent_work_trends")][:2] == [
        "table_1_decent_work_trends",
        "trend_unemployment_rate",
    ]
    with pytest.raises(UnknownExhibit, match="there are 01_decent_work_trends, 02_results"):
        by_notebook("09_nothing")


def test_an_unknown_exhibit_is_told_with_those_that_are_close():
    assert isinstance(find("figure_10_results_by_outcome"), Definition)
    with pytest.raises(UnknownExhibit, match="figure_10_results_by_outcome"):
        find("figure_10")
    with pytest.raises(UnknownExhibit, match="analysis list"):
        find("§§§")


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences_have_the_numbers_that_their_text_asks_for(name, biennia):
    said = [found for biennium, recorded in biennia if (found := say(SENTENCES[name], recorded, biennium))]
    assert said
    for language in ("en", "zh"):
        text = entries(language)[SENTENCES[name].key]
        asked = {place for _, place, _, _ in Formatter().parse(text) if place}
        assert all(asked == set(found) for found in said), language


def test_a_sentence_is_not_said_without_its_numbers(biennia):
    held = {
        str(biennium): {name for name, each in SENTENCES.items() if say(each, recorded, biennium)}
        for biennium, recorded in biennia
    }
    assert {"results", "expenditure", "working_hours_losses", "enabling_outcomes"} <= held["2020-21"]
    assert not {"results", "expenditure", "working_hours_losses", "enabling_outcomes"} & held["2018-19"]
    assert {"unemployment_rate", "neet_rate", "gender_equality"} <= held["2018-19"]


def test_each_item_of_the_text_is_stated_once_for_a_period(recorded):
    rows = recorded[PROSE].rows
    named = rows[rows["item"] != ""]
    assert not named.duplicated(["item", "period"]).any()
    assert stated(recorded, "approvals", "1999") is None
