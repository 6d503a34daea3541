"""A published number is a quantity: arithmetic over recorded tables, written once and read in five ways.

    achieved = total("report.output_indicators", measure="result", region="all", outcome="2", unit="count")
    targeted = total("report.output_indicators", measure="target", region="all", outcome="2", unit="count")
    change(targeted, achieved)

reads as a value with its interval and unit (:func:`evaluate`), a sentence and a provenance
(``analysis.quantities.reading``), pandas code and a spreadsheet formula (the methods of :class:`Quantity`).
Arithmetic is exact (fractions); a missing input makes the result missing; unlike units raise.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce

from analysis.quantities.arithmetic import combine
from analysis.quantities.tables import Recorded, SelectionError, Value, Where
from analysis.quantities.units import common, unit

Locate = Callable[[str, str], str]
_RELATIONS = {">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le, "=": operator.eq}
_SPOKEN = {">": "is more than", "<": "is less than", ">=": "is at least", "<=": "is at most", "=": "equals"}


class Quantity:
    """An expression over recorded tables."""

    def __add__(self, other: Quantity) -> Quantity:
        return Combined("+", self, other)

    def __sub__(self, other: Quantity) -> Quantity:
        return Combined("-", self, other)

    def __mul__(self, other: Quantity) -> Quantity:
        return Combined("*", self, other)

    def __truediv__(self, other: Quantity) -> Quantity:
        return Combined("/", self, other)

    def read(self, recorded: Recorded) -> Value:
        """Return the value, its interval and its unit."""
        raise NotImplementedError

    def words(self, recorded: Recorded) -> str:
        """Return the expression in plain words."""
        raise NotImplementedError

    def excel(self, cell: Locate) -> str:
        """Return a spreadsheet expression; ``cell(table, column)`` names a column's cells.

        Column ``value`` is to hold numbers in the base unit of their dimension (dollars, not millions of
        them), so that unlike scales meet; the result is in the base unit as well.
        """
        raise NotImplementedError

    def pandas(self) -> str:
        """Return pandas code over ``tables``, from table names to frames whose values are in base units."""
        raise NotImplementedError

    def parts(self) -> tuple[Quantity, ...]:
        """Return the operands."""
        return ()


@dataclass(frozen=True)
class Constant(Quantity):
    """A number that a definition fixes, such as 100 in a percentage."""

    number: Fraction
    unit: str = "ratio"

    def read(self, recorded: Recorded) -> Value:
        """Return the constant; it has no rounding."""
        return Value(self.number, self.number, self.number, self.unit)

    def words(self, recorded: Recorded) -> str:
        """Return the number."""
        return f"{float(self.number):g}"

    def excel(self, cell: Locate) -> str:
        """Return the number in its base unit, or a division."""
        number = self.number * unit(self.unit).factor
        return str(number) if number.denominator == 1 else f"({number})"

    def pandas(self) -> str:
        """Return the number in its base unit, or a division."""
        return self.excel(lambda table, column: "")


@dataclass(frozen=True)
class Cells(Quantity):
    """One recorded number (``one``), the sum of several (``sum``), or how many rows there are (``count``)."""

    table: str
    where: Where
    how: str

    @cached_property
    def _hash(self) -> int:
        return hash((self.table, self.where, self.how))

    def __hash__(self) -> int:
        return self._hash

    def selected(self, recorded: Recorded) -> list[int]:
        """Return the row numbers; none is an error unless rows are counted."""
        table = recorded[self.table]
        found = table.select(self.where)
        if self.how != "count" and (not found or (self.how == "one" and len(found) > 1)):
            raise SelectionError(
                f"{table.name} ({table.source.path}) where {self._conditions()}: "
                f"expected {'one row' if self.how == 'one' else 'rows'}, found {len(found) or 'none'}; "
                + "; ".join(f"{name} holds {', '.join(table.offered(name)[:12])}" for name, _ in self.where)
            )
        return found

    def read(self, recorded: Recorded) -> Value:
        """Return the recorded number, the sum, or the number of rows."""
        rows = self.selected(recorded)
        if self.how == "count":
            return Value(Fraction(len(rows)), Fraction(len(rows)), Fraction(len(rows)), "count")
        values = [recorded[self.table].values[row] for row in rows]
        return reduce(lambda left, right: combine("+", left, right, "add"), values)

    def _conditions(self) -> str:
        return " and ".join(f"{name} is {' or '.join(options)}" for name, options in self.where) or "all rows"

    def words(self, recorded: Recorded) -> str:
        """Return what is read, with its file."""
        source = recorded[self.table].source
        rows = self.selected(recorded)
        file = source.path.rsplit("/", 1)[-1]
        if self.how == "one":
            row = recorded[self.table].records[rows[0]]
            if self.where == (("id", (row["id"],)),):
                said = f"“{row['statement_en']}”, " if row.get("statement_en") else ""
                return f"the number printed as {said}{row['place']} ({file}, row {rows[0] + 2})"
            return (
                f"the number printed in {source.title} where {self._conditions()} ({file}, row {rows[0] + 2})"
            )
        verb = "the number of rows" if self.how == "count" else "the sum"
        return f"{verb} of {source.title} where {self._conditions()} ({len(rows)} rows of {file})"

    def excel(self, cell: Locate) -> str:
        """Return SUMIFS or COUNTIFS over the table's sheet; alternatives are added up."""
        tests = [[(name, option) for option in options] for name, options in self.where]
        choices: list[list[tuple[str, str]]] = reduce(
            lambda done, more: [[*left, right] for left in done for right in more], tests, [[]]
        )
        head = "COUNTIFS(" if self.how == "count" else f"SUMIFS({cell(self.table, 'value')},"
        calls = [
            head + ",".join(f"{cell(self.table, name)},{_text(option)}" for name, option in choice) + ")"
            for choice in choices
        ]
        return calls[0] if len(calls) == 1 else f"({'+'.join(calls)})"

    def pandas(self) -> str:
        """Return a selection by boolean masks."""
        frame = f"tables[{self.table!r}]"
        tests = " & ".join(f"{frame}[{name!r}].isin({list(options)!r})" for name, options in self.where)
        rows = f"{frame}[{tests}]" if tests else frame
        return f"len({rows})" if self.how == "count" else f"{rows}['value'].sum()"


