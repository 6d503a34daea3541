"""Vintages from the user's cache: the same frame, and only as long as every byte is the same."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from analysis import cache
from analysis.sources.vintages import VintageError, Vintages, record, register
from analysis.sources.vintages import kept as keeping
from analysis.sources.vintages.beside import COUNTRIES, TOTAL, estimates
from analysis.sources.vintages.register import read_vintage

ESTIMATES = Path(__file__).resolve().parents[2] / "data" / "estimates"
SMALL = "world_bank_2022_12"


@pytest.fixture
def kept(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv(cache.FOLDER, str(folder))
    return folder


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    shutil.copytree(
        ESTIMATES, root / "data" / "estimates", ignore=shutil.ignore_patterns("un_*", "*2026*", "wpp*")
    )
    return root


@pytest.fixture
def read(monkeypatch):
    """The names of the vintages that are read from their files."""
    names = []

    def watched(vintage, codes):
        names.append(vintage.name)
        return read_vintage(vintage, codes)

    monkeypatch.setattr(register, "read_vintage", watched)
    return names


@pytest.mark.slow
def test_a_vintage_is_read_once_and_then_taken_whole(kept, project, read):
    frames = [Vintages(project).observations(SMALL) for _ in range(2)]
    assert read == [SMALL]
    pd.testing.assert_frame_equal(*frames)
    frames[1].loc[0, "text"] = "changed"  # a frame that was taken may be written to


@pytest.mark.slow
def test_every_vintage_is_taken_as_it_is_read(kept):
    for name in Vintages().names():
        Vintages().observations(name)
        held = Vintages()
        pd.testing.assert_frame_equal(held.observations(name), read_vintage(held[name], held.codes))
    assert len(list(kept.iterdir())) == len(Vintages().names())


@pytest.mark.slow
def test_every_table_beside_the_record_is_taken_as_it_is_made(kept, root, monkeypatch):
    first, again = ({name: table() for name, table in estimates(root)[0].items()} for _ in range(2))
    monkeypatch.setenv(cache.FOLDER, "")
    for name, table in estimates(root)[0].items():
        for held in (first[name], again[name]):
            assert (table().name, table().source) == (held.name, held.source)
            pd.testing.assert_frame_equal(table().rows, held.rows)
    pd.testing.assert_frame_equal(estimates(root)[1][0].rows, record.titles_of_estimates(Vintages(root)).rows)


@pytest.fixture
def made(monkeypatch):
    """What is made of a vintage for the record: the names of the functions that make it."""
    names = []

    def watch(name):
        make = getattr(record, name)
        monkeypatch.setattr(record, name, lambda *given: names.append(name) or make(*given))

    for name in ("_rows", "_titles"):
        watch(name)
    return names


@pytest.mark.slow
def test_what_stands_beside_the_record_is_made_once_and_then_taken_whole(kept, project, made):
    def asked():
        vintages = Vintages(project)
        groups = set(vintages.codes.listed_areas["area"])
        yield record.published(vintages, SMALL, groups)
        yield record.published(vintages, SMALL, groups, COUNTRIES, TOTAL)
        yield record.published(vintages, SMALL)
        yield record.titles_of_estimates(vintages)
        yield record.titles_of_estimates(vintages, complete=False)

    first, again = list(asked()), list(asked())
    assert made == ["_rows"] * 3 + ["_titles"] * 2
    for table, held in zip(first, again, strict=True):
        assert (table.name, table.source) == (held.name, held.source)
        pd.testing.assert_frame_equal(table.rows, held.rows)
    assert [len(table.rows) for table in first[:2]] == [186, 62]
    assert {*first[1].rows["sex"]} == {TOTAL}


@pytest.mark.slow
def test_a_changed_name_of_an_area_or_date_of_a_vintage_is_seen(kept, project, made):
    folder = project / "data" / "estimates"
    record.titles_of_estimates(Vintages(project))
    for path, old, new in (
        (folder / "areas.csv", "World", "Globe"),
        (folder / SMALL / register.DESCRIPTOR, '"date": "2022', '"date": "2023'),
    ):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        record.titles_of_estimates(Vintages(project))
    assert made == ["_titles"] * 3


@pytest.mark.slow
@pytest.mark.parametrize("name", ["series.csv", "codes.csv", "areas.csv", "worldbank_titles.csv"])
def test_a_changed_code_list_is_seen(kept, project, read, name):
    Vintages(project).observations(SMALL)
    path = project / "data" / "estimates" / name
    path.write_bytes(path.read_bytes() + b"\n")
    Vintages(project).observations(SMALL)
    assert read == [SMALL, SMALL]


@pytest.mark.slow
def test_a_changed_descriptor_package_or_line_of_code_is_seen(kept, project, read, monkeypatch):
    Vintages(project).observations(SMALL)
    path = project / "data" / "estimates" / SMALL / register.DESCRIPTOR
    path.write_text(path.read_text().replace('"title": "', '"title": "Another ', 1))
    Vintages(project).observations(SMALL)
    monkeypatch.setattr(keeping, "packages", lambda: {"pandas": "other"})
    Vintages(project).observations(SMALL)
    monkeypatch.setattr(keeping, "code_of", lambda modules: "other")
    Vintages(project).observations(SMALL)
    assert read == [SMALL] * 4


@pytest.mark.slow
def test_a_changed_byte_of_a_registered_file_is_refused_though_its_numbers_are_kept(kept, project, read):
    Vintages(project).observations(SMALL)
    path = next(each for each in (project / "data" / "estimates" / SMALL).iterdir() if each.suffix != ".json")
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(VintageError, match="checksum differs"):
        Vintages(project).observations(SMALL)


@pytest.mark.slow
def test_what_is_damaged_is_read_anew_and_mended(kept, project, read):
    whole = Vintages(project).observations(SMALL)
    [path] = kept.iterdir()
    content = path.read_bytes()
    for damaged in (b"", content[:-1], content[:40] + b"x" + content[41:]):
        path.write_bytes(damaged)
        pd.testing.assert_frame_equal(Vintages(project).observations(SMALL), whole)
        assert path.read_bytes() == content
    assert read == [SMALL] * 4


def test_what_is_kept_under_another_key_is_not_taken(kept):
    cache.keep("a" * 64, b"one")
    shutil.copy(kept / ("a" * 64), kept / ("b" * 64))
    assert cache.kept("a" * 64) == b"one"
    assert cache.kept("b" * 64) is None


@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_folder_that_others_may_write_to_is_not_used(kept, mode):
    kept.mkdir()
    kept.chmod(mode)
    cache.keep("a" * 64, b"one")
    assert list(kept.iterdir()) == []
    assert cache.folder() is None
    kept.chmod(0o700)
    assert cache.folder() == kept


def test_a_link_a_file_or_a_folder_of_somebody_else_is_not_used(kept, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    kept.symlink_to(tmp_path / "elsewhere")
    assert cache.folder() is None
    kept.unlink()
    kept.write_bytes(b"")
    assert cache.folder() is None
    kept.unlink()
    assert cache.folder() == kept
    monkeypatch.setattr(os, "geteuid", lambda: kept.stat().st_uid + 1)
    assert cache.folder() is None


@pytest.mark.slow
def test_without_a_home_or_a_disk_that_can_be_written_all_is_read(project, read, monkeypatch, tmp_path):
    monkeypatch.delenv(cache.FOLDER)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
    assert len(Vintages(project).observations(SMALL))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))

    def refused(*_):
        raise OSError("read-only")

    monkeypatch.setattr(cache, "write_whole", refused)
    assert len(Vintages(project).observations(SMALL))
    assert read == [SMALL] * 2
    assert list((tmp_path / "home" / "analysis").iterdir()) == []


@pytest.mark.slow
def test_several_at_once_take_and_leave_whole_things(kept):
    contents = {f"{number:064x}": bytes([number]) * 200_000 for number in range(4)}

    def turn(number: int) -> bool:
        key = f"{number % 4:064x}"
        cache.keep(key, contents[key])
        return cache.kept(key) == contents[key]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(turn, range(64)))
    assert {path.name for path in kept.iterdir()} == set(contents)


def test_what_was_not_used_for_longest_goes_first(kept, monkeypatch):
    monkeypatch.setattr(cache, "LARGEST", 2_500)
    for number in range(3):
        cache.keep(f"{number:064x}", bytes(1_000))
        os.utime(kept / f"{number:064x}", (number, number))
    assert cache.kept(f"{1:064x}") is not None  # used just now
    cache.keep(f"{3:064x}", bytes(1_000))
    assert {path.name for path in kept.iterdir()} == {f"{number:064x}" for number in (1, 3)}
