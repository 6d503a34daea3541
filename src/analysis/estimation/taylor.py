"""Taylor linearization: variances of ratios and totals from cells, for all domains at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from analysis.estimation.cells import Cells
from analysis.estimation.coding import code_text
from analysis.estimation.design import LONELY_PSU_RULES
from analysis.estimation.grouping import Groups, radix, unradix
from analysis.indicators import Estimand


@dataclass(frozen=True, eq=False)
class Margin:
    """The cells of a margin, with the domains that they belong to.

    Parameters
    ----------
    cells : Cells
        Cells gathered over the dimensions that vary within PSUs.
    kept : tuple of int
        The dimensions of `cells` that tell the margin's domains apart.
    dimensions, grain : tuple of int
        The dimensions kept, and those of `cells`, by their place in the whole table.
    """

    cells: Cells
    kept: tuple[int, ...]
    dimensions: tuple[int, ...] = ()
    grain: tuple[int, ...] = ()

    @cached_property
    def groups(self) -> Groups:
        """The domain of each block."""
        shape = [self.cells.shape[k] for k in self.kept]
        return Groups.of(
            radix([self.cells.codes[k] for k in self.kept], shape, len(self.cells.lengths)), prod(shape)
        )

    @property
    def domain_codes(self) -> list[np.ndarray]:
        """The code of each domain in each of the kept dimensions."""
        return unradix(self.groups.codes, [self.cells.shape[k] for k in self.kept])

    def labels(self, dimensions: int) -> np.ndarray:
        """The codes of each domain in all dimensions of the whole table, one row a domain; -1 for a total."""
        labels = np.full((len(self.groups.codes), dimensions), -1, dtype=np.int64)
        for k, code in zip(self.dimensions, self.domain_codes, strict=True):
            labels[:, k] = code
        return labels

    def spread(self, of_domains: np.ndarray) -> np.ndarray:
        """Repeat a value of each domain over its cells."""
        return self.cells.spread(of_domains[self.groups.index])

    def sum(self, name: str) -> np.ndarray:
        """Add up the cells of each domain."""
        return self.groups.sum(self.cells.add_blocks(self.cells.sums[name]))


@dataclass(frozen=True, eq=False)
class DomainValues:
    """Each domain's value before scaling, numerator, denominator (missing for a total) and cases."""

    value: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    n: np.ndarray

    @property
    def slope(self) -> np.ndarray:
        """The ratio that residuals are taken from: 0 for a total, and where there is no value."""
        return np.where(self.denominator > 0, self.value, 0.0)

    @property
    def per_unit(self) -> np.ndarray:
        """What residuals are multiplied by: one over the denominator, 1 for a total, 0 without a value."""
        ratio = ~np.isnan(self.denominator)
        out = np.where(ratio, 0.0, 1.0)
        return np.divide(1.0, self.denominator, out=out, where=ratio & (self.denominator > 0))

    def at(self, domains: np.ndarray) -> DomainValues:
        """Return the values of some domains."""
        return DomainValues(
            self.value[domains], self.numerator[domains], self.denominator[domains], self.n[domains]
        )


def domain_values(margin: Margin, estimand: Estimand) -> DomainValues:
    """Add up the cells of each domain; a domain whose denominator is 0 has no value."""
    numerator = margin.sum(f"w_{estimand.numerator.name}")
    cases = margin.sum(f"c_{estimand.cases.name}").astype(np.int64)
    missing = np.full(len(numerator), np.nan)
    if estimand.denominator is None:
        return DomainValues(numerator.copy(), numerator, missing, cases)
    denominator = margin.sum(f"w_{estimand.denominator.name}")
    value = np.divide(numerator, denominator, out=missing, where=denominator > 0)
    return DomainValues(value, numerator, denominator, cases)


