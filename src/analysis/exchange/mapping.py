"""A mapping: whose published results a file holds, which column says what, and how titles become codes."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.exchange.codes import slug
from analysis.exchange.numbers import NumberForm
from analysis.exchange.published import STATED
from analysis.files import Unreadable, read_toml

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
        *("absent", "fixed", "translate", "periods"),
    },
    "organisation": {"id", "name", "short_name", "calendar", "iati"},
    "document": {"symbol", "year", "title", "short_title", "licence", "attribution", "language"},
    "file": {"sheet", "encoding", "separator", "decimal", "thousands", "dates"},
    "columns": {
        *("activity", "result_type", "result_aggregation", "result_title", "result_description"),
        *("indicator_title", "indicator_description", "measure", "ascending", "aggregation"),
        *("reference_code", "reference_vocabulary", "reference_uri", "period_start", "period_end", *STATED),
    },
    "stated": {"value", "year", "date", "location", "comment", "dimensions"},
    "level": {"name", "pattern", "code", "title"},
    "levels": {"result", "indicator"},
    "dimension": {"names", "groups", "title", "column", "total", "exhaustive"},
    "period": {"pattern", "stated"},
    "unit": {"measure", "pattern", "unit"},
    "activities": {"dimension", "pattern", "code", "title"},
    "continue": {"periods", "since", "level", "why", "codes", "changed"},
}
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
TABLES = ("organisation", "document", "file", "activities", "absent", "fixed", "translate")


class ResultsMappingError(ValueError):
    """A mapping that cannot be used; the message lists everything that is wrong with it."""


@dataclass(frozen=True)
class Level:
    """How the titles of one level become codes.

    Attributes
    ----------
    name : str
        The level as the organisation calls it, for example ``area``.
    pattern : re.Pattern or None
        What a title looks like; its named groups fill ``code``.
    code : str
        Template of the code: groups of the pattern, ``{slug}``, ``{parent}``, and the parent's groups.
    title : dict of str to str
        What the level is called, per language.
    """

    name: str
    pattern: re.Pattern | None = None
    code: str = "{slug}"
    title: dict[str, str] = field(default_factory=dict)

    def groups(self, title: str) -> dict[str, str]:
        """Return the parts that the pattern finds in a title, as codes; none where it does not match."""
        match = self.pattern.search(title) if self.pattern else None
        return {name: _part(text) for name, text in match.groupdict().items() if text} if match else {}

    def of(self, title: str, plain: str, parent: str = "", above: Mapping[str, str] | None = None) -> str:
        """Return the code of a title; ``plain`` is the code of its words, used where the pattern has none."""
        own = self.groups(title)
        known = {**(above or {}), **own, "slug": plain, "parent": parent}
        if self.pattern and not own:
            return f"{parent}.{plain}" if parent else plain
        try:
            return self.code.format(**known)
        except KeyError as missing:
            raise ResultsMappingError(
                f"levels: code {self.code!r} asks for {missing}, but the title {title!r} gives only "
                f"{', '.join(sorted(known))}"
            ) from None


def _part(text: str) -> str:
    return text.casefold() if re.fullmatch(r"[\w.]+", text) else slug(text)


@dataclass(frozen=True)
class Continuation:
    """Nodes of a level that continue those of an earlier period.

    Attributes
    ----------
    periods : list of str
        Whose nodes continue.
    since : str
        The period whose nodes they continue.
    level, why : str
        Which nodes, and the reason.
    codes : dict of str to str
        From a code now to the code then; where empty, nodes with the same code continue each other.
    changed : str
        What changed of all of them; a change of unit, direction or title is found without.
    """

    periods: list[str]
    since: str
    level: str
    why: str
    codes: dict[str, str] = field(default_factory=dict)
    changed: str = ""


@dataclass(frozen=True)
class ResultsMapping:
    """A mapping, read and checked.

    Attributes
    ----------
    path : Path
        The file.
    organisation, document, file, columns, dimensions, activities : dict
        As written; see ``examples/unhcr/README.md``.
    result, indicator : Level
        The two levels of published results.
    units : tuple of dict
        Rules, the first that fits decides: ``measure``, ``pattern`` (of the indicator's title), ``unit``.
    continues : tuple of Continuation
    numbers : NumberForm
        How the file writes numbers, and what it writes where there is none.
    fixed : dict of str to str
        What the file does not say, by the name of the column that would.
    translate : dict of str to dict
        Meanings of the words of a column, by its name.
    periods : tuple of dict
        Which columns hold the numbers of a period: ``pattern``, with a group ``period``, and what is
        ``stated``.
    """

    path: Path
    organisation: dict
    document: dict
    file: dict
    columns: dict
    result: Level
    indicator: Level
    dimensions: dict[str, dict]
    units: tuple[dict, ...]
    activities: dict
    continues: tuple[Continuation, ...]
    numbers: NumberForm = field(default_factory=NumberForm)
    fixed: dict[str, str] = field(default_factory=dict)
    translate: dict[str, dict[str, str]] = field(default_factory=dict)
    periods: tuple[dict, ...] = ()

    @property
    def language(self) -> str:
        """Language of the published titles where the file does not say."""
        return self.document.get("language", "en")

    def activity_code(self, identifier: str) -> str:
        """Return the code that ``[activities]`` makes of an identifier; empty where it has none."""
        match = re.search(self.activities.get("pattern", ""), identifier)
        if not match or not match.groupdict():
            return ""
        return self.activities.get("code", "{code}").format(**match.groupdict())

    def unit(self, measure: str, title: str) -> str:
        """Return the unit of an indicator's values, by the first rule that fits.

        Without one, percentages are ``percent``, and everything else is ``index``: numbers whose unit only
        the indicator's title tells, which are not added up.
        """
        for rule in self.units:
            if rule.get("measure", measure) == measure and re.search(rule.get("pattern", ""), title):
                return rule["unit"]
        return "percent" if measure == "percentage" else "index"


def read_mapping(path: Path) -> ResultsMapping:
    """Read a mapping.

    Raises
    ------
    ResultsMappingError
        When it cannot be read, or holds an unknown key, lacks a needed one, or has a pattern that is none.
    """
    try:
        tree = read_toml(Path(path))
    except Unreadable as error:
        raise ResultsMappingError(str(error)) from None
    wrong = _wrong(tree)
    if wrong:
        raise ResultsMappingError(f"{path}: " + "; ".join(wrong))
    levels = tree.get("levels", {})
    made = {}
    for name, usual, code in (("result", "area", "{slug}"), ("indicator", "indicator", "{parent}.{slug}")):
        about = levels.get(name, {})
        pattern = re.compile(about["pattern"]) if "pattern" in about else None
        made[name] = Level(about.get("name", usual), pattern, about.get("code", code), about.get("title", {}))
    continues = tuple(Continuation(**table) for table in tree.get("continues", []))
    return ResultsMapping(
        Path(path),
        tree["organisation"],
        tree["document"],
        tree.get("file", {}),
        tree.get("columns", {}),
        made["result"],
        made["indicator"],
        tree.get("dimensions", {}),
        tuple(tree.get("units", [])),
        {"dimension": "operation", **tree.get("activities", {})},
        continues,
        NumberForm(
            tree.get("file", {}).get("decimal", "."),
            tree.get("file", {}).get("thousands", ""),
            tree.get("absent", {}),
        ),
        tree.get("fixed", {}),
        tree.get("translate", {}),
        tuple(tree.get("periods", [])),
    )


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


def _wrong(tree: dict) -> list[str]:
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


def _of_shape(tree: dict) -> list[str]:
    """Return what is wrong with the rules on the file's shape: fixed, translated, absent, periods."""
    wrong = _unknown("fixed", tree.get("fixed", {}), KEYS["columns"] - {*STATED})
    wrong += _unknown("translate", tree.get("translate", {}), KEYS["columns"] - {*STATED})
    wrong += [
        f"{name}: also among [columns]" for name in tree.get("fixed", {}) if name in tree.get("columns", {})
    ]
    for place in ("fixed", "absent"):
        wrong += [
            f"{place}.{key}: expected a text"
            for key, told in tree.get(place, {}).items()
            if not isinstance(told, str)
        ]
    for text, status in tree.get("absent", {}).items():
        if status not in STATUSES:
            wrong.append(f"absent.{text!r}: {status!r}; there are {', '.join(STATUSES)}")
    for name, meanings in tree.get("translate", {}).items():
        if not isinstance(meanings, dict):
            wrong.append(f"translate.{name}: expected a table")
    about = tree.get("file", {})
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
