"""The yearly report of a national agency that nobody wrote: unlike a biennial programme in all that is data.

Titles are French only, numbers are printed with decimal commas, results come by quarter and by département,
targets are percentages, ratios, index numbers, zero and below zero, money is in CFA francs.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = "rapport-2023"
PERIOD = "2023"
LONG = "Ö.3-accès-équitable-à-un-emploi-décent-pour-les-jeunes-et-les-femmes"
GOALS = {
    "O.1": "Développer l’emploi productif",
    "O/2": "Élargir la protection sociale",
    LONG: "Égalité d’accès",
}
PLACES = {"DKR": "Dakar", "TH/S": "Thiès", "ZIG": "Ziguinchor", "KÉD": "Kédougou"}
NUMBERED = ["printed", "value", "decimals", "unit", "qualifier", "status", "place", "line", "note"]
# Code: goal, unit, direction, measure, how it adds up, range, target, result, decimals, title.
INDICATORS = {
    "O.1.a": ("O.1", "percent", "more_is_better", "percentage", "none", "0..100", 75, 68.5, 1, "Insertion"),
    "O.1.b": ("O.1", "ratio", "more_is_better", "unit", "none", "", 1.5, 1.43, 2, "Offres par demande"),
    "O.1.c": ("O.1", "result", "more_is_better", "unit", "sum", "", 40, 52, 0, "Conventions signées"),
    "O/2.a": ("O/2", "index", "more_is_better", "unit", "none", "", 110, 112.4, 1, "Indice de couverture"),
    "O/2.b": ("O/2", "result", "less_is_better", "unit", "sum", "", 0, 3, 0, "Dossiers en retard"),
    "O/2.c": (
        "O/2",
        "percent",
        "less_is_better",
        "percentage",
        "none",
        "-100..100",
        -2.5,
        -3.1,
        1,
        "Déficit",
    ),
    f"{LONG}.α": (LONG, "result", "more_is_better", "unit", "sum", "", 25, None, 0, "Apprentissages"),
    f"{LONG}.β": (LONG, "result", "more_is_better", "unit", "sum", "", 12, 9, 0, "Coopératives appuyées"),
}
QUARTERS = {
    "O.1.c": {"DKR": (5, 6, 4, 7), "TH/S": (3, 4, 5, 2), "ZIG": (2, 2, 3, 3), "KÉD": (1, 2, 1, 2)},
    "O/2.b": {"DKR": (0, 1, 0, 0), "TH/S": (0, 0, 1, 0), "ZIG": (0, 0, 0, 1), "KÉD": (0, 0, 0, 0)},
    f"{LONG}.β": {"DKR": (1, 1, 1, 0), "TH/S": (0, 1, 0, 1), "ZIG": (1, 1, 0, 1), "KÉD": (0, 1, 0, 0)},
}
# Goal, source: budget and expenditure, in thousands of CFA francs.
BUDGET = {
    ("O.1", "etat"): (12_450_000, 11_987_450),
    ("O.1", "propres"): (3_200_000, 3_310_225),
    ("O/2", "etat"): (48_000_000, 52_113_900),
    ("O/2", "propres"): (0, 125_000),
    (LONG, "etat"): (7_800_000, 6_450_000),
    (LONG, "propres"): (1_150_000, 0),
}
TRENDS = {
    "chomage": ("percent", {2015: 15.7, 2017: 15.2, 2019: None, 2022: 21.9, 2023: 19.5}),
    "smig": ("index", {2017: 104.2, 2021: 98.7, 2022: 99.9, 2023: 101.3}),
}


def printed(value: float, decimals: int) -> str:
    """Return a number as the agency prints it: ``12 450 000``, ``−3,1``."""
    whole, _, part = f"{abs(value):.{decimals}f}".partition(".")
    text = f"{int(whole):,}".replace(",", "\u202f") + (f",{part}" if part else "")
    return f"−{text}" if value < 0 else text


def number(value: float | None, decimals: int, unit: str) -> list:
    if value is None:
        return ["n.d.", "", "", unit, "", "not_available", "Tableau 3", 10, ""]
    text = printed(value, decimals) + ("\u202f%" if unit == "percent" else "")
    return [text, f"{value:.{decimals}f}", decimals, unit, "", "reported", "Tableau 3", 10, ""]


def results() -> list[list]:
    """Return the rows of targets and results, of quarters and of the year, of départements and of all."""
    rows = []
    for code, (goal, unit, *_, target, result, decimals, _title) in INDICATORS.items():
        rows.append([code, goal, "target", "tous", "annee", PERIOD, *number(target, decimals, unit)])
        if result is not None:
            rows.append([code, goal, "result", "tous", "annee", PERIOD, *number(result, decimals, unit)])
        parts = QUARTERS.get(code, {})
        whole = {"tous": tuple(map(sum, zip(*parts.values(), strict=True)))} if parts else {}
        for place, counts in {**parts, **whole}.items():
            for quarter, count in enumerate(counts, start=1):
                rows.append([code, goal, "result", place, f"T{quarter}", PERIOD, *number(count, 0, unit)])
            if place != "tous":
                rows.append([code, goal, "result", place, "annee", PERIOD, *number(sum(counts), 0, unit)])
    return rows


def budget() -> list[list]:
    rows = []
    for goal in GOALS:
        for place, measure in enumerate(("strategic_budget", "actual_expenditure")):
            amounts = {source: pair[place] for (of, source), pair in BUDGET.items() if of == goal}
            for source, amount in {**amounts, "total": sum(amounts.values())}.items():
                rows.append([goal, source, measure, PERIOD, *number(amount, 0, "xof_thousand")])
    return rows


def trends() -> list[list]:
    return [
        [code, "SEX_T", "YTHADULT_YGE15", year, *number(value, 1, unit)]
        for code, (unit, years) in TRENDS.items()
        for year, value in years.items()
    ]


TABLES = {
    "resultats": ("output_indicators", ["indicator", "objectif", "measure", "region", "trimestre", "period"]),
    "budget": ("budget_by_outcome", ["objectif", "source", "measure", "period"]),
    "tendances": ("decent_work_indicators", ["indicator", "sex", "age", "period"]),
}
LAYOUT = [
    ("Tableau 1", "01_decent_work_trends", "decent_work", "trends_table", ""),
    ("Graphique 1", "01_decent_work_trends", "trends", "trend", "indicator=chomage"),
    ("Graphique 2", "01_decent_work_trends", "trends", "trend", "indicator=smig"),
    ("Tableau 2", "02_results", "results", "results_against_targets", "level=objectif"),
    ("Graphique 3", "02_results", "regions", "results_by_node_and_region", "level=objectif"),
    ("Tableau 3", "02_results", "output_indicators", "targets_by_indicator", "level=objectif"),
    ("Graphique 4", "02_results", "output_indicators", "results_by_indicator", f"objectif={LONG}"),
    ("Tableau 5", "03_budget_and_expenditure", "budget_by_outcome", "expenditure_by_node", "level=objectif"),
    ("Tableau 6", "03_budget_and_expenditure", "budget_by_outcome", "budget_of_node", "objectif=O/2"),
    ("", "03_budget_and_expenditure", "compared", "expenditure_against_budget", "level=objectif"),
    ("", "03_budget_and_expenditure", "compared", "expenditure_per_result", "level=objectif"),
]


def write_agency(root: Path) -> Path:
    """Write the agency's project into a folder, as it is laid out by hand: nothing is registered yet."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    raw = root / "data" / "raw"
    folder = raw / DOCUMENT
    (folder / "framework").mkdir(parents=True)
    for name in ("fields.toml", "counted.toml"):
        shutil.copy(ROOT / "data" / "raw" / name, raw / name)
    (root / "data" / "organisations").mkdir()
    (root / "data" / "organisations" / "anse.toml").write_text(
        'default = true\n\n[name]\nen = "Agency"\nfr = "Agence"\n\n[short_name]\nen = "ANSE"\n\n'
        "[calendar]\nyears = 1\nfirst = 2000\n",
        encoding="utf-8",
    )
    for (name, (_, columns)), rows in zip(TABLES.items(), (results(), budget(), trends()), strict=True):
        told = [[f"{DOCUMENT}/{name}/{place}", *row] for place, row in enumerate(rows, start=1)]
        write(folder / f"{name}.csv", ["id", *columns, *NUMBERED], told)
    _framework(folder / "framework")
    columns = ["number", "chapter", "section", "kind", "conditions", "options", "status", "notes", "missing"]
    write(folder / "exhibits.csv", columns, [[*row, "", "reproduced", "", ""] for row in LAYOUT])
    files = "".join(
        f'{name} = {{ title = "{name}", place = "Tableau 3", table = "{table}" }}\n'
        for name, (table, _) in TABLES.items()
    )
    (folder / "document.toml").write_text(
        f'organisation = "anse"\nkind = "report"\nsymbol = "ANSE/1"\nperiod = "{PERIOD}"\n'
        f'periods = ["{PERIOD}"]\nyear = 2024\n\n[title]\nen = "Annual report"\nfr = "Rapport annuel"\n'
        f'\n[short_title]\nen = "Annual report"\nfr = "Rapport annuel"\n\n[files]\n{files}\n[fields]\n'
        'objectif = { type = "string", description = "Objectif" }\n'
        'trimestre = { type = "string", description = "Trimestre" }\n'
        'printed = { type = "string", description = "Tel qu’imprimé", decimalChar = "," }\n',
        encoding="utf-8",
    )
    return folder


