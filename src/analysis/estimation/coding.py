"""Keys as numbers: the values of dimensions, strata and PSUs as positions among their sorted values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import narwhals as nw
import numpy as np

from analysis.estimation.design import TOTAL, UNSPECIFIED, Classification, SurveyDesign
from analysis.estimation.grouping import Groups, radix, unradix
from analysis.estimation.scan import KEYS
from analysis.sources.survey_identifiers import as_told, written_twice
from analysis.sources.value_labels import code_text

TOGETHER = 2**16
"""Persons who are looked through at once."""


@dataclass(frozen=True, eq=False)
class Units:
    """The primary sampling units of the whole sample, numbered stratum by stratum.

    Parameters
    ----------
    stratum : numpy.ndarray of int
        The stratum of each unit, rising.
    size : numpy.ndarray of int
        Number of units of each stratum.
    names : numpy.ndarray of object, one row a stratum
        Its codes in the file: those of the sample, then its own.
    """

    stratum: np.ndarray
    size: np.ndarray
    names: np.ndarray


def floats(persons: Any, name: str) -> np.ndarray:
    """Return a column as floating-point numbers, of its own width where it holds such."""
    if persons.implementation.is_pandas():
        recorded = persons.to_native()[name]
        if isinstance(recorded.dtype, np.dtype) and recorded.dtype.kind == "f":
            return recorded.to_numpy()
    if persons.implementation.is_pyarrow():  # hundreds of replicate weights, each a column
        recorded = persons.to_native().column(name)
        if str(recorded.type) in ("float", "double"):
            return recorded.to_numpy()
    column = persons.get_column(name)
    return (column if column.dtype.is_float() else column.cast(nw.Float64)).to_numpy()


Factorized = tuple[np.ndarray, np.ndarray]
"""Each row's position among a key's sorted distinct values (-1 if missing), and the values."""


def key_codes(cells: Any, name: str) -> Factorized:
    """Return a key's codes: the positions of its values, and the values."""
    column = cells.get_column(name)
    if column.dtype.is_integer() and len(column) and not column.null_count():
        numbers = column.to_numpy()
        first, last = int(numbers.min()), int(numbers.max())
        if last - first <= 4 * len(numbers) + 1_000_000:
            beyond = np.subtract(numbers, first, dtype=np.int64) if first else numbers
            groups = Groups.of(beyond, last - first + 1)
            return groups.index, groups.codes + first
    import pyarrow as pa
    import pyarrow.compute as pc

    values = column.to_arrow()
    chunked = pa.chunked_array(values) if isinstance(values, pa.ChunkedArray) else pa.chunked_array([values])
    if pa.types.is_dictionary(chunked.type):
        chunked = chunked.cast(chunked.type.value_type)
    if pa.types.is_floating(chunked.type):
        chunked = pc.if_else(pc.is_nan(chunked), None, chunked)
    encoded = chunked.combine_chunks().dictionary_encode()
    order = _order(encoded.dictionary)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    position = encoded.indices.fill_null(-1).to_numpy().astype(np.int64)
    position = np.where(position >= 0, rank[position], -1) if len(rank) else np.full(len(position), -1)
    return position, encoded.dictionary.take(pa.array(order)).to_numpy(zero_copy_only=False)


