"""What the columns of a table, its framework and its document say that must hold, whatever the table is.

A dimension with an exhaustive total adds up, and a rate of all lies between those of its parts; of two parts,
their weight in all is the same in years that follow each other. First and last years lie in order and inside
the document's period; a table that is printed in order is in order; a status follows from result and target;
and a list that a number counts has as many items.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from analysis.audit.ruling import Ruled, call, grouped, holding
from analysis.framework import Framework
from analysis.periods import first_and_last
from analysis.quantities import Recorded, RecordedTable
from analysis.quantities.tables import IN_WORDS
from analysis.quantities.units import unit
from analysis.sources.appending import key_columns

BETWEEN, MET, WEIGHTS, IN_ORDER, RANKED = "between", "met", "weights", "in_order", "ranked"
DESCENDING, ASCENDING = "descending", "ascending"
_RATES, COUNT = ("share", "rate"), "count"


def by_columns(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """Yield what recomputes a table's numbers, and what they must meet, as far as its columns say so."""
    columns = set(table.rows.columns)
    framework = Framework.of(recorded)
    for dimension in framework.dimensions:
        if dimension in columns and framework.total_code(dimension) and framework.exhaustive(dimension):
            yield from _of_dimension(table, dimension, framework)
    if {"measure", "value"} <= columns:
        yield from _first_and_last_years(table)
    if {"target", "entry", "role", "component", "direction", "status_printed"} <= columns:
        yield from _targets(table)
    if {"relation", "first_printed", "second_printed"} <= columns:
        yield from _contradictions(table)
    yield from _of_lists(table, recorded)
    yield from _ranked(table)


def _of_dimension(table: RecordedTable, dimension: str, framework: Framework) -> Iterator[Ruled]:
    """Totals are the sum of the parts that print a number; a rate of all lies between those of its parts."""
    whole, parts = framework.total_code(dimension), framework.parts(dimension)
    names = [name for name in key_columns(list(table.rows.columns)) if name not in ("id", dimension)]
    levels = [level for level in framework.levels if level in names]
    names = [name for name in names if name not in levels[:-1]]
    rates: dict[tuple[str, ...], dict[str, dict[str, str]]] = {}
    for keys, rows in grouped(table, *names).items():
        by_code = {row[dimension]: (number, row) for number, row in rows if row["value"]}
        printed = [part for part in by_code if part in parts]
        if whole not in by_code or not printed:
            continue
        number, row = by_code[whole]
        if unit(row["unit"]).kind not in _RATES:
            where = {**dict(zip(names, keys, strict=True)), dimension: printed}
            yield Ruled(row["id"], call("total", table.name, **where), number)
        elif len(parts) == len(printed) == 2:
            rates[keys] = {code: printed_row for code, (_, printed_row) in by_code.items()}
            texts = [call("value", table.name, id=rates[keys][code]["id"]) for code in (whole, *parts)]
            yield Ruled(f"{table.prefix}/{'/'.join(keys)}#{BETWEEN}", _between(*texts), number)
    if "period" in names:
        yield from _weights(table, names.index("period"), whole, parts, rates)


def _between(both: str, one: str, other: str) -> str:
    reached = 'is_at_least(tally(is_at_least({0}, {1}), is_at_least({2}, {3})), constant(1, "count"))'
    above, below = reached.format(both, one, both, other), reached.format(one, both, other, both)
    return holding([above, below])


def _weights(
    table: RecordedTable, at: int, whole: str, parts: tuple[str, ...], rates: dict
) -> Iterator[Ruled]:
    """What the rates say of the parts' weights is the same in years that follow each other."""
    for keys, later in pairwise(sorted(rates, key=lambda keys: (keys[:at], keys[at + 1 :], keys[at]))):
        same = (keys[:at], keys[at + 1 :]) == (later[:at], later[at + 1 :])
        following = keys[at].isdigit() and later[at].isdigit() and int(later[at]) - int(keys[at]) == 1
        apart = all(len({rates[key][part]["value"] for part in parts}) == 2 for key in (keys, later))
        if same and following and apart:
            shares = []
            for by_code in (rates[keys], rates[later]):
                texts = [call("value", table.name, id=by_code[code]["id"]) for code in (whole, *parts)]
                shares.append("({0} - {2}) / ({1} - {2})".format(*texts))
            of = f"{table.prefix}/{'/'.join((*keys, later[at]))}"
            number = table.select((("id", (rates[keys][whole]["id"],)),))[0]
            yield Ruled(f"{of}#{WEIGHTS}", f"equals({', '.join(shares)})", number)


