"""The series that the numbers of a row or a column of a table are: alike but for what parts them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations, islice, starmap

from analysis.checking.candidates.belonging import PERIOD
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import STATUS, CandidateIndex
from analysis.checking.candidates.derived import twins

# How many pairs of cells are asked what they have in common, at most.
PAIRS = 60
CodesOfLine = Mapping[str, str]


@lru_cache(maxsize=4096)
def codes_of(candidate: Candidate) -> CodesOfLine:
    """Return the codes of a quantity by column, its period among them, but for how far it has come.

    Of one that codes say, those that only the words of its title say are left out.
    """
    own = candidate.named_by or candidate.axes
    codes = {axis: code for axis, code in candidate.axes.items() if axis in own and axis not in STATUS}
    return {**codes, PERIOD: candidate.period}


@dataclass(frozen=True)
class LineSeries:
    """What the numbers of a line have in common.

    ``common`` are columns and codes that all have, ``varying`` the columns by whose codes they differ,
    ``words`` those that all statements have (none of quantities that codes alone say), ``members`` the
    quantities by place in the line.
    """

    table: str
    unit: str
    common: frozenset[tuple[str, str]]
    varying: frozenset[str]
    words: frozenset[str]
    members: dict[int, Candidate] = field(default_factory=dict, compare=False)

    def codes_at(self, candidate: Candidate) -> frozenset[tuple[str, str]]:
        """Return the codes of a quantity of the same table by which the series is parted."""
        return frozenset(pair for pair in codes_of(candidate).items() if pair[0] in self.varying)

    def has(self, candidate: Candidate) -> bool:
        """Whether a quantity is of the series, whatever its codes in the columns that vary."""
        codes = codes_of(candidate)
        return (
            (candidate.table, candidate.unit) == (self.table, self.unit)
            and all(codes.get(axis) == code for axis, code in self.common)
            and codes.keys() <= {axis for axis, _ in self.common} | self.varying
            and self.words <= candidate.features["words"]
        )


class SeriesOfLines:
    """What a record holds of each table, by its codes."""

    def __init__(self, catalogue: CandidateIndex):
        self.catalogue = catalogue
        self._tables: dict[str, list[Candidate]] = {}
        for candidate in catalogue.candidates:
            if candidate.base is not None:
                self._tables.setdefault(candidate.table, []).append(candidate)
        self._all: dict[LineSeries, list[Candidate]] = {}
        self._by_codes: dict[LineSeries, dict[Set[tuple[str, str]], list[Candidate]]] = {}

    def series(self, cells: Mapping[int, Sequence[Candidate]]) -> list[LineSeries]:
        """Return the series of which two cells of a line and more are.

        ``cells`` are what each cell agrees with, by its place in the line.
        """
        made = dict.fromkeys(starmap(self._of_pair, islice(_pairs(cells), PAIRS)))
        full = (replace(one, members=_members(one, cells)) for one in made)
        return [one for one in full if len(one.members) > 1]

    def _of_pair(self, one: Candidate, other: Candidate) -> LineSeries:
        first, second = codes_of(one), codes_of(other)
        common = first.items() & second.items()
        varying = {*first, *second} - {axis for axis, _ in common}
        chain = self.catalogue.levels.get(one.table, [])
        if varying & {*chain}:
            varying |= {*chain}
            common = {pair for pair in common if pair[0] not in chain}
        stated = not (one.named_by or other.named_by)
        words = one.features["words"] & other.features["words"] if stated else frozenset()
        return LineSeries(one.table, one.unit, frozenset(common), frozenset(varying), words)

    def pattern(self, cells: Mapping[int, Sequence[Candidate]]) -> LineSeries | None:
        """Return what a cell says of its column alone: a quantity with another code of what nests."""
        for place, some in sorted(cells.items()):
            for held in some:
                chain = self.catalogue.levels.get(held.table, [])
                codes = codes_of(held)
                coded = held.named_by or len(chain) > 1
                if coded and codes.keys() & {*chain}:
                    common = frozenset(pair for pair in codes.items() if pair[0] not in chain)
                    members = {place: held}
                    return LineSeries(held.table, held.unit, common, frozenset(chain), frozenset(), members)
        return None

    def of_series(self, series: LineSeries) -> list[Candidate]:
        """Return the quantities of a series."""
        if series not in self._all:
            self._all[series] = [one for one in self._tables.get(series.table, ()) if series.has(one)]
        return self._all[series]

    def named(self, series: LineSeries, said: CodesOfLine) -> list[Candidate]:
        """Return the quantities of a series that have some codes, of the levels of those in the line."""
        forms = {columns_coded(series.codes_at(one)) for one in series.members.values()}
        coded = ((one, series.codes_at(one)) for one in self.of_series(series))
        return [one for one, codes in coded if said.items() <= codes and columns_coded(codes) in forms]

    def at(self, series: LineSeries, codes: Set[tuple[str, str]]) -> Candidate | None:
        """Return the quantity of a series with some codes in the columns that vary, where one has them."""
        if series not in self._by_codes:
            held = self._by_codes[series] = {}
            for one in self.of_series(series):
                held.setdefault(series.codes_at(one), []).append(one)
        some = self._by_codes[series].get(codes, [])
        return some[0] if len(some) == 1 else None


def _members(series: LineSeries, cells: Mapping[int, Sequence[Candidate]]) -> dict[int, Candidate]:
    """Return the quantities of a series in a line, each once."""
    members: dict[int, Candidate] = {}
    taken: set[Candidate] = set()
    for place, some in cells.items():
        member = next((held for held in some if held not in taken and series.has(held)), None)
        if member is not None:
            members[place] = member
            taken.add(member)
    return members


def _pairs(cells: Mapping[int, Sequence[Candidate]]) -> Iterator[tuple[Candidate, Candidate]]:
    for one, other in combinations(sorted(cells), 2):
        for first in cells[one]:
            for second in cells[other]:
                if (first.table, first.unit) == (second.table, second.unit) and first is not second:
                    yield first, second


def columns_coded(codes: Set[tuple[str, str]]) -> frozenset[str]:
    """Return the columns of some codes."""
    return frozenset(axis for axis, _ in codes)


def quantities_stated(catalogue: CandidateIndex, candidate: Candidate) -> list[Candidate]:
    """Return a quantity with the one of a table that states the same."""
    return list(dict.fromkeys([*twins(catalogue, candidate), candidate]))
