"""Judging: each printed number's checks, the gravest of them as its verdict, and what the record expects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from analysis.audit.claims import Claim, ClaimError
from analysis.audit.verdicts import (
    DISCREPANCY,
    EXPLAINED,
    INPUT,
    NOT_RECOMPUTABLE,
    REPRODUCED,
    ROUNDING,
    UNCHECKED,
    gravest,
    in_unit,
    truth_verdict,
    verdict,
)
from analysis.quantities import Quantity, Recorded, SelectionError, UnitError, Value, evaluate, selections
from analysis.quantities.expression import Combined, Compared, Constant, Selection

Place = tuple[str, int]
DECIDED = (REPRODUCED, ROUNDING, DISCREPANCY, EXPLAINED)
RECOMPUTED, COUNTED, OTHER_PRINTING, COMPARISON = "recomputed", "counted", "other_printing", "comparison"
WAYS = (RECOMPUTED, COUNTED, OTHER_PRINTING, COMPARISON)


@dataclass(frozen=True)
class Check:
    """One claim set against what the documents' own numbers come to.

    Attributes
    ----------
    claim : Claim
    recomputed : Value or None
        What the quantity comes to, in the unit in print; None when nothing recomputes the number.
    verdict : str
        One of ``analysis.audit.verdicts.VERDICTS``.
    way : str
        How the number is made anew: recomputed, counted, another printing of it, or a comparison; empty where
        nothing makes it.
    """

    claim: Claim
    recomputed: Value | None
    verdict: str
    way: str = ""

    @property
    def unexpected(self) -> bool:
        """Whether the verdict differs from the one on record.

        Without a quantity there is nothing to expect: use by others makes a number an input.
        """
        return self.claim.quantity is not None and self.verdict != self.claim.expected


@dataclass(frozen=True)
class Judgement:
    """A printed number, or a comparison in words, with its checks and the one verdict that they give.

    Attributes
    ----------
    claim : Claim
        The number in print; of a check of a whole table, that check.
    checks : tuple of Check
        Every check of it, the gravest first.
    """

    claim: Claim
    checks: tuple[Check, ...]

    @property
    def leading(self) -> Check:
        """The gravest check, which decides."""
        return self.checks[0]

    @property
    def verdict(self) -> str:
        """The verdict of the gravest check."""
        return self.leading.verdict

    @property
    def recomputed(self) -> Value | None:
        """What the gravest check computes."""
        return self.leading.recomputed

    @property
    def unexpected(self) -> bool:
        """Whether any check's verdict differs from the one on record."""
        return any(check.unexpected for check in self.checks)

    @property
    def severity(self) -> str:
        """Severity on record, of a discrepancy."""
        return self.leading.claim.severity if self.verdict == DISCREPANCY else ""

    @property
    def reason(self) -> str:
        """Why nothing recomputes the number; of a discrepancy or an explained case, what contradicts it."""
        reason = self.leading.claim.reason
        return reason if self.verdict in (NOT_RECOMPUTABLE, DISCREPANCY, EXPLAINED) else ""

    def remark(self, kind: str, language: str) -> str:
        """Return the cause, or what stays undecided, of what the gravest check shows."""
        return self.leading.claim.remark(kind, language)

    @property
    def way(self) -> str:
        """How a reproduced number is reproduced, in the strongest way of its checks; else empty."""
        ways = [check.way for check in self.checks if check.verdict == REPRODUCED]
        return min(ways, key=WAYS.index) if self.verdict == REPRODUCED else ""


@dataclass(frozen=True, repr=False)
class Audit:
    """The judged numbers of a biennium, in the order of documents and files.

    Attributes
    ----------
    recorded : Recorded
        What was judged.
    judgements : tuple of Judgement
        One for each printed number and comparison.
    tables : tuple of Judgement
        One for each check of a whole table: its shares make 100, a rate lies between its parts.
    users : dict
        For each recorded row, the ids of the claims that read it.
    reviews : tuple of analysis.audit.reviews.Review
        Evaluators' answers to findings.
    """

    recorded: Recorded
    judgements: tuple[Judgement, ...]
    tables: tuple[Judgement, ...]
    users: dict[Place, tuple[str, ...]]
    reviews: tuple = ()

    def __repr__(self) -> str:
        discrepancies = len(self.discrepancies)
        return (
            f"<Audit: {len(self.judgements)} numbers and comparisons judged, {discrepancies} discrepancies>"
        )

    @cached_property
    def by_id(self) -> dict[str, Judgement]:
        """Judgements by the id of the number in print, or of the check of a table."""
        return {judgement.claim.id: judgement for judgement in self.all}

    @cached_property
    def checks(self) -> dict[str, Check]:
        """Every check by its id."""
        return {check.claim.id: check for judgement in self.all for check in judgement.checks}

    @property
    def all(self) -> tuple[Judgement, ...]:
        """Printed numbers and comparisons, then the checks of whole tables."""
        return self.judgements + self.tables

    @property
    def unexpected(self) -> list[Check]:
        """Checks whose verdict differs from the record's."""
        return [check for check in self.checks.values() if check.unexpected]

    @property
    def discrepancies(self) -> list[Judgement]:
        """Judgements that are discrepancies."""
        return [judgement for judgement in self.all if judgement.verdict == DISCREPANCY]

    @property
    def explained(self) -> list[Judgement]:
        """Judgements whose discrepancy is set aside, with a reason."""
        return [judgement for judgement in self.all if judgement.verdict == EXPLAINED]


