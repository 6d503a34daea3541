"""Every exhibit of every biennium: built, readable, labelled, listed; and the sentences."""

import re
from string import Formatter

import pandas as pd
import pytest
from laid_out import DEFINITIONS

from analysis.exhibits.catalogue import (
    KINDS,
    UnknownExhibit,
    definitions,
    find,
    is_empty,
    label_keys,
    of_chapter,
)
from analysis.exhibits.layout import LayoutError, choices, drawings, exhibit_id, laid_out, make
from analysis.exhibits.named import PROSE, stated_in_report
from analysis.exhibits.parts import (
    NOT_RECOMPUTABLE,
    NOT_RECORDED,
    PARTLY,
    Column,
    Exhibit,
    Row,
    Table,
)
from analysis.exhibits.sentences import SENTENCES, sentences_of_period
from analysis.labels import Catalogue, label_texts, languages
from analysis.quantities import Quantity, Recorded, RecordedTable, Source, evaluate, provenance, value

REPORT = "implementation-2020-21"
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


@pytest.mark.sampled(2)
@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.id)
def test_every_exhibit_builds_and_every_number_is_there_or_missing_for_a_reason(definition, biennia):
    for biennium, recorded in biennia:
        if definition.id not in {each.id for each in definitions(recorded)}:
            continue
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


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_label_exists(language, biennia):
    for biennium, recorded in biennia:
        labels = Catalogue(language, recorded)
        asked = {
            key: each.id
            for each in definitions(recorded)
            for key in label_keys(make(each, recorded, biennium))
        }
        asked |= {sentence.key: sentence.key for sentence in SENTENCES.values()}
        absent = {key: by for key, by in asked.items() if key not in labels}
        assert not absent, (language, str(biennium))


def test_label_keys_are_all_that_an_exhibit_asks_for():
    columns = (Column("measure.result", "unit.result", group="label.by_region"),)
    rows = (Row(("label.total",), ("in.words",), notes=("note.row",)),)
    made = Exhibit(
        "made_up", "", "report", PARTLY, Table(("dimension.region",), columns, rows), (), ("note.all",)
    )
    assert set(label_keys(made)) == {
        "exhibit_status.partly",
        "note.all",
        "note.row",
        "dimension.region",
        "label.total",
        "label.by_region",
        "measure.result",
        "unit.result",
        "in.words",
    }


@pytest.mark.parametrize("figure", LOST)
def test_lost_figures_are_listed_with_what_is_missing(figure, recorded, biennium):
    (definition,) = [
        each for each in DEFINITIONS if each.document == REPORT and each.number == f"Figure {figure}"
    ]
    exhibit = make(definition, recorded, biennium)
    assert (exhibit.status, exhibit.table, exhibit.charts) == (NOT_RECOMPUTABLE, None, ())
    assert exhibit.missing


def test_the_report_s_figures_and_tables_are_all_accounted_for(recorded):
    numbers = {each.number for each in DEFINITIONS if each.document == REPORT and each.number}
    numbers |= {number for document, number in drawings(recorded) if document == REPORT}
    expected = {f"Figure {number}" for number in range(1, 26)}
    expected |= {f"Figure I.{number}" for number in range(1, 9)}
    expected |= {f"Table {number}" for number in range(1, 10)} | {"Appendix II", "Appendix III"}
    assert numbers == expected


def test_an_id_is_kind_and_conditions_and_no_number_of_a_figure():
    assert len({each.id for each in DEFINITIONS}) == len(DEFINITIONS)
    for each in DEFINITIONS:
        assert each.id == exhibit_id(each.kind.name, each.conditions)
        assert re.fullmatch(r"\w+", each.id)
    assert exhibit_id("results", {"output": ("7.1", "Ä 2")}) == "results_output_7_1_Ä_2"


@pytest.mark.slow
def test_a_chapter_has_its_exhibits_and_is_empty_where_nothing_is_recorded(register, recorded, earlier):
    assert [each.id for each in of_chapter(recorded, "01_decent_work_trends")][:2] == [
        "trends_table",
        "trend_indicator_unemployment_rate",
    ]
    before = register.period("2018-19")
    assert is_empty(earlier, before, "05_development_cooperation")
    assert not is_empty(earlier, before, "01_decent_work_trends")
    assert not is_empty(earlier, before, "06_audit")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("results_by_indicator_outcome_3", "results_by_indicator_outcome_3"),
        ("figure_19_results_outcome_3", "results_by_indicator_outcome_3"),
        ("Figure 19", "results_by_indicator_outcome_3"),
        (" figure  19", "results_by_indicator_outcome_3"),
        ("results_against", "results_against_targets_level_outcome"),
        ("figure_19", "results_by_indicator_outcome_3"),
    ],
)
def test_an_exhibit_is_found_by_id_former_id_number_and_prefix(asked, found, recorded):
    assert find(asked, recorded).id == found


