"""Taylor linearization: variances of ratios and totals from cells, for all domains at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from analysis.estimation.cells import Cells, Groups, radix, unradix
from analysis.estimation.design import LONELY_PSU_RULES
from analysis.indicators import Estimand


@dataclass(frozen=True, eq=False)
class DomainEstimates:
    """Estimates of one estimand for every domain of a margin, in the estimand's unit."""

    value: np.ndarray
    standard_error: np.ndarray
    degrees_of_freedom: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    n: np.ndarray


@dataclass(frozen=True, eq=False)
class Margin:
    """The cells of a margin, with the domains that they belong to.

    Parameters
    ----------
    cells : Cells
        Cells gathered over the dimensions that vary within PSUs.
    kept : tuple of int
        The dimensions of `cells` that tell the margin's domains apart.
    """

    cells: Cells
    kept: tuple[int, ...]

    @cached_property
    def starts(self) -> np.ndarray:
        """Where the cells of each stratum and domain begin; cells are sorted by both."""
        if self.cells.stratum is None:
            return np.arange(len(self.cells.codes))
        changed = np.diff(self.cells.stratum) != 0
        for k in range(self.cells.codes.shape[1]):
            changed |= np.diff(self.cells.codes[:, k]) != 0
        return np.r_[0, np.flatnonzero(changed) + 1] if len(self.cells.codes) else np.zeros(0, dtype=np.int64)

    @cached_property
    def lengths(self) -> np.ndarray:
        """Number of cells of each stratum and domain."""
        return np.diff(np.r_[self.starts, len(self.cells.codes)])

    @cached_property
    def groups(self) -> Groups:
        """The domain of each stratum-and-domain block."""
        shape = [self.cells.shape[k] for k in self.kept]
        codes = self.cells.codes[self.starts]
        return Groups.of(radix([codes[:, k] for k in self.kept], shape, len(codes)), prod(shape))

    @property
    def domain_codes(self) -> np.ndarray:
        """The codes of each domain in the kept dimensions, one row a domain."""
        codes = unradix(self.groups.codes, [self.cells.shape[k] for k in self.kept])
        return np.column_stack(codes) if codes else np.zeros((len(self.groups.codes), 0), dtype=np.int64)

    def blocks(self, values: np.ndarray) -> np.ndarray:
        """Add up cells within each stratum and domain."""
        return np.add.reduceat(values, self.starts) if len(self.starts) else values

    def spread(self, of_domains: np.ndarray) -> np.ndarray:
        """Repeat a value of each domain over its cells."""
        return np.repeat(of_domains[self.groups.index], self.lengths)


def estimate_margin(margin: Margin, estimand: Estimand, rule: str) -> DomainEstimates:
    r"""Estimate one estimand for every domain of a margin.

    Parameters
    ----------
    margin : Margin
        The cells and their domains.
    estimand : Estimand
        A ratio or a total.
    rule : {"fail", "remove", "adjust", "average", "certainty"}
        What a stratum of one PSU adds to the variance, as in `stratum_variance`.

    Returns
    -------
    DomainEstimates
        :math:`\hat R = \sum w y / \sum w x` and :math:`\hat V(\hat R) = \hat V(\sum_i w_i z_i)` with
        :math:`z_i = (y_i - \hat R x_i) / \hat X`; for a total :math:`z_i = y_i`. A domain without cases has
        no value.

    References
    ----------
    Woodruff (1971), Journal of the American Statistical Association 66; Särndal, Swensson and Wretman (1992),
    Model Assisted Survey Sampling, section 5.5.
    """
    value, numerator, denominator, n = domain_values(margin, estimand)
    if margin.cells.stratum is None:
        unknown = np.full(len(value), np.nan)
        return DomainEstimates(value * estimand.scale, unknown, unknown, numerator, denominator, n)
    present = margin.cells.sums[f"n_{estimand.universe.name}"]
    variance = stratum_variance(margin, linearized(margin, estimand, value, denominator), present, rule)
    error = np.sqrt(variance)
    error[np.isnan(value)] = np.nan
    return DomainEstimates(
        value * estimand.scale,
        error * estimand.scale,
        degrees_of_freedom(margin, margin.cells.sums[f"w_{estimand.universe.name}"]),
        numerator,
        denominator,
        n,
    )


