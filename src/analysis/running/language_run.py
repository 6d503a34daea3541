"""The report of a run in one language: its folder, its tasks, what the store holds of it, how it ends."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.periods import Period
from analysis.running.asked import given_to, is_corrected, whose
from analysis.running.crate import write_crate
from analysis.running.crew import TaskFailure
from analysis.running.inputs import data_files, outside_the_project
from analysis.running.keys import documents_key, notebook_key
from analysis.running.manifest import Origin, write_manifest, write_run
from analysis.running.readme import write_readme
from analysis.running.target import Target
from analysis.running.unchanged import LastRun
from analysis.running.work import Paces, Work
from analysis.sources.register import Register
from analysis.store.entries import Store
from analysis.store.kept import told_to_processes

CORRECTED, PARTIAL = "corrected", "partial"
"""Folders of reports that are not the ordinary ones."""


class ChangedMeanwhile(RuntimeError):
    """Code, data or a notebook were changed while a report was made from them."""

    exit_code = 1


@dataclass(frozen=True)
class Request:
    """What is asked for, whatever the language.

    Parameters
    ----------
    register : Register
    period : Period
    only : tuple of str
        Notebooks asked for by name; all when empty.
    parameters : dict of str to str
        Further parameters of notebooks, with the files that they name in full.
    documents : bool
        Whether documents and the site are made.
    jobs : int
        Processes at a time.
    time_limit : float
        Seconds that each task may take.
    output : Path
        Folder of all reports.
    """

    register: Register
    period: Period
    only: tuple[str, ...]
    parameters: dict[str, str]
    documents: bool
    jobs: int
    time_limit: float
    output: Path

    @property
    def further(self) -> dict[str, str]:
        """The parameters that notebooks are given besides those that every one takes."""
        return {name: text for name, text in sorted(self.parameters.items()) if name != "corrected"}

    def words(self, language: str) -> dict[str, Any]:
        """Return everything that is asked for of a report, as its manifest records it."""
        words = {"corrected": is_corrected(self.parameters), "only": list(self.only)}
        words |= {"documents": self.documents, "further": self.further}
        return whose(self.period, language) | words

    def target(self, language: str) -> Target:
        """Return the folder that is made in a language."""
        reports = self.output / variant(self.words(language))
        return Target(reports, self.register.report_folder(self.period, language).as_posix())

    def last(self, language: str) -> LastRun:
        """Return what the last run of this request has made in a language."""
        return LastRun(self.register.root, self.target(language).root, self.words(language))


def variant(words: Mapping[str, object]) -> str:
    """Return the folder of reports that are not the ordinary ones: corrected, of some notebooks, or both."""
    choices = {CORRECTED: words["corrected"], PARTIAL: words["only"]}
    return "-".join(name for name, choice in choices.items() if choice)


class LanguageRun:
    """The report in one language; its target is held by this process.

    Parameters
    ----------
    request : Request
    language : str
    chosen : dict of str to Path
        The notebooks that are run, by stem.
    part : Path
        The run's scratch folder.
    origin : Origin
        What the report is made from.
    heard, tell : callable
        As of :func:`analysis.running.reproduce.reproduce`.

    Attributes
    ----------
    notebooks, groups : list of dict
        Tasks that are to be done, in the order to start them.
    ended : Path or Exception or None
        The finished folder, or why there is none; None until then.
    """

    def __init__(
        self,
        request: Request,
        language: str,
        chosen: dict[str, Path],
        part: Path,
        origin: Origin,
        heard: Callable[[dict], None],
        tell: Callable[[str], None],
    ):
        self.request, self.language, self.chosen, self.part = request, language, chosen, part
        self.ended: Path | Exception | None = None
        self._heard, self._tell, self._started = heard, tell, time.monotonic()
        root, self._words = request.register.root, request.words(language)
        self._before, self._target = origin.of(language), request.target(language)
        self._store = Store(self._target.root / ".store", outside_the_project(language), part / "store")
        self._paces = Paces(self._target.root / ".store" / "seconds.json")
        data = hashlib.sha256(repr(data_files(root)).encode()).hexdigest()
        place, common = Path(self._target.place), whose(request.period, language)
        self._work = Work(root, part, place, common, request.time_limit, data, told_to_processes(self._store))
        self._new_work: list[str] = []
        self._count_taken = 0
        self.notebooks: list[dict] = []
        self.groups: list[dict] = []
        self.attempt(self._begin)

    def attempt(self, step: Callable[[], None]) -> None:
        """Do a step; what goes wrong ends this report, and no other."""
        try:
            if self.ended is None:
                step()
        except Exception as error:
            self.ended = error

    def _begin(self) -> None:
        """Take from the store what was made before, and set out what is left to do."""
        corrected, parameters = is_corrected(self.request.parameters), self.request.parameters
        tasks = [self._work.notebook(path, given_to(path, parameters)) for path in self.chosen.values()]
        for task in tasks:
            task["key"] = notebook_key(self._store, task)
        self.notebooks = self._paces.longest_first(task for task in tasks if not self._is_taken(task))
        if not self.request.documents:
            return
        groups = self._work.documents(corrected, after=[task["name"] for task in self.notebooks])
        for group in groups:
            # The key of the contents tells which files they offer: those that were taken are there by now.
            left = (task["name"] for task in (*self.notebooks, *self.groups))
            waited_for = set(group["after"]).intersection(left)
            if not waited_for:
                group["key"] = documents_key(self._store, group)
            if waited_for or not self._is_taken(group):
                self.groups.append(group)
        names = {task["name"] for task in [*self.notebooks, *self.groups]}
        for group in self.groups:
            group["after"] = [name for name in group["after"] if name in names]

    def _is_taken(self, task: dict) -> bool:
        """Take what a task would make from the store, if it is there; return whether it was."""
        files = self._store.get(task["key"]) if task["key"] else None
        if files is None:
            return False
        self._work.take(task["name"], files)
        self.listen({"report": self.language, "task": task["name"], "taken": len(files)})
        return True

    def listen(self, event: dict) -> None:
        """Note what a task told."""
        self._new_work.extend(event.get("made", []))
        self._count_taken += event.get("taken", 0)
        if "seconds" in event:
            self._paces.note(event["task"], event["seconds"])
            if event["task"] in self.chosen:
                self._work.gather(event["task"])
        self._heard(event)

    def clear(self, task: str) -> None:
        """Let documents begin that wait for what a task has made, once that was dealt with in any way."""
        if task in self.chosen:
            self._work.clear(task)

    def fail(self, failure: TaskFailure) -> None:
        """End without a report; keep the notebooks as far as they ran."""
        self._settle()
        kept = self._target.keep_failed(self._work.executed(list(self.chosen)))
        self.ended = TaskFailure(failure.task, f"{failure}; the notebooks as far as they ran are in {kept}")

    def finish(self) -> None:
        """Put the report in its place: what tells of it written last, its manifest at the very end.

        Raises
        ------
        ChangedMeanwhile
            When what the report is made from was changed while it was made.
        """
        if not self._settle():
            raise ChangedMeanwhile(
                "code, data or a notebook were changed while the report was made from them: run again"
            )
        self._paces.write()
        report, register, period = self._work.report, self.request.register, self.request.period
        write_run(
            report, self._new_work, self._count_taken, self.request.jobs, time.monotonic() - self._started
        )
        for write in (write_readme, write_crate):
            write(report, register, period, self._words, self._before)
        write_manifest(report, self._words, self._before)
        self._target.put(report, self.part, self._tell)
        self.request.last(self.language).note(self._target.folder, str(period))
        self._heard({"report": self.language, "task": "everything", "finished": True})
        self.ended = self._target.folder

    def _settle(self) -> bool:
        """Take over what was made, unless what it was made from was changed; return whether not."""
        now = Origin(self.request.register.root, self.request.further).of(self.language)
        if now == self._before:
            self._store.adopt()
            self._store.shrink()
        return now == self._before


def claim(
    request: Request, languages: list[str], held: ExitStack, tell: Callable[[str], None]
) -> dict[str, Path]:
    """Hold the targets that no other process makes, or else the first when its turn comes.

    Parameters
    ----------
    request : Request
    languages : list of str
    held : ExitStack
        Lets the targets go, and removes their scratch folders, when it ends.
    tell : callable
        Told of each target that another process makes.

    Returns
    -------
    dict of str to Path
        The scratch folder of each language whose target is held.
    """
    parts: dict[str, Path] = {}
    if len(languages) > 1:
        for language in languages:
            target = request.target(language)
            if holder := held.enter_context(target.claimed_if_free()):
                tell(f"process {holder} is making {target.folder}: it is made after the other languages")
            else:
                parts[language] = held.enter_context(target.part())
    if not parts:
        target = request.target(languages[0])
        held.enter_context(target.claimed(tell))
        parts[languages[0]] = held.enter_context(target.part())
    return parts
