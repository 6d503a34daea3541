"""What an exhibit is made of: a table and charts as grids of quantities, with labels by key and no text.

Everything here is declarative. Labels are keys of the catalogue (``outcome.2``, ``region.africa``); numbers
are quantities; drawing, rounding and writing happen in the rooms that print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analysis.periods import Period
from analysis.quantities import Quantity, Recorded

REPRODUCED, PARTLY, NOT_RECOMPUTABLE = "reproduced", "partly", "not_recomputable"
NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class Column:
    """A column of numbers.

    Attributes
    ----------
    label : str
        Catalogue key of the heading.
    unit : str
        Catalogue key of the unit (``unit.percent``); empty when the rows' units differ.
    decimals : int or None
        Decimals in print; None prints each recorded number as the document does.
    signed : bool
        Whether increases carry a plus sign.
    group : str
        Catalogue key of the heading that spans this column and its neighbours with the same group.
    """

    label: str
    unit: str = ""
    decimals: int | None = None
    signed: bool = False
    group: str = ""


@dataclass(frozen=True)
class Row:
    """A row: labels for the stub columns, and one quantity, text key or None for each column of numbers."""

    labels: tuple[str, ...]
    cells: tuple[Quantity | str | None, ...]
    total: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: stub headings, columns, rows."""

    stub: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Series:
    """One series of a chart: a label key, which also fixes its colour, and a quantity for each category.

    ``low`` and ``high`` bound an interval around each value; ``dashed`` marks modelled or projected segments.
    """

    label: str
    values: tuple[Quantity | None, ...]
    low: tuple[Quantity | None, ...] = ()
    high: tuple[Quantity | None, ...] = ()
    dashed: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart.

    Attributes
    ----------
    id : str
        File stem; the title's key is ``exhibit.<id>``.
    kind : str
        ``bars`` (side by side), ``stacked``, ``lines``, ``heat`` (categories by series), ``intervals``
        (points with bounds) or ``spans`` (two series: start and end).
    categories : tuple of str
        Catalogue keys, or years as text.
    series : tuple of Series
        One value per category each.
    unit : str
        Catalogue key of the unit of all values.
    decimals : int
        Decimals of the value labels.
    """

    id: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    decimals: int = 0


@dataclass(frozen=True)
class Exhibit:
    """A table with its charts, or the statement that it cannot be made and why.

    Attributes
    ----------
    id : str
        File stem, and ``exhibit.<id>`` the title's key.
    number : str
        As the document numbers it, for example ``Figure 10``; empty for our own.
    document : str
        Kind of the document (``report``).
    status : str
        ``reproduced``, ``partly``, ``not_recomputable`` or ``not_recorded`` (for this biennium).
    table : Table or None
    charts : tuple of Chart
    notes, missing : tuple of str
        Catalogue keys: notes for the foot, and what is not there.
    """

    id: str
    number: str
    document: str
    status: str
    table: Table | None = None
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


Build = Callable[[Recorded, Period], tuple[Table | None, tuple[Chart, ...]]]


@dataclass(frozen=True)
class Definition:
    """How an exhibit is made, for any biennium.

    Attributes
    ----------
    id, number, document
        As in :class:`Exhibit`.
    notebook : str
        Stem of the notebook that shows it.
    build : callable or None
        Makes the table and the charts from the recorded tables, neither of them where these hold no number
        of the biennium; None when the numbers are lost.
    needs : tuple of str
        Recorded tables that must hold rows of the biennium.
    notes, missing : tuple of str
        Catalogue keys.
    status : str
        The status where the tables are held.
    any_period : bool
        Whether the tables serve whatever periods they hold (a document of another period).
    """

    id: str
    number: str
    document: str
    notebook: str
    build: Build | None
    needs: tuple[str, ...]
    status: str = REPRODUCED
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    any_period: bool = False


def periods(biennium: Period) -> tuple[str, ...]:
    """Return the periods that belong to a biennium as tables write them: the biennium and its years."""
    return (str(biennium), *(str(year) for year in biennium.years))


def holds(recorded: Recorded, table: str, biennium: Period) -> bool:
    """Whether a recorded table has rows of a biennium."""
    if table not in recorded:
        return False
    return bool(recorded[table].select((("period", periods(biennium)),)))


def make(definition: Definition, recorded: Recorded, biennium: Period) -> Exhibit:
    """Return the exhibit of a biennium, or the statement of what is not recorded for it."""
    same = (definition.id, definition.number, definition.document)
    if definition.any_period:
        absent = [table for table in definition.needs if table not in recorded]
    else:
        absent = [table for table in definition.needs if not holds(recorded, table, biennium)]
    if absent:
        return Exhibit(
            *same, NOT_RECORDED, missing=tuple(f"table.{name}" for name in absent), sources=definition.needs
        )
    if definition.build is None:
        return Exhibit(
            *same,
            NOT_RECOMPUTABLE,
            notes=definition.notes,
            missing=definition.missing,
            sources=definition.needs,
        )
    table, charts = definition.build(recorded, biennium)
    if table is None and not charts:
        return Exhibit(
            *same,
            NOT_RECORDED,
            missing=tuple(f"table.{name}" for name in definition.needs),
            sources=definition.needs,
        )
    return Exhibit(
        *same, definition.status, table, charts, definition.notes, definition.missing, definition.needs
    )


def of_series(series: Series) -> Iterator[Quantity]:
    """Yield the quantities of a series: its values and their bounds."""
    yield from (each for each in (*series.values, *series.low, *series.high) if each is not None)


def quantities_of(exhibit: Exhibit, *, charts: bool = True) -> Iterator[Quantity]:
    """Yield the quantities of an exhibit's table and, unless they are left out, of its charts."""
    for row in exhibit.table.rows if exhibit.table else ():
        yield from (each for each in row.cells if isinstance(each, Quantity))
    for chart in exhibit.charts if charts else ():
        for series in chart.series:
            yield from of_series(series)
