"""What is wrong with a mapping of published results: unknown keys, what is missing, rules that cannot be."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from analysis.exchange.published import STATED

KEYS = {
    "": {
        "organisation",
        "document",
        "file",
        "columns",
        "levels",
        "dimensions",
        "units",
        "activities",
        "continues",
        *("absent", "marks", "fixed", "translate", "periods"),
    },
    "organisation": {"id", "name", "short_name", "calendar", "iati"},
    "document": {"symbol", "year", "title", "short_title", "licence", "attribution", "language"},
    "file": {
        *("sheet", "encoding", "separator", "decimal", "thousands", "dates"),
        *("header", "filled", "last"),
    },
    "columns": {
        *("activity", "result_type", "result_aggregation", "result_title", "result_description"),
        *("indicator_title", "indicator_description", "measure", "ascending", "aggregation"),
        *("reference_code", "reference_vocabulary", "reference_uri", "period_start", "period_end", *STATED),
    },
    "stated": {"value", "year", "date", "location", "comment", "dimensions"},
    "level": {"name", "pattern", "code", "title"},
    "levels": {"result", "indicator"},
    "dimension": {"names", "groups", "title", "column", "total", "exhaustive", "codes"},
    "period": {"pattern", "stated"},
    "unit": {"measure", "pattern", "unit"},
    "activities": {"dimension", "pattern", "code", "title"},
    "continue": {"periods", "since", "level", "why", "codes", "changed"},
}
LAST_ROW = 1_048_576
"""The number of the last row that a sheet may have."""
NEEDED = (
    "activity",
    "result_type",
    "result_title",
    "indicator_title",
    "measure",
    "period_start",
    "period_end",
)
PERIOD = ("period_start", "period_end")
STATUSES = ("blank", "not_available", "not_set", "not_applicable", "not_held", "dash", "text", "indefinite")
TABLES = ("organisation", "document", "file", "activities", "absent", "marks", "fixed", "translate")


def faults_of_results_mapping(tree: dict) -> list[str]:
    """Return everything that is wrong with a mapping.

    Parameters
    ----------
    tree : dict
        The mapping's file, as TOML reads it.
    """
    wrong = _unknown("", tree, KEYS[""])
    if wrong or (wrong := _shapes(tree)):
        return wrong
    for name in ("organisation", "document", "file", "columns", "activities", "levels"):
        wrong += _unknown(name, tree.get(name, {}), KEYS[name])
    for name in STATED:
        about = tree.get("columns", {}).get(name, {})
        wrong += _unknown(f"columns.{name}", about, KEYS["stated"])
        wrong += [
            f"columns.{name}: dimensions {pair!r}: expected two columns, of a name and of a value; a column "
            "that is a dimension itself is `column` of [dimensions.…]"
            for pair in about.get("dimensions", [])
            if not isinstance(pair, list) or len(set(map(str, pair))) != 2
        ]
    for name in ("result", "indicator"):
        wrong += _unknown(f"levels.{name}", tree.get("levels", {}).get(name, {}), KEYS["level"])
    for name, about in tree.get("dimensions", {}).items():
        wrong += _unknown(f"dimensions.{name}", about, KEYS["dimension"])
        codes = about.get("codes", {})
        if not isinstance(codes, dict) or not all(isinstance(code, str) and code for code in codes.values()):
            wrong.append(f"dimensions.{name}: codes {codes!r}; expected a table of a code for each name")
    for number, about in enumerate(tree.get("units", []), 1):
        wrong += _unknown(f"units {number}", about, KEYS["unit"])
        wrong += [] if "unit" in about else [f"units {number}: no unit"]
    for number, about in enumerate(tree.get("continues", []), 1):
        wrong += _unknown(f"continues {number}", about, KEYS["continue"])
        lacks = [key for key in ("periods", "since", "level", "why") if not about.get(key)]
        wrong += [f"continues {number}: no {', '.join(lacks)}"] if lacks else []
    wrong += _of_shape(tree)
    needed = {
        "organisation": ("id", "name", "short_name", "calendar"),
        "document": ("symbol", "title", "short_title"),
        "columns": NEEDED if "columns" in tree else (),
    }
    said_otherwise = {*tree.get("fixed", {}), *(PERIOD if tree.get("periods") else ())}
    for table, keys in needed.items():
        known = {*tree.get(table, {}), *(said_otherwise if table == "columns" else ())}
        lacks = [key for key in keys if key not in known]
        wrong += [f"{table}: no {', '.join(lacks)}"] if lacks else []
    patterns = [*tree.get("levels", {}).values(), *tree.get("units", []), tree.get("activities", {})]
    patterns += tree.get("periods", [])
    for about in patterns:
        try:
            re.compile(about.get("pattern", ""))
        except re.error as error:
            wrong.append(f"pattern {about['pattern']!r} is no regular expression: {error}")
    return wrong


def _unknown(place: str, table: Mapping, known: set[str]) -> list[str]:
    unknown = []
    for key in table:
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1)
            offered = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(sorted(known))}"
            unknown.append(f"{place or 'top'}: unknown key {key!r}; {offered}")
    return unknown


def _shapes(tree: dict) -> list[str]:
    """Return what is no table where one is expected, or no list of tables."""
    tables = {name: tree.get(name, {}) for name in (*TABLES, "columns", "levels", "dimensions")}
    if not all(isinstance(table, dict) for table in tables.values()):
        return [f"{name}: expected a table" for name, table in tables.items() if not isinstance(table, dict)]
    for name in STATED:
        tables[f"columns.{name}"] = tables["columns"].get(name, {})
    for above in ("levels", "dimensions"):
        tables |= {f"{above}.{name}": table for name, table in tables[above].items()}
    for above in ("units", "continues", "periods"):
        listed = tree.get(above, [])
        if not isinstance(listed, list):
            return [f"{above}: expected [[{above}]]"]
        tables |= {f"{above} {number}": table for number, table in enumerate(listed, 1)}
    wrong = [f"{name}: expected a table" for name, table in tables.items() if not isinstance(table, dict)]
    for name, table in tables.items():
        if not wrong and not isinstance(table.get("pattern", ""), str):
            wrong.append(f"{name}: pattern: expected a text")
    return wrong


def _of_shape(tree: dict) -> list[str]:
    """Return what is wrong with the rules on the file's shape: fixed, translated, absent, periods."""
    wrong = _unknown("fixed", tree.get("fixed", {}), KEYS["columns"] - {*STATED})
    wrong += _unknown("translate", tree.get("translate", {}), KEYS["columns"] - {*STATED})
    wrong += [
        f"{name}: also among [columns]" for name in tree.get("fixed", {}) if name in tree.get("columns", {})
    ]
    for place in ("fixed", "absent", "marks"):
        wrong += [
            f"{place}.{key}: expected a text"
            for key, text in tree.get(place, {}).items()
            if not isinstance(text, str)
        ]
    for text, status in tree.get("absent", {}).items():
        if status not in STATUSES:
            wrong.append(f"absent.{text!r}: {status!r}; there are {', '.join(STATUSES)}")
    for name, meanings in tree.get("translate", {}).items():
        if not isinstance(meanings, dict):
            wrong.append(f"translate.{name}: expected a table")
    about = tree.get("file", {})
    wrong += _of_rows(about)
    decimal, thousands = about.get("decimal", "."), about.get("thousands", "")
    if decimal not in (".", ",") or thousands not in ("", ".", ",", "'", " ") or decimal == thousands:
        wrong.append(
            f"file: decimal {decimal!r} and thousands {thousands!r}; expected two unlike marks, . or ,"
        )
    for number, rule in enumerate(tree.get("periods", []), 1):
        wrong += _unknown(f"periods {number}", rule, KEYS["period"])
        if "(?P<period>" not in rule.get("pattern", ""):
            wrong.append(f"periods {number}: expected a pattern with a group (?P<period>…)")
        if rule.get("stated", "result") not in STATED:
            wrong.append(f"periods {number}: stated {rule['stated']!r}; expected {', '.join(STATED)}")
    return wrong


def _of_rows(about: Mapping) -> list[str]:
    """Return what is wrong with the rows that [file] says hold names, and those that are read."""
    header, filled = about.get("header", 1), about.get("filled", [])
    rows = header if isinstance(header, list) else [header]
    wrong = []
    numbered = rows and all(type(row) is int and 1 <= row <= LAST_ROW for row in rows)
    if not numbered or rows != sorted(set(rows)):
        wrong.append(f"file: header {header!r}; expected the number of a row, or of two such as [4, 5]")
    elif "last" in about and (type(about["last"]) is not int or about["last"] <= rows[-1]):
        wrong.append(f"file: last {about['last']!r}; expected the number of a row below the names")
    if not isinstance(filled, list) or not all(isinstance(name, str) for name in filled):
        wrong.append(f"file: filled {filled!r}; expected a list of columns")
    return wrong
