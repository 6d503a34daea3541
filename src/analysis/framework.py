"""The framework of a record: what is counted, under what, by what it is broken down, and its words.

Levels, codes and titles are data (``data/raw/<document>/framework``); nothing here knows one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from analysis.quantities import Recorded

NODES, DIMENSIONS, TITLES = "framework.nodes", "framework.dimensions", "framework.titles"
CHANGES = "framework.changes"
MORE, LESS, EQUAL, NONE, NOT_STATED = "more_is_better", "less_is_better", "equal", "none", "not_stated"
DIRECTIONS = (MORE, LESS, EQUAL, NONE, NOT_STATED)
TITLE, SHORT, NUMBERED = "title", "short", "numbered"
ORGANISATION = "organisation"
# The measure of what can be added up: shares, ranks and words are not.
ADDED = "unit"
_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?")


Range = tuple[Fraction | None, Fraction | None]


# How SDMX and ILOSTAT write the whole of a dimension, and how a total is written that no framework describes.
STANDARD_WHOLES = frozenset({"_T", "T", "TOTAL", "SEX_T", "YTHADULT_YGE15", "total"})


# What tables say of a number itself, not of what it is of: no level or dimension may bear these names.
OF_NUMBERS = frozenset(
    ("id", "measure", "period", "value", "unit", "decimals", "printed", "qualifier", "status", "direction")
)


class FrameworkError(ValueError):
    """A framework whose tables contradict each other."""


def range_of(text: str) -> Range | None:
    """Read the range that numbers keep to: ``0..100``, ``-100..``, ``..`` for any; None where blank.

    Raises
    ------
    ValueError
        When the text is no range.
    """
    if not text:
        return None
    ends = _RANGE.fullmatch(text)
    if ends is None:
        raise ValueError("a range such as 0..100, -100.. or .. (any number)")
    low, high = (Fraction(end) if end else None for end in ends.groups())
    if low is not None and high is not None and low > high:
        raise ValueError("a range whose lower end comes first")
    return low, high


@dataclass(frozen=True)
class Node:
    """A node: an outcome, an output, an indicator, or whatever an organisation calls it.

    Attributes
    ----------
    level, code, parent : str
        ``parent`` is the code of the node above; empty at the top.
    kind, direction : str
        Its own, or those of the node above.
    unit, measure, adds_up : str
        Of an indicator; empty otherwise.
    continues : tuple of str
        ``<document>/<level>/<code>`` of the nodes of the period before that it continues.
    why : str
        Why it continues them.
    changed : tuple of str
        What changed beside: ``definition``, ``counting_rule``, ``unit``.
    document : str
        Whose framework it belongs to.
    range : tuple of Fraction or None
        Lowest and highest number that it may have, an open end None; its own, or that of the node above; None
        where nothing says so.
    """

    level: str
    code: str
    parent: str
    kind: str
    unit: str
    direction: str
    measure: str
    adds_up: str
    continues: tuple[str, ...]
    why: str
    changed: tuple[str, ...]
    document: str
    range: Range | None

    @property
    def address(self) -> str:
        """How another framework names it: ``<document>/<level>/<code>``."""
        return f"{self.document}/{self.level}/{self.code}"


@dataclass(frozen=True)
class CodeChange:
    """What changed, from the period before, of a code that is no node.

    Attributes
    ----------
    column, code : str
        A column of the tables, and the code in it.
    period : str
        The period in which it is otherwise than in the one before.
    changed : tuple of str
        ``definition``, ``counting_rule``, ``unit``.
    finding : str
        Id of the recorded contradiction that says how; empty where none does.
    """

    column: str
    code: str
    period: str
    changed: tuple[str, ...]
    finding: str


@dataclass(frozen=True)
class Title:
    """Words of the record for one key: the text, and whose wording it is."""

    text: str
    wording: str
    document: str


class Framework:
    """The framework that a record follows, opened from its tables.

    Parameters
    ----------
    recorded : Recorded
        Holds ``framework.nodes``, ``framework.dimensions``, ``framework.titles`` and ``framework.changes``
        under ``about``, as far as its documents have them.

    Attributes
    ----------
    changes : tuple of CodeChange
        What changed of codes that are no nodes.

    Raises
    ------
    FrameworkError
        When a node's parent is not there, a key has two nodes or titles, a dimension two totals, or a level
        or dimension the name of a column that says what a number is.
    """

    def __init__(self, recorded: Recorded):
        self._nodes = self._read_nodes(recorded)
        self._dimensions: dict[str, list[dict[str, str]]] = {}
        for row in _rows(recorded, DIMENSIONS):
            self._dimensions.setdefault(row["dimension"], []).append(row)
        for dimension, rows in self._dimensions.items():
            totals = [row["code"] for row in rows if row["total"] == "yes"]
            if len(totals) > 1:
                raise FrameworkError(f"dimension {dimension} has several totals: {', '.join(totals)}")
        for name in (*self.levels, *self.dimensions):
            if name in OF_NUMBERS:
                raise FrameworkError(
                    f"{name!r} is the name of a level or dimension, and tables keep the {name} of numbers "
                    "under it; give it another name"
                )
        self.titles = self._read_titles(recorded)
        self.changes = tuple(
            CodeChange(
                row["column"],
                row["code"],
                row["period"],
                tuple(filter(None, row["changed"].split("|"))),
                row["finding"],
            )
            for row in _rows(recorded, CHANGES)
        )

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.nodes(level))} of level {level}" for level in self.levels)
        return f"<Framework: {counts or 'no nodes'}; dimensions {', '.join(self.dimensions) or 'none'}>"

    @classmethod
    def of(cls, recorded: Recorded) -> Framework:
        """Return the framework of a record, opened once."""
        if cls not in recorded.opened:
            recorded.opened[cls] = cls(recorded)
        return recorded.opened[cls]

    @staticmethod
    def _read_nodes(recorded: Recorded) -> dict[tuple[str, str], Node]:
        nodes: dict[tuple[str, str], Node] = {}
        levels: list[str] = []
        for row in _rows(recorded, NODES):
            level, key = row["level"], (row["level"], row["code"])
            if key in nodes:
                raise FrameworkError(f"{row['of']}: two nodes of level {level} have the code {row['code']!r}")
            if level not in levels:
                levels.append(level)
            above = None
            if row["parent"]:
                higher = reversed(levels[: levels.index(level)])
                above = next(
                    (nodes[up, row["parent"]] for up in higher if (up, row["parent"]) in nodes), None
                )
                if above is None:
                    raise FrameworkError(
                        f"{row['of']}: {level} {row['code']!r} stands under {row['parent']!r}, "
                        "which is no node of a level before it"
                    )
            nodes[key] = Node(
                level,
                row["code"],
                row["parent"],
                row["kind"] or (above.kind if above else ""),
                row["unit"],
                row["direction"] or (above.direction if above else NOT_STATED),
                row["measure"],
                row["adds_up"],
                tuple(filter(None, row["continues"].split("|"))),
                row["continues_why"],
                tuple(filter(None, row["changed"].split("|"))),
                row["of"],
                range_of(row.get("range", "")) or (above.range if above else None),
            )
        return nodes

    @staticmethod
    def _read_titles(recorded: Recorded) -> dict[tuple[str, str], dict[str, Title]]:
        titles: dict[tuple[str, str], dict[str, Title]] = {}
        for row in (title for title in _rows(recorded, TITLES) if title["text"]):
            key = f"{row['kind']}.{row['code']}", row["form"] or TITLE
            words = titles.setdefault(key, {})
            there = words.get(row["language"])
            if there and there.text != row["text"]:
                raise FrameworkError(
                    f"{row['of']}: {key[0]} ({row['language']}, {key[1]}) has two titles: "
                    f"{there.text!r} and {row['text']!r}"
                )
            words[row["language"]] = Title(row["text"], row["wording"], row["document"])
        return titles

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels, highest first."""
        return tuple(dict.fromkeys(level for level, _ in self._nodes))

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions, in order."""
        return tuple(self._dimensions)

    def nodes(self, level: str, *, kind: str = "", under: str = "") -> tuple[Node, ...]:
        """Return the nodes of a level in order, of a kind, and below a node at any distance, where asked."""
        return tuple(
            node
            for node in self._nodes.values()
            if node.level == level and kind in ("", node.kind) and (not under or under in self._above(node))
        )

    def codes(self, level: str, *, kind: str = "", under: str = "") -> tuple[str, ...]:
        """Return the codes of :meth:`nodes`."""
        return tuple(node.code for node in self.nodes(level, kind=kind, under=under))

    def _above(self, node: Node) -> Iterable[str]:
        above: Node | None = node
        while above is not None and above.parent:
            yield above.parent
            above = self.parent(above)

    def parent(self, node: Node) -> Node | None:
        """Return the node above; None at the top."""
        higher = reversed(self.levels[: self.levels.index(node.level)])
        return next((self._nodes[up, node.parent] for up in higher if (up, node.parent) in self._nodes), None)

    def node(self, level: str, code: str) -> Node | None:
        """Return a node; None where there is none."""
        return self._nodes.get((level, code))

    def direction(self, level: str, code: str) -> str:
        """Return which way is better; ``not_stated`` where nothing says so."""
        node = self.node(level, code)
        return node.direction if node else NOT_STATED

    def parts(self, dimension: str) -> tuple[str, ...]:
        """Return the codes of a dimension, its total left out; nothing where there is no such dimension."""
        return tuple(row["code"] for row in self._dimensions.get(dimension, ()) if row["total"] != "yes")

    def total_code(self, dimension: str) -> str | None:
        """Return the code of a dimension's whole; None where it has none."""
        rows = self._dimensions.get(dimension, ())
        return next((row["code"] for row in rows if row["total"] == "yes"), None)

    def is_whole(self, dimension: str, code: str) -> bool:
        """Whether a code is a dimension's whole; of a dimension that is not described, a standard one."""
        if dimension in self._dimensions:
            return code == self.total_code(dimension)
        return code in STANDARD_WHOLES

    def exhaustive(self, dimension: str) -> bool:
        """Whether the parts of a dimension make up its whole."""
        return any(row["exhaustive"] == "yes" for row in self._dimensions.get(dimension, ()))

    def grouped(self, dimension: str) -> dict[str, tuple[str, ...]]:
        """Return the codes of a dimension by the group that they belong to, in order."""
        groups: dict[str, tuple[str, ...]] = {}
        for row in self._dimensions.get(dimension, ()):
            if row["total"] != "yes":
                groups[row["group"]] = (*groups.get(row["group"], ()), row["code"])
        return groups

    def of_kind(self, dimension: str, kind: str) -> tuple[str, ...]:
        """Return the codes of a dimension that are of a kind."""
        return tuple(row["code"] for row in self._dimensions.get(dimension, ()) if row["kind"] == kind)

    def place(self, key: str) -> int | None:
        """Return the place of ``<dimension or level>.<code>`` among its likes; None where it has none."""
        kind, _, code = key.partition(".")
        likes = self.parts(kind) if kind in self._dimensions else self.codes(kind)
        return likes.index(code) if code in likes else None

    def title(self, key: str, language: str, form: str = TITLE) -> Title | None:
        """Return the record's words for ``<kind>.<code>``; None where it has none in the language."""
        return self.titles.get((key, form), {}).get(language)

    def languages_of(self, key: str, form: str = TITLE) -> tuple[str, ...]:
        """Return the languages in which the record has words for a key."""
        return tuple(self.titles.get((key, form), ()))


def _rows(recorded: Recorded, name: str) -> list[dict[str, str]]:
    """Return a table's rows with the document that each comes from."""
    table = recorded.about.get(name)
    if table is None:
        return []
    return [{**row, "of": table.source_of(number).document} for number, row in enumerate(table.records)]
