"""An organisation unlike those that the package was built on, by data alone."""

import csv
import shutil

import pytest
from agency import DOCUMENT, NUMBERED, PERIOD, number, write, write_agency, write_partners

from analysis.cli import main
from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import LayoutError, make
from analysis.exhibits.sentences import sentences_of_period
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


def test_a_title_of_hundreds_of_letters_leaves_room_for_its_chart(tmp_path, monkeypatch, capsys):
    """Before, it was refused: shorten it. A word is broken where nothing else helps."""
    folder = write_agency(tmp_path) / "framework" / "titles.csv"
    folder.write_text(
        folder.read_text(encoding="utf-8").replace("Égalité d’accès", "x" * 500), encoding="utf-8"
    )
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    assert main(["register"]) == 0
    words = ["export", "Tableau 2", "Graphique 3", "Graphique 4", "--format", "svg", "--language", "fr"]
    for size in ("full", "half", "phone", "slide"):
        assert main([*words, "--size", size, "--output", str(tmp_path / size)]) == 0, capsys.readouterr().err
    written = sorted((tmp_path / "half").glob("*.svg"))
    assert len(written) == 3
    assert all(path.read_text(encoding="utf-8").count("x" * 10) >= 10 for path in written[-1:])


def test_like_spans_of_time_look_alike(project, recorded):
    (chart,) = shown(project, recorded, "Graphique 1").charts
    assert chart.categories == tuple(str(year) for year in range(2015, 2024))
    held = dict(zip(chart.categories, chart.series[0].numbers, strict=True))
    assert [year for year, value in held.items() if value is not None] == ["2015", "2017", "2022", "2023"]
    headline = shown(project, recorded, "Graphique 1", "en").headline
    assert (
        headline == "Up from 15.7% in 2015 to 19.5% in 2023 (+3.8 percentage points)"
    )  # 2017 to 2022: no year's


def test_what_cannot_be_computed_says_why(project, recorded):
    table = shown(project, recorded, "Tableau 2", "en").table
    assert [cell.text for cell in table.rows[1].cells] == ["0", "3", "", ""]
    assert [cell.text for cell in table.rows[2].cells] == ["37", "9", "", ""]
    appendix = shown(project, recorded, "Tableau 3", "en").table
    assert [cell.text for cell in appendix.rows[-1].cells[:3]] == ["77", "64", ""]
    (chart,) = shown(project, recorded, "Tableau 2", "en").charts
    assert chart.series[1].numbers == (52, 3, None)
    assert chart.headline == ""  # of one pair and one zero target nothing stands out
    notes = [note.text for note in table.notes]
    assert "Shares and changes are blank where the number that they are set against is 0." in notes
    assert not [text for text in notes if "not in print" in text]
    said = {note.mark: note.text for note in table.notes}
    falls, unpaired, unlike = said["a"], said["b"], said["c"]
    assert [[said[mark] for mark in row.marks] for row in table.rows] == [
        [],
        [falls],
        [unpaired],
        [unpaired, unlike],
    ]
    assert falls.startswith("Less is better here: a percentage above 100")
    assert unpaired == (
        "Of some indicators that this row sums up, the record holds a target without a result, or a result "
        "without a target; the two are not set against each other."
    )
    assert "more is better, of others less" in unlike
    said = [each.name for each in sentences_of_period(recorded, Register(project).period())]
    assert "results_against_targets_level_objectif" not in said


@pytest.mark.parametrize("code", ["O|1", "O;1", "O\n1"])
def test_a_code_that_a_layout_cannot_name_is_refused(tmp_path, monkeypatch, capsys, code):
    folder = write_agency(tmp_path) / "framework"
    with (folder / "nodes.csv").open("a", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerow(["objectif", code, *[""] * 10])
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    assert main(["check-data", DOCUMENT]) == 1
    assert "a code without | and ; and line breaks" in capsys.readouterr().out


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
        (
            "en",
            "XOF 73,986,575 thousand were spent, against a strategic budget of XOF 72,600,000 thousand "
            "(+1.9%).",
        ),
        ("zh", "支出为739.86575亿西非法郎，战略预算为726亿西非法郎（+1.9%）。"),
        ("en", "Indice du SMIG réel: from 99.9 in 2022 to 101.3 in 2023 (+1.4)."),
        ("fr", "Indice du SMIG réel : de 99,9 en 2022 à 101,3 en 2023 (+1,4)."),
        ("es", "Indice du SMIG réel: de 99,9 en 2022 a 101,3 en 2023 (+1,4)."),
        ("zh", "Indice du SMIG réel：2022年为99.9，2023年为101.3（+1.4）。"),
        ("fr", "Taux de chômage : de 21,9 % en 2022 à 19,5 % en 2023 (−2,4 points de pourcentage)."),
    ],
)
def test_a_trend_is_said_with_its_unit(project, recorded, language, text):
    period = Register(project).period()
    said = [
        sentence_text(each, recorded, Catalogue(language, recorded))
        for each in sentences_of_period(recorded, period)
    ]
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
    from analysis.pictures.plane import planes

    for size in ("full", "half", "phone", "slide"):
        for identifier in ("Tableau 2", "Graphique 3", "Graphique 4", "Graphique 1", "Graphique 2"):
            for chart in shown(project, recorded, identifier).charts:
                assert planes(draw(chart, size))