def residual(margin: Margin, estimand: Estimand, values: DomainValues) -> np.ndarray:
    r"""Return the weighted sum of the residuals in each cell.

    Parameters
    ----------
    margin : Margin
        The cells and their domains.
    estimand : Estimand
        A ratio or a total.
    values : DomainValues
        The values of the margin's domains, over the whole sample.

    Returns
    -------
    numpy.ndarray
        :math:`\sum_i w_i u_i` with :math:`u_i = y_i - \hat R x_i`; for a total :math:`u_i = y_i`. The
        linearized variable is :math:`z_i = u_i / \hat X`, for a total :math:`z_i = y_i`.

    References
    ----------
    Woodruff (1971), Journal of the American Statistical Association 66; Särndal, Swensson and Wretman (1992),
    Model Assisted Survey Sampling, section 5.5.
    """
    y = margin.cells.sums[f"w_{estimand.numerator.name}"]
    if estimand.denominator is None:
        return y
    return y - margin.spread(values.slope) * margin.cells.sums[f"w_{estimand.denominator.name}"]


@dataclass(frozen=True, eq=False)
class StratumParts:
    r"""What strata add to each domain; parts of different strata add up.

    Parameters
    ----------
    residual, cross, denominator : numpy.ndarray
        Sum over strata of the variance of the PSU totals of :math:`u`, of their covariance with those of
        :math:`x`, and of the variance of those.
    strata, usable : numpy.ndarray
        Strata where the domain has persons, and those of them with two PSUs or more.
    psus, occupied : numpy.ndarray
        PSUs and strata where the domain has a person of positive weight.
    """

    residual: np.ndarray
    cross: np.ndarray
    denominator: np.ndarray
    strata: np.ndarray
    usable: np.ndarray
    psus: np.ndarray
    occupied: np.ndarray

    @classmethod
    def none(cls, domains: int) -> StratumParts:
        """Return the parts of no stratum."""
        return cls(*(np.zeros(domains) for _ in range(7)))

    def add(self, parts: StratumParts, domains: np.ndarray) -> None:
        """Add parts to the given domains, in place."""
        for name in self.__dataclass_fields__:
            getattr(self, name)[domains] += getattr(parts, name)

    def over(self, groups: Groups, change: np.ndarray) -> StratumParts:
        r"""Add up domains of different samples, whose ratio differs from each one's own.

        Parameters
        ----------
        groups : Groups
            The wider domain that each domain belongs to.
        change : numpy.ndarray
            :math:`\delta = \hat R - \hat R_d`, the ratio of the wider domain less that of each domain.

        Returns
        -------
        StratumParts
            The parts of the wider domains. Their residual is :math:`u - \delta x`, whose variance is
            :math:`V(u) - 2 \delta \, C(u, x) + \delta^2 V(x)`.
        """
        variance = self.residual - 2 * change * self.cross + change**2 * self.denominator
        others = (self.strata, self.usable, self.psus, self.occupied)
        none = np.zeros(len(groups.codes))
        return StratumParts(groups.sum(np.maximum(variance, 0.0)), none, none, *map(groups.sum, others))

    def standard_error(self, rule: str) -> np.ndarray:
        """Return the square root of the residual's variance, completed by the rule for lone PSUs."""
        if rule != "average":
            return np.sqrt(self.residual)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.sqrt(self.residual * (self.strata / self.usable))

    @property
    def degrees_of_freedom(self) -> np.ndarray:
        """PSUs less strata."""
        return (self.psus - self.occupied).astype(np.int64)


@dataclass(frozen=True, eq=False)
class Centred:
    """A variable's totals by PSU, about the mean of their stratum; a PSU without cells has 0."""

    total: np.ndarray
    mean: np.ndarray
    deviation: np.ndarray

    @classmethod
    def of(cls, cells: Cells, values: np.ndarray) -> Centred:
        """Centre the cells of each block."""
        total = cells.add_blocks(values)
        mean = total / cells.units.size[cells.stratum]
        return cls(total, mean, values - cells.spread(mean))


