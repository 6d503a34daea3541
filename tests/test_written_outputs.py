"""What a command writes into a folder replaces its own files, and nobody else's."""

import hashlib
import json
import os

import pytest

from analysis.cli import main
from analysis.commands.outputs import RECORD, write_outputs
from analysis.errors import Misuse

NAMES = {"one.csv": b"1\n", "two.csv": b"2\n"}


def there(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != RECORD}


def test_what_was_written_gives_way_to_what_is_written_next(tmp_path):
    folder = tmp_path / "out" / "further"
    for content in (b"1\n", b"2\n", b"2\n", b"3\n"):
        [path] = write_outputs(folder, {"one.csv": content})
        assert path.read_bytes() == content
    write_outputs(folder, {"two.csv": b"2\n"})  # another command's
    write_outputs(folder, NAMES)
    assert there(folder) == NAMES


def changed(folder):
    (folder / "one.csv").write_bytes(b"mine\n")


def linked(folder):
    (folder / "one.csv").unlink()
    (folder.parent / "mine.csv").write_bytes(b"1\n")
    (folder / "one.csv").symlink_to(folder.parent / "mine.csv")


def folder_of_that_name(folder):
    (folder / "one.csv").unlink()
    (folder / "one.csv").mkdir()


def unknown(folder):
    (folder / RECORD).unlink()


def damaged(folder):
    (folder / RECORD).write_text('{"files": [1]}')


@pytest.mark.parametrize("spoil", [changed, linked, folder_of_that_name, unknown, damaged])
def test_what_is_not_as_it_was_written_stays_and_nothing_is_written(tmp_path, spoil):
    folder = tmp_path / "out"
    write_outputs(folder, NAMES)
    spoil(folder)
    before = sorted((path.name, path.is_file() and path.read_bytes()) for path in folder.iterdir())
    with pytest.raises(
        Misuse, match=r"one\.csv: there already, and .*; move it away, or name another folder"
    ):
        write_outputs(folder, {"two.csv": b"3\n" if spoil is changed else b"2\n", "one.csv": b"4\n"})
    assert sorted((path.name, path.is_file() and path.read_bytes()) for path in folder.iterdir()) == before


def test_a_file_that_holds_the_same_is_nobodys_loss(tmp_path):
    (tmp_path / "one.csv").write_bytes(b"1\n")
    write_outputs(tmp_path, NAMES)
    write_outputs(tmp_path, {"one.csv": b"4\n"})
    assert there(tmp_path) == NAMES | {"one.csv": b"4\n"}


def test_files_in_folders_of_a_folder_are_ones_own_by_their_place(tmp_path):
    write_outputs(tmp_path, {"tables/one.csv": b"1\n", "one.csv": b"2\n"})
    write_outputs(tmp_path, {"tables/one.csv": b"3\n"})
    assert (tmp_path / "tables" / "one.csv").read_bytes() == b"3\n"
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "one.csv").write_bytes(b"2\n")
    with pytest.raises(Misuse, match=r"figures/one\.csv: there already, and not written by this command"):
        write_outputs(tmp_path, {"two.csv": b"", "figures/one.csv": b"3\n"})
    assert not (tmp_path / "two.csv").exists()


def test_a_file_where_a_folder_is_to_be_is_told_before_anything_is_written(tmp_path):
    (tmp_path / "tables").write_text("mine")
    with pytest.raises(NotADirectoryError, match="tables is a file, not a folder"):
        write_outputs(tmp_path, {"one.csv": b"", "tables/one.csv": b""})
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]


def test_what_an_earlier_version_wrote_is_refused_once_with_what_to_do(tmp_path):
    (tmp_path / "one.csv").write_bytes(b"of an earlier version\n")
    told = "no record tells .* \\(earlier versions kept none\\); move it away, or name another folder"
    with pytest.raises(Misuse, match=told):
        write_outputs(tmp_path, NAMES)
    (tmp_path / "one.csv").rename(tmp_path / "former.csv")
    write_outputs(tmp_path, NAMES)
    write_outputs(tmp_path, NAMES | {"one.csv": b"4\n"})


def test_the_project_s_own_findings_are_as_they_were_written(root):
    folder = root / "docs" / "findings"
    held = json.loads((folder / RECORD).read_text(encoding="utf-8"))["files"]
    now = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in held}
    assert held == now, f"git checkout docs/findings/{RECORD} docs/findings/2020-21*, and write them again"


def test_many_files_are_told_in_one_sentence(tmp_path):
    for number in range(9):
        (tmp_path / f"{number}.csv").write_text("mine")
    with pytest.raises(Misuse, match=r"0\.csv, .*2\.csv and 6 more: there already, and no record tells"):
        write_outputs(tmp_path, {f"{number}.csv": b"" for number in range(9)})


COMMANDS = {
    "check": (["check", "draft.md"], "draft.html"),
    "export": (["export", "results_by_region", "--format", "csv"], "results_by_region-2020-21-en.csv"),
    "audit": (["audit"], "claims.csv"),
}


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs_again_into_its_own_folder_and_not_over_a_file_of_ones_own(
    command, root, tmp_path, monkeypatch, capsys
):
    words, name = COMMANDS[command]
    monkeypatch.setenv("ANALYSIS_ROOT", str(root))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text("The report counts 896 results in 2020-21.\n", encoding="utf-8")
    words = [*words, "--output", "out"]
    assert main(words) == 0
    (tmp_path / "draft.md").write_text("The report counts 897 results in 2020-21.\n", encoding="utf-8")
    assert main(words) == 0
    held = there(tmp_path / "out")
    assert name in held
    os.truncate(tmp_path / "out" / name, 3)
    capsys.readouterr()
    assert main(words) == 2
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said == (
        f"analysis {command}: out/{name}: there already, and changed since it was written; move it away, or "
        "name another folder with --output"
    )
    assert there(tmp_path / "out") == held | {name: held[name][:3]}
