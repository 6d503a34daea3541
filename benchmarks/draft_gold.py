"""Practice drafts with their gold in the text: ``{printed|code|record value}``; codes A, D, N, O, X."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

MARK = re.compile(r"\{([^|{}]+)\|([ADNOX])(?:\|([^{}]+))?\}")
VERDICTS = {
    "A": "agrees",
    "D": "disagrees",
    "N": "not in the record",
    "O": "other period",
    "X": "not a statement about data",
}


@dataclass(frozen=True)
class Gold:
    """A number of a practice draft: place, what is printed, verdict, what the record says."""

    start: int
    printed: str
    verdict: str
    record_value: str


def bare(path: Path) -> tuple[str, list[Gold]]:
    """Return a practice draft without its marks, and the marked numbers."""
    text, gold, last = "", [], 0
    source = path.read_text(encoding="utf-8")
    for match in MARK.finditer(source):
        text += source[last : match.start()]
        gold.append(Gold(len(text), match[1], VERDICTS[match[2]], match[3] or ""))
        text += match[1]
        last = match.end()
    return text + source[last:], gold
