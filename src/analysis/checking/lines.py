"""Verdicts as lines for a terminal, as JSON, and as SARIF for tools that annotate a text kept in git."""

from __future__ import annotations

import json
from collections import Counter

from analysis.checking.checked import Checked
from analysis.checking.rows_of_draft import rows
from analysis.checking.telling import Teller, needs_telling
from analysis.checking.verdicts import DISAGREES, GRADES, LOOKING_WRONG

_LEVELS = {DISAGREES: "error", LOOKING_WRONG: "warning"}


def placed(path: str, checked: Checked) -> str:
    """Return where a number stands: ``draft.md:12:34``, or the place in words where there are no lines."""
    line, column = checked.where
    return f"{path}:{line}:{column}" if line else f"{path} ({checked.block.place})"


def lines_of_draft(path: str, checked: list[Checked], teller: Teller, every: bool = False) -> list[str]:
    """Return a line for each number that does not agree or is contested, or for every one, and the counts.

    First those that disagree, in their order, then those that look wrong, the likeliest first, then others.
    """
    told = [
        " ".join(
            filter(
                None,
                (
                    f"{placed(path, judged)} {judged.verdict.grade}: {' '.join(judged.number.text.split())}:",
                    teller.told(judged),
                    teller.sourced(judged) if judged.verdict.grade in _LEVELS else "",
                    teller.contested(judged),
                ),
            )
        )
        for judged in sorted(checked, key=_urgency)
        if needs_telling(judged, every)
    ]
    counts = Counter(judged.verdict.grade for judged in checked)
    summary = ", ".join(f"{counts[name]} {name}" for name in GRADES if counts[name])
    return [*told, f"{path}: {len(checked)} numbers: {summary or 'none'}"]


def _urgency(checked: Checked) -> tuple[int, float]:
    grades = [*_LEVELS]
    grade = checked.verdict.grade
    place = grades.index(grade) if grade in grades else len(grades)
    return place, -checked.verdict.chance if grade == LOOKING_WRONG else 0.0


def as_json(drafts: list[tuple[str, list[Checked]]], teller: Teller) -> str:
    """Return all rows of all drafts, with line and column, as JSON."""
    made = []
    for path, checked in drafts:
        for row, entry in zip(rows(checked, path, teller).to_dict("records"), checked, strict=True):
            line, column = entry.where
            told = " ".join(filter(None, (teller.told(entry), teller.contested(entry))))
            made.append({**row, "line": line or None, "column": column or None, "told": told})
    return json.dumps(made, ensure_ascii=False, indent=1)


def as_sarif(drafts: list[tuple[str, list[Checked]]], teller: Teller, version: str) -> str:
    """Return what does not agree as SARIF 2.1.0."""
    results = [
        _result(path, judged, teller)
        for path, checked in drafts
        for judged in checked
        if needs_telling(judged)
    ]
    rules = [{"id": name.replace(" ", "-"), "shortDescription": {"text": name}} for name in GRADES]
    driver = {"name": "analysis check", "version": version, "rules": rules}
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1)


def _result(path: str, checked: Checked, teller: Teller) -> dict:
    line, column = checked.where
    location: dict = {"artifactLocation": {"uri": path.replace("\\", "/")}}
    if line:
        location["region"] = {
            "startLine": line,
            "startColumn": column,
            "endColumn": column + checked.end - checked.start,
        }
    told = " ".join(filter(None, (teller.told(checked), teller.sourced(checked), teller.contested(checked))))
    verdict = checked.verdict.grade
    return {
        "ruleId": verdict.replace(" ", "-"),
        "level": _LEVELS.get(verdict, "note"),
        "message": {"text": f"{checked.number.text}: {told}"},
        "locations": [{"physicalLocation": location, "logicalLocations": [{"name": checked.block.place}]}],
    }
