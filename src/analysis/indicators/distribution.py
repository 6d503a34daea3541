"""How values are distributed over persons: quantiles, Gini, shares below a relative line, poverty."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from analysis.indicators.declaration import EVERYONE, Estimand, PersonSum

RULES = ("lower", "average")
"""What a quantile is where the cumulative share meets the probability: the lower value, or the average."""


def quantile(
    column: str,
    probability: float = 0.5,
    *,
    unit: str,
    rule: str = "lower",
    fraction: float = 1.0,
    of: PersonSum = EVERYONE,
) -> Estimand:
    r"""Estimate a weighted quantile, or a fraction of one, such as a line at 60 per cent of the median.

    Parameters
    ----------
    column : str
        A numeric column; a person whose value is missing is not counted.
    probability : float
        Between 0 and 1; 0.5 for the median.
    unit : str
        Unit of the column.
    rule : {"lower", "average"}
        The least value whose cumulative share of the weights reaches the probability; where it meets it
        exactly, that value or its average with the next. R's ``qrule`` "math" and "school".
    fraction : float
        What the quantile is multiplied by.
    of : PersonSum
        The persons counted; everyone with a value by default.

    Returns
    -------
    Estimand
        :math:`a\,\hat q_p`, with Woodruff's interval: the quantiles at the ends of the interval of
        :math:`\hat F(\hat q_p)`; the standard error is its width over :math:`2 t_{df}`.

    Raises
    ------
    ValueError
        For a probability, fraction or rule that cannot be.

    References
    ----------
    Woodruff (1952), Confidence intervals for medians and other position measures, Journal of the American
    Statistical Association 47.
    """
    parameters = _parameters("quantile", probability, fraction, rule)
    name = f"quantile_{probability:g}_{column}" + ("" if fraction == 1 else f"_times_{fraction:g}")
    return Estimand(name, unit, **_of(column, of), measure="quantile", parameters=parameters)


def gini(column: str, *, of: PersonSum = EVERYONE) -> Estimand:
    r"""Estimate the Gini coefficient of a column, in per cent.

    Parameters
    ----------
    column : str
        A numeric column; a person whose value is missing is not counted, negative values are.
    of : PersonSum
        The persons counted.

    Returns
    -------
    Estimand
        :math:`100\,(\sum_i \sum_j w_i w_j \max(y_i, y_j) / (\hat N \hat Y) - 1)`, missing where the sum of
        values is not positive. The linearized variable is :math:`z_k = 2 (y_k N_k + \hat Y - Y_k) / (\hat N
        \hat Y) - (G + 1) (1 / \hat N + y_k / \hat Y)`, with :math:`N_k` and :math:`Y_k` the sums of weights
        and of values up to :math:`y_k`.

    References
    ----------
    Langel and Tillé (2013), Variance estimation of the Gini index, Journal of the Royal Statistical Society A
    176; R package laeken, ``gini``.
    """
    return Estimand(f"gini_{column}", "percent", **_of(column, of), scale=100.0, measure="gini")


def share_below(
    column: str,
    fraction: float,
    *,
    probability: float = 0.5,
    rule: str = "lower",
    of: PersonSum = EVERYONE,
) -> Estimand:
    r"""Estimate the share of persons below a fraction of a quantile of the whole sample, in per cent.

    Parameters
    ----------
    column : str
        A numeric column; a person whose value is missing is not counted.
    fraction : float
        Of the quantile: 0.6 of the median income for the risk of poverty, two thirds of median earnings for
        low pay. The line is that of the person's own sample (country and year), whatever the domain.
    probability, rule, of
        As `quantile` takes them.

    Returns
    -------
    Estimand
        :math:`100\,\hat F(a\,\hat q_p)`; the error of the line is in the standard error.

    Raises
    ------
    ValueError
        As `quantile` does.

    References
    ----------
    Deville (1999), Variance estimation for complex statistics and estimators, Survey Methodology 25; R
    package laeken, ``arpr``.
    """
    parameters = _parameters("share_below", probability, fraction, rule)
    return Estimand(
        f"share_below_{fraction:.3g}_of_quantile_{probability:g}_{column}",
        "percent",
        **_of(column, of),
        scale=100.0,
        proportion=True,
        measure="share_below",
        parameters=parameters,
    )


def poverty_measure(column: str, line: float, *, degree: int = 0, of: PersonSum = EVERYONE) -> Estimand:
    r"""Estimate a poverty measure of Foster, Greer and Thorbecke, in per cent.

    Parameters
    ----------
    column : str
        Consumption or income; a person whose value is missing is not counted.
    line : float
        The poverty line, in the unit of the column.
    degree : {0, 1, 2}
        0 the share of the poor, 1 the poverty gap, 2 the severity (squared gap).
    of : PersonSum
        The persons counted.

    Returns
    -------
    Estimand
        :math:`100 \sum_i w_i 1(y_i < z) (1 - y_i / z)^\alpha / \sum_i w_i`.

    Raises
    ------
    ValueError
        When the line is not positive, or the degree is none of the three.

    References
    ----------
    Foster, Greer and Thorbecke (1984), A class of decomposable poverty measures, Econometrica 52.
    """
    if not 0 < line < float("inf") or degree not in (0, 1, 2):
        raise ValueError(
            f"poverty_measure: line={line!r}, degree={degree!r}; expected a positive line and 0, 1 or 2"
        )
    value, known = nw.col(column), _known(column, of)
    poor, columns = known & (value < line), (*of.columns, column)
    suffix = f"{column}_{line:g}__{of.name}"
    return Estimand(
        f"poverty_{('rate', 'gap', 'severity')[degree]}_{column}",
        "percent",
        PersonSum(f"poor_{degree}_{suffix}", poor, columns, gap_value(value, line, degree)),
        whole := PersonSum(f"known_{column}__{of.name}", known, columns),
        universe=whole,
        cases=whole,
        scale=100.0,
        proportion=True,
        choices={"poverty_line": f"{line:g}"},
    )


def gap_value(value: nw.Expr, line: float, degree: int) -> nw.Expr | None:
    """Return what a poor person adds to a poverty measure: the relative gap to a power; None for a count."""
    if degree == 0:
        return None
    gap = 1 - value / line
    return gap if degree == 1 else gap * gap


def _known(column: str, of: PersonSum) -> nw.Expr:
    value = nw.col(column)
    return of.where & ((value >= 0) | (value < 0))


def _of(column: str, of: PersonSum) -> dict[str, Any]:
    columns = (*of.columns, column)
    known = PersonSum(f"known_{column}__{of.name}", _known(column, of), columns)
    value = PersonSum(f"{column}__{of.name}", known.where, columns, nw.col(column))
    return {"numerator": value, "denominator": known, "universe": known, "cases": known}


def _parameters(name: str, probability: float, fraction: float, rule: str) -> dict[str, float | str]:
    if not 0 < probability < 1 or not 0 < fraction < float("inf") or rule not in RULES:
        raise ValueError(
            f"{name}: probability={probability!r}, fraction={fraction!r}, rule={rule!r}; expected a "
            f"probability between 0 and 1, a positive fraction, and one of {', '.join(RULES)}"
        )
    return {"probability": probability, "fraction": fraction, "rule": rule}
