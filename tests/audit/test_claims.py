import csv

import pytest

from analysis.audit.claims import CONTRADICTED, NO_NUMBER, SET_ASIDE, SEVERITIES, VARIANT, ClaimError, claims
from analysis.audit.judging import audit
from analysis.audit.statements import statement
from analysis.audit.verdicts import DISCREPANCY, INPUT, NOT_RECOMPUTABLE, REPRODUCED, UNCHECKED
from analysis.files import Unreadable
from analysis.labels import Catalogue, languages
from analysis.sources.register import Register


def test_every_number_and_comparison_of_the_register_is_a_claim(judged, recorded):
    claimed = set(judged.by_id)
    for table in recorded.values():
        for row in table.records:
            is_number = bool(row["value"]) and row["status"] not in NO_NUMBER
            is_comparison = row.get("relation", "") not in ("", VARIANT)
            if is_number or is_comparison:
                assert row["id"] in claimed
            elif row["id"] and not table.name.startswith("links."):
                assert row["id"] not in claimed


def test_claims_have_ids_of_their_own_and_a_quantity_or_a_reason(judged):
    assert len(judged.by_id) == len(judged.all)
    for each in judged.checks.values():
        assert each.claim.quantity is not None or each.claim.reason
        nothing_made = each.verdict in (INPUT, UNCHECKED, NOT_RECOMPUTABLE)
        assert nothing_made == (each.recomputed is None or each.recomputed.missing)


def test_no_verdict_differs_from_the_one_on_record(judged):
    assert [each.claim.id for each in judged.unexpected] == []


def test_no_contradiction_stands_without_its_rule_its_severity_and_what_is_behind_it(judged):
    for each in judged.discrepancies:
        assert each.severity in SEVERITIES, each.claim.id
        assert each.reason in CONTRADICTED, each.claim.id
    for each in judged.explained:
        assert not each.severity
        assert each.reason in SET_ASIDE, each.claim.id
    for each in judged.discrepancies + judged.explained:
        for language in languages():
            held = dict(each.leading.claim.remarks)
            assert held.get(f"cause_{language}") or held.get(f"undecided_{language}"), (
                each.claim.id,
                language,
            )


def test_what_the_claims_data_say_stands_in_every_language(root):
    for path in sorted((root / "data" / "claims").glob("*.csv")):
        with path.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                for kind in ("about", "cause", "undecided"):
                    said = {language for language in languages() if row[f"{kind}_{language}"]}
                    assert said in (set(), set(languages())), (row["id"], kind)


@pytest.mark.parametrize(
    ("identifier", "language", "title"),
    [
        ("decent_work_indicators/unemployment_rate/SEX_T/YTHADULT_YGE15/2018", "en", "Unemployment rate"),
        ("decent_work_indicators/unemployment_rate/SEX_T/YTHADULT_YGE15/2018", "zh", "失业率"),
        ("working_hours_losses/became_inactive", "fr", "Passage à l’inactivité"),
    ],
)
def test_a_number_of_a_table_is_called_by_its_title(judged, recorded, identifier, language, title):
    claim = judged.by_id[f"implementation-2020-21/{identifier}"].claim
    assert title in statement(claim, recorded, Catalogue(language, recorded))


@pytest.mark.parametrize("language", languages())
def test_what_a_claim_is_about_is_said_without_codes(judged, recorded, language):
    labels = Catalogue(language, recorded)
    said = [statement(each.claim, recorded, labels) for each in judged.all]
    codes = {
        row[column]
        for table in recorded.values()
        for row in table.records
        for column in ("item", "indicator", "level", "target_status", "region")
        if "_" in row.get(column, "")
    }
    assert codes
    parts = {part for text in said for part in text.split(labels("label.list_separator"))}
    assert parts.isdisjoint(codes | {code.replace("_", " ") for code in codes})


