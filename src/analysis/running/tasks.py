"""The tasks of a run, each done in a process of its own: a notebook with its pages, a group of documents."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

from analysis.documents import WRITTEN, write_documents
from analysis.periods import Period
from analysis.running.execution import NotebookFailure, execute
from analysis.running.shell import Shell
from analysis.site.notebook_pages import write_pages
from analysis.sources.register import Register


def do(task: dict, shell: Shell, tell: Callable[..., None]) -> None:
    """Do a task, and tell what is worth telling; what goes wrong is raised."""
    KINDS[task["kind"]](task, shell, tell)


def _notebook(task: dict, shell: Shell, tell: Callable[..., None]) -> None:
    folder, notebook = Path(task["folder"]), Path(task["notebook"])
    try:
        execute(
            notebook,
            folder / "notebooks" / notebook.name,
            task["parameters"],
            shell,
            lambda cell: tell(task=task["name"], cell=cell),
        )
    except NotebookFailure as failure:
        failure.told = True
        raise
    write_pages(folder, _period(task), task["language"])


def _documents(task: dict, shell: Shell, tell: Callable[..., None]) -> None:
    parts = [each for each in WRITTEN if (each != task["part"]) == task["rest"]]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", UserWarning)
        write_documents(
            Register(task["root"]),
            _period(task),
            task["language"],
            Path(task["folder"]),
            task["corrected"],
            parts,
        )
    for each in warned:
        if issubclass(each.category, UserWarning):
            tell(task=task["name"], warning=str(each.message))


def _period(task: dict) -> Period:
    return Register(task["root"]).period(task["biennium"], task["organisation"])


KINDS: dict[str, Callable[[dict, Shell, Callable[..., None]], None]] = {
    "notebook": _notebook,
    "documents": _documents,
}
