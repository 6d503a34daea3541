"""Snapshots, against a local server that answers as the services do, wrong answers included."""

import gzip
import hashlib
import http.server
import io
import json
import re
import threading
import time
import urllib.parse
import zipfile
from types import SimpleNamespace

import pytest

from analysis.cli import main
from analysis.sources.fetching import ADDRESSES, Client, FetchError, take
from analysis.sources.fetching.client import BrokenOff
from analysis.sources.vintages import VintageError, Vintages
from analysis.sources.vintages.codes import Codes

MODIFIED = "Tue, 22 Sep 2026 08:00:00 GMT"
HEAD = "ref_area,source,indicator,sex,classif1,time,obs_value,obs_status"
SERIES = "UNE_2EAP_SEX_AGE_RT"
TABLE = [
    f"{area},XA:8405,{SERIES},{sex},AGE_YTHADULT_YGE15,{year},5.5,"
    for area in ("KEN", "X01")
    for sex in ("SEX_T", "SEX_F")
    for year in ("2019", "2020", "2026")
]


KEYS = {
    "dimensions": {"Age": "15+", "Sex": "BOTHSEX"},
    "attributes": {"Nature": "M", "Units": "PERCENT"},
}


UN_CSV = [
    "Goal,SeriesCode,GeoAreaCode,TimePeriod,Value,[Age],[Nature],[Sex],[Units]",
    *(f"8,SL_TLF_UEM,{area},2020,6.5,15+,M,BOTHSEX,PERCENT" for area in ("1", "404")),
]


CONTENTS = "/metadata/toc/indicator"


def listed(series, label="Unemployment rate -- ILO modelled estimates, Nov. 2025 (%)", **told):
    """A series in ILOSTAT's table of contents, as it stands there."""
    return {
        "id": f"{series}_A",
        "indicator.label": label,
        "last.update": "22/09/2026 07:10:19",
        "n.records": len(TABLE),
        **told,
    }


