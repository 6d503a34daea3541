"""Reproduce reports: what is asked for checked first, notebooks, documents, and a manifest written last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

from analysis.periods import Period
from analysis.running.asked import check_language, check_request, in_full, with_numbers
from analysis.running.crew import Crew, TaskFailure
from analysis.running.inputs import plain_settings
from analysis.running.language_run import LanguageRun, Request, claim
from analysis.running.manifest import Origin
from analysis.running.work import imports
from analysis.sources.processed import write_processed
from analysis.sources.register import Register
from analysis.store.shared import SHARED

TIME_LIMIT = 600.0
"""Seconds that a notebook, or a group of documents, may take, unless another limit is given."""


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
        Called with each event of a ``report``, which its language names: a task that ended (``task``,
        ``seconds``), what was ``made`` anew, how much was ``taken`` from the store, a ``warning``, that it is
        ``finished``, or ``unchanged`` since it was made.
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
    ended = reproduce_all(
        register,
        period,
        [language],
        only=only,
        output=output,
        jobs=jobs,
        parameters=parameters,
        documents=documents,
        time_limit=time_limit,
        heard=heard,
        tell=tell,
    )[language]
    if isinstance(ended, Exception):
        raise ended
    return ended


def reproduce_all(
    register: Register,
    period: Period,
    languages: Iterable[str],
    *,
    only: Iterable[str] = (),
    output: Path | None = None,
    jobs: int = 1,
    parameters: Mapping[str, str] | None = None,
    documents: bool = False,
    time_limit: float = TIME_LIMIT,
    heard: Callable[[dict], None] = lambda event: None,
    tell: Callable[[str], None] = print,
) -> dict[str, Path | Exception]:
    """Reproduce reports in several languages by the same processes, each as :func:`reproduce` makes it.

    What is free of language is done once. A report that fails leaves the others alone; one whose folder
    another process makes comes after them.

    Parameters
    ----------
    register, period
        As of :func:`reproduce`.
    languages : iterable of str
    only, output, jobs, parameters, documents, time_limit, heard, tell
        As of :func:`reproduce`; so many ``jobs`` are done at a time for all languages together.

    Returns
    -------
    dict of str to Path or Exception
        For each language the finished folder, or why there is none.

    Raises
    ------
    ParameterError, RegisterError, ValueError
        Before anything runs, when what is asked for does not exist.
    """
    languages = [check_language(language) for language in dict.fromkeys(languages)]
    whole_output = Path(output) if output else register.root / "reports"
    named = in_full(parameters or {})
    request = Request(register, period, tuple(only), named, documents, jobs, time_limit, whole_output)
    ended: dict[str, Path | Exception] = {}
    origin = Origin(register.root, request.further)
    for language in languages:
        if whole := request.last(language).report(origin):
            request.target(language).clear_if_free()
            heard({"report": language, "task": "everything", "unchanged": True})
            ended[language] = whole
    left = [language for language in languages if language not in ended]
    with ExitStack() as working:
        if left:
            crew = working.enter_context(Crew(register.root, plain_settings()))
            for language in left:
                chosen = check_request(register, period, language, request.only, named)
            chosen = with_numbers(register, period, chosen, tell, named=bool(request.only))
        while left:
            with ExitStack() as held:
                parts = claim(request, left, held, tell)
                origin = Origin(register.root, request.further)
                runs = [
                    LanguageRun(request, language, chosen, part, origin, heard, tell)
                    for language, part in parts.items()
                ]
                with closing(crew):
                    _make(request, runs, crew)
                ended |= {run.language: run.ended for run in runs if run.ended is not None}
            if left := [language for language in left if language not in parts]:
                crew = working.enter_context(Crew(register.root, plain_settings()))
    return {language: ended[language] for language in languages}


def _make(request: Request, runs: list[LanguageRun], crew: Crew) -> None:
    """Do the tasks of reports, and end each when its own are done."""
    by_language = {run.language: run for run in runs}
    tasks, register = _in_order(runs), request.register
    left = {run.language: {task["name"] for task in (*run.notebooks, *run.groups)} for run in runs}

    def listen(event: dict) -> None:
        run = by_language[event["report"]]
        run.attempt(lambda: run.listen(event))
        if "seconds" in event:
            run.clear(event["task"])
            left[run.language].discard(event["task"])
            if not left[run.language]:
                run.attempt(run.finish)

    def fail(language: str, failure: TaskFailure) -> None:
        run = by_language[language]
        run.attempt(lambda: run.fail(failure))

    scratch = runs[0].part / "scratch"
    if len(runs) > 1:
        for task in tasks:
            task["environment"] = task["environment"] | {SHARED: str((scratch / "shared").resolve())}
    if tasks:
        crew.ask(tasks, request.jobs, imports(path for run in runs for path in run.chosen.values()), scratch)
    else:
        crew.close()
    write_processed(register.root, request.period, register.recorded(request.period))
    for run in runs:
        if not left[run.language]:
            run.attempt(run.finish)
    if tasks:
        crew.hear(listen, fail)


def _in_order(runs: list[LanguageRun]) -> list[dict]:
    """Return the tasks of reports in the order to start them: notebooks one language ahead of documents.

    Documents wait for all notebooks of their language; meanwhile those of the next are run.
    """
    able = [run for run in runs if run.ended is None]
    tasks = [task for run in able[:1] for task in run.notebooks]
    for place, run in enumerate(able):
        tasks += [task for following in able[place + 1 : place + 2] for task in following.notebooks]
        tasks += run.groups
    return tasks