def _first_and_last_years(table: RecordedTable) -> Iterator[Ruled]:
    """A last year is not before the first, and both lie inside the period that the document is about."""
    names = [name for name in key_columns(list(table.rows.columns)) if name not in ("id", "measure")]
    for _, rows in grouped(table, *names).items():
        by_measure = {row["measure"]: (number, row) for number, row in rows if row["value"]}
        if not {"start", "end"} <= set(by_measure):
            continue
        number, row = by_measure["start"]
        start, end = (call("value", table.name, id=by_measure[limit][1]["id"]) for limit in ("start", "end"))
        comparisons = [f"is_at_least({end}, {start})"]
        if span := first_and_last(table.source_of(number).period):
            first, last = (f'constant({year}, "{row["unit"]}")' for year in span)
            comparisons += [f"is_at_least({start}, {first})", f"is_at_least({last}, {end})"]
        yield Ruled(f"{row['id'].removesuffix('/start')}#{IN_ORDER}", holding(comparisons), number)


def _ranked(table: RecordedTable) -> Iterator[Ruled]:
    """A file that is printed from the largest number to the smallest, or the other way, is in that order."""
    for source, numbers in table.by_source.items():
        places = [number for number in numbers if table.records[number]["value"]]
        if source.ordered and len(places) > 1:
            texts = [call("value", table.name, id=table.records[number]["id"]) for number in places]
            if source.ordered == ASCENDING:
                texts.reverse()
            comparisons = [f"is_at_least({more}, {less})" for more, less in pairwise(texts)]
            yield Ruled(f"{source.prefix}#{RANKED}", holding(comparisons), places[0])


def _targets(table: RecordedTable) -> Iterator[Ruled]:
    """A target counted as met has results that reach it; one counted as not met has one that does not."""
    for (target, entry), rows in grouped(table, "target", "entry").items():
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
        ends = [
            (call("value", table.name, id=threshold["id"]), call("value", table.name, id=result["id"]))
            for threshold, result in pairs
        ]
        if first["direction"] == "more_is_better":
            ends = [(result, threshold) for threshold, result in ends]
        reached = [f"is_at_least({better}, {worse})" for better, worse in ends]
        yield Ruled(
            f"{table.prefix}/{target}/{entry}#{MET}", _counted(reached, ends, first["status_printed"]), number
        )


def _counted(reached: list[str], ends: list[tuple[str, str]], status: str) -> str:
    if len(reached) == 1:
        return reached[0] if status == "met" else f"is_less({', '.join(ends[0])})"
    number = f'constant({len(reached)}, "count")'
    return f"{'equals' if status == 'met' else 'is_less'}(tally({', '.join(reached)}), {number})"


def _contradictions(table: RecordedTable) -> Iterator[Ruled]:
    """Two places that state one thing print the same."""
    for number, row in enumerate(table.records):
        if row["relation"] != "same":
            continue
        same = call("count_rows", table.name, id=row["id"], first_printed=row["second_printed"])
        yield Ruled(row["id"], f'equals({same}, constant(1, "count"))', number)


def _of_lists(table: RecordedTable, recorded: Recorded) -> Iterator[Ruled]:
    """A number that counts a list of its document is the number of the list's items."""
    lists = [
        listing
        for listing in recorded.values()
        if "list" in listing.rows and any(f"item{ending}" in listing.rows for ending in IN_WORDS)
    ]
    for listing in lists:
        items: dict[tuple[str, str], list[str]] = {}
        for row in listing.records:
            items.setdefault((row["id"].partition("/")[0], row["list"]), []).append(row["id"])
        for number, row in enumerate(table.records):
            document, _, name = (*row["id"].split("/", 2), "", "")[:3]
            if (document, name) in items and row["value"] and unit(row["unit"]).kind == COUNT:
                alone = sum(list_name == name for _, list_name in items) == 1
                where = {"list": name} if alone else {"list": name, "id": items[document, name]}
                yield Ruled(row["id"], call("count_rows", listing.name, **where), number)
