import pytest
from babel.numbers import get_decimal_symbol

from analysis.audit.explain import UnknownNumber, explain, matching
from analysis.labels import Catalogue, languages


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
    assert len(text) == 4
    assert text[1] == (
        "“68%” is printed; 101.1 of 147.4 US$ million is 68.6%, which rounds to 69%. Discrepancy, minor."
    )
    assert text[2].startswith("Why: 101.1 of 147.4")
    assert text[3] == "Undecided: whether unrounded amounts were used."


@pytest.mark.parametrize("language", languages())
def test_every_language_says_the_verdict_and_the_numbers(judged, recorded, language):
    labels = Catalogue(language, recorded)
    text = explain(judged, "implementation-2020-21/prose/1203.2", labels)
    for said in ("68%", "101.1", "147.4", "68.6"):
        assert said.replace(".", get_decimal_symbol(labels("language.locale"))) in text
    assert labels("verdict.discrepancy") in text


def test_printings_of_one_quantity_are_told_once_and_different_ones_are_offered(judged, labels):
    told = explain(judged, "896", labels)
    assert "the 52 numbers that it sums add up to 896 results. Reproduced." in told
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
    assert "no check was made: not about data" in explain(judged, lone.claim.id, labels)


def test_an_unknown_id_is_answered_with_those_near_it(judged):
    with pytest.raises(UnknownNumber, match=r"near it: .*implementation-2020-21/prose/27\.2"):
        matching(judged, "implementation-2020-21/prose/27")


@pytest.mark.slow
def test_every_claim_can_be_explained(judged, labels):
    for each in judged.judgements[::25]:
        assert each.claim.id in explain(judged, each.claim.id, labels)
