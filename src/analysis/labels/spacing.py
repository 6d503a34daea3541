"""Spaces at which no line may end, by the typography of a language."""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
# A French colon, semicolon, exclamation or question mark, and guillemets, stand apart but never alone.
_APART = {"fr": re.compile(r" (?=[:;?!»](?:\W|$))|(?<=«) ")}


def unbreakable(text: str, language: str) -> str:
    """Return a text in which a no-break space stands where its language sets a sign apart.

    Parameters
    ----------
    text : str
    language : str
        Code of the language; but for French the text stays as it is.
    """
    apart = _APART.get(language)
    return text if apart is None else apart.sub(NO_BREAK, text)
