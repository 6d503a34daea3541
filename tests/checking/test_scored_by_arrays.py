"""What is reckoned by arrays over all candidates is what each of them has by itself."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from analysis.checking.candidates.clause import Clause, Said
from analysis.checking.candidates.code_fits import AXIS_AGREES, AXIS_DIFFERS, CodeFits
from analysis.checking.candidates.counting import (
    COUNTABLE,
    COUNTED_AGREES,
    COUNTED_DIFFERS,
    COUNTED_TITLED,
    UNIT_ABSENT,
    Counting,
)
from analysis.checking.candidates.coverage import SMOOTHING, Coverage
from analysis.checking.text.context import Context
from analysis.reading import PrintedNumber

WEIGHTS = {"target": 1.0, "result": 0.6, "africa": 0.5, "nowhere": 1.0}


@pytest.fixture(scope="module")
def fits(checker):
    return CodeFits(checker.catalogue)


@pytest.fixture(scope="module")
def coverage(checker, fits):
    return Coverage(checker.catalogue, checker.catalogue.rarity["words"], "words", fits)


def saying(axes):
    return Context(None, None, weights=WEIGHTS, axes=axes)


def test_what_is_shared_is_the_sum_over_the_features_of_each_candidate(checker, coverage):
    rarity = checker.catalogue.rarity["words"]
    by_hand = [
        sum(WEIGHTS[name] * rarity[name] for name in WEIGHTS if name in candidate.features["words"])
        for candidate in checker.catalogue.candidates
    ]
    assert coverage.shared(WEIGHTS) == pytest.approx(by_hand)
    assert max(by_hand) > 0


@pytest.mark.parametrize("strength", [1.0, 0.4])
def test_words_of_a_code_need_not_be_said_where_the_code_is_firmly(checker, coverage, strength):
    candidates, rarity = checker.catalogue.candidates, checker.catalogue.rarity["words"]
    axes = {"region": ("africa|arab_states", strength), "outcome": ("4", 1.0)}
    by_hand = []
    for candidate in candidates:
        names = candidate.features["words"]
        told = {
            name
            for axis, (code, said) in axes.items()
            if said >= 0.5 and candidate.axes.get(axis) in code.split("|")
            for name in candidate.named_by.get(axis, ())
        }
        asked = sum(rarity[name] for name in names if name in WEIGHTS or name not in told)
        shared = sum(WEIGHTS[name] * rarity[name] for name in names if name in WEIGHTS)
        by_hand.append(shared / (asked + SMOOTHING))
    assert coverage.covered(saying(axes)) == pytest.approx(by_hand)


def test_a_code_agrees_differs_or_is_lacking(checker, fits):
    candidates = checker.catalogue.candidates
    fit = fits.of("region", "africa", called=False)
    for number, candidate in enumerate(candidates):
        held = candidate.axes.get("region")
        if held == "africa":
            assert fit.adds[number] == AXIS_AGREES
            assert not fit.against(1.0)[number]
        elif held is not None and "region" not in candidate.whole:
            assert fit.adds[number] == -AXIS_DIFFERS
            assert fit.against(0.1)[number]
        else:
            assert -AXIS_DIFFERS < fit.adds[number] < 0
            assert fit.against(1.0)[number]
            assert not fit.against(0.1)[number]


def test_a_code_that_no_candidate_has_is_held_by_none(checker, fits):
    assert not np.any(fits.of("region", "atlantis", called=False).adds > 0)
    assert not np.any(fits.of("no_such_column", "1", called=False).adds > 0)
    assert not np.any(fits.holds("no_such_column", "1"))


def test_codes_of_columns_that_are_said_cost_nothing(checker, fits):
    assert np.all(fits.unsaid({"region", "sex", "age", "measure", "source", "outcome", "output"}) == 0)
    everything, but_region = fits.unsaid(()), fits.unsaid({"region"})
    for number, candidate in enumerate(checker.catalogue.candidates):
        if "region" not in candidate.axes:
            assert everything[number] == but_region[number]
    assert np.any(everything > but_region)


def test_the_name_of_a_column_is_no_word_of_the_clause(checker):
    held = next(one for one in checker.catalogue.candidates if one.axes.get("region") == "africa")
    context = Context(
        None,
        None,
        weights={"target": 1.0},
        local={"target": 1.0, "region": 1.0},
        axes={"region": ("africa", 1.0)},
    )
    held = replace(held, features={"words": frozenset({"target", "other"})})
    rarity = {"target": 0.6, "region": 0.6}
    said = Said(Clause(context, rarity, 0.8, "words"), held)
    assert said.explained == 1.0
    assert said.words == ("target",)
    context.axes = {}
    assert Said(Clause(context, rarity, 0.8, "words"), held).explained == 0.5


def counted_by_hand(candidate, context, noun, spoken):
    if candidate.kind not in COUNTABLE or (spoken and not noun):
        return 0.0
    features, titles = candidate.unit_features, candidate.features["words"]
    missing = UNIT_ABSENT if features and not features & context.weights.keys() else 0.0
    missing *= 2 if candidate.kind == "duration" else 1
    missing += 2 * UNIT_ABSENT if candidate.kind == "duration" and not features & noun else 0.0
    if context.number.unit:
        return -missing
    if not context.counted:
        before = any(context.weights.get(name, 0.0) >= 1.0 for name in features)
        return -missing + (COUNTED_AGREES / 3 if before else 0.0)
    if features & noun:
        return COUNTED_AGREES
    if noun:
        return (
            -COUNTED_DIFFERS if not noun & titles else 0.0 if candidate.unit == "count" else -COUNTED_TITLED
        )
    following = any(name in titles for _, name in context.counted)
    return -missing + (COUNTED_AGREES / 3 if following else 0.0)


@pytest.mark.parametrize("unit", ["", "usd"])
@pytest.mark.parametrize("noun", ["", "result", "target", "country", "nowhere"])
@pytest.mark.parametrize("counted", [(), ((9, "result"), (12, "africa")), ((9, "nowhere"),)])
@pytest.mark.parametrize("weight", [1.0, 0.6])
def test_what_a_number_counts_is_weighed_for_all_as_for_each(checker, unit, noun, counted, weight):
    number = PrintedNumber(0, 3, "896", Fraction(896), 0, unit)
    said = {"result": weight, "country": 0.6, "day": weight}
    context = Context(number, None, weights=said, counted=counted)
    noun = frozenset({noun} - {""}) if counted else frozenset()
    spoken = list(range(0, len(checker.catalogue.candidates), 7))
    adds = Counting(checker.catalogue).of(context, noun, spoken)
    by_hand = [
        counted_by_hand(candidate, context, noun, place % 7 == 0)
        for place, candidate in enumerate(checker.catalogue.candidates)
    ]
    assert adds.tolist() == pytest.approx(by_hand)
    assert len({*by_hand}) > 1