def _order(values: Any) -> np.ndarray:
    """Return the order of distinct values; whole numbers held as text stand in the order of the numbers.

    So the strata and PSUs of a survey stand in one order whatever the form of its file, and their sums agree
    to the last bit.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    order = pc.array_sort_indices(values).to_numpy()
    text = pa.types.is_string(values.type) or pa.types.is_large_string(values.type)
    if not text or not pc.all(pc.match_substring_regex(values, r"^-?[0-9]{1,18}$")).as_py():
        return order
    numbers = pc.cast(values.take(pa.array(order)), pa.int64()).to_numpy()
    return order[np.argsort(numbers, kind="stable")]


def classified(persons: Any, classification: Classification) -> Factorized:
    """Return label codes by a classification of one column, found once for each value that the column has."""
    code, values = key_codes(persons, classification.columns[0])
    wanted = len(values) + (code.min() < 0)  # missing as -1, the last
    somebody = np.full(wanted, -1, dtype=np.int64)
    for start in range(0, len(code), TOGETHER):
        some = code[start : start + TOGETHER]
        somebody[some] = np.arange(start, start + len(some))
        if (somebody >= 0).all():
            break
    keys = key_codes(persons[somebody].select(key=classification.expression), "key")
    own, labels = label_codes(keys, classification)
    return own.astype(np.int32)[code], labels


def label_codes(column: Factorized, classification: Classification) -> Factorized:
    """Return the position of each row among a classification's labels, and the labels, ``_X`` the last."""
    code, values = column
    if classification.labels is None:
        place: Sequence[int] = range(len(values))
        labels = [code_text(v) for v in values]
        _refuse_confused(classification.name, labels)
    else:
        known, labels = list(classification.labels), list(classification.labels.values())
        place = [known.index(v) if v in classification.labels else len(labels) for v in values]
    code = np.array([*place, len(labels)], dtype=np.int64)[code]  # a missing value's -1 is the last
    if len(code) and code.max() == len(labels):
        labels = [*labels, UNSPECIFIED]
    return code, np.array(labels, dtype=object)


def _refuse_confused(dimension: str, labels: Sequence[str]) -> None:
    """Refuse codes that a reader would take for one, as where files were put together, or for a total."""
    for label in (TOTAL, UNSPECIFIED):
        if label in labels:
            raise ValueError(
                f"dimension {dimension}: holds the code {label!r}, which stands for "
                f"{'the total' if label == TOTAL else 'persons without a code'}; give it another name"
            )
    if twice := written_twice([(label,) for label in labels]):
        raise ValueError(
            f"dimension {dimension}: its codes {as_told(twice[0])} are one code in two ways of writing, and "
            "would be two domains; write each code in one way"
        )


def design_codes(coded: Mapping[str, Factorized], design: SurveyDesign) -> tuple[Units, np.ndarray]:
    """Number the strata over all samples and the PSUs of each stratum; return them, and each row's PSU."""
    keys = {f"s{i}": column for i, column in enumerate(design.survey)}
    keys |= {key: column for part, key in KEYS.items() if (column := getattr(design, part)) is not None}
    for key, column in keys.items():
        code = coded[key][0]
        if code.min(initial=0) < 0:
            missing = int((code < 0).sum())
            raise ValueError(
                f"survey design: column {column!r} is missing in {missing} of {len(code)} cells; "
                "expected a value for every person. Complete it, or leave these persons out by a counted rule"
            )
    *parts, (psu_code, psu_values) = [coded[key] for key in keys]
    shape = [len(values) for _, values in parts]
    strata = Groups.of(radix([code for code, _ in parts], shape, len(psu_code)), prod(shape))
    names = np.empty((len(strata.codes), len(shape)), dtype=object)
    for part, code in enumerate(unradix(strata.codes, shape)):
        names[:, part] = parts[part][1][code]
    nesting = np.empty(len(psu_values), dtype=np.int64)
    nesting[psu_code] = strata.index
    if np.array_equal(nesting[psu_code], strata.index):  # no PSU's code stands in two strata
        order = np.argsort(nesting, kind="stable")
        stratum, unit = nesting[order], np.empty_like(order)
        unit[order] = np.arange(len(order))
        unit = unit[psu_code]
    else:
        units = Groups.of(strata.index * len(psu_values) + psu_code, len(strata.codes) * len(psu_values))
        stratum, unit = units.codes // len(psu_values), units.index
    return Units(stratum, np.bincount(stratum, minlength=len(strata.codes)), names), unit
