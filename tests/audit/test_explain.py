import pytest

from analysis.audit.explain import UnknownNumber, explain, matching


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


def test_every_claim_about_a_number_is_told(judged):
    number = next(each.claim.id for each in judged.judgements if len(each.checks) > 1)
    assert len(matching(judged, number)) > 1


def test_an_explanation_goes_down_to_file_row_and_place(judged, labels):
    text = explain(judged, "implementation-2020-21/results_by_region/europe_central_asia/share", labels)
    for expected in (
        "[Discrepancy]",
        "printed    11% = 11%",
        "sentence   The number printed in Results by region",
        "pandas     (tables['report.results_by_region']",
        "Excel      =(SUMIFS('report.results_by_region'!$F$2:$F$11",
        "computed   11.607142857%; bounds 11.607142857 to 11.607142857",
        "104  implementation-2020-21/results_by_region/europe_central_asia/results",
        "Figure 15, line 849  (data/raw/implementation-2020-21/results_by_region.csv, row 10)",
        "cause      104 of 896",
        "read by    implementation-2020-21/results_by_region/2020-21#shares",
    ):
        assert expected in text


def test_an_input_says_who_reads_it_and_a_number_without_one_why(judged, labels):
    assert "read by    cooperation-review-2023/" in explain(
        judged, "implementation-2020-21/prose/594.1", labels
    )
    lone = next(each for each in judged.judgements if each.reason == "not_about_data")
    assert "reason     not about data" in explain(judged, lone.claim.id, labels)


def test_an_unknown_id_is_answered_with_those_near_it(judged):
    with pytest.raises(UnknownNumber, match=r"near it: .*implementation-2020-21/prose/27\.2"):
        matching(judged, "implementation-2020-21/prose/27")


@pytest.mark.slow
def test_every_claim_can_be_explained(judged, labels):
    for each in judged.judgements[::25]:
        assert each.claim.id in explain(judged, each.claim.id, labels)
