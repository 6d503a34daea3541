"""The likes of a quantity that a sentence names: partners, and others whose codes no term says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.candidate_index import CandidateIndex
from analysis.checking.candidates.likes import Likes
from analysis.checking.text.mentions import Mention, Sentence

# What a label says besides its name.
_BESIDE = re.compile(r"\s*[(（].*$")


def named_likes(
    catalogue: CandidateIndex, likes: Likes, held: Candidate, read: Sentence
) -> Iterator[Mention]:
    """Yield the likes of a quantity that a sentence names, of columns whose codes no term says.

    By their labels in its language.
    """
    told = {one.axis for one in read.mentions}
    for column, group in groups_of(likes, held):
        if column not in told:
            yield from _by_label(catalogue, column, group, read)


def groups_of(likes: Likes, held: Candidate) -> list[tuple[str, list[Candidate]]]:
    """Return the quantities that differ from one in a single name, with its column."""
    nested = likes.nested(held)
    taken = {column for column, _ in nested}
    return [*nested, *((column, group) for column, group in likes.groups(held) if column not in taken)]


def _by_label(
    catalogue: CandidateIndex, column: str, group: Sequence[Candidate], read: Sentence
) -> Iterator[Mention]:
    """Yield where labels stand, a longer one before a shorter within it."""
    codes = {}
    for like in group:
        label = _BESIDE.sub("", catalogue.named(column, like.axes[column], read.language)).lower()
        if label:
            codes[label] = like.axes[column]
    labels = _labels(tuple(sorted(codes, key=len, reverse=True)), read.language)
    for match in labels.finditer(read.text.lower()):
        yield Mention(*match.span(), column, codes[match[0]])


@lru_cache(maxsize=256)
def _labels(labels: tuple[str, ...], language: str) -> re.Pattern[str]:
    some = "|".join(map(re.escape, labels)) or r"(?!)"
    return re.compile(some if language == "zh" else rf"(?<!\w)(?:{some})(?!\w)")
