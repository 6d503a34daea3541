"""A report made whole, again, in a second language, beside its notebooks by papermill and as plain calls.

Seconds by the clock, and of a processor: those count where the machine has other work.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLAIN = """
import json, sys
from pathlib import Path
import analysis.documents, analysis.notebook, analysis.survey_notebook
import time
started, spent = time.perf_counter(), time.process_time()
for path in sorted(Path("notebooks").glob("[0-9][0-9]_*.ipynb")):
    names = {}
    for cell in json.loads(path.read_text())["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names["output_dir"] = sys.argv[1]
print(time.perf_counter() - started, time.process_time() - spent)
"""


Seconds = tuple[float, float]
"""By the clock, and of a processor."""


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(*words: str) -> Seconds:
    """Return the seconds that a command takes, the whole process."""
    started, spent = time.perf_counter(), _spent()
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr[-2000:]}")
    if words[0] == "-c":
        clock, processor = map(float, done.stdout.split()[-2:])
        return clock, processor
    return time.perf_counter() - started, _spent() - spent


def _reproduce(output: Path, *words: str) -> Seconds:
    return _run("-m", "analysis", "reproduce", "--jobs", "2", "--output", str(output), *words)


def _by_papermill(output: Path) -> Seconds:
    output.mkdir()
    words = ("--no-progress-bar", "-r", "output_dir", str(output))
    each = [
        _run("-m", "papermill", str(path), str(output / path.name), *words)
        for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    ]
    return sum(clock for clock, _ in each), sum(processor for _, processor in each)


def _turns(folder: Path) -> Iterator[tuple[str, Seconds]]:
    yield "notebooks' code as plain calls, one process", _run("-c", PLAIN, str(folder / "plain"))
    yield "notebooks by papermill, in turn", _by_papermill(folder / "papermill")
    whole = folder / "whole"
    yield "the whole report, nothing kept", _reproduce(whole)
    yield "the same again: nothing has changed", _reproduce(whole)
    yield "a second language after it", _reproduce(whole, "--language", "fr")
    shutil.rmtree(whole / ".store" / "last")
    yield "all from the store", _reproduce(whole)
    started, spent = time.perf_counter(), _spent()
    words = [sys.executable, "-m", "analysis", "reproduce", "--output", str(folder / "four"), "--language"]
    four = [
        subprocess.Popen([*words, each], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for each in ("en", "es", "fr", "zh")
    ]
    if any(each.wait() for each in four):
        raise RuntimeError("one of the four languages failed")
    yield "four languages at once", (time.perf_counter() - started, _spent() - spent)


def run() -> list[dict]:
    """Time each once; print it beside the plain calls; return the records."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    records: list[dict] = []
    print("\na report, two processes at a time")
    with tempfile.TemporaryDirectory() as folder:
        for name, (clock, processor) in _turns(Path(folder)):
            told = {"benchmark": "reproduce", "contender": name, "seconds": clock, "processor": processor}
            records.append(told)
            ratio = clock / records[0]["seconds"]
            print(f"  {name:44} {clock:9.2f} s {ratio:8.2f}× {processor:9.2f} s of a core", flush=True)
    return records
