"""``python tests/bad_input/page.py``: meet every case, and write docs/bad-input.md of what was told."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import asked
import files
import machine
import record
from scene import ROOT, Case, Scene, scene

from analysis.cli import main

CASES = [*record.CASES, *files.CASES, *asked.CASES, *machine.CASES]
PAGE = ROOT / "docs" / "bad-input.md"
LONGEST = 400


@contextlib.contextmanager
def standing_in(place: Scene):
    """Work in a scene's project, and leave everything as it was."""
    folder, former = Path.cwd(), dict(os.environ)
    os.chdir(place.root)
    os.environ.pop("ANALYSIS_ROOT", None)
    os.environ.update({"COLUMNS": "100", **place.environment})
    try:
        yield
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(former)


def meet(case: Case, place: Scene) -> tuple[int, str]:
    """Run a case's command in its scene; return the exit code and what the user is told."""
    if case.apart:
        done = machine.apart(case, place)
        return done.returncode, place.named(done.stderr).strip()
    if case.checkout:
        place.environment["ANALYSIS_ROOT"] = str(ROOT)
    said, printed = io.StringIO(), io.StringIO()
    with standing_in(place), contextlib.redirect_stderr(said), contextlib.redirect_stdout(printed):
        try:
            code = main(place.filled(case.words))
        except SystemExit as stopped:
            code = stopped.code
    told = said.getvalue()
    if case.checkout:
        told = told.removeprefix(f"analysis {case.words[0]}: reads the project in {ROOT}\n")
    if case.words[:1] == ("check-data",) and printed.getvalue():
        told = printed.getvalue() + told
    return int(code or 0), place.named(told).strip()


def shortened(told: str) -> str:
    """Return the first line of a message, and how many follow; the middle of a very long one is left out."""
    first, *more = [line.strip() for line in told.split("\n") if line.strip()] or ["(nothing)"]
    if more and first.endswith((":", "nothing was read", "nothing was computed")):
        first, more = f"{first} {more[0]}", more[1:]
    if len(first) > LONGEST:
        first = f"{first[: LONGEST - 60]} […] {first[-50:]}"
    return first + (f" (and {len(more)} more lines)" if len(more) > 1 else "")


def row(case: Case, code: int, told: str) -> str:
    """Return a case's row of the page."""
    words = " ".join(_word(each) for each in case.words)
    return (
        f"| {_plain(case.wrong)} | `analysis {words}` | {_plain(shortened(told))} | {code} | `{case.name}` |"
    )


def _word(word: str) -> str:
    word = word if len(word) < 60 else f"{word[:20]}…"
    return ascii(word).strip("'") if not word.isprintable() else word or '""'


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|#$~&])", r"\\\1", text)


def page(rows: dict[str, str]) -> str:
    """Return the page: a heading and a table for each kind of case."""
    parts = [INTRODUCTION.format(number=len(CASES))]
    for kind in dict.fromkeys(each.kind for each in CASES):
        parts += [f"\n## {kind}\n", "| what is wrong | asked | the user is told | exit code | test |"]
        parts += ["|---|---|---|---|---|"]
        parts += [rows[each.name] for each in CASES if each.kind == kind]
    return "\n".join(parts) + "\n"


INTRODUCTION = """# Bad input

What can be wrong with a record, a survey, a draft or what a command is asked, and what the user is then
told: {number} cases. Each is met for real by `tests/bad_input`, which compares the message and the exit code,
and that nothing was written; `python tests/bad_input/page.py` makes this page from what the commands say.

Exit codes: 0 done; 1 the answer is no (a check found something), or the work failed (a full disk, a killed
notebook); 2 misuse or bad input; 3 a fault of the package, told with its place; above 128, stopped by a
signal. Capital letters stand for names: PROJECT for its folder, DOCUMENT for a document, OUTPUT_INDICATORS
for its table of results. `check-data` tells every fault at once; the first is shown."""


def written() -> str:
    """Meet every case; return the page."""
    rows = {}
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            place = scene(Path(folder))
            case.spoil(place)
            rows[case.name] = row(case, *meet(case, place))
    return page(rows)


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
