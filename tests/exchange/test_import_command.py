import csv
import tomllib

import pytest
from odd_results import ODD, SHARED, importing, needs_shared

from analysis.cli import main
from analysis.exchange import folder
from analysis.sources.register import Register


@pytest.mark.slow
def test_an_import_makes_a_registered_document(project, mapping, sheet, capsys):
    assert importing(mapping, sheet(*ODD)) == 0
    printed = capsys.readouterr().out
    assert "15 values of 9 entries" in printed
    assert "analysis reproduce 2022 --organisation relief" in printed
    register = Register(project)
    period = register.period("2022", "relief")
    assert register.organisation("relief").name["fr"] == "Agence de secours"
    table = register.recorded(period)["report.results"]
    assert sum(not each.missing for each in table.values) == 15
    about = tomllib.loads((project / "data/raw/relief-2022/document.toml").read_text(encoding="utf-8"))
    assert about["period"] == "2022"
    assert "theme" in about["fields"]


@pytest.mark.slow
def test_the_default_organisation_sees_nothing_of_it(project, mapping, sheet):
    before = Register(project).recorded("2020-21")
    held = {name: len(table.rows) for name, table in before.items()}
    assert importing(mapping, sheet(*ODD)) == 0
    after = Register(project).recorded("2020-21")
    assert {name: len(table.rows) for name, table in after.items()} == held


def held(project):
    register = Register(project)
    return len(register.recorded(register.period("2022", "relief"))["report.results"].rows)


@pytest.mark.slow
def test_no_document_is_overwritten_unasked(project, mapping, sheet, capsys):
    assert importing(mapping, sheet(*ODD)) == 0
    assert importing(mapping, sheet({})) == 2
    assert "there already" in capsys.readouterr().err
    assert held(project) > 10
    assert importing(mapping, sheet({}), more=["--replace"]) == 0
    assert held(project) == 2


@pytest.mark.slow
def test_a_period_that_another_document_holds_is_refused(project, mapping, sheet, capsys):
    """The exhibits of both would have equal ids, so that nothing of the organisation could be opened."""
    words = ["import", "results", str(sheet({})), "--mapping", str(mapping.path)]
    assert main([*words, "--as", "relief-one"]) == 0
    before = {path: path.read_bytes() for path in sorted((project / "data").rglob("*")) if path.is_file()}
    assert main([*words, "--as", "relief-two"]) == 2
    assert "relief-one: holds results of 2022 already" in capsys.readouterr().err
    assert main([*words, "--as", "relief-one", "--replace"]) == 0
    assert {path for path in (project / "data").rglob("*") if path.is_file()} == set(before)


def test_what_is_refused_leaves_nothing_behind(project, mapping, sheet, capsys):
    before = sorted(path for path in (project / "data").rglob("*"))
    assert importing(mapping, sheet({"a": "many"})) == 2
    assert importing(mapping, sheet({}), name="Relief 2022") == 2
    assert importing(mapping, sheet({}).with_suffix(".ods")) == 2
    told = [each for each in capsys.readouterr().err.strip().splitlines() if "reads the project" not in each]
    assert len(told) == 3
    assert sorted(path for path in (project / "data").rglob("*")) == before


@pytest.mark.slow
def test_an_interrupted_replacement_leaves_the_document_that_was_there(project, mapping, sheet, monkeypatch):
    assert importing(mapping, sheet(*ODD)) == 0
    before = {path: path.read_bytes() for path in (project / "data").rglob("*") if path.is_file()}

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(folder, "register", interrupted)
    assert importing(mapping, sheet({}), more=["--replace"]) == 130
    assert {path: path.read_bytes() for path in (project / "data").rglob("*") if path.is_file()} == before


@pytest.mark.slow
def test_another_calendar_of_a_known_organisation_is_refused(project, mapping, sheet, capsys):
    assert importing(mapping, sheet({})) == 0
    text = mapping.path.read_text(encoding="utf-8").replace("years = 1", "years = 2")
    mapping.path.write_text(text, encoding="utf-8")
    assert importing(mapping, sheet({}), name="relief-again") == 2
    assert "has periods of 1 years" in capsys.readouterr().err
    assert not (project / "data/raw/relief-again").exists()


@pytest.mark.slow
def test_several_files_are_one_document_of_several_periods(project, mapping, sheet):
    years = [
        sheet(
            {"activity": f"XX-RLF-{year}-ABC", "start": f"{year}-01-01", "end": f"{year}-12-31"},
            name=f"{year}.csv",
        )
        for year in (2022, 2023)
    ]
    assert importing(mapping, *years, name="relief") == 0
    register = Register(project)
    assert [str(each) for each in register.periods("relief")] == ["2022", "2023"]
    assert len(register.recorded(register.period("2022", "relief"))["report.results"].rows) == 4


