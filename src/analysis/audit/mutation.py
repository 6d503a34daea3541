"""How many wrong digits the audit would notice: spoil one recorded number, judge what it touches, compare.

A fault is one slip in one recorded number: another digit, two neighbours swapped, a digit dropped or doubled,
the sign turned, the decimal point moved by one place. Arithmetic catches it when some claim's verdict is no
longer the one of the true record. Only claims that print or read the number are judged again, and of the
quantities only those that read it are computed again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pandas as pd

from analysis.audit.claims import ClaimError
from analysis.audit.judging import DECIDED, Audit, Check, Place, judge_claim, places
from analysis.audit.transcribed import Numerals
from analysis.quantities import Quantity, Recorded

DIGIT, SWAPPED, DROPPED, DOUBLED, SIGN, SHIFTED = "digit", "swapped", "dropped", "doubled", "sign", "shifted"
KINDS = (DIGIT, SWAPPED, DROPPED, DOUBLED, SIGN, SHIFTED)
COUNTED = ("faults", "touched", "by_arithmetic", "by_numerals", "by_both", "by_neither")
_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\d+/0*[1-9]\d*)")


@dataclass(frozen=True)
class Slip:
    """One recorded number with one slip.

    Attributes
    ----------
    table, row : str, int
        Where it is recorded.
    value, decimals : str
        What is recorded instead; the decimals follow the digits after the point.
    kind : str
        One of ``KINDS``.
    """

    table: str
    row: int
    value: str
    decimals: str
    kind: str = DIGIT


def faults(audit: Audit, kinds: Iterable[str] = KINDS) -> Iterator[Slip]:
    """Yield the faults of every recorded number: all of a kind, for each digit or pair of digits.

    What leaves the number as it is (two equal neighbours swapped), and what is no number any more, is none.

    Parameters
    ----------
    audit : Audit
    kinds : iterable of str
    """
    for name, table in audit.recorded.items():
        for row, true in enumerate(table.records):
            value = true["value"]
            for kind in kinds if value else ():
                for wrong in _SLIPS[kind](value):
                    if _NUMBER.fullmatch(wrong) and Fraction(wrong) != Fraction(value):
                        decimals = int(true["decimals"] or 0) + _after_point(wrong) - _after_point(value)
                        yield Slip(name, row, wrong, str(decimals), kind)


def _after_point(value: str) -> int:
    return len(value.partition(".")[2])


def _digits(value: str) -> list[int]:
    return [place for place, sign in enumerate(value) if sign.isdigit()]


def _other_digits(value: str) -> Iterator[str]:
    for place in _digits(value):
        for step in range(1, 10):
            yield f"{value[:place]}{(int(value[place]) + step) % 10}{value[place + 1 :]}"


def _swapped(value: str) -> Iterator[str]:
    digits = _digits(value)
    for left, right in pairwise(digits):
        if "/" not in value[left:right]:
            between = value[left + 1 : right]
            yield f"{value[:left]}{value[right]}{between}{value[left]}{value[right + 1 :]}"


def _dropped(value: str) -> Iterator[str]:
    for place in _digits(value):
        yield f"{value[:place]}{value[place + 1 :]}".removesuffix(".")


def _doubled(value: str) -> Iterator[str]:
    for place in _digits(value):
        yield value[: place + 1] + value[place:]


def _turned(value: str) -> Iterator[str]:
    yield value[1:] if value.startswith("-") else f"-{value}"


def _shifted(value: str) -> Iterator[str]:
    if "/" not in value:
        for by in (-1, 1):
            yield format(Decimal(value).scaleb(by), "f")


_SLIPS = {
    DIGIT: _other_digits,
    SWAPPED: _swapped,
    DROPPED: _dropped,
    DOUBLED: _doubled,
    SIGN: _turned,
    SHIFTED: _shifted,
}


@dataclass(frozen=True)
class Faulty:
    """What faults are tried on: an audit, and for each recorded row the claims and quantities it touches."""

    audit: Audit
    touched: dict[Place, tuple[Check, ...]]
    stale: dict[Place, tuple[Quantity, ...]]

    @classmethod
    def prepare(cls, audit: Audit) -> Faulty:
        """Find what each recorded row touches."""
        touched: dict[Place, dict[str, Check]] = defaultdict(dict)
        stale: dict[Place, list[Quantity]] = defaultdict(list)
        for check in audit.checks.values():
            claim = check.claim
            if check.verdict in DECIDED:
                own = [] if claim.check else [(claim.table, claim.row)]
                for place in (*own, *places(claim.quantity, audit.recorded)):
                    touched[place][claim.id] = check
        for quantity in audit.recorded.evaluated:
            for place in set(places(quantity, audit.recorded)):
                stale[place].append(quantity)
        return cls(
            audit,
            {place: tuple(checks_there.values()) for place, checks_there in touched.items()},
            {place: tuple(checks_there) for place, checks_there in stale.items()},
        )

    def touches(self, fault: Slip) -> bool:
        """Whether some claim that is recomputed prints or reads the number: no other fault can be caught."""
        return (fault.table, fault.row) in self.touched

    def caught(self, fault: Slip) -> bool:
        """Whether some claim's verdict changes."""
        place = fault.table, fault.row
        if place not in self.touched:
            return False
        recorded = self._with(fault)
        return any(_verdict(check, recorded) != check.verdict for check in self.touched[place])

    def _with(self, fault: Slip) -> Recorded:
        printed = self.audit.recorded
        changed = printed[fault.table].replaced(fault.row, value=fault.value, decimals=fault.decimals)
        recorded = printed.with_tables(
            changed if name == fault.table else table for name, table in printed.items()
        )
        stale = self.stale.get((fault.table, fault.row), ())
        recorded.evaluated = {**printed.evaluated}
        for quantity in stale:
            del recorded.evaluated[quantity]
        return recorded


