from dataclasses import replace

import pytest

from analysis.audit.claims import claims
from analysis.audit.findings import entries, findings
from analysis.audit.judging import audit
from analysis.audit.reviews import ReviewError, check_reviews, inputs_checksum, read_reviews

HEAD = "finding,who,when,answer,text,evidence,inputs\n"
FINDING = "implementation-2020-21/prose/1203.2"


@pytest.fixture
def answered(tmp_path):
    def read(row: str):
        path = tmp_path / "reviews.csv"
        path.write_text(HEAD + row, encoding="utf-8")
        return read_reviews(path)

    return read


def row(inputs: str, finding: str = FINDING, **changed: str) -> str:
    fields = {"who": "A. Evaluator", "when": "2026-11-20", "answer": "accepted", "text": "fitted to 100"}
    fields |= changed
    return f"{finding},{','.join(fields.values())},,{inputs}\n"


def told(judged, labels) -> str:
    finding = next(each for each in findings(judged, labels) if each.id == FINDING)
    return dict(entries(finding, labels)).get("Review", "")


@pytest.mark.slow
def test_an_answer_is_shown_beside_the_finding_and_changes_no_verdict(judged, labels, answered):
    reviews = answered(row(inputs_checksum(judged.by_id[FINDING], judged)))
    reviewed = replace(judged, reviews=reviews)
    check_reviews(reviewed, reviews)
    assert told(judged, labels) == ""
    assert told(reviewed, labels) == "accepted by A. Evaluator, 2026-11-20: fitted to 100"
    assert reviewed.by_id[FINDING].verdict == "discrepancy"


@pytest.mark.slow
def test_an_answer_is_open_again_when_an_input_has_changed(judged, labels, answered, register, recorded):
    reviews = answered(row(inputs_checksum(judged.by_id[FINDING], judged)))
    table, number = recorded.locate("implementation-2020-21/prose/1203.1")
    tables = {**recorded, table.name: table.replaced(number, value="146.9", printed="1.469亿")}
    changed = recorded.with_tables(tables.values())
    again = replace(audit(claims(changed, register), changed), reviews=reviews)
    assert told(again, labels).endswith("Open again: a number that it rests on has changed since.")


def test_a_former_id_of_a_finding_is_known(judged, answered):
    reviews = answered(row("0" * 16, finding="report/prose/1203.2"))
    check_reviews(replace(judged, reviews=reviews), reviews)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (row("0", answer="agreed"), "answer 'agreed', not accepted, disputed, answered"),
        (row("0", when="yesterday"), "write a date, for example 2026-11-21"),
        (row("0", who=""), "needs a name and a text"),
    ],
)
def test_an_answer_that_cannot_be_read_is_an_error_that_says_where(answered, line, message):
    with pytest.raises(ReviewError, match=f"row 2: .*{message}"):
        answered(line)


@pytest.mark.parametrize("finding", ["implementation-2020-21/prose/27.2", "nothing/prose/1"])
def test_an_answer_to_no_finding_is_refused(judged, answered, finding):
    reviews = answered(row("0", finding=finding))
    with pytest.raises(ReviewError, match="no finding has this id"):
        check_reviews(judged, reviews)