def _framework(folder: Path) -> None:
    columns = ["level", "code", "parent", "kind", "unit", "direction", "measure", "range", "adds_up"]
    nodes = [["objectif", code, *[""] * 7] for code in GOALS]
    for code, (goal, unit, direction, measure, adds_up, kept, *_) in INDICATORS.items():
        nodes.append(["indicator", code, goal, "", unit, direction, measure, kept, adds_up])
    more = ["continues", "continues_why", "changed"]
    write(folder / "nodes.csv", [*columns, *more], [[*row, "", "", ""] for row in nodes])
    parts = {
        "region": (*PLACES, "tous"),
        "source": ("etat", "propres", "total"),
        "trimestre": ("T1", "T2", "T3", "T4", "annee"),
        "sex": ("SEX_T",),
    }
    rows = [
        [dimension, code, *(("yes", "yes") if code == codes[-1] else ("no", "")), "", ""]
        for dimension, codes in parts.items()
        for code in codes
    ]
    write(folder / "dimensions.csv", ["dimension", "code", "total", "exhaustive", "group", "kind"], rows)
    titles = {
        **{("objectif", code): title for code, title in GOALS.items()},
        **{("indicator", code): told[-1] for code, told in INDICATORS.items()},
        **{("region", code): title for code, title in {**PLACES, "tous": "Ensemble"}.items()},
        **{("trimestre", code): code for code in parts["trimestre"]},
        ("source", "etat"): "Budget de l’État",
        ("source", "propres"): "Ressources propres",
        ("level", "objectif"): "Objectif",
        ("level", "indicator"): "Indicateur",
        ("decent_work", "chomage"): "Taux de chômage",
        ("decent_work", "smig"): "Indice du SMIG réel",
        ("document", DOCUMENT): "ANSE, rapport annuel 2023",
    }
    lines = [[*key, "fr", "title", text, "organisation", DOCUMENT] for key, text in titles.items()]
    lines.append(["level", "objectif", "fr", "numbered", "{code}. {title}", "ours", ""])
    write(folder / "titles.csv", ["kind", "code", "language", "form", "text", "wording", "document"], lines)