class Service(http.server.BaseHTTPRequestHandler):
    """The three services on one port; `server.wrong` takes the place of an answer."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # an answer's body would wait for the client's word on its header

    def do_GET(self):
        self.answer({})

    def do_POST(self):
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(urllib.parse.parse_qs(sent))

    def answer(self, form):
        address = urllib.parse.urlsplit(self.path)
        asked = urllib.parse.parse_qs(address.query)
        self.server.requests.append((self.command, self.path, self.headers.get("Range")))
        wrong = self.server.wrong
        if address.path == CONTENTS:
            self.server.requests.pop()
            self.send(json.dumps(self.server.contents).encode())
            return
        if wrong and wrong(self, address.path, asked):
            return
        kind = address.path.split("/")[1]
        body = getattr(self, kind)(address.path, asked, form)
        self.send(body if isinstance(body, bytes) else body.encode())

    def send(self, body, status=200, **headers):
        self.send_response(status)
        for name, text in {"Last-Modified": MODIFIED, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), text)
        self.end_headers()
        self.wfile.write(body)

    def data(self, path, asked, form):
        """ILOSTAT: ignores what it does not know, takes a blank for all, an unknown code for an empty 200."""
        rows = [line.split(",") for line in TABLE]
        areas = asked.get("ref_area", [""])[0].split(" ")
        rows = [row for row in rows if areas == [""] or row[0] in areas]
        first = asked.get("timefrom", ["0"])[0]
        rows = [row for row in rows if row[5] >= first]
        known = asked["id"] == [f"{SERIES}_A"] and asked["type"] == ["code"]
        return "\n".join([HEAD, *map(",".join, rows)]) + "\n" if rows and known else ""

    def sdg(self, path, asked, form):
        if path.endswith("Series/List"):
            return json.dumps([{"code": "SL_TLF_UEM", "release": "2022.Q1.G.03"}, {"code": "SI_POV_DAY1"}])
        if path.endswith("GeoArea/List"):
            return json.dumps([{"geoAreaCode": code, "geoAreaName": ""} for code in ("1", "404", "4")])
        if path.endswith("DataCSV"):
            assert form == {"seriesCodes": ["SL_TLF_UEM"]}
            return "\n".join(UN_CSV) + "\n"
        first = int(asked.get("timePeriodStart", ["0"])[0])
        rows = [
            {"series": "SL_TLF_UEM", "geoAreaCode": area, "timePeriodStart": float(year), "value": str(value),
             **KEYS}
            for area in asked.get("areaCode", ("1",))
            for year, value in ((2019, 5.4), (2020, 6.6), (2021, 6.2))[: None if "areaCode" in asked else 2]
            if area in ("1", "404") and year >= first
        ]  # fmt: skip
        size, number = 2, int(asked["page"][0])
        pages = -(-len(rows) // size)
        held = rows[size * (number - 1) : size * number]
        return json.dumps(
            {"data": held, "totalElements": len(rows), "totalPages": pages, "pageNumber": number}
        )

    def wb(self, path, asked, form):
        code = path.rsplit("/", 1)[1]
        if code != "SL.UEM.TOTL.ZS":
            return json.dumps([{"message": [{"id": "120", "key": "Invalid value", "value": "not valid"}]}])
        if asked.get("downloadformat"):
            return archive()
        areas = path.split("/")[3].split(";")
        if not set(areas) <= {"WLD", "KEN"}:
            return json.dumps([{"message": [{"id": "120", "key": "Invalid value", "value": "not valid"}]}])
        first = int(asked.get("date", ["0:0"])[0].split(":")[0])
        rows = [
            {"indicator": {"id": code}, "country": {"id": area[:2]}, "countryiso3code": area,
             "date": str(year), "value": value}
            for area in areas
            for year, value in ((2019, 5.4), (2020, None), (2025, 6.25))
            if year >= first
        ]  # fmt: skip
        about = {"page": int(asked["page"][0]), "pages": 1, "per_page": 1000, "total": len(rows)}
        return json.dumps([about | {"lastupdated": "2026-04-08"}, rows])

    def log_message(self, *ignored):
        pass


DOWNLOAD = (
    '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-04-08",\n\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020",\n'
    '"World","WLD","U","SL.UEM.TOTL.ZS","5.5","6.5",\n"Kenya","KEN","U","SL.UEM.TOTL.ZS","","",\n'
)


def archive(text=DOWNLOAD):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Metadata_Country_API.csv", "x")
        packed.writestr("API_SL.UEM.TOTL.ZS_DS2_en_csv_v2_1.csv", text)
    return held.getvalue()


@pytest.fixture
def service():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.daemon_threads = True
    server.handle_error = lambda *ignored: None  # a client that hangs up is part of the tests
    server.wrong, server.requests = None, []
    server.contents = [listed(SERIES), listed("UNE_DEAP_SEX_AGE_RT", "Unemployment rate by sex and age (%)")]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.002})
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}/"
    server.addresses = {"ilostat": base, "unsdg": base + "sdg/", "worldbank": base + "wb/"}
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def fetch(service, tmp_path, codes):
    def fetched(name, series, areas=(), since=None, **given):
        client = Client(**{"tries": 2, "backoff": 0.01, **given})
        return take(
            name, series, areas=areas, since=since, into=tmp_path / "into", codes=codes, client=client,
            address=service.addresses[name],
        )  # fmt: skip

    return fetched


ASKED = {
    "ilostat": ([SERIES], ["X01", "KEN"]),
    "unsdg": (["SL_TLF_UEM"], ["1", "404"]),
    "worldbank": (["SL.UEM.TOTL.ZS"], ["WLD", "KEN"]),
}
DATES = {"ilostat": "2026_09_22", "unsdg": "2026_09_22", "worldbank": "2026_04_08"}
ROWS = {"ilostat": 12, "unsdg": 6, "worldbank": 6}
BULK = {"ilostat": 12, "unsdg": 2, "worldbank": 2}


@pytest.mark.sampled
@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("bulk", [False, True], ids=["query", "bulk"])
def test_a_snapshot_is_a_vintage(fetch, tmp_path, root, name, bulk, monkeypatch):
    series, areas = ASKED[name]
    vintage = fetch(name, series, () if bulk else areas)
    assert vintage.name == f"{name}_{DATES[name]}"
    (resource,) = vintage.descriptor["resources"]
    content = (vintage.folder / resource["path"]).read_bytes()
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert resource["rows"] == (BULK if bulk else ROWS)[name]
    assert vintage.descriptor["retrieved"].endswith("+00:00")
    assert not [each for each in vintage.folder.parent.iterdir() if each.name.startswith(".")]
    assert {each.name for each in vintage.folder.iterdir()} == {"datapackage.json", resource["path"]}
    monkeypatch.setenv("ANALYSIS_ESTIMATES", str(tmp_path / "into"))
    rows = Vintages(root).observations(vintage.name)
    world = rows[(rows["area"] == vintage.world) & (rows["sex"] == "SEX_T")].set_index("period")
    assert world.loc["2019" if name != "unsdg" else "2020", "value"] > 5
    assert set(rows["basis"]) <= {"modelled", "projected"}


@pytest.mark.sampled
@pytest.mark.parametrize("name", ASKED)
def test_years_may_be_named(fetch, name):
    series, areas = ASKED[name]
    vintage = fetch(name, series, areas[:1], since=2020)
    assert vintage.descriptor["query"] == {"areas": areas[:1], "since": 2020}
    assert vintage.descriptor["resources"][0]["rows"] in (2, 4)


@pytest.mark.slow
def test_projected_years_are_those_from_the_answers_own_year_on(fetch, root, tmp_path, monkeypatch):
    vintage = fetch("ilostat", [SERIES], ["X01"])
    monkeypatch.setenv("ANALYSIS_ESTIMATES", str(tmp_path / "into"))
    rows = Vintages(root).observations(vintage.name)
    assert rows.groupby("period")["basis"].first().to_dict() == {
        "2019": "modelled",
        "2020": "modelled",
        "2026": "projected",
    }


def text(body, **headers):
    return lambda handler, path, asked: handler.send(body.encode(), **headers) or True


def on(part, wrong):
    return lambda handler, path, asked: part in path and wrong(handler, path, asked)


def page(**fields):
    return text(json.dumps({"data": [], "totalElements": 0, "totalPages": 1, **fields}))


ROW = {"series": "SL_TLF_UEM", "geoAreaCode": "1", "timePeriodStart": 2020.0, "value": "6.5",
       **KEYS}  # fmt: skip
BANKED = {"indicator": {"id": "SL.UEM.TOTL.ZS"}, "country": {"id": "1W"}, "countryiso3code": "WLD",
          "date": "2020", "value": 6.5}  # fmt: skip


def damaged():
    """The download with one byte of the table changed: its checksum no longer fits."""
    content = bytearray(archive())
    name = b"API_SL.UEM.TOTL.ZS_DS2_en_csv_v2_1.csv"
    content[content.index(name) + len(name) + 20] ^= 0xFF
    return bytes(content)


def banked(about=None, row=None):
    told = {"page": 1, "pages": 1, "total": 1, "lastupdated": "2026-04-08"} | (about or {})
    return text(json.dumps([told, [BANKED | (row or {})]]))


BUILT = "not built as before"
UEM = ["SL_TLF_UEM"]
WRONG = [
    ("ilostat", [SERIES], ["KEN", "XXX"], None, "no row for ref_area XXX"),
    ("ilostat", [SERIES], ["XXX"], None, "an empty answer with status 200"),
    ("ilostat", ["UNE_DEAP_SEX_AGE_RT"], ["KEN"], None, "an empty answer with status 200"),
    ("ilostat", [SERIES], ["KEN"], text("<html>maintenance</html>"), "expected CSV"),
    ("ilostat", [SERIES], ["KEN"], text(HEAD + "\n"), "a header and no rows"),
    ("ilostat", [SERIES], ["KEN"], text(f"{HEAD}\n{TABLE[0]}\n{TABLE[6]}\n"), "ref_area was not heeded: X01"),
    ("ilostat", [SERIES], ["KEN"], text(f"{HEAD}\n{TABLE[0]}\nKEN,XA:84"), "line 3 has not as many fields"),
    ("ilostat", [SERIES], ["KEN"], text(f"{HEAD}\n{TABLE[0].replace('UNE_', 'X_')}\n"), "id was not heeded"),
    ("ilostat", [SERIES], ["KEN"], text(f"{HEAD}\n{TABLE[0]}"), "last line has no end"),
    ("ilostat", [SERIES], ["KEN"], text(HEAD.replace("obs_value", "value") + "\n"), "expected CSV with"),
    ("ilostat", [SERIES], ["KEN"], lambda handler, path, asked: handler.send(HEAD.encode("utf-16")) or True,
     "no UTF-8 text"),
    ("unsdg", UEM, ["1"], on("Data", page(data=[{}], totalElements=1)), f"{BUILT} .KeyError"),
    ("unsdg", UEM, ["1"], on("Data", page(totalPages="x")), f"{BUILT} .ValueError"),
    ("unsdg", UEM, ["1"], on("Series/List", text('{"error": 1}')), f"{BUILT} .TypeError"),
    ("unsdg", UEM, ["1"], on("GeoArea", text('[{"code": "1"}]')), f"{BUILT} .KeyError"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], ["WLD"], banked(row={"indicator": "x"}), f"{BUILT} .TypeError"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], ["WLD"], banked({"lastupdated": "../../x"}), "bears no date"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], [], lambda handler, path, asked: handler.send(damaged()) or True,
     "in the download|no archive"),
    ("unsdg", ["SL_TLF_NEET"], ["1"], None, "series SL_TLF_NEET is not in the service's list"),
    ("unsdg", ["SL_TLF_UEM"], ["999"], None, "area 999 is not in the service's list"),
    ("unsdg", ["SL_TLF_UEM"], ["4"], None, "no rows; the service does not know a code"),
    ("unsdg", ["SL_TLF_UEM"], ["1", "4"], None, "no row for areaCode 4"),
    ("unsdg", UEM, ["1"], on("Data", page(data=[ROW], totalElements=7)), "1 rows came, 7 were"),
    ("unsdg", UEM, ["1"], on("Data", text('{"error": "x"}')), "expected a page with data"),
    ("unsdg", UEM, ["1"], on("Data", text("")), "an empty answer"),
    ("unsdg", UEM, ["1"], on("Data", text("<html>")), "no JSON"),
    ("unsdg", UEM, ["1"], on("Data", text('{"data": [], "totalElements": 0, "totalPages": 1,}')), "no JSON"),
    ("unsdg", ["SL_TLF_UEM"], [], on("Data", text("Goal,SeriesCode\n8,X\n")), "expected CSV with SeriesCode"),
    ("unsdg", UEM, [], on("DataCSV", text("\n".join(UN_CSV[:2]) + "\n")), "1 rows came, 2 were announced"),
    ("unsdg", UEM, [], lambda handler, path, asked: path.endswith("Data") and text("{}")(handler, path, {}),
     f"{BUILT} .KeyError"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], ["XYZ"], None, "answered with a message: .*Invalid value"),
    ("worldbank", ["SL.UEM.TOTL.FE.ZS"], ["WLD"], None, "answered with a message"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], ["WLD"], banked({"total": 9}), "1 rows came, 9 were announced"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], ["WLD"], banked(row={"countryiso3code": "X"}), "country was not"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], ["WLD"], banked({"lastupdated": ""}), "bears no date"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], [], text("<html>busy</html>"), "no archive, it begins"),
    ("worldbank", ["SL.UEM.TOTL.FE.ZS"], [], None, "no archive, it begins"),
]  # fmt: skip


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("name", "series", "areas", "wrong", "said"), WRONG)
def test_wrong_answers_are_refused_and_leave_no_vintage(
    fetch, service, tmp_path, name, series, areas, wrong, said
):
    service.wrong = wrong
    with pytest.raises(FetchError, match=said):
        fetch(name, series, areas)
    assert not (tmp_path / "into").exists()


def closing(body, **headers):
    """An answer that ends with its connection, as old servers send it."""

    def sent(handler, path, asked):
        handler.send_response(200)
        for name, told in {"Last-Modified": MODIFIED, **headers}.items():
            handler.send_header(name.replace("_", "-"), told)
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True
        return True

    return sent


def in_chunks(body, *, last):
    def sent(handler, path, asked):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(body), body) + (b"0\r\n\r\n" if last else b""))
        handler.close_connection = True
        return True

    return sent


def archived(change=None, **parts):
    """The download as an archive that is odd."""
    content = bytearray(archive(**parts))
    if change:
        for place, flags in change:
            content[place] |= flags
    return lambda handler, path, asked: handler.send(bytes(content)) or True


HELD = f"{HEAD}\n{TABLE[0]}\n"
NINE = "UNE_DEAP_SEX_AGE_RT"


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("contents", "areas", "since", "said"),
    [
        ([], ["KEN"], None, f"series {SERIES}_A is not in the service's list"),
        ([listed(NINE)], [], None, f"series {SERIES}_A is not in the service's list"),
        ([listed(SERIES, **{"n.records": 13})], [], None, "12 rows came, 13 were announced"),
        ([listed(SERIES, **{"n.records": 11})], [], None, "12 rows came, 11 were announced"),
        ([listed(SERIES, **{"n.records": None})], [], None, "not built as before .TypeError"),
        ([listed(SERIES, **{"last.update": "2026-09-22"})], ["KEN"], None, "not built as before .ValueError"),
        ([{"id": f"{SERIES}_A"}], ["KEN"], None, "not built as before .KeyError"),
        ({"error": "x"}, ["KEN"], None, "not built as before .TypeError"),
        (
            [listed(SERIES, **{"last.update": "01/01/1970 00:00:00"})],
            ["KEN"],
            None,
            "bears the date 1970-01-01",
        ),
        (
            [listed(SERIES, **{"last.update": "22/09/2099 07:00:00"})],
            ["KEN"],
            None,
            "bears the date 2099-09-22",
        ),
    ],
)
def test_what_the_table_of_contents_says_has_to_come(fetch, service, tmp_path, contents, areas, since, said):
    """A bulk file that was cut at a line's end is seen by its number of rows alone."""
    service.contents = contents
    with pytest.raises(FetchError, match=said):
        fetch("ilostat", [SERIES], areas, since)
    assert not (tmp_path / "into").exists()