def yearly(sheet, year, **cells):
    row = {"activity": f"XX-RLF-{year}-ABC", "start": f"{year}-01-01", "end": f"{year}-12-31", **cells}
    return sheet(row, name=f"{year}.csv")


RULE = """
[[continues]]
periods = ["2023"]
since = "2022"
level = "theme"
why = "the same themes"
"""


def continuing(project, name="relief-2023"):
    with (project / "data/raw" / name / "framework/nodes.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


@pytest.mark.slow
def test_nothing_continues_but_what_the_mapping_says(project, mapping, sheet, capsys):
    assert importing(mapping, yearly(sheet, 2022)) == 0
    assert importing(mapping, yearly(sheet, 2023), name="relief-2023") == 0
    assert {row["continues"] for row in continuing(project).values()} == {""}
    assert "theme: of 1 nodes 0 continue an earlier one" in capsys.readouterr().out
    mapping.path.write_text(mapping.path.read_text(encoding="utf-8") + RULE, encoding="utf-8")
    assert importing(mapping, yearly(sheet, 2023), name="relief-2023", more=["--replace"]) == 0
    nodes = continuing(project)
    assert nodes["t1"]["continues"] == "relief-2022/theme/t1"
    assert nodes["t1"]["continues_why"] == "the same themes"
    assert nodes["t1"]["changed"] == ""
    assert nodes["t1.percent_of_people_with_water"]["continues"] == ""


@pytest.mark.slow
def test_what_changed_on_the_way_is_marked(project, mapping, sheet):
    mapping.path.write_text(mapping.path.read_text(encoding="utf-8") + RULE, encoding="utf-8")
    assert importing(mapping, yearly(sheet, 2022)) == 0
    assert importing(mapping, yearly(sheet, 2023, area="1. Clean water"), name="relief-2023") == 0
    assert continuing(project)["t1"]["changed"] == "definition"


@pytest.mark.slow
def test_a_rule_whose_framework_is_not_there_says_so(project, mapping, sheet, capsys):
    mapping.path.write_text(mapping.path.read_text(encoding="utf-8") + RULE, encoding="utf-8")
    assert importing(mapping, yearly(sheet, 2023), name="relief-2023") == 0
    assert "no framework of 2022 is recorded: no theme of 2023 continues one" in capsys.readouterr().out


@pytest.mark.slow
def test_one_document_of_two_frameworks_keeps_them_apart(project, mapping, sheet):
    mapping.path.write_text(mapping.path.read_text(encoding="utf-8") + RULE, encoding="utf-8")
    files = [yearly(sheet, 2022), yearly(sheet, 2023, area="1. Clean water", measure="1")]
    assert importing(mapping, *files, name="relief") == 0
    nodes = continuing(project, "relief")
    assert nodes["t1"]["continues"] == "relief/theme/t1_2022"
    assert nodes["t1"]["changed"] == "definition"
    assert nodes["t1_2022"]["continues"] == ""


@pytest.mark.slow
@needs_shared
def test_results_are_exported_as_valid_iati(project, mapping, sheet, tmp_path, capsys):
    assert importing(mapping, sheet(*ODD)) == 0
    asked = [
        "export",
        "results",
        "--format",
        "iati",
        "--organisation",
        "relief",
        "--output",
        str(tmp_path / "out"),
    ]
    assert main([*asked, "--schema", str(SHARED / "iati")]) == 0
    told = capsys.readouterr()
    assert "left out: 2 results without a number" in told.err
    assert "not validated" not in told.err
    text = (tmp_path / "out" / "relief-2022-en.xml").read_text(encoding="utf-8")
    assert '<reporting-org ref="XX-RLF"' in text
    assert 'value="75.50"' in text
    assert main(asked) == 0
    assert "not validated" in capsys.readouterr().err


@pytest.mark.slow
def test_a_record_without_results_by_indicator_says_so(project, tmp_path, capsys):
    (project / "data" / "links" / "quantities.csv").unlink()  # it names results that are taken away
    for path in (project / "data" / "raw").glob("*/output_indicators.csv"):
        header, *_ = path.read_text(encoding="utf-8").splitlines()
        path.write_text(f"{header}\n", encoding="utf-8")
        exhibits = path.with_name("exhibits.csv")
        exhibits.write_text(exhibits.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert main(["register"]) == 0
    assert main(["export", "results", "--format", "iati", "--output", str(tmp_path / "out")]) == 2
    assert "holds no baselines, targets or results of indicators" in capsys.readouterr().err
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [["results"], ["results_against_targets_level_outcome", "--format", "iati"]]
)
def test_iati_is_for_results_and_results_are_for_iati(project, words, capsys):
    assert main(["export", *words]) == 2
    assert "all results are exported as --format iati" in capsys.readouterr().err
