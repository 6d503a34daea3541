"""What is wrong with a framework's files, row by row: codes, parents, totals, languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from analysis.framework import range_of
from analysis.sources.schema import Fault

NEARLY_ALL = 3 / 4
CHANGES = ("definition", "counting_rule", "unit")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"[^/|]+/[^/|]+/[^/|]+")
_PLACES = re.compile(r"\{\w+\}")
_Rows = Sequence[Mapping[str, str]]


def check_framework(tables: Mapping[str, tuple[str, _Rows]], documents: Collection[str]) -> Iterator[Fault]:
    """Yield what no row of a framework may hold.

    Parameters
    ----------
    tables : mapping
        Path of the file for messages, and its rows, by ``framework/nodes``, ``framework/dimensions`` and
        ``framework/titles``; those that a document lacks are left out.
    documents : collection of str
        Folders of ``data/raw``, which titles may name.
    """
    held = {stem: tables.get(f"framework/{stem}", ("", ())) for stem in ("nodes", "dimensions", "titles")}
    yield from _nodes(*held["nodes"])
    yield from _dimensions(*held["dimensions"])
    known: dict[str, set[str]] = {}
    for stem, column in (("nodes", "level"), ("dimensions", "dimension")):
        for row in held[stem][1]:
            known.setdefault(row.get(column, ""), set()).add(row.get("code", ""))
    yield from _titles(*held["titles"], known, documents)


def _needed(name: str, number: int, row: Mapping[str, str], columns: Sequence[str]) -> Iterator[Fault]:
    for column in columns:
        if not row.get(column):
            yield Fault(name, number, column, "nothing", f"the {column} of the row")


def _twice(name: str, rows: _Rows, columns: tuple[str, ...]) -> Iterator[Fault]:
    first: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        key = tuple(row.get(column, "") for column in columns)
        if key in first:
            said = ", ".join(f"{each} {code!r}" for each, code in zip(columns, key, strict=True))
            yield Fault(name, number, columns[-1], f"{said}, as row {first[key]}", "each of them once")
        first.setdefault(key, number)


def _nodes(name: str, rows: _Rows) -> Iterator[Fault]:
    yield from _twice(name, rows, ("level", "code"))
    yield from _unlike_others(name, rows)
    levels = list(dict.fromkeys(row.get("level", "") for row in rows))
    held: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, start=2):
        yield from _needed(name, number, row, ("level", "code"))
        level, parent = row.get("level", ""), row.get("parent", "")
        above = levels[: levels.index(level)]
        if parent and not any((upper, parent) in held for upper in above):
            yield Fault(
                name, number, "parent", f"{parent!r}, which is no node of a level before it",
                "the code of a node above, in an earlier row",
            )  # fmt: skip
        held.add((level, row.get("code", "")))
        yield from _continued(name, number, row)
        try:
            range_of(row.get("range", ""))
        except ValueError as error:
            yield Fault(name, number, "range", repr(row["range"]), str(error))


def _unlike_others(name: str, rows: _Rows) -> Iterator[Fault]:
    """Yield what a lowest node lacks where nearly all of its level have it."""
    above = {row.get("parent", "") for row in rows}
    lowest = [(number, row) for number, row in enumerate(rows, start=2) if row.get("code") not in above]
    for level in dict.fromkeys(row.get("level", "") for _, row in lowest):
        likes = [(number, row) for number, row in lowest if row.get("level") == level]
        for column in ("parent", "unit", "direction", "measure", "adds_up"):
            bare = [(number, row) for number, row in likes if not row.get(column)]
            filled = len(likes) - len(bare)
            for number, row in bare if filled >= NEARLY_ALL * len(likes) else ():
                if column != "unit" or row.get("measure") != "qualitative":
                    told = f"the {column}, as {filled} of {len(likes)} of level {level} have"
                    yield Fault(name, number, column, "nothing", told, False)


def _continued(name: str, number: int, row: Mapping[str, str]) -> Iterator[Fault]:
    continues = [part for part in row.get("continues", "").split("|") if part]
    for address in continues:
        if not _ADDRESS.fullmatch(address):
            yield Fault(name, number, "continues", repr(address), "document/level/code, several with |")
    if row.get("continues_why") and not continues:
        yield Fault(name, number, "continues", "nothing", "the node that it continues, beside why", False)
    if continues and not row.get("continues_why"):
        yield Fault(name, number, "continues_why", "nothing", "why it continues that node")
    for part in filter(None, row.get("changed", "").split("|")):
        if part not in CHANGES:
            yield Fault(name, number, "changed", repr(part), " or ".join(CHANGES))


def _dimensions(name: str, rows: _Rows) -> Iterator[Fault]:
    yield from _twice(name, rows, ("dimension", "code"))
    totals: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        yield from _needed(name, number, row, ("dimension", "code", "total"))
        dimension = row.get("dimension", "")
        if row.get("total") == "yes":
            if dimension in totals:
                told = f"a second total of {dimension}, beside row {totals[dimension]}"
                yield Fault(name, number, "total", told, "at most one a dimension")
            totals.setdefault(dimension, number)


def _titles(
    name: str, rows: _Rows, known: Mapping[str, Collection[str]], documents: Collection[str]
) -> Iterator[Fault]:
    first: dict[tuple[str, ...], tuple[int, str]] = {}
    for number, row in enumerate(rows, start=2):
        yield from _needed(name, number, row, ("kind", "code", "language"))
        language, text = row.get("language", ""), row.get("text", "")
        if language and not _LANGUAGE.fullmatch(language):
            yield Fault(name, number, "language", repr(language), "a code such as en, fr or zh")
        if row.get("code", "") not in known.get(row.get("kind", ""), (row.get("code", ""),)):
            told = f"{row['code']!r}, which is no {row['kind']} of the framework"
            yield Fault(name, number, "code", told, "a code of nodes.csv or dimensions.csv", False)
        if row.get("document") and row["document"] not in documents:
            yield Fault(name, number, "document", repr(row["document"]), "a folder of data/raw, or nothing")
        if text and row.get("form") == "numbered" and not {"{code}", "{title}"} <= set(_PLACES.findall(text)):
            yield Fault(name, number, "text", repr(text), "words with {code} and {title} in them")
        key = (row.get("kind", ""), row.get("code", ""), language, row.get("form", "") or "title")
        former = first.setdefault(key, (number, text)) if text else (number, text)
        if former[1] != text:
            told = f"{text!r}, where row {former[0]} has {former[1]!r} for {key[0]}.{key[1]}"
            yield Fault(name, number, "text", told, "one title for a key, language and form")
        if text and not row.get("wording"):
            yield Fault(name, number, "wording", "nothing", "organisation or ours")
        if row.get("wording") == "organisation" and text and not row.get("document"):
            yield Fault(
                name, number, "document", "nothing", "which document words of the organisation are from"
            )
