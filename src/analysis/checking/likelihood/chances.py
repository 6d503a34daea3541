"""How likely a number is wrong: a few signs of it, weighed by what they told in drafts not looked at."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from analysis.checking.candidates.agreement import agreement
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import Derived, siblings
from analysis.checking.candidates.match import Match
from analysis.checking.candidates.weights import weights_in
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import DISAGREES, LOOKS_WRONG, NO_DATUM, UNDECIDED, Verdict, error

# From what chance on a number is called wrong: of eight sets' alarms 149 of 154 are then true, each set told
# by the weights of the others.
CALLED_WRONG = 0.68
# From what likelihood on a number that may be a value with a slip means what it is the value of.
MEANT = 0.2
# How many numbers before and after one are looked at, and what is taken of those that are not there: as many
# as AS_IF, of which that part agrees that does in drafts.
AROUND, AS_IF, USUAL = 3, 2, 0.65


def sign_weights() -> dict[str, float]:
    """Return the weight of each sign in the log-odds that a number is wrong; ``always`` is added.

    They are fitted by ``python -m benchmarks.alarm_chances`` to numbers of drafts that were judged by two
    annotators, as the rules saw them before anybody had looked at what failed.
    """
    return weights_in("chances.csv")


def chance_of_error(signs: Mapping[str, float]) -> float:
    r"""Return how likely a number with some signs is wrong.

    .. math:: p = \frac{1}{1 + e^{-(w_0 + \sum_i w_i x_i)}}

    Parameters
    ----------
    signs : mapping
        Size of each sign; one that is missing is nothing.

    Returns
    -------
    float
        From 0 to 1.
    """
    known = sign_weights()
    odds = known["always"] + sum(known[name] * size for name, size in signs.items())
    return 1 / (1 + math.exp(-odds))


def graded_by_chance(catalogue: CandidateIndex, checked: Sequence[Checked]) -> list[Checked]:
    """Return the numbers of a draft, called wrong only where the chance of it is high.

    What is less likely wrong, but may be, is undecided, with its chance and with what the record says. What
    the text's own numbers or words settle stays as it is; what was computed from recorded numbers that the
    text only names is undecided.
    """
    data = [judged for judged in checked if judged.verdict.verdict != NO_DATUM]
    agreeing = [judged.verdict.is_right for judged in data]
    near = {}
    for place, judged in enumerate(data):
        around = agreeing[max(place - AROUND, 0) : place] + agreeing[place + 1 : place + 1 + AROUND]
        near[id(judged)] = (sum(around) + USUAL * AS_IF) / (len(around) + AS_IF)
    return [_graded(catalogue, judged, near.get(id(judged), 0.0)) for judged in checked]


def _graded(catalogue: CandidateIndex, judged: Checked, near: float) -> Checked:
    verdict, suspected = judged.verdict, judged.verdict.suspicion
    if isinstance(verdict.derived, Derived) and verdict.error_kind == "arithmetic":
        return replace(judged, verdict=replace(verdict, verdict=UNDECIDED, chance=LOOKS_WRONG))
    if suspected is None or verdict.derived is not None:
        return judged
    suspected = replace(suspected, signs={**suspected.signs, "agreeing_near": near})
    likely, called = chance_of_error(suspected.signs), verdict.verdict == DISAGREES
    made = replace(verdict, suspicion=suspected, chance=likely)
    if called and likely < LOOKS_WRONG:
        made = Verdict(UNDECIDED, matches=verdict.matches, likely=verdict.likely, said=verdict.said)
        made = replace(made, suspicion=suspected, chance=likely)
    elif called and likely < CALLED_WRONG:
        made = replace(made, verdict=UNDECIDED)
    elif not called and likely >= LOOKS_WRONG:
        made = _wrong(catalogue, judged, made)
        if likely < CALLED_WRONG:
            made = replace(made, verdict=UNDECIDED, chance=likely)
    return replace(judged, verdict=made)


def only_looking_wrong(checked: Sequence[Checked], titled: Set[str]) -> list[Checked]:
    """Return the numbers of a draft, none called wrong in a language in which the record has no titles.

    What they mean is told there by names and by words that are alike alone.
    """
    return [
        replace(judged, verdict=replace(verdict, verdict=UNDECIDED, chance=max(verdict.chance, LOOKS_WRONG)))
        if (verdict := judged.verdict).verdict == DISAGREES and judged.language not in titled
        else judged
        for judged in checked
    ]


def with_slips(catalogue: CandidateIndex, checked: Sequence[Checked]) -> list[Checked]:
    """Return the numbers of a draft, called wrong where one is a value with a slip and nothing settles it.

    Of a likely quantity, that is: its digits are exchanged, or it has another scale, qualifier or direction.
    """
    return [
        replace(judged, verdict=_wrong(catalogue, judged, judged.verdict, judged.verdict.suspicion.slip))
        if _is_slip(judged) and not _is_a_like(catalogue, judged, checked)
        else judged
        for judged in checked
    ]


def _is_a_like(catalogue: CandidateIndex, judged: Checked, checked: Sequence[Checked]) -> bool:
    """Whether a number is the value of a like of what another of its sentence agrees with."""
    told = (
        one.verdict.candidate
        for one in checked
        if one.block is judged.block and one.sentence == judged.sentence and one.verdict.is_right
    )
    return any(
        agreement(judged.number, other) == "exact"
        for candidate in told
        if candidate is not None
        for _, other in siblings(catalogue, candidate)
    )


def _is_slip(judged: Checked) -> bool:
    verdict, suspected = judged.verdict, judged.verdict.suspicion
    if not verdict.is_open or verdict.derived is not None or suspected is None:
        return False
    return suspected.slip is not None and suspected.signs.get("likely_value", 0.0) < MEANT


def _wrong(
    catalogue: CandidateIndex, judged: Checked, verdict: Verdict, match: Match | None = None
) -> Verdict:
    """Return a verdict that a number is a wrong value of a quantity, or of what it is suspected of."""
    suspected = verdict.suspicion
    candidate = (match or suspected.match).candidate
    kind, other = error(catalogue, judged.number, candidate)
    if suspected.otherwise and candidate is suspected.match.candidate:
        kind, other = suspected.otherwise, None
    return replace(
        verdict,
        verdict=DISAGREES,
        candidate=candidate,
        held=candidate.base,
        error_kind=kind,
        right_for=other,
        chance=max(verdict.chance, CALLED_WRONG),
    )
