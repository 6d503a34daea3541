"""Cells: the microdata reduced to sums by PSU and domain, sorted by stratum, domain and PSU."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from analysis.estimation.coding import design_codes, key_codes, label_codes
from analysis.estimation.design import Classification, SurveyDesign
from analysis.estimation.grouping import Groups, radix, unradix
from analysis.estimation.scan import scan
from analysis.indicators import Estimand


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
    stratum_names : numpy.ndarray of object, one row a stratum
        Its codes in the file: those of the sample, then its own.
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

    @cached_property
    def starts(self) -> np.ndarray:
        """Where the block of each stratum and domain begins; cells are sorted by both."""
        if not len(self.codes) or self.stratum is None:
            return np.arange(len(self.codes))
        changed = np.diff(self.stratum) != 0
        for k, dimension in enumerate(self.dimensions):
            if not dimension.nested:
                changed |= np.diff(self.codes[:, k]) != 0
        return np.r_[0, np.flatnonzero(changed) + 1]

    @cached_property
    def lengths(self) -> np.ndarray:
        """Number of cells of each block."""
        return np.diff(np.r_[self.starts, len(self.codes)])

    def add_blocks(self, values: np.ndarray) -> np.ndarray:
        """Add up values within each block."""
        return np.add.reduceat(values, self.starts) if len(self.starts) else values

    def block_sums(self, name: str) -> np.ndarray:
        """Return a sum over each block, added up once."""
        if name not in self._blocks:
            self._blocks[name] = self.add_blocks(self.sums[name])
        return self._blocks[name]

    def occupied(self, name: str) -> np.ndarray:
        """Return the number of PSUs of each block where a sum is positive, counted once."""
        if (name, "occupied") not in self._blocks:
            self._blocks[name, "occupied"] = self.add_blocks((self.sums[name] > 0).astype(float))
        return self._blocks[name, "occupied"]

    @cached_property
    def _blocks(self) -> dict[object, np.ndarray]:
        return {}

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
        code, labels = label_codes(key_codes(cells, f"d{i}"), classification)
        if within is not None:
            place = {label: number for number, label in enumerate(within.dimensions[i].labels)}
            code = np.array([place.get(label, -1) for label in labels], dtype=np.int64)[code]
            labels = within.dimensions[i].labels
        nested = standard_errors and set(classification.columns) <= set(design.survey)
        dimensions.append(Dimension(classification.name, labels, nested))
        codes.append(code)
    stratum, psu, psus, names = (
        design_codes(scanned, design) if standard_errors else (None, None, np.zeros(0, int), None)
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
