"""Writing a Word file again: some parts new, every other part the same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

from lxml import etree

from analysis.reading import DocumentError
from analysis.reading.archives import member
from analysis.reading.word import W, parsed
from analysis.reading.word_parts import RELATIONS

TYPES = "[Content_Types].xml"
_TYPE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MOMENT = (1980, 1, 1, 0, 0, 0)


def serialized(root: etree._Element) -> bytes:
    """Return a part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def rewritten(path: Path, parts: dict[str, bytes], digest: str) -> bytes:
    """Return a Word file in which some parts are replaced or added.

    Parameters
    ----------
    path : Path
        The file, which stays as it is.
    parts : dict
        Bytes by the name of the part.
    digest : str
        The SHA-256 of the file from which they were made.

    Raises
    ------
    DocumentError
        When the file was changed since: its other parts would not belong to these.
    """
    held, made = path.read_bytes(), io.BytesIO()
    if hashlib.sha256(held).hexdigest() != digest:
        raise DocumentError(f"{path}: was changed while it was read; run the same command again")
    with zipfile.ZipFile(io.BytesIO(held)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = parts.get(entry.filename)
            new.writestr(
                entry, member(old, entry.filename) if content is None else content, entry.compress_type
            )
        for name in parts.keys() - {entry.filename for entry in old.infolist()}:
            new.writestr(zipfile.ZipInfo(name, MOMENT), parts[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def relations_of(archive: zipfile.ZipFile) -> bytes:
    """Return the relations of the body; none where the file has no such part."""
    if RELATIONS in archive.namelist():
        return member(archive, RELATIONS)
    return f'<Relationships xmlns="{_RELATION}"/>'.encode()


def with_content_type(types: bytes, part: str, kind: str) -> bytes:
    """Return the content types with a part's in them."""
    root = parsed(types)
    name = f"/{part}"
    if not any(child.get("PartName") == name for child in root):
        etree.SubElement(root, f"{{{_TYPE}}}Override", PartName=name, ContentType=kind)
    return serialized(root)


def related(relations: bytes, target: str, kind: str, also: bool = False) -> bytes:
    """Return the relations of the body with one more, unless one of its kind (or its target) is there."""
    root = parsed(relations)
    if not any(child.get("Type") == kind and (not also or child.get("Target") == target) for child in root):
        held = {child.get("Id") for child in root}
        name = next(f"rId{number}" for number in range(1, len(held) + 2) if f"rId{number}" not in held)
        etree.SubElement(root, f"{{{_RELATION}}}Relationship", Id=name, Type=kind, Target=target)
    return serialized(root)


def cut_out(text: etree._Element, start: int, end: int) -> etree._Element:
    """Return the run that holds exactly a stretch of a text element's text; its run is split around it.

    What stands before stays in the element itself, so that places before it stay what they are.
    """
    run = text.getparent()
    whole = text.text or ""
    if start > 0:
        text.text = whole[:start]
        text.set(_SPACE, "preserve")
        run = _following(run, text, whole[start:])
        text = run.find(f"{W}t")
        end, whole = end - start, whole[start:]
    elif _first(run) is not text:
        run = _following(run, text, whole, keep=False)
        text = run.find(f"{W}t")
    if end < len(whole):
        text.text = whole[:end]
        text.set(_SPACE, "preserve")
        _following(run, text, whole[end:])
    elif text.getnext() is not None:
        _following(run, text, None)
    return run


def _first(run: etree._Element) -> etree._Element:
    return next(child for child in run if child.tag != f"{W}rPr")


def _following(
    run: etree._Element, text: etree._Element, rest: str | None, keep: bool = True
) -> etree._Element:
    """Return a new run behind a run, with the rest of a text and all that came after it."""
    made = etree.Element(f"{W}r", nsmap=run.nsmap)
    made.attrib.update(run.attrib)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        made.append(etree.fromstring(etree.tostring(properties)))
    moved = list(text.itersiblings())
    if not keep:
        made.append(text)
    elif rest is not None:
        piece = etree.SubElement(made, f"{W}t")
        piece.text = rest
        piece.set(_SPACE, "preserve")
    for child in moved:
        made.append(child)
    run.addnext(made)
    made.tail, run.tail = run.tail, None
    return made
