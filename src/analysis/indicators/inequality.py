"""Inequality of consumption or income: the Gini coefficient, and poverty relative to the median."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from analysis.indicators.declaration import PersonSum, indicator
from analysis.indicators.poverty import NATIONAL_CONSUMPTION


def _consuming() -> dict:
    value = nw.col(NATIONAL_CONSUMPTION)
    known, columns = (value >= 0) | (value < 0), (NATIONAL_CONSUMPTION,)
    return {
        "numerator": PersonSum("consumption", known, columns, value),
        "denominator": PersonSum("consuming", known, columns),
        "unsettled": {NATIONAL_CONSUMPTION: value.is_null()},
    }


@indicator(
    title="Gini coefficient",
    formula="mean difference between persons' consumption / twice its mean",
    unit="percent",
    age="all ages",
    standard="Langel and Tillé (2013), Journal of the Royal Statistical Society A 176",
    proportion=False,
)
def gini_index() -> Mapping:
    r"""Gini coefficient of consumption or income per person, in per cent.

    Returns
    -------
    Estimand
        :math:`100\,(\sum_i \sum_j w_i w_j \max(c_i, c_j) / (\hat N \hat C) - 1)`, from
        ``daily_consumption_lcu``; a person whose consumption is missing is not counted.
    """
    return {**_consuming(), "measure": "gini"}


@indicator(
    title="Relative poverty rate",
    formula="persons below a fraction of median consumption or income / persons",
    unit="percent",
    age="all ages",
    standard="Eurostat, at-risk-of-poverty rate: 60 per cent of the median (not verified against the text)",
)
def relative_poverty_rate(*, fraction: float = 0.6) -> Mapping:
    r"""Share of persons below a fraction of the median of their country and year, in per cent.

    Parameters
    ----------
    fraction : float
        Of the median consumption or income of all persons of the sample, whatever the domain.

    Returns
    -------
    Estimand
        :math:`100\,\hat F(a\,\hat m)`, from ``daily_consumption_lcu``; a person whose consumption is
        missing is not counted. The error of the line is in the standard error.

    Raises
    ------
    ValueError
        When the fraction is not positive.
    """
    if not 0 < fraction < float("inf"):
        raise ValueError(
            f"relative_poverty_rate: fraction={fraction!r}; expected a positive share of the median"
        )
    parameters = {"probability": 0.5, "fraction": fraction}
    choices = {"poverty_line": f"{fraction:g} of the median"}
    return {**_consuming(), "measure": "share_below", "parameters": parameters, "choices": choices}
