"""Cells: the microdata reduced to sums by PSU and domain, sorted by stratum, domain and PSU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np
import pandas as pd

from analysis.estimation.design import UNSPECIFIED, Classification, SurveyDesign
from analysis.estimation.scan import KEYS, Scanned, scan
from analysis.indicators import Estimand


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
            return cls((np.cumsum(occupied) - 1)[codes], np.flatnonzero(occupied))
        index, found = pd.factorize(codes)
        order = np.argsort(found)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        return cls(rank[index], found[order])

    def sum(self, values: np.ndarray) -> np.ndarray:
        """Sum values over each group, in the order of the rows."""
        return np.bincount(self.index, weights=values, minlength=len(self.codes))


@dataclass(frozen=True, eq=False)
class Dimension:
    """A dimension of the domains: its name and the labels of its codes, which count from 0."""

    name: str
    labels: np.ndarray
    nested: bool
    """Whether the dimension is constant within a sample (a survey key), hence within a PSU."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Weighted sums and counts by stratum, PSU and domain.

    Parameters
    ----------
    estimands : tuple of Estimand
        What the sums were taken for.
    dimensions : tuple of Dimension
        The dimensions of the domains.
    codes : numpy.ndarray of int, one row a cell, one column a dimension
        Position of the cell's label in each dimension.
    stratum, psu : numpy.ndarray of int, or None
        The cell's stratum, and its PSU numbered within the stratum; None without standard errors.
    psus : numpy.ndarray of int
        Number of PSUs of each stratum in the whole sample.
    sums : dict of str to numpy.ndarray
        ``w_*`` weighted sums (float) and ``n_*`` unweighted counts.
    stratum_names : numpy.ndarray of str
        What the file calls each stratum.
    exponents : dict of str to int
        Fixed point of the scan.
    """

    estimands: tuple[Estimand, ...]
    dimensions: tuple[Dimension, ...]
    codes: np.ndarray
    stratum: np.ndarray | None
    psu: np.ndarray | None
    psus: np.ndarray
    sums: dict[str, np.ndarray]
    stratum_names: np.ndarray
    exponents: dict[str, int]

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of labels of each dimension."""
        return tuple(len(d.labels) for d in self.dimensions)

    def gather(self, kept: Sequence[int]) -> Cells:
        """Add up the cells over the dimensions not kept, and sort by stratum, kept dimensions and PSU.

        Dimensions nested in the samples need no adding up: their code is that of the stratum.
        """
        if self.stratum is None or self.psu is None:
            return self._gather_domains(kept)
        inner = [k for k in kept if not self.dimensions[k].nested]
        shape = [self.shape[k] for k in inner]
        size, widest = prod(shape), int(self.psus.max(initial=1))
        domain = radix([self.codes[:, k] for k in inner], shape, len(self.codes))
        groups = Groups.of((self.stratum * size + domain) * widest + self.psu, len(self.psus) * size * widest)
        found, psu = np.divmod(groups.codes, widest)
        stratum, found = np.divmod(found, size)
        code = dict(zip(inner, unradix(found, shape), strict=True))
        for k in set(kept) - set(inner):
            of_stratum = np.zeros(len(self.psus), dtype=np.int64)
            of_stratum[self.stratum] = self.codes[:, k]
            code[k] = of_stratum[stratum]
        return self._with([code[k] for k in kept], kept, groups, stratum, psu)

    def _gather_domains(self, kept: Sequence[int]) -> Cells:
        shape = [self.shape[k] for k in kept]
        groups = Groups.of(radix([self.codes[:, k] for k in kept], shape, len(self.codes)), prod(shape))
        return self._with(unradix(groups.codes, shape), kept, groups, None, None)

    def _with(self, codes: list[np.ndarray], kept: Sequence[int], groups: Groups, stratum, psu) -> Cells:
        return replace(
            self,
            dimensions=tuple(self.dimensions[k] for k in kept),
            codes=np.column_stack(codes) if codes else np.zeros((len(groups.codes), 0), dtype=np.int64),
            stratum=stratum,
            psu=psu,
            sums={name: groups.sum(values) for name, values in self.sums.items()},
        )


def radix(codes: Sequence[np.ndarray], shape: Sequence[int], rows: int) -> np.ndarray:
    """Combine codes of several dimensions into one number a row."""
    combined = np.zeros(rows, dtype=np.int64)
    for code, size in zip(codes, shape, strict=True):
        combined = combined * size + code
    return combined


def unradix(combined: np.ndarray, shape: Sequence[int]) -> list[np.ndarray]:
    """Take a combined code apart again."""
    codes = []
    for size in reversed(shape):
        combined, code = np.divmod(combined, size)
        codes.append(code)
    return codes[::-1]


