"""What stands beside a quantity in the record: a text that speaks of one often goes on to the next."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.checking.candidate import Candidate
from analysis.checking.candidate_index import CandidateIndex
from analysis.checking.derived import twins

# Within how many rows two statements stand together, and what a step of memory leaves.
ROWS, FADES = 2, 0.8


def standing_beside(catalogue: CandidateIndex, spoken: Sequence[Candidate]) -> dict[int, float]:
    """Return the statements that stand beside quantities that were spoken of, with weights of at most 1.

    Beside stands what the record holds of the same place (a box, a section) or of the rows next to it. A
    quantity of a table stands where its statement does.
    """
    weights: dict[int, float] = {}
    weight = 1.0
    for candidate in reversed(spoken):
        for number in _around(catalogue, candidate):
            weights.setdefault(number, weight)
        weight *= FADES
    return weights


def are_neighbours(one: Candidate, other: Candidate) -> bool:
    """Whether two statements, that no codes make, stand close to each other in one table."""
    if one.table != other.table or one.unit != other.unit or one.base is None:
        return False
    stated = not (one.named_by or other.named_by) and min(one.row, other.row) >= 0
    return stated and abs(one.row - other.row) <= ROWS


def _statements(catalogue: CandidateIndex, candidate: Candidate) -> list[Candidate]:
    """Return a statement, or those that say a quantity of a table."""
    if not candidate.named_by:
        return [candidate] if candidate.row >= 0 else []
    same = catalogue.by_base.get(candidate.base, ()) if candidate.base is not None else ()
    return [
        other
        for other in same
        if other.row >= 0 and not other.named_by and twins(catalogue, other)[0] is candidate
    ]


def _around(catalogue: CandidateIndex, candidate: Candidate) -> list[int]:
    """Return the statements beside a statement, or beside those that say a quantity of a table."""
    if candidate.id not in catalogue.around:
        catalogue.around[candidate.id] = [
            number
            for stated in _statements(catalogue, candidate)
            for number in catalogue.statements.get(stated.table, ())
            if abs((other := catalogue.candidates[number]).row - stated.row) <= ROWS
            or other.place == stated.place
        ]
    return catalogue.around[candidate.id]
