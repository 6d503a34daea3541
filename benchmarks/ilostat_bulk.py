"""A large bulk ``.csv.gz``: the first reading beside Polars' own, the second from the copy in Parquet."""

from __future__ import annotations

import shutil
import sys
import time

import polars as pl

from analysis.sources import ilostat, ilostat_cache
from benchmarks.make import DATA, bulk
from benchmarks.timing import Unequal


def run(rows: int, rounds: int) -> list[dict]:
    """Compare readings, whole, of one country and of one indicator; then time them turn by turn."""
    path, copies = bulk(rows), DATA / "copies"
    area = "CJO"
    tasks = {
        "Polars' own reading": lambda: pl.read_csv(path),
        "first reading, to the tidy frame": lambda: ilostat.read_ilostat(path, edition=2025, cache=copies),
        "the copy written behind it": ilostat_cache.finish,
        "second reading, whole": lambda: ilostat.read_ilostat(path, edition=2025, cache=copies),
        "second reading, one country": lambda: ilostat.read_ilostat(
            path, edition=2025, cache=copies, areas=[area]
        ),
        "second reading, one indicator": lambda: ilostat.read_ilostat(
            path, edition=2025, cache=copies, indicators=["UNE_DEAP_SEX_AGE_RT"]
        ),
    }
    shutil.rmtree(copies, ignore_errors=True)
    _refuse_unequal({name: task() for name, task in tasks.items()}, area)
    best: dict[str, float] = {}
    for _ in range(rounds):
        shutil.rmtree(copies)
        for name, task in tasks.items():
            start = time.perf_counter()
            found = task()
            best[name] = min(best.get(name, float("inf")), time.perf_counter() - start)
            del found
    title = f"ILOSTAT bulk file, {rows:,} rows"
    print(f"\n{title}")
    own, first = best["Polars' own reading"], best["first reading, to the tidy frame"]
    for name, seconds in best.items():
        beside = f"{seconds / own:8.2f}× Polars, {first / seconds:6.1f}× faster than first"
        print(f"  {name:44} {seconds:9.3f} s {beside}")
    sys.stdout.flush()
    return [{"benchmark": title, "contender": name, "seconds": seconds} for name, seconds in best.items()]


def _refuse_unequal(found: dict, area: str) -> None:
    recorded, first = found["Polars' own reading"], found["first reading, to the tidy frame"]
    same = recorded["obs_value"].equals(first["value"].alias("obs_value"))
    same &= recorded["ref_area"].to_list() == first["area"].to_list()
    same &= found["second reading, whole"].equals(first)
    same &= found["second reading, one country"].equals(first.filter(area=area))
    if not same:
        raise Unequal("the readings of the bulk file differ")
