"""Cells: the microdata reduced to sums by domain and PSU, in that order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from analysis.estimation.batches import Batch
from analysis.estimation.coding import Units, design_codes, key_codes, label_codes
from analysis.estimation.design import Classification, SurveyDesign
from analysis.estimation.engines import columns_of
from analysis.estimation.grouping import Groups, radix, unradix
from analysis.estimation.scan import scan
from analysis.indicators import Estimand, of_working_age

SUMS = ("w_", "n_", "c_")
"""How the names of sums begin: weighted; persons; persons of positive weight."""


@dataclass(frozen=True, eq=False)
class Dimension:
    """A dimension of the domains: its name and the labels of its codes, which count from 0."""

    name: str
    labels: np.ndarray
    nested: bool
    """Whether the dimension is constant within a sample (a survey key), hence within a PSU."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Weighted sums and counts by domain and PSU; the cells of one domain and stratum form a block.

    Parameters
    ----------
    estimands : tuple of Estimand
        What the sums were taken for.
    dimensions : tuple of Dimension
        The dimensions of the domains.
    codes : tuple of numpy.ndarray of int, one for each dimension
        Position of each block's label in the dimension.
    block : numpy.ndarray of int
        The block of each cell, rising.
    sums : dict of str to numpy.ndarray
        ``w_*`` weighted sums (float) of each cell, and unweighted counts: ``n_*`` of all its persons, ``c_*``
        of those of positive weight.
    exponents : dict of str to int
        Fixed point of the scan.
    units : Units, optional
        The sample's PSUs; None without standard errors.
    unit : numpy.ndarray of int, optional
        Each cell's PSU, rising within a block; without standard errors each cell is a block.
    """

    estimands: tuple[Estimand, ...]
    dimensions: tuple[Dimension, ...]
    codes: tuple[np.ndarray, ...]
    block: np.ndarray
    sums: dict[str, np.ndarray]
    exponents: dict[str, int]
    units: Units | None = None
    unit: np.ndarray | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of labels of each dimension."""
        return tuple(len(d.labels) for d in self.dimensions)

    @cached_property
    def lengths(self) -> np.ndarray:
        """Number of cells of each block."""
        return np.bincount(self.block)

    @cached_property
    def stratum(self) -> np.ndarray:
        """The stratum of each block."""
        return self.units.stratum[self.unit[np.cumsum(self.lengths) - self.lengths]]

    def add_blocks(self, values: np.ndarray) -> np.ndarray:
        """Add up values within each block, in the order of the cells."""
        return np.bincount(self.block, weights=values)

    def spread(self, of_blocks: np.ndarray) -> np.ndarray:
        """Repeat a value of each block over its cells."""
        return of_blocks[self.block]

    def only(self, names: Iterable[str]) -> Cells:
        """Return the cells with some of their sums."""
        return replace(self, sums={name: self.sums[name] for name in names})

    def domains(self) -> Cells:
        """Add up the cells of each domain over strata and PSUs."""
        blocks = {name: self.add_blocks(values) for name, values in self.sums.items()}
        plain = replace(self, block=np.arange(len(self.lengths)), sums=blocks, units=None, unit=None)
        return plain.gather(range(len(self.dimensions)))

    def gather(self, kept: Sequence[int]) -> Cells:
        """Add up the cells over the dimensions not kept, and sort by kept dimensions and PSU.

        Dimensions nested in the samples need no adding up: their code is that of the stratum.
        """
        inner = [k for k in kept if self.units is None or not self.dimensions[k].nested]
        shape = [self.shape[k] for k in inner]
        key = self.spread(radix([self.codes[k] for k in inner], shape, len(self.lengths)))
        if self.units is None:
            groups, unit = Groups.of(key, prod(shape)), None
            codes, block = groups.codes, np.arange(len(groups.codes))
        else:
            count = len(self.units.stratum)
            groups = Groups.of(key * count + self.unit, prod(shape) * count)
            codes = groups.codes // count
            unit = groups.codes - codes * count
            stratum = self.units.stratum[unit]
            first = (np.diff(codes, prepend=-1) != 0) | (np.diff(stratum, prepend=-1) != 0)
            block, codes, stratum = np.cumsum(first) - 1, codes[first], stratum[first]
        code = dict(zip(inner, unradix(codes, shape), strict=True))
        for k in set(kept) - set(inner):
            of_stratum = np.zeros(len(self.units.size), dtype=np.int64)
            of_stratum[self.stratum] = self.codes[k]
            code[k] = of_stratum[stratum]
        return replace(
            self,
            dimensions=tuple(self.dimensions[k] for k in kept),
            codes=tuple(code[k] for k in kept),
            block=block,
            sums={name: groups.sum(values) for name, values in self.sums.items()},
            unit=unit,
        )


MANY, FEW = 1000, 5
"""A dimension of more classes than `MANY`, of fewer cases than `FEW` each, is an identifier."""


def refuse_identifiers(dimensions: Iterable[Dimension], cases: float) -> None:
    """Refuse a dimension that tells persons apart, not groups of them.

    Parameters
    ----------
    dimensions : iterable of Dimension
        The dimensions of the domains.
    cases : float
        Unweighted cases in all.

    Raises
    ------
    ValueError
        With its number of classes, and of cases to a class.
    """
    for dimension in dimensions:
        classes = len(dimension.labels)
        if classes > MANY and cases < FEW * classes:
            raise ValueError(
                f"by {dimension.name}: {classes:,} classes of {cases / classes:.1f} cases each, as an "
                f"identifier has; expected a column that groups persons, {FEW} cases to a class or "
                "more. Recode it, or leave it out"
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
            "units (of households or persons where these were drawn directly), or ask for values alone "
            "(--no-standard-errors, standard_errors=False)"
        )
    if not isinstance(persons, Batch):
        present = columns_of(persons)
        estimands = [of_working_age(estimand, present) for estimand in estimands]
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
    coded = {key: key_codes(cells, key) for key in cells.columns if not key.startswith(SUMS)}
    dimensions, codes = [], []
    for i, classification in enumerate(by):
        code, labels = label_codes(coded[scanned.dimensions[i]], classification)
        if within is not None:
            place = {label: number for number, label in enumerate(within.dimensions[i].labels)}
            code = np.array([place.get(label, -1) for label in labels], dtype=np.int64)[code]
            labels = within.dimensions[i].labels
        nested = set(classification.columns) <= set(design.survey)
        dimensions.append(Dimension(classification.name, labels, nested))
        codes.append(code)
    sums = {}
    for name in cells.columns:
        if name.startswith(SUMS):
            exponent = scanned.exponents.get(name[2:], scanned.exponents[""]) if name.startswith("w_") else 0
            sums[name] = cells.get_column(name).to_numpy() * 2.0**-exponent
    cases = max((values.sum() for name, values in sums.items() if name.startswith("c_")), default=0)
    refuse_identifiers(dimensions if within is None else (), cases)
    units, unit = design_codes(coded, design) if standard_errors else (None, None)
    unsorted = Cells(
        tuple(estimands),
        tuple(dimensions),
        tuple(codes),
        np.arange(len(cells)),
        sums,
        scanned.exponents,
        units,
        unit,
    )
    return unsorted.gather(range(len(dimensions)))
