"""Fonts: DejaVu Sans, which comes with matplotlib, and for Chinese one that is found here."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

LATIN = "DejaVu Sans"
CHINESE = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Microsoft YaHei",
)
PACKAGE = "noto_cjk_sans_otc"
_FILES = ("notosanscjk", "notosanssc", "sourcehansans", "wqy-", "wenquanyi", "pingfang", "msyh")
_INVISIBLE = {"\n", "\N{ZERO WIDTH SPACE}"}


class FontError(RuntimeError):
    """A font, or a glyph in the fonts at hand, that is not there."""

    exit_code = 1


@cache
def families(language: str) -> tuple[str, ...]:
    """Return the font families of a language, in the order in which glyphs are looked up.

    Raises
    ------
    FontError
        When the language is Chinese and there is no font for it; the message says what to install.
    """
    return (chinese_family(), LATIN) if language == "zh" else (LATIN,)


@cache
def chinese_family() -> str:
    """Return the family of a font with Chinese glyphs, from this system or from the optional package.

    Fonts installed after matplotlib made its list of fonts are looked for on disk as well.
    """
    family = _known()
    if family is None:
        for path in (*_packaged(), *_on_disk()):
            font_manager.fontManager.addfont(path)
        family = _known()
    if family is None:
        raise FontError(
            "no font with Chinese glyphs is here: install one with `make system-deps` (fonts-noto-cjk), "
            f"or with `pip install {PACKAGE.replace('_', '-')}`; looked for {', '.join(CHINESE)}"
        )
    return family


def _known() -> str | None:
    listed = {font.name for font in font_manager.fontManager.ttflist if Path(font.fname).is_file()}
    return next((name for name in CHINESE if name in listed), None)


def _packaged() -> list[str]:
    package = importlib.util.find_spec(PACKAGE)
    if package is None or not package.submodule_search_locations:
        return []
    folder = Path(package.submodule_search_locations[0])
    return sorted(str(path) for path in folder.glob("*.[ot]t[cf]"))


def _on_disk() -> list[str]:
    paths = font_manager.findSystemFonts()
    return sorted(path for path in paths if any(part in Path(path).name.lower() for part in _FILES))


@cache
def _glyphs(family: str) -> frozenset[int]:
    path = font_manager.findfont(family, fallback_to_default=False)
    return frozenset(FT2Font(path).get_charmap())


@cache
def _signs(language: str) -> frozenset[int]:
    return frozenset().union(*(_glyphs(family) for family in families(language)))


def check_glyphs(text: str, language: str) -> None:
    """Raise when a character of a text has a glyph in none of the language's fonts.

    Raises
    ------
    FontError
        With the characters and the fonts.
    """
    known = _signs(language)
    missing = sorted({sign for sign in text if ord(sign) not in known and sign not in _INVISIBLE})
    if missing:
        signs = ", ".join(f"{sign!r} (U+{ord(sign):04X})" for sign in missing)
        raise FontError(f"no glyph for {signs} in {', '.join(families(language))}: found in {text[:60]!r}")
