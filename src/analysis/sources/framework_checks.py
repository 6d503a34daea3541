"""What is wrong with a framework's files, row by row: codes, parents, totals, languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from analysis.framework import ADDED, range_of
from analysis.quantities.units import unit
from analysis.sources.schema import Fault

NEARLY_ALL = 3 / 4
SHARE = "share"
PARTING = ("|", ";", "\n")
CHANGES = ("definition", "counting_rule", "unit")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"[^/|]+/[^/|]+/[^/|]+")
_LETTER = re.compile(r"[^\W\d_]")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_PLACES = re.compile(r"\{\w+\}")
_Rows = Sequence[Mapping[str, str]]


def is_language(code: str) -> bool:
    """Whether a text is the code of a language: ``en``, ``zh-Hans``."""
    return _LANGUAGE.fullmatch(code) is not None


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
    by_stem = {stem: tables.get(f"framework/{stem}", ("", ())) for stem in ("nodes", "dimensions", "titles")}
    yield from _nodes(*by_stem["nodes"])
    yield from _dimensions(*by_stem["dimensions"])
    known: dict[str, set[str]] = {"document": set(documents)}
    for stem, column in (("nodes", "level"), ("dimensions", "dimension")):
        for row in by_stem[stem][1]:
            known.setdefault(row.get(column, ""), set()).add(row.get("code", ""))
    known["level"] = set(known) - {"document"}
    parents = {(row.get("level"), row.get("code")): row.get("parent", "") for row in by_stem["nodes"][1]}
    yield from _titles(*by_stem["titles"], known, parents, documents)


def _needed(name: str, number: int, row: Mapping[str, str], columns: Sequence[str]) -> Iterator[Fault]:
    for column in columns:
        if not row.get(column):
            yield Fault(name, number, column, "nothing", f"the {column} of the row")


def _parting(name: str, number: int, code: str) -> Iterator[Fault]:
    """Yield a code that a layout could not name: it parts codes by signs, and strips blanks around them."""
    if any(sign in code for sign in PARTING):
        allowed = "a code without | and ; and line breaks, which part codes in exhibits.csv"
        yield Fault(name, number, "code", repr(code), allowed)


def _twice(name: str, rows: _Rows, columns: tuple[str, ...]) -> Iterator[Fault]:
    first: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        key = tuple(row.get(column, "") for column in columns)
        if key in first:
            codes = ", ".join(f"{column} {code!r}" for column, code in zip(columns, key, strict=True))
            yield Fault(name, number, columns[-1], f"{codes}, as row {first[key]}", "each of them once")
        first.setdefault(key, number)


def _nodes(name: str, rows: _Rows) -> Iterator[Fault]:
    yield from _twice(name, rows, ("level", "code"))
    yield from _unlike_others(name, rows)
    yield from _kinds(name, rows)
    levels = list(dict.fromkeys(row.get("level", "") for row in rows))
    nodes: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, start=2):
        yield from _needed(name, number, row, ("level", "code"))
        yield from _parting(name, number, row.get("code", ""))
        level, parent = row.get("level", ""), row.get("parent", "")
        above = levels[: levels.index(level)]
        if parent and not any((upper, parent) in nodes for upper in above):
            yield Fault(
                name, number, "parent", f"{parent!r}, which is no node of a level before it",
                "the code of a node above, in an earlier row",
            )  # fmt: skip
        nodes.add((level, row.get("code", "")))
        yield from _continued(name, number, row)
        if row.get("measure") == "percentage" and row.get("unit") and unit(row["unit"]).kind != SHARE:
            yield Fault(name, number, "unit", repr(row["unit"]), "percent, of a percentage", False)
        if row.get("adds_up") == "sum" and row.get("measure") not in ("", ADDED):
            actual = f"'sum', of a node whose measure is {row['measure']}"
            yield Fault(name, number, "adds_up", actual, "none or last: only numbers of units add up", False)
        try:
            range_of(row.get("range", ""))
        except ValueError as error:
            yield Fault(name, number, "range", repr(row["range"]), str(error))


def _unlike_others(name: str, rows: _Rows) -> Iterator[Fault]:
    """Yield a parent that others of the level have, and what a lowest node lacks where nearly all have it."""
    above = {row.get("parent", "") for row in rows}
    under = {row.get("level", "") for row in rows if row.get("parent")}
    for number, row in enumerate(rows, start=2):
        if not row.get("parent") and row.get("level") in under:
            allowed = f"the node above, as others of level {row['level']} have"
            yield Fault(name, number, "parent", "nothing", allowed, False)
    lowest = [(number, row) for number, row in enumerate(rows, start=2) if row.get("code") not in above]
    for level in dict.fromkeys(row.get("level", "") for _, row in lowest):
        likes = [(number, row) for number, row in lowest if row.get("level") == level]
        for column in ("unit", "direction", "measure", "adds_up"):
            bare = [(number, row) for number, row in likes if not row.get(column)]
            filled = len(likes) - len(bare)
            for number, row in bare if filled >= NEARLY_ALL * len(likes) else ():
                if column != "unit" or row.get("measure") != "qualitative":
                    allowed = f"the {column}, as {filled} of {len(likes)} of level {level} have"
                    yield Fault(name, number, column, "nothing", allowed, False)


def _kinds(name: str, rows: _Rows) -> Iterator[Fault]:
    """Yield kinds and directions that one highest node alone has or lacks; kinds unlike a parent's."""
    of: dict[str, str] = {}
    for row in rows:
        of.setdefault(row.get("code", ""), row.get("kind", "") or of.get(row.get("parent", ""), ""))
    top = [(number, row) for number, row in enumerate(rows, start=2) if not row.get("parent")]
    for level in dict.fromkeys(row.get("level", "") for _, row in top):
        likes = [(number, row) for number, row in top if row.get("level") == level]
        for column in ("kind", "direction"):
            counts = Counter(row.get(column, "") for _, row in likes)
            for number, row in likes if len(likes) > 2 else ():
                text = row.get(column, "")
                lone = counts[text] == 1 and (column == "kind" or not text)
                if lone and any(code and code != text and count > 1 for code, count in counts.items()):
                    actual = repr(text) if text else "nothing"
                    allowed = f"the {column} of others of level {level}, unless it stands alone"
                    yield Fault(name, number, column, actual, allowed, False)
    for number, row in enumerate(rows, start=2):
        above = of.get(row.get("parent", ""), "")
        if above and row.get("kind") not in ("", above):
            actual = f"{row['kind']!r}, where {row['parent']} above is {above!r}"
            yield Fault(name, number, "kind", actual, "the kind of the node above, or nothing", False)


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
        yield from _parting(name, number, row.get("code", ""))
        dimension = row.get("dimension", "")
        if row.get("total") == "yes":
            if dimension in totals:
                actual = f"a second total of {dimension}, beside row {totals[dimension]}"
                yield Fault(name, number, "total", actual, "at most one a dimension")
            totals.setdefault(dimension, number)
    stated = {row.get("dimension", "") for row in rows if row.get("exhaustive") == "yes"}
    for number, row in enumerate(rows, start=2):
        whole = row.get("total") == "yes"
        if row.get("exhaustive") == "" and (whole or (row.get("dimension") in stated - set(totals))):
            allowed = "yes or no: whether the parts make up the whole"
            yield Fault(name, number, "exhaustive", "nothing", allowed, False)
    for column in ("group", "kind"):
        for dimension in dict.fromkeys(row.get("dimension", "") for row in rows):
            filled = [(number, row[column]) for number, row in enumerate(rows, start=2)
                    if row.get("dimension") == dimension and row.get(column)]  # fmt: skip
            likes = sum(row.get("dimension") == dimension for row in rows)
            if len(filled) == 1 and likes > 2:
                number, text = filled[0]
                allowed = f"the {column} of other codes of {dimension}, which have none"
                yield Fault(name, number, column, repr(text), allowed, False)


