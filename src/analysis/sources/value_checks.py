"""What a recorded number may be: in its indicator's range, of a period, with its codes, as printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from analysis.framework import Framework, Node, Range
from analysis.periods import first_and_last
from analysis.quantities.tables import STATEMENTS
from analysis.sources.appending import key_columns
from analysis.sources.readings import Readings
from analysis.sources.schema import Fault, is_plain, is_value

# A column of codes that at least this share of its rows fill is one that each should.
NEARLY_ALL = Fraction(3, 4)
PERCENT = "percent"
# Years that a period may span: two digits that lie before the first year would be of the next century.
LONGEST = 50
_Rows = Sequence[Mapping[str, str]]
_OUTSIDE: Range = (Fraction(0), Fraction(100))


def check_values(
    name: str, rows: _Rows, framework: Framework, stated: Range | None, readings: Readings
) -> Iterator[Fault]:
    """Yield what the numbers of a table may not be.

    Parameters
    ----------
    name : str
        The file, for messages.
    rows : sequence of mapping
        Columns to text.
    framework : Framework
    stated : tuple of Fraction or None
        Range that the document states for the file's percentages. Where neither it nor a row's node states
        one, a percentage below 0 or above 100 is a remark: growth and overfulfilment are right, but rare.
    readings : Readings
        What printed numbers are read as.
    """
    prose = any(column in rows[0] for column in STATEMENTS) and not any(
        level in rows[0] for level in framework.levels[1:]
    )
    for number, row in enumerate(rows, start=2):
        yield from _period(name, number, row)
        if not is_value(row.get("value", "")):
            continue
        if not prose:
            yield from _range(name, number, row, framework, stated)
        yield from _printed(name, number, row, readings)
    yield from _places(name, rows)
    if not prose:
        yield from _blanks(name, rows, framework)
        yield from _units(name, rows, framework)


def _period(name: str, number: int, row: Mapping[str, str]) -> Iterator[Fault]:
    text = row.get("period", "")
    spans = [first_and_last(part) for part in text.split("/")] if text else []
    if any(span is None or not 0 <= span[1] - span[0] <= LONGEST for span in spans):
        yield Fault(name, number, "period", repr(text), "a year or a span of years, such as 2021 or 2020-21")


def _node(row: Mapping[str, str], framework: Framework) -> Node | None:
    """Return the lowest node that a row is of."""
    of = (framework.node(level, row[level]) for level in reversed(framework.levels) if row.get(level))
    return next((node for node in of if node is not None), None)


def _range(
    name: str, number: int, row: Mapping[str, str], framework: Framework, stated: Range | None
) -> Iterator[Fault]:
    node, unit, value = _node(row, framework), row.get("unit", ""), Fraction(row["value"])
    own = node.range if node is not None and (node.unit or unit) == unit else None
    bounds = own or (stated if unit == PERCENT else None)
    low, high = bounds or (_OUTSIDE if unit == PERCENT else (None, None))
    if (low is not None and value < low) or (high is not None and value > high):
        whose = f" of {node.level} {node.code}" if own and node is not None else ""
        allowed = f"{'' if low is None else low} to {'' if high is None else high}{whose}".strip()
        how = allowed if bounds else "0 to 100, or a range of its indicator in framework/nodes.csv"
        yield Fault(name, number, "value", f"{row['value']} {unit}".strip(), how, bounds is not None)


def _printed(name: str, number: int, row: Mapping[str, str], readings: Readings) -> Iterator[Fault]:
    """Yield a fault where what is printed in words or with a unit is read as another number."""
    printed = row.get("printed", "")
    if printed and not is_plain(printed):
        for told in readings.of(printed, row["value"]):
            yield Fault(name, number, *told)


def _places(name: str, rows: _Rows) -> Iterator[Fault]:
    """Yield a row without a line, or whose place has no letter, where nearly all the others have."""
    for column, allowed in (("line", "the line of the text"), ("place", "a place in words")):
        bare = [number for number, row in enumerate(rows, start=2) if not _says(row.get(column, ""), column)]
        if len(rows) - len(bare) >= NEARLY_ALL * len(rows):
            for number in bare:
                text = rows[number - 2].get(column, "")
                yield Fault(name, number, column, repr(text) if text else "nothing", allowed, False)


def _says(text: str, column: str) -> bool:
    return bool(text) and (column == "line" or any(sign.isalpha() for sign in text))


def _units(name: str, rows: _Rows, framework: Framework) -> Iterator[Fault]:
    """Yield a unit that nearly no other number of its measure has, where no node states the unit."""
    units: dict[str, list[tuple[int, str]]] = {}
    for number, row in enumerate(rows, start=2):
        node = _node(row, framework)
        if row.get("measure") and row.get("value") and not (node and node.unit):
            units.setdefault(row["measure"], []).append((number, row.get("unit", "")))
    for measure, likes in units.items():
        usual, count = Counter(text for _, text in likes).most_common(1)[0]
        for number, text in likes if count >= NEARLY_ALL * len(likes) else ():
            if text != usual:
                allowed = f"{usual}, as {count} of {len(likes)} numbers of measure {measure} have"
                yield Fault(name, number, "unit", repr(text) if text else "nothing", allowed, False)


def _blanks(name: str, rows: _Rows, framework: Framework) -> Iterator[Fault]:
    """Yield a code that a row lacks where nearly all the others have one."""
    numbers = [(place, row) for place, row in enumerate(rows, start=2) if row.get("value")]
    for column in (name for name in key_columns(list(rows[0])) if name != "stated"):
        bare = [place for place, row in numbers if not row[column]]
        if bare and len(numbers) - len(bare) >= NEARLY_ALL * len(numbers):
            for place in bare:
                filled = f"a code, as {len(numbers) - len(bare)} of {len(numbers)} rows have"
                yield Fault(name, place, column, "nothing", filled, False)
