"""A report is opened once for all processes that make it; each counts the labels as looked up."""

import pytest

from analysis import documents
from analysis.labels.watching import watched
from analysis.notebook import Reporting
from analysis.printed import opened
from analysis.running import tasks

pytestmark = pytest.mark.slow  # what it imports writes all documents


@pytest.fixture(autouse=True)
def nothing_ready(monkeypatch):
    monkeypatch.setattr(documents, "_READY", {})
    monkeypatch.setattr(opened, "_RECORDS", {})
    monkeypatch.setattr(opened, "_IN_LANGUAGES", {})
    monkeypatch.setattr(tasks, "_to_read", set())
    monkeypatch.setattr(tasks, "_begun", [])


def test_what_is_ready_is_what_would_be_opened_with_its_labels(register, tmp_path):
    asked = register, register.period("2020-21"), "fr", tmp_path, False
    with watched() as alone:
        expected = documents.open_folder(*asked)
    documents.open_beforehand(*asked)
    with watched() as ready:
        found = documents.open_folder(*asked)
    assert found is documents.open_folder(*asked)
    assert repr(found.shown) == repr(expected.shown)
    assert ready == alone
    assert len(ready) > 100


def test_what_is_read_while_notebooks_run_is_opened_when_they_have(register, tmp_path):
    asked = register, register.period("2020-21"), "en"
    with watched() as alone:
        expected = documents.open_folder(*asked, tmp_path, False)
    opened.read_beforehand(*asked)
    read, *others = opened._IN_LANGUAGES.values()
    with watched() as afterwards:
        found = documents.open_folder(*asked, tmp_path, False)
    assert not others
    assert found.recorded is read.record.recorded
    assert found.audit is read.record.audit
    assert repr(found.shown) == repr(expected.shown)
    assert afterwards == alone
    assert documents.open_folder(*asked, tmp_path, True).audit is not read.record.audit


@pytest.mark.parametrize("other", ["language", "folder", "corrected"])
def test_another_report_is_opened_itself(register, tmp_path, other):
    period = register.period("2020-21")
    documents.open_beforehand(register, period, "en", tmp_path)
    ready = documents.open_folder(register, period, "en", tmp_path, False)
    language, folder = (
        "zh" if other == "language" else "en",
        tmp_path / "a" if other == "folder" else tmp_path,
    )
    found = documents.open_folder(register, period, language, folder, other == "corrected")
    assert found is not ready
    assert found.labels.language == language


def test_a_second_language_takes_the_record_its_exhibits_and_the_audit_of_the_first(register, tmp_path):
    period = register.period("2020-21")
    with watched() as alone:
        expected = documents.open_folder(register, period, "fr", tmp_path, False)
    opened.read_beforehand(register, period, "en")
    with watched() as after:
        opened.read_beforehand(register, period, "fr")
        shared = documents.open_folder(register, period, "fr", tmp_path, False)
    english = documents.open_folder(register, period, "en", tmp_path, False)
    assert shared.audit is english.audit
    assert shared.recorded is english.recorded
    assert repr(shared.shown) == repr(expected.shown)
    told = [{name: check.verdict for name, check in each.audit.checks.items()} for each in (shared, expected)]
    assert told[0] == told[1]
    assert after == alone


def test_what_languages_share_holds_no_words(register):
    record = opened.open_record(register, register.period("2020-21"), "fr").record
    with watched() as labels:
        assert all(map(len, (record.exhibits, record.spoken, record.claims, record.audit.judgements)))
    assert labels == {}


def of_a_notebook(reporting: Reporting, folder) -> tuple:
    """All that a notebook shows of its first exhibit and says, and the labels that were looked up."""
    with watched() as labels:
        shown = (
            reporting.title().data,
            [(exhibit.id, repr(exhibit.resolved)) for exhibit in reporting._made.values()],
        )
        name = next(iter(reporting.definitions)).section
        section = reporting.section(name)
        said = section.heading().data, section.frame().to_csv(), section.says().data
    return shown, said, labels


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_notebook_on_a_record_read_beforehand_shows_the_same_and_looks_the_same_labels_up(
    register, tmp_path, language
):
    period = register.period("2020-21")

    def reporting() -> Reporting:
        return Reporting("02_results", "2020-21", language, str(tmp_path))

    alone = of_a_notebook(reporting(), tmp_path)
    opened.read_beforehand(register, period, "fr" if language == "en" else "en")
    opened.read_beforehand(register, period, language)
    ready = reporting()
    assert of_a_notebook(ready, tmp_path) == alone
    assert ready.report.audit is opened.open_record(register, period, language).record.audit
    assert ready.recorded is not Reporting("02_results", "2020-21", language, corrected=True).recorded


def asked_of(register, kind: str, **more) -> dict:
    whose = {"biennium": "2020-21", "organisation": "", "language": "en"}
    return {"kind": kind, "name": "a", "root": str(register.root), **whose, **more}


def test_a_record_that_cannot_be_opened_is_left_to_the_task_that_says_so(register, tmp_path):
    task = asked_of(register, "documents", corrected=False, folder=str(tmp_path)) | {"root": str(tmp_path)}
    tasks.warm_up([task])
    tasks.get_ready(task)
    assert documents._READY == opened._IN_LANGUAGES == {}


def test_notebooks_after_the_first_are_given_what_is_read_for_documents(register, tmp_path):
    notebook = asked_of(register, "notebook", parameters={"corrected": False})
    document = asked_of(register, "documents", corrected=False, folder=str(tmp_path))
    tasks._to_read.add(tasks._reading(document))
    tasks.get_ready(notebook)
    assert opened._IN_LANGUAGES == {}  # begins at once
    tasks.get_ready(notebook)
    assert len(opened._IN_LANGUAGES) == 1
    assert documents._READY == {}


@pytest.mark.parametrize("other", [{"language": "fr"}, {"corrected": True}, None])
def test_nothing_is_read_for_notebooks_that_documents_do_not_want(monkeypatch, register, other):
    notebook = asked_of(register, "notebook", parameters={"corrected": False})
    if other is not None:
        tasks._to_read.add(tasks._reading(asked_of(register, "documents", corrected=False) | other))
    monkeypatch.setattr(tasks, "Register", lambda *_: pytest.fail("read for notebooks alone"))
    tasks.get_ready(notebook)
    tasks.get_ready(notebook)


def test_the_records_of_other_periods_are_read_for_the_pages_that_lead_to_them(register, tmp_path):
    document = asked_of(register, "documents", corrected=False, folder=str(tmp_path))
    tasks._to_read.add(tasks._reading(document))
    tasks.get_ready(document, False)
    periods = {period for _, period, _ in opened._RECORDS}
    assert periods == set(register.periods())
    assert len(periods) > 1


def test_a_report_is_summed_up_once_for_word_and_pdf_with_its_labels(register, tmp_path, monkeypatch):
    asked = register, register.period("2020-21"), "fr", tmp_path, False
    with watched() as alone:
        expected = documents._summary(documents.open_folder(*asked))
    documents.open_beforehand(*asked)
    monkeypatch.setattr(documents, "summary_of", None)
    with watched() as ready:
        told = [documents._summary(documents.open_folder(*asked)) for _ in range(2)]
    assert told == [expected, expected]
    assert ready == alone
