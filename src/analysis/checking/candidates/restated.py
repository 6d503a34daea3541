"""Statements that print again what a table holds, as the claims of the record say."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from analysis.checking.candidates.candidate import Candidate
from analysis.quantities import Recorded


def restated(recorded: Recorded, root: Path | None, candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """Return by the id of a statement the quantity of a table that it prints again.

    A claim that is expected to be reproduced says from which rows a number is made anew; where these are the
    rows of one quantity of a table, and the values are the same, the two are one quantity.

    Parameters
    ----------
    recorded : Recorded
    root : Path or None
        The project, for its claims; nothing is restated where there is none.
    candidates : iterable of Candidate
    """
    if root is None:
        return {}
    from analysis.audit.claims import claims
    from analysis.audit.judging import places
    from analysis.audit.verdicts import REPRODUCED
    from analysis.quantities.notation import parse
    from analysis.sources.earlier import own_record
    from analysis.sources.register import Register

    statements: dict[str, Candidate] = {}
    tabled: dict[frozenset[tuple[str, int]], list[Candidate]] = {}
    for one in candidates:
        if one.base is None:
            continue
        if one.named_by:
            rows = [(one.table, one.row)] if one.row >= 0 else places(parse(one.id, recorded), recorded)
            tabled.setdefault(frozenset(rows), []).append(one)
        else:
            statements[one.id] = one
    again = {}
    own = own_record(recorded)
    for claim in claims(own, Register(root)):
        stated = statements.get(claim.id)
        if stated is None or claim.quantity is None or claim.expected != REPRODUCED:
            continue
        read = frozenset(places(claim.quantity, own))
        same = [one for one in tabled.get(read, ()) if one.base == stated.base]
        if len(same) == 1:
            (again[stated.id],) = same
    return again
