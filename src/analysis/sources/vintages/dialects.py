"""Each service's way of writing a table, read to rows of the same columns; values stay text until the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from analysis.files import read_json
from analysis.sources.vintages.codes import TITLES, Codes, VintageError
from analysis.sources.vintages.sheets import sheet_of_text
from analysis.sources.vintages.text_columns import read_list, read_text_columns

ROWS = ("series", "indicator", "area", "sex", "age", "period", "text", "unit", "status", "basis")
YEAR = re.compile(r"(19|20)\d\d")
RECORDED = {
    "geo_area": "geo_area", "GeoAreaCode": "geo_area", "geoAreaCode": "geo_area",
    "year": "year", "TimePeriod": "year", "timePeriodStart": "year",
    "Sex": "sex", "Age": "age", "Nature": "nature", "Units": "units", "Observation Status": "status",
    "observation_status": "status", "Value": "text", "value": "text",
    "SeriesCode": "series", "series": "series",
}  # fmt: skip
"""The UN's columns, under the names that its forms give them."""
BESIDE = (
    "Goal", "Target", "Indicator", "SeriesDescription", "GeoAreaName", "Time_Detail", "Time Detail",
    "TimeCoverage", "UpperBound", "LowerBound", "BasePeriod", "Source", "GeoInfoUrl", "FootNote",
)  # fmt: skip
"""The UN's columns that say more of a number and tell no numbers apart."""


NAMES_OF_BANK = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
"""Columns of the World Bank's downloads before the years."""
OF_FLOW = (
    "DATAFLOW", "REF_AREA", "FREQ", "MEASURE", "SEX", "AGE", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS",
    "UNIT_MEASURE_TYPE", "UNIT_MEASURE", "UNIT_MULT", "SOURCE", "NOTE_SOURCE", "NOTE_INDICATOR",
    "NOTE_CLASSIF", "DECIMALS", "UPPER_BOUND", "LOWER_BOUND", "STRUCTURE", "STRUCTURE_ID", "ACTION",
)  # fmt: skip
"""Columns of ILOSTAT's SDMX-CSV: the dimensions that are read, and what says more of a number."""
PLAIN_FLOW = {"FREQ": {"A"}, "UNIT_MULT": {"", "0"}}
"""What has to stand in columns of SDMX-CSV: a number a year, of single units."""


def unsdg_datapoints(path: Path, series: str, codes: Codes) -> pd.DataFrame:
    """Read a UN SDG file of data points: all columns but the last are keys; they change with the vintage."""
    rows = read_text_columns(path)
    return _unsdg(rows.rename(columns={rows.columns[-1]: "text"}).assign(series=series), path, codes)


def unsdg_table(path: Path, series: str, codes: Codes) -> pd.DataFrame:
    """Read a UN SDG table as the data portal gives it: one number a row, or years across."""
    rows = read_text_columns(path)
    rows.columns = [name.strip("[]") for name in rows.columns]
    years = [name for name in rows.columns if YEAR.fullmatch(name)]
    if years:
        keys = [name for name in rows.columns if name not in (*years, "Value", "TimePeriod")]
        rows = rows.melt(id_vars=keys, value_vars=years, var_name="TimePeriod", value_name="Value")
        rows = rows[rows["Value"] != ""]
    return _unsdg(rows, path, codes)


def unsdg_json(path: Path, series: str, codes: Codes) -> pd.DataFrame:
    """Read the UN SDG service's pages, one after another, as the snapshot keeps them."""
    records = []
    for page in read_json(path):
        for row in page["data"]:
            keys = {**row.get("dimensions", {}), **row.get("attributes", {})}
            plain = {name: row[name] for name in ("series", "geoAreaCode", "timePeriodStart", "value")}
            plain["GeoAreaName"] = row.get("geoAreaName", "")
            records.append(
                {name: "" if value is None else str(value) for name, value in {**plain, **keys}.items()}
            )
    rows = pd.DataFrame(records).fillna("")
    rows["timePeriodStart"] = rows["timePeriodStart"].str.removesuffix(".0")
    return _unsdg(rows, path, codes)


