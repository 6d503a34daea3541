"""Checks against outside data: printed numbers beside published estimates, and what a vintage would print.

They are a class of their own. A document is judged by its own inputs in ``analysis.audit.judging``; here it
is set beside what a statistical service publishes, of one vintage or another; no verdict of the audit moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from analysis.audit.claims import Claim, prints_number
from analysis.audit.judging import Check, judge_claim, places
from analysis.audit.verdicts import DISCREPANCY, NOT_RECOMPUTABLE, verdict
from analysis.quantities import Recorded, RecordedTable, Value, evaluate
from analysis.quantities.intervals import Bound
from analysis.rounding import half_step, round_half_up

KEYS = ("indicator", "sex", "age", "period")
CUT_OFF, NEITHER = "cut_off", "neither"


def keyed_tables(recorded: Recorded) -> list[RecordedTable]:
    """Return the tables that hold an indicator by sex, age and period."""
    return [table for table in recorded.values() if set(KEYS) <= set(table.rows.columns)]


@dataclass(frozen=True)
class OutsideCheck:
    """A printed number beside a published one.

    Attributes
    ----------
    printed : str
        Id of the printed number.
    indicator, sex, age, period : str
    text : str
        As printed.
    vintage : str
        Table of the estimates, ``estimates.<vintage>``.
    published : Value
        What the vintage publishes.
    verdict : str
        ``reproduced``, ``rounding``, ``discrepancy``.
    how : str
        Of a discrepancy: ``cut_off`` where the published number without its further decimals is the printed
        one, else ``neither``.
    """

    printed: str
    indicator: str
    sex: str
    age: str
    period: str
    text: str
    vintage: str
    published: Value
    verdict: str
    how: str = ""


def outside_checks(printed: RecordedTable, estimates: Iterable[RecordedTable]) -> list[OutsideCheck]:
    """Set every printed number of a table beside the published ones.

    Parameters
    ----------
    printed : RecordedTable
        With the columns `KEYS`.
    estimates : iterable of RecordedTable
        One area's rows each, the World's, with the same columns.

    Returns
    -------
    list of OutsideCheck
        In the order of the table, then of the estimates; nothing for a number that a vintage does not have.
    """
    listed = list(estimates)
    checks = []
    for row in printed.records:
        if not prints_number(row) or not row["value"]:
            continue
        number, decimals = Fraction(row["value"]), int(row["decimals"] or 0)
        for table in listed:
            published = _published(table, row)
            if published is None:
                continue
            decided = verdict(number, decimals, row["unit"], row["qualifier"], published)
            how = _how(number, decimals, published.value) if decided == DISCREPANCY else ""
            indicator, sex, age, period = (row[name] for name in KEYS)
            text = row["printed"]
            check = OutsideCheck(
                row["id"], indicator, sex, age, period, text, table.name, published, decided, how
            )
            checks.append(check)
    return checks


def _published(table: RecordedTable, row: dict[str, str]) -> Value | None:
    rows = table.select(tuple((name, (row[name],)) for name in KEYS))
    if len(rows) > 1:
        raise ValueError(f"{table.name}: {len(rows)} rows for {row['id']}; give one area's rows")
    return table.values[rows[0]] if rows and not table.values[rows[0]].missing else None


def _how(number: Fraction, decimals: int, published: Fraction) -> str:
    step = 10**decimals
    return CUT_OFF if Fraction(floor(published * step), step) == number else NEITHER


def meeting(checks: Iterable[OutsideCheck]) -> dict[str, OutsideCheck]:
    """Return each printed number's decisive check: that of the vintage that publishes it most exactly."""
    best: dict[str, OutsideCheck] = {}
    for check in checks:
        rival = best.get(check.printed)
        if rival is None or _width(check) < _width(rival):
            best[check.printed] = check
    return best


def _width(check: OutsideCheck) -> Bound:
    return check.published.high - check.published.low


