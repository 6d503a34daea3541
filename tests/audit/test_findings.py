import io
import json
import re
import sys
from dataclasses import replace

import docx
import pytest

from analysis.audit.claims_table import claims_html
from analysis.audit.findings import explained_cases, findings
from analysis.audit.findings_text import (
    LONGEST_SENTENCE,
    finding_entries,
    findings_markdown,
    findings_summary,
)
from analysis.audit.listing import COLUMNS, checks, listing, totals, write_csv
from analysis.audit.statements import statement
from analysis.audit.verdicts import EXPLAINED
from analysis.labels import Catalogue, languages
from analysis.office.audit_files import findings_document, write_audit
from analysis.sources.corrections import apply_corrections
from analysis.tables.fitting import PORTRAIT


@pytest.mark.slow
def test_the_page_of_findings_is_in_step_with_the_audit(judged, labels, root, biennium):
    page = root / "docs" / "findings" / f"{biennium}.md"
    assert page.read_text(encoding="utf-8") == findings_markdown(judged, labels, biennium.printed), (
        "run `analysis audit --findings docs/findings` and read what changed"
    )


@pytest.mark.slow
def test_each_discrepancy_is_a_finding_or_under_one(judged, labels):
    listed = findings(judged, labels)
    told = {each.id for each in listed} | {
        also.rsplit(", ", 1)[1][:-1] for each in listed for also in each.also
    }
    assert told == {each.claim.id for each in judged.discrepancies}


@pytest.mark.slow
def test_findings_come_by_severity_and_say_what_is_printed_where(judged, labels):
    listed = findings(judged, labels)
    order = ["material", "minor"]
    assert [each.severity for each in listed] == sorted((each.severity for each in listed), key=order.index)
    for each in listed:
        assert each.statement
        assert each.place
        assert each.cause or each.undecided


def test_a_finding_tells_the_printed_and_the_computed_number(judged, labels):
    found = {each.id: each for each in findings(judged, labels)}
    share = found["implementation-2020-21/results_by_region/europe_central_asia/share"]
    assert (share.printed, share.computed) == ("11%", "11.607%")
    assert "104" in share.follows
    contradiction = found["implementation-2020-21/contradictions/2176"]
    assert contradiction.printed.count("“") == 2


@pytest.mark.slow
def test_a_finding_says_in_its_language_how_its_number_is_made_or_lists_its_inputs(judged, recorded):
    labels = Catalogue("zh", recorded)
    finding = next(each for each in findings(judged, labels) if each.id.endswith("europe_central_asia/share"))
    assert dict(finding_entries(finding, labels))[labels("audit.follows")].endswith("的百分比：11.607143%。")
    long = replace(finding, follows="长" * (LONGEST_SENTENCE + 1))
    assert dict(finding_entries(long, labels))[labels("audit.follows")].startswith("104 ")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "32% is less than 50%"),
        ("fr", "32\xa0% est inférieur à 50\xa0%"),
        ("es", "32\xa0% es menor que 50\xa0%"),
        ("zh", "32%小于50%"),
    ],
)
def test_a_comparison_that_fails_says_how_its_sides_stand(judged, recorded, language, said):
    told = findings(judged, Catalogue(language, recorded))
    assert any(said in each.sentence for each in told), "“is not at least” says no more than that it fails"


def test_what_is_judged_is_stated_in_each_language(judged, recorded):
    for judgement in judged.judgements:
        row = recorded[judgement.claim.table].records[judgement.claim.row]
        if row.get("statement_en"):
            lacking = [language for language in languages() if not row[f"statement_{language}"]]
            assert not lacking, f"{judgement.claim.id}: no statement in {', '.join(lacking)}"


def test_a_statement_that_target_and_result_share_says_which_it_is_of(judged, recorded):
    labels = Catalogue("fr", recorded)
    said = {each.claim.id: statement(each.claim, recorded, labels) for each in judged.judgements}
    assert said["gender-equality-2020-21/targets/rbm.06/6/target/1"].endswith("Cible")
    assert said["gender-equality-2020-21/targets/rbm.06/6/result/1"].endswith("Résultat")
    assert said["implementation-2020-21/prose/126.1"].startswith("Taux de chômage des jeunes")


OTHERS = [pytest.param(each, marks=pytest.mark.slow) for each in languages() if each != "en"]


def test_findings_of_a_corrected_record_say_what_was_corrected(judged, labels, register, recorded, biennium):
    """They were those of the record as printed by every word, under the same name."""
    corrected = replace(judged, recorded=apply_corrections(recorded, register.corrections))
    page = findings_markdown(corrected, labels, biennium.printed)
    assert "Corrected:" not in findings_markdown(judged, labels, biennium.printed)
    entries = corrected.recorded.corrections
    assert len(entries) == sum(entry.status == "open" for entry in register.corrections) == 2
    for entry in entries:
        assert f"Corrected: {entry.corrected} where {entry.printed} is printed ({entry.id})." in page


@pytest.mark.parametrize("language", ["en", *OTHERS])
@pytest.mark.slow
def test_every_language_writes_every_output(judged, recorded, biennium, tmp_path, language):
    labels = Catalogue(language, recorded)
    paths = write_audit(judged, labels, biennium, tmp_path)
    assert [path.name for path in paths] == ["claims.csv", "checks.csv", "audit.xlsx", "findings.docx"]
    assert all(path.stat().st_size for path in paths)
    assert labels("audit.findings") in findings_markdown(judged, labels, biennium.printed)
    assert findings_summary(judged, labels) in findings_markdown(judged, labels, biennium.printed)


