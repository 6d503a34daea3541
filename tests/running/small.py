"""A small project: the record, and one notebook that shows two exhibits; and what runs of it leave behind."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from analysis.running.verify import ABOUT

PARAMETERS = """biennium: str = "2020-21"  # the two years to report on
language: str = "en"  # en, fr, es or zh
output_dir: str = "reports"  # folder of all reports
corrected: bool = False  # apply data/corrections.csv
organisation: str = ""  # whose"""
TWO = ("reporting.title()", 'reporting.show("trends_table", "trend_indicator_neet_rate")')
NAME = "01_decent_work_trends"


def code(*lines: str) -> tuple[str, ...]:
    """Return the cells of a notebook that opens the reporting and then runs these."""
    opened = "from analysis.notebook import Reporting\nreporting = Reporting("
    return (f'{opened}"{NAME}", biennium, language, output_dir, corrected, organisation)', *lines)


def write_notebook(root: Path, *cells: str, name: str = NAME, parameters: str = PARAMETERS) -> Path:
    """Write a notebook with a parameters cell and these code cells."""
    import nbformat.v4 as nbf  # here, for it takes a second, and not every test writes a notebook
    from nbformat import write

    made = [nbf.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    made += [nbf.new_code_cell(each) for each in cells]
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    path = root / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    write(nbf.new_notebook(cells=made, metadata=kernel), path)
    return path


def make_project(root: Path, real: Path) -> Path:
    """Copy the record, and write the notebook."""
    shutil.copytree(real / "data", root / "data", ignore=shutil.ignore_patterns("processed"))
    write_notebook(root, *code(*TWO))
    return root


def command(root: Path, *words: str, **settings) -> subprocess.Popen:
    """Start ``analysis reproduce`` in a project, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "analysis", "reproduce", "--notebooks-only", *words],
        cwd=root,
        env=os.environ | {"ANALYSIS_ROOT": str(root), "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **settings,
    )


def kill_after(process: subprocess.Popen, seconds: float, group: bool) -> None:
    """Kill a command, or all of its group, at a moment of its run; do not wait where it has ended by then."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    if process.returncode is None:
        (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)


def alive(root: Path) -> list[int]:
    """Return the processes whose project this is, this one apart: found by what they were started with."""
    mark, found = f"ANALYSIS_ROOT={root}\0".encode(), []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state = (path / "stat").read_text().rpartition(")")[2].split()[0]
            if mark in (path / "environ").read_bytes() and state != "Z":
                found.append(int(path.name))
        except OSError:
            continue
    return [each for each in found if each != os.getpid()]


def is_whole(report: Path) -> bool:
    """Return whether a report's files are those that its sums tell, no more and no fewer."""
    if not (report / "manifest.json").is_file():
        return False
    lines = (report / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: told for told, name in (line.split("  ", 1) for line in lines)}
    there = {path.relative_to(report).as_posix() for path in report.rglob("*") if path.is_file()}
    return there - set(ABOUT) == set(sums) and all(
        hashlib.sha256((report / name).read_bytes()).hexdigest() == told for name, told in sums.items()
    )
