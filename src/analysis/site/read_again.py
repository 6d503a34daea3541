"""HTML as it stands after Beautiful Soup has read and written it, as nbconvert does with every page."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.dammit import EntitySubstitution

_TOKEN = re.compile(r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>[^<>]*)>|(?P<text>[^<]+)")
_ATTRIBUTES = re.compile(r'(?:\s+[a-z-]+(?:="[^"<>]*")?)*')
_ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')
_RAW = {"style", "script"}
_KEPT_AS_IT_IS = {"pre", "textarea"}
_SEVERAL = {name for names in HTMLTreeBuilder.DEFAULT_CDATA_LIST_ATTRIBUTES.values() for name in names}
_SEVERAL_EVERYWHERE = set(HTMLTreeBuilder.DEFAULT_CDATA_LIST_ATTRIBUTES["*"])
"""Attributes of several words: of some elements, and of all; the words are written with one space between."""
_REFERENCES = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#x27|#39);)")


@lru_cache(maxsize=500)
def read_again(html: str) -> str:
    """Return HTML as Beautiful Soup writes it after reading it.

    Well-formed HTML of plain elements is not made a tree of, in a seventh of the time.
    """
    plain = read_plainly(html)
    return str(BeautifulSoup(html, features="html.parser")) if plain is None else plain


def read_plainly(html: str) -> str | None:
    """Return HTML written anew, token by token; None where something in it is not known to be plain."""
    written: list[str] = []
    inside: list[str] = []
    place = 0
    while place < len(html):
        token = _TOKEN.match(html, place)
        if token is None:
            return None
        place = token.end()
        name = token["name"]
        if token["text"] is not None:
            text = _text(token["text"], not _KEPT_AS_IT_IS.isdisjoint(inside))
        elif token["end"]:
            if token["rest"] or not inside or inside.pop() != name:
                return None
            text = token[0]
        else:
            text = _opened(name, token["rest"])
            if name in _RAW:
                end = html.find(f"</{name}>", place)
                if end < 0 or "<" in html[place:end] or not html[place:end].strip():
                    return None
                text, place = f"{text}{html[place:end]}" if text else None, end
            if name not in HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS:
                inside.append(name)
        if text is None:
            return None
        written.append(text)
    return None if inside else "".join(written)


def _text(text: str, kept: bool) -> str | None:
    """Return a text between two tags; blanks alone become one."""
    if _REFERENCES.search(text):
        return None
    read = unescape(text) if "&" in text else text
    if not kept and not read.strip("\n\t\f\r "):
        return "\n" if "\n" in read else " "
    return EntitySubstitution.substitute_xml(read)


def _opened(name: str, rest: str) -> str | None:
    """Return the tag that opens an element, with its attributes."""
    if not rest:
        return f"<{name}/>" if name in HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS else f"<{name}>"
    if not _ATTRIBUTES.fullmatch(rest):
        return None
    attributes = _ATTRIBUTE.findall(rest)
    if len({attribute for attribute, _ in attributes}) < len(attributes):
        return None
    told = [name]
    for attribute, value in sorted(attributes):
        if attribute in _SEVERAL_EVERYWHERE and not value.isspace():
            value = " ".join(value.split())
        if _REFERENCES.search(value) or (attribute in _SEVERAL and value != " ".join(value.split())):
            return None
        value = EntitySubstitution.substitute_xml(unescape(value)) if "&" in value else value
        told.append(f"{attribute}={EntitySubstitution.quoted_attribute_value(value)}")
    end = "/>" if name in HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS else ">"
    return f"<{' '.join(told)}{end}"
