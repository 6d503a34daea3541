"""The designs and statistics of tests/golden/estimators, as the library says them."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw
import numpy as np
import pandas as pd

from analysis.estimation import Calibration, Replicates, Stage, SurveyDesign, estimate_domains
from analysis.indicators import Estimand, PersonSum, quantile, weighted_mean, weighted_total

GOLDEN = Path(__file__).parents[1] / "golden" / "estimators"
TOLERANCE = 1e-9
STYPE = {"stype": {"E": 4421, "H": 755, "M": 1018}}
MARGINS = {**STYPE, "sch.wide": {"No": 6194 - 5122, "Yes": 5122}}


def persons(name: str, folder: Path = GOLDEN) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv")


def columns(prefix: str, number: int) -> list[str]:
    return [f"{prefix}{place}" for place in range(1, number + 1)]


def _design(**options) -> SurveyDesign:
    return SurveyDesign(weight="pw", **options)


CLUSTERS = {"psu": "dnum", "fpc": "fpc"}
STAGES = {"psu": "dnum", "fpc": "fpc1", "stages": (Stage("snum", "fpc2"),)}
JK1 = {"columns": columns("jk", 15), "method": "jk1", "degrees_of_freedom": None}
BOOT = {"columns": columns("boot", 30), "method": "bootstrap"}
SDR = {"columns": columns("sdr", 12), "method": "sdr", "factors": True}


def _replicates(options: dict, about: str = "mean") -> SurveyDesign:
    return _design(replicates=Replicates(**options, about=about))


DESIGNS: dict[str, tuple[str, SurveyDesign]] = {
    "strata with fpc": ("apistrat", _design(psu="school", stratum="stype", fpc="fpc")),
    "strata": ("apistrat", _design(psu="school", stratum="stype")),
    "clusters with fpc": ("apiclus1", _design(**CLUSTERS)),
    "two stages": ("apiclus2", _design(**STAGES)),
    "jk1": ("apiclus1", _replicates(JK1)),
    "jk1 about the estimate": ("apiclus1", _replicates(JK1, "estimate")),
    "bootstrap": ("apistrat", _replicates(BOOT)),
    "bootstrap about the estimate": ("apistrat", _replicates(BOOT, "estimate")),
    "sdr": ("apistrat", _replicates(SDR)),
    "sdr about the estimate": ("apistrat", _replicates(SDR, "estimate")),
    "linear": ("apiclus1", _design(**CLUSTERS, calibration=Calibration({**STYPE, "api99": 3914069}))),
    "linear on two margins": ("apiclus1", _design(**CLUSTERS, calibration=Calibration(MARGINS))),
    "linear and bounded": (
        "apiclus1",
        _design(**CLUSTERS, calibration=Calibration(MARGINS, bounds=(0.8, 1.7))),
    ),
    "raking": ("apiclus1", _design(**CLUSTERS, calibration=Calibration(MARGINS, "raking"))),
    "logit": ("apiclus1", _design(**CLUSTERS, calibration=Calibration(MARGINS, "logit", (0.5, 2)))),
    "post-stratification": ("apiclus1", _design(**CLUSTERS, calibration=Calibration(STYPE))),
    "raking on two stages": ("apiclus2", _design(**STAGES, calibration=Calibration(MARGINS, "raking"))),
    "jk1 raked": (
        "apiclus1",
        _design(replicates=Replicates(**JK1), calibration=Calibration(MARGINS, "raking")),
    ),
    "calibrated before": (
        "apiclus1",
        SurveyDesign(weight="raked", **CLUSTERS, calibration=Calibration({"stype": None, "sch.wide": None})),
    ),
}
"""The design of each case, and the file of its persons."""


def ratio(above: str, below: str) -> Estimand:
    known = nw.col(below) >= 0
    x = PersonSum(f"x_{below}", known, (below,), nw.col(below))
    y = PersonSum(f"y_{above}", known, (above, below), nw.col(above))
    return Estimand("ratio", "share", y, x, universe=x, cases=x)


def statistics() -> dict[str, Estimand]:
    api00 = PersonSum("api00_total", nw.col("api00") >= 0, ("api00",), nw.col("api00"))
    found = {
        "mean_api00": weighted_mean("api00", unit="points"),
        "total_api00": weighted_total(api00, unit="points"),
    }
    found["ratio"] = ratio("api00", "api99")
    return found | {f"quantile {p}": quantile("api00", p, unit="points") for p in (0.1, 0.5, 0.75)}


def expected(folder: Path = GOLDEN) -> pd.DataFrame:
    return pd.read_csv(folder / "expected.csv", dtype={"case": "str", "domain": "str"})


def found(case: str, folder: Path = GOLDEN, *, frame=lambda persons: persons, **options) -> pd.DataFrame:
    """Return estimates of a case under the names that expected.csv uses."""
    name, design = DESIGNS[case]
    rows = []
    for kind, interval in (("mean", "wald"), ("xlogit", "logit")):
        asked = statistics() if kind == "mean" else {s: e for s, e in statistics().items() if "quantile" in s}
        estimates = estimate_domains(
            frame(persons(name, folder)),
            list(asked.values()),
            design,
            by=["awards"],
            interval=interval,
            lonely_psu="fail",
            **options,
        )
        names = {e.indicator: s.replace("quantile", f"quantile {kind}") for s, e in asked.items()}
        rows.append(estimates.assign(statistic=estimates["indicator"].map(names).astype("str")))
    return pd.concat(rows).assign(domain=lambda each: each["awards"].astype("str"))


def departures(case: str, folder: Path = GOLDEN, **options) -> dict[str, float]:
    """Return the largest relative departures from R over every statistic and domain."""
    there = expected(folder)
    asked = set(found(case, folder)["statistic"])
    there = there[(there["case"] == case) & there["statistic"].isin(asked)]
    ours = found(case, folder, **options)
    both = there.merge(
        ours, on=["statistic", "domain"], how="left", suffixes=("_r", ""), validate="one_to_one"
    )
    pairs = {"estimate": "value", "se": "standard_error", "df": "degrees_of_freedom"}
    pairs |= {"lower_r": "lower", "upper_r": "upper"}
    if "design_effect" in both:
        pairs["further"] = "design_effect"
    largest: dict[str, float] = {"rows": len(both)}
    for r, own in pairs.items():
        rows = both[both[r].notna()]
        assert rows[own].notna().all(), rows[rows[own].isna()][["statistic", "domain", r, own]]
        if r in ("lower_r", "upper_r"):
            quantiles = both["statistic"].str.startswith("quantile")
            assert (both.loc[quantiles, r].isna() == both.loc[quantiles, own].isna()).all()
        largest[own] = float(((rows[own] - rows[r]).abs() / rows[r].abs().clip(lower=1e-9)).max())
    return largest


def worst(largest: dict[str, float]) -> float:
    return float(np.nanmax([value for name, value in largest.items() if name != "rows"]))
