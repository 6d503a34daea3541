"""Groupings of countries: by hand, and against the aggregates that the World Bank publishes."""

import csv

import numpy as np
import pandas as pd
import pytest

from analysis.cli import main
from analysis.labels import languages
from analysis.printed.area_notes import years_in_words
from analysis.printed.group_trends import group_trends
from analysis.sources.vintages.groupings import GROUPINGS, countries, group_words, listed_by
from analysis.sources.vintages.record import titles_of_estimates
from analysis.trends.groups import ALIKE, group_rates, parts_of_changes
from analysis.trends.opening import ENOUGH, Trends, _given

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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("grouping", "cells", "widest"),
    [
        ("sdg_region", 320, 0.056), ("m49_region", 80, 0.055), ("m49_subregion", 400, 0.059),
        ("m49_least_developed", 40, 0.056), ("m49_landlocked", 40, 0.046), ("m49_small_islands", 40, 0.048),
    ],
)  # fmt: skip
def test_countries_of_one_service_rebuild_the_regions_that_another_publishes(trends, grouping, cells, widest):
    """Of one edition: the World Bank's countries beside the UN's regions, which print one decimal.

    Rounding explains 0.05; 0.008 are left, and 19 of 20 cells print alike.
    """
    rows = trends.grouped("world_bank_2021_10", "unemployment_rate", grouping).assign(
        area=lambda made: made["group"]
    )
    keys = ["indicator", "area", "sex", "age", "period"]
    published = trends.vintages.observations("un_sdg_2021_12")[[*keys, "value"]]
    both = rows.drop(columns="published").merge(published, on=keys, suffixes=("", "_published"))
    assert len(both) == cells
    assert (both["value"] - both["value_published"]).abs().max() < widest
    assert (both["value"].round(1) == both["value_published"]).mean() > 0.94


@pytest.mark.slow
def test_numbers_of_a_service_for_the_same_groups_stand_beside(trends):
    rows = trends.grouped("world_bank_2026_04", "unemployment_rate", "world_bank_region")
    last = rows[rows["period"] == "2022"].set_index("group")
    assert (last["value"] - last["published"] - last["departure"]).abs().max() < 1e-12
    assert last.loc["North America", "departure"] < 0.01
    assert last.loc["Middle East & North Africa", "departure"] > 1  # the bank has redrawn the region since
    assert rows["period"].max() == "2022"  # weights end
    assert listed_by(trends.vintages, "world_bank_region", "world_bank_2026_04").endswith("June 2024")
    assert listed_by(trends.vintages, "world_bank_region", "world_bank_2021_10").endswith("October 2021")


def test_each_line_is_the_newest_editions_that_gives_half_of_it(trends):
    given = pd.DataFrame({"status": ["A", "Q"]})
    assert [_given(given), _given(given[1:]), _given(pd.concat([given, given[1:]]))] == [ENOUGH, 0, 1]


@pytest.mark.slow
def test_lines_come_from_the_vintages_that_suffice(trends):
    rows = trends.newest_rates("unemployment_rate", "ilo_region")
    told = rows.groupby(["sex", "age"])["vintage"].first().to_dict()
    assert told["SEX_T", "YTHADULT_YGE15"] == "world_bank_2026_04"
    assert told["SEX_F", "YTHADULT_YGE15"] == "world_bank_2021_10"
    assert told["SEX_T", "YTHADULT_Y15-24"] == "un_sdg_2022_04"
    assert rows["sex"].iloc[0] == "SEX_T"


def test_every_country_has_its_groups(trends):
    listed = countries(trends.vintages).set_index("area")
    assert listed.loc["KEN", ["ilo_region", "world_bank_region", "sdg_region"]].tolist() == [
        "Africa", "Sub-Saharan Africa", "M49:202",
    ]  # fmt: skip
    own = [name for name in GROUPINGS if name.startswith("m49")]
    assert listed.loc["UGA", own].tolist() == [
        "M49:2", "M49:202", "M49:14", "M49:199", "M49:432", "",
    ]  # fmt: skip
    assert (listed["world_bank_income_group"] != "").sum() > 210
    assert listed["sdg_region"].replace("", None).nunique() == 8
    assert "WLD" not in listed.index


