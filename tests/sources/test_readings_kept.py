"""What printed numbers are read as is kept, and what is kept says what reading says."""

import json

import pytest

from analysis import cache
from analysis.sources import read_anew, readings
from analysis.sources.readings import Readings

PAIRS = [
    ("两", "2"),
    ("six of its eight", "6"),
    ("about 1.5 million", "2.5"),
    ("1e3", "1000"),
    ("", "3"),
    ("no", "7"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "cache"))
    return tmp_path / "cache"


def told(document="report"):
    asked = Readings(document)
    answers = [[tuple(each) for each in asked.of(*pair)] for pair in PAIRS]
    asked.keep()
    return answers


def without_reading(monkeypatch):
    def refused(*_):
        raise AssertionError("read again")

    monkeypatch.setattr(read_anew, "find_numbers", refused)


def test_what_is_kept_says_what_reading_says(folder, monkeypatch):
    read = told()
    without_reading(monkeypatch)
    assert told() == read
    assert [len(each) for each in read] == [0, 0, 1, 1, 1, 1]
    assert [each[0][0] for each in read if each] == ["value", "printed", "printed", "printed"]


def test_a_new_number_is_read_beside_those_that_are_kept(folder, monkeypatch):
    told()
    read = []
    monkeypatch.setattr(read_anew, "find_numbers", lambda text, language: read.append(text) or [])
    asked = Readings("report")
    for pair in PAIRS:
        asked.of(*pair)
    assert not read
    asked.of("about 1.5 million", "1500000")
    assert set(read) == {"about 1.5 million", "about 1.5 million个", "about 1.5 million倍"}


def test_what_is_no_longer_asked_is_no_longer_kept(folder):
    told()
    asked = Readings("report")
    asked.of("nine", "9")
    asked.keep()
    (entry,) = folder.iterdir()
    held = json.loads(cache.kept(entry.name))
    assert list(held) == ["9 nine"]


@pytest.mark.parametrize("changed", ["packages", "code_of", "python", "document"])
def test_other_code_and_another_document_read_anew(folder, monkeypatch, changed):
    told()
    without_reading(monkeypatch)
    if changed != "document":
        monkeypatch.setattr(readings, changed, lambda *_: "another")
    with pytest.raises(AssertionError, match="read again"):
        told("other" if changed == "document" else "report")


def test_without_a_cache_each_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.FOLDER, "")
    first = told()
    assert told() == first
    without_reading(monkeypatch)
    with pytest.raises(AssertionError, match="read again"):
        told()


def test_an_entry_that_was_tampered_with_is_not_believed(folder):
    read = told()
    (entry,) = folder.iterdir()
    entry.write_bytes(entry.read_bytes().replace(b"a second look", b"no second look"))
    assert told() == read
