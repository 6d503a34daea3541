"""The scan's group-by for pandas frames, in NumPy: the same integer sums, in a fraction of the time."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.estimation.grouping import Groups, radix, unradix
from analysis.indicators import PersonSum

HALF = 26
"""Bits of the lower half of a fixed-point number; sums of either half are exact in floating point."""


def pandas_cells(
    persons: nw.DataFrame,
    keys: Mapping[str, nw.Expr],
    person_sums: Mapping[str, PersonSum],
    counted: set[str],
    weight: str,
    exponents: Mapping[str, int],
) -> nw.DataFrame:
    """Take the sums over groups of persons, as integers at the given fixed points.

    Parameters
    ----------
    persons : narwhals.DataFrame
        One row a person, held by pandas, of at most 2**27 rows.
    keys : mapping of str to narwhals.Expr
        What the groups are formed by; a missing key is a group of its own.
    person_sums : mapping of str to PersonSum
        What is added up.
    counted : set of str
        Which counts without weights to take: ``n_*`` of all persons, ``c_*`` of those of positive weight.
    weight : str
        Column of weights.
    exponents : mapping of str to int
        Powers of two of the fixed points, as `scan` chooses them.

    Returns
    -------
    narwhals.DataFrame
        One row a group: its keys, and the sums ``w_*``, ``n_*`` and ``c_*``.
    """
    groups, columns = _groups(persons, keys)
    weights = persons.get_column(weight).to_numpy().astype(np.float64)
    conditions = persons.select(__row=nw.col(weight), **{n: q.where for n, q in person_sums.items()})
    where = {name: _boolean(conditions.get_column(name).to_native()) for name in person_sums}
    counts = {name: condition for name, condition in where.items() if person_sums[name].value is None}
    positive = weights > 0
    weighted, unweighted = _counts(groups, counts, _halves(_fixed_point(weights, exponents[""])), positive)
    for name, person_sum in person_sums.items():
        if person_sum.value is None:
            columns[f"w_{name}"] = weighted[name]
        else:
            value = persons.select(value=person_sum.value).get_column("value").cast(nw.Float64).to_numpy()
            fixed = _fixed_point(weights * np.where(where[name], value, 0.0), exponents[name])
            columns[f"w_{name}"] = _join(*(groups.sum(half) for half in _halves(fixed)))
        for key, who in ((f"n_{name}", where[name]), (f"c_{name}", where[name] & positive)):
            if key in counted:
                columns[key] = (unweighted[key] if key in unweighted else groups.sum(who)).astype(np.int64)
    return nw.from_native(pd.DataFrame(columns))


def _counts(
    groups: Groups,
    where: Mapping[str, np.ndarray],
    halves: tuple[np.ndarray, np.ndarray],
    positive: np.ndarray,
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the weighted number of persons that meet each condition, by group, and numbers without weights.

    Where groups are few, persons are first added up by group and by which of the conditions they meet, once
    for all conditions; else condition by condition.
    """
    number, rows = len(groups.codes), len(groups.index)
    if number << len(where) > rows:
        weighted = {n: _join(*(groups.sum(half * met) for half in halves)) for n, met in where.items()}
        return weighted, {}
    met_by = np.zeros(rows, dtype=np.uint32)
    for bit, met in enumerate(where.values()):
        met_by |= np.multiply(met, 1 << bit, dtype=np.uint32)
    pattern = (groups.index << len(where)) | met_by
    shape = number, 1 << len(where)
    size = number << len(where)
    upper, lower = (np.bincount(pattern, half, size).reshape(shape) for half in halves)
    persons = np.bincount(pattern, minlength=size).reshape(shape)
    cases = persons if positive.all() else np.bincount(pattern[positive], minlength=size).reshape(shape)
    weighted, unweighted = {}, {}
    for bit, name in enumerate(where):
        meeting = np.flatnonzero(np.arange(shape[1]) >> bit & 1)
        weighted[name] = _join(upper[:, meeting].sum(axis=1), lower[:, meeting].sum(axis=1))
        unweighted[f"n_{name}"] = persons[:, meeting].sum(axis=1)
        unweighted[f"c_{name}"] = cases[:, meeting].sum(axis=1)
    return weighted, unweighted


def _join(upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    return (upper.astype(np.int64) << HALF) + lower.astype(np.int64)


def _groups(persons: nw.DataFrame, keys: Mapping[str, nw.Expr]) -> tuple[Groups, dict[str, Any]]:
    """Gather persons by their keys; return the groups, and the keys of each."""
    frame = persons.select(**keys).to_native()
    coded = [_codes(frame[key]) for key in keys]
    shape = [size for _, _, size in coded]
    groups = Groups.of(radix([code for code, _, _ in coded], shape, len(frame)), prod(shape))
    of_groups = unradix(groups.codes, shape)
    values = (decode(code) for (_, decode, _), code in zip(coded, of_groups, strict=True))
    return groups, dict(zip(keys, values, strict=True))


def _codes(values: pd.Series) -> tuple[np.ndarray, Any, int]:
    """Return codes from 0, the way back to values, and the number of codes."""
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "iu" and len(values):
        first, last = int(values.min()), int(values.max())
        if last - first < 100_000:
            return values.to_numpy().astype(np.int64) - first, lambda code: code + first, last - first + 1
    code, classes = pd.factorize(values, use_na_sentinel=False)
    return code, lambda of_groups: classes.take(of_groups), len(classes)


def _boolean(condition: pd.Series) -> np.ndarray:
    if condition.dtype == np.dtype(bool):
        return condition.to_numpy()
    return condition.to_numpy(dtype=bool, na_value=False)


def _fixed_point(numbers: np.ndarray, exponent: int) -> np.ndarray:
    return np.floor(numbers * 2.0**exponent + 0.5).astype(np.int64)


def _halves(numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return (numbers >> HALF).astype(np.float64), (numbers & ((1 << HALF) - 1)).astype(np.float64)
