"""The words that set a part against its whole: "six of these eight", "cinq des huit", 在8项中."""

from __future__ import annotations

import re
from functools import cache

from analysis.reading.languages import word_lists

_NEVER = "(?!)"


@cache
def between_part_and_whole(language: str) -> re.Pattern[str]:
    """Return what stands between a part and its whole: " of the ", " des "."""
    of, these, joined, _ = _words(language)
    return re.compile(rf"\s*(?:{of})(?:\s(?:{these}))?\s+|\s*(?:{joined}|{these})\s+", re.I)


@cache
def before_whole(language: str) -> re.Pattern[str]:
    """Return what stands right before a whole that is named first: "out of the ", 在."""
    of, these, joined, before = _words(language)
    return re.compile(rf"(?:\b(?:{of})(?:\s(?:{these}))?\s+|\b(?:{joined})\s+|(?:{before})\s*)$", re.I)


@cache
def of_these(language: str) -> re.Pattern[str]:
    """Return what stands after a count of some of several that are known: " of these", " des"."""
    of, these, joined, _ = _words(language)
    return re.compile(rf"\s*(?:(?:{of}) (?:{these})|{joined})\b", re.I)


def _words(language: str) -> tuple[str, ...]:
    held = word_lists(language)["parts"]
    return tuple(
        "|".join(map(re.escape, held[kind])) or _NEVER for kind in ("of", "these", "joined", "before")
    )
