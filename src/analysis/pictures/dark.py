"""Pictures in the dark: an SVG says itself how its colours change where a page is read on a dark ground.

Only screens that ask for it see these colours: a picture on paper, in Word or on a light page stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from analysis.pictures import palette

PAPER = "#12181F"
"""The ground of a dark page: ``--paper`` of the site's style."""
# What stands on the paper itself, and what is to stay quiet there.
_FIXED = {
    palette.PAPER: PAPER,
    palette.INK: "#E6EBF0",
    palette.MUTED: "#AAB6C2",
    "#D9DEE4": "#36414C",
}
_MARK, _WORDS = 3.0, 4.5
"""The least contrast of marks and of words (WCAG 1.4.11, 1.4.3); thin marks are to have that of words."""
THIN = {"lines", "panels", "slope", "dumbbell", "intervals"}
"""Kinds of charts that are drawn with lines and points, on which no words stand."""
_COLOUR = re.compile(r"\b(fill|stroke): (#[0-9a-f]{6})")
_TEXT = re.compile(r"<(?:text|tspan)\b[^>]*?\bfill: (#[0-9a-f]{6})")
_STYLE = "</style>"


@cache
def in_the_dark(colour: str, least: float = _MARK) -> str:
    """Return a colour as it is on the dark ground: itself, or as much lighter as its contrast needs.

    A fill that is made lighter had white words on it, and they stay readable: at a contrast of 3 with the
    ground, white has more than 4.5 with the fill.

    Parameters
    ----------
    colour : str
        ``#RRGGBB``.
    least : float
        The contrast that it needs: 3 for marks, 4.5 for words.
    """
    colour = colour.upper()
    if colour in _FIXED:
        return _FIXED[colour]
    lighter = (palette.between((colour, palette.PAPER), step / 100) for step in range(101))
    return next(tint for tint in lighter if palette.contrast(tint, PAPER) >= least)


def with_dark(svg: str, name: str, kind: str) -> str:
    """Return an SVG with the rules by which it changes its colours in the dark.

    Parameters
    ----------
    svg : str
        As matplotlib writes it.
    name : str
        The chart's id, by whose title the rules know their picture among others of a page.
    kind : str
        The chart's: fills of ``heat`` are shades that are read against each other, and stay as they are.
    """
    least = _WORDS if kind in THIN else _MARK
    text = {code.upper() for code in _TEXT.findall(svg)} - {palette.PAPER, "#000000"}
    rules = []
    for part, code in sorted(set(_COLOUR.findall(svg))):
        dark = in_the_dark(code, least)
        if dark != code.upper() and not (kind == "heat" and part == "fill" and code.upper() not in _FIXED):
            rules.append(f':not(text,tspan)[style*="{part}: {code}"]{{{part}:{dark}!important}}')
    for code in sorted(text):
        dark = in_the_dark(code, _WORDS)
        if dark != code:
            rules.append(f':is(text)[style*="fill: {code.lower()}"]{{fill:{dark}!important}}')
    if not rules:
        return svg
    own = f'[aria-labelledby^="{name}-title"]{{{"".join(rules)}}}'
    media = f"@media screen and (prefers-color-scheme: dark){{{own}}}"
    return svg.replace(_STYLE, f'{_STYLE}<style class="dark">{media}</style>', 1)
