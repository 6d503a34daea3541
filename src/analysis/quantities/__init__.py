"""Quantities: arithmetic over recorded numbers, with unit, interval, sentence, formula and provenance."""

from analysis.quantities.expression import Quantity, evaluate
from analysis.quantities.reading import cells, provenance, sentence
from analysis.quantities.tables import Recorded, RecordedTable, SelectionError, Source, Value
from analysis.quantities.units import UnitError
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
    point_change,
    rank,
    rate,
    share,
    tally,
    total,
    value,
)

__all__ = [
    "Quantity",
    "Recorded",
    "RecordedTable",
    "SelectionError",
    "Source",
    "UnitError",
    "Value",
    "cells",
    "change",
    "constant",
    "count_rows",
    "counted_as",
    "difference",
    "equals",
    "evaluate",
    "is_at_least",
    "is_less",
    "is_more",
    "mean",
    "point_change",
    "provenance",
    "rank",
    "rate",
    "sentence",
    "share",
    "tally",
    "total",
    "value",
]