@pytest.mark.slow
def test_every_grouping_and_group_has_words_in_every_language(trends):
    table = group_words(trends.vintages, titles_of_estimates(trends.vintages, complete=False)).rows
    held = table.groupby(["kind", "code"])["language"].agg(set)
    listed = countries(trends.vintages)
    wanted = [("grouping", name) for name in GROUPINGS]
    wanted += [
        ("area", f"{name}:{group}") for name in GROUPINGS for group in sorted(set(listed[name]) - {""})
    ]
    assert len(wanted) > 90
    assert {key: held[key] for key in wanted if held[key] != set(languages())} == {}


def test_a_change_is_taken_apart_by_hand():
    """Rates of 10 and 4 move to 12 and 4, weights of 1 and 3 to 2 and 2; a third country reports once."""
    rates = rated(("P", "2019", 10.0), ("Q", "2019", 4.0), ("P", "2020", 12.0), ("Q", "2020", 4.0))
    once = rated(("R", "2020", 50.0))
    weights = pd.DataFrame(
        [(area, year, "SEX_T", "Y", weight) for year, held in (("2019", (1, 3, 0.1)), ("2020", (2, 2, 0.1)))
         for area, weight in zip("PQR", held, strict=True)],
        columns=["area", "period", "sex", "age", "weight"],
    )  # fmt: skip
    listed = pd.DataFrame({"area": list("PQR"), "g": "G"})
    asked = {"indicator": "r", "years": ("2019", "2020")}
    (row,) = parts_of_changes(pd.concat([rates, once]), weights, listed, "g", **asked).to_dict("records")
    assert (row["rate_first"], row["rate_last"]) == (5.5, 8.0)
    assert row["rates_part"] == pytest.approx((0.25 + 0.5) / 2 * 2)
    assert row["composition_part"] == pytest.approx((10 + 12) / 2 * 0.25 + 4 * -0.25)
    assert row["change"] == pytest.approx(2.5)
    assert (row["reporting"], row["members"]) == (2, 3)
    assert row["coverage"] == pytest.approx(100 * 4 / 4.1)
    weights.loc[weights["area"] == "R", "weight"] = 1.0
    (row,) = parts_of_changes(pd.concat([rates, once]), weights, listed, "g", **asked).to_dict("records")
    assert row["coverage"] == pytest.approx(80)
    assert all(np.isnan(row[name]) for name in ("rate_first", "rate_last", "change", "rates_part"))
    with pytest.raises(ValueError, match="r: no rates of countries with weights in both 1990 and 2020"):
        parts_of_changes(rates, weights, listed, "g", indicator="r", years=("1990", "2020"))


@pytest.mark.slow
def test_the_world_is_a_group_of_all_countries(trends):
    """Rebuilt from countries, and its rise of 2020 taken apart: nearly all of it is the rates'."""
    rows = trends.grouped("world_bank_2026_04", "unemployment_rate", "world")
    assert set(rows["group"]) == {"own:world"}
    assert rows["departure"].abs().max() < 0.08
    assert rows["members"].min() > 200
    made = trends.parts("world_bank_2026_04", "unemployment_rate", "world", "2019", "2020")
    (row,) = made.to_dict("records")
    assert row["change"] == pytest.approx(row["rate_last"] - row["rate_first"])
    assert row["change"] == pytest.approx(row["rates_part"] + row["composition_part"])
    assert row["rates_part"] == pytest.approx(1.03, abs=0.01)
    assert row["coverage"] > 99


def rated(*rates):
    return pd.DataFrame(
        [("r", "SEX_T", "Y", area, period, rate, "reported") for area, period, rate in rates],
        columns=["indicator", "sex", "age", "area", "period", "value", "basis"],
    )


ROWS = rated(("AAA", "2020", 10.0), ("BBB", "2020", 20.0), ("DDD", "2020", 5.0))
WEIGHTS = pd.DataFrame(
    [(area, "2020", "SEX_T", "Y", weight) for area, weight in (("AAA", 1.0), ("BBB", 3.0), ("CCC", 4.0))],
    columns=["area", "period", "sex", "age", "weight"],
)
GROUPS = pd.DataFrame({"area": ["AAA", "BBB", "CCC", "DDD"], "g": ["one", "one", "two", "two"]})


