"""A report made whole, again, in a second language, beside its notebooks by papermill and as plain calls.

And beside the notebooks of the first commit that made a whole report: as plain calls of that commit, and the
report that today's code makes of the same exhibits, with what came later told by itself. Seconds are by the
clock, and of a processor: those count where the machine has other work.
"""

from __future__ import annotations

import csv
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST = "8133cc1"
"""The first commit that made a whole report: notebooks 01 to 07, 91 exhibits, the documents and the site."""
LATER_NOTEBOOKS = ("08_compare", "09_revisions")
LATER_SECTIONS = ("beside_estimates", "estimates", "estimates_by_region", "estimates_by_country")
LATER_IN = "01_decent_work_trends"
"""Where the later sections stand: published estimates beside what the documents print."""
LATER_CALLS = ("frame", "trace", "says")
"""What cells of notebooks call that did not exist then."""
_OPENED = re.compile(r'= reporting\.section\("(\w+)"\)')
MODULES = ("analysis.documents", "analysis.notebook", "analysis.survey_notebook")
MODULES_THEN = ("analysis.publish.documents", "analysis.notebook", "analysis.estimation_command.reporting")
PLAIN = """
import importlib, json, re, sys, time
from pathlib import Path
output, later, *modules = sys.argv[1:]
for module in modules:
    importlib.import_module(module)
later = re.compile(rf"\\.(?:{later})\\(") if later else None
started, spent, in_later = time.perf_counter(), time.process_time(), 0.0
for path in sorted(Path("notebooks").glob("[0-9][0-9]_*.ipynb")):
    names = {}
    for cell in json.loads(path.read_text())["cells"]:
        if cell["cell_type"] == "code":
            source, before = "".join(cell["source"]), time.process_time()
            exec(source, names)
            if later and later.search(source):
                in_later += time.process_time() - before
            if "parameters" in cell["metadata"].get("tags", []):
                names["output_dir"] = output
print(time.perf_counter() - started, time.process_time() - spent, in_later)
"""
PIECES = """
import sys, time
from pathlib import Path
from analysis.documents import open_folder
from analysis.office.export import write_exhibit
from analysis.pictures.figures import compose
from analysis.pictures.formats import save
from analysis.site.findings_pages import write_findings_pages
from analysis.site.search_page import search_page
from analysis.site.switch import pages_in, reports_beside
from analysis.sources.register import Register
register = Register()
report, written = map(Path, sys.argv[1:])
period = register.period(report.parent.name)
opened = open_folder(register, period, report.name, report, False)
charts = [chart for _, shown in opened.shown for chart in shown.charts]
save(compose(charts[0], "phone"), charts[0], "svg")
labels, audit = opened.labels, opened.audit
pieces = {
    "layouts for phones": lambda: [save(compose(chart, "phone"), chart, "svg") for chart in charts],
    "pages of findings": lambda: write_findings_pages(audit, labels, written),
    "page of search": lambda: search_page(audit, labels, [resolved for _, resolved in opened.shown]),
    "links to other periods": lambda: reports_beside(register, period, report.name, pages_in(report)),
}
for name, make in pieces.items():
    spent = time.process_time()
    make()
    print(f"{name}\\t{time.process_time() - spent}")
"""

Seconds = tuple[float, float]
"""By the clock, and of a processor."""
_TASK = re.compile(r"^(?P<task>\S.*?) +(?P<clock>[\d.]+) +(?P<processor>[\d.]+) +\d+$", re.M)
"""A task in what ``--timings`` prints."""


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _told(*words: str, at: Path = ROOT, code: Path = ROOT) -> str:
    """Return what a command prints that is called in a project, with the package of another or the same."""
    path = {"PYTHONPATH": str(code / "src"), "ANALYSIS_ROOT": str(at)}
    done = subprocess.run(
        [sys.executable, *words], cwd=at, capture_output=True, text=True, check=False, env=os.environ | path
    )
    if done.returncode:
        raise RuntimeError(f"{words}: {done.stderr[-2000:]}")
    return done.stdout


def _run(*words: str) -> Seconds:
    """Return the seconds that a command takes, the whole process."""
    started, spent = time.perf_counter(), _spent()
    _told(*words)
    return time.perf_counter() - started, _spent() - spent


def _plain(output: Path, at: Path = ROOT, code: Path = ROOT, later: str = "") -> tuple[float, ...]:
    """Return the seconds that notebooks' code takes as plain calls, and of a processor in some of them."""
    modules = MODULES if code == ROOT else MODULES_THEN
    told = _told("-c", PLAIN, str(output), later, *modules, at=at, code=code)
    return tuple(map(float, told.split()[-3:]))


def _reproduce(output: Path, *words: str) -> Seconds:
    return _run("-m", "analysis", "reproduce", "--jobs", "2", "--output", str(output), *words)


def _by_task(output: Path, at: Path = ROOT) -> tuple[Seconds, dict[str, Seconds]]:
    """Return the seconds of a whole report of a project, and of each of its tasks."""
    started, spent = time.perf_counter(), _spent()
    words = ("reproduce", "--jobs", "2", "--output", str(output), "--timings")
    told = _told("-m", "analysis", *words, at=at)
    whole = time.perf_counter() - started, _spent() - spent
    tasks = {row["task"]: (float(row["clock"]), float(row["processor"])) for row in _TASK.finditer(told)}
    return whole, tasks


