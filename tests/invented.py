"""A report that nobody wrote: codes, titles, numbers of figures and names of files are random strings.

What a run says must come from these data alone: a word or a code of a real document in the output shows that
the code knows it.
"""

from __future__ import annotations

import csv
import random
import shutil
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.sources.descriptor import register

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "fr", "es", "zh")
STATES = ("planned", "in_progress", "achieved")
NUMBERED = ["printed", "value", "decimals", "unit", "qualifier", "status", "place", "line", "note"]


@dataclass
class Invented:
    """An invented report, and every string in it that was drawn.

    Attributes
    ----------
    root : Path
        The project.
    outcomes, regions, sources, programmes, indicators, trends : list of str
        Codes.
    titles : dict
        Key and language to title.
    files : dict
        Table to the name of its file.
    numbers : list of str
        Of figures and tables, as printed.
    """

    root: Path
    draw: random.Random
    outcomes: list[str] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, str] = field(default_factory=dict)
    regions: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    trends: list[str] = field(default_factory=list)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    document: str = ""
    _taken: set[str] = field(default_factory=set)

    def word(self, length: int = 7) -> str:
        """Return a word that was not drawn before."""
        while True:
            found = "".join(
                self.draw.choice("bcdfghjklmnprstvwz" if n % 2 else "aeiou") for n in range(length)
            )
            if found not in self._taken:
                self._taken.add(found)
                return found

    def title(self, key: str, *languages: str, form: str = "title") -> None:
        """Draw a title in some languages, all four by default."""
        for language in languages or LANGUAGES:
            self.titles[key, language, form] = f"{self.word().capitalize()} {self.word()}"


def invent(root: Path, seed: int, outcomes: int = 3, regions: int = 2, period: str = "2022-23") -> Invented:
    """Write a project that holds one invented report, registered.

    Parameters
    ----------
    root : Path
        An empty folder.
    seed : int
        What the strings are drawn from.
    outcomes, regions : int
        How many there are.
    period : str
    """
    asked = seed, outcomes, regions, period
    if asked not in _MADE:
        _MADE[asked] = _written(Invented(root, random.Random(seed)), outcomes, regions, period)
    made, files = _MADE[asked]
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return replace(deepcopy(made), root=root)


_MADE: dict[tuple[int, int, int, str], tuple[Invented, dict[str, bytes]]] = {}
"""What was invented in this process, by what it was asked with: its files are written again, as they were."""


def _written(made: Invented, outcomes: int, regions: int, period: str) -> tuple[Invented, dict[str, bytes]]:
    """Write a report for the first time; return it as it was then, and its files."""
    root = made.root
    made.document = f"{made.word()}-{made.word()}"
    shutil.copytree(ROOT / "data" / "organisations", root / "data" / "organisations")
    (root / "notebooks").mkdir()
    for path in ROOT.glob("notebooks/0[1-68]_*.ipynb"):
        shutil.copy(path, root / "notebooks")
    folder = root / "data" / "raw" / made.document
    (folder / "framework").mkdir(parents=True)
    for name in ("fields.toml", "counted.toml"):
        shutil.copy(ROOT / "data" / "raw" / name, root / "data" / "raw" / name)
    _codes(made, outcomes, regions)
    tables = _tables(made, period)
    for table, (columns, rows) in tables.items():
        made.files[table] = made.word(9)
        ids = [[f"{made.document}/{made.files[table]}/{number}", *row] for number, row in enumerate(rows, 1)]
        _write(folder / f"{made.files[table]}.csv", ["id", *columns, *NUMBERED], ids)
    _evidence(made, folder, tables["output_indicators"][1])
    _framework(made, folder / "framework")
    _layout(made, folder / "exhibits.csv")
    (folder / "document.toml").write_text(_document(made, period), encoding="utf-8")
    register(root / "data" / "raw")
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return made, files


def _evidence(made: Invented, folder: Path, results: list[list[str]]) -> None:
    """Write two pieces of evidence of the first result of all regions."""
    place = next(number for number, row in enumerate(results, 1) if row[3:5] == ["result", "whole"])
    made.files["evidence"] = made.word(9)
    start = f"{made.document}/{made.files['evidence']}"
    of = f"{made.document}/{made.files['output_indicators']}/{place}"
    rows = [[f"{start}/{number}", of, made.word(), "Annex", "1"] for number in (1, 2)]
    _write(folder / f"{made.files['evidence']}.csv", ["id", "result", "statement_en", "place", "line"], rows)


