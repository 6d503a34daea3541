"""``python tests/fuzzing --seconds 600 [READER…]``: read files changed at random; keep what was not foreseen.

``guided.py`` beside it lets atheris choose the changes, ``every_value.py`` changes one value after the other.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def main() -> int:
    """Fuzz the readers turn by turn; print what was found, once for each place in the code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--keep", type=Path, default=Path("build/fuzzing"))
    asked = parser.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    from mutations import mutate
    from oracles import ALL as READERS
    from readers import finding, inside

    rng, ends = random.Random(asked.seed), time.monotonic() + asked.seconds
    names, seen = asked.readers or list(READERS), set()
    counted = dict.fromkeys(names, 0)
    examples = {name: READERS[name].examples() for name in names}
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    print(f"seed {asked.seed}", flush=True)
    while time.monotonic() < ends:
        for name in names:
            reader, content = READERS[name], rng.choice(examples[name])
            if reader.zipped and rng.random() < 0.7:
                content = inside(content, lambda part: mutate(rng, part), rng.choice)
            else:
                content = mutate(rng, content)
            path = folder / f"file{reader.suffix}"
            path.write_bytes(content)
            counted[name] += 1
            told = finding(reader, path)
            raised = re.search(r"package \((\w+): .*; (\S+ line \d+|outside the package)\)", told, re.S)
            place = raised.groups() if raised else told
            if told and (name, place) not in seen:
                seen.add((name, place))
                kept = asked.keep / f"{len(seen):03}{reader.suffix}"
                kept.write_bytes(content)
                print(f"{name}: {kept}: {told.strip()[:600]}", flush=True)
    print(f"{sum(counted.values())} files in {asked.seconds:g} s, {len(seen)} findings: {counted}")
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
