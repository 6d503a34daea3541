"""Exhibits in one language, ready to print: what every writer of files reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

# Rows of the longest table that a report or a text document sets.
LONGEST_READ = 250


@dataclass(frozen=True)
class ResolvedCell:
    """A cell as printed.

    Attributes
    ----------
    value : Fraction or None
        The exact number in the column's unit.
    text : str
        As printed in the language, rounded once.
    status : str
        ``reported`` for a recorded number, ``computed``, ``text``, ``empty``, or the recorded status of a
        number that is missing (``blank``, ``not_available``, ``not_set`` and so on).
    unit : str
        Name of the number's unit (``percent``); empty for text.
    decimals : int
        Decimals of the text, for number formats.
    worded : bool
        Whether the text holds words besides the number: a qualifier (``about 12``) or a unit.
    """

    value: Fraction | None
    text: str
    status: str
    unit: str = ""
    decimals: int = 0
    worded: bool = False


@dataclass(frozen=True)
class ResolvedColumn:
    """Heading of a column of numbers: the heading that spans it and its neighbours, its own, and its unit.

    ``key`` is the catalogue key of the label.
    """

    label: str
    group: str
    unit: str
    key: str
    signed: bool


@dataclass(frozen=True)
class ResolvedRow:
    """A row: stub labels and their keys, cells, whether it is a total, and the marks of its notes."""

    labels: tuple[str, ...]
    keys: tuple[str, ...]
    cells: tuple[ResolvedCell, ...]
    total: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """A note for the foot; ``mark`` is a letter that rows refer to, or empty for the whole exhibit."""

    mark: str
    text: str


@dataclass(frozen=True)
class ResolvedTable:
    """A table as printed.

    Attributes
    ----------
    id, number, title, period : str
        File stem; the document's numbering in the language (``Figure 10``, may be empty); title without
        number; the one period of all numbers as printed, or empty.
    caption : str
        Title and period.
    stub : tuple of str
        Headings of the label columns.
    columns, rows
        Headings and body.
    notes : tuple of Note
        Notes of the exhibit, then of rows.
    shorthand : tuple of (str, str)
        Each word or sign that stands for a missing number, with its meaning.
    source : str
        Source line: documents with symbol, vintage, edition.
    language : str
        Code of the language.
    documents : tuple of str
        The documents with their symbols.
    foreign : dict
        Keys of labels that stand in another language than the table's, with that language.
    """

    id: str
    number: str
    title: str
    period: str
    caption: str
    stub: tuple[str, ...]
    columns: tuple[ResolvedColumn, ...]
    rows: tuple[ResolvedRow, ...]
    notes: tuple[Note, ...]
    shorthand: tuple[tuple[str, str], ...]
    source: str
    language: str
    documents: tuple[str, ...] = ()
    foreign: dict[str, str] = field(default_factory=dict)

    @property
    def long(self) -> bool:
        """Whether it is too long to be read through: to be filtered on its page, and left out of reports."""
        return len(self.rows) > LONGEST_READ


@dataclass(frozen=True)
class ResolvedSeries:
    """A series of a chart: key, label, exact numbers and texts, bounds, dashed segments.

    Key and ``standing``, the place of its code among its likes where the record orders them, fix the colour.

    ``low``, ``high`` and ``dashed`` are empty or as long as ``numbers``. ``marked_on`` is the key of the
    series of which these numbers are what a document prints, rings on its line; empty for a line.
    """

    key: str
    label: str
    numbers: tuple[Fraction | None, ...]
    texts: tuple[str, ...]
    low: tuple[Fraction | None, ...] = ()
    high: tuple[Fraction | None, ...] = ()
    dashed: tuple[bool, ...] = ()
    standing: int | None = None
    marked_on: str = ""

    @property
    def values(self) -> tuple[float | None, ...]:
        """The numbers as floats, for plotting."""
        return tuple(None if number is None else float(number) for number in self.numbers)


@dataclass(frozen=True)
class ResolvedChart:
    """A chart as printed.

    Attributes
    ----------
    id, kind : str
        File stem; what it is drawn as, a key of ``analysis.pictures.figures.KINDS``.
    number, title, subtitle : str
        The document's numbering; title; unit and period.
    keys, categories : tuple of str
        Catalogue keys and labels of the categories.
    series : tuple of ResolvedSeries
        One number for each category.
    unit : str
        Label of the unit.
    decimals : int
        Decimals of the value labels.
    notes : tuple of Note
    foot, alt : str
        Source, vintage and edition; the picture in words with its numbers.
    language : str
    headline, named : str
        What the numbers say first, found by a rule; title and subtitle in one, to stand beneath it.
    standings : tuple of (int or None)
        Place of each category's code among its likes, where the record orders them.
    goals : ResolvedSeries, optional
        What the bar of each category was to reach.
    left_out : int
        How many categories come before the first that is left out between two of them; 0 where none is.
    """

    id: str
    kind: str
    number: str
    title: str
    subtitle: str
    keys: tuple[str, ...]
    categories: tuple[str, ...]
    series: tuple[ResolvedSeries, ...]
    unit: str
    decimals: int
    notes: tuple[Note, ...]
    foot: str
    alt: str
    language: str
    headline: str = ""
    named: str = ""
    standings: tuple[int | None, ...] = ()
    goals: ResolvedSeries | None = None
    left_out: int = 0

    @property
    def own_lines(self) -> tuple[ResolvedSeries, ...]:
        """The series that are not marked on another's line."""
        return tuple(series for series in self.series if not series.marked_on)

    @property
    def goal_texts(self) -> tuple[str, ...]:
        """What each category was to reach, as printed, after the word for it; empty without goals."""
        return (self.goals.label, *self.goals.texts) if self.goals else ()

    @property
    def heading(self) -> str:
        """What stands first: the headline, or the title where nothing can be said."""
        return self.headline or self.title

    @property
    def beneath(self) -> str:
        """What stands beneath the heading: title, unit and period, the title only where it is not above."""
        return self.named if self.headline else self.subtitle


@dataclass(frozen=True)
class ResolvedExhibit:
    """An exhibit as printed; ``status_text`` says its ``status`` in words, ``missing`` what is lost.

    ``headline`` says what its first chart, or else its table, says first.
    """

    id: str
    number: str
    title: str
    status: str
    status_text: str
    table: ResolvedTable | None
    charts: tuple[ResolvedChart, ...]
    notes: tuple[str, ...]
    missing: tuple[str, ...]
    source: str
    language: str
    headline: str = ""
