"""What a table of numbers lacks that its likes have, and a number that is unlike those of the same thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from statistics import median

from analysis.framework import Framework
from analysis.periods import first_and_last
from analysis.quantities.units import unit
from analysis.sources.appending import key_columns
from analysis.sources.schema import Fault, is_value

NEARLY_ALL, FEW = Fraction(3, 4), Fraction(1, 10)
# Of so many likes at least is something said; and one that is so many times as large, or as small, is unlike.
FEWEST, FACTOR = 4, 50
# Measures that a period has once: a baseline, a context or a level before may be of any.
OF_THE_PERIOD = ("target", "result", "strategic_budget", "actual_expenditure")
BASELINE = "baseline"
# A column that prose has beside the item: alone it tells no number from another.
OUTCOME = "outcome"
PERCENT, PERCENTAGES = "percent", ("percent", "percentage_points")
_Rows = Sequence[Mapping[str, str]]


def check_likes(name: str, rows: _Rows, framework: Framework, periods: Collection[str]) -> Iterator[Fault]:
    """Yield remarks on numbers that are unlike their likes, and on rows that others of the kind have.

    Parameters
    ----------
    name : str
        The file, for messages.
    rows : sequence of mapping
        Columns to text.
    framework : Framework
    periods : collection of str
        Periods that the document holds figures of.
    """
    yield from _counts(name, rows, framework)
    yield from _other_periods(name, rows, periods)
    yield from _lacking_measures(name, rows, framework)
    yield from _unnamed_wholes(name, rows, framework)
    for dimension in (column for column in framework.dimensions if column in rows[0]):
        yield from _lacking_whole(name, rows, dimension, framework)
    yield from _scales(name, rows)


def check_numberless(name: str, tables: Iterable[_Rows], framework: Framework) -> Iterator[Fault]:
    """Yield a remark on each node that has a measure and no row in any table, where nearly all others have.

    Parameters
    ----------
    name : str
        The file of nodes, for messages.
    tables : iterable of sequence of mapping
        The rows of each table of the document.
    framework : Framework
    """
    numbered = {
        (level, row[level]) for rows in tables for row in rows for level in framework.levels if level in row
    }
    for level in framework.levels:
        measured = [node.code for node in framework.nodes(level) if node.measure]
        bare = [code for code in measured if (level, code) not in numbered]
        for code in bare if len(bare) <= max(Fraction(1), FEW * len(measured)) else ():
            actual = f"no row of {level} {code} in any table"
            yield Fault(name, 0, "", actual, "a number of each node, or a row that says why not", False)


def _lowest(row: Mapping[str, str], framework: Framework) -> tuple[str, str]:
    """Return level and code of the lowest node that a row is of; nothing where it is of none."""
    return next(((level, row[level]) for level in reversed(framework.levels) if row.get(level)), ("", ""))


def _counts(name: str, rows: _Rows, framework: Framework) -> Iterator[Fault]:
    """Yield counts below zero or with a fraction, and units that are not the node's."""
    for number, row in enumerate(rows, start=2):
        if not is_value(row.get("value", "")) or not row.get("unit"):
            continue
        counted = unit(row["unit"]).kind == "count" and row.get("measure") != "change"
        if counted and Fraction(row["value"]) < 0:
            yield Fault(name, number, "value", f"{row['value']} {row['unit']}", "a count of 0 or more", False)
        node = framework.node(*_lowest(row, framework))
        if node and node.unit and not unit(node.unit).meets(unit(row["unit"])) and "measure" in row:
            allowed = f"{node.unit}, the unit of {node.level} {node.code}"
            pair = {node.unit, row["unit"]} <= set(PERCENTAGES)
            yield from () if pair else (Fault(name, number, "unit", repr(row["unit"]), allowed, False),)


def _other_periods(name: str, rows: _Rows, periods: Collection[str]) -> Iterator[Fault]:
    """Yield targets, results, budgets of a time that is outside the document's periods, or half of two."""
    spans = [span for span in map(first_and_last, periods) if span]
    for number, row in enumerate(rows, start=2):
        span = first_and_last(row.get("period", ""))
        if row.get("measure") not in OF_THE_PERIOD or span is None or not spans:
            continue
        if not any(first <= span[0] and span[1] <= last for first, last in spans):
            allowed = f"a time within {' or '.join(periods)}, the periods in document.toml"
            yield Fault(name, number, "period", repr(row["period"]), allowed, False)