def _by_papermill(output: Path) -> Seconds:
    output.mkdir()
    words = ("--no-progress-bar", "-r", "output_dir", str(output))
    runs = [
        _run("-m", "papermill", str(path), str(output / path.name), *words)
        for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    ]
    return sum(clock for clock, _ in runs), sum(processor for _, processor in runs)


def first_commit(folder: Path) -> Path:
    """Return the project as it was at the first commit that made a whole report, put into a folder.

    Raises
    ------
    RuntimeError
        When the clone does not hold that commit; the message says how to get it.
    """
    archive = folder.with_suffix(".tar")
    words = ["git", "-C", str(ROOT), "archive", "--format=tar", "-o", str(archive), FIRST]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        raise RuntimeError(f"{ROOT} does not hold the commit {FIRST}: call `git fetch --unshallow` first")
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder


def without_later(folder: Path) -> Path:
    """Return today's project without the notebooks and exhibits of after the first commit, in a folder."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("processed"))
    for name in LATER_NOTEBOOKS:
        (folder / "notebooks" / f"{name}.ipynb").unlink()
    for path in (folder / "data" / "raw").glob("*/exhibits.csv"):
        with path.open(encoding="utf-8", newline="") as opened:
            head, *rows = csv.reader(opened)
        chapter, section = head.index("chapter"), head.index("section")
        kept = [row for row in rows if not (row[chapter] == LATER_IN and row[section] in LATER_SECTIONS)]
        with path.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows([head, *kept])
    path = folder / "notebooks" / f"{LATER_IN}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] = list(_without_sections(notebook["cells"]))
    path.write_text(json.dumps(notebook), encoding="utf-8")
    _told("-m", "analysis", "register", at=folder)
    return folder


def _without_sections(cells: list[dict]) -> Iterator[dict]:
    """Yield the cells of a notebook but those of later sections."""
    later = False
    for cell in cells:
        source = "".join(cell["source"])
        if opened := _OPENED.search(source):
            later = opened[1] in LATER_SECTIONS
        elif source.startswith("reporting."):
            later = False
        if not later:
            yield cell


def _without_what_came_later(folder: Path, tasks: dict[str, Seconds]) -> Iterator[tuple[str, Seconds]]:
    """Yield the times of the report of the first commit's exhibits, and of all that it has not.

    What is told in it cannot be left out of it; what is told as left out is the difference of a task's times.
    """
    project = without_later(folder / "today")
    seconds, same = _by_task(folder / "same", project)
    yield "the whole report of that commit's exhibits", seconds
    period = next(path for path in (folder / "same").glob("[0-9]*") if path.is_dir())
    *_, in_later = _plain(folder / "plain_same", project, later="|".join(LATER_CALLS))
    yield "  in it, later: frames, traces, sentences of notebooks", (in_later, in_later)
    for line in _told("-c", PIECES, str(period / "en"), str(folder / "pieces"), at=project).splitlines():
        name, took = line.split("\t")
        yield f"  in it, later: {name}", (float(took), float(took))
    for name, (clock, processor) in tasks.items():
        less = same.get(name, (0.0, 0.0))
        yield f"  left out of it: {name}", (clock - less[0], processor - less[1])


def _turns(folder: Path) -> Iterator[tuple[str, Seconds]]:
    clock, processor, _ = _plain(folder / "plain")
    yield "notebooks' code as plain calls, one process", (clock, processor)
    then = first_commit(folder / "then")
    clock, processor, _ = _plain(folder / "plain_then", then, then)
    yield f"the same of commit {FIRST}, notebooks 01 to 07", (clock, processor)
    whole = folder / "whole"
    seconds, tasks = _by_task(whole)
    yield "the whole report, nothing kept", seconds
    yield from _without_what_came_later(folder, tasks)
    yield "notebooks by papermill, in turn", _by_papermill(folder / "papermill")
    yield "the same again: nothing has changed", _reproduce(whole)
    yield "a second language after it", _reproduce(whole, "--language", "fr")
    shutil.rmtree(whole / ".store" / "last")
    yield "all from the store", _reproduce(whole)
    one = _reproduce(folder / "one")
    two = _reproduce(folder / "two", "--language", "en,fr")
    yield "the whole report again elsewhere", one
    yield "it and a second language in one command", two
    yield "the second language in the same command", (two[0] - one[0], two[1] - one[1])
    yield "four languages in one command", _reproduce(folder / "four", "--language", "en,es,fr,zh")
    started, spent = time.perf_counter(), _spent()
    words = [sys.executable, "-m", "analysis", "reproduce", "--output", str(folder / "apart"), "--language"]
    four = [
        subprocess.Popen([*words, language], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for language in ("en", "es", "fr", "zh")
    ]
    if any(process.wait() for process in four):
        raise RuntimeError("one of the four languages failed")
    yield "four languages by a command each, at once", (time.perf_counter() - started, _spent() - spent)


def run() -> list[dict]:
    """Time each once; print it beside the plain calls of today and of the first commit."""
    os.environ.setdefault("MPLBACKEND", "Agg")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each process would compile each module anew
    records: list[dict] = []
    print("\na report, two processes at a time; × of the plain calls of today, and of the first commit")
    with tempfile.TemporaryDirectory() as folder:
        for name, (clock, processor) in _turns(Path(folder)):
            told = {"benchmark": "reproduce", "contender": name, "seconds": clock, "processor": processor}
            records.append(told)
            ratios = "".join(f" {clock / record['seconds']:8.2f}×" for record in records[:2])
            print(f"  {name:60} {clock:9.2f} s{ratios} {processor:9.2f} s of a core", flush=True)
    return records
