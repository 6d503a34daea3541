"""The four-yearly report of an institute that nobody wrote: Spanish alone, of one country, on two levels.

Codes have accents, blanks and ordinal signs; results are percentages, ranks of which less is better, and
counts that are to fall; numbers have decimal commas; money is in thousands of francs CFA of Central Africa.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT, PERIOD = "memoria-2022-25", "2022-25"
AXES = {
    "Pesca y mar": "Pesca y economía del mar",
    "Educación": "Educación técnica",
    "Año 0": "Administración",
}
# Code: axis, unit, direction, measure, how it adds up, baseline, target, result, decimals, title.
INDICATORS = {
    "P 1.º": (
        "Pesca y mar",
        "percent",
        "more_is_better",
        "percentage",
        "none",
        41.2,
        55,
        53.4,
        1,
        "Ventas en lonja",
    ),
    "P 2.º": ("Pesca y mar", "result", "more_is_better", "unit", "sum", 12, 40, 46, 0, "Cooperativas"),
    "E 1.º": ("Educación", "percent", "less_is_better", "percentage", "none", 18.7, 12, 12.5, 1, "Abandono"),
    "E 2.º": ("Educación", "result", "more_is_better", "unit", "sum", 0, 8, 8, 0, "Talleres abiertos"),
    "Ñ 1.º": ("Año 0", "index", "less_is_better", "ordinal", "last", 131, 110, 104, 0, "Puesto en trámites"),
    "Ñ 2.º": (
        "Año 0",
        "result",
        "less_is_better",
        "unit",
        "sum",
        310,
        150,
        187,
        0,
        "Expedientes atrasados",
    ),
}
# Axis, source: budget and expenditure in thousands of francs CFA.
BUDGET = {
    ("Pesca y mar", "Estado"): (1_250_000, 1_198_450.5),
    ("Pesca y mar", "donantes"): (300_000, 312_225),
    ("Educación", "Estado"): (4_800_000, 5_113_900.25),
    ("Educación", "donantes"): (0, 25_000),
    ("Año 0", "Estado"): (780_000, 645_000),
    ("Año 0", "donantes"): (10, 0),
}
JOBLESS = {2018: 9.4, 2020: 11.2, 2022: 10.9, 2025: 8.7}
NUMBERED = ["printed", "value", "decimals", "unit", "qualifier", "status", "place", "line", "note"]
LAYOUT = [
    ("Cuadro 3", "01_decent_work_trends", "decent_work", "trends_table", ""),
    ("Gráfico 1", "01_decent_work_trends", "trends", "trend", "indicator=paro"),
    ("Cuadro 1", "02_results", "results", "results_against_targets", "level=eje"),
    ("Cuadro 1b", "02_results", "output_indicators", "targets_by_indicator", "level=eje"),
    ("Gráfico 2", "02_results", "output_indicators", "results_by_indicator", "eje=Pesca y mar"),
    ("", "02_results", "regions", "results_by_node_and_region", "level=eje"),
    ("Cuadro 2", "03_budget_and_expenditure", "budget_by_outcome", "expenditure_by_node", "level=eje"),
    ("Cuadro 2a", "03_budget_and_expenditure", "budget_by_outcome", "budget_of_node", "eje=Educación"),
    ("Cuadro 2b", "03_budget_and_expenditure", "budget_by_outcome", "budget_of_node", "eje=Año 0"),
    ("", "03_budget_and_expenditure", "compared", "expenditure_by_source", "level=eje"),
    ("", "03_budget_and_expenditure", "compared", "expenditure_against_budget", "level=eje"),
    ("", "03_budget_and_expenditure", "compared", "expenditure_per_result", "level=eje"),
]


def printed(value: float, decimals: int) -> str:
    """Return a number as the institute prints it: ``1.250.000``, ``53,4``."""
    whole, _, part = f"{value:.{decimals}f}".partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{part}" if part else "")


def write_institute(root: Path) -> Path:
    """Write the institute's project into a folder as it is typed by hand; return the document's folder."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    folder = root / "data" / "raw" / DOCUMENT
    (folder / "framework").mkdir(parents=True)
    for name in ("fields.toml", "counted.toml"):
        shutil.copy(ROOT / "data" / "raw" / name, root / "data" / "raw" / name)
    (root / "data" / "organisations").mkdir()
    (root / "data" / "organisations" / "litoral.toml").write_text(
        'default = true\n[name]\nes = "Instituto del Litoral"\n[calendar]\nyears = 4\nfirst = 2022\n',
        encoding="utf-8",
    )
    (folder / "document.toml").write_text(
        f'organisation = "litoral"\nkind = "report"\nsymbol = "Memoria 2022–25"\nperiod = "{PERIOD}"\n'
        f'periods = ["{PERIOD}"]\nyear = 2026\n[title]\nes = "Memoria cuatrienal 2022–2025"\n'
        '[short_title]\nes = "Memoria"\n[files]\n'
        'metas = { title = "Metas y resultados", place = "Cuadro 1", table = "output_indicators" }\n'
        'presupuesto = { title = "Presupuesto y gasto", place = "Cuadro 2", table = "budget_by_outcome" }\n'
        'tendencias = { title = "Tendencias", place = "Cuadro 3", table = "decent_work_indicators" }\n'
        '[fields]\nindicador = { type = "string", description = "Indicador" }\n'
        'eje = { type = "string", description = "Eje estratégico" }\n'
        'printed = { type = "string", description = "Tal como está impreso", decimalChar = "," }\n',
        encoding="utf-8",
    )
    tables = {
        "metas": (["indicador", "eje", "measure", "region", "period"], _targets()),
        "presupuesto": (["eje", "source", "measure", "period"], _budget()),
        "tendencias": (["indicator", "sex", "age", "period"], _trend()),
    }
    for name, (columns, rows) in tables.items():
        told = [[f"{DOCUMENT}/{name}/{place}", *row] for place, row in enumerate(rows, start=1)]
        write(folder / f"{name}.csv", ["id", *columns, *NUMBERED], told)
    columns = ["number", "chapter", "section", "kind", "conditions", "options", "status", "notes", "missing"]
    write(folder / "exhibits.csv", columns, [[*row, "", "reproduced", "", ""] for row in LAYOUT])
    _framework(folder / "framework")
    return folder


