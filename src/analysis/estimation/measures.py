"""Measures by domain, and how each would vary: ratios, quantiles, Gini, shares below a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.estimation.intervals import logit_interval, t_quantile, wald_interval
from analysis.estimation.replication import SMOOTH_ONLY
from analysis.estimation.respondents import Respondents
from analysis.estimation.sampling import Linearized, Presence, Replicated
from analysis.indicators import Estimand

TIE = 1e-10
"""Shares of the population closer than this are the same."""


@dataclass(frozen=True, eq=False)
class Measured:
    """What was measured in each domain.

    Parameters
    ----------
    value : numpy.ndarray
        Before scaling; missing where the domain has no cases.
    numerator, denominator : numpy.ndarray
        Weighted sums, missing where the measure has none.
    variation : numpy.ndarray, optional
        How the value would vary from sample to sample, one row a domain.
    bounds : tuple of numpy.ndarray, optional
        An interval of the measure's own.
    """

    value: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    variation: np.ndarray | None = None
    bounds: tuple[np.ndarray, np.ndarray] | None = None


@dataclass(frozen=True, eq=False)
class Ordered:
    """Persons in the order of their values within domains, those of positive weight only.

    Parameters
    ----------
    place : numpy.ndarray of int, or slice
        The persons, in that order; a slice where it is that of the respondents.
    every : numpy.ndarray
        The values of all respondents.
    counts : numpy.ndarray of int
        Number of persons of each domain.
    """

    place: np.ndarray | slice
    every: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(cls, of: Respondents, estimand: Estimand, code: np.ndarray, domains: int) -> Ordered:
        """Order the persons whom an estimand counts."""
        counts = of.where[estimand.denominator.name] & (of.weights > 0)
        values = of.adds(estimand.numerator)
        place: np.ndarray | slice = slice(None)
        if not counts.all():
            place = np.flatnonzero(counts)
        if of.ordered_by != estimand.numerator.name:
            place = _within(place, np.argsort(values[place], kind="stable"))
        if domains > 1:
            short = np.uint8 if domains <= 2**8 else np.uint16 if domains <= 2**16 else np.int64
            place = _within(place, np.argsort(code[place].astype(short), kind="stable"))
        counted = code if counts.all() else code[counts]
        return cls(place, values, np.bincount(counted, minlength=domains))

    @property
    def domains(self) -> int:
        """Number of domains."""
        return len(self.counts)

    @cached_property
    def starts(self) -> np.ndarray:
        """Where each domain begins, and the last one ends."""
        return np.concatenate([[0], np.cumsum(self.counts)])

    @cached_property
    def code(self) -> np.ndarray:
        """Each person's domain."""
        return self.spread(np.arange(self.domains))

    @cached_property
    def values(self) -> np.ndarray:
        """Each person's value."""
        return self.every[self.place]

    def spread(self, numbers: np.ndarray) -> np.ndarray:
        """Return the number of each person's domain."""
        return np.repeat(numbers, self.counts)

    def shares(self, weights: np.ndarray) -> np.ndarray:
        """Return cumulative shares of the domains' weights, which go on from one domain to the next."""
        own = weights[self.place]
        whole, some = np.ones(self.domains), self.counts > 0
        whole[some] = np.add.reduceat(own, self.starts[:-1][some])
        own = np.divide(own, self.spread(np.where(whole > 0, whole, 1.0)))
        return np.cumsum(own, out=own)

    def at(self, position: np.ndarray) -> np.ndarray:
        """Return the values at some positions in the order."""
        return self.every[position if isinstance(self.place, slice) else self.place[position]]

    def quantile(self, shares: np.ndarray, probability: np.ndarray, rule: str) -> np.ndarray:
        """Return a quantile of each domain by cumulative shares; missing for a probability outside 0 to 1."""
        first, end = self.starts[:-1], self.starts[1:]
        base = np.concatenate([[0.0], shares])[first]
        wanted = np.nan_to_num(probability, nan=2.0)
        place = np.searchsorted(shares, base + wanted - TIE, side="left")
        there = (end > first) & (wanted >= 0) & (wanted <= 1 + TIE)
        place = np.clip(place, first, np.maximum(end - 1, first))
        quantiles = np.full(self.domains, np.nan)
        quantiles[there] = self.at(place[there])
        if rule == "average":
            known = np.flatnonzero(there)
            on = np.abs(shares[place[known]] - base[known] - wanted[known]) <= TIE
            tied = known[on & (place[known] + 1 < end[known])]
            quantiles[tied] = (self.at(place[tied]) + self.at(place[tied] + 1)) / 2
        return quantiles


def _within(place: np.ndarray | slice, order: np.ndarray) -> np.ndarray:
    return order if isinstance(place, slice) else place[order]


