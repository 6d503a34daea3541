"""An institute of four years, two levels, one country and one language: all of it is data, none English."""

import csv
import json
import tomllib

import pytest
from institute import DOCUMENT, INDICATORS, PERIOD, write, write_institute

from analysis.cli import main
from analysis.commands.layout_faults import layout_faults
from analysis.exhibits.catalogue import definitions, find
from analysis.exhibits.layout import make
from analysis.labels import Catalogue, languages
from analysis.pictures.formats import picture
from analysis.printed.resolve import resolve
from analysis.sources.descriptor import faults_of_document, register
from analysis.sources.register import Register

pytestmark = pytest.mark.slow
SPANISH = {"Pesca y economía del mar", "Expedientes atrasados", "Todo el país"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("institute")
    write_institute(root)
    register(root / "data" / "raw")
    return root


@pytest.fixture(scope="module")
def recorded(project):
    return Register(project).recorded(Register(project).period())


def shown(project, recorded, identifier, language="es"):
    exhibit = make(find(identifier, recorded), recorded, Register(project).period())
    return resolve(exhibit, recorded, Catalogue(language, recorded))


def cells(resolved):
    return [[cell.text for cell in row.cells] for row in resolved.table.rows]


def test_a_record_in_one_language_needs_no_english(project, monkeypatch, capsys):
    """Before, English was required of an organisation's name and a document's title, and of nothing else."""
    monkeypatch.setenv("ANALYSIS_ROOT", str(project))
    assert main(["check-data"]) == 0
    assert "1 documents: 0 faults" in capsys.readouterr().err
    for language in languages():
        assert main(["list", "--language", language]) == 0
        out = capsys.readouterr().out
        assert "Instituto del Litoral" in out
        assert "Memoria cuatrienal 2022–2025" in out
    package = json.loads((project / "data" / "raw" / "datapackage.json").read_text(encoding="utf-8"))
    assert "Instituto del Litoral" in package["title"]
    assert Register(project).recorded(Register(project).period()).language == "es"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("document.toml", 'es = "Memoria cuatrienal 2022–2025"', "", "title: found nothing"),
        ("document.toml", 'es = "Memoria"', 'es = "  "', "short_title: found {'es': '  '}"),
        ("document.toml", "year = 2026", 'year = 2026\nlanguage = "Spanish"', "language: found 'Spanish'"),
    ],
)
def test_a_document_without_a_title_or_of_no_language_is_told(tmp_path, file, old, new, said):
    folder = write_institute(tmp_path)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert any(said in str(each) for each in faults_of_document(folder.parent, DOCUMENT) if each.grave)


def test_an_organisation_without_a_name_is_refused(tmp_path, monkeypatch, capsys):
    write_institute(tmp_path)
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    path = tmp_path / "data" / "organisations" / "litoral.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"Instituto del Litoral"', '""'), encoding="utf-8"
    )
    assert main(["check-data"]) == 2
    assert "[name] needs a name by language" in capsys.readouterr().err


@pytest.mark.parametrize("language", languages())
def test_every_exhibit_is_made_and_drawn(project, recorded, language):
    """Before, a country without regions stopped the run: a chart had no series to draw."""
    labels, texts = Catalogue(language, recorded), []
    for definition in definitions(recorded):
        exhibit = make(definition, recorded, Register(project).period())
        resolved = resolve(exhibit, recorded, labels)
        assert exhibit.status == "reproduced", definition.id
        assert resolved.table or resolved.charts, definition.id
        for chart in resolved.charts:
            assert chart.series, chart.id
            assert picture(chart, "svg")
        texts += [label for row in (resolved.table.rows if resolved.table else ()) for label in row.labels]
    assert {text for text in SPANISH if not text.startswith("Todo")} <= set(texts)
    tables = shown(project, recorded, "Cuadro 1", language).table
    noted = [note.text for note in tables.notes if "(es)" in note.text or "（es）" in note.text]
    assert bool(noted) == (language != "es")