def _codes(made: Invented, outcomes: int, regions: int) -> None:
    made.regions = [made.word(5) for _ in range(regions)]
    made.sources = [made.word(5) for _ in range(2)]
    made.programmes = [made.word(6) for _ in range(3)]
    made.trends = [made.word(8) for _ in range(2)]
    for _ in range(outcomes):
        outcome = made.word(3).upper()
        made.outcomes.append(outcome)
        for _ in range(made.draw.randint(1, 2)):
            output = f"{outcome}.{made.word(2)}"
            made.outputs[output] = outcome
            for _ in range(made.draw.randint(1, 3)):
                made.indicators[f"{output}.{made.word(2)}"] = output
    for level in ("outcome", "output", "indicator"):
        made.title(f"level.{level}")
    for outcome in made.outcomes:
        made.title(f"outcome.{outcome}")
        made.title(f"outcome.{outcome}", form="short")
    for key, codes in (("output", made.outputs), ("region", made.regions), ("source", made.sources)):
        for code in codes:
            made.title(f"{key}.{code}")
    for key, codes in (("programme", made.programmes), ("decent_work", made.trends)):
        for code in codes:
            made.title(f"{key}.{code}")
    for number, code in enumerate(made.indicators):
        made.title(f"indicator.{code}", *(LANGUAGES if number else ("en",)))
    made.title(f"document.{made.document}")


def _number(value: object, decimals: int, unit: str) -> list[str]:
    return [str(value), str(value), str(decimals), unit, "", "reported", "Annex", "1", ""]


def _results(made: Invented, period: str) -> tuple[list[list[str]], dict[str, int]]:
    """Draw the results of every indicator; return them and their sum in each region."""
    draw, results, counted = made.draw, [], dict.fromkeys(made.regions, 0)
    for code, output in made.indicators.items():
        of = [code, output, made.outputs[output]]
        parts = {region: draw.randint(1, 40) for region in made.regions}
        for region, number in parts.items():
            counted[region] += number
        goal, reached = draw.randint(5, 90), sum(parts.values())
        for measure, region, number in (("target", "whole", goal), ("result", "whole", reached)):
            state = draw.choice(STATES) if measure == "result" else ""
            date = f"{period[:4]}-{draw.randint(1, 12):02}" if state else ""
            results.append([*of, measure, region, period, state, date, *_number(number, 0, "result")])
        for region, number in parts.items():
            results.append([*of, "result", region, period, "", "", *_number(number, 0, "result")])
    return results, counted


