"""Readers of what services answer, and of what is kept on this machine."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from readers import Reader, _codes

UNEMPLOYMENT = "UNE_2EAP_SEX_AGE_RT"
_ROWS = [
    f"{area},XA:8405,{UNEMPLOYMENT},SEX_T,AGE_YTHADULT_YGE15,{year},5.5,"
    for area in ("KEN", "X01")
    for year in (2019, 2020)
]
_ILOSTAT = "\n".join(["ref_area,source,indicator,sex,classif1,time,obs_value,obs_status", *_ROWS]) + "\n"
_CONTENTS = json.dumps(
    [
        {
            "id": f"{UNEMPLOYMENT}_A",
            "indicator.label": "Unemployment rate -- ILO modelled estimates, Nov. 2025 (%)",
            "last.update": "22/09/2026 07:10:19",
            "n.records": len(_ROWS),
        }
    ]
)
_KEYS = {"dimensions": {"Age": "15+", "Sex": "BOTHSEX"}, "attributes": {"Nature": "M", "Units": "PERCENT"}}
_PAGE = json.dumps(
    {
        "data": [
            {"series": "SL_TLF_UEM", "geoAreaCode": "1", "timePeriodStart": 2019.0, "value": "5.4", **_KEYS},
            {"series": "SL_TLF_UEM", "geoAreaCode": "1", "timePeriodStart": 2020.0, "value": "6.6", **_KEYS},
        ],
        "totalPages": 1,
        "totalElements": 2,
    }
)
_BANK = json.dumps(
    [
        {"page": 1, "pages": 1, "per_page": 1000, "total": 2, "lastupdated": "2026-04-08"},
        [
            {
                "indicator": {"id": "SL.UEM.TOTL.ZS", "value": "Unemployment"},
                "country": {"id": "KE", "value": "Kenya"},
                "countryiso3code": "KEN",
                "date": str(year),
                "value": 5.5,
                "unit": "",
                "obs_status": "",
                "decimal": 1,
            }
            for year in (2019, 2020)
        ],
    ]
)
_WIDE = (
    '"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-04-08",\n\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020",\n'
    '"Kenya","KEN","Unemployment","SL.UEM.TOTL.ZS","5.5","5.7",\n'
)


def _packed() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("API_SL.UEM.TOTL.ZS_DS2.csv", _WIDE)
    return written.getvalue()


def _asked(
    service: str, series: str, areas: tuple[str, ...], since: int | None, others: Callable
) -> Callable:
    """Return a reader of one answer of a service, beside sound ones of its other addresses."""

    def read(path: Path) -> None:
        from analysis.sources.fetching import take
        from analysis.sources.fetching.client import Answer, Client
        from analysis.sources.vintages.codes import Codes

        class Told(Client):
            def get(self, url, query, into, *, form=None, packed=False):
                sound = others(url)
                into.write_bytes(path.read_bytes() if sound is None else sound.encode())
                return Answer(url, into, "2026-09-22", True)

        folder = Path(tempfile.mkdtemp())
        try:
            codes = _codes(Codes)
            vintage = take(
                service, [series], areas=areas, since=since, into=folder, codes=codes, client=Told()
            )
            rows = vintage.descriptor["resources"][0]["rows"]
            from analysis.sources.vintages.register import read_vintage

            read = read_vintage(vintage, codes)
            assert 0 < len(read) <= rows * 60, (len(read), rows)
        finally:
            shutil.rmtree(folder)

    return read


def _of_ilostat(url: str) -> str | None:
    return None if url.endswith("indicator/") else _CONTENTS


def _contents_of_ilostat(url: str) -> str | None:
    return _ILOSTAT if url.endswith("indicator/") else None


def _of_un(url: str) -> str | None:
    if url.endswith("Series/List"):
        return json.dumps([{"code": "SL_TLF_UEM"}])
    return json.dumps([{"geoAreaCode": "1"}]) if url.endswith("GeoArea/List") else None


ANSWERS = {
    "an answer of ILOSTAT": Reader(
        ".csv",
        lambda: [_ILOSTAT.encode()],
        _asked("ilostat", UNEMPLOYMENT, ("KEN", "X01"), 2019, _of_ilostat),
    ),
    "ILOSTAT's table of contents": Reader(
        ".json", lambda: [_CONTENTS.encode()], _asked("ilostat", UNEMPLOYMENT, (), None, _contents_of_ilostat)
    ),
    "an answer of the UN": Reader(
        ".json", lambda: [_PAGE.encode()], _asked("unsdg", "SL_TLF_UEM", ("1",), 2019, _of_un)
    ),
    "an answer of the World Bank": Reader(
        ".json",
        lambda: [_BANK.encode()],
        _asked("worldbank", "SL.UEM.TOTL.ZS", ("KEN",), 2019, lambda url: None),
    ),
    "a download of the World Bank": Reader(
        ".zip",
        lambda: [_packed()],
        _asked("worldbank", "SL.UEM.TOTL.ZS", (), None, lambda url: None),
        zipped=True,
    ),
}
