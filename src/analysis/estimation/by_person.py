"""Estimates from respondents: every margin and estimand, with standard errors and design effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import prod

import numpy as np
import pandas as pd

from analysis.estimation.frame import measures, tidy
from analysis.estimation.grouping import Groups, radix, unradix
from analysis.estimation.margins import summed
from analysis.estimation.measures import Measured, Measuring
from analysis.estimation.respondents import Respondents
from analysis.estimation.sampling import Presence
from analysis.indicators import Estimand


@dataclass(frozen=True, eq=False)
class PersonMargin:
    """The domains of a margin.

    Parameters
    ----------
    into : numpy.ndarray of int
        The domain of this margin that each domain of the finest one belongs to.
    labels : numpy.ndarray of int, one row a domain
        The domains' codes; -1 for a total.
    """

    into: np.ndarray
    labels: np.ndarray


def person_margins(
    respondents: Respondents, totals: bool | Sequence[str]
) -> tuple[np.ndarray, list[PersonMargin]]:
    """Return each person's domain in the finest margin, and the margins, the finest first."""
    every, shape = range(len(respondents.dimensions)), respondents.shape
    summable = [k for k in every if respondents.dimensions[k].name in summed(respondents, totals)]
    finest = Groups.of(radix(respondents.codes, shape, len(respondents.weights)), prod(shape))
    codes, margins = unradix(finest.codes, shape), []
    for size in range(len(summable) + 1):
        for dropped in combinations(summable, size):
            kept = [k for k in every if k not in dropped]
            own = [shape[k] for k in kept]
            groups = Groups.of(radix([codes[k] for k in kept], own, len(finest.codes)), prod(own))
            labels = np.full((len(groups.codes), len(shape)), -1, dtype=np.int64)
            for k, code in zip(kept, unradix(groups.codes, own), strict=True):
                labels[:, k] = code
            margins.append(PersonMargin(groups.index, labels))
    return finest.index, margins


@dataclass(frozen=True, eq=False)
class Domains:
    """What was measured in the domains of a margin, and where their persons are."""

    labels: np.ndarray
    measurement: Measured
    presence: Presence | None
    n: np.ndarray


@dataclass(frozen=True, eq=False)
class Asked:
    """An estimand, and the persons whom it counts.

    Parameters
    ----------
    respondents : Respondents
        Those whom the estimand counts.
    estimand : Estimand
        What is measured.
    finest : numpy.ndarray of int
        Their domains in the finest margin.
    number : int
        How many domains that margin has.
    """

    respondents: Respondents
    estimand: Estimand
    finest: np.ndarray
    number: int

    @classmethod
    def of(cls, respondents: Respondents, estimand: Estimand, finest: np.ndarray, number: int) -> Asked:
        """Pick the persons out of all respondents, whose domains are given."""
        persons, places = respondents.counted(estimand)
        return cls(persons, estimand, finest if places is None else finest[places], number)

    @cached_property
    def presence(self) -> Presence | None:
        """Where the persons of the finest domains are; none without standard errors."""
        if self.respondents.sampling is None:
            return None
        met = self.respondents.where[self.estimand.universe.name]
        return self.respondents.sampling.presence(met, self.finest, self.number)

    @cached_property
    def n(self) -> np.ndarray:
        """Unweighted cases of the finest domains, those of positive weight."""
        cases = self.respondents.where[self.estimand.cases.name] * self.respondents.persons
        return np.bincount(self.finest, cases, self.number).astype(np.int64)

    def measured(self, margin: PersonMargin, interval: str, level: float) -> Domains:
        """Measure the estimand in a margin's domains; `interval`, `level` as of `estimate_domains`."""
        domains = len(margin.labels)
        presence = self.presence and self.presence.over(margin.into, domains)
        code = margin.into[self.finest]
        measured_domains = Measuring(
            self.respondents, self.estimand, code, domains, presence, interval, level
        ).measure()
        n = np.zeros(domains, dtype=np.int64)
        np.add.at(n, margin.into, self.n)
        return Domains(margin.labels, measured_domains, presence, n)


def estimate_respondents(
    respondents: Respondents,
    *,
    totals: bool | Sequence[str] = True,
    interval: str = "logit",
    level: float = 0.95,
    design_effects: bool = False,
) -> pd.DataFrame:
    """Estimate from respondents; parameters, frame and errors as in `estimate_domains`."""
    rows = []
    finest, margins = person_margins(respondents, totals)
    for order, estimand in enumerate(respondents.estimands):
        request = Asked.of(respondents, estimand, finest, len(margins[0].labels))
        for margin in margins:
            here = request.measured(margin, interval, level)
            measured_values = here.measurement
            error = df = np.full(len(measured_values.value), np.nan)
            if here.presence is not None:
                variance = respondents.sampling.variance(measured_values.variation, here.presence)
                error = np.where(np.isnan(measured_values.value), np.nan, np.sqrt(np.maximum(variance, 0.0)))
                df = respondents.sampling.degrees_of_freedom(here.presence)
            numbers = measures(
                estimand, measured_values, here.n, error, df, interval, level, measured_values.bounds
            )
            if design_effects:
                numbers += (error**2 / simple_variance(request, margin, measured_values),)
            rows.append((np.full(len(error), order), here.labels, numbers))
    return tidy(respondents, rows, ("design_effect",) if design_effects else ())


def simple_variance(request: Asked, margin: PersonMargin, measured: Measured) -> np.ndarray:
    r"""Return the variance that a simple random sample of as many persons would have, without replacement.

    Parameters
    ----------
    request, margin, measured
        The estimand and its persons, their domains, and what was measured in them.

    Returns
    -------
    numpy.ndarray
        :math:`N^2 (1 - n/N)\, S_z^2 / n` with :math:`S_z^2 = \frac{n}{n-1} \sum_i w_i (z_i - \bar z)^2 / N`
        over the persons of the domain of positive weight; missing for a quantile or the Gini coefficient,
        with fewer than two persons, and where weights add up to less than the persons.

    References
    ----------
    Kish (1965), Survey Sampling, section 8.2; R package survey, ``svymean(deff = TRUE)``.
    """
    respondents, estimand = request.respondents, request.estimand
    missing = np.full(len(margin.labels), np.nan)
    if estimand.measure != "ratio":
        return missing
    weights, code, domains = respondents.weights, margin.into[request.finest], len(missing)
    inside = respondents.where[estimand.universe.name] & (weights > 0)
    n = np.bincount(code, inside * respondents.persons, domains)
    size = np.bincount(code, weights * inside, domains)
    z = respondents.adds(estimand.numerator)
    with np.errstate(divide="ignore", invalid="ignore"):
        if estimand.denominator is not None:
            x = respondents.adds(estimand.denominator)
            z = (z - np.nan_to_num(measured.value)[code] * x) / measured.denominator[code]
        mean = np.bincount(code, weights * inside * np.nan_to_num(z), domains) / size
        squares = np.bincount(code, weights * inside * np.nan_to_num(z - mean[code]) ** 2, domains)
        simple = size**2 * (1 - n / size) * (n / (n - 1)) * (squares / size) / n
    return np.where((n > 1) & (size >= n) & (simple > 0), simple, missing)
