"""Weights by hand, and our own World beside the one that each service publishes."""

import numpy as np
import pandas as pd
import pytest

from analysis.rounding import round_half_up
from analysis.sources.vintages.population import population
from analysis.trends.attainable import attainable_world
from analysis.trends.opening import Trends
from analysis.trends.weighting import employed_of_labour_force, labour_force_of_areas
from analysis.trends.world import COUNTRIES, REGIONS, departures, weigh_to_world


@pytest.fixture(scope="module")
def trends(vintages):
    return Trends(vintages)


def people(rows):
    return pd.DataFrame(rows, columns=["area", "region", "period", "sex", "age", "population"])


ALL, YOUNG = "YTHADULT_YGE15", "YTHADULT_Y15-24"
PEOPLE = people(
    [
        (area, "R", year, sex, age, size)
        for area, base in (("AAA", 100.0), ("BBB", 300.0))
        for year in ("2019", "2020")
        for sex in ("SEX_F", "SEX_M")
        for age, size in ((ALL, base), (YOUNG, base / 5))
    ]
)
RATES = pd.DataFrame(
    [
        ("AAA", "2019", sex, age, rate)
        for sex, age, rate in (
            ("SEX_F", ALL, 50.0),
            ("SEX_M", ALL, 70.0),
            ("SEX_F", YOUNG, 20.0),
            ("SEX_M", YOUNG, 30.0),
        )
    ],
    columns=["area", "period", "sex", "age", "value"],
)


def test_the_labour_force_by_hand():
    """B has no rate and takes its region's, which is A's; 2020 takes the rate of 2019."""
    found = labour_force_of_areas(PEOPLE, RATES).set_index(["area", "period", "sex", "age"])
    for year in ("2019", "2020"):
        assert found.loc[("AAA", year, "SEX_F", ALL), "weight"] == 50
        assert found.loc[("AAA", year, "SEX_T", ALL), "weight"] == 120
        assert found.loc[("BBB", year, "SEX_M", YOUNG), "weight"] == 18
        assert found.loc[("R", year, "SEX_T", ALL), "weight"] == 480
        assert found.loc[("R", year, "SEX_T", "YTHADULT_YGE25"), "weight"] == 480 - 4 * (4 + 6)
        assert found.loc[("R", year, "SEX_T", ALL), "imputed"] == 75
        assert found.loc[("AAA", year, "SEX_T", ALL), "imputed"] == 0


def test_the_employed_take_their_own_rate_or_their_regions():
    labour = labour_force_of_areas(PEOPLE, RATES)
    rates = pd.DataFrame(
        [("AAA", "2019", "SEX_T", ALL, 10.0), ("R", "2019", "SEX_T", ALL, 20.0)], columns=RATES.columns
    )
    found = employed_of_labour_force(labour, rates, {"AAA": "R", "BBB": "R"})
    by = found[found["period"] == "2019"].set_index("area")["weight"]
    assert by.to_dict() == {"AAA": 108, "BBB": 360 * 0.8, "R": 480 * 0.8}
    assert found["period"].unique().tolist() == ["2019"]


@pytest.mark.slow
def test_population_of_the_world_by_age(trends):
    """World Population Prospects 2019 puts the population of 2019 at 7,713 million."""
    vintages = trends.vintages
    rows = population(vintages["wpp_2019"], vintages.codes)
    year = rows[(rows["period"] == "2019") & (rows["sex"] == "SEX_T")]
    regions = year[year["area"] == year["region"]]
    assert len(regions["area"].unique()) == 8
    by = regions.groupby("age")["population"].sum()
    assert by["TOTAL"] == pytest.approx(7_713_468_000, rel=1e-5)
    assert by[ALL] == pytest.approx(by[YOUNG] + by["YTHADULT_YGE25"], rel=1e-12)
    countries = year[year["area"] != year["region"]]
    totals = countries[countries["age"] == "TOTAL"].groupby("region")["population"].sum()
    listed = regions[regions["age"] == "TOTAL"].set_index("area")["population"]
    apart = (totals / listed - 1).abs()
    assert apart.drop("M49:543").max() < 0.001
    assert apart["M49:543"] == pytest.approx(0.02, abs=0.001)  # the small islands have no rows of their own


