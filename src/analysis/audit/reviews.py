"""An evaluator's answers to findings: shown beside them, open again when an input changes.

``data/reviews.csv`` holds one answer a row: ``finding`` (the id), ``who``, ``when`` (a date), ``answer``
(``accepted``, ``disputed`` or ``answered``), ``text``, ``evidence``, and ``inputs``: the checksum of the
numbers that the finding rested on when it was answered (the column of that name in ``claims.csv``). An answer
never changes a verdict.
"""

from __future__ import annotations

import datetime
import difflib
import hashlib
from collections.abc import Container
from dataclasses import dataclass, fields
from pathlib import Path

from analysis.audit.judging import Audit, Judgement, places
from analysis.sources.written import written_rows

ANSWERS = ("accepted", "disputed", "answered")


class ReviewError(ValueError):
    """An answer that names no finding, or that cannot be read."""


@dataclass(frozen=True)
class Review:
    """An answer to a finding; the attributes are the columns of the file."""

    finding: str
    who: str
    when: str
    answer: str
    text: str
    evidence: str
    inputs: str


def read_reviews(path: Path) -> tuple[Review, ...]:
    """Read the answers; none when there is no file.

    Raises
    ------
    Unreadable
        When it is no such file.
    ReviewError
        When an answer or a date is none, or a name or a text is missing.
    """
    columns = tuple(field.name for field in fields(Review))
    reviews = tuple(Review(**row) for row in written_rows(path, columns))
    for number, review in enumerate(reviews, start=2):
        if review.answer not in ANSWERS:
            raise ReviewError(f"{path} row {number}: answer {review.answer!r}, not {', '.join(ANSWERS)}")
        if not review.who or not review.text:
            raise ReviewError(f"{path} row {number}: an answer needs a name and a text ({review.finding})")
        try:
            datetime.date.fromisoformat(review.when)
        except ValueError:
            raise ReviewError(
                f"{path} row {number}: when is {review.when!r}; write a date, for example 2026-11-21"
            ) from None
    return reviews


def inputs_checksum(judgement: Judgement, audit: Audit) -> str:
    """Return a checksum of what a judgement rests on: the number in print, and all that its checks read."""
    read = {(judgement.claim.table, judgement.claim.row)}
    for check in judgement.checks:
        if check.claim.quantity is not None:
            read |= set(places(check.claim.quantity, audit.recorded))
    digest = hashlib.sha256()
    for table, row in sorted(read):
        record = audit.recorded[table].records[row]
        digest.update("\x1f".join((record["id"], *(record[name] for name in KEPT))).encode())
        digest.update(b"\x1e")
    return digest.hexdigest()[:16]


KEPT = ("printed", "value", "decimals", "unit", "qualifier", "status")


def answers(judgement: Judgement, audit: Audit, reviews: tuple[Review, ...]) -> list[tuple[Review, bool]]:
    """Return the answers to a finding, each with whether it is open again because an input has changed."""
    mine = [review for review in reviews if audit.recorded.current(review.finding) == judgement.claim.id]
    return [(review, review.inputs != inputs_checksum(judgement, audit)) for review in mine]


def check_reviews(audit: Audit, reviews: tuple[Review, ...], documents: Container[str]) -> None:
    """Raise unless every answer is to a finding or an explained case, and says what it rested on.

    An answer to what another period's documents print is left to that period's audit.

    Parameters
    ----------
    audit : Audit
    reviews : tuple of Review
    documents : container of str
        Every document of the project.

    Raises
    ------
    ReviewError
        With the ids that are no finding, or with what belongs into the column ``inputs``.
    """
    recorded = audit.recorded
    own_documents = {source.document for table in recorded.values() for source in table.sources}
    findings = {discrepancy.claim.id: discrepancy for discrepancy in (*audit.discrepancies, *audit.explained)}
    for number, review in enumerate(reviews, start=2):
        current = recorded.current(review.finding)
        document = current.partition("/")[0]
        elsewhere = document in documents and document not in own_documents
        if elsewhere or current.partition("#")[0] in recorded.left_out:
            continue
        if current not in findings:
            near = difflib.get_close_matches(current, list(findings), n=3)
            raise ReviewError(
                f"data/reviews.csv row {number}: {review.finding}: no finding and no explained case "
                f"has this id; near it: {', '.join(near) or 'nothing'} (column `id` of audit/claims.csv)"
            )
        if not review.inputs:
            raise ReviewError(
                f"data/reviews.csv row {number}: {review.finding}: inputs is empty, so that nobody can tell "
                f"whether a number has changed since; today it is {inputs_checksum(findings[current], audit)}"
            )
