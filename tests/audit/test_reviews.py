from dataclasses import replace

import pytest
from part_of_record import copy_part

import analysis
from analysis.audit.claims import claims
from analysis.audit.findings import findings
from analysis.audit.findings_text import finding_entries
from analysis.audit.judging import audit
from analysis.audit.reviews import ReviewError, check_reviews, inputs_checksum, read_reviews
from analysis.files import Unreadable

HEAD = "finding,who,when,answer,text,evidence,inputs\n"
FINDING = "implementation-2020-21/prose/1203.2"
DOCUMENTS = {"implementation-2020-21", "gender-equality-2020-21"}


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
    return dict(finding_entries(finding, labels)).get("Review", "")


@pytest.mark.slow
def test_an_answer_is_shown_beside_the_finding_and_changes_no_verdict(judged, labels, answered):
    reviews = answered(row(inputs_checksum(judged.by_id[FINDING], judged)))
    reviewed = replace(judged, reviews=reviews)
    check_reviews(reviewed, reviews, DOCUMENTS)
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
    check_reviews(replace(judged, reviews=reviews), reviews, DOCUMENTS)


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


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEAD.replace(",", ";"), "save it with commas between cells"),
        (f"{HEAD}{FINDING},A,2026-11-20,accepted\n", "row 2: 4 cells, 7 expected"),
        (f"{HEAD}{FINDING},A,2026-11-20,accepted,fitted, to 100,,0\n", "row 2: 8 cells, 7 expected"),
        (f'{HEAD}{FINDING},A,2026-11-20,accepted,"fitted,,0\n', "no CSV"),
        ("", "found \\[\\]"),
    ],
)
def test_a_file_that_is_not_one_of_answers_is_refused(tmp_path, content, message):
    path = tmp_path / "reviews.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable, match=message):
        read_reviews(path)


def test_the_mark_of_excel_is_passed_over_and_another_encoding_refused(tmp_path):
    path, text = tmp_path / "reviews.csv", HEAD + row("0", text="naïve")
    path.write_text(text, encoding="utf-8-sig")
    assert [each.text for each in read_reviews(path)] == ["naïve"]
    path.write_text(text, encoding="latin-1")
    with pytest.raises(Unreadable, match="save it as UTF-8"):
        read_reviews(path)


@pytest.mark.parametrize(
    "finding",
    [
        "implementation-2020-21/prose/27.2",  # reproduced
        "implementation-2020-21/prose/9999.9",  # a row that is not there
        f"{FINDING}#no_such_check",
        "nothing/prose/1",
    ],
)
def test_an_answer_to_no_finding_is_refused(judged, answered, finding):
    reviews = answered(row("0", finding=finding))
    with pytest.raises(ReviewError, match=r"row 2: .*no finding and no explained case has this id; near it"):
        check_reviews(judged, reviews, DOCUMENTS)


def test_an_answer_to_another_periods_document_is_left_to_its_audit(judged, answered):
    reviews = answered(row("0", finding="implementation-2022-23/prose/1"))
    check_reviews(judged, reviews, {*DOCUMENTS, "implementation-2022-23"})
    with pytest.raises(ReviewError):
        check_reviews(judged, reviews, DOCUMENTS)


def test_an_answer_that_says_nothing_of_its_inputs_is_told_what_they_are(judged, answered):
    reviews = answered(row(""))
    with pytest.raises(ReviewError, match=inputs_checksum(judged.by_id[FINDING], judged)):
        check_reviews(judged, reviews, DOCUMENTS)


@pytest.mark.slow
def test_an_answer_to_one_of_several_with_one_cause_is_shown_with_its_id(judged, labels, answered):
    one = next(each for each in findings(judged, labels) if each.also_ids)
    answer = answered(row(inputs_checksum(judged.by_id[one.also_ids[0]], judged), finding=one.also_ids[0]))
    reviewed = replace(judged, reviews=answer)
    (shown,) = (each for each in findings(reviewed, labels) if each.id == one.id)
    assert shown.review == f"accepted by A. Evaluator, 2026-11-20: fitted to 100 ({one.also_ids[0]})"


@pytest.mark.slow
@pytest.mark.parametrize("content", [HEAD + row("0", finding="nothing/prose/1"), "finding;who\n"])
def test_from_python_an_answer_that_cannot_be_taken_is_bad_data(root, tmp_path, content):
    copy_part(root, tmp_path, ("claims", "links", "organisations", "raw"))
    (tmp_path / "data" / "reviews.csv").write_text(content, encoding="utf-8")
    with pytest.raises(analysis.BadData, match=r"reviews\.csv"):
        analysis.open("2020-21", root=tmp_path).audit  # noqa: B018
