"""The second reading of a quantity: its sentence, in plain English words."""

from __future__ import annotations

import re
from functools import singledispatch

from analysis.quantities.expression import (
    Combined,
    Compared,
    Constant,
    Paired,
    Phrased,
    Quantity,
    Selection,
    summands,
)
from analysis.quantities.intervals import Value
from analysis.quantities.tables import Recorded
from analysis.quantities.units import is_listed
from analysis.quantities.values import evaluate

_JOINED = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}
_SPOKEN = {">": "is more than", "<": "is less than", ">=": "is at least", "<=": "is at most", "=": "equals"}


def sentence(quantity: Quantity, recorded: Recorded) -> str:
    """Return in plain words what a quantity is and what it comes to.

    Parameters
    ----------
    quantity : Quantity
        What is read.
    recorded : Recorded
        The tables that it is read from.

    Returns
    -------
    str
        A sentence that ends with the value and its unit, or with ``not available`` when it is missing.

    Raises
    ------
    SelectionError, UnitError
        As of :func:`analysis.quantities.evaluate`.
    """
    words = quantity_in_words(quantity, recorded)
    return f"{words[0].upper()}{words[1:]}: {value_in_words(evaluate(quantity, recorded))}."


def value_in_words(value: Value) -> str:
    """Return a value with its unit, to six figures."""
    if value.missing:
        return "not available"
    if value.unit == "truth":
        return "yes" if value.value else "no"
    name = value.unit.replace("_", " ")
    counted = not is_listed(value.unit) and "/" not in value.unit
    return f"{float(value.number):,.6g} {plural(name) if counted and value.number != 1 else name}"


def plural(noun: str) -> str:
    """Return the plural of an English noun by rule; a noun that has none, such as ``staff``, stays."""
    if noun.endswith(("staff", "s")):
        return noun
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("x", "ch", "sh")) else f"{noun}s"


@singledispatch
def quantity_in_words(quantity: Quantity, recorded: Recorded) -> str:
    """Return a quantity in plain words, without its value."""
    raise NotImplementedError(f"{type(quantity).__name__} has no words")


@quantity_in_words.register
def _constant(quantity: Constant, recorded: Recorded) -> str:
    return f"{float(quantity.number):g}"


@quantity_in_words.register
def _selection(quantity: Selection, recorded: Recorded) -> str:
    """Return what is read, with its file."""
    table, rows = recorded[quantity.table], quantity.selected(recorded)
    source = table.source_of(rows[0]) if rows else table.source
    file = source.path.rsplit("/", 1)[-1]
    if quantity.how != "one":
        verb = "the number of rows" if quantity.how == "count" else "the sum"
        counted = f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"
        return f"{verb} of {source.title} where {quantity.conditions} ({counted} of {file})"
    row, line = table.records[rows[0]], table.file_row(rows[0])
    if quantity.where == (("id", (row["id"],)),):
        statement = f"“{row['statement_en']}”, " if row.get("statement_en") else ""
        return f"the number printed as {statement}{row['place']} ({file}, row {line})"
    return f"the number printed in {source.title} where {quantity.conditions} ({file}, row {line})"


@quantity_in_words.register
def _paired(quantity: Paired, recorded: Recorded) -> str:
    """Return what is counted: rows whose number stands in a relation to that of their partner."""
    left, right = (quantity_in_words(part, recorded) for part in quantity.parts())
    how = f"{_SPOKEN[quantity.relation]} that of" if quantity.relation else "stands beside one of"
    alike = " and ".join(quantity.by)
    return f"how many times a number of {left} {how} the row with the same {alike} of {right}"


@quantity_in_words.register
def _combined(quantity: Combined, recorded: Recorded) -> str:
    """Return both operands and what joins them; of comparisons, how many of them hold."""
    terms = [term for term in summands(quantity) if not (isinstance(term, Constant) and term.number == 0)]
    if len(terms) > 1 and all(isinstance(term, Compared) for term in terms):
        comparisons = "; ".join(quantity_in_words(term, recorded) for term in terms)
        return f"how many of these {len(terms)} hold: {comparisons}"
    left, right = (
        f"({quantity_in_words(part, recorded)})"
        if isinstance(part, Combined)
        else quantity_in_words(part, recorded)
        for part in quantity.parts()
    )
    return f"{left}, {_JOINED[quantity.sign]} {right}"


@quantity_in_words.register
def _compared(quantity: Compared, recorded: Recorded) -> str:
    left, right = (quantity_in_words(side, recorded) for side in quantity.parts())
    return f"whether {left} {_SPOKEN[quantity.relation]} {right}"


@quantity_in_words.register
def _phrased(quantity: Phrased, recorded: Recorded) -> str:
    """Return the template with the operands' words, each with its value."""
    operands = [
        f"{quantity_in_words(part, recorded)} [{value_in_words(evaluate(part, recorded))}]"
        for part in quantity.named
    ]
    return quantity.template.format(*operands)
