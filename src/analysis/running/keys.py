"""Under which keys the outcomes of tasks are kept: everything that they depend on, labels apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from analysis.code import code_of
from analysis.running.asked import parameters_of
from analysis.running.inputs import checksums_below
from analysis.running.work import CONTENTS, PAGES, imports
from analysis.store.entries import Store

_RUNNING = ("analysis.running.execution", "analysis.running.tasks", "analysis.site.notebook_pages")
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


def documents_key(store: Store | None, task: dict) -> str:
    """Return the key of a group of documents of a folder whose notebooks have run."""
    folder = Path(task["folder"])
    if store is None:
        return ""
    paths: Iterable[Path] = (path for name in _MADE_BY_NOTEBOOKS for path in (folder / name).rglob("*"))
    pages = folder.glob(f"*{_PAGE}") if PAGES in task["parts"] else ()
    offered = sorted(path.name for path in folder.glob("*") if path.is_file() and path.suffix != _PAGE)
    offered = offered if CONTENTS in task["parts"] else []
    return store.key(
        task["name"],
        json.dumps([checksums_below([*paths, *pages], folder), offered]),
        json.dumps([task["common"], task["corrected"]], sort_keys=True),
        code_of(("analysis.documents", "analysis.running.tasks")),
        task["data"],
    )
