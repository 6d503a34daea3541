"""The quantities of a record that differ from one in a single column, or stand beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import PAIRS, printings, twins

# Within how many rows two statements stand together, and what a step of memory leaves.
ROWS, FADES = 2, 0.8
# What stands beside a quantity in the record, in the place of a column in which it differs.
BESIDE = "beside"
# The columns of what is nested, which headings and captions say, too.
NODES = ("outcome", "output", "indicator")
# Which part of their words, by rarity, two quantities share that are told apart by a code or some words.
ALIKE = 0.3


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
    """Whether two statements of one unit, that no codes make, stand close to each other in one table."""
    return one.unit == other.unit and are_close(one, other)


def are_close(one: Candidate, other: Candidate) -> bool:
    """Whether two statements, that no codes make, stand close to each other in one table."""
    if one.table != other.table or one.base is None:
        return False
    stated = not (one.named_by or other.named_by) and min(one.row, other.row) >= 0
    return stated and abs(one.row - other.row) <= ROWS


def statements_of(catalogue: CandidateIndex, candidate: Candidate) -> list[Candidate]:
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
            for stated in statements_of(catalogue, candidate)
            for number in catalogue.statements.get(stated.table, ())
            if abs((other := catalogue.candidates[number]).row - stated.row) <= ROWS
            or other.place == stated.place
        ]
    return catalogue.around[candidate.id]


class Likes:
    """The quantities of a record that differ from one in a single column."""

    def __init__(self, catalogue: CandidateIndex):
        self.catalogue = catalogue
        told = [one for one in catalogue.candidates if one.named_by and one.base is not None]
        self._columns: dict[str, dict[str, None]] = {}
        for one in told:
            self._columns.setdefault(one.table, {}).update(dict.fromkeys(one.axes))
        self._by_key: dict[tuple, list[Candidate]] = {}
        self._of: dict[str, list[tuple[Candidate, str, Candidate]]] = {}
        self._beside: dict[str, list[Candidate]] = {}
        self._groups: dict[str, list[tuple[str, list[Candidate]]]] = {}
        self._finest: dict[tuple, list[Candidate]] | None = None
        for one in told:
            for _, key in self._keys(one):
                self._by_key.setdefault(key, []).append(one)

    def of(self, candidate: Candidate) -> list[tuple[Candidate, str, Candidate]]:
        """Return a quantity, or the one of a table that it states, with each like and the column of that."""
        if candidate.id not in self._of:
            self._of[candidate.id] = [
                (one, column, other)
                for one in printings(self.catalogue, candidate)
                for column, key in (self._keys(one) if one.named_by else ())
                for other in self._by_key.get(key, ())
                if other is not one
            ]
        return self._of[candidate.id]

    def beside(self, candidate: Candidate) -> list[Candidate]:
        """Return the statements that stand beside one in the record, of its kind."""
        if candidate.id not in self._beside:
            near = (self.catalogue.candidates[at] for at in standing_beside(self.catalogue, [candidate]))
            alike = [one for one in near if one is not candidate and one.base and one.kind == candidate.kind]
            self._beside[candidate.id] = alike
        return self._beside[candidate.id]

    def groups(self, candidate: Candidate) -> list[tuple[str, list[Candidate]]]:
        """Return the quantities that differ from one in a column's code alone, itself among them."""
        if candidate.id not in self._groups:
            made = []
            for one in twins(self.catalogue, candidate):
                for column, key in self._keys(one) if one.named_by else ():
                    if column not in ("period", "measure") and column in one.axes:
                        alike = [other for other in self._by_key.get(key, ()) if column not in other.whole]
                        made.append((column, [other for other in alike if other.axes.get(column)]))
            self._groups[candidate.id] = [(column, group) for column, group in made if len(group) > 1]
        return self._groups[candidate.id]

    def nested(self, candidate: Candidate) -> list[tuple[str, list[Candidate]]]:
        """Return those that differ in the finest of columns that nest, and in what follows from that.

        A partner of one kind beside one of another: :meth:`groups` has those of one kind alone.
        """
        made = []
        for one in twins(self.catalogue, candidate) if candidate.named_by else ():
            chain = self.catalogue.levels.get(one.table, [])
            if len(chain) > 1 and one.axes.get(chain[0]):
                alike = self._by_finest().get(_finest(one, chain), [])
                made.append((chain[0], alike))
        return [(column, group) for column, group in made if len(group) > 1]

    def _by_finest(self) -> dict[tuple, list[Candidate]]:
        if self._finest is None:
            self._finest = {}
            for one in self.catalogue.candidates:
                chain = self.catalogue.levels.get(one.table, [])
                if one.named_by and one.base is not None and len(chain) > 1 and one.axes.get(chain[0]):
                    self._finest.setdefault(_finest(one, chain), []).append(one)
        return self._finest

    def _keys(self, candidate: Candidate) -> Iterator[tuple[str, tuple]]:
        codes = {axis: code for axis, code in candidate.axes.items() if axis not in candidate.whole}
        codes = {axis: code for axis, code in codes.items() if axis in candidate.named_by}
        for column in (*self._columns.get(candidate.table, ()), "period"):
            rest = frozenset((axis, code) for axis, code in codes.items() if axis != column)
            period = "" if column == "period" else candidate.period
            yield column, (candidate.table, column, rest, period, candidate.unit)


def _finest(one: Candidate, chain: Sequence[str]) -> tuple:
    """Return what a quantity shares with those that differ in the finest column of a chain alone."""
    rest = {axis: code for axis, code in one.axes.items() if axis not in {*chain, *one.whole}}
    return one.table, frozenset(rest.items()), one.period, one.unit


def named_beside(
    one: Candidate, other: Candidate, column: str, said: Set[tuple[str, str]], words: Set[str]
) -> bool | None:
    """Return whether a sentence names the code of a like; None where they are not set against each other.

    ``said`` are the columns and codes that the sentence says, ``words`` its features.
    """
    if column == BESIDE:
        return False
    if column == "period":
        return ("period", other.period) in said if one.period != other.period else None
    own, code = one.axes.get(column, ""), other.axes.get(column, "")
    if own == code:
        return None
    if column == "measure":
        return False if (own, code) in PAIRS or (code, own) in PAIRS else None
    if not code or column in other.whole:
        return False
    names = other.named_by.get(column, frozenset())
    latin = {name for name in names if name.isascii()}
    return True if (column, code) in said or (latin and latin <= words) or (names - latin) & words else None


def shared_part(rarity: Mapping[str, float], one: Set[str], other: Set[str]) -> float:
    """Return which part of the words of two quantities, by their rarity, both have."""
    both, said = (math.fsum(rarity.get(name, 0.0) for name in some) for some in (one & other, one | other))
    return both / said if said else 0.0
