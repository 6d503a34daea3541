"""A large draft that two processes judge: the answers of one, whatever becomes of the second."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.checking.two_processes import FIRST_PART, MEETING, State, Trace, _parted

ROOT = Path(__file__).resolve().parents[2]
DRAFTS = sorted((ROOT / "benchmarks" / "drafts" / "look").glob("en*.md"))
# In a process of its own: tests may run beside threads, and a process with threads makes no second one.
BEGIN = """
import json, os, signal, sys
from pathlib import Path
from analysis.checking import two_processes
from analysis.checking.drafts import Checker
from analysis.checking.answers.lines import rows
from analysis.checking.answers.telling import Teller
from analysis.sources.register import Register

register = Register(Path(sys.argv[1]))
checker = Checker(register.recorded("2020-21"), "2020-21", register.root)
two_processes.LARGE, two_processes.FIRST_PART, two_processes.MEETING = 20, 0.3, 60
os.sched_getaffinity = lambda process: {0, 1}
second = two_processes.SecondProcess
takes_over, begin, written = second.takes_over, second._begin, two_processes._Exchange.written

def told():
    return rows(checker.check(Path(sys.argv[2]), "en"), "draft", Teller(checker)).values.tolist()
"""
CASES = """
taken = []
def counted(self, at, progress):
    taken.append(takes_over(self, at, progress))
    return taken[-1]
second.takes_over = counted
two = told()
met = any(taken)

def killed(self):
    begin(self)
    os.kill(self._process, signal.SIGKILL)
second._begin = killed
without_second = told()
second._begin = begin

def interrupted(self, at, progress):
    raise KeyboardInterrupt
second.takes_over = interrupted
try:
    told()
except KeyboardInterrupt:
    pass
try:
    left = os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    left = None
second.takes_over = counted

def refused():
    raise OSError("no more processes")
fork, os.fork = os.fork, refused
refused = told()
del os.fork
taken.clear()
alone = told()
print(json.dumps({
    "met": met, "rows": len(alone), "two": two == alone, "without_second": without_second == alone,
    "refused": refused == alone, "alone": not any(taken), "left": left,
}))
"""
KILLED = """
import time
def killed(self, at, progress):
    os.kill(os.getpid(), signal.SIGKILL)
second.takes_over = killed
read = two_processes.SecondProcess._judged
def slowly(self, first):
    while os.getppid() == first:
        time.sleep(0.01)
    return read(self, first)
def went_on(self, held):
    progress = held[1]
    print("numbers judged without the first process:", len(progress), flush=True)
    return written(self, held)
second._judged, two_processes._Exchange.written = slowly, went_on
told()
"""


@pytest.fixture(scope="module")
def draft(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "draft.md"
    texts = [path.read_text(encoding="utf-8") for path in DRAFTS]
    path.write_text("\n\n".join(texts), encoding="utf-8")
    return path


def run(draft, script):
    call = [sys.executable, "-c", BEGIN + script, str(ROOT), str(draft)]
    return subprocess.run(call, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no second process there")
def test_two_processes_answer_as_one_and_one_answers_alone(draft):
    done = run(draft, CASES)
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told.pop("rows") > 100
    assert told == dict.fromkeys(("met", "two", "without_second", "refused", "alone"), True) | {"left": None}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no second process there")
def test_the_second_process_judges_nothing_once_the_first_is_killed(draft):
    done = run(draft, KILLED)  # returns when both have ended
    assert done.returncode == -signal.SIGKILL
    assert done.stdout == "numbers judged without the first process: 0\n"


def test_the_rest_begins_where_most_numbers_are_before_it():
    rest, meetings = _parted([10] * 100)
    assert rest == -(-FIRST_PART * 1000 // 10)
    assert min(meetings) == rest + MEETING / 10
    assert sorted(meetings) == [rest + 8, rest + 16, rest + 32]


@pytest.mark.parametrize("many", [[], [0, 0, 0], [5], [0, 700]])
def test_a_draft_of_few_blocks_has_no_meeting(many):
    assert _parted(many)[1] == frozenset()


def test_processes_meet_where_their_last_numbers_and_what_was_spoken_of_are_the_same():
    own = Trace({3: {"en": ["a"]}, 4: {"en": ["b"]}}, {4: State("sum", 3, 40)}, {4: 50})
    assert own.meets(Trace({3: {"en": ["a"]}, 4: {"en": ["b"]}}, {4: State("sum", 3, 40)}), 4)
    assert not own.meets(Trace({3: {"en": ["c"]}, 4: {"en": ["b"]}}, {4: State("sum", 3, 40)}), 4)
    assert not own.meets(Trace({3: {"en": ["a"]}, 4: {"en": ["b"]}}, {4: State("other", 3, 40)}), 4)
    assert not own.meets(Trace({3: {"en": ["a"]}, 4: {"en": ["b"]}}, {4: None}), 4)
    assert not Trace({4: {}}, {4: None}).meets(own, 4)
