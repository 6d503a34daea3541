"""What made a report is on record, and what differs from it is told."""

import json
import os
import re
import shutil

import pytest
from small import code, is_whole, write_notebook

from analysis.cli import main
from analysis.files import write_whole
from analysis.running.asked import ParameterError
from analysis.running.crate import write_crate
from analysis.running.language_run import variant
from analysis.running.manifest import made_from, write_manifest, write_run
from analysis.running.reproduce import reproduce
from analysis.running.twice import differences_of_reports
from analysis.running.verify import faults_of_report
from analysis.sources.register import Register

WORDS = {
    **{"organisation": "ilo", "biennium": "2020-21", "language": "en"},
    **{"corrected": False, "only": [], "documents": False, "further": {}},
}


@pytest.fixture(scope="module")
def origin(root):
    return made_from(root, "en")


@pytest.fixture
def report(tmp_path, origin):
    """A folder with a manifest, as a run leaves it."""
    folder = tmp_path / "reports" / "2020-21" / "en"
    write_whole(folder / "tables" / "a.csv", b"row,value\nx,1\ny,2\n")
    write_whole(folder / "audit" / "claims.csv", b"id,recomputed,quantity\nc/1,1,share(a; b)\n")
    write_whole(folder / "figures" / "a.svg", b"<svg/>")
    write_run(folder, [], 0, 1, 1.0)
    write_manifest(folder, WORDS, origin)
    return folder


def test_a_report_as_it_was_made_is_told_so(report, capsys):
    assert faults_of_report(report) == []
    assert main(["verify", str(report)]) == 0
    assert "3 files, each as its checksum and its manifest say" in capsys.readouterr().out


def test_each_kind_of_difference_is_told(report, capsys):
    (report / "tables" / "a.csv").write_text("row,value\nx,1\ny,3\n")
    (report / "figures" / "a.svg").unlink()
    write_whole(report / "figures" / "b.svg", b"<svg/>")
    manifest = json.loads((report / "manifest.json").read_text())
    manifest["outputs"]["audit/claims.csv"]["sha256"] = "0" * 64
    (report / "manifest.json").write_text(json.dumps(manifest))
    assert main(["verify", str(report)]) == 1
    told = capsys.readouterr().out
    assert "figures/a.svg: missing" in told
    assert "figures/b.svg: not part of the report" in told
    assert "tables/a.csv: changed" in told
    assert "audit/claims.csv: manifest.json and SHA256SUMS do not say the same" in told


def test_what_is_no_report_is_misuse(tmp_path, capsys):
    assert main(["verify", str(tmp_path)]) == 2
    assert "is no report" in capsys.readouterr().err


