"""Published estimates as recorded tables, so that a quantity reads them like a number of a document."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

import pandas as pd
from babel import Locale

from analysis.framework import TITLES
from analysis.quantities import RecordedTable, Source
from analysis.quantities.tables import REQUIRED
from analysis.sources.vintages import Vintage, Vintages
from analysis.sources.vintages.kept import kept_frame, observations_made_from, sum_of
from analysis.sources.vintages.text_columns import read_list

KIND = "estimates"
MONTH = len("2022-04")
KEYS = ("indicator", "area", "sex", "age", "period")
COMPUTED = 6
"""Decimals that a computed number is kept with."""


def table_name(vintage: str) -> str:
    """Return the name of a vintage's table, such as ``estimates.un_sdg_2022_04``."""
    return f"{KIND}.{vintage}"


def published(
    vintages: Vintages, name: str, areas: set[str] | None = None, suffix: str = "", sex: str = ""
) -> RecordedTable:
    """Return a vintage's observations as a recorded table.

    Parameters
    ----------
    vintages : Vintages
    name : str
        A registered vintage.
    areas : set of str, optional
        Areas to take; all by default.
    suffix : str
        What follows the vintage in the table's name.
    sex : str
        The sex of which observations are taken; all by default.

    Returns
    -------
    RecordedTable
        One row an observation; its id is ``estimates/<vintage>/<indicator>/<area>/<sex>/<age>/<period>``, and
        its interval is the half unit of its last decimal. A World that the service weights in a way of its
        own is left out: it is not the figure that documents print.
    """
    vintage = vintages[name]

    def make() -> pd.DataFrame:
        rows = comparable(vintages, name, areas)
        service = vintage.descriptor["service"]
        series = rows["series"].unique()
        rows = rows[rows["sex"] == sex] if sex else rows
        return _rows(
            rows, vintage, {code: vintages.codes.of_series(service, code).share_of for code in series}
        )

    taken = "all" if areas is None else json.dumps(sorted(areas))
    rows = kept_frame(__name__, make, *observations_made_from(vintage, vintages.codes), taken, sex)
    return _table(rows, vintage, suffix)


def computed_table(vintages: Vintages, name: str, rows: pd.DataFrame, suffix: str) -> RecordedTable:
    """Return numbers computed from a vintage as a recorded table, beside its own.

    Parameters
    ----------
    vintages : Vintages
    name : str
        The vintage that they are computed from.
    rows : pandas.DataFrame
        Columns ``indicator, area, sex, age, period, value, unit, basis``; a missing value is not available.
    suffix : str
        What follows the vintage in the table's name.

    Returns
    -------
    RecordedTable
        As of `published`; values at `COMPUTED` decimals, which say nothing about how exact they are.
    """
    text = [f"{number:.{COMPUTED}f}" if pd.notna(number) else "" for number in rows["value"]]
    observations = rows.assign(text=text, decimals=COMPUTED, series="")
    vintage = vintages[name]
    return _table(_rows(observations.reset_index(drop=True), vintage, {"": ""}), vintage, suffix)


def published_world(vintages: Vintages, name: str) -> RecordedTable:
    """Return the World of a vintage as a recorded table; other columns as of `published`."""
    return published(vintages, name, {vintages[name].world})


def comparable(vintages: Vintages, name: str, areas: set[str] | None = None) -> pd.DataFrame:
    """Return a vintage's observations without a World that the service weights in a way of its own.

    Parameters
    ----------
    vintages : Vintages
    name : str
        A registered vintage.
    areas : set of str, optional
        Areas to take; all by default.
    """
    vintage = vintages[name]
    rows = vintages.observations(name)
    if areas is not None:
        rows = rows[rows["area"].isin(areas)]
    service = vintage.descriptor["service"]
    other = {
        code
        for code in rows["series"].unique()
        if vintages.codes.of_series(service, code).world != "custodian"
    }
    return rows[~((rows["area"] == vintage.world) & rows["series"].isin(other))]


def titles_of_estimates(vintages: Vintages, *, complete: bool = True) -> RecordedTable:
    """Return the words of estimates as titles: ``area.KEN``, ``measured.neet_rate``, ``vintage.<name>``.

    Parameters
    ----------
    vintages : Vintages
    complete : bool
        Whether only what is worded in every language is taken; else a service's groups of countries keep its
        English names.

    Returns
    -------
    RecordedTable
        As ``framework.titles``. English names of countries are those of M49, others those of Unicode's CLDR,
        which also names M49's regions; the World, the SDG regions, indicators and services are named in
        ``areas.csv``, ``indicators.csv`` and ``services.csv``. A vintage is its service and month
        (the day, where a service has two in one), and as a document its service, date and licence.
    """
    codes = vintages.codes
    named = (*vintages.names(), *vintages.names("weights"), *vintages.names("computed"))
    descriptors = json.dumps([(name, vintages[name].descriptor) for name in named])
    files = map(sum_of, (*codes.files(), *codes.naming))
    rows = kept_frame(
        __name__, lambda: _titles(vintages, complete), "words", str(complete), descriptors, *files
    )
    path = codes.folder / "areas.csv"
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    source = Source(KIND, "", "data/estimates/areas.csv", checksum, "Areas and vintages")
    return RecordedTable(TITLES, rows, source)