def _words(
    name: str,
    number: int,
    row: Mapping[str, str],
    worded: Collection[tuple],
    parents: Mapping[tuple, str],
    whose: dict[tuple[str, ...], tuple[int, str]],
) -> Iterator[Fault]:
    """Yield words without a letter, those that one language lacks, and those that another code has."""
    kind, code, form = row.get("kind", ""), row.get("code", ""), row.get("form", "") or "title"
    text = row.get("text", "")
    if not text:
        if (kind, code, form) in worded:
            allowed = f"words, as {kind}.{code} has in another language"
            yield Fault(name, number, "text", "nothing", allowed, False)
        return
    if not _LETTER.search(text):
        yield Fault(name, number, "text", repr(text), "words: a letter among them")
    language = row.get("language", "")
    if _IDEOGRAPH.search(text) and language in ("en", "fr", "es"):
        yield Fault(name, number, "text", f"{text!r}, as {language}", f"words in {language}", False)
    if row.get("wording") == "organisation" and form == "title":
        other = whose.setdefault(
            (kind, parents.get((kind, code), ""), row.get("language", ""), text), (number, code)
        )
        if other[1] != code:
            actual = f"{text!r}, which row {other[0]} says of {kind}.{other[1]}"
            yield Fault(name, number, "text", actual, f"the words of {kind}.{code}", False)


def _titles(
    name: str,
    rows: _Rows,
    known: Mapping[str, Collection[str]],
    parents: Mapping[tuple, str],
    documents: Collection[str],
) -> Iterator[Fault]:
    first: dict[tuple[str, ...], tuple[int, str]] = {}
    worded = {
        (row.get("kind"), row.get("code"), row.get("form") or "title") for row in rows if row.get("text")
    }
    whose: dict[tuple[str, ...], tuple[int, str]] = {}
    for number, row in enumerate(rows, start=2):
        yield from _needed(name, number, row, ("kind", "code", "language"))
        yield from _words(name, number, row, worded, parents, whose)
        language, text = row.get("language", ""), row.get("text", "")
        if language and not is_language(language):
            yield Fault(name, number, "language", repr(language), "a code such as en, fr or zh")
        if row.get("code", "") not in known.get(row.get("kind", ""), (row.get("code", ""),)):
            actual = f"{row['code']!r}, which is no {row['kind']} of the framework"
            yield Fault(name, number, "code", actual, f"one of the {row['kind']}s that there are", False)
        if row.get("document") and row["document"] not in documents:
            yield Fault(name, number, "document", repr(row["document"]), "a folder of data/raw, or nothing")
        if text and row.get("form") == "numbered" and not {"{code}", "{title}"} <= set(_PLACES.findall(text)):
            yield Fault(name, number, "text", repr(text), "words with {code} and {title} in them")
        key = (row.get("kind", ""), row.get("code", ""), language, row.get("form", "") or "title")
        if text and first.get(key, (0, ""))[1] == text:
            yield Fault(
                name, number, "", f"the words of row {first[key][0]} again", "each of them once", False
            )
        former = first.setdefault(key, (number, text)) if text else (number, text)
        if former[1] != text:
            actual = f"{text!r}, where row {former[0]} has {former[1]!r} for {key[0]}.{key[1]}"
            yield Fault(name, number, "text", actual, "one title for a key, language and form")
        if text and not row.get("wording"):
            yield Fault(name, number, "wording", "nothing", "organisation or ours")
        if row.get("wording") == "organisation" and text and not row.get("document"):
            yield Fault(
                name, number, "document", "nothing", "which document words of the organisation are from"
            )
