"""Regions and the World from country estimates, by hand and against published totals."""

from math import fsum
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.aggregation import EACH_COUNTRY, add_counts, form_rates, memberships

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="the folder shared/data is not beside the checkout"
)

COUNTRIES = pd.DataFrame(
    {
        "code": ["KEN", "UGA", "FRA", "DEU"],
        "region": ["Africa", "Africa", "Europe", "Europe"],
        "income": list("LLH "),
    }
)
GROUPS = memberships(COUNTRIES, area="code", groupings=["region", "income"], world="World")
POPULATION = pd.DataFrame({"area": ["KEN", "UGA", "FRA", "DEU"], "population": [50.0, 45.0, 67.0, 83.0]})
RATES = pd.DataFrame(
    {
        "area": ["KEN", "UGA", "FRA", "DEU"],
        "period": "2020",
        "value": [5.0, 3.0, 8.0, None],
        "unit": "percent",
        "labour_force": [20.0, 10.0, 30.0, 40.0],
    }
)
ASKED = {"population": POPULATION, "least_coverage": 50.0}


def one(rows, group):
    return rows[rows["group"] == group].iloc[0]


def test_rates_are_formed_from_summed_counts():
    rows = form_rates(RATES, GROUPS, weight="labour_force", **ASKED)
    assert rows["group"].tolist() == ["Africa", "Europe", "L", "H", "World"]
    africa = one(rows, "Africa")
    assert africa["numerator"] == pytest.approx(1.3, rel=1e-15)
    assert africa["value"] == pytest.approx(130 / 30, rel=1e-15)
    assert (africa["coverage"], africa["missing"], africa["status"], africa["unit"]) == (
        100,
        "",
        "A",
        "percent",
    )


@pytest.mark.slow
def test_below_the_stated_share_nothing_is_published():
    rows = form_rates(RATES, GROUPS, weight="labour_force", **ASKED)
    europe, world = one(rows, "Europe"), one(rows, "World")
    assert europe["coverage"] == pytest.approx(100 * 67 / 150)
    assert (europe["status"], europe["missing"], europe["reporting"], europe["members"]) == ("Q", "DEU", 1, 2)
    assert europe[["value", "numerator", "denominator"]].isna().all()
    assert world["coverage"] == pytest.approx(100 * 162 / 245)
    assert world["value"] == pytest.approx(100 * (1 + 0.3 + 2.4) / 60)
    lower = form_rates(RATES, GROUPS, weight="labour_force", population=POPULATION, least_coverage=44)
    assert one(lower, "Europe")["value"] == 8
    exactly = form_rates(
        RATES, GROUPS, weight="labour_force", population=POPULATION, least_coverage=100 * 67 / 150
    )
    assert one(exactly, "Europe")["status"] == "A"


def test_counts_are_summed_and_rounding_is_bounded():
    counts = RATES.assign(value=RATES["labour_force"], unit="thousand_persons")
    rows = add_counts(counts, GROUPS, decimals=0, **ASKED)
    assert one(rows, "World")["value"] == 100
    assert one(rows, "World")["rounding"] == 2
    assert one(rows, "World")["coverage_of"] == "population"


def test_sums_are_exact_whatever_the_sizes():
    rates = RATES.assign(value=100.0, labour_force=[1e16, 1.0, 1.0, 0.0])
    world = one(
        form_rates(rates, GROUPS[GROUPS["group"] == "World"], weight="labour_force", **ASKED), "World"
    )
    assert world["numerator"] == world["denominator"] == 1e16 + 2


def test_every_country_may_weigh_the_same():
    rows = form_rates(RATES, GROUPS, weight="labour_force", population=EACH_COUNTRY, least_coverage=60)
    assert one(rows, "World")["coverage"] == 75
    assert one(rows, "Europe")["coverage"] == 50
    assert set(rows["coverage_of"]) == {"countries"}


def test_a_country_without_denominator_is_missing():
    rates = RATES.assign(labour_force=[20, None, 30, 40])
    africa = one(form_rates(rates, GROUPS, weight="labour_force", **ASKED), "Africa")
    assert (africa["value"], africa["missing"]) == (5, "UGA")


def test_a_membership_may_change_with_the_period():
    rates = pd.concat([RATES, RATES.assign(period="2021", value=[1.0, 2.0, 3.0, 4.0])])
    groups = pd.DataFrame(
        [("low", "KEN", "2020"), ("low", "UGA", "2020"), ("low", "UGA", "2021")],
        columns=["group", "area", "period"],
    )
    rows = form_rates(rates, groups, weight="labour_force", **ASKED)
    assert rows[["period", "members"]].values.tolist() == [["2020", 2], ["2021", 1]]
    assert rows["value"].iloc[1] == 2


