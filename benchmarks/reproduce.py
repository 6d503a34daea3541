"""A report made whole, again, in a second language, beside its notebooks by papermill and as plain calls."""

from __future__ import annotations

import os
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
started = time.perf_counter()
for path in sorted(Path("notebooks").glob("[0-9][0-9]_*.ipynb")):
    names = {}
    for cell in json.loads(path.read_text())["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
            if "parameters" in cell["metadata"].get("tags", []):
                names["output_dir"] = sys.argv[1]
print(time.perf_counter() - started)
"""


def _run(*words: str) -> float:
    """Return the seconds that a command takes, the whole process."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr[-2000:]}")
    return float(done.stdout) if words[0] == "-c" else time.perf_counter() - started


def _reproduce(output: Path, *words: str) -> float:
    return _run("-m", "analysis", "reproduce", "--jobs", "2", "--output", str(output), *words)


def _by_papermill(output: Path) -> float:
    notebooks = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    return sum(
        _run(
            "-m",
            "papermill",
            str(path),
            str(output / path.name),
            "-r",
            "output_dir",
            str(output),
            "--no-progress-bar",
        )
        for path in notebooks
    )


def _turns(folder: Path) -> Iterator[tuple[str, float]]:
    yield "notebooks' code as plain calls, one process", _run("-c", PLAIN, str(folder / "plain"))
    yield "notebooks by papermill, in turn", _by_papermill(folder / "papermill")
    whole = folder / "whole"
    yield "the whole report, nothing kept", _reproduce(whole)
    yield "the same again: nothing has changed", _reproduce(whole)
    yield "a second language after it", _reproduce(whole, "--language", "fr")
    shutil.rmtree(whole / ".store" / "last")
    yield "all from the store", _reproduce(whole)
    started = time.perf_counter()
    words = [sys.executable, "-m", "analysis", "reproduce", "--output", str(folder / "four"), "--language"]
    four = [
        subprocess.Popen([*words, each], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for each in ("en", "es", "fr", "zh")
    ]
    if any(each.wait() for each in four):
        raise RuntimeError("one of the four languages failed")
    yield "four languages at once", time.perf_counter() - started


def run() -> list[dict]:
    """Time each once; print it beside the plain calls; return the records."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    records: list[dict] = []
    print("\na report, two processes at a time")
    with tempfile.TemporaryDirectory() as folder:
        for name, seconds in _turns(Path(folder)):
            records.append({"benchmark": "reproduce", "contender": name, "seconds": seconds})
            print(f"  {name:44} {seconds:9.2f} s {seconds / records[0]['seconds']:8.2f}×", flush=True)
    return records
