"""The checksums of a folder: a file is summed once in a process, and again where it may be another."""

import hashlib
import os
import time

import pytest

from analysis.commands import sums
from analysis.commands.sums import SETTLED, checksums_of_folder


@pytest.fixture
def path(tmp_path):
    """A file that was written long ago."""
    path = tmp_path / "folder" / "one.csv"
    path.parent.mkdir()
    path.write_bytes(b"1\n")
    long_ago(path)
    return path


def long_ago(path):
    os.utime(path, ns=(time.time_ns() - 10 * SETTLED,) * 2)


@pytest.fixture
def opened(monkeypatch):
    """Let times lie far back, as those of files that were written long ago; return which files are read."""
    files, now = [], time.time_ns
    monkeypatch.setattr(sums.time, "time_ns", lambda: now() + 10 * SETTLED)
    opener = open

    def noted(file, mode):
        files.append(file)
        return opener(file, mode)

    monkeypatch.setattr(sums, "open", noted, raising=False)
    return files


def summed(path):
    [(place, checksum)] = checksums_of_folder(path.parent)
    assert place == str(path)
    return checksum


def test_a_file_is_read_once(path, opened):
    expected = hashlib.sha256(b"1\n").hexdigest()
    assert [summed(path) for _ in range(3)] == [expected] * 3
    assert opened == [str(path)]


def replaced(path):
    before = path.stat()
    path.with_suffix(".new").write_bytes(b"2\n")
    path.with_suffix(".new").replace(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def in_place(path):
    before = path.stat()
    path.write_bytes(b"2\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def longer(path):
    path.write_bytes(b"2\n3\n")


@pytest.mark.parametrize("change", [replaced, in_place, longer])
def test_a_change_is_seen_though_the_time_of_the_file_is_set_back(path, opened, change):
    before = summed(path)
    time.sleep(0.02)  # longer than the clock of a file system takes from one time to the next
    change(path)
    assert summed(path) == hashlib.sha256(path.read_bytes()).hexdigest() != before


def test_a_file_that_was_just_written_is_read_each_time(tmp_path, monkeypatch):
    path = tmp_path / "one.csv"
    for content in (b"1\n", b"2\n", b"3\n"):
        path.write_bytes(content)
        assert summed(path) == hashlib.sha256(content).hexdigest()
    assert str(path) not in sums._summed