@pytest.fixture(scope="module")
def with_partners(tmp_path_factory):
    root = tmp_path_factory.mktemp("partners")
    write_agency(root)
    write_partners(root, kinds=True)
    register(root / "data" / "raw")
    return Register(root)


@pytest.mark.parametrize(
    ("year", "rows"),
    [
        ("2022", [["1 250", "55,1"], ["900", "39,6"], ["0", "0,0"], ["120", "5,3"], ["2 270", "100,0"]]),
        ("2023", [["2 100", "61,3"], ["850", "24,8"], ["400", "11,7"], ["75", "2,2"], ["3 425", "100,0"]]),
    ],
)
def test_contributions_are_of_their_year_and_currency_and_their_whole_counts_once(with_partners, year, rows):
    """Before, amounts were US dollars, years were added up, and the whole in print was one partner more."""
    period = with_partners.period(year)
    recorded = with_partners.recorded(period)

    def table(kind):
        exhibit = make(find(kind, recorded), recorded, period)
        return resolve(exhibit, recorded, Catalogue("fr", recorded))

    partners = table("contributions_by_partner")
    assert [[plain(text) for text in row] for row in cells(partners)] == rows
    assert [column.unit for column in partners.table.columns] == ["milliers EUR", "%"]
    assert partners.charts[0].unit == "milliers EUR"
    largest = cells(table("contributions_concentration"))
    assert [plain(row[0]) for row in largest] == [rows[0][0], {"2022": "2 270", "2023": "3 350"}[year]]
    assert [plain(text) for text in cells(table("contributions_by_source"))[0]] == rows[-1]


def test_contributions_of_other_years_are_refused(tmp_path):
    folder = write_partners(tmp_path)
    (folder / "document.toml").write_text(
        (folder / "document.toml").read_text(encoding="utf-8").replace('"2022", "2023"', '"2024"'), "utf-8"
    )
    shutil.copytree(
        write_agency(tmp_path / "more").parents[1] / "organisations", tmp_path / "data/organisations"
    )
    for name in ("fields.toml", "counted.toml"):
        shutil.copy(tmp_path / "more" / "data" / "raw" / name, tmp_path / "data" / "raw" / name)
    register(tmp_path / "data" / "raw")
    held = Register(tmp_path)
    period = held.period("2024")
    recorded = held.recorded(period)
    with pytest.raises(LayoutError, match="2022, 2023, and none of 2024"):
        make(find("contributions_by_partner", recorded), recorded, period)


def test_stated_budgets_keep_the_scale_in_which_they_are_printed(tmp_path):
    """Before, thousands were shown as millions without decimals: 450 thousand stood as 0."""
    folder = write_agency(tmp_path)
    items = {"budget_a": 12450, "depense_a": 11987, "budget_b": 450, "depense_b": 312}
    rows = [
        [f"{DOCUMENT}/prose/{place}", item, item, PERIOD, *number(amount, 0, "xof_thousand")]
        for place, (item, amount) in enumerate(items.items(), start=1)
    ]
    write(folder / "prose.csv", ["id", "item", "statement_en", "period", *NUMBERED], rows)
    options = "sources=a|b; budgeted=budget_a|budget_b; spent=depense_a|depense_b; "
    options += "stated_share=|; stated_excess=|"
    with (folder / "exhibits.csv").open("a", encoding="utf-8", newline="") as lines:
        chapter = "03_budget_and_expenditure"
        csv.writer(lines, lineterminator="\n").writerow(
            ["Tableau 9", chapter, "budget", "budget_and_expenditure", "", options, "reproduced", "", ""]
        )
    with (folder / "framework" / "titles.csv").open("a", encoding="utf-8", newline="") as lines:
        titles = [["funding", code, "fr", "title", f"Source {code}", "ours", ""] for code in "ab"]
        csv.writer(lines, lineterminator="\n").writerows(titles)
    about = folder / "document.toml"
    told = about.read_text(encoding="utf-8")
    told = told.replace("[fields]", 'prose = { title = "Prose", place = "Texte" }\n\n[fields]')
    about.write_text(told, encoding="utf-8")
    register(tmp_path / "data" / "raw")
    recorded = Register(tmp_path).recorded(Register(tmp_path).period())
    made = shown(tmp_path, recorded, "Tableau 9")
    assert [[plain(text) for text in row[:2]] for row in cells(made)] == [
        ["12 450", "11 987"],
        ["450", "312"],
        ["12 900", "12 299"],
    ]
    assert made.table.columns[0].unit == made.charts[0].unit == "milliers XOF"


