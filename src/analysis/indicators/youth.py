"""Rates of young persons, aged 15–24 as the United Nations count youth."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.indicators import populations as groups
from analysis.indicators.declaration import PersonSum, indicator
from analysis.indicators.labour import WORK
from analysis.indicators.labour_force_status import RECORDED
from analysis.indicators.populations import Status

FIRST, LAST = 15, 24
"""Years of age of youth, both included."""


def _young(group: Callable[[Status], PersonSum], status: Status) -> PersonSum:
    of = group(status)
    where = of.where & groups.aged(FIRST, LAST)
    return PersonSum(f"youth_{of.name}", where, (*of.columns, "ilo_age"))


def _rate(
    above: Callable[[Status], PersonSum], below: Callable[[Status], PersonSum], status: Status
) -> Mapping:
    return groups.ratio_of(status, _young(above, status), _young(below, status))


@indicator(
    title="Youth unemployment rate",
    formula="unemployed aged 15–24 / labour force aged 15–24",
    unit="percent",
    age="15–24",
    sdg="8.5.2",
    standard=f"{WORK}, paragraphs 47–48; UN SDG metadata 8.5.2; KILM 10a",
)
def youth_unemployment_rate(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of the young labour force that is unemployed, in per cent.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.

    Returns
    -------
    Estimand
        :math:`100\, U_Y / (E_Y + U_Y)`. A person whose age or status is missing is in neither sum.
    """
    return _rate(groups.unemployed, groups.labour_force, practice)


@indicator(
    title="Youth employment-to-population ratio",
    formula="employed aged 15–24 / population aged 15–24",
    unit="percent",
    age="15–24",
    standard=f"{WORK}, paragraph 27; KILM 2",
)
def youth_employment_population_ratio(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of young persons that is employed, in per cent.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.

    Returns
    -------
    Estimand
        :math:`100\, E_Y / (E_Y + U_Y + O_Y)`. A person whose age or status is missing is in neither sum.
    """
    return _rate(groups.employed, groups.working_age, practice)


@indicator(
    title="Youth labour force participation rate",
    formula="(employed + unemployed) aged 15–24 / population aged 15–24",
    unit="percent",
    age="15–24",
    standard=f"{WORK}, paragraph 17; KILM 1",
)
def youth_labour_force_participation_rate(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of young persons in the labour force, in per cent.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.

    Returns
    -------
    Estimand
        :math:`100\, (E_Y + U_Y) / (E_Y + U_Y + O_Y)`. A person whose age or status is missing is in neither
        sum.
    """
    return _rate(groups.labour_force, groups.working_age, practice)