def test_ilostat_tells_when_a_series_was_updated_and_of_which_edition_it_is(fetch, service, tmp_path):
    service.contents = [listed(SERIES, **{"last.update": "02/12/2025 12:33:47"})]
    about = fetch("ilostat", [SERIES], ["KEN"]).descriptor
    assert (about["date"], about["edition"], about["projected_after"]) == ("2025-12-02", "2025-11", 2025)
    assert about["edition_from"] == "stated by the service"
    service.contents = [listed(SERIES, "Unemployment rate by sex and age (%)")]
    about = fetch("ilostat", [SERIES], ["KEN"]).descriptor
    assert (about["date"], about["edition"], about["projected_after"]) == ("2026-09-22", "2026-09", 2025)
    assert about["edition_from"].startswith("not stated")


@pytest.mark.parametrize("lost", [0, 1])
def test_an_answer_for_some_areas_tells_where_it_ends(fetch, service, tmp_path, lost):
    """It may have been cut at a line's end: a length, a last chunk or an archive would tell."""
    service.wrong = closing("\n".join([HEAD, *TABLE[:6][lost:]]).encode() + b"\n")
    with pytest.raises(FetchError, match="nothing tells where the answer ends"):
        fetch("ilostat", [SERIES], ["KEN"])
    service.wrong = in_chunks("\n".join([HEAD, *TABLE[:6]]).encode() + b"\n", last=not lost)
    if lost:
        with pytest.raises(BrokenOff, match="broke off"):
            fetch("ilostat", [SERIES], ["KEN"])
    else:
        assert fetch("ilostat", [SERIES], ["KEN"]).descriptor["resources"][0]["rows"] == 6