def test_a_draft_in_another_currency_is_read(project, tmp_path, monkeypatch, capsys):
    """Before, six currencies were read; amounts in all others were numbers without a unit."""
    monkeypatch.setenv("ANALYSIS_ROOT", str(project))
    draft = tmp_path / "draft.md"
    amounts = (
        "15 297 675 milliers de francs CFA",
        "15,3 milliards XOF",
        "15 297 675 milliers de yens japonais",
    )
    subject = "Les dépenses effectives de l’objectif « Développer l’emploi productif »"
    said = (f"{subject} s’élèvent à {amount} en 2023." for amount in amounts)
    draft.write_text("\n\n".join(said), encoding="utf-8")
    assert main(["check", str(draft), "--language", "fr", "--output", str(tmp_path)]) == 0
    with (tmp_path / "draft.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["printed"].startswith("15")]
    assert [row["verdict"] for row in rows[:2]] == ["agrees", "rounding"]
    assert rows[2]["verdict"] not in ("agrees", "rounding")
    capsys.readouterr()


def test_a_financial_year_is_a_period(tmp_path, monkeypatch, capsys):
    """Before, a yearly calendar could not write 2023/24, and two years leave out every other one."""
    folder = write_agency(tmp_path)
    for path in (folder / "resultats.csv", folder / "budget.csv", folder / "document.toml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(",2023,", ",2023-24,").replace('"2023"', '"2023-24"'), encoding="utf-8")
    about = tmp_path / "data" / "organisations" / "anse.toml"
    yearly = about.read_text(encoding="utf-8")
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    assert main(["check-data"]) == 1
    assert "a financial year such as 2023/24 needs `financial = true` in anse.toml" in capsys.readouterr().out
    about.write_text(yearly.replace("years = 1", "years = 1\nfinancial = true"), encoding="utf-8")
    assert main(["register"]) == 0
    assert main(["explain", "52", "--biennium", "2023/24"]) == 0
    assert "2023–24" in capsys.readouterr().out
    recorded = Register(tmp_path).recorded(Register(tmp_path).period("2023/24"))
    assert cells(shown(tmp_path, recorded, "Tableau 2"))[0][:2] == ["40", "52"]
    assert main(["export", "results", "--format", "iati", "--output", str(tmp_path / "out")]) == 2
    assert "nothing says on which day" in capsys.readouterr().err
    about.write_text(yearly.replace("years = 1", "years = 2\nfinancial = true"), encoding="utf-8")
    assert main(["list"]) == 2
    assert "`financial = true` beside `years = 1`" in capsys.readouterr().err


def test_an_audit_without_verdicts_on_record_says_where_they_go(tmp_path, monkeypatch, capsys):
    folder = write_agency(tmp_path)
    path = folder / "budget.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("15650000", "15651000").replace(
        "15\u202f650\u202f000", "15\u202f651\u202f000"), encoding="utf-8")  # fmt: skip
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    assert main(["register"]) == 0
    assert main(["audit"]) == 1
    told = capsys.readouterr().out
    assert f"{DOCUMENT}/budget/3: discrepancy, where reproduced is on record" in told
    assert f"{DOCUMENT}: no verdict is on record yet" in told
    assert f"data/claims/{DOCUMENT}.csv takes the verdicts" in told


def test_a_draft_in_a_language_that_nothing_reads_is_told(project, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ANALYSIS_ROOT", str(project))
    draft = tmp_path / "draft.md"
    draft.write_text(
        "A taxa de desemprego foi de 19,5 % em 2023. As despesas do objetivo somaram 15 milhares.", "utf-8"
    )
    assert main(["check", str(draft)]) == 0
    assert "its language cannot be told; it is read as " in capsys.readouterr().err
    assert main(["check", str(draft), "--language", "fr"]) == 0
    assert "cannot be told" not in capsys.readouterr().err
