"""What an exhibit is made of: a table and charts as grids of quantities, with labels by key and no text.

Everything here is declarative. Labels are keys of the catalogue (``outcome.2``, ``region.africa``); numbers
are quantities; drawing, rounding and writing happen in the rooms that print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.quantities import Quantity

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


FALLS = "note.less_is_better"
"""Key of the note on a row of which less is better."""


@dataclass(frozen=True)
class Series:
    """One series of a chart: a label key, which also fixes its colour, and a quantity for each category.

    ``low`` and ``high`` bound an interval around each value; ``dashed`` marks modelled or projected segments.
    ``marked_on`` names the series of which these numbers are what a document prints: rings on its line.
    """

    label: str
    values: tuple[Quantity | None, ...]
    low: tuple[Quantity | None, ...] = ()
    high: tuple[Quantity | None, ...] = ()
    dashed: tuple[bool, ...] = ()
    marked_on: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart.

    Attributes
    ----------
    id : str
        File stem.
    kind : str
        ``bars`` (side by side), ``stacked``, ``lines``, ``panels`` (a line each, on one scale), ``heat``
        (categories by series), ``intervals`` (points with bounds), ``spans`` (two series: start and end),
        ``dumbbell`` (two series), ``slope`` (two categories), ``units`` (a dot for each thing counted) or
        ``waterfall`` (one series: a level, changes, the level that they lead to).
    categories : tuple of str
        Catalogue keys, or years as text.
    series : tuple of Series
        One value per category each.
    unit : str
        Catalogue key of the unit of all values.
    decimals : int
        Decimals of the value labels.
    goals : Series, optional
        What the bar of each category was to reach; stacked bars mark it.
    left_out : int
        How many categories come before the first that is left out between two of them; 0 where none is.
    falling : tuple of str
        Categories of which less is better: to lie above what is to be reached is then no success.
    versions : bool
        Whether the series are versions of one line, oldest first: what the last changed is what is said.
    """

    id: str
    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    decimals: int = 0
    goals: Series | None = None
    left_out: int = 0
    falling: tuple[str, ...] = ()
    versions: bool = False


@dataclass(frozen=True)
class Exhibit:
    """A table with its charts, or the statement that it cannot be made and why.

    Attributes
    ----------
    id : str
        File stem, and ``exhibit.<id>`` the key of its own title, where it has one.
    number : str
        As the document numbers it, for example ``Figure 10``; empty for our own.
    document : str
        Name of the document that lays it out.
    status : str
        ``reproduced``, ``partly``, ``not_recomputable`` or ``not_recorded`` (for this period).
    table : Table or None
    charts : tuple of Chart
    notes, missing : tuple of str
        Catalogue keys: notes for the foot, and what is not there.
    sources : tuple of str
        Recorded tables that it reads.
    kind : str
        What kind of exhibit it is, and ``kind.<kind>`` the key of its title where it has none of its own.
    named : tuple of (str, tuple of str)
        Catalogue keys of what it is about, by the word for it: ``(("outcome", ("outcome.7",)),)``.
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
    kind: str = ""
    named: tuple[tuple[str, tuple[str, ...]], ...] = ()


def in_column(rows: Iterable[Row], place: int) -> tuple[Quantity | None, ...]:
    """Return the quantities of one column of rows, None where a cell is empty.

    Raises
    ------
    TypeError
        When a cell holds a text, which no chart can draw.
    """
    cells = [row.cells[place] for row in rows]
    texts = [cell for cell in cells if isinstance(cell, str)]
    if texts:
        raise TypeError(f"column {place} holds the text {texts[0]!r} where a chart needs quantities")
    return tuple(cell for cell in cells if not isinstance(cell, str))


def of_series(series: Series) -> Iterator[Quantity]:
    """Yield the quantities of a series: its values and their bounds."""
    yield from (value for value in (*series.values, *series.low, *series.high) if value is not None)


def quantities_of(exhibit: Exhibit, *, charts: bool = True) -> Iterator[Quantity]:
    """Yield the quantities of an exhibit's table and, unless they are left out, of its charts."""
    for row in exhibit.table.rows if exhibit.table else ():
        yield from (cell for cell in row.cells if isinstance(cell, Quantity))
    for chart in exhibit.charts if charts else ():
        for series in chart.series:
            yield from of_series(series)
        if chart.goals:
            yield from of_series(chart.goals)
