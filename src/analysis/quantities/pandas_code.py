"""The fourth reading of a quantity: pandas code that computes it anew."""

from __future__ import annotations

from fractions import Fraction
from functools import singledispatch

import pandas as pd

from analysis.quantities.expression import (
    Combined,
    Compared,
    Constant,
    Paired,
    Phrased,
    Quantity,
    Selection,
)
from analysis.quantities.spreadsheet import constant_in_base_unit, without_brackets
from analysis.quantities.tables import Recorded
from analysis.quantities.units import unit


@singledispatch
def pandas_code(quantity: Quantity) -> str:
    """Return a quantity as pandas code over ``tables``, from table names to frames.

    Parameters
    ----------
    quantity : Quantity
        What is read.

    Returns
    -------
    str
        An expression. Column ``value`` of the frames is to hold numbers in the base unit of their dimension
        (dollars, not millions of them), NaN where a number is missing, as :func:`base_unit_tables` gives
        them; ``sum`` counts those as 0.

    Examples
    --------
    >>> from analysis.quantities import count_rows, total
    >>> pandas_code(count_rows("report.prose", unit="usd_million"))
    "len(tables['report.prose'][tables['report.prose']['unit'].isin(['usd_million'])])"
    >>> pandas_code(total("report.prose"))
    "tables['report.prose']['value'].sum()"
    """
    raise NotImplementedError(f"{type(quantity).__name__} has no pandas code")


@pandas_code.register
def _constant(quantity: Constant) -> str:
    return constant_in_base_unit(quantity)


@pandas_code.register
def _selection(quantity: Selection) -> str:
    """Return a selection by boolean masks."""
    rows = _rows(quantity)
    return f"len({rows})" if quantity.how == "count" else f"{rows}['value'].sum()"


def _rows(quantity: Selection) -> str:
    frame = f"tables[{quantity.table!r}]"
    tests = " & ".join(f"{frame}[{name!r}].isin({list(options)!r})" for name, options in quantity.where)
    return f"{frame}[{tests}]" if tests else frame


@pandas_code.register
def _paired(quantity: Paired) -> str:
    """Return a merge of both selections' numbers, on differences rounded to 12 decimals."""
    by = list(quantity.by)
    left, right = (f"{_rows(part)}[{[*by, 'value']!r}].dropna()" for part in quantity.parts())
    pairs = f"{left}.merge({right}, on={by!r})"
    if not quantity.relation:
        return f"len({pairs})"
    relation = "==" if quantity.relation == "=" else quantity.relation
    return f"int(({pairs}.eval('value_x - value_y').round(12) {relation} 0).sum())"


@pandas_code.register
def _combined(quantity: Combined) -> str:
    left = without_brackets(quantity, pandas_code(quantity.left))
    return f"({left} {quantity.sign} {pandas_code(quantity.right)})"


@pandas_code.register
def _compared(quantity: Compared) -> str:
    """Return 1 or 0, on a difference rounded to 12 decimals against binary noise."""
    relation = "==" if quantity.relation == "=" else quantity.relation
    left, right = (pandas_code(side) for side in quantity.parts())
    return f"int(round({left} - {right}, 12) {relation} 0)"


@pandas_code.register
def _phrased(quantity: Phrased) -> str:
    return pandas_code(quantity.inner)


def base_unit_tables(recorded: Recorded) -> dict[str, pd.DataFrame]:
    """Return the recorded tables as the pandas code of quantities reads them.

    Parameters
    ----------
    recorded : Recorded
        The tables of a period.

    Returns
    -------
    dict of str to pandas.DataFrame
        By name; ``value`` is float64 in the base unit of each row's dimension, NaN where a number is missing.

    Examples
    --------
    >>> import analysis
    >>> report = analysis.open()
    >>> number, tables = report.number("expenditure"), base_unit_tables(report.recorded)
    >>> bool(abs(eval(number.pandas) / 1e6 - float(number)) < 1e-9), number.unit
    (True, 'usd_million')
    """
    tables = {}
    for name, table in recorded.items():
        exact = zip(table.rows["value"], table.rows["unit"], strict=True)
        values = [float(Fraction(text) * unit(of).factor) if text else None for text, of in exact]
        tables[name] = table.rows.assign(value=pd.Series(values, dtype="float64", index=table.rows.index))
    return tables
