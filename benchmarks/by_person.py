"""Medians with Woodruff's errors and rates with replicate weights: the library, NumPy by hand, packages."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

BANDS = ((15, 24), (25, 54), (55, 64), (65, 200))
LABELS = ["Y15T24", "Y25T54", "Y55T64", "Y_GE65"]
RATES = {
    "unemployment_rate": ("unemployed", "labour_force"),
    "employment_population_ratio": ("employed", "population"),
    "labour_force_participation_rate": ("labour_force", "population"),
}
KEYS = ["indicator", "sex", "age"]
MARGINS = (("sex", "age"), ("sex",), ("age",), ())


def _library(path: str, asked: list, replicates: int) -> pd.DataFrame:
    import narwhals as nw

    from analysis.estimation import Classification, Replicates, SurveyDesign, age_bands, estimate_domains

    design = SurveyDesign(stratum="stratum", psu="psu")
    if replicates:
        columns = [f"r{number}" for number in range(1, replicates + 1)]
        design = SurveyDesign(replicates=Replicates(columns, "bootstrap"))
    by = [Classification("sex", nw.col("ilo_sex"), ("ilo_sex",)), age_bands()]
    found = estimate_domains(path, asked, design, by=by, interval="wald")
    found = found[found["value"].notna() & (found["age"] != "_X")]
    return found[[*KEYS, "value", "standard_error"]].astype(dict.fromkeys(KEYS, "str")).reset_index(drop=True)


def library_median(path: str, replicates: int, folder: str) -> pd.DataFrame:
    """Median hourly earnings by sex and age, with totals."""
    from analysis.indicators import quantile

    return _library(path, [replace(quantile("hourly_earnings", unit=""), indicator="median")], 0)


def library_replicates(path: str, replicates: int, folder: str) -> pd.DataFrame:
    """Three rates by sex and age, with totals."""
    return _library(path, list(RATES), replicates)


def _read(path: str, columns: list[str]) -> dict[str, np.ndarray]:
    table = pq.read_table(path, columns=columns)
    return {name: table[name].to_numpy() for name in columns}


def _band(age: np.ndarray) -> np.ndarray:
    return np.searchsorted([15, 25, 55, 65], age, side="right") - 1


def _frame(indicator: str, sex: str, age: str, value: np.ndarray, error: np.ndarray) -> dict:
    row = {"indicator": indicator, "sex": sex, "age": age}
    return {**row, "value": float(value), "standard_error": float(error)}


def numpy_median(path: str, replicates: int, folder: str) -> pd.DataFrame:
    """As written by hand: one sort of the earners, then every domain by a mask over them."""
    from scipy.special import stdtrit

    read = _read(path, ["stratum", "psu", "ilo_wgt", "ilo_sex", "ilo_age", "hourly_earnings"])
    psus, strata = int(read["psu"].max()) + 1, int(read["stratum"].max()) + 1
    stratum = np.zeros(psus, dtype=int)
    stratum[read["psu"]] = read["stratum"]
    size = np.bincount(stratum, minlength=strata)
    earns = np.flatnonzero(np.isfinite(read["hourly_earnings"]) & (read["ilo_age"] >= 15))
    order = earns[np.argsort(read["hourly_earnings"][earns], kind="stable")]
    y, w, psu = (read[name][order] for name in ("hourly_earnings", "ilo_wgt", "psu"))
    sex, band = read["ilo_sex"][order], _band(read["ilo_age"][order])
    rows = []
    for one in (None, 1, 2):
        for age in (None, 0, 1, 2, 3):
            inside = np.ones(len(y), dtype=bool)
            if one is not None:
                inside &= sex == one
            if age is not None:
                inside &= band == age
            if age is None and one is None:
                inside[:] = True
            v, u, p = y[inside], w[inside], psu[inside]
            cumulated = np.cumsum(u)
            total = cumulated[-1]

            def value_at(share, cumulated=cumulated, total=total, v=v):
                return v[min(np.searchsorted(cumulated, share * total * (1 - 1e-12)), len(v) - 1)]

            median = value_at(0.5)
            under = v <= median
            share = (u * under).sum() / total
            z = np.bincount(p, u * (under - share) / total, minlength=psus)
            mean = np.bincount(stratum, z, minlength=strata) / size
            squares = np.bincount(stratum, (z - mean[stratum]) ** 2, minlength=strata)
            error = np.sqrt((squares * size / (size - 1)).sum())
            held = np.bincount(p, minlength=psus) > 0
            df = held.sum() - (np.bincount(stratum, held, minlength=strata) > 0).sum()
            t = stdtrit(df, 0.975)
            low, high = value_at(share - t * error), value_at(share + t * error)
            named = "_T" if one is None else str(one), "_T" if age is None else LABELS[age]
            rows.append(_frame("median", *named, median, (high - low) / (2 * t)))
    return pd.DataFrame(rows)


def numpy_replicates(path: str, replicates: int, folder: str) -> pd.DataFrame:
    """As written by hand: one weighted count of answers by domain for each replicate."""
    names = ["ilo_wgt", *(f"r{number}" for number in range(1, replicates + 1))]
    read = _read(path, ["ilo_sex", "ilo_age", *names])
    status = pq.read_table(path, columns=["ilo_lfs"])["ilo_lfs"].fill_null(0).to_numpy()
    cell = ((read["ilo_sex"].astype(np.int64) - 1) * 5 + _band(read["ilo_age"]) + 1) * 4 + status
    counts = np.stack([np.bincount(cell, read[name], minlength=40) for name in names]).reshape(-1, 2, 5, 4)
    rows = []
    for sex in (None, 0, 1):
        for age in (None, 1, 2, 3, 4):
            part = counts.sum(axis=1) if sex is None else counts[:, sex]
            part = part[:, 0:].sum(axis=1) if age is None else part[:, age]
            employed, unemployed, outside = part[:, 1], part[:, 2], part[:, 3]
            sums = {"employed": employed, "unemployed": unemployed, "labour_force": employed + unemployed}
            sums["population"] = sums["labour_force"] + outside
            for indicator, (above, below) in RATES.items():
                rate = 100 * sums[above] / sums[below]
                named = "_T" if sex is None else str(sex + 1), "_T" if age is None else LABELS[age - 1]
                rows.append(_frame(indicator, *named, rate[0], rate[1:].std(ddof=1)))
    return pd.DataFrame(rows)


def _answered(path: str):
    import polars as pl

    persons = pl.read_parquet(path)
    age, lfs = pl.col("ilo_age"), pl.col("ilo_lfs").fill_null(0)
    band = (age >= 15).cast(pl.Int8) + (age >= 25) + (age >= 55) + (age >= 65)
    conditions = {"employed": lfs == 1, "unemployed": lfs == 2, "labour_force": (lfs == 1) | (lfs == 2)}
    conditions["population"] = lfs >= 1
    return persons.with_columns(
        pl.col("ilo_sex").alias("sex"),
        band.alias("age"),
        *(where.cast(pl.Float64).alias(name) for name, where in conditions.items()),
    )


def _labelled(found: pd.DataFrame, scale: float) -> pd.DataFrame:
    names = {-1: "_T", **dict(enumerate(LABELS, start=1))}
    found = found.assign(
        sex=found["sex"].fillna(-1).astype(int).astype("str").replace("-1", "_T"),
        age=found["age"].fillna(-1).astype(int).map(names),
        value=scale * found["value"],
        standard_error=scale * found["se"],
    )
    found = found[found["age"].notna() & found["value"].notna()]
    return found[[*KEYS, "value", "standard_error"]].astype(dict.fromkeys(KEYS, "str")).reset_index(drop=True)


def svy_median(path: str, replicates: int, folder: str) -> pd.DataFrame:
    """Svy's medians; its errors are of another kind, and are not compared."""
    import polars as pl
    import svy

    persons = _answered(path)
    persons = persons.drop([name for name in persons.columns if name.startswith("r") and name[1:].isdigit()])
    made = svy.Sample(persons, svy.Design(stratum="stratum", psu="psu", wgt="ilo_wgt"))
    parts = []
    for by in MARGINS:
        found = made.estimation.median("hourly_earnings", by=list(by) or None, drop_nulls=True).to_polars()
        parts.append(found.with_columns(indicator=pl.lit("median")))
    found = pl.concat(parts, how="diagonal").to_pandas().rename(columns={"est": "value"})
    return _labelled(found, 1.0).drop(columns="standard_error")


