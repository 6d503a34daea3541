"""The language of each part of a draft."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.reading import Draft, language_of

# From how many signs on a block is long enough to tell its language.
LONG = 120


def languages_of(draft: Draft, language: str = "auto") -> Iterator[str]:
    """Yield the language of each block of a draft: of a long one by its own words.

    Parameters
    ----------
    draft : Draft
    language : str
        That of all of them; ``auto`` finds it out by the commonest words.
    """
    auto = language == "auto"
    whole = language_of("\n".join(block.text for block in draft.blocks[:400])) if auto else language
    for block in draft.blocks:
        yield language_of(block.text, whole) if auto and len(block.text) > LONG else whole
