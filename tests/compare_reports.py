"""Compare two report folders, file by file: ``python tests/compare_reports.py BEFORE AFTER``.

Former ids are mapped to today's through ``data/renames.csv``; archives (xlsx, docx, pptx) are opened. Of
tables every value, unit, verdict and status is compared, words apart; plotted numbers are compared by what
they are of, whatever the form of the picture, claims by their id. Each file that differs is named with its
reason. The exit code is 1 when a number, a unit or a verdict differs, or a file is missing.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAME, WORDS, NUMBERS, MISSING, ADDED, MADE = "same", "words", "numbers", "missing", "added", "made anew"
GRAVE = (NUMBERS, MISSING)
_NUMERAL = re.compile(r"(?<![\w.])[-−+]?\d[\d.,\u202f\u00a0]*")
# Files that name checksums or say how they were made.
_MADE = ("manifest.json", "SHA256SUMS")
_CLAIMS = "claims.csv"
_GRAVEST = ("discrepancy", "explained", "rounding", "reproduced", "input", "unchecked", "not_recomputable")
_CODES = {
    "verdict",
    "severity",
    "reason",
    "unit",
    "status",
    "decimals",
    "qualifier",
    "recomputed",
    "lower",
    "upper",
    "printed",
}


@dataclass(frozen=True)
class Compared:
    """A file of the earlier report beside that of the later one."""

    name: str
    kind: str
    reason: str = ""


def renames(root: Path = ROOT) -> dict[str, str]:
    """Return today's id of each former one."""
    with (root / "data" / "renames.csv").open(encoding="utf-8", newline="") as lines:
        return {row["former"]: row["current"] for row in csv.DictReader(lines)}


def today(name: str, names: Mapping[str, str]) -> str:
    """Return what a file of the earlier report is called today: its stem, or the start of it, is an id."""
    path = Path(name)
    stem, dot, rest = path.name.partition(".")
    for former in sorted(names, key=len, reverse=True):
        if stem == former or stem.startswith((f"{former}-",)):
            return (path.parent / f"{names[former]}{stem[len(former) :]}{dot}{rest}").as_posix()
    return name


def table_of(text: str) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a CSV file."""
    rows = list(csv.reader(io.StringIO(text)))
    return (rows[0], rows[1:]) if rows else ([], [])


def as_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column."""
    return list(csv.DictReader(io.StringIO(text)))


def compare_plotted(before: str, after: str) -> tuple[str, str]:
    """Compare what two pictures plot: each number by what it is of, whichever of series and category says so.

    Where parts of it have other keys now, its numbers are compared without them.
    """
    (there, keys), (here, keys_after) = (_plotted(text) for text in (before, after))
    more = f"{max(sum(here.values()) - sum(there.values()), 0)} plotted beside them"
    lost = there - here
    if not lost:
        return (WORDS, f"every number is plotted; {more}") if before != after else (SAME, "")
    plain = Counter({each[1:]: 0 for each in there})
    for each, number in lost.items():
        plain[each[1:]] += number
    for each, number in (here - there).items():
        plain[each[1:]] -= number
    if keys <= keys_after or any(number > 0 for number in plain.values()):
        (first, *_) = sorted(lost)
        return NUMBERS, f"{sum(lost.values())} of {sum(there.values())} numbers, first {first}"
    return WORDS, f"every number is plotted, {sum(lost.values())} under other keys; {more}"


def _plotted(text: str) -> tuple[Counter[tuple[tuple[str, ...], str, str]], set[str]]:
    rows = as_rows(text)
    numbers = Counter(
        (tuple(sorted((row["series_key"], row["category_key"]))), row["value"], row["unit"]) for row in rows
    )
    return numbers, {row[name] for row in rows for name in ("series_key", "category_key")}


def compare_claims(before: str, after: str, names: Mapping[str, str]) -> tuple[str, str]:
    """Compare what the audit says of each printed number: lost, printed otherwise, another verdict.

    Of several checks of one number (``id#2``) the gravest tells.
    """
    rows, former = _gravest(after, {}), _gravest(before, names)
    lost = [name for name, row in former.items() if row["printed"] and name not in rows]
    unjudged = sum(name not in rows for name in former) - len(lost)
    pairs = [(name, row, rows[name]) for name, row in former.items() if name in rows]
    told = Counter(
        f"{column} of {name}: {row[column]!r} before, {other[column]!r} after"
        for name, row, other in pairs
        for column in ("printed", "decimals", "unit", "qualifier")
        if row[column] != other[column]
    )
    moved = Counter(
        f"{row['verdict']} before, {other['verdict']} after"
        for _, row, other in pairs
        if row["verdict"] != other["verdict"]
    )
    reasons = [f"{len(lost)} printed numbers are not judged any more: {', '.join(lost)}"] if lost else []
    reasons += [f"{unjudged} of the claims that print no number"] if unjudged else []
    reasons += [*told, *(f"{number} {pair}" for pair, number in moved.most_common())]
    return (NUMBERS if lost or told or moved else WORDS, "; ".join(reasons))


