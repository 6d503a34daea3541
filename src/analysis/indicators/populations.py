"""The groups of persons that indicators count, each written once on the harmonised ILO variables.

A person whose answer is missing belongs to none of the groups that the answer decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import narwhals as nw

from analysis.indicators.declaration import PersonSum
from analysis.indicators.labour_force_status import (
    EMPLOYED,
    OUTSIDE,
    RECORDED,
    UNEMPLOYED,
    LabourForcePractice,
    RecordedStatus,
)

Status = LabourForcePractice | RecordedStatus

WOMAN = 2
"""Code of ``ilo_sex`` (1 man, 2 woman)."""


def _named(name: str, status: Status) -> str:
    return name if status.column == RECORDED.column else f"{name}__{status.column}"


def _of_status(name: str, status: Status, *codes: int) -> PersonSum:
    lfs = nw.col(status.column)
    where = lfs == codes[0]
    for code in codes[1:]:
        where = where | (lfs == code)
    return PersonSum(_named(name, status), where, (status.column,))


def ratio_of(
    status: Status,
    numerator: PersonSum,
    denominator: PersonSum,
    unsettled: Mapping[str, nw.Expr] | None = None,
    **choices: str,
) -> dict:
    """Return the parts of a ratio of two groups of persons, beside how their status is found.

    Parameters
    ----------
    status : LabourForcePractice or RecordedStatus
        How labour force status is found.
    numerator, denominator : PersonSum
        The two groups.
    unsettled : mapping of str to condition, optional
        Of a variable beside status, the persons whom its answers leave out.
    **choices : str
        What was chosen beside the practice, in words.
    """
    return {
        "numerator": numerator,
        "denominator": denominator,
        "choices": {**status.choices, **choices},
        "derived": status.derived,
        "answers": status.answers,
        "unsettled": {**status.unsettled, **(unsettled or {})},
    }


def unclassified(column: str, *codes: int) -> nw.Expr:
    """Condition that an answer is missing, or has one of the codes that mean not classified."""
    missing = nw.col(column).is_null()
    for code in codes:
        missing = missing | (nw.col(column) == code)
    return missing


def working_age(status: Status = RECORDED) -> PersonSum:
    """Persons of working age whose labour force status is known."""
    return _of_status("working_age", status, EMPLOYED, UNEMPLOYED, OUTSIDE)


def employed(status: Status = RECORDED) -> PersonSum:
    """Persons in employment."""
    return _of_status("employed", status, EMPLOYED)


def unemployed(status: Status = RECORDED) -> PersonSum:
    """Persons in unemployment."""
    return _of_status("unemployed", status, UNEMPLOYED)


def labour_force(status: Status = RECORDED) -> PersonSum:
    """Persons employed or unemployed."""
    return _of_status("labour_force", status, EMPLOYED, UNEMPLOYED)


UNDEREMPLOYMENT_HOURS = 35
"""Weekly hours usually worked in all jobs below which workers may be underemployed; a national choice."""


def underemployment(status: Status, hours: float = UNDEREMPLOYMENT_HOURS) -> Known:
    """Which employed persons are in time-related underemployment.

    Parameters
    ----------
    status : LabourForcePractice or RecordedStatus
        With recorded status, those whose ``ilo_joball_tru`` is 1. With status derived from answers, those who
        want (``wants_more_hours``) and are available (``available_for_more_hours``) to work more than they
        usually do in all jobs (``ilo_joball_how_usual``), which is less than `hours`.
    hours : float, hours a week
        The threshold.

    Returns
    -------
    Known
        The condition, and who could not be told.
    """
    working = nw.col(status.column) == EMPLOYED
    if status.column == RECORDED.column:
        return Known(working & (nw.col("ilo_joball_tru") == 1), ("ilo_joball_tru",), {}, "")
    wants, available = nw.col("wants_more_hours"), nw.col("available_for_more_hours")
    worked = nw.col("ilo_joball_how_usual")
    columns = ("wants_more_hours", "available_for_more_hours", "ilo_joball_how_usual")
    settled_no = (wants == 0) | (available == 0) | (worked >= hours)
    where = working & (wants == 1) & (available == 1) & (worked < hours)
    return Known(where, columns, _unsettled(working, where, settled_no, columns), f"_{hours:g}")


def potential_labour_force(status: Status) -> Known:
    """Which persons outside the labour force belong to the potential labour force.

    Parameters
    ----------
    status : LabourForcePractice or RecordedStatus
        With recorded status, those whose ``ilo_olf_dlma`` is 1 or 2. With status derived from answers, those
        who seek work and are not available, and those who do not seek, want work (``wants_work``) and are
        available.

    Returns
    -------
    Known
        The condition, and who could not be told.
    """
    outside = nw.col(status.column) == OUTSIDE
    if status.column == RECORDED.column:
        attachment = nw.col("ilo_olf_dlma")
        unknown = {"ilo_olf_dlma": outside & unclassified("ilo_olf_dlma", 5)}
        return Known(outside & ((attachment == 1) | (attachment == 2)), ("ilo_olf_dlma",), unknown, "")
    seeks, available, wants = (nw.col(c) for c in ("seeking_work", "available_for_work", "wants_work"))
    columns = ("seeking_work", "available_for_work", "wants_work")
    inside = ((seeks == 1) & (available == 0)) | ((seeks == 0) & (available == 1) & (wants == 1))
    settled_no = ((seeks == 0) & ((available == 0) | (wants == 0))) | ((seeks == 1) & (available == 1))
    where = outside & inside
    return Known(where, columns, _unsettled(outside, where, settled_no, columns), "")


@dataclass(frozen=True, eq=False)
class Known:
    """A condition, the columns that it reads, who could not be told by column, and a suffix of names."""

    where: nw.Expr
    columns: tuple[str, ...]
    unsettled: Mapping[str, nw.Expr]
    suffix: str


def _unsettled(among: nw.Expr, yes: nw.Expr, no: nw.Expr, columns: tuple[str, ...]) -> dict[str, nw.Expr]:
    """By column, who of some persons is told neither yes nor no because its answer is missing."""
    settled = nw.when(yes | no).then(nw.lit(1)).otherwise(nw.lit(0)) == 1
    return {column: among & ~settled & nw.col(column).is_null() for column in columns}


def persons_who_are(name: str, status: Status, plain: PersonSum | None, *parts: Known) -> PersonSum:
    """Return the persons of a group and of further conditions together."""
    where = parts[0].where if plain is None else plain.where
    for part in parts[0 if plain is not None else 1 :]:
        where = where | part.where
    columns = dict.fromkeys(c for part in parts for c in part.columns)
    suffix = "".join(part.suffix for part in parts)
    return PersonSum(_named(name, status) + suffix, where, (status.column, *columns))


def aged(first: int, last: int | None = None, column: str = "ilo_age") -> nw.Expr:
    """Condition that a person's age in completed years lies in a closed band (open above without `last`)."""
    age = nw.col(column)
    return age >= first if last is None else (age >= first) & (age <= last)
