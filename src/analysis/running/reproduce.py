"""Reproduce a report: what is asked for checked first, notebooks, documents, and a manifest written last."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.periods import Period
from analysis.running.asked import check_request, given_to, in_full, is_corrected, whose, with_numbers
from analysis.running.crate import write_crate
from analysis.running.crew import Crew, TaskFailure
from analysis.running.inputs import data_files, outside_the_project, plain_settings
from analysis.running.keys import documents_key, notebook_key
from analysis.running.manifest import made_from, write_manifest, write_run
from analysis.running.readme import write_readme
from analysis.running.target import Target
from analysis.running.unchanged import LastRun
from analysis.running.work import Paces, Work, modules
from analysis.sources.processed import write_processed
from analysis.sources.register import Register
from analysis.store.entries import Store
from analysis.store.kept import told_to_processes

TIME_LIMIT = 600.0
"""Seconds that a notebook, or a group of documents, may take, unless another limit is given."""


CORRECTED, PARTIAL = "corrected", "partial"
"""Folders of reports that are not the ordinary ones."""


class ChangedMeanwhile(RuntimeError):
    """Code, data or a notebook were changed while a report was made from them."""

    exit_code = 1


def reproduce(
    register: Register,
    period: Period,
    language: str = "en",
    *,
    only: Iterable[str] = (),
    output: Path | None = None,
    jobs: int = 1,
    parameters: Mapping[str, str] | None = None,
    documents: bool = False,
    time_limit: float = TIME_LIMIT,
    heard: Callable[[dict], None] = lambda event: None,
    tell: Callable[[str], None] = print,
) -> Path:
    """Run a period's notebooks into ``<output>/<period>/<language>``, whole or not at all.

    A report on corrected numbers stands in ``<output>/corrected/…``, one of some notebooks only in
    ``<output>/partial/…``, with both in ``<output>/corrected-partial/…``: none is taken for the ordinary one.

    What was made before from the same code, data, labels, parameters, versions and fonts is taken from the
    store in the folder of all reports.

    Parameters
    ----------
    register : Register
        The recorded files.
    period : Period
        What to report on.
    language : str
    only : iterable of str
        Stems or numbers of notebooks; all when empty.
    output : Path, optional
        Folder of all reports; ``reports`` of the project by default.
    jobs : int
        Notebooks, or groups of documents, that are made at the same time.
    parameters : mapping, optional
        Further parameters of the chosen notebooks, as text.
    documents : bool
        Whether documents and the site are made when all notebooks have run.
    time_limit : float
        Seconds that a notebook may take.
    heard : callable
        Called with each event: a task that ended (``task``, ``seconds``), what was ``made`` anew, how much
        was ``taken`` from the store, a ``warning``.
    tell : callable
        Called with a sentence when another run has to be waited for, or a chapter is left out because the
        record holds no number for it.

    Returns
    -------
    Path
        The finished folder; ``manifest.json`` in it was written last.

    Raises
    ------
    ParameterError, RegisterError, ValueError
        Before anything runs, when what is asked for does not exist.
    TaskFailure
        When a cell fails, or a process dies, or time is over. The executed notebooks are kept under
        ``<output>/failed``, the finished folder of an earlier run is left as it was.
    ChangedMeanwhile
        When what the report is made from was changed while it was made.
    """
    parameters, only = in_full(parameters or {}), tuple(only)
    reports = Path(output) if output else register.root / "reports"
    words = _words(period, language, only, parameters, documents)
    reports = reports / variant(words)
    last = LastRun(register.root, reports, words)
    whole = last.report()
    if whole:
        heard({"task": "everything", "unchanged": True})
        return whole
    chosen = check_request(register, period, language, only, parameters)
    chosen = with_numbers(register, period, chosen, tell, named=bool(only))
    place = register.report_folder(period, language)
    target = Target(reports, place.as_posix())
    with target.claimed(tell), target.part() as part:
        started, before = time.time(), made_from(register.root, language, words["further"])
        store = Store(target.root / ".store", outside_the_project(language), part / "store")
        data = hashlib.sha256(repr(data_files(register.root)).encode()).hexdigest()
        work = Work(register.root, part, place, whose(period, language), time_limit, data)
        new_work, taken = [], 0

        def listen(event: dict) -> None:
            nonlocal taken
            new_work.extend(event.get("made", []))
            taken += event.get("taken", 0)
            if "seconds" in event:
                paces.note(event["task"], event["seconds"])
            if "seconds" in event and event["task"] in chosen:
                work.gather(event["task"])
            heard(event)

        tasks = [work.notebook(path, given_to(path, parameters)) for path in chosen.values()]
        for task in tasks:
            task["key"] = notebook_key(store, task)
        paces = Paces(target.root / ".store" / "seconds.json")
        left = paces.longest_first(task for task in tasks if not _taken(task, store, work, listen))
        if documents:
            groups = work.documents(is_corrected(parameters), after=[task["name"] for task in left])
            if not left:
                for group in groups:
                    group["key"] = documents_key(store, group)
                groups = [group for group in groups if not _taken(group, store, work, listen)]
            names = {task["name"] for task in [*left, *groups]}
            left += [
                group | {"after": [name for name in group["after"] if name in names]} for group in groups
            ]

        try:
            if left:
                environment = plain_settings() | told_to_processes(store)
                with Crew(register.root, part / "scratch", environment) as crew:
                    crew.ask(left, jobs, modules(chosen.values()))
                    write_processed(register.root, period, register.recorded(period))
                    crew.hear(listen)
            else:
                write_processed(register.root, period, register.recorded(period))
        except TaskFailure as failure:
            _settle(store, register, words, before)
            kept = target.keep_failed(work.executed(list(chosen)))
            raise TaskFailure(
                failure.task, f"{failure}; the notebooks as far as they ran are in {kept}"
            ) from None
        if not _settle(store, register, words, before):
            raise ChangedMeanwhile(
                "code, data or a notebook were changed while the report was made from them: run again"
            )
        paces.write()
        write_run(work.report, new_work, taken, jobs, time.time() - started)
        for write in (write_readme, write_crate):
            write(work.report, register, period, words, before)
        write_manifest(work.report, words, before)
        target.put(work.report, part, tell)
        last.note(target.folder, str(period))
        return target.folder


def _settle(store: Store, register: Register, words: dict[str, Any], before: dict[str, Any]) -> bool:
    """Take over what was made, unless what it was made from was changed meanwhile; return whether not."""
    unchanged = made_from(register.root, words["language"], words["further"]) == before
    if unchanged:
        store.adopt()
        store.shrink()
    return unchanged


def _words(
    period: Period, language: str, only: tuple[str, ...], parameters: dict[str, str], documents: bool
) -> dict[str, Any]:
    """Return everything that was asked for of a report, as its manifest records it."""
    corrected = is_corrected(parameters)
    further = {name: value for name, value in sorted(parameters.items()) if name != "corrected"}
    words = {"corrected": corrected, "only": list(only), "documents": documents, "further": further}
    return whose(period, language) | words


def variant(words: Mapping[str, object]) -> str:
    """Return the folder of reports that are not the ordinary ones: corrected, of some notebooks, or both."""
    choices = {CORRECTED: words["corrected"], PARTIAL: words["only"]}
    return "-".join(name for name, choice in choices.items() if choice)


def _taken(task: dict, store: Store, work: Work, heard: Callable[[dict], None]) -> bool:
    """Take what a task would make from the store, if it is there; return whether it was."""
    files = store.get(task["key"]) if task["key"] else None
    if files is None:
        return False
    work.take(task["name"], files)
    heard({"task": task["name"], "taken": len(files)})
    return True