def _shares(counted: dict[str, int]) -> dict[str, int]:
    """Return each region's share in whole per cent, a half upwards."""
    every = sum(counted.values())
    return {region: (200 * number + every) // (2 * every) for region, number in counted.items()}


def _tables(made: Invented, period: str) -> dict[str, tuple[list[str], list[list[str]]]]:
    draw, first = made.draw, int(period[:4])
    results, counted = _results(made, period)
    while sum(_shares(counted).values()) != 100:  # a report that contradicts itself is for other tests
        results, counted = _results(made, period)
    printed = []
    for region, share in _shares(counted).items():
        printed.append([region, "results", period, *_number(counted[region], 0, "result")])
        printed.append([region, "share", period, *_number(share, 0, "percent")])
    budget = []
    for outcome in made.outcomes:
        sums = {}
        for measure in ("strategic_budget", "actual_expenditure"):
            amounts = [draw.randint(10, 900) for _ in made.sources]
            sums[measure] = sum(amounts)
            for source, amount in zip(made.sources, amounts, strict=True):
                row = [outcome, source, measure, period, *_number(f"{amount / 10:.1f}", 1, "usd_million")]
                budget.append(row)
            whole = f"{sums[measure] / 10:.1f}"
            budget.append([outcome, "sum", measure, period, *_number(whole, 1, "usd_million")])
    staff = []
    for place, outcome in enumerate(made.outcomes, start=1):
        left = 100
        for programme in made.programmes[:-1]:
            share = draw.randint(1, 40)
            left -= share
            staff.append([str(place), outcome, programme, period, *_number(share, 0, "percent")])
        staff.append([str(place), outcome, made.programmes[-1], period, *_number(left, 0, "percent")])
    trends = [
        [
            code,
            "SEX_T",
            "YTHADULT_YGE15",
            str(year),
            *_number(f"{draw.randint(10, 900) / 10:.1f}", 1, "percent"),
        ]
        for code in made.trends
        for year in range(first - 2, first + 2)
    ]
    return {
        "output_indicators": (
            ["indicator", "output", "outcome", "measure", "region", "period", "progress", "achieved"],
            results,
        ),
        "results_by_region": (["region", "measure", "period"], printed),
        "budget_by_outcome": (["outcome", "source", "measure", "period"], budget),
        "staff_inputs": (["figure", "outcome", "programme", "period"], staff),
        "decent_work_indicators": (["indicator", "sex", "age", "period"], trends),
    }


def _framework(made: Invented, folder: Path) -> None:
    columns = [
        "level",
        "code",
        "parent",
        "kind",
        "unit",
        "direction",
        "measure",
        "adds_up",
        "continues",
        "continues_why",
        "changed",
    ]
    nodes = [
        ["outcome", code, "", "policy", "", "more_is_better", "", "", "", "", ""] for code in made.outcomes
    ]
    nodes += [["output", code, of, *[""] * 8] for code, of in made.outputs.items()]
    nodes += [
        ["indicator", code, of, "", "result", "", "unit", "sum", "", "", ""]
        for code, of in made.indicators.items()
    ]
    _write(folder / "nodes.csv", columns, nodes)
    rows = [["region", code, "no", "", "", ""] for code in made.regions] + [
        ["region", "whole", "yes", "yes", "", ""]
    ]
    rows += [["source", code, "no", "", "", ""] for code in made.sources] + [
        ["source", "sum", "yes", "yes", "", ""]
    ]
    rows += [["programme", code, "no", "yes", "", ""] for code in made.programmes]
    rows += [["sex", "SEX_T", "yes", "no", "", ""]]
    _write(folder / "dimensions.csv", ["dimension", "code", "total", "exhaustive", "group", "kind"], rows)
    titles = [
        [
            *key.split(".", 1),
            language,
            form,
            text,
            "organisation" if form == "title" else "ours",
            made.document,
        ]
        for (key, language, form), text in made.titles.items()
    ]
    titles += [["level", level, language, "numbered", "{code} {title}", "ours", ""]
               for level in ("outcome", "output", "indicator") for language in LANGUAGES]  # fmt: skip
    _write(folder / "titles.csv", ["kind", "code", "language", "form", "text", "wording", "document"], titles)


def _layout(made: Invented, path: Path) -> None:
    c1, c2, c3 = "01_decent_work_trends", "02_results", "03_budget_and_expenditure"
    rows = [
        (c1, "decent_work", "trends_table", ""),
        *((c1, "trends", "trend", f"indicator={code}") for code in made.trends),
        (c2, "results", "results_against_targets", "level=outcome"),
        (c2, "regions", "results_by_region", ""),
        (c2, "regions", "results_by_node_and_region", "level=outcome"),
        *((c2, "output_indicators", "results_by_indicator", f"outcome={code}") for code in made.outcomes),
        (c2, "output_indicators", "targets_by_indicator", "level=outcome"),
        (c2, "results", "progress_to_date", ""),
        (c3, "budget_by_outcome", "expenditure_by_node", "level=outcome"),
        *((c3, "budget_by_outcome", "budget_of_node", f"outcome={code}") for code in made.outcomes),
        (c3, "compared", "expenditure_by_source", "level=outcome"),
        (c3, "compared", "expenditure_against_budget", "level=outcome"),
        (c3, "compared", "expenditure_per_result", "level=outcome"),
        *((c3, "staff", "staff_inputs", f"outcome={code}") for code in made.outcomes),
    ]
    made.numbers = [f"Figure {made.draw.randint(100, 999)}.{place}" for place in range(len(rows))]
    listed = [
        [number, chapter, section, kind, conditions, "", "reproduced", "", ""]
        for number, (chapter, section, kind, conditions) in zip(made.numbers, rows, strict=True)
    ]
    _write(
        path,
        ["number", "chapter", "section", "kind", "conditions", "options", "status", "notes", "missing"],
        listed,
    )


def _document(made: Invented, period: str) -> str:
    files = "\n".join(
        f'{name} = {{ title = "{made.word()}", place = "Annex", table = "{table}" }}'
        for table, name in made.files.items()
    )
    return (
        f'organisation = "ilo"\nkind = "report"\nsymbol = "{made.word()}"\nperiod = "{period}"\n'
        f'periods = ["{period}"]\nyear = 2024\n\n[title]\nen = "{made.word()}"\n\n[short_title]\n'
        f'en = "{made.word()}"\n\n[files]\n{files}\n'
    )


def _write(path: Path, columns: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([columns, *rows])