def _unsdg(rows: pd.DataFrame, path: Path, codes: Codes) -> pd.DataFrame:
    recorded = rows
    rows = rows.rename(columns=RECORDED)
    absent = [name for name in ("geo_area", "year", "text", "series", "nature", "units") if name not in rows]
    if absent:
        raise VintageError(f"{path.name}: no column {', '.join(absent)}; found {', '.join(rows.columns)}")
    _refuse_further(recorded, path, codes)
    lower = {name: rows[name].str.lower() for name in ("sex", "nature", "units", "status") if name in rows}
    parts = {
        "series": rows["series"],
        "area": codes.areas("unsdg", rows["geo_area"]),
        "sex": codes.translate("unsdg", "sex", lower["sex"], path.name) if "sex" in rows else "SEX_T",
        "age": codes.translate("unsdg", "age", _ages(rows["age"]), path.name) if "age" in rows else "",
        "period": rows["year"],
        "text": rows["text"],
        "unit": codes.translate("unsdg", "unit", lower["units"], path.name),
        "status": codes.translate("unsdg", "status", lower["status"], path.name) if "status" in rows else "",
        "basis": codes.translate("unsdg", "basis", lower["nature"], path.name),
    }
    if "GeoAreaName" in rows:
        codes.check_names(path.name, parts["area"], rows["GeoAreaName"])
    return _measured(pd.DataFrame(parts), "unsdg", codes)


def _refuse_further(rows: pd.DataFrame, path: Path, codes: Codes) -> None:
    """Refuse a dimension that is not known, unless it holds nothing but the whole: a part is no total."""
    for name in rows.columns.difference([*RECORDED, *RECORDED.values(), *BESIDE]):
        parts = set(rows[name].str.strip().str.lower()) - {"", *codes.listed("unsdg", "whole")}
        if parts:
            shown = ", ".join(map(repr, sorted(parts)[:5]))
            raise VintageError(
                f"{path.name}: column {name} is no dimension that is known, and holds {shown}; keep the rows "
                "of the whole, or list their code in codes.csv (unsdg, whole)"
            )


def _ages(written: pd.Series) -> pd.Series:
    return written.str.lower().str.replace("-", "_").str.removesuffix("+")


def worldbank_datapoints(path: Path, series: str, codes: Codes) -> pd.DataFrame:
    """Read a World Bank file of data points: area, year, value; ``world`` is the World."""
    rows = read_text_columns(path)
    if len(rows.columns) != 3:
        raise VintageError(f"{path}: expected the columns area, year, value; found {', '.join(rows.columns)}")
    area, year, text = rows.columns
    areas = rows[area].where(rows[area] != "world", "WLD").str.upper()
    return _worldbank(pd.DataFrame({"code": areas, "period": rows[year], "text": rows[text]}), series, codes)


def worldbank_wide(path: Path, series: str, codes: Codes) -> pd.DataFrame:
    """Read a World Bank download, CSV or Excel: some lines of preamble, then years across."""
    if path.suffix in (".xls", ".xlsx"):
        table = sheet_of_text(path)
    else:
        table = pd.read_csv(
            path, dtype=str, keep_default_na=False, encoding="utf-8-sig", header=None, names=range(200)
        ).fillna("")
    heads = table.index[table[1] == "Country Code"]
    if not len(heads):
        raise VintageError(
            f"{path.name}: no line begins 'Country Name, Country Code'; is it the bank's file?"
        )
    rows = table.loc[heads[0] + 1 :]
    rows.columns = table.loc[heads[0]]
    other = sorted(set(rows["Indicator Code"]) - {series})
    if other:
        raise VintageError(f"{path.name}: holds {', '.join(other)}; registered as {series}")
    years = [name for name in rows.columns if YEAR.fullmatch(name)]
    lost = (rows.loc[:, ~rows.columns.isin([*years, *NAMES_OF_BANK])] != "").any()
    if years and lost.any():
        shown = ", ".join(map(repr, lost.index[lost][:5]))
        raise VintageError(
            f"{path.name}: columns {shown} hold values, but bear no year; expected such as 2019"
        )
    codes.check_names(path.name, codes.areas("worldbank", rows["Country Code"]), rows["Country Name"])
    melted = rows[["Country Code", *years]].melt("Country Code", var_name="period", value_name="text")
    melted = melted.rename(columns={"Country Code": "code"})
    return _worldbank(melted[melted["text"] != ""], series, codes)


