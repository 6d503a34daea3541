"""A report is a valid research object, and its README lists what made what."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from shutil import which

import pytest
from small import make_project

from analysis.running.crate import described
from analysis.running.readme import exhibits_of, readme
from analysis.running.reproduce import reproduce
from analysis.sources.register import Register

pytestmark = pytest.mark.slow
CONTEXTS = Path(__file__).parent / "contexts"
FILL = """
import io
import sys
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from urllib3.response import HTTPResponse

class Kept(HTTPAdapter):
    def send(self, request, **settings):
        content = io.BytesIO(open(sys.argv[2], "rb").read())
        told = {"Content-Type": "application/ld+json"}
        raw = HTTPResponse(content, told, 200, preload_content=False, request_url=request.url)
        return self.build_response(request, raw)

session = CachedSession(sys.argv[1], backend="sqlite", expire_after=-1)
session.mount("https://", Kept())
session.get(sys.argv[3], headers={"Accept": "application/ld+json, application/json"}).raise_for_status()
"""


@pytest.fixture(scope="module")
def project(root, tmp_path_factory):
    """The small project, made once; a test that changes its report changes a copy."""
    folder = tmp_path_factory.mktemp("crate")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ANALYSIS_ROOT", str(folder))
        yield make_project(folder, root)


@pytest.fixture(scope="module")
def report(project):
    return reproduce(Register(project), Register(project).period("2020-21"))


def validate(report: Path, cache: Path) -> subprocess.CompletedProcess:
    """Validate a report's folder without a network: the cache holds the context that stands in the tests."""
    program = Path(which("rocrate-validator"))
    python = program.resolve().parent / "python"
    kept = [str(cache), str(CONTEXTS / "ro-crate-1.1.jsonld"), "https://w3id.org/ro/crate/1.1/context"]
    subprocess.run([python, "-c", FILL, *kept], check=True, capture_output=True)
    words = ["-y", "validate", "--offline", "--cache-path", str(cache), "-p", "process-run-crate"]
    return subprocess.run(
        [program, *words, "-l", "required", str(report)], capture_output=True, text=True, check=False
    )


@pytest.mark.needs_roc_validator
def test_a_report_is_a_valid_process_run_crate(report, tmp_path):
    report = shutil.copytree(report, tmp_path / "report")
    done = validate(report, tmp_path / "cache")
    assert done.returncode == 0, done.stdout + done.stderr
    path = report / "ro-crate-metadata.json"
    crate = json.loads(path.read_text(encoding="utf-8"))
    for each in crate["@graph"]:
        each.pop("instrument", None)
    path.write_text(json.dumps(crate))
    assert validate(report, tmp_path / "cache").returncode != 0


def test_the_crate_names_every_file_input_and_parameter(report, project):
    crate = json.loads((report / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    graph = {each["@id"]: each for each in crate["@graph"]}
    assert len(graph) == len(crate["@graph"])
    run = graph["#run"]
    results = {each["@id"] for each in run["result"]}
    assert results == set(manifest["outputs"]) - {"ro-crate-metadata.json"}
    for name in results:
        assert graph[name]["sha256"] == manifest["outputs"][name]["sha256"]
    objects = {each["@id"] for each in run["object"]}
    assert {f"#{name}" for name in manifest["inputs"]} <= objects
    assert graph["#parameter-language"]["value"] == '"en"'
    referred = set(re.findall(r'"@id": "([^"]+)"', json.dumps(crate)))
    assert not {each for each in referred if each.startswith("#")} - set(graph)
    origin = {name: each for name, each in manifest.items() if name not in ("parameters", "outputs")}
    period = Register(project).period("2020-21")
    assert described(report, Register(project), period, manifest["parameters"], origin) == crate


def test_the_readme_lists_each_exhibit_with_its_program_and_files(report, project):
    text = (report / "README.md").read_text(encoding="utf-8")
    heads = ["Data availability and provenance", "Computational requirements", "Instructions", "Exhibits"]
    told = re.findall(r"^## (.*?)(?: and the .*)?$", text, flags=re.M)
    assert told == heads
    exhibits = exhibits_of(report)
    assert exhibits[0][0].startswith("Table 1")
    for _, notebook, files in exhibits:
        assert (report / "notebooks" / notebook).is_file()
        assert files
        assert all((report / each).is_file() for each in files)
    assert "analysis reproduce 2020-21 --language en --notebooks-only" in text
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    words = manifest["parameters"] | {"corrected": True, "only": ["02"], "further": {"lonely_psu": "adjust"}}
    told = readme(report, Register(project), Register(project).period("2020-21"), words, manifest)
    assert "--language en --corrected --only 02 --notebooks-only -p lonely_psu=adjust" in told
