"""The register of vintages: one folder and one descriptor each, files checked by SHA-256, one tidy frame."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.sources.project import ESTIMATES_ELSEWHERE, estimates_elsewhere, project_root
from analysis.sources.vintages.codes import Codes, VintageError
from analysis.sources.vintages.described import DESCRIPTOR, descriptor_of_vintage
from analysis.sources.vintages.dialects import DIALECTS, rows_of
from analysis.sources.vintages.kept import kept_frame, observations_made_from
from analysis.sources.vintages.text_columns import read_list

__all__ = ["TIDY", "Vintage", "VintageError", "Vintages"]

TIDY = (
    "indicator", "area", "period", "sex", "age", "value", "unit", "status", "basis", "decimals", "vintage",
    "series", "text",
)  # fmt: skip
"""Columns of the tidy frame; `text` is the value as recorded, `decimals` what its precision is."""

KEYS = ["indicator", "area", "sex", "age", "period"]
NUMBER = r"[+-]?(?:[0-9]{1,60}(?:\.[0-9]{0,60})?|\.[0-9]{1,60})(?:[eE][+-]?[0-9]{1,2})?"
"""A number as services write it; not ``inf``, not ``1 234``, nor one of more digits than anybody prints."""
BOUND = rf"[<>≤≥]=?\s*{NUMBER}"
"""An end that a value is below or above, where a service says no more of it: ``<0.1``."""
FORECAST = "F"
"""The flag of a forecast value in SDMX's list of observation statuses."""