def write(path: Path, columns: list[str], rows: list[list]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([columns, *rows])


def write_partners(root: Path, kinds: bool = False) -> Path:
    """Write a second document: the mid-term review of a strategy of four years, with the whole in print.

    Contributions are in thousands of euros, of two of its years; the review has no prose on record.
    """
    name = "strategie-2022-25"
    folder = root / "data" / "raw" / name
    (folder / "framework").mkdir(parents=True)
    given = {"UE": (1250, 2100), "AFD": (900, 850), "BAD": (0, 400), "fonds/x": (120, 75)}
    rows = []
    for place, year in enumerate(("2022", "2023")):
        amounts = {partner: pair[place] for partner, pair in given.items()}
        for partner, amount in {**amounts, "ensemble": sum(amounts.values())}.items():
            kind = "" if partner == "ensemble" else "public"
            rows.append([partner, kind, year, *number(amount, 0, "eur_thousand")])
    columns = ["id", "partner", "kind", "period", *NUMBERED]
    told = [[f"{name}/apports/{place}", *row] for place, row in enumerate(rows, start=1)]
    write(folder / "apports.csv", columns, told)
    dimensions = [["partner", code, "no", "", "", ""] for code in given]
    dimensions.append(["partner", "ensemble", "yes", "yes", "", ""])
    dimensions += [["partner_kind", "public", "no", "yes", "public_funds", ""]] if kinds else []
    columns = ["dimension", "code", "total", "exhaustive", "group", "kind"]
    write(folder / "framework" / "dimensions.csv", columns, dimensions)
    titles = [["partner", code, "fr", "title", f"Partenaire {code}", "organisation", name] for code in given]
    titles += [["partner", "ensemble", "fr", "title", "Ensemble", "ours", ""]]
    titles += [["document", name, "fr", "title", "Stratégie 2022–2025, mi-parcours", "ours", ""]]
    titles += [["funds", "public_funds", "fr", "title", "Fonds publics", "ours", ""]] if kinds else []
    columns = ["kind", "code", "language", "form", "text", "wording", "document"]
    write(folder / "framework" / "titles.csv", columns, titles)
    shown = ["contributions_by_partner", "contributions_concentration"]
    shown += ["contributions_by_source"] if kinds else []
    columns = ["number", "chapter", "section", "kind", "conditions", "options", "status", "notes", "missing"]
    chapter = "05_development_cooperation"
    layout = [[f"Annexe {place}", chapter, "contributions", kind, "", "", "reproduced", "", ""]
              for place, kind in enumerate(shown, start=1)]  # fmt: skip
    write(folder / "exhibits.csv", columns, layout)
    (folder / "document.toml").write_text(
        'organisation = "anse"\nkind = "review"\nsymbol = "ANSE/2"\nperiod = "2022-25"\n'
        'periods = ["2022", "2023"]\nyear = 2024\n\n[title]\nen = "Strategy"\n\n'
        '[short_title]\nen = "Strategy"\n\n[files]\n'
        'apports = { title = "Apports", place = "Annexe", table = "contributions" }\n\n[fields]\n'
        'printed = { type = "string", description = "Tel qu’imprimé", decimalChar = "," }\n',
        encoding="utf-8",
    )
    return folder
