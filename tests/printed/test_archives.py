"""Office files of equal content have equal bytes, whenever they were written."""

import io
import zipfile

import pytest

from analysis.printed.archives import still, with_members

PARTS = {"[Content_Types].xml": b"<Types/>", "word/données.xml": b"text " * 500, "empty": b""}


def archive(year: int, rights: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in PARTS.items():
            entry = zipfile.ZipInfo(name, (year, 7, 3, 12, 30, 10))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, rights << 16
            made.writestr(entry, content)
    return file.getvalue()


def test_dates_and_rights_are_alike_and_contents_as_they_were():
    first, second = archive(2020, 0o600), archive(2031, 0o666)
    assert first != second
    assert still(first) == still(second) == still(still(first))
    with zipfile.ZipFile(io.BytesIO(still(first))) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == PARTS
        assert {entry.date_time for entry in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in read.infolist()} == {0o644}


@pytest.mark.parametrize("wrong", [lambda made: b"before it" + made, lambda made: made[:-2] + b"\1\0!"])
def test_an_archive_that_is_laid_out_otherwise_is_not_touched(wrong):
    with pytest.raises(ValueError, match="does not stand in the archive where"):
        still(wrong(archive(2020, 0o600)))


def test_members_are_replaced_as_if_all_had_been_written():
    before, contents = still(archive(2020, 0o600)), {"empty": b"full", "word/données.xml": b"short"}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in (PARTS | contents).items():
            made.writestr(name, content)
    assert with_members(before, contents) == still(written.getvalue())
    assert with_members(before, {}) == before
    with pytest.raises(ValueError, match=r"no member named other\.xml"):
        with_members(before, {"other.xml": b""})