@pytest.mark.slow
@pytest.mark.parametrize("language", languages())
def test_what_explains_a_case_is_called_an_explanation_and_no_cause(judged, recorded, language):
    labels = Catalogue(language, recorded)
    cause, explanation = labels("audit.cause"), labels("audit.explanation")
    for finding in (*findings(judged, labels), *explained_cases(judged, labels)):
        heads = [head for head, _ in finding_entries(finding, labels)]
        explained = finding.verdict == EXPLAINED
        assert heads.count(explanation) == (explained and bool(finding.cause))
        assert heads.count(cause) == (not explained and bool(finding.cause))


@pytest.mark.slow
def test_headings_of_the_word_report_bear_the_colon_of_the_language(judged, recorded, biennium):
    french = Catalogue("fr", recorded)
    document = docx.Document(io.BytesIO(findings_document(judged, french, biennium)))
    heads = {each.runs[0].text for each in document.paragraphs if each.style.name == "List Bullet"}
    assert "Imprimé\N{NO-BREAK SPACE}: " in heads
    assert all(head.endswith("\N{NO-BREAK SPACE}: ") for head in heads)


@pytest.mark.slow
def test_the_word_report_holds_the_findings_and_is_the_same_each_time(judged, labels, biennium):
    content = findings_document(judged, labels, biennium)
    assert content == findings_document(judged, labels, biennium)
    document = docx.Document(io.BytesIO(content))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 2"]
    assert len(headings) == len(findings(judged, labels))
    assert document.tables[0].cell(1, 0).text == "Reproduced"
    assert sum(cell.width.cm for cell in document.tables[0].rows[0].cells) <= PORTRAIT + 0.1


@pytest.mark.slow
def test_the_list_of_claims_has_a_row_a_claim_and_opens_as_text(judged, labels, tmp_path):
    table = listing(judged, labels)
    assert tuple(table.columns) == COLUMNS
    assert list(table["id"]) == [each.claim.id for each in judged.judgements]
    share = table.set_index("id").loc["implementation-2020-21/results_by_region/europe_central_asia/share"]
    assert tuple(share[["printed", "decimals", "unit", "verdict"]]) == ("11%", "0", "percent", "discrepancy")
    assert share["recomputed"] == "11.607142857"
    path = write_csv(table, tmp_path / "claims.csv")
    assert path.read_bytes().count(b"\r") == 0
    assert path.read_text(encoding="utf-8").startswith(",".join(COLUMNS))


@pytest.mark.slow
def test_the_list_of_checks_has_a_row_a_check(judged, labels):
    table = checks(judged, labels)
    made = [each.claim.id for each in judged.checks.values() if each.claim.quantity is not None]
    assert sorted(table["id"]) == sorted(made)
    counted = listing(judged, labels)["checks"].astype(int).sum()
    assert counted + len(judged.tables) == len(made)


@pytest.mark.slow
def test_statements_stand_for_every_claim(judged, labels):
    table = listing(judged, labels)
    assert (table["statement"] != "").all()
    assert (table["locator"] != "").all()


def test_totals_add_up(judged, labels):
    counted = totals(judged, labels)
    assert counted.loc["Total", "Total"] == len(judged.judgements)
    tables = sum(bool(each.claim.check) for each in judged.discrepancies)
    assert counted.loc["Total", "Discrepancy"] == len(judged.discrepancies) - tables
    assert (counted.iloc[:-1].sum() == counted.loc["Total"]).all()


@pytest.mark.slow
def test_the_page_of_claims_needs_no_other_file(judged, labels):
    page = claims_html(judged, labels)
    held = json.loads(re.search(r'class="claims-held">(.*?)</script>', page, re.S)[1])
    rows = [[held["words"][cell] if isinstance(cell, int) else cell for cell in row] for row in held["rows"]]
    assert [row[0] for row in rows] == [each.claim.id for each in judged.judgements]
    assert {len(row) for row in rows} == {8}
    assert len(page.encode()) < 400_000
    assert "http" not in page
    assert "<script src" not in page
    assert page.count('<th scope="col">') == 8


@pytest.mark.slow
def test_text_of_claims_is_escaped(judged, recorded):
    class Sharp(Catalogue):
        def __call__(self, key, **numbers):
            return "</script><b>" + super().__call__(key, **numbers)

    page = claims_html(judged, Sharp("en", recorded))
    assert "<b>" not in page
    assert page.count("</script>") == 2


@pytest.mark.slow
def test_without_python_docx_the_word_file_is_left_out_and_the_rest_is_written(
    judged, labels, biennium, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "docx", None)
    (tmp_path / "findings.docx").write_bytes(b"of an earlier run")
    with pytest.warns(UserWarning, match=r"findings.docx is left out: .*pip install 'analysis\[documents\]'"):
        paths = write_audit(judged, labels, biennium, tmp_path)
    assert [path.name for path in paths] == ["claims.csv", "checks.csv", "audit.xlsx"]
    assert {path.name for path in tmp_path.iterdir()} == {"claims.csv", "checks.csv", "audit.xlsx"}
