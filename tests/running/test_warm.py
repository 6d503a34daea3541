"""Tasks in forked processes: at most so many at a time, in order, limited in time, dead with their parent."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small import alive

from analysis.running import warm

SERVER = """
import json, os, signal, sys, time
from analysis.running import warm
LEAK = {}

def work(task):
    if "leave" in task:
        LEAK["x"] = os.environ["LEAK"] = "left"
    if "look" in task:
        tell(report=task["report"], task=task["name"], found=[LEAK.get("x"), os.environ.get("LEAK")])
    exec(task.get("code", ""))

def get_ready(task, startable):
    exec(task.get("ready" if startable else "early", ""))

tell = warm.EventPipe()
request = json.loads(warm._first_line())
warm.serve(request["tasks"], request["jobs"], work, tell, get_ready)
"""


@pytest.fixture
def serve(tmp_path):
    """Start a server with tasks; return it, and a function that reads its events."""
    started = []

    def start(tasks, jobs=2):
        process = subprocess.Popen(
            [sys.executable, "-c", SERVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            process_group=0,
            env=os.environ | {"ANALYSIS_ROOT": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        started.append(process)
        asked = [{"report": "en", "after": [], "limit": 30, **each} for each in tasks]
        process.stdin.write((json.dumps({"tasks": asked, "jobs": jobs}) + "\n").encode())
        process.stdin.flush()
        return process

    yield start
    for each in started:
        each.kill()
        each.communicate()


def events(process) -> list[dict]:
    return [json.loads(line) for line in process.stdout]


def test_tasks_run_in_order_of_what_they_need(serve):
    ended = events(serve([{"name": "b", "after": ["a"]}, {"name": "a"}, {"name": "c", "after": ["a", "b"]}]))
    assert [each["task"] for each in ended] == ["a", "b", "c"]
    assert all(each["seconds"] > 0 and each["memory"] > 0 for each in ended)


def test_a_task_waits_until_what_others_have_made_was_moved(serve, tmp_path):
    folder = tmp_path / "made"
    folder.mkdir()
    waits = {"name": "b", "after": ["a"], "until_gone": [str(folder)]}
    moves = {"name": "c", "after": ["a"], "code": f"os.rmdir({str(folder)!r})"}
    assert [event["task"] for event in events(serve([{"name": "a"}, waits, moves], jobs=1))] == [
        "a",
        "c",
        "b",
    ]


@pytest.mark.slow
def test_what_one_task_leaves_behind_another_does_not_find(serve):
    ended = events(serve([{"name": "a", "leave": 1}, {"name": "b", "look": 1, "after": ["a"]}]))
    assert [each["found"] for each in ended if "found" in each] == [[None, None]]


def test_what_the_process_gets_ready_for_a_task_that_and_later_ones_find(serve):
    tasks = [
        {"name": "a", "look": 1},
        {"name": "b", "look": 1, "ready": "LEAK['x'] = 'ready'", "after": ["a"]},
    ]
    ended = events(serve([*tasks, {"name": "c", "look": 1, "after": ["b"]}]))
    found = {each["task"]: each["found"][0] for each in ended if "found" in each}
    assert found == {"a": None, "b": "ready", "c": "ready"}


@pytest.mark.parametrize(("jobs", "early"), [(2, [1]), (1, [])])
def test_the_task_that_waits_next_is_got_ready_for_once_while_there_is_room(serve, tmp_path, jobs, early):
    mark = f"os.path.join({str(tmp_path)!r}, 'early')"
    told = f"tell(task=task['name'], early=1); open({mark}, 'w').close()"
    turns = 500 if early else 2  # until it is got ready for; then as long as it would take to be so again
    wait = f"for turn in range({turns}): os.path.exists({mark}) or time.sleep(0.02)\ntime.sleep(0.05)"
    first = {"name": "a", "code": wait, "early": told}
    waiting = [{"name": name, "early": told, "after": ["a"]} for name in "bc"]
    ended = events(serve([first, *waiting], jobs=jobs))
    assert [event["early"] for event in ended if "early" in event] == early
    assert [event["task"] for event in ended if "early" in event] == ["b"] * len(early)
    assert ended[-1]["task"] in "bc"


@pytest.mark.slow
def test_getting_ready_ends_with_the_parent(serve):
    process = serve([{"name": "a", "ready": "tell(report='en', task='a', found=1); time.sleep(60)"}])
    assert json.loads(process.stdout.readline())["found"] == 1
    process.stdin.close()
    process.stdin = None
    assert process.wait(10) != 0


@pytest.mark.slow
def test_no_more_tasks_run_at_a_time_than_asked(serve, tmp_path):
    code = f"""
