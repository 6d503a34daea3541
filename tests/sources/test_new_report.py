"""``analysis new-report`` lays out a folder that is sound but for what is to be typed."""

import csv
import errno
import random

from invented import invent

from analysis.cli import main
from analysis.files import write_whole
from analysis.sources import new_report
from analysis.sources.descriptor import describe_record, faults_of_document
from analysis.sources.register import Register


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_new_report_has_headers_a_framework_to_fill_in_and_no_old_word(tmp_path, monkeypatch, capsys):
    made = invent(tmp_path, random.SystemRandom().randrange(10**9))
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    assert main(["new-report", "2024-25", "--like", "2022-23"]) == 0
    told = capsys.readouterr().out
    assert "6. analysis check-data report-2024-25; then analysis register" in told
    raw, new = tmp_path / "data" / "raw", tmp_path / "data" / "raw" / "report-2024-25"
    for name in made.files.values():
        old = (raw / made.document / f"{name}.csv").read_text(encoding="utf-8").split("\n")
        assert (new / f"{name}.csv").read_text(encoding="utf-8").split("\n") == [old[0], ""]
        assert f"## {name}.csv" in (new / "how-to-fill.md").read_text(encoding="utf-8")
    nodes = rows(new / "framework" / "nodes.csv")
    assert [row["code"] for row in nodes if row["level"] == "outcome"] == made.outcomes
    assert nodes[0]["continues"] == f"{made.document}/outcome/{made.outcomes[0]}"
    words = {row["text"] for row in rows(new / "framework" / "titles.csv") if row["form"] != "numbered"}
    assert words == {""}
    assert {row["number"] for row in rows(new / "exhibits.csv")} == {""}
    assert [fault for fault in faults_of_document(raw, "report-2024-25") if fault.grave] == []
    assert main(["check-data", "report-2024-25"]) == 1
    told = capsys.readouterr().out
    assert f"no words for outcome.{made.outcomes[0]}; expected a row of framework/titles.csv" in told
    register = Register(tmp_path)
    register.descriptor = describe_record(raw)
    assert str(register.period("")) == "2024-25"


def test_nothing_is_overwritten_and_a_wrong_period_is_refused(tmp_path, monkeypatch, capsys):
    invent(tmp_path, 1)
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    assert main(["new-report", "2024-25"]) == 0
    assert main(["new-report", "2024-25"]) == 2
    assert "nothing is overwritten" in capsys.readouterr().err
    assert main(["new-report", "2025-26"]) == 2
    assert "odd year" in capsys.readouterr().err


def test_a_full_disk_leaves_no_half_folder(tmp_path, monkeypatch, capsys):
    invent(tmp_path, 1)
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    before = sorted(tmp_path.rglob("*"))
    written = []

    def full(path, content):
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        written.append(write_whole(path, content))

    monkeypatch.setattr(new_report, "write_whole", full)
    assert main(["new-report", "2024-25", "--like", "2022-23"]) == 1
    assert "No space left on device; make room there, or name a folder" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before
