"""Survey data with the estimates that R's survey package gives for it."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw
import numpy as np
import pandas as pd
import pytest

from analysis.estimation import SurveyDesign, estimate_domains
from analysis.indicators import (
    PersonSum,
    labour_force_participation_rate,
    unemployment_rate,
    weighted_mean,
    weighted_total,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "survey"
SHARED = Path(__file__).parents[2].parent / "shared" / "data"
RULES = ("remove", "adjust", "average", "certainty")
TOLERANCE = 1e-9


def shared(*path: str) -> Path:
    file = SHARED.joinpath(*path)
    if not file.exists():
        pytest.skip(f"{file.name} is not beside the checkout (expected {file})")
    return file


def statistics() -> dict:
    unemployed = PersonSum("unemployed_total", nw.col("ilo_lfs") == 2, ("ilo_lfs",))
    return {
        "unemployment": unemployment_rate(),
        "participation": labour_force_participation_rate(),
        "mean_hours": weighted_mean("hours", unit="hours a week"),
        "total_unemployed": weighted_total(unemployed),
    }


def random_design() -> tuple[pd.DataFrame, SurveyDesign]:
    persons = pd.read_csv(GOLDEN / "random_design.csv")
    persons = persons.rename(columns={"lfs": "ilo_lfs", "weight": "ilo_wgt"})
    return persons, SurveyDesign(stratum="stratum", psu="psu")


def unstratified() -> tuple[pd.DataFrame, SurveyDesign]:
    persons, _ = random_design()
    persons["cluster"] = persons["stratum"].astype(str) + " " + persons["psu"].astype(str)
    return persons, SurveyDesign(psu="cluster")


def chile() -> tuple[pd.DataFrame, SurveyDesign]:
    file = shared("chile_ene", "chile_ene_2020_q1.csv.gz")
    persons = pd.read_csv(file, dtype={"conglomerado": str}).rename(
        columns={"fact_cal": "ilo_wgt", "sexo": "sex"}
    )
    code = persons["cae_especifico"]
    persons["ilo_lfs"] = np.select([code == 0, code <= 7, code <= 9], [0, 1, 2], 3)
    return persons, SurveyDesign(stratum="estrato_unico", psu="conglomerado")


def eusilc() -> tuple[pd.DataFrame, SurveyDesign]:
    persons = pd.read_csv(shared("eusilc_synthetic", "eusilc.csv.gz"))
    activity = persons["pl030"]
    persons["ilo_lfs"] = np.select([activity.isna(), activity <= 2, activity == 3], [np.nan, 1, 2], 3)
    persons = persons.rename(
        columns={"rb050": "ilo_wgt", "rb090": "sex", "db040": "region", "eqIncome": "hours"}
    )
    return persons, SurveyDesign(stratum="region", psu="db030")


DATA = {"random": random_design, "unstratified": unstratified, "chile": chile, "eusilc": eusilc}


def compare(
    name: str, folder: Path = GOLDEN, *, rules: tuple[str, ...] = RULES, frame=lambda persons: persons
) -> dict:
    """Return the largest relative departures from R, by column, over every statistic, domain and rule."""
    persons, design = DATA[name]()
    expected = pd.read_csv(folder / f"{name}_estimates.csv", keep_default_na=True)
    expected = expected[expected["rule"].isin(rules)]
    asked = [s for s in statistics() if s in set(expected["statistic"])]
    labels = {statistics()[s].indicator: s for s in asked}
    found = []
    for rule in expected["rule"].unique():
        for interval in ("wald", "logit"):
            estimates = estimate_domains(
                frame(persons),
                [statistics()[s] for s in asked],
                design,
                by=["region", "sex"],
                lonely_psu=rule,
                interval=interval,
            )
            part = estimates.assign(
                rule=rule, interval=interval, statistic=estimates["indicator"].map(labels)
            )
            found.append(part)
    found = pd.concat(found)
    region, sex = found["region"].astype(str), found["sex"].astype(str)
    found["domain"] = np.select(
        [(region == "_T") & (sex == "_T"), sex == "_T", region == "_T"],
        ["_T", "region=" + region, "sex=" + sex],
        "region=" + region + "&sex=" + sex,
    )
    scale = np.where(found["unit"] == "percent", 100.0, 1.0)
    found[["value", "standard_error", "lower", "upper"]] /= scale[:, None]
    keys = ["statistic", "domain", "rule"]
    wide = found[found["interval"] == "wald"].merge(
        found.loc[found["interval"] == "logit", [*keys, "lower", "upper"]], on=keys, suffixes=("", "_logit")
    )
    both = expected.merge(wide, on=keys, how="left", suffixes=("_r", ""), validate="one_to_one")
    empty = (both["n_r"] == 0) & both["value"].isna()
    pairs = {
        "estimate": "value",
        "se": "standard_error",
        "wald_lower": "lower",
        "wald_upper": "upper",
        "logit_lower": "lower_logit",
        "logit_upper": "upper_logit",
    }
    ratio = both["statistic"].isin(["unemployment", "participation"])
    departures = {"domains": int((~empty).sum()), "empty": int(empty.sum())}
    for r, ours in pairs.items():
        rows = both[~empty & ratio] if r.startswith("logit") else both[~empty]
        assert (rows[r].isna() == rows[ours].isna()).all(), rows.loc[
            rows[r].isna() != rows[ours].isna(), [*keys, r, ours]
        ]
        gap = (rows[ours] - rows[r]).abs()
        negligible = 1e-6 * rows["estimate"].abs().clip(
            lower=1e-9
        )  # a variance of 0 is 1e-35 in either program
        departures[r] = float((gap / rows[r].abs().clip(lower=negligible)).max())
    departures["df"] = int((both.loc[~empty, "df"] - both.loc[~empty, "degrees_of_freedom"]).abs().max())
    cases = ~empty & (both["statistic"] != "total_unemployed")
    departures["n"] = int((both.loc[cases, "n_r"] - both.loc[cases, "n"]).abs().max())
    return departures