def test_groups_by_hand():
    rows = group_rates(ROWS, WEIGHTS, GROUPS, "g", indicator="r").set_index("group")
    assert rows.loc["one", ["value", "low", "high", "coverage"]].tolist() == [17.5, 17.5, 17.5, 100]
    assert rows.loc["one", ["basis", "unweighted", "imputed"]].tolist() == ["reported", "", 0]
    assert rows.loc["two", "status"] == "Q"
    assert rows.loc["two", ["missing", "unweighted", "basis"]].tolist() == ["CCC", "DDD", ""]
    assert rows.loc["two", ["value", "low"]].isna().all()
    with pytest.raises(ValueError, match="other: no rates of countries with a weight"):
        group_rates(ROWS, WEIGHTS, GROUPS, "g", indicator="other")
    with pytest.raises(ValueError, match="imputation rule 'group_mean'; known for groups: none, carry"):
        group_rates(ROWS, WEIGHTS, GROUPS, "g", indicator="r", rule="group_mean")


@pytest.mark.slow
def test_who_does_not_report_is_as_countries_of_its_region_and_income_are():
    """By hand: D, rich in the north, is as A (10); C, poor in the north, is as B (20); nobody is as E."""
    weights = pd.DataFrame(
        [
            (area, "2020", "SEX_T", "Y", weight)
            for area, weight in zip("ABCDE", (30, 30, 10, 27, 3), strict=True)
        ],
        columns=["area", "period", "sex", "age", "weight"],
    )
    listed = pd.DataFrame(
        {
            "area": list("ABCDE"),
            "g": "all",
            "ilo_region": ["north", "north", "north", "north", "south"],
            "ilo_income_group": ["rich", "poor", "poor", "rich", "rich"],
        }
    )

    def formed(rates, rule=ALIKE, **least):
        (row,) = group_rates(rates, weights, listed, "g", indicator="r", rule=rule, **least).to_dict(
            "records"
        )
        return row

    row = formed(rated(("A", "2020", 10.0), ("B", "2020", 20.0)))
    assert row["value"] == pytest.approx((57 * 10 + 40 * 20) / 97)
    assert [row[name] for name in ("status", "imputed", "coverage")] == ["A", 2, 60]
    assert row["low"] == pytest.approx((30 * 10 + 30 * 20 + 40 * 10) / 100)
    assert formed(rated(("A", "2020", 10.0), ("B", "2020", 20.0)), "none")["status"] == "Q"
    few = formed(rated(("A", "2020", 10.0), ("C", "2020", 20.0)))
    assert (few["status"], few["coverage"]) == ("Q", 40)
    assert pd.isna(few["value"])


@pytest.mark.slow
def test_the_effect_of_taking_countries_for_alike_is_told(trends):
    rows = trends.grouped("un_sdg_2022_04", "working_poverty_rate", "world", ALIKE)
    given = rows[rows["status"] == "A"]
    assert len(given) > 20
    assert given["effect"].abs().max() > 0.5
    assert given["effect"].notna().all()
    assert given["coverage"].between(50, 95).all()


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("rule", "given"),
    [("none", [15.0, None, 15.0]), ("carry", [15.0, 17.5, 15.0]), ("interpolate", [15.0, 16.25, 15.0])],
)
def test_a_countrys_own_years_fill_by_the_rule_that_is_named(rule, given):
    weights = pd.concat([WEIGHTS[:2].assign(period=year, weight=1.0) for year in ("2019", "2020", "2021")])
    own = [("AAA", "2019", 10.0), ("AAA", "2020", 15.0), ("AAA", "2021", 15.0)]
    rows = rated(*own, ("BBB", "2019", 20.0), ("BBB", "2021", 15.0), ("AAA", "2022", 1.0))
    made = group_rates(rows, weights, GROUPS[:2], "g", indicator="r", rule=rule)
    assert made["period"].tolist() == ["2019", "2020", "2021"]  # 2022 has no weights
    assert [None if pd.isna(number) else round(number, 9) for number in made["value"]] == given
    assert made["imputed"].tolist() == [0, int(rule != "none"), 0]
    assert made["basis"].tolist() == ["reported", "reported" if rule == "none" else "modelled", "reported"]
    assert made["coverage"].tolist() == [100, 50 if rule == "none" else 100, 100]


