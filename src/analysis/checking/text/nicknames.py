"""Nodes of a framework that a text calls by part of their title: "social dialogue", "the skills outcome".

What may name a node is made of the framework's own words: of its title and its short title, in the language
of the text and in English. A run of words names a node where no other node of the level has all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from analysis.checking.text.words import stem
from analysis.framework import SHORT, TITLE, Framework, Title
from analysis.reading.languages import as_a_word, written_one_way

if TYPE_CHECKING:
    from analysis.checking.text.mentions import Sentence
    from analysis.checking.text.words import Feature, Lexicon
    from analysis.quantities import Recorded

# How strongly words name a node: nothing else stands in their clause; a word as "outcome" or "area" stands
# beside them; they are a part of its short title; they are one word of it,
# or only what such a word means to every reader.
ALONE, AREA, PART, WORD = 1.0, 0.9, 0.8, 0.45
# Between the parts of a short title.
_JOINTS = re.compile(r"\s(?:and|et|y|e)\s|[,;]|[与和及、]")
_COLON = re.compile(r"[:：]")
_MARKS = re.compile(r"[\s\W\d_]+")
# Signs of the shortest Chinese name that is more than a word.
SIGNS = 4


@dataclass(frozen=True)
class Name:
    """What a node may be called.

    Attributes
    ----------
    level, code : str
    whole, short : frozenset of str
        Features of its titles, and of its short title alone; the latter empty where it has none.
    parts : tuple of frozenset of str
        Features of each part of its short title.
    common : frozenset of str
        What parts of it mean that are a single word, where that is another word's meaning: "resources" are
        money to every reader.
    """

    level: str
    code: str
    whole: frozenset[str]
    short: frozenset[str]
    parts: tuple[frozenset[str], ...]
    common: frozenset[str]


@dataclass(frozen=True)
class Called:
    """A node that a text names at a place, and how strongly."""

    start: int
    end: int
    level: str
    code: str
    strength: float


class Nicknames:
    """What the nodes of a framework may be called in one language.

    ``areas`` are words of the language that say that a subject is named: outcome, area, 领域.
    """

    def __init__(self, recorded: Recorded, lexicon: Lexicon, english: Lexicon, areas: list[str]):
        self.language = lexicon.language
        self.areas = sorted(areas, key=len, reverse=True)
        framework = Framework.of(recorded)
        readers = {lexicon.language: lexicon, "en": english}
        parents = {node.parent for level in framework.levels for node in framework.nodes(level)}
        self.levels: dict[str, list[Name]] = {}
        for level in framework.levels:
            for code in framework.codes(level):
                if code in parents:
                    self.levels.setdefault(level, []).append(_name(framework, level, code, readers))
        self._words = {
            level: frozenset().union(*(node.whole for node in names)) for level, names in self.levels.items()
        }

    def called(self, read: Sentence) -> list[Called]:
        """Return the nodes that a sentence names, one a place and level, the higher level first.

        None of a level of which the sentence says a node by its code.
        """
        said = {mention.axis for mention in read.mentions}
        runs: list[Called] = []
        for level in (level for level in self.levels if level not in said):
            for groups in _ways(read.features, self.language):
                for run in self._runs(level, groups, read):
                    taken = any(run.start < other.end and other.start < run.end for other in runs)
                    runs += [] if taken else [run]
        return runs

    def _runs(self, level: str, groups: list[list[Feature]], read: Sentence) -> Iterator[Called]:
        names, words = self.levels[level], self._words[level]
        at = 0
        while at < len(groups):
            if not any(feature.name in words for feature in groups[at]):
                at += 1
                continue
            length, meant = self._longest(names, groups[at:], read)
            if meant:
                run = [feature for group in groups[at : at + length] for feature in group]
                called = self._strength(meant[0], run, read, len(meant) == 1)
                if called is not None:
                    yield called
            at += max(length, 1)

    def _longest(
        self, names: list[Name], groups: list[list[Feature]], read: Sentence
    ) -> tuple[int, list[Name]]:
        """Return the longest run of words from here on that one node has, and the node.

        Others follow it that have the words too, but not in their short titles.
        """
        first = {feature.name for feature in groups[0]}
        alive = [node for node in names if not first.isdisjoint(node.whole)]
        best: tuple[int, list[Name]] = (0, [])
        bounds = read.clause_at(groups[0][0].start)
        for length, group in enumerate(groups, start=1):
            if read.clause_at(group[0].start) != bounds or (
                length > 1 and _apart(groups[length - 2], group, read)
            ):
                break
            said = {feature.name for feature in group}
            alive = [node for node in alive if said <= node.whole] or [
                node for node in alive if 2 * len(said & node.whole) > len(said)
            ]
            if not alive:
                break
            run = [{feature.name for feature in one} for one in groups[:length]]
            whole = set().union(*run)
            brief = [
                node
                for node in alive
                if all(words & node.short for words in run) and any(part <= whole for part in node.parts)
            ]
            meant = alive if len(alive) == 1 else brief
            best = (
                length,
                [*meant, *(node for node in alive if node not in meant)] if len(meant) == 1 else [],
            )
        return best

    def _strength(self, name: Name, run: list[Feature], read: Sentence, alone: bool) -> Called | None:
        start, end = min(feature.start for feature in run), max(feature.end for feature in run)
        said = {feature.name for feature in run}
        several = end - start >= SIGNS if self.language == "zh" else " " in read.text[start:end]
        part = any(part <= said for part in name.parts)
        first = not _MARKS.sub("", self._without_areas(read.text[:start]))
        word = alone and (part or (first and said & name.short))
        strength = PART if part and several else WORD if word else 0.0
        low, high = read.clause_at(start, end)
        before = _COLON.split(read.text[low:start])[-1]
        after = _COLON.split(read.text[end:high])[0]
        rest = self._without_areas(f"{before} {after}")
        if several or part or strength:
            if not _MARKS.sub("", rest):
                strength = ALONE if several else AREA
            elif self._beside(before, after):
                strength = max(strength, AREA)
        strength = min(strength, WORD) if said & name.whole <= name.common else strength
        return Called(start, end, name.level, name.code, strength) if strength else None

    def _without_areas(self, text: str) -> str:
        text = text.lower()
        for word in (word for word in self.areas if word in text):
            text = text.replace(word, " ") if self.language == "zh" else as_a_word(word).sub(" ", text)
        return text

    def _beside(self, before: str, after: str) -> bool:
        """Whether a word that says that a subject is named stands right beside it."""
        if self.language == "zh":
            return after.strip().startswith(tuple(self.areas))
        ends, begins = _beside(tuple(self.areas))
        return bool(ends.search(before) or begins.match(after))


@cache
def _beside(words: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds one of some words right at the end of a text, and right at its beginning."""
    some = "|".join(map(re.escape, words))
    before = re.compile(rf"(?<!\w)(?:{some})\W+(?:\w{{1,3}}\W+)*$", re.I)
    return before, re.compile(rf"\W*(?:{some})(?!\w)", re.I)