def domain_values(
    margin: Margin, estimand: Estimand
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return each domain's value before scaling, numerator, denominator (missing for a total) and cases."""
    sums = margin.cells.sums

    def over(name: str) -> np.ndarray:
        return margin.groups.sum(margin.blocks(sums[name]))

    numerator = over(f"w_{estimand.numerator.name}")
    denominator = (
        np.full(len(numerator), np.nan)
        if estimand.denominator is None
        else over(f"w_{estimand.denominator.name}")
    )
    cases = over(f"n_{estimand.cases.name}").astype(np.int64)
    if estimand.denominator is None:
        return numerator.copy(), numerator, denominator, cases
    value = np.divide(numerator, denominator, out=np.full(len(numerator), np.nan), where=denominator > 0)
    return value, numerator, denominator, cases


def linearized(margin: Margin, estimand: Estimand, value: np.ndarray, denominator: np.ndarray) -> np.ndarray:
    """Return the weighted sum of the linearized variable in each cell; 0 in domains without cases."""
    y = margin.cells.sums[f"w_{estimand.numerator.name}"]
    if estimand.denominator is None:
        return y
    x = margin.cells.sums[f"w_{estimand.denominator.name}"]
    with np.errstate(divide="ignore", invalid="ignore"):
        per_unit = np.where(denominator != 0, 1.0 / denominator, 0.0)
    ratio = np.where(denominator != 0, value, 0.0)
    return (y - margin.spread(ratio) * x) * margin.spread(per_unit)


def stratum_variance(margin: Margin, z: np.ndarray, persons: np.ndarray, rule: str) -> np.ndarray:
    r"""Return the variance of the total of `z` in each domain, between PSUs within strata.

    Parameters
    ----------
    margin : Margin
        The cells and their domains.
    z : numpy.ndarray
        Weighted total of the linearized variable in each cell.
    persons : numpy.ndarray
        Unweighted number of persons of the universe in each cell; a domain is present in a stratum where it
        has some.
    rule : {"fail", "remove", "adjust", "average", "certainty"}
        A stratum of one PSU in the whole sample: refuse it, add nothing (`remove`, `certainty`), add the
        square of its total (`adjust`, centred at the grand mean of the linearized variable, which is 0), or
        add the average of the other strata in which the domain is present (`average`).

    Returns
    -------
    numpy.ndarray
        :math:`\sum_h \frac{n_h}{n_h - 1} \sum_{j} (z_{hj} - \bar z_h)^2`, over all :math:`n_h` PSUs of the
        stratum, those without cases in the domain included.

    Raises
    ------
    ValueError
        Under `fail`, when a domain is present in a stratum of one PSU; and for a rule that is not known.

    References
    ----------
    Lumley (2004), Analysis of complex survey samples, Journal of Statistical Software 9(8); R package survey,
    ``svyrecvar`` and ``surveyoptions``.
    """
    if rule not in LONELY_PSU_RULES:
        raise ValueError(
            f"lonely PSU rule {rule!r} is not known; expected one of {', '.join(LONELY_PSU_RULES)}"
        )
    stratum = margin.cells.stratum[margin.starts]
    size = margin.cells.psus[stratum]
    lonely = size == 1
    present = margin.blocks(persons) > 0
    if rule == "fail" and (lonely & present).any():
        names = np.unique(margin.cells.stratum_names[stratum[lonely & present]])
        raise ValueError(
            f"survey design: {len(names)} strata have a single PSU: {', '.join(names[:10])}"
            f"{', …' if len(names) > 10 else ''}; expected two or more. Merge strata, or name a rule "
            "(remove, adjust, average or certainty)"
        )
    total = margin.blocks(z)
    mean = total / size
    deviation = z - np.repeat(mean, margin.lengths)
    squares = margin.blocks(deviation * deviation) + (size - margin.lengths) * mean * mean
    with np.errstate(divide="ignore", invalid="ignore"):
        within = np.where(lonely, total * total if rule == "adjust" else 0.0, squares * size / (size - 1))
    variance = margin.groups.sum(within)
    if rule == "average":
        strata = margin.groups.sum(present.astype(float))
        usable = margin.groups.sum((present & ~lonely).astype(float))
        with np.errstate(divide="ignore", invalid="ignore"):
            variance = variance * (strata / usable)
    return variance


def degrees_of_freedom(margin: Margin, weights: np.ndarray) -> np.ndarray:
    """Return PSUs less strata of each domain, counting those where the universe has a positive weight."""
    occupied = margin.blocks((weights > 0).astype(float))
    return (margin.groups.sum(occupied) - margin.groups.sum((occupied > 0).astype(float))).astype(np.int64)
