"""Commands as whole processes, in seconds of a processor, beside the import of pandas in the same run."""

from __future__ import annotations

import csv
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from analysis.cache import FOLDER

ROOT = Path(__file__).resolve().parents[1]
PEER = "import pandas"
PAGE = """# Results of the biennium

The report counts 896 results in 2020-21, against a target of 874. In Africa there were 290.

World unemployment was 6.6 per cent in 2020; the working poverty rate was 7.2 per cent.
"""
PAGES = 50
COMMANDS = {
    "list": ["list"],
    "check-data": ["check-data"],
    "explain 896": ["explain", "896"],
    "export of one SVG": ["export", "Figure 10", "--format", "svg", "--output", "{folder}"],
    "audit": ["audit"],
    "check, a page": ["check", "{folder}/page.md"],
    f"check, {PAGES} pages": ["check", "{folder}/pages.md"],
}
NOTHING, CHANGED, SAME = "nothing kept", "a file of the data changed", "the same again"
"""What stands in the cache: nothing; what vintages say; and what the command answered."""
TABLE = "a document's own table changed"
"""Asked of ``check-data`` alone: other commands refuse a table that is not the registered one."""


def _seconds(words: list[str], environment: dict[str, str]) -> float:
    """Return the seconds of a processor that a process takes, in itself and in the system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise RuntimeError(f"{words}: {done.stderr[-2000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _edit(table: Path, original: str, turn: int) -> None:
    """Say another place of a table's first number."""
    header, first, *rest = csv.reader(original.splitlines())
    first[header.index("place")] += f" {turn}"
    with table.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, lineterminator="\n").writerows([header, first, *rest])


def run(rounds: int) -> list[dict]:
    """Time each command in each state of the cache, the best of some turns; print it beside the peer."""
    records = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("processed"))
        table = max((folder / "data" / "raw").glob("*/results_*.csv"), key=lambda path: path.stat().st_size)
        original = table.read_text(encoding="utf-8")
        (folder / "page.md").write_text(PAGE, encoding="utf-8")
        (folder / "pages.md").write_text("\n".join([PAGE] * 8 * PAGES), encoding="utf-8")
        plain = os.environ | {"ANALYSIS_ROOT": scratch, "PYTHONPATH": str(ROOT / "src"), FOLDER: ""}
        plain.pop("PYTHONDONTWRITEBYTECODE", None)
        kept = plain | {FOLDER: str(folder / "cache")}
        best: dict[tuple[str, str], float] = {}
        for turn in range(rounds + 1):
            timed = {(PEER, NOTHING): _seconds(["-c", PEER], plain)}
            for name, given in COMMANDS.items():
                words = ["-m", "analysis", *(word.format(folder=scratch) for word in given)]
                (folder / "data" / "turn.txt").write_text(f"{turn}", encoding="utf-8")
                timed[name, NOTHING] = _seconds(words, plain)
                timed[name, CHANGED] = _seconds(words, kept)
                timed[name, SAME] = _seconds(words, kept)
                if name == "check-data":
                    _edit(table, original, turn)
                    timed[name, TABLE] = _seconds(words, kept)
                    table.write_text(original, encoding="utf-8")
            if turn:  # the first fills the cache and compiles
                best = {each: min(seconds, best.get(each, seconds)) for each, seconds in timed.items()}
    peer = best[PEER, NOTHING]
    print(f"\ncommands, seconds of a processor; × beside {PEER} ({peer:.2f} s)")
    for (name, state), seconds in best.items():
        records.append({"benchmark": "commands", "contender": f"{name}: {state}", "seconds": seconds})
        print(f"  {name:20} {state:28} {seconds:7.2f} s {seconds / peer:7.2f}×", flush=True)
    return records
