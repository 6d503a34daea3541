"""The shape of a file of results: a row for each entry, or a column for each period; what it lacks is fixed.

Whatever the shape, rows come out as one entry each, under the columns that the reader knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from analysis.exchange.mapping import ResultsMapping
from analysis.exchange.published import BASELINE, RESULT, STATED, TARGET, PublishedError
from analysis.periods import Calendar

SheetRow = tuple[int, dict[str, str]]
START, END, YEAR = "(period start)", "(period end)", "(year of the baseline)"


def shaped(rows: list[SheetRow], mapping: ResultsMapping) -> tuple[list[SheetRow], ResultsMapping]:
    """Return rows of one entry each, and the mapping of their columns.

    Parameters
    ----------
    rows : list of (int, dict)
        Number of the row in the file, and its cells by column.
    mapping : ResultsMapping
        ``[fixed]`` says what the file does not, ``[translate]`` what its words mean, ``[[periods]]`` which
        columns hold the numbers of which period, ``[dimensions]`` which columns break them down.

    Raises
    ------
    PublishedError
        When a rule of ``[[periods]]`` fits no column, a column fits two rules, or a period cannot be read.
    """
    columns = dict(mapping.columns)
    columns |= {name: f"(fixed {name})" for name in mapping.fixed}
    by = [about["column"] for about in mapping.dimensions.values() if "column" in about]
    if mapping.periods:
        columns |= {"period_start": START, "period_end": END}
        for stated in {rule.get("stated", RESULT) for rule in mapping.periods}:
            columns[stated] = {**columns.get(stated, {}), "value": _value(stated)}
            if stated == BASELINE:
                columns[stated]["year"] = YEAR
    for stated in STATED:
        if stated in columns and by:
            dimensions = [*columns[stated].get("dimensions", []), *([_name(column), column] for column in by)]
            columns[stated] = {**columns[stated], "dimensions": dimensions}
    single = (_worded(number, cells, mapping, by) for number, cells in rows)
    widened = _widened(single, mapping, list(rows[0][1])) if mapping.periods and rows else single
    return list(widened), replace(mapping, columns=columns)


def _name(column: str) -> str:
    return f"(name of {column})"


def _value(stated: str) -> str:
    return f"({stated})"


def column_of(stated: str) -> str:
    """Return under which name a row says in which column of the file the number of a measure stands."""
    return f"(column of {stated})"


def _worded(number: int, cells: dict[str, str], mapping: ResultsMapping, by: Iterable[str]) -> SheetRow:
    """Return a row with what is fixed, its words translated, and its dimensions named."""
    words = dict(cells)
    for name, meanings in mapping.translate.items():
        column = mapping.columns.get(name)
        if isinstance(column, str):
            words[column] = meanings.get(cells[column], cells[column])
    words |= {f"(fixed {name})": text for name, text in mapping.fixed.items()}
    return number, words | {_name(column): column if cells[column] else "" for column in by}


def _widened(rows: Iterable[SheetRow], mapping: ResultsMapping, header: list[str]) -> Iterator[SheetRow]:
    """Yield a row for each period that the columns of a row are of; a baseline goes with the first."""
    calendar = Calendar(mapping.organisation["calendar"]["years"], mapping.organisation["calendar"]["first"])
    holding: dict[tuple[str, str], dict[str, str]] = {}
    for column in header:
        fitting = [rule for rule in mapping.periods if re.search(rule["pattern"], column)]
        if len(fitting) > 1:
            raise PublishedError(f"{mapping.path}: column {column!r} fits two rules of [[periods]]")
        for rule in fitting:
            stated = rule.get("stated", RESULT)
            text = re.search(rule["pattern"], column)["period"]
            span = (text, "") if stated == BASELINE else _span(text, calendar, column)
            if stated in holding.setdefault(span, {}):
                raise PublishedError(
                    f"columns {holding[span][stated]!r} and {column!r} are both {stated} of {span}"
                )
            holding[span][stated] = column
    before = {span: stated_in.pop(BASELINE) for span, stated_in in holding.items() if BASELINE in stated_in}
    if len(before) > 1:
        raise PublishedError(f"columns {', '.join(before.values())} are each a baseline; expected one")
    for rule in mapping.periods:
        if not any(re.search(rule["pattern"], column) for column in header):
            there = ", ".join(header)
            raise PublishedError(
                f"{mapping.path}: [[periods]] {rule['pattern']!r} fits no column; there are {there}"
            )
    baseline = mapping.columns.get("baseline", {})
    for number, cells in rows:
        spans = sorted(span for span, stated_in in holding.items() if stated_in)
        for place, (start, end) in enumerate(spans):
            stated_in = holding[start, end]
            row = cells | {START: start, END: end, YEAR: "", _value(BASELINE): ""}
            for (year, _), column in before.items() if not place else ():
                row |= {_value(BASELINE): cells[column], YEAR: year, column_of(BASELINE): column}
            for stated in (TARGET, RESULT):
                column = stated_in.get(stated, "")
                row |= {_value(stated): cells[column] if column else "", column_of(stated): column}
            if place:
                row |= {baseline[name]: "" for name in ("value", "comment") if name in baseline}
            yield number, row


def _span(text: str, calendar: Calendar, column: str) -> tuple[str, str]:
    try:
        period = calendar.read(text)
    except ValueError as error:
        raise PublishedError(f"column {column!r}: {error}") from None
    return f"{period.start}-01-01", f"{period.end}-12-31"
