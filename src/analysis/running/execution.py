"""One notebook run by papermill in this process, and normalised: the same notebook makes the same bytes.

papermill puts in the parameters, keeps the notebook and marks a cell that fails; instead of a kernel that
starts, imports and waits, its cells run in this process (:mod:`analysis.running.shell`), which was forked
from one that has imported everything.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat
import papermill
from ipykernel.ipkernel import IPythonKernel
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from papermill.exceptions import PapermillExecutionError

from analysis.files import told_of_system, write_whole
from analysis.running.shell import Shell

ENGINE = "this process"
_OF_SYSTEM = re.compile(r"\[Errno (\d+)\] (.*): '(.*)'", re.S)
"""The text of an error of the system: its number, why, and the file."""
SAVED_EVERY = 1.0
"""Seconds between two savings of a notebook that runs."""


class NotebookFailure(RuntimeError):
    """A notebook whose cell failed; the notebook is kept, with the path through the code in it."""


class _Manager(NotebookExecutionManager):
    """papermill's keeper of a notebook that runs; it saves now and then, not twice a cell."""

    def save(self, **changed: object) -> None:
        if time.monotonic() - getattr(self, "_saved", -SAVED_EVERY) >= SAVED_EVERY:
            super().save(**changed)
            self._saved = time.monotonic()


class ThisProcess(Engine):
    """papermill's engine that runs cells in this process."""

    @classmethod
    def execute_notebook(
        cls,
        nb: nbformat.NotebookNode,
        kernel_name: str,
        output_path: str,
        starting: Callable[[int], None],
        shell: Shell,
        **unused: object,
    ) -> nbformat.NotebookNode:
        """Run the cells in order up to one that fails; tell the number of each that starts."""
        manager = _Manager(nb, output_path=output_path, progress_bar=False)
        manager.notebook_start()
        for place, cell in enumerate(nb.cells):
            starting(place + 1)
            manager.cell_start(cell, place)
            ended = cell.cell_type != "code" or shell.run(cell)
            if not ended and "raises-exception" not in cell.metadata.get("tags", []):
                manager.cell_exception(cell, place)
                break
            manager.cell_complete(cell, place)
        nb.metadata["language_info"] = nbformat.from_dict(IPythonKernel.language_info)
        manager.notebook_complete()
        return nb


papermill_engines.register(ENGINE, ThisProcess)


def execute(
    notebook: Path,
    executed: Path,
    parameters: Mapping[str, object],
    shell: Shell,
    starting: Callable[[int], None] = lambda cell: None,
) -> Path:
    """Run one notebook in this process, in its own folder, and write its normalised copy.

    Parameters
    ----------
    notebook, executed : Path
        The notebook, and where its executed copy goes.
    parameters : mapping
        In the types that the notebook declares.
    shell : Shell
        An IPython in which nothing has run.
    starting : callable
        Called with the number of each cell that starts, from 1.

    Raises
    ------
    NotebookFailure
        When a cell fails; the message names the notebook, the cell and the error. The copy is as it ran.
    """
    executed.parent.mkdir(parents=True, exist_ok=True)
    sys.path.insert(0, "")
    try:
        ran = papermill.execute_notebook(
            str(notebook.resolve()),
            str(executed.resolve()),
            parameters=dict(parameters),
            engine_name=ENGINE,
            progress_bar=False,
            cwd=str(notebook.parent),
            starting=starting,
            shell=shell,
        )
    except PapermillExecutionError as error:
        raise NotebookFailure(f"{notebook.name}, cell {error.cell_index + 1}: {_told(error)}") from None
    except OSError as error:  # of papermill's own copy: a full disk
        raise OSError(error.errno, error.strerror, error.filename or str(executed)) from None
    return write_whole(executed, (nbformat.writes(normalised(ran)) + "\n").encode("utf-8"))


def _told(error: PapermillExecutionError) -> str:
    """Return what a cell's error says; one of the system as commands tell it."""
    if of_system := _OF_SYSTEM.fullmatch(error.evalue):
        return told_of_system(OSError(int(of_system[1]), of_system[2], of_system[3]))
    return f"{error.ename}: {error.evalue}"


def normalised(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take times, random ids and paths of this machine out of an executed notebook; return it."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"
        tags = cell.metadata.get("tags", [])
        cell.metadata.clear()
        if tags:
            cell.metadata["tags"] = tags
        if "injected-parameters" in tags:
            cell.source = re.sub(r'^output_dir = ".*"$', 'output_dir = "reports"', cell.source, flags=re.M)
    return notebook
