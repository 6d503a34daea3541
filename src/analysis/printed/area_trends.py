"""The trend of one area, ready to print: a chart of its groups, a chart and a table beside its neighbours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.exhibits.estimates import Strand, by_years, lines_over_years
from analysis.exhibits.parts import REPRODUCED, Exhibit
from analysis.labels import Catalogue
from analysis.labels.amounts import said_amount
from analysis.labels.numerals import printed
from analysis.printed.printable import ResolvedExhibit
from analysis.printed.resolve import resolve
from analysis.quantities import Recorded, evaluate
from analysis.rounding import round_half_up

TOTAL = "SEX_T"


@dataclass(frozen=True)
class Worded(Catalogue):
    """A catalogue with further labels, such as the titles of exhibits that are made when asked for."""

    more: Mapping[str, str] = field(default_factory=dict)

    def _find(self, key: str) -> str | None:
        return self.more.get(key) or super()._find(key)

    def _own(self, key: str) -> str | None:
        return self.more.get(key) or super()._own(key)


@dataclass(frozen=True)
class AreaTrend:
    """One indicator of one area, as one vintage tells it.

    Attributes
    ----------
    recorded : Recorded
        The vintage's table, and names of areas.
    labels : Catalogue
    groups : tuple of Strand
        The area's own lines, the total first.
    beside : tuple of Strand
        The same total in its region and in the World.
    neighbours : tuple of Strand
        And in the countries of its subregion.
    subregion : str
        Of a group that is computed, its grouping.
    vintage : str
        The vintage's title.
    since : str
        First year.
    formed : tuple of str
        How its numbers were computed, in sentences; empty where they are published.
    rank : str
        Label under which its rank among its neighbours is told.
    notes : tuple of str
        Whose numbers they are, and their flags, in sentences.
    """

    recorded: Recorded
    labels: Catalogue
    groups: tuple[Strand, ...]
    beside: tuple[Strand, ...]
    neighbours: tuple[Strand, ...]
    subregion: str
    vintage: str
    since: str
    formed: tuple[str, ...] = ()
    rank: str = "rank"
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> Strand:
        """The area's total, or its first line where it has none."""
        return self.groups[0]

    @property
    def _is_total(self) -> bool:
        return self.total.label == f"sex.{TOTAL}"

    def exhibits(self) -> list[ResolvedExhibit]:
        """Return the exhibits: the area by group, and beside its region, the World and its neighbours."""
        first = self.total
        remarks = (*self.notes, *self.formed)
        where = re.sub(r"[^a-z0-9]+", "_", first.area.lower())
        document = self.recorded[first.table].source.document
        exhibits = []
        for kind, strands, stub in (
            ("groups", self.groups, "label.group"),
            ("beside", (self._as_area(first), *self.beside, *self.neighbours), "label.country_or_region"),
        ):
            identifier = f"trend_{first.indicator}_{where}_{kind}_{document}"
            lines = strands if kind == "groups" else strands[: 1 + len(self.beside)]
            chart = lines_over_years(identifier, self.recorded, lines, self.since)
            table = by_years(self.recorded, strands, self.since, stub=stub)
            if chart is None or (kind == "beside" and len(strands) == 1):
                continue
            notes = {f"note.{identifier}.{place}": text for place, text in enumerate(remarks)}
            exhibit = Exhibit(identifier, "", "estimates", REPRODUCED, table, (chart,), tuple(notes))
            more = {f"exhibit.{identifier}": self._title(kind), **notes}
            words = Worded(self.labels.language, self.recorded, more=more)
            exhibits.append(resolve(exhibit, self.recorded, words))
        return exhibits

    def sentences(self) -> list[str]:
        """Return sentences whose numbers are computed: change, range, what stands beside, rank, vintage."""
        changes = []
        for group in self.groups:
            years = [year for year in group.years(self.recorded) if year >= self.since]
            if years:
                changes.append(self._change(group, years))
        years = [year for year in self.total.years(self.recorded) if year >= self.since]
        of_total = [self._range(years)] if len(years) > 1 else []
        if years:
            of_total += [*self._beside(years[-1]), *self._rank(years[-1])]
        if not self._is_total:
            named = self.labels(self.total.label)
            of_total = [self.labels("label.finding", title=named, headline=text) for text in of_total]
        return [
            *changes,
            *of_total,
            *self.notes,
            *self.formed,
            self.labels("trends.vintage", vintage=self.vintage),
        ]

    def _title(self, kind: str) -> str:
        """Return the indicator and the area; the group, too, where it alone stands beside others."""
        first = self.total
        indicator = self.labels(f"measured.{first.indicator}")
        if kind == "beside" and not self._is_total:
            indicator = self.labels("label.pair", first=indicator, second=self.labels(first.label))
        area = self.labels(f"area.{first.area}")
        if self.formed:
            area = self.labels("trends.computed_area", area=area, grouping=self.subregion)
        return self.labels("trends.heading", indicator=indicator, area=area)

    def _as_area(self, strand: Strand) -> Strand:
        return Strand(
            strand.table, strand.indicator, strand.sex, strand.age, strand.area, f"area.{strand.area}"
        )

    def _number(self, strand: Strand, year: str):
        return evaluate(strand.in_year(self.recorded, year), self.recorded).value

    def _text(self, number, *, signed: bool = False) -> str:
        return printed(number, 1, self.labels("language.locale"), signed=signed)

    def _change(self, strand: Strand, years: Sequence[str]) -> str:
        first, last = (self._number(strand, year) for year in (years[0], years[-1]))
        words = {
            "area": self.labels(f"area.{strand.area}"),
            "group": self.labels(strand.label),
            "last": self._text(last),
            "end": years[-1],
        }
        if len(years) == 1:
            return self.labels("trends.no_year", **words)
        return self.labels(
            "trends.change",
            **words,
            start=years[0],
            first=self._text(first),
            change=said_amount(
                last - first, 1, "percentage_points", self._text(last - first, signed=True), self.labels
            ),
        )

    def _range(self, years: Sequence[str]) -> str:
        numbers = {year: self._number(self.total, year) for year in years}
        high, low = max(years, key=numbers.get), min(years, key=numbers.get)
        return self.labels(
            "trends.range",
            since=years[0],
            high=self._text(numbers[high]),
            high_year=high,
            low=self._text(numbers[low]),
            low_year=low,
        )

    def _beside(self, year: str) -> list[str]:
        others_there = [other for other in self.beside if other.in_year(self.recorded, year) is not None]
        if not others_there:
            return []
        others = self.labels("label.list_separator").join(
            f"{self.labels(other.label)} {self._text(self._number(other, year))}" for other in others_there
        )
        return [self.labels("trends.beside", period=year, others=others)]

    def _rank(self, year: str) -> list[str]:
        """Say the area's rank among its subregion's latest numbers of five years; ties share one."""
        oldest = str(int(year) - 4)
        numbers = []
        for neighbour in self.neighbours:
            years = [own_year for own_year in neighbour.years(self.recorded) if oldest <= own_year <= year]
            if years:
                numbers.append(round_half_up(self._number(neighbour, years[-1]), 1))
        if not numbers:
            return []
        own = round_half_up(self._number(self.total, year), 1)
        rank = 1 + sum(number > own for number in numbers)
        return [
            self.labels(
                f"trends.{self.rank}",
                count=str(len(numbers) + 1),
                subregion=self.subregion,
                oldest=oldest,
                latest=year,
                rank=str(rank),
            )
        ]
