"""Hours worked per person of working age, and working-hour losses in full-time equivalents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import narwhals as nw

from analysis.indicators import populations as groups
from analysis.indicators.declaration import PersonSum, indicator
from analysis.indicators.labour_force_status import EMPLOYED, OUTSIDE, RECORDED, UNEMPLOYED
from analysis.indicators.populations import Status

SOURCE = "ILOSTAT, ILO Monitor on the World of Work database description"


@indicator(
    title="Weekly hours worked per person aged 15–64",
    formula="weekly hours actually worked in all jobs / population aged 15–64",
    unit="hours a week",
    age="hours 15+, population 15–64",
    standard=SOURCE,
    proportion=False,
)
def weekly_hours_per_person(*, practice: Status = RECORDED) -> Mapping:
    """Weekly hours that the employed actually work in all jobs, divided by the population aged 15–64.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.

    Returns
    -------
    Estimand
        :math:`H / P_{15-64}` in hours a week, from ``ilo_joball_how_actual``. A person whose status, or an
        employed person whose hours, is missing is in neither sum.
    """
    lfs, hours = nw.col(practice.column), nw.col("ilo_joball_how_actual")
    working = (lfs == EMPLOYED) & (hours >= 0)
    of_age = (working | (lfs == UNEMPLOYED) | (lfs == OUTSIDE)) & groups.aged(15, 64)
    columns = (practice.column, "ilo_joball_how_actual", "ilo_age")
    unknown = {"ilo_joball_how_actual": (lfs == EMPLOYED) & groups.unclassified("ilo_joball_how_actual")}
    above = PersonSum(f"hours__{practice.column}", working & groups.aged(15), columns, hours)
    below = PersonSum(f"population_15_64__{practice.column}", of_age, columns)
    either = PersonSum(f"working_or_15_64__{practice.column}", of_age | (working & groups.aged(15)), columns)
    return {**groups.ratio_of(practice, above, below, unknown), "universe": either}


class WorkingHourLoss(NamedTuple):
    """Working hours lost: `percent` of the baseline, and `jobs` in full-time equivalents (persons)."""

    percent: float
    jobs: float


def working_hour_losses(
    hours_per_person: float, baseline_hours_per_person: float, population: float, *, hours_per_job: float = 48
) -> WorkingHourLoss:
    r"""Working hours lost against a baseline, adjusted for population, in per cent and full-time equivalents.

    Parameters
    ----------
    hours_per_person : float or array, hours a week
        Weekly hours worked divided by the population aged 15–64, in the period.
    baseline_hours_per_person : float or array, hours a week
        The same in the baseline (the ILO's is the fourth quarter of 2019, seasonally adjusted).
    population : float or array, persons
        Population aged 15–64 in the period.
    hours_per_job : float, hours a week
        Hours of a full-time job: 48 or 40.

    Returns
    -------
    WorkingHourLoss
        :math:`100\,(1 - h_t / h_0)` per cent and :math:`(h_0 - h_t) P_t / f` jobs; a gain is negative, and a
        missing input makes a missing loss.

    Raises
    ------
    ValueError
        When `hours_per_job` is not positive or exceeds 168.

    References
    ----------
    ILOSTAT, ILO Monitor on the World of Work database description.
    """
    if not 0 < hours_per_job <= 168:
        raise ValueError(
            f"working_hour_losses: hours_per_job={hours_per_job!r}; expected hours a week, such as 48 or 40"
        )
    lost = baseline_hours_per_person - hours_per_person
    return WorkingHourLoss(100.0 * lost / baseline_hours_per_person, lost * population / hours_per_job)
