"""Which part of a Word file holds what, by the relations of its body."""

from __future__ import annotations

import posixpath
import zipfile

from lxml import etree

from analysis.reading.archives import member

RELATIONS = "word/_rels/document.xml.rels"
COMMENTS = "word/comments.xml"
COMMENTS_KIND = "/relationships/comments"


def comments_part(archive: zipfile.ZipFile) -> str:
    """Return the part that holds the comments: the one that the body names, else that of the usual name."""
    if RELATIONS not in archive.namelist():
        return COMMENTS
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        links = etree.fromstring(member(archive, RELATIONS), parser)
    except etree.XMLSyntaxError:  # the text is read without them; what would be written beside it is refused
        return COMMENTS
    for link in links:
        if isinstance(link.tag, str) and link.get("Type", "").endswith(COMMENTS_KIND):
            target = link.get("Target", "")
            name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"word/{target}")
            if name in archive.namelist():
                return name
    return COMMENTS
