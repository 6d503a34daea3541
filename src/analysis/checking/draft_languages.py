"""The language of each part of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.reading import Draft, language_of

_CHINESE, _LETTER = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-zÀ-ÿ]")
# From how many signs on a block is long enough to tell its language.
LONG = 120


def languages_of(draft: Draft, language: str = "auto") -> Iterator[str]:
    """Yield the language of each block of a draft: of a long one, or one of another script, by its own words.

    Parameters
    ----------
    draft : Draft
    language : str
        That of all of them; ``auto`` finds it out by the commonest words.
    """
    auto = language == "auto"
    whole = language_of("\n".join(block.text for block in draft.blocks[:400])) if auto else language
    for block in draft.blocks:
        told = len(block.text) > LONG or _is_of_another_script(block.text, whole)
        yield language_of(block.text, whole) if auto and told else whole


def _is_of_another_script(text: str, language: str) -> bool:
    """Whether a text has no sign of the script of a language: Chinese, or the letters of the others."""
    return not (_CHINESE if language == "zh" else _LETTER).search(text)
