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
"""SDMX ``OBS_STATUS``: normal value; low reliability; missing, suppressed; missing, no case in the sample."""

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


def flag_reliability(estimates: pd.DataFrame, policy: str = "ilo") -> pd.DataFrame:
    """Add a ``status`` to each estimate by a named policy, and withhold the numbers that it suppresses.

    Parameters
    ----------
    estimates : pandas.DataFrame
        From `estimate`: ``n``, and ``cv`` and ``degrees_of_freedom`` where the policy reads them. The input
        is not changed.
    policy : str
        Name of a policy; ``ilo`` flags fewer than 15 unweighted cases and suppresses fewer than 5.

    Returns
    -------
    pandas.DataFrame
        The estimates with ``status``: ``A``, ``U`` low reliability, ``Q`` suppressed, ``O`` no case; the
        numbers of suppressed estimates are missing.

    Raises
    ------
    ValueError
        When the policy is not known, or reads a standard error that the estimates lack.
    """
    if policy not in reliability_policies():
        known = ", ".join(reliability_policies())
        raise ValueError(f"reliability policy {policy!r} is not known; expected one of {known}")
    measures = {"below_n": ("n", np.less), "below_df": ("degrees_of_freedom", np.less)}
    measures |= {"above_cv": ("cv", np.greater), "from_cv": ("cv", np.greater_equal)}
    none = (estimates["n"] == 0).to_numpy()
    status = np.where(none, NO_CASES, NORMAL).astype(object)
    open_ = ~none
    for rule in reliability_policies()[policy].rules:
        for name, bound in rule.items():
            if name == "suppress":
                continue
            column, meets = measures[name]
            found = estimates[column].to_numpy(dtype=float, na_value=np.nan)
            if open_.any() and np.isnan(found[open_]).all():
                raise ValueError(
                    f"reliability policy {policy!r} reads {column!r}, which is missing in every estimate; "
                    "estimate with standard errors first, or choose a policy of counts, such as 'ilo'"
                )
            met = open_ & (meets(found, bound) | (np.isnan(found) & (column == "cv")))
            status[met] = SUPPRESSED if rule.get("suppress") else UNRELIABLE
            open_ &= ~met
    return withhold(estimates.assign(status=status), status == SUPPRESSED)


def withhold(estimates: pd.DataFrame, rows: np.ndarray) -> pd.DataFrame:
    """Return the estimates with their numbers left empty in the given rows."""
    kept = estimates.copy()
    kept.loc[rows, [column for column in WITHHELD if column in kept]] = np.nan
    return kept
