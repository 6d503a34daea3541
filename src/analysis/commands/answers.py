"""What commands that only read the record answered, kept as long as every byte that they read is the same.

An answer is what a command printed, on both streams, and its exit code. It depends on the words of the
command, the project's folder, every file of its data, every file of the package, this Python, and every
package that is installed; where anything of that differs the command runs. Nothing is kept of a project
whose data hold a link, a pipe or a file that cannot be read, or which reads vintages that stand elsewhere.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis import cache
from analysis.code import PACKAGE, packages, python
from analysis.commands.sums import Strange, checksums_of_folder
from analysis.sources.project import ESTIMATES_ELSEWHERE, RegisterError, project_root

READING = ("list", "explain", "check-data")
"""Commands that write nothing, and whose answer is the record's and the package's alone."""
ELSEWHERE = (ESTIMATES_ELSEWHERE, "ANALYSIS_TRACEBACK")
"""Environment variables by which more than the project is read, or more is told."""
REBUILT = "processed"


def answered(command: str, words: Sequence[str], run: Callable[[], int]) -> int:
    """Print what a command answers and return its exit code; it runs where its answer is not kept.

    Parameters
    ----------
    command : str
    words : sequence of str
        The command, and what it is given.
    run : callable
        Runs it; what it raises is not kept.
    """
    root = _project() if command in READING and cache.folder() else None
    state = state_of_project(root) if root else None
    if root is None or state is None:
        return run()
    key = cache.key("answer", json.dumps([*words, str(root), os.getcwd()]), state)
    content = cache.kept(key)
    if content is None:
        return _kept(key, root, state, run)
    answer = json.loads(content)
    for stream, text in ((sys.stdout, answer["told"]), (sys.stderr, answer["beside"])):
        stream.write(text)
        stream.flush()
    return answer["code"]


def _project() -> Path | None:
    try:
        return project_root()
    except (RegisterError, OSError):
        return None


def _kept(key: str, root: Path, state: str, run: Callable[[], int]) -> int:
    """Run a command and keep what it answers, unless something that it reads was changed meanwhile."""
    output, beside = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(beside):
            code = run()
        if state_of_project(root) == state:
            answer = {"told": output.getvalue(), "beside": beside.getvalue(), "code": code}
            cache.keep(key, json.dumps(answer).encode("utf-8", "surrogatepass"))
        return code
    finally:
        sys.stdout.write(output.getvalue())
        sys.stdout.flush()
        sys.stderr.write(beside.getvalue())


def state_of_project(root: Path) -> str | None:
    """Return one checksum of all that an answer depends on; None where not all of it can be known.

    That is this Python, every package, every file of this one, and the data of the project.

    Parameters
    ----------
    root : Path
        The project.
    """
    if any(os.environ.get(name) for name in ELSEWHERE):
        return None
    try:
        sums = [*checksums_of_folder(PACKAGE), *checksums_of_folder(root / "data", REBUILT)]
    except (OSError, Strange):
        return None
    lines = [python(), repr(packages()), *(f"{path} {checksum}" for path, checksum in sums)]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
