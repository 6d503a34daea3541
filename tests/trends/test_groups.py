"""Groupings of countries: by hand, and against the aggregates that the World Bank publishes."""

import csv

import pandas as pd
import pytest

from analysis.cli import main
from analysis.sources.vintages.groupings import countries
from analysis.trends.groups import group_rates
from analysis.trends.opening import Trends

AGGREGATES = {
    "High income": "WB:HIC", "Upper middle income": "WB:UMC", "Lower middle income": "WB:LMC",
    "Low income": "WB:LIC", "East Asia & Pacific": "WB:EAS", "Europe & Central Asia": "WB:ECS",
    "Latin America & Caribbean": "WB:LCN", "Middle East & North Africa": "WB:MEA",
    "North America": "WB:NAC", "South Asia": "WB:SAS", "Sub-Saharan Africa": "WB:SSF",
}  # fmt: skip


@pytest.fixture(scope="module")
def trends(vintages):
    return Trends(vintages)


@pytest.mark.slow
@pytest.mark.parametrize(("grouping", "groups"), [("world_bank_income_group", 4), ("world_bank_region", 7)])
def test_countries_rebuild_the_aggregates_that_the_world_bank_publishes(trends, grouping, groups):
    """Women's and men's unemployment, 2000 to 2019: low income to a millionth, all within 0.09."""
    rows = trends.grouped("world_bank_2021_10", "unemployment_rate", grouping)
    assert rows["group"].nunique() == groups
    rows["area"] = rows["group"].map(AGGREGATES)
    keys = ["indicator", "area", "sex", "age", "period"]
    published = trends.vintages.observations("world_bank_2021_10")[[*keys, "value"]]
    both = rows.merge(published, on=keys, suffixes=("", "_published"))
    assert len(both) == len(rows) == groups * 2 * 20
    apart = (both["value"] - both["value_published"]).abs()
    assert apart.max() < 0.09
    assert (apart[both["group"] == "Low income"] < 1e-6).all()
    assert both["coverage"].min() > 99.9


def test_every_country_has_its_groups(trends):
    listed = countries(trends.vintages).set_index("area")
    assert listed.loc["KEN", ["ilo_region", "world_bank_region"]].tolist() == ["Africa", "Sub-Saharan Africa"]
    assert (listed["world_bank_income_group"] != "").sum() > 210
    assert "WLD" not in listed.index


ROWS = pd.DataFrame(
    [
        ("r", "SEX_T", "Y", area, "2020", value)
        for area, value in (("AAA", 10.0), ("BBB", 20.0), ("CCC", None), ("DDD", 5.0))
    ],
    columns=["indicator", "sex", "age", "area", "period", "value"],
).dropna()
WEIGHTS = pd.DataFrame(
    [(area, "2020", "SEX_T", "Y", weight) for area, weight in (("AAA", 1.0), ("BBB", 3.0), ("CCC", 4.0))],
    columns=["area", "period", "sex", "age", "weight"],
)
GROUPS = pd.DataFrame({"area": ["AAA", "BBB", "CCC", "DDD"], "g": ["one", "one", "two", "two"]})


def test_groups_by_hand():
    rows = group_rates(ROWS, WEIGHTS, GROUPS, "g", indicator="r").set_index("group")
    assert rows.loc["one", ["value", "low", "high", "coverage"]].tolist() == [17.5, 17.5, 17.5, 100]
    assert rows.loc["two", "status"] == "Q"
    assert rows.loc["two", "missing"] == "CCC"
    assert rows.loc["two", ["value", "low"]].isna().all()
    with pytest.raises(ValueError, match="other: no rates of countries with a weight"):
        group_rates(ROWS, WEIGHTS, GROUPS, "g", indicator="other")


@pytest.mark.slow
def test_the_command(capsys, tmp_path):
    asked = [
        "--vintage",
        "world_bank_2026_04",
        "--indicators",
        "unemployment_rate",
        "--output",
        str(tmp_path),
    ]
    assert main(["trends", "--grouping", "ilo_region", *asked]) == 0
    printed = capsys.readouterr().out
    assert "Asia and the Pacific" in printed
    path = tmp_path / "tables" / "unemployment_rate_by_ilo_region.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert {row["group"] for row in rows} >= {"Africa", "Americas", "Arab States"}
    assert all(row["value"] for row in rows if row["status"] == "A")


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--grouping", "ilo_region"], "name --indicators and a --vintage"),
        (["--grouping", "ilo_region", "--indicators", "managers_female_share", "--vintage", "un_sdg_2022_04"],
         "has nothing that its rates are shares of"),
    ],
)  # fmt: skip
def test_what_cannot_be_grouped_is_told(capsys, words, said):
    assert main(["trends", *words]) == 2
    assert said in capsys.readouterr().err
