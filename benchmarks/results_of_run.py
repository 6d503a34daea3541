"""Results of one run: written as CSV, and as the tables of the README that are made from it."""

from __future__ import annotations

import csv
import os
import platform
import re
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).parent
RESULTS, README = HERE / "results", HERE / "README.md"
PACKAGES = ("pandas", "polars", "duckdb", "numpy", "pyarrow", "narwhals", "svy")
COLUMNS = ("benchmark", "contender", "seconds", "ratio", "memory_mib")

AT_LEAST, AT_MOST = "at least", "at most"
AIMS = {
    ("five indicators with totals", "Polars by hand, grouped by answers"): (AT_LEAST, 1 / 1.3),
    ("five indicators with totals", "Polars by hand, conditional sums"): (AT_LEAST, 1 / 1.3),
    ("five indicators with totals", "pandas by hand, vectorised"): (AT_LEAST, 1 / 1.2),
    ("five indicators with totals", "pandas by hand, groupby-apply"): (AT_LEAST, 2),
    ("five indicators with standard errors", "DuckDB by hand"): (AT_LEAST, 1 / 1.3),
    ("five indicators with standard errors", "library on pandas"): (AT_MOST, 5),
    ("standard errors within samples", "R survey, one country and year at a time"): (AT_LEAST, 100),
    ("standard errors within samples", "svy, one country and year at a time"): (AT_LEAST, 10),
    ("medians", "NumPy by hand"): (AT_LEAST, 1 / 1.3),
    ("three rates", "NumPy by hand"): (AT_LEAST, 1 / 1.3),
    ("suppression", "suppression"): (AT_MOST, 2),
}
"""The ratio aimed at, by how a benchmark's title begins and by contender."""


def with_ratios(records: Iterable[dict]) -> list[dict]:
    """Return records with their ratios to the first contender of the same benchmark."""
    found = []
    for _, together in groupby(records, key=lambda record: record["benchmark"]):
        first, *others = together
        for record in (first, *others):
            memory = record.get("memory_mib")
            found.append(
                {
                    "benchmark": record["benchmark"],
                    "contender": record["contender"],
                    "seconds": f"{record['seconds']:.4g}",
                    "ratio": f"{record['seconds'] / first['seconds']:.4g}",
                    "memory_mib": "" if memory is None else f"{memory:.0f}",
                }
            )
    return found


def machine() -> dict[str, str]:
    """Return what a run was made on: day, processor, memory, versions."""
    told = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*: (.*)", told.read_text(encoding="utf-8")) if told.exists() else None
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    try:
        asked = ["Rscript", "-e", "cat(R.version$major, R.version$minor, sep='.')"]
        r = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        r = "absent"
    return {
        "day": datetime.now(UTC).strftime("%Y-%m-%d"),
        "processors": f"{os.cpu_count()} × {model[1] if model else platform.machine()}",
        "memory": f"{memory:.0f} GiB",
        "Python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
        "R": r,
    }


def write(name: str, records: Sequence[dict], run: dict[str, str]) -> None:
    """Write a run's results and what it was made on, and the README's tables from them."""
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(with_ratios(records))
    with (RESULTS / f"{name}_run.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([("what", "found"), *run.items()])
    README.write_text(with_tables(README.read_text(encoding="utf-8"), name), encoding="utf-8")


def with_tables(readme: str, name: str) -> str:
    """Return the README with the tables of a run between its two marks."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    before, _, rest = readme.partition(begin)
    if not rest or end not in rest:
        raise ValueError(f"README.md: no marks {begin.strip()} and {end}; expected both, in this order")
    return before + begin + tables(name) + end + rest.partition(end)[2]


def tables(name: str) -> str:
    """Return the tables of a run, as Markdown."""
    with (RESULTS / f"{name}_run.csv").open(encoding="utf-8", newline="") as opened:
        run = {row["what"]: row["found"] for row in csv.DictReader(opened)}
    with (RESULTS / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        records = list(csv.DictReader(opened))
    parts = ["\n" + "; ".join(f"{what} {found}" for what, found in run.items()) + ".\n"]
    for title, together in groupby(records, key=lambda record: record["benchmark"]):
        parts.append(f"\n**{title[0].upper()}{title[1:]}**\n\n")
        parts.append("| Contender | Seconds | Ratio | Aim | MiB |\n|---|---:|---:|---|---:|\n")
        parts += map(_row, together)
    return "".join(parts) + "\n"


def _row(record: dict) -> str:
    asked = [
        aim
        for (begins, contender), aim in AIMS.items()
        if record["benchmark"].startswith(begins) and contender == record["contender"]
    ]
    ratio, aim = float(record["ratio"]), ""
    if asked:
        which, bound = asked[0]
        met = ratio >= bound if which == AT_LEAST else ratio <= bound
        aim = f"{which} {bound:.3g}" + ("" if met else ", **missed**")
    seconds = f"{float(record['seconds']):.3g}"
    return f"| {record['contender']} | {seconds} | {ratio:.3g} | {aim} | {record['memory_mib']} |\n"
