"""Reproduce a report: parameters checked first, notebooks, documents, and a manifest written last."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from analysis.periods import Period
from analysis.running.asked import checked, given_to, is_corrected, whose
from analysis.running.crew import Crew, TaskFailure
from analysis.running.manifest import write_manifest
from analysis.running.target import Target
from analysis.running.work import Work, modules
from analysis.sources.processed import write_processed
from analysis.sources.register import Register

TIME_LIMIT = 600.0
"""Seconds that a notebook, or a group of documents, may take, unless another limit is given."""


def reproduce(
    register: Register,
    asked: Period,
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

    Parameters
    ----------
    register : Register
        The recorded files.
    asked : Period
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
        Called with each event: a task that ended (``task``, ``seconds``), a ``warning``.
    tell : callable
        Called with a sentence when another run has to be waited for.

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
    """
    parameters = parameters or {}
    chosen = checked(register, asked, language, only, parameters)
    place = register.report_folder(asked, language)
    target = Target(Path(output) if output else register.root / "reports", place.as_posix())
    with target.claimed(tell), target.part() as part, Crew(register.root, part / "scratch") as crew:
        work = Work(register.root, part, place, whose(asked, language), time_limit)
        if only and target.folder.is_dir():
            shutil.copytree(target.folder, work.report)
        write_processed(register.root, asked, register.recorded(asked))
        tasks = [work.notebook(path, given_to(path, parameters)) for path in chosen.values()]
        if documents:
            tasks += work.documents(is_corrected(parameters), after=list(chosen))

        def listen(event: dict) -> None:
            if "seconds" in event and event["task"] in chosen:
                work.gather(event["task"])
            heard(event)

        try:
            crew.do(tasks, jobs, modules(chosen.values()), listen)
        except TaskFailure as failure:
            kept = target.keep_failed(work.executed(list(chosen)))
            raise TaskFailure(
                failure.task, f"{failure}; the notebooks as far as they ran are in {kept}"
            ) from None
        write_manifest(work.report, register, whose(asked, language))
        return target.put(work.report, part)
