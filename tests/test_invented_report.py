"""A report of another framework is data: its strings are drawn anew in each run, and no code changes."""

import csv
import json
import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from invented import LANGUAGES, ROOT, invent

import analysis
from analysis.cli import main
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import LayoutError, make
from analysis.labels import Catalogue
from analysis.printed.resolve import resolve
from analysis.quantities import evaluate
from analysis.sources import descriptor
from analysis.sources.descriptor import RegisterError
from analysis.sources.register import Register

pytestmark = pytest.mark.slow

SEED = random.SystemRandom().randrange(10**9)
SIZES = {"small": (3, 2), "large": (10, 6)}


@pytest.fixture(scope="module", params=SIZES)
def made(request, tmp_path_factory):
    root = tmp_path_factory.mktemp(f"invented-{request.param}-{SEED}")
    return invent(root, SEED, *SIZES[request.param])


def own_titles() -> set[str]:
    """Titles of the real documents, long enough to be told apart."""
    found = set()
    for path in ROOT.glob("data/raw/*/framework/titles.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            found |= {
                row["text"]
                for row in csv.DictReader(lines)
                if len(row["text"]) > 11 and "{" not in row["text"]
            }
    return found


def said_in(resolved) -> list[str]:
    """Return every text of an exhibit."""
    texts = [resolved.title, resolved.number, resolved.source, *resolved.notes]
    if resolved.table:
        texts += [resolved.table.caption, *resolved.table.stub]
        texts += [label for row in resolved.table.rows for label in row.labels]
        texts += [text for column in resolved.table.columns for text in (column.label, column.group)]
        texts += [note.text for note in resolved.table.notes]
    for chart in resolved.charts:
        texts += [*chart.categories, *(series.label for series in chart.series), chart.alt]
    return texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_title_and_number_appears_and_none_of_a_real_document(made, language):
    register = Register(made.root)
    period = register.period()
    recorded = register.recorded(period)
    labels = Catalogue(language, recorded)
    whole = "\n".join(
        text
        for each in definitions(recorded)
        for text in said_in(resolve(make(each, recorded, period), recorded, labels))
    )
    plain = whole.casefold()
    for (key, tongue, form), title in made.titles.items():
        kind, _, code = key.partition(".")
        held = language if (key, language, form) in made.titles else "en"
        if tongue != held or (kind in ("outcome", "level") and form == "title" and code != "outcome"):
            continue
        if kind in ("output", "level") or (kind == "outcome" and form == "short"):
            continue
        assert title.casefold() in plain, (SEED, key, tongue, form)
    for code in (*made.outcomes, *made.indicators):
        assert code in whole, (SEED, code)
    numbers = {number.partition(" ")[2] for number in made.numbers}
    assert not [number for number in numbers if number not in whole], SEED
    assert not [title for title in own_titles() - package_words(language) if title in whole], SEED


def package_words(language: str) -> set[str]:
    """Return the package's own labels, which may read like a title."""
    from analysis.labels import label_texts

    return set(label_texts(language).values())


def test_a_title_without_translation_is_marked_and_counted(made):
    from analysis.tables.markup import html_table

    register = Register(made.root)
    recorded = register.recorded(register.period())
    first = next(iter(made.indicators))
    outcome = made.outputs[made.indicators[first]]
    definition = next(
        each
        for each in definitions(recorded)
        if each.conditions.get("outcome") == (outcome,) and "indicator" in each.id
    )
    exhibit = make(definition, recorded, register.period())
    french = resolve(exhibit, recorded, Catalogue("fr", recorded)).table
    assert french.foreign == {f"indicator.{first}": "en"}
    title = made.titles[f"indicator.{first}", "en", "title"]
    assert re.search(rf'<th scope="row" lang="en">{re.escape(first)} {title}', html_table(french))
    assert [note.text for note in french.notes if note.text.startswith("1 intitulés n’ont pas de traduction")]
    assert resolve(exhibit, recorded, Catalogue("en", recorded)).table.foreign == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_progress_to_date_shows_dates_states_and_evidence(made, language):
    register = Register(made.root)
    period = register.period()
    recorded = register.recorded(period)
    labels = Catalogue(language, recorded)
    (definition,) = [each for each in definitions(recorded) if each.id == "progress_to_date"]
    exhibit = make(definition, recorded, period)
    states = [row["progress"] for row in recorded["report.output_indicators"].records if row["progress"]]
    table = resolve(exhibit, recorded, labels).table
    assert len(table.rows) == len(states) == len(made.indicators)
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert [row[1] for row in cells] == [labels(f"progress.{state}") for state in states]
    assert all(re.fullmatch(r"2022-\d\d", row[2]) for row in cells)
    assert [row[3] for row in cells] == ["2"] + ["0"] * (len(cells) - 1)
    (chart,) = exhibit.charts
    counted = [int(evaluate(each, recorded).value) for each in chart.series[0].values]
    assert counted == [states.count(state) for state in ("planned", "in_progress", "achieved")]


