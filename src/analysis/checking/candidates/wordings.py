"""How quantities are worded in the language of a text: as the record has it in English, and in its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.checking.candidates.postings import postings, rarity
from analysis.checking.text.mentions import phrases
from analysis.framework import TITLE, Framework
from analysis.quantities import Recorded
from analysis.reading.languages import LANGUAGES

if TYPE_CHECKING:
    from analysis.checking.candidates.candidate_index import CandidateIndex

# What the features for a language are called, where not as it is.
FAMILIES = {"en": "words"}
OWN = "own "
# Kinds of phrases that say how a number compares, not what it is.
COMPARING = ("rose", "fell", "rise", "fall", "from", "year_before", "biennium_before", "year_after")


class Wordings:
    """The features of an index's candidates by language, made when a language is first asked."""

    def __init__(self, index: CandidateIndex):
        self.index = index
        self._comparing: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}

    def family(self, language: str) -> str:
        """Return the name of the features for texts in a language.

        The record's own statements in French and Spanish give theirs; where it has none, the English ones do.
        """
        index, family = self.index, FAMILIES.get(language, language)
        if family not in index.rarity:
            read = index.lexicon(language)
            for (column, code), names in index.said.items():
                names |= {feature.name for feature in read.features(index.named(column, code, language))}
            for candidate in index.candidates:
                title = read.features(candidate.titles.get(language, ""))
                own = frozenset(
                    feature.name for feature in title if ":" not in feature.name and not year(feature.name)
                )
                candidate.features[OWN + family] = own
                candidate.features[family] = candidate.features["words"] | own
            index.rarity[family] = rarity(index.candidates, family)
            index.postings[family] = postings(index.candidates, family)
        return family

    def forms(self, family: str) -> tuple[str, ...]:
        """Return the features that a quantity may be worded in: the English ones, and the language's own."""
        own = OWN + family
        return ("words", own) if own in self.index.candidates[0].features else (family,)

    def comparing(self, language: str, kinds: tuple[str, ...] = COMPARING) -> frozenset[str]:
        """Return the features of words that only say how a number moves or what it is compared with."""
        asked = language, kinds
        if asked not in self._comparing:
            read, held = self.index.lexicon(language), phrases(language)
            some = (read.features(phrase) for names in kinds for phrase in held[names])
            self._comparing[asked] = frozenset(feature.name for one in some for feature in one)
        return self._comparing[asked]


def languages_with_titles(framework: Framework) -> frozenset[str]:
    """Return the languages in which most nodes of a framework have titles; all where it has no nodes."""
    keys = [f"{level}.{code}" for level in framework.levels for code in framework.codes(level)]
    return frozenset(
        language
        for language in LANGUAGES
        if 2 * sum(framework.title(key, language) is not None for key in keys) >= len(keys)
    )


def year(name: str) -> bool:
    """Whether a feature is a year: it says when, not what."""
    return name.startswith("#") and name[1:5].isdigit() and 1900 <= int(name[1:5]) <= 2100


def titles_by_code(recorded: Recorded, language: str) -> dict[str, str]:
    """Return the record's titles by code alone, for columns that are not called as the titles' kind."""
    names: dict[str, str] = {}
    for (key, form), words in Framework.of(recorded).titles.items():
        if form == TITLE and language in words:
            names.setdefault(key.partition(".")[2], words[language].text)
    return names
