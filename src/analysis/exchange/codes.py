"""Codes for what has only a title: readable, of limited length, the same for the same words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

# A row of a CSV file: its texts by column.
CsvRow = dict[str, str]
LONGEST = 56
_SPELLED = {"%": " percent ", "#": " number ", "&": " and ", "+": " plus "}


def slug(text: str) -> str:
    """Return words as a code: ``% of children`` becomes ``percent_of_children``.

    Letters of other scripts stay; a long text is cut at a word and ends in a digest of the whole.
    """
    folded = unicodedata.normalize(
        "NFKD", "".join(_SPELLED.get(character, character) for character in text)
    ).casefold()
    plain = (
        "".join(character for character in folded if not unicodedata.combining(character))
        .replace("'", "")
        .replace("’", "")
    )
    code = "_".join(re.findall(r"\w+", plain.replace("_", " "))) or f"x_{_digest(text)}"
    if len(code) <= LONGEST:
        return code
    return f"{code[: LONGEST - 5].rpartition('_')[0] or code[: LONGEST - 5]}_{_digest(plain)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:4]


def codes_of_texts(texts: Iterable[str]) -> dict[str, str]:
    """Return a code for each text; where several texts make one code, all but the first get a digest.

    Parameters
    ----------
    texts : iterable of str
        In the order in which they are first met.
    """
    codes: dict[str, str] = {}
    taken: set[str] = set()
    for text in dict.fromkeys(texts):
        code = slug(text)
        codes[text] = code if code not in taken else f"{code}_{_digest(text)}"
        taken.add(codes[text])
    return codes
