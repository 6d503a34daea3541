"""Packages that are imported when something of them is asked for first, not when modules name them.

A command that does without a table need not wait for what reads and writes tables.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType


class _Postponed(ModuleType):
    """Stands for a package until something of it is asked for; then it is imported."""

    def __getattr__(self, name: str) -> object:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        package = importlib.import_module(self.__name__)
        vars(self).update(vars(package))
        return getattr(package, name)


def postpone(*names: str) -> None:
    """Import packages when something of them is asked for first; those that are imported already stay so.

    Parameters
    ----------
    names : str
        Of packages, ``pandas``.
    """
    for name in names:
        spec = None if name in sys.modules else find_spec(name)
        if spec is not None:
            sys.modules[name] = stand_in = _Postponed(name, spec.name)
            stand_in.__spec__ = spec
