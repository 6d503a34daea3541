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
    scratch : Path
        A folder for what the processes need meanwhile.
    environment : mapping
        Further environment variables of the processes.

    Notes
    -----
    They are one process group, and are killed when the context ends. Their standard input is held open by
    this process alone: when it dies, however it dies, they see it end and kill themselves.
    """

    def __init__(self, root: Path, scratch: Path, environment: Mapping[str, str] | None = None):
        self.scratch = scratch
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
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._told.close()
        self._log.close()
        with suppress(BrokenPipeError):
            self._asked.close()

    def ask(self, tasks: list[dict], jobs: int, modules: list[str]) -> None:
        """Begin the tasks, as ``analysis.running.warm.serve`` says."""
        request = {"tasks": tasks, "jobs": jobs, "modules": modules, "scratch": str(self.scratch)}
        self._tasks = tasks
        with suppress(BrokenPipeError):
            self._asked.write((json.dumps(request) + "\n").encode())
            self._asked.flush()

    def hear(self, heard: Callable[[dict], None]) -> None:
        """Hand on each event until the tasks that were asked for are done.

        Raises
        ------
        TaskFailure
            When a task fails: the others are left where they are.
        """
        left, cells = {task["name"]: task for task in self._tasks}, {}
        for line in self._told:
            event = json.loads(line)
            if "cell" in event:
                cells[event["task"]] = event["cell"]
            if "failed" in event:
                raise TaskFailure(event["task"], _sentence(event, left, cells))
            if "seconds" in event:
                del left[event["task"]]
            heard(event)
            if not left:
                return
        code = self.process.wait()
        how = f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended with code {code}"
        raise TaskFailure(next(iter(left)), f"the process that runs the notebooks {how}{self._last_words()}")

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return f": {lines[-1]}" if lines else ""


def _sentence(event: dict, tasks: dict[str, dict], cells: dict[str, int]) -> str:
    name = event["task"]
    where = Path(tasks[name].get("notebook", name)).name
    if name in cells:
        where += f", cell {cells[name]}"
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
