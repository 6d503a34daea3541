import re
from dataclasses import replace

import pytest
from babel.numbers import get_decimal_symbol

from analysis.audit.explain import UnknownNumber, explain, matching
from analysis.audit.reviews import Review
from analysis.audit.verdicts import VERDICTS
from analysis.labels import Catalogue, languages


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("896", "implementation-2020-21/prose/27.2"),
        ("implementation-2020-21/prose/27.2", "implementation-2020-21/prose/27.2"),
        ("6.725亿", "implementation-2020-21/prose/594.1"),
        ("672.5", "implementation-2020-21/prose/594.1"),
        ("11%", "implementation-2020-21/results_by_region/europe_central_asia/share"),
        ("7 906", None),
        ("1,536", "cooperation-review-2023/prose/220.1"),
        ("4 000 万", "un-swap-2012/gender_marker/250.1"),
    ],
)
def test_a_number_is_found_by_id_by_print_and_by_value(judged, asked, expected):
    if expected is None:
        with pytest.raises(UnknownNumber):
            matching(judged, asked)
    else:
        assert expected in [each.claim.id for each in matching(judged, asked)]


def test_a_per_cent_sign_asks_for_percentages_only(judged):
    units = {
        judged.recorded[each.claim.table].records[each.claim.row]["unit"] for each in matching(judged, "35%")
    }
    assert units == {"percent"}
    plain = {
        judged.recorded[each.claim.table].records[each.claim.row]["unit"] for each in matching(judged, "35")
    }
    assert plain > {"percent"}


def test_three_lines_say_what_is_printed_what_it_comes_to_and_why(judged, labels):
    text = explain(judged, "implementation-2020-21/prose/1203.2", labels).splitlines()
    assert text[0] == (
        "Share of outcome 1 expenditure from the regular budget: “68%” is printed; 101.1 of "
        "US$147.4 million is 68.6%, which rounds to 69%. Discrepancy, minor."
    )
    assert text[1].startswith("Why: 101.1 of 147.4")
    assert text[1].endswith("Undecided: whether unrounded amounts were used.")
    assert text[2] == (
        "Where: ILO programme implementation report, Outcome 1, budget, line 1203 "
        "(implementation-2020-21/prose/1203.2)."
    )
    assert len(text) == 3


@pytest.mark.parametrize("language", languages())
def test_every_language_says_the_verdict_and_the_numbers(judged, recorded, language):
    labels = Catalogue(language, recorded)
    text = explain(judged, "implementation-2020-21/prose/1203.2", labels)
    amounts = ("1.011亿", "1.474亿") if language == "zh" else ("101.1", "147.4")
    for said in ("68%", *amounts, "68.6"):
        assert said.replace(".", get_decimal_symbol(labels("language.locale"))) in text
    assert labels("verdict.discrepancy") in text


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", languages())
def test_every_verdict_is_explained_in_three_lines_without_holes(judged, recorded, language):
    labels = Catalogue(language, recorded)
    seen = set()
    for each in judged.all:
        kind = (each.verdict, each.way, bool(each.remark("cause", "en")), each.reason, bool(each.claim.check))
        if kind in seen:
            continue
        seen.add(kind)
        lines = explain(judged, each.claim.id, labels).splitlines()
        assert len(lines) == 3, each.claim.id
        assert each.claim.id in lines[2]
        for line in lines:
            assert line.rstrip().endswith((".", "。")), line
            assert not re.search(r"[{}]|[:：]\s*[.。;；]|\.\.|  |。。", line), line
    assert {verdict for verdict, *_ in seen} == set(VERDICTS)


@pytest.mark.parametrize(
    ("identifier", "said"),
    [
        (
            "cooperation-review-2023/prose/198.1",
            "“1%” is printed, that is less than 1%; 5,009 of US$1,095,327",
        ),
        ("implementation-2020-21/prose/577.1", "is printed, that is US$667.7 million; 619.2 + 27.1 + "),
        ("implementation-2020-21/relations/1231.1", "91% is more than 50%, so it holds. Reproduced."),
        ("un-swap-2012/staff_budget/414.1", "Nothing in print recomputes it, and no check reads it."),
        ("implementation-2020-21/prose/143.1", "Nothing in print recomputes it; 1 check reads it."),
        ("implementation-2020-21/prose/1544.1", "Table 4 prints US$"),
        ("cooperation-review-2023/prose/45.1", "2025 − 2020 + 1 is 6 years"),
        (
            "implementation-2020-21/relations/2347.1",
            "12 of the 13 comparisons that it makes hold. Discrepancy",
        ),
        (
            "implementation-2020-21/relations/120.2",
            "each of the 2 comparisons that it makes holds. Reproduced.",
        ),
        (
            "cooperation-review-2023/prose/187.1",
            "US$1,095,327 thousand − US$50.9 million is US$1,044.427 million",
        ),
    ],
)
def test_a_number_is_told_as_it_is_said(judged, labels, identifier, said):
    assert said in explain(judged, identifier, labels)


def test_an_evaluators_answer_stands_beside_the_number(judged, labels):
    identifier = "implementation-2020-21/prose/1203.2"
    given = Review(identifier, "A. Evaluator", "2026-11-20", "disputed", "unrounded amounts", "", "0")
    told = explain(replace(judged, reviews=(given,)), identifier, labels).splitlines()
    assert "Review: disputed by A. Evaluator, 2026-11-20: unrounded amounts. Open again" in told[1]
    assert len(told) == 3


def test_printings_of_one_quantity_are_told_once_and_different_ones_are_offered(judged, labels):
    told = explain(judged, "896", labels)
    assert "the 52 numbers that it sums add up to 896 results. Reproduced." in told
    assert len(told.splitlines()) == 3
    assert "Also printed: " in told
    assert told.count("896") < 6
    offered = explain(judged, "35%", labels).splitlines()
    assert offered[0].startswith("35% stands for 5 different things")
    assert len(offered) == 11


def test_inputs_and_formulas_come_when_they_are_asked_for(judged, labels):
    identifier = "implementation-2020-21/results_by_region/europe_central_asia/share"
    assert "SUMIFS" not in explain(judged, identifier, labels)
    text = explain(judged, identifier, labels, inputs=True, formulas=True)
    for expected in (
        "pandas     (tables['report.results_by_region']",
        "Excel      =(SUMIFS('report.results_by_region'!$F$2:$F$11",
        "computed   11.607142857%; bounds 11.607142857 to 11.607142857",
        "104  implementation-2020-21/results_by_region/europe_central_asia/results",
        "Figure 15:849  (data/raw/implementation-2020-21/results_by_region.csv, row 10)",
    ):
        assert expected in text
    many = explain(judged, "implementation-2020-21/prose/707.4", labels, inputs=True)
    assert "and 44 more" in many


def test_an_input_says_who_reads_it_and_a_number_without_a_check_why(judged, labels):
    text = explain(judged, "implementation-2020-21/prose/594.1", labels, inputs=True)
    assert "Read by" in text
    assert "cooperation-review-2023/relations/187.2" in text
    lone = next(each for each in judged.judgements if each.reason == "not_about_data")
    assert "No check was made: not about data." in explain(judged, lone.claim.id, labels)


@pytest.mark.slow
def test_an_unknown_id_is_answered_with_those_near_it(judged):
    with pytest.raises(UnknownNumber, match=r"near it: .*implementation-2020-21/prose/27\.2"):
        matching(judged, "implementation-2020-21/prose/27")


@pytest.mark.slow
def test_every_claim_can_be_explained(judged, labels):
    for each in judged.judgements[::25]:
        assert each.claim.id in explain(judged, each.claim.id, labels)
