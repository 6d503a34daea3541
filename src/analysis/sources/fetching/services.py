"""How each service is asked, what it answers wrongly with status 200, and how that is seen."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from analysis.files import write_whole
from analysis.sources.fetching.answer_checks import (
    UNKNOWN,
    built,
    csv_rows,
    refuse_earlier_years,
    refuse_other_codes,
    refuse_parts,
    refuse_unknown_codes,
)
from analysis.sources.fetching.client import Answer, Client, FetchError

PAGE = 1000
"""Rows asked for in one page."""


@dataclass(frozen=True)
class Fetched:
    """One series, as a service gave it.

    Attributes
    ----------
    series : str
    path : Path
        The file; JSON pages stand one after another in one list.
    dialect : str
        Which reader reads it.
    rows : int
        Rows that came.
    url : str
        The query; of pages, the first.
    date : str
        The answer's own date.
    edition : str
        Month of the producer's edition, where the service tells it; else empty.
    """

    series: str
    path: Path
    dialect: str
    rows: int
    url: str
    date: str
    edition: str = ""


@dataclass(frozen=True)
class SeriesQuery:
    """What is asked of a service.

    Attributes
    ----------
    address : str
        The service's address, with a slash at its end.
    series : str
    areas : tuple of str
        The service's codes of areas; all areas, in bulk, where empty.
    since : int or None
        First year.
    folder : Path
        Where files go.
    """

    address: str
    series: str
    areas: tuple[str, ...]
    since: int | None
    folder: Path


def ask_ilostat(request: SeriesQuery, client: Client) -> Fetched:
    """Ask ILOSTAT's bulk service for a series of yearly data.

    It ignores a parameter that it does not know, takes a blank to mean "all", and answers an unknown code
    with no rows and status 200. Its table of contents is asked first: it tells when the series was updated,
    of which edition it is, and how many rows it has. Of all areas and years as many have to come; of some,
    the answer has to tell where it ends, so that none of what the service sent is lost. A row that the
    service itself leaves out of such a part cannot be seen.
    """
    contents = client.get(
        request.address + "metadata/toc/indicator",
        {"lang": "en", "format": ".json"},
        request.folder / f".{request.series}.contents",
        packed=True,
    )
    with built(contents.url):
        listed = {entry["id"]: entry for entry in contents.json()}
        refuse_unknown_codes(contents.url, "series", set(listed), {f"{request.series}_A"})
        about = listed[f"{request.series}_A"]
        updated = datetime.strptime(about["last.update"], _UPDATED).date().isoformat()
        stated = _EDITION.search(about["indicator.label"])
        edition = datetime.strptime(" ".join(stated.groups()), "%b %Y").strftime("%Y-%m") if stated else ""
        whole = int(about["n.records"])
    contents.path.unlink()
    query = {"id": f"{request.series}_A", "type": "code", "format": ".csv"}
    if request.areas:
        query["ref_area"] = "+".join(request.areas)
    if request.since is not None:
        query["timefrom"] = str(request.since)
    into = request.folder / f"{request.series}.csv"
    answer = client.get(request.address + "data/indicator/", query, into, packed=True)
    text = answer.text()
    rows = csv_rows(answer.url, text, ("ref_area", "indicator", "time", "obs_value"))
    if not text.endswith("\n"):
        raise FetchError(f"{answer.url}: the last line has no end ({text[-60:]!r}); the answer is not whole")
    refuse_other_codes(answer.url, "id", {row["indicator"] for row in rows}, {request.series})
    if request.areas:
        refuse_other_codes(answer.url, "ref_area", {row["ref_area"] for row in rows}, set(request.areas))
    refuse_earlier_years(answer.url, [row["time"] for row in rows], request.since)
    if not request.areas and request.since is None:
        refuse_parts(answer.url, len(rows), whole)
    if not answer.ended:
        raise FetchError(f"{answer.url}: nothing tells where the answer ends; it may have been cut off")
    return Fetched(request.series, answer.path, "ilostat", len(rows), answer.url, updated, edition)


_UPDATED = "%d/%m/%Y %H:%M:%S"
_EDITION = re.compile(r"modelled estimates, ([A-Z][a-z]{2})[a-z]*\.? (\d{4})")


def ask_unsdg(request: SeriesQuery, client: Client) -> Fetched:
    """Ask the UN SDG database: pages of JSON for named areas, else the series' whole CSV.

    The CSV says nowhere how long it is, so that the number of its rows is asked of the pages. The service's
    lists of series and of areas are asked first: the data service answers an unknown code with no rows.
    """
    if not request.areas:
        _refuse_years(request)
    listed = client.get(request.address + "Series/List", {"allreleases": "false"}, request.folder / ".series")
    with built(listed.url):
        codes = {entry["code"] for entry in listed.json()}
    refuse_unknown_codes(listed.url, "series", codes, {request.series})
    listed.path.unlink()
    if not request.areas:
        answer = client.get(
            request.address + "Series/DataCSV",
            {},
            request.folder / f"{request.series}.csv",
            form={"seriesCodes": request.series},
        )
        rows = csv_rows(answer.url, answer.text(), ("SeriesCode", "GeoAreaCode", "TimePeriod", "Value"))
        refuse_other_codes(answer.url, "seriesCodes", {row["SeriesCode"] for row in rows}, {request.series})
        _whole(request, client, answer.url, len(rows))
        return Fetched(request.series, answer.path, "unsdg_table", len(rows), answer.url, answer.date)
    geo = client.get(request.address + "GeoArea/List", {}, request.folder / ".areas")
    with built(geo.url):
        codes = {str(entry["geoAreaCode"]) for entry in geo.json()}
    refuse_unknown_codes(geo.url, "area", codes, set(request.areas))
    geo.path.unlink()
    query: dict[str, str | list[str]] = {"seriesCode": request.series, "areaCode": list(request.areas)}
    query["pageSize"] = str(PAGE)
    if request.since is not None:
        query["timePeriodStart"] = str(request.since)

    def rows_of(url: str, page: object) -> tuple[list[dict], int, int]:
        if not isinstance(page, dict) or not {"data", "totalPages", "totalElements"} <= set(page):
            raise FetchError(f"{url}: expected a page with data, totalPages and totalElements")
        return page["data"], int(page["totalPages"]), int(page["totalElements"])

    fetched, rows = _pages(request, client, request.address + "Series/Data", query, rows_of, "unsdg_json")
    with built(fetched.url):
        series, areas = {row["series"] for row in rows}, {str(row["geoAreaCode"]) for row in rows}
        refuse_earlier_years(fetched.url, [str(row["timePeriodStart"]) for row in rows], request.since)
    refuse_other_codes(fetched.url, "seriesCode", series, {request.series})
    refuse_other_codes(fetched.url, "areaCode", areas, set(request.areas))
    return fetched


def _whole(request: SeriesQuery, client: Client, url: str, rows: int) -> None:
    """Refuse a CSV of fewer rows than the pages of the series announce: it was cut at a line's end."""
    query = {"seriesCode": request.series, "pageSize": "1", "page": "1"}
    counted = client.get(request.address + "Series/Data", query, request.folder / ".count")
    with built(counted.url):
        whole = int(counted.json()["totalElements"])
    counted.path.unlink()
    if rows < whole:
        raise FetchError(f"{url}: {rows} rows came, {whole} were announced; nothing is kept")


