"""The page on the readers says what their lists hold: counts, overlap, and the estimate of what remains."""

import csv
import math
import re
from fractions import Fraction

import pytest

from analysis.audit.findings import findings

EXPLAINABLE = "explainable"


def listed(root, name: str) -> list[dict[str, str]]:
    with (root / "docs" / "findings" / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def page(root) -> str:
    return " ".join((root / "docs" / "findings" / "readers.md").read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def once(judged, labels) -> dict[str, str]:
    """Return for each finding's id that of the finding under which it is told."""
    return {each: told.id for told in findings(judged, labels) for each in (told.id, *told.also_ids)}


@pytest.fixture(scope="module")
def seen(root, once) -> dict[str, set[str]]:
    """Return the findings that each reader listed, once each; reader two's explainable ones are left out."""
    real: dict[str, set[str]] = {"one": set(), "two": set(), "four": set()}
    for row in listed(root, "readers.csv"):
        if row["judged"] == "finding" and (row["reader"], row["confidence"]) != ("two", EXPLAINABLE):
            number = row["finding"].partition("#")[0]
            real[row["reader"]].add(once.get(row["finding"]) or once[number])
    return real


@pytest.mark.slow
def test_the_overlap_of_the_two_lists_and_what_it_estimates_stand_on_the_page(seen, page):
    one, two = seen["one"], seen["two"]
    first, second, both = len(one), len(two), len(one & two)
    said = f"reader one listed {first} real contradictions, reader two {second}"
    assert said in page
    assert f"{both} are on both lists and {len(one | two)} on either" in page
    estimate = Fraction((first + 1) * (second + 1), both + 1) - 1
    spread = (first + 1) * (second + 1) * (first - both) * (second - both)
    deviation = math.sqrt(Fraction(spread, (both + 1) ** 2 * (both + 2)))
    high = math.ceil(float(estimate) + 1.96 * deviation)
    assert f"there are {round(estimate)} contradictions" in page
    assert f"95 % interval {len(one | two)} (the number seen) to {high}" in page


def most(known: int, drawn: int) -> int:
    """Return the largest number of which a list would lie within the known ones in 5 per cent of cases."""
    whole = known
    while math.comb(known, drawn) / math.comb(whole + 1, drawn) >= 0.05:
        whole += 1
    return whole


@pytest.mark.slow
def test_the_blind_list_lies_within_what_was_known(judged, labels, seen, page):
    from scipy.stats import beta  # takes half a second, of tests that are slow

    known, blind = seen["one"] | seen["two"], seen["four"]
    held = {each.id for each in findings(judged, labels)}
    assert blind <= held
    assert f"these are {len(blind)} real contradictions" in page
    low = beta.ppf(0.025, len(blind), 1)
    assert f"95 % interval {100 * low:.0f}–100 %, Clopper–Pearson" in page
    assert f"{len(known)} to {most(len(known), len(blind))} from the first two lists" in page
    assert f"{len(held)} to {most(len(held), len(blind))} from the findings" in page


def test_the_third_readers_table_counts_its_list(root, page):
    rows = [row for row in listed(root, "third-reader.csv") if "reason" not in row["judgement"]]
    kinds = {
        "true": "a contradiction that a reader must accept",
        "debatable": "debatable: the text does not settle what is meant",
        "no contradiction": "no contradiction",
    }
    for kind, words in kinds.items():
        of_kind = [row["severity"] for row in rows if row["judgement"] == kind]
        counts = [of_kind.count(each) for each in ("right", "too high", "too low")]
        assert re.search(
            rf"\| {re.escape(words)} \| " + r" \| ".join(map(str, [*counts, len(of_kind)])), page
        )
    assert f"| {len(rows)} findings |" in page