def test_a_count_that_is_to_fall_is_no_success_where_it_exceeds_its_target(project, recorded):
    """Before, 187 late files against 150 were 124.7% achieved, and "at or above the target in all 3"."""
    resolved = shown(project, recorded, "Cuadro 1", "en")
    *axes, total = cells(resolved)
    assert axes[2] == ["150", "187", "124.7", "+24.7"]
    assert total == ["198", "241", "", ""]
    notes = {note.mark: note.text for note in resolved.table.notes}
    marks = [row.marks for row in resolved.table.rows]
    assert [len(each) for each in marks] == [0, 0, 1, 1]
    assert notes[marks[2][0]].startswith("Less is better here")
    assert "of others less" in notes[marks[3][0]]
    (chart,) = resolved.charts
    assert "at or above" not in chart.headline
    assert chart.headline.startswith("Result against target: above in 2 of 3")
    assert "Less is better: Administración." in [note.text for note in chart.notes]
    appendix = shown(project, recorded, "Cuadro 1b", "en")
    marked = {row.labels[0] for row in appendix.table.rows if row.marks and not row.total}
    assert marked == {told[-1] for told in INDICATORS.values() if told[2] == "less_is_better"}
    assert "reaches" not in appendix.headline
    assert "at or above" not in appendix.headline


def test_the_level_before_stands_beside_target_and_result(project, recorded):
    """Before, no exhibit of targets by indicator showed a recorded baseline."""
    table = shown(project, recorded, "Cuadro 1b").table
    assert [column.label for column in table.columns][:3] == ["Nivel anterior", "Meta", "Resultado"]
    rows = {row.labels[0]: [cell.text for cell in row.cells] for row in table.rows}
    assert rows["Ventas en lonja"] == ["41,2\xa0%", "55,0\xa0%", "53,4\xa0%", "97,1"]
    assert rows["Puesto en trámites"][:3] == ["131", "110", "104"]
    assert rows["Total"][0] == ""
    assert table.caption.endswith("2022–25")  # the level before is of another time by what it is


def test_two_numbers_of_the_audit_are_told_apart_by_their_node(project, tmp_path, monkeypatch, capsys):
    """Before, a level that is called neither outcome nor indicator stood in no statement."""
    monkeypatch.setenv("ANALYSIS_ROOT", str(project))
    assert main(["audit", "--language", "es", "--output", str(tmp_path)]) == 0
    capsys.readouterr()
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    budget = [row["statement"] for row in rows if "/presupuesto/" in row["id"]]
    assert len(budget) == len(set(budget)) == 18
    assert sum("Educación técnica" in statement for statement in budget) == 6
    assert {row["verdict"] for row in rows if "/presupuesto/" in row["id"]} == {"input", "reproduced"}


@pytest.mark.parametrize(("language", "bare"), [("es", 0), ("fr", 3)])
def test_places_are_in_the_language_of_the_record(project, recorded, language, bare):
    """Before, places were taken for English: a Spanish report counted its own as foreign."""
    from analysis.audit.opening import open_audit
    from analysis.printed.untranslated import untranslated

    held, period = Register(project), Register(project).period()
    said = untranslated((), open_audit(held, period, recorded), Catalogue(language, recorded))
    assert len(said) == bool(bare)
    assert all(str(bare) in text and "(es)" in text for text in said)


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        ("5.138,9 millones de francos CFA", "rounding"),
        ("5.138.900,25 miles de FCFA", "agrees"),
        ("5.138.900,25 miles de XAF", "agrees"),
        ("5.138.900,25 miles de XOF", "disagrees"),
    ],
)
def test_francs_cfa_may_be_of_either_bank(project, tmp_path, monkeypatch, capsys, amount, verdict):
    """Before, FCFA was read as XOF, and a draft that was right was called wrong by its unit."""
    monkeypatch.setenv("ANALYSIS_ROOT", str(project))
    draft = tmp_path / "borrador.md"
    said = f"Los gastos efectivos totales de Educación técnica ascendieron a {amount} en 2022–25.\n"
    draft.write_text(said, encoding="utf-8")
    main(["check", str(draft), "--language", "es", "--output", str(tmp_path)])
    capsys.readouterr()
    with (tmp_path / "borrador.csv").open(encoding="utf-8", newline="") as lines:
        (row,) = [row for row in csv.DictReader(lines) if row["printed"].startswith("5.138")]
    assert row["verdict"] == verdict


