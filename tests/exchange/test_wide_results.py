"""Results in another shape: a column a year, decimal commas, words for no number, a whole among its parts."""

import csv
import re

import pytest
from odd_results import importing

from analysis.cli import main
from analysis.exchange.folder import read_tables
from analysis.exchange.mapping import ResultsMappingError, read_mapping
from analysis.exchange.numbers import NumberForm
from analysis.exchange.recorded import published_of
from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import make
from analysis.labels import Catalogue
from analysis.printed.resolve import resolve
from analysis.quantities import evaluate
from analysis.sources.register import Register

MAPPING = r"""
[organisation]
id = "agence"
name = { en = "An agency" }
short_name = { en = "Agency" }
calendar = { years = 1, first = 2020 }

[document]
symbol = "AG {period}"
language = "fr"
title = { en = "Results {period}" }
short_title = { en = "Results {period}" }

[file]
encoding = "cp1252"
separator = ";"
decimal = ","
thousands = "."

[absent]
"n/a" = "not_available"
".." = "not_available"
"-" = "dash"

[fixed]
result_type = "2"
aggregation = "1"

[columns]
activity = "Projet"
result_title = "Domaine"
indicator_title = "Indicateur"
measure = "Mesure"
ascending = "Sens"

[translate.measure]
Nombre = "1"
Part = "2"
Texte = "5"

[translate.ascending]
Hausse = "1"
Baisse = "0"

[[periods]]
pattern = '^Base (?P<period>\d{4})$'
stated = "baseline"

[[periods]]
pattern = '^Cible (?P<period>\d{4})$'
stated = "target"

[[periods]]
pattern = '^Résultat (?P<period>\d{4})$'

[dimensions.region]
column = "Région"
total = "Total"
exhaustive = true

[[units]]
measure = "percentage"
unit = "fraction"

[[units]]
measure = "unit"
unit = "count"
"""
ROWS = """\
Projet;Domaine;Indicateur;Mesure;Sens;Région;Base 2019;Cible 2020;Cible 2021;Résultat 2020;Résultat 2021
A-1;Éducation;Élèves;Nombre;Hausse;Nord;1 200;1.300;1.400;1.250,0;1 410
A-1;Éducation;Élèves;Nombre;Hausse;Sud;800;900;950;n/a;<5
A-1;Éducation;Élèves;Nombre;Hausse;Total;2 000;2.200;2.350;..;-
A-1;Éducation;Réussite;Part;Hausse;Total;0,45;0,5;0,55;0,48;0,561
A-2;Santé;Décès;Nombre;Baisse;Nord;40;35;30;36;31
A-2;Santé;Décès;Nombre;Baisse;Sud;20;18;15;17;-2
A-2;Santé;Décès;Nombre;Baisse;Total;60;53;45;53;29
A-2;Santé;Stratégie;Texte;;Total;non;oui;oui;en cours;adoptée
"""


@pytest.fixture
def wide(tmp_path):
    """Write a mapping and a file, and return both; parts of each may be other ones."""

    def write(*, mapping=(), rows=()):
        told, text = MAPPING, ROWS
        for old, new in mapping:
            assert old in told
            told = told.replace(old, new, 1)
        for old, new in rows:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / "agence.toml").write_text(told, encoding="utf-8")
        (tmp_path / "wide.csv").write_bytes(text.encode("cp1252"))
        return read_mapping(tmp_path / "agence.toml"), tmp_path / "wide.csv"

    return write