def test_a_compressed_answer_tells_where_it_ends(fetch, service):
    packed = gzip.compress("\n".join([HEAD, *TABLE[:6]]).encode() + b"\n")
    service.wrong = closing(packed, Content_Encoding="gzip")
    assert fetch("ilostat", [SERIES], ["KEN"]).descriptor["resources"][0]["rows"] == 6
    service.wrong = closing(packed[:-6], Content_Encoding="gzip")
    with pytest.raises(BrokenOff, match="damaged or cut off"):
        fetch("ilostat", [SERIES], ["X01"])


ODD = [
    ("ilostat", text(f'{HEAD}\n{TABLE[0]}\n"{TABLE[1]}\n{TABLE[2]}\n'), "is no line of CSV"),
    ("ilostat", text(f"{HEAD}\n{TABLE[0]}{'x' * 140_000}\n"), "is no line of CSV .field larger"),
    ("ilostat", text(HEAD.replace("obs_status", "obs_value") + f"\n{TABLE[0]}\n"), "each once"),
    ("ilostat", text(HELD.replace(",", ";")), "expected CSV"),
    ("ilostat", text(HELD.replace("KEN", "ken")), "ref_area was not heeded"),
    ("ilostat", lambda handler, path, asked: handler.send("é".encode("latin-1")) or True, "no UTF-8 text"),
    ("ilostat", lambda handler, path, asked: handler.send(b"", 204) or True, "answered 204"),
    ("ilostat", lambda handler, path, asked: handler.send(b"", 302) or True, "answered 302"),
    ("ilostat", lambda handler, path, asked: handler.send(b"{}", 400) or True, "answered 400"),
    ("unsdg", on("Data", text("[" * 100_000)), "no JSON"),
    ("unsdg", on("Data", page(data=[], totalElements=9, totalPages=10**9)), "page 1 of 1000000000 is empty"),
    ("worldbank", banked({"lastupdated": "2099-01-01"}), "bears the date 2099-01-01"),
    ("worldbank", banked({"pages": 3, "total": 1}, {"date": 2020}), "2 rows came, 1 were announced"),
]  # fmt: skip