def _verdict(check: Check, recorded: Recorded) -> str:
    try:
        return judge_claim(check.claim, recorded).verdict
    except ClaimError:
        return "error"


def mutation_score(audit: Audit, tried: Iterable[Slip], numerals: Numerals) -> pd.DataFrame:
    """Return, by table and kind of fault, how many were tried, could be caught, and were noticed by what.

    Parameters
    ----------
    audit : Audit
        Of the true record.
    tried : iterable of Slip
    numerals : Numerals
        The mechanical reading of the texts.

    Returns
    -------
    pandas.DataFrame
        Indexed by table and kind; the rows of table ``total`` come last. ``faults`` were tried; ``touched``
        of them change a number that some check prints or reads: arithmetic cannot catch more. Caught
        ``by_arithmetic`` is what moves a verdict; ``by_numerals`` is what the mechanical reading of the text
        would notice; both count those that are noticed ``by_both``; ``by_neither`` is what is left. ``bound``
        and ``score`` are the shares of ``touched`` and of ``by_arithmetic`` in all faults.
    """
    faulty = Faulty.prepare(audit)
    counted: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(COUNTED))
    for fault in tried:
        caught = faulty.caught(fault)
        seen = numerals.notice(fault.table, fault.row, fault.value)
        flags = (True, faulty.touches(fault), caught, seen, caught and seen, not caught and not seen)
        for name in (fault.table, "total"):
            counted[name, fault.kind] = [
                sum(pair) for pair in zip(counted[name, fault.kind], flags, strict=True)
            ]
    ordered = [
        (name, kind) for name in (*audit.recorded, "total") for kind in KINDS if (name, kind) in counted
    ]
    index = pd.MultiIndex.from_tuples(ordered, names=["table", "kind"])
    frame = pd.DataFrame([counted[key] for key in ordered], index=index, columns=list(COUNTED))
    return frame.assign(
        bound=frame["touched"] / frame["faults"], score=frame["by_arithmetic"] / frame["faults"]
    )
