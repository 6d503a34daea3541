"""The language of each part of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.reading import Draft, language_is_told, language_of, words_of_another

_CHINESE, _LETTER = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-zÀ-ÿ]")
# From how many signs on a block is long enough to tell its language.
LONG = 120
# From how many words on parts of a draft that no language is told of are said to be of another.
MANY = 30
# What a draft is to be opened by: the language of the whole is told by so many of its blocks.
FIRST = 400


def remarks_on(draft: Draft, language: str = "auto") -> list[str]:
    """Return what a reader is to know of how a draft was read: what was left out, a language that none tells.

    ``language`` is that of all of it, ``auto`` where it was found out.
    """
    remarks = [*draft.remarks]
    if language != "auto":
        return remarks
    whole = "\n".join(block.text for block in draft.blocks[:FIRST])
    if not language_is_told(whole):
        return [
            *remarks,
            f"its language cannot be told; it is read as {language_of(whole)}, and numbers may be read wrong "
            "where it is another: name it with --language (en, fr, es, zh)",
        ]
    others = [(block, words_of_another(block.text)) for block in draft.blocks if block.kind != "row"]
    others = [(block, words) for block, words in others if words]
    if sum(words for _, words in others) >= MANY:
        told = "1 paragraph" if len(others) == 1 else f"{len(others)} paragraphs"
        remarks.append(
            f"the language of {told} cannot be told ({others[0][0].place} first): read as "
            f"{language_of(whole)}, and numbers may be read wrong where it is another"
        )
    return remarks


def languages_of(draft: Draft, language: str = "auto") -> Iterator[str]:
    """Yield the language of each block of a draft: of a long one, or one of another script, by its own words.

    ``language`` is that of all of them; ``auto`` finds it out by the commonest words.
    """
    auto = language == "auto"
    whole = language_of("\n".join(block.text for block in draft.blocks[:FIRST])) if auto else language
    for block in draft.blocks:
        told = len(block.text) > LONG or _is_of_another_script(block.text, whole)
        yield language_of(block.text, whole) if auto and told else whole


def _is_of_another_script(text: str, language: str) -> bool:
    """Whether a text has no sign of the script of a language: Chinese, or the letters of the others."""
    return not (_CHINESE if language == "zh" else _LETTER).search(text)
