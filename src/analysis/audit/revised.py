"""Two vintages compared for a reader: cells that moved, numbers that would print differently, statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.audit.claims import Claim
from analysis.audit.outside import (
    OutsideCheck,
    Reprint,
    Restated,
    judged_by_vintage,
    keyed_tables,
    meeting,
    numbers_by_vintage,
    outside_checks,
)
from analysis.audit.verdicts import DISCREPANCY
from analysis.quantities import Recorded, RecordedTable
from analysis.sources.vintages import VintageError, Vintages
from analysis.sources.vintages.record import comparable, newest, published_world
from analysis.store.shared import shared
from analysis.trends.revisions import WORLD, one_sided, revise, summary_of_revisions, with_shared_world

NEWEST = "newest"
"""In place of a vintage: all vintages of the newest edition together."""


@dataclass(frozen=True)
class Revised:
    """What a later vintage changes of an earlier one.

    Attributes
    ----------
    vintages : Vintages
    first, second : str
        Names of vintages, the earlier first.
    indicators, areas : tuple of str
        What is compared; everything where empty. An area is an ISO3 code, ``World``, or a service's code.
    """

    vintages: Vintages
    first: str
    second: str
    indicators: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    @cached_property
    def pair(self) -> list[pd.DataFrame]:
        """What is asked for of each of the two vintages.

        Raises
        ------
        ValueError
            When the two are one, the first is the later, or an indicator or an area is in neither.
        """
        if self.first == self.second:
            raise ValueError(f"{self.first} beside itself: name two vintages")
        if self.vintages[self.first].date > self.vintages[self.second].date:
            raise ValueError(f"{self.first} is later than {self.second}: name the earlier vintage first")
        pair = [
            with_shared_world(comparable(self.vintages, name), self.vintages[name].world)
            for name in (self.first, self.second)
        ]
        for column, codes in (("indicator", self.indicators), ("area", self.areas)):
            if codes:
                known = set(pair[0][column]) | set(pair[1][column])
                unknown = [code for code in codes if code not in known]
                if unknown:
                    raise ValueError(
                        f"{column} {', '.join(unknown)} is in neither vintage; there are "
                        f"{', '.join(sorted(known)[:40])}"
                    )
                pair = [rows[rows[column].isin(codes)] for rows in pair]
        return pair

    @cached_property
    def cells(self) -> pd.DataFrame:
        """Every cell that both give, as `revise` returns it.

        Raises
        ------
        ValueError
            As of `pair`, and when the first names no edition.
        """
        return shared(("cells", *self._asked), self._cells)

    def _cells(self) -> pd.DataFrame:
        pair, edition = self.pair, self.vintages[self.first].edition
        if not edition:
            raise ValueError(f"{self.first} names no edition, from which horizons count")
        return revise(*pair, edition=int(edition[:4]))

    @cached_property
    def one_sided(self) -> dict[str, tuple[list[str], list[str]]]:
        """The indicators and areas that only one of the two has, as `one_sided` returns them."""
        return shared(("one-sided", *self._asked), lambda: one_sided(*self.pair))

    @property
    def _asked(self) -> tuple[object, ...]:
        """What may differ between comparisons of vintages of one project."""
        return self.first, self.second, self.indicators, self.areas

    def summary(self, *by: str) -> pd.DataFrame:
        """Return `summary_of_revisions` of the cells by some columns."""
        return summary_of_revisions(self.cells, by or ("indicator",))

    def largest(self, number: int = 15, *, world: bool = False) -> pd.DataFrame:
        """Return the cells that moved most, of the World only where asked."""
        cells = self.cells[self.cells["area"] == WORLD] if world else self.cells
        moved = cells[cells["moved"]]
        order = moved["revision"].abs().sort_values(ascending=False, kind="stable").index
        return moved.loc[order].head(number)


def printed_edition(vintages: Vintages, recorded: Recorded) -> tuple[str, list[OutsideCheck]]:
    """Return the edition that meets most of the printed numbers, and its check of each of them.

    Parameters
    ----------
    vintages : Vintages
    recorded : Recorded
        Whose tables of indicators by sex, age and period are compared.

    Returns
    -------
    edition : str
        Such as ``2021-11``; empty where nothing can be compared. Of equals, the later.
    checks : list of OutsideCheck
        One for each printed number that a vintage of the edition has, by the one that gives it most exactly.
    """
    best: tuple[int, str, list[OutsideCheck]] = (0, "", [])
    for edition in sorted({vintages[name].edition for name in vintages.names()} - {""}):
        worlds = [
            published_world(vintages, name) for name in vintages.names() if vintages[name].edition == edition
        ]
        checks = [
            check
            for table in keyed_tables(recorded)
            for check in meeting(outside_checks(table, worlds)).values()
        ]
        met = sum(check.verdict != DISCREPANCY for check in checks)
        if met >= best[0]:
            best = met, edition, checks
    return best[1], best[2]


def world_of(vintages: Vintages, name: str) -> RecordedTable:
    """Return the World of a vintage, or of all vintages of the newest edition, of which the last comes first.

    Editions are not mixed: a total of one beside the women and men of another would contradict itself.

    Raises
    ------
    VintageError
        When no vintage of that name, or none at all, is recorded.
    """
    if name != NEWEST:
        return published_world(vintages, name)
    if not vintages.names():
        raise VintageError("no vintage of estimates is in data/estimates; `analysis fetch` takes one")
    last = max(vintages[vintage].edition for vintage in vintages.names())
    names = [vintage for vintage in vintages.names() if vintages[vintage].edition == last]
    return newest([published_world(vintages, vintage) for vintage in names])


def printed_by(recorded: Recorded, world: RecordedTable) -> list[Reprint]:
    """Return what every printed number of the documents' tables by sex and age would be by a World."""
    return [number for table in keyed_tables(recorded) for number in numbers_by_vintage(table, world)]


def statements_by(claims: Sequence[Claim], recorded: Recorded, world: RecordedTable) -> list[Restated]:
    """Return how the documents' statements on those tables fare by a World."""
    return [
        statement
        for table in keyed_tables(recorded)
        for statement in judged_by_vintage(claims, recorded, table, world)
    ]
