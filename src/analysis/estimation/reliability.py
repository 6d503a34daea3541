"""Reliability of estimates by named policies, flagged in SDMX ``OBS_STATUS``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

NORMAL, UNRELIABLE, SUPPRESSED, NO_CASES = "A", "U", "Q", "O"
UNSETTLED = "unsettled"
"""The column of persons who could not be classified, and the beginning of the rule that reads it."""

"""SDMX ``OBS_STATUS``: normal value; low reliability; missing, suppressed; missing, no case in the sample."""

DEFAULT_POLICY = "ilo_and_cv"

WITHHELD = ("value", "standard_error", "cv", "lower", "upper", "numerator", "denominator")
"""Columns left empty where an estimate is suppressed."""


@dataclass(frozen=True)
class ReliabilityPolicy:
    """An office's rules: the first that an estimate meets decides whether it is flagged or suppressed."""

    name: str
    title: str
    source: str
    rules: tuple[Mapping[str, float | bool], ...]


@cache
def reliability_policies() -> dict[str, ReliabilityPolicy]:
    """Return the recorded policies by name."""
    text = files(__package__).joinpath("reliability.toml").read_text(encoding="utf-8")
    return {
        name: ReliabilityPolicy(name, policy["title"], policy["source"], tuple(policy["rules"]))
        for name, policy in tomllib.loads(text).items()
    }


SIGNS = {
    "below_n": ("n", np.less, "<"),
    "below_df": ("degrees_of_freedom", np.less, "<"),
    "above_cv": ("cv", np.greater, ">"),
    "from_cv": ("cv", np.greater_equal, "≥"),
}
"""The column that a bound of a rule reads, its comparison, and how that is written."""

SHORT = {"n": "n", "degrees_of_freedom": "df", "cv": "CV"}
PROTECTS = "withheld so that no other follows"
"""Why a value is withheld that meets no rule itself."""


def flag_reliability(
    estimates: pd.DataFrame, policy: str = DEFAULT_POLICY, *, suppress: bool = True
) -> pd.DataFrame:
    """Add a ``status`` to each estimate by a named policy, and withhold the numbers that it suppresses.

    Parameters
    ----------
    estimates : pandas.DataFrame
        From `estimate_domains`: ``n``, and ``cv`` and ``degrees_of_freedom`` where the policy reads them. The
        input is not changed.
    policy : str
        Name of a policy; ``ilo_and_cv`` flags fewer than 15 unweighted cases and a coefficient of variation
        above 30 per cent, and suppresses fewer than 5 cases.
    suppress : bool
        Whether to withhold numbers; without it an estimate that would be withheld is flagged ``U``.

    Returns
    -------
    pandas.DataFrame
        The estimates with ``status``: ``A``, ``U`` low reliability, ``Q`` suppressed, ``O`` no case; and
        ``status_rule``, the rule that spoke, such as ``n < 15``. The numbers of suppressed estimates are
        missing.

    Raises
    ------
    ValueError
        When the policy is not known, or reads a standard error that the estimates lack.
    """
    if policy not in reliability_policies():
        known = ", ".join(reliability_policies())
        raise ValueError(f"reliability policy {policy!r} is not known; expected one of {known}")
    none = (estimates["n"] == 0).to_numpy()
    status = np.where(none, NO_CASES, NORMAL).astype(object)
    spoke = np.where(none, "n = 0", "").astype(object)
    open_ = ~none
    for rule in reliability_policies()[policy].rules:
        for name, bound in rule.items():
            if name not in SIGNS:
                continue
            column, meets, sign = SIGNS[name]
            numbers = _numbers(estimates, column)
            unknown = np.isnan(numbers)
            if rule.get("where_known") and np.isnan(_numbers(estimates, "standard_error")).all():
                continue
            if not rule.get("where_known") and open_.any() and unknown[open_].all():
                raise ValueError(
                    f"reliability policy {policy!r} reads {column!r}, which is missing in every estimate; "
                    "estimate with standard errors first, or choose a policy of counts, such as 'ilo'"
                )
            met = open_ & (meets(numbers, bound) | (unknown & (column == "cv")))
            withheld = bool(rule.get("suppress"))
            status[met] = SUPPRESSED if withheld and suppress else UNRELIABLE
            written = f"{SHORT[column]} {sign} {bound:g}"
            spoke[met] = f"{written}: to be withheld" if withheld and not suppress else written
            spoke[met & unknown] = f"{SHORT[column]} not defined"
            open_ &= ~met
    return withhold(estimates.assign(status=status, status_rule=spoke), status == SUPPRESSED)


def flag_unsettled(estimates: pd.DataFrame, limit: float) -> pd.DataFrame:
    """Flag estimates as of low reliability of which many persons could not be classified.

    Parameters
    ----------
    estimates : pandas.DataFrame
        With ``status`` and ``status_rule``, and ``unsettled`` in per cent of the persons concerned.
    limit : float, per cent
        Above which share. Such a share of a whole sample is computed only where it was accepted by name; that
        of a domain is not refused.

    Returns
    -------
    pandas.DataFrame
        The estimates; ``A`` becomes ``U``, with the rule ``unsettled > 5``.
    """
    many = ((estimates["status"] == NORMAL) & (_numbers(estimates, "unsettled") > limit)).to_numpy()
    status = estimates["status"].where(~many, UNRELIABLE)
    rule = estimates["status_rule"].where(~many, f"{UNSETTLED} > {limit:g}")
    return estimates.assign(status=status, status_rule=rule)


def _numbers(estimates: pd.DataFrame, column: str) -> np.ndarray:
    if column not in estimates:
        return np.full(len(estimates), np.nan)
    return estimates[column].to_numpy(dtype=float, na_value=np.nan)


def rules_written(policy: str = DEFAULT_POLICY) -> dict[str, list[str]]:
    """Return each rule by which an estimate is unreliable (``U``) or suppressed (``Q``), as ``CV > 30 %``."""
    by_status: dict[str, list[str]] = {UNRELIABLE: [], SUPPRESSED: []}
    for rule in reliability_policies()[policy].rules:
        for name in rule.keys() & SIGNS.keys():
            column, _, sign = SIGNS[name]
            status = SUPPRESSED if rule.get("suppress") else UNRELIABLE
            by_status[status].append(
                f"{SHORT[column]} {sign} {rule[name]:g}" + (" %" if column == "cv" else "")
            )
    return by_status


def withhold(estimates: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    """Return the estimates with their numbers left empty in the given rows."""
    kept = estimates.copy()
    kept.loc[rows, [column for column in WITHHELD if column in kept]] = np.nan
    return kept
