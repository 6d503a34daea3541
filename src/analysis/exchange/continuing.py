"""What a framework continues of an earlier one: only what a mapping says, and what changed on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.exchange.codes import CsvRow
from analysis.exchange.mapping import Continuation


@dataclass(frozen=True)
class Former:
    """A node as a framework of some period has it.

    Attributes
    ----------
    level, code, unit, measure, direction, title : str
        As recorded.
    plain : str
        The code that its title makes, where several versions of it are recorded under further codes.
    """

    level: str
    code: str
    unit: str
    measure: str
    direction: str
    title: str
    plain: str


@dataclass(frozen=True)
class Earlier:
    """A framework of one period: the document that holds it, and its nodes."""

    document: str
    nodes: tuple[Former, ...]


def follows_another(own: Mapping[str, Earlier], earlier: Mapping[str, Earlier]) -> bool:
    """Whether a framework of a period before is known: in the import itself, or recorded."""
    return len(own) > 1 or any(period < max(own) for period in earlier)


def continue_nodes(
    nodes: list[CsvRow],
    rules: Iterable[Continuation],
    own: Mapping[str, Earlier],
    earlier: Mapping[str, Earlier],
) -> list[str]:
    """Say of each node which earlier one it continues, as far as rules say so; return what is to be told.

    Parameters
    ----------
    nodes : list of dict
        Rows of ``nodes.csv``; ``continues``, ``continues_why`` and ``changed`` are filled in.
    rules : iterable of Continuation
        What continues what, and why.
    own, earlier : mapping of str to Earlier
        The frameworks of this import and of recorded documents, by period.

    Returns
    -------
    list of str
        Rules that found no framework, and how many nodes of each level continue one; empty where no earlier
        framework is known.
    """
    remarks = []
    rows = {(row["level"], row["code"]): row for row in nodes}
    for rule in rules:
        periods = [period for period in rule.periods if period in own]
        past = own.get(rule.since) or earlier.get(rule.since)
        if periods and past is None:
            remarks.append(
                f"no framework of {rule.since} is recorded: "
                f"no {rule.level} of {', '.join(periods)} continues one"
            )
        for period in periods if past else ():
            _by_rule(rows, rule, own[period], past)
    if follows_another(own, earlier):
        for level in dict.fromkeys(row["level"] for row in nodes):
            of_level = [row for row in nodes if row["level"] == level]
            continuing, changed = (
                sum(bool(row[name]) for row in of_level) for name in ("continues", "changed")
            )
            remarks.append(
                f"{level}: of {len(of_level)} nodes {continuing} continue an earlier one, {changed} of them "
                "changed; the others are a break"
            )
    return remarks


def _by_rule(rows: Mapping[tuple[str, str], CsvRow], rule: Continuation, now: Earlier, past: Earlier) -> None:
    before = {node.plain: node for node in past.nodes if node.level == rule.level}
    for node in now.nodes:
        if node.level != rule.level:
            continue
        former = before.get(rule.codes.get(node.plain, "") if rule.codes else node.plain)
        if former is None or (past.document, former.code) == (now.document, node.code):
            continue
        changed = dict.fromkeys(part for part in rule.changed.split("|") if part)
        if (node.unit, node.measure) != (former.unit, former.measure):
            changed["unit"] = None
        if (node.direction, node.title) != (former.direction, former.title):
            changed["definition"] = None
        rows[node.level, node.code] |= {
            "continues": f"{past.document}/{rule.level}/{former.code}",
            "continues_why": rule.why,
            "changed": "|".join(changed),
        }