@pytest.mark.sampled(5)
@pytest.mark.parametrize(("name", "wrong", "said"), ODD)
def test_odd_answers_are_refused_and_leave_nothing(fetch, service, tmp_path, name, wrong, said):
    series, areas = ASKED[name]
    service.wrong = wrong
    with pytest.raises(FetchError, match=said):
        fetch(name, series, areas[:1] if name != "ilostat" else ["KEN"])
    assert not (tmp_path / "into").exists()


def test_an_odd_archive_is_refused(fetch, service):
    content = archive()
    flags = [
        (found.start() + at, 1)
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8))
        for found in re.finditer(re.escape(mark), content)
    ]
    service.wrong = archived(flags)
    with pytest.raises(FetchError, match="the download is encrypted"):
        fetch("worldbank", ["SL.UEM.TOTL.ZS"])
    service.wrong = archived(text=DOWNLOAD + "x" * 5_000_000)
    with pytest.raises(FetchError, match="more than 1 MB"):
        fetch("worldbank", ["SL.UEM.TOTL.ZS"], limit=1024 * 1024)


def test_a_part_of_what_was_asked_for_is_not_taken_for_the_rest(fetch, service):
    """A service that gives an answer in parts: each is put behind the last until all of it came."""
    whole = ("\n".join([HEAD, *TABLE[:6]]) + "\n").encode()

    def parted(handler, path, asked):
        ask = handler.headers.get("Range")
        first = int(ask[6:-1]) if ask else 0
        last = min(first + len(HEAD) + 60, len(whole))  # ends in a line the first time
        place = {"Content_Range": f"bytes {first}-{last - 1}/{len(whole)}"} if ask else {}
        length = {"Content-Length": str(len(whole) if not ask else last - first)}
        handler.send(whole[first:last], status=206 if ask else 200, ETag='"v1"', **place, **length)
        handler.close_connection = True
        return True

    service.wrong = parted
    vintage = fetch("ilostat", [SERIES], ["KEN"], tries=9)
    assert (vintage.folder / f"{SERIES}.csv").read_bytes() == whole
    assert len(service.requests) > 2


def test_a_part_that_is_held_and_is_no_part_of_the_answer_is_dropped(fetch, service):
    whole = ("\n".join([HEAD, *TABLE[:6]]) + "\n").encode()

    def shrunk(handler, path, asked):
        if handler.headers.get("Range"):
            handler.send(b"", status=416, Content_Range=f"bytes */{len(whole)}")
        elif len(service.requests) == 1:
            handler.send(whole, ETag='"v1"', **{"Content-Length": str(len(whole) + 9)})
            handler.close_connection = True
        else:
            handler.send(whole)
        return True

    service.wrong = shrunk
    assert fetch("ilostat", [SERIES], ["KEN"]).descriptor["resources"][0]["rows"] == 6
    assert [ask is None for *_, ask in service.requests] == [True, False, True]


@pytest.mark.slow
def test_two_runs_of_one_question_do_not_write_into_each_other(fetch, service, tmp_path):
    """The second is told; the first goes on, and another question is asked beside it."""
    asked, go_on, told = threading.Event(), threading.Event(), []

    def slow(handler, path, parameters):
        if parameters.get("ref_area") == ["KEN"]:
            asked.set()
            go_on.wait(10)
        return False

    service.wrong = slow
    first = threading.Thread(target=lambda: told.append(fetch("ilostat", [SERIES], ["KEN"]).name))
    first.start()
    assert asked.wait(10)
    with pytest.raises(FetchError, match="another run asks the same just now"):
        fetch("ilostat", [SERIES], ["KEN"])
    beside = fetch("worldbank", ["SL.UEM.TOTL.ZS"], ["KEN"])
    go_on.set()
    first.join()
    assert sorted([*told, beside.name]) == ["ilostat_2026_09_22", "worldbank_2026_04_08"]
    assert not [each for each in (tmp_path / "into").iterdir() if each.name.startswith(".")]


UNREAD = [
    ("ilostat", [SERIES], ["KEN"], text(f"{HEAD}\n{TABLE[0]}\n{TABLE[0]}\n"), "2 rows share indicator, area"),
    ("ilostat", [SERIES], ["KEN"], text(f"{HEAD}\n{TABLE[0]}Z\n"), "status 'Z' is not in codes.csv"),
    ("unsdg", UEM, ["1"],
     on("Data", page(data=[ROW | {"attributes": {"Nature": "ZZ", "Units": "PERCENT"}}], totalElements=1)),
     "basis 'zz' is not in codes.csv"),
    ("unsdg", UEM, ["1"],
     on("Data", page(data=[ROW | {"attributes": {"Units": "PERCENT"}}], totalElements=1)),
     "no column nature"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], ["WLD"], banked(row={"date": "2020Q1"}), "'2020Q1' in place of years"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], ["WLD"], banked(row={"value": "n/a"}), "1 values are no number"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], ["WLD"], banked(row={"value": float("inf")}), "1 values are no number"),
    ("worldbank", ["SL.UEM.TOTL.ZS"], ["WLD"], banked(row={"value": -999}), "not within 0 and 100"),
    ("unsdg", UEM, ["1"],
     on("Data", page(data=[ROW | {"dimensions": {"Location": "RURAL", "Age": "15+"}}], totalElements=1)),
     "column Location is no dimension that is known, and holds 'rural'"),
]  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("name", "series", "areas", "wrong", "said"), UNREAD)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(
    fetch, service, tmp_path, name, series, areas, wrong, said
):
    service.wrong = wrong
    with pytest.raises(VintageError, match=re.escape(said)):
        fetch(name, series, areas)
    assert not (tmp_path / "into").exists()


