"""Opening an audit: the record of a biennium and its claims, judged."""

from __future__ import annotations

from analysis.audit.claims import claims
from analysis.audit.judging import Audit, audit
from analysis.periods import Period
from analysis.quantities import Recorded
from analysis.sources.register import Register


def open_audit(register: Register, biennium: Period, recorded: Recorded | None = None) -> Audit:
    """Judge every number that a biennium's documents print.

    Parameters
    ----------
    register : Register
    biennium : Period
        A registered biennium.
    recorded : Recorded, optional
        The record, when it is open already or corrected; by default it is opened as printed.

    Raises
    ------
    ClaimError
        When claims data and the record do not fit.
    """
    opened = register.recorded(biennium) if recorded is None else recorded
    return audit(claims(opened, register), opened)
