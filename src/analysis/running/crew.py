"""A run's processes as the command sees them: started, listened to, and ended with it, whatever happens."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

import analysis
from analysis.files import write_whole

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class TaskFailure(RuntimeError):
    """A task that failed: an error in it, its process killed, its time over.

    Attributes
    ----------
    task : str
        Name of the task.
    """

    exit_code = 1

    def __init__(self, task: str, message: str):
        super().__init__(message)
        self.task = task


class Stopped(KeyboardInterrupt):
    """The run was asked to stop by a signal.

    Attributes
    ----------
    signal : signal.Signals
    """

    def __init__(self, number: int):
        super().__init__(number)
        self.signal = signal.Signals(number)


@contextmanager
def stopping() -> Iterator[None]:
    """Turn the first signal that asks to stop into :class:`Stopped`, and ignore those that follow."""

    def stop(number: int, frame: object) -> None:
        for kind in STOPPING:
            signal.signal(kind, signal.SIG_IGN)
        raise Stopped(number)

    before = {kind: signal.signal(kind, stop) for kind in STOPPING}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


class Crew:
    """The process that has imported everything, and those that it forks.

    Parameters
    ----------
    root : Path
        The project.
    environment : mapping
        Further environment variables of the processes.

    Notes
    -----
    The first imports other packages from the moment on that the context begins, until it is asked for tasks.
    They are one process group, and are killed when the context ends. Their standard input is held open by
    this process alone: when it dies, however it dies, they see it end and kill themselves.
    """

    def __init__(self, root: Path, environment: Mapping[str, str] | None = None):
        source = str(Path(analysis.__file__).resolve().parents[1])
        paths = [source, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(paths),
            "ANALYSIS_ROOT": str(root.resolve()),
            **(environment or {}),
        }

    def __enter__(self) -> Crew:
        self._log = TemporaryFile()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "analysis.running.warm"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=self._environment,
            process_group=0,
        )
        assert self.process.stdin
        assert self.process.stdout
        self._asked, self._told = self.process.stdin, self.process.stdout
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Kill the processes, where that was not done before."""
        if self._told.closed:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._told.close()
        self._log.close()
        with suppress(BrokenPipeError):
            self._asked.close()

    def ask(self, tasks: list[dict], jobs: int, modules: list[str], scratch: Path) -> None:
        """Begin the tasks, as ``analysis.running.warm.serve`` says; once only.

        The scratch folder is for what the processes need meanwhile. The request is put there: a pipe holds
        less, and would be waited for until all is imported.
        """
        request = {"tasks": tasks, "jobs": jobs, "modules": modules, "scratch": str(scratch)}
        self._tasks = {(task["report"], task["name"]): task for task in tasks}
        path = write_whole(scratch.resolve() / "request.json", json.dumps(request).encode("utf-8"))
        with suppress(BrokenPipeError):
            self._asked.write(os.fsencode(path) + b"\n")
            self._asked.flush()

    def hear(self, heard: Callable[[dict], None], failed: Callable[[str, TaskFailure], None]) -> None:
        """Hand on each event until the tasks that were asked for are done, or given up.

        Parameters
        ----------
        heard : callable
            Called with each event; ``report`` and ``task`` in it say of what.
        failed : callable
            Called with a report of which a task has failed, when all of its tasks have ended, and with what
            went wrong. The tasks of other reports go on.
        """
        left, cells = dict(self._tasks), {}
        failures: dict[str, TaskFailure] = {}
        for line in self._told:
            event = json.loads(line)
            report = event["report"]
            if "ended" in event:
                left = {named: task for named, task in left.items() if named[0] != report}
                failed(report, failures.pop(report))
            else:
                named = report, event["task"]
                if "cell" in event:
                    cells[named] = event["cell"]
                if "failed" in event:
                    sentence = _sentence(event, self._tasks[named], cells.get(named))
                    failures.setdefault(report, TaskFailure(event["task"], sentence))
                if "seconds" in event:
                    del left[named]
                heard(event)
            if not left:
                return
        code = self.process.wait()
        how = f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended with code {code}"
        sentence = f"the process that runs the notebooks {how}{self._last_words()}"
        for report, task in {report: task for report, task in reversed(left)}.items():
            failed(report, failures.get(report) or TaskFailure(task, sentence))

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return f": {lines[-1]}" if lines else ""


def _sentence(event: dict, task: dict, cell: int | None) -> str:
    where = Path(task.get("notebook", task["name"])).name
    if cell is not None:
        where += f", cell {cell}"
    if event["failed"] == "limit":
        return f"{where}: still running after {event['limit']:g} s, and stopped (--time-limit)"
    if event["failed"] == "signal":
        hint = "; a system does that when memory runs out" if event["signal"] == "SIGKILL" else ""
        return f"{where}: its process died ({event['signal']}){hint}"
    if event["failed"] == "exit":
        return f"{where}: its process ended by itself with code {event['code']}"
    message = event["message"]
    if event["kind"] == "NotebookFailure":
        return message
    return ": ".join(filter(None, (where, event["kind"], message)))