def worldbank_table(path: Path, series: str, codes: Codes) -> pd.DataFrame:
    """Read a World Bank extract: a row for each country and year, a column for each indicator's title.

    The titles stand for series by ``worldbank_titles.csv`` in the folder above; a column without one is left.
    """
    rows = read_text_columns(path)
    if "Country Name" in rows:
        codes.check_names(path.name, codes.areas("worldbank", rows["Country Code"]), rows["Country Name"])
    titles = read_list(path.parents[1] / TITLES, ("title", "series"), ("title",))
    parts = []
    for title, code in zip(titles["title"], titles["series"], strict=True):
        for column in [name for name in rows.columns if name.removeprefix("average_value_") == title]:
            part = rows[["Country Code", "Year", column]].set_axis(["code", "period", "text"], axis=1)
            parts.append(_worldbank(part[part["text"] != ""], code, codes))
    if not parts:
        raise VintageError(f"{path.name}: none of its columns is a title of worldbank_titles.csv")
    return pd.concat(parts, ignore_index=True)


def worldbank_json(path: Path, series: str, codes: Codes) -> pd.DataFrame:
    """Read the World Bank service's pages, one after another, as the snapshot keeps them."""
    rows = [row for page in read_json(path) for row in page[1]]
    records = pd.DataFrame(
        {
            "code": [row["countryiso3code"] for row in rows],
            "period": [row["date"] for row in rows],
            "text": ["" if row["value"] is None else repr(row["value"]) for row in rows],
            "status": [row.get("obs_status", "") for row in rows],
        }
    )
    coded = codes.of_iso2(pd.Series([row["country"]["id"] for row in rows], index=records.index))
    records["code"] = records["code"].where(records["code"] != "", coded)
    other = sorted({row.get("indicator", {}).get("id", series) for row in rows} - {series})
    if other:
        raise VintageError(f"{path.name}: holds {', '.join(other)}; registered as {series}")
    names = pd.Series([row["country"].get("value", "") for row in rows], index=records.index)
    codes.check_names(path.name, codes.areas("worldbank", records["code"]), names)
    flagged = records[(records["text"] != "") & (records["status"] != "")]
    codes.translate("worldbank", "status", flagged["status"], path.name)
    return _worldbank(records[records["text"] != ""], series, codes)


def _worldbank(rows: pd.DataFrame, series: str, codes: Codes) -> pd.DataFrame:
    table = rows.assign(
        series=series,
        area=codes.areas("worldbank", rows["code"]),
        sex="",
        age="",
        status=rows.get("status", ""),
        basis="modelled",
    ).drop(columns="code")
    return _measured(table.assign(unit=codes.of_series("worldbank", series).unit), "worldbank", codes)


def ilostat_any(path: Path, series: str, codes: Codes) -> pd.DataFrame:
    """Read ILOSTAT's bulk CSV, SDMX-CSV or JSON; a series of the file that is not asked for is left."""
    rows = (
        pd.DataFrame(read_json(path)).fillna("").astype(str)
        if path.suffix == ".json"
        else read_text_columns(path)
    )
    if "DATAFLOW" in rows.columns:
        _refuse_other_flow(rows, path, codes)
        flow = rows["DATAFLOW"].str.replace(r"^ILO:DF_|\(.*\)$", "", regex=True)
        rows = rows.rename(columns=str.lower).rename(columns={"time_period": "time", "age": "classif1"})
        rows["indicator"] = flow
    for name in ("sex", "classif1", "obs_status"):
        rows[name] = rows.get(name, "")
    apart = [name for name in rows.columns if re.fullmatch(r"classif[2-9]", name) and rows[name].any()]
    if apart:
        raise VintageError(f"{path.name}: further classifications ({', '.join(apart)}); snapshot one of each")
    aged = rows["classif1"].str.startswith("AGE_")
    part = sorted(
        set(rows["classif1"][~aged & ~rows["classif1"].isin(["", *codes.listed("ilostat", "whole")])])
    )
    if part:
        raise VintageError(
            f"{path.name}: classif1 holds {', '.join(map(repr, part[:5]))}, which is no age; keep the rows "
            "of the whole, or list their code in codes.csv (ilostat, whole)"
        )
    age = rows["classif1"].where(aged, "")
    areas = codes.areas("ilostat", rows["ref_area"])
    for name in ("ref_area.label", "reference area"):
        if name in rows:
            codes.check_names(path.name, areas, rows[name])
    parts = pd.DataFrame(
        {
            "series": rows["indicator"],
            "area": areas,
            "sex": _translated("sex", rows["sex"], codes, path.name),
            "age": _translated("age", age, codes, path.name),
            "period": rows["time"],
            "text": rows["obs_value"],
            "unit": "",
            "status": _translated("status", rows["obs_status"], codes, path.name),
            "basis": _basis(rows["ref_area"], rows["source"], rows["indicator"]),
        }
    )
    parts = parts[parts["text"] != ""]
    units = {name: codes.of_series("ilostat", name).unit for name in parts["series"].unique()}
    return _measured(parts.assign(unit=parts["series"].map(units)), "ilostat", codes)


