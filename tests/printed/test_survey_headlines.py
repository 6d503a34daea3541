"""Headlines of survey charts: what stands out beyond the intervals, and that nothing does where they meet."""

import pandas as pd
import pytest

from analysis.labels import languages
from analysis.printed.survey_estimates import survey_exhibit, survey_words
from analysis.printed.survey_headlines import survey_headline

COLUMNS = ["country", "year", "sex", "value", "lower", "upper", "status"]


def estimates(*rows) -> pd.DataFrame:
    """Return estimates of the given country, year, class, value, bounds and status."""
    frame = pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(COLUMNS[3:6], float))
    frame.insert(0, "indicator", "unemployment_rate")
    return frame.assign(standard_error=1.0, n=100, unit="percent", definition="", status_rule="")


def one(*classes, total=("_T", 10.0, 9.0, 11.0, "A")) -> pd.DataFrame:
    return estimates(*(("X01", "2020", *each) for each in (total, *classes)))


def said(frame: pd.DataFrame, series: str = "sex", language: str = "en") -> str:
    asked = {"rows": ("country", "year"), "series": series, "survey": "A survey", "language": language}
    return survey_exhibit(frame, "unemployment_rate", **asked).charts[0].headline


APART = one(("M", 8.0, 7.0, 9.0, "A"), ("F", 12.0, 11.0, 13.0, "A"))
OVERLAP = one(("M", 9.0, 7.0, 11.04, "A"), ("F", 11.5, 10.96, 13.0, "A"))
REGIONS = [("R1", 5.0, 4.0, 6.0, "A"), ("R2", 8.0, 6.5, 9.5, "A"), ("R3", 9.0, 8.0, 10.0, "A")]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("frame", "headline"),
    [
        (APART, "Women: 12.0%, against 8.0% (Men): the intervals lie apart"),
        (OVERLAP, "No difference stands out: 11.5% (Women), 9.0% (Men), with intervals that overlap"),
        (one(*REGIONS), "Highest: R3 (9.0%), lowest: R1 (5.0%): their intervals lie apart"),
        (
            one(*REGIONS, ("R4", 20.0, 18.0, 22.0, "A")),
            "Highest: R4 (20.0%), above every other; lowest: R1 (5.0%)",
        ),
        (
            one(("R1", 5.0, 2.0, 8.0, "A"), *REGIONS[1:]),
            "None stands out: from 9.0% (R3) to 5.0% (R1), with intervals that overlap",
        ),
        (one(), "10.0% (95% confidence interval 9.0 to 11.0)"),
        (one(total=("_T", 10.0, None, None, "A")), "10.0% (no interval)"),
        (one(total=("_T", 10.0, 2.0, 30.0, "U")), "10.0% (u) (95% confidence interval 2.0 to 30.0)"),
        (one(total=("_T", None, None, None, "Q")), "No estimate is published"),
    ],
)
def test_what_stands_out_among_the_classes_of_a_survey_is_said(frame, headline):
    assert said(frame) == headline


def test_a_bare_number_stands_after_its_dimension():
    frame = one(("1", 8.0, 7.0, 9.0, "A"), ("2", 12.0, 11.0, 13.0, "A")).rename(columns={"sex": "region"})
    assert said(frame, "region") == "Region 2: 12.0%, against 8.0% (region 1): the intervals lie apart"


@pytest.mark.parametrize("status", ["U", "Q"])
def test_an_unreliable_or_withheld_class_is_not_compared(status):
    frame = one(("M", 8.0, 7.0, 9.0, "A"), ("F", 30.0, 29.0, 31.0, status))
    assert said(frame) == "10.0% (95% confidence interval 9.0 to 11.0)"


def test_those_not_stated_are_not_compared():
    assert said(one(("M", 8.0, 7.0, 9.0, "A"), ("_X", 30.0, 29.0, 31.0, "A"))).startswith("10.0%")


def over_years(last: tuple, place: str = "X01") -> pd.DataFrame:
    return estimates(
        ("X01", "2019", "_T", 8.0, 7.0, 9.0, "A"),
        ("X01", "2019", "F", 50.0, 49.0, 51.0, "A"),
        (place, "2020", "_T", *last, "A"),
        (place, "2020", "F", 1.0, 0.5, 1.5, "A"),
    )


@pytest.mark.parametrize(
    ("last", "headline"),
    [
        ((12.0, 11.0, 13.0), "Up from 8.0% in 2019 to 12.0% in 2020: the intervals lie apart"),
        ((5.0, 4.0, 6.0), "Down from 8.0% in 2019 to 5.0% in 2020: the intervals lie apart"),
        ((9.5, 9.0, 10.0), "No change stands out: 8.0% in 2019, 9.5% in 2020, with intervals that overlap"),
    ],
)
def test_totals_are_followed_from_the_first_year_to_the_last(last, headline):
    assert said(over_years(last)) == headline


def test_of_several_countries_the_totals_are_compared():
    frame = over_years((12.0, 11.0, 13.0), "X02")
    assert said(frame) == "X02, 2020: 12.0%, against 8.0% (X01, 2019): the intervals lie apart"


def test_bounds_meet_as_they_are_printed():
    """11.04 and 10.96 are both printed 11.0: to a reader the intervals meet."""
    rows = OVERLAP.assign(year="2020")
    assert survey_headline(rows, ("country", "year"), "sex", 1)[0] == "pair_overlap"
    touching = one(("M", 9.0, 7.0, 10.97, "A"), ("F", 12.0, 11.03, 13.0, "A"))
    assert survey_headline(touching, ("country", "year"), "sex", 1)[0] == "pair_overlap"
    assert survey_headline(touching, ("country", "year"), "sex", 2)[0] == "pair_apart"


@pytest.mark.sampled
@pytest.mark.parametrize("language", languages())
def test_every_rule_has_its_words_in_every_language(language):
    words, english = survey_words(language)["headline"], survey_words("en")["headline"]
    assert words.keys() == english.keys()
    for rule, text in words.items():
        places = {name for name in ("first", "last", "first_value", "last_value") if f"{{{name}}}" in text}
        assert places == {
            name for name in ("first", "last", "first_value", "last_value") if f"{{{name}}}" in english[rule]
        }
    headline = said(APART, language=language)
    assert "{" not in headline
    assert survey_words(language)["sex_F"] in headline


def test_the_headline_stands_above_the_title_in_the_picture_and_the_text_for_readers():
    resolved = survey_exhibit(
        APART, "unemployment_rate", rows=("country", "year"), series="sex", survey="A survey"
    )
    chart = resolved.charts[0]
    assert resolved.headline == chart.headline == chart.heading
    assert chart.beneath == "Unemployment rate, by sex. %; lines are 95% confidence intervals"
    assert chart.alt.startswith(f"{chart.headline}. Points with intervals:")


def test_without_standard_errors_no_method_and_no_interval_is_claimed():
    frame = APART.assign(standard_error=float("nan"), lower=float("nan"), upper=float("nan"))
    resolved = survey_exhibit(
        frame, "unemployment_rate", rows=("country", "year"), series="sex", survey="A survey"
    )
    assert resolved.source == "Source: A survey. Persons weighted; no standard errors."
    assert "interval" not in resolved.charts[0].subtitle
    assert resolved.headline == "10.0% (no interval)"
