"""What printed numbers are read as beside their values: kept as long as the code that reads is the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analysis import cache
from analysis.code import code_of, packages, python

if TYPE_CHECKING:
    from analysis.sources.read_anew import ToldCell


class Readings:
    """The readings of one document's numbers: those of its last check, and those that are new.

    To read words in four languages takes most of the time of a check, and nearly all are as they were.

    Parameters
    ----------
    document : str
        Its folder.
    """

    def __init__(self, document: str):
        self._document = document
        self._asked: dict[str, list[ToldCell]] = {}
        self._kept: dict[str, list[ToldCell]] | None = None
        self._new = False

    def of(self, printed: str, value: str) -> list[ToldCell]:
        """Return what is wrong with a value beside what is printed; nothing where it is read as the value."""
        if self._kept is None:
            content = cache.kept(self._key()) if cache.folder() else None
            self._kept = json.loads(content) if content else {}
        pair = f"{value} {printed}"
        if pair not in self._asked:
            if pair in self._kept:
                self._asked[pair] = self._kept[pair]
            else:
                self._asked[pair] = _read(printed, value)
                self._new = True
        return self._asked[pair]

    def keep(self) -> None:
        """Keep what was asked, where some of it is new."""
        if self._new and cache.folder():
            cache.keep(self._key(), json.dumps(self._asked).encode("utf-8", "surrogatepass"))
            self._new = False

    def _key(self) -> str:
        return cache.key("readings", python(), repr(packages()), code_of((__name__,)), self._document)


def _read(printed: str, value: str) -> list[ToldCell]:
    """Read a number anew, by what is opened for that alone: the words of four languages."""
    from analysis.sources.read_anew import told_of_reading

    return list(told_of_reading(printed, value))