def test_every_command_reads_it(made, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("ANALYSIS_ROOT", str(made.root))
    source = {
        path: path.read_bytes() for path in sorted((ROOT / "src").rglob("*.*")) if path.suffix != ".pyc"
    }
    for language in LANGUAGES:
        assert main(["list", "--language", language]) == 0
        assert made.numbers[0] in capsys.readouterr().out
        assert main(["audit", "--language", language, "--output", str(tmp_path / language)]) == 0
        words = ["export", made.numbers[3], "--format", "csv", "--language", language]
        assert main([*words, "--output", str(tmp_path / language)]) == 0
        name = f"results_against_targets_level_outcome-2022-23-{language}.csv"
        table = (tmp_path / language / name).read_text(encoding="utf-8")
        assert all(made.titles[f"outcome.{code}", language, "title"] in table for code in made.outcomes)
        capsys.readouterr()
    identifier = f"{made.document}/{made.files['output_indicators']}/1"
    assert main(["explain", identifier]) == 0
    assert made.document in capsys.readouterr().out
    assert main(["export", "figure_10_results_by_outcome"]) == 2
    report = analysis.open(root=made.root)
    frame = report.exhibit("results_by_region").to_frame()
    assert set(frame["row_key"]) == {*(f"region.{code}" for code in made.regions), "label.total"}
    assert source == {path: path.read_bytes() for path in source}


class Words(HTMLParser):
    """The text of a page, without style and script."""

    def __init__(self):
        super().__init__()
        self.text, self.inside = [], []

    def handle_starttag(self, tag, attrs):
        if tag in ("style", "script"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside:
            self.text.append(data)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_whole_report_of_it_is_made(made, language, capsys, monkeypatch):
    if len(made.outcomes) > 3:
        pytest.skip("the small one is enough for a whole report")
    monkeypatch.setenv("ANALYSIS_ROOT", str(made.root))
    assert main(["reproduce", "--language", language]) == 0
    told = capsys.readouterr()
    assert "04_gender_equality is not run" in told.out + told.err
    folders = [path.parent for path in (made.root / "reports").rglob("manifest.json")]
    folder = next(path for path in folders if path.name == language)
    pages = [path for path in sorted(folder.rglob("*.html")) if "code" not in path.name]
    assert len(pages) > 20
    words = Words()
    for path in pages:
        words.feed(path.read_text(encoding="utf-8"))
    whole = " ".join(words.text)
    for code in (*made.outcomes, *made.indicators):
        assert code in whole, (SEED, code)
    for code in made.regions:
        assert made.titles[f"region.{code}", language, "title"] in whole, (SEED, code)
    assert not [title for title in own_titles() - package_words(language) if title in whole], SEED
    assert (folder / "tables.xlsx").is_file()
    assert not list(Path(folder).rglob("*.part"))


def test_a_code_that_the_framework_lacks_stops_and_is_named(tmp_path):
    made = invent(tmp_path, SEED)
    path = tmp_path / "data" / "raw" / made.document / "framework" / "dimensions.csv"
    lost = f"region,{made.regions[0]},no,,,\n"
    path.write_text(path.read_text(encoding="utf-8").replace(lost, ""), encoding="utf-8")
    folder = tmp_path / "data" / "raw"
    with pytest.raises(RegisterError, match=rf"region: found '{made.regions[0]}'; expected a code of"):
        descriptor.register(folder)
    (folder / descriptor.DESCRIPTOR).write_text(
        json.dumps(descriptor.describe_record(folder)), encoding="utf-8"
    )
    register = Register(tmp_path)
    recorded = register.recorded(register.period())
    definition = next(each for each in definitions(recorded) if each.kind.name == "results_by_region")
    with pytest.raises(LayoutError, match=rf"holds region {made.regions[0]}, unknown to the framework"):
        make(definition, recorded, register.period())
