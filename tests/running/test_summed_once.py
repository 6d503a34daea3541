"""What notebooks have made is summed once for the keys of all documents."""

from pathlib import Path

from analysis.running import keys
from analysis.running.work import Work
from analysis.store.entries import Store


def test_files_of_notebooks_are_summed_once_for_all_documents(tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "_sums_of_notebooks", {})
    table = tmp_path / "report" / "tables" / "results.csv"
    table.parent.mkdir(parents=True)
    table.write_text("57", encoding="utf-8")
    work = Work(tmp_path, tmp_path, Path("2020-21/en"), {"language": "en"}, 1.0, "")

    def known() -> list[str]:
        return [keys.documents_key(Store(tmp_path, "salt"), task) for task in work.documents(False, [])]

    before = known()
    keys.sum_beforehand(work.report)
    assert known() == before
    table.write_text("58", encoding="utf-8")
    assert known() == before
    keys._sums_of_notebooks.clear()
    assert not set(known()) & set(before)
