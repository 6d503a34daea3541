"""The site as files: what it links is there, each number has its trace, nothing needs a network."""

import json
import re
import shutil
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from made_report import SHOWN, kept_report

from analysis.audit.opening import open_audit
from analysis.audit.readings import reading
from analysis.cli import main
from analysis.documents import write_site_again
from analysis.exhibits.catalogue import definitions, find
from analysis.exhibits.layout import make
from analysis.exhibits.sentences import sentences_of_period
from analysis.labels import Catalogue
from analysis.printed.resolve import resolve
from analysis.printed.summary import summary_of
from analysis.printed.traces import Traces, Verdicts
from analysis.quantities import share, total, value
from analysis.running.manifest import made_from, write_manifest
from analysis.site import switch
from analysis.site.exhibit_page import exhibit_page
from analysis.site.findings_pages import pages_of
from analysis.site.notebook_pages import write_pages
from analysis.site.switch import pages_in
from analysis.site.writing import _said, write_contents

pytestmark = pytest.mark.slow

EXHIBITS = [name for names in SHOWN.values() for name in names]


class Read(HTMLParser):
    """Links, pictures, ids and text of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.targets, self.ids, self.buttons, self.images = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.targets += [named[name] for name in ("href", "src") if named.get(name)]
        self.ids += [named["id"]] if "id" in named else []
        self.buttons += [named["data-trace"]] if "data-trace" in named else []
        self.images += [named] if tag == "img" else []


@pytest.fixture(scope="module")
def folder(tmp_path_factory, register):
    root = tmp_path_factory.mktemp("reports")
    made = kept_report(tmp_path_factory, register, "en", root / "2020-21" / "en")
    asked = {"organisation": "ilo", "biennium": "2020-21", "language": "en", "corrected": False}
    asked |= {"only": [], "documents": True, "further": {}}
    write_manifest(made, asked, made_from(register.root, "en"))
    write_contents(register, root)
    return made


def traces_of(text: str) -> dict:
    """Return the traces of a page, with the words in the sentences that name them by their place."""
    found = re.search(r'<script type="application/json" id="traces">(.*?)</script>', text, re.S)
    held = json.loads(found[1])
    for number in held["numbers"].values():
        number["sentence"] = re.sub(
            "\ue000(\\d+)\ue001", lambda place: held["words"][int(place[1])], number["sentence"]
        )
    return held


def test_every_exhibit_has_its_page(folder):
    assert sorted(path.stem for path in (folder / "exhibits").iterdir()) == sorted(EXHIBITS)


def test_every_link_leads_to_a_file_and_none_to_a_network(folder):
    for path in (*folder.glob("*.html"), *folder.glob("exhibits/*.html"), *folder.glob("findings/*.html")):
        for target in Read(path.read_text(encoding="utf-8")).targets:
            if target.startswith(("#", "data:")):
                continue
            assert "://" not in target
            assert (path.parent / re.split("[?#]", target)[0]).resolve().is_file(), f"{path.name}: {target}"


def test_the_number_of_discrepancies_leads_to_the_findings(folder):
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert re.search(r'<a href="findings/index\.html">discrepancy \(\d+\)</a>; explained', page)


def test_ids_are_unique_and_pictures_have_words(folder):
    for path in (folder / "index.html", *folder.glob("exhibits/*.html")):
        page = Read(path.read_text(encoding="utf-8"))
        assert len(page.ids) == len(set(page.ids))
        assert all("alt" in each for each in page.images)
    chart = (folder / "exhibits" / "results_against_targets_level_outcome.html").read_text(encoding="utf-8")
    assert "199" in Read(chart).images[0]["alt"]


def test_every_number_has_a_trace_and_every_trace_a_number(folder):
    for path in (folder / "index.html", *folder.glob("exhibits/*.html")):
        text = path.read_text(encoding="utf-8")
        numbers = traces_of(text)["numbers"]
        assert sorted(Read(text).buttons) == sorted(numbers)
        for each in numbers.values():
            assert each["sentence"].endswith(".")
            assert each["inputs"] or "(0 rows of" in each["sentence"]


def test_a_trace_holds_the_words_of_what_it_reads_once_and_the_whole_sentence(folder, recorded, biennium):
    exhibit = make(find("trends_table", recorded), recorded, biennium)
    text = (folder / "exhibits" / "trends_table.html").read_text(encoding="utf-8")
    held = traces_of(text)
    assert len(held["words"]) == len(set(held["words"])) > 1
    for key, number in held["numbers"].items():
        row, column = map(int, key.split("-"))
        cell = exhibit.table.rows[row].cells[column]
        assert number["sentence"] == reading(cell, recorded, Catalogue("en", recorded))
    assert not any(text.count(json.dumps(phrase, ensure_ascii=False)[1:-1]) > 1 for phrase in held["words"])


def test_a_trace_names_value_inputs_and_verdict(folder, register):
    held = traces_of(
        (folder / "exhibits" / "results_against_targets_level_outcome.html").read_text(encoding="utf-8")
    )
    achieved = held["numbers"]["1-1"]
    assert (achieved["text"], achieved["value"]) == ("117", "117 results")
    printed = [held["rows"][place] for place in achieved["inputs"]]
    assert sum(int(row[0]) for row in printed) == 117
    path, row = printed[0][3].rsplit(":", 1)
    line = (register.root / path).read_text(encoding="utf-8").splitlines()[int(row) - 1]
    assert printed[0][0] in line
    table = (folder / "exhibits" / "trends_table.html").read_text(encoding="utf-8")
    first = traces_of(table)["numbers"]["0-0"]
    assert first["claims"][0]["printed"] == first["text"]


def test_a_verdict_is_found_by_the_printed_number_and_by_what_recomputes_it(register, recorded, biennium):
    audit = open_audit(register, biennium, recorded)
    verdicts = Verdicts(audit)
    claim = next(each.claim for each in audit.judgements if each.claim.quantity is not None)
    assert claim.id in [each.claim.id for each in verdicts.on(claim.quantity, recorded)]
    row = recorded[claim.table].records[claim.row]
    printed = value(claim.table, id=row["id"])
    assert claim.id.split("#")[0] in [each.claim.id for each in verdicts.on(printed, recorded)]
    whole = total("report.output_indicators", measure="result", region="all", unit="result")
    assert verdicts.on(share(whole, whole), recorded) == []


def test_traces_cannot_close_their_script(recorded, register, biennium):
    traces = Traces(recorded, Catalogue("en", recorded), Verdicts(open_audit(register, biennium, recorded)))
    quantity = total("report.output_indicators", measure="result", region="all", unit="result")
    traces.add("a", quantity, "</script><b>", "896")
    assert "<" not in traces.payload()
    assert json.loads(traces.payload())["numbers"]["a"]["title"] == "</script><b>"


def test_notebooks_lead_to_the_traces_once(register, folder, tmp_path):
    made = shutil.copytree(folder, tmp_path / "en")
    before = (made / "02_results.html").read_text(encoding="utf-8")
    shown = [name for name in SHOWN["02_results"] if not name.startswith("lost_graphic")]
    assert before.count('class="traced"') == len(shown) < len(SHOWN["02_results"]), "a lost one has no number"
    write_site_again(register, register.period("2020-21"), "en", made)
    assert (made / "02_results.html").read_text(encoding="utf-8") == before


def test_a_notebooks_pictures_are_the_reports_own_files_and_fetched_when_seen(folder):
    for name in ("02_results.html", "02_results.code.html"):
        page = Read((folder / name).read_text(encoding="utf-8"))
        assert page.images
        for each in page.images:
            assert each["src"] == f"figures/{Path(each['src']).name}"
            assert (folder / each["src"]).is_file()
            assert each["loading"] == "lazy"
            assert int(each["width"]) > int(each["height"]) / 4 > 0


def test_a_picture_that_is_not_the_reports_file_stays_in_its_page(register, folder, tmp_path):
    made = shutil.copytree(folder, tmp_path / "en")
    name = "results_against_targets_level_outcome"
    (made / "figures" / f"{name}.svg").write_text("<svg/>", encoding="utf-8")
    write_pages(made, register.period("2020-21"), "en")
    write_site_again(register, register.period("2020-21"), "en", made)
    page = Read((made / "02_results.html").read_text(encoding="utf-8"))
    inside = [each for each in page.images if each["src"].startswith("data:image/svg+xml;base64,")]
    assert len(inside) == 1


def test_a_page_above_its_bytes_is_told(register, folder, tmp_path, monkeypatch):
    made = shutil.copytree(folder, tmp_path / "en")
    monkeypatch.setattr("analysis.site.writing.HEAVIEST", 100_000)
    with pytest.warns(UserWarning, match=r"pages above 100,000 bytes: search\.html \(\d{3},\d{3} bytes\)"):
        write_site_again(register, register.period("2020-21"), "en", made)


def test_the_same_folder_makes_the_same_pages(register, folder, tmp_path):
    made = shutil.copytree(folder, tmp_path / "en")
    for path in write_site_again(register, register.period("2020-21"), "en", made):
        assert path.read_bytes() == (folder / path.relative_to(made)).read_bytes()


def test_the_contents_link_each_biennium_and_language(folder, capsys):
    root = folder.parents[1]
    shutil.copytree(folder, root / "2018-19" / "zh", dirs_exist_ok=True)
    (root / "2018-19" / "xx").mkdir(exist_ok=True)
    (root / "2018-19" / "xx" / "index.html").touch()
    assert main(["site", "--all", "--output", str(root)]) == 0
    assert capsys.readouterr().out.strip() == str(root / "index.html")
    targets = Read((root / "index.html").read_text(encoding="utf-8")).targets
    assert [each for each in targets if each.count("/") == 2] == [
        "2020-21/en/index.html",
        "2018-19/zh/index.html",
    ]
    shutil.rmtree(root / "2018-19")


def test_a_language_on_the_page_of_all_reports_has_the_colon_of_its_own(register, tmp_path):
    for language in ("fr", "zh"):
        (tmp_path / "2020-21" / language).mkdir(parents=True)
        (tmp_path / "2020-21" / language / "index.html").touch()
    page = write_contents(register, tmp_path).read_text(encoding="utf-8")
    assert ">Français\N{NO-BREAK SPACE}: " in page
    assert ">中文：" in page


def test_the_command_writes_a_site_anew_and_the_sums_with_it(folder, capsys):
    root = folder.parents[1]
    before = (folder / "index.html").read_bytes()
    (folder / "index.html").unlink()
    assert main(["site", "--output", str(root)]) == 0
    assert (folder / "index.html").read_bytes() == before
    assert "index.html" in (folder / "SHA256SUMS").read_text()
    assert str(folder / "index.html") in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["2021-22"], 2, "starts on an odd year"),
        (["--language", "xx"], 2, "no language 'xx'"),
        (["--language", "zh"], 2, "run `analysis reproduce 2020-21 --language zh` first"),
        (["--all"], 2, "run `analysis reproduce` first"),
    ],
)
def test_what_cannot_be_written_is_one_line(words, code, said, tmp_path, capsys):
    assert main(["site", *words, "--output", str(tmp_path)]) == code
    message = capsys.readouterr().err
    assert said in message
    assert message.count("\n") == 1


def test_a_page_offers_each_language_and_only_periods_whose_record_has_it(register, folder):
    recorded = register.recorded("2018-19")
    period = register.period("2018-19")
    made = {definition.id: make(definition, recorded, period) for definition in definitions(recorded)}
    shows = {f"exhibits/{name}.html" for name, exhibit in made.items() if exhibit.table or exhibit.charts}
    found = pages_of(open_audit(register, period, recorded), Catalogue("en", recorded))
    held = {f"findings/{stem}.html" for stem in found.values()}
    offered = set()
    for page in pages_in(folder):
        end = re.search(
            r'<span class="switch">(.*)</span></nav>', (folder / page).read_text(encoding="utf-8")
        )
        wanted = re.findall(r"&amp;to=([^\"]+)", end[1])
        assert wanted[:3] == ["2020-21/es", "2020-21/fr", "2020-21/zh"], page
        assert wanted[3:] in ([], ["2018-19/en"]), page
        offered |= {page} if wanted[3:] else set()
    inside = {page for page in pages_in(folder) if page.startswith(("exhibits/", "findings/"))}
    assert offered & inside == (inside & (shows | held)) | {"findings/index.html"}
    assert inside - offered
    assert {"index.html", "search.html", "02_results.html", "02_results.code.html"} <= offered
    assert "05_development_cooperation.html" in set(pages_in(folder)) - offered


def test_pages_that_every_period_has_are_offered_without_its_record(monkeypatch, register, biennium):
    monkeypatch.setattr(switch, "_held", lambda *_: pytest.fail("opened the record of another period"))
    beside = switch.reports_beside(register, biennium, "en", ["index.html", "search.html"])
    assert {other.lacks for other in beside} == {frozenset()}
    with pytest.raises(pytest.fail.Exception, match="another period"):
        switch.reports_beside(register, biennium, "en", ["index.html", "02_results.html"])


def test_the_first_page_says_what_fell_short_and_what_stands_out(register, recorded, biennium, folder):
    labels = Catalogue("en", recorded)
    made = [(find(name, recorded), make(find(name, recorded), recorded, biennium)) for name in EXHIBITS]
    shown = [(*pair, resolve(pair[1], recorded, labels)) for pair in made]
    parts = summary_of(recorded, biennium, labels, shown, open_audit(register, biennium, recorded))
    page = unescape((folder / "index.html").read_text(encoding="utf-8"))
    (results,) = [part for part in parts if part.title == labels("notebook.02_results")]
    assert len(results.paragraphs) == 3
    for paragraph in results.paragraphs[1:]:
        assert f'<p class="said">{paragraph}</p>' in page
    assert "3. Transitions and employment (−11%)" in results.paragraphs[1]


@pytest.mark.parametrize(
    ("language", "amounts"),
    [
        ("en", ("US$1,104.7 million", "US$966.6 million", "US$1.23 million per result")),
        ("zh", ("11.047亿美元", "9.666亿美元", "123万美元")),
    ],
)
def test_amounts_of_the_first_page_bear_their_units(recorded, register, biennium, language, amounts):
    labels, audit = Catalogue(language, recorded), open_audit(register, biennium, recorded)
    traces = Traces(recorded, labels, Verdicts(audit))
    sentences = _said("03_budget_and_expenditure", sentences_of_period(recorded, biennium), traces)
    said = " ".join(re.sub(r"<[^>]+>", "", text) for text in sentences)
    assert all(amount in said for amount in amounts), said
    assert "\ue000" not in said


@pytest.mark.slow
@pytest.mark.parametrize("language", ["fr", "zh"])
def test_a_colon_is_set_as_the_language_sets_it(register, recorded, biennium, language, tmp_path):
    labels = Catalogue(language, recorded)
    pairs = [make(find(name, recorded), recorded, biennium) for name in EXHIBITS[:3]]
    shown = [(exhibit, resolve(exhibit, recorded, labels)) for exhibit in pairs]
    for form in ("svg", "csv"):
        for chart in shown[1][1].charts:
            path = tmp_path / "figures" / f"{chart.id}.{form}"
            path.parent.mkdir(exist_ok=True)
            path.write_text("<svg viewBox='0 0 1 1'></svg>", encoding="utf-8")
    traces = Traces(recorded, labels, Verdicts(open_audit(register, biennium, recorded)))
    page = exhibit_page(shown[1], (shown[0][1], shown[2][1]), tmp_path, traces)
    for key, title in (("previous", shown[0][1].title), ("next", shown[2][1].title)):
        words = labels("label.meaning", shorthand=labels(f"site.{key}"), meaning=title)
        assert f">{escape(words)}</a>" in page
        assert ": " not in words.replace(title, "").replace("\N{NO-BREAK SPACE}: ", "")
    assert f'<p class="files">{labels("site.figure")}: ' not in page
    assert f'<p class="files">{labels("site.figure")}:\n' not in page
