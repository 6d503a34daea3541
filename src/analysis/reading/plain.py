"""Plain text: paragraphs, lists, what reads as a heading, and the numbers of tables that are lost."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.reading.blocks import Block, Segment

LIST = re.compile(r"\s*(?:[-*+•]|\(?\d{1,3}[.)])\s+(?=\S)")
_CAPTION = re.compile(
    r"\W*(?:figure|table|box|chart|graph|tableau|graphique|encadré|figura|cuadro|tabla|gráfico|recuadro|图|表|专栏)"
    r"\s*[\dIVX]+(?:[.-]\d+)*\s*[.:：。 ]",
    re.I,
)
# "Outcome 2: …", "2. …", "2.1 …": what stands before the title, and its number.
_NAMED = re.compile(r"[ \t\f]*(?:[^\W\d_]{1,24}\s*){1,3}?(?:\d{1,2}|[A-Z]|[IVX]{1,4})\s*[:：]\s*(?=[^\W\d])")
_NUMBERED = re.compile(r"\W*(?P<number>\d{1,2}(?=\.\s)|\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?=[^\W\d])")
_ENDING = re.compile(r"[.。!！?？;；,，、:：]")
_NO_DATA = re.compile(
    r"(?:19|20)\d{2}(?:\s*[–‑/至到~-]\s*(?:(?:19|20)\d{2}|\d{2}))?(?!\d)|[(（][^()（）]*[)）]|\b\d+(?:\.\d+){2,}|"
    r"\A\W*\d{1,2}(?:\.\d{1,2})*\.(?=\s|\Z)"
)
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_CELL = r"[-–−+]?\d[\d.,]*\s?%?|[*–—-]"
_ROW = re.compile(rf"(?:\s|\A)(?:{_CELL})\s*\Z")
_BARE = re.compile(rf"\s*(?:{_CELL})(?:\s+(?:{_CELL}))+\s*")
_ITEM = re.compile(r"\W*(?:[A-Z]\.)?\d{1,2}(?:\.\d{1,2})+")
_QUOTED = re.compile(r"\W*[《“\"«].*[》”\"»]\W*(?:[(（].*[)）])?\W*", re.S)
_NAME = re.compile(r"[\u3400-\u9fff]{2}|[^\W\d_]{3}")
# A mark of a note that is set raised, and what it raises to a power instead.
MARK = re.compile(r"\s*(?:\d{1,3}(?:\s?,\s?\d{1,3})*|[*†‡]{1,3})\s*")
_POWER = re.compile(r"(?<!\d)10$")
_EXPONENT = re.compile(r"[-−–]?\d{1,2}")
_RAISED = str.maketrans("0123456789-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")
_BULLET = re.compile(r"\s*[►▪■●◆•]\s")
# The longest heading, in words or Chinese signs; the longest label of a row; words beside bare numbers.
TITLE, LABEL, BESIDE = (14, 40), (40, 120), (3, 6)
# The most signs of a heading, a caption, a label or a row.
LONGEST = 400
# The level of a heading that has no number.
UNNUMBERED = 6


class Headings:
    """The headings above the place that is read."""

    def __init__(self) -> None:
        self._held: list[tuple[int, str]] = []

    def add(self, level: int, text: str) -> tuple[str, ...]:
        """Take a heading in; return those above it."""
        self._held = [heading for heading in self._held if heading[0] < level]
        above = self.above
        self._held.append((level, text))
        return above

    @property
    def above(self) -> tuple[str, ...]:
        """The headings above, the highest first."""
        return tuple(text for _, text in self._held)


def plain_text(text: str) -> list[Block]:
    """Return the paragraphs of a plain text: what blank lines part, lists line by line, headings.

    Numbers without words of their own are ``cells`` of a table that is lost; the caption and the label above
    them are their last headings. A short line is the heading of the prose that follows it.
    """
    blocks: list[Block] = []
    headings, caption, label = Headings(), "", ""

    def add(text: str, kind: str, line: int, above: tuple[str, ...]) -> None:
        blocks.append(lined(text, kind, line, len(blocks), headings=above))

    for first, lines in _paragraphs(text.split("\n")):
        whole = "\n".join(lines)
        level = heading_level(whole)
        if 0 < level < UNNUMBERED:
            add(whole, "heading", first, headings.add(level, whole))
            caption, label = "", ""
        elif len(lines) > 1 and all(LIST.match(line) for line in lines):
            for at, line in enumerate(lines):
                add(line, "list", first + at, headings.above)
        elif len(whole) <= LONGEST and _CAPTION.match(whole) and within(whole, LABEL):
            add(whole, "paragraph", first, headings.above)
            caption, label = whole, ""
        elif are_cells(whole):
            told = "\n".join(filter(None, (caption, label)))
            add(whole, "cells", first, (*headings.above, told) if told else headings.above)
        elif _is_label(whole):
            add(whole, "paragraph", first, headings.above)
            label = whole
        else:
            if label and blocks[-1].text == label and heading_level(label):
                above = headings.add(UNNUMBERED, label)
                blocks[-1] = replace(blocks[-1], kind="heading", headings=above)
            add(whole, "paragraph", first, headings.above)
            caption, label = "", ""
    return blocks


def marks_note(before: str, raised: str) -> bool:
    """Whether what is set raised after a text marks a note: a number or a sign right after it, no power."""
    shown = before and not before.isspace()
    return bool(shown and MARK.fullmatch(raised) and not _POWER.search(before[-4:]))


def raised_text(before: str, raised: str) -> str:
    """Return what is set raised after a text as it is read: no mark of a note; a power in raised digits."""
    if marks_note(before, raised):
        return ""
    return raised.translate(_RAISED) if _POWER.search(before[-4:]) and _EXPONENT.fullmatch(raised) else raised


def heading_level(text: str) -> int:
    """Return the level of a line that may be a heading, from the dots of its number; 0 where it is none."""
    if len(text) > LONGEST or text.count("\n") > 1 or _CAPTION.match(text) or not within(text, TITLE):
        return 0
    named, ended = _NAMED.match(text), _ended(text)
    if named and not _has_data(text[named.end() :]) and (not ended or ended in ",，、"):
        return 1
    if ended or _BULLET.match(text) or _QUOTED.fullmatch(text) or not _NAME.search(text):
        return 0
    numbered = _NUMBERED.match(text)
    if numbered and not _has_data(text[numbered.end() :]):
        return min(2 + numbered["number"].count("."), UNNUMBERED - 1)
    return 0 if _has_data(text) or LIST.match(text) else UNNUMBERED


def are_cells(text: str) -> bool:
    """Whether a paragraph is numbers with hardly a word beside them, and no sentence."""
    if len(text) > LONGEST or not _has_data(text) or _ended(text):
        return False
    return within(text, BESIDE) or bool(_ROW.search(text) and within(text, TITLE))


def _is_label(text: str) -> bool:
    """Whether a paragraph may be the label of numbers below it: no sentence, or one with an item's number."""
    return within(text, LABEL) and not _has_data(text) and bool(_ITEM.match(text) or not _ended(text))


