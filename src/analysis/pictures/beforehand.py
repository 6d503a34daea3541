"""Letters set, measured and drawn once, for all processes that are forked from this one to draw charts."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from matplotlib import rcParams

from analysis.labels import label_texts
from analysis.pictures import palette
from analysis.pictures.figures import house_style
from analysis.pictures.fonts import LATIN
from analysis.pictures.formats import as_pdf
from analysis.pictures.glyphs import Dots
from analysis.pictures.line import Line
from analysis.pictures.sheet import SIZES, Sheet
from analysis.pictures.surface import Surface

_WORD = re.compile("[!-~\u00a1-\u017f]+")
_SIGNS = " \u00a0,.()/+-–−"
"""What stands beside the digits of a number."""
_NUMBERS = (
    "".join(digit + beside for digit in string.digits for beside in string.digits + _SIGNS),
    " ".join(string.ascii_letters),
    *string.ascii_letters,
    *string.digits,
    *"(+−",
)
"""Texts in which every digit stands beside every sign of numbers, letters beside a blank; each begins one."""


@cache
def set_letters_beforehand(language: str) -> None:
    """Write the words of a language, and numbers, in the letters of a chart, of every size that it has.

    How letters stand behind each other, how wide they are and how PDF draws them is known from then on; of
    digits, and of what a text begins with, for all languages of the same font.
    """
    with house_style(language):
        size = SIZES["full"]
        sheet, surface = Sheet(size, language, size.points), Surface((1.0, 1.0))
        known = _pairs_of(sheet.label.families)
        numbers = _NUMBERS if sheet.label.families == (LATIN,) and not known else ()
        words = " ".join(_with_all_pairs(label_texts(language).values(), known))
        dots = Dots(1, 1, float(rcParams["savefig.dpi"]))
        for letters in (sheet.title, sheet.subtitle, sheet.label, sheet.small):
            letters.width(words)
            for text in (words, *numbers):
                dots.letters(text, letters.font)
                surface.add_artist(Line(0.0, 0.0, text, letters, palette.INK, "left"))
        as_pdf(surface, {})


@cache
def _pairs_of(families: tuple[str, ...]) -> set[str]:
    """Return the pairs of letters that were set before in some fonts, by any language."""
    return set()


def _with_all_pairs(texts: Iterable[str], known: set[str]) -> Iterator[str]:
    """Yield words of some texts, in which every two letters stand together that do so in any.

    Pairs that are known need no word; those of the words become known.
    """
    for word in dict.fromkeys(word for text in texts for word in text.split()):
        if _WORD.fullmatch(word) and not known.issuperset(pairs := set(map("".join, pairwise(word)))):
            known |= pairs
            yield word
