"""Whose reports these are: each organisation's names and calendar, from ``data/organisations``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.files import Unreadable, read_toml
from analysis.periods import Calendar


class OrganisationError(ValueError):
    """An organisation that is not described, or not described well."""


@dataclass(frozen=True)
class Organisation:
    """An organisation that reports.

    Attributes
    ----------
    id : str
        Stem of its file; also the folder of its reports.
    name, short_name : dict
        By language, at least one; the first is the organisation's own.
    calendar : Calendar
        How its periods run.
    default : bool
        Whether it is meant where none is named.
    iati : str
        Its identifier as a publisher of IATI, for example ``XM-DAC-41302``; empty where it has none.
    homepage : str
        Address of its site; empty where none is given.
    """

    id: str
    name: dict[str, str]
    short_name: dict[str, str]
    calendar: Calendar
    default: bool
    iati: str = ""
    homepage: str = ""


def worded(words: object) -> bool:
    """Whether something is words by language: a text in one language at least, and nothing but texts."""
    texts = list(words.values()) if isinstance(words, dict) else []
    return bool(texts) and all(isinstance(text, str) and text.strip() for text in texts)


def in_language(words: Mapping[str, str], language: str = "en") -> str:
    """Return words in a language; where they have none in it, in English, or else in their own, the first.

    Examples
    --------
    >>> in_language({"es": "Memoria", "fr": "Rapport"}, "zh"), in_language({"es": "Memoria"}, "es")
    ('Memoria', 'Memoria')
    """
    return words.get(language) or words.get("en") or next(iter(words.values()))


def organisations(root: Path) -> dict[str, Organisation]:
    """Return the organisations of a project by id, the default one first.

    Raises
    ------
    OrganisationError
        When there is none, a file cannot be read, or not exactly one is the default; the message says which.
    """
    folder = root / "data" / "organisations"
    known = [_read(path) for path in sorted(folder.glob("*.toml"))]
    default = [organisation.id for organisation in known if organisation.default]
    if len(default) != 1:
        named = ", ".join(default) or "none"
        raise OrganisationError(f"{folder}: exactly one organisation says `default = true`; found {named}")
    return {
        organisation.id: organisation
        for organisation in sorted(known, key=lambda organisation: not organisation.default)
    }


def _read(path: Path) -> Organisation:
    try:
        about = read_toml(path)
    except Unreadable as error:
        raise OrganisationError(str(error)) from None
    calendar, names = about.get("calendar", {}), about.get("name", {})
    if not isinstance(calendar, dict):
        raise OrganisationError(f"{path}: calendar: found {calendar!r}; expected a table [calendar]")
    years, first = calendar.get("years"), calendar.get("first")
    if type(years) is not int or type(first) is not int or years < 1:
        raise OrganisationError(
            f"{path}: [calendar] takes whole numbers `years` (1 or more) and `first`, found {calendar}"
        )
    financial = calendar.get("financial", False)
    if not isinstance(financial, bool) or (financial and years != 1):
        raise OrganisationError(
            f"{path}: [calendar] takes `financial = true` beside `years = 1`, found {calendar}"
        )
    short = about.get("short_name", {})
    for key, words in (("name", names), ("short_name", short or names)):
        if not worded(words):
            raise OrganisationError(f"{path}: [{key}] needs a name by language such as `en`, found {words!r}")
    for key in ("iati", "homepage"):
        if not isinstance(about.get(key, ""), str):
            raise OrganisationError(f"{path}: {key}: found {about[key]}; expected a text, between quotes")
    return Organisation(
        path.stem,
        names,
        {**names, **short},
        Calendar(years, first, path.stem, financial),
        about.get("default", False),
        about.get("iati", ""),
        about.get("homepage", ""),
    )
