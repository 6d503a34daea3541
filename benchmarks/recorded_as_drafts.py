"""The recorded documents as drafts against their own record: ``python -m benchmarks.recorded_as_drafts DIR``.

``DIR`` holds the documents as plain text (they may not be published, so they are not in the repository).
Neither place nor line is used by the check; afterwards they tell which recorded number one of the text is. Of
the numbers that the audit calls reproduced as many as possible must agree; findings must show.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

import analysis
from analysis.checking.drafts import Checker
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import DISAGREES, RIGHT
from analysis.sources.register import Register
from benchmarks.checking import wilson

_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"[.,]?\d")


def lines_of(record) -> dict[str, list[dict[str, str]]]:
    """Return the rows that have a line and a printed form, by document."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for name, table in record.items():
        if {"line", "printed", "id"} <= set(table.rows.columns):
            for row in table.records:
                if row["line"] and row["printed"] and row["id"]:
                    rows[row["id"].partition("/")[0]].append({**row, "table": name})
    return rows


def document_of(text: str, rows: dict[str, list[dict[str, str]]]) -> str:
    """Return the document that a text is: the one whose printed numbers stand most often in their lines."""
    lines = text.split("\n")

    def share(document: str) -> float:
        held = rows[document]
        return sum(_stands(lines, each) for each in held) / len(held)

    return max(sorted(rows), key=share)


def _stands(lines: list[str], row: dict[str, str]) -> bool:
    at = int(row["line"]) - 1
    return at < len(lines) and _SPACE.sub("", row["printed"]) in _SPACE.sub("", lines[at])


def beside(checked: list[Checked], rows: list[dict[str, str]]) -> list[tuple[dict[str, str], Checked | None]]:
    """Return each recorded number with the number of the text that stands in its line with its digits.

    Of two in a line the one that is a datum: 两 of 两个 before that of 两年期.
    """
    by_line: dict[int, list[Checked]] = defaultdict(list)
    for each in checked:
        by_line[each.where[0]].append(each)
    used: set[int] = set()
    found = []
    for row in rows:
        line, printed = int(row["line"]), _SPACE.sub("", row["printed"])
        near = [
            one
            for at in (line, line + 1, line - 1)
            for one in sorted(by_line[at], key=lambda one: bool(one.number.rule))
            if id(one) not in used
        ]
        hit = next((one for one in near if _same(one, row, printed)), None)
        if hit is not None:
            used.add(id(hit))
        found.append((row, hit))
    return found


def _same(one: Checked, row: dict[str, str], printed: str) -> bool:
    """Whether a number of the text is the printed one: alike, but for the unit that either carries along."""
    text = _SPACE.sub("", one.number.text)
    longer, shorter = (text, printed) if len(text) > len(printed) else (printed, text)
    if longer == shorter or (longer.startswith(shorter) and not _DIGIT.match(longer[len(shorter) :])):
        return True
    return bool(row.get("value")) and not one.number.rule and str(one.number.value) == row["value"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="each reproduced number that does not agree")
    parser.add_argument("--language", default="auto")
    asked = parser.parse_args()
    register = Register()
    recorded = register.recorded("2020-21")
    checker = Checker(recorded, "2020-21", register.root)
    claims = analysis.open("2020-21").claims()
    judged = dict(zip(claims["id"], claims["verdict"].astype(str), strict=True))
    numeric = set(claims.loc[(claims["verdict"] == "discrepancy") & (claims["printed"] != ""), "id"])
    rows = lines_of(recorded)
    whole: Counter = Counter()
    findings: list[tuple[str, str]] = []
    print(
        "| document | numbers | s | reproduced: found | agree | all recorded: found | agree | disagree "
        "| look wrong |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for path in sorted(asked.folder.glob("[0-9]*.txt")):
        document = document_of(path.read_text(encoding="utf-8"), rows)
        began = time.perf_counter()
        checked = checker.check(path, asked.language)
        took = time.perf_counter() - began
        pairs = beside(checked, rows[document])
        counts: Counter = Counter()
        for row, hit in pairs:
            verdict = judged.get(row["id"], "")
            told = hit.verdict.verdict if hit else "not found"
            for name in ("all", verdict):
                counts[name, "of"] += 1
                counts[name, "found"] += hit is not None
                counts[name, "agrees"] += told in RIGHT
                counts[name, DISAGREES] += told == DISAGREES
                counts[name, "looks wrong"] += bool(hit and hit.verdict.looks_wrong)
            if row["id"] in numeric:
                shown = told == DISAGREES or bool(hit and hit.finding)
                cited = "" if told == DISAGREES else ", its finding cited" if shown else ", nothing cited"
                findings.append((row["id"], f"{told}{cited}"))
            if asked.list and (told == DISAGREES or (verdict == "reproduced" and told not in RIGHT)):
                print(f"{row['id']} line {row['line']} “{row['printed']}” {verdict}: {told}")
        whole += counts
        print(_line(document, len(checked), took, counts))
    print(_line("all", 0, 0, whole))
    print("\nFindings whose two sides are numbers, as the check sees them:")
    for told, number in Counter(told for _, told in findings).most_common():
        print(f"- {told}: {number}")
    for identifier, told in findings:
        if "nothing" in told:
            print(f"  {identifier}: {told}")


def _line(name: str, numbers: int, took: float, counts: Counter) -> str:
    cells = (
        wilson(counts["reproduced", "found"], counts["reproduced", "of"]),
        wilson(counts["reproduced", "agrees"], counts["reproduced", "found"]),
        wilson(counts["all", "found"], counts["all", "of"]),
        wilson(counts["all", "agrees"], counts["all", "found"]),
        wilson(counts["all", DISAGREES], counts["all", "found"]),
        wilson(counts["all", "looks wrong"], counts["all", "found"]),
    )
    return f"| {name} | {numbers} | {took:.1f} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
