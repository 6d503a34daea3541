"""What recomputes a cell of a recorded table, for any biennium: totals, shares, growth, complements.

Each rule reads one table and yields, as text in the notation of quantities, what recomputes a row, or a check
that the table must meet as a whole (its shares add to 100; a rate lies between the women's and the men's).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from analysis.quantities import Recorded, RecordedTable
from analysis.quantities.units import unit

INDICATORS = "report.output_indicators"
BETWEEN, MET, SHARES = "between", "met", "shares"
_ALL = 'constant(100, "percent")'


@dataclass(frozen=True)
class Ruled:
    """A recomputation that a rule makes.

    Attributes
    ----------
    id : str
        Id of the recorded number, or ``<what is checked>#<check>``.
    text : str
        The quantity, in the notation of ``analysis.quantities.notation``.
    row : int
        Number of the row that is recomputed, or the first of those that are checked.
    """

    id: str
    text: str
    row: int


def call(word: str, table: str, **where: str | Iterable[str]) -> str:
    """Return a selection as text: ``total("report.staff_inputs", figure="I.1")``."""

    def quoted(option: str | Iterable[str]) -> str:
        if isinstance(option, str):
            return json.dumps(option, ensure_ascii=False)
        return json.dumps(list(option), ensure_ascii=False)

    return f'{word}("{table}"' + "".join(f", {name}={quoted(each)}" for name, each in where.items()) + ")"


def _grouped(table: RecordedTable, *names: str) -> dict[tuple[str, ...], list[tuple[int, dict[str, str]]]]:
    groups = defaultdict(list)
    for number, row in enumerate(table.records):
        groups[tuple(row[name] for name in names)].append((number, row))
    return groups


def _adding_to_all(table: RecordedTable, of: str, number: int, **where: str) -> Ruled:
    return Ruled(f"{of}#{SHARES}", f"equals({_ALL}, {call('total', table.name, **where)})", number)


def output_indicators(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """The results of an indicator are the sum of its regions' results."""
    for (indicator, measure, period), rows in _grouped(table, "indicator", "measure", "period").items():
        totals = [(number, row) for number, row in rows if row["region"] == "all" and row["value"]]
        parts = [row["region"] for _, row in rows if row["region"] != "all" and row["value"]]
        for number, row in totals:
            if parts and unit(row["unit"]).kind == "count":
                where = {"indicator": indicator, "measure": measure, "period": period, "region": parts}
                yield Ruled(row["id"], call("total", table.name, **where), number)


