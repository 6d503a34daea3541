"""How many wrong digits the audit would notice: change one recorded digit, judge what it touches, compare.

A fault is one digit of one recorded number changed into another. It is caught when some claim's verdict is no
longer the one of the true record. Only claims that print or read the number are judged again, and of the
quantities only those that read it are computed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.audit.claims import ClaimError
from analysis.audit.judging import DECIDED, Audit, Check, Place, judge, places
from analysis.quantities import Quantity, Recorded


@dataclass(frozen=True)
class Fault:
    """One recorded number with one digit changed."""

    table: str
    row: int
    value: str


def faults(audit: Audit, step: int = 1) -> Iterator[Fault]:
    """Yield, for every digit of every recorded number, the fault that puts the digit ``step`` above there.

    Parameters
    ----------
    audit : Audit
    step : int
        1 to 9; a digit after 9 is 0.
    """
    for name, table in audit.recorded.items():
        for row, value in enumerate(table.rows["value"]):
            for place, sign in enumerate(value):
                if sign.isdigit():
                    changed = f"{value[:place]}{(int(sign) + step) % 10}{value[place + 1 :]}"
                    if not changed.endswith("/0"):
                        yield Fault(name, row, changed)


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
            {place: tuple(found.values()) for place, found in touched.items()},
            {place: tuple(found) for place, found in stale.items()},
        )

    def takes_part(self, fault: Fault) -> bool:
        """Whether the number takes part in a claim that is recomputed."""
        return (fault.table, fault.row) in self.touched

    def caught(self, fault: Fault) -> bool:
        """Whether some claim's verdict changes."""
        place = fault.table, fault.row
        if place not in self.touched:
            return False
        recorded = self._with(fault)
        return any(_verdict(each, recorded) != each.verdict for each in self.touched[place])

    def _with(self, fault: Fault) -> Recorded:
        printed = self.audit.recorded
        changed = printed[fault.table].replaced(fault.row, value=fault.value)
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
        return judge(check.claim, recorded).verdict
    except ClaimError:
        return "error"


def mutation_score(audit: Audit, tried: Iterable[Fault]) -> pd.DataFrame:
    """Return, by table, how many faults were tried, how many touch a recomputed claim, how many were caught.

    Parameters
    ----------
    audit : Audit
        Of the true record.
    tried : iterable of Fault

    Returns
    -------
    pandas.DataFrame
        Indexed by table, with the columns ``faults, taking_part, caught, score``; the score is the share of
        caught faults among those that touch a recomputed claim. The last row is the total.
    """
    faulty = Faulty.prepare(audit)
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for fault in tried:
        for name in (fault.table, "total"):
            counted[name][0] += 1
        if faulty.takes_part(fault):
            caught = faulty.caught(fault)
            for name in (fault.table, "total"):
                counted[name][1] += 1
                counted[name][2] += caught
    ordered = [name for name in (*audit.recorded, "total") if name in counted]
    frame = pd.DataFrame([counted[name] for name in ordered], index=ordered)
    frame.columns = ["faults", "taking_part", "caught"]
    return frame.assign(score=frame["caught"] / frame["taking_part"].where(frame["taking_part"] > 0))
