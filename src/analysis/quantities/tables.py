"""Recorded tables in memory: rows to select from, each printed number with its exact value and interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Any

import pandas as pd

from analysis.errors import offered
from analysis.quantities.intervals import Values

Where = tuple[tuple[str, tuple[str, ...]], ...]
REQUIRED = ("id", "place", "line", "printed", "value", "decimals", "unit", "qualifier", "status")
PRINTED = ("value", "decimals", "unit", "qualifier")
"""Columns that say which number a row prints."""
IN_WORDS = ("_en", "_fr", "_es", "_zh")
"""Endings of columns that tell in a language what a row is about: they say no code."""
STATEMENTS = tuple(f"statement{ending}" for ending in IN_WORDS)
"""Columns that state what a number is, each in a language."""


class SelectionError(LookupError):
    """A selection that matches no row, or more than one where one is meant."""


@dataclass(frozen=True)
class Source:
    """Where a table comes from.

    Attributes
    ----------
    document, symbol : str
        Folder of the document in ``data/raw`` and the document's symbol.
    path, sha256 : str
        File, relative to the project, and its checksum.
    title : str
        What the table is, in a few words.
    vintage : str
        Year in which the document was released.
    period : str
        The span of years that the document is about, ``2020-25``.
    ordered : str
        ``descending`` or ``ascending`` where the file's numbers are printed in order of size; else empty.
    language : str
        Language of the file's places and of titles without translation; empty of what is no document's.
    """

    document: str
    symbol: str
    path: str
    sha256: str
    title: str
    vintage: str = ""
    period: str = ""
    ordered: str = ""
    language: str = ""

    @property
    def prefix(self) -> str:
        """What the ids of the file's rows begin with: the document and the file."""
        return f"{self.document}/{self.path.rpartition('/')[2].removesuffix('.csv')}"