def imported(wide, project, **changed):
    mapping, path = wide(**changed)
    assert importing(mapping, path, name="agence") == 0
    with (project / "data" / "raw" / "agence" / "results.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_cell_is_a_row_of_its_period_as_printed(wide, project, capsys):
    rows = imported(wide, project)
    told = capsys.readouterr().out
    assert "3 cells say that there is no number: 2 not_available, 1 dash" in told
    assert "1 numbers are bounds or rough: 1 less_than" in told
    assert "3 a target but no result" in told
    assert len(rows) == 8 * 5
    held = {(row["line"], row["measure"], row["period"]): row for row in rows}
    cells = ("printed", "value", "decimals", "qualifier", "status")
    for key, expected in {
        ("2", "baseline", "2019"): ("1 200", "1200", "0", "", "reported"),
        ("2", "target", "2020"): ("1.300", "1300", "0", "", "reported"),
        ("2", "result", "2020"): ("1.250,0", "1250.0", "1", "", "reported"),
        ("3", "result", "2020"): ("n/a", "", "", "", "not_available"),
        ("3", "result", "2021"): ("<5", "5", "0", "less_than", "reported"),
        ("4", "result", "2021"): ("-", "", "", "", "dash"),
        ("5", "result", "2021"): ("0,561", "0.561", "3", "", "reported"),
        ("7", "result", "2021"): ("-2", "-2", "0", "", "reported"),
        ("9", "result", "2021"): ("adoptée", "", "", "", "text"),
    }.items():
        assert tuple(held[key][name] for name in cells) == expected, key
    assert held["2", "result", "2021"]["place"] == "wide.csv, column Résultat 2021"
    assert held["2", "baseline", "2019"]["place"] == "wide.csv, column Base 2019"
    assert held["2", "target", "2020"]["place"] == "wide.csv, column Cible 2020"
    assert {row["region"] for row in rows} == {"nord", "sud", "total"}
    # Every numeral of the file stands in the record: no row, no column is lost.
    printed = [cell for line in ROWS.splitlines()[1:] for cell in line.split(";")[6:]]
    assert sorted(row["printed"] for row in rows) == sorted(printed)


def of(project, kind):
    register = Register(project)
    period = register.period("2021", "agence")
    recorded = register.recorded(period)
    return make(find(kind, recorded), recorded, period).table.rows, recorded


@pytest.mark.slow
def test_a_whole_beside_its_parts_is_counted_once_and_bounds_are_not_summed(wide, project):
    imported(wide, project)
    rows, recorded = of(project, "sums_level_indicator")
    sums = {
        row.labels[0]: [
            each if isinstance(each, str) else evaluate(each, recorded).value for each in row.cells[1::2]
        ]
        for row in rows
    }
    assert sums == {
        "indicator.education.eleves": [2350, "achievement.bounds"],
        "indicator.sante.deces": [45, 29],
    }
    rows, recorded = of(project, "targets_met_dimension_region")
    counted = [evaluate(row.cells[0], recorded).value for row in rows]
    assert [row.labels[0] for row in rows] == ["region.nord", "region.sud", "region.total", "label.total"]
    assert counted == [2, 2, 3, 7]


@pytest.mark.slow
def test_shares_of_one_change_by_points(wide, project, capsys):
    imported(wide, project)
    capsys.readouterr()
    assert main(["compare", "2020", "2021", "--organisation", "agence"]) == 0
    told = capsys.readouterr().out
    assert "Réussite, Total, Result: 48% → 56.1% (+8.1 percentage points)" in told
    assert "Nord, Target: 1,300 → 1,400 (+7.7%)" in told


@pytest.mark.slow
def test_a_decimal_fraction_is_told_in_per_cent_beside_its_likes(wide, project):
    """Before, a target of 0.5 stood as 1/2 beside a result of 56.1%."""
    imported(wide, project, rows=[("0,5;0,55;0,48", "0,5;0,5;0,48")])
    register = Register(project)
    period = register.period("2021", "agence")
    recorded = register.recorded(period)
    exhibit = make(find("results_in_detail", recorded), recorded, period)
    table = resolve(exhibit, recorded, Catalogue("en", recorded)).table
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[1:3] for row in texts if "56.1%" in row] == [["50%", "56.1%"]]