@dataclass(frozen=True)
class Vintage:
    """A release of a service's data.

    Attributes
    ----------
    name : str
        Name of its folder.
    folder : Path
    descriptor : dict
        Data package descriptor: title, service, address, date, edition and how it is known, licences,
        attribution, and for each file its dialect, series and SHA-256.
    """

    name: str
    folder: Path
    descriptor: dict

    @property
    def title(self) -> str:
        """What it is, in a line."""
        return self.descriptor["title"]

    @property
    def date(self) -> str:
        """When the service released it, as far as known: a day, a month or a year."""
        return self.descriptor["date"]

    @property
    def retrieved(self) -> str:
        """Day on which it was taken from its address; empty where none is on record."""
        moment = self.descriptor["retrieved"]
        return moment[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?", moment) else ""

    @property
    def edition(self) -> str:
        """Month of the producer's edition; empty where there is none."""
        return self.descriptor.get("edition", "")

    @property
    def role(self) -> str:
        """``estimates``, ``weights``, ``computed`` or ``areas``."""
        return self.descriptor["role"]

    @property
    def world(self) -> str:
        """Area code of the service's own World."""
        return self.descriptor.get("world", "")

    def path(self, resource: dict) -> Path:
        """Return a file's path after checking its size and checksum.

        Raises
        ------
        VintageError
            When the file is missing or is not the registered one.
        """
        path = self.folder / resource["path"]
        if not path.is_file():
            raise VintageError(
                f"{path}: registered, but not there; restore it from {self.descriptor['address']}"
            )
        checksum = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        if checksum != resource["hash"]:
            raise VintageError(
                f"{path}: checksum differs from {DESCRIPTOR}: expected {resource['hash']}, found {checksum}; "
                "restore the file; another answer of the service is another vintage"
            )
        return path

    def files(self, dialect: str) -> list[Path]:
        """Return the checked files of a dialect."""
        return [
            self.path(resource) for resource in self.descriptor["resources"] if resource["dialect"] == dialect
        ]


class Vintages:
    """The vintages of a project.

    Parameters
    ----------
    root : Path or str, optional
        The folder that holds ``data``; the project's by default.

    Notes
    -----
    Further folders of vintages may be named in the environment variable ``ANALYSIS_ESTIMATES``, separated as
    paths are. A name stands for one vintage only.
    """

    def __init__(self, root: Path | str | None = None):
        self.root = Path(root) if root else project_root()
        self.folder = self.root / "data" / "estimates"
        self.codes = Codes(self.folder)
        self._frames: dict[str, pd.DataFrame] = {}

    @cached_property
    def _folders(self) -> list[Path]:
        """The project's folder of vintages, where there is one, and those that the environment names."""
        more = estimates_elsewhere()
        for folder in more:
            if not folder.is_dir():
                raise VintageError(f"{folder}: no such folder of vintages; check {ESTIMATES_ELSEWHERE}")
        return [self.folder, *more] if self.folder.is_dir() else more

    @cached_property
    def _all(self) -> dict[str, Vintage]:
        vintages: dict[str, Vintage] = {}
        services: list[str] = []
        for folder in self._folders:
            paths = sorted(folder.glob(f"*/{DESCRIPTOR}"))
            if not paths and folder != self.folder:
                raise VintageError(
                    f"{folder}: no folder in it has a {DESCRIPTOR}; check {ESTIMATES_ELSEWHERE}"
                )
            for path in paths:
                name = path.parent.name
                if name in vintages:
                    raise VintageError(f"{path}: {name} is the name of {vintages[name].folder} already")
                services = (
                    services or read_list(self.folder / "services.csv", ("service",))["service"].tolist()
                )
                vintages[name] = Vintage(name, path.parent, descriptor_of_vintage(path, services))
        return vintages

    @property
    def undescribed(self) -> list[Path]:
        """Folders beside the vintages that are none, for want of a descriptor."""
        return [
            path
            for folder in self._folders
            for path in sorted(folder.iterdir())
            if path.is_dir() and not path.name.startswith(".") and not (path / DESCRIPTOR).is_file()
        ]

    def names(self, role: str = "estimates") -> list[str]:
        """Return the names of the vintages of a role, oldest first."""
        vintages = [vintage for vintage in self._all.values() if vintage.role == role]
        return [
            vintage.name for vintage in sorted(vintages, key=lambda vintage: (vintage.date, vintage.name))
        ]

    def __getitem__(self, name: str) -> Vintage:
        if name not in self._all:
            known = ", ".join(other for other in self._all if self._all[other].role == "estimates")
            raise VintageError(f"no vintage {name!r}; registered: {known}")
        return self._all[name]

    def observations(self, name: str) -> pd.DataFrame:
        """Return every observation of a vintage, read once.

        Parameters
        ----------
        name : str
            A registered vintage.

        Returns
        -------
        pandas.DataFrame
            The columns of `TIDY`, by indicator, area, sex, age and period. A value that the service does not
            publish has no row: a region that is missing is not zero; nor has one of which it publishes an end
            only (`without_number`). `basis` is ``reported``, ``modelled``
            or, for a year after the last that the edition estimates, ``projected``. `decimals` are the most
            that any value of the same series, area, sex and age shows, since services drop trailing zeros.

        Raises
        ------
        VintageError
            When a file is not the registered one, a code is unknown, a value is neither a number nor an end
            nor listed as a sign, a period is no year, or two rows have one key.
        """
        rows = self._read(name)
        return rows[rows["value"].notna()].reset_index(drop=True)

    def without_number(self, name: str) -> pd.DataFrame:
        """Return what a vintage publishes in place of numbers: an end (``<0.1``), or a sign (``NaN``).

        Parameters
        ----------
        name : str
            A registered vintage.

        Returns
        -------
        pandas.DataFrame
            As `observations`; `text` is what is written, `value` is missing.
        """
        rows = self._read(name)
        return rows[rows["value"].isna()].reset_index(drop=True)

    def _read(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            vintage = self[name]
            self._frames[name] = kept_frame(
                __name__,
                lambda: read_vintage(vintage, self.codes),
                *observations_made_from(vintage, self.codes),
            )
        return self._frames[name]


def read_vintage(vintage: Vintage, codes: Codes) -> pd.DataFrame:
    """Read every file of a vintage: what `Vintages.observations` and `Vintages.without_number` return."""
    parts = []
    for resource in vintage.descriptor["resources"]:
        if resource["dialect"] in DIALECTS:
            path = vintage.path(resource)
            parts.append(rows_of(resource["dialect"], path, resource.get("series", ""), codes))
            if not len(parts[-1]):
                raise VintageError(f"{path}: no observation, read by the dialect {resource['dialect']}")
    if not parts:
        raise VintageError(
            f"{vintage.name}: holds no file of observations; it is a vintage of {vintage.role}"
        )
    return _tidy(pd.concat(parts, ignore_index=True), vintage, codes)


def _decimals(text: str) -> int:
    """Return how many decimals a number has, of 1.5e-05 six."""
    return max(0, -int(Decimal(text).as_tuple().exponent))


def _tidy(rows: pd.DataFrame, vintage: Vintage, codes: Codes) -> pd.DataFrame:
    rows = rows.assign(text=rows["text"].str.strip())
    rows = rows[rows["text"] != ""]
    number = rows["text"].str.fullmatch(NUMBER)
    service = vintage.descriptor["service"]
    signs = codes.listed(service, "no_number")
    unread = ~number & ~rows["text"].str.fullmatch(BOUND) & ~rows["text"].str.lower().isin(signs)
    if unread.any():
        wrong = rows.loc[unread, [*KEYS, "text"]].head(3).to_dict("records")
        raise VintageError(
            f"{vintage.name}: {int(unread.sum())} values are no number: {wrong}; where the service writes a "
            f"missing one so, list it in codes.csv ({service}, no_number)"
        )
    if not number.any():
        raise VintageError(f"{vintage.name}: no value is a number")
    values = rows["text"].where(number).astype(float)
    outside = (rows["unit"] == "percent") & number & ~values.between(0, 100)
    if outside.any():
        wrong = rows.loc[outside, [*KEYS, "text"]].head(3).to_dict("records")
        raise VintageError(f"{vintage.name}: {int(outside.sum())} rates are not within 0 and 100: {wrong}")
    twice = rows[rows.duplicated(KEYS, keep=False)]
    if len(twice):
        raise VintageError(
            f"{vintage.name}: {len(twice)} rows share indicator, area, sex, age and period, for example "
            f"{twice[[*KEYS, 'text']].head(2).to_dict('records')}; register one source of each"
        )
    spans = sorted({period for period in rows["period"].unique() if not re.fullmatch("[0-9]{4}", period)})
    if spans:
        raise VintageError(
            f"{vintage.name}: {', '.join(map(repr, spans[:5]))} in place of years; register a yearly series"
        )
    shown = rows["text"].map({text: _decimals(text) for text in rows.loc[number, "text"].unique()})
    group = [rows[name] for name in ("series", "area", "sex", "age")]
    later = rows["period"].str[:4].astype(int) > int(vintage.descriptor["projected_after"])
    later |= rows["status"] == FORECAST
    rows = rows.assign(
        value=values,
        decimals=shown.groupby(group).transform("max").fillna(0).astype(int),
        basis=rows["basis"].mask(later, "projected"),
        vintage=vintage.name,
    )
    return rows.sort_values(KEYS, kind="stable", ignore_index=True)[list(TIDY)]
