"""What a recorded file may hold: types, codes and keys of its columns, and how its bytes are read.

The one place that knows it: reading, registering and ``analysis check-data`` ask here.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from analysis.framework import DIRECTIONS
from analysis.quantities.tables import REQUIRED, STATEMENTS
from analysis.quantities.units import is_listed

STATUSES: tuple[str, ...] = ("reported", "repeated", "blank", "not_available", "not_set", "not_applicable")
STATUSES += ("not_held", "dash", "text", "indefinite")
QUALIFIERS = ("more_than", "at_least", "less_than", "up_to", "about", "nearly")
YES_NO = ("yes", "no")
CODES: dict[str, tuple[str, ...]] = {
    "status": STATUSES,
    "qualifier": QUALIFIERS,
    "direction": DIRECTIONS,
    "form": ("title", "short", "numbered"),
    "wording": ("organisation", "ours"),
    "total": YES_NO,
    "exhaustive": YES_NO,
    "adds_up": ("sum", "last", "none"),
    "progress": ("planned", "in_progress", "achieved"),
}
"""Codes that a column may hold, besides nothing."""
LAYOUT_STATUSES = ("reproduced", "partly", "not_recomputable")
MEASURES = ("unit", "percentage", "nominal", "ordinal", "qualitative")
LONGEST, LONGEST_NAME = 20_000, 200
"""Characters that a cell, and the name of a column, may have."""
MOST_COLUMNS, MOST_RAGGED = 500, 1000
"""Columns that a table may have, and rows of another length after which it is read no further."""
FINEST, DIGITS = 20, 40
# A noun that begins with a scale is an amount, not a count: such a unit is a listed one.
SCALES = ("hundred_", "thousand_", "million_", "billion_", "trillion_")
"""Decimals and characters that a number may have; a spreadsheet's numbers have up to 17 digits."""
COLUMNS = {
    "framework/nodes.csv": (
        *("level", "code", "parent", "kind", "unit", "direction", "measure", "adds_up"),
        *("continues", "continues_why", "changed"),
    ),
    "framework/dimensions.csv": ("dimension", "code", "total", "exhaustive", "group", "kind"),
    "framework/changes.csv": ("column", "code", "period", "changed", "finding"),
    "framework/titles.csv": ("kind", "code", "language", "form", "text", "wording", "document"),
    "exhibits.csv": (
        *("number", "chapter", "section", "kind", "conditions", "options", "status", "notes", "missing"),
    ),
}
"""Columns that the tables of a framework and a layout must have."""
_VALUE = re.compile(r"-?[0-9]+(\.[0-9]+)?(/[1-9][0-9]*)?")
_PLAIN = re.compile(r"[-−+]?(?:\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?\s?%?")
# What a reader does not see and a comparison does: soft hyphen, zero-width space, word joiner.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# A word with letters of two alphabets: one of them only looks like its neighbours.
_TWO_ALPHABETS = re.compile("[A-Za-z\u00c0-\u024f][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z\u00c0-\u024f]")
WORDED = ("text", "note", *STATEMENTS)
"""Columns of words, which may begin as a formula does."""
# What programs write where a cell is empty, or where a formula has failed.
_PROGRAMS = frozenset(("nan", "NaN", "null", "NULL", "<NA>", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]")


@dataclass(frozen=True)
class Fault:
    """Something that a recorded file may not hold, or that somebody should look at.

    Attributes
    ----------
    path : str
        The file, below the project.
    row : int
        Row of the file, the header being row 1; 0 for the whole file.
    column : str
        Empty for the whole row.
    actual, allowed : str
        What stands there, and what may.
    grave : bool
        Whether the file cannot be registered with it; otherwise it is a remark.
    """

    path: str
    row: int
    column: str
    actual: str
    allowed: str
    grave: bool = True

    def __str__(self) -> str:
        row, column = (f" row {self.row}" if self.row else ""), (f", {self.column}" if self.column else "")
        return f"{self.path}{row}{column}: found {self.actual}; expected {self.allowed}"


def read_rows(content: bytes, path: str) -> tuple[list[str], list[list[str]], list[Fault]]:
    """Return header, rows and faults of a file's bytes; a row of another length is cut or filled.

    Parameters
    ----------
    content : bytes
    path : str
        For messages.
    """
    faults: list[Fault] = []
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        shown = content[max(error.start - 10, 0) : error.start + 10]
        return [], [], [Fault(path, 0, "", f"{shown!r} at byte {error.start}", "text in UTF-8")]
    if "\0" in text:
        place = text.index("\0")
        return [], [], [Fault(path, 0, "", f"a null byte at character {place}", "text, not a binary file")]
    if text.startswith("\ufeff"):
        faults.append(Fault(path, 1, "", "a byte order mark", "UTF-8 without one"))
        text = text.removeprefix("\ufeff")
    try:
        lines = list(csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        return (
            [],
            [],
            [*faults, Fault(path, 0, "", f"text that is no CSV ({error})", "commas and double quotes")],
        )
    if not lines or not any(lines[0]):
        return [], [], [*faults, Fault(path, 1, "", "no header", "names of columns")]
    header, named = lines[0], Counter(lines[0])
    if len(header) > MOST_COLUMNS:
        return [], [], [*faults, Fault(path, 1, "", f"{len(header):,} columns", f"at most {MOST_COLUMNS}")]
    for name in named:
        if _CONTROL.search(name) or len(name) > LONGEST_NAME:
            return [], [], [*faults, Fault(path, 1, "", f"the column {name[:60]!a}", "names of columns")]
        if not name or named[name] > 1:
            actual = f"{named[name]} columns named {name!r}"
            faults.append(Fault(path, 1, name, actual, "names that differ and are not empty"))
    rows = []
    ragged = 0
    for number, row in enumerate(lines[1:], start=2):
        if len(row) != len(header):
            ragged += 1
            if ragged > MOST_RAGGED:
                actual = f"more than {MOST_RAGGED:,} rows of another length; read no further"
                faults.append(Fault(path, number, "", actual, f"{len(header)} cells, one a column"))
                break
            faults.append(Fault(path, number, "", f"{len(row)} cells", f"{len(header)}, one a column"))
            row = (row + [""] * len(header))[: len(header)]
        rows.append(row)
    return header, rows, faults


def check_table(
    path: str,
    header: list[str],
    rows: list[list[str]],
    fields: Mapping[str, Mapping[str, str]],
    counted: Container[str],
) -> Iterator[Fault]:
    """Yield what a table may not hold: columns, types, codes, units, keys, numbers unlike what is printed.

    Parameters
    ----------
    path : str
        For messages.
    header, rows : list
        As :func:`read_rows` returns them.
    fields : mapping
        Column to its ``type``, as ``data/raw/fields.toml`` has them; ``decimalChar`` of ``printed`` is the
        decimal mark of the document, a point where nothing says so.
    counted : container of str
        Nouns that numbers may count, besides the listed units.
    """
    for name in header:
        if name not in fields:
            yield Fault(path, 1, name, f"the column {name!r}", "a column that fields.toml describes")
    unsound = {name: text for name in header if (text := _unsound(fields.get(name, {})))}
    for name, text in unsound.items():
        allowed = "constraints with a pattern, a list enum of texts, or minimum and maximum as whole numbers"
        yield Fault(path, 1, name, f"constraints that are none: {text}", allowed)
    if unsound:
        return
    for ending, names in COLUMNS.items():
        lacking = [name for name in names if name not in header and path.endswith(f"/{ending}")]
        if lacking:
            yield Fault(path, 1, "", f"no column {', '.join(lacking)}", "all columns of its kind of table")
    bare = [name for name in REQUIRED if name not in header] if "value" in header else []
    if bare:
        yield Fault(path, 1, "", f"no column {', '.join(bare)}", "all columns that a number has")
    columns = dict(zip(header, zip(*rows, strict=True), strict=True)) if rows else {}
    wrong_cells = {
        name: told_of
        for name, texts in columns.items()
        if (told_of := _wrong_texts(name, set(texts), header, fields, counted))
    }
    ids: dict[str, int] = {}
    decimal = fields.get("printed", {}).get("decimalChar", ".")
    for number, cells in enumerate(rows, start=2):
        row = dict(zip(header, cells, strict=True))
        for name, told_of in wrong_cells.items():
            for actual, allowed in told_of.get(row[name], ()):
                yield Fault(path, number, name, actual, allowed)
        if "value" in row:
            yield from _check_number(path, number, row, decimal)
        if "id" in row:
            if not row["id"]:
                yield Fault(path, number, "id", "nothing", "an id")
            elif row["id"] in ids:
                yield Fault(
                    path, number, "id", f"{row['id']!r}, which row {ids[row['id']]} has", "ids that differ"
                )
            ids.setdefault(row["id"], number)


def _wrong_texts(
    name: str, texts: Collection[str], header: Container[str], fields: Mapping, counted: Container[str]
) -> dict[str, list[tuple[str, str]]]:
    """Return the texts that a column may not hold, each with what is told of it and what may stand there."""
    described = fields.get(name, {})
    sightly, free = _all_sightly(name, texts), _is_free(name, described)
    if sightly and free:
        return {}
    faults_of = {}
    for text in texts:
        told = [] if sightly else list(_unsightly(name, text))
        if text and not free and len(text) <= LONGEST:
            told += _uncoded(name, text, header, described, counted)
        faults_of[text] = told
    return {text: faults for text, faults in faults_of.items() if faults}


def _all_sightly(name: str, texts: Collection[str]) -> bool:
    """Whether :func:`_unsightly` has nothing to say of any text: all are looked through at once."""
    whole = "\n".join(texts)
    patterns = (_CONTROL,) if whole.isascii() else (_CONTROL, _UNSEEN, _TWO_ALPHABETS)
    if any(pattern.search(whole) for pattern in patterns):
        return False
    return not any(
        text.startswith("=") or text in _PROGRAMS or text != text.strip() or len(text) > LONGEST
        for text in texts
    )


def _is_free(name: str, described: Mapping[str, Any]) -> bool:
    """Whether a column may hold any text: :func:`_uncoded` has nothing to say of it."""
    typed = described.get("type") == "integer" or bool(described.get("constraints"))
    return not typed and name not in CODES and name not in ("unit", "status", "measure")


def _unsightly(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with how a text is written, in any column, and what may stand there."""
    if len(text) > LONGEST:
        yield f"{len(text):,} characters", f"at most {LONGEST:,}"
    elif _CONTROL.search(text):
        yield f"the control character {_CONTROL.search(text)[0]!a}", "text"
    elif _UNSEEN.search(text):
        yield f"the unseen character {_UNSEEN.search(text)[0]!a} in {text!r:.60}", "text without it"
    elif _TWO_ALPHABETS.search(text):
        yield f"letters of two alphabets in one word, {text!a:.80}", "letters of one"
    elif text.startswith("=") and name not in WORDED:
        yield f"{text!r:.60}, a formula", "what it comes to, as text"
    elif text in _PROGRAMS and name != "value":
        yield f"{text!r}, a program's word for nothing", "a blank, or what is printed"
    elif text != text.strip():
        yield repr(text), "no space at either end"


def _uncoded(
    name: str, text: str, header: Container[str], described: Mapping[str, Any], counted: Container[str]
) -> Iterator[tuple[str, str]]:
    """Yield what keeps a text from being of its column's type, codes or units, and what may stand there."""
    limits = described.get("constraints", {})
    if (described.get("type") == "integer" or "minimum" in limits) and not re.fullmatch(r"-?[0-9]+", text):
        yield repr(text), "a whole number"
    elif "minimum" in limits and not (
        len(text) < DIGITS and limits["minimum"] <= int(text) <= limits["maximum"]
    ):
        yield repr(text), f"{limits['minimum']} to {limits['maximum']}"
    if "pattern" in limits and not re.fullmatch(limits["pattern"], text):
        yield repr(text), f"a code of the form {limits['pattern']}"
    allowed = CODES.get(name) or limits.get("enum")
    if name == "status" and "kind" in header and "chapter" in header:
        allowed = LAYOUT_STATUSES
    if name == "measure" and "adds_up" in header:
        allowed = MEASURES
    if allowed and text not in allowed:
        yield repr(text), " or ".join(allowed)
    if name == "unit":
        unknown = [
            part
            for part in text.split("/")
            if not is_listed(part) and (part not in counted or part.startswith(SCALES))
        ]
        if unknown:
            yield (
                repr(text),
                (
                    "a unit of quantities/units.csv, money as in usd or eur_million, or a noun that "
                    "data/raw/counted.toml lists"
                ),
            )


def _unsound(column: Mapping[str, Any]) -> str:
    """Return what is wrong with the constraints of a column's description; nothing where they can be used."""
    limits = column.get("constraints", {})
    if not isinstance(limits, dict):
        return repr(limits)[:80]
    ends = [limits[name] for name in ("minimum", "maximum") if name in limits]
    if ends and (len(ends) < 2 or not all(type(end) is int for end in ends)):
        return f"minimum and maximum {ends}"[:80]
    choices = limits.get("enum", [])
    if not isinstance(choices, list) or not all(isinstance(choice, str) for choice in choices):
        return f"enum {choices!r}"[:80]
    try:
        re.compile(limits.get("pattern", ""))
    except (re.error, TypeError, RecursionError, OverflowError) as error:
        return f"pattern {limits['pattern']!r} ({error})"[:200]
    return ""


def is_value(text: str) -> bool:
    """Whether a text is a number as a value is recorded: ``12.5``, ``-3``, ``2/3``."""
    return _VALUE.fullmatch(text) is not None


def is_plain(text: str) -> bool:
    """Whether a text is a numeral in digits alone, so that it is compared with its value digit by digit."""
    return _PLAIN.fullmatch(text) is not None


def _check_number(path: str, number: int, row: dict[str, str], decimal: str) -> Iterator[Fault]:
    value = row.get("value", "")
    if not value:
        if row.get("status") in STATUSES[:2] and row.get("printed"):
            actual = f"nothing where {row['printed']!r} is {row['status']}"
            yield Fault(path, number, "value", actual, "the number, or a status that says why there is none")
        return
    decimals = row.get("decimals", "")
    if re.fullmatch(r"-?\d+", decimals) and not (len(decimals) < 4 and abs(int(decimals)) <= FINEST):
        yield Fault(path, number, "decimals", repr(decimals), f"at most {FINEST} decimals")
    if len(value) > DIGITS:
        actual = f"{len(value)} characters, {value[:DIGITS]!r}…"
        yield Fault(path, number, "value", actual, f"a number of at most {DIGITS} characters")
        return
    if not _VALUE.fullmatch(value):
        yield Fault(path, number, "value", repr(value), "a number such as 12.5, -3 or 2/3, without a unit")
        return
    for name in ("unit", "decimals", "printed", "status", "place"):
        if name in row and not row[name]:
            yield Fault(path, number, name, "nothing", f"the {name} of the value {value}")
    if row.get("status") in STATUSES[2:]:
        yield Fault(path, number, "status", f"{row['status']!r} beside the value {value}", "reported")
    printed = row.get("printed", "")
    pointed = printed.translate({ord(","): ".", ord("."): ","}) if decimal == "," else printed
    if printed and _PLAIN.fullmatch(pointed) and "/" not in value:
        bare = re.sub(r"[ ,\u00a0\u202f%]", "", pointed).replace("−", "-").lstrip("+")
        places = len(bare.partition(".")[2])
        turned = row.get("unit", "").endswith(("percent", "points")) or not printed.endswith("%")
        same = turned and (bare == value or _is_same(Fraction(bare), Fraction(value)))
        if not same:
            yield Fault(path, number, "value", f"{value} where {printed!r} is printed", f"{bare}, as printed")
        elif re.fullmatch(r"-?\d+", row.get("decimals", "")) and row["decimals"] != str(places):
            actual = f"{row['decimals']} where {printed!r} is printed"
            yield Fault(path, number, "decimals", actual, str(places))


def _is_same(printed: Fraction, value: Fraction) -> bool:
    """Whether a value is what is printed; words may say a fall, "by 3" for -3."""
    return abs(printed) == abs(value) and (printed >= 0 or value <= 0)