@pytest.mark.slow
def test_children_take_three_fifths_of_the_ages_15_to_19(trends):
    rows = trends._population
    kenya = rows[(rows["area"] == "KEN") & (rows["period"] == "2019") & (rows["sex"] == "SEX_T")]
    by = kenya.set_index("age")["population"]
    # as the file gives the ages 5-9, 10-14 and 15-19
    assert by["Y5-17"] == pytest.approx(6_966_450 + 6_629_620 + 0.6 * 5_864_010)


ADULTS = {ALL, "YTHADULT_YGE25"}
UN = ("un_sdg_2020_10", "un_sdg_2021_12", "un_sdg_2022_04")
PERIODS = {
    "un_sdg_2020_10": {"neet_rate": 45, "social_protection_coverage": 1, "unemployment_rate": 180},
    "un_sdg_2021_12": {"neet_rate": 45, "social_protection_coverage": 2, "unemployment_rate": 181},
    "un_sdg_2022_04": {"neet_rate": 48, "social_protection_coverage": 2, "unemployment_rate": 192},
}

ALIKE = {
    "un_sdg_2020_10": {"neet_rate": 45, "social_protection_coverage": 1, "unemployment_rate": 165},
    "un_sdg_2021_12": {"neet_rate": 40, "social_protection_coverage": 2, "unemployment_rate": 160},
    "un_sdg_2022_04": {"neet_rate": 48, "social_protection_coverage": 2, "unemployment_rate": 164},
}
"""How many print as published, rounded half-up to one decimal; METHODS tells them in per cent."""


AREAS = {"un_sdg_2020_10": 8, "un_sdg_2021_12": 8, "un_sdg_2022_04": 5}
"""How many regions give a rate of unemployment: the last vintage has M49's five regions as well."""


@pytest.mark.slow
@pytest.mark.parametrize("name", UN)
def test_regions_rebuild_the_published_world(trends, name):
    """Within 0.1 of the published World, whatever the sex, the age and the year."""
    rows = trends.departures(name)
    for indicator, number in PERIODS[name].items():
        own = rows[rows["indicator"] == indicator]
        assert len(own) == number
        assert own["departure"].notna().all()
        assert own["departure"].abs().max() < 0.1
        pairs = zip(own["value"], own["published"], strict=True)
        alike = [
            round_half_up(f"{ours:.8f}", 1) == round_half_up(f"{theirs:.8f}", 1) for ours, theirs in pairs
        ]
        assert sum(alike) == ALIKE[name][indicator]
        areas = 8 if indicator == "social_protection_coverage" else AREAS[name]
        assert set(own["reporting"]) == set(own["members"]) == {areas}
        assert own["coverage"].min() == 100
    assert "managers_female_share" not in set(rows["indicator"])


@pytest.mark.slow
def test_of_kinds_of_regions_the_fewest_are_taken_that_have_a_rate_each(trends):
    """In December 2021 two of M49's five regions have working poverty rates: they make no World."""
    assert [len(areas) for areas in trends.partitions] == [5, 8]
    rows = trends.departures(UN[1])
    poverty = rows[rows["indicator"] == "working_poverty_rate"]
    assert set(poverty["members"]) == {8}
    assert poverty["departure"].abs().max() < 0.1
    held = trends.labour[(trends.labour["sex"] == "SEX_T") & (trends.labour["age"] == ALL)]
    year = held[held["period"] == "2019"].set_index("area")["weight"]
    five, eight = (year[areas].sum() for areas in trends.partitions)
    assert five == pytest.approx(eight, rel=1e-9)


@pytest.mark.slow
def test_the_eight_regions_alone_miss_the_young_of_the_last_vintage(trends):
    """Their weights are of the edition before, carried over 2020, when the young left the labour force."""
    rows, weights = trends.vintages.observations(UN[-1]), trends.weights(UN[-1])
    own = weigh_to_world(rows, weights, trends.regions, made_from=REGIONS)
    own = departures(own, rows, "M49:1")
    young = own[(own["indicator"] == "unemployment_rate") & (own["age"] == YOUNG)]
    assert len(young) == 63
    assert young["departure"].abs().max() == pytest.approx(0.284, abs=0.001)
    assert (young["departure"].abs() >= 0.1).sum() == 10


