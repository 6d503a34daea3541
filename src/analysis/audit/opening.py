"""Opening an audit: the record of a biennium and its claims, judged."""

from __future__ import annotations

from dataclasses import replace

from analysis.audit.claims import claims
from analysis.audit.judging import Audit, audit
from analysis.audit.reviews import check_reviews, read_reviews
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
    ReviewError
        When an answer to a finding cannot be read, or is to none.
    """
    opened = register.recorded(biennium) if recorded is None else recorded
    judged = audit(claims(opened, register), opened)
    reviews = read_reviews(register.root / "data" / "reviews.csv")
    check_reviews(judged, reviews, register.documents)
    return replace(judged, reviews=reviews)
