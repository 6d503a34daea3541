"""Printed numbers beside published ones: golden counts for the report, and cases by hand."""

import csv
from collections import Counter

import pandas as pd
import pytest

from analysis.audit.claims import claims
from analysis.audit.outside import (
    judged_by_vintage,
    keyed_tables,
    meeting,
    numbers_by_vintage,
    outside_checks,
)
from analysis.audit.revised import printed_edition
from analysis.audit_notebook import Auditing
from analysis.cli import main
from analysis.quantities import Recorded, RecordedTable
from analysis.sources.vintages.record import newest, published_world

TABLE = "report.decent_work_indicators"


@pytest.fixture(scope="module")
def worlds(vintages):
    return {name: published_world(vintages, name) for name in vintages.names()}


@pytest.fixture(scope="module")
def edition(vintages, worlds):
    """The Worlds of the edition that the report names."""
    return [worlds[name] for name in vintages.names() if vintages[name].edition == "2021-11"]


@pytest.mark.slow
def test_45_of_51_printed_numbers_are_those_of_the_edition(recorded, edition):
    decisive = meeting(outside_checks(recorded[TABLE], edition))
    assert len(decisive) == 51
    assert Counter(each.verdict for each in decisive.values()) == {
        "reproduced": 44,
        "rounding": 1,
        "discrepancy": 6,
    }
    apart = {
        (each.indicator, each.sex, each.period): (each.text, f"{float(each.published.value):.3f}", each.how)
        for each in decisive.values()
        if each.verdict != "reproduced"
    }
    assert apart == {
        ("unemployment_rate", "SEX_F", "2018"): ("5.5", "5.554", "cut_off"),
        ("unemployment_rate", "SEX_F", "2020"): ("6.4", "6.461", "cut_off"),
        ("unemployment_rate", "SEX_F", "2021"): ("6.3", "6.358", "cut_off"),
        ("employment_population_ratio", "SEX_T", "2021"): ("55.4", "55.346", "neither"),
        ("employment_population_ratio", "SEX_F", "2019"): ("45.2", "45.130", "neither"),
        ("employment_population_ratio", "SEX_F", "2021"): ("43.4", "43.344", "neither"),
        ("managers_female_share", "SEX_T", "2019"): ("28.2", "28.250", ""),
    }