def _name(framework: Framework, level: str, code: str, readers: dict[str, Lexicon]) -> Name:
    whole: set[str] = set()
    short: set[str] = set()
    parts: list[frozenset[str]] = []
    for language, reader in readers.items():
        for form in (TITLE, SHORT):
            title = framework.title(f"{level}.{code}", language, form)
            if title is None:
                continue
            said = _words(reader, title.text)
            whole |= said
            if form == SHORT:
                short |= said
                parts += [
                    words
                    for part in _JOINTS.split(written_one_way(title.text))
                    if (words := _words(reader, part))
                ]
    brief = framework.title(f"{level}.{code}", "en", SHORT)
    common = _common(brief, readers["en"])
    return Name(level, code, frozenset(whole), frozenset(short), tuple(parts), common)


def _common(title: Title | None, english: Lexicon) -> frozenset[str]:
    """Return what those parts of a short title mean that are one word, where another word means it, too."""
    words = [part.strip() for part in _JOINTS.split(title.text)] if title else []
    meant = {word: _words(english, word) for word in words if " " not in word}
    return frozenset().union(*(said for word, said in meant.items() if stem(word) not in said))


def _words(reader: Lexicon, text: str) -> frozenset[str]:
    return frozenset(feature.name for feature in reader.features(text) if ":" not in feature.name)


def _ways(features: list[Feature], language: str) -> Iterator[list[list[Feature]]]:
    """Yield the features of a text by place: in Chinese the signs, then the words that they mean."""
    if language != "zh":
        yield _grouped(features)
        return
    yield _grouped([feature for feature in features if not feature.name.isascii()])
    yield _grouped([feature for feature in features if feature.name.isascii()])


def _apart(group: list[Feature], following: list[Feature], read: Sentence) -> bool:
    """Whether a number stands between two words."""
    low, high = max(feature.end for feature in group), following[0].start
    return any(low <= number.start < high for number in read.numbers)


def _grouped(features: list[Feature]) -> list[list[Feature]]:
    places: dict[int, list[Feature]] = {}
    for feature in sorted(features, key=lambda feature: (feature.start, feature.end)):
        places.setdefault(feature.start, []).append(feature)
    return list(places.values())
