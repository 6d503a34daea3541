"""A report is opened once for all processes that write its documents; each counts the labels as looked up."""

import pytest

from analysis import documents
from analysis.labels.watching import watched
from analysis.running import tasks

pytestmark = pytest.mark.slow  # what it imports writes all documents


@pytest.fixture(autouse=True)
def nothing_ready(monkeypatch):
    monkeypatch.setattr(documents, "_READY", {})
    monkeypatch.setattr(documents, "_RECORDS", {})
    monkeypatch.setattr(documents, "_READ", {})


def test_what_is_ready_is_what_would_be_opened_with_its_labels(register, tmp_path):
    asked = register, register.period("2020-21"), "fr", tmp_path, False
    with watched() as alone:
        opened = documents.open_folder(*asked)
    documents.open_beforehand(*asked)
    with watched() as ready:
        found = documents.open_folder(*asked)
    assert found is documents.open_folder(*asked)
    assert repr(found.shown) == repr(opened.shown)
    assert ready == alone
    assert len(ready) > 100


def test_what_is_read_while_notebooks_run_is_opened_when_they_have(register, tmp_path):
    asked = register, register.period("2020-21"), "en"
    with watched() as alone:
        opened = documents.open_folder(*asked, tmp_path, False)
    documents.read_beforehand(*asked)
    (read, _), *others = documents._READ.values()
    with watched() as afterwards:
        found = documents.open_folder(*asked, tmp_path, False)
    assert not others
    assert (found.recorded, found.audit) == (read.recorded, read.audit)
    assert found.audit is read.audit
    assert repr(found.shown) == repr(opened.shown)
    assert afterwards == alone
    assert documents.open_folder(*asked, tmp_path, True).audit is not read.audit


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
        opened = documents.open_folder(register, period, "fr", tmp_path, False)
    documents.read_beforehand(register, period, "en")
    with watched() as after:
        documents.read_beforehand(register, period, "fr")
        shared = documents.open_folder(register, period, "fr", tmp_path, False)
    english = documents.open_folder(register, period, "en", tmp_path, False)
    assert shared.audit is english.audit
    assert shared.recorded is english.recorded
    assert repr(shared.shown) == repr(opened.shown)
    told = [{name: check.verdict for name, check in each.audit.checks.items()} for each in (shared, opened)]
    assert told[0] == told[1]
    assert after == alone


def test_a_record_that_cannot_be_opened_is_left_to_the_task_that_says_so(tmp_path):
    asked = {"biennium": "2020-21", "organisation": "", "language": "en", "corrected": False}
    tasks.get_ready({"kind": "documents", "root": str(tmp_path), "folder": str(tmp_path), **asked})
    assert documents._READY == {}


def test_nothing_is_got_ready_for_a_notebook(monkeypatch, tmp_path):
    monkeypatch.setattr(documents, "open_beforehand", lambda *_: pytest.fail("opened for a notebook"))
    monkeypatch.setattr(tasks, "Register", lambda *_: pytest.fail("read for a notebook"))
    tasks.get_ready({"kind": "notebook", "root": str(tmp_path)})
