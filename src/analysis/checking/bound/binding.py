"""Binding a draft's numbers to the record: content controls in Word, and what each stands for beside them.

Word keeps a control's tag to 64 signs, so that the tag is a key; the quantity, its period and its form stand
beside it in a custom part of the file.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import asdict, dataclass, fields
from itertools import pairwise
from pathlib import Path

from lxml import etree

from analysis.checking.answers.word_comments import nodes_of
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
from analysis.checking.candidates.candidate import Candidate
from analysis.checking.judging.checked import Checked
from analysis.reading import DocumentError, Draft
from analysis.reading.archives import member
from analysis.reading.languages import written_one_way
from analysis.reading.word import BODY, MC, W, parsed, said, sound_parts

PART = "customXml/analysisNumbers.xml"
NAMESPACE = "urn:analysis:bound-numbers:1"
KEY = "analysis/"
# How much of the digest of a draft its keys bear.
DIGITS = 12
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_FORMS = {
    "places": re.compile("[0-9]|1[0-9]"),
    "scale": re.compile("[1-9][0-9]{0,20}"),
    "period": re.compile(r"[0-9]{4}(?:-[0-9]{2}|-[0-9]{4})?"),
    "language": re.compile("[a-z]{2,8}"),
    "printed": re.compile(r".{0,400}\d.{0,400}", re.S),
}
"""What an entry may say, where it is read as more than a text."""
# A power of ten, or digits of another script: what would be printed anew is not what stands there.
_OTHERWISE = re.compile(r"[⁰¹²³⁴-⁹^]|(?![0-9])\d")
_DIGITS = re.compile(r"\d(?:[\d.,'\u00a0\u202f ]*\d)?")


# Kinds of content controls that hold no other.
_PLAIN = {"text", "dropDownList", "comboBox", "date", "picture", "dataBinding", "checkbox"}


@dataclass(frozen=True)
class BoundNumber:
    """What a bound number stands for.

    Attributes
    ----------
    key : str
        The control's tag.
    id : str
        Recorded id, or the sum in the notation of claims.
    period : str
        Of the record that it was bound to.
    language : str
        Of the sentence.
    printed : str
        As it was printed when it was bound.
    places : int
        Decimals in print.
    scale : int
        What the printed digits are multiplied by to be in units of one.
    qualifier : str
    """

    key: str
    id: str
    period: str
    language: str
    printed: str
    places: int
    scale: int
    qualifier: str


def bindable(checked: Checked) -> bool:
    """Whether a number is bound: it agrees with one recorded quantity and is printed in digits."""
    verdict, number = checked.verdict, checked.number
    return (
        verdict.is_right
        and verdict.kind == "value"
        and number.upper is None
        and not number.words
        and len(_DIGITS.findall(number.text)) == 1
        and _OTHERWISE.search(written_one_way(number.text)) is None
    )


def bind(path: Path, draft: Draft, checked: list[Checked], period: str) -> tuple[bytes, list[BoundNumber]]:
    """Return a Word file with its agreeing numbers in content controls, and what they stand for.

    Parameters
    ----------
    path : Path
        The file, which stays as it is.
    draft : Draft
        Read from it; its elements are written to.
    checked : list of Checked
    period : str
        Of the record.

    Raises
    ------
    DocumentError
        When the file is bound already, or was changed since it was read.
    """
    with zipfile.ZipFile(path) as archive:
        if PART in archive.namelist():
            raise DocumentError(f"{path}: its numbers are bound already; analysis refresh prints them anew")
        types, relations = member(archive, TYPES), relations_of(archive)
    with sound_parts(path):
        types = with_content_type(types, PART, "application/xml")
        relations = related(relations, f"../{PART}", _KIND, also=True)
    taken = {element.get(f"{W}val") for root in draft.parts.values() for element in root.iter(f"{W}id")}
    made: list[BoundNumber] = []
    for number, entry in reversed(list(enumerate(checked))):
        # Drafts are pasted into one another: a key of one is never another's.
        key = f"{KEY}{draft.digest[:DIGITS]}/{number}"
        if bindable(entry) and _wrapped(entry, key, taken):
            made.insert(0, _bound(entry, key, period))
    parts = {name: serialized(root) for name, root in draft.parts.items()}
    parts |= {PART: serialized(_listed(made)), TYPES: types, RELATIONS: relations}
    return rewritten(path, parts, draft.digest), made


def _bound(checked: Checked, key: str, period: str) -> BoundNumber:
    number, candidate = checked.number, checked.verdict.candidate
    digits = _DIGITS.search(number.text)[0]
    tail = re.search(r"[.,](\d+)$", digits)
    grouped = tail is not None and len(tail[1]) == 3 and number.decimals <= 0
    places = 0 if tail is None or grouped else len(tail[1])
    scale = 10 ** max(places - number.decimals, 0)
    if number.bare and candidate.kind in ("money", "amount"):
        scale = int(candidate.base / candidate.value.value) if candidate.value.value else 1
    return BoundNumber(
        key, candidate.id, period, checked.language, number.text, places, scale, number.qualifier
    )


def _wrapped(checked: Checked, key: str, taken: set) -> bool:
    """Put the runs of a number into a content control, where they stand side by side, and only there."""
    nodes = nodes_of(checked)
    if any(_held_twice(node) or _takes_no_control(node) for node, _, _ in nodes):
        return False
    parents = {node.getparent().getparent() for node, _, _ in nodes}
    if not nodes or len(parents) != 1 or any(parent.tag == f"{W}sdtContent" for parent in parents):
        return False
    runs = [cut_out(*node) for node in reversed(nodes)][::-1]
    if any(one.getnext() is not other for one, other in pairwise(runs)):
        return False
    control = etree.Element(f"{W}sdt")
    properties = etree.SubElement(control, f"{W}sdtPr")
    etree.SubElement(properties, f"{W}tag").set(f"{W}val", key)
    number = next(free for free in range(1_000_000, 2_000_000) if str(free) not in taken)
    taken.add(str(number))
    etree.SubElement(properties, f"{W}id").set(f"{W}val", str(number))
    content = etree.SubElement(control, f"{W}sdtContent")
    runs[0].addprevious(control)
    for run in runs:
        content.append(run)
    return True


def _held_twice(node: etree._Element) -> bool:
    """Whether a file holds a text in two forms, of which a program shows one: a text box."""
    choices = node.iterancestors(f"{MC}Choice")
    return any(choice.getparent().find(f"{MC}Fallback") is not None for choice in choices)


def _takes_no_control(node: etree._Element) -> bool:
    """Whether a text stands where Word allows no control: in one of plain text, of a list or a locked one."""
    if next(node.iterancestors(f"{W}ruby"), None) is not None:
        return True
    for control in node.iterancestors(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        if properties is None:
            continue
        kinds = {etree.QName(one).localname for one in properties if isinstance(one.tag, str)}
        if kinds & _PLAIN or said(properties.find(f"{W}lock")) in ("contentLocked", "sdtContentLocked"):
            return True
    return False


def _listed(made: list[BoundNumber]) -> etree._Element:
    root = etree.Element(f"{{{NAMESPACE}}}numbers", nsmap={None: NAMESPACE})
    for binding in made:
        entry = etree.SubElement(root, f"{{{NAMESPACE}}}number")
        for name, value in asdict(binding).items():
            entry.set(name, str(value))
    return root


def bound_numbers(content: bytes) -> dict[str, BoundNumber]:
    """Return what the bound numbers of a file stand for, by key.

    Raises
    ------
    DocumentError
        When an entry is not as it was written.
    """
    bound = {}
    for entry in parsed(content):
        held = dict(entry.attrib)
        wrong = [name for name, form in _FORMS.items() if not form.fullmatch(held.get(name, ""))]
        if wrong or held.keys() != {one.name for one in fields(BoundNumber)}:
            told = ", ".join(f"{name} {held.get(name, '')!r:.60}" for name in wrong)
            raise DocumentError(
                f"{PART}: an entry is damaged ({told or ', '.join(held)[:200]}); bind the numbers of the "
                "draft again"
            )
        bound[held["key"]] = BoundNumber(
            **{**held, "places": int(held["places"]), "scale": int(held["scale"])}
        )
    return bound


def controls(root: etree._Element) -> list[tuple[str, etree._Element]]:
    """Return the content controls of a part that hold bound numbers, each with its key.

    A sentence that was copied in Word has its numbers twice, under one key.
    """
    tagged = []
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        if tag is not None and tag.get(f"{W}val", "").startswith(KEY):
            tagged.append((tag.get(f"{W}val"), control))
    return tagged


def holds_its_number(bound: BoundNumber, text: str) -> bool:
    """Whether a control holds one number with the words around it with which it was bound, and no more."""
    shapes = [_DIGITS.sub("0", written_one_way(held)) for held in (bound.printed, text)]
    return len(_DIGITS.findall(text)) == 1 and shapes[0] == shapes[1]


def printed_anew(bound: BoundNumber, candidate: Candidate, locale: str) -> str:
    """Return a bound number printed anew: the same words around it, its decimals, a language's separators."""
    from analysis.labels.numerals import printed

    match = _DIGITS.search(bound.printed)
    value = candidate.base / bound.scale
    if bound.printed.lstrip().startswith(("-", "−", "–")):
        value = abs(value)
    digits = match[0]
    grouped = bool(re.search(r"\d[.,'\u00a0\u202f ]\d{3}(?!\d)", digits)) or abs(value) >= 10_000
    text = printed(abs(value), bound.places, locale, grouped=grouped)
    return bound.printed[: match.start()] + text + bound.printed[match.end() :]


__all__ = ["BODY", "BoundNumber", "bind", "bindable", "bound_numbers", "controls", "printed_anew"]
