"""Fetching from the statistical service, against a server that answers as it does."""

import hashlib
import http.server
import json
import threading
import urllib.parse

import pytest

from analysis.sources import ilostat, snapshot
from analysis.sources.snapshot import SnapshotError, fetch_bulk, fetch_sdmx

HEAD = "ref_area,source,indicator,sex,classif1,time,obs_value,obs_status"
TABLE = [
    f"{area},BA:1,UNE_DEAP_SEX_AGE_RT,{sex},AGE_YTHADULT_YGE15,{year},5.5,"
    for area in ("KEN", "USA")
    for sex in ("SEX_T", "SEX_M", "SEX_F")
    for year in ("2019", "2020")
]
SDMX = "DATAFLOW,REF_AREA,FREQ,MEASURE,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,UNIT_MULT,SOURCE"


class Service(http.server.BaseHTTPRequestHandler):
    """Ignores what it does not know, takes a blank for all, and answers an unknown code with an empty 200."""

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        asked = {k: v[0].split(" ") for k, v in urllib.parse.parse_qs(address.query).items()}
        answer = self.server.answer
        body = answer(address.path, asked) if answer else self.bulk(asked)
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(body.encode())

    def bulk(self, asked):
        rows = [line.split(",") for line in TABLE]
        for name, place in (("ref_area", 0), ("sex", 3)):
            rows = [row for row in rows if name not in asked or row[place] in asked[name]]
        first, last = asked.get("timefrom", ["0"])[0], asked.get("timeto", ["9"])[0]
        rows = [row for row in rows if first <= row[5] <= last]
        known = asked["id"] == ["UNE_DEAP_SEX_AGE_RT_A"] and asked["type"] == ["code"]
        return "\n".join([HEAD, *map(",".join, rows)]) + "\n" if rows and known else ""

    def log_message(self, *ignored):
        pass


@pytest.fixture
def service():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.answer, server.status = None, 200
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_port}/data/indicator/"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


DATASET = "UNE_DEAP_SEX_AGE_RT_A"


def test_file_and_record(service, tmp_path):
    query = {"ref_area": ["KEN", "USA"], "sex": "SEX_T", "timefrom": "2019", "timeto": "2019"}
    found = fetch_bulk(DATASET, tmp_path, query, service=service.url)
    written = (tmp_path / f"{DATASET}.csv").read_bytes()
    record = json.loads((tmp_path / f"{DATASET}.snapshot.json").read_text())
    assert (found.rows, record["rows"]) == (2, 2)
    assert record["sha256"] == hashlib.sha256(written).hexdigest()
    assert record["query"]["ref_area"] == "KEN+USA"
    assert "ref_area=KEN+USA" in record["url"]
    assert record["retrieved"].endswith("+00:00")
    assert record["columns"] == HEAD.split(",")
    assert ilostat.read(tmp_path / f"{DATASET}.csv", edition=2020)["area"].to_list() == ["KEN", "USA"]


def test_the_same_answer_may_be_fetched_again_and_another_not(service, tmp_path):
    fetch_bulk(DATASET, tmp_path, {"ref_area": "KEN"}, service=service.url)
    fetch_bulk(DATASET, tmp_path, {"ref_area": "KEN"}, service=service.url)
    with pytest.raises(SnapshotError, match="holds another answer"):
        fetch_bulk(DATASET, tmp_path, {"ref_area": "USA"}, service=service.url)


@pytest.mark.parametrize(
    ("dataset", "query", "said"),
    [
        (DATASET, {"ref_area": "KEN", "area": "KEN"}, "parameter area is not known"),
        (DATASET, {"ref_area": "KEN", "sex": ""}, "a blank means all"),
        (DATASET, {"ref_area": "KEN", "sex": " "}, "a blank means all"),
        (DATASET, {"ref_area": []}, "found nothing"),
        (DATASET, {}, "no parameter"),
        (DATASET, {"ref_area": "KEN", "timefrom": "2019Q1"}, "expected one year"),
        ("UNE_DEAP", {"ref_area": "KEN"}, "an empty answer with status 200"),
        (DATASET, {"ref_area": "XXX"}, "an empty answer with status 200"),
        (DATASET, {"ref_area": ["KEN", "XXX"]}, "no row for ref_area XXX"),
        (DATASET, {"ref_area": "KEN", "classif1": "AGE_AGGREGATE_TOTAL"}, "classif1 was not heeded"),
    ],
)
def test_misunderstandings_are_refused(service, tmp_path, dataset, query, said):
    with pytest.raises(SnapshotError, match=said):
        fetch_bulk(dataset, tmp_path, query, service=service.url)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<html>maintenance</html>", "expected CSV"),
        ("{}", "expected CSV"),
        (HEAD + "\n", "a header and no rows"),
        (f"{HEAD}\nKEN,BA:1,X,SEX_T,A,1999,1,\n", "periods not asked for: 1999"),
    ],
)
def test_other_answers_are_refused(service, tmp_path, body, said):
    service.answer = lambda path, asked: body
    with pytest.raises(SnapshotError, match=said):
        fetch_bulk(DATASET, tmp_path, {"ref_area": "KEN", "timefrom": "2019"}, service=service.url)


def test_an_error_of_the_service_is_told(service, tmp_path):
    service.status = 503
    with pytest.raises(SnapshotError, match="answered 503"):
        fetch_bulk(DATASET, tmp_path, {"ref_area": "KEN"}, service=service.url)
    with pytest.raises(SnapshotError, match="was not reached"):
        fetch_bulk(DATASET, tmp_path, {"ref_area": "KEN"}, service="http://127.0.0.1:9/")


def test_sdmx(service, tmp_path):
    row = "ILO:DF_UNE_DEAP_SEX_AGE_RT(1.0),KEN,A,UNE_DEAP_RT,SEX_T,2019,5,,PT,0,LFS"

    def answer(path, asked):
        assert path.endswith("/ILO,DF_UNE_DEAP_SEX_AGE_RT/KEN.A..SEX_T")
        assert asked == {"startPeriod": ["2015"], "format": ["csv"]}
        return f"{SDMX}\n{row}\n"

    service.answer = answer
    flow = "DF_UNE_DEAP_SEX_AGE_RT"
    found = fetch_sdmx(flow, "KEN.A..SEX_T", tmp_path, start=2015, service=service.url)
    assert (found.rows, found.query["key"]) == (1, "KEN.A..SEX_T")
    assert ilostat.read(tmp_path / f"{flow}.csv", edition=2020)["unit"].to_list() == ["percent"]
    service.answer = lambda path, asked: f"{SDMX}\n{row}\n"
    with pytest.raises(SnapshotError, match="REF_AREA was not heeded"):
        fetch_sdmx(flow, "USA.A..SEX_T", tmp_path, service=service.url)
    with pytest.raises(SnapshotError, match="no column of the answer keeps to SEX_F"):
        fetch_sdmx(flow, "KEN.A..SEX_F", tmp_path, service=service.url)
    with pytest.raises(SnapshotError, match="leaves the area blank"):
        fetch_sdmx(flow, ".A..SEX_F", tmp_path, service=service.url)


def test_the_public_service_is_the_default():
    assert snapshot.BULK_SERVICE.startswith("https://rplumber.ilo.org/")
    assert snapshot.SDMX_SERVICE.startswith("https://sdmx.ilo.org/")
