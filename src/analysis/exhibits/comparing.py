"""Two periods side by side: every recorded number that both print, with its change and a warning.

Rows are matched by their codes. A node of the framework is followed through ``continues``; nothing else
continues from one framework to another. Numbers in unlike units, and those whose definition or counting rule
changed, are shown with a warning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace

from analysis.exhibits.following import Alone, Following, Key, lowest
from analysis.exhibits.layout import periods
from analysis.framework import CodeChange, Framework
from analysis.periods import Period
from analysis.quantities import (
    Quantity,
    Recorded,
    RecordedTable,
    change,
    constant,
    point_change,
    share,
    tally,
    value,
)
from analysis.quantities.expression import Selection
from analysis.quantities.tables import IN_WORDS, REQUIRED
from analysis.quantities.units import Unit, unit

BEFORE, AFTER = "before", "after"
UNIT, SPLIT = "unit", "split"
# How numbers add up where they do, and the kinds of units of which sums are made.
SUM, SUMMED = "sum", {"count", "money", "amount", "duration"}
# What brings several together, and what is said where their numbers make no sum.
MERGED, APART = "merged", "not_summed"
# Which year of the period a number is of, where it is of one: 0 for the first.
YEAR = "year"
POINTS = ("percent", "percentage_points")
# Shares of one; a multiple, as in "three times", is none.
RATIO, OF_ONE = "ratio", ("ratio", "fraction")
_Row = Mapping[str, str]
# Columns that say how a number is printed or worded, or where its row stands.
_BESIDE = {*REQUIRED, "note", "period", "figure", "entry", "part", "footnote", "direction"}


@dataclass(frozen=True)
class ComparedNumber:
    """A number that both periods print.

    Attributes
    ----------
    table : str
        Recorded table.
    key : tuple of (str, str)
        Columns and codes that say what it is, as the later period has them.
    formers : tuple of Selection
        The numbers of the earlier period that it continues: one, or several that it brings together.
    before : Quantity or None
        The earlier number; of several their sum, and None where they make none.
    after : Selection
        The later number.
    changed : Quantity or None
        From the one to the other: in percentage points between percentages, else in per cent; None where they
        cannot be set against each other.
    warnings : tuple of str
        What changed beside the number: ``definition``, ``counting_rule``, ``unit``; ``split`` where several
        nodes of the later period continue the one that it was of, ``merged`` where one continues several, and
        ``not_summed`` where these do not add up.
    findings : tuple of str
        Ids of recorded contradictions that say how it changed.
    """

    table: str
    key: tuple[tuple[str, str], ...]
    formers: tuple[Selection, ...]
    before: Quantity | None
    after: Selection
    changed: Quantity | None
    warnings: tuple[str, ...]
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Two periods side by side.

    Attributes
    ----------
    recorded : Recorded
        The tables of both, named ``before.<table>`` and ``after.<table>``.
    periods : tuple of Period
        The earlier and the later.
    numbers : tuple of ComparedNumber
    ended, begun : int
        Numbers of the earlier period that the later one does not continue, and the other way round.
    unclear : tuple of int
        Numbers of the earlier and of the later period that are left out: several rows of a table share their
        codes, or have none, so that nothing tells which of them is which.
    broken : bool
        Whether the two follow different frameworks, so that only what ``continues`` says is one thing.
    """

    recorded: Recorded
    periods: tuple[Period, Period]
    numbers: tuple[ComparedNumber, ...]
    ended: int
    begun: int
    unclear: tuple[int, int]
    broken: bool


def compare(
    earlier: Recorded, before: Period, later: Recorded, after: Period, between: Iterable[Recorded] = ()
) -> Comparison:
    """Return two periods side by side.

    Parameters
    ----------
    earlier, later : Recorded
        The records of both.
    before, after : Period
    between : iterable of Recorded
        Records of the periods in between, through whose frameworks a node may continue one of the earlier.
    """
    frameworks = Framework.of(earlier), Framework.of(later)
    broken = _owners(frameworks[0]) != _owners(frameworks[1])
    tables = [_named(BEFORE, table) for table in earlier.values()] + [
        _named(AFTER, table) for table in later.values()
    ]
    chain = [frameworks[1], *map(Framework.of, between), frameworks[0]]
    follow = Following(chain, broken, tuple(_steps(before, after)))
    pairs, ended, begun, unclear = [], 0, 0, [0, 0]
    for name in dict.fromkeys((*later, *earlier)):
        there, lost_there = _numbers(earlier[name], before) if name in earlier else ({}, {})
        here, lost_here = _numbers(later[name], after) if name in later else ({}, {})
        by_former: dict[Alone, list[_Row]] = {}
        for key, row in there.items():
            by_former.setdefault(follow.alone(key), []).append(row)
        vague = {follow.alone(key) for key in lost_there}
        vague |= {former for former, rows in by_former.items() if len(rows) > 1}
        goes_on: dict[Key, tuple[tuple[Alone, ...], tuple[str, ...]]] = {}
        beside: set[Alone] = set()
        for key in here:
            formers, changes = _met(follow, key, by_former.keys() | vague)
            if vague.intersection(formers):
                unclear[1] += 1
                beside.update(formers)
            elif formers:
                goes_on[key] = formers, changes
            else:
                begun += 1
        beside.update(former for key in lost_here for former in _met(follow, key, by_former.keys())[0])
        used = Counter(former for formers, _ in goes_on.values() for former in formers)
        for key, (formers, changes) in goes_on.items():
            rows = [by_former[former][0] for former in formers if former in by_former]
            split = any(used[former] > 1 or former in beside for former in formers)
            adds = (
                len(rows) == len(formers) and not split and _adds_up(follow, key, formers, [*rows, here[key]])
            )
            remarks = (*changes, *(MERGED,) * (len(formers) > 1), *(SPLIT,) * split)
            pairs.append(_compared(name, key, rows, here[key], remarks, adds, follow.code_changes(key)))
        rest = by_former.keys() - used.keys()
        left = sum(len(by_former[former]) for former in rest & (beside | vague))
        unclear[0] += left + sum(lost_there.values())
        unclear[1] += sum(lost_here.values())
        ended += len(rest - beside - vague)
    lost = unclear[0], unclear[1]
    return Comparison(Recorded(tables), (before, after), tuple(pairs), ended, begun, lost, broken)


