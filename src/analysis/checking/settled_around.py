"""What quantities are to those that the numbers around a number agree with: likes, or what is beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.checking.candidate_index import OWN, CandidateIndex
from analysis.checking.derived import twins

# What a number nearby tells, by how many numbers further on it stands.
WEIGHTS, FURTHER = (1.0, 0.6), 0.35
# How much it tells that two statements stand so many rows apart in the record; up to how many rows one is
# looked for that none of the words finds.
ROWS = ((1, 1.0), (2, 0.75), (3, 0.5), (5, 0.3), (12, 0.15))
SOUGHT = 5
# How far before what follows a statement stands that leads to it; how many likes are looked for.
LEADING, LIKES = ((2, 1.0), (3, 0.6)), 80
# Columns in which one of the likes of a quantity may differ from it.
VARIED = (*OWN, "period")

Signs = dict[str, float]


@dataclass(frozen=True, eq=False)
class Settled:
    """A quantity that a number nearby agrees with.

    Attributes
    ----------
    place : int
        Of the candidate in its index.
    steps : int
        How many numbers further on in the draft; negative for those before.
    here : bool
        Whether it stands in the same sentence.
    """

    place: int
    steps: int
    here: bool

    @property
    def weight(self) -> float:
        """Return how much it tells, by its distance."""
        distance = abs(self.steps)
        return WEIGHTS[distance - 1] if distance <= len(WEIGHTS) else FURTHER


@dataclass(frozen=True)
class _Near:
    """What a quantity is to a settled one: rows apart, one of its likes, one of its series."""

    rows: int | None = None
    alike: bool = False
    series: bool = False

    @property
    def close(self) -> bool:
        """Whether it stands so near that it is looked for."""
        return self.rows is not None and abs(self.rows) <= SOUGHT


class AroundNumbers:
    """What is near each quantity of a record: its likes, its series, and the rows around its statement.

    Parameters
    ----------
    catalogue : CandidateIndex
    """

    def __init__(self, catalogue: CandidateIndex):
        self.catalogue = catalogue
        self._places = {candidate.id: place for place, candidate in enumerate(catalogue.candidates)}
        self._alike: dict[tuple, list[int]] = {}
        self._rows: dict[str, dict[int, list[int]]] = {}
        for place, candidate in enumerate(catalogue.candidates):
            if candidate.named_by:
                self._alike.setdefault(self._but_varied(place), []).append(place)
            elif candidate.row >= 0:
                self._rows.setdefault(candidate.table, {}).setdefault(candidate.row, []).append(place)
        self._nearby: dict[int, dict[int, _Near]] = {}

    def _but_varied(self, place: int) -> tuple:
        held = self.catalogue.candidates[place]
        kept = sorted((axis, code) for axis, code in held.axes.items() if axis not in VARIED)
        return held.table, *kept

    def related(self, around: Sequence[Settled]) -> dict[int, tuple[Signs, bool]]:
        """Return the signs of what is related to settled quantities, and whether it is looked for."""
        related: dict[int, tuple[Signs, bool]] = {}
        for settled in around:
            for place, near in self._near(settled.place).items():
                signs, sought = related.get(place, ({}, False))
                for name, size in _of_neighbour(near, settled):
                    signs[name] = max(size, signs.get(name, 0.0))
                related[place] = signs, sought or near.alike or near.close
            signs, sought = related.get(settled.place, ({}, False))
            name = "said_here" if settled.here else "said_near"
            related[settled.place] = {**signs, name: 1.0}, True
        return related

    def _near(self, place: int) -> dict[int, _Near]:
        """Return what stands near a quantity: its likes, its series, the rows around its statement."""
        if place in self._nearby:
            return self._nearby[place]
        near: dict[int, _Near] = {}
        for one in self._same(place):
            held = self.catalogue.candidates[one]
            for other in self.catalogue.by_series.get(held.series, ()):
                at = self._places[other.id]
                near[at] = replace(near.get(at, _Near()), series=True)
            if held.named_by:
                for at in self._alike[self._but_varied(one)][:LIKES]:
                    near[at] = replace(near.get(at, _Near()), alike=True)
            elif held.row >= 0:
                rows, last = self._rows[held.table], ROWS[-1][0]
                for row in range(held.row - last, held.row + last + 1):
                    for at in rows.get(row, ()):
                        apart, known = row - held.row, near.get(at, _Near())
                        if known.rows is None or abs(apart) < abs(known.rows):
                            near[at] = replace(known, rows=apart)
        near.pop(place, None)
        self._nearby[place] = near
        return near

    def _same(self, place: int) -> list[int]:
        """Return a quantity, with that of a table which says the same as a statement, or the statements."""
        held = self.catalogue.candidates[place]
        if held.row < 0:
            return [place]
        if not held.named_by:
            return [*dict.fromkeys((place, self._places[twins(self.catalogue, held)[0].id]))]
        same = self.catalogue.by_base.get(held.base, ()) if held.base is not None else ()
        statements = (other for other in same if other.row >= 0 and not other.named_by)
        return [
            place,
            *(self._places[one.id] for one in statements if twins(self.catalogue, one)[0] is held),
        ]


def _step(apart: int, steps: Sequence[tuple[int, float]]) -> float:
    return next((size for rows, size in steps if apart <= rows), 0.0)


def _of_neighbour(near: _Near, settled: Settled) -> Iterator[tuple[str, float]]:
    weight = settled.weight
    if near.alike:
        yield "alike", weight
    if near.series:
        yield "series", weight
    if near.rows is not None:
        yield "near", _step(abs(near.rows), ROWS) * weight
        if settled.steps > 0 and near.rows <= 0:
            yield "leading", _step(-near.rows, LEADING) * weight
