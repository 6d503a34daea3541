"""The code that a piece of work runs through: the package's own, as one checksum, and what is installed."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# Lines are told by the line feed before them: sought with re.M they take four times as long.
_FROM = re.compile(r"\n[ \t]*from (analysis[\w.]*) import (\([^)]*\)|[^\n]*)")
_IMPORT = re.compile(r"\n[ \t]*import (analysis[\w.]*)")
LABELS = "labels"
"""The room whose data files are left out: which labels were looked up is known one by one."""


@cache
def _path(module: str) -> Path | None:
    stem = os.path.join(PACKAGE, *module.split(".")[1:])
    for path in (f"{stem}.py", os.path.join(stem, "__init__.py")):
        if os.path.isfile(path) and module != "analysis":
            return Path(path)
    return PACKAGE / "__init__.py" if module == "analysis" else None


@cache
def imported(module: str) -> frozenset[str]:
    """Return the package's modules that a module imports, wherever in it, with their rooms."""
    path = _path(module)
    text = "\n" + path.read_text(encoding="utf-8") if path else ""
    if module == "analysis":
        text = re.sub(r"^[ \t].*", "", text, flags=re.M)
    modules = set(_IMPORT.findall(text))
    for base, names in _FROM.findall(text):
        modules |= {base, *(f"{base}.{name}" for name in re.findall(r"\w+", names))}
    rooms = {
        ".".join(module.split(".")[:depth]) for module in modules for depth in range(1, module.count(".") + 1)
    }
    return frozenset(name for name in modules | rooms if _path(name))


def closure(modules: Iterable[str], without: Iterable[str] = ()) -> set[str]:
    """Return modules with all that they import, and what that imports.

    Parameters
    ----------
    modules : iterable of str
        To start from. Of the package's front door only what opens at once is followed.
    without : iterable of str
        Modules that are left out, with what only they import.
    """
    left_out, reached, waiting = set(without), set(), ["analysis", *modules]
    while waiting:
        module = waiting.pop()
        if module not in reached and module not in left_out:
            reached.add(module)
            waiting += imported(module)
    return reached


@cache
def _files(module: str) -> tuple[Path, ...]:
    """Return a module's file; of a room, its data files too."""
    path = _path(module)
    if path is None or path.name != "__init__.py" or module == "analysis":
        return () if path is None else (path,)
    if path.parent.name == LABELS:
        return (path,)
    data = [file for file in path.parent.rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc")]
    return (path, *sorted(data))


@cache
def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest(modules: Iterable[str]) -> str:
    """Return one checksum of the files of modules, and of the data files of the rooms among them."""
    paths = {path for module in modules for path in _files(module)}
    lines = sorted(f"{_sum(path)}  {path.relative_to(PACKAGE).as_posix()}" for path in paths)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@cache
def code_of(modules: tuple[str, ...], without: tuple[str, ...] = ()) -> str:
    """Return one checksum of all the code that modules run through."""
    return digest(closure(modules, without))


@cache
def packages() -> dict[str, str]:
    """Return the version of every package that is installed where this Python looks, by name.

    They are read from the names of the folders that describe them, as their standard says them.
    """
    versions: dict[str, str] = {}
    for folder in filter(os.path.isdir, sys.path):
        for name in os.listdir(folder):
            if name.endswith(".dist-info"):
                package, _, version = name.removesuffix(".dist-info").partition("-")
                versions.setdefault(package.lower().replace("_", "-"), version)
    return dict(sorted(versions.items()))


def python() -> str:
    """Return this Python's name and version."""
    return f"{platform.python_implementation()} {platform.python_version()}"