def _steps(before: Period, after: Period) -> Iterator[str]:
    """Yield the periods after the one, up to the other."""
    period = before
    while period < after:
        period = period.following
        yield str(period)


def _met(follow: Following, key: Key, numbers: Set[Alone]) -> tuple[tuple[Alone, ...], tuple[str, ...]]:
    """Return the first that a number may continue and the earlier period holds, and what changed since."""
    ways = ((formers, changes) for formers, changes in follow.former(key) if numbers & set(formers))
    return next(ways, ((), ()))


def _owners(framework: Framework) -> set[str]:
    return {node.document for level in framework.levels for node in framework.nodes(level)}


def _named(which: str, table: RecordedTable) -> RecordedTable:
    return replace(table, name=f"{which}.{table.name}", _indexes={})


def _numbers(table: RecordedTable, period: Period) -> tuple[dict[Key, Mapping[str, str]], dict[Key, int]]:
    """Return the rows of a period that hold a number, by codes; and how many share codes, or have none."""
    spans = periods(period)
    by_key: dict[Key, list[Mapping[str, str]]] = {}
    for row, number in zip(table.records, table.values, strict=True):
        if number.missing or row.get("period") not in spans:
            continue
        key = tuple((name, text) for name, text in row.items() if text and _tells(name))
        if row["period"] != str(period):
            key = (*key, (YEAR, str(int(row["period"][:4]) - period.start)))
        bare = "item" in row and not row["item"]
        by_key.setdefault(() if bare else key, []).append(row)
    single = {key: rows[0] for key, rows in by_key.items() if key and len(rows) == 1}
    return single, {key: len(rows) for key, rows in by_key.items() if key not in single}


def _tells(name: str) -> bool:
    return name not in _BESIDE and not name.endswith(IN_WORDS)


def _adds_up(follow: Following, key: Key, formers: Iterable[Alone], rows: Iterable[_Row]) -> bool:
    """Whether the numbers of several nodes add up to one of the node that continues them.

    The framework says so of the node and of each that it continues; of money, where it says nothing of any.
    """
    kinds = {unit(row["unit"]).kind for row in rows}
    own = [part for part in key if part[0] in follow.later.levels]
    nodes = [follow.later.node(*part) for part in own if frozenset([part]) <= lowest(key, follow.later)]
    nodes += [follow.earlier.node(*part) for former in formers for part in former if part[0] in dict(own)]
    rules = {node.adds_up for node in nodes if node is not None}
    if any(row.get("qualifier") for row in rows):
        return False
    return (kinds <= SUMMED and rules == {SUM}) or (kinds == {"money"} and rules == {""})


def _compared(
    table: str,
    key: Key,
    there: list[_Row],
    here: _Row,
    changes: tuple[str, ...],
    adds: bool,
    codes: tuple[CodeChange, ...],
) -> ComparedNumber:
    formers = tuple(value(f"{BEFORE}.{table}", id=row["id"]) for row in there)
    after = value(f"{AFTER}.{table}", id=here["id"])
    alike = all(unit(row["unit"]).meets(unit(here["unit"])) for row in there)
    before: Quantity | None = formers[0]
    if MERGED in changes:
        before = tally(formers) if adds and alike else None
    changed = None
    if before is not None and alike and SPLIT not in changes:
        changed = _change(before, after, (unit(there[0]["unit"]), unit(here["unit"])))
    remarks = (*changes, *(part for code in codes for part in code.changed))
    remarks += (*(APART,) * (before is None), *(UNIT,) * (not alike))
    findings = dict.fromkeys(code.finding for code in codes if code.finding)
    return ComparedNumber(
        table, key, formers, before, after, changed, tuple(dict.fromkeys(remarks)), tuple(findings)
    )


def _change(before: Quantity, after: Quantity, units: tuple[Unit, Unit]) -> Quantity:
    """Return the change: in percentage points between percentages or shares of one, else in per cent."""
    if all(unit.name in POINTS for unit in units):
        return point_change(before, after)
    if all(unit.name in OF_ONE for unit in units):
        return point_change(share(before, constant(1, RATIO)), share(after, constant(1, RATIO)))
    return change(before, after)


def of_table(comparison: Comparison) -> Iterator[tuple[str, list[ComparedNumber]]]:
    """Yield the numbers by table, in order."""
    for name in dict.fromkeys(number.table for number in comparison.numbers):
        yield name, [number for number in comparison.numbers if number.table == name]
