"""Published estimates as tables and charts: lines over years, areas beside each other, ranks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.exhibits.parts import Chart, Column, Row, Series, Table
from analysis.quantities import Quantity, Recorded, point_change, value

REPORTED = "reported"
UNIT = "unit.percent"
_OF = ("indicator", "sex", "age", "area")
"""Columns that say which numbers belong to one strand."""


@dataclass(frozen=True)
class Strand:
    """One indicator of one group of people in one area, as one vintage gives it.

    Attributes
    ----------
    table : str
        Recorded table of the vintage, such as ``estimates.un_sdg_2022_04``.
    indicator, sex, age, area : str
    label : str
        Catalogue key under which it stands in a chart or a table.
    """

    table: str
    indicator: str
    sex: str
    age: str
    area: str
    label: str

    @property
    def _of(self) -> tuple[str, ...]:
        return self.indicator, self.sex, self.age, self.area

    def where(self, year: str) -> dict[str, str]:
        """Return the conditions of one year's number."""
        return {
            "indicator": self.indicator, "sex": self.sex, "age": self.age, "area": self.area, "period": year
        }  # fmt: skip

    def in_year(self, recorded: Recorded, year: str) -> Quantity | None:
        """Return the number of a year; None where the vintage has none."""
        return value(self.table, **self.where(year)) if self._row(recorded, year) is not None else None

    def basis(self, recorded: Recorded, year: str) -> str:
        """Return whether a year's number is reported, modelled or projected; empty where there is none."""
        row = self._row(recorded, year)
        return "" if row is None else recorded[self.table].texts("basis")[row]

    def years(self, recorded: Recorded) -> tuple[str, ...]:
        """Return the years that have a number, in order."""
        table = recorded[self.table]
        periods, values = table.texts("period"), table.texts("value")
        return tuple(sorted({periods[row] for row in table.index(_OF).get(self._of, ()) if values[row]}))

    def last(self, recorded: Recorded) -> tuple[str, float] | None:
        """Return the last year that has a number, and the number; None where no year has."""
        years = self.years(recorded)
        row = self._row(recorded, years[-1]) if years else None
        return None if row is None else (years[-1], float(recorded[self.table].texts("value")[row]))

    def _row(self, recorded: Recorded, year: str) -> int | None:
        table = recorded[self.table]
        rows = table.index((*_OF, "period")).get((*self._of, year))
        return rows[0] if rows and table.texts("value")[rows[0]] else None


def years_of(recorded: Recorded, strands: Iterable[Strand], since: str = "") -> tuple[str, ...]:
    """Return every year from the first to the last that any strand has, from a year on."""
    years = sorted({year for strand in strands for year in strand.years(recorded) if year >= since})
    return tuple(str(year) for year in range(int(years[0]), int(years[-1]) + 1)) if years else ()


def lines_over_years(
    identifier: str, recorded: Recorded, strands: Sequence[Strand], since: str = "", *, blank: bool = False
) -> Chart | None:
    """Return lines over the years, what is not reported dashed; None where there is nothing to draw.

    Strands without a year are left out, but where `blank` asks for them.
    """
    years = years_of(recorded, strands, since)
    if not years:
        return None
    series = tuple(
        Series(
            strand.label,
            tuple(strand.in_year(recorded, year) for year in years),
            dashed=tuple(strand.basis(recorded, year) not in ("", REPORTED) for year in years),
        )
        for strand in strands
        if blank or strand.years(recorded)
    )
    return Chart(identifier, "lines", years, series, UNIT, 1)


def by_years(
    recorded: Recorded,
    strands: Sequence[Strand],
    since: str = "",
    last: int = 8,
    stub: str = "label.country_or_region",
    *,
    blank: bool = False,
) -> Table | None:
    """Return a row for each strand and a column for each of the last years, with the change over them.

    Parameters
    ----------
    recorded : Recorded
    strands : sequence of Strand
        Labelled by what the stub names.
    since : str
        First year.
    last : int
        Years shown at most.
    stub : str
        Heading of the rows.
    blank : bool
        Whether a strand without a year has a row all the same, without numbers.

    Returns
    -------
    Table or None
        The change is from the first to the last year shown that the strand has, in percentage points; None
        where no strand has a year.
    """
    years = years_of(recorded, strands, since)[-last:]
    if not years:
        return None
    rows = []
    for strand in strands:
        own_years = [year for year in years if strand.in_year(recorded, year) is not None]
        if not own_years and not blank:
            continue
        ends = [strand.in_year(recorded, year) for year in (*own_years[:1], *own_years[-1:])]
        changed = point_change(*ends) if len(own_years) > 1 else None
        cells = tuple(strand.in_year(recorded, year) for year in years)
        rows.append(Row((strand.label,), (*cells, changed)))
    columns = [Column(year, UNIT, 1) for year in years]
    columns.append(Column("label.change", "unit.percentage_points", 1, signed=True))
    return Table((stub,), tuple(columns), tuple(rows))


def ranked(
    recorded: Recorded, strands: Sequence[Strand], identifier: str, label: str
) -> tuple[Table, Chart] | None:
    """Rank areas by their last number, highest first: a table with the year, and a bar for each.

    None where no strand has a number.
    """
    entries = []
    for strand in strands:
        last = strand.last(recorded)
        if last is not None:
            entries.append((-last[1], strand.label, strand, last[0]))
    if not entries:
        return None
    entries.sort(key=lambda entry: entry[:2])
    rows = tuple(
        Row((strand.label,), (strand.in_year(recorded, year), f"code.{year}"))
        for _, _, strand, year in entries
    )
    table = Table(("label.country_or_region",), (Column(label, UNIT, 1), Column("label.period")), rows)
    series = (Series(label, tuple(strand.in_year(recorded, year) for _, _, strand, year in entries)),)
    chart = Chart(identifier, "bars", tuple(strand.label for _, _, strand, _ in entries), series, UNIT, 1)
    return table, chart
