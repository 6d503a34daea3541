"""What is kept: found again for the same things only, checked when it is read, bounded in size."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from analysis import code
from analysis.labels import Catalogue, label_texts
from analysis.labels.watching import watched
from analysis.store import kept
from analysis.store.entries import Store


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store", "salt")


def test_files_are_found_again_by_the_same_parts_and_salt_only(store):
    files = {"a.svg": b"one", "b/c.csv": b"two"}
    key = store.key("figure", "given")
    assert store.get(key) is None
    store.put(key, files, {})
    assert store.get(key) == files
    assert store.key("figure", "given") == key
    assert len({key, store.key("figure", "other"), Store(store.folder, "other").key("figure", "given")}) == 3


@pytest.mark.parametrize("wrong", [b"", b"tampered", None], ids=["emptied", "changed", "removed"])
def test_what_is_not_as_it_was_put_there_is_not_there(store, wrong):
    store.put("k" * 64, {"a.svg": b"one"}, {})
    (content,) = (store.folder / "contents").glob("*/*")
    content.unlink() if wrong is None else content.write_bytes(wrong)
    assert store.get("k" * 64) is None


def test_an_entry_is_gone_when_a_label_that_it_looked_up_says_something_else(store, monkeypatch):
    with watched() as labels:
        Catalogue("en")("label.total")
    assert labels == {("en", "label.total"): label_texts("en")["label.total"]}
    store.put("k" * 64, {"a": b"one"}, labels)
    changed = dict(label_texts("en")) | {"label.note": "other"}
    monkeypatch.setattr("analysis.store.entries.labels_in", lambda language: changed)
    assert store.get("k" * 64) == {"a": b"one"}
    changed["label.total"] = "other"
    assert store.get("k" * 64) is None


def test_labels_behind_what_is_taken_count_as_looked_up(store):
    total = {("en", "label.total"): label_texts("en")["label.total"]}
    store.put("k" * 64, {"a": b"one"}, total)
    with watched() as labels:
        store.get("k" * 64)
    assert labels == total


def test_what_a_run_puts_aside_is_taken_over_when_the_run_says_so(tmp_path):
    run = Store(tmp_path / "store", "salt", tmp_path / "fresh")
    run.put("k" * 64, {"a": b"one"}, {})
    assert run.get("k" * 64) == {"a": b"one"}
    assert Store(tmp_path / "store", "salt").get("k" * 64) is None
    run.adopt()
    assert Store(tmp_path / "store", "salt").get("k" * 64) == {"a": b"one"}


def test_what_was_not_used_for_longest_goes_first(store):
    for number, name in enumerate("abc"):
        store.put(name * 64, {"file": name.encode() * 1000}, {})
        for path in store.folder.rglob("*"):
            os.utime(path, (number, number)) if path.stat().st_mtime > 100 else None
    store.get("a" * 64)
    store.shrink(2 * 1000 + 2 * 200)
    assert store.get("a" * 64)
    assert store.get("c" * 64)
    assert store.get("b" * 64) is None


def test_work_is_done_once_for_what_it_is_given_and_its_code(tmp_path, monkeypatch):
    asked = []

    def make():
        asked.append(1)
        return {"a": b"one"}

    assert kept.kept_files("a", (1,), "code", make) == {"a": b"one"}
    for name, value in kept.told_to_processes(Store(tmp_path, "salt")).items():
        monkeypatch.setenv(name, value)
    for given, digest, times in [((1,), "code", 2), ((1,), "code", 2), ((2,), "code", 3), ((1,), "new", 4)]:
        assert kept.kept_files("a", given, digest, make) == {"a": b"one"}
        assert len(asked) == times


def test_work_that_fails_is_not_kept(tmp_path, monkeypatch):
    for name, value in kept.told_to_processes(Store(tmp_path, "salt")).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ZeroDivisionError):
        kept.kept_files("a", (), "code", lambda: 1 / 0)
    assert kept.kept_files("a", (), "code", lambda: {"a": b"one"}) == {"a": b"one"}


def test_the_code_of_a_chart_is_that_of_its_kind():
    heat = code.closure(["analysis.pictures.heat"])
    assert {"analysis.pictures.rows", "analysis.pictures.palette", "analysis.printed.printable"} <= heat
    assert "analysis.pictures.lines" not in heat
    assert not any(name.startswith(("analysis.site", "analysis.running", "analysis.front")) for name in heat)


def test_imports_in_every_form_are_followed():
    found = code.imported("analysis.pictures.figures")
    assert {"analysis.pictures.lines", "analysis.pictures.heat", "analysis.pictures", "analysis"} <= found
    assert "analysis.commands.reproduce" not in code.closure(["analysis.cli"])  # named in a text there
    assert "analysis.site.writing" in code.closure(["analysis.commands.reproduce"])  # in a function


@pytest.mark.slow
def test_everything_imported_in_fact_is_in_the_closure():
    import subprocess
    import sys

    starts = ["analysis.notebook", "analysis.survey_notebook", "analysis.documents"]
    script = f"import sys, {', '.join(starts)}; print(*(n for n in sys.modules if n.startswith('analysis')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= code.closure(starts)


def test_a_changed_byte_of_code_or_of_a_rooms_data_changes_the_digest(tmp_path, monkeypatch):
    package = tmp_path / "analysis"
    for name, text in {
        "__init__.py": "",
        "room/__init__.py": "",
        "room/a.py": "from analysis.room import b\n",
        "room/b.py": "x = 1\n",
        "room/words.toml": "a = 1\n",
        "labels/__init__.py": "",
        "labels/en.toml": "a = 'A'\n",
        "other/__init__.py": "",
        "other/c.py": "y = 1\n",
    }.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text)
    monkeypatch.setattr(code, "PACKAGE", package)

    def digest() -> str:
        for each in (code._path, code.imported, code._files, code._sum, code.code_of):
            each.cache_clear()
        return code.code_of(("analysis.room.a", "analysis.labels"))

    first = digest()
    for name, seen in {
        "room/b.py": True,
        "room/words.toml": True,
        "labels/en.toml": False,
        "other/c.py": False,
    }.items():
        path = package / name
        before = path.read_bytes()
        path.write_bytes(before + b"# changed\n")
        assert (digest() != first) is seen, name
        path.write_bytes(before)
    for each in (code._path, code.imported, code._files, code._sum, code.code_of):
        each.cache_clear()


def test_a_store_is_shrunk_though_another_run_takes_a_file_away(store, monkeypatch):
    store.put("a" * 64, {"a": b"one"}, {})
    real, asked = Path.stat, Counter()

    def vanishing(path: Path, **settings):
        asked[path] += 1
        if path.suffix == ".json" and asked[path] > 1:
            raise FileNotFoundError(path)
        return real(path, **settings)

    monkeypatch.setattr(Path, "stat", vanishing)
    store.shrink(0)
    assert not list((store.folder / "contents").glob("*/*"))
