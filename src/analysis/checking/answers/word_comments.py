"""The same Word file with a comment at each number: its text and formatting untouched."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from lxml import etree

from analysis.checking.answers.telling import Teller, needs_telling
from analysis.checking.answers.word_files import (
    RELATIONS,
    TYPES,
    cut_out,
    related,
    relations_of,
    rewritten,
    serialized,
    with_content_type,
)
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import NO_DATUM
from analysis.labels import Catalogue
from analysis.reading import Draft
from analysis.reading.archives import member
from analysis.reading.word import BODY, W, parsed, sound_parts
from analysis.reading.word_parts import comments_part

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_NAMESPACE = {"w": W.strip("{}")}


def commented(path: Path, draft: Draft, checked: list[Checked], teller: Teller, every: bool = False) -> bytes:
    """Return a Word file with comments anchored at its numbers; the file itself stays as it is.

    Numbers that agree bear none unless every number shall: one comment at the beginning counts them.

    Parameters
    ----------
    path : Path
    draft : Draft
        Read from it; its elements are written to, so that it is of no further use.
    checked : list of Checked
    teller : Teller
    every : bool
        Whether numbers that agree have a comment, too.
    """
    with zipfile.ZipFile(path) as archive, sound_parts(path):
        names = set(archive.namelist())
        part = comments_part(archive)
        comments = parsed(member(archive, part)) if part in names else _empty()
        types = with_content_type(member(archive, TYPES), part, _CONTENT)
        relations = related(relations_of(archive), "comments.xml", _KIND)
    held = [comment.get(f"{W}id", "") for comment in comments]
    number = max((int(text) for text in held if re.fullmatch("[0-9]{1,9}", text)), default=-1) + 1
    told = [judged for judged in checked if needs_telling(judged, every)]
    for place, entry in enumerate(told):
        comments.append(_comment(number + place, entry, teller, _inside(entry, draft)))
    for place, entry in reversed(list(enumerate(told))):
        _anchor(number + place, entry, draft)
    data = [judged for judged in checked if judged.verdict.verdict != NO_DATUM]
    if silent := len(data) - sum(judged.verdict.verdict != NO_DATUM for judged in told):
        labels, last = teller.labels(data[0].language), number + len(told)
        counted = labels("draft.silent", silent=str(silent), all=str(len(data)))
        comments.append(_comment_of([counted], last, labels))
        first = _outer([], draft)
        _mark(last, first, first)
    parts = {
        BODY: serialized(draft.parts[BODY]),
        part: serialized(comments),
        TYPES: types,
        RELATIONS: relations,
    }
    return rewritten(path, parts, draft.digest)


def _empty() -> etree._Element:
    return etree.Element(f"{W}comments", nsmap=_NAMESPACE)


def _comment(number: int, checked: Checked, teller: Teller, inside: bool) -> etree._Element:
    labels = teller.labels(checked.language)
    lines = [labels("draft.in_note", printed=checked.number.text)] if not inside else []
    lines += [teller.told(checked), teller.sourced(checked), teller.contested(checked)]
    wording = teller.wording(checked)
    lines.append(labels("draft.wording", wording=wording) if wording else "")
    return _comment_of(lines, number, labels)


def _comment_of(lines: list[str], number: int, labels: Catalogue) -> etree._Element:
    author = labels("draft.author")
    made = etree.Element(f"{W}comment", nsmap=_NAMESPACE)
    made.set(f"{W}id", str(number))
    made.set(f"{W}author", author)
    made.set(f"{W}initials", "".join(word[0] for word in author.split())[:3])
    for line in filter(None, lines):
        paragraph = etree.SubElement(made, f"{W}p")
        text = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
        text.text = "".join(sign for sign in line if sign >= " ")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def nodes_of(checked: Checked) -> list[tuple[etree._Element, int, int]]:
    """Return the text elements that hold a number, with the stretch of each."""
    nodes = []
    for segment in checked.block.segments:
        low, high = max(segment.start, checked.start), min(segment.end, checked.end)
        if low < high and segment.node is not None:
            nodes.append(
                (segment.node, segment.skip + low - segment.start, segment.skip + high - segment.start)
            )
    return nodes


def _inside(checked: Checked, draft: Draft) -> bool:
    """Whether a number stands in the body itself, where a comment may be anchored."""
    nodes = nodes_of(checked)
    if not nodes:
        return False
    node = nodes[0][0]
    return node.getroottree().getroot() is draft.parts[BODY] and _box(node) is None


def _box(node: etree._Element) -> etree._Element | None:
    return next(node.iterancestors(f"{W}txbxContent"), None)


def _anchor(number: int, checked: Checked, draft: Draft) -> None:
    nodes = nodes_of(checked)
    if _inside(checked, draft):
        runs = [cut_out(*node) for node in reversed(nodes)]
        first, last = runs[-1], runs[0]
    else:
        first = last = _outer(nodes, draft)
    _mark(number, first, last)


def _mark(number: int, first: etree._Element, last: etree._Element) -> None:
    start, end = etree.Element(f"{W}commentRangeStart"), etree.Element(f"{W}commentRangeEnd")
    start.set(f"{W}id", str(number))
    end.set(f"{W}id", str(number))
    reference = etree.Element(f"{W}r")
    etree.SubElement(reference, f"{W}commentReference").set(f"{W}id", str(number))
    first.addprevious(start)
    last.addnext(end)
    end.addnext(reference)


def _outer(nodes: list, draft: Draft) -> etree._Element:
    """Return the run of the body from which a note or a text box hangs, or else the first run of the body."""
    body = draft.parts[BODY]
    if nodes:
        node = nodes[0][0]
        box = _box(node)
        while box is not None:
            run = next(box.iterancestors(f"{W}r"), None)
            if run is None:
                break
            node, box = run, _box(run)
        if node.getroottree().getroot() is body and node.tag == f"{W}r":
            return node
        for kind in ("footnote", "endnote"):
            note = next(node.iterancestors(f"{W}{kind}"), None)
            if note is not None:
                wanted = note.get(f"{W}id")
                for reference in body.iter(f"{W}{kind}Reference"):
                    if reference.get(f"{W}id") == wanted:
                        return reference.getparent()
    first = next(body.iter(f"{W}r"), None)
    return _bare_run(body) if first is None else first


def _bare_run(body: etree._Element) -> etree._Element:
    """Return a run without text at the end of the first paragraph, made where a body has none."""
    paragraph = next(body.iter(f"{W}p"), None)
    if paragraph is None:
        paragraph = etree.Element(f"{W}p")
        (body if (holder := body.find(f"{W}body")) is None else holder).insert(0, paragraph)
    return etree.SubElement(paragraph, f"{W}r")
