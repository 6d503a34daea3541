"""Pictures inside a page: an SVG whose marks tell their numbers there, with ids that no other picture has."""

from __future__ import annotations

import re

_HEAD = re.compile(r"^.*?(?=<svg )", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_STYLE = re.compile(r"<style type=\"text/css\">\*\{([^}]*)\}</style>")
_ID = re.compile(r' id="([^"]+)"')
_USED = re.compile(r'(?:href="|url\()#([^")]+)')
_SPACE = re.compile(r">\s+<")


def inline(svg: str, name: str) -> str:
    """Return an SVG file as part of a page of HTML.

    Parameters
    ----------
    svg : str
        The file, as ``analysis.pictures.formats`` writes it.
    name : str
        The chart's id: it stands before every id that something in the picture refers to; others are dropped.
    """
    body = _METADATA.sub("", _HEAD.sub("", svg))
    kept = set(_USED.findall(body)) | {f"{name}-title", f"{name}-desc"}
    body = _ID.sub(lambda match: f' id="{_renamed(match[1], name)}"' if match[1] in kept else "", body)
    body = _USED.sub(lambda match: match[0].replace(match[1], _renamed(match[1], name)), body)
    style = _STYLE.search(body)
    if style:
        body = _STYLE.sub("", body).replace("<svg ", f'<svg style="{style[1].strip()}" ', 1)
    return _SPACE.sub("><", body).strip()


def _renamed(identifier: str, name: str) -> str:
    return identifier if identifier.startswith(name) else f"{name}-{identifier}"
