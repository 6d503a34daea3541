"""The catalogue of labels: one file a language, the organisation's terms, and no missing key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import Formatter

from analysis.framework import NUMBERED, ORGANISATION, SHORT, Framework, Title
from analysis.labels.money import money_words
from analysis.labels.spacing import typographic
from analysis.labels.watching import looked_up
from analysis.quantities import Recorded, Source

# Entries that the record words in its own columns: kind -> table, column of the code, start of the columns.
WORDED = {
    "enabling": ("report.enabling_indicators", "id", "statement"),
    "target": ("gender.targets", "target", "statement"),
    "framework": ("unswap.framework", "code", "title"),
    "action": ("plan.deliverables", "action", "action"),
    "deliverable": ("plan.deliverables", "deliverable", "deliverable"),
    "partner": ("review.contributions", "partner", "partner"),
    "pillar_line": ("review.pillars", "code", "text"),
    "evidence": ("review.evidence", "id", "statement"),
}

ENGLISH = "en"
LARGEST = "largest"
# ``place.table_3``: a place of a document, said by the words for its numbering.
PLACE = "place"
# An abbreviation that ends a sentence ends it with its own full stop: ``dollars É.-U.``
_TWO_STOPS = re.compile(r"(?<=\w)\.\.(?![.\w/])")


class LabelError(KeyError):
    """A label that a language's file does not hold."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a file, English first."""
    names = sorted(path.name[:-5] for path in files(__package__).iterdir() if path.name.endswith(".toml"))
    return tuple(sorted(names, key=lambda name: name != "en"))


def _flat(tree: dict, above: str = "") -> dict[str, str]:
    entries: dict[str, str] = {}
    for key, entry in tree.items():
        name = f"{above}.{key}" if above else key
        entries.update(_flat(entry, name) if isinstance(entry, dict) else {name: entry})
    return entries


@cache
def label_texts(language: str) -> dict[str, str]:
    """Return a language's labels by key.

    Raises
    ------
    LabelError
        When there is no file for the language, in which case the message lists those that there are, or
        when the file is no TOML.
    """
    if language not in languages():
        raise LabelError(f"no language {language!r}: there are {', '.join(languages())}")
    text = files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LabelError(
            f"labels/{language}.toml: no TOML ({error}); put double quotes around texts"
        ) from None
    return {key: typographic(words, language) for key, words in _flat(tree).items()}


def _packaged(language: str, key: str) -> str | None:
    """Return the label that a language's file holds, and note that it was looked up."""
    entry = label_texts(language).get(key)
    looked_up(language, key, entry)
    return entry


