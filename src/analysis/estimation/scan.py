"""One pass over the microdata: weighted sums by survey, stratum, PSU and domain, the same on every engine.

Weights are rounded once to multiples of a power of two, small enough that no sum can overflow 64 bits, and
added as integers. Integer addition does not depend on order, so that parallel engines give the same sums,
bit for bit, in every run; the rounding of one weight is at most one part in :math:`2^{62}` of the largest
sum that the sample allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil, inf, isfinite, log2
from operator import add
from typing import Any

import narwhals as nw

from analysis.estimation.batches import Batch
from analysis.estimation.design import Classification, SurveyDesign
from analysis.estimation.engines import collect, open_survey, value_range
from analysis.estimation.pandas_cells import pandas_cells
from analysis.indicators import Estimand, PersonSum
from analysis.sources.harmonised import harmonised
from analysis.sources.not_a_number import nan_as_missing

TOO_LARGE = "survey: weights add up to more than a number can hold; expected persons, not powers of ten"
KEYS = {"stratum": "__stratum", "psu": "__psu"}


@dataclass(frozen=True, eq=False)
class Scanned:
    """Cells as the engine returned them, with what is needed to read them.

    Parameters
    ----------
    cells : narwhals.DataFrame
        One row for each combination of keys: ``d0, d1, …`` the dimensions, ``s0, …`` the survey keys,
        ``__stratum`` and ``__psu``; and the integer sums: ``w_*`` weighted, ``n_*`` persons, ``c_*`` persons
        of positive weight.
    dimensions : tuple of str
        The key of each dimension; that of a survey key where the dimension is one.
    exponents : dict of str to int
        Power of two by which each weighted value was multiplied, and weights themselves under ``""``.
    """

    cells: Any
    dimensions: tuple[str, ...]
    exponents: dict[str, int]


def scan(
    persons: Any,
    estimands: Sequence[Estimand],
    design: SurveyDesign,
    by: Sequence[Classification],
    *,
    standard_errors: bool = True,
    engine: str | None = None,
    exponents: dict[str, int] | None = None,
) -> Scanned:
    """Reduce microdata to cells in one group-by.

    Parameters
    ----------
    persons : dataframe, lazy frame, relation, path, or batch
        One row a person: pandas, Polars, DuckDB, Dask or PySpark; or Parquet files, opened by `engine`; or
        some samples of them.
    estimands : sequence of Estimand
        What will be estimated.
    design : SurveyDesign
        The design's columns.
    by : sequence of Classification
        The dimensions of the domains.
    standard_errors : bool
        Whether to keep strata and PSUs apart.
    engine : {"pandas", "polars", "duckdb", "dask", "pyspark"}, optional
        Which engine opens a path; a frame keeps its own.
    exponents : dict of str to int, optional
        Powers of two found by a scan of a larger sample that this one is a part of.

    Returns
    -------
    Scanned
        The cells, not in any order.

    Raises
    ------
    KeyError
        When the survey lacks a column that an estimand, the design or a dimension reads.
    ValueError
        When weights are missing, negative or infinite, or sum to zero.
    """
    if not standard_errors:
        design = SurveyDesign(weight=design.weight)
    read = dict.fromkeys(c for e in estimands for c in e.columns)
    read.update(dict.fromkeys(design.columns))
    read.update(dict.fromkeys(c for dimension in by for c in dimension.columns))
    if isinstance(persons, Batch):
        frame = persons.open(tuple(read), engine)
    else:
        frame = open_survey(persons, tuple(read), engine)
    require_columns(frame, estimands, design, by)
    frame = nan_as_missing(frame, but=(design.weight,))

    derived = {name: expression for e in estimands for name, expression in e.derived.items()}
    if derived:
        frame = frame.with_columns(**derived)
    person_sums = {q.name: q for e in estimands for q in e.person_sums}
    counted = {f"c_{e.cases.name}" for e in estimands}
    if standard_errors:
        counted |= {f"n_{e.universe.name}" for e in estimands}
    of_survey = {column: f"s{i}" for i, column in enumerate(design.survey)}
    named = [(of_survey.get(d.columns[0], f"d{i}") if d.plain else f"d{i}") for i, d in enumerate(by)]
    keys: dict[str, nw.Expr] = {key: dimension.expression for key, dimension in zip(named, by, strict=True)}
    if standard_errors:
        keys.update({key: nw.col(column) for column, key in of_survey.items()})
        keys.update({KEYS[part]: nw.col(c) for part in KEYS if (c := getattr(design, part)) is not None})
    if not keys:
        keys = {"__all": (nw.col(design.weight) * 0).cast(nw.Int64)}
    few = not standard_errors and len(person_sums) < 62
    if exponents is None and few and engine in ("polars", "duckdb"):
        of_footers = _exponents_told(persons, design.weight, person_sums.values())
        if of_footers is not None:
            try:
                cells = _group(frame, keys, person_sums, counted, design.weight, of_footers, by_answers=True)
                return Scanned(cells, tuple(named), of_footers)
            except Exception:  # each engine has its own; a weight that is no number is told as any other
                _exponents(frame, design.weight, person_sums.values())
                raise
    if exponents is None:
        exponents = _exponents(frame, design.weight, person_sums.values())
    if isinstance(frame, nw.DataFrame) and frame.implementation.is_pandas():
        cells = pandas_cells(frame, keys, person_sums, counted, design.weight, exponents)
    else:
        cells = _group(frame, keys, person_sums, counted, design.weight, exponents, by_answers=few)
    return Scanned(cells, tuple(named), exponents)


def _exponents_told(persons: Any, weight: str, person_sums: Iterable[PersonSum]) -> dict[str, int] | None:
    """Choose as `_exponents` does, without reading weights, by what Parquet footers tell of them.

    None where they do not tell enough. They do not tell of weights that are no number: these Polars and
    DuckDB refuse to round.
    """
    span = value_range(persons, weight) if all(q.value is None for q in person_sums) else None
    if span is None:
        return None
    rows, least, largest = span
    return {"": _exponent(rows * largest)} if least >= 0 and 0 < largest < inf else None


def _group(
    frame: Any,
    keys: Mapping[str, nw.Expr],
    person_sums: Mapping[str, PersonSum],
    counted: set[str],
    weight: str,
    exponents: Mapping[str, int],
    *,
    by_answers: bool,
) -> nw.DataFrame:
    """Take the sums over groups in the engine itself; the same sums as `pandas_cells`.

    Where groups are few, persons are first added up by group and by which of the conditions they meet, once
    for all conditions; else condition by condition.
    """
    read = {"__w": _fixed_point(nw.col(weight), exponents[""])}
    for name, person_sum in person_sums.items():
        if person_sum.value is not None:
            value = nw.when(person_sum.where).then(person_sum.value).otherwise(nw.lit(0.0))
            read[f"w_{name}"] = _fixed_point(nw.col(weight) * value, exponents[name])
    where, one = {name: person_sum.where for name, person_sum in person_sums.items()}, nw.lit(1)
    positive = nw.col(weight) > 0
    if by_answers:
        bits = {name: 1 << place for place, name in enumerate(person_sums)}
        met = [nw.when(where[name]).then(nw.lit(bit)).otherwise(nw.lit(0)) for name, bit in bits.items()]
        last = 1 << len(bits)
        met.append(nw.when(positive).then(nw.lit(last)).otherwise(nw.lit(0)))
        groups = frame.select(**keys, **read, __met=reduce(add, met)).group_by(*keys, "__met")
        added = groups.agg(*(nw.col(name).sum() for name in read), __n=nw.col("__w").count())
        whole = (nw.col(name).cast(nw.Int64) for name in ("__met", "__n", *read))
        frame = collect(added.select(*keys, *whole))
        keys, one = {key: nw.col(key) for key in keys}, nw.col("__n")
        where = {name: nw.col("__met") // bit % 2 == 1 for name, bit in bits.items()}
        positive = nw.col("__met") // last % 2 == 1
    else:
        frame = frame.with_columns(**read)
    sums: dict[str, nw.Expr] = {}
    for name, condition in where.items():
        weighted = nw.when(condition).then(nw.col("__w")).otherwise(nw.lit(0))
        sums[f"w_{name}"] = nw.col(f"w_{name}") if f"w_{name}" in read else weighted
        for key, who in ((f"c_{name}", condition & positive), (f"n_{name}", condition)):
            if key in counted:
                sums[key] = nw.when(who).then(one).otherwise(nw.lit(0))
    cells = frame.select(**keys, **sums).group_by(*keys).agg(*(nw.col(name).sum() for name in sums))
    return collect(cells.select(*keys, *(nw.col(name).cast(nw.Int64) for name in sums)))


def _fixed_point(number: nw.Expr, exponent: int) -> nw.Expr:
    return (number.cast(nw.Float64) * 2.0**exponent + 0.5).floor().cast(nw.Int64)


def require_columns(
    frame: Any, estimands: Sequence[Estimand], design: SurveyDesign, by: Sequence[Classification]
) -> None:
    """Refuse a survey that lacks a column that is read, or holds codes and numbers as text.

    Raises
    ------
    KeyError
        With every missing column and what reads it.
    ValueError
        With every harmonised column of codes or numbers that holds something else.
    """
    schema = frame.collect_schema()
    present = set(schema.names())
    readers = [(f"indicator {e.indicator}", e.columns) for e in estimands]
    readers += [("the survey design", design.columns)]
    readers += [(f"the dimension {dimension.name}", dimension.columns) for dimension in by]
    lacking: dict[str, dict[str, None]] = {}
    for reader, columns in readers:
        for column in columns:
            if column not in present:
                lacking.setdefault(column, {})[reader] = None
    if lacking:
        columns_lacking = "; ".join(f"{column} (read by {', '.join(of)})" for column, of in lacking.items())
        number = "1 column is" if len(lacking) == 1 else f"{len(lacking)} columns are"
        instead = "Map the survey's columns to these names first"
        if not set(lacking) & set(harmonised()):
            kept = ", ".join(f'"{column}"' for column in lacking)
            instead = f"A mapping carries the survey's own columns along by keep = [{kept}] under [survey]"
        raise KeyError(
            f"survey: {number} missing: {columns_lacking}; found {', '.join(sorted(present))}. {instead}"
        )
    known, read = harmonised(), dict.fromkeys(c for e in estimands for c in (*e.columns, design.weight))
    texts = [
        f"{column} ({schema[column]})"
        for column in read
        if column in known and known[column].kind != "identifier" and not schema[column].is_numeric()
    ]
    if texts:
        raise ValueError(
            f"survey: {', '.join(texts)}: expected numbers, with which codes are compared. Read the survey "
            "by analysis.sources.microdata.survey, or analysis.estimate, which turn text into codes"
        )


def _exponents(frame: Any, weight: str, person_sums: Iterable[PersonSum]) -> dict[str, int]:
    """Choose, for weights and every weighted value, the power of two that no sum can overflow."""
    valued = [q for q in person_sums if q.value is not None]
    number = nw.col(weight).cast(nw.Float64)
    usable = (number >= 0) & number.is_finite()
    reads = {
        "unusable": nw.when(usable).then(nw.lit(0)).otherwise(nw.lit(1)).sum(),
        "persons": nw.len(),
        "": nw.when(usable).then(number).otherwise(nw.lit(0.0)).max(),
    }
    for i, q in enumerate(valued):
        product = nw.when(q.where & usable).then(number * q.value).otherwise(nw.lit(0.0))
        reads[f"v{i}"] = product.abs().max()
    exponents = {
        k: v[0] for k, v in collect(frame.select(**{k or "w": e for k, e in reads.items()})).to_dict().items()
    }
    persons, unusable, largest = (
        int(exponents["persons"] or 0),
        int(exponents["unusable"] or 0),
        exponents["w"],
    )
    if unusable:
        raise ValueError(
            f"survey: {unusable} of {persons} persons have a missing, negative or infinite {weight!r}; "
            "expected 0 or more. Correct the file, or leave these persons out by a counted rule"
        )
    if not persons or not largest:
        raise ValueError(
            f"survey: weight {weight!r} is 0 for all {persons} persons; expected at least one positive weight"
        )
    chosen = {"": _exponent(persons * largest)}
    for i, q in enumerate(valued):
        bound = exponents[f"v{i}"]
        if not isfinite(bound):
            raise ValueError(f"survey: {q.name} is infinite for some person; expected finite values")
        chosen[q.name] = _exponent(persons * bound) if bound else 0
    return chosen


def _exponent(bound: float) -> int:
    if not isfinite(bound):
        raise ValueError(TOO_LARGE)
    return 62 - ceil(log2(bound))