def test_keys_stay_apart():
    rates = pd.concat([RATES.assign(sex="SEX_M"), RATES.assign(sex="SEX_F", value=[1.0, 1.0, 1.0, 1.0])])
    rows = form_rates(rates, GROUPS, weight="labour_force", by=("period", "sex"), **ASKED)
    assert len(rows) == 2 * 5
    assert set(rows.loc[rows["sex"] == "SEX_F", "value"].round(9)) == {1.0}


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rates": pd.concat([RATES, RATES.head(1)])}, "2 rows share area, period"),
        ({"rates": RATES.drop(columns="labour_force")}, "no column labour_force"),
        ({"rates": RATES.assign(labour_force=[1, -1, 1, 1])}, "negative labour_force"),
        ({"rates": RATES.assign(labour_force=0)}, "sums to 0 in Africa"),
        ({"rates": RATES.assign(unit=["percent", "percent", "person", "percent"])}, "unlike units"),
        ({"groups": pd.concat([GROUPS, GROUPS.head(1)])}, "belongs to a group once"),
        ({"groups": GROUPS.drop(columns="area")}, "no column area"),
        ({"population": POPULATION.head(3)}, "missing or not positive for 1 members: DEU"),
        ({"population": POPULATION.assign(population=0)}, "not positive for 4 members"),
        ({"population": pd.concat([POPULATION, POPULATION])}, "expected one population"),
        ({"population": "countries"}, "expected a table of populations"),
    ],
)
def test_what_cannot_be_summed_is_told(changed, said):
    asked = {"rates": RATES, "groups": GROUPS, **ASKED} | changed
    with pytest.raises(ValueError, match=said):
        form_rates(asked.pop("rates"), asked.pop("groups"), weight="labour_force", **asked)


def test_shares_are_not_added():
    with pytest.raises(ValueError, match="percent are shares, which are not added"):
        add_counts(RATES, GROUPS, **ASKED)


@pytest.mark.parametrize(
    ("table", "asked", "said"),
    [
        (COUNTRIES, {"area": "iso"}, "no column iso"),
        (pd.concat([COUNTRIES, COUNTRIES.head(1)]), {"area": "code", "world": "World"}, "listed twice: KEN"),
        (
            COUNTRIES.assign(code=["KEN", None, "FRA", "DEU"]),
            {"area": "code", "world": "W"},
            "without a code",
        ),
        (COUNTRIES, {"area": "code"}, "name the columns to group by"),
    ],
)
def test_a_table_of_groups_is_checked(table, asked, said):
    with pytest.raises(ValueError, match=said):
        memberships(table, **asked)


RATE = st.floats(0, 100, allow_subnormal=False)


@pytest.mark.slow
@settings(deadline=None)
@given(
    st.lists(st.tuples(RATE, st.floats(0.001, 1e9), st.booleans()), min_size=1, max_size=6),
    st.randoms(),
)
def test_a_rate_lies_between_its_countries_and_does_not_depend_on_their_order(countries, random):
    areas = [f"C{number:02d}" for number in range(len(countries))]
    rates = pd.DataFrame(
        {
            "area": areas,
            "period": "2020",
            "value": [rate if there else None for rate, _, there in countries],
            "weight": [weight for _, weight, _ in countries],
        }
    ).astype({"value": float})
    groups = memberships(pd.DataFrame({"area": areas}), area="area", world="World")
    asked = {"weight": "weight", "population": EACH_COUNTRY, "least_coverage": 0}
    found = form_rates(rates, groups, **asked).iloc[0]
    present = rates["value"].dropna()
    assert found["reporting"] == len(present)
    if len(present):
        assert present.min() * (1 - 1e-12) <= found["value"] <= present.max() * (1 + 1e-12)
        shuffled = list(range(len(areas)))
        random.shuffle(shuffled)
        again = form_rates(rates.iloc[shuffled], groups, **asked).iloc[0]
        assert again["value"] == found["value"]
    else:
        assert found["status"] == "Q"


REGIONS = {
    "East Asia & Pacific": "EAS",
    "Europe & Central Asia": "ECS",
    "Latin America & Caribbean": "LCN",
    "Middle East & North Africa": "MEA",
    "North America": "NAC",
    "South Asia": "SAS",
    "Sub-Saharan Africa": "SSF",
    "Low income": "LIC",
    "Lower middle income": "LMC",
    "Upper middle income": "UMC",
    "High income": "HIC",
    "World": "WLD",
}


@pytest.fixture(scope="module")
def world_bank():
    path = SHARED / "world_bank" / "API_SL.TLF.TOTL.IN_DS2_en_excel_v2_1585272.xls"
    sheets = {}
    for name, header in (("Data", 3), ("Metadata - Countries", 0)):
        with pytest.warns(match="xlrd"):
            sheets[name] = pd.read_excel(
                path, sheet_name=name, header=header, keep_default_na=False, na_values=[""]
            )
    published = sheets["Data"].set_index("Country Code").filter(regex=r"^(199|20)\d")
    published = published.rename_axis(columns="period").stack().rename("value").reset_index()
    published = published.rename(columns={"Country Code": "area"}).dropna(subset="value")
    return published, sheets["Metadata - Countries"].dropna(subset="Region")


