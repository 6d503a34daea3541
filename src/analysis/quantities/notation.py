"""Quantities written as text, so that a claim's arithmetic is data: a closed vocabulary, no code is run.

    change(total("report.output_indicators", measure="target", region="all", outcome="2", unit="result"),
           total("report.output_indicators", measure="result", region="all", outcome="2", unit="result"))

The grammar is that of Python calls and of ``+ - * /``; names are those of :data:`WORDS`, arguments are
strings, numbers, lists of strings and quantities.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from analysis.errors import offered
from analysis.quantities import vocabulary
from analysis.quantities.expression import Combined, Quantity
from analysis.quantities.tables import Recorded, SelectionError
from analysis.quantities.units import UnitError

LONGEST, DEEPEST = 100_000, 100
"""Characters that a quantity may have, and operations within one another."""
_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_PLAIN = ["value", "total", "count_rows", "constant", "share", "change", "difference", "point_change", "rate"]
_PLAIN += ["counted_as", "pairs", "mean", "tally", "is_more", "is_less", "is_at_least", "equals"]
_VARIADIC = {"mean", "tally"}
Word = Callable[..., Quantity]


class NotationError(ValueError):
    """A text that is not a quantity."""


def notation_words(recorded: Recorded) -> dict[str, Word]:
    """Return the vocabulary; ``recorded_number(id)`` is one recorded number by its id."""

    def recorded_number(identifier: str) -> Quantity:
        table, _ = recorded.locate(identifier)
        return vocabulary.value(table.name, id=recorded.current(identifier))

    known: dict[str, Word] = {name: getattr(vocabulary, name) for name in _PLAIN}
    known |= {name: _gathered(known[name]) for name in _VARIADIC}
    known["rank"] = lambda quantity, *others: vocabulary.rank(quantity, others)
    known["recorded_number"] = recorded_number
    return known


def _gathered(word: Word) -> Word:
    return lambda *quantities: word(quantities)


def parse(text: str, recorded: Recorded, more: Mapping[str, Word] | None = None) -> Quantity:
    """Read a quantity from text.

    Parameters
    ----------
    text : str
        The expression.
    recorded : Recorded
        Where ids are looked up.
    more : mapping, optional
        Further words, for example the named quantities of a room.

    Returns
    -------
    Quantity
        Not read yet: whether it selects a row, and whether its units meet, shows when it is.

    Raises
    ------
    NotationError
        When the text is not an expression of the vocabulary; the message quotes the part that is not.
    SelectionError
        When an id is not recorded.
    """
    if len(text) > LONGEST:
        raise NotationError(f"a quantity of {len(text)} characters; {LONGEST} are allowed: {text[:80]!r}…")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else error
        raise NotationError(f"not an expression ({reason}): {text!r}") from error
    except (RecursionError, MemoryError) as error:
        raise NotationError(f"nested too deeply: {text[:80]!r}…") from error
    if _deeper_than(tree, DEEPEST):
        raise NotationError(
            f"nested too deeply: {text[:80]!r}…; at most {DEEPEST} operations stand within one another: a "
            "sum of many numbers is a total"
        )
    quantity = _read(tree, {**notation_words(recorded), **(more or {})}, text)
    if not isinstance(quantity, Quantity):
        raise NotationError(f"not a quantity but {quantity!r}: {text!r}")
    _check_parts(quantity, text)
    return quantity


def _deeper_than(tree: ast.expr, most: int) -> bool:
    level: list[ast.AST] = [tree]
    for _ in range(most + 1):
        level = [part for node in level for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)]
        if not level:
            return False
    return True


def _check_parts(quantity: Quantity, text: str) -> None:
    """Refuse a text where a quantity belongs, and a quantity where a unit does."""
    waiting: list[object] = [quantity]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, Quantity):
            raise NotationError(f"{part!r} stands where a quantity belongs: {text!r}")
        unit = getattr(part, "unit", "")
        if not isinstance(unit, str):
            raise NotationError(f"{unit!r} stands where a unit belongs: {text!r}")
        waiting += part.parts()


def _read(node: ast.AST, known: Mapping[str, Word], text: str) -> Any:
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float):
        return node.value
    if isinstance(node, ast.List | ast.Tuple):
        return tuple(_read(elt, known, text) for elt in node.elts)
    if (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
        and isinstance(node.operand.value, int | float)
    ):
        return -node.operand.value
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        sides = [_read(side, known, text) for side in (node.left, node.right)]
        left, right = (_constant(side, text) if isinstance(side, int | float) else side for side in sides)
        for side in (left, right):
            if not isinstance(side, Quantity):
                raise NotationError(f"{side!r} is nothing to reckon with: {text!r}")
        return Combined(_SIGNS[type(node.op)], left, right)
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and all(keyword.arg for keyword in node.keywords)
    ):
        if node.func.id not in known:
            raise NotationError(
                f"unknown word {node.func.id!r} in {text!r}; known: {offered(sorted(known), node.func.id)}"
            )
        arguments = [_read(arg, known, text) for arg in node.args]
        named = {keyword.arg: _read(keyword.value, known, text) for keyword in node.keywords if keyword.arg}
        try:
            return known[node.func.id](*arguments, **named)
        except (TypeError, ValueError, AttributeError) as error:
            if isinstance(error, NotationError | SelectionError | UnitError):
                raise
            raise NotationError(f"{node.func.id}: {error} in {text!r}") from error
    raise NotationError(f"{ast.unparse(node)!r} is not allowed in a quantity: {text!r}")


def _constant(number: int | float, text: str) -> Quantity:
    try:
        return vocabulary.constant(number)
    except ValueError as error:
        raise NotationError(f"{error} in {text!r}") from error
