"""An evaluator's answers to findings: shown beside them, open again when an input changes.

``data/reviews.csv`` holds one answer a row: ``finding`` (the id), ``who``, ``when`` (a date), ``answer``
(``accepted``, ``disputed`` or ``answered``), ``text``, ``evidence``, and ``inputs``: the checksum of the
numbers that the finding rested on when it was answered (the column of that name in ``claims.csv``). An answer
never changes a verdict.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
from dataclasses import dataclass, fields
from pathlib import Path

from analysis.audit.judging import Audit, Judgement, places

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
    ReviewError
        When columns, an answer or a date are not those of the file, or a name or a text is missing.
    """
    if not path.is_file():
        return ()
    expected = [field.name for field in fields(Review)]
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if reader.fieldnames != expected:
            raise ReviewError(
                f"{path}: expected the columns {', '.join(expected)}; found {reader.fieldnames}"
            )
        reviews = tuple(Review(**row) for row in reader)
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


def check_reviews(audit: Audit, reviews: tuple[Review, ...]) -> None:
    """Raise unless every answer is to a finding or an explained case of this record.

    Raises
    ------
    ReviewError
        With the ids that are no finding.
    """
    known = {discrepancy.claim.id for discrepancy in (*audit.discrepancies, *audit.explained)}
    held = {judgement.claim.id for judgement in audit.all}
    wrong = [
        review.finding
        for review in reviews
        if audit.recorded.current(review.finding) in held - known
        or audit.recorded.of_id(review.finding) is None
    ]
    if wrong:
        raise ReviewError(
            f"data/reviews.csv: {', '.join(wrong)}: no finding has this id; `analysis audit` lists them"
        )
