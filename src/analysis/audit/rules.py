"""What recomputes a cell of a table of one kind, for any biennium: shares, growth, complements.

What columns and the framework say of any table stands in ``rules_of_columns``, what rates say of each other
in ``rules_of_rates``. Each rule here reads one table and yields, as text in the notation of quantities, what
recomputes a row, or a check that the table must meet as a whole (its shares add to 100).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from analysis.audit.rules_of_columns import by_columns
from analysis.audit.rules_of_rates import by_rates
from analysis.audit.ruling import Ruled, call, grouped
from analysis.exhibits.named import Named
from analysis.framework import Framework
from analysis.quantities import Recorded, RecordedTable

OUTPUT_INDICATORS = "report.output_indicators"
SHARES = "shares"
_ALL = 'constant(100, "percent")'


def _adding_to_all(table: RecordedTable, of: str, number: int, **where: str | Iterable[str]) -> Ruled:
    return Ruled(f"{of}#{SHARES}", f"equals({_ALL}, {call('total', table.name, **where)})", number)


def rule_of_results_by_region(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """A region's results are the sum over output indicators; its share is that of all regions' results."""
    for number, row in enumerate(table.records):
        if row["measure"] == "results" and OUTPUT_INDICATORS in recorded:
            where = {"measure": "result", "region": row["region"], "unit": "result", "period": row["period"]}
            whole = Named(recorded).wholes(OUTPUT_INDICATORS, where)
            yield Ruled(row["id"], call("total", OUTPUT_INDICATORS, **whole), number)
        elif row["measure"] == "share":
            same = {"measure": "results", "period": row["period"]}
            part = call("value", table.name, region=row["region"], **same)
            yield Ruled(row["id"], f"share({part}, {call('total', table.name, **same)})", number)
    for (period,), rows in grouped(table, "period").items():
        of = f"{table.prefix}/{period}"
        yield _adding_to_all(table, of, rows[0][0], measure="share", period=period)


def rule_of_staff_inputs(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """The inputs shown in a figure add to 100 per cent."""
    for (figure, period), rows in grouped(table, "figure", "period").items():
        of = rows[0][1]["id"].rsplit("/", 1)[0]
        yield _adding_to_all(table, of, rows[0][0], figure=figure, period=period)


def rule_of_enabling_indicators(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """Growth follows from baseline and present number, a total from its kinds, and complements add to 100."""
    for (indicator,), rows in grouped(table, "indicator").items():
        cells = {(row["component"], row["measure"]): row for _, row in rows if row["value"]}
        for number, row in rows:
            component = row["component"]
            of = component.removesuffix("_growth")
            ends = [cells.get((of, measure)) for measure in ("baseline", "context")]
            if of != component and row["measure"] == "result" and row["value"] and all(ends):
                texts = [call("value", table.name, id=end["id"]) for end in ends]
                yield Ruled(row["id"], f"change({', '.join(texts)})", number)
            stem = component.removesuffix("total")
            kinds = [kind for kind, measure in cells if measure == "result" and kind.startswith(stem)]
            if stem != component and row["value"] and kinds:
                where = {"indicator": indicator, "measure": "result", "component": kinds}
                yield Ruled(row["id"], call("total", table.name, **where), number)
        yield from _complements(table, indicator, cells)


def _complements(table: RecordedTable, indicator: str, cells: dict) -> Iterator[Ruled]:
    stems = defaultdict(list)
    for (component, measure), row in cells.items():
        if component.endswith("_share") and measure in ("result", "context"):
            stems[component.rsplit("_", 2)[0]].append(row["id"])
    for stem, identifiers in stems.items():
        if len(identifiers) > 1:
            number = table.select((("id", (identifiers[0],)),))[0]
            of = f"{table.prefix}/{indicator}/{stem}"
            yield _adding_to_all(table, of, number, id=identifiers)


def rule_of_monitoring_totals(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """A share of targets is their number in per cent of all."""
    for number, row in enumerate(table.records):
        if row["measure"] == "share":
            same = {"measure": "count", "period": row["period"]}
            part = call("value", table.name, target_status=row["target_status"], **same)
            whole = call("value", table.name, target_status="total", **same)
            yield Ruled(row["id"], f"share({part}, {whole})", number)


def rule_of_representation(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """A change in points is the difference of the shares at its two dates."""
    for number, row in enumerate(table.records):
        if row["measure"] == "change" and "/" in row["period"]:
            ends = [
                call("value", table.name, level=row["level"], period=period, measure="share")
                for period in row["period"].split("/")
            ]
            yield Ruled(row["id"], f"point_change({', '.join(ends)})", number)


RULES: dict[str, Callable[[RecordedTable, Recorded], Iterator[Ruled]]] = {
    "report.results_by_region": rule_of_results_by_region,
    "report.staff_inputs": rule_of_staff_inputs,
    "report.enabling_indicators": rule_of_enabling_indicators,
    "gender.monitoring_totals": rule_of_monitoring_totals,
    "unswap.representation": rule_of_representation,
}


def ruled(recorded: Recorded) -> dict[str, tuple[str, Ruled]]:
    """Return what the rules recompute, by id, with the name of the table."""
    checks = {}
    framework = Framework.of(recorded)
    for name, table in recorded.items():
        for check in (*by_columns(table, recorded), *by_rates(table, framework)):
            checks[check.id] = (name, check)
    for name, rule in RULES.items():
        if name in recorded:
            for check in rule(recorded[name], recorded):
                checks[check.id] = (name, check)
    return checks
