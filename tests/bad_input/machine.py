"""What can be wrong with folders and the machine: no rights, no room, no home, no record."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable

from scene import NO, ROOT, Case, Scene

DROP, OVERRIDE, SEARCH = 24, 1, 2
"""``prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)``: what root may do that others may not."""
ROOM = 2_000
"""Bytes that a file may have where the disk is full."""
SVG = ("export", "results_by_region", "--format", "svg", "--output")
SURVEY = ("estimate", "survey.csv", "--mapping", "mapping.toml", "--indicators", "unemployment_rate")


def apart(case: Case, place: Scene) -> subprocess.CompletedProcess[str]:
    """Run a case's command in a process that lacks what the case says."""
    package = ROOT / "src"
    if case.apart == "record":
        package = place.root.parent / "elsewhere"
        shutil.copytree(ROOT / "src", package, ignore=shutil.ignore_patterns("installed", "__pycache__"))
    environment = {
        **os.environ,
        "PYTHONPATH": str(package),
        "MPLBACKEND": "Agg",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    for name in ("ANALYSIS_ROOT", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME"):
        if name != "HOME" or case.apart == "HOME":
            environment.pop(name, None)

    def without() -> None:
        if case.apart == "disk":
            resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))
        if case.apart == "rights" and os.geteuid() == 0:
            for each in (OVERRIDE, SEARCH):
                ctypes.CDLL(None).prctl(DROP, each, 0, 0, 0)

    where = place.root.parent if case.apart == "record" else place.root
    words = [sys.executable, "-P", "-m", "analysis", *place.filled(case.words)]
    return subprocess.run(
        words, cwd=where, env=environment, preexec_fn=without, capture_output=True, text=True, check=False
    )


def _closed(name: str, mode: int) -> Callable[[Scene], None]:
    return lambda scene: scene.path(name).chmod(mode)


def _folder(name: str, mode: int) -> Callable[[Scene], None]:
    def spoil(scene: Scene) -> None:
        scene.path(name).mkdir()
        scene.path(name).chmod(mode)

    return spoil


KIND = "Folders and the machine"
CASES = [
    Case(KIND, "a picture into a file", (*SVG, "draft.md")),
    Case(KIND, "a picture into a folder under a file", (*SVG, "draft.md/below")),
    Case(KIND, "a checked draft into a file", ("check", "draft.md", "--output", "survey.csv")),
    Case(KIND, "an estimate into a folder that is a file", (*SURVEY, "--output", "draft.md/out.csv")),
    Case(KIND, "an estimate into a folder", (*SURVEY, "--output", "data"), code=2),
    Case(KIND, "a report into a file", ("reproduce", "--output", "draft.md", "--notebooks-only")),
    Case(KIND, "a file name of 300 letters", (*SURVEY, "--output", "x" * 300 + ".csv")),
    Case(
        KIND, "a folder that may not be written", (*SVG, "closed"), _folder("closed", 0o555), apart="rights"
    ),
    Case(
        KIND,
        "an estimate where nothing may be written",
        (*SURVEY, "--output", "closed/out.csv"),
        _folder("closed", 0o555),
        apart="rights",
    ),
    Case(
        KIND,
        "a report in a project that may not be written",
        ("reproduce", "--notebooks-only", "--only", "02"),
        _closed("", 0o555),
        apart="rights",
    ),
    Case(KIND, "a record that may not be read", ("list",), _closed("results", 0o000), apart="rights"),
    Case(KIND, "a survey that may not be read", SURVEY, _closed("survey.csv", 0o000), apart="rights"),
    Case(
        KIND,
        "a draft that may not be read",
        ("check", "draft.md"),
        _closed("draft.md", 0o000),
        apart="rights",
    ),
    Case(
        KIND, "a register that may not be written", ("register",), _closed("data/raw", 0o555), apart="rights"
    ),
    Case(KIND, "a full disk: a picture", (*SVG, "pictures"), code=NO, apart="disk"),
    Case(KIND, "a full disk: an estimate", (*SURVEY, "--output", "out.parquet"), code=NO, apart="disk"),
    Case(KIND, "a full disk: the register", ("register",), code=NO, apart="disk"),
    Case(KIND, "no HOME: a picture is made all the same", (*SVG, "pictures"), code=0, apart="HOME"),
    Case(KIND, "no record beside the package", ("list",), apart="record"),
    Case(KIND, "no record beside the package, a report asked for", ("reproduce",), apart="record"),
]
