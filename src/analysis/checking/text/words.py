"""What the words of a text mean, in any of four languages, as features that texts of all languages share.

A feature is the stem of an English word, a code of the record with its column (``region:africa``), or, in
Chinese, a pair of signs. Synonyms are data: ``terms.csv`` here for the general language, ``data/terms/*.csv``
beside the record for an organisation's own terms.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.reading.languages import written_one_way
from analysis.sources.written import rows_with_columns

if TYPE_CHECKING:
    from analysis.checking.text.nicknames import Nicknames

COLUMNS = ("means", "en", "fr", "es", "zh")
LONGEST = 12
"""Signs of the longest Chinese term."""
OPEN = "*"
"""What ends a word of a term that stands for every word that begins so."""
ALIKE = 5
"""Letters at the beginning that a word shares with an English one of the same meaning."""
# The ending of a Spanish verb of the past, whose stress is on it.
PAST = "ó"
_TOKEN = re.compile(
    r"[A-Za-z]{1,3}[-.]?\d+(?:\.\d+)*\+?|\d+(?:[.,]\d+)*|(?:(?![\u3400-\u9fff])[^\W\d_])+(?:-(?:(?![\u3400-\u9fff])[^\W\d_])+)*"
)
_HAN = re.compile(r"[\u3400-\u9fff]+(?:[ \n]+[\u3400-\u9fff]+)*")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of an English word; the rules are few, and the same for texts and record."""
    word = word.lower().removesuffix("'s").strip("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]
    for ending in ("ization", "isation", "ations", "ation", "ment", "ing", "ed", "ly", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


@lru_cache(maxsize=100_000)
def unaccented(word: str) -> str:
    """Return a word in small letters without accents."""
    parted = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


@lru_cache(maxsize=100_000)
def bare_word(word: str) -> str:
    """Return a French or Spanish word without accents, and without the endings of gender and number."""
    flat = unaccented(word).strip("'").removeprefix("l'").removeprefix("d'")
    for ending in ("aux", "eaux", "es", "s", "x"):
        if flat.endswith(ending) and len(flat) - len(ending) >= 3:
            flat = flat[: -len(ending)]
            break
    while len(flat) > 4 and flat[-1] in "aeo":
        flat = flat[:-1]
    for ending in ("ant", "ent", "er", "ir", "ar", "ad", "id", "aron", "ieron", "ait"):
        if len(flat) - len(ending) >= 5 and flat.endswith(ending):
            return flat[: -len(ending)]
    return flat


def _is_stressed(word: str) -> bool:
    """Whether a word is written with an accent that is not on its ending: género."""
    return unaccented(word) != word.lower() and not word.lower().endswith(PAST)


@dataclass(frozen=True)
class Feature:
    """A feature of a text at its place."""

    name: str
    start: int
    end: int


@dataclass(eq=False)
class Lexicon:
    """Terms of one language, and what they mean.

    Attributes
    ----------
    language : str
    vocabulary : frozenset of str
        Stems of the record's English, for words of other languages that share their beginning.
    nicknames : Nicknames or None
        What the nodes of the record's framework may be called.
    whole_codes : mapping
        The codes of each column's whole.
    without_whole : frozenset of str
        Columns by which results are broken down and that have no whole: places.
    """

    language: str
    vocabulary: frozenset[str] = frozenset()
    nicknames: Nicknames | None = None
    whole_codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    without_whole: frozenset[str] = frozenset()
    _terms: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = field(default_factory=dict)
    _beginnings: set[int] = field(default_factory=set)
    _han: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _lengths: dict[str, list[int]] = field(default_factory=dict)
    _cognates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _begun: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = field(default_factory=dict)
    _stressed: set[str] = field(default_factory=set)

    def add(self, term: str, means: str) -> None:
        """Add a term; several of the same words all count.

        A word that ends in a star stands for every word that begins so: ``recrut*``.
        """
        names = tuple(part if ":" in part else stem(part) for part in means.split())
        self._begun.clear()
        if self.language == "zh" and _HAN.search(term):
            held = self._han.get(term, ())
            self._han[term] = (*held, *(name for name in names if name not in held))
            if len(term) <= LONGEST:
                lengths = {len(term), *self._lengths.get(term[0], ())}
                self._lengths[term[0]] = sorted(lengths, reverse=True)
            return
        term = written_one_way(term)
        keys = tuple(
            unaccented(match[0]) + OPEN if term[match.end() : match.end() + 1] == OPEN else self.key(match[0])
            for match in _TOKEN.finditer(term)
        )
        if self.language == "es":
            self._stressed |= {
                key for match, key in zip(_TOKEN.finditer(term), keys, strict=True) if _is_stressed(match[0])
            }
        if keys:
            self._terms.setdefault(keys[0], []).append((keys, names))
            self._beginnings |= {len(keys[0]) - 1} if keys[0].endswith(OPEN) else set()

    def key(self, token: str) -> str:
        """Return the form under which a token is looked up."""
        return stem(token) if self.language in ("en", "zh") else bare_word(token)

    def _said(self, token: str) -> str:
        """Return the form under which a word of a text is looked up: generó is a verb, and no género."""
        key = self.key(token)
        return token if key in self._stressed and token.lower().endswith(PAST) else key

    def features(self, text: str) -> list[Feature]:
        """Return the features of a text with their places, in order."""
        text = written_one_way(text)
        features = self._worded(text)
        if self.language == "zh":
            features = sorted([*features, *self._signed(text)], key=lambda feature: feature.start)
        return features

    def _worded(self, text: str) -> list[Feature]:
        silent = _silent(self.language)
        tokens = [(match.start(), match.end(), match[0]) for match in _TOKEN.finditer(text)]
        keys = [self._said(token[2]) for token in tokens]
        features: list[Feature] = []
        covered = 0
        for at, (start, end, token) in enumerate(tokens):
            matched = self._matching(tokens, keys, at)
            for length, names in matched:
                last = tokens[at + length - 1][1]
                features += [Feature(name, start, last) for name in names]
                covered = max(covered, at + length)
            if matched or at < covered or token.lower() in silent:
                continue
            if any(sign.isdigit() for sign in token):
                features.append(
                    Feature(
                        "#" + re.sub(r"[-.](?=\d+$)", "", token.lower())
                        if token[0].isalpha()
                        else "#" + token,
                        start,
                        end,
                    )
                )
            else:
                features += [Feature(name, start, end) for name in self._plainly(token)]
        return features

    def _matching(
        self, tokens: list[tuple[int, int, str]], keys: list[str], at: int
    ) -> list[tuple[int, tuple[str, ...]]]:
        """Return the terms that begin here, the longest only, and others of the same words.

        Of terms of as many words the one that says more of their letters goes before.
        """
        begun = self._beginning(tokens[at][2], keys[at])
        if not begun:
            return []
        following = keys[at + 1] if at + 1 < len(keys) else ""
        options = [
            (words, names)
            for words, names in begun
            if len(words) == 1
            or (
                (words[1] == following or words[1].endswith(OPEN))
                and len(words) <= len(keys) - at
                and all(
                    unaccented(token[2]).startswith(word[:-1]) if word.endswith(OPEN) else word == key
                    for word, key, token in zip(words, keys[at:], tokens[at:], strict=False)
                )
            )
        ]
        if not options:
            return []
        best = max(_told(words) for words, _ in options)
        return [(len(words), names) for words, names in options if _told(words) == best]

    def _beginning(self, token: str, key: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return the terms whose first word a token is; what was looked up is kept."""
        if token not in self._begun:
            first = unaccented(token)
            begun = [first[:length] + OPEN for length in sorted(self._beginnings) if length <= len(first)]
            self._begun[token] = [term for known in (key, *begun) for term in self._terms.get(known, ())]
        return self._begun[token]

    def _plainly(self, token: str) -> tuple[str, ...]:
        if self.language == "en" or self.language == "zh":
            return tuple(stem(part) for part in token.split("-") if part.lower() not in _silent("en"))
        return self._cognate(bare_word(token))

    @cached_property
    def _by_beginning(self) -> dict[str, list[str]]:
        """The vocabulary by the letters that a word has to share."""
        words: dict[str, list[str]] = {}
        for word in self.vocabulary:
            words.setdefault(word[:ALIKE], []).append(word)
        return words

    def _cognate(self, flat: str) -> tuple[str, ...]:
        """Return the English stem that begins as the word does, for `ALIKE` letters and most of it."""
        if flat not in self._cognates:
            best = ""
            for word in self._by_beginning.get(flat[:ALIKE], ()):
                same = _shared(word, flat)
                if (
                    same >= ALIKE
                    and same >= 0.7 * len(word)
                    and same >= 0.6 * len(flat)
                    and (
                        same > _shared(best, flat)
                        or (same == _shared(best, flat) and (len(word), word) < (len(best), best))
                    )
                ):
                    best = word
            self._cognates[flat] = (best,) if best else (flat,) if len(flat) > 2 else ()
        return self._cognates[flat]

    def _signed(self, text: str) -> list[Feature]:
        """Return the features of runs of Chinese signs; where a line ends inside a word, it goes on."""
        features = []
        for run in _HAN.finditer(text):
            places = [at for at in range(run.start(), run.end()) if text[at] not in " \n"]
            signs = "".join(text[at] for at in places)
            ends = [at + 1 for at in places]
            for at in range(len(signs)):
                for length in self._lengths.get(signs[at], ()):
                    names = self._han.get(signs[at : at + length])
                    if names and at + length <= len(signs):
                        features += [Feature(name, places[at], ends[at + length - 1]) for name in names]
                        break
                if at + 1 < len(signs):
                    features.append(Feature(signs[at : at + 2], places[at], ends[at + 1]))
        return features


@lru_cache(maxsize=2048)
def features_of(text: str, lexicon: Lexicon) -> tuple[Feature, ...]:
    """Return the features of a text that is written one way; several rules ask for those of a sentence."""
    return tuple(lexicon.features(text))


@lru_cache(maxsize=100_000)
def _told(words: tuple[str, ...]) -> tuple[int, int]:
    """Return how many words and letters a term says."""
    return len(words), sum(len(word.removesuffix(OPEN)) for word in words)


def _shared(left: str, right: str) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


@lru_cache
def _silent(language: str) -> frozenset[str]:
    text = files("analysis.checking").joinpath("silent.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[language].split())


def term_rows(root: Path | None) -> list[dict[str, str]]:
    """Return the rows of every file of terms: the general ones, then those beside the record.

    Raises
    ------
    Unreadable
        When a file does not have the columns ``means;en;fr;es;zh``, or a row has more or fewer cells.
    """
    folder = root / "data" / "terms" if root else None
    own = sorted(folder.glob("*.csv")) if folder else []
    with as_file(files("analysis.checking").joinpath("terms.csv")) as general:
        return [row for path in (general, *own) for _, row in rows_with_columns(path, COLUMNS, ";")]


def lexicon(language: str, rows: Iterable[dict[str, str]], vocabulary: Iterable[str] = ()) -> Lexicon:
    """Return the terms of a language.

    Parameters
    ----------
    language : str
    rows : iterable of dict
        Rows of the files of terms.
    vocabulary : iterable of str
        English stems of the record.
    """
    made = Lexicon(language, frozenset(vocabulary))
    for row in rows:
        means = row["means"]
        own = [means] if language == "en" and ":" not in means else []
        for term in (*own, *(part for part in row[language].split("|") if part.strip())):
            made.add(term.strip(), means)
    return made
