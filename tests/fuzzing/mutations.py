"""Sound files changed at random: bytes, slices, and words replaced by what a malicious hand writes."""

from __future__ import annotations

import random
import re

NASTY = [
    *("", " ", "0", "-1", "1.5", "nan", "inf", "1e99999999", "1000000000", "9" * 400, "1/0", "٣", "１２"),
    *(
        "../../../etc/passwd",
        "/etc/passwd",
        "CON",
        ".",
        "{x}",
        "{0}",
        "%s",
        "%",
        "*",
        "(",
        "[",
        "\\",
        "'",
        '"',
    ),
    *("\x00", "\x1b[31m", "\u202e", "\ufeff", "\ud7ff", "é", "𝟙", "=1+1", "@SUM(A1)", "+1", "-1+1"),
    *("<script>alert(1)</script>", "&amp;", "null", "true", "[]", "{}", "NaN", "None", "id", "value", "unit"),
    *("2020-21", "2021-22", "9999-00", "percent", "count", "x" * 30_000),
]
_WORD = re.compile(rb"[^\s,;:=\"'{}\[\]<>()|/]+")


def mutate(rng: random.Random, content: bytes, most: int = 4) -> bytes:
    """Return a file's bytes with one to ``most`` changes."""
    for _ in range(rng.randint(1, most)):
        content = rng.choice(_CHANGES)(rng, content)
    return content


def _word(rng: random.Random, content: bytes) -> bytes:
    words = list(_WORD.finditer(content))
    if not words:
        return rng.choice(NASTY).encode("utf-8", "surrogatepass")
    found = rng.choice(words)
    put = rng.choice(NASTY).encode("utf-8") if rng.random() < 0.7 else rng.choice(words)[0]
    return content[: found.start()] + put + content[found.end() :]


def _flip(rng: random.Random, content: bytes) -> bytes:
    if not content:
        return b"\xff"
    place = rng.randrange(len(content))
    return content[:place] + bytes([rng.randrange(256)]) + content[place + 1 :]


def _cut(rng: random.Random, content: bytes) -> bytes:
    first = rng.randrange(len(content) + 1)
    return content[:first] + content[first + rng.choice((1, 2, 10, 100, len(content))) :]


def _twice(rng: random.Random, content: bytes) -> bytes:
    first = rng.randrange(len(content) + 1)
    part = content[first : first + rng.choice((1, 5, 80, 1000))]
    return content[:first] + part * rng.choice((2, 3)) + content[first + len(part) :]


def _line(rng: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    place, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[place], lines[other] = lines[other], lines[place]
    if rng.random() < 0.5:
        del lines[place]
    return b"\n".join(lines)


def _attribute(rng: random.Random, content: bytes) -> bytes:
    """Take an attribute or an empty element of XML away, or let it say something else."""
    parts = list(re.finditer(rb'\s[\w:]+="[^"]*"|<[^<>/?!][^<>]*/>', content))
    if not parts:
        return _value(rng, content)
    part = rng.choice(parts)
    put = b""
    if not part[0].startswith(b"<") and rng.random() < 0.6:
        put = part[0].partition(b'"')[0] + b'"' + rng.choice(VALUES) + b'"'
    return content[: part.start()] + put + content[part.end() :]


def _value(rng: random.Random, content: bytes) -> bytes:
    """Put a value of another kind in the place of one of JSON, TOML or CSV, quotes included."""
    values = list(re.finditer(rb'"[^"\n]*"|-?\d+(?:\.\d+)?', content))
    if not values:
        return _word(rng, content)
    value = rng.choice(values)
    return content[: value.start()] + rng.choice(VALUES) + content[value.end() :]


VALUES = [
    b"",
    b"0",
    b"-1",
    b"1000000000",
    b"1.5",
    b"true",
    b"null",
    b"[]",
    b"{}",
    b"[[1]]",
    b'{"a": 1}',
    b'"x"',
]
"""Of other kinds than the one that is expected."""
_CHANGES = (_word, _word, _word, _flip, _cut, _twice, _line, _attribute, _value)
