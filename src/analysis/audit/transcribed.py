"""The mechanical reading of the texts' numerals, and whether it notices a number recorded wrong.

``data/transcriptions/<document>.csv`` holds every numeral of a text with its line, and the rule that sets it
aside where it is no datum. Every other numeral belongs to one recorded number, so a wrong one leaves its
numeral without a record and is noticed. A number that is recorded again from one numeral, or from one that a
rule sets aside, is noticed where no numeral within two lines reads as the wrong one. A word that is no
numeral is not read, nor is a sign. This is no check of the document's arithmetic, and its share is never the
audit's score.
"""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

from analysis.files import Unreadable
from analysis.quantities import Recorded
from analysis.reading.chinese import han
from analysis.sources.written import rows_with_columns

COLUMNS = ("line", "printed", "next", "rule")
REACH = 2
_DIGITS = re.compile(r"(\d+(?:\.\d+)?)(万亿|亿|万)?%?")
_HAN = "[零一二两三四五六七八九十百千]+"
_SCALES = {"": 0, "万": 4, "亿": 8, "万亿": 12}


def numeral_read(printed: str) -> Fraction | None:
    """Return the number that a printed numeral says, its scale counted in and per cent left out.

    Signs are not read: the texts print none. A word that is no numeral gives None.
    """
    plain = re.sub("[, 多余]", "", printed)
    if match := _DIGITS.fullmatch(plain):
        return Fraction(match[1]) * 10 ** _SCALES[match[2] or ""]
    if match := re.fullmatch(f"({_HAN})分之({_HAN})", plain):
        parts = 1 if match[1] == "百" else han(match[1])
        return han(match[2]) / parts if parts else None
    return han(plain) if re.fullmatch(_HAN, plain) else None


class Numerals:
    """Every numeral of the texts, by document and line.

    Parameters
    ----------
    folder : Path
        ``data/transcriptions``; of a document without a file there, nothing is noticed.
    recorded : Recorded
        The record, whose rows say where each number stands and how it is printed.

    Raises
    ------
    Unreadable
        When a file is no table of numerals, or a line is no number.
    """

    def __init__(self, folder: Path, recorded: Recorded):
        self._recorded = recorded
        self._on_line: dict[tuple[str, int], set[tuple[Fraction, bool]]] = defaultdict(set)
        for document in {source.document for table in recorded.values() for source in table.sources}:
            path = folder / f"{document}.csv"
            if path.is_file():
                for place, row in rows_with_columns(path, COLUMNS):
                    if not row["line"].isdecimal():
                        raise Unreadable(
                            f"{path} row {place}, line: found {row['line']!r}; expected a whole number"
                        )
                    number = numeral_read(row["printed"])
                    if number is not None:
                        self._on_line[document, int(row["line"])].add((number, not row["rule"]))

    def notice(self, table: str, row: int, value: str) -> bool:
        """Whether the numeral of a row is read, and gives away that another value is recorded."""
        own_table = self._recorded[table]
        true, printed = own_table.records[row], numeral_read(own_table.records[row]["printed"])
        if not printed or not true["line"].isdigit():
            return False
        wrong = abs(Fraction(value)) * printed / abs(Fraction(true["value"]))
        document, line = own_table.source_of(row).document, int(true["line"])
        near = {
            numeral
            for by in range(-REACH, REACH + 1)
            for numeral in self._on_line.get((document, line + by), ())
        }
        if (printed, True) in near and true["status"] != "repeated":
            return wrong != printed
        return bool({(printed, False), (printed, True)} & near) and not {(wrong, False), (wrong, True)} & near