def results_by_region(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """A region's results are the sum over output indicators; its share is that of all regions' results."""
    for number, row in enumerate(table.records):
        if row["measure"] == "results" and INDICATORS in recorded:
            where = {"measure": "result", "region": row["region"], "unit": "result", "period": row["period"]}
            yield Ruled(row["id"], call("total", INDICATORS, **where), number)
        elif row["measure"] == "share":
            same = {"measure": "results", "period": row["period"]}
            part = call("value", table.name, region=row["region"], **same)
            yield Ruled(row["id"], f"share({part}, {call('total', table.name, **same)})", number)
    for (period,), rows in _grouped(table, "period").items():
        of = f"{table.prefix}/{period}"
        yield _adding_to_all(table, of, rows[0][0], measure="share", period=period)


def budget_by_outcome(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """The total of an outcome is the sum over the sources of funds that print a number."""
    for (outcome, measure, period), rows in _grouped(table, "outcome", "measure", "period").items():
        sources = [row["source"] for _, row in rows if row["source"] != "total" and row["value"]]
        for number, row in rows:
            if row["source"] == "total" and row["value"]:
                where = {"outcome": outcome, "measure": measure, "period": period, "source": sources}
                yield Ruled(row["id"], call("total", table.name, **where), number)


def staff_inputs(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """The inputs shown in a figure add to 100 per cent."""
    for (figure, period), rows in _grouped(table, "figure", "period").items():
        of = rows[0][1]["id"].rsplit("/", 1)[0]
        yield _adding_to_all(table, of, rows[0][0], figure=figure, period=period)


def enabling_indicators(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """Growth follows from baseline and present number, a total from its kinds, and complements add to 100."""
    for (indicator,), rows in _grouped(table, "indicator").items():
        held = {(row["component"], row["measure"]): row for _, row in rows if row["value"]}
        for number, row in rows:
            component = row["component"]
            of = component.removesuffix("_growth")
            ends = [held.get((of, measure)) for measure in ("baseline", "context")]
            if of != component and row["measure"] == "result" and row["value"] and all(ends):
                texts = [call("value", table.name, id=end["id"]) for end in ends]
                yield Ruled(row["id"], f"change({', '.join(texts)})", number)
            stem = component.removesuffix("total")
            kinds = [each for each, measure in held if measure == "result" and each.startswith(stem)]
            if stem != component and row["value"] and kinds:
                where = {"indicator": indicator, "measure": "result", "component": kinds}
                yield Ruled(row["id"], call("total", table.name, **where), number)
        yield from _complements(table, indicator, held)


def _complements(table: RecordedTable, indicator: str, held: dict) -> Iterator[Ruled]:
    stems = defaultdict(list)
    for (component, measure), row in held.items():
        if component.endswith("_share") and measure in ("result", "context"):
            stems[component.rsplit("_", 2)[0]].append(row["id"])
    for stem, identifiers in stems.items():
        if len(identifiers) > 1:
            number = table.select((("id", (identifiers[0],)),))[0]
            of = f"{table.prefix}/{indicator}/{stem}"
            yield _adding_to_all(table, of, number, id=identifiers)


def decent_work_indicators(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """The rate of all lies between those of women and of men."""
    for keys, rows in _grouped(table, "indicator", "age", "period").items():
        held = {row["sex"]: (number, row["id"]) for number, row in rows if row["value"]}
        if {"SEX_T", "SEX_F", "SEX_M"} <= set(held):
            both, women, men = (
                call("value", table.name, id=held[sex][1]) for sex in ("SEX_T", "SEX_F", "SEX_M")
            )
            reached = 'is_at_least(tally(is_at_least({0}, {1}), is_at_least({2}, {3})), constant(1, "count"))'
            above = reached.format(both, women, both, men)
            below = reached.format(women, both, men, both)
            of = f"{table.prefix}/{'/'.join(keys)}"
            text = f'equals(tally({above}, {below}), constant(2, "count"))'
            yield Ruled(f"{of}#{BETWEEN}", text, held["SEX_T"][0])


def targets(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """A target counted as met has results that reach it; one counted as not met has one that does not."""
    for (target, entry), rows in _grouped(table, "target", "entry").items():
        thresholds = [row for _, row in rows if row["role"] == "threshold" and row["value"]]
        results = [row for _, row in rows if row["role"] == "result" and row["value"]]
        pairs = [
            (threshold, result)
            for threshold in thresholds
            for result in results
            if threshold["component"] in ("", result["component"])
            and unit(threshold["unit"]).meets(unit(result["unit"]))
        ]
        number, first = rows[0]
        if not pairs or first["direction"] not in ("more_is_better", "less_is_better"):
            continue
        ends = [tuple(call("value", table.name, id=row["id"]) for row in pair) for pair in pairs]
        ends = [pair if first["direction"] == "less_is_better" else pair[::-1] for pair in ends]
        reached = [f"is_at_least({better}, {worse})" for better, worse in ends]
        yield Ruled(
            f"{table.prefix}/{target}/{entry}#{MET}", _counted(reached, ends, first["status_printed"]), number
        )


def _counted(reached: list[str], ends: list[tuple[str, str]], status: str) -> str:
    if len(reached) == 1:
        return reached[0] if status == "met" else f"is_less({', '.join(ends[0])})"
    number = f'constant({len(reached)}, "count")'
    return f"{'equals' if status == 'met' else 'is_less'}(tally({', '.join(reached)}), {number})"


def monitoring_totals(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """A share of targets is their number in per cent of all."""
    for number, row in enumerate(table.records):
        if row["measure"] == "share":
            same = {"measure": "count", "period": row["period"]}
            part = call("value", table.name, target_status=row["target_status"], **same)
            whole = call("value", table.name, target_status="total", **same)
            yield Ruled(row["id"], f"share({part}, {whole})", number)


def representation(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """A change in points is the difference of the shares at its two dates."""
    for number, row in enumerate(table.records):
        if row["measure"] == "change" and "/" in row["period"]:
            ends = [
                call("value", table.name, level=row["level"], period=period, measure="share")
                for period in row["period"].split("/")
            ]
            yield Ruled(row["id"], f"point_change({', '.join(ends)})", number)


def contradictions(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """Two places that state one thing print the same."""
    for number, row in enumerate(table.records):
        if row["relation"] != "same":
            continue
        same = call("count_rows", table.name, id=row["id"], first_printed=row["second_printed"])
        yield Ruled(row["id"], f'equals({same}, constant(1, "count"))', number)


RULES: dict[str, Callable[[RecordedTable, Recorded], Iterator[Ruled]]] = {
    INDICATORS: output_indicators,
    "report.results_by_region": results_by_region,
    "report.budget_by_outcome": budget_by_outcome,
    "report.staff_inputs": staff_inputs,
    "report.enabling_indicators": enabling_indicators,
    "report.decent_work_indicators": decent_work_indicators,
    "gender.targets": targets,
    "gender.monitoring_totals": monitoring_totals,
    "unswap.representation": representation,
    **{f"{kind}.contradictions": contradictions for kind in ("report", "gender", "unswap", "plan", "review")},
}


def ruled(recorded: Recorded) -> dict[str, tuple[str, Ruled]]:
    """Return what the rules recompute, by id, with the name of the table."""
    return {
        each.id: (name, each)
        for name, rule in RULES.items()
        if name in recorded
        for each in rule(recorded[name], recorded)
    }
