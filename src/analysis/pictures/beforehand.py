"""Letters set, measured and drawn once, for all processes that are forked from this one to draw charts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from matplotlib import rcParams

from analysis.labels import label_texts
from analysis.pictures import palette
from analysis.pictures.figures import house_style
from analysis.pictures.formats import as_pdf
from analysis.pictures.glyphs import Dots
from analysis.pictures.line import Line
from analysis.pictures.sheet import SIZES, Sheet
from analysis.pictures.surface import Surface

_WORD = re.compile("[!-~\u00a1-\u017f]+")


@cache
def set_letters_beforehand(language: str) -> None:
    """Write the words of a language in the letters of a chart, of every size that its words have.

    How letters stand behind each other, how wide they are and how PDF draws them is known from then on.
    """
    words = " ".join(_with_all_pairs(label_texts(language).values()))
    with house_style(language):
        size = SIZES["full"]
        sheet, surface = Sheet(size, language, size.points), Surface((1.0, 1.0))
        dots = Dots(1, 1, float(rcParams["savefig.dpi"]))
        for letters in (sheet.title, sheet.subtitle, sheet.label, sheet.small):
            letters.width(words)
            dots.letters(words, letters.font)
            surface.add_artist(Line(0.0, 0.0, words, letters, palette.INK, "left"))
        as_pdf(surface, {})


def _with_all_pairs(texts: Iterable[str]) -> Iterator[str]:
    """Yield words of some texts, in which every two letters stand together that do so in any."""
    known: set[tuple[str, str]] = set()
    for word in dict.fromkeys(word for text in texts for word in text.split()):
        if _WORD.fullmatch(word) and not known.issuperset(pairs := set(pairwise(word))):
            known |= pairs
            yield word
