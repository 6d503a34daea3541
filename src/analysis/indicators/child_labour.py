"""Child labour (SDG 8.7.1) by weekly hours and hazardous work; each way of counting has an id of its own."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from analysis.indicators import populations as groups
from analysis.indicators.declaration import PersonSum, indicator

ECONOMIC_HOURS = {(5, 11): 1, (12, 14): 14, (15, 17): 43}
"""Least weekly hours of economic activity that are child labour, by age in years."""

CHORES_HOURS = 21
"""Least weekly hours of unpaid household chores that are child labour, ages 5–14."""

SOURCE = "18th ICLS (2008), Resolution II concerning statistics of child labour; UN SDG metadata 8.7.1 (2022)"


def _child_labour(name: str, chores_hours: int | None, hazardous: bool) -> Mapping:
    economic, chores = nw.col("hours_economic"), nw.col("hours_chores")
    in_labour = excluded = None
    for (first, last), least in ECONOMIC_HOURS.items():
        labour, free = economic >= least, economic < least
        if chores_hours is not None and last < 15:
            labour, free = labour | (chores >= chores_hours), free & (chores < chores_hours)
        if hazardous:
            labour, free = labour | (nw.col("hazardous_work") == 1), free & (nw.col("hazardous_work") == 0)
        aged = groups.aged(first, last)
        in_labour = aged & labour if in_labour is None else in_labour | (aged & labour)
        excluded = aged & free if excluded is None else excluded | (aged & free)
    columns: tuple[str, ...] = ("ilo_age", "hours_economic")
    columns += () if chores_hours is None else ("hours_chores",)
    columns += ("hazardous_work",) if hazardous else ()
    suffix = f"{name}_{chores_hours}_{hazardous}"
    child = groups.aged(min(ECONOMIC_HOURS)[0], max(ECONOMIC_HOURS)[1])
    settled = nw.when(in_labour | excluded).then(nw.lit(1)).otherwise(nw.lit(0)) == 1
    unsettled = {column: child & ~settled & nw.col(column).is_null() for column in columns[1:]}
    return {
        "unsettled": {"ilo_age": nw.col("ilo_age").is_null(), **unsettled},
        "numerator": PersonSum(f"in__{suffix}", in_labour, columns),
        "denominator": PersonSum(f"children__{suffix}", in_labour | excluded, columns),
        "choices": {
            "economic_hours": ", ".join(f"{a}–{b}: {h}" for (a, b), h in ECONOMIC_HOURS.items()),
            "chores_hours": "not counted" if chores_hours is None else f"5–14: {chores_hours}",
            "hazardous_work": "counted" if hazardous else "not counted",
        },
    }


@indicator(
    title="Children aged 5–17 in child labour",
    formula="children at or above the hours of work of their age or in hazardous work / children",
    unit="percent",
    age="5–17",
    sdg="8.7.1",
    standard=f"{SOURCE}; ILO and UNICEF, Child labour: Global estimates 2020, which include hazardous work",
)
def child_labour_rate() -> Mapping:
    """Share of children aged 5–17 in child labour, hazardous work included, in per cent (SDG 8.7.1).

    A child is in child labour with at least 1 hour a week of economic activity at ages 5–11, 14 hours at
    12–14, or 43 hours at 15–17; or in hazardous work at any hours.

    Returns
    -------
    Estimand
        Per cent of children, from ``hours_economic`` (0 for none) and ``hazardous_work``. A child whose
        answers do not settle the matter is in neither sum.
    """
    return _child_labour("child_labour", None, True)


@indicator(
    title="Children aged 5–17 in child labour, hazardous work not counted",
    formula="children at or above the hours of economic activity of their age / children",
    unit="percent",
    age="5–17",
    sdg="8.7.1",
    standard=f"{SOURCE}, series of economic activity",
)
def child_labour_rate_by_hours() -> Mapping:
    """Share of children aged 5–17 in child labour by hours of economic activity, in per cent (SDG 8.7.1).

    The hours are those of `child_labour_rate`; the conditions of work do not count.

    Returns
    -------
    Estimand
        Per cent of children, from ``hours_economic`` (0 for none). A child whose answer does not settle the
        matter is in neither sum.
    """
    return _child_labour("child_labour", None, False)


@indicator(
    title="Children aged 5–17 in child labour, household chores counted, hazardous work not",
    formula="children at or above the hours of economic activity or of chores of their age / children",
    unit="percent",
    age="5–17",
    sdg="8.7.1",
    standard=f"{SOURCE}, series of economic activity and household chores",
)
def child_labour_rate_with_chores(*, chores_hours: int = CHORES_HOURS) -> Mapping:
    """Share of children aged 5–17 in child labour by economic activity or chores, in per cent (SDG 8.7.1).

    Parameters
    ----------
    chores_hours : int, hours a week
        Least hours of unpaid household chores at ages 5–14: 21 since 2018, 28 in earlier practice; none at
        15–17.

    Returns
    -------
    Estimand
        Per cent of children, from ``hours_economic`` and ``hours_chores`` (0 for none). A child whose
        answers do not settle the matter is in neither sum.

    Raises
    ------
    ValueError
        When `chores_hours` is not between 1 and 168.
    """
    if not 1 <= chores_hours <= 168:
        raise ValueError(
            f"child_labour_rate_with_chores: chores_hours={chores_hours!r}; expected hours a week, 1 to 168"
        )
    return _child_labour("child_labour", chores_hours, False)
