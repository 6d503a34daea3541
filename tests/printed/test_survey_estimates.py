"""Exhibits of survey estimates: what is plotted, printed, withheld and noted."""

import tomllib
from fractions import Fraction
from importlib.resources import files

import pandas as pd
import pytest

from analysis.indicators import LabourForcePractice, unemployment_rate
from analysis.labels import LabelError, languages
from analysis.pictures.figures import draw
from analysis.pictures.plane import planes
from analysis.printed.survey_estimates import survey_exhibit, survey_words
from analysis.printed.survey_sentences import definition_words

ROWS = [
    ("X01", "2020", "_T", 8.25, 7.0, 9.6, 0.7, 200, "A"),
    ("X01", "2020", "M", 9.35, 7.5, 11.5, 1.0, 100, "A"),
    ("X01", "2020", "F", 7.0, 3.0, 15.0, 3.0, 14, "U"),
    ("X02", "2020", "_T", 5.0, 4.0, 6.0, 0.5, 90, "A"),
    ("X02", "2020", "M", 4.0, 1.0, 9.0, 2.0, 4, "Q"),
    ("X02", "2020", "F", None, None, None, None, 0, "O"),
]
COLUMNS = ["country", "year", "sex", "value", "lower", "upper", "standard_error", "n", "status"]
ESTIMATES = pd.DataFrame(ROWS, columns=COLUMNS)
ESTIMATES.insert(0, "indicator", "unemployment_rate")
ESTIMATES = ESTIMATES.assign(unit="percent", definition="labour_force_status=as recorded in ilo_lfs")
ESTIMATES["status_rule"] = ["", "", "n < 15", "", "n < 5", "n = 0"]
ASKED = {"rows": ("country", "year"), "series": "sex", "survey": "A survey"}


def test_points_intervals_and_texts():
    chart = survey_exhibit(ESTIMATES, "unemployment_rate", **ASKED).charts[0]
    assert (chart.kind, chart.categories) == ("intervals", ("X01, 2020", "X02, 2020"))
    assert [each.label for each in chart.series] == ["Total", "Men", "Women"]
    men, women = chart.series[1:]
    assert men.numbers == (Fraction("9.35"), None)
    assert men.texts == ("9.4", "…")
    assert (men.low, men.high) == ((Fraction("7.5"), None), (Fraction("11.5"), None))
    assert women.texts == ("7.0 (u)", "–")
    assert "Men, X01, 2020: 9.4" in chart.alt
    assert len(chart.notes) == 3


def test_the_picture_draws_the_intervals():
    figure = draw(survey_exhibit(ESTIMATES, "unemployment_rate", **ASKED).charts[0])
    spans = {tuple(map(float, line.get_xdata())) for plane in planes(figure) for line in plane.lines}
    assert {(7.0, 9.6), (7.5, 11.5), (3.0, 15.0), (4.0, 6.0)} <= spans


def test_the_table_holds_every_number_and_withholds_the_rest():
    table = survey_exhibit(ESTIMATES, "unemployment_rate", **ASKED).table
    assert table.stub == ("Country", "Year", "Sex")
    assert [cell.text for cell in table.rows[1].cells] == ["9.4", "7.5", "11.5", "1.0", "100", "reliable"]
    assert [cell.value for cell in table.rows[4].cells[:4]] == [None] * 4
    assert [cell.text for cell in table.rows[4].cells[:4]] == ["…"] * 4
    assert [row.cells[0].worded for row in table.rows[:3]] == [False, False, True]
    assert table.rows[4].cells[5].text == "not published"
    assert [note.text for note in table.notes][:2] == [
        "(u) unreliable: n < 15",
        "… not published: n < 5, or what would give such a value back",
    ]
    said = survey_exhibit(ESTIMATES, "unemployment_rate", **ASKED, definition="As recorded.").table
    assert said.notes[-1].text == "As recorded."


def test_many_classes_are_rows_of_one_series():
    regions = pd.concat([ESTIMATES.head(1)] * 9, ignore_index=True).rename(columns={"sex": "region"})
    regions["region"] = ["_T", *map(str, range(1, 8)), "_X"]
    chart = survey_exhibit(regions, "unemployment_rate", **(ASKED | {"series": "region"})).charts[0]
    assert len(chart.series) == 1
    assert chart.categories == ("Total", "1", "2", "3", "4", "5", "6", "7", "not stated")
    assert len({id(draw(chart))}) == 1


def test_an_indicator_may_stand_without_classes():
    found = survey_exhibit(
        ESTIMATES[ESTIMATES["sex"] == "_T"], "unemployment_rate", **(ASKED | {"series": ""})
    )
    assert found.id == "survey_unemployment_rate"
    assert found.table.stub == ("Country", "Year")
    assert len(found.charts[0].series) == 1


def test_definitions_are_told_in_words():
    recorded = "labour_force_status=as recorded in ilo_lfs; working_age=15+ by ilo_age"
    assert definition_words(recorded, "en").endswith("as the survey records it. Working age: 15+.")
    derived = unemployment_rate(practice=LabourForcePractice(13, unemployment_criteria="seeking")).definition
    assert definition_words(derived, "en") == (
        "Labour force status is derived from the answers by the 13th International Conference of Labour "
        "Statisticians. unemployment criteria: seeking. Working age: 15+."
    )
    assert "=" not in definition_words(derived + "; " + recorded, "zh")


def test_ages_are_written_as_years():
    ages = ESTIMATES.assign(sex=["_T", "Y15T24", "Y_GE65"] * 2).rename(columns={"sex": "age"})
    chart = survey_exhibit(ages, "unemployment_rate", **(ASKED | {"series": "age"})).charts[0]
    assert [each.label for each in chart.series] == ["Total", "15–24", "65+"]


def test_other_dimensions_stand_at_their_total():
    more = pd.concat([ESTIMATES.assign(age="_T"), ESTIMATES.assign(age="Y15T24", value=99.0)])
    more = more[["indicator", "age", *ESTIMATES.columns[1:]]]
    found = survey_exhibit(more, "unemployment_rate", **ASKED)
    assert found.charts[0].series[1].texts[0] == "9.4"


@pytest.mark.parametrize(
    ("changed", "name", "said"),
    [
        (ESTIMATES.drop(columns="status"), "unemployment_rate", "no column status"),
        (ESTIMATES, "neet_rate", "nothing on neet_rate; there are unemployment_rate"),
        (pd.concat([ESTIMATES, ESTIMATES]), "unemployment_rate", "not one row a domain"),
    ],
)
def test_what_cannot_be_shown_is_told(changed, name, said):
    with pytest.raises(ValueError, match=said):
        survey_exhibit(changed, name, **ASKED)


def test_every_language_has_the_same_words():
    words = tomllib.loads(files("analysis.printed").joinpath("survey_words.toml").read_text(encoding="utf-8"))
    assert set(words) == set(languages())
    for language in words.values():
        assert set(language) == set(words["en"])
        assert set(language["indicator"]) == set(words["en"]["indicator"])
        assert set(language["dimension"]) == set(words["en"]["dimension"])
        assert set(language["choice"]) == set(words["en"]["choice"])


def test_a_language_without_words_is_named():
    with pytest.raises(LabelError, match=r"survey_words.toml has no section \[de\]: there are en"):
        survey_words("de")
