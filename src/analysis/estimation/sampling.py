"""How an estimate would vary from sample to sample: by linearization over PSUs, or by replicate weights.

Either way the sampling variation of many domains is one matrix, one row a domain: totals of the linearized
variable by sampling unit, or departures of replicate estimates. Rows add up and subtract as the estimates
themselves do, so that a difference has its covariance in it; variances are taken from the rows last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from analysis.estimation.calibration import Projector
from analysis.estimation.coding import Units
from analysis.estimation.design import LONELY_PSU_RULES, SurveyDesign
from analysis.estimation.grouping import Groups
from analysis.estimation.replication import Replicates, rank_of_matrix
from analysis.estimation.stages import StageUnits
from analysis.sources.value_labels import code_text

TOGETHER = 2_000_000
"""Numbers of replicate weights that are taken at once."""

ODD = 10.0
"""How many times more or less than the weight one replicate may add up to."""

LARGEST = 200_000_000
"""Most numbers of one matrix of domains by units (1.5 GiB); two or three are held at a time."""


@dataclass(frozen=True, eq=False)
class Presence:
    """Where domains have persons: by PSU (of positive weight) and by stratum; one row a domain."""

    psus: np.ndarray
    strata: np.ndarray

    def over(self, into: np.ndarray, domains: int) -> Presence:
        """Return the same for larger domains, given which of them each domain belongs to."""
        order = np.argsort(into, kind="stable")
        starts = np.searchsorted(into[order], np.arange(domains))
        psus, strata = (np.logical_or.reduceat(mask[order], starts) for mask in (self.psus, self.strata))
        return Presence(psus, strata)

    def joined(self, rows: Sequence[np.ndarray]) -> Presence:
        """Return where any of several domains has persons, given the rows of each."""
        psus = np.any([self.psus[row] for row in rows], axis=0)
        return Presence(psus, np.any([self.strata[row] for row in rows], axis=0))


@dataclass(frozen=True, eq=False)
class Linearized:
    """Taylor linearization over the stages of a design.

    Parameters
    ----------
    levels : tuple of StageUnits
        The stages, the first first.
    psu, unit : numpy.ndarray of int
        Each person's unit at the first stage, and at the last.
    units : Units
        The PSUs and their strata.
    rule : str
        What to do with a stratum of one PSU.
    weights : numpy.ndarray
        Each person's weight, calibrated.
    projector : Projector, optional
        What takes off the regression on the calibration variables.
    """

    levels: tuple[StageUnits, ...]
    psu: np.ndarray
    unit: np.ndarray
    units: Units
    rule: str = "fail"
    weights: np.ndarray | None = None
    projector: Projector | None = None

    def __post_init__(self):
        if self.rule not in LONELY_PSU_RULES:
            raise ValueError(
                f"lonely PSU rule {self.rule!r} is not known; expected one of {', '.join(LONELY_PSU_RULES)}"
            )
        if self.rule == "average" and len(self.levels) > 1:
            raise ValueError(
                "lonely PSU rule 'average' is not defined over several stages; expected remove, adjust "
                "or certainty"
            )

    def calibrated(self, x: sparse.csr_array | None, before: np.ndarray, weights: np.ndarray) -> Linearized:
        """Return the design with its weights, and what they were calibrated by."""
        count = len(self.levels[-1].stratum)
        projector = None if x is None else Projector.of(x, before, weights, self.unit, count)
        return replace(self, weights=weights, projector=projector)

    def only(self, rows: np.ndarray) -> Linearized:
        """Return the design for variables that are 0 but for some persons, in the order of these."""
        psu = self.psu[rows]
        return replace(
            self,
            psu=psu,
            unit=psu if self.unit is self.psu else self.unit[rows],
            weights=self.weights[rows],
            projector=self.projector and self.projector.only(rows),
        )

    def totals(self, z: np.ndarray, code: np.ndarray, domains: int) -> np.ndarray:
        """Return weighted totals of a linearized variable, one row a domain, one column a last unit.

        Under calibration the variable's regression on the calibration variables is taken off first.
        """
        (totals,) = self._by_unit((z,), code, domains)
        if self.projector is None:
            return totals
        return totals - self.projector.slopes(z, code, domains) @ self.projector.of_units.T

    def _by_unit(self, added: Sequence[np.ndarray], code: np.ndarray, domains: int) -> list[np.ndarray]:
        """Return weighted sums of variables, one row a domain, one column a last unit."""
        count = len(self.levels[-1].stratum)
        if domains * count > LARGEST:
            raise ValueError(
                f"{domains} domains by {count} sampling units are more than memory is meant to hold; "
                f"expected fewer than {LARGEST // count} domains. Ask for fewer dimensions, or leave "
                "totals out"
            )
        cell = code * count + self.unit
        sums = (np.bincount(cell, self.weights * variable, minlength=domains * count) for variable in added)
        return [total.reshape(domains, count) for total in sums]

    def ratio(self, y: np.ndarray, x: np.ndarray | None, code: np.ndarray, domains: int) -> np.ndarray:
        """Return the variation of a ratio of two weighted sums, or of one sum, by domain."""
        if x is None:
            return self.totals(y, code, domains)
        part, whole = self._by_unit((y, x), code, domains)
        above, below = part.sum(axis=1), whole.sum(axis=1)
        slope = np.divide(above, below, out=np.zeros(domains), where=below > 0)
        per_unit = np.divide(1.0, below, out=np.zeros(domains), where=below > 0)
        if self.projector is not None:
            return self.totals((y - slope[code] * x) * per_unit[code], code, domains)
        whole *= slope[:, None]
        part -= whole
        part *= per_unit[:, None]
        return part

    def variance(self, totals: np.ndarray, presence: Presence) -> np.ndarray:
        """Return the variance of each row, the stages added up.

        Raises
        ------
        ValueError
            Under ``fail``, where a domain has persons in a stratum of one PSU.
        """
        first = self.levels[0]
        if self.rule == "fail":
            lonely = np.flatnonzero(first.lonely & presence.strata.any(axis=0))
            inner = any(level.lonely.any() for level in self.levels[1:])
            if len(lonely) or inner:
                named = sorted(
                    " ".join(map(code_text, self.units.names[h])) or "the whole sample" for h in lonely
                )
                more = ", …" if len(named) > 10 else ""
                which = (
                    f", {len(named)} in all: {', '.join(named[:10])}{more}"
                    if named
                    else " at a further stage"
                )
                raise ValueError(
                    f"survey design: strata with a single PSU{which}; expected "
                    "two or more in each. Merge strata, or name a rule (remove, adjust, average or certainty)"
                )
        variance = np.zeros(len(totals))
        for level in reversed(self.levels[1:]):
            variance += level.variance(totals, self.rule)
            totals = level.above(totals)
        return variance + first.variance(totals, self.rule, presence.strata)

    def presence(self, met: np.ndarray, code: np.ndarray, domains: int) -> Presence:
        """Return where the persons that meet a condition are."""
        first, count = self.levels[0], len(self.levels[0].stratum)
        place = code * count + self.psu

        def occupied(some: np.ndarray) -> np.ndarray:
            present = np.zeros(domains * count, dtype=bool)
            present[place if some.all() else place[some]] = True
            return present.reshape(domains, count)

        psus = there = occupied(met & (self.weights > 0))
        if self.rule in ("average", "fail") and first.lonely.any():
            there = occupied(met)
        return Presence(psus, self._strata_of(there))

    def degrees_of_freedom(self, presence: Presence) -> np.ndarray:
        """Return PSUs less strata, of those with persons of positive weight."""
        return presence.psus.sum(axis=1) - self._strata_of(presence.psus).sum(axis=1)

    def _strata_of(self, psus: np.ndarray) -> np.ndarray:
        """Return in which strata domains have some of their PSUs."""
        size = self.levels[0].size
        return np.logical_or.reduceat(psus, np.cumsum(size) - size, axis=1)


def _refuse_another_scale(replicates: Replicates, sums: Sequence[float], weights: np.ndarray) -> None:
    """Refuse replicate weights that do not add up to about what the weight does, as full sets do.

    One may depart by more than all: a replicate of few persons.
    """
    shares = np.array(sums) / weights.sum()
    share = float(np.median(shares))
    if not 0.5 <= share <= 2:
        other = (
            "factors=True says that they multiply the weight"
            if replicates.factors
            else "they may be factors that multiply the weight (--replicate-factors, factors=True), or lack "
            "its implied decimals (in a mapping implied_decimals = { 'repwt*' = 2 } under [survey])"
        )
        raise ValueError(
            f"survey: replicate weights {replicates.columns[0]!r} and others add up to {share:.4g} times the "
            f"weight; expected about the same sum. Put them on the weight's scale: {other}"
        )
    odd = np.flatnonzero((shares < 1 / ODD) | (shares > ODD))
    if len(odd):
        raise ValueError(
            f"survey: replicate weight {replicates.columns[odd[0]]!r} adds up to {shares[odd[0]]:.4g} times "
            f"the weight, the others to {share:.4g} times; expected about the same sum of each. Leave out "
            "what is no replicate weight"
        )


@dataclass(frozen=True, eq=False)
class Replicated:
    """Replicate weights.

    Parameters
    ----------
    weights : numpy.ndarray
        The full weights, calibrated.
    replicate_weights : sequence of numpy.ndarray
        One array a replicate; one matrix, one row a replicate, where persons were put together.
    replicates : Replicates
        Their method and constants.
    df : int, optional
        Degrees of freedom, once they are known.
    """

    weights: np.ndarray
    replicate_weights: Sequence[np.ndarray] | np.ndarray
    replicates: Replicates
    df: int | None = None

    @classmethod
    def of(
        cls,
        design: SurveyDesign,
        numbers: Callable[[str], np.ndarray],
        weights: np.ndarray,
        x: sparse.csr_array | None,
        totals: np.ndarray | None,
    ) -> Replicated:
        """Read the replicate weights; where the design is calibrated, calibrate each of them too."""
        replicates, replicate_weights, sums = design.replicates, [], []
        for column in replicates.columns:
            values = numbers(column)
            added = values.sum()  # of what is not finite, it is not either
            if not np.isfinite(added) and not np.all(np.isfinite(values)):
                raise ValueError(
                    f"survey: replicate weight {column!r} is missing or infinite for "
                    f"{int((~np.isfinite(values)).sum())} of {len(values)} persons; expected a number "
                    "for each"
                )
            replicate_weights.append(values * weights if replicates.factors else values)
            sums.append(replicate_weights[-1].sum() if replicates.factors else added)
        _refuse_another_scale(replicates, sums, weights)
        if x is not None:
            known = [own is not None for own in design.calibration.margins.values()]
            if not all(known):
                raise ValueError(
                    "calibration: replicate weights of a survey that is calibrated already hold its "
                    "calibration; expected totals for every margin, or no calibration"
                )
            replicate_weights = [
                own * design.calibration.factors(x, own, totals) for own in replicate_weights
            ]
            weights = weights * design.calibration.factors(x, weights, totals)
        return cls(weights, tuple(replicate_weights), replicates, replicates.degrees_of_freedom)

    def ranked(self) -> Replicated:
        """Return the same with degrees of freedom: the rank of the replicate weights, less one."""
        return self if self.df is not None else replace(self, df=rank_of_matrix(self.replicate_weights) - 1)

    def gathered(self, groups: Groups) -> Replicated:
        """Add up weights over groups of persons."""
        sums = np.empty((len(self.replicate_weights), len(groups.codes)))
        for own, summed in zip(self.replicate_weights, sums, strict=True):
            summed[:] = groups.sum(own)
        return replace(self, weights=groups.sum(self.weights), replicate_weights=sums)

    def departures(self, values: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
        """Return how far the estimates by each replicate are from the full ones, one row a domain."""
        full = values(self.weights)
        departures = np.empty((len(full), len(self.replicate_weights)))
        for number, own in enumerate(self.replicate_weights):
            departures[:, number] = values(own) - full
        return departures

    def ratio(self, y: np.ndarray, x: np.ndarray | None, code: np.ndarray, domains: int) -> np.ndarray:
        """Return the variation of a ratio of two weighted sums, or of one sum, by domain."""
        rows, shape = np.arange(len(code)), (domains, len(code))
        above = sparse.csr_array((y.astype(float), (code, rows)), shape=shape)
        below = None if x is None else sparse.csr_array((x.astype(float), (code, rows)), shape=shape)
        parts = []
        width = max(1, TOGETHER // len(code))
        every = [self.weights, *self.replicate_weights]
        for start in range(0, len(every), width):
            some = np.stack(every[start : start + width], axis=1)
            values = above @ some
            if below is not None:
                whole = below @ some
                values = np.divide(values, whole, out=np.full_like(values, np.nan), where=whole > 0)
            parts.append(values)
        values = np.concatenate(parts, axis=1)
        return values[:, 1:] - values[:, :1]

    def variance(self, departures: np.ndarray, presence: Presence) -> np.ndarray:
        """Return the variance of each row; missing where a replicate has no estimate."""
        return self.replicates.variance(departures)

    def presence(self, met: np.ndarray, code: np.ndarray, domains: int) -> Presence:
        """Return nothing by PSU or stratum, which replicate weights do not tell."""
        return Presence(np.zeros((domains, 0), dtype=bool), np.zeros((domains, 0), dtype=bool))

    def degrees_of_freedom(self, presence: Presence) -> np.ndarray:
        """Return those of the whole sample for every domain."""
        return np.full(len(presence.psus), self.df)