@dataclass(frozen=True)
class Combined(Quantity):
    """Two quantities joined by ``+ - * /``."""

    sign: str
    left: Quantity
    right: Quantity
    unit: str = ""

    @cached_property
    def _hash(self) -> int:
        return hash((self.sign, self.left, self.right, self.unit))

    def __hash__(self) -> int:
        return self._hash

    def read(self, recorded: Recorded) -> Value:
        """Return the combination, in the declared unit when there is one."""
        found = combine(self.sign, evaluate(self.left, recorded), evaluate(self.right, recorded))
        return Value(found.value, found.low, found.high, self.unit) if self.unit else found

    def words(self, recorded: Recorded) -> str:
        """Return both operands and what joins them; of comparisons, how many of them hold."""
        listed = [each for each in summands(self) if not (isinstance(each, Constant) and each.number == 0)]
        if len(listed) > 1 and all(isinstance(each, Compared) for each in listed):
            said = "; ".join(each.words(recorded) for each in listed)
            return f"how many of these {len(listed)} hold: {said}"
        joined = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}[self.sign]
        left, right = (
            f"({each.words(recorded)})" if isinstance(each, Combined) else each.words(recorded)
            for each in self.parts()
        )
        return f"{left}, {joined} {right}"

    def excel(self, cell: Locate) -> str:
        """Return the operands in brackets, without those that the order of operations makes needless."""
        return f"({self._bare(self.left.excel(cell))}{self.sign}{self.right.excel(cell)})"

    def pandas(self) -> str:
        """Return the operands in brackets, without those that the order of operations makes needless."""
        return f"({self._bare(self.left.pandas())} {self.sign} {self.right.pandas()})"

    def _bare(self, left: str) -> str:
        first = isinstance(self.left, Combined) and (self.sign in "+-" or self.left.sign in "*/")
        return left[1:-1] if first else left

    def parts(self) -> tuple[Quantity, ...]:
        """Return both operands."""
        return self.left, self.right


