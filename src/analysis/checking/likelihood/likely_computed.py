"""How likely a number that nothing settles is each computation that comes to it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from analysis.checking.candidates.agreement import agrees, digits, is_finer, scaled
from analysis.checking.candidates.belonging import CODED
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.likes import BESIDE, Likes
from analysis.checking.candidates.weights import Signs, weights_in
from analysis.checking.computed.computations import computations
from analysis.checking.computed.set_against import is_datum, scaled_as_beside
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.combined import CombinedValue
from analysis.checking.judging.operands import HERE, OFFERED, Computation, operands_of
from analysis.checking.judging.own_numbers import COMPARED, Computed
from analysis.checking.judging.verdicts import combined_as
from analysis.checking.text.mentions import Sentence, first_phrase
from analysis.reading import PrintedNumber

# Among how many numbers before and after one those of its sentence are.
NEAR = 40
# How likely a computation is, at least, that is offered.
LIKELY = 0.05
MOST_DIGITS, MANY = 4, 5.0
# In what scales amounts are recorded that are printed without them.
SCALES = (1_000, 1_000_000, 1_000_000_000)
# The phrases that say a way of computing.
SAYING = {
    "sum": ("together", "thus"),
    "difference": ("rise", "fall", "apart", "gap", "rest", "thus"),
    "share": ("share", "thus"),
    "change": ("rise", "fall", "apart"),
    "rest": ("rest", "thus"),
    "average": ("average", "each"),
}


def computation_weights() -> dict[str, float]:
    """Return the weight of each sign in the log-odds that a number is a computation.

    They are fitted by ``python -m benchmarks.offered_computations`` to drafts with known computations.
    """
    return weights_in("computed.csv")


class Computations:
    """Offers what numbers of a draft may be computed as, where nothing settles them."""

    def __init__(self, catalogue: CandidateIndex, likes: Likes):
        self.catalogue = catalogue
        self.likes = likes

    def offered(self, checked: Sequence[Checked]) -> list[Checked]:
        """Return the numbers of a draft, those that nothing settles with the likeliest computation."""
        told = list(checked)
        data = [at for at, one in enumerate(checked) if is_datum(one)]
        for order, at in enumerate(data):
            if _is_open(checked[at]):
                told[at] = self._told(checked[at], *self.weighed(checked, data, order))
        return told

    def _told(self, one: Checked, made: Sequence[Computation], signs: Sequence[Signs]) -> Checked:
        if not made:
            return one
        known = computation_weights()
        odds = [math.fsum(known[name] * size for name, size in some.items()) for some in signs]
        most = max(odds)
        parts = [math.exp(some - most) for some in odds]
        likeliest = max(range(len(made)), key=lambda place: (parts[place], -place))
        part = parts[likeliest] / math.fsum(parts)
        if part < LIKELY:
            return one
        if _refines(one, made[likeliest].made):
            return replace(one, verdict=combined_as(made[likeliest].made, matches=one.verdict.matches))
        offered = replace(one.verdict, computation=made[likeliest].made, computed_likely=part)
        return replace(one, verdict=offered)

    def weighed(
        self, checked: Sequence[Checked], data: Sequence[int], order: int
    ) -> tuple[list[Computation], list[Signs]]:
        """Return the computations that come to a number, and the signs of each, those of *none of them* last.

        ``data`` are the places of the numbers that are data, ``order`` says which of these is asked for.
        """
        one = checked[data[order]]
        beside = data[max(order - NEAR, 0) : order + NEAR]
        read = one.verdict.said.read
        number = scaled_as_beside(one.number, read)
        if number is one.number:
            number = _scaled_as_recorded(number, [checked[at] for at in beside if _is_here(checked[at], one)])
        made = computations(self.likes, number, read, operands_of(checked, data, order))
        if not made:
            return [], []
        clause = Computed(one.number, read, (), (), (), set())
        signs = [_signs(number, read, clause, computation) for computation in made]
        for some in signs:
            some["tries"] = min(math.log2(len(made)), MANY) / MANY
        return made, [*signs, _of_none(one)]


def _refines(one: Checked, made: CombinedValue) -> bool:
    """Whether a number is a share of two recorded quantities that the record prints with fewer decimals.

    "36.7 per cent of the results" of 329 and 896, where it says 37 per cent.
    """
    operands = [held for held in made.operands if isinstance(held, Candidate)]
    if made.how != "share" or len(operands) != 2 or agrees(one.number, made.value) != "exact":
        return False
    printed = (match.candidate for match in one.verdict.matches if match.in_period and not match.conflicts)
    return any(
        is_finer(one.number, share)
        and all(
            operands[0].axes.get(column) == code for column, code in share.axes.items() if column in CODED
        )
        for share in printed
    )


def _is_here(one: Checked, other: Checked) -> bool:
    return one.block is other.block and one.sentence == other.sentence


def _scaled_as_recorded(number: PrintedNumber, here: Sequence[Checked]) -> PrintedNumber:
    """Return a bare number in the scale in which the record holds another of its row or sentence."""
    if number.unit or number.decimals <= 0:
        return number
    for other in here:
        held, printed = other.verdict.candidate, other.number.value
        if other.verdict.is_right and held is not None and held.base and printed:
            scale = abs(held.base / printed)
            step = next((step for step in SCALES if abs(scale - step) * 100 < step), 0)
            if step and held.kind in ("money", "amount"):
                return scaled(number, step)
    return number


def _is_open(checked: Checked) -> bool:
    verdict = checked.verdict
    return verdict.is_open and verdict.derived is None and verdict.said is not None


def _signs(number: PrintedNumber, read: Sentence, clause: Computed, one: Computation) -> Signs:
    """Return the signs of a computation by their names."""
    made, operands = one.made, one.rests_on
    many = min(digits(number), MOST_DIGITS)
    said = bool(SAYING.get(made.how)) and clause.says(*SAYING[made.how])
    signs = {
        made.how: 1.0,
        f"value_word_{min(many, 2)}" if number.words else f"value_{max(many, 1)}": 1.0,
        "rounded": float(agrees(number, made.value) != "exact"),
        "here": sum(operand.place == HERE for operand in operands) / len(operands),
        "settled": sum(operand.settled for operand in operands) / len(operands),
        "next": float(any(operand.place == HERE and operand.steps == -1 for operand in operands)),
        "offered": max((1.0 for operand in operands if operand.place == OFFERED), default=0.0),
        "offered_first": float(any(operand.place == OFFERED and not operand.steps for operand in operands)),
        "several": float(len(made.operands) > 2),
        "far": max((abs(operand.steps) for operand in operands if operand.place != OFFERED), default=0) / 10,
    }
    if made.how in SAYING:
        signs[f"said_{made.how}"] = float(said)
    if one.like:
        kind = one.like if one.like in ("measure", "period", BESIDE) else "named" if one.named else "whole"
        signs[f"like_{kind}"] = 1.0
        if one.like == "measure":
            signs["target_said"] = float(bool(first_phrase(read.text.lower(), read.language, "target")))
    held = [operand for operand in made.operands if isinstance(operand, Candidate)]
    signs["recorded"] = len(held) / len(made.operands)
    if len(held) == 2:
        first, second = held
        signs["series"] = float(first.series == second.series)
        signs["unit"] = float(first.unit == second.unit)
        signs["period_apart"] = float(first.period != second.period)
        rises, falls = clause.says("rise"), clause.says("fall")
        if made.how in ("difference", "change") and first.period != second.period and rises != falls:
            onward = (made.value > 0) == (first.period > second.period)
            signs["turned"] = float(onward != rises)
    return signs


def _of_none(one: Checked) -> Signs:
    number, verdict = one.number, one.verdict
    return {
        "none": 1.0,
        "none_word": float(bool(number.words)),
        "none_digit_1": float(digits(number) == 1),
        "none_digit_2": float(digits(number) == 2),
        "none_percent": float(number.unit == "percent"),
        "none_fraction": float(number.unit == "fraction"),
        "none_compared": float(number.unit in COMPARED),
        "none_row": float(one.block.kind in ("row", "cells")),
        "none_recorded": math.fsum(verdict.meant),
        "none_first": verdict.meant[0] if verdict.meant else 0.0,
    }
