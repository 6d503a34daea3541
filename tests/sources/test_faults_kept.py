"""What is wrong with a document is kept, and looked at again where anything of it may be another thing."""

import os
import shutil

import pytest

from analysis import cache
from analysis.code import closure
from analysis.commands import faults_kept
from analysis.sources.descriptor import faults_of_document

GENDER, PLAN = "gender-equality-2020-21", "cooperation-plan-2021"


@pytest.fixture
def raw(root, tmp_path, monkeypatch):
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "cache"))
    for name in ("raw", "organisations"):
        shutil.copytree(root / "data" / name, tmp_path / "data" / name)
    return tmp_path / "data" / "raw"


@pytest.fixture
def looked_at(monkeypatch):
    names = []
    monkeypatch.setattr(
        faults_kept.descriptor,
        "faults_of_document",
        lambda folder, name: names.append(name) or faults_of_document(folder, name),
    )
    return names


def documents(raw):
    return sorted(path.parent.name for path in raw.glob("*/document.toml"))


def test_what_is_kept_is_what_was_found(raw, looked_at):
    (raw / GENDER / "prose.csv").write_bytes((raw / GENDER / "prose.csv").read_bytes() + b"one cell\n")
    found = [faults_kept.faults_kept(raw, GENDER) for _ in range(2)]
    assert looked_at == [GENDER]
    assert found == [faults_of_document(raw, GENDER)] * 2
    assert any(fault.grave for fault in found[1])


CHANGES = {
    "its own numbers": lambda raw: (raw / GENDER / "prose.csv").write_bytes(b"id\n1\n"),
    "its layout": lambda raw: (raw / GENDER / "exhibits.csv").unlink(),
    "a file more": lambda raw: (raw / GENDER / "more.csv").write_bytes(b"id\n1\n"),
    "what columns hold": lambda raw: (raw / "fields.toml").write_text("[id]\n", encoding="utf-8"),
    "what is counted": lambda raw: (raw / "counted.toml").write_text("counted = []\n", encoding="utf-8"),
    "another document's framework": lambda raw: (raw / PLAN / "framework" / "dimensions.csv").unlink(),
    "another document": lambda raw: shutil.copytree(raw / PLAN, raw / "another"),
    "the organisations": lambda raw: (raw.parent / "organisations" / "other.toml").write_text(""),
}


@pytest.mark.sampled
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(raw, looked_at, change):
    faults_kept.faults_kept(raw, GENDER)
    change(raw)
    try:
        told = faults_kept.faults_kept(raw, GENDER)
    except Exception as error:
        with pytest.raises(type(error)):
            faults_of_document(raw, GENDER)
    else:
        assert told == faults_of_document(raw, GENDER)
    assert looked_at == [GENDER] * 2


def test_the_numbers_of_other_documents_are_not_looked_at(raw, looked_at):
    before = faults_kept.faults_kept(raw, GENDER)
    for name in documents(raw):
        for path in (raw / name).glob("*.csv") if name != GENDER else ():
            path.write_bytes(b"")
    assert faults_kept.faults_kept(raw, GENDER) == before == faults_of_document(raw, GENDER)
    assert looked_at == [GENDER]


@pytest.mark.slow
def test_nothing_is_kept_of_what_is_no_file_or_changes_meanwhile(raw, looked_at, monkeypatch):
    os.mkfifo(raw / PLAN / "pipe")
    assert faults_kept.faults_kept(raw, GENDER) == faults_kept.faults_kept(raw, GENDER)
    (raw / PLAN / "pipe").unlink()
    assert looked_at == [GENDER] * 2
    find = faults_kept.descriptor.faults_of_document

    def changing(folder, name):
        found = find(folder, name)
        (raw / GENDER / "more.csv").write_bytes(b"id\n1\n")
        return found

    monkeypatch.setattr(faults_kept.descriptor, "faults_of_document", changing)
    faults_kept.faults_kept(raw, GENDER)
    (raw / GENDER / "more.csv").unlink()
    faults_kept.faults_kept(raw, GENDER)
    assert looked_at == [GENDER] * 4


def test_what_faults_depend_on_is_code_whose_files_are_all_summed():
    """Labels are left out of the checksum of code: nothing that is looked at here may read them."""
    assert not [
        name for name in closure([faults_kept.descriptor.__name__]) if name.startswith("analysis.labels")
    ]