def _targets() -> list[list]:
    rows = []
    for code, (axis, unit, _, measure, _, *numbers, decimals, _title) in INDICATORS.items():
        for name, value in zip(("baseline", "target", "result"), numbers, strict=True):
            period = "2021" if name == "baseline" else PERIOD
            sign = " %" if unit == "percent" else ".º" if measure == "ordinal" else ""
            text = printed(value, decimals) + sign
            number = [text, f"{value:.{decimals}f}", decimals, unit, "", "reported", "Cuadro 1", 10, ""]
            rows.append([code, axis, name, "nacional", period, *number])
    return rows


def _budget() -> list[list]:
    rows = []
    for axis in AXES:
        for place, measure in enumerate(("strategic_budget", "actual_expenditure")):
            amounts = {source: pair[place] for (of, source), pair in BUDGET.items() if of == axis}
            for source, amount in {**amounts, "total": sum(amounts.values())}.items():
                decimals = 2 if place else 0
                number = [printed(amount, decimals), f"{amount:.{decimals}f}", decimals, "xaf_thousand"]
                number += ["", "reported", "Cuadro 2", 40, ""]
                rows.append([axis, source, measure, PERIOD, *number])
    return rows


def _trend() -> list[list]:
    more = ["", "reported", "Cuadro 3", 60, ""]
    return [
        ["paro", "SEX_T", "YTHADULT_YGE15", year, f"{printed(value, 1)} %", value, 1, "percent", *more]
        for year, value in JOBLESS.items()
    ]


def _framework(folder: Path) -> None:
    columns = ["level", "code", "parent", "kind", "unit", "direction", "measure", "adds_up"]
    nodes = [["eje", code, *[""] * 6] for code in AXES]
    nodes += [
        ["indicador", code, axis, "", unit, direction, measure, adds_up]
        for code, (axis, unit, direction, measure, adds_up, *_) in INDICATORS.items()
    ]
    more = ["continues", "continues_why", "changed"]
    write(folder / "nodes.csv", [*columns, *more], [[*row, "", "", ""] for row in nodes])
    dimensions = [
        ["region", "nacional", "yes", "yes"],
        ["source", "Estado", "no", ""],
        ["source", "donantes", "no", ""],
        ["source", "total", "yes", "yes"],
        ["sex", "SEX_T", "yes", "no"],
    ]
    columns = ["dimension", "code", "total", "exhaustive", "group", "kind"]
    write(folder / "dimensions.csv", columns, [[*row, "", ""] for row in dimensions])
    titles = {
        **{("eje", code): title for code, title in AXES.items()},
        **{("indicador", code): told[-1] for code, told in INDICATORS.items()},
        ("region", "nacional"): "Todo el país",
        ("source", "Estado"): "Presupuesto del Estado",
        ("source", "donantes"): "Donantes",
        ("level", "eje"): "Eje",
        ("level", "indicador"): "Indicador",
        ("decent_work", "paro"): "Tasa de paro",
        ("document", DOCUMENT): "Instituto del Litoral, memoria",
    }
    lines = [[*key, "es", "title", text, "organisation", DOCUMENT] for key, text in titles.items()]
    write(folder / "titles.csv", ["kind", "code", "language", "form", "text", "wording", "document"], lines)


def write(path: Path, columns: list[str], rows: list[list]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([columns, *rows])
