"""Verdicts as rows, as lines for a terminal, as JSON, and as SARIF for tools that annotate a text in git."""

from __future__ import annotations

import json
import re
from collections import Counter

import pandas as pd

from analysis.checking.answers.telling import Teller, needs_telling
from analysis.checking.candidates.match import Match
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.combined import CombinedValue
from analysis.checking.judging.verdicts import DISAGREES, GRADES, LOOKING_WRONG
from analysis.labels.numerals import at_full_precision

COLUMNS = (
    "draft",
    "place",
    "sentence",
    "printed",
    "occurrence",
    "kind",
    "ids",
    "record_value",
    "unit",
    "verdict",
    "error_kind",
    "wording",
    "why",
    "candidates",
    "chance",
)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_LEVELS = {DISAGREES: "error", LOOKING_WRONG: "warning"}


def rows(checked: list[Checked], draft: str, teller: Teller) -> pd.DataFrame:
    """Return one row a number, in the order of the draft.

    Parameters
    ----------
    checked : list of Checked
    draft : str
        Name of the draft.
    teller : Teller

    Returns
    -------
    pandas.DataFrame
        With the columns of ``COLUMNS``, all of text but ``occurrence``.
    """
    made = []
    for judged in checked:
        start, end = judged.sentence
        sentence = _SPACE.sub(" ", judged.block.text[start:end]).strip()
        before = judged.block.text[start : judged.start]
        verdict = judged.verdict
        quantity = verdict.derived or verdict.candidate
        made.append(
            {
                "draft": draft,
                "place": judged.block.place,
                "sentence": sentence,
                "printed": _SPACE.sub(" ", judged.number.text),
                "occurrence": before.count(judged.number.text) + 1,
                "kind": verdict.kind,
                "ids": _ids(verdict),
                "record_value": _value(verdict),
                "unit": quantity.unit if quantity is not None else "",
                "verdict": verdict.verdict,
                "error_kind": verdict.error_kind,
                "wording": teller.wording(judged),
                "why": teller.why(judged),
                "candidates": " | ".join(_candidate(one) for one in verdict.offered),
                "chance": f"{verdict.chance:.2f}" if verdict.chance else "",
            }
        )
    return pd.DataFrame(made, columns=list(COLUMNS))


def _candidate(match: Match | CombinedValue) -> str:
    if isinstance(match, CombinedValue):
        return f"{match.formula} = {at_full_precision(match.value)} {match.unit}".strip()
    held = match.candidate
    return f"{held.id} = {at_full_precision(held.value.value)} {held.unit} ({match.score:.2f})"


def _ids(verdict) -> str:
    if verdict.derived is not None:
        return f"derived: {verdict.derived.formula}"
    return verdict.candidate.id if verdict.candidate is not None else ""


def _value(verdict) -> str:
    if verdict.derived is not None:
        return at_full_precision(verdict.derived.value)
    candidate = verdict.candidate
    return at_full_precision(candidate.value.value) if candidate is not None else ""


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
