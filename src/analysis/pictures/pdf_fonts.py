"""A file of PDF that draws each letter of a font once for all files, and writes what matplotlib would."""

from __future__ import annotations

import math
import os
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import count, groupby
from typing import IO, Any, NamedTuple

from matplotlib import rcParams
from matplotlib.backends.backend_pdf import Name, PdfFile, _get_pdf_charprocs, pdfRepr
from matplotlib.font_manager import FontPath, get_font
from matplotlib.ft2font import FaceFlags, GlyphIndexType, LoadFlags, StyleFlags

_SERIFS, _ITALIC = 1 << 5, 1 << 6
"""Flags of a font in PDF: letters of a Latin text; slanted."""


_CLOCK = "SOURCE_DATE_EPOCH"
_NO_LETTER = GlyphIndexType(0)


class _Described(NamedTuple):
    """What a file says of a font, whichever of its letters stand in it."""

    name: str
    bbox: list[int]
    measures: dict[str, Any]


class ChartPdf(PdfFile):
    """matplotlib's file of PDF, which draws and packs each letter of a font once, and asks no clock."""

    def __init__(self, written: IO[bytes], metadata: Mapping[str, str | None]):
        asked = os.environ.pop(_CLOCK, None)  # which may hold no number; the dates inside are the record's
        try:
            super().__init__(written, metadata=metadata)
        finally:
            if asked is not None:
                os.environ[_CLOCK] = asked

    def embedTTF(self, filename: FontPath, subset_index: int, charmap: dict[int, GlyphIndexType]) -> Any:
        """Write the letters of a font that the file shows; parameters are matplotlib's."""
        level = int(rcParams["pdf.compression"])
        if rcParams["pdf.fonttype"] != 3 or not level:
            return super().embedTTF(filename, subset_index, charmap)
        face = filename.path, filename.face_index
        described = _described(*face)
        name = Name(self._get_subsetted_psname(described.name, charmap).encode("ascii", "replace"))
        descriptor = {"Type": Name("FontDescriptor"), "FontName": name, **described.measures}
        widths, about, font, shapes, texts = (
            self.reserveObject(kind)
            for kind in (
                "font widths",
                "font descriptor",
                "font dictionary",
                "character procs",
                "ToUnicode map",
            )
        )
        first, last = min(charmap), max(charmap)
        wide = [_width(*face, charmap.get(code, _NO_LETTER)) for code in range(first, last + 1)]
        descriptor["MaxWidth"] = max(wide)
        drawn = dict(_drawn(*face, level, glyph) for glyph in charmap.values())
        objects = {}
        for letter in sorted(drawn):
            objects[letter] = self.reserveObject("charProc")
            self.recordXref(objects[letter].id)
            self.write(b"%d 0 obj\n%b" % (objects[letter].id, drawn[letter]))
        self.writeObject(
            font,
            {
                "Type": Name("Font"),
                "BaseFont": name,
                "FirstChar": first,
                "LastChar": last,
                "FontDescriptor": about,
                "Subtype": Name("Type3"),
                "Name": name,
                "FontBBox": described.bbox,
                "FontMatrix": [0.001, 0, 0, 0.001, 0, 0],
                "CharProcs": shapes,
                "Encoding": {"Type": Name("Encoding"), "Differences": _differences(face, charmap)},
                "Widths": widths,
                "ToUnicode": texts,
            },
        )
        self.writeObject(about, descriptor)
        self.writeObject(widths, wide)
        self.writeObject(shapes, objects)
        self.outputStream(texts, self._texts(filename, subset_index, charmap))
        return font

    def _texts(self, filename: FontPath, subset: int, charmap: dict[int, GlyphIndexType]) -> bytes:
        """Return which text each code stands for."""
        ranges = []
        for codes in _runs(charmap):
            texts = (self._character_tracker.subset_to_unicode(filename, subset, code) for code in codes)
            values = " ".join(f"<{text.encode('utf-16be').hex()}>" for text in texts)
            ranges.append(f"<{codes[0]:02x}> <{codes[-1]:02x}> [{values}]")
        return self._identityToUnicodeCMap % (len(ranges), "\n".join(ranges).encode("ascii"))


def _runs(codes: Iterable[int]) -> list[list[int]]:
    """Return codes in order, those that follow each other together."""
    place = count()
    return [list(run) for _, run in groupby(sorted(codes), lambda code: code - next(place))]


def _differences(face: tuple[str, int], charmap: dict[int, GlyphIndexType]) -> list[int | Name]:
    """Return the names of letters in the order of their codes, each run of codes behind its first."""
    listed: list[int | Name] = []
    for codes in _runs(charmap):
        listed += [codes[0], *(_name(*face, charmap[code]) for code in codes)]
    return listed


def _thousandths(length: float, font: Any, nearest: bool = True) -> int:
    """Return a length of a font in thousandths of its size, to the nearest or away from zero."""
    value = length / font.units_per_EM * 1000
    if nearest:
        return round(value)
    return math.floor(value) if value < 0 else math.ceil(value)


@lru_cache(maxsize=50)
def _described(path: str, index: int) -> _Described:
    font = get_font(FontPath(path, index))
    heights, slant = font.get_sfnt_table("pclt"), font.get_sfnt_table("post")
    capitals, small = (heights["capHeight"], heights["xHeight"]) if heights else (0, 0)
    bbox = [_thousandths(side, font, nearest=False) for side in font.bbox]
    flags = int(FaceFlags.FIXED_WIDTH in font.face_flags) | _SERIFS
    measures = {
        "Flags": flags | (_ITALIC if StyleFlags.ITALIC in font.style_flags else 0),
        "FontBBox": bbox,
        "Ascent": _thousandths(font.ascender, font, nearest=False),
        "Descent": _thousandths(font.descender, font, nearest=False),
        "CapHeight": _thousandths(capitals, font, nearest=False),
        "XHeight": _thousandths(small, font),
        "ItalicAngle": slant["italicAngle"][1] if slant else 0,
        "StemV": 0,
    }
    return _Described(font.postscript_name, bbox, measures)


@lru_cache(maxsize=20_000)
def _width(path: str, index: int, glyph: GlyphIndexType) -> int:
    font = get_font(FontPath(path, index))
    letter = font.load_glyph(glyph, flags=LoadFlags.NO_SCALE | LoadFlags.NO_HINTING)
    return _thousandths(letter.horiAdvance, font)


@lru_cache(maxsize=20_000)
def _name(path: str, index: int, glyph: GlyphIndexType) -> Name:
    return Name(get_font(FontPath(path, index)).get_glyph_name(glyph))


@lru_cache(maxsize=20_000)
def _drawn(path: str, index: int, level: int, glyph: GlyphIndexType) -> tuple[str, bytes]:
    """Return the name of a letter, and how it is drawn, packed as the object of a file."""
    ((name, drawing),) = _get_pdf_charprocs(FontPath(path, index), [glyph]).items()
    packed = zlib.compress(drawing, level)
    head = pdfRepr({"Length": len(packed), "Filter": Name("FlateDecode")})
    return name, b"%b\nstream\n%b\nendstream\nendobj\n" % (head, packed)
