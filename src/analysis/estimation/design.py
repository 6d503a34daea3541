"""The survey's design and the classifications that domains are formed by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import narwhals as nw

TOTAL, UNSPECIFIED = "_T", "_X"
"""SDMX codes of a total and of what is not allocated to any class."""

LONELY_PSU_RULES = ("fail", "remove", "adjust", "average", "certainty")
"""What to do with a stratum of a single PSU; the names and meanings of R's ``survey.lonely.psu``."""


@dataclass(frozen=True)
class SurveyDesign:
    """The columns that carry a survey's design.

    Parameters
    ----------
    weight : str
        Sampling weight, 0 or more. A missing, negative or infinite weight is an error.
    stratum : str, optional
        Stratum of the first stage; without it a survey is one stratum.
    psu : str, optional
        Primary sampling unit, unique within its stratum. Needed for standard errors; where persons or
        households were drawn directly, name their identifier.
    survey : tuple of str
        Columns that tell independent samples apart, such as country and year. Strata and PSUs of different
        samples are different, whatever their codes.

    Notes
    -----
    First-stage units are treated as drawn with replacement: no finite population correction.
    """

    weight: str = "ilo_wgt"
    stratum: str | None = None
    psu: str | None = None
    survey: tuple[str, ...] = ()

    def __post_init__(self):
        if isinstance(self.survey, str):
            raise TypeError(
                f"survey design: survey={self.survey!r} is text; expected a tuple of column names"
            )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the design reads."""
        return tuple(c for c in (self.weight, *self.survey, self.stratum, self.psu) if c is not None)


@dataclass(frozen=True, eq=False)
class Classification:
    """A dimension of domains: an expression that gives a code to each person.

    Parameters
    ----------
    name : str
        Name of the dimension in the results.
    expression : narwhals.Expr
        Code of a person; a missing code falls in no published class other than ``_X``.
    columns : tuple of str
        The columns that the expression reads.
    labels : mapping, optional
        What stands in the results for each code; codes that are absent from it become ``_X``.
    plain : bool
        Whether the expression is the single column itself.
    """

    name: str
    expression: nw.Expr
    columns: tuple[str, ...]
    labels: Mapping[int, str] | None = None
    plain: bool = False


def classify(dimension: str | Classification) -> Classification:
    """Return a classification, taking a column's name as the classification by its codes."""
    if isinstance(dimension, Classification):
        return dimension
    return Classification(dimension, nw.col(dimension), (dimension,), plain=True)


def age_bands(
    bands: Sequence[tuple[int, int | None]] = ((15, 24), (25, 54), (55, 64), (65, None)),
    *,
    name: str = "age",
    column: str = "ilo_age",
) -> Classification:
    """Classify persons by bands of completed years, under the SDMX codes ``Y15T24`` and ``Y_GE65``.

    Parameters
    ----------
    bands : sequence of (int, int or None), years
        First and last year of each band, in rising order, not overlapping; None leaves the last band open.
    name : str
        Name of the dimension.
    column : str
        Column of age in completed years; a missing age, or one outside the bands, is ``_X``.

    Returns
    -------
    Classification
        The bands in the order given.

    Raises
    ------
    ValueError
        When a band ends before it begins, or two overlap.
    """
    age, rises, labels, ceiling = nw.col(column), {}, {}, -1
    for number, (first, last) in enumerate(bands, start=1):
        if first <= ceiling or (last is not None and last < first):
            raise ValueError(
                f"age_bands: band {first}–{last} ends before it begins, or overlaps the one before; "
                "expected rising bands that do not overlap, such as (15, 24), (25, None)"
            )
        rises[first] = rises.get(first, 0) + number
        if last is not None:
            rises[last + 1] = -number
        labels[number] = f"Y_GE{first}" if last is None else f"Y{first}T{last}"
        ceiling = float("inf") if last is None else last
    steps = ((age >= year).cast(nw.Int16) * rise for year, rise in rises.items())
    return Classification(name, reduce(add, steps), (column,), labels)