def test_a_flag_that_is_known_is_kept(fetch, service, root, tmp_path, monkeypatch):
    service.wrong = text(f"{HEAD}\n{TABLE[0]}B\n")
    name = fetch("ilostat", [SERIES], ["KEN"]).name
    monkeypatch.setenv("ANALYSIS_ESTIMATES", str(tmp_path / "into"))
    assert Vintages(root).observations(name)["status"].tolist() == ["B"]


@pytest.mark.parametrize("name", ["unsdg", "worldbank"])
def test_a_first_year_of_all_areas_is_refused_where_it_would_not_be_heeded(fetch, service, name):
    with pytest.raises(FetchError, match="of all areas the service gives every year"):
        fetch(name, ASKED[name][0], since=2015)
    assert not service.requests


def test_an_answer_of_unasked_years_is_refused(fetch, service):
    service.wrong = text(f"{HEAD}\n{TABLE[0]}\n")
    with pytest.raises(FetchError, match="periods not asked for: 2019"):
        fetch("ilostat", [SERIES], ["KEN"], since=2020)


def test_what_the_code_lists_do_not_know_is_refused(fetch, service, tmp_path):
    with pytest.raises(VintageError, match=r"series 'GDP' of ilostat is not in series\.csv"):
        fetch("ilostat", ["GDP"], ["KEN"])
    assert not service.requests
    service.wrong = text(f"{HEAD}\n{TABLE[0].replace('YGE15', 'Y99')}\n")
    with pytest.raises(VintageError, match="AGE_YTHADULT_Y99"):
        fetch("ilostat", [SERIES], ["KEN"])
    assert not list((tmp_path / "into").glob("[!.]*"))


@pytest.mark.parametrize(
    ("series", "areas", "said"),
    [
        ([""], [], "found"),
        ([], [], "found nothing"),
        ([SERIES], [""], "a blank means all"),
        ([SERIES], ["A B"], "area"),
    ],
)
def test_blanks_are_refused_before_anything_is_asked(fetch, service, series, areas, said):
    with pytest.raises(FetchError, match=said):
        fetch("ilostat", series, areas)
    assert not service.requests


def test_a_recorded_answer_is_never_replaced(fetch, tmp_path):
    fetch("ilostat", [SERIES], ["KEN"])
    before = sorted((tmp_path / "into").rglob("*"))
    with pytest.raises(FetchError, match="there already; a recorded answer is never replaced"):
        fetch("ilostat", [SERIES], ["KEN"])
    assert sorted((tmp_path / "into").rglob("*")) == before


def test_a_busy_service_is_asked_again(fetch, service):
    def busy(handler, path, asked):
        if len(service.requests) < 3:
            handler.send(b"", status=503, Retry_After="0")
            return True
        return False

    service.wrong = busy
    assert fetch("ilostat", [SERIES], ["KEN"]).descriptor["resources"][0]["rows"] == 6
    assert len(service.requests) == 3
    service.wrong = lambda handler, path, asked: handler.send(b"", status=503) or True
    with pytest.raises(FetchError, match="answered 503 Service Unavailable at each of 3 tries"):
        fetch("ilostat", [SERIES], ["X01"])


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("told", "waited"), [("2", 2), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("soon", 0.01), (None, 0.01)]
)
def test_a_busy_service_is_waited_for_as_it_asks(fetch, service, monkeypatch, told, waited):
    naps = []  # of the client alone: other threads of the process sleep, too
    clock = SimpleNamespace(sleep=naps.append, time=time.time)
    monkeypatch.setattr("analysis.sources.fetching.client.time", clock)

    def busy(handler, path, asked):
        if len(service.requests) > 1:
            return False
        handler.send(b"", status=429, **({} if told is None else {"Retry_After": told}))
        return True

    service.wrong = busy
    fetch("ilostat", [SERIES], ["KEN"])
    assert naps == [waited]


