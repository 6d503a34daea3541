"""A record that was typed goes out as IATI: every number of it, valid, and read back the same."""

from fractions import Fraction

import pytest
from institute import PERIOD, write_institute
from odd_results import SHARED, needs_shared

from analysis.cli import main
from analysis.exchange.iati import read_iati
from analysis.exhibits.named import OUTPUT_INDICATORS
from analysis.framework import Framework
from analysis.sources.descriptor import register
from analysis.sources.register import Register

pytestmark = pytest.mark.slow


def exported(monkeypatch, project, folder, *words):
    monkeypatch.setenv("ANALYSIS_ROOT", str(project))
    assert main(["export", "results", "--format", "iati", "--output", str(folder), *words]) == 0
    (path,) = folder.glob("*.xml")
    return read_iati(path)


def stated(recorded, language):
    """Return indicator, region and measure of each recorded number, with the number."""
    framework, held = Framework.of(recorded), []
    for row in recorded[OUTPUT_INDICATORS].records:
        lowest = next(level for level in reversed(framework.levels) if row.get(level))
        if not row["value"]:
            continue
        region = "" if row["region"] == framework.total_code("region") else row["region"]
        words = framework.title(f"region.{region}", language).text if region else ""
        title = framework.title(f"{lowest}.{row[lowest]}", language).text
        held.append((title, words, row["measure"], Fraction(row["value"])))
    return sorted(held)


def read_back(published):
    frame = published.wide()
    frame = frame[frame["value"] != ""]
    regions = frame["dimension:region"] if "dimension:region" in frame else [""] * len(frame)
    columns = (frame["indicator_title"], regions, frame["stated"], map(Fraction, frame["value"]))
    return sorted(zip(*columns, strict=True))


@needs_shared
def test_every_number_of_the_programme_report_goes_out_and_comes_back(root, monkeypatch, tmp_path, capsys):
    """Before, only what an import had made could be exported."""
    published = exported(monkeypatch, root, tmp_path / "out", "--schema", str(SHARED / "iati"))
    assert "not validated" not in capsys.readouterr().err
    recorded = Register(root).recorded(Register(root).period())
    assert read_back(published) == stated(recorded, "en")
    assert len(published.activities) == 1
    assert set(published.results["type"]) == {"1"}
    assert set(published.indicators["ascending"]) == {"1"}


@needs_shared
def test_a_typed_report_of_percentages_ranks_and_levels_before(monkeypatch, tmp_path, capsys):
    project = tmp_path / "project"
    register(write_institute(project).parent)
    words = ("--language", "es", "--schema", str(SHARED / "iati"))
    published = exported(monkeypatch, project, tmp_path / "out", *words)
    capsys.readouterr()
    recorded = Register(project).recorded(Register(project).period(PERIOD))
    assert read_back(published) == stated(recorded, "es")
    frame = published.wide()
    assert set(frame["measure"]) == {"1", "2", "4"}
    ascending = dict(zip(frame["indicator_title"], frame["ascending"], strict=True))
    assert ascending["Expedientes atrasados"] == "0"
    assert ascending["Cooperativas"] == "1"
    before = frame[frame["stated"] == "baseline"]
    assert set(before["year"]) == {"2021"}
    assert len(before) == 6
    assert set(frame["start"]) == {"2022-01-01"}
    assert set(frame["end"]) == {"2025-12-31"}
    assert set(published.results["type"]) == {"9"}
