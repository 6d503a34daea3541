"""Numbers that are told with what was planned: "24 against 15", "two of ten"; a target told as a result."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from analysis.checking.candidates.agreement import agreement, digits
from analysis.checking.candidates.belonging import MEASURE, PLANNED, told_of_results
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import MOVES, PAIRS, computations_said, printings
from analysis.checking.candidates.match import Match
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.doubts import partitive
from analysis.checking.judging.verdicts import (
    DISAGREES,
    NO_DATUM,
    RIGHT,
    SPOKEN_OF,
    UNDECIDED,
    Verdict,
    error,
    meets,
    told_for,
)
from analysis.checking.text.context import Context
from analysis.checking.text.mentions import first_phrase, phrases
from analysis.checking.text.periods import compatible

# Measures of what was planned, or was before, and of what came of it.
MEASURED = PAIRS
# Within how many numbers of a plan others stand in a list, and what came about; the kinds of a table's rows.
NEXT, AROUND, IN_TABLES = 2, 4, ("row", "cells")
# From how many digits on a result beside its plan is no chance; from what strength on a code is said of the
# plan itself, from what rarity on a word is another topic.
TELLING_DIGITS, FIRMLY, TOPIC = 2, 0.9, 0.3
# How likely a plan or what came of it is meant at least, and another of that value at most, by a number that
# is called wrong for it; which part of its clause what came about explains at least.
MEANT, MEANT_OTHERWISE, EXPLAINED = 0.45, 0.12, 0.4
# Kinds of words that speak of what was planned.
OF_PLANS = ("planned", "wished")
SET_AGAINST = ("against_plan", "met_plan", "below_plan", "above_plan")
PLAN_OF = {of_actual: of_plan for of_plan, of_actual in PAIRS}
# The measures of before and after: of a period each.
SINCE = ("baseline", "context")


@dataclass(frozen=True)
class WithPlan:
    """A number and what was planned for it, by their places; whether the words say so, or may say a part."""

    actual: int
    planned: int
    clearly: bool


def pairs_with_plans(contexts: Mapping[int, Context]) -> Iterator[WithPlan]:
    """Yield the numbers of a sentence that are set side by side with what was planned for them."""
    if not contexts:
        return
    read = next(iter(contexts.values())).sentence
    data = [at for at, number in enumerate(read.numbers) if not number.rule]
    paired = -1
    for one, other in pairwise(data):
        if one == paired or not {one, other} <= contexts.keys():
            continue
        first, second = contexts[one], contexts[other]
        if second.number.unit not in ("", first.number.unit):
            continue
        between = read.text[first.number.end : second.number.start]
        if speaks_of_a_plan(first) != speaks_of_a_plan(second):
            pair = WithPlan(other, one, True) if speaks_of_a_plan(first) else WithPlan(one, other, True)
        elif speaks_of_a_plan(first):
            continue
        elif _between(read.language, "against_plan").fullmatch(between):
            pair = WithPlan(one, other, True)
        elif _between(read.language, "of_plan").fullmatch(between):
            pair = WithPlan(one, other, False)
        else:
            continue
        paired = pair.planned
        yield pair


def judged_as_results(
    catalogue: CandidateIndex,
    contexts: Mapping[int, Context],
    firsts: Mapping[int, Verdict],
    ranked: Mapping[int, Sequence[Match]],
) -> dict[int, Verdict]:
    """Return the verdicts that change: numbers that are what was planned, told as what came about.

    Nothing says then that something was planned, and no number of the sentence is what came about.
    """
    changed = {}
    for at, first in firsts.items():
        context, matches = contexts[at], ranked.get(at, ())
        if first.is_right and first.kind == "value" and first.candidate is not None:
            result = result_of_unsaid_plan(catalogue, context, first.candidate)
            if result is not None:
                changed[at] = told_for(result, first.candidate, matches)
                continue
        own = next(iter(matches), None)
        if own is None or own.score < SPOKEN_OF or not own.in_period or own.conflicts or context.in_row:
            continue
        held = _paired(catalogue, own.candidate, PLAN_OF)
        if held is None or not agreement(context.number, held) or _speaks_of_plans(context, held):
            continue
        opened = first.is_open or first.candidate is held
        if opened and not any(_is_value(one, own.candidate) for one in contexts.values()):
            changed[at] = told_for(own.candidate, held, matches)
    return changed


def told_for_a_likely_result(
    catalogue: CandidateIndex, context: Context, likely: Sequence[tuple[Match, float]]
) -> Verdict | None:
    """Return the verdict on a number that is the plan of what it likely means, which came out otherwise.

    As above nothing speaks of a plan; the clause speaks of what came about, and of nothing else that has the
    value of the number.
    """
    if not likely or agreement(context.number, likely[0][0].candidate) != "exact":
        return None
    plan, result = likely[0][0].candidate, result_of_unsaid_plan(catalogue, context, likely[0][0].candidate)
    own = next(((match, part) for match, part in likely if match.candidate is result), None)
    if result is None or own is None or partitive(context) or context.lost or context.earlier:
        return None
    match, part = own
    if match.score < SPOKEN_OF or match.explained < EXPLAINED or match.conflicts:
        return None
    if context.period_strength >= FIRMLY and not compatible(context.period, result.period):
        return None
    others = (some for one, some in likely[1:] if agreement(context.number, one.candidate))
    unqualified = (replace(number, qualifier="") for number in context.sentence.numbers)
    if part + likely[0][1] < MEANT or math.fsum(others) > MEANT_OTHERWISE:
        return None
    if any(agreement(number, result) for number in unqualified):
        return None
    return told_for(result, plan, dict.fromkeys([match, *(one for one, _ in likely)]))


def judged_beside_results(
    catalogue: CandidateIndex, contexts: Mapping[int, Context], firsts: Mapping[int, Verdict]
) -> dict[int, Verdict]:
    """Return the verdicts that change: numbers told as the plan of the result right beside that are not.

    "32 countries (target: 25)"; nothing else is said between the two, and nothing computed.
    """
    changed = {}
    for pair in pairs_with_plans(contexts):
        result, context = firsts.get(pair.actual), contexts[pair.planned]
        if result is None or not (pair.clearly and result.is_right and result.candidate is not None):
            continue
        if result.kind != "value" or digits(contexts[pair.actual].number) < TELLING_DIGITS:
            continue
        own = _paired(catalogue, printings(catalogue, result.candidate)[0], PLAN_OF)
        if own is None or own.base is None or agreement(context.number, own):
            continue
        if _is_told_of(catalogue, contexts[pair.actual], context, own):
            first = firsts[pair.planned]
            kind, other = error(catalogue, context.number, own)
            other = other or (first.candidate if first.is_right else None)
            changed[pair.planned] = Verdict(
                DISAGREES, "value", own, None, own.base, kind, other, first.matches
            )
    return changed


def _is_told_of(catalogue: CandidateIndex, actual: Context, planned: Context, own: Candidate) -> bool:
    """Whether a number is said to be what was planned for the one beside it: no other code, topic or time."""
    later = [actual] if actual.number.start > planned.number.start else []
    computed = {how for one in (planned, *later) for how in computations_said(one)} & {*MOVES, "ratio"}
    if planned.in_row or planned.lost or computed:  # "114 were due, 12 fewer came": 12 is no result
        return False
    if not meets(planned.number, own) or not compatible(planned.period, own.period):
        return False
    if any(
        strength >= FIRMLY and own.axes.get(axis, code) not in code.split("|")
        for axis, (code, strength) in planned.axes.items()
    ):
        return False
    read = planned.sentence
    first, (_, high) = min(actual.number.end, planned.number.start), read.clause(planned.number)
    family = catalogue.wordings.family(read.language)
    held = own.features[family].union(own.unit_features, *own.named_by.values())
    held |= catalogue.wordings.comparing(read.language, (*OF_PLANS, *SET_AGAINST))
    rarity = catalogue.rarity[family]
    said = {one.name for one in read.features if first <= one.start < high and one.name.isascii()}
    return not any(rarity.get(name, 0.0) > TOPIC for name in said - held)


def listed_plans(checked: Sequence[Checked]) -> list[Checked]:
    """Return the numbers of a draft, no plan called wrong for its result that stands in a list of plans.

    Of the numbers around it two more are then plans that no word calls so, or what came about stands a few
    numbers further: the columns of a table that was written as lines.
    """
    data = [at for at, judged in enumerate(checked) if judged.verdict.verdict != NO_DATUM]
    plans = {at for at in data if _is_plan(checked[at].verdict) and not _in_words_of_plans(checked[at])}
    made = list(checked)
    for place, at in enumerate(data):
        verdict = checked[at].verdict
        if verdict.verdict != DISAGREES or at not in plans or checked[at].block.kind in IN_TABLES:
            continue
        beside = len(plans & {*data[max(place - NEXT, 0) : place + NEXT + 1]}) > NEXT
        around = (checked[one] for one in data[max(place - AROUND, 0) : place + AROUND + 1])
        if beside or any(_is_right_for(other.verdict, verdict.candidate) for other in around):
            made[at] = replace(checked[at], verdict=Verdict(UNDECIDED, matches=verdict.matches))
    return made


def _is_plan(verdict: Verdict) -> bool:
    """Whether a number agrees with a plan, or is called wrong for the result of one."""
    if verdict.candidate is None or verdict.verdict not in (*RIGHT, DISAGREES):
        return False
    held = verdict.right_for if verdict.verdict == DISAGREES else verdict.candidate
    if held is None or held.axes.get(MEASURE) not in PLANNED:
        return False
    return {**verdict.candidate.axes, MEASURE: held.axes[MEASURE]} == held.axes


def _is_right_for(verdict: Verdict, candidate: Candidate | None) -> bool:
    return verdict.is_right and verdict.candidate is candidate


def _in_words_of_plans(judged: Checked) -> bool:
    text = judged.block.text[slice(*judged.sentence)].lower()
    return any(first_phrase(text, judged.language, kind) for kind in OF_PLANS)


def is_unsaid_plan(catalogue: CandidateIndex, context: Context, candidate: Candidate) -> bool:
    """Whether a quantity is a plan, of which a sentence neither says so nor tells what came of it."""
    if result_of_unsaid_plan(catalogue, context, candidate) is not None:
        return True
    stated = candidate.axes.get(MEASURE) in PLANNED and _paired(catalogue, candidate, dict(PAIRS)) is None
    alone = stated and _is_stated_plan(candidate)
    return alone and not (context.in_row or _speaks_of_plans(context, candidate))


def result_of_unsaid_plan(
    catalogue: CandidateIndex, context: Context, candidate: Candidate
) -> Candidate | None:
    """Return what came of a plan that a sentence neither calls so nor tells with it; None of all else."""
    if candidate.axes.get(MEASURE) not in PLANNED or context.in_row or _speaks_of_plans(context, candidate):
        return None
    result = _paired(catalogue, candidate, dict(PAIRS))
    if result is None or result.base == candidate.base:
        return None
    told = any(agreement(number, result) for number in context.sentence.numbers)
    return None if told else result


def _is_stated_plan(candidate: Candidate) -> bool:
    """Whether the words of a statement say a plan, other than by a plan's name."""
    titles = ((language, title.lower()) for language, title in candidate.titles.items())
    for language, title in titles:
        for name in phrases(language)["plans_by_name"]:
            title = title.replace(name, " ")
        if first_phrase(title, language, "planned"):
            return True
    return False


