"""Numbers in text whose marks stand between thousands, where the reader takes them for decimals."""

from __future__ import annotations

import re
from typing import Any

import narwhals as nw

from analysis.sources.codes import TEXT, Kinds, as_stripped_text
from analysis.sources.mapping import SurveyMapping
from analysis.sources.survey_breaches import Breach, collected

FIRST = 2_000
"""Persons who are looked at first; where they show a decimal that is no mark, nobody else is looked at."""


def thousands_marked(survey: Any, mapping: SurveyMapping, kinds: Kinds) -> list[Breach]:
    """Return the breaches of columns in which 1.230 means one thousand two hundred and thirty.

    Such numbers can be read, a thousand times too small. They show themselves where every mark has three
    digits behind it, one of these numbers ends in a nought, as only decimals of a fixed length do, and others
    up to 999 have no mark at all, as no decimal of a fixed length does.

    Parameters
    ----------
    survey : narwhals.DataFrame or narwhals.LazyFrame
        One row a person.
    mapping : SurveyMapping
        Whose variables are numbers, and what stands before decimals.
    kinds : dict of str to str
        What each column holds.
    """
    mark = mapping.form.decimal or "."
    broken = []
    for variable in mapping.variables:
        if variable.codes or variable.cases or variable.target.kind not in ("weight", "number", "integer"):
            continue
        for column in variable.columns:
            if kinds[column] == TEXT and (shown := _marked(survey.lazy().select(column), column, mark)):
                message = (
                    f"numbers of {column!r}, such as {shown!r}, have {mark!r} between thousands, which is "
                    "read as standing before decimals; write numbers without marks between thousands"
                )
                broken.append(Breach(variable.name, message, 0))
    return broken


def _marked(survey: nw.LazyFrame, column: str, mark: str) -> str:
    """Return a number of a column whose marks stand between thousands; nothing where they may be decimals."""
    grouped = re.compile(rf"[1-9]\d{{0,2}}{re.escape(mark)}\d{{3}}")
    for persons in (survey.head(FIRST), survey):
        answers = (
            collected(persons.select(written=as_stripped_text(column)).unique())
            .get_column("written")
            .drop_nulls()
            .to_list()
        )
        marked = [answer for answer in answers if mark in answer]
        plain = [answer for answer in answers if answer.isdecimal()]
        if not marked or not all(map(grouped.fullmatch, marked)) or any(len(answer) > 3 for answer in plain):
            return ""
    noughts = sorted(answer for answer in marked if answer.endswith("0"))
    return noughts[0] if noughts and plain else ""
