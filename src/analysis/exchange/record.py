"""From published results to a record: framework, results, and what goes with them, as a document's files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from analysis.exchange.codes import CsvRow
from analysis.exchange.coding import code
from analysis.exchange.continuing import Earlier, continue_nodes, follows_another
from analysis.exchange.framework import DIRECTION_OF, CodedResults
from analysis.exchange.layout import layout
from analysis.exchange.mapping import ResultsMapping
from analysis.exchange.published import BASELINE, RESULT, STATED, Published, PublishedError
from analysis.exchange.spans import span_of, span_text
from analysis.quantities.units import unit

MOST = 12
"""Codes or columns that a remark names."""


@dataclass
class MadeRecord:
    """A record that was made: rows by file, and what was met on the way.

    Attributes
    ----------
    tables : dict of str to list of dict
        Rows by path in the document's folder (``results.csv``, ``framework/nodes.csv``).
    periods : tuple of str
        The periods of its results, in order.
    remarks : list of str
        What a reader should know: how many values, how many without baseline, direction, target or result …
    """

    tables: dict[str, list[CsvRow]]
    periods: tuple[str, ...]
    remarks: list[str] = field(default_factory=list)


def make_record(
    published: Published,
    mapping: ResultsMapping,
    document: str,
    earlier: Mapping[str, Earlier] | None = None,
) -> MadeRecord:
    """Return the record of published results.

    Parameters
    ----------
    published : Published
        As read from a workbook or from IATI XML.
    mapping : ResultsMapping
        How titles become codes, which unit a value has, what continues what.
    document : str
        Name of the document; ids begin with it.
    earlier : mapping of str to Earlier, optional
        Recorded frameworks by the period that they are of.

    Returns
    -------
    MadeRecord
        Every stated value is a row of ``results.csv``; an entry without a result has an empty one. Nothing is
        merged: entries that repeat all their keys stay apart by their number.

    Raises
    ------
    PublishedError
        When a number cannot be read, one indicator has two measures, units or directions, or two activities
        are one operation in one period; the message names all of them.
    """
    keyed = code(published, mapping)
    rows = _results(published, mapping, keyed, document)
    periods = tuple(sorted({row["period"] for row in rows if row["measure"] != BASELINE}))
    nodes = keyed.nodes()
    own = {period: Earlier(document, keyed.formers(period)) for period in periods}
    continued = continue_nodes(nodes, mapping.continues, own, earlier or {})
    tables = {
        "results.csv": rows,
        "activities.csv": _activities(published, keyed, document),
        "framework/nodes.csv": nodes,
        "framework/dimensions.csv": keyed.dimensions(mapping),
        "framework/titles.csv": keyed.titles(mapping, document, span_of(periods)),
    }
    for name in ("texts", "references", "links"):
        around = _around(published, keyed, document, name)
        if around:
            tables[f"{name}.csv"] = around
    tables["exhibits.csv"] = layout(keyed, nodes, follows_another(own, earlier or {}), len(periods) > 1)
    return MadeRecord(tables, periods, [*_remarks(rows, nodes, published, keyed), *continued])


def _results(
    published: Published, mapping: ResultsMapping, keyed: CodedResults, document: str
) -> list[CsvRow]:
    rows, wrong = [], []
    order = {name: number for number, name in enumerate(STATED)}
    values = sorted(
        published.values.to_dict("records"), key=lambda row: (int(row["entry"]), order[row["stated"]])
    )
    dated = any(row["date"] for row in values)
    for value in values:
        indicator = keyed.indicators[value["indicator"]]
        try:
            number = mapping.numbers.read(value["value"], indicator["measure"])
        except ValueError as error:
            wrong.append(f"{value['place']}, {value['stated']}: {error}")
            continue
        period = span_text(value["start"], value["end"])
        if value["stated"] == BASELINE:
            period = value["year"] or value["date"][:4]
        rows.append(
            {
                "id": f"{document}/results/{value['entry']}/{value['stated']}",
                "entry": value["entry"],
                mapping.activities["dimension"]: keyed.activities[indicator["activity"]],
                mapping.result.name: indicator["parent"],
                mapping.indicator.name: indicator["code"],
                **{code: keyed.dimension_of(code, value) for code in keyed.names},
                "location": keyed.values["location"].get(value["location"], ""),
                "measure": value["stated"],
                "period": period,
                "direction": indicator["direction"],
                **{name: getattr(number, name) for name in ("printed", "value", "decimals")},
                "unit": indicator["unit"],
                "qualifier": number.qualifier,
                "status": number.status,
                "place": value["place"].rpartition(", ")[0],
                "line": value["place"].rpartition(" ")[2],
                "note": number.note,
                **({"date": value["date"]} if dated else {}),
            }
        )  # fmt: skip
    if wrong:
        raise PublishedError(
            "; ".join(wrong[:20]) + (f"; and {len(wrong) - 20} more" if len(wrong) > 20 else "")
        )
    return rows


def _activities(published: Published, keyed: CodedResults, document: str) -> list[CsvRow]:
    spans: dict[str, set[str]] = {}
    owner = {key: about["activity"] for key, about in keyed.indicators.items()}
    for indicator, start, end in published.values[["indicator", "start", "end"]].itertuples(
        index=False, name=None
    ):
        spans.setdefault(owner[indicator], set()).add(span_text(start, end))
    rows: list[CsvRow] = []
    seen: dict[tuple[str, str], str] = {}
    for row in published.activities.to_dict("records"):
        operation = keyed.activities[row["key"]]
        periods = spans.get(row["key"], set())
        for period in periods:
            if (operation, period) in seen:
                raise PublishedError(
                    f"{row['identifier']!r} and {seen[operation, period]!r} are both {operation!r} in "
                    f"{period}: give [activities] a code that keeps them apart"
                )
            seen[operation, period] = row["identifier"]
        rows.append(
            {
                "id": f"{document}/activities/{len(rows) + 1}",
                keyed.operation: operation,
                "period": next(iter(periods)) if len(periods) == 1 else "",
                "identifier": row["identifier"],
                "activity_status": row["status"],
                "dates": row["dates"],
            }
        )
    return rows


def _around(published: Published, keyed: CodedResults, document: str, name: str) -> list[CsvRow]:
    """Return texts, references or links with what they are of; what all operations say stands once."""
    frame = getattr(published, name)
    groups: dict[tuple[str, str], list[tuple]] = {}
    columns = [column for column in frame if column not in ("of", "key")]
    for row in frame.to_dict("records"):
        if name == "texts" and row["part"] == "title":
            continue
        groups.setdefault((row["of"], row["key"]), []).append(tuple(row[column] for column in columns))
    for (of, _), keys in keyed.together().items():
        shared = [groups.get((of, key)) for key in keys]
        if len(keys) > 1 and shared[0] and all(group == shared[0] for group in shared):
            groups[of, f"*{keys[0]}"] = shared[0]
            for key in keys:
                del groups[of, key]
    rows: list[CsvRow] = []
    for (of, key), group in groups.items():
        about = keyed.about(of, key.lstrip("*"))
        if key.startswith("*"):
            about[keyed.operation] = ""
        for cells in group:
            number = len(rows) + 1
            rows.append(
                {"id": f"{document}/{name}/{number}", **about, **dict(zip(columns, cells, strict=True))}
            )
    return rows


def _is_parted(name: str, number: Fraction) -> bool:
    """Whether a number counts in a unit of which there are no parts, and is not whole."""
    return unit(name).kind == "count" and number.denominator != 1


def _remarks(rows: list[CsvRow], nodes: list[CsvRow], published: Published, keyed: CodedResults) -> list[str]:
    counts = Counter((row["measure"], row["status"]) for row in rows)
    entries: dict[str, set[str]] = {row["entry"]: set() for row in rows}
    for row in rows:
        if row["status"] in ("reported", "text"):
            entries[row["entry"]].add(row["measure"])
    empty = sum(not entry for entry in entries.values())
    skipped = {"id", "entry", "place", "line", "printed", "value", "decimals", "status", "note", "date"}
    repeats = Counter(
        tuple(text for name, text in row.items() if name not in skipped)
        for row in rows
        if row["measure"] == RESULT
    )
    above = [
        row for row in rows if row["unit"] == "percent" and row["value"] and Fraction(row["value"]) > 100
    ]
    unstated = sum(node["direction"] == DIRECTION_OF[""] for node in nodes if node["measure"])
    undirected = {node["code"] for node in nodes if node["direction"] == DIRECTION_OF[""]}
    indicator = keyed.level
    remarks = [
        f"{sum(number for (_, status), number in counts.items() if status in ('reported', 'text'))} values "
        f"of {len(entries)} entries, {len(published.activities)} activities, "
        f"{sum(bool(node['measure']) for node in nodes)} indicators",
        f"{sum('baseline' not in entry for entry in entries.values())} entries have no baseline, "
        f"{sum('target' not in entry for entry in entries.values())} no target, "
        f"{sum(RESULT not in entry and 'target' in entry for entry in entries.values())} a target but no "
        "result",
    ]
    undated = sum(row["measure"] == BASELINE and bool(row["value"]) and not row["period"] for row in rows)
    if undated:
        remarks.append(f"{undated} baselines state no year; where a column says it, map it as `year`")
    if empty:
        remarks.append(f"{empty} entries state no number at all; they are kept, empty")
    absent = Counter(row["status"] for row in rows if row["status"] not in ("reported", "text", "blank"))
    if absent:
        tally = ", ".join(f"{number} {status}" for status, number in absent.items())
        remarks.append(f"{absent.total()} cells say that there is no number: {tally}")
    qualified = Counter(row["qualifier"] for row in rows if row["qualifier"])
    if qualified:
        tally = ", ".join(f"{number} {qualifier}" for qualifier, number in qualified.items())
        remarks.append(f"{qualified.total()} numbers are bounds or rough: {tally}")
    if unstated:
        targets = sum(row["measure"] == "target" and row[indicator] in undirected for row in rows)
        remarks.append(
            f"{unstated} indicators do not state whether more is better: no verdict on {targets} targets"
        )
    twice = sum(number - 1 for number in repeats.values() if number > 1)
    if twice:
        remarks.append(f"{twice} entries repeat all keys of another; they are kept apart by their number")
    if above:
        remarks.append(f"{len(above)} percentages are above 100; they are taken as they are")
    indefinite = [node["code"] for node in nodes if (node["unit"], node["measure"]) == ("index", "unit")]
    if indefinite:
        remarks.append(
            f"{len(indefinite)} indicators are in no unit that [[units]] names, and are never added up: "
            f"{', '.join(indefinite[:MOST])}{', …' if indefinite[MOST:] else ''}"
        )
    parted = [row for row in rows if row["value"] and _is_parted(row["unit"], Fraction(row["value"]))]
    if parted:
        remarks.append(
            f"{len(parted)} numbers are counts with decimals, such as {parted[0]['printed']} in "
            f"{parted[0]['unit']}: where they are money or an amount, let [[units]] say so (usd_thousand, "
            "thousands, millions)"
        )
    for name, groups in keyed.spellings().items():
        remarks.append(
            f"{name}: {sum(map(len, groups))} spellings stand for {len(groups)} (grouped, each kept)"
        )
    return remarks
