"""Where a number stands in its document, in the language of the reader: "Part I, Decent work trends".

A record's places are in its own language. Words for the parts of any document (table, appendix, paragraph)
are the package's; those for the headings of one document are titles of its record, of kind ``where``.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import NamedTuple

from analysis.labels import Catalogue
from analysis.labels.once import said_once

COMMA, AND = ", ", " and "
_NUMBER = r"[A-Z]|[IVX]+(?:\.\w+)*|[A-C](?:\.?\d+)+|\d[\w.]*(?:[-–]\d[\w.]*)?"
_PART = re.compile(
    rf"(?P<words>[A-Za-z][A-Za-z -]*?)(?: (?P<number>(?:{_NUMBER})(?: and (?:{_NUMBER}))?))?(?P<note> note)?"
)
_COLUMN = re.compile(r"column (?P<name>.+)")  # of an imported file, by its heading
_NO_WORDS = re.compile(r"[\d.–-]+|\S+\.\w{2,4}")


class PlaceWords(NamedTuple):
    """A place in words, and those of its parts that stay as recorded, for want of words in the language."""

    text: str
    foreign: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether all of it is in the language."""
        return not self.foreign


def place_words(place: str, labels: Catalogue) -> PlaceWords:
    """Return a place in the language; what has no words in it stays as recorded.

    Parameters
    ----------
    place : str
        As recorded: parts of a document, the wider first, with commas between them.
    labels : Catalogue
        Of the language, with the record whose own headings it words.
    """
    if labels.at_home or not place:
        return PlaceWords(place)
    return said_once(labels, ("place", place), lambda: _said(place, labels))


def _said(place: str, labels: Catalogue) -> PlaceWords:
    parts = [part_words(part, labels) for part in place.split(COMMA)]
    shown = (words or part for part, words in zip(place.split(COMMA), parts, strict=True))
    joined = reduce(lambda wider, part: labels("label.pair", first=wider, second=part), shown)
    bare = (part for part, words in zip(place.split(COMMA), parts, strict=True) if not words)
    return PlaceWords(joined, tuple(bare))


def part_words(part: str, labels: Catalogue) -> str:
    """Return one part of a place in the language: "annexe III"; empty where it has no words for it.

    Parameters
    ----------
    part : str
        As recorded, without a comma.
    labels : Catalogue
    """
    if labels.at_home or _NO_WORDS.fullmatch(part):
        return part
    if heading := _COLUMN.fullmatch(part):
        return labels("where.column", name=heading["name"])
    if _worded(whole := _key(part), labels) and not labels.places(whole):
        return labels(whole)
    match = _PART.fullmatch(part)
    key = _key(match["words"]) if match else ""
    if match and _worded(key, labels) and ("number" in labels.places(key)) >= bool(match["number"]):
        number = (match["number"] or "").replace(AND, labels("numbering.and"))
        words = labels(key, **({"number": number} if "number" in labels.places(key) else {})).strip()
        return labels("where.note_to", place=words) if match["note"] else words
    several = [part_words(piece, labels) for piece in part.split(AND)] if AND in part else [""]
    return labels("numbering.and").join(several) if all(several) else ""


def _key(words: str) -> str:
    return f"where.{re.sub(r'[ -]+', '_', words.lower())}"


def _worded(key: str, labels: Catalogue) -> bool:
    return key in labels and labels.language_of(key) == labels.language
