"""Poverty of everyone at the country's own line: rate, gap and severity."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from analysis.indicators.declaration import PersonSum, indicator
from analysis.indicators.poverty import NATIONAL_CONSUMPTION, NATIONAL_LINE

SOURCE = "national practice: the line is the country's own, for the person's place and year"


def _everyone(degree: int) -> dict:
    """Return the parts of a poverty measure of Foster, Greer and Thorbecke."""
    consumption, line = nw.col(NATIONAL_CONSUMPTION), nw.col(NATIONAL_LINE)
    columns, poor = (NATIONAL_CONSUMPTION, NATIONAL_LINE), consumption < line
    gap = 1 - consumption / line
    value = {0: None, 1: gap, 2: gap * gap}[degree]
    return {
        "numerator": PersonSum(f"poor_national__{degree}", poor, columns, value),
        "denominator": PersonSum("consuming_national", poor | (consumption >= line), columns),
        "unsettled": {column: nw.col(column).is_null() for column in columns},
        "choices": {"poverty_line": f"{NATIONAL_LINE} of each person"},
    }


def _declare(degree: int, title: str, formula: str):
    return indicator(
        title=title,
        formula=formula,
        unit="percent",
        age="all ages",
        sdg="1.2.1" if degree == 0 else None,
        standard=f"{SOURCE}; Foster, Greer and Thorbecke (1984), Econometrica 52",
    )


@_declare(0, "Poverty rate at the national line", "persons below the national poverty line / persons")
def poverty_rate_national() -> Mapping:
    r"""Share of persons below the country's own poverty line, in per cent (SDG 1.2.1).

    Returns
    -------
    Estimand
        :math:`100\, P_{c < z} / P`; a person whose consumption or line is missing is in neither sum.
    """
    return _everyone(0)


@_declare(1, "Poverty gap at the national line", "sum of relative gaps below the national line / persons")
def poverty_gap_national() -> Mapping:
    r"""Average shortfall below the country's own poverty line, as per cent of the line.

    Returns
    -------
    Estimand
        :math:`100 \sum_i w_i 1(c_i < z_i) (1 - c_i / z_i) / \sum_i w_i`; a person whose consumption or line
        is missing is in neither sum.
    """
    return _everyone(1)


@_declare(2, "Poverty severity at the national line", "sum of squared relative gaps / persons")
def poverty_severity_national() -> Mapping:
    r"""Average squared shortfall below the country's own poverty line, in per cent.

    Returns
    -------
    Estimand
        :math:`100 \sum_i w_i 1(c_i < z_i) (1 - c_i / z_i)^2 / \sum_i w_i`; a person whose consumption or
        line is missing is in neither sum.
    """
    return _everyone(2)
