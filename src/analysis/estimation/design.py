"""The survey's design and the classifications that domains are formed by."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import narwhals as nw

from analysis.estimation.calibration import Calibration
from analysis.estimation.replication import Replicates

TOTAL, UNSPECIFIED = "_T", "_X"
"""SDMX codes of a total and of what is not allocated to any class."""

LONELY_PSU_RULES = ("fail", "remove", "adjust", "average", "certainty")
"""What to do with a stratum of a single PSU; the names and meanings of R's ``survey.lonely.psu``."""


@dataclass(frozen=True)
class Stage:
    """A further stage of sampling, within the units of the stage before.

    Parameters
    ----------
    unit : str
        Column of the units drawn, unique within the unit of the stage before.
    fpc : str, optional
        Column of the finite population correction, as in `SurveyDesign`; without it this stage, and any
        after it, is the last that counts.
    stratum : str, optional
        Column of the strata within which they were drawn.
    """

    unit: str
    fpc: str | None = None
    stratum: str | None = None


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
    fpc : str, optional
        Finite population correction of the first stage: a column with the number of PSUs in the population
        of the stratum or, where no value exceeds 1, the share of them that was drawn. Without it PSUs are
        treated as drawn with replacement.
    stages : tuple of Stage
        Further stages, which count only where the first has a finite population correction.
    replicates : Replicates, optional
        Replicate weights, which then give the standard errors instead of strata and PSUs.
    calibration : Calibration, optional
        Known totals that the weights are to reproduce, or already do.

    Raises
    ------
    ValueError
        When further stages are named without a finite population correction before them, or replicate
        weights together with PSUs' corrections.
    """

    weight: str = "ilo_wgt"
    stratum: str | None = None
    psu: str | None = None
    survey: tuple[str, ...] = ()
    fpc: str | None = None
    stages: tuple[Stage, ...] = ()
    replicates: Replicates | None = None
    calibration: Calibration | None = None

    def __post_init__(self):
        corrected = [self.fpc, *(stage.fpc for stage in self.stages)]
        if None in corrected[:-1]:
            raise ValueError(
                f"survey design: stage {corrected.index(None) + 2} counts only with a finite population "
                "correction at the stage before; name its column (fpc), or leave the stage out"
            )
        if self.replicates is not None and (self.fpc or self.stages):
            raise ValueError(
                "survey design: replicate weights hold the design's corrections already; expected no "
                "fpc and no stages beside them"
            )
        if isinstance(self.survey, str):  # type: ignore[unreachable]  # callers may not be checked
            raise TypeError(
                f"survey design: survey={self.survey!r} is text; expected a tuple of column names"
            )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the design reads."""
        read = [self.weight, *self.survey, self.stratum, self.psu, self.fpc]
        read += [c for stage in self.stages for c in (stage.unit, stage.stratum, stage.fpc)]
        read += self.replicates.columns if self.replicates else ()
        read += self.calibration.columns if self.calibration else ()
        return tuple(dict.fromkeys(c for c in read if c is not None))

    @property
    def by_person(self) -> bool:
        """Whether estimates need every person's own weights, and not only sums over PSUs."""
        return any((self.fpc, self.stages, self.replicates, self.calibration))


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
    """Return a classification, taking a column's name as the classification by its codes.

    Parameters
    ----------
    dimension : str or Classification
        A column of the survey, or a classification, which is returned as it is.

    Returns
    -------
    Classification
        By the column's codes as they stand.
    """
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
    age, ceiling = nw.col(column), -math.inf
    rises: dict[int, int] = {}
    labels: dict[int, str] = {}
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
        ceiling = math.inf if last is None else last
    steps = ((age >= year).cast(nw.Int16) * rise for year, rise in rises.items())
    return Classification(name, reduce(add, steps), (column,), labels)
