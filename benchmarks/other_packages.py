"""R's survey package and svy, each at its best, which is one country and year at a time."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pandas as pd
import polars as pl

from benchmarks.library import KEYS
from benchmarks.totals_by_hand import BANDS, SHARES

MARGINS = (["sex", "age"], ["sex"], ["age"], [])
LABELS = BANDS | {-1: "_T"}


def samples(source: Path) -> Path:
    """Return a folder of one CSV file for each country and year, with the answers as 0 and 1."""
    folder = source.with_suffix(".samples")
    if folder.exists():
        return folder
    part = folder.with_suffix(".part")
    part.mkdir(exist_ok=True)
    for (country, year), sample in answered(pl.scan_parquet(source)).collect().group_by("country", "year"):
        columns = ["stratum", "psu", "ilo_wgt", "sex", "age", *sums()]
        sample.select(columns).write_csv(part / f"{country}_{year}.csv")
    part.replace(folder)
    return folder


def sums() -> list[str]:
    """Return the names of the summed quantities."""
    return list(dict.fromkeys(name for pair in SHARES.values() for name in pair))


def answered(persons: pl.LazyFrame) -> pl.LazyFrame:
    """Add the quantities as numbers 0 and 1, and the age band."""
    age, lfs = pl.col("ilo_age"), pl.col("ilo_lfs").fill_null(9)
    young = (age >= 15) & (age < 25)
    conditions = {
        "employed": lfs == 1,
        "unemployed": lfs == 2,
        "labour_force": lfs <= 2,
        "population": lfs <= 3,
        "youth": young & (lfs <= 3),
        "neet": young & (lfs >= 2) & (lfs <= 3) & (pl.col("ilo_edu_attendance") == 2),
        "underemployed": (lfs == 1) & (pl.col("ilo_joball_tru") == 1),
    }
    band = (age >= 15).cast(pl.Int8) + (age >= 25) + (age >= 55) + (age >= 65)
    return persons.with_columns(
        pl.col("ilo_sex").alias("sex"),
        band.alias("age"),
        *(where.cast(pl.Float64).alias(name) for name, where in conditions.items()),
    )


def r_survey(path: str, folder: str, given: int) -> pd.DataFrame:
    """R's survey package over CSV files of one country and year each."""
    with tempfile.TemporaryDirectory() as results:
        target = Path(results) / "results.csv"
        script = Path(__file__).with_name("survey.R")
        files = map(str, sorted(Path(folder).glob("*.csv"))[:given])
        subprocess.run(["Rscript", str(script), str(target), *files], check=True)
        found = pd.read_csv(target)
    stems = found["sample"].str.removesuffix(".csv").str.split("_")
    return labelled(found.assign(country=stems.str[0], year=stems.str[1]), "value", "se")


def svy_by_sample(path: str, folder: str, given: int) -> pd.DataFrame:
    """Svy, one country and year at a time."""
    import svy

    whole = answered(pl.scan_parquet(path)).collect()
    parts = []
    for (country, year), sample in list(whole.group_by("country", "year", maintain_order=True))[:given]:
        design = svy.Design(stratum="stratum", psu="psu", wgt="ilo_wgt")
        for part in _svy_estimates(svy.Sample(sample, design), []):
            parts.append(part.with_columns(country=pl.lit(country), year=pl.lit(str(year))))
    return labelled(pl.concat(parts, how="diagonal").to_pandas(), "est", "se")


def svy_whole(path: str, folder: str, given: int) -> pd.DataFrame:
    """Svy, given the whole file, with country and year among the domains; it takes no fewer."""
    import svy

    whole = answered(pl.scan_parquet(path)).collect()
    design = svy.Design(stratum=["country", "year", "stratum"], psu="psu", wgt="ilo_wgt")
    parts = _svy_estimates(svy.Sample(whole, design), ["country", "year"])
    return labelled(pl.concat(parts, how="diagonal").to_pandas(), "est", "se")


def _svy_estimates(sample, samples_by: list[str]) -> list[pl.DataFrame]:
    parts = []
    above, below = zip(*SHARES.values(), strict=True)
    for margin in MARGINS:
        by = [*samples_by, *margin]
        made = sample.estimation.ratio(list(above), list(below), by=by or None, drop_nulls=True)
        for indicator, each in zip(SHARES, made, strict=True):
            parts.append(each.to_polars().with_columns(indicator=pl.lit(indicator)))
    return parts


def labelled(found: pd.DataFrame, value: str, error: str) -> pd.DataFrame:
    """Bring a package's results to the keys and units of the library's."""
    found = found.assign(
        sex=found["sex"].fillna(-1).astype(int).astype("str").replace("-1", "_T"),
        age=found["age"].fillna(-1).astype(int).map(LABELS),
        year=found["year"].astype("str"),
        value=100 * found[value],
        standard_error=100 * found[error],
    )
    found = found[found["value"].notna() & (found["age"] != "_X")]
    return found[[*KEYS, "value", "standard_error"]].astype(dict.fromkeys(KEYS, "str")).reset_index(drop=True)