@pytest.mark.parametrize("told", ["3600", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_a_long_wait_is_told_and_not_sat_out(fetch, service, told):
    service.wrong = lambda handler, path, asked: handler.send(b"", status=503, Retry_After=told) or True
    with pytest.raises(FetchError, match=r"answered 503 .* and asks to wait \d+ seconds; run again then"):
        fetch("ilostat", [SERIES], ["KEN"])
    assert len(service.requests) == 1


def test_a_service_that_is_silent_is_told(fetch, service, tmp_path):
    silent = threading.Event()
    service.wrong = lambda handler, path, asked: silent.wait(5) or True
    with pytest.raises(FetchError, match=r"no answer within 0\.05 seconds at each of 3 tries"):
        fetch("ilostat", [SERIES], ["KEN"], timeout=(1, 0.05))
    silent.set()
    assert not (tmp_path / "into").exists()


def test_a_run_that_is_stopped_leaves_its_part_and_no_vintage(fetch, service, tmp_path, monkeypatch):
    whole = ("\n".join([HEAD, *TABLE]) + "\n").encode()

    def stopped(handler, path, asked):
        handler.send_response(200)
        for name, told in {"Content-Length": str(len(whole)), "ETag": '"v1"'}.items():
            handler.send_header(name, told)
        handler.end_headers()
        handler.wfile.write(whole[:100])
        return True

    def stop(*ignored):
        raise KeyboardInterrupt

    service.wrong = stopped
    monkeypatch.setattr(Client, "refuse_size", stop)
    with pytest.raises(KeyboardInterrupt):
        fetch("ilostat", [SERIES], ["KEN"])
    assert not list((tmp_path / "into").glob("[!.]*"))
    monkeypatch.undo()
    service.wrong = None
    assert fetch("ilostat", [SERIES], ["KEN"]).descriptor["resources"][0]["rows"] == 6
    assert not list((tmp_path / "into").glob(".*"))


def test_an_error_is_not_asked_again(fetch, service):
    service.wrong = lambda handler, path, asked: handler.send(b"no", status=404) or True
    with pytest.raises(FetchError, match="answered 404"):
        fetch("ilostat", [SERIES], ["KEN"])
    assert len(service.requests) == 1


@pytest.mark.slow
@pytest.mark.parametrize("marked", [True, False])
def test_a_broken_answer_is_taken_up_where_it_broke(fetch, service, marked):
    rows = [row.replace("2019", str(year)) for row in TABLE[::3] for year in range(1000, 2000)]
    whole = ("\n".join([HEAD, *rows]) + "\n").encode()

    def breaking(handler, path, asked):
        ask = handler.headers.get("Range")
        mark = {"ETag": '"v1"'} if marked else {}
        if ask and handler.headers.get("If-Range") == '"v1"':
            first = int(ask[6:-1])
            place = f"bytes {first}-{len(whole) - 1}/{len(whole)}"
            handler.send(whole[first:], status=206, Content_Range=place, **mark)
        elif len(service.requests) > 1 and not marked:
            handler.send(whole)
        else:
            handler.send_response(200)
            for name, told in {"Content-Length": str(len(whole)), "Last-Modified": MODIFIED, **mark}.items():
                handler.send_header(name, told)
            handler.end_headers()
            handler.wfile.write(whole[:40_000])
            handler.close_connection = True
        return True

    service.wrong, service.contents = breaking, [listed(SERIES, **{"n.records": len(rows)})]
    vintage = fetch("ilostat", [SERIES])
    assert (vintage.folder / f"{SERIES}.csv").read_bytes() == whole
    assert [ask for *_, ask in service.requests] == [None, "bytes=40000-" if marked else None]


@pytest.mark.sampled
@pytest.mark.parametrize("told", ["bytes 100-200/300", None])
def test_a_part_that_was_not_asked_for_is_not_put_behind_what_is_held(fetch, service, told):
    """A service that begins at another byte than it was asked to, or gives a part of an answer unasked."""
    whole = ("\n".join([HEAD, *TABLE[:6]]) + "\n").encode()

    def another(handler, path, asked):
        if len(service.requests) == 1:
            handler.send(whole[:100], status=206, **({"Content_Range": told} if told else {}))
        else:
            handler.send(whole)
        return True

    service.wrong = another
    assert fetch("ilostat", [SERIES], ["KEN"]).descriptor["resources"][0]["rows"] == 6
    assert len(service.requests) == 2


def compressed(content, keep=None):
    packed = gzip.compress(content)[:keep]
    return lambda handler, path, asked: handler.send(packed, Content_Encoding="gzip") or True


LINES = "\n".join(
    ["Goal,SeriesCode,GeoAreaCode,TimePeriod,Value,[Age],[Nature],[Sex],[Units]"]
    + [f"8,SL_TLF_UEM,1,{year},6.5,15+,M,BOTHSEX,PERCENT" for year in range(1950, 2020)]
)


def test_an_answer_compressed_unasked_is_unpacked(fetch, service):
    service.wrong = on("DataCSV", compressed(LINES.encode()))
    assert fetch("unsdg", UEM).descriptor["resources"][0]["rows"] == 70


@pytest.mark.sampled(2)
@pytest.mark.parametrize("lost", [1, 8, 40, 150])
def test_a_compressed_answer_that_is_cut_off_is_never_taken(fetch, service, tmp_path, lost):
    service.wrong = on("DataCSV", compressed(LINES.encode(), -lost))
    with pytest.raises(FetchError, match="damaged or cut off"):
        fetch("unsdg", UEM)
    service.wrong = on("DataCSV", text(LINES, Content_Encoding="br"))
    with pytest.raises(FetchError, match="packed as 'br', which was not asked for"):
        fetch("unsdg", UEM)


@pytest.mark.parametrize("longer", [1, 1000])
def test_an_answer_shorter_than_it_announces_is_never_taken(fetch, service, longer):
    def short(handler, path, asked):
        body = LINES.encode()
        handler.send(body, **{"Content-Length": str(len(body) + longer)})
        handler.close_connection = True
        return True

    service.wrong = on("DataCSV", short)
    with pytest.raises(BrokenOff, match="broke off at each of 3 tries"):
        fetch("unsdg", UEM)


@pytest.mark.parametrize("changed", [{"totalElements": 4}, {"totalPages": 2, "totalElements": 4}])
def test_pages_that_announce_other_numbers_are_refused(fetch, service, tmp_path, changed):
    """Four rows of six, in two pages of three, are no whole answer though the last page says so."""

    def other(handler, path, asked):
        if not path.endswith("Series/Data") or asked["page"] != ["2"]:
            return False
        answer = json.loads(handler.sdg(path, asked, {})) | changed
        handler.send(json.dumps(answer).encode())
        return True

    service.wrong = other
    with pytest.raises(FetchError, match=r"page 2 announces 4 rows on . pages, the first one 6 on 3"):
        fetch("unsdg", UEM, ["1", "404"])
    assert not (tmp_path / "into").exists()


def test_an_answer_that_always_breaks_is_told(fetch, service, tmp_path):
    def breaking(handler, path, asked):
        handler.send_response(200)
        handler.send_header("Content-Length", "5000")
        handler.end_headers()
        handler.wfile.write(b"ref_area")
        handler.close_connection = True
        return True

    service.wrong = breaking
    with pytest.raises(FetchError, match="broke off at each of 3 tries"):
        fetch("ilostat", [SERIES], ["KEN"])
    assert len(service.requests) == 3
    assert not list((tmp_path / "into").glob("[!.]*"))


@pytest.mark.parametrize("told", ["length", "chunks"])
def test_too_large_an_answer_is_refused(fetch, service, told):
    if told == "length":
        service.wrong = text("x" * 3_000_000)
    else:

        def chunked(handler, path, asked):
            handler.send_response(200)
            handler.send_header("Transfer-Encoding", "chunked")
            handler.end_headers()
            for _ in range(40):
                handler.wfile.write(b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n")
            handler.wfile.write(b"0\r\n\r\n")
            return True

        service.wrong = chunked
    with pytest.raises(FetchError, match="more than 1 MB"):
        fetch("ilostat", [SERIES], ["KEN"], limit=1024 * 1024)


@pytest.mark.slow
def test_no_redirect_to_another_host(fetch, service):
    elsewhere = lambda handler, path, asked: handler.send(b"", 302, Location="http://localhost:9/x") or True  # noqa: E731
    service.wrong = elsewhere
    with pytest.raises(FetchError, match="another host or scheme"):
        fetch("ilostat", [SERIES], ["KEN"])

    def around(handler, path, asked):
        if path.startswith("/data/indicator/x"):
            return False
        handler.send(b"", 301, Location="/data/indicator/x?" + handler.path.partition("?")[2])
        return True

    service.wrong = around
    assert fetch("ilostat", [SERIES], ["KEN"]).descriptor["resources"][0]["rows"] == 6
    service.wrong = lambda handler, path, asked: handler.send(b"", 302, Location=handler.path) or True
    with pytest.raises(FetchError, match="more than 3 redirects"):
        fetch("ilostat", [SERIES], ["X01"])


def test_a_service_that_is_not_there_is_told(tmp_path, root):
    with pytest.raises(
        FetchError, match=r"was not reached at each of 2 tries: .*refused; nothing was fetched"
    ):
        take(
            "ilostat", [SERIES], areas=["KEN"], into=tmp_path, codes=Codes(root / "data" / "estimates"),
            client=Client(tries=1, backoff=0.01), address="http://127.0.0.1:9/",
        )  # fmt: skip


def test_a_page_that_came_is_not_kept_after_the_whole_came(fetch, service):
    vintage = fetch("unsdg", ["SL_TLF_UEM"], ["1", "404"])
    asked = [path for _, path, _ in service.requests if "Series/Data" in path]
    assert len(asked) == 3
    pages = json.loads((vintage.folder / "SL_TLF_UEM.json").read_text())
    assert [each["pageNumber"] for each in pages] == [1, 2, 3]


def test_the_command(service, tmp_path, capsys):
    words = ["fetch", "ilostat", SERIES, "--area", "KEN", "--since", "2019", "--into", str(tmp_path / "into")]
    assert main([*words, "--address", service.addresses["ilostat"]]) == 0
    assert "6 rows" in capsys.readouterr().out
    assert main([*words, "--address", service.addresses["ilostat"]]) == 1
    assert "there already" in capsys.readouterr().err
    for more, said in ((["--limit", "0"], "--limit"), (["--address", "http://x"], "a slash at its end")):
        assert main([*words, *more]) == 2
        assert said in capsys.readouterr().err


@pytest.mark.slow
def test_the_command_counts_what_is_no_number(service, tmp_path, capsys):
    held = [ROW]
    held += [
        ROW | {"timePeriodStart": year, "value": text} for year, text in ((2019.0, "<0.1"), (2018.0, "NaN"))
    ]
    service.wrong = on("Data", page(data=held, totalElements=3))
    words = ["fetch", "unsdg", *UEM, "--area", "1", "--into", str(tmp_path / "into")]
    assert main([*words, "--address", service.addresses["unsdg"]]) == 0
    assert "2 values are an end (<0.1) or a sign in place of a number" in capsys.readouterr().out
    (told,) = (tmp_path / "into").glob("*/datapackage.json")
    assert json.loads(told.read_text())["without_number"] == 2


def test_the_public_services_are_the_default():
    assert set(ADDRESSES) == set(ASKED)
    assert all(address.startswith("https://") and address.endswith("/") for address in ADDRESSES.values())