def ask_worldbank(request: SeriesQuery, client: Client) -> Fetched:
    """Ask the World Bank: pages of JSON for named areas, else the indicator's whole download.

    It answers an unknown code with status 200 and a message in place of rows.
    """
    if not request.areas:
        _refuse_years(request)
        answer = client.get(
            f"{request.address}en/indicator/{request.series}",
            {"downloadformat": "csv"},
            request.folder / f"{request.series}.zip",
        )
        return _unpacked(request, client, answer)
    query: dict[str, str | list[str]] = {"format": "json", "per_page": str(PAGE)}
    if request.since is not None:
        query["date"] = f"{request.since}:2100"
    dates = set()

    def rows_of(url: str, page: object) -> tuple[list[dict], int, int]:
        if not isinstance(page, list) or not page or "message" in page[0] or len(page) != 2:
            message = page[0].get("message") if isinstance(page, list) and page else page
            raise FetchError(f"{url}: the service answered with a message: {message}")
        dates.add(str(page[0].get("lastupdated", "")))
        return page[1] or [], int(page[0]["pages"]), int(page[0]["total"])

    url = f"{request.address}country/{';'.join(request.areas)}/indicator/{request.series}"
    fetched, rows = _pages(request, client, url, query, rows_of, "worldbank_json")
    with built(fetched.url):
        series = {row["indicator"]["id"] for row in rows}
        areas = {row["countryiso3code"] or row["country"]["id"] for row in rows}
        refuse_earlier_years(fetched.url, [row["date"] for row in rows], request.since)
    refuse_other_codes(fetched.url, "indicator", series, {request.series})
    refuse_other_codes(fetched.url, "country", areas, set(request.areas))
    if len(dates) > 1:
        raise FetchError(f"{fetched.url}: updated between two pages ({', '.join(sorted(dates))}); run again")
    return Fetched(fetched.series, fetched.path, fetched.dialect, fetched.rows, fetched.url, *dates)