def _ended(text: str) -> str:
    """Return the sign that ends a sentence or a part of it where no word follows; nothing where none does."""
    end = len(text)
    while end and not (text[end - 1].isalnum() or text[end - 1] == "_"):
        end -= 1
    sign = _ENDING.search(text, end)
    return sign[0] if sign else ""


def _has_data(text: str) -> bool:
    """Whether a line has digits that are no year, no number of a heading or an item, and in no brackets."""
    return any(sign.isdigit() for sign in _NO_DATA.sub("", text))


def within(text: str, most: tuple[int, int]) -> bool:
    """Whether a text has at most so many words, or Chinese signs."""
    return len(_WORD.findall(text)) <= most[bool(_CHINESE.search(text))]


def _paragraphs(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Return what blank lines part, with the number of its first line; bare numbers and items stand alone."""
    paragraphs: list[tuple[int, list[str]]] = []
    open_paragraph = False
    for number, line in enumerate(lines, start=1):
        short = len(line) <= LONGEST
        alone = short and bool(_BARE.fullmatch(line))
        titled = short and _NAMED.match(line) and heading_level(line)
        if not line.strip():
            open_paragraph = False
        elif open_paragraph and not alone and not titled and not _BULLET.match(line):
            paragraphs[-1][1].append(line)
        else:
            paragraphs.append((number, [line]))
            open_paragraph = not alone
    return paragraphs


def lined(text: str, kind: str, line: int, number: int, column: int = 1, **more) -> Block:
    """Return a block of a text that stands in lines, with its place."""
    return Block(text, kind, f"{kind} {number + 1}", segments=(Segment(0, len(text), line, column),), **more)