@dataclass(frozen=True, eq=False)
class Measuring:
    """One estimand in the domains of one margin.

    Parameters
    ----------
    respondents : Respondents
        The persons.
    estimand : Estimand
        What is measured.
    code : numpy.ndarray of int
        Each person's domain.
    domains : int
        Number of domains.
    presence : Presence, optional
        Where the domains' persons are; none without standard errors.
    interval, level : str, float
        As `estimate_domains` takes them.
    """

    respondents: Respondents
    estimand: Estimand
    code: np.ndarray
    domains: int
    presence: Presence | None
    interval: str = "logit"
    level: float = 0.95

    @property
    def sampling(self) -> Linearized | Replicated:
        """How sampling errors are found."""
        return self.respondents.sampling

    def measure(self) -> Measured:
        """Measure."""
        return getattr(self, "_" + self.estimand.measure)()

    def _sum(
        self, adds: np.ndarray, code: np.ndarray | None = None, domains: int | None = None
    ) -> np.ndarray:
        code = self.code if code is None else code
        return np.bincount(code, self.respondents.weights * adds, domains or self.domains)

    def _error(self, variation: np.ndarray, presence: Presence) -> np.ndarray:
        return np.sqrt(np.maximum(self.sampling.variance(variation, presence), 0.0))

    def _half_width(self, presence: Presence) -> np.ndarray:
        return t_quantile(self.sampling.degrees_of_freedom(presence), self.level)

    def _ratio(self) -> Measured:
        y = self.respondents.adds(self.estimand.numerator)
        above, missing = self._sum(y), np.full(self.domains, np.nan)
        below, x, value = missing, None, above
        if self.estimand.denominator is not None:
            x = self.respondents.adds(self.estimand.denominator)
            below = self._sum(x)
            value = np.divide(above, below, out=missing, where=below > 0)
        if self.presence is None:
            return Measured(value, above, below)
        return Measured(value, above, below, self.sampling.ratio(y, x, self.code, self.domains))

    def _quantile(self) -> Measured:
        missing, fraction = np.full(self.domains, np.nan), self.estimand.parameters.get("fraction", 1.0)
        value, below, bounds, variation = self._quantiles(self.code, self.domains, self.presence)
        if self.presence is None:
            return Measured(fraction * value, missing, below)
        bounds = fraction * bounds[0], fraction * bounds[1]
        return Measured(fraction * value, missing, below, fraction * variation, bounds)

    def _quantiles(self, code: np.ndarray, domains: int, presence: Presence | None):
        """Return quantiles, weights in all, Woodruff bounds, and the variation that gives standard errors."""
        of, rule = self.respondents, str(self.estimand.parameters.get("rule", "lower"))
        x, y = of.where[self.estimand.denominator.name], of.adds(self.estimand.numerator)
        order = Ordered.of(of, self.estimand, code, domains)
        shares = order.shares(of.weights)
        probabilities = np.full(domains, self.estimand.parameters["probability"])
        value, whole = order.quantile(shares, probabilities, rule), self._sum(x, code, domains)
        if presence is None:
            return value, whole, None, None
        under = x & (y <= np.nan_to_num(value, nan=-np.inf)[code])
        below, unknown = self._sum(under, code, domains), np.full(domains, np.nan)
        share = np.divide(below, whole, out=unknown, where=whole > 0)
        variation = self.sampling.ratio(under, x, code, domains)
        error_of_share = self._error(variation, presence)
        df = self.sampling.degrees_of_freedom(presence)
        if self.interval == "logit":
            low, high = logit_interval(share, error_of_share, df, level=self.level)
        else:
            low, high = wald_interval(share, error_of_share, df, level=self.level)
        lower, upper = (order.quantile(shares, limit, rule) for limit in (low, high))
        error = (upper - lower) / (2 * self._half_width(presence))
        with np.errstate(divide="ignore", invalid="ignore"):
            per_share = np.where(
                error_of_share > 0, error / error_of_share, np.where(np.isnan(error), np.nan, 0.0)
            )
        return value, whole, (lower, upper), -variation * per_share[:, None]

    def _gini(self) -> Measured:
        of = self.respondents
        order = Ordered.of(of, self.estimand, self.code, self.domains)

        def cumulated(numbers: np.ndarray) -> np.ndarray:
            added = np.cumsum(numbers)
            return added - np.concatenate([[0.0], added])[order.starts[:-1]][order.code]

        def sums(weights: np.ndarray) -> tuple[np.ndarray, ...]:
            w, v = weights[order.place], order.values
            counted, ranks = np.bincount(order.code, w, self.domains), cumulated(w)
            total = np.bincount(order.code, w * v, self.domains)
            pairs = np.bincount(order.code, w * v * (2 * ranks - w), self.domains)
            return counted, total, pairs, ranks

        def values(weights: np.ndarray) -> np.ndarray:
            counted, total, pairs, _ = sums(weights)
            both = counted * total
            return np.divide(pairs, both, out=np.full(self.domains, np.nan), where=both > 0) - 1

        value, (counted, total, _, ranks) = values(of.weights), sums(of.weights)
        if self.presence is None:
            return Measured(value, total, counted)
        if isinstance(self.sampling, Replicated):
            return Measured(value, total, counted, self.sampling.departures(values))
        c, v = order.code, order.values
        beneath = cumulated(of.weights[order.place] * v)
        with np.errstate(divide="ignore", invalid="ignore"):
            z = 2 * (v * ranks + total[c] - beneath) / (counted * total)[c]
            z -= (value[c] + 1) * (1 / counted[c] + v / total[c])
        spread = np.zeros(len(of.weights))
        spread[order.place] = np.nan_to_num(z)
        return Measured(value, total, counted, self.sampling.totals(spread, self.code, self.domains))

    def _share_below(self) -> Measured:
        r"""Measure the share below a fraction of a quantile of the whole sample (each country's own).

        With :math:`L = a\,q_p` and F the domain's distribution, :math:`z_i = (1(y_i < L) - F(L)) / N +
        f(L)\,a\,z_i(q_p)`; the densities are those that Woodruff's intervals imply.
        """
        of, fraction = self.respondents, self.estimand.parameters["fraction"]
        x, y = of.where[self.estimand.denominator.name], of.adds(self.estimand.numerator)
        number = int(of.sample.max(initial=0)) + 1
        whole = self._presence(x, of.sample, number)
        quantile, _, _, moved = self._quantiles(of.sample, number, whole)
        line = fraction * quantile
        under = (x & (y < np.nan_to_num(line, nan=-np.inf)[of.sample])).astype(float)
        above, below = self._sum(under), self._sum(x.astype(float))
        value = np.divide(above, below, out=np.full(self.domains, np.nan), where=below > 0)
        if self.presence is None:
            return Measured(value, above, below)
        if isinstance(self.sampling, Replicated):
            return Measured(value, above, below, self._replicated_shares(x, y, number, self.sampling))
        variation = self.sampling.ratio(under, x.astype(float), self.code, self.domains)
        pair, pairs = self.code * number + of.sample, self.domains * number
        counted = self._sum(x.astype(float), pair, pairs)
        density = self._densities(x, y, under, pair, pairs, counted)
        for s in range(number):
            of_pair = np.arange(self.domains) * number + s
            with np.errstate(divide="ignore", invalid="ignore"):
                part = np.where(counted[of_pair] > 0, density[of_pair] * counted[of_pair] / below, 0.0)
            variation = variation + part[:, None] * fraction * moved[s]
        return Measured(value, above, below, variation)

    def _densities(self, x, y, under, pair, pairs, counted) -> np.ndarray:
        """Return the density at the line of each domain and sample, by Woodruff's interval of its share."""
        of = self.respondents
        presence = self._presence(x, pair, pairs)
        error = self._error(self.sampling.ratio(under, x.astype(float), pair, pairs), presence)
        share = np.divide(
            self._sum(under, pair, pairs), counted, out=np.full(pairs, np.nan), where=counted > 0
        )
        half = self._half_width(presence) * error
        low, high = np.clip(share - half, 0, 1), np.clip(share + half, 0, 1)
        order = Ordered.of(of, self.estimand, pair, pairs)
        shares = order.shares(of.weights)
        width = order.quantile(shares, high, "lower") - order.quantile(shares, low, "lower")
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(high > low, np.where(width > 0, (high - low) / width, np.nan), 0.0)

    def _replicated_shares(
        self, x: np.ndarray, y: np.ndarray, number: int, sampling: Replicated
    ) -> np.ndarray:
        of, parameters = self.respondents, self.estimand.parameters
        if sampling.replicates.method in SMOOTH_ONLY:
            raise ValueError(
                f"{self.estimand.indicator}: the jackknife does not estimate the error of a share below "
                "a line that is itself a quantile; expected replicates by bootstrap, brr, fay or sdr, "
                "or strata and PSUs"
            )
        order = Ordered.of(of, self.estimand, of.sample, number)
        probabilities, rule = np.full(number, parameters["probability"]), str(parameters.get("rule", "lower"))

        def values(weights: np.ndarray) -> np.ndarray:
            line = parameters["fraction"] * order.quantile(order.shares(weights), probabilities, rule)
            under = x & (y < np.nan_to_num(line, nan=-np.inf)[of.sample])
            below = np.bincount(self.code, weights * x, self.domains)
            above = np.bincount(self.code, weights * under, self.domains)
            return np.divide(above, below, out=np.full(self.domains, np.nan), where=below > 0)

        return sampling.departures(values)

    def _presence(self, met: np.ndarray, code: np.ndarray, domains: int) -> Presence | None:
        return None if self.presence is None else self.sampling.presence(met, code, domains)
