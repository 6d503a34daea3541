"""Read published results from a workbook or a CSV file, by a mapping: one row, one entry."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from analysis.exchange.mapping import ResultsMapping
from analysis.exchange.published import (
    BASELINE,
    DIMENSION,
    RESULT,
    STATED,
    Gathering,
    Published,
    PublishedError,
)
from analysis.exchange.shape import column_of, shaped
from analysis.exchange.sheet_rows import named_rows, rows_of_names, where_names_stand
from analysis.files import read_bytes

SHOWN = 20
SEPARATORS = (",", ";", "\t", "|")
ISO = "%Y-%m-%d"
BLANKS = (
    "; where a blank or merged cell repeats the one above, name its column by filled = [{columns}] under "
    "[file]; where notes stand below, say last = the number of the last row"
)
ATTRIBUTES = ("measure", "ascending", "aggregation")


def read_workbook(path: Path, mapping: ResultsMapping) -> Published:
    """Return the published results of a workbook or a CSV file.

    Parameters
    ----------
    path : Path
        ``.xlsx``, ``.xlsm`` or ``.csv``.
    mapping : ResultsMapping
        With ``columns``.

    Returns
    -------
    Published
        Every row is an entry; a row without any number has an empty result.

    Raises
    ------
    PublishedError
        When a mapped column is not there, or a cell cannot be read; the message names rows and columns.
    """
    if not mapping.columns:
        raise PublishedError(
            f"{mapping.path}: no [columns]; a workbook needs to be told which column says what"
        )
    rows = list(_csv(path, mapping) if path.suffix.lower() == ".csv" else _xlsx(path, mapping))
    if not rows:
        which = "the first, which names" if rows_of_names(mapping.file) == [1] else "those that name"
        raise PublishedError(f"{path}: no row below {which} the columns")
    header = dict.fromkeys(name for name in rows[0][1] if name)
    by = [about["column"] for about in mapping.dimensions.values() if "column" in about]
    absent = [name for name in (*_mapped(mapping.columns), *by) if name not in header]
    if absent:
        raise PublishedError(
            f"{path}: mapped, but not among the columns: {', '.join(absent)}; there are {', '.join(header)}"
            + where_names_stand(mapping.file)
        )
    rows, mapping = shaped(rows, mapping)
    return _Rows(mapping).gathered(path, rows)


def columns_left_out(path: Path, mapping: ResultsMapping) -> list[str]:
    """Return the columns of a workbook or a CSV file that the mapping does not name, in order.

    Parameters
    ----------
    path : Path
        ``.xlsx``, ``.xlsm`` or ``.csv``, which can be read by the mapping.
    mapping : ResultsMapping
        With ``columns``.
    """
    rows = _csv(path, mapping) if path.suffix.lower() == ".csv" else _xlsx(path, mapping)
    _, first = next(rows)
    named = {*_mapped(mapping.columns), *(about.get("column", "") for about in mapping.dimensions.values())}
    patterns = [rule["pattern"] for rule in mapping.periods]
    return [
        column
        for column in first
        if column and column not in named and not any(re.search(pattern, column) for pattern in patterns)
    ]


def _mapped(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for branch in tree.values():
            yield from _mapped(branch)
    else:
        for branch in tree:
            yield from _mapped(branch)


def _csv(path: Path, mapping: ResultsMapping) -> Iterator[tuple[int, dict[str, str]]]:
    encoding, separator = mapping.file.get("encoding", "utf-8-sig"), mapping.file.get("separator", ",")
    try:
        lines = io.StringIO(read_bytes(path).decode(encoding), newline="")
        first = [lines.readline() for _ in range(rows_of_names(mapping.file)[-1])][-1]
        others = [] if separator in first else [mark for mark in SEPARATORS if mark in first]
        if others:
            raise PublishedError(
                f"{path}: the first line holds no {separator!r} but {others[0]!r}; "
                f"say separator = {json.dumps(others[0])} under [file] of {mapping.path}"
            )
        lines.seek(0)
        reader = csv.reader(lines, delimiter=separator, strict=True)
        yield from named_rows(path, ((reader.line_num, cells) for cells in reader), mapping.file)
    except LookupError:
        raise PublishedError(f"{mapping.path}: [file] encoding: there is no {encoding!r}") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise PublishedError(f"{path}: no CSV in {encoding} ({error}); say otherwise in [file]") from None


def _xlsx(path: Path, mapping: ResultsMapping) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise PublishedError(
            f"{path}: a workbook needs the package openpyxl: pip install 'analysis[exchange]'"
        ) from None
    read_bytes(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # of whatever kind: what is wrong inside, openpyxl meets anywhere
        raise PublishedError(f"{path}: no workbook that can be read ({error})") from error
    try:
        if not book.sheetnames:
            raise PublishedError(f"{path}: a workbook without sheets")
        sheet = mapping.file.get("sheet", book.sheetnames[0])
        if sheet not in book.sheetnames:
            raise PublishedError(f"{path}: no sheet {sheet!r}: there are {', '.join(book.sheetnames)}")
        lines = enumerate(book[sheet].iter_rows(), 1)
        texts = ((number, [_text(cell) for cell in line]) for number, line in lines)
        yield from named_rows(path, texts, mapping.file)
    except PublishedError:
        raise
    except Exception as error:  # sheets are read as their rows are asked for
        raise PublishedError(f"{path}: damaged: a sheet that cannot be read ({error})") from error
    finally:
        book.close()


def _text(cell) -> str:
    content = cell.value
    if content is None:
        return ""
    if isinstance(content, bool):
        return "1" if content else "0"
    if isinstance(content, dt.datetime | dt.date):
        return content.isoformat()[:10]
    if isinstance(content, int | float):
        number = Decimal(repr(content))
        if "%" in (cell.number_format or ""):
            return f"{(number * 100).normalize():f}"
        return f"{number.to_integral_value():f}" if number == number.to_integral_value() else f"{number:f}"
    return str(content)


class _Rows:
    """Gathers rows: the same activity, result and indicator are one, whose attributes must agree."""

    def __init__(self, mapping: ResultsMapping):
        self.mapping = mapping
        self.columns = mapping.columns
        self.gathering = Gathering()
        self.known: dict[tuple, tuple[str, dict[str, str], int]] = {}
        self.wrong: list[str] = []
        self.blank: dict[str, None] = {}
        self.file = ""

    def gathered(self, path: Path, rows: list[tuple[int, dict[str, str]]]) -> Published:
        self.file = path.name
        for entry, (number, cells) in enumerate(rows, 1):
            self._row(entry, number, cells)
        if self.wrong:
            wrong = list(dict.fromkeys(self.wrong))
            more = f"; and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
            blank = ", ".join(json.dumps(column, ensure_ascii=False) for column in self.blank)
            more += BLANKS.format(columns=blank) if blank else ""
            raise PublishedError(f"{path}: " + "; ".join(wrong[:SHOWN]) + more)
        return self.gathering.done()

    def _cell(self, cells: dict[str, str], name: str) -> str:
        return cells[self.columns[name]] if name in self.columns else ""

    def _row(self, entry: int, number: int, cells: dict[str, str]) -> None:
        needed = ("activity", "result_title", "indicator_title", "measure", "period_start", "period_end")
        for name in needed:
            if not self._cell(cells, name).strip():
                self.wrong.append(f"row {number}, {self.columns[name]}: empty, expected a text")
                self.blank[self.columns[name]] = None
        identifier = self._cell(cells, "activity")
        activity = self._one("activities", (identifier,), number, {"identifier": identifier})
        kind, title = self._cell(cells, "result_type"), self._cell(cells, "result_title")
        result = self._one(
            "results",
            (activity, kind, title),
            number,
            {
                "activity": activity,
                "type": kind,
                "title": title,
                "aggregation": self._cell(cells, "result_aggregation"),
            },
            self._cell(cells, "result_description"),
        )
        name = self._cell(cells, "indicator_title")
        indicator = self._one(
            "indicators",
            (result, name),
            number,
            {"result": result, "title": name}
            | {attribute: self._cell(cells, attribute) for attribute in ATTRIBUTES},
            self._cell(cells, "indicator_description"),
            {part: self._cell(cells, f"reference_{part}") for part in ("code", "vocabulary", "uri")},
        )
        period = {end: self._day(cells, f"period_{end}", number) for end in ("start", "end")}
        if period["start"] > period["end"] > "":
            self.wrong.append(
                f"row {number}: a period from {period['start']} to {period['end']}, which is before"
            )
        self._values(
            str(entry),
            number,
            cells,
            {"indicator": indicator, **period},
        )

    def _day(self, cells: dict[str, str], name: str, number: int) -> str:
        """Return a day as ISO 8601 has it; what is none is told, and stands as it is."""
        text, form = self._cell(cells, name), self.mapping.file.get("dates", ISO)
        for pattern in (ISO, form) if text else ():
            with suppress(ValueError):
                return dt.datetime.strptime(text, pattern).date().isoformat()
        if text:
            otherwise = "" if form == ISO else f", or as [file] dates = {form!r} says"
            self.wrong.append(
                f"row {number}, {self.columns[name]}: {text!r}, expected a day such as 2022-12-31{otherwise} "
                "([file] dates = '%d/%m/%Y' says how others are written)"
            )
        return text

    def _one(
        self,
        table: str,
        identity: tuple[str, ...],
        number: int,
        row: dict[str, str],
        description: str = "",
        reference: dict[str, str] | None = None,
    ) -> str:
        """Return the key of a row of a table; add it when it is met first, compare it afterwards."""
        attributes = {**row, "description": description, **(reference or {})}
        if (table, *identity) not in self.known:
            key = self.gathering.add(table, **row)
            self.known[table, *identity] = key, attributes, number
            language = self.mapping.language
            if "title" in row:
                self.gathering.say(table, key, "title", [(language, row["title"])])
            if description:
                self.gathering.say(table, key, "description", [(language, description)])
            if reference and any(reference.values()):
                self.gathering.rows["references"].append({"of": table, "key": key, **reference})
            return key
        key, first, where = self.known[table, *identity]
        for name, text in attributes.items():
            if first[name] != text:
                self.wrong.append(
                    f"row {number}: {name} of {identity[-1]!r} is {text!r}; row {where} says {first[name]!r}"
                )
        return key

    def _values(self, entry: str, number: int, cells: dict[str, str], row: dict[str, str]) -> None:
        stated = {}
        for name in STATED:
            about = self.columns.get(name, {})
            text = cells[about["value"]].strip() if "value" in about else ""
            beside = self._beside(name, cells, number)
            if text or beside.get("comment", "").strip():
                stated[name] = {**beside, "value": text}
        for name, stated_value in (
            stated or {RESULT: {**self._beside(RESULT, cells, number), "value": ""}}
        ).items():
            comment = stated_value.pop("comment", "").strip()
            place = {"place": self._place(number, cells.get(column_of(name), ""))}
            key = self.gathering.add("values", entry=entry, stated=name, **row, **place, **stated_value)
            if comment:
                self.gathering.say("values", key, "comment", [(self.mapping.language, comment)])

    def _place(self, number: int, column: str) -> str:
        """Return where a number stands: in which row, and in which column where each is of its own period."""
        return f"{self.file}, column {column}, row {number}" if column else f"{self.file}, row {number}"

    def _beside(self, name: str, cells: dict[str, str], number: int) -> dict[str, str]:
        """Return what goes with a number: the year and date of a baseline, place, dimensions, comment."""
        about = self.columns.get(name, {})
        parts = ("year", "date", "location", "comment") if name == BASELINE else ("location", "comment")
        beside = {part: cells[about[part]] for part in parts if part in about}
        return {**beside, **self._dimensions(about, cells, number)}

    def _dimensions(self, about: dict, cells: dict[str, str], number: int) -> dict[str, str]:
        codes = {}
        for named, valued in about.get("dimensions", []):
            name, text = cells[named], cells[valued]
            if bool(name) != bool(text):
                self.wrong.append(f"row {number}: {named} is {name!r}, but {valued} is {text!r}")
            elif f"{DIMENSION}{name}" in codes:
                self.wrong.append(f"row {number}: two dimensions named {name!r}")
            elif name:
                codes[f"{DIMENSION}{name}"] = text
        return codes
