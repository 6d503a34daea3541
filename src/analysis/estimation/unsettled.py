"""Persons who could not be classified: counted, by the answer that is missing, and never passed over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw
import pandas as pd

from analysis.estimation.design import TOTAL, Classification, SurveyDesign
from analysis.estimation.engines import columns_of
from analysis.estimation.estimates import estimate_domains
from analysis.indicators import Estimand, PersonSum, of_working_age

ANY = "any"
"""What stands for the variable where persons are counted once, whichever answers are missing."""

LIMIT = 5.0
"""Per cent of the persons concerned above which estimates are refused, where nothing else is asked."""


class Unsettled(ValueError):
    """An estimate refused because too many persons could not be classified."""


def unsettled(
    persons: Any,
    estimands: Sequence[Estimand],
    design: SurveyDesign,
    by: Sequence[str | Classification] = (),
    *,
    totals: bool | Sequence[str] = True,
    engine: str | None = None,
) -> pd.DataFrame:
    """Count the persons whom an indicator concerns and whose answers do not settle where they belong.

    Parameters
    ----------
    persons, estimands, design, by, totals, engine
        As `analysis.estimation.estimate` takes them.

    Returns
    -------
    pandas.DataFrame
        One row for each indicator, variable and domain: ``indicator``, ``definition``, ``variable`` (the
        column whose answer is missing, or ``any``, in which a person of several missing answers counts once),
        the dimensions, ``n`` (unweighted), ``persons`` (weighted) and ``share``, in per cent of those who
        were classified and those who were not. An indicator that needs no classification has no row.
    """
    present = columns_of(persons)
    counted = [
        count for estimand in estimands for count in _counts(of_working_age(estimand, present), present)
    ]
    named = [d if isinstance(d, str) else d.name for d in by]
    columns = ["indicator", "definition", "variable", *named, "n", "persons", "share"]
    if not counted:
        return pd.DataFrame(columns=columns)
    weights = SurveyDesign(weight=design.weight, survey=design.survey)
    counts = estimate_domains(
        persons, counted, weights, by, totals=totals, standard_errors=False, engine=engine
    )
    counts = counts.rename(columns={"variant": "variable", "numerator": "persons", "value": "share"})
    return counts[columns]


def _counts(estimand: Estimand, present: Sequence[str]) -> list[Estimand]:
    """Return, for each variable and for any of them, the share of persons who could not be classified."""
    stated = {name: broken for name, broken in estimand.unsettled.items() if name in present}
    if not stated:
        return []
    named = {name: _surely(broken) for name, broken in stated.items()}
    anyone = reduce(or_, named.values())
    columns = tuple(dict.fromkeys((*estimand.universe.columns, *stated)))
    tag = f"{estimand.indicator}__{estimand.definition}"
    concerned = PersonSum(f"{tag}__concerned", _surely(estimand.universe.where) | anyone, columns)
    counts = []
    for variable, broken in {ANY: anyone, **named}.items():
        who = PersonSum(f"{tag}__without__{variable}", broken, columns)
        counts.append(
            Estimand(
                estimand.indicator,
                "percent",
                numerator=who,
                denominator=concerned,
                universe=concerned,
                cases=who,
                scale=100.0,
                choices=estimand.choices,
                derived=estimand.derived,
                answers=(*estimand.answers, *stated),
                variant=variable,
            )
        )
    return counts


def refuse_unsettled(counts: pd.DataFrame, limit: float = LIMIT) -> None:
    """Refuse estimates of which too many persons could not be classified.

    Parameters
    ----------
    counts : pandas.DataFrame
        From `unsettled`, by whatever tells samples apart.
    limit : float, per cent
        The greatest share accepted.

    Raises
    ------
    Unsettled
        With every indicator and sample above the limit, and the answers that are missing.
    """
    dimensions = list(counts.columns[3:-3])
    above = counts[(counts["variable"] == ANY) & (counts["share"] > limit)]
    lines = []
    for _, row in above.iterrows():
        same = ["indicator", "definition", *dimensions]
        alike = (counts[same].astype("str") == row[same].astype("str")).all(axis=1)
        missing = counts[alike & (counts["variable"] != ANY) & (counts["n"] > 0)]
        missing = missing.sort_values("n", ascending=False, kind="stable")
        answers = ", ".join(f"{row.variable} {row.n:,}" for row in missing.itertuples())
        where = "".join(f", {row[name]}" for name in dimensions if row[name] != TOTAL)
        lines.append(f"{row['indicator']}{where}: {row['share']:.1f} per cent ({answers})")
    if lines:
        listed = "".join(f"\n  {number}. {line}" for number, line in enumerate(lines, start=1))
        raise Unsettled(
            f"more than {limit:g} per cent of the persons concerned could not be classified; nothing was "
            f"computed{listed}\nBeside each answer stands how many lack it. State who was not asked by "
            "not_asked in the mapping, or accept what is missing by --accept-unsettled PERCENT."
        )


def _surely(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)) == 1
