"""Earnings of employees (SDG 8.5.1): average and median hourly earnings, and low pay."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from analysis.indicators import populations as groups
from analysis.indicators.declaration import PersonSum, indicator
from analysis.indicators.informality import EMPLOYEE
from analysis.indicators.labour_force_status import EMPLOYED, RECORDED
from analysis.indicators.populations import Status

EARNINGS, STATUS = "hourly_earnings", "ilo_job1_ste_icse93"
LOW = 2 / 3
"""The share of the median below which pay is low."""

UNIT = "currency units an hour"


def _employees(status: Status, **choices: str) -> dict:
    working = (nw.col(status.column) == EMPLOYED) & (nw.col(STATUS) == EMPLOYEE)
    earnings, columns = nw.col(EARNINGS), (status.column, STATUS, EARNINGS)
    known = PersonSum(f"paid_employees__{status.column}", working & (earnings >= 0), columns)
    paid = PersonSum(f"hourly_earnings__{status.column}", known.where, columns, earnings)
    return groups.ratio_of(status, paid, known, {EARNINGS: working & earnings.is_null()}, **choices)


@indicator(
    title="Average hourly earnings of employees",
    formula="sum of hourly earnings of employees / employees",
    unit=UNIT,
    age="15+",
    sdg="8.5.1",
    standard="UN SDG metadata 8.5.1 (not verified against the text)",
    proportion=False,
)
def average_hourly_earnings(*, practice: Status = RECORDED) -> Mapping:
    r"""Average gross hourly earnings of employees in their main job (SDG 8.5.1).

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.

    Returns
    -------
    Estimand
        :math:`\sum_i w_i y_i / \sum_i w_i` over employees (``ilo_job1_ste_icse93`` 1), from
        ``hourly_earnings``. An employee whose earnings are missing or negative is in neither sum.
    """
    return _employees(practice)


@indicator(
    title="Median hourly earnings of employees",
    formula="the hourly earnings that half of the employees do not exceed",
    unit=UNIT,
    age="15+",
    sdg="8.5.1",
    standard="UN SDG metadata 8.5.1, the median beside the average (not verified against the text)",
    proportion=False,
)
def median_hourly_earnings(*, practice: Status = RECORDED) -> Mapping:
    """Median gross hourly earnings of employees in their main job.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.

    Returns
    -------
    Estimand
        The least earnings that at least half of the employees do not exceed, with Woodruff's interval. An
        employee whose earnings are missing or negative is not counted.
    """
    return {**_employees(practice), "measure": "quantile", "parameters": {"probability": 0.5}}


@indicator(
    title="Low pay rate",
    formula="employees earning less than two thirds of median hourly earnings / employees",
    unit="percent",
    age="15+",
    standard="ILO, Decent work indicators: Guidelines (2013), EARN-2 (not verified against the text)",
)
def low_pay_rate(*, practice: Status = RECORDED) -> Mapping:
    r"""Share of employees who earn less than two thirds of the median hourly earnings, in per cent.

    Parameters
    ----------
    practice : LabourForcePractice or RecordedStatus
        How labour force status is found.

    Returns
    -------
    Estimand
        :math:`100\,\hat F(\tfrac23 \hat m)`, the median being that of all employees of the sample, whatever
        the domain. An employee whose earnings are missing or negative is not counted.
    """
    parameters = {"probability": 0.5, "fraction": LOW}
    chosen = _employees(practice, low_pay="below two thirds of the median of all employees")
    return {**chosen, "measure": "share_below", "parameters": parameters}