def test_what_is_ambiguous_or_unknown_is_told_with_what_there_is(recorded):
    with pytest.raises(UnknownExhibit, match=r"any of 3 exhibits: .*\(cooperation-review-2023\)"):
        find("Figure 1", recorded)
    assert find("Figure 1", recorded, "report").id == find("Figure 1", recorded, REPORT).id
    with pytest.raises(UnknownExhibit, match="may be any of 8 exhibits: staff_inputs_outcome_1"):
        find("staff_inputs", recorded)
    with pytest.raises(UnknownExhibit, match="close to it: results_by_region"):
        find("results_by_regoin", recorded)
    with pytest.raises(UnknownExhibit, match="analysis list"):
        find("§§§", recorded)


LAYOUT = ["number", "chapter", "section", "kind", "conditions", "options", "status", "notes", "missing"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("", "02_results", "x", "no_such_kind", "", "", "reproduced", "", "")], "no kind 'no_such_kind'"),
        ([("", "02_results", "x", "trend", "indicator", "", "", "", "")], "is not name=code"),
        ([("", "02_results", "x", "trend", "indicator=a; indicator=b", "", "", "", "")], "each name once"),
        ([("", "02_results", "x", "trend", "indicator=a", "", "", "", "")] * 2, "laid out twice"),
    ],
)
def test_a_layout_that_cannot_be_followed_says_where(rows, said):
    frame = pd.DataFrame(rows, columns=LAYOUT)
    table = RecordedTable("layout.exhibits", frame, Source("d", "", "data/raw/d/exhibits.csv", "0", "Layout"))
    with pytest.raises(LayoutError, match=f"data/raw/d/exhibits.csv row [23].*{said}"):
        laid_out(Recorded([], about=[table]), KINDS)


def test_ids_tell_codes_apart_that_differ_in_signs_alone_and_fit_a_file_name():
    long = "é" * 200
    rows = [["", "02_results", "x", "results_by_indicator", f"outcome={code}", "", "reproduced", "", ""]
            for code in ("1.1", "1/1", long, f"{long}2")]  # fmt: skip
    frame = pd.DataFrame(rows, columns=LAYOUT)
    table = RecordedTable("layout.exhibits", frame, Source("d", "", "data/raw/d/exhibits.csv", "0", "Layout"))
    ids = [each.id for each in laid_out(Recorded([], about=[table]), KINDS)]
    assert ids[0] == "results_by_indicator_outcome_1_1"
    assert ids[1].startswith("results_by_indicator_outcome_1_1_")
    assert len(set(ids)) == 4
    assert all(len(each.encode()) <= 130 for each in ids)
    again = laid_out(Recorded([], about=[table]), KINDS)
    assert [each.id for each in again] == ids


def test_conditions_hold_several_codes_and_empty_places():
    assert choices("output=7.1|7.2; share=a||", "here") == {
        "output": ("7.1", "7.2"),
        "share": ("a", "", ""),
    }


def places(text):
    return {place for _, place, _, _ in Formatter().parse(text) if place}


@pytest.mark.slow
def test_sentences_have_the_numbers_that_their_text_asks_for(biennia):
    said = [each for biennium, recorded in biennia for each in sentences_of_period(recorded, biennium)]
    of_others = {"sentence.trend_in_unit", "sentence.expenditure_of_all"}  # tests/test_agency.py
    assert {each.sentence.key for each in said} == {each.key for each in SENTENCES.values()} - of_others
    for language in languages():
        for each in said:
            assert places(label_texts(language)[each.sentence.key]) == set(each.numbers), (
                language,
                each.name,
            )


@pytest.mark.slow
def test_a_sentence_is_not_said_without_its_numbers(biennia):
    held = {
        str(biennium): {each.name for each in sentences_of_period(recorded, biennium)}
        for biennium, recorded in biennia
    }
    one = {"working_hours_losses", "enabling_outcomes", "expenditure_against_budget_level_outcome"}
    assert one <= held["2020-21"]
    assert not one & held["2018-19"]
    assert {"trend_indicator_neet_rate", "gender_equality"} <= held["2018-19"]


def test_each_item_of_the_text_is_stated_once_for_a_period(recorded):
    rows = recorded[PROSE].rows
    named = rows[rows["item"] != ""]
    assert not named.duplicated(["item", "period"]).any()
    assert stated_in_report(recorded, "approvals", "1999") is None
