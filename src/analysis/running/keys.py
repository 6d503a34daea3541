"""Under which keys the outcomes of tasks are kept: everything that they depend on, labels apart."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from analysis.code import code_of
from analysis.running.asked import parameters_of
from analysis.running.inputs import checksums_below
from analysis.running.work import CONTENTS, PAGES, imports
from analysis.store.entries import Store

_RUNNING = ("analysis.running.execution", "analysis.running.tasks", "analysis.site.notebook_pages")
_WRITING = ("analysis.documents", "analysis.running.tasks")
_MADE_BY_NOTEBOOKS = ("notebooks", "figures", "tables", "audit")
_PAGE = ".html"


def notebook_key(store: Store | None, task: dict) -> str:
    """Return the key of what a notebook makes; empty where it may depend on what is not known here.

    A parameter that is a text of its own, such as a survey's file, may name anything.
    """
    notebook = Path(task["notebook"])
    declared = parameters_of(notebook)
    own = {name: value for name, value in task["parameters"].items() if name != "output_dir"}
    extra = {name: value for name, value in own.items() if name not in task["common"]}
    texts = {
        name for name, value in extra.items() if isinstance(value, str) and value != declared[name].default
    }
    if store is None or texts:
        return ""
    named = [module for module in imports([notebook]) if module.partition(".")[0] == "analysis"]
    named += ["analysis.front"] if "analysis" in named else []
    return store.key(
        task["name"],
        hashlib.sha256(notebook.read_bytes()).hexdigest(),
        json.dumps(own, sort_keys=True),
        code_of((*named, *_RUNNING)),
        task["data"],
    )


_sums_of_notebooks: dict[Path, dict[str, str]] = {}
"""Checksums of what notebooks have made in a folder, in this process or the one that it was forked from."""


def sum_beforehand(folder: Path) -> None:
    """Sum the files of a folder whose notebooks have run, once for the keys of all its documents.

    Nothing that notebooks make may be written into it afterwards.
    """
    _sums_of_notebooks.setdefault(folder, _made_by_notebooks(folder))
    code_of(_WRITING)


def _made_by_notebooks(folder: Path) -> dict[str, str]:
    """Return the checksums of what notebooks have made in a folder, but for their pages."""
    paths = (path for name in _MADE_BY_NOTEBOOKS for path in (folder / name).rglob("*"))
    return _sums_of_notebooks.get(folder) or checksums_below(paths, folder)


def documents_key(store: Store | None, task: dict) -> str:
    """Return the key of a group of documents of a folder whose notebooks have run."""
    folder = Path(task["folder"])
    if store is None:
        return ""
    pages = folder.glob(f"*{_PAGE}") if PAGES in task["parts"] else ()
    offered = sorted(path.name for path in folder.glob("*") if path.is_file() and path.suffix != _PAGE)
    offered = offered if CONTENTS in task["parts"] else []
    return store.key(
        task["name"],
        json.dumps([_made_by_notebooks(folder) | checksums_below(pages, folder), offered]),
        json.dumps([task["common"], task["corrected"]], sort_keys=True),
        code_of(_WRITING),
        task["data"],
    )
