"""What a number may be computed as, where nothing settles it: offered, in words, beside what it may mean."""

import csv
from fractions import Fraction
from importlib.resources import files

import pytest

from analysis.checking.answers.telling import Teller
from analysis.checking.judging.combined import combined
from analysis.checking.likelihood.likely_computed import computation_weights
from analysis.reading import find_numbers


def offered(check_text, text, language, printed):
    return next(one for one in reversed(check_text(text, language)) if one.number.text.startswith(printed))


COMPUTED = [
    # A part of what stands beside it in the record.
    (
        "Uzbekistan created 500,000 temporary jobs by October 2020; women held {} per cent.",
        "en",
        "54",
        "66",
        "share",
    ),
]


@pytest.mark.parametrize(("text", "language", "right", "wrong", "how"), COMPUTED)
def test_a_computation_that_comes_to_a_number_is_offered(check_text, text, language, right, wrong, how):
    one = offered(check_text, text.format(right), language, right)
    assert one.verdict.computation.how == how
    assert one.verdict.computation in one.verdict.offered
    assert len(one.verdict.offered) <= 3
    other = offered(check_text, text.format(wrong), language, wrong)
    assert other.verdict.computation is None or other.verdict.computation.how != how


@pytest.mark.parametrize("language", ["en", "fr", "es", "zh"])
def test_a_computation_is_told_in_words_of_each_language(checker, check_text, language):
    one = offered(check_text, COMPUTED[0][0].format("54"), "en", "54")
    told = Teller(checker).told(one)
    assert "share of" in told
    assert "270,000" in told
    assert "54" in told
    labels = Teller(checker).labels(language)
    for how in ("sum", "difference", "share", "change", "ratio", "average", "rest"):
        assert "{" not in labels(f"draft.combined.{how}", first="1", second="2", operands="3")


def test_what_is_offered_is_no_verdict(check_text):
    one = offered(check_text, COMPUTED[0][0].format("54"), "en", "54")
    assert one.verdict.verdict in ("undecided", "not in the record")


def test_quantities_are_combined_exactly():
    one, other = find_numbers("30 and 40", "en")
    worth = {how: combined(how, (one, other), "").value for how in ("sum", "difference", "share", "average")}
    assert worth == {"sum": 70, "difference": -10, "share": 75, "average": Fraction(3, 4)}
    assert combined("change", (other, one), "percent").value == Fraction(100, 3)
    assert combined("rest", (one,), "percent").value == 70
    (none,) = find_numbers("0 results", "en")
    assert combined("share", (one, none), "percent") is None


def test_each_sign_of_a_computation_has_a_weight_and_a_meaning():
    with files("analysis.checking").joinpath("computed.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["sign"] for row in rows} == computation_weights().keys()
    assert all(row["meaning"] for row in rows)
