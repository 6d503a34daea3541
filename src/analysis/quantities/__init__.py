"""A published number is a quantity: arithmetic over recorded numbers, written once and read in five ways."""

from analysis.quantities.expression import Quantity
from analysis.quantities.intervals import Value
from analysis.quantities.pandas_code import base_unit_tables, pandas_code
from analysis.quantities.provenance import provenance, selections
from analysis.quantities.spreadsheet import formula
from analysis.quantities.tables import Recorded, RecordedTable, SelectionError, Source
from analysis.quantities.units import UnitError
from analysis.quantities.values import evaluate
from analysis.quantities.vocabulary import (
    change,
    constant,
    count_rows,
    counted_as,
    difference,
    equals,
    is_at_least,
    is_less,
    is_more,
    mean,
    pairs,
    point_change,
    rank,
    rate,
    share,
    tally,
    total,
    value,
)
from analysis.quantities.wording import sentence

__all__ = [
    "Quantity",
    "Recorded",
    "RecordedTable",
    "SelectionError",
    "Source",
    "UnitError",
    "Value",
    "base_unit_tables",
    "change",
    "constant",
    "count_rows",
    "counted_as",
    "difference",
    "equals",
    "evaluate",
    "formula",
    "is_at_least",
    "is_less",
    "is_more",
    "mean",
    "pairs",
    "pandas_code",
    "point_change",
    "provenance",
    "rank",
    "rate",
    "selections",
    "sentence",
    "share",
    "tally",
    "total",
    "value",
]
