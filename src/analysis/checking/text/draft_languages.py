"""The language of each part of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analysis.reading import Draft, language_is_told, language_of, words_of_another

_CHINESE, _LETTER = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-zÀ-ÿ]")
# What a spreadsheet writes where a formula has no value: "#REF!".
_BROKEN = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A)")
# From how many signs on a block is long enough to tell its language.
LONG = 120
# From how many words on parts of a draft that no language is told of are said to be of another.
MANY = 30
# What a draft is to be opened by: the language of the whole is told by so many of its blocks.
FIRST = 400


def remarks_on(draft: Draft, language: str = "auto", titled: Iterable[str] = ()) -> list[str]:
    """Return what a reader is to know of how a draft was read: what was left out, a language that none tells.

    ``language`` is that of all of it, ``auto`` where it was found out; ``titled`` are the languages in which
    the record has titles, where a language of the draft may not be among them.
    """
    remarks = [*draft.remarks, *_broken(draft)]
    others = sorted({*languages_of(draft, language)} - {*titled}) if titled else []
    remarks += [
        f"the record has no titles in {_english_name(other)}: what its numbers mean is told by names and by "
        "words that are alike, and none is called wrong that only looks so"
        for other in others
    ]
    if language != "auto":
        return remarks
    whole = "\n".join(block.text for block in draft.blocks[:FIRST])
    if not language_is_told(whole):
        return [
            *remarks,
            f"its language cannot be told; it is read as {language_of(whole)}, and numbers may be read wrong "
            "where it is another: name it with --language (en, fr, es, zh)",
        ]
    untold = [(block, words_of_another(block.text)) for block in draft.blocks if block.kind != "row"]
    untold = [(block, words) for block, words in untold if words]
    if sum(words for _, words in untold) >= MANY:
        told = "1 paragraph" if len(untold) == 1 else f"{len(untold)} paragraphs"
        remarks.append(
            f"the language of {told} cannot be told ({untold[0][0].place} first): read as "
            f"{language_of(whole)}, and numbers may be read wrong where it is another"
        )
    return remarks


def _broken(draft: Draft) -> list[str]:
    """Return what is to be said of errors of a spreadsheet that stand where numbers were to stand."""
    broken = [(block.place, match[0]) for block in draft.blocks for match in _BROKEN.finditer(block.text)]
    if not broken:
        return []
    (place, text), told = broken[0], "1 error" if len(broken) == 1 else f"{len(broken)} errors"
    return [f"holds {told} of a spreadsheet ({place} first: {text}): no number is there to check"]


def languages_of(draft: Draft, language: str = "auto") -> Iterator[str]:
    """Yield the language of each block of a draft: of a long one, or one of another script, by its own words.

    ``language`` is that of all of them; ``auto`` finds it out by the commonest words.
    """
    auto = language == "auto"
    whole = language_of("\n".join(block.text for block in draft.blocks[:FIRST])) if auto else language
    for block in draft.blocks:
        told = len(block.text) > LONG or _is_of_another_script(block.text, whole)
        yield language_of(block.text, whole) if auto and told else whole


def _english_name(language: str) -> str:
    from babel import Locale  # where it is asked, only

    return str(Locale(language).english_name)


def _is_of_another_script(text: str, language: str) -> bool:
    """Whether a text has no sign of the script of a language: Chinese, or the letters of the others."""
    return not (_CHINESE if language == "zh" else _LETTER).search(text)
