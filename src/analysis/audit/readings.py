"""How a number is made, in a sentence of the page's language.

A table, its columns and their codes have the language's words where there are any; numbered codes and files
stand as they are written, and a number that the record states in the language has that statement.
"""

from __future__ import annotations

import re
from functools import singledispatch

from babel import Locale

from analysis.audit.statements import number_with_unit, own_statement
from analysis.exhibits.catalogue import code_keys
from analysis.labels import Catalogue
from analysis.labels.agreement import Counted
from analysis.labels.once import said_once
from analysis.labels.places import place_words
from analysis.labels.units import unit_words
from analysis.periods import first_and_last, in_print
from analysis.quantities import Quantity, Recorded, evaluate
from analysis.quantities.expression import (
    Combined,
    Compared,
    Constant,
    Paired,
    Phrased,
    Selection,
    summands,
)

_JOINED = {"+": "plus", "-": "minus", "*": "times", "/": "divided"}
_RELATIONS = {">": "more", "<": "less", ">=": "at_least", "<=": "at_most", "=": "equals"}
COUNTED_AS = "counted_as"
# ``3.1.1``, ``A.4.2``, ``hfr.07``: codes that readers know as they are.
_NUMBERED = re.compile(r"(?:\w+\.)?\d+(?:\.\d+)*")


def reading(quantity: Quantity, recorded: Recorded, labels: Catalogue) -> str:
    """Return in a language's words what a quantity is and what it comes to.

    Parameters
    ----------
    quantity : Quantity
    recorded : Recorded
    labels : Catalogue
        Of the language.

    Returns
    -------
    str
        The words of :func:`reading_words` and the value with its unit, or that it is not available.
    """
    words = reading_words(quantity, recorded, labels)
    return labels(
        "made.sentence", words=words[0].upper() + words[1:], value=_value(quantity, recorded, labels)
    )


def _value(quantity: Quantity, recorded: Recorded, labels: Catalogue) -> str:
    value = evaluate(quantity, recorded)
    if value.missing:
        return labels("made.missing")
    if value.unit == "truth":
        return labels("made.yes" if value.value else "made.no")
    return number_with_unit(value.number, value.unit, labels)


@singledispatch
def reading_words(quantity: Quantity, recorded: Recorded, labels: Catalogue) -> str:
    """Return a quantity in a language's words, without its value."""
    raise NotImplementedError(f"{type(quantity).__name__} has no words")


@reading_words.register
def _constant(quantity: Constant, recorded: Recorded, labels: Catalogue) -> str:
    return number_with_unit(quantity.number, "", labels)


@reading_words.register
def _selection(quantity: Selection, recorded: Recorded, labels: Catalogue) -> str:
    if recorded is not labels.recorded:
        return _selected(quantity, recorded, labels)
    return said_once(labels, ("selection", quantity), lambda: _selected(quantity, recorded, labels))


def _selected(quantity: Selection, recorded: Recorded, labels: Catalogue) -> str:
    table, rows = recorded[quantity.table], quantity.selected(recorded)
    source = table.source_of(rows[0]) if rows else table.source
    title = f"table.{quantity.table}"
    named = {
        "source": labels(title) if title in labels else source.title,
        "file": source.path.rsplit("/", 1)[-1],
    }
    if quantity.how != "one":
        key = "made.rows" if quantity.how == "count" else "made.sum"
        form = Locale.parse(labels("language.locale")).plural_form(len(rows))
        number = Counted(str(len(rows)), form)
        return labels(key, conditions=_conditions(quantity, labels), number=number, **named)
    row, line = table.records[rows[0]], str(table.file_row(rows[0]))
    stated = row.get(f"statement_{labels.language}") or own_statement(row, labels)
    if not stated and quantity.where != (("id", (row["id"],)),):
        return labels("made.number", conditions=_conditions(quantity, labels), line=line, **named)
    placed = labels(
        "made.placed", place=place_words(row["place"], labels).text, file=named["file"], line=line
    )
    return (
        labels("made.stated", statement=stated, placed=placed)
        if stated
        else labels("made.printed", placed=placed)
    )


def _conditions(quantity: Selection, labels: Catalogue) -> str:
    conditions = [
        labels(
            "made.condition",
            column=_column(name, labels),
            values=labels("made.or").join(_code(quantity.table, name, option, labels) for option in options),
        )
        for name, options in quantity.where
    ]
    return labels("made.and").join(conditions) or labels("made.all_rows")


def _column(name: str, labels: Catalogue) -> str:
    key = f"condition.{name}"
    return labels(key) if key in labels else name.replace("_", " ")


def _code(table: str, column: str, code: str, labels: Catalogue) -> str:
    """Return a code of a column in words; a number, a period and what has no words as they are."""
    if not code:
        return labels("made.blank")
    if first_and_last(code):
        return in_print(code)
    key = next((key for key in code_keys(table, column, code) if key in labels), "")
    return code if _NUMBERED.fullmatch(code) or not key else labels(key)


@reading_words.register
def _paired(quantity: Paired, recorded: Recorded, labels: Catalogue) -> str:
    left, right = (reading_words(part, recorded, labels) for part in quantity.parts())
    columns = labels("label.list_comma").join(_column(name, labels) for name in quantity.by)
    if not quantity.relation:
        return labels("made.beside", left=left, right=right, columns=columns)
    relation = labels(f"made.{_RELATIONS[quantity.relation]}")
    return labels("made.paired", left=left, right=right, columns=columns, relation=relation)


@reading_words.register
def _combined(quantity: Combined, recorded: Recorded, labels: Catalogue) -> str:
    terms = [term for term in summands(quantity) if not (isinstance(term, Constant) and term.number == 0)]
    if len(terms) > 1 and all(isinstance(term, Compared) for term in terms):
        phrases = labels("made.semicolon").join(reading_words(term, recorded, labels) for term in terms)
        return labels("made.how_many", number=str(len(terms)), terms=phrases)
    left, right = (
        labels("made.bracketed", words=words) if isinstance(part, Combined) else words
        for part in quantity.parts()
        for words in (reading_words(part, recorded, labels),)
    )
    return labels(f"made.{_JOINED[quantity.sign]}", left=left, right=right)


@reading_words.register
def _compared(quantity: Compared, recorded: Recorded, labels: Catalogue) -> str:
    left, right = (reading_words(side, recorded, labels) for side in quantity.parts())
    return labels(
        "made.whether", left=left, right=right, relation=labels(f"made.{_RELATIONS[quantity.relation]}")
    )


@reading_words.register
def _phrased(quantity: Phrased, recorded: Recorded, labels: Catalogue) -> str:
    """Return the words for what the vocabulary made, or the template as it stands for any other."""
    operands = [
        labels(
            "made.operand",
            words=reading_words(part, recorded, labels),
            value=_value(part, recorded, labels),
        )
        for part in quantity.named
    ]
    if not quantity.word:
        return quantity.template.format(*operands)
    counted = unit_words(evaluate(quantity, recorded).unit, labels) if quantity.word == COUNTED_AS else ""
    first, second = (*operands, "")[:2]
    return labels(f"made.word.{quantity.word}", first=first, second=second, unit=counted)
