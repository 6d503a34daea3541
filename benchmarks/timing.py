"""Contenders timed side by side, each in a process of its own, turn by turn; their results compared first."""

from __future__ import annotations

import importlib
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

RELATIVE = 1e-9
"""Relative difference at which two numbers are no longer equal; differences of 1e-9 of the unit are none."""


@dataclass
class Timed:
    """A contender's times: the work alone, the whole process, and the largest memory of the process."""

    name: str
    seconds: list[float] = field(default_factory=list)
    process_seconds: list[float] = field(default_factory=list)
    memory_mib: float = 0.0

    @property
    def best(self) -> float:
        return min(self.seconds)

    @property
    def best_process(self) -> float:
        return min(self.process_seconds)


class Unequal(AssertionError):
    """Two contenders whose results differ: their times say nothing."""


def race(
    contenders: dict[str, str],
    arguments: dict,
    *,
    rounds: int = 3,
    warm: int = 1,
    once: Sequence[str] = (),
) -> list[Timed]:
    """Run contenders turn by turn; compare every result with the first contender's.

    Parameters
    ----------
    contenders : dict of str to str
        By name, ``module:function`` and the packages to import before the clock starts; the function takes
        the arguments and returns a pandas frame, whose text columns are keys and whose others are numbers.
    arguments : dict
        Keyword arguments, which JSON can hold.
    rounds : int
        Processes started for each contender.
    once : sequence of str
        Contenders that take minutes, and one turn.
    warm : int
        Calls of the function within one process; the fastest counts.

    Raises
    ------
    Unequal
        When a result differs from the first contender's.
    """
    import pandas as pd

    timed = {name: Timed(name) for name in contenders}
    first = None
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds):
            for name, function in contenders.items():
                if turn and name in once:
                    continue
                result = Path(folder) / "result.parquet"
                words = [
                    sys.executable,
                    "-m",
                    "benchmarks.timing",
                    function,
                    json.dumps(arguments),
                    str(warm),
                    str(result),
                ]
                start = time.perf_counter()
                done = subprocess.run(words, capture_output=True, text=True, check=False)
                whole = time.perf_counter() - start
                if done.returncode:
                    raise RuntimeError(f"{name} failed:\n{done.stderr[-3000:]}")
                told = json.loads(done.stdout.splitlines()[-1])
                each = timed[name]
                each.seconds.append(told["seconds"])
                each.process_seconds.append(whole)
                each.memory_mib = max(each.memory_mib, told["memory_mib"])
                if turn == 0:
                    found = pd.read_parquet(result)
                    if first is None:
                        first = (name, found)
                    else:
                        refuse_unequal(first, (name, found))
    return list(timed.values())


def refuse_unequal(left: tuple[str, pd.DataFrame], right: tuple[str, pd.DataFrame]) -> None:
    """Raise unless two results hold the same keys and the same numbers."""
    import numpy as np
    import pandas as pd

    (one, first), (other, second) = left, right
    keys = [name for name in first.columns if not pd.api.types.is_numeric_dtype(first[name])]
    numbers = [name for name in first.columns if name not in keys and name in second.columns]
    both = first.merge(second, on=keys, how="outer", suffixes=("", " other"), indicator="side")
    if not (both["side"] == "both").all() or len(both) != len(first):
        apart = both[both["side"] != "both"].head(5)
        raise Unequal(f"{one} and {other} hold other domains: {len(first)} and {len(second)} rows\n{apart}")
    for name in numbers:
        a, b = (both[column].to_numpy(dtype=float) for column in (name, f"{name} other"))
        close = np.isclose(a, b, rtol=RELATIVE, atol=RELATIVE, equal_nan=True)
        if not close.all():
            raise Unequal(f"{one} and {other} differ in {name}\n{both[~close].head(5)}")


def report(title: str, timed: list[Timed], *, whole: bool = False) -> list[dict]:
    """Print one line for each contender, with the ratio to the first; return the lines as records."""
    print(f"\n{title}")
    records = []
    reference = timed[0].best_process if whole else timed[0].best
    for each in timed:
        seconds = each.best_process if whole else each.best
        records.append(
            {"benchmark": title, "contender": each.name, "seconds": seconds, "memory_mib": each.memory_mib}
        )
        print(f"  {each.name:44} {seconds:9.3f} s {seconds / reference:8.2f}× {each.memory_mib:8.0f} MiB")
    return records


def _largest_of_this_process() -> int:
    """Return the most memory held so far, in KiB; on Linux, without that of the process it was started by."""
    status = Path("/proc/self/status")
    told = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8")) if status.exists() else None
    return int(told[1]) if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Call one contender in this process and tell its time and memory."""
    function, arguments, warm, target = sys.argv[1:]
    path, *packages = function.split()
    module, name = path.split(":")
    contender = getattr(importlib.import_module(module), name)
    for package in packages:
        importlib.import_module(package)
    seconds = []
    for _ in range(int(warm)):
        start = time.perf_counter()
        result = contender(**json.loads(arguments))
        seconds.append(time.perf_counter() - start)
    memory = max(_largest_of_this_process(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    result.to_parquet(target)
    print(json.dumps({"seconds": min(seconds), "memory_mib": memory / 1024}))
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
