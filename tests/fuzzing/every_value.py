"""``python tests/fuzzing/every_value.py READER…``: one value of a small file after the other is changed.

Each attribute and element of XML, each value of TOML and JSON, each cell of a CSV file gives way to others of
every kind, and each line is left out and doubled; where that is more than can be read in time, a part of it,
drawn from the seed.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from mutations import VALUES

_ATTRIBUTE, _ELEMENT = re.compile(rb'\s[\w:]+="[^"]*"'), re.compile(rb"<[^<>/?!][^<>]*/>")
_WHOLE = re.compile(rb"<(w:\w+|a:\w+|p:\w+|[a-z-]+)\b[^<>]*>.*?</\1>", re.S)
_VALUE, _CELL = re.compile(rb'"[^"\n]*"|-?\d+(?:\.\d+)?|\btrue\b|\bfalse\b'), re.compile(rb"[^,\n]+")
TEXTS = [b"x", b"12%", b"9" * 400, "é".encode(), b"0", b"-1", b"1.5", b"1000000000", b""]
FURTHER = [b'"1e99999999"', b'"../x"', b"nan", b"2021-01-01", '"\u202e"'.encode(), b'"0"', b'""']
CELLS = [b"", b"0", b"-1", b"nan", b"inf", b"1e99999999", b"1e-99999999", b"x", b"9" * 400, b'"a,b"', b'"']
CELLS += [b'"a\nb"', b"=1+1", "٣".encode(), b"1_0", b" 1", b"1/0", b"2020-21", b"../x", b"\xff", b"1,5"]


def changes(suffix: str, content: bytes) -> Iterator[bytes]:
    """Yield a text with one value after the other changed."""
    if suffix in (".xml", ".html"):
        yield b""
        yield b"<x/>"
        for part in _ATTRIBUTE.finditer(content):
            for text in TEXTS:
                yield _put(content, part, part[0].partition(b'"')[0] + b'"' + text + b'"')
        for part in (*_ATTRIBUTE.finditer(content), *_ELEMENT.finditer(content), *_WHOLE.finditer(content)):
            yield _put(content, part, b"")
        for part in (*_ELEMENT.finditer(content), *_WHOLE.finditer(content)):
            yield _put(content, part, part[0] * 2)
        return
    cells = suffix == ".csv"
    for part in (_CELL if cells else _VALUE).finditer(content):
        for value in CELLS if cells else VALUES + FURTHER:
            yield _put(content, part, value)
    lines = content.split(b"\n")
    for place in range(len(lines)):
        yield b"\n".join(lines[:place] + lines[place + 1 :])
        yield b"\n".join(lines[: place + 1] + lines[place:])


def _put(content: bytes, part: re.Match, value: bytes) -> bytes:
    return content[: part.start()] + value + content[part.end() :]


def changed_files(reader) -> Iterator[bytes]:
    """Yield the smallest example of a reader with one thing in it changed."""
    content = min(reader.examples(), key=len)
    if not reader.zipped:
        yield from changes(reader.suffix, content)
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        yield _zipped({other: text for other, text in parts.items() if other != name})
        for text in changes(".csv" if name.endswith(".csv") else ".xml", part):
            yield _zipped({**parts, name: text})


def _zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def main() -> int:
    """Read what is changed; print what was found, once for each place in the code."""
    from guided import SECONDS, place_of
    from oracles import ALL
    from readers import finding

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", help="by default all")
    parser.add_argument("--seconds", type=float, default=60, help="of a core, for each reader")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("build/fuzzing"))
    asked = parser.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    told_of = 0
    for name in asked.readers or ALL:
        reader, seen, read = ALL[name], set(), 0
        path = Path(tempfile.mkdtemp(prefix="fuzz-")) / f"file{reader.suffix}"
        files = list(changed_files(reader))
        random.Random(asked.seed).shuffle(files)
        began = time.process_time()
        for content in files:
            if time.process_time() - began > asked.seconds:
                break
            path.write_bytes(content)
            read += 1
            told = finding(reader, path, SECONDS)
            if told and place_of(told) not in seen:
                seen.add(place_of(told))
                stem = re.sub(r"\W+", "-", name)
                kept = asked.keep / f"{stem}-value-{len(seen)}{reader.suffix}"
                kept.write_bytes(content)
                print(f"FOUND {name}: {kept}: {told.strip()[:600]}", flush=True)
        told_of += len(seen)
        print(f"{name}: {read} of {len(files)} files, {len(seen)} findings", flush=True)
    return 1 if told_of else 0


if __name__ == "__main__":
    sys.exit(main())
