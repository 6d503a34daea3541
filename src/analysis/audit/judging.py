"""Judging: each claim's verdict, what was computed, and whether that is what the record expects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from analysis.audit.claims import Claim, ClaimError
from analysis.audit.verdicts import (
    DISCREPANCY,
    INPUT,
    NOT_RECOMPUTABLE,
    REPRODUCED,
    ROUNDING,
    in_unit,
    truth_verdict,
    verdict,
)
from analysis.exhibits.parts import Exhibit, quantities_of
from analysis.quantities import Quantity, Recorded, SelectionError, UnitError, Value, evaluate
from analysis.quantities.reading import cells

Place = tuple[str, int]
DECIDED = (REPRODUCED, ROUNDING, DISCREPANCY)


@dataclass(frozen=True)
class Judgement:
    """A claim with its verdict.

    Attributes
    ----------
    claim : Claim
    found : Value or None
        What the quantity comes to, in the unit in print; None when nothing recomputes the number.
    verdict : str
        ``reproduced``, ``rounding``, ``discrepancy``, ``not_recomputable`` or ``input``.
    """

    claim: Claim
    found: Value | None
    verdict: str

    @property
    def unexpected(self) -> bool:
        """Whether the verdict differs from the one on record.

        Without a quantity there is nothing to expect: use by others makes a number an input.
        """
        return self.claim.quantity is not None and self.verdict != self.claim.expected

    @property
    def severity(self) -> str:
        """Severity on record, of a discrepancy."""
        return self.claim.severity if self.verdict == DISCREPANCY else ""

    @property
    def reason(self) -> str:
        """Why nothing recomputes the number."""
        return self.claim.reason if self.verdict == NOT_RECOMPUTABLE else ""


@dataclass(frozen=True)
class Audit:
    """The judged claims of a biennium, in the order of documents and files.

    Attributes
    ----------
    recorded : Recorded
        What was judged.
    judgements : tuple of Judgement
    users : dict
        For each recorded row, the ids of the claims that read it.
    """

    recorded: Recorded
    judgements: tuple[Judgement, ...]
    users: dict[Place, tuple[str, ...]]

    @cached_property
    def by_id(self) -> dict[str, Judgement]:
        """Judgements by the claim's id."""
        return {each.claim.id: each for each in self.judgements}

    @property
    def unexpected(self) -> list[Judgement]:
        """Judgements that differ from the record."""
        return [each for each in self.judgements if each.unexpected]

    @property
    def discrepancies(self) -> list[Judgement]:
        """Judgements that are discrepancies."""
        return [each for each in self.judgements if each.verdict == DISCREPANCY]


def audit(claims: Iterable[Claim], recorded: Recorded, exhibits: Iterable[Exhibit] = ()) -> Audit:
    """Judge every claim.

    Parameters
    ----------
    claims : iterable of Claim
    recorded : Recorded
        The tables that quantities are read from.
    exhibits : iterable of Exhibit
        Numbers that they show are inputs, too.

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
    shown = {place for each in exhibits for one in quantities_of(each) for place in places(one, recorded)}
    used = set(users) | shown
    judgements = tuple(_judged(claim, recorded, used) for claim in listed)
    return Audit(recorded, judgements, {place: tuple(found) for place, found in users.items()})


def _read_by(claim: Claim, recorded: Recorded) -> list[Place]:
    try:
        return list(places(claim.quantity, recorded))
    except SelectionError as error:
        raise ClaimError(f"{claim.id}: {error}; the quantity is {claim.text}") from error


def _judged(claim: Claim, recorded: Recorded, used: set[Place]) -> Judgement:
    if claim.quantity is None:
        return Judgement(claim, None, INPUT if (claim.table, claim.row) in used else NOT_RECOMPUTABLE)
    return judge(claim, recorded)


def judge(claim: Claim, recorded: Recorded) -> Judgement:
    """Judge one claim that a quantity recomputes.

    Raises
    ------
    ClaimError
        When the quantity selects nothing, or does not meet the unit in print.
    """
    try:
        found = evaluate(claim.quantity, recorded)
        printed = printed_number(claim, recorded)
        if printed is None:
            if found.unit != "truth":
                raise ClaimError(f"{claim.id} states no number, so a comparison is expected: {claim.text}")
            return Judgement(claim, found, truth_verdict(found))
        value, decimals, unit_name, qualifier = printed
        decided = verdict(value, decimals, unit_name, qualifier, found)
        return Judgement(claim, in_unit(found, unit_name), decided)
    except (SelectionError, UnitError) as error:
        raise ClaimError(f"{claim.id}: {error}; the quantity is {claim.text}") from error


def printed_number(claim: Claim, recorded: Recorded) -> tuple[Fraction, int, str, str] | None:
    """Return value, decimals, unit and qualifier in print; None for a comparison or a check."""
    row = recorded[claim.table].records[claim.row]
    if claim.compares or not row["value"]:
        return None
    return Fraction(row["value"]), int(row["decimals"] or 0), row["unit"], row["qualifier"]


def places(quantity: Quantity, recorded: Recorded) -> Iterator[Place]:
    """Yield the recorded rows that a quantity reads, a row count's rows among them."""
    for selection in cells(quantity):
        for number in selection.selected(recorded):
            yield selection.table, number
