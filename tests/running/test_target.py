"""One run per target: the lock, the scratch folder, and the two renames that put a report in its place."""

import queue
import signal
import subprocess
import sys
import threading

import pytest

from analysis.files import write_whole
from analysis.running.manifest import write_manifest, write_run
from analysis.running.target import Target
from analysis.running.work import Paces

HOLD = """
import sys, time
from pathlib import Path
from analysis.running.target import Target
with Target(Path(sys.argv[1]), "2020-21/en").claimed(print):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def target(tmp_path):
    return Target(tmp_path, "2020-21/en")


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_run_names_the_first_and_waits_until_it_ends(target, holder):
    told, got = queue.SimpleQueue(), threading.Event()

    def claim():
        with target.claimed(told.put):
            got.set()

    waiting = threading.Thread(target=claim)
    waiting.start()
    assert told.get(timeout=10) == f"waiting for process {holder.pid}, which is making {target.folder}"
    assert not got.wait(0.05)
    holder.send_signal(signal.SIGKILL)
    assert got.wait(10)
    waiting.join()
    assert told.empty()


def test_two_targets_do_not_wait_for_each_other(target, holder, tmp_path):
    with Target(tmp_path, "2020-21/fr").claimed(pytest.fail):
        pass


@pytest.mark.slow
def test_the_lock_does_not_outlive_its_process_where_a_child_does(tmp_path, target):
    code = HOLD.replace("time.sleep(60)", "import subprocess; subprocess.Popen(['sleep', '5'])")
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, stdout=subprocess.DEVNULL)
    with target.claimed(pytest.fail):
        pass


def test_each_run_has_a_part_of_its_own_and_clears_what_a_killed_run_has_left(target):
    left = target.root / ".part-2020-21-en-abcdefgh"
    other = target.root / ".part-2020-21-fr-abcdefgh"
    for each in (left, other):
        each.mkdir()
    with target.part() as part:
        assert part.is_dir()
        assert not left.exists()
        assert other.is_dir()
    assert not part.exists()


def test_what_a_killed_run_has_left_is_cleared_where_nobody_makes_the_target(target):
    left = target.root / ".part-2020-21-en-abcdefgh"
    other = target.root / ".part-2020-21-fr-abcdefgh"
    for folder in (left, other):
        folder.mkdir()
    target.clear_if_free()
    assert not left.exists()
    assert other.is_dir()


def test_what_a_run_that_goes_on_has_made_is_not_cleared(target, holder):
    left = target.root / ".part-2020-21-en-abcdefgh"
    left.mkdir()
    target.clear_if_free()
    assert left.is_dir()


def test_a_report_is_replaced_whole(target, tmp_path):
    made(target.folder, old="1")
    with target.part() as part:
        write_whole(part / "report" / "new.txt", b"new")
        target.put(part / "report", part, pytest.fail)
    assert [each.name for each in target.folder.iterdir()] == ["new.txt"]
    assert sorted(each.name for each in target.root.iterdir()) == ["2020-21"]


def test_a_run_killed_between_the_two_renames_has_its_old_report_put_back(target):
    write_whole(target.folder / "old.txt", b"old")
    part = target.root / ".part-2020-21-en-abcdefgh"
    part.mkdir()
    target.folder.replace(part / "replaced")
    with target.part():
        assert (target.folder / "old.txt").read_bytes() == b"old"


def test_a_full_disk_names_the_file_and_leaves_nothing_of_it(tmp_path):
    resource = pytest.importorskip("resource")
    path = tmp_path / "figures" / "chart.svg"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match=str(path)):
            write_whole(path, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(path.parent.iterdir())


@pytest.mark.slow
def test_many_writers_of_one_file_do_not_take_it_from_each_other(tmp_path):
    path, wrong = tmp_path / "index.html", []

    def write(sign: bytes):
        try:
            for _ in range(50):
                write_whole(path, sign * 1000)
        except OSError as error:
            wrong.append(error)

    writers = [threading.Thread(target=write, args=(sign,)) for sign in (b"a", b"b", b"c")]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert not wrong
    assert len(set(path.read_bytes())) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match=r"file/chart\.svg"):
        write_whole(tmp_path / "file" / "chart.svg", b"x")


def test_what_took_longest_starts_first(tmp_path):
    path, tasks = tmp_path / "seconds.json", [{"name": name} for name in "abc"]
    paces = Paces(path)
    assert [each["name"] for each in paces.longest_first(tasks)] == ["a", "b", "c"]
    for name, seconds in {"a": 1.0, "c": 2.0}.items():
        paces.note(name, seconds)
    paces.write()
    assert [each["name"] for each in Paces(path).longest_first(tasks)] == ["b", "c", "a"]
    path.write_text("{")
    assert [each["name"] for each in Paces(path).longest_first(tasks)] == ["a", "b", "c"]


def made(folder, **files):
    """Write a report's files, sums and manifest."""
    for name, text in files.items():
        write_whole(folder / f"{name}.csv", text.encode())
    words = {"organisation": "ilo", "biennium": "2020-21", "language": "en", "corrected": False}
    write_run(folder, [], 0, 1, 1.0)
    write_manifest(folder, words | {"only": [], "documents": False, "further": {}}, {"inputs": {}})
    return folder


def test_what_somebody_wrote_into_a_report_is_kept_when_it_is_made_anew(target):
    made(target.folder, same="1", edited="1", gone="1")
    write_whole(target.folder / "edited.csv", b"somebody's")
    write_whole(target.folder / "notes" / "mine.txt", b"mine")
    (target.folder / "gone.csv").unlink()
    told = []
    with target.part() as part:
        target.put(made(part / "report", same="1", edited="2", gone="1"), part, told.append)
    kept = target.root / "kept" / "2020-21-en-1"
    assert {path.relative_to(kept).as_posix(): path.read_bytes() for path in kept.rglob("*.*")} == {
        "edited.csv": b"somebody's",
        "notes/mine.txt": b"mine",
    }
    assert told == [f"not as {target.folder} was made, and kept in {kept}: edited.csv, notes/mine.txt"]
    assert (target.folder / "edited.csv").read_bytes() == b"2"
    told.clear()
    with target.part() as part:
        target.put(made(part / "report", same="2", edited="2", gone="2"), part, told.append)
    assert told == []
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_a_folder_that_is_no_report_is_kept_whole(target):
    write_whole(target.folder / "thesis.docx", b"three years")
    (target.folder / "link").symlink_to("thesis.docx")
    with target.part() as part:
        target.put(made(part / "report", same="1"), part, lambda told: None)
    kept = target.root / "kept" / "2020-21-en-1"
    assert (kept / "thesis.docx").read_bytes() == b"three years"
    assert (kept / "link").is_symlink()