@pytest.mark.slow
def test_what_is_exchanged_has_decimal_points_and_comes_back(wide, project):
    rows = imported(wide, project)
    values = published_of(read_tables(Register(project), "agence"), "fr").values
    held = {(row["entry"], row["measure"]): row for row in rows}
    form = NumberForm()
    for value in values.to_dict("records"):
        row = held[value["entry"], value["stated"]]
        read = form.read(value["value"], "qualitative" if row["status"] == "text" else "unit")
        assert (read.value, read.qualifier) == (row["value"], row["qualifier"])


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("mapping", "rows", "message"),
    [
        ((('thousands = "."', 'thousands = ""'),), (), r"'1.300' is not a number .*expected 1234,5"),
        ((('decimal = ","\nthousands = "."', ""),), (), r"'1.300'|'1.250,0' is not a number"),
        ((('"n/a" = "not_available"', ""),), (), "'n/a' is not a number"),
        ((), (("1.300", "1.30"),), "'1.30' is not a number"),
        ((), (("35;30", "30 - 35;30"),), "'30 - 35' is not a number"),
        ((), (("35;30", "35%;30"),), "'35%' is not a number"),
        ((('total = "Total"\n', ""),), (), "'Total' beside its parts"),
        (
            (('total = "Total"', 'total = "Ensemble"'),),
            (),
            "total 'Ensemble' is none of 'Nord', 'Sud', 'Total'",
        ),
        ((("^Cible", "^Ziel"),), (), "fits no column"),
        (
            (('(?P<period>\\d{4})$\'\nstated = "target"', '(?P<period>\\d{3})\'\nstated = "target"'),),
            (),
            "'202'",
        ),
        ((('column = "Région"', 'column = "Region"'),), (), "not among the columns: Region"),
        ((('Nombre = "1"', ""),), (), "measure of 'Élèves' is 'Nombre': expected 1"),
        ((), (("Cible 2021", "Cible 2020 "),), "Cible 2020"),
        ((), (("A-2;Santé;Décès;Nombre;Baisse;Sud", "A-2;Santé;Décès;Nombre;Hausse;Sud"),), "ascending"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_left(wide, project, capsys, mapping, rows, message):
    read, path = wide(mapping=mapping, rows=rows)
    assert importing(read, path, name="agence") == 2
    told = capsys.readouterr().err
    assert re.search(message, told), told
    assert not (project / "data" / "raw" / "agence").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('decimal = ","', 'decimal = "."', "two unlike marks"),
        ('"-" = "dash"', '"-" = "missing"', "absent.'-': 'missing'; there are blank"),
        ('result_type = "2"', "result_type = 2", "fixed.result_type: expected a text"),
        ('result_type = "2"', 'kind = "2"', "fixed: unknown key 'kind'"),
        ("(?P<period>", "(?P<year>", "group"),
        ('stated = "target"', 'stated = "goal"', "stated 'goal'"),
        ('result_type = "2"', 'result_type = "2"\nmeasure = "1"', "measure: also among"),
        ('measure = "Mesure"', "", "columns: no measure"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused(wide, old, new, message):
    with pytest.raises(ResultsMappingError, match=message):
        wide(mapping=((old, new),))


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (NumberForm(), "12.50", ("12.50", "2", "", "reported")),
        (NumberForm(), "1e2", ("100", "0", "", "reported")),
        (NumberForm(thousands=","), "1,234,567.8", ("1234567.8", "1", "", "reported")),
        (NumberForm(thousands="'"), "1'234", ("1234", "0", "", "reported")),
        (NumberForm(), "≥ 10", ("10", "0", "at_least", "reported")),
        (NumberForm(), "−3", ("-3", "0", "", "reported")),
        (NumberForm(), "1\u202f234", ("1234", "0", "", "reported")),
        (NumberForm(), "", ("", "", "", "blank")),
        (NumberForm(absent={"…": "not_set"}), "…", ("", "", "", "not_set")),
    ],
)
def test_numbers_as_files_write_them(form, text, expected):
    read = form.read(text, "unit")
    assert (read.printed, *read[1:]) == (text, *expected, "")


@pytest.mark.parametrize(
    "text", ["1,234", "1 23", "12 345 6", "5%", "(3)", "1.2.3", "< ", "abc", "--1", "1/2"]
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="is not a number"):
        NumberForm().read(text, "unit")


def test_a_per_cent_sign_is_of_a_percentage():
    assert NumberForm(decimal=",").read("45,5 %", "percentage")[:3] == ("45,5 %", "45.5", "1")
