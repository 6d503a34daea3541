"""The third reading of a quantity: a spreadsheet formula over sheets of recorded numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce, singledispatch

from analysis.quantities.expression import (
    Combined,
    Compared,
    Constant,
    Paired,
    Phrased,
    Quantity,
    Selection,
)
from analysis.quantities.units import unit

Locate = Callable[[str, str], str]


@singledispatch
def formula(quantity: Quantity, cell: Locate) -> str:
    """Return a quantity as a spreadsheet expression, without the leading ``=``.

    Parameters
    ----------
    quantity : Quantity
        What is read.
    cell : callable
        ``cell(table, column)`` names the cells of a table's column. Column ``value`` is to hold numbers in
        the base unit of their dimension (dollars, not millions of them), so that unlike scales meet.

    Returns
    -------
    str
        In the base unit of the quantity's dimension. A blank cell counts as 0, which is not what
        :func:`analysis.quantities.evaluate` does with a missing number: ask that first.

    Examples
    --------
    >>> from analysis.quantities import value
    >>> target = value("report.output_indicators", indicator="1.1.1", measure="target", region="all")
    >>> formula(target, lambda table, column: column)
    'SUMIFS(value,indicator,"1.1.1",measure,"target",region,"all")'
    """
    raise NotImplementedError(f"{type(quantity).__name__} has no formula")


@formula.register
def constant_in_base_unit(quantity: Constant, cell: Locate | None = None) -> str:
    """Return a constant in its base unit: a whole number, or a division in brackets."""
    in_base = quantity.number * unit(quantity.unit).factor
    return str(in_base) if in_base.denominator == 1 else f"({in_base})"


@formula.register
def _selection(quantity: Selection, cell: Locate) -> str:
    """Return SUMIFS or COUNTIFS over the table's sheet; alternatives are added up."""
    tests = [[(name, option) for option in options] for name, options in quantity.where]
    start: list[list[tuple[str, str]]] = [[]]
    choices = reduce(lambda done, more: [[*left, right] for left in done for right in more], tests, start)
    head = "COUNTIFS(" if quantity.how == "count" else f"SUMIFS({cell(quantity.table, 'value')},"
    calls = [
        head + ",".join(f"{cell(quantity.table, name)},{_text(option)}" for name, option in choice) + ")"
        for choice in choices
    ]
    return calls[0] if len(calls) == 1 else f"({'+'.join(calls)})"


@formula.register
def _paired(quantity: Paired, cell: Locate) -> str:
    """Return SUMPRODUCT over the rows of the left selection, each beside the sum over its partner.

    Conditions on columns in which partners agree are tested once, on the left.
    """

    def column(selection: Selection, name: str) -> str:
        return cell(selection.table, name)

    left, right = quantity.parts()
    tests = [
        "(" + "+".join(f"({column(left, name)}={_text(option)})" for option in options) + ")"
        for name, options in left.where
    ]
    alike = [f"{column(right, name)},{column(left, name)}" for name in quantity.by]
    others = [(name, options) for name, options in right.where if name not in quantity.by]
    if any(len(options) > 1 for _, options in others):
        raise NotImplementedError(
            "a spreadsheet formula of pairs takes one option for each condition on partners"
        )
    alike += [f"{column(right, name)},{_text(options[0])}" for name, options in others]
    partners, value = ",".join(alike), column(left, "value")
    tests += [f'({value}<>"")', f'(COUNTIFS({partners},{column(right, "value")},"<>")>0)']
    if quantity.relation:
        partner = f"SUMIFS({column(right, 'value')},{partners})"
        tests.append(f"(ROUND({value}-{partner},12){quantity.relation}0)")
    return f"SUMPRODUCT({'*'.join(tests)})"


@formula.register
def _combined(quantity: Combined, cell: Locate) -> str:
    left = without_brackets(quantity, formula(quantity.left, cell))
    return f"({left}{quantity.sign}{formula(quantity.right, cell)})"


@formula.register
def _compared(quantity: Compared, cell: Locate) -> str:
    """Return 1 or 0 by IF, on a difference rounded to 12 decimals against binary noise."""
    left, right = (formula(side, cell) for side in quantity.parts())
    return f"IF(ROUND({left}-{right},12){quantity.relation}0,1,0)"


@formula.register
def _phrased(quantity: Phrased, cell: Locate) -> str:
    return formula(quantity.inner, cell)


def without_brackets(quantity: Combined, left: str) -> str:
    """Return the left operand without brackets where the order of operations needs none."""
    first = isinstance(quantity.left, Combined) and (quantity.sign in "+-" or quantity.left.sign in "*/")
    return left[1:-1] if first else left


def _text(option: str) -> str:
    return '"' + option.replace('"', '""') + '"'