@cache
def _asked(label: str) -> frozenset[str]:
    """Return the names of the places that a text has for numbers and words."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(label) if name)
    except ValueError as error:
        raise LabelError(f"{label!r}: places for numbers stand in braces, as {{number}} ({error})") from None


def direction(language: str) -> str:
    """Return whether a language is written from left to right (``ltr``) or from right to left (``rtl``).

    Raises
    ------
    LabelError
        When the language has no file, or the file says neither.
    """
    way = label_texts(language).get("language.direction")
    if way not in ("ltr", "rtl"):
        raise LabelError(f"labels/{language}.toml: language.direction is {way!r}; expected 'ltr' or 'rtl'")
    return way


@dataclass(frozen=True)
class Catalogue:
    """Labels in one language: the record's words first, then the package's.

    Words are looked up among the record's titles, in the record's own columns (``WORDED``), among the
    package's labels, and last among the record's titles and columns in another language, which ``borrowed``
    notes. A year and ``code.<anything>`` stand for themselves. ``said`` keeps what was said by them
    (:mod:`analysis.labels.once`).

    Parameters
    ----------
    language : str
        ``en``, ``fr``, ``es`` or ``zh``.
    recorded : Recorded, optional
        The record whose words come first.
    """

    language: str
    recorded: Recorded | None = None
    borrowed: dict[str, str] = field(default_factory=dict, compare=False)
    _owned: dict[str, str | None] = field(default_factory=dict, init=False, compare=False, repr=False)
    _others: dict[str, str | None] = field(default_factory=dict, init=False, compare=False, repr=False)
    said: dict[Hashable, tuple] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __contains__(self, key: str) -> bool:
        return self._find(key) is not None

    def __call__(self, key: str, **numbers: str) -> str:
        """Return the label, with numbers put in where it has places for them.

        Raises
        ------
        LabelError
            When the key, or a number that the label asks for, is missing.
        """
        own = self._own(key)
        if own is not None and not numbers:
            return own
        label = self._found(key) if own is None else own
        if label is None:
            raise LabelError(
                f"labels/{self.language}.toml has no {key!r}, nor has a titles.csv of the record: words of "
                "the package go to the one, words of the record to the other"
            )
        asked = _asked(label)
        if asked - numbers.keys():
            raise LabelError(
                f"label {key!r} ({self.language}) asks for {', '.join(sorted(asked - set(numbers)))}"
            )
        return _TWO_STOPS.sub(".", label.format(**numbers)) if asked else label

    def places(self, key: str) -> frozenset[str]:
        """Return the names of the places that a label has for numbers and words."""
        return _asked(self._find(key) or "")

    def short(self, key: str) -> str:
        """Return a key's short form for charts where there is one, else its label."""
        if self.framework and (words := self.framework.title(key, self.language, SHORT)):
            return words.text
        package = _packaged(self.language, f"short.{key}")
        return self(key) if package is None or self._own(key) is not None else package

    def numbered(self, key: str, title: str) -> str:
        """Return a title after its code where its level says how: ``4.1.2 Member States that …``."""
        kind, _, code = key.partition(".")
        words = self.framework and (
            self.framework.title(f"level.{kind}", self.language, NUMBERED)
            or self.framework.title(f"level.{kind}", self.recorded.language, NUMBERED)
            or self.framework.title(f"level.{kind}", ENGLISH, NUMBERED)
        )
        return words.text.format(code=code, title=title) if words else title

    def language_of(self, key: str) -> str:
        """Return the language that a key's label is in: this one, or the record's where it has no other."""
        self._find(key)
        return self.borrowed.get(key, self.language)

    def foreign(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the keys whose labels stand in another language than this, with that language."""
        languages_of = {key: self.language_of(key) for key in keys}
        return {key: language for key, language in languages_of.items() if language != self.language}

    def is_title(self, key: str) -> bool:
        """Whether a key's label is a title of the record."""
        return self._title(key) is not None

    def is_ours(self, key: str) -> bool:
        """Whether a key's label is a title of the record that is not worded by its organisation."""
        words = self._title(key)
        return words is not None and words.wording != ORGANISATION

    def _title(self, key: str) -> Title | None:
        return self.framework.title(key, self.language_of(key)) if self.framework else None

    def standing(self, key: str) -> int | None:
        """Return the place of a key's code among its likes; None where the record does not order them."""
        if self.framework is None:
            return None
        kind, _, code = key.partition(".")
        return self.framework.place(f"{'source' if kind == 'funding' else kind}.{code}")

    def document(self, name: str) -> str:
        """Return how a document is cited; by its name where the record has no words for it."""
        key = f"document.{name}"
        return self(key) if key in self else name

    def cited(self, source: Source, *, short: bool = False) -> str:
        """Return a document's title with its symbol; in short the symbol alone, the title where it has none.

        What stands for a symbol in the register of a document that has none has no slash.
        """
        words = self.document(source.document)
        if "/" not in source.symbol:
            return words
        return source.symbol if short else f"{words} ({source.symbol})"

    @property
    def at_home(self) -> bool:
        """Whether the language is that in which the record itself stands: its places, its statements."""
        return self.language == self.home

    @property
    def home(self) -> str:
        """The language in which the record itself stands; English without a record."""
        return ENGLISH if self.recorded is None else self.recorded.language

    @property
    def framework(self) -> Framework | None:
        """The framework of the record, if there is one."""
        return None if self.recorded is None else Framework.of(self.recorded)

    def _find(self, key: str) -> str | None:
        own = self._own(key)
        return self._found(key) if own is None else own

    def _found(self, key: str) -> str | None:
        """Return the words for what the record has none for in this language."""
        if (text := _packaged(self.language, key)) is not None:
            return text
        if key.isdigit():
            return key
        kind, _, code = key.partition(".")
        if kind == LARGEST and code.isdigit():
            words = _packaged(self.language, "label.largest_one" if code == "1" else "label.largest_number")
            return words and words.format(number=code)
        if kind == PLACE:
            what, _, number = code.rpartition("_")
            words = _packaged(self.language, f"numbering.{what}")
            return words and words.format(number=number)
        if kind == "code":
            return code
        return money_words(key, lambda words: _packaged(self.language, words)) or self._other(key)

    def _own(self, key: str) -> str | None:
        """Return the record's words in this language, which do not change while it is open."""
        if key not in self._owned:
            self._owned[key] = self._said(key, self.language)
        return self._owned[key]

    def _other(self, key: str) -> str | None:
        """Return the record's words in another language, which do not change while it is open."""
        if key not in self._others:
            self._others[key] = self._borrow(key)
        return self._others[key]

    def _borrow(self, key: str) -> str | None:
        """Return the record's words in another language, its own first, then English; note which."""
        if self.framework is None:
            return None
        own_languages = self.framework.languages_of(key)
        for language in (self.recorded.language, ENGLISH, *own_languages, *languages()):
            if text := self._said(key, language):
                self.borrowed[key] = language
                return text
        return None

    def _said(self, key: str, language: str) -> str | None:
        """Return the record's words in a language: its title, or those of its column."""
        if self.framework is None:
            return None
        words = self.framework.title(key, language)
        said = words.text if words else self._column(key, language)
        return said and typographic(said, language)

    def _column(self, key: str, language: str) -> str | None:
        kind, _, code = key.partition(".")
        name, column, start = WORDED.get(kind, ("", "", ""))
        if name not in self.recorded:
            return None
        table = self.recorded[name]
        rows = table.select(((column, (code,)),))
        return (table.records[rows[0]].get(f"{start}_{language}") or None) if rows else None
