"""Numbers that no rule settles, and that agree with what they most likely mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from analysis.checking.candidates.agreement import agreement, digits
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.match import Match
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.contested import Contested
from analysis.checking.judging.said_otherwise import is_level_of_a_change, said_otherwise
from analysis.checking.judging.verdicts import AGREES, OFFERED, ROUNDING, Verdict, meets
from analysis.checking.text.context import Context
from analysis.checking.together.with_plans import is_unsaid_plan

# How likely it is at least that a quantity is meant with which a number then agrees.
LIKELY_ENOUGH = 0.7
# The same where another period is said, only further off than beside it: likelihoods have weighed the
# period already, and hardly ever is what is likely in spite of it another's.
ENOUGH_ELSEWHEN = 0.55
# From what likelihood on nothing else is meant; how likely something else is at least by the words alone, and
# how much better they speak of it; how many digits are a value's by chance.
SURE, SPOKEN_RATHER, BETTER, FEW_DIGITS = 0.9, 0.3, 0.15, 2
# From what strength on a period is said for a number so that one of another is not what it means.
PERIOD_CLEAR = 0.9
# Up to what strength no period is said but above the text or by the record's own.
PERIOD_FAINT = 0.3
# Columns of which a code that is said beside a number is no other's, however likely its value.
PERSONS = ("sex", "age")
# The same by its digits, where what only its value finds is among what it may mean: one that has more of them
# is hardly ever the value of another by chance.
ENOUGH_BY_DIGITS = {1: LIKELY_ENOUGH, 2: 0.6}
ENOUGH_OF_MANY = 0.3


def likely_enough(
    catalogue: CandidateIndex,
    context: Context,
    likely: Sequence[tuple[Match, float]],
    least: float | None = None,
    spoken: Sequence[Candidate] = (),
) -> Match | None:
    """Return the quantity that a number most likely means, where it agrees with it; None where none does.

    Neither unit nor direction may be another, nor a period that is said of it, nor a sex or an age. What the
    record says in several places, as a statement and in a table, is as likely as all of them: the number is
    right for each.
    """
    best = likely[0][0].candidate
    part = math.fsum(
        part
        for match, part in likely
        if (match.candidate.base, match.candidate.unit) == (best.base, best.unit)
        and _may_agree(catalogue, context, match)
    )
    if least is None:
        least = LIKELY_ENOUGH if likely[0][0].in_period else ENOUGH_ELSEWHEN
    enough = part >= least and _may_agree(catalogue, context, likely[0][0])
    enough = enough and not _rather_of_now(context, likely, spoken)
    return likely[0][0] if enough and not is_unsaid_plan(catalogue, context, best) else None


def likely_by_digits(
    catalogue: CandidateIndex,
    context: Context,
    likely: Sequence[tuple[Match, float]],
    spoken: Sequence[Candidate],
) -> Match | None:
    """Return the quantity that a number most likely means, by its digits, where no code is said otherwise.

    Numbers around it have to speak of the same document: what is said of anything else may be a value of the
    record by chance. No share is meant by a number without a unit. ``spoken`` is what numbers around it agree
    with.
    """
    if not likely or likely[0][0].conflicts:
        return None
    best = likely[0][0].candidate
    if best.kind == "share" and not (context.number.unit or context.in_row):
        return None
    if not any(_of_one_document(best, other) for other in spoken):
        return None
    least = ENOUGH_BY_DIGITS.get(digits(context.number), ENOUGH_OF_MANY)
    return likely_enough(catalogue, context, likely, least, spoken)


def rather_of_another(
    context: Context, meant: Match, part: float, unvalued: Sequence[tuple[Match, float]]
) -> bool:
    """Whether the words alone speak of something else than a number likely means, of which it is no value.

    ``part`` is how likely what it means is, ``unvalued`` what it means where its value counts for nothing: a
    value of few digits that the words do not lead to agrees by chance.
    """
    first, alone = unvalued[0]
    if part >= SURE or alone < SPOKEN_RATHER or first.candidate.base in (None, meant.candidate.base):
        return False
    if digits(context.number) > FEW_DIGITS or first.score < meant.score + BETTER:
        return False
    return first.in_period and not first.conflicts and not agreement(context.number, first.candidate)


def _rather_of_now(
    context: Context, likely: Sequence[tuple[Match, float]], spoken: Sequence[Candidate]
) -> bool:
    """Whether what is likely is of another time, where none is said and another is spoken of as well.

    A text that says no period speaks of its own: an earlier value is not right then, unless numbers around it
    say the one of now.
    """
    best = likely[0][0]
    if best.in_period or context.period_strength > PERIOD_FAINT:
        return False
    return any(
        match.in_period
        and match.score >= best.score
        and match.candidate.unit == best.candidate.unit
        and match.candidate not in spoken
        for match, _ in likely
    )


def _of_one_document(one: Candidate, other: Candidate) -> bool:
    """Whether two quantities are of one document."""
    return one.table.partition(".")[0] == other.table.partition(".")[0]


def _may_agree(catalogue: CandidateIndex, context: Context, match: Match) -> bool:
    """Whether a number is the value of a quantity, and nothing that is said speaks against it."""
    number, held = context.number, match.candidate
    if not agreement(number, held) or not meets(number, held) or said_otherwise(catalogue, context, held):
        return False
    if is_level_of_a_change(catalogue, context, held) or catalogue.is_one_of_many(held, context.axes.keys()):
        return False
    if not match.in_period and context.period_strength >= PERIOD_CLEAR:
        return False
    return not {*PERSONS} & {*match.conflicts}


def settled_by_likelihood(checked: Sequence[Checked], contested: Contested | None = None) -> list[Checked]:
    """Return the numbers of a draft, those agreeing of which nothing is told but what they most likely mean.

    What looks wrong stays undecided, as does what is computed. A number that agrees now takes the finding on
    it.
    """
    return [_settled(judged, contested) for judged in checked]


def _settled(judged: Checked, contested: Contested | None) -> Checked:
    verdict = judged.verdict
    match = verdict.likely
    if match is None or not verdict.is_open or verdict.derived is not None:
        return judged
    if verdict.looks_wrong:
        return judged
    held = match.candidate
    told = AGREES if agreement(judged.number, held) == "exact" else ROUNDING
    matches = tuple(dict.fromkeys([match, *verdict.matches]))[:3]
    agreeing = Verdict(told, "value", held, None, held.base, matches=matches)
    offers = ((match, 1.0), *((other, part) for other, part in verdict.offers if other is not match))
    agreeing = replace(agreeing, suspicion=verdict.suspicion, likely=match, offers=offers[:OFFERED])
    settled = replace(judged, verdict=agreeing)
    return settled if contested is None else contested.beside(settled)