@dataclass(frozen=True)
class Compared(Quantity):
    """A relation between two quantities: 1 where it holds, 0 where not."""

    relation: str
    left: Quantity
    right: Quantity

    def read(self, recorded: Recorded) -> Value:
        """Return 1 or 0; the interval is 0 to 1 where rounding leaves it open."""
        left, right = evaluate(self.left, recorded), evaluate(self.right, recorded)
        _, factor = common(left.unit, right.unit, "compare")
        if left.missing or right.missing:
            return Value(None, None, None, "truth")
        holds = _RELATIONS[self.relation]
        ends = (right.low * factor, right.high * factor)
        cases = [holds(mine, theirs) for mine in (left.low, left.high) for theirs in ends]
        overlap = left.low <= ends[1] and ends[0] <= left.high
        low = all(cases) if self.relation != "=" else left.low == left.high == ends[0] == ends[1]
        high = any(cases) if self.relation != "=" else overlap
        return Value(
            Fraction(holds(left.value, right.value * factor)), Fraction(low), Fraction(high), "truth"
        )

    def words(self, recorded: Recorded) -> str:
        """Return the relation as a statement."""
        return f"whether {self.left.words(recorded)} {_SPOKEN[self.relation]} {self.right.words(recorded)}"

    def excel(self, cell: Locate) -> str:
        """Return 1 or 0 by IF, on differences rounded to 12 decimals against binary noise."""
        return f"IF(ROUND({self.left.excel(cell)}-{self.right.excel(cell)},12){self.relation}0,1,0)"

    def pandas(self) -> str:
        """Return 1 or 0."""
        relation = "==" if self.relation == "=" else self.relation
        return f"int(round({self.left.pandas()} - {self.right.pandas()}, 12) {relation} 0)"

    def parts(self) -> tuple[Quantity, ...]:
        """Return both sides."""
        return self.left, self.right


@dataclass(frozen=True)
class Phrased(Quantity):
    """A quantity with words of its own: the template names the operands it speaks of."""

    inner: Quantity
    template: str
    named: tuple[Quantity, ...]

    def read(self, recorded: Recorded) -> Value:
        """Return the value of the inner quantity."""
        return evaluate(self.inner, recorded)

    def words(self, recorded: Recorded) -> str:
        """Return the template with the operands' words, each with its value."""
        operands = [f"{each.words(recorded)} [{spoken(evaluate(each, recorded))}]" for each in self.named]
        return self.template.format(*operands)

    def excel(self, cell: Locate) -> str:
        """Return the inner expression."""
        return self.inner.excel(cell)

    def pandas(self) -> str:
        """Return the inner expression."""
        return self.inner.pandas()

    def parts(self) -> tuple[Quantity, ...]:
        """Return the inner quantity."""
        return (self.inner,)


def summands(quantity: Quantity) -> list[Quantity]:
    """Return what a sum adds up, in order; any other quantity is its own only summand."""
    rest, found = quantity, []
    while isinstance(rest, Combined) and rest.sign == "+":
        found.append(rest.right)
        rest = rest.left
    return [rest, *reversed(found)]


def spoken(found: Value) -> str:
    """Return a value with its unit, to six figures."""
    if found.missing:
        return "not available"
    if found.unit == "truth":
        return str(found.value)
    return f"{float(found.value):,.6g} {found.unit.replace('_', ' ')}"


def _text(option: str) -> str:
    return '"' + option.replace('"', '""') + '"'


def evaluate(quantity: Quantity, recorded: Recorded) -> Value:
    """Return the value, interval and unit of a quantity; equal quantities are computed once."""
    found = recorded.evaluated.get(quantity)
    if found is None:
        found = recorded.evaluated[quantity] = quantity.read(recorded)
    return found