def covariance(cells: Cells, one: Centred, other: Centred, rule: str) -> np.ndarray:
    r"""Return what each block's stratum adds to the covariance of two totals.

    Parameters
    ----------
    cells : Cells
        The cells.
    one, other : Centred
        Two variables.
    rule : {"fail", "remove", "adjust", "average", "certainty"}
        A stratum of one PSU in the whole sample: nothing (`fail` refuses it before), or under `adjust` the
        product of its totals, centred at the grand mean of the linearized variable, which is 0; `average`
        completes the sum afterwards.

    Returns
    -------
    numpy.ndarray
        :math:`\frac{n_h}{n_h - 1} \sum_{j} (u_{hj} - \bar u_h)(v_{hj} - \bar v_h)`, over all :math:`n_h`
        PSUs of the stratum, those without cases in the domain included.

    References
    ----------
    Lumley (2004), Analysis of complex survey samples, Journal of Statistical Software 9(8); R package survey,
    ``svyrecvar`` and ``surveyoptions``.
    """
    size = cells.units.size[cells.stratum]
    products = cells.add_blocks(one.deviation * other.deviation)
    products += (size - cells.lengths) * one.mean * other.mean
    alone = one.total * other.total if rule == "adjust" else 0.0
    return np.where(size > 1, products * size / np.maximum(size - 1, 1), alone)


def refuse_lonely(cells: Cells, universes: Iterable[str], rule: str) -> None:
    """Refuse a rule that is not known, and under ``fail`` a domain in a stratum of a single PSU.

    Raises
    ------
    ValueError
        In either case, with the first ten strata.
    """
    if rule not in LONELY_PSU_RULES:
        raise ValueError(
            f"lonely PSU rule {rule!r} is not known; expected one of {', '.join(LONELY_PSU_RULES)}"
        )
    if rule != "fail" or (cells.units.size > 1).all():
        return
    present = [cells.add_blocks(cells.sums[f"n_{universe}"]) > 0 for universe in universes]
    lonely = (cells.units.size[cells.stratum] == 1) & np.any(present, axis=0)
    if lonely.any():
        lone = cells.units.names[np.unique(cells.stratum[lonely])]
        names = sorted(" ".join(map(code_text, codes)) or "the whole sample" for codes in lone)
        raise ValueError(
            f"survey design: strata with a single PSU, {len(names)} in all: {', '.join(names[:10])}"
            f"{', …' if len(names) > 10 else ''}; expected two or more in each. Merge strata, or name a rule "
            "(remove, adjust, average or certainty)"
        )


def occupancy(margin: Margin, universe: str, rule: str) -> tuple[np.ndarray, ...]:
    """Count for each domain the last four of `StratumParts`; strata and usable ones for ``average`` only."""
    cells = margin.cells
    occupied = cells.add_blocks((cells.sums[f"w_{universe}"] > 0).astype(float))
    present: np.ndarray = np.zeros(len(occupied))
    usable = present
    if rule == "average":
        present = cells.add_blocks(cells.sums[f"n_{universe}"]) > 0
        usable = present & (cells.units.size[cells.stratum] > 1)
    return tuple(margin.groups.sum(column) for column in (present, usable, occupied, occupied > 0))


def stratum_parts(
    margin: Margin, u: Centred, x: Centred | None, occupied: tuple[np.ndarray, ...], rule: str
) -> StratumParts:
    """Return what the strata of the margin's cells add to each domain.

    Parameters
    ----------
    margin : Margin
        The cells and their domains.
    u, x : Centred
        The residual; and the denominator, where domains will be added up over samples.
    occupied : tuple of numpy.ndarray
        From `occupancy`.
    rule : str
        What to do with a stratum of one PSU, as in `covariance`.
    """
    pairs = [(u, u)] if x is None else [(u, u), (u, x), (x, x)]
    moments = [margin.groups.sum(covariance(margin.cells, *pair, rule)) for pair in pairs]
    return StratumParts(*moments, *(np.zeros(len(moments[0])) for _ in range(3 - len(moments))), *occupied)
