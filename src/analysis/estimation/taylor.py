"""Taylor linearization: variances of ratios and totals from cells, for all domains at once."""

from __future__ import annotations

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
    dimensions : tuple of int
        The same dimensions by their place in the whole table.
    """

    cells: Cells
    kept: tuple[int, ...]
    dimensions: tuple[int, ...] = ()

    @cached_property
    def groups(self) -> Groups:
        """The domain of each stratum-and-domain block."""
        shape = [self.cells.shape[k] for k in self.kept]
        codes = self.cells.codes[self.cells.starts]
        return Groups.of(radix([codes[:, k] for k in self.kept], shape, len(codes)), prod(shape))

    @property
    def domain_codes(self) -> np.ndarray:
        """The codes of each domain in the kept dimensions, one row a domain."""
        codes = unradix(self.groups.codes, [self.cells.shape[k] for k in self.kept])
        return np.column_stack(codes) if codes else np.zeros((len(self.groups.codes), 0), dtype=np.int64)

    def spread(self, of_domains: np.ndarray) -> np.ndarray:
        """Repeat a value of each domain over its cells."""
        return np.repeat(of_domains[self.groups.index], self.cells.lengths)


@dataclass(frozen=True, eq=False)
class DomainValues:
    """Each domain's value before scaling, numerator, denominator (missing for a total) and cases."""

    value: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    n: np.ndarray

    def at(self, domains: np.ndarray) -> DomainValues:
        """Return the values of some domains."""
        return DomainValues(
            self.value[domains], self.numerator[domains], self.denominator[domains], self.n[domains]
        )


def domain_values(margin: Margin, estimand: Estimand) -> DomainValues:
    """Add up the cells of each domain; a domain whose denominator is 0 has no value."""

    def over(name: str) -> np.ndarray:
        return margin.groups.sum(margin.cells.block_sums(name))

    numerator = over(f"w_{estimand.numerator.name}")
    cases = over(f"n_{estimand.cases.name}").astype(np.int64)
    missing = np.full(len(numerator), np.nan)
    if estimand.denominator is None:
        return DomainValues(numerator.copy(), numerator, missing, cases)
    denominator = over(f"w_{estimand.denominator.name}")
    value = np.divide(numerator, denominator, out=missing, where=denominator > 0)
    return DomainValues(value, numerator, denominator, cases)


def linearized(margin: Margin, estimand: Estimand, values: DomainValues) -> np.ndarray:
    r"""Return the weighted sum of the linearized variable in each cell; 0 in domains without cases.

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
        :math:`\sum_i w_i z_i` with :math:`z_i = (y_i - \hat R x_i) / \hat X`; for a total :math:`z_i = y_i`.

    References
    ----------
    Woodruff (1971), Journal of the American Statistical Association 66; Särndal, Swensson and Wretman (1992),
    Model Assisted Survey Sampling, section 5.5.
    """
    y = margin.cells.sums[f"w_{estimand.numerator.name}"]
    if estimand.denominator is None:
        return y
    x = margin.cells.sums[f"w_{estimand.denominator.name}"]
    some = values.denominator > 0
    per_unit = np.divide(1.0, values.denominator, out=np.zeros(len(some)), where=some)
    ratio = np.where(some, values.value, 0.0)
    return (y - margin.spread(ratio) * x) * margin.spread(per_unit)


@dataclass(frozen=True, eq=False)
class StratumParts:
    """What strata add to each domain; parts of different strata add up.

    Parameters
    ----------
    variance : numpy.ndarray
        Sum of the variances within strata.
    strata, usable : numpy.ndarray
        Strata where the domain has persons, and those of them with two PSUs or more.
    occupied_psus, occupied_strata : numpy.ndarray
        PSUs and strata where the domain has a person of positive weight.
    """

    variance: np.ndarray
    strata: np.ndarray
    usable: np.ndarray
    occupied_psus: np.ndarray
    occupied_strata: np.ndarray

    @classmethod
    def none(cls, domains: int) -> StratumParts:
        """Return the parts of no stratum."""
        return cls(*(np.zeros(domains) for _ in range(5)))

    def add(self, parts: StratumParts, domains: np.ndarray) -> None:
        """Add parts to the given domains, in place."""
        for name in self.__dataclass_fields__:
            getattr(self, name)[domains] += getattr(parts, name)

    def standard_error(self, rule: str) -> np.ndarray:
        """Return the square root of the variance, completed by the rule for lone PSUs."""
        if rule != "average":
            return np.sqrt(self.variance)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.sqrt(self.variance * (self.strata / self.usable))

    @property
    def degrees_of_freedom(self) -> np.ndarray:
        """PSUs less strata."""
        return (self.occupied_psus - self.occupied_strata).astype(np.int64)


def stratum_parts(margin: Margin, z: np.ndarray, universe: str, rule: str) -> StratumParts:
    r"""Return what the strata of the margin's cells add to the variance of the total of `z` in each domain.

    Parameters
    ----------
    margin : Margin
        The cells and their domains.
    z : numpy.ndarray
        Weighted total of the linearized variable in each cell.
    persons, weights : numpy.ndarray
        Unweighted and weighted number of persons of the universe in each cell; a domain is present in a
        stratum where it has some.
    rule : {"fail", "remove", "adjust", "average", "certainty"}
        A stratum of one PSU in the whole sample: refuse it, add nothing (`remove`, `certainty`), add the
        square of its total (`adjust`, centred at the grand mean of the linearized variable, which is 0), or
        add the average of the other strata in which the domain is present (`average`).

    Returns
    -------
    StratumParts
        :math:`\sum_h \frac{n_h}{n_h - 1} \sum_{j} (z_{hj} - \bar z_h)^2`, over all :math:`n_h` PSUs of the
        stratum, those without cases in the domain included; and the counts that degrees of freedom need.

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
    cells = margin.cells
    stratum = cells.stratum[cells.starts]
    size = cells.psus[stratum]
    lonely = size == 1
    present = cells.block_sums(f"n_{universe}") > 0
    if rule == "fail" and (lonely & present).any():
        lone = cells.stratum_names[np.unique(stratum[lonely & present])]
        names = sorted(" ".join(map(code_text, codes)) or "the whole sample" for codes in lone)
        raise ValueError(
            f"survey design: {len(names)} strata have a single PSU: {', '.join(names[:10])}"
            f"{', …' if len(names) > 10 else ''}; expected two or more. Merge strata, or name a rule "
            "(remove, adjust, average or certainty)"
        )
    total = cells.add_blocks(z)
    mean = total / size
    deviation = z - np.repeat(mean, cells.lengths)
    squares = cells.add_blocks(deviation * deviation) + (size - cells.lengths) * mean * mean
    scaled = squares * size / np.where(lonely, 1, size - 1)
    within = np.where(lonely, total * total if rule == "adjust" else 0.0, scaled)
    occupied = cells.occupied(f"w_{universe}")
    return StratumParts(
        *(
            margin.groups.sum(part.astype(float))
            for part in (within, present, present & ~lonely, occupied, occupied > 0)
        )
    )


def margin_parts(margin: Margin, estimand: Estimand, values: DomainValues, rule: str) -> StratumParts:
    """Return what the strata of the margin's cells add to the variance of an estimand in each domain."""
    return stratum_parts(margin, linearized(margin, estimand, values), estimand.universe.name, rule)
