"""A snapshot: series of a service, fetched and read once, become a vintage, whole or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from analysis.files import write_whole
from analysis.sources.fetching.answer_checks import built
from analysis.sources.fetching.client import BrokenOff, Client, FetchError
from analysis.sources.fetching.services import SERVICES, Fetched, SeriesQuery
from analysis.sources.vintages import Vintage
from analysis.sources.vintages.codes import Codes
from analysis.sources.vintages.described import DESCRIPTOR
from analysis.sources.vintages.register import read_vintage

ADDRESSES = {
    "ilostat": "https://rplumber.ilo.org/",
    "unsdg": "https://unstats.un.org/sdgapi/v1/sdg/",
    "worldbank": "https://api.worldbank.org/v2/",
}
WORLDS = {"ilostat": "ILO:X01", "unsdg": "M49:1", "worldbank": "WB:WLD"}
TITLES = {
    "ilostat": "ILOSTAT",
    "unsdg": "UN SDG Global Database",
    "worldbank": "World Development Indicators",
}
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
ATTRIBUTIONS = {
    "ilostat": "ILO, ILOSTAT (CC BY 4.0)",
    "unsdg": "United Nations, SDG Global Database; each series' custodian",
    "worldbank": "World Bank, World Development Indicators (CC BY 4.0)",
}


def take(
    service: str,
    series: Sequence[str],
    *,
    areas: Sequence[str] = (),
    since: int | None = None,
    into: Path,
    codes: Codes,
    client: Client | None = None,
    address: str = "",
) -> Vintage:
    """Take a snapshot of some series into a new vintage folder.

    Parameters
    ----------
    service : str
        ``ilostat``, ``unsdg`` or ``worldbank``.
    series : sequence of str
        The service's codes; each has to stand in ``series.csv``, which says what it measures.
    areas : sequence of str
        The service's codes of areas; everything, in bulk, where empty.
    since : int, optional
        First year.
    into : Path
        Folder of vintages. The new one is named for the service and the answers' own date.
    codes : Codes
        Code lists, by which the answers are read at once: an unknown code stops the snapshot.
    client : Client, optional
    address : str
        Another address of the service, such as a mirror.

    Returns
    -------
    Vintage
        The registered vintage, with query, date, hash and row count of every file.

    Raises
    ------
    FetchError
        When a query would be misunderstood, an answer is not what was asked for, or the folder is there;
        nothing is left then, but of an answer that broke off (`BrokenOff`) the part that came.
    VintageError
        When an answer cannot be read by the code lists; nothing is left.
    """
    if service not in SERVICES:
        raise FetchError(f"no service {service!r}: there are {', '.join(SERVICES)}")
    wanted = list(dict.fromkeys(series))
    for name, entries in (("series", wanted), ("area", areas)):
        wrong = [code for code in entries if not code or set(code) - _PLAIN]
        if wrong or (name == "series" and not entries):
            raise FetchError(
                f"{name}: found {wrong or 'nothing'}; name codes; a blank means all to a service"
            )
    for code in wanted:
        codes.of_series(service, code)
    asked_for = json.dumps([service, wanted, list(areas), since, address], sort_keys=True)
    new = not into.exists()
    work = into / f".{service}-{hashlib.sha256(asked_for.encode()).hexdigest()[:12]}.part"
    work.mkdir(parents=True, exist_ok=True)
    requests = [
        SeriesQuery(address or ADDRESSES[service], code, tuple(dict.fromkeys(areas)), since, work)
        for code in wanted
    ]
    with _claimed(work):
        try:
            return _registered(service, requests, into, codes, client or Client())
        except BrokenOff:
            raise
        except Exception:
            shutil.rmtree(work)
            if new:
                with contextlib.suppress(OSError):
                    into.rmdir()
            raise


@contextlib.contextmanager
def _claimed(folder: Path) -> Iterator[None]:
    """Hold a working folder: two runs of one question would write into each other's answers.

    The lock is the system's: it ends with the process that holds it, however that ends.
    """
    lock = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FetchError(f"{folder.parent}: another run asks the same just now; let it end") from None
        yield
    finally:
        os.close(lock)


def _registered(
    service: str, requests: Sequence[SeriesQuery], into: Path, codes: Codes, client: Client
) -> Vintage:
    """Fetch every series into the working folder, read what came, and give the folder its name."""
    answers = [SERVICES[service](query, client) for query in requests]
    first = requests[0]
    dates = sorted({answer.date for answer in answers})
    if not all(_DAY.fullmatch(date) for date in dates):
        raise FetchError(
            f"{answers[0].url}: the answer bears no date, by which a vintage is named (found {dates[0]!r})"
        )
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    if not EARLIEST <= dates[0] <= dates[-1] <= tomorrow:
        raise FetchError(
            f"{answers[0].url}: the answer bears the date {', '.join(dates)}, by which projected years are "
            f"told; expected one from {EARLIEST} to today"
        )
    target = into / f"{service}_{dates[-1].replace('-', '_')}"
    if target.exists():
        raise FetchError(
            f"{target}: there already; a recorded answer is never replaced. Remove it, or name another folder"
        )
    about = _descriptor(service, first.address, answers, dates[-1], first.areas, first.since)
    with built(answers[0].url):
        rows = read_vintage(Vintage(target.name, first.folder, about), codes)
    about["without_number"] = int(rows["value"].isna().sum())
    described = json.dumps(about, indent=1, ensure_ascii=False) + "\n"
    write_whole(first.folder / DESCRIPTOR, described.encode("utf-8"))
    first.folder.replace(target)
    return Vintage(target.name, target, about)


EARLIEST = "2000-01-01"
"""Before any of the services gave answers: an earlier date is that of a clock that was not set."""

_UNSTATED = "not stated by the service, or not one of all series; the month of the answer stands for it"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PLAIN = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-")


def _descriptor(
    service: str, base: str, answers: Sequence[Fetched], date: str, areas: Sequence[str], since: int | None
) -> dict:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    stated = {answer.edition for answer in answers}
    edition = stated.pop() if len(stated) == 1 else ""
    told_by = "stated by the service" if edition else _UNSTATED
    return {
        "profile": "data-package",
        "name": f"{service}-{date}",
        "title": f"{TITLES[service]}, {date}",
        "service": service,
        "role": "estimates",
        "address": base,
        "date": date,
        "retrieved": now,
        "query": {"areas": list(areas) or "all", "since": since},
        "edition": edition or date[:7],
        "edition_from": told_by,
        "projected_after": int(edition[:4]) if edition else int(date[:4]) - 1,
        "world": WORLDS[service],
        "attribution": ATTRIBUTIONS[service],
        "licenses": [LICENCE],
        "resources": [
            {
                "name": answer.series.lower().replace("_", "-").replace(".", "-"),
                "path": answer.path.name,
                "dialect": answer.dialect,
                "series": answer.series,
                "query": answer.url,
                "date": answer.date,
                "rows": answer.rows,
                "format": answer.path.suffix[1:],
                "encoding": "utf-8",
                "bytes": answer.path.stat().st_size,
                "hash": f"sha256:{hashlib.sha256(answer.path.read_bytes()).hexdigest()}",
            }
            for answer in answers
        ],
    }