def _lacking_measures(name: str, rows: _Rows, framework: Framework) -> Iterator[Fault]:
    """Yield nodes without a target, a result or what else nearly all of their level have."""
    of_level: dict[str, dict[str, dict[str, int]]] = {}
    for number, row in enumerate(rows, start=2):
        level, code = _lowest(row, framework)
        if code and row.get("measure") in (*OF_THE_PERIOD, BASELINE):
            of_level.setdefault(level, {}).setdefault(code, {}).setdefault(row["measure"], number)
    for level, told_of in of_level.items():
        nodes = {code: measures for code, measures in told_of.items() if set(measures) != {BASELINE}}
        for measure in dict.fromkeys(measure for measures in nodes.values() for measure in measures):
            having = sum(measure in measures for measures in nodes.values())
            if len(nodes) >= FEWEST and len(nodes) - having <= max(Fraction(1), FEW * len(nodes)):
                for code, measures in nodes.items():
                    if measure not in measures:
                        actual = f"no {measure} of {level} {code}"
                        allowed = f"a {measure}, as {having} of {len(nodes)} have"
                        yield Fault(name, next(iter(measures.values())), "measure", actual, allowed, False)


def _unnamed_wholes(name: str, rows: _Rows, framework: Framework) -> Iterator[Fault]:
    """Yield numbers that leave a code blank beside others that fill it: sums would count them twice."""
    keys = key_columns(list(rows[0]))
    columns = [column for column in (*framework.levels, *framework.dimensions) if column in keys]
    if "measure" not in rows[0] or not columns:
        return
    blanks: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(rows, start=2):
        if row.get("value"):
            blanks.setdefault(tuple(column for column in columns if not row[column]), []).append(number)
    for blank, numbers in blanks.items():
        same = [column for column in (*keys, "unit") if column not in blank and column in rows[0]]
        filled: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(rows, start=2):
            if row.get("value") and any(row[column] for column in blank):
                filled.setdefault(tuple(row[column] for column in same), number)
        for number in numbers if blank else ():
            beside = filled.get(tuple(rows[number - 2][column] for column in same))
            if beside is not None:
                named = next(column for column in blank if rows[beside - 2][column])
                whole = framework.total_code(named) if named in framework.dimensions else None
                code = (
                    f"{whole}, the code of the whole" if whole else "the code of the whole, or another file"
                )
                actual = f"nothing, beside {rows[beside - 2][named]} in row {beside}"
                yield Fault(name, number, named, actual, f"{code}: sums would count it twice")


def _lacking_whole(name: str, rows: _Rows, dimension: str, framework: Framework) -> Iterator[Fault]:
    """Yield parts without their whole where nearly all others have it: sums leave them out."""
    whole = framework.total_code(dimension)
    columns = [column for column in key_columns(list(rows[0])) if column != dimension]
    groups: dict[tuple[str, ...], dict[str, int]] = {}
    for number, row in enumerate(rows, start=2):
        if row[dimension]:
            groups.setdefault(tuple(row[column] for column in columns), {})[row[dimension]] = number
    of_measure: dict[str, list[dict[str, int]]] = {}
    for key, codes in groups.items():
        if set(codes) - {whole}:
            measure = dict(zip(columns, key, strict=True)).get("measure", "")
            of_measure.setdefault(measure, []).append(codes)
    for likes in of_measure.values() if whole else ():
        having = sum(whole in codes for codes in likes)
        if len(likes) >= FEWEST and NEARLY_ALL * len(likes) <= having < len(likes):
            for codes in (like for like in likes if whole not in like):
                allowed = f"the whole, as {having} of {len(likes)} have: sums and totals go by it"
                actual = f"no row of {whole} beside {', '.join(codes)}"
                yield Fault(name, next(iter(codes.values())), dimension, actual, allowed, False)


def _scales(name: str, rows: _Rows) -> Iterator[Fault]:
    """Yield numbers of one thing that are far larger or smaller than at other times, and shares of one."""
    columns = [column for column in key_columns(list(rows[0])) if column != "period"]
    series: dict[tuple[str, ...], list[tuple[int, Fraction]]] = {}
    shares: list[tuple[int, Fraction]] = []
    for number, row in enumerate(rows, start=2):
        if not is_value(row.get("value", "")) or not Fraction(row["value"]):
            continue
        value = abs(Fraction(row["value"]))
        key = tuple(row[column] for column in columns)
        if any(text for column, text in zip(columns, key, strict=True) if column != OUTCOME):
            series.setdefault((*key, row.get("unit", "")), []).append((number, value))
        if row.get("unit") == PERCENT:
            shares.append((number, value))
    if len(shares) >= FEWEST and all(value <= 1 for _, value in shares):
        actual = f"{len(shares)} percentages of which none is above 1"
        yield Fault(name, shares[0][0], "value", actual, "per cent, 45 and not 0.45", False)
    for likes in series.values():
        usual = median(value for _, value in likes)
        for number, value in likes if len(likes) >= FEWEST else ():
            if value > FACTOR * usual or value * FACTOR < usual:
                actual = f"{float(value):g}, where the same at other times is about {float(usual):g}"
                yield Fault(name, number, "value", actual, "numbers of one scale", False)
