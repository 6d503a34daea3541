"""Where the record contradicts itself, a verdict cites the finding of the audit, whatever the verdict is."""

import json

import pytest

from analysis.checking.answers.lines import as_json, as_sarif, lines_of_draft, rows
from analysis.checking.answers.page import page_of_draft
from analysis.checking.answers.telling import Teller
from analysis.checking.drafts import Checker
from analysis.reading import read_document

SHARE = "implementation-2020-21/prose/1203.2"
CASES = [
    # The number that a finding judges.
    ("Of the expenditure under outcome 1, 68 per cent came from the regular budget.", "68", "agrees", SHARE),
    # What the record's own numbers come to: 68.6.
    (
        "Of the expenditure under outcome 1, 69 per cent came from the regular budget.",
        "69",
        "undecided",
        SHARE,
    ),
    # Neither.
    (
        "Of the expenditure under outcome 1, 86 per cent came from the regular budget.",
        "86",
        "disagrees",
        SHARE,
    ),
    # The other printing of a quantity that two places give differently.
    (
        "In 2020 the youth unemployment rate was 15.2 per cent.",
        "15.2",
        "agrees",
        "implementation-2020-21/prose/126.1",
    ),
    # One that the record does not contradict, and of which a contradicted share is computed.
    ("In 2020 the unemployment rate was 6.6 per cent.", "6.6", "agrees", ""),
    ("Europe and Central Asia had 104 results.", "104", "agrees", ""),
]


@pytest.mark.parametrize(("text", "printed", "verdict", "finding"), CASES)
def test_a_verdict_cites_the_finding_on_its_quantity(check_text, text, printed, verdict, finding):
    (one,) = (each for each in check_text(text) if each.number.text == printed)
    assert one.verdict.verdict == verdict
    assert (one.finding.claim.id if one.finding else "") == finding


def test_a_contradicted_number_shows_in_every_form_though_it_agrees(checker, tmp_path):
    path = tmp_path / "draft.md"
    path.write_text(CASES[0][0], encoding="utf-8")
    draft = read_document(path)
    checked = checker.check(draft)
    teller = Teller(checker)
    told = [each for each in lines_of_draft("draft.md", checked, teller) if SHARE in each]
    assert len(told) == 1
    assert told[0].startswith("draft.md:1:37 agrees: 68")
    assert told[0].endswith(": 68% (Outcome 1); 101.1 of US$147.4 million is 68.6%.")
    assert f"finding {SHARE}" in rows(checked, "draft.md", teller).set_index("printed").at["68", "why"]
    assert (
        SHARE
        in next(each for each in json.loads(as_json([("draft.md", checked)], teller)) if each["ids"])["told"]
    )
    (result,) = json.loads(as_sarif([("draft.md", checked)], teller, "0"))["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("agrees", "note")
    assert SHARE in result["message"]["text"]
    assert f"(finding {SHARE}): " in page_of_draft(draft, checked, teller, "2020–21", "en")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "En 2020, le taux de chômage des jeunes était de 15,2 pour cent.", "se contredit"),
        ("es", "En 2020, la tasa de desempleo juvenil fue del 15,2 por ciento.", "se contradice"),
        ("zh", "2020年青年失业率为15.2%。", "自相矛盾"),
    ],
)
def test_a_finding_is_told_in_the_language_of_the_draft(checker, check_text, language, text, words):
    (one,) = (each for each in check_text(text, language) if each.number.text.startswith("15"))
    told = Teller(checker).contested(one)
    assert words in told
    assert "implementation-2020-21/prose/126.1" in told


@pytest.mark.slow
def test_what_a_checker_takes_for_contested_is_what_the_audit_contradicts(checker, recorded, register):
    own = Checker(recorded, checker.biennium, register.root).contested
    assert own.by_id
    for number, findings in own.by_id.items():
        other = checker.contested.by_id[number]
        assert [finding.claim.id for finding in findings] == [finding.claim.id for finding in other]
    assert len(own.by_id) == len(checker.contested.by_id)