@dataclass(frozen=True)
class Reprint:
    """What a printed number would be by a vintage.

    Attributes
    ----------
    printed, indicator, sex, age, period, text : str
        As in `OutsideCheck`.
    now : Decimal or None
        The vintage's number, rounded half-up to the printed decimals; None where it has none.
    sure : bool
        Whether the vintage's own rounding leaves no other outcome.
    """

    printed: str
    indicator: str
    sex: str
    age: str
    period: str
    text: str
    now: Decimal | None
    sure: bool

    @property
    def differs(self) -> bool:
        """Whether it would print differently."""
        return self.now is not None and Decimal(self.text) != self.now


def numbers_by_vintage(printed: RecordedTable, estimates: RecordedTable) -> list[Reprint]:
    """Return what every printed number of a table would be by one vintage, in the table's order."""
    reprints = []
    for row in printed.records:
        if not prints_number(row) or not row["value"]:
            continue
        decimals = int(row["decimals"] or 0)
        published = _published(estimates, row)
        now = None if published is None else round_half_up(published.value, decimals)
        half = half_step(decimals)
        sure = published is not None and all(
            -half <= Fraction(now) - end <= half for end in (published.low, published.high)
        )
        indicator, sex, age, period = (row[name] for name in KEYS)
        reprints.append(Reprint(row["id"], indicator, sex, age, period, row["value"], now, sure))
    return reprints


def as_of(recorded: Recorded, printed: RecordedTable, estimates: RecordedTable) -> Recorded:
    """Return the record with a table's numbers replaced by a vintage's; one that it lacks stays missing."""
    rows = printed.rows.copy()
    for number, row in enumerate(printed.records):
        there = estimates.select(tuple((name, (row[name],)) for name in KEYS))
        estimate = (
            estimates.records[there[0]] if there else {"value": "", "decimals": "", "unit": row["unit"]}
        )
        for name in ("value", "decimals", "unit"):
            rows.iat[number, rows.columns.get_loc(name)] = estimate[name]
    tables = {**recorded, printed.name: RecordedTable(printed.name, rows, printed.source, printed.origins)}
    return recorded.with_tables(tables.values())


@dataclass(frozen=True)
class Restated:
    """A statement of the documents, judged as printed and by a vintage.

    Attributes
    ----------
    claim : Claim
    before, after : Check
        By the printed table, and by the vintage's numbers in its place; ``after`` is ``not_recomputable``
        where the vintage lacks a number that the statement rests on.
    """

    claim: Claim
    before: Check
    after: Check

    @property
    def undecided(self) -> bool:
        """Whether the vintage lacks a number that the statement rests on."""
        return self.after.verdict == NOT_RECOMPUTABLE

    @property
    def fails(self) -> bool:
        """Whether it held as printed, and does not hold by the vintage."""
        return self.after.verdict == DISCREPANCY and self.before.verdict != DISCREPANCY


def judged_by_vintage(
    claims: Iterable[Claim], recorded: Recorded, printed: RecordedTable, estimates: RecordedTable
) -> list[Restated]:
    """Judge by a vintage every claim that rests on a printed table: rose, fell, higher than, the same number.

    Parameters
    ----------
    claims : iterable of Claim
    recorded : Recorded
        What the claims read.
    printed : RecordedTable
        The table whose numbers a vintage replaces.
    estimates : RecordedTable
        The vintage's World.

    Returns
    -------
    list of Restated
        In the order of the claims. A claim about a number of the table itself is left out, unless it compares
        numbers: the table's own numbers are those of `numbers_by_vintage`.
    """
    replaced = as_of(recorded, printed, estimates)
    return [
        Restated(claim, judge_claim(claim, recorded), _judged(claim, replaced))
        for claim in claims
        if claim.quantity is not None
        and (claim.table != printed.name or claim.compares)
        and any(table == printed.name for table, _ in places(claim.quantity, recorded))
    ]


def _judged(claim: Claim, replaced: Recorded) -> Check:
    if evaluate(claim.quantity, replaced).missing:
        return Check(claim, None, NOT_RECOMPUTABLE)
    return judge_claim(claim, replaced)
