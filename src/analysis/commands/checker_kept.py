"""What drafts are checked against, kept as long as every byte that it was made from is the same."""

from __future__ import annotations

import io
import json
import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from analysis import cache
from analysis.checking.drafts import Checker
from analysis.commands.answers import state_of_project
from analysis.framework import Framework
from analysis.periods import Period
from analysis.quantities import Recorded
from analysis.sources.earlier import with_earlier
from analysis.sources.register import Register

OWN = "analysis"
"""The package whose classes are read back."""
OTHERS = {
    "builtins": ("frozenset", "set"),
    "decimal": ("Decimal",),
    "fractions": ("Fraction",),
    "numpy": ("_frombuffer", "_reconstruct", "dtype", "ndarray", "scalar"),
    "pathlib": ("PosixPath", "WindowsPath"),
}
"""By package, of others only these."""


class _OpenedLater(Recorded):
    """A record of which words and the names of tables are known; it is opened when anything else is asked.

    Parameters
    ----------
    open_record : callable
    known : dict
        What is known of it: its ``names``, its ``language`` and its framework.
    """

    def __init__(self, open_record: Callable[[], Recorded], known: dict[str, Any]):
        self._open_record = open_record
        self._names = known["names"]
        self.language = known["language"]
        self.opened = {Framework: known["framework"]}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        for attribute, held in vars(self._open_record()).items():
            vars(self).setdefault(attribute, held)
        if name not in vars(self):
            raise AttributeError(name)
        return vars(self)[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names


class _Pickler(pickle.Pickler):
    """Writes all but the record."""

    def persistent_id(self, held: Any) -> str | None:
        """Return what stands for the record."""
        return "record" if isinstance(held, Recorded) else None


class _Unpickler(pickle.Unpickler):
    """Reads what was kept, around a record; nothing but what a checker is made of."""

    def __init__(self, content: bytes, open_record: Callable[[], Recorded]):
        super().__init__(io.BytesIO(content))
        self._open_record = open_record

    def checker(self) -> Checker:
        """Return the checker: what is known of its record stands before it."""
        self._record = _OpenedLater(self._open_record, self.load())
        checker = self.load()
        if not isinstance(checker, Checker):
            raise pickle.UnpicklingError(f"what is kept is {type(checker).__name__}, no checker")
        return checker

    def persistent_load(self, name: Any) -> Recorded:
        """Return the record."""
        return self._record

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that a checker is made of."""
        package = module.partition(".")[0]
        if "." not in name and (package == OWN or name in OTHERS.get(package, ())):
            held = super().find_class(module, name)
            if package != OWN or (isinstance(held, type) and held.__module__ == module):
                return held
        raise pickle.UnpicklingError(f"{module}.{name} is nothing that a checker is made of")


def checker_kept(register: Register, period: Period, language: str) -> Checker:
    """Return what drafts are checked against, with what is asked first of a language.

    The order in which languages are asked is no other than without anything kept: what is kept holds one.

    Parameters
    ----------
    register : Register
    period : Period
    language : str
        Of what is read first.
    """
    state = state_of_project(register.root) if cache.folder() else None
    key = cache.key("checker", json.dumps([repr(period), language]), state) if state else ""
    content = cache.kept(key) if key else None
    if content is not None:
        with suppress(Exception):  # whatever is wrong with what is kept: a checker can be made anew
            return _Unpickler(content, lambda: with_earlier(register, period)).checker()
    recorded = with_earlier(register, period)
    checker = Checker(recorded, str(period), register.root)
    checker.get_ready(language)
    if key:
        known = {
            "names": {*recorded, *recorded.later},
            "language": recorded.language,
            "framework": Framework.of(recorded),
        }
        written = io.BytesIO()
        pickler = _Pickler(written, pickle.HIGHEST_PROTOCOL)
        pickler.dump(known)
        pickler.dump(checker)
        if state_of_project(register.root) == state:
            cache.keep(key, written.getvalue())
    return checker