def reduce_survey(
    persons: Any,
    estimands: Sequence[Estimand],
    design: SurveyDesign,
    by: Sequence[Classification],
    *,
    standard_errors: bool = True,
    engine: str | None = None,
    within: Cells | None = None,
) -> Cells:
    """Reduce microdata to cells: one scan by the engine, then arrays.

    Parameters
    ----------
    persons, estimands, design, by, standard_errors, engine
        As in `scan`.
    within : Cells, optional
        Cells of a larger sample that this one is a part of: its labels and fixed point are kept.

    Returns
    -------
    Cells
        Sorted, so that all that follows is the same in every run and on every engine.

    Raises
    ------
    ValueError
        When a stratum or PSU is missing, or standard errors are asked of a design without PSUs; and as
        `scan` does.
    """
    if standard_errors and design.psu is None:
        raise ValueError(
            "survey design: no PSU is named, which standard errors need; name the column of primary sampling "
            "units (of households or persons where these were drawn directly), or set standard_errors=False"
        )
    scanned = scan(
        persons,
        estimands,
        design,
        by,
        standard_errors=standard_errors,
        engine=engine,
        exponents=within.exponents if within else None,
    )
    cells = scanned.cells
    dimensions, codes = [], []
    for i, classification in enumerate(by):
        code, labels = _labels(_column(cells, f"d{i}"), classification)
        if within is not None:
            place = {label: number for number, label in enumerate(within.dimensions[i].labels)}
            code = np.array([place.get(label, -1) for label in labels], dtype=np.int64)[code]
            labels = within.dimensions[i].labels
        nested = standard_errors and set(classification.columns) <= set(design.survey)
        dimensions.append(Dimension(classification.name, labels, nested))
        codes.append(code)
    stratum, psu, psus, names = (
        _design_codes(scanned, design) if standard_errors else (None, None, np.zeros(0, int), None)
    )
    sums = {}
    for name in cells.columns:
        if name.startswith(("w_", "n_")):
            exponent = scanned.exponents.get(name[2:], scanned.exponents[""]) if name.startswith("w_") else 0
            sums[name] = cells.get_column(name).to_numpy() * 2.0**-exponent
    table = np.column_stack(codes) if codes else np.zeros((len(cells), 0), dtype=np.int64)
    unsorted = Cells(
        tuple(estimands), tuple(dimensions), table, stratum, psu, psus, sums, names, scanned.exponents
    )
    return unsorted.gather(range(len(dimensions)))


def _column(cells: Any, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return each row's position among a key's sorted distinct values (-1 if missing), and the values."""
    import pyarrow as pa
    import pyarrow.compute as pc

    values = cells.get_column(name).to_arrow()
    chunked = pa.chunked_array(values) if isinstance(values, pa.ChunkedArray) else pa.chunked_array([values])
    if pa.types.is_dictionary(chunked.type):
        chunked = chunked.cast(chunked.type.value_type)
    if pa.types.is_floating(chunked.type):
        chunked = pc.if_else(pc.is_nan(chunked), None, chunked)
    encoded = chunked.combine_chunks().dictionary_encode()
    order = pc.array_sort_indices(encoded.dictionary).to_numpy()
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    position = encoded.indices.fill_null(-1).to_numpy().astype(np.int64)
    position = np.where(position >= 0, rank[position], -1) if len(rank) else np.full(len(position), -1)
    return position, encoded.dictionary.take(pa.array(order)).to_numpy(zero_copy_only=False)


def _labels(
    column: tuple[np.ndarray, np.ndarray], classification: Classification
) -> tuple[np.ndarray, np.ndarray]:
    code, values = column
    if classification.labels is None:
        labels = [_text(v) for v in values]
    else:
        known = list(classification.labels)
        place = np.array(
            [known.index(v) if v in classification.labels else -1 for v in values], dtype=np.int64
        )
        code = np.where(code >= 0, place[code], -1) if len(place) else code
        labels = list(classification.labels.values())
    if (code < 0).any():
        code = np.where(code < 0, len(labels), code)
        labels = [*labels, UNSPECIFIED]
    return code, np.array(labels, dtype=object)


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, (float, np.floating)) and value == int(value) else str(value)


def _design_codes(
    scanned: Scanned, design: SurveyDesign
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Number the strata over all samples and the PSUs within each stratum; count the PSUs of each stratum."""
    cells, rows = scanned.cells, len(scanned.cells)
    parts = [(f"s{i}", column) for i, column in enumerate(design.survey)]
    parts += [(KEYS["stratum"], design.stratum)] if design.stratum is not None else []
    coded = []
    for key, column in [*parts, (KEYS["psu"], design.psu)]:
        code, values = _column(cells, key)
        missing = int((code < 0).sum())
        if missing:
            raise ValueError(
                f"survey design: column {column!r} is missing in {missing} of {rows} cells; "
                "expected a value for every person. Complete it, or leave these persons out by a counted rule"
            )
        coded.append((code, values))
    shape = [len(values) for _, values in coded[:-1]]
    strata = Groups.of(radix([code for code, _ in coded[:-1]], shape, rows), prod(shape))
    names = [
        " ".join(_text(coded[i][1][c]) for i, c in enumerate(code)) for code in _tuples(strata.codes, shape)
    ]
    psu_code, psu_values = coded[-1]
    units = Groups.of(strata.index * len(psu_values) + psu_code, len(strata.codes) * len(psu_values))
    home = units.codes // len(psu_values)
    psus = np.bincount(home, minlength=len(strata.codes))
    first = np.cumsum(psus) - psus
    within = np.arange(len(units.codes)) - first[home]
    return strata.index, within[units.index], psus, np.array(names, dtype=object)


def _tuples(codes: np.ndarray, shape: Sequence[int]) -> list[tuple[int, ...]]:
    return list(zip(*unradix(codes, shape), strict=True)) if shape else [()] * len(codes)