def audit(claims: Iterable[Claim], recorded: Recorded) -> Audit:
    """Judge every claim, and give each printed number the verdict of its gravest check.

    Parameters
    ----------
    claims : iterable of Claim
    recorded : Recorded
        The tables that quantities are read from.

    Raises
    ------
    ClaimError
        When a quantity selects nothing, or does not meet the unit in print.
    """
    listed = list(claims)
    users: dict[Place, list[str]] = defaultdict(list)
    for claim in listed:
        if claim.quantity is not None:
            for place in dict.fromkeys(_read_by(claim, recorded)):
                users[place].append(claim.id)
    grouped: dict[str, list[Check]] = {}
    for claim in listed:
        number = claim.id if claim.check else claim.id.partition("#")[0]
        grouped.setdefault(number, []).append(_checked(claim, recorded, users))
    judged = [
        Judgement(
            next((check.claim for check in checks if check.claim.id == number), checks[0].claim), checks
        )
        for number, checks in ((number, gravest(checks)) for number, checks in grouped.items())
    ]
    return Audit(
        recorded,
        tuple(judgement for judgement in judged if not judgement.claim.check),
        tuple(judgement for judgement in judged if judgement.claim.check),
        {place: tuple(claims_there) for place, claims_there in users.items()},
    )


def _read_by(claim: Claim, recorded: Recorded) -> list[Place]:
    try:
        return list(places(claim.quantity, recorded))
    except SelectionError as error:
        raise ClaimError(f"{claim.id}: {error}; the quantity is {claim.text}") from error


def _checked(claim: Claim, recorded: Recorded, users: dict[Place, list[str]]) -> Check:
    if claim.quantity is not None:
        return replace(judge_claim(claim, recorded), way=way_of(claim.quantity, recorded))
    if (claim.table, claim.row) in users:
        return Check(claim, None, INPUT)
    return Check(claim, None, UNCHECKED if claim.reason == INPUT else NOT_RECOMPUTABLE)


def judge_claim(claim: Claim, recorded: Recorded) -> Check:
    """Judge one claim that a quantity recomputes.

    Raises
    ------
    ClaimError
        When the quantity selects nothing, or does not meet the unit in print.
    """
    try:
        recomputed = evaluate(claim.quantity, recorded)
        printed = printed_number(claim, recorded)
        if printed is None:
            if recomputed.unit != "truth":
                raise ClaimError(f"{claim.id} states no number, so a comparison is expected: {claim.text}")
            decided = truth_verdict(recomputed)
        else:
            value, decimals, unit_name, qualifier = printed
            decided = verdict(value, decimals, unit_name, qualifier, recomputed)
            recomputed = in_unit(recomputed, unit_name)
    except (SelectionError, UnitError) as error:
        raise ClaimError(f"{claim.id}: {error}; the quantity is {claim.text}") from error
    if decided == DISCREPANCY and claim.expected == EXPLAINED:
        decided = EXPLAINED
    return Check(claim, recomputed, decided)


def printed_number(claim: Claim, recorded: Recorded) -> tuple[Fraction, int, str, str] | None:
    """Return value, decimals, unit and qualifier in print; None for a comparison or a check."""
    row = recorded[claim.table].records[claim.row]
    if claim.compares or not row["value"]:
        return None
    return Fraction(row["value"]), int(row["decimals"] or 0), row["unit"], row["qualifier"]


def places(quantity: Quantity, recorded: Recorded) -> Iterator[Place]:
    """Yield the recorded rows that a quantity reads, a row count's rows among them."""
    for selection in selections(quantity):
        for number in selection.selected(recorded):
            yield selection.table, number


def way_of(quantity: Quantity, recorded: Recorded) -> str:
    """Return how a quantity makes a number anew: counted, another printing, a comparison, or recomputed.

    A sum of one row is that row's number: another printing, not a recomputation.
    """
    if isinstance(quantity, Compared):
        return COMPARISON
    leaves = list(_leaves(quantity))
    if leaves and all(isinstance(leaf, Compared) or leaf.how == "count" for leaf in leaves):
        return COUNTED
    joined = any(isinstance(part, Combined) and not _scales(part) for part in _parts(quantity))
    alone = len(leaves) == 1 and isinstance(leaves[0], Selection) and len(leaves[0].selected(recorded)) == 1
    return OTHER_PRINTING if alone and not joined else RECOMPUTED


def _leaves(quantity: Quantity) -> Iterator[Selection | Compared]:
    """Yield the selections and comparisons that a quantity is made of, outermost comparisons whole."""
    if isinstance(quantity, Selection | Compared):
        yield quantity
    else:
        for part in quantity.parts():
            yield from _leaves(part)


def _parts(quantity: Quantity) -> Iterator[Quantity]:
    yield quantity
    for part in quantity.parts():
        yield from _parts(part)


def _scales(part: Combined) -> bool:
    """Whether a combination leaves a number as it is, but for unit or sign: times one, or away from zero."""
    neutral = 1 if part.sign in "*/" else 0
    return any(isinstance(operand, Constant) and operand.number == neutral for operand in part.parts())
