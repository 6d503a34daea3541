"""Text that is measured before it is drawn: widths in points, lines that fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from analysis.pictures.fonts import LATIN

_MEASURE = TextToPath()
_HUNDRED = TextToPath.FONT_SCALE
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_CLOSING = "，。；：、！？）】》”’,.;:!?)%–-"
_OPENING = "（《〈「『【〔“‘([«"
_AFTER_SPACE = (";", ":", "!", "?", "%", "»")
# Spaces that part nothing belong to their word; an abbreviation (É.-U.) is not broken after its hyphen.
_SPACE = r" \t\n\r\u2009\u3000"
_WORD = rf"[^{_SPACE}{_WIDE}]"
_PIECES = re.compile(rf"[{_WIDE}]|{_WORD}*(?<!\.)[-–/](?=[^{_SPACE}\d])|{_WORD}+|[{_SPACE}]+")


_APART = re.compile("[A-Za-eg-zÀ-ÖØ-öø-ÿ0-9.,:;!?()%/'’“”«»–—−+=&-]{3,}")
"""Words without f, which melts into ff, fi and fl, and without signs that are put onto others."""
_PARTS = re.compile(r"[^-–/]+[-–/]*|[-–/]+")
_SIGNS = re.escape(_CLOSING.strip("–-") + "»")
_LETTERS = re.compile(rf"[\s\S](?:\s?[{_SIGNS}])*")
"""A letter with the signs that may begin no line."""


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

    @property
    def font(self) -> FontProperties:
        """The font that matplotlib draws with."""
        return _font(self)

    def width(self, text: str) -> float:
        """Return the width of one line in points."""
        return _width(text, self)

    def wrap(self, text: str, room: float) -> list[str]:
        """Return lines that are no wider than the room, broken at spaces, after hyphens, between Han signs.

        A word that is wider than the room is broken after its hyphens and slashes, and between letters
        where it has none that serve; Chinese closing signs, and signs that a language sets
        after a space (``56 %``), begin no line, and opening signs end none.
        """
        lines: list[str] = []
        for paragraph in text.split("\n"):
            pieces, start = self._fitting(_pieces(paragraph), room), 0
            while start < len(pieces) and pieces[start].isspace():
                start += 1
            if start == len(pieces):
                lines.append("")
            while start < len(pieces):
                end = self._end(pieces, start, room)
                lines.append("".join(pieces[start:end]).rstrip())
                while end < len(pieces) and pieces[end].isspace():
                    end += 1
                start = end
        return lines

    def _fitting(self, pieces: list[str], room: float) -> list[str]:
        """Return pieces that are as wide as the room at most, or one letter with its closing signs."""
        fitting: list[str] = []
        for piece in pieces:
            if piece.isspace() or self.width(piece) <= room:
                fitting.append(piece)
                continue
            for part in _PARTS.findall(piece):
                fitting += [part] if self.width(part) <= room else _LETTERS.findall(part)
        return fitting

    def _end(self, pieces: list[str], start: int, room: float) -> int:
        """Return where the line ends that begins with a piece: it holds that piece, and as many as fit.

        A line with more on it is never narrower. Most texts fit at once; else the place is looked for where
        the line would end if all its pieces were as wide as those that were measured last.
        """
        fits, above, middle = start + 1, len(pieces) + 1, len(pieces)
        while above - fits > 1:
            wide = self.width("".join(pieces[start:middle]).rstrip())
            fits, above = (middle, above) if wide <= room else (fits, middle)
            guess = start + int((middle - start) * room / wide) if wide else above
            middle = min(max(guess, fits + 1), above - 1)
        return fits

    def widest(self, lines: list[str]) -> float:
        """Return the width of the widest line."""
        return max((self.width(line) for line in lines), default=0.0)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for piece in _PIECES.findall(text):
        if piece[0] in _AFTER_SPACE and len(pieces) > 1 and pieces[-1].isspace():
            space = pieces.pop()
            pieces[-1] += space + piece
        elif pieces and _stays_with(piece, pieces[-1]):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _stays_with(piece: str, before: str) -> bool:
    """Whether no line may end between two pieces: after an opening sign, before a closing one."""
    if piece.isspace() or before.isspace():
        return False
    return before[-1] in _OPENING or piece[0] in _CLOSING


def _width(text: str, letters: Letters) -> float:
    families, weight = letters.families, letters.weight
    parts = text.split(" ") if families == (LATIN,) else [text]
    spaces = (len(parts) - 1) * _hundred(" ", families, weight)
    wide = spaces + sum(_hundred(part, families, weight) for part in parts if part)
    return wide * (letters.points / _HUNDRED)


@lru_cache(maxsize=1_000)
def _font(letters: Letters) -> FontProperties:
    return FontProperties(family=list(letters.families), size=letters.points, weight=letters.weight)


@lru_cache(maxsize=50_000)
def _hundred(text: str, families: tuple[str, ...], weight: str) -> float:
    """Return the width of a text that is a hundred points tall, of which other sizes are a part.

    DejaVu sets a word as wide whatever stands beyond a space, so that a line is as wide as its words and
    spaces together; Noto's Chinese fonts do not. A word of letters none of which melt into one is as wide
    as its pairs, less the letters that stand in two of them.
    """
    if families != (LATIN,) or not _APART.fullmatch(text):
        return _measured(text, families, weight)
    pairs = sum(_measured(pair, families, weight) for pair in map("".join, pairwise(text)))
    return pairs - sum(_measured(letter, families, weight) for letter in text[1:-1])


@lru_cache(maxsize=50_000)
def _measured(text: str, families: tuple[str, ...], weight: str) -> float:
    font = FontProperties(family=list(families), size=_HUNDRED, weight=weight)
    return _MEASURE.get_text_width_height_descent(text, font, ismath=False)[0]
