"""Every rule finds what it looks for, says nothing it cannot compute, and is told in every language."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from analysis.exhibits.finding import Headline
from analysis.exhibits.headlines import chart_headline
from analysis.exhibits.parts import Chart, Column, Exhibit, Row, Series, Table
from analysis.exhibits.said import SaidNumber
from analysis.exhibits.table_headlines import table_headline
from analysis.labels import Catalogue, label_texts, languages
from analysis.printed.headlines import headline_text
from analysis.quantities import Recorded, evaluate, value

YEARS = ("2018", "2019", "2020", "2021")


@pytest.fixture
def drawn(table):
    """Make a chart of numbers by series; return it with the record that it reads."""

    def make(kind, series, unit="percent", keys=(), decimals=0):
        rows = [
            {"name": f"{label}{place}", "value": text, "unit": unit, "decimals": len(text.partition(".")[2])}
            for label, texts in series.items()
            for place, text in enumerate(texts)
        ]
        lines = tuple(
            Series(label, tuple(value("report.sample", name=f"{label}{at}") for at in range(len(texts))))
            for label, texts in series.items()
        )
        count = len(next(iter(series.values())))
        categories = tuple(keys or (f"code.{letter}" for letter in "ABCDEFGH"[:count]))
        return Chart("sample", kind, categories, lines, f"unit.{unit}", decimals), Recorded([table(rows)])

    return make


@pytest.mark.sampled(8)
@pytest.mark.parametrize(
    ("kind", "series", "unit", "rule", "said"),
    [
        (
            "lines",
            {"code.s": ("5.4", "5.4", "6.6", "6.2")},
            "percent",
            "rose",
            "Up from 5.4% in 2018 to 6.2%",
        ),
        (
            "lines",
            {"code.s": ("6.2", "5.4", "5.4", "5.4")},
            "percent",
            "fell",
            "Down from 6.2% in 2018 to 5.4%",
        ),
        ("lines", {"code.s": ("5.4", "5.9", "6.6", "5.4")}, "percent", "steady", "5.4% in 2021, as in 2018"),
        (
            "lines",
            {"code.s": ("5.4", "5.2", "5.4", "5.4")},
            "percent",
            "steady_flat",
            "5.4% in 2021, as in 2018",
        ),
        (
            "panels",
            {"code.S": ("5.4", "5.9", "6.6", "6.1"), "code.T": ("9.0", "7.0", "6.0", "4.5")},
            "percent",
            "moves",
            "1 of 2 rose, 1 fell; the largest change: T, 2018–2021 (−4.5 percentage points)",
        ),
        (
            "panels",
            {"code.S": ("5.4", "5.9", "6.6", "6.1"), "code.T": ("9.9", "9.7", "9.6", "9.5")},
            "percent",
            "levels",
            "From 9.5% (T) down to 6.1% (S) in 2021; since 2018, 1 of 2 rose, 1 fell",
        ),
        (
            "lines",
            {
                "code.s": ("5.4", "5.4", "6.6", "6.2"),
                "code.f": ("7", "7", "9", "9"),
                "code.m": ("3", "3", "4", "4"),
            },
            "percent",
            "rose_apart",
            "largest move in 2020 (+1.2 percentage points); highest in 2021: f (9.0%), lowest: m (4.0%)",
        ),
        (
            "lines",
            {
                "code.s": ("5.4", "5.4", "6.6", "6.2"),
                "code.f": ("7", "7", "9", ""),
                "code.m": ("3", "3", "4", "9"),
            },
            "percent",
            "rose_apart",
            "highest in 2020: f (9.0%), lowest: m (4.0%)",
        ),
        (
            "lines",
            {"code.s": ("6.8", "6.7", "7.2", "6.9")},
            "percent",
            "little",
            "6.9% in 2021, close to 6.8% in 2018; largest move in 2020 (+0.5 percentage points)",
        ),
        (
            "lines",
            {
                "code.s": ("23.1", "22.0", "21.8", "23.3"),
                "code.f": ("31", "30", "30", "32"),
                "code.m": ("14", "14", "14", "16"),
            },
            "percent",
            "little_apart",
            "highest in 2021: f (32.0%), lowest: m (16.0%)",
        ),
        (
            "lines",
            {
                "code.s": ("5.4", "5.4", "6.6", "6.2"),
                "code.f": ("7", "7", "9", "8"),
                "label.printed": ("3", "3", "4", "4"),
            },
            "percent",
            "rose",
            "(+0.8 percentage points)",
        ),
        (
            "slope",
            {"code.s": ("5", "6"), "code.t": ("48", "48"), "code.u": ("47", "46")},
            "percent",
            "hardly",
            "No part changed by more than 1 percentage point from A to B",
        ),
        (
            "lines",
            {
                "code.s": ("5.4", "6", "5", "5.4"),
                "code.f": ("9", "9", "9", "13.5"),
                "code.m": ("5", "5", "5", "5"),
            },
            "percent",
            "steady_apart",
            "5.4% in 2021, as in 2018; highest in 2021: f (13.5%), lowest: m (5.0%)",
        ),
        ("bars", {"code.s": ("57", "38", "26", "31")}, "percent", "range", "From 57% (A) down to 26% (C)"),
        ("bars", {"code.s": ("60", "20", "15", "5")}, "result", "majority", "60% of the whole: A"),
        ("bars", {"code.s": ("40", "30", "20", "10")}, "result", "two_lead", "together make up 70%: A; B"),
        ("bars", {"code.s": ("30", "24", "24", "22")}, "percent", "two_lead", "together make up 54%: A; B"),
        (
            "bars",
            {"code.s": ("30", "20", "19", "18")},
            "percent",
            "largest",
            "Clearly first: A (30%); next: B (20%)",
        ),
        ("bars", {"code.s": ("10", "11", "12", "11")}, "percent", "even", "from 10% (A) to 12% (C)"),
        ("bars", {"code.s": ("10", "11", "16", "15")}, "percent", "extremes", "none stands out"),
        ("bars", {"code.s": ("5", "11", "61", "60")}, "percent", "range", "From 61% (C) down to 5% (A)"),
        ("bars", {"code.s": ("10", "12", "13")}, "percent", "range", "From 13% (C) down to 10% (A)"),
        (
            "bars",
            {"code.s": ("40", "20", "20", "10")},
            "result",
            "largest",
            "Clearly first: A (40)",
        ),
        (
            "slope",
            {"code.s": ("5", "9"), "code.t": ("8", "7")},
            "result",
            "shift",
            "S: from 5 in A to 9",
        ),
        ("slope", {"code.s": ("5", "5"), "code.t": ("8", "8")}, "result", "unmoved", "No change from A to B"),
        ("units", {"code.s": ("3", "5")}, "result", "of_all", "B: 5 of 8"),
        (
            "waterfall",
            {"code.s": ("10", "4", "-6", "8")},
            "result",
            "bridge",
            "From 10 (A) to 8 (D), −20.0%; largest step: C (−6)",
        ),
        (
            "waterfall",
            {"code.s": ("10", "4", "-2", "5", "17")},
            "result",
            "bridge_but",
            "From 10 (A) to 17 (E), +70.0%; one step the other way: C (−2)",
        ),
        ("bars", {"code.s": ("3", "5")}, "result", "pair", "A: 3, and B: 5"),
        ("bars", {"code.s": ("3",)}, "result", "lone", "A: 3"),
        ("heat", {"code.x": ("1", "9"), "code.y": ("2", "3")}, "result", "peak", "in one place is 9: B, x"),
        (
            "stacked",
            {"code.x": ("1", "9"), "code.y": ("2", "3")},
            "result",
            "leads",
            "X: 67% of all, the largest part in 1 of 2; the most: B (12)",
        ),
        (
            "stacked",
            {"code.x": ("1", "3"), "code.y": ("3", "1")},
            "result",
            "leads_alone",
            "The most: A among others",
        ),
        (
            "stacked",
            {"code.x": ("1", "0"), "code.y": ("0", "1"), "code.z": ("1", "1")},
            "result",
            "leads_even",
            "Z: 50% of all",
        ),
    ],
)
def test_each_rule_finds_what_it_names(drawn, kind, series, unit, rule, said):
    lines = kind in ("lines", "panels")
    chart, recorded = drawn(kind, series, unit, YEARS if lines else (), decimals=int(lines))
    found = chart_headline(chart, recorded)
    assert found.rule == rule
    assert said in headline_text(found, recorded, Catalogue("en", recorded), chart.unit)


@pytest.mark.parametrize(
    ("target", "result", "rule"),
    [
        (("10", "20", "30"), ("10", "21", "40"), "all_reached"),
        (("10", "20", "30"), ("10", "14", "40"), "some_reached"),
        (("10", "20", "30"), ("10", "19", "40"), "some_far_above"),
        (("10", "20", "30"), ("10", "0", "90"), "some_reached"),
        (("10", "20", "30"), ("9", "19", "29"), "none_reached"),
        (("10", "20"), ("9", "25"), "one_each"),
    ],
)
def test_results_are_set_against_targets(drawn, target, result, rule):
    chart, recorded = drawn("bars", {"measure.target": target, "measure.result": result}, "result")
    assert chart_headline(chart, recorded).rule == rule


@pytest.mark.parametrize(
    ("second", "rule", "said"),
    [
        (
            ("6", "46"),
            "differs_both",
            "B against A: above in 1 of 2, below in 1; largest difference: B (46% against 48%)",
        ),
        (
            ("6", "49"),
            "differs_up",
            "B against A: above in 2 of 2; largest difference: A among others (6% against 5%)",
        ),
        (
            ("5", "46"),
            "differs_down",
            "B against A: below in 1 of 2; largest difference: B (46% against 48%)",
        ),
        (("5", "48"), "alike", "B as A in all 2"),
    ],
)
def test_pairs_without_a_level_to_reach_only_differ(drawn, second, rule, said):
    chart, recorded = drawn("bars", {"code.A": ("5", "48"), "code.B": second})
    found = chart_headline(chart, recorded)
    assert found.rule == rule
    assert headline_text(found, recorded, Catalogue("en", recorded), chart.unit) == said


def test_where_one_pair_leads_by_far_the_pairs_are_told_by_their_first(drawn):
    first, second = ("61.8", "17.3", "12.4"), ("59.7", "15.9", "10.6")
    chart, recorded = drawn("bars", {"code.A": first, "code.B": second}, decimals=1)
    found = chart_headline(chart, recorded)
    said = headline_text(found, recorded, Catalogue("en", recorded), chart.unit)
    assert said == "Clearly first in both: A (61.8% and 59.7%); next: B (17.3% and 15.9%)"
    crossed = {"code.A": ("61.8", "1.7", "1.6"), "code.B": ("61.7", "1.6", "1.7")}
    chart, recorded = drawn("bars", crossed, decimals=1)
    said = headline_text(chart_headline(chart, recorded), recorded, Catalogue("en", recorded), chart.unit)
    assert said == "Clearly first in both: A (61.8% and 61.7%); next: B (1.7%)"
    chart, recorded = drawn("bars", {"code.A": first, "code.B": second}, decimals=1)
    assert chart_headline(replace(chart, versions=True), recorded).rule == "differs_down"
    chart, recorded = drawn("bars", {"code.A": first, "code.B": ("59.7", "15.9", "17.4")}, decimals=1)
    assert chart_headline(chart, recorded).rule == "differs_both", "pairs that lie apart are told"


def test_of_pairs_as_far_apart_in_print_none_is_the_only_one(drawn):
    second = ("6.04", "5.79", "5.9")
    chart, recorded = drawn("bars", {"code.A": ("5.60", "5.42", "5.8"), "code.B": second}, decimals=1)
    said = headline_text(chart_headline(chart, recorded), recorded, Catalogue("en", recorded), chart.unit)
    assert said.endswith("largest difference: A among others (6.0% against 5.6%)")


def test_of_versions_of_one_line_what_the_last_changed_of_the_first_is_told(drawn):
    versions = {
        "code.old": ("5.4", "5.4", "6.6"),
        "code.mid": ("9", "9", "9"),
        "code.new": ("5.8", "5.6", "6.6"),
    }
    chart, recorded = drawn("lines", versions, decimals=1)
    found = chart_headline(replace(chart, versions=True), recorded)
    said = headline_text(found, recorded, Catalogue("en", recorded), chart.unit)
    assert said == "New against old: above in 2 of 3; largest difference: A (5.8% against 5.4%)"


def test_what_prints_alike_is_not_told_as_the_only_one(drawn):
    chart, recorded = drawn("bars", {"code.s": ("80", "80.04", "12", "3", "3")}, decimals=0)
    said = headline_text(chart_headline(chart, recorded), recorded, Catalogue("fr", recorded))
    assert said == "De 80\xa0% (B, entre autres) à 3\xa0% (E, entre autres)"


@pytest.mark.parametrize("whole", ["all", "ensemble"])
def test_a_whole_is_in_no_race_with_its_parts(drawn, table, whole):
    keys = (f"grade.{whole}", "grade.B", "grade.C")
    chart, recorded = drawn("bars", {"code.s": ("40", "57", "20")}, keys=keys)
    codes = {"B": "no", "C": "no", whole: "yes"}
    rows = [{"dimension": "grade", "code": code, "total": total} for code, total in codes.items()]
    told = Recorded(recorded.values(), about=[table(rows, "framework.dimensions")])
    assert chart_headline(chart, told).rule == "pair"
    assert chart_headline(chart, recorded).rule != "pair"


def test_a_count_of_one_more_is_not_clearly_first(drawn):
    chart, recorded = drawn("bars", {"code.s": ("2", "1", "1", "1")}, "result")
    assert chart_headline(chart, recorded).rule == "extremes"
    chart, recorded = drawn("bars", {"code.s": ("4", "2", "2", "2")}, "result")
    assert chart_headline(chart, recorded).rule == "largest"


def test_of_one_period_all_its_parts_are_told(drawn):
    """Before, only the first was: "2018–19: 5%" of three shares."""
    chart, recorded = drawn("bars", {"code.a": ("5",), "code.b": ("48",), "code.c": ("47",)})
    found = chart_headline(chart, recorded)
    said = headline_text(found, recorded, Catalogue("en", recorded), chart.unit)
    assert said == "From 48% (b) down to 5% (a)"
    assert {found.slots["first"].key, found.slots["last"].key} == {"code.b", "code.a"}


def test_stacks_are_told_by_the_targets_that_they_reach(drawn):
    series = {"code.x": ("1", "9", "4"), "code.y": ("2", "3", "0"), "measure.target": ("3", "13", "4")}
    chart, recorded = drawn("stacked", series, "result")
    *parts, goals = chart.series
    found = chart_headline(replace(chart, series=tuple(parts), goals=goals), recorded)
    assert found.rule == "leads_reached"
    said = {each: headline_text(found, recorded, Catalogue(each, recorded)) for each in languages()}
    assert said["en"] == "2 of 3 reach their targets; the most: B (12)"
    assert said["fr"] == "2 sur 3 atteignent leur cible\xa0; le plus grand nombre\xa0: B (12)"


def test_one_stack_is_told_with_what_it_was_to_be(drawn):
    series = {"code.x": ("1",), "code.y": ("2",), "measure.target": ("4",)}
    chart, recorded = drawn("stacked", series, "result")
    *parts, goals = chart.series
    found = chart_headline(replace(chart, series=tuple(parts), goals=goals), recorded)
    assert headline_text(found, recorded, Catalogue("en", recorded)) == "A: 3; target: 4"


def test_a_level_of_nought_is_reached_by_nought_and_by_more(drawn):
    series = {"measure.target": ("0", "0", "20"), "measure.result": ("0", "5", "19")}
    chart, recorded = drawn("bars", series, "result")
    found = chart_headline(chart, recorded)
    said = headline_text(found, recorded, Catalogue("en", recorded))
    assert said == "Result at or above the target in 2 of 3; furthest below: C (−5%)"


def test_parts_of_one_size_do_not_lead(drawn):
    chart, recorded = drawn("stacked", {"code.x": ("1", "9"), "code.y": ("6", "4")}, "result")
    assert chart_headline(chart, recorded).rule == "leads_alone"


def test_the_column_that_holds_most_rows_largest_cells_is_named(drawn):
    series = {"code.x": ("1", "9", "8"), "code.y": ("2", "3", "1"), "code.z": ("1", "1", "1")}
    chart, recorded = drawn("heat", series, "result")
    found = chart_headline(chart, recorded)
    assert found.rule == "peak_in"
    assert "X: the most in 2 of 3; highest: B (9)" in headline_text(
        found, recorded, Catalogue("en", recorded)
    )


def test_the_row_that_holds_most_columns_largest_cells_is_named(drawn):
    series = {"code.x": ("5", "9", "3"), "code.y": ("9", "3", "4"), "code.z": ("1", "8", "2")}
    chart, recorded = drawn("heat", {**series, "code.w": ("4", "9", "8")}, "result")
    said = headline_text(chart_headline(chart, recorded), recorded, Catalogue("en", recorded))
    assert said == "B: the most in 3 of 4; highest: x (9)"


def test_a_change_that_another_equals_is_not_the_largest(drawn):
    chart, recorded = drawn("slope", {"code.s": ("5", "6"), "code.t": ("8", "7")}, "result")
    assert chart_headline(chart, recorded).rule == "shift_tied"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Result at or above the target in 1 of 3"),
        ("fr", "Résultat au niveau de la cible ou au-dessus dans 1 cas sur 3"),
        ("es", "Resultado al nivel de la meta o por encima en 1 de 3 casos"),
        ("zh", "3项中有1项的成果达到或超过目标"),
    ],
)
def test_a_level_has_its_article(drawn, language, said):
    series = {"measure.target": ("10", "20", "30"), "measure.result": ("9", "19", "40")}
    chart, recorded = drawn("bars", series, "result")
    text = headline_text(chart_headline(chart, recorded), recorded, Catalogue(language, recorded))
    assert text.casefold().startswith(said.casefold())


def test_a_missing_number_is_passed_over_and_none_at_all_is_no_headline(drawn):
    chart, recorded = drawn("lines", {"code.s": ("5.4", "", "6.6", "")}, "percent", YEARS, 1)
    found = chart_headline(chart, recorded)
    assert (found.slots["start"].key, found.slots["end"].key, found.rule) == ("2018", "2020", "rose_once")
    chart, recorded = drawn("lines", {"code.s": ("", "")}, "percent", YEARS[:2])
    assert chart_headline(chart, recorded) is None


def test_parts_that_do_not_add_up_make_no_share(drawn):
    chart, recorded = drawn("bars", {"code.s": ("60", "50", "40", "35")})
    assert chart_headline(chart, recorded).rule == "largest"


def test_a_table_counts_what_rose_and_fell(drawn):
    chart, recorded = drawn("bars", {"code.s": ("1", "-2", "3", "0")}, "percentage_points")
    cells = zip(chart.categories, chart.series[0].values, strict=True)
    rows = tuple(Row((key,), (cell,)) for key, cell in cells)
    table = Table(("",), (Column("label.change", "unit.percentage_points", 1, signed=True),), rows)
    found = table_headline(Exhibit("sample", "", "report", "reproduced", table), recorded)
    said = headline_text(found, recorded, Catalogue("en", recorded))
    assert said.startswith("2 of 4 rose, 1 fell")


def test_a_noun_agrees_with_its_number_as_printed(drawn):
    chart, recorded = drawn("lines", {"code.s": ("5.0", "5.8")}, "percent", YEARS[:2], 1)
    found = chart_headline(chart, recorded)
    said = {each: headline_text(found, recorded, Catalogue(each, recorded)) for each in languages()}
    assert "+0,8 point de pourcentage)" in said["fr"]
    assert "+0.8 percentage points)" in said["en"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1 of 3 rose, 0 fell"),
        ("fr", "1 hausse et 0 baisse sur 3"),
        ("es", "1 sube y 0 bajan, de un total de 3"),
        ("zh", "3项中1项上升、0项下降"),
    ],
)
def test_what_rose_and_fell_agrees_with_how_many(drawn, language, said):
    chart, recorded = drawn("bars", {"code.s": ("1", "0", "0")}, "percentage_points")
    cells = zip(chart.categories, chart.series[0].values, strict=True)
    rows = tuple(Row((key,), (cell,)) for key, cell in cells)
    table = Table(("",), (Column("label.change", "unit.percentage_points", 1, signed=True),), rows)
    found = table_headline(Exhibit("sample", "", "report", "reproduced", table), recorded)
    assert headline_text(found, recorded, Catalogue(language, recorded)).startswith(said)


def test_changes_that_print_as_nothing_are_no_moves(drawn):
    chart, recorded = drawn("bars", {"code.s": ("0.04", "-0.02", "0.01")}, "percentage_points", None, 2)
    cells = zip(chart.categories, chart.series[0].values, strict=True)
    rows = tuple(Row((key,), (cell,)) for key, cell in cells)
    for decimals, rule in ((1, "none_moved"), (2, "moves")):
        columns = (Column("label.change", "unit.percentage_points", decimals, signed=True),)
        exhibit = Exhibit("sample", "", "report", "reproduced", Table(("",), columns, rows))
        found = table_headline(exhibit, recorded)
        assert found.rule == rule


def test_a_row_of_one_name_is_told_with_its_column_not_twice(drawn):
    chart, recorded = drawn("bars", {"code.s": ("1", "-2", "3")}, "percentage_points")
    cells = zip(chart.categories, chart.series[0].values, strict=True)
    rows = tuple(Row((key,), (cell,)) for key, cell in cells)
    table = Table(("",), (Column("label.change", "unit.percentage_points", 1, signed=True),), rows)
    found = table_headline(Exhibit("sample", "", "report", "reproduced", table), recorded)
    assert found.slots["first"].key == "label.change"
    assert found.slots["second"].key == rows[2].labels[0]


def test_two_changes_are_told_both_with_their_signs(drawn):
    chart, recorded = drawn("bars", {"code.s": ("7.5", "-10.8")}, "percentage_points")
    cells = zip(chart.categories, chart.series[0].values, strict=True)
    rows = tuple(Row((key,), (cell,)) for key, cell in cells)
    table = Table(("",), (Column("label.change", "unit.percentage_points", 1, signed=True),), rows)
    found = table_headline(Exhibit("sample", "", "report", "reproduced", table), recorded)
    said = headline_text(found, recorded, Catalogue("en", recorded))
    assert said == "A: +7.5 percentage points, and B: −10.8 percentage points"


def test_a_table_of_one_row_is_told_as_the_trend_of_its_years(drawn):
    chart, recorded = drawn("bars", {"code.s": ("104", "106", "2")}, "result")
    columns = (Column("2010"), Column("2012"), Column("label.change", signed=True))
    table = Table(("",), columns, (Row(("code.A",), chart.series[0].values),))
    found = table_headline(Exhibit("sample", "", "report", "reproduced", table), recorded)
    assert (
        headline_text(found, recorded, Catalogue("en", recorded)) == "Up from 104 in 2010 to 106 in 2012 (+2)"
    )


def test_what_lies_above_is_not_said_to_have_risen(drawn):
    chart, recorded = drawn("bars", {"code.s": ("1", "-2", "3")}, "percentage_points")
    cells = zip(chart.categories, chart.series[0].values, strict=True)
    rows = tuple(Row((key,), (cell,)) for key, cell in cells)
    table = Table(("",), (Column("label.departure", "unit.percentage_points", 1, signed=True),), rows)
    found = table_headline(Exhibit("sample", "", "report", "reproduced", table), recorded)
    said = headline_text(found, recorded, Catalogue("en", recorded))
    assert said.startswith("2 of 3 lie above, 1 below; furthest apart")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "clearly first: A (US$280.6 million); next: B (US$22.0 million)"),
        ("fr", "A (280,6 millions de dollars É.-U.)"),
        ("es", "A (280,6 millones de dólares EE.UU.)"),
        ("zh", "A最为突出（2.806亿美元）；其次为B（2,200万美元）"),
    ],
)
def test_an_amount_says_its_unit_and_chinese_counts_in_ten_thousands(drawn, language, said):
    values = ("280.6", "22.0", "21.0")
    chart, recorded = drawn("bars", {"code.s": values}, "usd_million", decimals=1)
    found = Headline("largest", chart_headline(chart, recorded).slots)
    text = headline_text(found, recorded, Catalogue(language, recorded), chart.unit)
    assert said.casefold() in text.casefold()


def test_every_language_has_words_for_every_rule_with_places_that_the_rule_fills():
    rules = {key: text for key, text in label_texts("en").items() if key.startswith("headline.")}
    for language in languages():
        for key, english in rules.items():
            places = set(re.findall(r"{(\w+)}", label_texts(language)[key]))
            assert places <= set(re.findall(r"{(\w+)}", english)) | {"first"}, (language, key)


@pytest.mark.slow
def test_no_rule_makes_most_headlines_and_their_numbers_are_quantities(made, recorded):
    rules = Counter()
    for exhibit in made:
        for chart in exhibit.charts:
            found = chart_headline(chart, recorded)
            rules[found.rule] += 1
            for slot in found.slots.values():
                if isinstance(slot, SaidNumber):
                    assert evaluate(slot.quantity, recorded).value is not None
    assert sum(rules.values()) >= 58
    assert max(rules.values()) <= 20


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "1 hausse et 1 baisse sur 2"), ("es", "1 sube y 1 baja, de un total de 2")]
)
def test_words_agree_with_the_numbers_before_them(drawn, language, said):
    chart, recorded = drawn("panels", {"code.S": ("5.4", "6.1"), "code.T": ("9.0", "4.5")})
    labels = Catalogue(language)
    assert headline_text(chart_headline(chart, recorded), recorded, labels, chart.unit).startswith(said)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "2018–19 to 2020–21"), ("fr", "2018–19 à 2020–21"), ("zh", "2018–19年至2020–21年没有变化")],
)
def test_years_bear_their_word_where_a_language_asks_for_it(drawn, language, said):
    keys = ("code.2018–19", "code.2020–21")
    chart, recorded = drawn("slope", {"code.s": ("5", "5"), "code.t": ("8", "8")}, "result", keys)
    assert said in headline_text(chart_headline(chart, recorded), recorded, Catalogue(language, recorded))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Clearly first: youth (15–24; 40)"), ("zh", "青年（15-24 岁）最为突出（40）")],
)
def test_brackets_that_meet_become_one_pair(drawn, language, said):
    keys = ("age.YTHADULT_Y15-24", "code.b", "code.c", "code.d")
    chart, recorded = drawn("bars", {"code.s": ("40", "20", "20", "10")}, "result", keys)
    text = headline_text(chart_headline(chart, recorded), recorded, Catalogue(language, recorded))
    assert said in text
