"""What quantities are to those that the numbers around a number agree with: likes, or what is beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.checking.candidates.candidate_index import OWN, CandidateIndex
from analysis.checking.candidates.derived import twins
from analysis.checking.candidates.likes import statements_of
from analysis.checking.candidates.weights import Signs

# What a number nearby tells, by how many numbers further on it stands.
WEIGHTS, FURTHER = (1.0, 0.6), 0.35
# How much it tells that two statements stand so many rows apart in the record; up to how many rows one is
# looked for that none of the words finds.
ROWS = ((1, 1.0), (2, 0.75), (3, 0.5), (5, 0.3), (12, 0.15))
SOUGHT = 5
# How far before what follows a statement stands that leads to it; how many likes are looked for.
LEADING, LIKES = ((2, 1.0), (3, 0.6)), 80
# The sign of it, which only those have whose number stands after it.
LEADS = "leading"
# Columns in which one of the likes of a quantity may differ from it.
VARIED = (*OWN, "period")


@dataclass(frozen=True, eq=False)
class Settled:
    """A quantity that a number nearby agrees with.

    ``place`` is that of the candidate in its index; ``steps`` is how many numbers further on it stands,
    negative for those before; ``here`` says whether that is in the same sentence.
    """

    place: int
    steps: int
    here: bool

    @property
    def weight(self) -> float:
        """Return how much it tells, by its distance."""
        distance = abs(self.steps)
        return WEIGHTS[distance - 1] if distance <= len(WEIGHTS) else FURTHER


@dataclass
class _Near:
    """What a quantity is to a settled one: rows apart, one of its likes, one of its series."""

    rows: int | None = None
    alike: bool = False
    series: bool = False

    def sought(self) -> bool:
        """Whether it is looked for: one of the likes, or one that stands near."""
        return self.alike or (self.rows is not None and abs(self.rows) <= SOUGHT)

    def signs(self) -> Signs:
        """Return the signs of it beside a settled quantity of full weight that follows."""
        signs = {name: 1.0 for name, has in (("alike", self.alike), ("series", self.series)) if has}
        if self.rows is not None:
            signs["near"] = _step(abs(self.rows), ROWS)
            if self.rows <= 0:
                signs[LEADS] = _step(-self.rows, LEADING)
        return signs


class AroundNumbers:
    """What is near each quantity of a record: its likes, its series, and the rows around its statement."""

    def __init__(self, catalogue: CandidateIndex):
        self.catalogue = catalogue
        self._alike: dict[tuple, list[int]] = {}
        self._rows: dict[str, dict[int, list[int]]] = {}
        for place, candidate in enumerate(catalogue.candidates):
            if candidate.named_by:
                self._alike.setdefault(self._but_varied(place), []).append(place)
            elif candidate.row >= 0:
                self._rows.setdefault(candidate.table, {}).setdefault(candidate.row, []).append(place)
        self._nearby: dict[int, dict[int, tuple[Signs, bool]]] = {}

    def _but_varied(self, place: int) -> tuple:
        held = self.catalogue.candidates[place]
        kept = sorted((axis, code) for axis, code in held.axes.items() if axis not in VARIED)
        return held.table, *kept

    def related(self, around: Sequence[Settled]) -> dict[int, tuple[Signs, bool]]:
        """Return the signs of what is related to settled quantities, and whether it is looked for."""
        related: dict[int, tuple[Signs, bool]] = {}
        for settled in around:
            weight = settled.weight
            for place, (told, looked_for) in self._near(settled.place).items():
                signs, sought = related.get(place, ({}, False))
                for name, size in told.items():
                    if name != LEADS or settled.steps > 0:
                        signs[name] = max(size * weight, signs.get(name, 0.0))
                related[place] = signs, sought or looked_for
            signs, sought = related.get(settled.place, ({}, False))
            name = "said_here" if settled.here else "said_near"
            related[settled.place] = {**signs, name: 1.0}, True
        return related

    def _near(self, place: int) -> dict[int, tuple[Signs, bool]]:
        """Return the signs of what stands near a quantity, at full weight, and whether it is looked for."""
        if place not in self._nearby:
            near = self._neighbours(place)
            self._nearby[place] = {at: (one.signs(), one.sought()) for at, one in near.items()}
        return self._nearby[place]

    def _neighbours(self, place: int) -> dict[int, _Near]:
        """Return what stands near a quantity: its likes, its series, the rows around its statement."""
        near: dict[int, _Near] = {}
        for one in self._same(place):
            held = self.catalogue.candidates[one]
            for other in self.catalogue.by_series.get(held.series, ()):
                at = self.catalogue.places[other.id]
                near.setdefault(at, _Near()).series = True
            if held.named_by:
                for at in self._alike[self._but_varied(one)][:LIKES]:
                    near.setdefault(at, _Near()).alike = True
            elif held.row >= 0:
                rows, last = self._rows[held.table], ROWS[-1][0]
                for row in range(held.row - last, held.row + last + 1):
                    for at in rows.get(row, ()):
                        apart, known = row - held.row, near.setdefault(at, _Near())
                        if known.rows is None or abs(apart) < abs(known.rows):
                            known.rows = apart
        near.pop(place, None)
        return near

    def _same(self, place: int) -> list[int]:
        """Return a quantity, with that of a table which says the same as a statement, or the statements."""
        held = self.catalogue.candidates[place]
        if held.row < 0:
            return [place]
        if not held.named_by:
            return [*dict.fromkeys((place, self.catalogue.places[twins(self.catalogue, held)[0].id]))]
        return [place, *(self.catalogue.places[one.id] for one in statements_of(self.catalogue, held))]


def _step(apart: int, steps: Sequence[tuple[int, float]]) -> float:
    return next((size for rows, size in steps if apart <= rows), 0.0)
