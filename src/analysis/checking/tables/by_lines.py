"""Cells of a draft's table that are judged by the other cells of their column and of their row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from analysis.checking.candidates.agreement import agreement
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.derived import siblings
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import (
    AGREES,
    DISAGREES,
    NOT_RECORDED,
    RIGHT,
    ROUNDING,
    UNDECIDED,
    Verdict,
    error,
    meets,
)
from analysis.checking.tables.grids import (
    NO_LABEL,
    CellPlace,
    GridLabel,
    TableGrid,
    grids,
    holds_a_number_alone,
)
from analysis.checking.tables.series_of_lines import LineSeries, SeriesOfLines, codes_of, quantities_stated

# How well a label tells what stands in a line, counted in cells that tell it.
BY_LABEL = 2


# The codes with which a cell stands in its line, and how well they are told.
TellingCodes = tuple[frozenset[tuple[str, str]], int]
NOT_TOLD: TellingCodes = (frozenset(), 0)
# Of how many cells a line is a series that calls another wrong, or whose values no words tell; one that
# agrees with another quantity.
SEVERAL, MANY = 2, 3
# By how many cells a row is told where its column has one other.
TOLD = 3
# Kinds of error that a value which agrees does not take away.
KEPT = ("direction", "qualifier", "unit")


@dataclass(frozen=True)
class Expected:
    """What a cell is by the others of its line.

    ``series`` is without the cell itself, ``across`` says whether it is its row; ``told`` is by how many
    cells of its other line its codes are told, by a label as well as by two.
    """

    candidate: Candidate
    series: LineSeries
    across: bool
    told: int


class GridOfSeries:
    """A table of a draft with what each of its cells agrees with."""

    def __init__(self, recorded: SeriesOfLines, grid: TableGrid):
        self.recorded, self.grid = recorded, grid
        self.held = {
            place: quantities_stated(recorded.catalogue, entry.verdict.candidate)
            for place, entry in grid.cells.items()
            if entry.verdict.is_right
            and entry.verdict.kind == "value"
            and entry.verdict.candidate is not None
        }
        self._expected: dict[CellPlace, Expected | None] = {}
        self._known: dict[tuple[CellPlace, bool], LineSeries | None] = {}
        self._lines: dict[tuple[int, bool], list[LineSeries]] = {}

    def expected(self, place: CellPlace) -> Expected | None:
        """Return what a cell is by its column or its row; None where nothing is told, or the two differ."""
        if place not in self._expected:
            self._expected[place] = self._by_lines(place)
        return self._expected[place]

    def _by_lines(self, place: CellPlace) -> Expected | None:
        told = [one for across in (False, True) if (one := self._by_line(place, across)) is not None]
        if len({one.candidate.id for one in told}) != 1:
            return None
        best = max(told, key=lambda one: (len(one.series.members), one.told))
        codes = codes_of(best.candidate)
        labels = (self._label(place, across) for across in (False, True))
        return None if any(label.says_other(codes) for label in labels) else best

    def stands_elsewhere(self, place: CellPlace) -> bool:
        """Whether what a cell agrees with is what another cell of its column is, by its row."""
        (own, *_) = self.held.get(place) or [None]
        return own is not None and any(
            own in self.held.get(other, ()) and own in self._row_mates(other)
            for other in self.grid.line(place, False)
        )

    def _row_mates(self, place: CellPlace) -> list[Candidate]:
        """Return the quantities of a cell that differ from another one of its row in one code."""
        catalogue = self.recorded.catalogue
        beside = [one for other in self.grid.line(place, True) for one in self.held.get(other, ())]
        return [
            one
            for one in self.held.get(place, ())
            if any(other in beside for _, other in siblings(catalogue, one))
        ]

    def _label(self, place: CellPlace, across: bool) -> GridLabel:
        """Return the label of a cell's row, or of its column (``across``)."""
        labels = self.grid.columns if across else self.grid.rows
        return labels.get(place[across], NO_LABEL)

    def _by_line(self, place: CellPlace, across: bool) -> Expected | None:
        series = self._series(place, across)
        if series is None:
            return None
        codes, told = self._codes(place, across, series)
        candidate = self.recorded.at(series, codes) if codes else None
        if candidate is None or candidate in series.members.values():
            return None
        return Expected(candidate, series, across, told)

    def _series(self, place: CellPlace, across: bool) -> LineSeries | None:
        """Return the series of most other cells of a row (``across``) or a column."""
        if (place, across) not in self._known:
            others = self._cells(place[not across], across, but=place[across])
            without = (
                replace(line, members={at: one for at, one in line.members.items() if at in others})
                for line in self._of_line(place[not across], across)
            )
            most = [line for line in without if 2 * len(line.members) > max(len(others), 2)]
            best = max(most, key=lambda line: (len(line.members), len(line.common)), default=None)
            if best is None and not across:
                best = self.recorded.pattern(others)
            self._known[place, across] = best
        return self._known[place, across]

    def _of_line(self, line: int, across: bool) -> list[LineSeries]:
        """Return the series of which cells of a row (``across``) or a column are."""
        if (line, across) not in self._lines:
            some = self.recorded.series(self._cells(line, across))
            self._lines[line, across] = [one for one in some if across or self._is_parted(one, line)]
        return self._lines[line, across]

    def _cells(self, line: int, across: bool, but: int | None = None) -> dict[int, list[Candidate]]:
        return {
            place[across]: some
            for place, some in self.held.items()
            if place[not across] == line and place[across] != but
        }

    def _is_parted(self, series: LineSeries, column: int) -> bool:
        """Whether rows differ in one column of the record, but for those of which each label says a code."""
        chain = {*self.recorded.catalogue.levels.get(series.table, [])}
        groups = [*(series.varying - chain), *(["chain"] if series.varying & chain else [])]
        rows = [self._label((row, column), False).codes for row in series.members]
        unsaid = [axis for axis in groups if not all(axis in codes for codes in rows)]
        return len(unsaid) <= 1

    def _codes(self, place: CellPlace, across: bool, series: LineSeries) -> TellingCodes:
        """Return which of a series stands in a cell, and how well that is told."""
        label = self._label(place, across)
        said = {axis: code for axis, code in label.codes.items() if axis in series.varying}
        named = self.recorded.named(series, said) if said else []
        told = Counter(series.codes_at(one) for one in self._told(place, across, series))
        if told:
            (best, many), *others = told.most_common(2)
            alone = not others or others[0][1] < many
            fits = said.items() <= best
            return (best, many + BY_LABEL * (len(named) == 1)) if alone and fits else NOT_TOLD
        if len(named) == 1:
            return series.codes_at(named[0]), BY_LABEL
        return self._by_values(place, across, series, label)

    def _told(self, place: CellPlace, across: bool, series: LineSeries) -> Iterator[Candidate]:
        """Yield what the cells of the other line are, of the same table, each as its own line has it."""
        for other in self.grid.line(place, not across):
            own = self._series(other, across) if other in self.held else None
            if own is not None and own.table == series.table:
                yield from islice((one for one in self.held[other] if own.has(one)), 1)

    def _by_values(
        self, place: CellPlace, across: bool, series: LineSeries, label: GridLabel
    ) -> TellingCodes:
        """Return the codes with which most cells of a line have their values, where no words tell them."""
        votes: Counter[frozenset[tuple[str, str]]] = Counter()
        asked = 0
        for other in (place, *self.grid.line(place, not across)):
            own = series if other == place else self._series(other, across)
            if own is None or own.table != series.table or own.varying != series.varying:
                continue
            asked += 1
            votes.update(
                {
                    own.codes_at(one)
                    for one in self.recorded.of_series(own)
                    if one not in own.members.values()
                    and not label.words.isdisjoint(one.features["words"] | one.features["zh"])
                    and agreement(self.grid.cells[other].number, one) == "exact"
                }
            )
        (best, most), *others = votes.most_common(2) or [(frozenset(), 0)]
        told = most >= max(SEVERAL, asked - 1) and not (others and others[0][1] == most)
        return (best, most) if told else NOT_TOLD

    def fits(self, place: CellPlace) -> bool:
        """Whether a cell agrees with one of the series of the others of its column."""
        series = self._series(place, False)
        if series is None or len(series.members) < SEVERAL:
            return False
        return any(series.has(one) for one in self.held.get(place, ()))


