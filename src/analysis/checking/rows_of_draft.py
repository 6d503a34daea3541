"""The numbers of a checked draft as rows: verdict, quantity, wording and why."""

from __future__ import annotations

import re

import pandas as pd

from analysis.checking.checked import Checked
from analysis.checking.combined import CombinedValue
from analysis.checking.match import Match
from analysis.checking.telling import Teller
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
