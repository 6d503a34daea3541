"""Opening an audit: the record of a biennium and its claims, judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from analysis.audit.claims import Claim, claims, claims_data, links_data
from analysis.audit.judging import Audit, audit
from analysis.audit.reviews import check_reviews, read_reviews
from analysis.periods import Period
from analysis.quantities import Recorded
from analysis.sources.register import Register

PROSE = "prose"


def open_audit(
    register: Register,
    biennium: Period,
    recorded: Recorded | None = None,
    listed: Iterable[Claim] | None = None,
) -> Audit:
    """Judge every number that a biennium's documents print.

    Parameters
    ----------
    register : Register
    biennium : Period
        A registered biennium.
    recorded : Recorded, optional
        The record, when it is open already or corrected; by default it is opened as printed.
    listed : iterable of Claim, optional
        Its claims, when they are known already.

    Raises
    ------
    ClaimError
        When claims data and the record do not fit.
    ReviewError
        When an answer to a finding cannot be read, or is to none.
    """
    opened = register.recorded(biennium) if recorded is None else recorded
    judged = audit(claims(opened, register) if listed is None else listed, opened)
    reviews = read_reviews(_reviews_data(register))
    check_reviews(judged, reviews, register.documents)
    return replace(judged, reviews=reviews)


def judged_by(register: Register, recorded: Recorded) -> list[Path]:
    """Return the files that are there of those which people write and verdicts rest on."""
    paths = (
        *claims_data(recorded.values(), register).values(),
        links_data(register),
        _reviews_data(register),
    )
    return [path for path in paths if path.is_file()]


def without_claims(register: Register, recorded: Recorded) -> list[str]:
    """Return a sentence for each document whose prose is recorded and whose claims data are not there."""
    prose = [table for name, table in recorded.items() if name.rpartition(".")[2] == PROSE]
    return [
        f"{document}: no claims are on record, so that the numbers of its prose are recomputed by rules and "
        f"links alone; {path.relative_to(register.root).as_posix()} takes them (CONTRIBUTING)"
        for document, path in claims_data(prose, register).items()
        if not path.is_file()
    ]


def _reviews_data(register: Register) -> Path:
    return register.root / "data" / "reviews.csv"