@pytest.mark.slow
def test_the_young_of_2020_refute_carried_weights_and_leave_their_world_open(trends):
    """The regions' own rates by sex and age, each within its rounding, as a linear programme."""
    rows = trends.vintages.observations(UN[-1])
    rows = rows[rows["indicator"] == "unemployment_rate"]
    world = rows[(rows["area"] == "M49:1") & (rows["age"] == YOUNG)].set_index(["period", "sex"])["value"]
    known = (rows, trends.labour, trends.regions)
    assert attainable_world(*known, period="2020", within=2) is None
    assert attainable_world(*known, period="2020", within=3) is not None
    assert attainable_world(*known, period="2019", within=2) is not None
    for period, sex in (("2020", "SEX_T"), ("2020", "SEX_F"), ("2020", "SEX_M"), ("2013", "SEX_F")):
        low, high = attainable_world(*known, period=period, sex=sex)
        assert low - 0.05 <= world[period, sex] <= high + 0.05
        assert high - low > 0.2  # no estimate from these data is sure to be within 0.1
    low, high = attainable_world(*known, period="2020")
    assert (low, high) == pytest.approx((15.112, 15.653), abs=0.001)
    assert attainable_world(*known, period="2009") is None


@pytest.mark.slow
def test_a_world_that_regions_cannot_rebuild_is_not_given(trends):
    """In October 2020 two regions have no working poverty rate; theirs is below every rate observed.

    So the bounds, which take the lowest observed, do not reach down to the published World.
    """
    rows = trends.departures(UN[0])
    poverty = rows[rows["indicator"] == "working_poverty_rate"]
    assert poverty["value"].isna().all()
    assert set(poverty["status"]) == {"Q"}
    assert set(poverty["missing"]) == {"M49:513 M49:53"}
    assert (poverty["low"] > poverty["published"]).mean() > 0.9


@pytest.mark.slow
def test_child_labour_has_one_world_with_its_bounds(trends):
    rows = trends.departures(UN[-1])
    one = rows[(rows["indicator"] == "child_labour_rate") & (rows["sex"] == "SEX_T")]
    assert len(one) == 1
    assert one["missing"].item() == "M49:53 M49:543"
    assert one["low"].item() < one["published"].item() < one["high"].item()


@pytest.mark.slow
def test_countries_give_no_world_unless_nearly_all_report(trends):
    rows = trends.departures(UN[-1], COUNTRIES)
    assert rows["value"].isna().all()
    shown = rows[(rows["indicator"] == "social_protection_coverage") & (rows["period"] == "2020")]
    assert shown["coverage"].item() == pytest.approx(69.5, abs=0.1)
    modelled = trends.departures("world_bank_2026_04", COUNTRIES)
    assert modelled["coverage"].min() > 99
    assert modelled["departure"].abs().max() < 0.08
    assert len(modelled) == 23


SAMPLE = pd.DataFrame(
    {
        "indicator": "unemployment_rate",
        "sex": "SEX_T",
        "age": ALL,
        "area": ["P", "Q", "World"] * 2,
        "period": ["2019"] * 3 + ["2020"] * 3,
        "value": [10.0, 4.0, 6.0, 12.0, np.nan, 7.0],
        "vintage": "sample",
    }
).dropna()
WEIGHTS = pd.DataFrame(
    [
        (area, year, "SEX_T", ALL, weight)
        for area, weight in (("P", 1.0), ("Q", 2.0))
        for year in ("2019", "2020")
    ],
    columns=["area", "period", "sex", "age", "weight"],
)


@pytest.mark.slow
def test_our_own_world_by_hand():
    held = {"unemployment_rate": WEIGHTS}
    rows = weigh_to_world(SAMPLE, held, ["P", "Q"], made_from=REGIONS).set_index("period")
    assert rows.loc["2019", "value"] == 6
    assert np.isnan(rows.loc["2020", "value"])
    assert (rows.loc["2020", "status"], rows.loc["2020", "missing"]) == ("Q", "Q")
    assert rows.loc["2020", "coverage"] == pytest.approx(100 / 3)
    forced = weigh_to_world(SAMPLE, held, ["P", "Q"], made_from=REGIONS, least_coverage=0).set_index("period")
    assert forced.loc["2020", "value"] == 12
    assert set(rows["area"]) == {"own:world"}
    lacking = {"unemployment_rate": WEIGHTS[WEIGHTS["area"] == "P"]}
    assert weigh_to_world(SAMPLE, lacking, ["P", "Q"], made_from=REGIONS)["unweighted"].tolist() == [1, 0]
    with pytest.raises(ValueError, match="no indicator has both rates and weights"):
        weigh_to_world(SAMPLE, {}, ["P", "Q"], made_from=REGIONS)
