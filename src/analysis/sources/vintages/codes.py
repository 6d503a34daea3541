"""Code lists of the services: which series is which indicator, and what their codes mean."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from babel import Locale

from analysis.sources.vintages.text_columns import VintageError as VintageError
from analysis.sources.vintages.text_columns import read_list

PREFIX = {"unsdg": "M49", "worldbank": "WB", "ilostat": "ILO"}
"""What stands before a service's own code of an area that is no country."""

TITLES = "worldbank_titles.csv"
"""Which column of the World Bank's extracts is which series; it stands beside the vintages."""

BEYOND_M49 = {"XKX"}
"""Codes in use for countries that M49 does not list."""

M49_GROUPS = {
    "m49_region": "Region Code",
    "m49_subregion": "Sub-region Code",
    "m49_intermediate_region": "Intermediate Region Code",
}
"""Groupings of M49, by the column of the group's code."""

REGION_NAMES = ("Region Name", "Sub-region Name", "Intermediate Region Name")
"""Columns of M49's table."""

M49_MARKED = {
    "m49_least_developed": ("Least Developed Countries (LDC)", "M49:199"),
    "m49_landlocked": ("Land Locked Developing Countries (LLDC)", "M49:432"),
    "m49_small_islands": ("Small Island Developing States (SIDS)", "M49:722"),
}
"""Groupings of M49 of one group each, by the column that marks its countries, and the group's code."""


def _plain(name: str) -> str:
    """Return a name in small letters, without accents and marks."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(re.findall(r"\w+", "".join(part for part in parts if not unicodedata.combining(part))))


def _prefixed(codes: pd.Series) -> pd.Series:
    """Return M49 codes of regions without leading zeros, behind their prefix; blanks stay blank."""
    bare = codes.str.lstrip("0")
    return bare.where(bare == "", "M49:" + bare)


M49_COLUMNS = (
    *("M49 Code", "ISO-alpha3 Code", "ISO-alpha2 Code", "Country or Area", *REGION_NAMES),
    *(*M49_GROUPS.values(), *(column for column, _ in M49_MARKED.values())),
)
"""Columns of M49's table that are read."""


@dataclass(frozen=True)
class ServiceSeries:
    """What a service's series measures.

    Attributes
    ----------
    indicator, sex, age, unit : str
        `sex` and `age` are empty where the file itself gives them.
    share_of : str
        What a rate is a share of: ``labour_force``, ``employed``, ``population``; empty when it is no rate.
    world : str
        ``custodian`` where the World is the custodian's own figure, ``own_weights`` where the service makes
        another one with its own weights.
    """

    indicator: str
    sex: str
    age: str
    unit: str
    share_of: str
    world: str


