"""Styles of Word files: what they, or those above them, make a heading, raise, hide or strike through."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Styles that stand on one another; a file may say that two do so in a ring.
DEEPEST = 20


def said(element: etree._Element | None) -> str:
    """Return what an element of one value says; nothing where it, or its value, is not there."""
    return "" if element is None else element.get(f"{W}val") or ""


def whole(element: etree._Element | None) -> int:
    """Return what an element says as a whole number; -1 where it says none, or one of many digits."""
    text = said(element)
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else -1


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and said(element) not in ("0", "false", "off")


@dataclass(frozen=True)
class WordStyles:
    """What the styles of a file say, by their ids.

    Attributes
    ----------
    headings : dict
        The level of each paragraph style of headings.
    raising, hiding, striking : frozenset of str
        Styles that set text as superscript, hide it, strike it through.
    """

    headings: dict[str, int] = field(default_factory=dict)
    raising: frozenset[str] = frozenset()
    hiding: frozenset[str] = frozenset()
    striking: frozenset[str] = frozenset()


def styles_of(root: etree._Element | None) -> WordStyles:
    """Return what the styles of a file say; those that Word has by itself where it names none."""
    if root is None:
        return WordStyles({f"Heading{level}": level for level in range(1, 10)})
    styles = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    headings = {}
    raising, hiding, striking = set(), set(), set()
    for name, style in styles.items():
        above = _and_parents(style, styles)
        level = next(filter(None, map(_level, above)), 0)
        if level:
            headings[name] = level
        aligned = (said(parent.find(f"{W}rPr/{W}vertAlign")) for parent in above)
        if next(filter(None, aligned), "") == "superscript":
            raising.add(name)
        if _is_set(above, "vanish"):
            hiding.add(name)
        if _is_set(above, "strike") or _is_set(above, "dstrike"):
            striking.add(name)
    return WordStyles(headings, frozenset(raising), frozenset(hiding), frozenset(striking))


def _and_parents(style: etree._Element, styles: dict[str, etree._Element]) -> list[etree._Element]:
    """Return a style and those on which it is based, the nearest first."""
    above = [style]
    while len(above) < DEEPEST and (parent := styles.get(said(above[-1].find(f"{W}basedOn")))) is not None:
        above.append(parent)
    return above


def _is_set(above: list[etree._Element], name: str) -> bool:
    """Whether the nearest style that says something of a property switches it on."""
    told = (parent.find(f"{W}rPr/{W}{name}") for parent in above)
    return is_on(next((element for element in told if element is not None), None))


def _level(style: etree._Element) -> int:
    """Return the heading level that a style itself says; 0 where it says none."""
    name = said(style.find(f"{W}name")).lower()
    if numbered := re.fullmatch("heading ([1-9])", name):
        return int(numbered[1])
    if name == "title":
        return 1
    outline = whole(style.find(f"{W}pPr/{W}outlineLvl"))
    return outline + 1 if 0 <= outline < 9 else 0