def _gravest(text: str, names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the row of each printed number by its id as it is today, with its gravest verdict."""
    rows: dict[str, dict[str, str]] = {}
    for row in as_rows(text):
        identifier = _address(row["id"].partition("#")[0], names)
        held = rows.setdefault(identifier, row)
        held["verdict"] = min(held["verdict"], row["verdict"], key=_GRAVEST.index)
    return rows


def _address(identifier: str, names: Mapping[str, str]) -> str:
    """Return an id of the record as it begins today."""
    begins = (each for each in names if each.endswith("/") and identifier.startswith(each))
    longest = max(begins, key=len, default="")
    return names.get(longest, "") + identifier[len(longest) :]


def compare_tables(before: str, after: str, names: Mapping[str, str]) -> tuple[str, str]:
    """Compare two CSV files by cells: numbers and codes are grave, words are not."""
    (head, rows), (head_after, rows_after) = table_of(before), table_of(after)
    if len(rows) != len(rows_after):
        return NUMBERS, f"{len(rows)} rows before, {len(rows_after)} after"
    if len(head) != len(head_after):
        return NUMBERS, f"{len(head)} columns before, {len(head_after)} after"
    words = [
        f"heading {left!r} is now {right!r}"
        for left, right in zip(head, head_after, strict=True)
        if left != right
    ]
    for number, (row, other) in enumerate(zip(rows, rows_after, strict=True), start=2):
        for column, left, right in zip(head, row, other, strict=True):
            if left == right or today(left, names) == right:
                continue
            if is_number(left) or is_number(right) or column in _CODES:
                return NUMBERS, f"row {number}, {column}: {left!r} before, {right!r} after"
            words.append(f"row {number}, {column}: {left[:40]!r} is now {right[:40]!r}")
    return (WORDS, f"{len(words)} cells, first: {words[0]}") if words else (SAME, "")


def is_number(text: str) -> bool:
    """Whether a cell holds a number."""
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True


def numerals(text: str) -> list[str]:
    """Return the numerals of a text, in order."""
    return _NUMERAL.findall(text)


def content(path: Path) -> str:
    """Return what a file says, archives opened part by part; the bytes of a picture as they are."""
    if path.suffix in (".xlsx", ".docx", ".pptx"):
        with zipfile.ZipFile(path) as archive:
            parts = []
            for name in sorted(archive.namelist()):
                held = archive.read(name)
                if name.endswith((".xlsx", ".docx")):
                    continue
                if name.endswith((".xml", ".rels")):
                    parts.append(re.sub(r"<[^>]+>", " ", held.decode("utf-8")))
            return "\n".join(parts)
    if path.suffix in (".png", ".pdf"):
        return path.read_bytes().hex()
    text = path.read_text(encoding="utf-8")
    return re.sub(r"<[^>]+>", " ", text) if path.suffix in (".html", ".svg") else text


def compare(before: Path, after: Path, names: Mapping[str, str]) -> list[Compared]:
    """Compare every file of two report folders.

    Parameters
    ----------
    before, after : Path
        Folders of one period and language.
    names : mapping
        Former ids and what they are today.
    """
    earlier = {
        path.relative_to(before).as_posix(): path for path in sorted(before.rglob("*")) if path.is_file()
    }
    later = {path.relative_to(after).as_posix(): path for path in sorted(after.rglob("*")) if path.is_file()}
    found, matched = [], set()
    for name, path in earlier.items():
        now = today(name, names)
        if now not in later:
            found.append(Compared(name, MISSING, f"expected {now}"))
            continue
        matched.add(now)
        found.append(Compared(name, *_compared(path, later[now], names)))
    found += [Compared(name, ADDED) for name in later if name not in matched]
    return found


def _compared(before: Path, after: Path, names: Mapping[str, str]) -> tuple[str, str]:
    if before.read_bytes() == after.read_bytes():
        return SAME, ""
    if before.name in _MADE:
        return MADE, "names checksums"
    if before.suffix == ".csv":
        texts = before.read_text(encoding="utf-8"), after.read_text(encoding="utf-8")
        if before.name == _CLAIMS:
            return compare_claims(*texts, names)
        if all(text.startswith("chart,series_key,") for text in texts):
            return compare_plotted(*texts)
        return compare_tables(*texts, names)
    if before.suffix in (".png", ".pdf"):
        return WORDS, "the picture differs; its plotted numbers are compared as CSV"
    left, right = content(before), content(after)
    if left == right:
        return WORDS, "the same text in other markup"
    there, here = numerals(left), numerals(right)
    lost = _less(there, here)
    return WORDS, f"text differs; {len(lost)} of {len(there)} numerals are not there any more" + (
        f", such as {', '.join(lost[:4])}" if lost else ""
    )


def _less(there: list[str], here: list[str]) -> list[str]:
    left = list(here)
    counted: dict[str, int] = {}
    for each in left:
        counted[each] = counted.get(each, 0) + 1
    lost = []
    for each in there:
        if counted.get(each, 0):
            counted[each] -= 1
        else:
            lost.append(each)
    return lost


def main(arguments: list[str] | None = None) -> int:
    """Print each file that differs with its reason, and counts; return 1 where a number or a file is lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--renames", type=Path, default=ROOT, help="project whose data/renames.csv is used")
    given = parser.parse_args(arguments)
    found = compare(given.before, given.after, renames(given.renames))
    for each in found:
        if each.kind not in (SAME, MADE):
            print(f"{each.kind:9} {each.name}  {each.reason}")
    counted: dict[str, int] = {}
    for each in found:
        counted[each.kind] = counted.get(each.kind, 0) + 1
    print(", ".join(f"{number} {kind}" for kind, number in counted.items()))
    return 1 if any(each.kind in GRAVE for each in found) else 0


if __name__ == "__main__":
    sys.exit(main())
