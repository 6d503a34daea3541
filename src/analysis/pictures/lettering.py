"""Text that is measured before it is drawn: widths in points, lines that fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

_MEASURE = TextToPath()
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_CLOSING = "，。；：、！？）】》”’,.;:!?)%–-"
_AFTER_SPACE = (";", ":", "!", "?", "%", "»")
_PIECES = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]*[-–/](?=[^\s\d])|[^\s{_WIDE}]+|\s+")


@dataclass(frozen=True)
class Letters:
    """A size and weight of text in some font families."""

    families: tuple[str, ...]
    points: float
    weight: str = "normal"

    @property
    def line(self) -> float:
        """Height of a line in points."""
        return self.points * 1.28

    def width(self, text: str) -> float:
        """Return the width of one line in points."""
        return _width(text, self)

    def wrap(self, text: str, room: float) -> list[str]:
        """Return lines that are no wider than the room, broken at spaces, after hyphens, between Han signs.

        A word that is wider than the room stands alone; Chinese closing signs, and signs that a language sets
        after a space (``56 %``), begin no line.
        """
        lines: list[str] = []
        for paragraph in text.split("\n"):
            line = ""
            for piece in _pieces(paragraph):
                if line and not piece.isspace() and self.width((line + piece).rstrip()) > room:
                    lines.append(line.rstrip())
                    line = ""
                line += piece if line or not piece.isspace() else ""
            lines.append(line.rstrip())
        return lines

    def widest(self, lines: list[str]) -> float:
        """Return the width of the widest line."""
        return max((self.width(line) for line in lines), default=0.0)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if piece in _AFTER_SPACE and len(pieces) > 1 and pieces[-1].isspace():
            space = pieces.pop()
            pieces[-1] += space + piece
        elif pieces and piece[0] in _CLOSING and not pieces[-1].isspace():
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


@lru_cache(maxsize=50_000)
def _width(text: str, letters: Letters) -> float:
    if not text:
        return 0.0
    font = FontProperties(family=list(letters.families), size=letters.points, weight=letters.weight)
    return _MEASURE.get_text_width_height_descent(text, font, ismath=False)[0]