def test_what_is_no_file_is_told(report, capsys):
    (report / "tables" / "b.csv").symlink_to(report / "tables" / "a.csv")
    (report / "more").symlink_to(report / "tables")
    (report / "run.json").unlink()
    os.mkfifo(report / "pipe")
    assert main(["verify", str(report)]) == 1
    told = capsys.readouterr().out.splitlines()
    for name in ("tables/b.csv", "more", "pipe"):
        assert f"{name}: a link or a pipe; expected a file" in told
    assert "run.json: missing" in told


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("manifest.json", b'{"outputs": ', "not JSON"),
        ("manifest.json", b"[]", "is not what a run writes; expected parameters, inputs, outputs"),
        ("manifest.json", b"{}", "is not what a run writes"),
        ("manifest.json", b"\xff\xfe", "is no text in UTF-8"),
        ("manifest.json", b"[" * 100_000, "nested too deeply"),
        ("SHA256SUMS", b"\xff\xfe", "is no text in UTF-8"),
        ("SHA256SUMS", b"nothing\n", "line 1: expected a SHA-256 and a name"),
        ("SHA256SUMS", 2 * (b"0" * 64 + b"  a.csv\n"), "line 2: a.csv stands in an earlier line"),
    ],
)
def test_sums_and_a_manifest_that_are_none_are_bad_input(report, capsys, name, content, told):
    (report / name).write_bytes(content)
    assert main(["verify", str(report)]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda each: each["packages"].update(numpy="0.1"), "packages are others: numpy 0.1 → "),
        (lambda each: each["packages"].pop("pandas"), "packages are others: pandas none → "),
        (lambda each: each["fonts"].update({"DejaVuSans.ttf": "0" * 64}), "DejaVuSans.ttf 000000000000 → "),
        (lambda each: each["code"].update(sha256="0" * 64), "the package's code was changed"),
        (lambda each: each.update(python="CPython 3.0"), "Python was CPython 3.0, and is "),
        (lambda each: each.update(analysis="0.0"), "this package was 0.0, and is "),
        (lambda each: each["inputs"].pop("notebooks/02_results.ipynb"), "02_results.ipynb was added"),
        (lambda each: each["inputs"].update({"labels/en.toml": ""}), "labels/en.toml was changed"),
    ],
)
def test_whatever_else_it_was_made_from_is_told(report, capsys, change, told):
    manifest = json.loads((report / "manifest.json").read_text())
    change(manifest)
    (report / "manifest.json").write_text(json.dumps(manifest))
    assert main(["verify", str(report)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("since then, ") and told in line]


def test_a_report_as_it_was_made_was_made_from_what_there_is(report, capsys):
    main(["verify", str(report)])
    assert "since then" not in capsys.readouterr().out


def test_away_from_the_project_nothing_is_compared_in_silence(report, capsys, monkeypatch):
    monkeypatch.setenv("ANALYSIS_ROOT", str(report))
    assert main(["verify", str(report)]) == 0
    assert "no project here: what it was made from is not compared" in capsys.readouterr().out


def test_a_manifest_changed_alone_is_not_what_the_research_object_says(report, register, origin, capsys):
    write_crate(report, register, register.period("2020-21"), WORDS, origin)
    write_manifest(report, WORDS, origin)
    assert main(["verify", str(report)]) == 0
    path = report / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["parameters"]["corrected"] = True
    manifest["inputs"]["data/corrections.csv"] = "0" * 64
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert main(["verify", str(report)]) == 1
    told = capsys.readouterr().out
    assert "manifest.json: parameter-corrected: found true; ro-crate-metadata.json says false" in told
    assert f"manifest.json: data/corrections.csv: found {'0' * 64}; ro-crate" in told


def test_a_file_changed_with_its_sums_and_the_manifest_is_not_what_the_research_object_says(
    report, register, origin, capsys
):
    write_crate(report, register, register.period("2020-21"), WORDS, origin)
    (report / "tables" / "a.csv").write_text("row,value\nx,1\ny,3\n")
    write_manifest(report, WORDS, origin)
    assert main(["verify", str(report)]) == 1
    told = capsys.readouterr().out
    assert re.search("manifest.json: tables/a.csv: found [0-9a-f]{64}; ro-crate-metadata.json says", told)


def test_a_file_that_only_the_research_object_still_names_is_told(report, register, origin, capsys):
    """A report was whole of which a table had been taken from the folder, the sums and the manifest."""
    write_crate(report, register, register.period("2020-21"), WORDS, origin)
    write_manifest(report, WORDS, origin)
    (report / "tables" / "a.csv").unlink()
    manifest = json.loads((report / "manifest.json").read_text())
    del manifest["outputs"]["tables/a.csv"]
    (report / "manifest.json").write_text(json.dumps(manifest))
    sums = (report / "SHA256SUMS").read_text().splitlines(keepends=True)
    (report / "SHA256SUMS").write_text("".join(line for line in sums if "tables/a.csv" not in line))
    assert main(["verify", str(report)]) == 1
    assert "manifest.json: tables/a.csv: found nothing; ro-crate-meta" in capsys.readouterr().out


def test_a_report_that_is_not_whole_is_not_made_again(report, capsys):
    (report / "figures" / "a.svg").unlink()
    assert main(["verify", str(report), "--twice"]) == 1
    assert "not made again: the report is not what its own sums say" in capsys.readouterr().out


def test_inputs_that_changed_since_are_told_without_blame(report, capsys):
    manifest = json.loads((report / "manifest.json").read_text())
    manifest["inputs"]["data/corrections.csv"] = "0" * 64
    (report / "manifest.json").write_text(json.dumps(manifest))
    assert main(["verify", str(report)]) == 0
    assert "since then, data/corrections.csv was changed" in capsys.readouterr().out


def test_the_first_difference_of_two_runs_is_told_down_to_the_quantity(report, tmp_path, origin):
    again = tmp_path / "again"
    shutil.copytree(report, again)
    assert differences_of_reports(report, again) == []
    write_whole(again / "audit" / "claims.csv", b"id,recomputed,quantity\nc/1,2,share(a; b)\n")
    write_whole(again / "tables" / "a.csv", b"row,value\nx,1\ny,3\n")
    write_manifest(again, {}, origin)
    assert differences_of_reports(report, again) == [
        "first: audit/claims.csv row 2 (c/1), column recomputed: '1', made again '2' (share(a; b))",
        "audit/claims.csv",
        "tables/a.csv",
    ]
    write_whole(again / "audit" / "claims.csv", (report / "audit" / "claims.csv").read_bytes())
    write_whole(again / "tables" / "a.csv", b"row,value\nx,1\n")
    write_manifest(again, {}, origin)
    assert (
        differences_of_reports(report, again)[0]
        == "first: tables/a.csv row 3 (y), column row: 'y', made again None"
    )


def test_the_manifest_holds_all_that_a_report_is_made_from(root, origin):
    names = set(origin["inputs"])
    for kind in ("data/raw/", "data/claims/", "data/links/", "data/corrections.csv", "data/estimates/"):
        assert any(each.startswith(kind) for each in names), kind
    assert {"data/raw/fields.toml", "labels/en.toml", "notebooks/02_results.ipynb"} <= names
    assert not any("processed" in each for each in names)
    assert {"numpy", "pandas", "ipython", "pytest"} <= set(origin["packages"])
    assert "DejaVuSans.ttf" in origin["fonts"]
    assert len(origin["code"]["sha256"]) == 64
    assert made_from(root, "en") == origin


@pytest.mark.parametrize(
    ("corrected", "only", "folder"),
    [
        (False, [], ""),
        (True, [], "corrected"),
        (False, ["02"], "partial"),
        (True, ["02"], "corrected-partial"),
    ],
)
def test_what_is_not_the_ordinary_report_stands_elsewhere(corrected, only, folder):
    assert variant({"corrected": corrected, "only": only}) == folder


@pytest.mark.parametrize("name", ["biennium", "language", "output_dir", "organisation"])
def test_a_parameter_that_would_be_ignored_is_refused(register, tmp_path, name):
    with pytest.raises(ParameterError, match=f"-p {name}=… would be ignored: give it as"):
        reproduce(register, register.period("2020-21"), output=tmp_path, parameters={name: "x"})
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_corrected_report_stands_apart_and_its_site_stays_corrected(project, capsys):
    write_notebook(project, *code('reporting.show("trends_table")'))
    register = Register(project)
    period = register.period("2020-21")
    printed = reproduce(register, period, documents=True)
    corrected = reproduce(register, period, documents=True, parameters={"corrected": "true"})
    assert corrected == project / "reports" / "corrected" / "2020-21" / "en"
    manifest = json.loads((corrected / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["corrected"] is True
    before = (corrected / "SHA256SUMS").read_text()
    assert main(["site", "2020-21", "--corrected"]) == 0
    assert (corrected / "SHA256SUMS").read_text() == before
    assert is_whole(corrected)
    assert is_whole(printed)
    with (project / "data" / "corrections.csv").open("ab") as file:
        file.write(b"\n")
    assert main(["site", "2020-21"]) == 1
    assert "data/corrections.csv: not what" in capsys.readouterr().err


@pytest.mark.slow
def test_a_report_made_twice_is_the_same_and_a_wrong_number_is_found(project, capsys):
    folder = reproduce(Register(project), Register(project).period("2020-21"))
    assert main(["verify", str(folder), "--twice"]) == 0
    assert "made again from nothing: the same bytes" in capsys.readouterr().out
    path = folder / "tables" / "trends_table.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*rows[:-1], rows[-1].replace(",", ",9", 4)]), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    origin = {name: each for name, each in manifest.items() if name not in ("parameters", "outputs")}
    register, words = Register(project), manifest["parameters"]
    write_crate(folder, register, register.period("2020-21"), words, origin)
    write_manifest(folder, words, origin)
    assert main(["verify", str(folder), "--twice"]) == 1
    assert f"first: tables/{path.name} row {len(rows)}" in capsys.readouterr().out
