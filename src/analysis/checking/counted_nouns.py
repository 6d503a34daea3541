"""What a number of a text counts: the noun of the record that follows it."""

from __future__ import annotations

import re
from collections.abc import Set

from analysis.checking.context import Context

_PHRASE = re.compile(
    r"\b(?:of|in|under|by|for|with|from|that|which|who|were|was|are|is|and|to|at|on|du|des|en|dans|que|qui|et|y|"
    r"por|para|con|se|ont|sont|han|son)\b|[,.;:()，。；：、（）]"
)


def counted_noun(context: Context, nouns: Set[str]) -> frozenset[str]:
    """Return the counted noun that follows a number: the last of its phrase in English, or the first.

    ``nouns`` are the stems of all that the record counts.
    """
    end = _PHRASE.search(context.sentence.text, context.number.end + 4)
    reach = end.start() if end else len(context.sentence.text)
    places = [place for place, name in context.counted if name in nouns and place < reach]
    if not places:
        return frozenset()
    chosen = places[-1] if context.sentence.language == "en" else places[0]
    return frozenset(name for place, name in context.counted if place == chosen and name in nouns)