@pytest.mark.slow
def test_the_edition_that_the_report_prints_is_found(recorded, vintages):
    edition, checks = printed_edition(vintages, recorded)
    assert edition == "2021-11"
    assert Counter(each.verdict for each in checks) == {"reproduced": 44, "rounding": 1, "discrepancy": 6}
    assert printed_edition(vintages, Recorded([])) == ("2025-11", [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "said", "cut"),
    [
        ("en", "45 of 51 printed numbers", "cut off, not rounded"),
        ("zh", "51 个印刷数字中有 45 个", " 截断而非四舍五入"),
    ],
)
def test_the_audit_tells_them_apart_from_its_verdicts(capsys, tmp_path, language, said, cut):
    assert main(["audit", "2020-21", "--outside", "--language", language, "--output", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert said in printed
    assert sum(line.rstrip().endswith(cut) for line in printed.splitlines()) == 3
    rows = list(csv.DictReader((tmp_path / "outside.csv").open(encoding="utf-8")))
    assert len(rows) == 51
    assert {row["printed"]: row["published"] for row in rows}["28.2"] == "28.250"


GOLDEN = {
    "un_sdg_2020_10": {"discrepancy": 16, "reproduced": 6},
    "world_bank_2021_10": {"reproduced": 4},
    "un_sdg_2021_12": {"reproduced": 14, "discrepancy": 9, "rounding": 1},
    "world_bank_2022_02": {"reproduced": 15, "discrepancy": 3},
    "un_sdg_2022_04": {"reproduced": 35, "discrepancy": 3, "rounding": 1},
    "world_bank_2022_12": {"reproduced": 18, "discrepancy": 6},
    "world_bank_2026_04": {"discrepancy": 3, "reproduced": 1},
    "ilostat_2026_09": {"discrepancy": 3, "reproduced": 1},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", GOLDEN)
def test_verdicts_by_vintage(recorded, worlds, name):
    found = Counter(each.verdict for each in outside_checks(recorded[TABLE], [worlds[name]]))
    assert found == GOLDEN[name]


@pytest.mark.slow
def test_what_the_table_would_say_today(recorded, worlds):
    rows = {
        each.printed.split("/", 2)[2]: each
        for each in numbers_by_vintage(recorded[TABLE], newest([*worlds.values()]))
    }
    total = "unemployment_rate/SEX_T/YTHADULT_YGE15"
    assert str(rows[f"{total}/2018"].now) == "5.8"
    assert {key: str(each.now) for key, each in rows.items() if key.startswith(total)} == {
        f"{total}/2018": "5.8",
        f"{total}/2019": "5.6",
        f"{total}/2020": "6.6",
        f"{total}/2021": "6.0",
    }
    managers = rows["managers_female_share/SEX_T/YTHADULT_YGE15/2019"]
    assert (str(managers.now), managers.sure) == ("28.3", False)
    assert rows[f"{total}/2018"].sure


@pytest.mark.slow
def test_statements_by_a_later_vintage(recorded, register, worlds):
    rows = judged_by_vintage(
        claims(recorded, register), recorded, recorded[TABLE], worlds["world_bank_2026_04"]
    )
    by = {each.claim.id: each for each in rows}
    rose = by["implementation-2020-21/relations/114.1"]
    assert (rose.before.verdict, rose.after.verdict, rose.fails) == ("reproduced", "reproduced", False)
    assert [each.claim.id for each in rows if each.fails] == ["implementation-2020-21/prose/114.1"]
    poverty = by["implementation-2020-21/prose/120.1"]
    assert poverty.undecided
    assert not poverty.fails


def test_only_tables_of_that_shape_are_taken(recorded):
    assert [table.name for table in keyed_tables(recorded)] == [TABLE]


def world(table, values):
    rows = [
        {"indicator": "x", "sex": "SEX_T", "age": "Y", "period": period, "value": text, "decimals": places,
         "unit": "percent", "id": f"estimates/e/{period}", "printed": text}
        for period, (text, places) in values.items()
    ]  # fmt: skip
    return table(rows, "estimates.e")


PRINTED = {"2018": ("5.5", "1"), "2019": ("-5.5", "1"), "2020": ("28.2", "1"), "2021": ("7", "0")}


@pytest.mark.sampled(5)
@pytest.mark.parametrize(
    ("period", "given", "verdict", "how"),
    [
        ("2018", ("5.4999", "4"), "reproduced", ""),
        ("2018", ("5.5999", "4"), "discrepancy", "cut_off"),
        ("2018", ("5.6", "1"), "discrepancy", "neither"),
        ("2018", ("5.45", "2"), "reproduced", ""),
        ("2018", ("5.449", "3"), "discrepancy", "neither"),
        ("2020", ("28.25", "2"), "rounding", ""),
        ("2021", ("6.5", "1"), "reproduced", ""),
        ("2021", ("6.4", "1"), "discrepancy", "neither"),
    ],
)
def test_verdicts_by_hand(table, period, given, verdict, how):
    printed = world(table, PRINTED)
    (check,) = outside_checks(printed, [world(table, {period: given})])
    assert (check.verdict, check.how) == (verdict, how)


@pytest.mark.slow
def test_a_blank_or_missing_number_is_no_check(table):
    printed = world(table, PRINTED)
    rows = printed.rows.assign(value="", status="blank")
    blank = RecordedTable(printed.name, rows, printed.source)
    assert outside_checks(blank, [printed]) == []
    lacking = world(table, {"2018": ("", "")})
    assert outside_checks(printed, [lacking]) == []
    assert [each.now for each in numbers_by_vintage(printed, lacking)] == [None] * 4


def test_two_areas_of_one_line_are_refused(table):
    one = world(table, {"2018": ("5.5", "1")})
    both = RecordedTable(one.name, pd.concat([one.rows, one.rows], ignore_index=True), one.source)
    with pytest.raises(ValueError, match="give one area's rows"):
        outside_checks(world(table, PRINTED), [both])


@pytest.mark.slow
def test_the_notebook_on_the_audit_shows_what_differs(tmp_path):
    shown = Auditing("06_audit", "2020-21", "en", str(tmp_path)).outside().data
    assert "45 of 51 printed numbers" in shown
    assert shown.count("cut off, not rounded") == 3
    assert shown.count("<tr>") == 7


@pytest.mark.slow
def test_what_is_set_apart_is_shown_in_the_language(capsys):
    assert main(["audit", "--outside", "--language", "fr"]) == 0
    told = capsys.readouterr().out
    assert "5,5  5,554 Banque mondiale, 2022-02" in told
    assert "world_bank" not in told