def test_the_readers_lists_are_all_judged_and_their_findings_stand(judged, root):
    with (root / "docs" / "findings" / "readers.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 184
    contradicted = {each.claim.id for each in judged.discrepancies}
    set_aside = {each.claim.id for each in judged.explained}
    for row in rows:
        number = row["finding"].split("#")[0]
        if row["judged"] == "finding":
            assert {row["finding"], number} & contradicted, row
        elif row["judged"] == "explained":
            assert number in set_aside, row
        else:
            assert row["why"], row


@pytest.mark.slow
def test_the_same_claims_are_judged_for_the_biennium_before(register, earlier):
    made = audit(claims(earlier, register), earlier)
    assert {table.split(".")[0] for table in (each.claim.table for each in made.judgements)} == {
        "report",
        "gender",
    }
    assert made.unexpected == []


@pytest.fixture
def judged_alone(recorded):
    """Judge the claims of a register against the record as printed; return one of them."""

    def judged(register, identifier):
        found = audit(claims(recorded, register), recorded)
        return found.by_id.get(identifier) or found.checks[identifier]

    return judged


@pytest.mark.slow
def test_claims_data_recompute_a_number(claimed, judged_alone):
    prose = "implementation-2020-21/prose"
    parts = ", ".join(f'recorded_number(""{prose}/{line}"")' for line in ("576.1", "564.1"))
    quantity = f'"share({parts})"'
    found = judged_alone(
        claimed(f"implementation-2020-21/prose/576.2,{quantity},,reproduced,,,,,"),
        "implementation-2020-21/prose/576.2",
    )
    assert (found.verdict, found.unexpected) == ("reproduced", False)
    assert round(float(found.recomputed.value), 2) == 94.84


@pytest.mark.slow
def test_a_verdict_that_differs_from_the_record_is_unexpected(claimed, judged_alone):
    quantity = '"recorded_number(""implementation-2020-21/prose/577.3"")"'
    found = judged_alone(
        claimed(f"implementation-2020-21/prose/576.2,{quantity},,reproduced,,,,,"),
        "implementation-2020-21/prose/576.2",
    )
    assert (found.verdict, found.unexpected) == ("discrepancy", True)


@pytest.mark.slow
def test_a_second_claim_about_a_number_stands_beside_the_first(claimed, judged_alone):
    rows = [
        f'implementation-2020-21/prose/576.2{mark},"recorded_number(""implementation-2020-21/prose/{other}"")",,{verdict},,,,,'
        for mark, other, verdict in (("", "577.3", "discrepancy"), ("#2", "576.2", "reproduced"))
    ]
    register = claimed(*rows)
    judged = judged_alone(register, "implementation-2020-21/prose/576.2")
    assert judged.verdict == DISCREPANCY
    assert {check.claim.id.partition("#")[2]: check.verdict for check in judged.checks} == {
        "": DISCREPANCY,
        "2": REPRODUCED,
    }


@pytest.mark.slow
def test_claims_data_say_what_is_expected_of_a_rule(claimed, judged_alone):
    identifier = "implementation-2020-21/results_by_region/europe_central_asia/share"
    assert judged_alone(claimed(), identifier).unexpected
    on_record = claimed(f"{identifier},,share,discrepancy,minor,,,,关于什么,a cause,,,原因")
    found = judged_alone(on_record, identifier)
    assert not found.unexpected
    assert (found.severity, found.remark("cause", "zh"), found.remark("cause", "fr")) == (
        "minor",
        "原因",
        "a cause",
    )
    assert (found.claim.about("zh"), found.claim.about("fr")) == ("关于什么", "")


@pytest.mark.slow
def test_a_number_without_a_quantity_is_an_input_or_has_a_reason(claimed, judged_alone):
    quantity = '"recorded_number(""implementation-2020-21/prose/577.3"")"'
    register = claimed(
        f"implementation-2020-21/prose/576.2,{quantity},,discrepancy,,,,,",
        "implementation-2020-21/prose/7.1,,not_about_data,,,,,,",
    )
    assert judged_alone(register, "implementation-2020-21/prose/577.3").verdict == INPUT
    found = judged_alone(register, "implementation-2020-21/prose/7.1")
    assert (found.verdict, found.reason) == (NOT_RECOMPUTABLE, "not_about_data")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "implementation-2020-21/prose/26.9,,input,input,,,,,",
            "row 2: 'implementation-2020-21/prose/26.9' is the id of no recorded number",
        ),
        (
            "implementation-2020-21/prose/26.1#2,,input,input,,,,,\nimplementation-2020-21/nothing/1#2,,input,,,,,,",
            "no recorded number has the id",
        ),
        (
            "implementation-2020-21/prose/26.1,,because,input,,,,,",
            "reason 'because', not input, inputs_not_printed",
        ),
        ("implementation-2020-21/prose/26.1,,input,right,,,,,", "verdict 'right', not reproduced"),
        ("implementation-2020-21/prose/26.1,,input,,grave,,,,", "severity 'grave', not material"),
        (
            "implementation-2020-21/prose/26.1,,input,,,,,,\nimplementation-2020-21/prose/26.1,,input,,,,,,",
            "stands in .* row 2 already",
        ),
        ("implementation-2020-21/prose/26.1,sum_of(),,reproduced,,,,,", "unknown word 'sum_of'"),
        (
            'implementation-2020-21/prose/26.1,"recorded_number(""implementation-2020-21/prose/0.0"")",,,,,,,',
            "no recorded number has the id",
        ),
        (
            'implementation-2020-21/prose/26.1,"total(""report.prose"", outcome=""Z"")",,,,,,,',
            "expected rows, found none",
        ),
        (
            'implementation-2020-21/prose/26.1,"recorded_number(""implementation-2020-21/prose/564.1"")",,,,,,,',
            "cannot compare member_state and usd",
        ),
        (
            'implementation-2020-21/relations/4.1,"recorded_number(""implementation-2020-21/prose/564.1"")",,,,,,,',
            "so a comparison is expected",
        ),
    ],
)
def test_claims_data_that_do_not_fit_are_errors_that_say_where(claimed, row, message, recorded):
    register = claimed(row)
    with pytest.raises(ClaimError, match=message):
        audit(claims(recorded, register), recorded)


