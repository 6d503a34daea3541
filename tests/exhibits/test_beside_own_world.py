"""Our own World from countries, and bounds where regions are missing, beside the printed numbers."""

import pandas as pd
import pytest

from analysis.exhibits.beside_own_world import KINDS, UNCOVERED, UNWEIGHTED
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import Scope, make
from analysis.exhibits.own_world import OWN_WORLD, bounds_of_world, world_of_countries
from analysis.labels import Catalogue
from analysis.quantities import Recorded, evaluate
from analysis.trends.opening import Trends
from analysis.trends.world import COUNTRIES, LEAST_COVERAGE

pytestmark = pytest.mark.slow

TABLE = "estimates.un_sdg_2022_04"
WOMEN = {"indicator": "unemployment_rate", "sex": "SEX_F", "age": "YTHADULT_YGE15", "period": "2018"}
CHILDREN = {"indicator": "child_labour_rate", "sex": "SEX_T", "age": "Y5-17", "period": "2020"}


def found(cell, recorded):
    return None if cell is None else float(evaluate(cell, recorded).value)


def rows_of(kind, recorded, biennium):
    (definition,) = [each for each in definitions(recorded) if each.kind.name == kind]
    table = make(definition, recorded, biennium).table
    labels = [column.label for column in table.columns]
    return {row.labels: dict(zip(labels, row.cells, strict=True)) for row in table.rows}, table


@pytest.fixture(scope="module")
def from_countries(recorded, biennium):
    return rows_of("printed_beside_countries", recorded, biennium)[0]


def test_each_printed_number_has_a_world_from_countries_or_words_for_its_want(from_countries, recorded):
    """Eight numbers of unemployment have one; no country tells of the working-age or of managers."""
    assert len(from_countries) == 51
    said = [cells["label.computed_from_countries"] for cells in from_countries.values()]
    assert (said.count(UNCOVERED), said.count(UNWEIGHTED)) == (28, 15)
    women = from_countries["decent_work.unemployment_rate", "sex.SEX_F", "2018"]
    assert women["label.vintage"] == "vintage.world_bank_2021_10"
    assert found(women["label.computed_from_countries"], recorded) == pytest.approx(5.528202)
    assert found(women["label.published"], recorded) == pytest.approx(5.532, abs=0.001)
    assert found(women["label.departure"], recorded) == pytest.approx(-0.004, abs=0.001)
    assert found(women["label.weight_covered"], recorded) == pytest.approx(99.4835)
    for labels, cells in from_countries.items():
        if labels[0].rpartition(".")[2] in ("employment_population_ratio", "managers_female_share"):
            assert list(cells.values())[1:] == [None, None, UNWEIGHTED, None, None, None]


def test_no_number_stands_below_the_stated_coverage(from_countries, recorded):
    least = LEAST_COVERAGE[COUNTRIES]
    held = {}
    for labels, cells in from_countries.items():
        if cells["label.computed_from_countries"] == UNWEIGHTED:
            continue
        covered = found(cells["label.weight_covered"], recorded)
        assert (cells["label.computed_from_countries"] == UNCOVERED) == (covered < least)
        if covered < least:
            assert cells["label.published"] is None
            assert cells["label.departure"] is None
        held[labels] = covered
    poverty = held["decent_work.working_poverty_rate", "sex.SEX_T", "2018"]
    assert poverty == pytest.approx(83.9, abs=0.05)
    assert held["decent_work.child_labour_rate", "sex_child.SEX_T", "2020"] == pytest.approx(2.0, abs=0.05)
    protection = world_of_countries(recorded, ("un_sdg_2022_04",), **{**CHILDREN, "age": "TOTAL"} | {
        "indicator": "social_protection_coverage"
    })  # fmt: skip
    assert found(protection.coverage, recorded) == pytest.approx(69.5, abs=0.05)
    assert protection.rate is None


@pytest.mark.parametrize("language", ["en", "fr", "es", "zh"])
def test_the_words_for_a_missing_number_state_the_coverage_that_is_asked_for(language):
    assert f"{LEAST_COVERAGE[COUNTRIES]:.0f}" in Catalogue(language)(UNCOVERED)


def test_of_vintages_the_first_that_suffices_is_taken_else_the_one_that_covers_most(recorded):
    later, few = "world_bank_2021_10", ("un_sdg_2020_10", "un_sdg_2022_04")
    assert world_of_countries(recorded, (*few, later), **WOMEN).vintage == later
    assert world_of_countries(recorded, few, **WOMEN).vintage == few[1]
    assert world_of_countries(recorded, few[:1], **WOMEN).vintage == few[0]
    assert world_of_countries(recorded, ("none",), **WOMEN) is None
    without = Recorded([recorded["report.decent_work_indicators"]])
    assert world_of_countries(without, few, **WOMEN) is None


def test_the_registered_world_is_the_one_that_the_library_computes(recorded, vintages):
    rows = recorded[OWN_WORLD].rows
    columns = {"rate": "value", "coverage": "coverage", "reporting": "reporting"}
    assert set(rows["measure"]) == set(columns)
    trends, keys = Trends(vintages), ["indicator", "sex", "age", "period"]
    for vintage, part in rows.groupby("vintage"):
        computed = trends.own(vintage, COUNTRIES)
        for measure, column in columns.items():
            held = part[part["measure"] == measure].astype({"value": float}).set_index(keys)["value"]
            own = computed[computed[column].notna()].set_index(keys)[column].astype(float)
            pd.testing.assert_series_equal(
                held.sort_index(), own.sort_index(), check_names=False, rtol=0, atol=5.1e-5
            )


def test_child_labour_has_the_bounds_that_the_library_gives(recorded, biennium, vintages):
    """Six regions of eight report; the other two hold half a per cent of the children."""
    rows, table = rows_of("printed_world_bounds", recorded, biennium)
    assert [labels[1] for labels in rows] == ["sex_child.SEX_T", "sex_child.SEX_F", "sex_child.SEX_M"]
    own = Trends(vintages).own("un_sdg_2022_04").set_index(["indicator", "sex", "period"])
    columns = [("value", "computed_from_regions"), ("coverage", "weight_covered")]
    columns += [("low", "low"), ("high", "high")]
    for labels, cells in rows.items():
        sex = labels[1].partition(".")[2]
        row = own.loc[("child_labour_rate", sex, "2020")]
        for column, name in columns:
            assert found(cells[f"label.{name}"], recorded) == pytest.approx(row[column], abs=1e-6)
        low, high = (evaluate(cells[name], recorded) for name in ("label.low", "label.high"))
        assert low.value < evaluate(cells["label.published"], recorded).value < high.value
    assert {row.cells[5:] for row in table.rows} == {("area.M49:53", "area.M49:543")}


def test_where_no_region_is_missing_there_are_no_bounds(recorded):
    assert bounds_of_world(recorded, TABLE, **{**WOMEN, "period": "2020"}) is None
    assert bounds_of_world(recorded, TABLE, **{**CHILDREN, "period": "1990"}) is None
    assert bounds_of_world(recorded, TABLE, **CHILDREN).missing == ("M49:53", "M49:543")


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_vintages_there_is_nothing_to_show(recorded, biennium, kind):
    scope = Scope(recorded, biennium, {}, {"vintages": ("none",)}, "x")
    assert kind.build(scope) == (None, ())