def _titles(vintages: Vintages, complete: bool) -> pd.DataFrame:
    """Return the rows of `titles_of_estimates`."""
    codes = vintages.codes
    rows = []

    def add(kind: str, code: str, language: str, text: str) -> None:
        title = {"kind": kind, "code": code, "language": language, "form": "title", "text": text}
        rows.append({**title, "wording": "ours", "document": "", "of": KIND})

    listed = codes.listed_areas
    languages = [name.removeprefix("name_") for name in listed.columns if name.startswith("name_")]
    countries = codes.m49[codes.m49["area"] != ""]
    names = [f"name_{language}" for language in languages]
    indicators = read_list(codes.folder / "indicators.csv", ("indicator", *names), ("indicator",))
    services = read_list(codes.folder / "services.csv", ("service", *names), ("service",)).set_index(
        "service"
    )
    named = {*listed["area"], *countries["area"]}
    descriptors = [
        (name, vintages[name].descriptor)
        for role in ("estimates", "weights", "computed")
        for name in vintages.names(role)
    ]
    of_month = Counter((about["service"], about["date"][:MONTH]) for _, about in descriptors)
    others = {area: text for area, text in codes.service_names() if area not in named}
    for language in languages:
        name, local = f"name_{language}", Locale.parse(language).territories
        for kind, table, key in (("measured", indicators, "indicator"), ("area", listed, "area")):
            for code, text in zip(table[key], table[name], strict=True):
                add(kind, code, language, text)
        for area, iso2, english in zip(countries["area"], countries["iso2"], countries["name"], strict=True):
            add("area", area, language, english if language == "en" else local.get(iso2, english))
        for area, english in others.items():
            own = local.get(area.partition(":")[2].zfill(3))
            if own or (language == "en" and not complete):
                add("area", area, language, own or english)
        for vintage_name, about in descriptors:
            service, date = about["service"], about["date"]
            text = f"{services.loc[service, name]}, {date} ({about['licenses'][0]['name']})"
            add("document", vintage_name, language, text)
            month = date[:MONTH] if of_month[service, date[:MONTH]] == 1 else date
            short = services.loc[service].get(f"short_{language}") or services.loc[service, name]
            add("vintage", vintage_name, language, f"{short}, {month}")
    return pd.DataFrame(rows)


def newest(tables: Sequence[RecordedTable]) -> RecordedTable:
    """Return of several vintages' Worlds the newest number for each indicator, sex, age and period.

    Parameters
    ----------
    tables : sequence of RecordedTable
        One World each, of one edition, oldest first; a later one takes the place of an earlier one, cell by
        cell. Each row's id names its vintage.
    """
    keys = [name for name in KEYS if name != "area"]
    rows = pd.concat([table.rows for table in tables], ignore_index=True)
    rows = rows.drop_duplicates(keys, keep="last").sort_values(keys, ignore_index=True)
    last = tables[-1].source
    files = {table.name: table.source.sha256 for table in tables}
    source = Source(KIND, last.symbol, "data/estimates", _fingerprint(files), "Newest vintages", last.vintage)
    return RecordedTable(table_name("newest"), rows, source)


def _rows(rows: pd.DataFrame, vintage: Vintage, share_of: dict[str, str]) -> pd.DataFrame:
    """Return observations with the columns of a recorded table."""
    name = vintage.name
    keys = rows[list(KEYS)].astype(str)
    parts = zip(*(keys[column].tolist() for column in KEYS), strict=True)
    observations = keys.assign(
        id=pd.Series([f"{KIND}/{name}/{'/'.join(part)}" for part in parts], index=rows.index, dtype="str"),
        place=vintage.title,
        printed=rows["text"],
        value=rows["text"],
        decimals=rows["decimals"].astype(str),
        unit=rows["unit"],
        status=["reported" if text else "not_available" for text in rows["text"].tolist()],
        basis=rows["basis"],
        series=rows["series"],
        share_of=rows["series"].map(share_of),
        world=["yes" if area == vintage.world else "no" for area in rows["area"].tolist()],
    )
    for column in REQUIRED:
        if column not in observations:
            observations[column] = ""
    return observations.reset_index(drop=True)


def _table(rows: pd.DataFrame, vintage: Vintage, suffix: str = "") -> RecordedTable:
    files = {resource["path"]: resource["hash"] for resource in vintage.descriptor["resources"]}
    source = Source(
        vintage.name,
        vintage.title,
        f"data/estimates/{vintage.name}/datapackage.json",
        _fingerprint(files),
        vintage.title,
        vintage.date[:4],
    )
    return RecordedTable(table_name(vintage.name) + suffix, rows, source)


def _fingerprint(files: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
