"""What of a Word file is shown: what is deleted, hidden, an instruction, or there a second time is not."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate

from lxml import etree

from analysis.reading.word_styles import W, is_on

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}instrText",
    f"{W}delText",
    f"{W}delInstrText",
    f"{W}rt",
}


def is_gone(element: etree._Element) -> bool:
    """Whether an element is not shown: deleted, an instruction, or another form of what stands before it."""
    tag = element.tag
    if tag in (f"{MC}Choice", f"{MC}Fallback"):
        return any(True for _ in element.itersiblings(f"{MC}Choice", f"{MC}Fallback", preceding=True))
    return tag in _GONE or not isinstance(tag, str)


def texts_of_instructions(paragraph: etree._Element) -> set[etree._Element]:
    """Return the texts of a paragraph that stand in a field's instruction, as results of fields within it."""
    if next(paragraph.iter(f"{W}fldChar"), None) is None:
        return set()
    texts: list[etree._Element] = []
    began: list[int | None] = []
    hidden: Counter[int] = Counter()
    for element in paragraph.iter(f"{W}fldChar", f"{W}t"):
        kind = element.get(f"{W}fldCharType")
        if element.tag == f"{W}t":
            texts.append(element)
        elif kind == "begin":
            began.append(len(texts))
        elif kind in ("separate", "end") and began:
            if (first := began[-1]) is not None:
                hidden[first] += 1
                hidden[len(texts)] -= 1
            began[-1:] = [None] if kind == "separate" else []
    depths = accumulate(hidden[place] for place in range(len(texts)))
    return {text for text, depth in zip(texts, depths, strict=True) if depth}


def ends_deleted(paragraph: etree._Element) -> bool:
    """Whether the end of a paragraph is deleted, so that the next one goes on where it stops."""
    return any(paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") is not None for name in ("del", "moveFrom"))


def is_switched_on(properties: etree._Element, name: str, otherwise: bool) -> bool:
    """Whether a run has a property, by itself or else by its style."""
    said_of_run = properties.find(f"{W}{name}")
    return otherwise if said_of_run is None else is_on(said_of_run)


def is_followed(paragraph: etree._Element) -> bool:
    """Whether a paragraph follows, in a content control or not, behind bookmarks and the like."""
    following = paragraph.getnext()
    while following is not None and (not isinstance(following.tag, str) or not len(following)):
        if following.tag == f"{W}p":
            return True
        following = following.getnext()
    if following is not None and following.tag == f"{W}sdt":
        content = following.find(f"{W}sdtContent")
        following = content[0] if content is not None and len(content) else None
    return following is not None and following.tag == f"{W}p"