class Codes:
    """The code lists in ``data/estimates``.

    Parameters
    ----------
    folder : Path
        ``data/estimates``: ``series.csv``, ``codes.csv``, ``areas.csv`` and the M49 table.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def files(self, vintage: Path | None = None) -> list[Path]:
        """Return every file by which areas, and a vintage in a folder, are understood, in order."""
        beside = [vintage.parent / TITLES] if vintage else []
        return [
            *sorted(self.folder.glob("*.csv")),
            *sorted((self.folder / "m49").glob("*.csv")),
            *(path for path in beside if path.is_file()),
        ]

    @cached_property
    def series(self) -> dict[tuple[str, str], ServiceSeries]:
        """Series by service and code."""
        path = self.folder / "series.csv"
        columns = ("service", "series", *ServiceSeries.__dataclass_fields__)
        rows = read_list(path, columns, ("service", "series"))
        return {
            (row["service"], row["series"]): ServiceSeries(
                *(row[name] for name in ServiceSeries.__dataclass_fields__)
            )
            for row in rows.to_dict("records")
        }

    def of_series(self, service: str, code: str) -> ServiceSeries:
        """Return what a series measures.

        Raises
        ------
        VintageError
            When the code list does not hold it.
        """
        if (service, code) not in self.series:
            known = ", ".join(sorted(name for of, name in self.series if of == service))
            raise VintageError(
                f"series {code!r} of {service} is not in series.csv; known: {known}. Add a line that says "
                "what it measures"
            )
        return self.series[service, code]

    @cached_property
    def _codes(self) -> dict[tuple[str, str], dict[str, str]]:
        path = self.folder / "codes.csv"
        keys = ("service", "dimension", "code")
        rows = read_list(path, (*keys, "ours"), keys)
        return {
            keys: dict(zip(part["code"], part["ours"], strict=True))
            for keys, part in rows.groupby(["service", "dimension"])
        }

    def listed(self, service: str, dimension: str) -> list[str]:
        """Return the codes of a service's dimension that are listed."""
        return list(self._codes.get((service, dimension), {}))

    def translate(self, service: str, dimension: str, codes: pd.Series, where: str) -> pd.Series:
        """Return our codes for a column of a service's codes; one that is not listed is an error."""
        listed = self._codes[service, dimension]
        unknown = sorted(set(codes.unique()) - set(listed))
        if unknown:
            raise VintageError(
                f"{where}: {dimension} {', '.join(map(repr, unknown[:5]))} is not in codes.csv for "
                f"{service}; known: {', '.join(listed)}"
            )
        return codes.map(listed)

    @cached_property
    def m49(self) -> pd.DataFrame:
        """The M49 table of countries: codes without leading zeros, ISO codes, names, subregions, groups."""
        path = next((self.folder / "m49").glob("*.csv"))
        table = read_list(path, M49_COLUMNS, ("M49 Code",), separator=";")
        groups = {name: _prefixed(table[column]) for name, column in M49_GROUPS.items()}
        for name, (column, group) in M49_MARKED.items():
            groups[name] = table[column].map({"x": group, "": ""})
            if groups[name].isna().any():
                raise VintageError(f"{path}: {column} holds {', '.join(table[column].unique())}; expected x")
        return pd.DataFrame(
            {
                "m49": table["M49 Code"].str.lstrip("0"),
                "area": table["ISO-alpha3 Code"],
                "iso2": table["ISO-alpha2 Code"],
                "name": table["Country or Area"],
                **{name: table[name] for name in REGION_NAMES},
                "subregion": table["Intermediate Region Name"].where(
                    table["Intermediate Region Name"] != "", table["Sub-region Name"]
                ),
                "subregion_area": groups["m49_intermediate_region"].where(
                    groups["m49_intermediate_region"] != "", groups["m49_subregion"]
                ),
                **groups,
            }
        )

    @cached_property
    def countries(self) -> frozenset[str]:
        """ISO 3166 codes of three letters, and those in use beside them."""
        return frozenset(self.m49["area"]) - {""} | BEYOND_M49

    def areas(self, service: str, codes: pd.Series) -> pd.Series:
        """Return ISO3 codes for countries; other areas keep the service's code behind its prefix.

        M49 numbers become ISO3 codes by the M49 table. A region stays apart from a country of the same
        letters, and the World of a service from that of another: ``M49:1``, ``WB:WLD``, ``ILO:X01``.

        Raises
        ------
        VintageError
            When a code is blank: nobody can say whose number that is.
        """
        blank = int((codes.str.strip() == "").sum())
        if blank:
            raise VintageError(f"{service}: {blank} rows have no code of an area; expected one in each")
        if service == "unsdg":
            iso = dict(zip(self.m49["m49"], self.m49["area"], strict=True))
            bare = {code: code.lstrip("0") for code in codes.unique()}
            return codes.map({code: iso.get(number) or f"M49:{number}" for code, number in bare.items()})
        prefix = PREFIX[service]
        areas = {code: code if code in self.countries else f"{prefix}:{code}" for code in codes.unique()}
        return codes.map(areas)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """Countries by their English names in M49 and in Unicode's CLDR, but those that regions bear too."""
        table, local = self.m49, Locale("en").territories
        known = {
            _plain(local[iso2]): area
            for area, iso2 in zip(table["area"], table["iso2"], strict=True)
            if iso2 in local
        }
        known |= {_plain(name): area for area, name in zip(table["area"], table["name"], strict=True) if area}
        regions = {_plain(name) for column in REGION_NAMES for name in table[column]}
        return {name: area for name, area in known.items() if name not in regions}

    def check_names(self, where: str, areas: pd.Series, names: pd.Series) -> None:
        """Refuse a country's name beside the code of another; names that are not known say nothing.

        Parameters
        ----------
        where : str
            The file.
        areas : pandas.Series of str
            Codes, as `areas` returns them.
        names : pandas.Series of str
            What the file calls each.

        Raises
        ------
        VintageError
            Naming the first of them.
        """
        for area, name in sorted({*zip(areas, names, strict=True)}):
            known = self._by_name.get(_plain(name), area)
            if known != area:
                raise VintageError(
                    f"{where}: {name!r}, which is {known}, stands beside the code of {area}; a code or a "
                    "name is wrong, and with it whose numbers these are"
                )

    def of_iso2(self, codes: pd.Series) -> pd.Series:
        """Return the ISO3 code of each ISO2 code of a country; others as they are."""
        known = dict(zip(self.m49["iso2"], self.m49["area"], strict=True))
        return codes.map({code: known.get(code) or code for code in codes.unique()})

    def service_names(self) -> list[tuple[str, str]]:
        """Return the areas that the newest UN SDG vintage names, with their names."""
        if not self.naming:
            return []
        rows = read_list(self.naming[0], ("geo_area", "name"))
        return list(zip(self.areas("unsdg", rows["geo_area"]), rows["name"], strict=True))

    @property
    def naming(self) -> list[Path]:
        """The file in which the newest UN SDG vintage names its areas; nothing where there is none."""
        return sorted(self.folder.glob("*/ddf--entities--geo_area.csv"))[-1:]

    @cached_property
    def listed_areas(self) -> pd.DataFrame:
        """The World and the regions: kind, WPP's number, names in four languages."""
        return read_list(self.folder / "areas.csv", ("area", "kind", "wpp", "name_en"), ("area",))
