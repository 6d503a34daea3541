"""The tasks of a run, each done in a process of its own: a notebook with its pages, a group of documents."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from analysis import documents
from analysis.documents import PAGES, WRITTEN, write_documents
from analysis.labels.watching import watched
from analysis.periods import Period
from analysis.pictures.beforehand import set_letters_beforehand
from analysis.printed.opened import read_beforehand, read_record_beforehand
from analysis.running.execution import execute
from analysis.running.keys import documents_key, sum_beforehand
from analysis.running.shell import Shell
from analysis.site import notebook_pages
from analysis.sources.register import Register, RegisterError
from analysis.store import kept

Tell = Callable[..., None]
_A_TIME = 30
"""Names in an event, which is written whole only when it is short."""


_to_read: set[tuple] = set()
"""The records that are read for documents in any case, each in a language: notebooks are given them too."""
_begun: list[str] = []
"""The first notebook, which begins at once: the record is read while it runs."""


def warm_up(tasks: Sequence[dict]) -> None:
    """Do once what every process that is forked for one of the tasks would do anew.

    Where the record cannot be opened, the task that wants it says why.
    """
    _to_read.update(_reading(task) for task in tasks if task["kind"] == "documents")
    if any(task["kind"] == "notebook" for task in tasks):
        notebook_pages.warm_up_nbconvert()
    for task in tasks[:1]:
        with suppress(RegisterError, ValueError, OSError):
            Register(task["root"]).recorded(_period(task))


def get_ready(task: dict, startable: bool = True) -> None:
    """Do once what a task and those after it would do anew: read the record in the language that they share.

    For documents, when the first of them can be done, also what depends on their notebooks. Whatever goes
    wrong, the task itself comes upon it, and says so.
    """
    if task["kind"] == "notebook" and not _begun:
        _begun.append(task["name"])
    elif _reading(task) in _to_read:
        with suppress(Exception):
            register, period, language = Register(task["root"]), _period(task), task["language"]
            read_beforehand(register, period, language, _is_corrected(task))
            set_letters_beforehand(language)
            if task["kind"] != "documents":
                return
            for other in register.periods(period.organisation):
                read_record_beforehand(register, other)  # pages lead to what the reports beside them hold
            if startable:
                folder = Path(task["folder"])
                sum_beforehand(folder)
                documents.open_beforehand(register, period, language, folder, task["corrected"])


def _reading(task: dict) -> tuple:
    """Return which record a task reads, and in which language."""
    return task["root"], task["organisation"], task["biennium"], task["language"], _is_corrected(task)


def _is_corrected(task: dict) -> bool:
    return bool(task.get("corrected") or task.get("parameters", {}).get("corrected"))


def do(task: dict, shell: Shell, tell: Tell) -> None:
    """Do a task, and tell what is worth telling; what goes wrong is raised."""
    os.environ.update(task["environment"])
    tell = partial(tell, report=task["report"], task=task["name"])
    KINDS[task["kind"]](task, shell, tell)
    for first in range(0, len(kept.new_work), _A_TIME):
        tell(made=kept.new_work[first : first + _A_TIME])
    tell(taken=len(kept.taken))


def _notebook(task: dict, shell: Shell, tell: Tell) -> None:
    folder, notebook = Path(task["folder"]), Path(task["notebook"])
    with watched() as labels:
        execute(
            notebook,
            folder / "notebooks" / notebook.name,
            task["parameters"],
            shell,
            lambda cell: tell(cell=cell),
        )
        notebook_pages.write_pages(folder, _period(task), task["language"])
    _keep(task, folder, (path for path in folder.rglob("*") if path.is_file()), labels)


def _documents(task: dict, shell: Shell, tell: Tell) -> None:
    folder = Path(task["folder"])
    task["key"] = documents_key(kept.store(), task)
    parts = [part for part in WRITTEN if part in task["parts"]]
    with warnings.catch_warnings(record=True) as warned, watched() as labels:
        warnings.simplefilter("always", UserWarning)
        written = write_documents(
            Register(task["root"]), _period(task), task["language"], folder, task["corrected"], parts
        )
    messages = [str(warning.message) for warning in warned if issubclass(warning.category, UserWarning)]
    for message in messages:
        tell(warning=message)
    if not messages:
        pages = folder.glob("*.html") if PAGES in parts else ()
        _keep(task, folder, {*written, *pages}, labels)


def _period(task: dict) -> Period:
    return Register(task["root"]).period(task["biennium"], task["organisation"])


def _keep(task: dict, folder: Path, paths: Iterable[Path], labels: dict) -> None:
    """Keep what a task has made, for a run in which nothing that it depends on has changed."""
    store = kept.store()
    if store and task["key"]:
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}
        store.put(task["key"], files, labels)
    kept.new_work.append(task["name"])


KINDS: dict[str, Callable[[dict, Shell, Tell], None]] = {"notebook": _notebook, "documents": _documents}
