"""Results as Excel saves them in Spanish: semicolons, Windows-1252, decimal commas, days before months."""

import csv
import tomllib

import pytest

from analysis.cli import main
from analysis.exchange.mapping import ResultsMappingError, read_mapping

MAPPING = """
[organisation]
id = "litoral"
name = { es = "Instituto del Litoral" }
short_name = { es = "ILIT" }
calendar = { years = 4, first = 2022 }

[document]
symbol = "Memoria {period}"
language = "es"
title = { en = "Report {period}", es = "Memoria {period}" }
short_title = { es = "Memoria {period}" }

[file]
encoding = "cp1252"
separator = ";"
decimal = ","
thousands = "."
dates = "%d/%m/%Y"

[absent]
"s/d" = "not_available"

[columns]
activity = "Proyecto"
result_title = "Eje"
indicator_title = "Indicador"
measure = "Medida"
ascending = "Sentido"
period_start = "Inicio"
period_end = "Fin"
baseline = { value = "Línea de base", year = "Año base" }
target = { value = "Meta" }
result = { value = "Logro" }

[fixed]
result_type = "2"

[translate.measure]
Porcentaje = "2"
"Número" = "1"
Rango = "4"

[translate.ascending]
Sube = "1"
Baja = "0"

[dimensions.poblacion]
column = "Población"

[[units]]
pattern = "FCFA"
unit = "xaf"
"""
HEADER = "Proyecto;Eje;Indicador;Medida;Sentido;Inicio;Fin;Línea de base;Año base;Meta;Logro;Población"
ROWS = (
    "GQ-1;Pesca y mar;Ventas en lonja, %;Porcentaje;Sube;01/01/2022;31/12/2025;41,2;2021;55,0;53,4;Hogares",
    "GQ-2;Año 0;Puesto en trámites;Rango;Baja;01/01/2022;31/12/2025;131;2021;110;104;",
    "GQ-2;Año 0;Coste, en FCFA;Número;Baja;01/01/2022;31/12/2025;s/d;;250.000;262.345,75;Niñas",
)


@pytest.fixture
def bare(root, tmp_path, monkeypatch):
    """A project that holds no organisation and no document yet."""
    raw = tmp_path / "project" / "data" / "raw"
    raw.mkdir(parents=True)
    for name in ("fields.toml", "counted.toml"):
        (raw / name).write_bytes((root / "data" / "raw" / name).read_bytes())
    (raw.parent / "organisations").mkdir()
    monkeypatch.setenv("ANALYSIS_ROOT", str(raw.parents[1]))
    return raw.parents[1]


def imported(folder, rows=ROWS, mapping=MAPPING):
    (folder / "m.toml").write_text(mapping, encoding="utf-8")
    (folder / "metas.csv").write_bytes("\r\n".join([HEADER, *rows, ""]).encode("cp1252"))
    words = ["import", "results", str(folder / "metas.csv"), "--mapping", str(folder / "m.toml")]
    return main([*words, "--as", "memoria-2022-25"])


def test_the_first_organisation_of_a_project_is_the_one_that_is_meant(bare, tmp_path, capsys):
    """Before, a project without an organisation refused its first; days in another order were a fault."""
    assert imported(tmp_path) == 0
    capsys.readouterr()
    folder = bare / "data" / "raw" / "memoria-2022-25"
    with (folder / "results.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    told = [(row["measure"], row["period"], row["printed"], row["value"], row["unit"]) for row in rows]
    assert told == [
        ("baseline", "2021", "41,2", "41.2", "percent"),
        ("target", "2022-25", "55,0", "55.0", "percent"),
        ("result", "2022-25", "53,4", "53.4", "percent"),
        ("baseline", "2021", "131", "131", "index"),
        ("target", "2022-25", "110", "110", "index"),
        ("result", "2022-25", "104", "104", "index"),
        ("baseline", "", "s/d", "", "xaf"),
        ("target", "2022-25", "250.000", "250000", "xaf"),
        ("result", "2022-25", "262.345,75", "262345.75", "xaf"),
    ]
    about = tomllib.loads((folder / "document.toml").read_text(encoding="utf-8"))
    assert (about["language"], about["year"], about["period"]) == ("es", 2025, "2022-25")
    assert main(["list"]) == 0
    assert "litoral" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("31/12/2025", "31/12/2021", "row 2: a period from 2022-01-01 to 2021-12-31"),
        ("31/12/2025", "12/31/2025", "row 2, Fin: '12/31/2025', expected a day such as 2022-12-31, or as"),
        ("31/12/2025", "2025", "row 2, Fin: '2025', expected a day"),
        ("53,4", "5O,4", "5O,4"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row(bare, tmp_path, capsys, old, new, said):
    assert imported(tmp_path, (ROWS[0].replace(old, new), *ROWS[1:])) == 2
    assert said in capsys.readouterr().err
    assert not (bare / "data" / "raw" / "memoria-2022-25").exists()
    assert not list((bare / "data" / "organisations").iterdir())


def test_other_days_need_to_be_said(bare, tmp_path, capsys):
    assert imported(tmp_path, mapping=MAPPING.replace('dates = "%d/%m/%Y"\n', "")) == 2
    assert "[file] dates = '%d/%m/%Y' says how others are written" in capsys.readouterr().err


def test_one_column_is_no_pair_of_name_and_value(tmp_path):
    """Before, each value of the column became a dimension of its own."""
    path = tmp_path / "m.toml"
    pair = 'target = { value = "Meta", dimensions = [["Población", "Población"]] }'
    path.write_text(MAPPING.replace('target = { value = "Meta" }', pair), encoding="utf-8")
    with pytest.raises(ResultsMappingError, match="expected two columns, of a name and of a value"):
        read_mapping(path)
