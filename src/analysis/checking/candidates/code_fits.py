"""What the codes that a text says add to the scores of quantities, or take, for all quantities at once."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

import numpy as np

from analysis.checking.candidates.belonging import MEASURE, PLANNED
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex

AXIS_AGREES, AXIS_DIFFERS = 0.12, 0.5
UNSAID = {
    "region": 0.28,
    "sex": 0.2,
    "age": 0.22,
    "measure": 0.14,
    "source": 0.16,
    "outcome": 0.25,
    "output": 0.1,
}
LACKING = {
    "region": 0.18,
    "sex": 0.1,
    "outcome": 0.16,
    "output": 0.16,
    "indicator": 0.12,
    "source": 0.14,
    "age": 0.1,
}
# How much less a quantity is that has no code of any other column that is said.
LACKING_OTHER = 0.05
# From what strength of a code on one who lacks it is in conflict with it.
FIRMLY = 0.7
# How much less a quantity is that is none of a plan, where one is spoken of.
UNPLANNED = 0.25
# What is left of it where the column's code stands nowhere in a statement's own words.
UNTOLD = 0.5


@dataclass(frozen=True, eq=False)
class _Column:
    """What the candidates hold in a column: a number for each code, 0 where they hold none."""

    codes: dict[str, int]
    held: np.ndarray
    whole: np.ndarray
    stated: np.ndarray

    def among(self, codes: Iterable[str]) -> np.ndarray:
        """Return which candidates hold one of some codes."""
        return np.isin(self.held, [self.codes[code] for code in codes if code in self.codes])


@dataclass(frozen=True, eq=False)
class CodeFit:
    """What a code adds to the score of each candidate, by its strength, and with which it is in conflict.

    ``conflicts`` says whether a candidate is in conflict with it, ``firmly`` whether where it is firmly said.
    """

    adds: np.ndarray
    conflicts: np.ndarray
    firmly: np.ndarray

    def against(self, strength: float) -> np.ndarray:
        """Return which candidates are in conflict with the code, said with a strength."""
        return self.firmly if strength > FIRMLY else self.conflicts


class CodeFits:
    """The codes of a catalogue's candidates, by arrays over all of them."""

    def __init__(self, catalogue: CandidateIndex):
        self.catalogue = catalogue
        candidates = catalogue.candidates
        self._columns: dict[str, _Column] = {}
        self._fits: dict[tuple[str, str, bool], CodeFit] = {}
        self._silent: dict[tuple[str, ...], np.ndarray] = {}
        self._unsaid = {
            axis: np.array([self._penalty(axis, candidate) for candidate in candidates]) for axis in UNSAID
        }

    def _penalty(self, axis: str, candidate: Candidate) -> float:
        """Return how much less a candidate is where no code of a column is said that it holds."""
        held = candidate.axes.get(axis)
        choices = self.catalogue.choices[candidate.series] if candidate.named_by else UNSAID
        if held is None or axis not in choices or axis in candidate.whole:
            return 0.0
        if axis == MEASURE and held not in PLANNED:
            return 0.0
        return UNSAID[axis] * (1.0 if candidate.named_by or axis in candidate.said else UNTOLD)

    def column(self, axis: str) -> _Column:
        """Return what the candidates hold in a column."""
        if axis not in self._columns:
            candidates = self.catalogue.candidates
            codes: dict[str, int] = {}
            own = [candidate.axes.get(axis) for candidate in candidates]
            held = [0 if code is None else codes.setdefault(code, len(codes) + 1) for code in own]
            whole = [axis in candidate.whole for candidate in candidates]
            stated = [axis not in candidate.named_by and candidate.row >= 0 for candidate in candidates]
            self._columns[axis] = _Column(codes, np.array(held), np.array(whole), np.array(stated))
        return self._columns[axis]

    def holds(self, axis: str, code: str) -> np.ndarray:
        """Return which candidates hold one of a column's codes, parted by ``|``."""
        return self.column(axis).among(code.split("|"))

    def unsaid(self, said: Container[str]) -> np.ndarray:
        """Return how much less each candidate is by its codes of columns that are none of those said."""
        silent = tuple(axis for axis in UNSAID if axis not in said)
        if silent not in self._silent:
            none = np.zeros(len(self.catalogue.candidates))
            self._silent[silent] = sum((self._unsaid[axis] for axis in silent), none)
        return self._silent[silent]

    def of(self, axis: str, code: str, called: bool) -> CodeFit:
        """Return what a code (several are parted by ``|``) adds; ``called`` only by words of its title."""
        asked = axis, code, called
        if asked not in self._fits:
            self._fits[asked] = self._fit(axis, code.split("|"), self.catalogue.is_whole(axis, code), called)
        return self._fits[asked]

    def _fit(self, axis: str, codes: list[str], whole: bool, called: bool) -> CodeFit:
        column = self.column(axis)
        agrees, lacks = column.among(codes), column.held == 0
        adds = np.where(agrees, AXIS_AGREES, 0.0)
        left = ~agrees
        if called:
            left &= ~column.stated  # its own words say what it is
        if whole:
            left &= ~lacks
        if axis == MEASURE and self._came_about(codes):
            left &= column.among(PLANNED)  # what came about is not said apart where nothing was planned
        conflicts = np.zeros(len(adds), dtype=bool)
        if axis == MEASURE and {*codes} <= {*PLANNED}:
            conflicts = left & lacks  # no plan is said of it
            adds[conflicts] = -UNPLANNED
            left &= ~lacks
        faint = left & (lacks | column.whole)
        adds[faint] = -LACKING.get(axis, LACKING_OTHER)
        differs = left & ~faint
        adds[differs] = -AXIS_DIFFERS
        conflicts |= differs
        firmly = faint if axis in UNSAID else faint & column.whole
        return CodeFit(adds, conflicts, conflicts | firmly)

    def _came_about(self, measures: list[str]) -> bool:
        """Whether a measure is what came about, but for money: of that, what is spent is said."""
        measure = "|".join(measures)
        return measure not in PLANNED and not self.catalogue.all_money(MEASURE, measure)
