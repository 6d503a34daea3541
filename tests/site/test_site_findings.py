"""What the audit found stands where readers are; all can be searched; only a page's own scripts run."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html import unescape

import nbformat
import pytest
from nbformat import v4 as nbf

from analysis.audit.claims_table import claims_template
from analysis.audit.findings import explained_cases, findings
from analysis.audit.opening import open_audit
from analysis.audit.verdicts import DISCREPANCY, EXPLAINED
from analysis.exhibits.catalogue import find
from analysis.exhibits.layout import make
from analysis.labels import Catalogue
from analysis.office.export import write_exhibit
from analysis.printed.resolve import resolve
from analysis.printed.security import policy
from analysis.printed.traces import Traces, Verdicts
from analysis.site.exhibit_page import exhibit_page, marking
from analysis.site.findings_pages import pages_of, stem_of, write_findings_pages
from analysis.site.search_page import search_page


@pytest.fixture(scope="module")
def audit(register, biennium, recorded):
    return open_audit(register, biennium, recorded)


@pytest.fixture(scope="module")
def labels(recorded):
    return Catalogue("en", recorded)


@pytest.mark.slow
def test_each_finding_and_explained_case_has_a_page_and_all_are_listed(audit, labels, tmp_path):
    written = write_findings_pages(audit, labels, tmp_path)
    every = [*findings(audit, labels), *explained_cases(audit, labels)]
    assert [path.stem for path in written[1:]] == [stem_of(each.id) for each in every]
    contents = written[0].read_text(encoding="utf-8")
    for each, path in zip(every, written[1:], strict=True):
        assert f'href="{path.name}"' in contents
        text = unescape(path.read_text(encoding="utf-8"))
        assert each.statement in text
        assert each.cause in text
        assert each.id in text
    known = pages_of(audit, labels)
    assert {each.claim.id for each in audit.discrepancies} <= set(known)


@pytest.mark.slow
def test_a_finding_s_lead_says_its_two_sides_and_not_its_title_again(audit, recorded, tmp_path):
    french = Catalogue("fr", recorded)
    every = {each.id: each for each in findings(audit, french)}
    young = every["implementation-2020-21/prose/126.1"]
    assert young.sides == "7,9\u00a0% (partie I), 15,2\u00a0% (tableau 1)."
    assert every["implementation-2020-21/contradictions/2361"].sides == ""
    for each in every.values():
        assert each.statement not in each.sides
        assert each.sides[:1] not in tuple(" :(")
    written = {path.stem: path for path in write_findings_pages(audit, french, tmp_path)}
    page = written[stem_of(young.id)].read_text(encoding="utf-8")
    assert f'<p class="lead">{young.sides}</p>' in page
    lone = written[stem_of("implementation-2020-21/contradictions/2361")].read_text(encoding="utf-8")
    assert 'class="lead"' not in lone


def test_words_that_stay_english_are_marked_as_such():
    said = marking("partie I, Annus <mirabilis>, ligne 5", ("Annus <mirabilis>",), "en")
    assert said == 'partie I, <span lang="en">Annus &lt;mirabilis&gt;</span>, ligne 5'
    assert marking("partie I", (), "en") == "partie I"


@pytest.mark.slow
def test_a_contradicted_number_is_marked_and_its_page_wears_no_green_badge(
    audit, labels, recorded, biennium, tmp_path
):
    pages = pages_of(audit, labels)

    def shown(identifier: str, verdicts: Verdicts) -> str:
        exhibit = make(find(identifier, recorded), recorded, biennium)
        pair = exhibit, resolve(exhibit, recorded, labels)
        write_exhibit(pair[1], tmp_path)
        return exhibit_page(pair, (None, None), tmp_path, Traces(recorded, labels, verdicts, pages))

    printed = Verdicts(audit)
    graver = Verdicts(audit)
    for place, checks in graver.printed.items():
        against = (replace(check, verdict=DISCREPANCY) for check in checks if check.verdict == EXPLAINED)
        graver.printed[place] = [*against, *checks]

    marked = shown("results_by_region", printed)
    assert marked.count('class="n contradicted"') == 1
    assert 'class="status contradicted"><a href="../findings/' in marked
    assert 'class="status reproduced"' not in marked
    assert "note against" not in shown("contributions_by_source", printed), (
        "another measure, by its own words"
    )
    drawn = shown("contributions_by_source", graver)
    told = re.search(r'<p class="note against">(.*?)</p>', drawn, re.S)[1]
    assert told.count('<a href="../findings/') == 6, "the chart draws six shares, contradicted here"
    assert re.search(r'prose-188\.3\.html">Domestic development funding · [^<]* \(4\.7\)</a>', told)
    plain = shown("results_against_targets_level_outcome", printed)
    assert 'class="n contradicted"' not in plain
    assert "note against" not in plain
    assert 'class="status reproduced"' in plain


def entries_of(page: str) -> list[list[str]]:
    held = re.search(r'<script type="application/json" id="entries">(.*?)</script>', page, re.S)
    return json.loads(held[1])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("896", "number"),
        ("kuwait", "number"),
        ("kuwait", "exhibit"),
        ("carbon", "finding"),
        ("1203.2", "number"),
    ],
)
def test_cells_numbers_and_findings_can_be_searched(audit, labels, recorded, biennium, words, kind):
    shown = ("contributions_by_partner", "results_against_targets_level_outcome")
    exhibits = [resolve(make(find(name, recorded), recorded, biennium), recorded, labels) for name in shown]
    entries = entries_of(search_page(audit, labels, exhibits))
    assert len([each for each in entries if each[0] == "number"]) == len(audit.judgements)
    found = [each for each in entries if words in " ".join(each).lower()]
    assert kind in {each[0] for each in found}


@pytest.mark.slow
def test_only_scripts_of_the_page_itself_run(audit, labels):
    page = search_page(audit, labels, [])
    allowed = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    rules = unescape(allowed)
    scripts = [
        found[2]
        for found in re.finditer(r"<script([^>]*)>(.*?)</script>", page, re.S)
        if "application/json" not in found[1]
    ]
    sums = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts]
    assert scripts
    assert all(f"'sha256-{each}'" in rules for each in sums)
    assert "default-src 'none'" in rules
    assert "'unsafe-inline'" not in rules.partition("script-src")[2].partition(";")[0]


@pytest.mark.slow
def test_a_notebooks_page_runs_the_script_of_the_audits_table_and_no_other(biennium, tmp_path):
    from analysis.site.notebook_pages import write_pages  # here, for what it imports takes a second

    smuggled = "<script>alert(1)</script>"
    output = nbf.new_output("display_data", {"text/html": f"{smuggled}<p>seen</p>"})
    notebook = nbf.new_notebook(cells=[nbf.new_code_cell("show()", outputs=[output])])
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook, tmp_path / "notebooks" / "06_audit.ipynb")
    page = write_pages(tmp_path, biennium, "en")[0].read_text(encoding="utf-8")
    rules = unescape(re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1])
    assert smuggled in page
    assert base64.b64encode(hashlib.sha256(b"alert(1)").digest()).decode() not in rules
    own = re.findall(r"<script>(.*?)</script>", claims_template(), re.S)
    assert [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() in rules for each in own] == [
        True
    ]


def test_a_page_without_scripts_runs_none_and_data_need_no_entry():
    assert "script-src 'none'" in policy("<p>text</p>")
    assert "script-src 'none'" in policy('<script type="application/json">{"a": 1}</script>')