@pytest.mark.slow
@needs_shared
def test_world_bank_labour_force_gives_every_published_total(world_bank):
    """The file holds whole persons: n rounded figures may miss the rounded sum by (n + 1) / 2."""
    published, countries = world_bank
    counts = published[published["area"].isin(countries["Country Code"])]
    assert (published["value"] % 1 == 0).all()
    groups = memberships(countries, area="Country Code", groupings=["Region", "IncomeGroup"], world="World")
    rows = add_counts(
        counts.assign(unit="person"), groups, population=EACH_COUNTRY, least_coverage=50, decimals=0
    )
    totals = published.set_index(["area", "period"])["value"]
    printed = [
        totals[REGIONS[group], period] for group, period in zip(rows["group"], rows["period"], strict=True)
    ]
    assert len(rows) == 12 * 33
    apart = (rows["value"] - printed).abs()
    assert (apart <= rows["rounding"] + 0.5).all()
    assert apart.max() <= 7
    assert (apart / rows["value"]).max() < 1e-7
    world = rows[(rows["group"] == "World") & (rows["period"] == "2023")].iloc[0]
    assert {"PSE", "UKR", "XKX"} <= set(world["missing"].split())
    assert (world["members"], world["reporting"]) == (217, 185)


M49 = {
    "Caribbean": 419, "Central America": 419, "South America": 419, "Pacific Islands": 9,
    "Eastern Africa": 202, "Western Africa": 202, "Central Africa": 202, "Southern Africa": 202,
    "Northern Africa": 747, "Western Asia": 747, "Arab States": 747, "Southern Asia": 62, "Central Asia": 62,
    "Eastern Asia": 753, "South-Eastern Asia": 753, "Eastern Europe": 513, "Northern Europe": 513,
    "Southern Europe": 513, "Western Europe": 513, "Northern America": 513,
}  # fmt: skip


@pytest.mark.slow
@needs_shared
def test_un_regions_give_the_world_unemployment_rate(world_bank):
    published, _ = world_bank
    countries = pd.read_csv(
        SHARED / "ilo" / "ilo_countries_en.csv", keep_default_na=False, encoding="utf-8-sig"
    )
    countries["region"] = countries["ILO Subregion - Detailed"].map(M49)
    groups = memberships(countries, area="ISO3 Code", groupings=["region"])
    labour = add_counts(published.assign(unit="person"), groups, population=EACH_COUNTRY, least_coverage=0)
    labour = labour.rename(columns={"group": "area", "value": "labour_force"})[
        ["area", "period", "labour_force"]
    ]
    rates = pd.read_csv(next((SHARED / "un_sdg").glob("*sl_tlf_uem*.csv")))
    rates = rates[(rates["nature"] == "m") & (rates["sex"] == "bothsex") & (rates["age"] == "15")]
    rates = rates.rename(columns={"geo_area": "area", "sl_tlf_uem": "value"})
    rates["period"], rates["unit"] = rates["year"].astype(str), "percent"
    regions = rates.merge(labour, on=["area", "period"])[["area", "period", "value", "unit", "labour_force"]]
    everywhere = pd.DataFrame({"group": "World", "area": sorted(set(M49.values()))})
    weights = regions.rename(columns={"labour_force": "population"})[["area", "period", "population"]]
    world = form_rates(regions, everywhere, weight="labour_force", population=weights, least_coverage=90)
    printed = rates[rates["area"] == 1].set_index("period")["value"]
    apart = (world.set_index("period")["value"] - printed).abs()
    assert len(world) == 20
    assert printed["2019"] == 5.39
    assert apart.max() < 0.04
    assert fsum(regions.loc[regions["period"] == "2019", "labour_force"]) > 3e9


JOINED_SINCE_2003 = {"BRN", "COK", "MDV", "MHL", "PLW", "WSM", "TLS", "TON", "TUV", "VUT"}
CROWN_DEPENDENCIES = {"GGY", "JEY"}


@needs_shared
def test_ilo_groups_hold_187_member_states():
    """The file's own flag is old: it lacks ten States and calls two Crown dependencies members."""
    countries = pd.read_csv(
        SHARED / "ilo" / "ilo_countries_en.csv", keep_default_na=False, encoding="utf-8-sig"
    )
    flagged = set(countries.loc[countries["Is ILO member?"] == "Yes", "ISO3 Code"])
    assert len(flagged) == 179
    assert flagged >= CROWN_DEPENDENCIES
    assert not flagged & JOINED_SINCE_2003
    members = (flagged - CROWN_DEPENDENCIES) | JOINED_SINCE_2003
    assert len(members) == 187
    listed = countries[countries["ISO3 Code"].isin(members)]
    groups = memberships(listed, area="ISO3 Code", groupings=["ILO Region"], world="World")
    sizes = groups.groupby("group").size()
    assert sizes["World"] == 187
    assert sizes.drop("World").to_dict() == {
        "Africa": 54,
        "Americas": 35,
        "Arab States": 11,
        "Asia and the Pacific": 36,
        "Europe and Central Asia": 51,
    }