def _paired(catalogue: CandidateIndex, candidate: Candidate, measures: Mapping[str, str]) -> Candidate | None:
    """Return the quantity that differs in the measure alone, which is another's; None where there is none.

    A level before and what came since are of a period each, a plan and its result of one.
    """
    code = candidate.axes.get(MEASURE, "")
    if not code and measures is PLAN_OF and candidate.row >= 0:
        if candidate.id not in catalogue.stated_plans:
            catalogue.stated_plans[candidate.id] = _stated_plan(catalogue, candidate)
        return catalogue.stated_plans[candidate.id]
    measure = measures.get(code, "")
    wanted = {**candidate.axes, MEASURE: measure}
    likes = (catalogue.candidates[place] for place in catalogue.by_axis.get((MEASURE, measure), ()))
    alike = (one for one in likes if (one.table, one.axes) == (candidate.table, wanted))
    return next(
        (one for one in alike if measure in SINCE or code in SINCE or one.period == candidate.period), None
    )


def _stated_plan(catalogue: CandidateIndex, candidate: Candidate) -> Candidate | None:
    """Return the statement that says what was planned in the words of another, and only that besides."""
    for place in catalogue.statements.get(candidate.table, ()):
        other = catalogue.candidates[place]
        code = other.axes.get(MEASURE, "")
        if code not in PLANNED or (other.unit, other.period) != (candidate.unit, candidate.period):
            continue
        more = other.features["words"] - candidate.features["words"]
        if more == {code} and other.axes == {**candidate.axes, MEASURE: code}:
            return other
    return None


