"""Respondents: the answers, weights and design of every person in memory, for what sums cannot give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np

from analysis.estimation.calibration import calibrators, names
from analysis.estimation.cells import Dimension, refuse_identifiers
from analysis.estimation.coding import Units, classified, design_codes, floats, key_codes, label_codes
from analysis.estimation.design import Classification, SurveyDesign
from analysis.estimation.engines import (
    as_pandas,
    collect,
    columns_of,
    open_survey,
    parquet_files,
    read_arrow,
)
from analysis.estimation.grouping import Groups, radix
from analysis.estimation.replication import chance
from analysis.estimation.sampling import Linearized, Replicated
from analysis.estimation.scan import KEYS, TOO_LARGE, require_columns
from analysis.estimation.stages import first_level, next_level
from analysis.indicators import Estimand, PersonSum, of_working_age
from analysis.sources.not_a_number import nan_as_missing


@dataclass(frozen=True, eq=False)
class Respondents:
    """Persons of a sample, or groups of persons whose answers are all alike.

    Parameters
    ----------
    estimands : tuple of Estimand
        What the answers were read for.
    dimensions : tuple of Dimension
        The dimensions of the domains.
    codes : tuple of numpy.ndarray of int, one for each dimension
        Each person's position among the labels.
    sample : numpy.ndarray of int
        Each person's sample, by the design's survey columns.
    weights : numpy.ndarray
        Each person's weight, calibrated where the design says so.
    persons : numpy.ndarray
        Number of persons of positive weight that each row stands for.
    where : dict of str to numpy.ndarray of bool
        Who meets the condition of each sum.
    values : dict of str to numpy.ndarray of float
        What each person adds to a sum that has values; 0 where the condition fails.
    sampling : Linearized, Replicated or None
        How sampling errors are found.
    ordered_by : str
        Name of the sum by whose values the persons are ordered; empty where they are not.
    """

    estimands: tuple[Estimand, ...]
    dimensions: tuple[Dimension, ...]
    codes: tuple[np.ndarray, ...]
    sample: np.ndarray
    weights: np.ndarray
    persons: np.ndarray
    where: dict[str, np.ndarray]
    values: dict[str, np.ndarray]
    sampling: Linearized | Replicated | None
    ordered_by: str = ""

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of labels of each dimension."""
        return tuple(len(d.labels) for d in self.dimensions)

    def adds(self, person_sum: PersonSum) -> np.ndarray:
        """Return what each person adds to a sum before weighting."""
        return self.values.get(person_sum.name, self.where[person_sum.name].astype(float))

    def counted(self, estimand: Estimand) -> tuple[Respondents, np.ndarray | None]:
        """Return the persons whom an estimand counts, and their places; for distributions, by rising value.

        With replicate weights all persons stay, since these would have to be copied; the places are None.
        """
        if isinstance(self.sampling, Replicated):
            return self, None
        named = {q.name for q in estimand.person_sums}
        rows = np.flatnonzero(np.any([self.where[name] for name in named], axis=0))
        by = "" if estimand.measure == "ratio" else estimand.numerator.name
        if by:
            rows = rows[np.argsort(self.values[by][rows], kind="stable")]
        distinct = {id(self.where[name]): self.where[name] for name in named}
        met = {key: condition[rows] for key, condition in distinct.items()}
        kept = replace(
            self,
            codes=(),
            sample=self.sample[rows],
            weights=self.weights[rows],
            persons=self.persons[rows],
            where={name: met[id(self.where[name])] for name in named},
            values={name: self.values[name][rows] for name in named if name in self.values},
            sampling=self.sampling and self.sampling.only(rows),
            ordered_by=by,
        )
        return kept, rows

    def alike(self) -> Respondents:
        """Put persons with replicate weights together whose domain, sample and answers are the same.

        On the way they are put together by chance as well, in as many groups as the rank of the replicate
        weights is found from. Without replicate weights the persons stay as they are.
        """
        sampling = self.sampling
        if not isinstance(sampling, Replicated):
            return self
        if self.values:
            return replace(self, sampling=sampling.ranked())
        bits = [met.astype(np.int64) for met in self.where.values()]
        shape = (*self.shape, int(self.sample.max(initial=0)) + 1, *(2 for _ in bits))
        if np.prod([float(n) for n in shape]) > 2**40:
            return replace(self, sampling=sampling.ranked())
        groups = Groups.of(
            radix([*self.codes, self.sample, *bits], shape, len(self.weights)), int(np.prod(shape))
        )
        places = 1 + 4 * len(sampling.replicate_weights) // len(groups.codes)
        by_chance = Groups.of(
            groups.index * places + chance(len(self.weights), places), len(groups.codes) * places
        )
        sampling = sampling.gathered(by_chance).ranked()
        alike = Groups.of(by_chance.codes // places, len(groups.codes))
        return self._gathered(by_chance, sampling)._gathered(alike, sampling.gathered(alike))

    def _gathered(self, groups: Groups, sampling: Replicated) -> Respondents:
        """Put groups of persons together who are all alike, whose replicate weights are given."""
        first = np.zeros(len(groups.codes), dtype=np.int64)
        first[groups.index[::-1]] = np.arange(len(groups.index))[::-1]
        return replace(
            self,
            codes=tuple(code[first] for code in self.codes),
            sample=self.sample[first],
            weights=groups.sum(self.weights),
            persons=groups.sum(self.persons),
            where={name: met[first] for name, met in self.where.items()},
            sampling=sampling,
        )


def read_respondents(
    persons: Any,
    estimands: Sequence[Estimand],
    design: SurveyDesign,
    by: Sequence[Classification],
    *,
    standard_errors: bool = True,
    lonely_psu: str = "fail",
    engine: str | None = None,
) -> Respondents:
    """Read into memory what estimates by person need.

    Parameters
    ----------
    persons, estimands, design, by, standard_errors, lonely_psu, engine
        As `estimate_domains` takes them.

    Returns
    -------
    Respondents
        In the order of the file.

    Raises
    ------
    KeyError, ValueError
        For missing columns, unusable weights, a missing stratum, PSU or replicate weight, totals that
        weights cannot be calibrated to, and standard errors asked of a design without PSUs or replicates.
    """
    if standard_errors and design.psu is None and design.replicates is None:
        raise ValueError(
            "survey design: no PSU and no replicate weights are named, which standard errors need; name the "
            "column of primary sampling units, or ask for values alone (--no-standard-errors, "
            "standard_errors=False)"
        )
    present = columns_of(persons)
    estimands = [of_working_age(estimand, present) for estimand in estimands]
    if not standard_errors:
        design = replace(design, stratum=None, psu=None, fpc=None, stages=(), replicates=None)
    read = dict.fromkeys(c for e in estimands for c in e.columns)
    read.update(dict.fromkeys((*design.columns, *(c for dimension in by for c in dimension.columns))))
    replicated = design.replicates.columns if design.replicates else ()
    on_disk = isinstance(persons, (str, Path, list, tuple)) and engine in (None, "pandas")
    if replicated and on_disk:  # hundreds of columns, of which pandas would make hundreds of blocks
        frame = nw.from_native(read_arrow(parquet_files(persons), [c for c in read if c in present]))
    else:
        frame = open_survey(persons, tuple(read), engine)
    require_columns(frame, estimands, design, by)
    in_memory, recorded = isinstance(frame, nw.DataFrame), frame
    if in_memory and replicated:
        apart = set(replicated) - set(replace(design, replicates=None).columns)
        frame = frame.select([c for c in read if c not in apart])
        frame = nw.from_native(as_pandas(frame.to_native())) if on_disk else frame
    frame = nan_as_missing(frame, but=(design.weight, *replicated))
    derived = {name: expression for e in estimands for name, expression in e.derived.items()}
    if derived:
        frame = frame.with_columns(**derived)
    person_sums = {q.name: q for e in estimands for q in e.person_sums}
    valued = {name: q for name, q in person_sums.items() if q.value is not None}
    one, none = nw.lit(1, nw.Int8), nw.lit(0, nw.Int8)
    conditions = {id(q.where): q.where for q in person_sums.values()}
    expressions = {f"q{i}": nw.when(c).then(one).otherwise(none) for i, c in enumerate(conditions.values())}
    expressions |= {f"v{i}": q.value.cast(nw.Float64) for i, q in enumerate(valued.values())}
    by_value = [len(dimension.columns) == 1 and in_memory for dimension in by]
    expressions |= {f"d{i}": dimension.expression for i, dimension in enumerate(by) if not by_value[i]}
    column_of = {column: column if in_memory else f"c{i}" for i, column in enumerate(design.columns)}
    plain = design.columns[:1] if in_memory else design.columns
    table = collect(
        frame.select(**expressions, **{f"c{i}": nw.col(column) for i, column in enumerate(plain)})
    )
    columns_held = frame if isinstance(frame, nw.DataFrame) else table

    def numbers(column: str) -> np.ndarray:
        return floats(columns_held, column_of[column]).astype(np.float64, copy=False)

    def weighing(column: str) -> np.ndarray:
        return floats(recorded, column) if in_memory else floats(table, column_of[column])

    weights = _usable(numbers(design.weight), design.weight)
    met = {key: table.get_column(f"q{i}").to_numpy() == 1 for i, key in enumerate(conditions)}
    where = {name: met[id(q.where)] for name, q in person_sums.items()}
    values = {
        name: np.where(where[name], table.get_column(f"v{i}").to_numpy(), 0.0)
        for i, name in enumerate(valued)
    }
    for name, value in values.items():
        if not np.all(np.isfinite(value)):
            raise ValueError(
                f"survey: {name} is missing or infinite for some person counted; expected numbers"
            )
    named = {f"s{i}": column for i, column in enumerate(design.survey)}
    named |= {KEYS[part]: c for part in KEYS if (c := getattr(design, part)) is not None}
    coded = {key: key_codes(columns_held, column_of[column]) for key, column in named.items()}
    dimensions, codes = [], []
    for i, classification in enumerate(by):
        if by_value[i]:
            code, labels = classified(frame, classification)
        else:
            code, labels = label_codes(key_codes(table, f"d{i}"), classification)
        nested = set(classification.columns) <= set(design.survey)
        dimensions.append(Dimension(classification.name, labels, nested))
        codes.append(code)
    refuse_identifiers(dimensions, max(met.sum() for met in where.values()))
    surveys = [coded[f"s{i}"] for i in range(len(design.survey))]
    sample = np.broadcast_to(0, len(weights))
    if surveys:
        sample = radix([code for code, _ in surveys], [len(v) for _, v in surveys], len(weights))
        sample = Groups.of(sample, int(sample.max()) + 1).index
    x = totals = None
    before = weights
    if design.calibration is not None:
        columns = {
            c: columns_held.get_column(column_of[c]).to_list()
            for k in design.calibration.margins
            for c in names(k)
        }
        x, totals = calibrators(design.calibration, columns, weights)
        weights = weights * design.calibration.factors(x, weights, totals)
    sampling: Linearized | Replicated | None = None
    if design.replicates is not None:
        sampling = Replicated.of(design, weighing, before, x, totals)
    elif design.psu is not None:
        units, unit = design_codes(coded, design)
        sampling = _linearized(design, units, unit, columns_held, column_of, numbers)
        sampling = replace(sampling, rule=lonely_psu).calibrated(x, before, weights)
    column_read = Respondents(
        tuple(estimands),
        tuple(dimensions),
        tuple(codes),
        sample,
        weights,
        np.broadcast_to(1.0, len(weights)) if (before > 0).all() else (before > 0).astype(float),
        where,
        values,
        sampling,
    )
    return column_read.alike()


def _linearized(
    design: SurveyDesign, units: Units, unit: np.ndarray, table, column_of, numbers
) -> Linearized:
    """Return the stages of a design, and each person's unit at the last."""
    levels = [first_level(unit, units.stratum, numbers(design.fpc) if design.fpc else None, design.fpc or "")]
    last = unit
    for stage in design.stages:
        coded = {}
        for column in filter(None, (stage.unit, stage.stratum)):
            coded[column] = code = key_codes(table, column_of[column])[0]
            if (code < 0).any():
                raise ValueError(
                    f"survey design: {column!r} is missing for {int((code < 0).sum())} persons; "
                    "expected a unit for each. Complete it, or leave these persons out by a counted rule"
                )
        stratum = coded[stage.stratum] if stage.stratum else None
        fpc = numbers(stage.fpc) if stage.fpc else None
        level, last = next_level(levels[-1], last, coded[stage.unit], stratum, fpc, stage.fpc or "")
        levels.append(level)
    return Linearized(tuple(levels), unit, last, units)


def _usable(weights: np.ndarray, name: str) -> np.ndarray:
    unusable = ~(np.isfinite(weights) & (weights >= 0))
    if unusable.any():
        raise ValueError(
            f"survey: {int(unusable.sum())} of {len(weights)} persons have a missing, negative or infinite "
            f"{name!r}; expected 0 or more. Correct the file, or leave these persons out by a counted rule"
        )
    with np.errstate(over="ignore"):
        if not np.isfinite(weights.sum()):
            raise ValueError(TOO_LARGE)
    if not weights.any():
        raise ValueError(
            f"survey: weight {name!r} is 0 for all {len(weights)} persons; expected at least one "
            "positive weight"
        )
    return weights
