"""Fetch a table from the statistical service once, to a folder, with query, date, hash and row count.

The service ignores a parameter that it does not know, takes a blank to mean "all", and answers an unknown
code with an empty page and status 200. Each of the three is refused here.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

BULK_SERVICE = "https://rplumber.ilo.org/data/indicator/"
SDMX_SERVICE = "https://sdmx.ilo.org/rest/data/"

PARAMETERS = ("ref_area", "source", "sex", "classif1", "classif2", "timefrom", "timeto", "best_source")
"""What a query of the bulk service may name; `id`, `type` and `format` are set by the function itself."""

YEARS = ("timefrom", "timeto")
CODE = re.compile(r"[A-Za-z0-9_:.\-]+")
TIMEOUT = 120
"""Seconds to wait for the service."""


class SnapshotError(ValueError):
    """A query that would be misunderstood, or an answer that is not what was asked for."""


@dataclass(frozen=True)
class Snapshot:
    """What was fetched.

    Attributes
    ----------
    file : str
        Name of the CSV file in the folder; the record stands beside it as ``<name>.snapshot.json``.
    service, url : str
        The service's address, and the whole query.
    query : dict
        The query's parameters.
    retrieved : str
        Moment of the answer, UTC.
    sha256 : str
        Of the file.
    bytes, rows : int
        Size of the file, and its rows without the header.
    columns : tuple of str
        Columns of the file.
    """

    file: str
    service: str
    url: str
    query: dict[str, str]
    retrieved: str
    sha256: str
    bytes: int
    rows: int
    columns: tuple[str, ...]


def fetch_bulk(
    dataset: str, folder: Path | str, query: Mapping[str, str | Sequence[str]], *, service: str = BULK_SERVICE
) -> Snapshot:
    """Fetch rows of one dataset from ILOSTAT's bulk service.

    Parameters
    ----------
    dataset : str
        The dataset's id, for example ``UNE_DEAP_SEX_AGE_RT_A``.
    folder : Path or str
        Where the file is written; a file of the same name with other content is never replaced.
    query : mapping of str to str or sequence of str
        Codes by parameter, one of `PARAMETERS`; at least one.
    service : str
        The service's address.

    Returns
    -------
    Snapshot
        The record, written beside the file.

    Raises
    ------
    SnapshotError
        When a parameter is not known or blank, when the answer is empty, is no CSV, or does not hold what
        was asked for, and when another file stands in the way.
    """
    asked = {name: _codes(name, given) for name, given in query.items()}
    unknown = sorted(set(asked) - set(PARAMETERS))
    if unknown:
        raise SnapshotError(
            f"{dataset}: parameter {', '.join(unknown)} is not known, and the service would ignore it; "
            f"expected some of {', '.join(PARAMETERS)}"
        )
    if not asked:
        raise SnapshotError(f"{dataset}: no parameter, which means the whole dataset; name at least ref_area")
    for name in YEARS:
        if (
            not all(re.fullmatch(r"\d{4}", year) for year in asked.get(name, []))
            or len(asked.get(name, [])) > 1
        ):
            raise SnapshotError(f"{dataset}: {name}={query[name]!r}; expected one year, for example 2019")
    sent = {"id": _codes("id", dataset)[0], **{name: "+".join(codes) for name, codes in asked.items()}}
    sent |= {"type": "code", "format": ".csv"}
    url = f"{service}?{urllib.parse.urlencode(sent, safe='+:.')}"
    body = _answer(url)
    rows = _rows(url, body, ("ref_area", "indicator", "time", "obs_value"))
    _refuse_other(url, rows, {name: codes for name, codes in asked.items() if name not in YEARS})
    first, last = (int(asked.get(name, [limit])[0]) for name, limit in zip(YEARS, (0, 9999), strict=True))
    outside = sorted({row["time"] for row in rows if not first <= int(row["time"][:4]) <= last})
    if outside:
        raise SnapshotError(f"{url}: answered with periods not asked for: {', '.join(outside)[:200]}")
    return _kept(dataset, Path(folder), service, url, sent, body, rows)


def fetch_sdmx(
    dataflow: str, key: str, folder: Path | str, *, start: int | None = None, service: str = SDMX_SERVICE
) -> Snapshot:
    """Fetch series of one dataflow from ILOSTAT's SDMX service.

    Parameters
    ----------
    dataflow : str
        The dataflow's id, for example ``DF_UNE_DEAP_SEX_AGE_RT``.
    key : str
        The series' key, for example ``KEN.A..SEX_T.AGE_YTHADULT_YGE15``; an empty dimension means all of it,
        and the first, the area, may not be empty.
    folder : Path or str
        As in `fetch_bulk`.
    start : int, optional, year
        First period.
    service : str
        The service's address.

    Returns
    -------
    Snapshot
        The record, written beside the file.

    Raises
    ------
    SnapshotError
        As in `fetch_bulk`.
    """
    dimensions = [part.split("+") if part else [] for part in key.split(".")]
    areas = [_codes("ref_area", code)[0] for code in dimensions[0]]
    if not areas:
        raise SnapshotError(
            f"{dataflow}: key {key!r} leaves the area blank, which means all; begin it with an area"
        )
    sent = {"startPeriod": str(start)} if start is not None else {}
    sent["format"] = "csv"
    flow = _codes("dataflow", dataflow)[0]
    path = urllib.parse.quote(f"ILO,{flow}/{key}", safe=",/+.:")
    url = f"{service}{path}?{urllib.parse.urlencode(sent)}"
    body = _answer(url)
    rows = _rows(url, body, ("DATAFLOW", "REF_AREA", "TIME_PERIOD", "OBS_VALUE"))
    _refuse_other(url, rows, {"REF_AREA": areas})
    for codes in filter(None, dimensions[1:]):
        held = [name for name in rows[0] if {row[name] for row in rows} <= set(codes)]
        if not held:
            raise SnapshotError(
                f"{url}: no column of the answer keeps to {'+'.join(codes)}; check the key's order"
            )
    return _kept(dataflow, Path(folder), service, url, {"key": key, **sent}, body, rows)


def _codes(name: str, given: str | int | Sequence[str]) -> list[str]:
    codes = [str(given)] if isinstance(given, (str, int)) else [str(code) for code in given]
    wrong = [code for code in codes if not CODE.fullmatch(code)]
    if wrong or not codes:
        found = f"{wrong[0]!r}" if wrong else "nothing"
        raise SnapshotError(
            f"{name}: found {found}; a blank means all to the service. Name codes, or leave {name} out"
        )
    return list(dict.fromkeys(codes))


def _answer(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:
            return answer.read()
    except urllib.error.HTTPError as refused:
        raise SnapshotError(f"{url}: the service answered {refused.code} {refused.reason}") from refused
    except urllib.error.URLError as unreached:
        raise SnapshotError(f"{url}: the service was not reached: {unreached.reason}") from unreached


def _rows(url: str, body: bytes, expected: Sequence[str]) -> list[dict[str, str]]:
    if not body.strip():
        raise SnapshotError(
            f"{url}: an empty answer with status 200; a code of the query is not known to the service"
        )
    reader = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
    columns = reader.fieldnames or []
    if not set(expected) <= set(columns):
        raise SnapshotError(
            f"{url}: the answer begins {body[:80]!r}; expected CSV with the columns {', '.join(expected)}"
        )
    rows = list(reader)
    if not rows:
        raise SnapshotError(f"{url}: a header and no rows; a code of the query is not known to the service")
    return rows


def _refuse_other(url: str, rows: list[dict[str, str]], asked: Mapping[str, Sequence[str]]) -> None:
    """Refuse an answer that holds codes that were not asked for, or lacks one that was."""
    for name, codes in asked.items():
        held = {row.get(name, "") for row in rows}
        other, absent = sorted(held - set(codes)), sorted(set(codes) - held)
        if other:
            raise SnapshotError(
                f"{url}: {name} was not heeded: {', '.join(other)[:200] or 'blank'} came back; "
                f"asked for {', '.join(codes)}"
            )
        if absent:
            raise SnapshotError(
                f"{url}: no row for {name} {', '.join(absent)}; check the code, or leave it out"
            )


def _kept(
    name: str,
    folder: Path,
    service: str,
    url: str,
    query: dict[str, str],
    body: bytes,
    rows: list[dict[str, str]],
) -> Snapshot:
    target, record = folder / f"{name}.csv", folder / f"{name}.snapshot.json"
    if target.exists() and target.read_bytes() != body:
        raise SnapshotError(
            f"{target}: holds another answer; a recorded one is never replaced. Name another folder"
        )
    snapshot = Snapshot(
        target.name,
        service,
        url,
        query,
        datetime.now(UTC).isoformat(timespec="seconds"),
        hashlib.sha256(body).hexdigest(),
        len(body),
        len(rows),
        tuple(rows[0]),
    )
    folder.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body)
    record.write_text(json.dumps(asdict(snapshot), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return snapshot