def by_lines(catalogue: CandidateIndex, checked: Sequence[Checked]) -> list[Checked]:
    """Return the numbers of a draft, those of tables judged by their columns and rows.

    Where most cells of a column agree with quantities of one series, and the label of a row, or what its
    other cells agree with, says which of the series stands there, the cell is that one; so along the rows.
    """
    judged = list(checked)
    places = {id(entry.number): at for at, entry in enumerate(checked)}
    recorded = None
    for grid in grids(catalogue, checked):
        recorded = recorded or SeriesOfLines(catalogue)
        table = GridOfSeries(recorded, grid)
        for judge in (_right, _right, _wrong):
            changed = {place: verdict for place in grid.cells if (verdict := judge(table, place))}
            for place, verdict in changed.items():
                entry = replace(grid.cells[place], verdict=verdict)
                grid.cells[place] = judged[places[id(entry.number)]] = entry
            table = GridOfSeries(recorded, grid) if changed else table
    return judged


def _right(table: GridOfSeries, place: CellPlace) -> Verdict | None:
    """Return that a cell agrees by its line; None where its verdict stays."""
    entry = table.grid.cells[place]
    verdict = entry.verdict
    open_or_wrong = verdict.verdict in (UNDECIDED, NOT_RECORDED, DISAGREES) and verdict.derived is None
    if not open_or_wrong or verdict.error_kind in KEPT:
        return None
    expected = table.expected(place)
    if expected is None:
        return None
    held = expected.candidate
    how = agreement(entry.number, held)
    if not how or not meets(entry.number, held):
        return None
    told = AGREES if how == "exact" else ROUNDING
    return Verdict(told, "value", held, None, held.base, matches=verdict.matches)


def _wrong(table: GridOfSeries, place: CellPlace) -> Verdict | None:
    """Return that a cell is wrong by its line; None where its verdict stays."""
    entry = table.grid.cells[place]
    verdict = entry.verdict
    if verdict.derived is not None or verdict.kind != "value" or not holds_a_number_alone(entry):
        return None
    if verdict.verdict not in (*RIGHT, UNDECIDED, NOT_RECORDED, DISAGREES) or table.fits(place):
        return None
    expected = table.expected(place)
    if expected is None:
        return None
    held, weight = expected.candidate, _weight(expected)
    if agreement(entry.number, held):
        return None
    twice = verdict.is_right and table.stands_elsewhere(place)
    if not twice and (weight < SEVERAL or 2 * weight <= len(table.grid.line(place, expected.across))):
        return None
    if verdict.is_right and not twice and (expected.told < 2 or weight < MANY):
        return None
    kind, other = error(table.recorded.catalogue, entry.number, held)
    return Verdict(DISAGREES, "value", held, None, held.base, kind, other, verdict.matches)


def _weight(expected: Expected) -> int:
    """Return of how many cells a line is a series; of a column with one cell, how many others tell it."""
    many = len(expected.series.members)
    return many if many > 1 or expected.told < TOLD else expected.told - 1
