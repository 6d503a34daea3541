"""Rows gathered by integer codes, and several codes combined into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, eq=False)
class Groups:
    """Rows gathered by an integer code: the group of each row, and the rising codes of the groups."""

    index: np.ndarray
    codes: np.ndarray

    @classmethod
    def of(cls, codes: np.ndarray, size: int) -> Groups:
        """Gather rows by codes from 0 to `size` - 1."""
        if size <= 4 * len(codes) + 1_000_000:
            occupied = np.zeros(size, dtype=bool)
            occupied[codes] = True
            if size and occupied.all():
                return cls(codes.astype(np.int64, copy=False), np.arange(size))
            values = np.flatnonzero(occupied)
            rank = np.empty(size, dtype=np.int64)
            rank[values] = np.arange(len(values))
            return cls(rank[codes], values)
        index, values = pd.factorize(codes)
        order = np.argsort(values)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        return cls(rank[index], values[order])

    def sum(self, values: np.ndarray) -> np.ndarray:
        """Sum values over each group, in the order of the rows."""
        return np.bincount(self.index, weights=values, minlength=len(self.codes))


def radix(codes: Sequence[np.ndarray], shape: Sequence[int], rows: int) -> np.ndarray:
    """Combine codes of several dimensions into one number a row."""
    if len(codes) == 1:
        return codes[0]
    combined = np.zeros(rows, dtype=np.int64)
    for code, size in zip(codes, shape, strict=True):
        combined *= size
        combined += code
    return combined


def unradix(combined: np.ndarray, shape: Sequence[int]) -> list[np.ndarray]:
    """Take a combined code apart again."""
    codes = []
    for size in reversed(shape):
        combined, code = np.divmod(combined, size)
        codes.append(code)
    return codes[::-1]
