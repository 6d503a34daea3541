"""An organisation unlike those that the package was built on, by data alone."""

import csv

import pytest
from agency import DOCUMENT, PERIOD, number, write_agency

from analysis.cli import main
from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import make
from analysis.exhibits.sentences import spoken
from analysis.labels import Catalogue
from analysis.printed.resolve import resolve
from analysis.printed.sentences import sentence_text
from analysis.sources.descriptor import register
from analysis.sources.register import Register

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("agency")
    write_agency(root)
    register(root / "data" / "raw")
    return root


@pytest.fixture(scope="module")
def recorded(project):
    return Register(project).recorded(Register(project).period())


def shown(project, recorded, identifier, language="fr"):
    exhibit = make(find(identifier, recorded), recorded, Register(project).period())
    return resolve(exhibit, recorded, Catalogue(language, recorded))


def plain(text):
    return text.replace("\u202f", " ").replace("\xa0", " ")


def cells(resolved):
    return [[cell.text for cell in row.cells] for row in resolved.table.rows]


def test_a_project_that_is_not_registered_yet_is_the_one_that_is_read(tmp_path, monkeypatch, capsys):
    """Before, the commands went on to the checkout that the package runs from, and registered that."""
    monkeypatch.delenv("ANALYSIS_ROOT", raising=False)
    write_agency(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["list"]) == 2
    assert "run `analysis register`" in capsys.readouterr().err
    assert main(["check-data", DOCUMENT]) == 0
    assert main(["register"]) == 0
    assert str(tmp_path / "data" / "raw") in capsys.readouterr().out
    assert main(["list"]) == 0


def test_quarters_are_no_further_results(project, recorded):
    """Before, the year and its quarters were added up: 104 results where 52 are in print."""
    rows = cells(shown(project, recorded, "Tableau 2"))
    assert [row[:2] for row in rows] == [["40", "52"], ["0", "3"], ["37", "9"], ["77", "64"]]
    regions = cells(shown(project, recorded, "Graphique 3"))
    assert regions[0] == ["52", "22", "14", "10", "6"]
    assert regions[-1] == ["64", "26", "17", "14", "7"]
    appendix = cells(shown(project, recorded, "Tableau 3"))
    assert appendix[2] == ["40", "52", "130,0", "22", "14", "10", "6"]
    whole = {row[0]: row for row in cells(shown(project, recorded, "expenditure_per_result"))}
    assert whole["73\u202f986\u202f575"][1:] == ["64", "1\u202f156\u202f040,23"]


def test_a_quarter_may_be_asked_for(project, recorded):
    from analysis.exhibits.named import Named
    from analysis.quantities import evaluate

    named = Named(recorded)
    quarters = [evaluate(named.results(trimestre=f"T{n}"), recorded).value for n in (1, 2, 3, 4)]
    assert sum(quarters) == evaluate(named.results(), recorded).value == 64


def test_units_of_trends_are_those_of_the_record(project, recorded):
    table = shown(project, recorded, "Tableau 1")
    assert [column.unit for column in table.table.columns] == [""] * 7
    assert [[plain(text) for text in row] for row in cells(table)] == [
        ["15,7 %", "15,2 %", "n.d.", "", "21,9 %", "19,5 %", "−2,4 points de pourcentage"],
        ["", "104,2", "", "98,7", "99,9", "101,3", "+1,4"],
    ]
    (chart,) = shown(project, recorded, "Graphique 2", "en").charts
    assert chart.unit == "index"
    assert chart.series[0].texts[chart.categories.index("2021")] == "98.7"


def test_like_spans_of_time_look_alike(project, recorded):
    (chart,) = shown(project, recorded, "Graphique 1").charts
    assert chart.categories == tuple(str(year) for year in range(2015, 2024))
    held = dict(zip(chart.categories, chart.series[0].numbers, strict=True))
    assert [year for year, value in held.items() if value is not None] == ["2015", "2017", "2022", "2023"]


def test_what_cannot_be_computed_says_why(project, recorded):
    table = shown(project, recorded, "Tableau 2", "en").table
    assert [cell.text for cell in table.rows[1].cells] == ["0", "3", "", ""]
    notes = [note.text for note in table.notes]
    assert "Shares and changes are blank where the number that they are set against is 0." in notes
    assert not [text for text in notes if "not in print" in text]
    assert [bool(row.marks) for row in table.rows] == [False, False, True, True]
    (mark,) = {mark for row in table.rows for mark in row.marks}
    assert [note.text for note in table.notes if note.mark == mark] == [
        "Of some indicators that this row sums up, the record holds a target without a result, or a result "
        "without a target."
    ]
    said = [each.name for each in spoken(recorded, Register(project).period())]
    assert "results_against_targets_level_objectif" not in said


@pytest.mark.parametrize(
    ("codes", "named"),
    [
        (("", "O.1", "result", "tous", "annee"), "indicator: found nothing, beside O.1.c in row"),
        (("O.1.c", "O.1", "result", "tous", ""), "trimestre: found nothing, beside"),
        (("O.1.c", "O.1", "result", "", "annee"), "expected tous, the code of the whole: sums would count"),
    ],
)
def test_a_whole_without_its_code_is_refused(tmp_path, monkeypatch, capsys, codes, named):
    """A subtotal in print, or a year typed without its code, would be added to its own parts."""
    folder = write_agency(tmp_path)
    row = [f"{DOCUMENT}/resultats/more", *codes, PERIOD, *number(52, 0, "result")]
    with (folder / "resultats.csv").open("a", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerow(row)
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    assert main(["check-data", DOCUMENT]) == 1
    assert named in capsys.readouterr().out
    assert main(["register"]) != 0
    assert not (tmp_path / "data" / "raw" / "datapackage.json").exists()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Taux de chômage: from 21.9% in 2022 to 19.5% in 2023 (−2.4 percentage points)."),
        ("en", "Indice du SMIG réel: from 99.9 in 2022 to 101.3 in 2023 (+1.4)."),
        ("fr", "Indice du SMIG réel : de 99,9 en 2022 à 101,3 en 2023 (+1,4)."),
        ("es", "Indice du SMIG réel: de 99,9 en 2022 a 101,3 en 2023 (+1,4)."),
        ("zh", "Indice du SMIG réel：2022年为99.9，2023年为101.3（+1.4）。"),
        ("fr", "Taux de chômage : de 21,9 % en 2022 à 19,5 % en 2023 (−2,4 points de pourcentage)."),
    ],
)
def test_a_trend_is_said_with_its_unit(project, recorded, language, text):
    period = Register(project).period()
    said = [sentence_text(each, recorded, Catalogue(language, recorded)) for each in spoken(recorded, period)]
    assert text in [plain(each) for each in said]


def test_a_number_is_found_as_it_is_printed_or_typed(project, monkeypatch, capsys):
    monkeypatch.setenv("ANALYSIS_ROOT", str(project))
    for asked in ("68,5 %", "68,5", "68.5", "15 297 675", "15297675", "−3,1", "-3,1 %"):
        assert main(["explain", asked]) == 0, asked
    for asked in ("685", "31", "1529767,5"):
        assert main(["explain", asked]) == 2, asked
    capsys.readouterr()


def test_charts_of_long_codes_are_drawn(project, recorded):
    """Before, a code of 68 letters without a space left no room for the bars, and the run stopped."""
    from analysis.pictures.figures import draw

    for size in ("full", "half", "phone", "slide"):
        for identifier in ("Tableau 2", "Graphique 3", "Graphique 4", "Graphique 1", "Graphique 2"):
            for chart in shown(project, recorded, identifier).charts:
                assert draw(chart, size).axes
