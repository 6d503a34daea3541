"""The process that has imported everything: it forks once for each task, and dies with the process it serves.

``python -m analysis.running.warm`` is started by :mod:`analysis.running.crew`. It imports other packages
before anything is asked of it, and modules of this one after that, when it is noted what reports are made
from. The first line on its standard input names the file of the request; that the input ends means that the
other side has gone, however it went: then this process and all that it started are killed. Each line on its
standard output is an event, as JSON.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis.files import told_of_system

LONGEST = 3500
"""Most characters of a text in an event: a line that is shorter than a pipe's buffer is written whole."""
TASKS = "analysis.running.tasks"
OTHERS = (
    "pyarrow.compute",
    "scipy.sparse",
    "scipy.special",
    "matplotlib.figure",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "docx",
    "pptx",
    "xlsxwriter",
    "nbconvert",
    "ipykernel.zmqshell",
)
"""What tasks import of other packages, but for what looks at its import for a notebook, as pandas does."""
_LIFELINE = 0
_SELDOM = (50_000, 20, 50)
"""How many objects more there must be before the youngest, the middle and the oldest are looked at."""


@dataclass
class RunningTask:
    """A task whose process runs: its process, when it started and when it must have ended."""

    task: dict
    process: int
    started: float
    due: float
    overdue: bool = False


class EventPipe:
    """Writes events; every process of the run writes to the same pipe."""

    def __init__(self):
        self.events = os.dup(1)
        os.dup2(2, 1)

    def __call__(self, **event: object) -> None:
        """Write one event as a line."""
        cut = {name: value[:LONGEST] if isinstance(value, str) else value for name, value in event.items()}
        os.write(self.events, (json.dumps(cut) + "\n").encode())


def _end_all() -> None:
    """Kill this process, all that it started, and what those started: they are one process group."""
    os.killpg(0, signal.SIGKILL)


def _watch(stop: int = -1) -> None:
    """End all when the side that is served has gone, or the parent, which is this process's server.

    It goes on until the other end of the pipe `stop` is closed. What stands in the lifeline may be unread.
    """
    parent, ends = os.getppid(), select.poll()
    for pipe in (_LIFELINE, *([stop] if stop >= 0 else [])):
        ends.register(pipe, 0)  # that it has ended is told whatever is waited for
    while True:
        ready = [pipe for pipe, _ in ends.poll(100)]
        if _LIFELINE in ready or os.getppid() != parent:
            _end_all()
        if ready:
            return


@contextmanager
def _wanted() -> Iterator[None]:
    """Let a thread watch whether anybody still wants what is done meanwhile."""
    stop, end = os.pipe()
    watcher = threading.Thread(target=_watch, args=(stop,))
    watcher.start()
    try:
        yield
    finally:
        os.close(end)
        watcher.join()
        os.close(stop)


def others_installed() -> list[str]:
    """Return what tasks want of other packages; what is not installed, as part of an extra, is left out."""
    return [name for name in OTHERS if find_spec(name.partition(".")[0])]


def _import(shell: Any, modules: list[str], tasks: list[dict]) -> None:
    """Import and get ready what tasks will want."""
    with _wanted(), shell.named():
        for name in modules:
            importlib.import_module(name)
        sys.modules[TASKS].warm_up(tasks)