def _refuse_other_flow(rows: pd.DataFrame, path: Path, codes: Codes) -> None:
    """Refuse SDMX-CSV that is not yearly, of multiples, or with a dimension that is not known."""
    whole = {"", "_T", "_Z", *codes.listed("ilostat", "whole")}
    for name, plain in PLAIN_FLOW.items():
        others = sorted(set(rows.get(name, pd.Series(dtype=str))) - plain)
        if others:
            raise VintageError(
                f"{path.name}: {name} is {', '.join(map(repr, others[:5]))}; expected {max(plain)!r}"
            )
    for name in rows.columns:
        if name.isupper() and name not in OF_FLOW and (others := sorted(set(rows[name]) - whole)):
            raise VintageError(
                f"{path.name}: column {name} is no dimension that is known, and holds "
                f"{', '.join(map(repr, others[:5]))}; keep the rows of the whole, or list their code in "
                "codes.csv (ilostat, whole)"
            )


def _basis(areas: Iterable[str], sources: Iterable[str], indicators: Iterable[str]) -> list[str]:
    """Return for each row whether the value is ``modelled`` or ``reported``, as `sources.ilostat` does.

    A modelled source (``XA:``, or named so), a modelled indicator (``UNE_2…``) and an aggregate of countries
    (``X01``) are modelled.
    """
    return [
        "modelled"
        if source.startswith("XA:")
        or "modelled" in source.lower()
        or re.match(r"[A-Z]+_2", indicator)
        or re.match(r"X\d", area)
        else "reported"
        for area, source, indicator in zip(areas, sources, indicators, strict=True)
    ]


def _translated(dimension: str, written: pd.Series, codes: Codes, where: str) -> pd.Series:
    blank = written == ""
    ours = codes.translate("ilostat", dimension, written[~blank], where)
    return written.where(blank, ours.reindex(written.index))


def _measured(rows: pd.DataFrame, service: str, codes: Codes) -> pd.DataFrame:
    """Give each row its indicator, and the sex and age that the series fixes."""
    known = {code: codes.of_series(service, code) for code in rows["series"].unique()}
    rows = rows.assign(
        indicator=rows["series"].map({code: series.indicator for code, series in known.items()})
    )
    for name, otherwise in (("sex", "SEX_T"), ("age", "TOTAL")):
        fixed = rows["series"].map({code: getattr(series, name) for code, series in known.items()})
        own = rows[name].where(rows[name] != "", otherwise)
        rows[name] = fixed.where(fixed != "", own)
    return rows[list(ROWS)].reset_index(drop=True)


DIALECTS: dict[str, Callable[[Path, str, Codes], pd.DataFrame]] = {
    "unsdg_datapoints": unsdg_datapoints,
    "unsdg_table": unsdg_table,
    "unsdg_json": unsdg_json,
    "worldbank_datapoints": worldbank_datapoints,
    "worldbank_wide": worldbank_wide,
    "worldbank_table": worldbank_table,
    "worldbank_json": worldbank_json,
    "ilostat": ilostat_any,
}
"""By the word that a descriptor uses."""

BESIDE_OBSERVATIONS = (
    "concepts", "names", "m49", "ilo_countries", "worldbank_countries", "wpp_country", "wpp_region",
    "wpp_entities", "weights_table", "own_world_table",
)  # fmt: skip
"""Words for files that hold no observations: code lists, groups of countries, weights, what is computed."""


def rows_of(dialect: str, path: Path, series: str, codes: Codes) -> pd.DataFrame:
    """Read a file as its dialect has it.

    Raises
    ------
    VintageError
        When the file is not of that dialect: it lacks a column, or is built otherwise.
    """
    try:
        return DIALECTS[dialect](path, series, codes)
    except KeyError as error:
        raise VintageError(f"{path}: no {error}, which every file of the dialect {dialect} has") from error
    except (TypeError, IndexError, AttributeError, ValueError) as error:
        raise VintageError(f"{path}: no file of the dialect {dialect} ({error})") from error