def _is_value(context: Context, candidate: Candidate) -> bool:
    """Whether a number is the value of a quantity, and nothing says another code of it."""
    codes = ((candidate.axes.get(axis), said) for axis, said in context.axes.items())
    of_another = any(own and own not in code.split("|") for own, (code, strength) in codes if strength == 1)
    return bool(agreement(context.number, candidate)) and not of_another


def _speaks_of_plans(context: Context, plan: Candidate) -> bool:
    """Whether a sentence says that something was planned, or what stands around it does.

    That a target was missed or passed is said of a result.
    """
    read, text = context.sentence, context.sentence.text.lower()
    if plan.axes.get(MEASURE) not in SINCE:
        text = told_of_results(read.language).sub(" ", text)
    code, _ = context.axes.get(MEASURE, ("", 0.0))
    said = any(first_phrase(text, read.language, kind) for kind in OF_PLANS)
    return said or bool({*code.split("|")} & {*PLANNED})


def speaks_of_a_plan(context: Context) -> bool:
    """Whether what is said of a number is, for certain, that it was planned."""
    code, strength = context.axes.get(MEASURE, ("", 0.0))
    return strength == 1.0 and bool(code) and {*code.split("|")} <= {*PLANNED}


@cache
def _between(language: str, kind: str) -> re.Pattern[str]:
    """Return what stands between a number and what was planned for it, by a kind of phrases."""
    words = "|".join(map(re.escape, sorted(phrases(language)[kind], key=len, reverse=True)))
    if language == "zh":
        return re.compile(rf"[^，。；\d]{{0,6}}(?:{words})[^，。；\d]{{0,8}}")
    return re.compile(
        rf"(?:\s+[^\W\d]+){{0,3}}\s*[,(]?\s*(?:{words})(?:\s+[^\W\d]+){{0,5}}\s*(?:US\$|\$|€)?\s*", re.I
    )
