"""Keys as numbers: the values of dimensions, strata and PSUs as positions among their sorted values."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from analysis.estimation.design import UNSPECIFIED, Classification, SurveyDesign
from analysis.estimation.grouping import Groups, radix, unradix
from analysis.estimation.scan import KEYS, Scanned


def key_codes(cells: Any, name: str) -> tuple[np.ndarray, np.ndarray]:
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


def label_codes(
    column: tuple[np.ndarray, np.ndarray], classification: Classification
) -> tuple[np.ndarray, np.ndarray]:
    """Return the position of each row among a classification's labels, and the labels, ``_X`` the last."""
    code, values = column
    if classification.labels is None:
        labels = [code_text(v) for v in values]
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


def code_text(value: Any) -> str:
    """Return a code as text; a whole number without decimals."""
    return str(int(value)) if isinstance(value, (float, np.floating)) and value == int(value) else str(value)


def design_codes(
    scanned: Scanned, design: SurveyDesign
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Number the strata over all samples and the PSUs within each stratum; count the PSUs of each stratum."""
    cells, rows = scanned.cells, len(scanned.cells)
    parts = [(f"s{i}", column) for i, column in enumerate(design.survey)]
    parts += [(KEYS["stratum"], design.stratum)] if design.stratum is not None else []
    coded = []
    for key, column in [*parts, (KEYS["psu"], design.psu)]:
        code, values = key_codes(cells, key)
        missing = int((code < 0).sum())
        if missing:
            raise ValueError(
                f"survey design: column {column!r} is missing in {missing} of {rows} cells; "
                "expected a value for every person. Complete it, or leave these persons out by a counted rule"
            )
        coded.append((code, values))
    shape = [len(values) for _, values in coded[:-1]]
    strata = Groups.of(radix([code for code, _ in coded[:-1]], shape, rows), prod(shape))
    names = np.empty((len(strata.codes), len(shape)), dtype=object)
    for part, code in enumerate(unradix(strata.codes, shape)):
        names[:, part] = coded[part][1][code]
    psu_code, psu_values = coded[-1]
    units = Groups.of(strata.index * len(psu_values) + psu_code, len(strata.codes) * len(psu_values))
    home = units.codes // len(psu_values)
    psus = np.bincount(home, minlength=len(strata.codes))
    first = np.cumsum(psus) - psus
    within = np.arange(len(units.codes)) - first[home]
    return strata.index, within[units.index], psus, names
