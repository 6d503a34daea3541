"""Expressions: what a quantity is made of. What can be asked of one stands in the readings beside this file.

    achieved = total("report.output_indicators", measure="result", region="all", outcome="2", unit="count")
    targeted = total("report.output_indicators", measure="target", region="all", outcome="2", unit="count")
    change(targeted, achieved)

An expression is one of six kinds: a :class:`Constant`, a :class:`Selection` of recorded numbers, the rows of
two selections :class:`Paired`, two quantities :class:`Combined` or :class:`Compared`, or a quantity
:class:`Phrased` in words of its own. Each
reading is one module with one case for each kind: the value (``values``), the sentence (``wording``), the
spreadsheet formula (``spreadsheet``), pandas code (``pandas_code``) and the rows that are read
(``provenance``). A further reading is a further module; nothing here changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from analysis.quantities.tables import Recorded, SelectionError, Where


class Quantity:
    """An expression over recorded tables; ``+ - * /`` make further ones."""

    def __add__(self, other: Quantity) -> Quantity:
        return Combined("+", self, other)

    def __sub__(self, other: Quantity) -> Quantity:
        return Combined("-", self, other)

    def __mul__(self, other: Quantity) -> Quantity:
        return Combined("*", self, other)

    def __truediv__(self, other: Quantity) -> Quantity:
        return Combined("/", self, other)

    def parts(self) -> tuple[Quantity, ...]:
        """Return the operands."""
        return ()


@dataclass(frozen=True)
class Constant(Quantity):
    """A number that a definition fixes, such as 100 in a percentage."""

    number: Fraction
    unit: str = "ratio"


@dataclass(frozen=True)
class Selection(Quantity):
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
        """Return the numbers of the rows that meet the conditions.

        Raises
        ------
        SelectionError
            When no row does and rows are not merely counted, or several do where one number is meant.
        """
        table = recorded[self.table]
        rows = table.select(self.where)
        if self.how != "count" and (not rows or (self.how == "one" and len(rows) > 1)):
            wanted = f"expected {'one row' if self.how == 'one' else 'rows'}, found {len(rows) or 'none'}"
            offers = [f"{name} holds {', '.join(table.offered(name)[:12])}" for name, _ in self.where]
            message = "; ".join([wanted, *offers])
            raise SelectionError(f"{table.name} ({table.source.path}) where {self.conditions}: {message}")
        return rows

    @property
    def conditions(self) -> str:
        """The conditions in words."""
        return " and ".join(f"{name} is {' or '.join(options)}" for name, options in self.where) or "all rows"


@dataclass(frozen=True)
class Paired(Quantity):
    """How many rows of one selection have a number that stands in a relation to their partner's in another.

    Partners agree in the columns ``by``, which say of each row which pair it belongs to; rows of which one
    has no number are no pair. The relation is one of ``> < >= <= =``, or empty: then any pair counts.
    """

    relation: str
    left: Selection
    right: Selection
    by: tuple[str, ...]

    @cached_property
    def _hash(self) -> int:
        return hash((self.relation, self.left, self.right, self.by))

    def __hash__(self) -> int:
        return self._hash

    def parts(self) -> tuple[Selection, Selection]:
        """Return both selections."""
        return self.left, self.right

    def pairs(self, recorded: Recorded) -> list[tuple[int, int]]:
        """Return the numbers of the rows of each pair.

        Raises
        ------
        SelectionError
            When a row has several partners.
        """
        table, other = recorded[self.left.table], recorded[self.right.table]
        partners: dict[tuple[str, ...], int] = {}
        for row in self.right.selected(recorded):
            if other.values[row].missing:
                continue
            key = tuple(other.records[row][name] for name in self.by)
            if key in partners:
                rows = f"rows {other.file_row(partners[key])} and {other.file_row(row)}"
                raise SelectionError(
                    f"{other.name}: {rows} are alike in {', '.join(self.by)}: {', '.join(key)}"
                )
            partners[key] = row
        matched = []
        for row in self.left.selected(recorded):
            partner = partners.get(tuple(table.records[row][name] for name in self.by))
            if partner is not None and not table.values[row].missing:
                matched.append((row, partner))
        return matched


@dataclass(frozen=True)
class Combined(Quantity):
    """Two quantities joined by ``+ - * /``; a ``unit`` overrules the one that follows from theirs."""

    sign: str
    left: Quantity
    right: Quantity
    unit: str = ""

    @cached_property
    def _hash(self) -> int:
        return hash((self.sign, self.left, self.right, self.unit))

    def __hash__(self) -> int:
        return self._hash

    def parts(self) -> tuple[Quantity, ...]:
        """Return both operands."""
        return self.left, self.right


@dataclass(frozen=True)
class Compared(Quantity):
    """A relation (``> < >= <= =``) between two quantities: 1 where it holds, 0 where not."""

    relation: str
    left: Quantity
    right: Quantity

    def parts(self) -> tuple[Quantity, ...]:
        """Return both sides."""
        return self.left, self.right


@dataclass(frozen=True)
class Phrased(Quantity):
    """A quantity with words of its own: the template names the operands it speaks of.

    ``word`` is the word of the vocabulary that made it (``share``), for readings in other languages.
    """

    inner: Quantity
    template: str
    named: tuple[Quantity, ...]
    word: str = ""

    def parts(self) -> tuple[Quantity, ...]:
        """Return the inner quantity."""
        return (self.inner,)


def summands(quantity: Quantity) -> list[Quantity]:
    """Return what a sum adds up, in order; any other quantity is its own only summand."""
    first, rest = quantity, []
    while isinstance(first, Combined) and first.sign == "+":
        rest.append(first.right)
        first = first.left
    return [first, *reversed(rest)]
