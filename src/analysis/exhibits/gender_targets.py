"""Targets of the Action Plan for Gender Equality: what each number says against its target.

A result meets its target when it is at least (or, where less is better, at most) the threshold; a result in
words meets it when the words say that it was done. A target of several results is met when all of them are.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.exhibits.named import conditions_of
from analysis.quantities import (
    Quantity,
    Recorded,
    constant,
    count_rows,
    equals,
    evaluate,
    is_at_least,
    tally,
    value,
)
from analysis.quantities.units import unit

TARGETS = "gender.targets"
MET, NOT_MET, NO_DATA, NOT_DECIDABLE = "met", "not_met", "no_data", "not_decidable"


@dataclass(frozen=True)
class AppendixLine:
    """One line of the appendix: a target, with the results of one custodian where it is split.

    Attributes
    ----------
    target, entry, area : str
        Target, bullet of the appendix and UN-SWAP area.
    custodian, component : str
        Whose results these are, and of what part of the target; mostly empty.
    printed : str
        Status as the document prints it: ``met`` or ``not_met``.
    split : bool
        Whether a footnote divides the target by custodian.
    thresholds, results : tuple of dict
        Recorded rows: what is to be reached, and what was.
    """

    target: str
    entry: str
    area: str
    custodian: str
    component: str
    printed: str
    split: bool
    thresholds: tuple[dict, ...]
    results: tuple[dict, ...]


def target_lines(recorded: Recorded, period: str, **where: str) -> list[AppendixLine]:
    """Return the lines of the appendix in the document's order.

    Parameters
    ----------
    recorded : Recorded
        Holds ``gender.targets``.
    period : str
        Period.
    **where : str
        Further conditions, such as ``area`` or ``target``.
    """
    table = recorded[TARGETS]
    rows = [table.records[number] for number in table.select(conditions_of({"period": period, **where}))]
    groups: dict[tuple[str, str, str], list[dict]] = {}
    for row in rows:
        if row["role"] == "result":
            groups.setdefault((row["entry"], row["custodian"], row["component"]), []).append(row)
    return [
        AppendixLine(
            **{name: results[0][name] for name in ("target", "entry", "area", "custodian", "component")},
            printed=results[0]["status_printed"],
            split=results[0]["split"] == "split",
            thresholds=tuple(r for r in rows if r["entry"] == entry and r["role"] == "threshold"),
            results=tuple(results),
        )
        for (entry, _, _), results in groups.items()
    ]


def conditions(line: AppendixLine) -> list[Quantity | None]:
    """Return whether each result meets its target; None where the numbers cannot tell."""
    return [_condition(line, result) for result in line.results]


def _condition(line: AppendixLine, result: dict) -> Quantity | None:
    if result["stated"] == NO_DATA:
        return None
    if result["stated"]:
        return equals(count_rows(TARGETS, id=result["id"], stated="done"), constant(1, "count"))
    for threshold in line.thresholds:
        if threshold["value"] and unit(threshold["unit"]).meets(unit(result["unit"])):
            reached, wanted = (value(TARGETS, id=row["id"]) for row in (result, threshold))
            less = result["direction"] == "less_is_better"
            return is_at_least(wanted, reached) if less else is_at_least(reached, wanted)
    return None


def every_result_meets(line_group: list[AppendixLine]) -> Quantity | None:
    """Return whether every result of a target, or of one line of it, meets it; None where none can tell."""
    wanted = [condition for line in line_group for condition in conditions(line) if condition is not None]
    if len(wanted) < 2:
        return wanted[0] if wanted else None
    return equals(tally(wanted), constant(len(wanted), "count"))


def computed_status(line_group: list[AppendixLine], recorded: Recorded) -> str:
    """Return the status that the results give.

    Returns
    -------
    str
        ``not_met`` when a result falls short; else ``no_data`` when one was not observed; else
        ``not_decidable`` when one cannot be set against the target (no number, or unlike units);
        else ``met``.
    """
    whole = every_result_meets(line_group)
    if whole is not None and evaluate(whole, recorded).value == 0:
        return NOT_MET
    results = [result for line in line_group for result in line.results]
    if any(result["stated"] == NO_DATA for result in results):
        return NO_DATA
    open_ones = [condition for line in line_group for condition in conditions(line) if condition is None]
    return NOT_DECIDABLE if open_ones else MET


def by_target(recorded: Recorded, period: str, **where: str) -> dict[str, list[AppendixLine]]:
    """Return the lines of each target: several where a footnote splits it by custodian."""
    groups: dict[str, list[AppendixLine]] = {}
    for line in target_lines(recorded, period, **where):
        groups.setdefault(line.target, []).append(line)
    return groups


def computed_counts(recorded: Recorded, period: str, **where: str) -> dict[str, Quantity]:
    """Return how many targets have each computed status, as quantities."""
    groups = by_target(recorded, period, **where)
    statuses = {target: computed_status(group, recorded) for target, group in groups.items()}
    decided = [
        every_result_meets(groups[target]) for target, status in statuses.items() if status in (MET, NOT_MET)
    ]
    undecided = [
        group[0].results[0]["id"] for target, group in groups.items() if statuses[target] == NOT_DECIDABLE
    ]
    none = constant(0, "count")
    met = tally(decided) if decided else none
    return {
        MET: met,
        NOT_MET: constant(len(decided), "count") - met,
        NO_DATA: count_rows(TARGETS, measure="result", period=period, stated=NO_DATA, **where),
        NOT_DECIDABLE: count_rows(TARGETS, id=undecided) if undecided else none,
    }