SERVICES: dict[str, Callable[[SeriesQuery, Client], Fetched]] = {
    "ilostat": ask_ilostat,
    "unsdg": ask_unsdg,
    "worldbank": ask_worldbank,
}


def _pages(
    request: SeriesQuery, client: Client, url: str, query: dict, rows_of: Callable, dialect: str
) -> tuple[Fetched, list[dict]]:
    """Fetch every page, and put them one after another into one file."""
    pages, rows, number, last, first, whole = [], [], 1, 1, None, 0
    while number <= last:
        into = request.folder / f".{request.series}.page-{number}.json"
        answer = client.get(url, query | {"page": str(number)}, into)
        page = answer.json()
        with built(answer.url):
            page_rows, *announced = rows_of(answer.url, page)
            rows += page_rows
        if number > 1 and announced != [last, whole]:
            raise FetchError(
                f"{answer.url}: page {number} announces {announced[1]} rows on {announced[0]} pages, the "
                f"first one {whole} on {last}; the data changed in between, run again"
            )
        last, whole = announced
        pages.append(page)
        first = first or answer
        if len(rows) > whole:  # else a service that never ends would be asked for ever
            refuse_parts(first.url, len(rows), whole)
        if not page_rows and number < last:
            raise FetchError(f"{answer.url}: page {number} of {last} is empty; nothing is kept")
        number += 1
    if not rows:
        raise FetchError(f"{first.url}: no rows; {UNKNOWN}")
    refuse_parts(first.url, len(rows), whole)
    path = request.folder / f"{request.series}.json"
    write_whole(path, (json.dumps(pages, ensure_ascii=False) + "\n").encode("utf-8"))
    for page_number in range(1, number):
        (request.folder / f".{request.series}.page-{page_number}.json").unlink(missing_ok=True)
    return Fetched(request.series, path, dialect, len(rows), first.url, first.date), rows


_ENCRYPTED = 1
"""The flag of a file in an archive that needs a password."""


def _unpacked(request: SeriesQuery, client: Client, answer: Answer) -> Fetched:
    try:
        with zipfile.ZipFile(answer.path) as packed:
            client.refuse_size(answer.url, sum(entry.file_size for entry in packed.infolist()))
            if any(entry.flag_bits & _ENCRYPTED for entry in packed.infolist()):
                raise FetchError(f"{answer.url}: the download is encrypted")
            broken = packed.testzip()
            names = [name for name in packed.namelist() if name.startswith("API_") and name.endswith(".csv")]
            if broken or len(names) != 1:
                raise FetchError(
                    f"{answer.url}: {broken or 'no single API_ file'} in the download: {packed.namelist()}"
                )
            text = packed.read(names[0]).decode("utf-8-sig")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        begins = answer.path.read_bytes()[:60]
        raise FetchError(f"{answer.url}: no archive, it begins {begins!r}: {error}") from error
    answer.path.unlink()
    try:
        lines = list(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        raise FetchError(f"{answer.url}: no CSV in the download ({error})") from None
    head = next((place for place, line in enumerate(lines) if line[1:2] == ["Country Code"]), None)
    dated = [line[1] for line in lines[:head] if line[:1] == ["Last Updated Date"]]
    if head is None or len(lines) <= head + 1 or not dated:
        raise FetchError(f"{answer.url}: no table with a date in the download")
    with built(answer.url):
        series = {line[3] for line in lines[head + 1 :] if line}
    refuse_other_codes(answer.url, "indicator", series, {request.series})
    path = request.folder / f"{request.series}.csv"
    write_whole(path, text.encode("utf-8"))
    return Fetched(request.series, path, "worldbank_wide", len(lines) - head - 1, answer.url, dated[0])


def _refuse_years(request: SeriesQuery) -> None:
    """Refuse a first year where the service gives a whole series or nothing."""
    if request.since is not None:
        raise FetchError(
            f"{request.address}: of all areas the service gives every year; name areas beside the first year "
            f"{request.since}, or leave the year out"
        )
