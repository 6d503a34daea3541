"""Numbers that are no number (NaN), which engines compare each in its own way, made missing."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import narwhals as nw
import numpy as np


def nan_as_missing(
    survey: nw.DataFrame | nw.LazyFrame, *, but: Sequence[str] = ()
) -> nw.DataFrame | nw.LazyFrame:
    """Return a survey in which NaN is missing, so that it meets no condition on any engine.

    Parameters
    ----------
    survey : narwhals.DataFrame or narwhals.LazyFrame
        One row a person. A pandas column of NumPy's floats holds its missing values as NaN, and is left.
    but : sequence of str
        Columns to leave as they are.

    Returns
    -------
    narwhals.DataFrame or narwhals.LazyFrame
        The same columns, in the same order.
    """
    floats = [name for name, kind in survey.collect_schema().items() if kind.is_float() and name not in but]
    if isinstance(survey, nw.DataFrame) and survey.implementation.is_pandas():
        kinds = survey.to_native().dtypes
        floats = [name for name in floats if not isinstance(kinds[name], np.dtype)]
    return survey.with_columns(**{name: _number(nw.col(name)) for name in floats}) if floats else survey


def _number(column: nw.Expr) -> nw.Expr:
    """Keep finite and infinite numbers; of NaN, DuckDB would judge by statistics that do not count it."""
    return nw.when(column.is_finite() | (column.abs() == inf)).then(column)