mark = os.path.join({str(tmp_path)!r}, task["name"])
open(mark, "w").close()
time.sleep(0.1)
tell(report=task["report"], task=task["name"], found=len(os.listdir({str(tmp_path)!r})))
os.remove(mark)
"""
    ended = events(serve([{"name": name, "code": code} for name in "abcdef"], jobs=2))
    assert max(each["found"] for each in ended if "found" in each) == 2
    assert sum("seconds" in each for each in ended) == 6


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("task", "told"),
    [
        ({"code": "1 / 0"}, {"failed": "error", "kind": "ZeroDivisionError"}),
        ({"code": "os.kill(os.getpid(), signal.SIGKILL)"}, {"failed": "signal", "signal": "SIGKILL"}),
        ({"code": "os.kill(os.getpid(), signal.SIGSEGV)"}, {"failed": "signal", "signal": "SIGSEGV"}),
        ({"code": "os._exit(7)"}, {"failed": "exit", "code": 7}),
        ({"code": "time.sleep(60)", "limit": 0.2}, {"failed": "limit", "limit": 0.2}),
        ({"code": "while True: pass", "limit": 0.2}, {"failed": "limit", "limit": 0.2}),
        ({"code": "raise MemoryError('x' * 9999)"}, {"failed": "error", "kind": "MemoryError"}),
    ],
)
def test_a_task_that_fails_dies_or_hangs_is_told_and_nothing_follows_it(serve, task, told):
    ended = events(serve([{"name": "a", **task}, {"name": "b", "after": ["a"]}]))
    assert told.items() <= ended[0].items()
    assert not any(each.get("task") == "b" for each in ended)
    assert ended[-1] == {"report": "en", "ended": True}


@pytest.mark.slow
@pytest.mark.parametrize("how", ["stdin closed", "server killed"])
def test_when_either_side_goes_every_process_goes(serve, tmp_path, how):
    code = 'tell(report="en", task=task["name"], up=1); import subprocess; subprocess.run(["sleep", "60"])'
    process = serve([{"name": "a", "code": code}, {"name": "b", "code": code}])
    for _ in range(2):
        process.stdout.readline()
    assert len(alive(tmp_path)) >= 3
    if how == "server killed":
        process.kill()
    else:
        process.stdin.close()
        process.stdin = None
    deadline = time.monotonic() + 10
    while alive(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(tmp_path)


@pytest.mark.slow
def test_a_module_that_cannot_be_imported_ends_the_server_instead_of_keeping_it(tmp_path):
    request = {"tasks": [], "jobs": 1, "modules": ["no_such_module"], "scratch": str(tmp_path)}
    (tmp_path / "request.json").write_text(json.dumps(request), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "analysis.running.warm"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        process.stdin.write(f"{tmp_path}/request.json\n".encode())
        process.stdin.flush()
        assert process.wait(timeout=60) == 1
        assert b"No module named 'no_such_module'" in process.stderr.read()
    finally:
        process.kill()
        process.communicate()


def test_what_belongs_to_an_extra_is_imported_early_only_where_it_is_installed(monkeypatch):
    monkeypatch.setattr(warm, "find_spec", lambda name: None if name in ("docx", "pptx") else object())
    assert warm.others_installed() == [name for name in warm.OTHERS if name not in ("docx", "pptx")]


def busy_before_it_reads() -> subprocess.Popen:
    """Start what watches whether anybody wants it, for a while, before it reads its first line."""
    code = "with warm._wanted():\n    print(flush=True)\n    time.sleep(0.5)\nprint(warm._first_line())"
    process = subprocess.Popen(
        [sys.executable, "-c", f"import time\nfrom analysis.running import warm\n{code}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    process.stdout.readline()
    return process


@pytest.mark.slow
def test_a_line_that_waits_to_be_read_is_not_taken_for_the_end():
    process = busy_before_it_reads()
    process.stdin.write(b"asked\n")
    process.stdin.flush()
    process.wait(timeout=60)
    assert b"asked" in process.communicate()[0]


@pytest.mark.slow
def test_the_end_of_what_asks_is_seen_behind_a_line_that_is_not_read_yet():
    process = busy_before_it_reads()
    process.stdin.write(b"asked\n")
    process.stdin.close()
    assert process.wait(timeout=60) == -signal.SIGKILL
    process.stdin = None
    assert b"asked" not in process.communicate()[0]


def test_the_key_of_the_contents_tells_which_documents_they_offer(tmp_path):
    from analysis.running.keys import documents_key
    from analysis.running.work import Work
    from analysis.store.entries import Store

    def keys() -> dict[str, str]:
        work = Work(tmp_path, tmp_path, Path("2020-21/en"), {"language": "en"}, 1.0, "")
        tasks = work.documents(corrected=False, after=[])
        return {task["name"]: documents_key(Store(tmp_path, "salt"), task) for task in tasks}

    before = keys()
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "report.pdf").write_bytes(b"%PDF")
    assert {name for name, key in keys().items() if key != before[name]} == {"contents"}
    before = keys()
    (tmp_path / "report" / "01_trends.html").write_text("<p>", encoding="utf-8")
    assert {name for name, key in keys().items() if key != before[name]} == {"pages"}
