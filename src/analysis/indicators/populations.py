"""The groups of persons that indicators count, each written once on the harmonised ILO variables.

A person whose answer is missing belongs to none of the groups that the answer decides.
"""

from __future__ import annotations

import narwhals as nw

from analysis.indicators.declaration import Quantity
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


def _of_status(name: str, status: Status, *codes: int) -> Quantity:
    lfs = nw.col(status.column)
    where = lfs == codes[0]
    for code in codes[1:]:
        where = where | (lfs == code)
    return Quantity(_named(name, status), where, (status.column,))


def found_by(status: Status, **choices: str) -> dict:
    """Return the parts of an indicator that say how labour force status is found."""
    return {
        "choices": {**status.choices, **choices},
        "derived": status.derived,
        "answers": status.answers,
        "unsettled": status.unsettled,
    }


def unclassified(column: str, *codes: int) -> nw.Expr:
    """Condition that an answer is missing, or has one of the codes that mean not classified."""
    missing = nw.col(column).is_null()
    for code in codes:
        missing = missing | (nw.col(column) == code)
    return missing


def working_age(status: Status = RECORDED) -> Quantity:
    """Persons of working age whose labour force status is known."""
    return _of_status("working_age", status, EMPLOYED, UNEMPLOYED, OUTSIDE)


def employed(status: Status = RECORDED) -> Quantity:
    """Persons in employment."""
    return _of_status("employed", status, EMPLOYED)


def unemployed(status: Status = RECORDED) -> Quantity:
    """Persons in unemployment."""
    return _of_status("unemployed", status, UNEMPLOYED)


def labour_force(status: Status = RECORDED) -> Quantity:
    """Persons employed or unemployed."""
    return _of_status("labour_force", status, EMPLOYED, UNEMPLOYED)


def underemployed(status: Status = RECORDED) -> Quantity:
    """Employed persons in time-related underemployment (``ilo_joball_tru`` is 1)."""
    where = employed(status).where & (nw.col("ilo_joball_tru") == 1)
    return Quantity(_named("underemployed", status), where, (status.column, "ilo_joball_tru"))


def _potential(status: Status) -> nw.Expr:
    attachment = nw.col("ilo_olf_dlma")
    return (nw.col(status.column) == OUTSIDE) & ((attachment == 1) | (attachment == 2))


def unemployed_or_underemployed(status: Status = RECORDED) -> Quantity:
    """Persons unemployed or in time-related underemployment."""
    where = unemployed(status).where | underemployed(status).where
    return Quantity(_named("unemployed_or_underemployed", status), where, (status.column, "ilo_joball_tru"))


def unemployed_or_potential(status: Status = RECORDED) -> Quantity:
    """Persons unemployed or in the potential labour force (seeking or available, not both)."""
    where = unemployed(status).where | _potential(status)
    return Quantity(_named("unemployed_or_potential", status), where, (status.column, "ilo_olf_dlma"))


def underutilized(status: Status = RECORDED) -> Quantity:
    """Persons unemployed, in time-related underemployment, or in the potential labour force."""
    where = unemployed(status).where | underemployed(status).where | _potential(status)
    return Quantity(_named("underutilized", status), where, (status.column, "ilo_joball_tru", "ilo_olf_dlma"))


def extended_labour_force(status: Status = RECORDED) -> Quantity:
    """The labour force and the potential labour force."""
    where = labour_force(status).where | _potential(status)
    return Quantity(_named("extended_labour_force", status), where, (status.column, "ilo_olf_dlma"))


def aged(first: int, last: int | None = None, column: str = "ilo_age") -> nw.Expr:
    """Condition that a person's age in completed years lies in a closed band (open above without `last`)."""
    age = nw.col(column)
    return age >= first if last is None else (age >= first) & (age <= last)
