"""What a number that nothing settles may be computed from, and what it then comes to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.checking.candidates.agreement import SHARES, agreement
from analysis.checking.candidates.candidate import Candidate, size_of
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.combined import CombinedValue, value_of
from analysis.checking.judging.verdicts import DISAGREES, RIGHT
from analysis.reading import PrintedNumber

# Where an operand stands: in the sentence, before it, or among what is offered for the number itself.
HERE, EARLIER, OFFERED = "here", "earlier", "offered"
# Among how many numbers of the sentence, and of those before it, operands are looked for.
NEAREST, FORMER = 7, 5
TIMES = ("times", "times_increase")
# What a number that is not settled counts as, where it has no unit.
COUNTS = "count"


@dataclass(frozen=True, eq=False, slots=True)
class Operand:
    """A quantity that a number may be computed from.

    Attributes
    ----------
    held : Candidate or PrintedNumber
        A recorded one, or a number of the text that is not settled.
    size : float
    kind : str
        ``count``, ``share``, ``money`` and so on.
    unit : str
        In which it is printed or recorded.
    place : str
        ``here``, ``earlier`` or ``offered``.
    steps : int
        How many numbers away it stands; its place among what is offered.
    settled : bool
        Whether the record agrees with the number.
    """

    held: Candidate | PrintedNumber
    size: float
    kind: str
    unit: str
    place: str
    steps: int
    settled: bool


@dataclass(frozen=True, eq=False, slots=True)
class Computation:
    """A computation that a number may be, with the operands that it rests on.

    ``like`` is the column in which the second quantity differs from the first, of which it is one of the
    likes and which no number says; ``named`` says whether the sentence says the code of that like.
    """

    made: CombinedValue
    rests_on: tuple[Operand, ...]
    like: str = ""
    named: bool = False


def operands_of(checked: Sequence[Checked], data: Sequence[int], order: int) -> list[Operand]:
    """Return what a number may be computed from: the numbers around it, and what is offered for it.

    ``data`` are the places of the numbers that are data, ``order`` says which of these is asked for.
    """
    one, around = checked[data[order]], []
    for way, most in ((-1, NEAREST + FORMER), (1, NEAREST)):
        places = data[order + 1 : order + 1 + most] if way > 0 else data[max(order - most, 0) : order][::-1]
        for steps, at in enumerate(places, start=1):
            other = checked[at]
            here = other.block is one.block and other.sentence == one.sentence
            if here or (way < 0 and other.block.headings == one.block.headings):
                around.append((other, way * steps, HERE if here else EARLIER))
    former = [entry for entry in around if entry[2] == EARLIER][:FORMER]
    made = [_operand(*entry) for entry in [entry for entry in around if entry[2] == HERE] + former]
    offered = [match.candidate for match in one.verdict.matches if match.candidate.base]
    offered = list(dict.fromkeys([*(one.verdict.said.spoken if one.verdict.said else ()), *offered]))
    known = {operand.held.id for operand in made if isinstance(operand.held, Candidate)}
    made += [
        _of_candidate(candidate, OFFERED, place, False)
        for place, candidate in enumerate(offered)
        if candidate.id not in known
    ]
    return [operand for operand in made if 0 < operand.size < math.inf]


def _operand(other: Checked, steps: int, place: str) -> Operand:
    verdict = other.verdict
    held = verdict.candidate if verdict.verdict in (*RIGHT, DISAGREES) else None
    if held is None and verdict.derived is None and verdict.likely is not None:
        held = verdict.likely.candidate
    elif held is None and verdict.derived is None:
        agreeing = (match.candidate for match in verdict.matches if agreement(other.number, match.candidate))
        held = next(agreeing, None)
    if held is not None and held.base is not None:
        return _of_candidate(held, place, steps, verdict.is_right)
    number = other.number
    unit = "percent" if number.unit in SHARES else number.unit
    kind = "share" if unit in ("percent", "percentage_points", *TIMES) else "money" if unit else COUNTS
    return Operand(number, size_of(value_of(number)), kind, unit, place, steps, verdict.is_right)


def _of_candidate(held: Candidate, place: str, steps: int, settled: bool) -> Operand:
    unit = "percent" if held.unit in ("percent", "fraction") else held.unit
    return Operand(held, held.size, held.kind, unit, place, steps, settled)