def test_claims_data_with_other_columns_are_refused(claimed, recorded):
    register = claimed()
    path = register.root / "data" / "claims" / "implementation-2020-21.csv"
    path.write_text("id,quantity\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="expected the columns id, quantity, reason"):
        claims(recorded, register)


def linked(project, *rows: str) -> Register:
    links = project / "data" / "links" / "quantities.csv"
    links.write_text("link,id,note\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return Register(project)


@pytest.mark.slow
def test_each_printing_is_compared_with_the_first_of_the_same_note(claimed, project, judged_alone):
    claimed()
    register = linked(
        project,
        "budget,implementation-2020-21/prose/564.1,",
        "budget,implementation-2020-21/prose/576.1,",
        "budget,implementation-2020-21/prose/577.1,another year",
    )
    found = judged_alone(register, "implementation-2020-21/prose/576.1")
    assert (found.verdict, found.claim.text) == (
        "discrepancy",
        'recorded_number("implementation-2020-21/prose/564.1")',
    )
    assert judged_alone(register, "implementation-2020-21/prose/577.1").verdict == NOT_RECOMPUTABLE


@pytest.mark.slow
def test_a_link_of_a_number_that_has_a_quantity_is_a_further_claim(claimed, project, judged_alone):
    quantity = '"recorded_number(""implementation-2020-21/prose/577.1"")"'
    claimed(f"implementation-2020-21/prose/576.1,{quantity},,discrepancy,,,,,")
    register = linked(
        project, "budget,implementation-2020-21/prose/564.1,", "budget,implementation-2020-21/prose/576.1,"
    )
    assert (
        judged_alone(register, "implementation-2020-21/prose/576.1").claim.text
        == 'recorded_number("implementation-2020-21/prose/577.1")'
    )
    assert judged_alone(register, "implementation-2020-21/prose/576.1#link").verdict == "discrepancy"


def test_counted_things_that_go_by_two_names_are_compared_one_for_one(judged):
    texts = [
        each.claim.text for each in judged.judgements if each.claim.text.startswith("counted_as(recorded")
    ]
    assert texts


def test_a_link_to_a_number_that_is_not_recorded_is_an_error(claimed, project, recorded):
    claimed()
    register = linked(project, "budget,implementation-2020-21/prose/0.0,")
    with pytest.raises(ClaimError, match=r"quantities\.csv row 2: no recorded number"):
        claims(recorded, register)
