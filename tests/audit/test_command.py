import pytest

from analysis.audit.listing import COLUMNS
from analysis.cli import main


@pytest.fixture(autouse=True)
def at_home(root, monkeypatch):
    monkeypatch.setenv("ANALYSIS_ROOT", str(root))


@pytest.mark.slow
def test_an_audit_as_on_record_ends_well_and_prints_totals(capsys):
    assert main(["audit"]) == 0
    printed = capsys.readouterr().out
    assert "Discrepancy" in printed
    assert "Total" in printed


@pytest.mark.slow
def test_any_discrepancy_can_be_made_to_fail(capsys):
    assert main(["audit", "--fail-on", "discrepancy"]) == 1
    *_, total, told = capsys.readouterr().out.splitlines()
    numbers = total.split()[3]
    assert told == (
        f"discrepancies: {numbers} printed numbers and comparisons, 1 checks of whole tables "
        "(analysis explain ID tells each)"
    )


@pytest.mark.slow
def test_a_verdict_that_is_not_on_record_fails_and_is_listed(capsys, monkeypatch):
    from analysis.audit import verdicts

    monkeypatch.setattr(verdicts, "round_half_up", lambda number, decimals: round(number) + 1)
    assert main(["audit"]) == 1
    assert "where reproduced is on record" in capsys.readouterr().out


@pytest.mark.slow
def test_a_corrected_record_has_fewer_discrepancies(capsys):
    main(["audit"])
    printed = capsys.readouterr().out.splitlines()
    assert main(["audit", "--corrected"]) == 0
    corrected = capsys.readouterr().out.splitlines()
    fewer = [int(lines[-1].split()[3]) for lines in (printed, corrected)]
    assert fewer[1] < fewer[0]


@pytest.mark.slow
def test_files_are_written_where_asked(tmp_path, capsys):
    assert main(["audit", "--output", str(tmp_path / "audit"), "--findings", str(tmp_path)]) == 0
    assert {path.name for path in (tmp_path / "audit").glob("[!.]*")} == {
        "claims.csv",
        "checks.csv",
        "audit.xlsx",
        "findings.docx",
    }
    assert (tmp_path / "audit" / "claims.csv").read_text(encoding="utf-8").startswith(",".join(COLUMNS))
    assert (tmp_path / "2020-21.md").read_text(encoding="utf-8").startswith("# ")
    (tmp_path / "2020-21.md").write_text("mine")
    (tmp_path / "audit" / "claims.csv").unlink()
    capsys.readouterr()
    assert main(["audit", "--output", str(tmp_path / "audit"), "--findings", str(tmp_path)]) == 2
    said = "2020-21.md: there already, and changed since it was written; move it away, or name another folder"
    assert f"{said} with --findings" in capsys.readouterr().err
    assert not (tmp_path / "audit" / "claims.csv").exists()


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["audit", "2021-22"], "starts on an odd year"),
        (["audit", "2024-25"], "is not registered"),
        (["audit", "--language", "xx"], "xx"),
        (["explain", "123456789"], "no document prints"),
        (["explain", "implementation-2020-21/prose/0.0"], "no recorded number has the id"),
    ],
)
def test_what_cannot_be_asked_for_is_said_in_a_line(words, message, capsys):
    assert main(words) == 2
    assert message in capsys.readouterr().err


@pytest.mark.slow
def test_a_number_is_explained(capsys):
    assert main(["explain", "896", "--formulas"]) == 0
    printed = capsys.readouterr().out
    assert "implementation-2020-21/prose/707.4" in printed
    assert "SUMIFS" in printed