def svy_replicates(path: str, replicates: int, folder: str) -> pd.DataFrame:
    """Svy with its bootstrap weights."""
    import polars as pl
    import svy

    weights = svy.BootstrapWgts(prefix="r", n_reps=replicates, scale=1 / (replicates - 1))
    made = svy.Sample(_answered(path), svy.Design(wgt="ilo_wgt", rep_wgts=weights))
    above, below = zip(*RATES.values(), strict=True)
    parts = []
    for by in MARGINS:
        found = made.estimation.ratio(
            list(above), list(below), by=list(by) or None, method="replication", drop_nulls=True
        )
        for indicator, each in zip(RATES, found, strict=True):
            parts.append(each.to_polars().with_columns(indicator=pl.lit(indicator)))
    return _labelled(pl.concat(parts, how="diagonal").to_pandas().rename(columns={"est": "value"}), 100.0)


def for_r(path: Path, replicates: int) -> Path:
    """Return a folder with the answers as CSV and the replicate weights as numbers, which R reads fastest."""
    folder = path.with_suffix(".r")
    if folder.exists():
        return folder
    part = folder.with_suffix(".part")
    part.mkdir()
    persons = _answered(str(path))
    columns = ["stratum", "psu", "ilo_wgt", "sex", "age", "hourly_earnings", "employed", "unemployed"]
    persons.select([*columns, "labour_force", "population"]).write_csv(part / "persons.csv")
    with (part / "replicates.bin").open("wb") as out:
        for number in range(1, replicates + 1):
            out.write(persons[f"r{number}"].to_numpy().astype(np.float32).tobytes())
    part.replace(folder)
    return folder


def _r(path: str, replicates: int, folder: str, what: str) -> pd.DataFrame:
    with tempfile.TemporaryDirectory() as results:
        target = Path(results) / "results.csv"
        script = Path(__file__).with_name("by_person.R")
        subprocess.run(["Rscript", str(script), str(target), folder, what, str(replicates)], check=True)
        found = pd.read_csv(target)
    return _labelled(found, 1.0 if what == "median" else 100.0)


def r_median(path: str, replicates: int, folder: str) -> pd.DataFrame:
    """R's svyquantile with Woodruff's interval."""
    return _r(path, replicates, folder, "median")


def r_replicates(path: str, replicates: int, folder: str) -> pd.DataFrame:
    """R's svyratio over a design of replicate weights."""
    return _r(path, replicates, folder, "replicates")