def serve(
    tasks: list[dict],
    jobs: int,
    work: Callable[[dict], None],
    tell: EventPipe,
    get_ready: Callable[[dict, bool], None] | None = None,
) -> None:
    """Do the tasks, so many at a time, each in a process of its own; tell how each ended.

    Parameters
    ----------
    tasks : list of dict
        ``report`` and ``name``, which together no other has, ``after`` (names of tasks of the same report
        that must have ended well) and ``limit`` (seconds), beside what the work needs; it may have
        ``until_gone``, folders that the other side removes when it has moved what was made there. Where a
        task fails, those of its report are ended; the others go on.
    jobs : int
        Processes at a time.
    work : callable
        Does a task in a forked process; what it raises fails the task.
    tell : EventPipe
    get_ready : callable, optional
        Does in this process, before one is forked for a task, what that and later ones would do anew; given
        the task and whether it can be started: while there is room for a process, but none that can be
        started, it is called for the one that waits next.
    """
    waiting, expected = list(tasks), None
    running: dict[int, RunningTask] = {}
    done: dict[str, set[str]] = {task["report"]: set() for task in tasks}
    while waiting or running:
        next_ones = [task for task in waiting if done[task["report"]].issuperset(task["after"])]
        startable = [task for task in next_ones if not any(map(os.path.exists, task.get("until_gone", [])))]
        for task in startable[: jobs - len(running)]:
            waiting.remove(task)
            if get_ready:
                with _wanted():
                    get_ready(task, True)
            sentinel, process = _fork(task, work, tell)
            now = time.monotonic()
            running[sentinel] = RunningTask(task, process, now, now + task["limit"])
        if get_ready and waiting and len(running) < jobs and waiting[0] is not expected:
            expected = waiting[0]
            with _wanted():
                get_ready(expected, False)
        soonest = min((child.due for child in running.values()), default=0.0) - time.monotonic()
        if len(startable) < len(next_ones) and len(running) < jobs:
            soonest = 0.01
        ready = select.select([_LIFELINE, *running], [], [], max(soonest, 0.01))[0]
        if _LIFELINE in ready:
            _end_all()
        for sentinel in ready:
            if sentinel not in running:
                continue  # ended with another task of its report
            ended = running.pop(sentinel)
            os.close(sentinel)
            report = ended.task["report"]
            if _reap(ended, tell):
                done[report].add(ended.task["name"])
            else:
                waiting = [task for task in waiting if task["report"] != report]
                _end_report(report, running)
                tell(report=report, ended=True)
        for child in running.values():
            if time.monotonic() >= child.due and not child.overdue:
                child.overdue = True
                os.kill(child.process, signal.SIGKILL)


def _end_report(report: str, running: dict[int, RunningTask]) -> None:
    """Kill the tasks of a report that run; take them out of those that do."""
    for sentinel in [place for place, child in running.items() if child.task["report"] == report]:
        child = running.pop(sentinel)
        os.kill(child.process, signal.SIGKILL)
        os.waitpid(child.process, 0)
        os.close(sentinel)


def _fork(task: dict, work: Callable[[dict], None], tell: EventPipe) -> tuple[int, int]:
    sentinel, writing_end = os.pipe()
    process = os.fork()
    if process:
        os.close(writing_end)
        return sentinel, process
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_watch, daemon=True).start()
        random.seed()
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()
        work(task)
    except BaseException as error:
        if not isinstance(error, OSError) and type(error).__name__ != "NotebookFailure":
            traceback.print_exc()
        kind, message = type(error).__name__, str(error)
        if isinstance(error, OSError) and error.errno is not None:
            kind, message = "", told_of_system(error)
        tell(**_named(task), failed="error", kind=kind, message=message)
        os._exit(1)
    os._exit(0)


def _named(task: dict) -> dict[str, str]:
    """Return how events name a task."""
    return {"report": task["report"], "task": task["name"]}


def _reap(ended: RunningTask, tell: EventPipe) -> bool:
    """Tell how a task ended; return whether it ended well."""
    _, status, used = os.wait4(ended.process, 0)
    name, code = _named(ended.task), os.waitstatus_to_exitcode(status)
    if ended.overdue:
        tell(**name, failed="limit", limit=ended.task["limit"])
    elif code < 0:
        tell(**name, failed="signal", signal=signal.Signals(-code).name)
    elif code > 0:
        tell(**name, failed="exit", code=code)
    else:
        seconds = time.monotonic() - ended.started
        tell(**name, seconds=seconds, processor=used.ru_utime + used.ru_stime, memory=used.ru_maxrss)
    return code == 0 and not ended.overdue


def main() -> None:
    """Import, read the request, and do the tasks."""
    tell = EventPipe()
    gc.disable()  # what is imported stays
    # nbformat would load every format that jsonschema can check, for 1.2 s; a notebook's schema uses none.
    sys.modules["rfc3987_syntax"] = None
    with _wanted():
        for name in others_installed():
            importlib.import_module(name)
    request = json.loads(Path(os.fsdecode(_first_line().rstrip(b"\n"))).read_bytes())
    from analysis.running.shell import Shell

    shell = Shell(Path(request["scratch"]))
    _import(shell, [TASKS, *request["modules"]], request["tasks"])
    _collect_seldom()
    tasks = sys.modules[TASKS]
    do = partial(tasks.do, shell=shell, tell=tell)
    serve(request["tasks"], request["jobs"], do, tell, tasks.get_ready)


def _collect_seldom() -> None:
    """Look for objects that only hold each other seldom, and never among those that were imported.

    A task is over in seconds; figures and documents are full of such objects, and to look for them at
    Python's own pace takes a seventh of the time.
    """
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    gc.enable()


def _first_line() -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        read = os.read(_LIFELINE, 1)
        if not read:
            _end_all()
        line += read
    return line


if __name__ == "__main__":
    main()
