"""What the label of a row or a heading says: its words and codes, and how much of them a quantity has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.text.mentions import UNNAMED, Sentence

if TYPE_CHECKING:
    from analysis.checking.candidates.candidate_index import CandidateIndex
    from analysis.checking.text.context import Context

# The rarity of a word that narrows a subject.
NARROWS = 0.4


def spoken_in(read: Sentence, start: int = 0, end: int | None = None) -> frozenset[str]:
    """Return the words of a part of a sentence that narrow a subject, and the codes that it says.

    What a code says is its alone; a period and a figure narrow no subject.
    """
    end = len(read.text) if end is None else end
    said = [mention for mention in read.mentions if start <= mention.start and mention.end <= end]
    codes = {
        f"{mention.axis}:{mention.code}"
        for mention in said
        if mention.axis != "period" and mention.code != UNNAMED
    }
    words = {
        feature.name
        for feature in read.features
        if start <= feature.start
        and feature.end <= end
        and feature.name[:1] != "#"
        and not any(one.start <= feature.start and feature.end <= one.end for one in said)
    }
    return frozenset(codes | words)


def part_of_label_explained(
    catalogue: CandidateIndex, label: Iterable[str], candidate: Candidate, language: str
) -> float:
    """Return how much of the words of a label a quantity has, by rarity; 1 where it has none that tells.

    A code that the label says counts as a word: it is explained by a quantity of that code.
    """
    family = catalogue.wordings.family(language)
    rarity, forms = catalogue.rarity[family], catalogue.wordings.forms(family)
    whole = held = 0.0
    for name in label:
        axis, colon, code = name.partition(":")
        if colon:
            weight = 1.0
            own = candidate.axes.get(axis, "")
            has = own in code.split("|") or (
                catalogue.is_whole(axis, code) and (not own or axis in candidate.whole)
            )
        else:
            weight = rarity.get(name, 0.0 if family == "zh" else NARROWS)
            has = any(name in candidate.features[form] for form in ("words", *forms))
        whole += weight
        held += weight if has else 0.0
    return held / whole if whole else 1.0


def label_rows(contexts: dict[int, Context], sentence: Sentence, cells: list[tuple[int, int]]) -> None:
    """Give the numbers of a row what its first cell says of them."""
    label = spoken_in(sentence, *cells[0])
    for context in contexts.values():
        if context.number.start >= cells[0][1]:
            context.label = label