@dataclass(frozen=True, eq=False)
class RecordedTable:
    """A recorded file: text columns to select by, and one printed number per row.

    Attributes
    ----------
    name : str
        ``<kind of document>.<file stem>``, for example ``report.output_indicators``.
    rows : pandas.DataFrame
        All columns as text; the columns of ``REQUIRED`` are always there.
    source : Source
        Document, file and checksum; of a table that several documents make up, those of the first.
    origins : tuple of (Source, int)
        Each row's own source and row of the file, where several files make up the table.
    """

    name: str
    rows: pd.DataFrame
    source: Source
    origins: tuple[tuple[Source, int], ...] = ()
    _indexes: dict = field(default_factory=dict, repr=False)
    _columns: dict = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def records(self) -> list[dict[str, str]]:
        """The rows as mappings from column to text."""
        names = list(self.rows.columns)
        return [dict(zip(names, row, strict=True)) for row in self._read(*names)]

    def _read(self, *columns: str) -> Iterator[tuple]:
        """Yield the rows of some columns."""
        return zip(*map(self.texts, columns), strict=True)

    def texts(self, column: str) -> list[str]:
        """Return what a column holds, one a row; Arrow's text is converted once, not cell by cell."""
        if column not in self._columns:
            self._columns[column] = self.rows[column].to_numpy(dtype=object).tolist()
        return self._columns[column]

    @cached_property
    def values(self) -> Values:
        """One value per row; missing where the row prints no number."""
        return Values(list(self._read(*PRINTED)))

    def index(self, columns: tuple[str, ...]) -> Mapping[tuple[str, ...], list[int]]:
        """Return row numbers by the values of some columns; built once per set of columns."""
        if columns not in self._indexes:
            absent = [name for name in columns if name not in self.rows.columns]
            if absent:
                offered = ", ".join(name for name in self.rows.columns if name not in REQUIRED)
                raise SelectionError(f"{self.name} has no column {', '.join(absent)}; it has {offered}")
            index: dict[tuple[str, ...], list[int]] = {}
            for number, key in enumerate(self._read(*columns)):
                index.setdefault(key, []).append(number)
            self._indexes[columns] = index
        return self._indexes[columns]

    def select(self, where: Where) -> list[int]:
        """Return the numbers of the rows that meet every condition, in file order."""
        if not where:
            return list(range(len(self.rows)))
        columns, choices = zip(*where, strict=True)
        index = self._indexes.get(columns) or self.index(columns)
        keys = list(product(*choices))
        if len(keys) == 1:
            return index.get(keys[0], [])
        return sorted(number for key in keys for number in index.get(key, []))

    def replaced(self, number: int, **fields: str) -> RecordedTable:
        """Return the table with other texts in some columns of one row."""
        rows = self.rows.copy()
        for name, text in fields.items():
            rows.iat[number, rows.columns.get_loc(name)] = text
        kept = {names: index for names, index in self._indexes.items() if not set(names) & set(fields)}
        table = replace(self, rows=rows, _indexes=kept)
        # What was read of the other rows still holds, and is not read again.
        if "records" in vars(self):
            record = {**self.records[number], **fields}
            vars(table)["records"] = [*self.records[:number], record, *self.records[number + 1 :]]
            if "values" in vars(self):
                number_text, decimals, unit_name, qualifier = (record[name] for name in PRINTED)
                printed = number_text, decimals, unit_name, qualifier
                vars(table)["values"] = self.values.replaced(number, printed)
        return table

    def offered(self, column: str) -> list[str]:
        """Return the values that a column holds, for messages."""
        return list(dict.fromkeys(self.rows[column]))

    @property
    def prefix(self) -> str:
        """What the ids of the table's rows begin with: the document and the file."""
        return self.source.prefix

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document and file that the table is made of."""
        return tuple(dict.fromkeys(source for source, _ in self.origins)) or (self.source,)

    @property
    def by_source(self) -> dict[Source, list[int]]:
        """Row numbers by the file that they stand in."""
        numbers: dict[Source, list[int]] = {source: [] for source in self.sources}
        for number in range(len(self.rows)):
            numbers[self.source_of(number)].append(number)
        return numbers

    def source_of(self, number: int) -> Source:
        """Return the document and file of one row."""
        return self.origins[number][0] if self.origins else self.source

    def file_row(self, number: int) -> int:
        """Return the row of the file (the header is row 1)."""
        return self.origins[number][1] if self.origins else number + 2


class Recorded(Mapping[str, RecordedTable]):
    """The recorded tables that a period's quantities are read from, by name.

    Parameters
    ----------
    tables : iterable of RecordedTable
        Names must differ.
    renames : mapping, optional
        What ids began with once, and what they begin with now.
    about : iterable of RecordedTable, optional
        Tables that hold words and codes instead of numbers: the framework, the layout of documents.
    left_out : iterable of str, optional
        Ids of rows that a document of another period holds beside those that are read here.
    later : mapping of str to callable, optional
        Tables that are no document's, such as published estimates: opened when they are asked for by name,
        and passed over when the record is gone through.
    corrections : iterable, optional
        Entries of the ledger by which numbers are others than are printed.
    """

    def __init__(
        self,
        tables: Iterable[RecordedTable],
        renames: Mapping[str, str] | None = None,
        about: Iterable[RecordedTable] = (),
        left_out: Iterable[str] = (),
        later: Mapping[str, Callable[[], RecordedTable]] | None = None,
        corrections: Iterable[Any] = (),
    ):
        self._tables: dict[str, RecordedTable] = {}
        for table in tables:
            if table.name in self._tables:
                raise SelectionError(
                    f"two tables are named {table.name}: {self._tables[table.name].source.path} and "
                    f"{table.source.path}; append them, or give one another name"
                )
            self._tables[table.name] = table
        self._prefixes = {source.prefix: table for table in self._tables.values() for source in table.sources}
        self.renames = dict(renames or {})
        self.about = {table.name: table for table in about}
        self.left_out = frozenset(left_out)
        self.later = dict(later or {})
        self.corrections = tuple(corrections)
        self.evaluated: dict = {}
        self.opened: dict = {}

    @cached_property
    def language(self) -> str:
        """The language that its documents share; English where they are in several."""
        languages = {source.language for table in self.values() for source in table.sources} - {""}
        return languages.pop() if len(languages) == 1 else "en"

    def __repr__(self) -> str:
        return f"<Recorded: {len(self)} tables, {sum(len(table.rows) for table in self.values())} rows>"

    def with_tables(self, tables: Iterable[RecordedTable], corrections: Iterable[Any] = ()) -> Recorded:
        """Return other tables of numbers under the same framework, layout and names, corrected or not."""
        applied = (*self.corrections, *corrections)
        return Recorded(tables, self.renames, self.about.values(), self.left_out, self.later, applied)

    def __getitem__(self, name: str) -> RecordedTable:
        if name in self.later and name not in self._tables:
            if name not in self.opened:
                self.opened[name] = self.later[name]()
            return self.opened[name]
        if name not in self._tables:
            there = offered(sorted([*self._tables, *self.later]), name)
            raise SelectionError(f"no table {name!r} is recorded; there are {there}")
        return self._tables[name]

    def __contains__(self, name: object) -> bool:
        return name in self._tables or name in self.later

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def current(self, identifier: str) -> str:
        """Return today's id of what was once published under another; any other id as it is."""
        for former in sorted(self.renames, key=len, reverse=True):
            if identifier.startswith(former):
                return self.renames[former] + identifier.removeprefix(former)
        return identifier

    def of_id(self, identifier: str) -> RecordedTable | None:
        """Return the table whose rows an id belongs to; None where no such table is held."""
        return self._prefixes.get("/".join(self.current(identifier).split("/")[:2]))

    def locate(self, identifier: str) -> tuple[RecordedTable, int]:
        """Return the table and the row that carry an id, also one that was published under a former name.

        Raises
        ------
        SelectionError
            When no row has that id.
        """
        table = self.of_id(identifier)
        rows = table.select((("id", (self.current(identifier),)),)) if table else []
        if table is None or not rows:
            raise SelectionError(f"no recorded number has the id {identifier!r}")
        return table, rows[0]
