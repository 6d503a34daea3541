"""What the typography of a language asks of a text: spaces at which no line may end, brackets."""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
# A French colon, semicolon, exclamation or question mark, and guillemets, stand apart but never alone.
_APART = re.compile(r" (?=[:;?!»](?:\W|$))|(?<=«) ")
_BRACKETS = re.compile(r" ?\(([^()]*)\)")
_HAN = re.compile("[\u3400-\u9fff]")


def typographic(text: str, language: str) -> str:
    """Return a text as its language sets it.

    In French a no-break space stands where a sign is set apart; in Chinese brackets that hold Chinese, or
    follow it, are as wide as its letters. In other languages the text stays as it is.

    Parameters
    ----------
    text : str
    language : str
        Code of the language.
    """
    if language == "fr":
        return _APART.sub(NO_BREAK, text)
    return _BRACKETS.sub(_wide, text) if language == "zh" else text


def _wide(narrow: re.Match[str]) -> str:
    before = narrow.string[max(narrow.start() - 1, 0) : narrow.start()]
    chinese = _HAN.search(narrow[1]) or _HAN.match(before)
    return f"（{narrow[1]}）" if chinese else narrow[0]
