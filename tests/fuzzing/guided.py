"""``python tests/fuzzing/guided.py READER --seconds 600``: atheris changes files by the lines they reach.

Needs the extra ``fuzz``. Goes on after a finding, and keeps one file for each place in the code.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
SECONDS, MEGABYTES = 10, 1500
"""What one small file may take: of a core, and of memory."""


def main() -> int:
    """Fuzz one reader; print what was found, once for each place in the code."""
    import atheris

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reader")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 2**31))
    parser.add_argument("--keep", type=Path, default=Path("build/fuzzing"), help="folder of what is found")
    parser.add_argument("--corpus", type=Path, help="folder of what reached new lines, kept")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    corpus = asked.corpus or folder / "corpus"
    for needed in (asked.keep, corpus):
        needed.mkdir(parents=True, exist_ok=True)
    atheris.instrument_imports(include=["analysis"]).__enter__()  # to the end: some is imported late
    from oracles import ALL as READERS
    from readers import inside

    reader = READERS[asked.reader]
    path = folder / f"file{reader.suffix}"
    once = _judging(asked.reader, reader, path, asked.keep)
    for number, content in enumerate(reader.examples()):
        (corpus / f"example-{number}").write_bytes(content)
        once(content)  # what is imported late is to be seen too

    def changed(content: bytes, largest: int, seed: int) -> bytes:
        return change(random.Random(seed), content, reader.zipped, inside, atheris.Mutate)[:largest]

    largest = max(2 * max(map(len, reader.examples())), 10_000)
    limits = [
        f"-max_total_time={asked.seconds}",
        "-timeout=1200",
        "-rss_limit_mb=6000",
        "-print_final_stats=1",
    ]
    limits += [f"-max_len={largest}", f"-seed={asked.seed}", "-len_control=0", "-verbosity=0"]
    print(f"{asked.reader}: seed {asked.seed}", flush=True)
    places = [f"-artifact_prefix={asked.keep}/", str(corpus)]
    atheris.Setup([sys.argv[0], *limits, *places], once, custom_mutator=changed)
    atheris.Fuzz()
    return 0


def change(rng: random.Random, content: bytes, zipped: bool, inside: Callable, guided: Callable) -> bytes:
    """Return a file changed: by words and lines, by what the comparisons met so far, or in one part."""
    from mutations import mutate

    def part(whole: bytes) -> bytes:
        if rng.random() < 0.6:
            return mutate(rng, whole)
        return bytes(guided(whole, 2 * len(whole) + 100))

    if zipped and rng.random() < 0.8:
        try:
            return inside(content, part, rng.choice)
        except Exception:  # no longer a zip: then as any bytes
            return part(content)
    return part(content)


def _judging(name: str, reader, path: Path, keep: Path) -> Callable[[bytes], None]:
    """Return what reads one file and keeps it where something is found."""
    from readers import finding

    seen: set[object] = set()
    stem = re.sub(r"\W+", "-", name)

    def once(content: bytes) -> None:
        path.write_bytes(content)
        before, began = _memory(), time.process_time()
        told = finding(reader, path, SECONDS)
        if not told and _memory() > max(MEGABYTES, before + 100):
            told = f"took {_memory():,.0f} MB"
        place = place_of(told)
        if told and place not in seen:
            seen.add(place)
            kept = keep / f"{stem}-{len(seen):02}{reader.suffix}"
            kept.write_bytes(content)
            spent = time.process_time() - began
            print(f"FOUND {name}: {kept} ({spent:.1f} s): {told.strip()[:900]}", flush=True)

    return once


def place_of(told: str) -> object:
    """Return the place in the code that a message names, or else its words without numbers and names."""
    raised = re.search(r"package \((\w+): .*; (\S+ line \d+|outside the package)\)", told, re.S)
    return raised.groups() if raised else re.sub(r"\d+|'[^']*'|\"[^\"]*\"", "", told)[:80]


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
