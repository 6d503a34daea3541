"""Cells of a table that are judged by the series of their column and of their row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analysis.checking.agreement import agreement
from analysis.checking.candidate_index import CandidateIndex
from analysis.checking.checked import Checked
from analysis.checking.grid_of_series import Expected, GridOfSeries
from analysis.checking.grids import CellPlace, grids, holds_a_number_alone
from analysis.checking.series_of_lines import SeriesOfLines
from analysis.checking.verdicts import (
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

# Of how many cells a line is a series that calls another wrong; one that agrees with another quantity.
SEVERAL, MANY = 2, 3
# By how many cells a row is told where its column has one other.
TOLD = 3
# Kinds of error that a value which agrees does not take away.
KEPT = ("direction", "qualifier", "unit")


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
    twice = verdict.verdict in RIGHT and table.stands_elsewhere(place)
    if not twice and (weight < SEVERAL or 2 * weight <= len(table.grid.line(place, expected.across))):
        return None
    if verdict.verdict in RIGHT and not twice and (expected.told < 2 or weight < MANY):
        return None
    kind, other = error(table.recorded.catalogue, entry.number, held)
    return Verdict(DISAGREES, "value", held, None, held.base, kind, other, verdict.matches)


def _weight(expected: Expected) -> int:
    """Return of how many cells a line is a series; of a column with one cell, how many others tell it."""
    many = len(expected.series.members)
    return many if many > 1 or expected.told < TOLD else expected.told - 1
