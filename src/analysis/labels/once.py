"""Words that are said again and again, worked out once for a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from analysis.labels import Catalogue
from analysis.labels.watching import looked_up_before, watched

_MOST = 50_000


def said_once(labels: Catalogue, what: Hashable, say: Callable[[], Any]) -> Any:
    """Return what is said of something in the words of a catalogue; its labels count as looked up every time.

    Parameters
    ----------
    labels : Catalogue
    what : hashable
        What is said; everything but the catalogue that the words depend on.
    say : callable
        Finds the words. What it raises is not kept.
    """
    if what not in labels.said:
        if len(labels.said) >= _MOST:
            labels.said.clear()
        with watched() as seen:
            words = say()
        labels.said[what] = words, seen
    words, seen = labels.said[what]
    looked_up_before(seen)
    return words


def said_once_of(labels: Catalogue, what: str, thing: object, say: Callable[[], Any]) -> Any:
    """Return what is said of a thing that is told by its identity, as :func:`said_once` does.

    Parameters
    ----------
    labels : Catalogue
    what : str
        What is said of it.
    thing : object
        What does not change, and is held so that no other takes its place.
    say : callable
    """
    _, words = said_once(labels, (what, id(thing)), lambda: (thing, say()))
    return words