def test_statements_of_prose_may_be_in_the_record_s_language_alone(tmp_path):
    """Before, prose without English was taken for a table of results, and evidence needed English."""
    folder = write_institute(tmp_path)
    columns = ["id", "item", "statement_es", "period", "eje", "printed", "value", "decimals", "unit"]
    row = [f"{DOCUMENT}/prosa/1", "", "Proyectos en marcha", PERIOD, "", "doce", "12", "0", "result"]
    write(
        folder / "prosa.csv",
        [*columns, "qualifier", "status", "place", "line", "note"],
        [[*row, "", "reported", "Introducción", 5, ""]],
    )
    about = folder / "document.toml"
    text = about.read_text(encoding="utf-8")
    entry = 'prosa = { title = "Números en el texto", place = "todo", table = "prose" }\n[fields]'
    about.write_text(text.replace("[fields]", entry), encoding="utf-8")
    assert [str(each) for each in faults_of_document(folder.parent, DOCUMENT) if each.grave] == []
    register(folder.parent)
    from analysis.audit.opening import open_audit
    from analysis.audit.statements import statement

    held = Register(tmp_path)
    recorded = held.recorded(held.period())
    told = {
        statement(each.claim, recorded, Catalogue("fr", recorded))
        for each in open_audit(held, held.period(), recorded).judgements
    }
    assert "Proyectos en marcha" in told


def changed(folder, name, change):
    """Change the rows of a file, the header among them; return what is told of it now and was not."""
    before = {str(each) for each in told_of(folder)}
    path = folder / name
    original = path.read_text(encoding="utf-8")
    rows = list(csv.reader(original.splitlines()))
    change(rows)
    write(path, rows[0], rows[1:])
    found = [str(each) for each in told_of(folder) if str(each) not in before]
    path.write_text(original, encoding="utf-8")
    return found


def told_of(folder):
    faults = faults_of_document(folder.parent, DOCUMENT)
    grave = any(each.grave for each in faults)
    return faults if grave else [*faults, *layout_faults(folder.parents[2], [DOCUMENT])]


def cell(row, column, text):
    def change(rows):
        rows[row - 1][rows[0].index(column)] = text

    return change


def without(column):
    def change(rows):
        place = rows[0].index(column)
        for row in rows:
            del row[place]

    return change


SILENT = {
    "a column of every number gone": ("metas.csv", without("id"), "no column id; expected all columns that"),
    "the indicators gone": ("metas.csv", without("indicador"), "codes that tell each number"),
    "a year in other digits": ("tendencias.csv", cell(2, "period", "٢٠١٨"), "'٢٠١٨'; expected a year"),
    "a line in full-width digits": ("metas.csv", cell(2, "line", "１０"), "'１０'; expected a whole number"),
    "a space of no width": ("metas.csv", cell(3, "place", "Cuadro 1\u200b"), "unseen character '\\u200b'"),
    "a soft hyphen": ("framework/titles.csv", cell(3, "text", "Edu\u00adcación"), "unseen character '\\xad'"),
    "a letter of another alphabet": ("framework/titles.csv", cell(13, "text", "Donаntes"), "two alphabets"),
    "a formula": ("presupuesto.csv", cell(2, "place", "=Cuadro 2"), "'=Cuadro 2', a formula"),
    "a program's word for nothing": ("framework/nodes.csv", cell(2, "kind", "nan"), "a program's word"),
    "a title twice": ("framework/titles.csv", lambda rows: rows.append(rows[2]), "the words of row 3 again"),
    "ranks that add up": ("framework/nodes.csv", cell(8, "measure", "ordinal"), "whose measure is ordinal"),
    "a level before that one lacks": (
        "metas.csv",
        lambda rows: rows.pop(1),
        "no baseline of indicador P 1.º",
    ),
    "a section of another chapter": (
        "exhibits.csv",
        cell(2, "section", "staff"),
        "which 01_decent_work_trends",
    ),
}


@pytest.fixture(scope="module")
def typed(tmp_path_factory):
    folder = write_institute(tmp_path_factory.mktemp("typed"))
    register(folder.parent)
    return folder


@pytest.mark.parametrize("what", SILENT)
def test_what_check_data_once_passed_over_is_told(typed, what):
    name, change, said = SILENT[what]
    assert any(said in each for each in changed(typed, name, change)), what


def test_the_next_report_is_laid_out_in_the_language_of_the_last(tmp_path, monkeypatch, capsys):
    """Before, its title was laid out in English, and its own columns were not described."""
    register(write_institute(tmp_path).parent)
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path))
    assert main(["new-report", "2026-29", "--like", PERIOD]) == 0
    capsys.readouterr()
    path = tmp_path / "data" / "raw" / "memoria-2026-29" / "document.toml"
    about = tomllib.loads(path.read_text(encoding="utf-8"))
    assert about["title"] == {"es": "memoria-2026-29"}
    main(["check-data", "memoria-2026-29"])
    told = capsys.readouterr().out
    assert "a column that fields.toml describes" not in told