@pytest.mark.parametrize(
    ("years", "said"), [({"2001"}, "2001"), ({"2003", "2001", "2002", "2007"}, "2001–2003, 2007")]
)
def test_years_are_told_in_runs(years, said):
    assert years_in_words(years) == said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Sub-Saharan Africa (SDG regions; computed)"),
        ("fr", "Afrique subsaharienne (régions des ODD\xa0; calculé)"),
        ("es", "África Subsahariana (regiones de los ODS; calculado)"),
        ("zh", "撒哈拉以南非洲（可持续发展目标区域；计算值）"),
    ],
)
def test_a_group_has_table_chart_and_sentences(vintages, language, said):
    asked = {"indicators": ("unemployment_rate",), "vintage": "world_bank_2021_10", "language": language}
    (trend,) = group_trends(vintages, "sdg_region:M49:202", **asked)
    groups, beside = trend.exhibits()
    assert groups.title.endswith(said)
    assert len(groups.table.rows) == 2
    assert len(beside.table.rows) == 9  # itself, the World, seven other regions
    assert len({*trend.sentences()}) == len(trend.sentences())
    assert any("47" in sentence and "50" in sentence and "99" in sentence for sentence in trend.formed)
    assert any(
        "MYT" in note.text or "Mayotte" in note.text or "马约特" in note.text for note in groups.table.notes
    )
    assert not any("{" in sentence for sentence in trend.sentences())


@pytest.mark.slow
def test_a_group_that_two_vintages_tell_has_files_of_both(vintages):
    found = group_trends(vintages, "ilo_region:Africa", indicators=("unemployment_rate",))
    names = [exhibit.id for trend in found for exhibit in trend.exhibits()]
    assert len(found) == 2
    assert len(set(names)) == len(names) == 4


@pytest.mark.slow
def test_the_command(capsys, tmp_path):
    asked = ["--vintage", "world_bank_2026_04", "--indicators", "unemployment_rate"]
    asked += ["--impute", "nearest", "--output", str(tmp_path)]
    assert main(["trends", "--grouping", "ilo_region", *asked]) == 0
    printed = capsys.readouterr().out
    assert "Asia and the Pacific" in printed
    assert "rates are there and weights are not: 2023–2025" in printed
    assert "Saint Helena" in printed or " SHN " in printed
    assert "Effect of the imputation" in printed
    path = tmp_path / "tables" / "unemployment_rate_by_ilo_region.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert {row["group"] for row in rows} >= {"Africa", "Americas", "Arab States"}
    assert all(row["value"] for row in rows if row["status"] == "A")
    path.write_text("mine")
    assert main(["trends", "--grouping", "ilo_region", *asked]) == 2
    assert "_by_ilo_region.csv: there already, and changed since it was" in capsys.readouterr().err
    assert path.read_text() == "mine"


UEM = ("--indicators", "unemployment_rate", "--vintage", "world_bank_2026_04")
NEET = ("--indicators", "neet_rate", "--vintage", "un_sdg_2022_04")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--grouping", "ilo_region"], "name --indicators, of child_labour_rate"),
        (["--area", "ilo_region:Africa"], "name --indicators, of child_labour_rate"),
        (["--area", "ilo_region:Narnia", *NEET], "there are ilo_region:Africa, ilo_region:Americas"),
        (["--area", "sdg_region:M49:753", *NEET], "no year in which countries cover 95 % of the weight (at"),
        (["--grouping", "sdg_region", "--indicators", "child_labour_rate"], "no year in which countries"),
        (["--grouping", "sdg_region", "--indicators", "gdp"], "gdp: no vintage has rates of countries"),
        (["--grouping", "sdg_region", *NEET, "--since", "2090"], "by sdg_region: nothing since 2090"),
        (["--area", "KEN", "--impute", "carry"], "KEN is published, not computed"),
        (["--area", "KEN", "--between", "2019", "2020"], "--between: goes with --grouping"),
        (["--grouping", "world", *UEM, "--between", "2020", "2019"], "an earlier and a later year"),
        (["--grouping", "world", *UEM, "--between", "1950", "1951"], "with weights in both 1950 and 1951"),
        (["--grouping", "ilo_region", "--indicators", "managers_female_share", "--vintage", "un_sdg_2022_04"],
         "has nothing that its rates are shares of"),
    ],
)  # fmt: skip
def test_what_cannot_be_grouped_is_told(capsys, words, said):
    assert main(["trends", *words]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert not printed.out
