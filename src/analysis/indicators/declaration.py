"""What an indicator is: a declaration (unit, age band, SDG number, standard) beside its function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import update_wrapper

import narwhals as nw


@dataclass(frozen=True, eq=False)
class PersonSum:
    """What one person adds to a weighted sum: 1 (or `value`) where the condition holds, 0 elsewhere.

    Parameters
    ----------
    name : str
        Its name among the sums; two of one name must be the same.
    where : narwhals.Expr
        Condition, written with positive comparisons only (``==``, ``<``, ``>=``, ``is_in``), so that a
        missing answer fails it on every engine alike.
    columns : tuple of str
        The columns that the condition and the value read.
    value : narwhals.Expr, optional
        Number added per person, such as hours; 1 when absent.
    """

    name: str
    where: nw.Expr
    columns: tuple[str, ...]
    value: nw.Expr | None = None


@dataclass(frozen=True, eq=False)
class Estimand:
    """What is to be estimated: a ratio of two weighted sums, or one weighted sum, its definition beside it.

    Parameters
    ----------
    indicator : str
        The indicator's id.
    unit : str
        Unit of the value.
    numerator, denominator : PersonSum
        The two sums; without a denominator the estimand is the total of the numerator.
    universe : PersonSum
        The persons that the estimate speaks of: they set the degrees of freedom and the strata that count.
    cases : PersonSum
        The persons whose unweighted number is the estimate's `n`.
    scale : float
        100 for per cent.
    proportion : bool
        Whether the value lies between 0 and `scale`, so that a logit interval applies.
    choices : mapping of str to str
        The variants chosen, to be written beside the number.
    derived : mapping of str to narwhals.Expr
        Columns to be derived before the sums are read.
    answers : tuple of str
        The columns that the derived columns read.
    variant : str
        Label that tells variants of one indicator apart; empty for the standard.
    measure : {"ratio", "quantile", "gini", "share_below"}
        What is taken of the numerator's values over the denominator's persons: the ratio of the sums (or the
        total), or a measure of their distribution.
    parameters : mapping of str to float
        Parameters of the measure, such as the probability of a quantile.
    unsettled : mapping of str to narwhals.Expr
        By column, who could not be classified because the answer is missing or not classified.
    """

    indicator: str
    unit: str
    numerator: PersonSum
    denominator: PersonSum | None
    universe: PersonSum
    cases: PersonSum
    scale: float = 1.0
    proportion: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    derived: Mapping[str, nw.Expr] = field(default_factory=dict)
    answers: tuple[str, ...] = ()
    variant: str = ""
    measure: str = "ratio"
    parameters: Mapping[str, float | str] = field(default_factory=dict)
    unsettled: Mapping[str, nw.Expr] = field(default_factory=dict)

    @property
    def definition(self) -> str:
        """The variants chosen, as text: ``icls=19; hours_threshold=1``."""
        return "; ".join(f"{name}={choice}" for name, choice in self.choices.items())

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the survey that the estimand reads."""
        read = dict.fromkeys(self.answers)
        for person_sum in self.person_sums:
            read.update(dict.fromkeys(c for c in person_sum.columns if c not in self.derived))
        return tuple(read)

    @property
    def person_sums(self) -> tuple[PersonSum, ...]:
        """The distinct sums that the estimand is made of."""
        named = {
            q.name: q for q in (self.numerator, self.denominator, self.universe, self.cases) if q is not None
        }
        return tuple(named.values())

    def labelled(self, variant: str) -> Estimand:
        """Return the same estimand under a variant's label."""
        return replace(self, variant=variant)


@dataclass(eq=False)
class Indicator:
    """An indicator's declaration and the function that states its numerator and denominator."""

    id: str
    title: str
    formula: str
    unit: str
    age: str
    sdg: str | None
    standard: str
    proportion: bool
    function: Callable[..., Mapping]

    def __call__(self, **choices) -> Estimand:
        """Return the estimand under the given variants (keyword arguments of the indicator's function)."""
        parts = dict(self.function(**choices))
        denominator = parts.get("denominator")
        if denominator is not None:
            parts.setdefault("universe", denominator)
            parts.setdefault("cases", denominator)
        scale = 100.0 if self.unit == "percent" else 1.0
        return Estimand(indicator=self.id, unit=self.unit, scale=scale, proportion=self.proportion, **parts)


INDICATORS: dict[str, Indicator] = {}
"""Every declared indicator by its id."""


def indicator(
    *,
    title: str,
    formula: str,
    unit: str,
    age: str,
    standard: str,
    sdg: str | None = None,
    proportion: bool = True,
) -> Callable[[Callable[..., Mapping]], Indicator]:
    """Declare the function below as an indicator; its name becomes the indicator's id."""

    def declare(function: Callable[..., Mapping]) -> Indicator:
        name = function.__name__
        declared = Indicator(name, title, formula, unit, age, sdg, standard, proportion, function)
        update_wrapper(declared, function)
        INDICATORS[name] = declared
        return declared

    return declare


EVERYONE = PersonSum("persons", nw.lit(True), ())
"""Every person in the sample."""


def weighted_total(
    person_sum: PersonSum, *, unit: str = "persons", universe: PersonSum = EVERYONE
) -> Estimand:
    r"""Estimate a weighted sum over the population.

    Parameters
    ----------
    person_sum : PersonSum
        What is summed; a person for whom it is unknown adds 0.
    unit : str
        Unit of the sum.
    universe : PersonSum
        The persons that the total speaks of; everyone by default.

    Returns
    -------
    Estimand
        The total :math:`\hat Y = \sum_i w_i y_i`; `n` counts the persons whom it counts.
    """
    return Estimand(
        f"total_{person_sum.name}",
        unit,
        numerator=person_sum,
        denominator=None,
        universe=universe,
        cases=person_sum,
    )


def weighted_mean(column: str, *, unit: str) -> Estimand:
    r"""Estimate the weighted mean of a column over the persons for whom it is known.

    Parameters
    ----------
    column : str
        A numeric column; persons with a missing value leave both sums.
    unit : str
        Unit of the column.

    Returns
    -------
    Estimand
        :math:`\hat R = \sum_i w_i y_i / \sum_i w_i` over the persons with a value.
    """
    value = nw.col(column)
    known = (value >= 0) | (value < 0)
    persons = PersonSum(f"known_{column}", known, (column,))
    return Estimand(
        f"mean_{column}",
        unit,
        PersonSum(column, known, (column,), value),
        persons,
        universe=persons,
        cases=persons,
    )


def weighted_share(name: str, numerator: nw.Expr, denominator: nw.Expr, columns: tuple[str, ...]) -> Estimand:
    """Estimate a share that has no declaration of its own, in per cent.

    Parameters
    ----------
    name : str
        Id of the share in the results.
    numerator, denominator : narwhals.Expr
        Conditions; the numerator is counted within the denominator only.
    columns : tuple of str
        The columns that the conditions read.

    Returns
    -------
    Estimand
        The share, 100 times the ratio of the two weighted counts.
    """
    whole = PersonSum(f"{name}__of", denominator, columns)
    part = PersonSum(name, numerator & denominator, columns)
    return Estimand(name, "percent", part, whole, universe=whole, cases=whole, scale=100.0, proportion=True)
