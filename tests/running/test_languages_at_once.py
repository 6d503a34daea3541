"""Several languages in one command: each report as its own command makes it, and each for itself."""

import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest
from small import NAME, TWO, alive, code, command, is_whole, kill_after, write_notebook

from analysis.running.asked import ParameterError, languages_asked
from analysis.running.crew import TaskFailure
from analysis.running.language_run import Request
from analysis.running.reproduce import _in_order, reproduce, reproduce_all
from analysis.running.verify import RUN
from analysis.sources.register import Register

HOLD = """
import sys, time
from pathlib import Path
from analysis.running.target import Target
with Target(Path(sys.argv[1]), "2020-21/en").claimed(print):
    print("held", flush=True)
    time.sleep(600)
"""
BOTH = ("--language", "en,fr")
ONLY_IN_FRENCH = "if language == 'fr':\n    "


@pytest.fixture
def small_register(project):
    return Register(project)


def files(report) -> dict[str, bytes]:
    """Return the files of a report, but for that which tells of the run."""
    paths = [path for path in report.rglob("*") if path.is_file() and path.name != RUN]
    return {path.relative_to(report).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize(
    ("texts", "languages"),
    [
        (["fr"], ("fr",)),
        (["en,fr", "es"], ("en", "fr", "es")),
        (["zh fr, zh"], ("zh", "fr")),
        (["fr", "all"], ("fr", "en", "es", "zh")),
    ],
)
def test_languages_are_asked_for_by_codes_each_once(texts, languages):
    assert languages_asked(texts) == languages


@pytest.mark.parametrize("text", ["", "en,", "en,,fr", "en,xx", "EN"])
def test_a_language_without_labels_is_refused_among_others(text):
    with pytest.raises(ParameterError, match="there are en, es, fr, zh"):
        languages_asked([text])


def test_notebooks_of_the_next_language_start_before_the_documents_of_one():
    class Run:
        def __init__(self, language, ended=None):
            self.ended, self.notebooks, self.groups = ended, [f"{language} 01"], [f"{language} site"]

    runs = [Run("en"), Run("fr", ended=ValueError()), Run("es"), Run("zh")]
    expected = ["en 01", "es 01", "en site", "zh 01", "es site", "zh site"]
    assert _in_order(runs) == expected


@pytest.mark.slow
def test_each_report_is_that_of_its_own_command(project, small_register, tmp_path):
    period = small_register.period("2020-21")
    folders = reproduce_all(
        small_register, period, ["fr", "en", "zh"], output=tmp_path / "all", jobs=2, documents=True
    )
    assert list(folders) == ["fr", "en", "zh"]
    for language, folder in folders.items():
        alone = reproduce(small_register, period, language, output=tmp_path / language, documents=True)
        assert is_whole(folder)
        assert files(folder) == files(alone), language
    assert not list((tmp_path / "all").glob(".part*"))


@pytest.mark.slow
def test_what_has_not_changed_is_told_of_each_language_and_only_the_new_one_is_made(project, small_register):
    period, heard = small_register.period("2020-21"), []
    made = reproduce_all(small_register, period, ["en", "fr"])
    left = made["en"].parents[1] / ".part-2020-21-en-abcdefgh"
    left.mkdir()
    reproduce_all(small_register, period, ["en", "es", "fr"], heard=heard.append)
    assert not left.exists()
    assert {event["report"] for event in heard if "unchanged" in event} == {"en", "fr"}
    assert {event["report"] for event in heard if "seconds" in event} == {"es"}


@pytest.mark.slow
def test_a_language_that_fails_leaves_the_others_alone(project):
    write_notebook(project, *code(f"{ONLY_IN_FRENCH}1 / 0", *TWO))
    process = command(project, "--language", "en,fr,es", "--jobs", "2")
    told, line = process.communicate(timeout=180)
    assert process.returncode == 1
    sentence = (
        r"analysis reproduce: fr: 01_decent_work_trends.ipynb, cell 4: ZeroDivisionError: .*failed/2020-21-fr"
    )
    assert re.fullmatch(sentence, line.strip()), line
    reports = project / "reports" / "2020-21"
    assert {path.name for path in reports.iterdir()} == {"en", "es"}
    assert all(is_whole(path) for path in reports.iterdir())
    assert all(f"{reports / language}: " in told for language in ("en", "es"))
    assert (project / "reports/failed/2020-21-fr" / f"{NAME}.ipynb").is_file()


@pytest.mark.slow
def test_a_report_that_cannot_be_finished_leaves_the_others_alone(project, small_register, monkeypatch):
    def full(folder, register, period, words, before):
        if words["language"] == "fr":
            raise OSError(28, "No space left on device", str(folder))

    monkeypatch.setattr("analysis.running.language_run.write_readme", full)
    folders = reproduce_all(small_register, small_register.period("2020-21"), ["fr", "en"])
    assert isinstance(folders["fr"], OSError)
    assert not (project / "reports/2020-21/fr").exists()
    assert is_whole(folders["en"])


@pytest.mark.slow
def test_the_death_of_the_serving_process_is_told_of_every_language_left(project, small_register):
    write_notebook(project, "import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    ended = reproduce_all(small_register, small_register.period("2020-21"), ["en", "fr"])
    assert all(isinstance(failure, TaskFailure) for failure in ended.values())
    assert all("was killed (SIGKILL)" in str(failure) for failure in ended.values())


@pytest.mark.slow
def test_a_language_that_another_process_makes_comes_after_the_others(project, small_register):
    reports, told = project / "reports", []
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(reports)], stdout=subprocess.PIPE)
    assert holder.stdout.readline() == b"held\n"

    def tell(sentence):
        told.append(sentence)
        if sentence.startswith("waiting"):
            assert is_whole(reports / "2020-21" / "fr")  # made, and let go, by then
            holder.kill()

    try:
        ended = reproduce_all(small_register, small_register.period("2020-21"), ["en", "fr"], tell=tell)
    finally:
        holder.kill()
        holder.communicate()
    assert all(is_whole(folder) for folder in ended.values())
    assert told == [
        f"process {holder.pid} is making {reports / '2020-21/en'}: it is made after the other languages",
        f"waiting for process {holder.pid}, which is making {reports / '2020-21/en'}",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_signal_ends_all_languages_and_leaves_those_that_are_made(project, number):
    write_notebook(project, f"{ONLY_IN_FRENCH}import time; time.sleep(100)")
    process = command(project, "--language", "en", "--language", "fr")
    deadline = time.monotonic() + 120
    while not (project / "reports/2020-21/en/manifest.json").is_file():
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(0.5)  # for the last notes
    process.send_signal(number)
    line = process.communicate(timeout=60)[1].strip()
    assert re.fullmatch(rf"analysis reproduce: stopped \({number.name}\); en made; .*", line), line
    assert process.returncode == 128 + number
    assert not alive(project)
    assert is_whole(project / "reports/2020-21/en")
    assert not (project / "reports/2020-21/fr").exists()
    assert not list((project / "reports").glob(".part*"))


@pytest.mark.slow
def test_killed_at_any_moment_each_language_is_absent_or_whole(project):
    started = time.monotonic()
    command(project, *BOTH).communicate(timeout=180)
    length, reports = time.monotonic() - started, project / "reports" / "2020-21"
    expected = {language: files(reports / language) for language in ("en", "fr")}
    rng = random.Random(34)
    for number in range(8):
        write_notebook(project, *code(*TWO, f"{number}"))
        kill_after(command(project, *BOTH), rng.uniform(0.2, 1.1) * length, group=number % 2 < 1)
        deadline = time.monotonic() + 30
        while alive(project) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert not alive(project)
        assert all(is_whole(folder) for folder in reports.iterdir())
    write_notebook(project, *code(*TWO))
    command(project, *BOTH).communicate(timeout=180)
    assert {language: files(reports / language) for language in ("en", "fr")} == expected
    assert not list((project / "reports").glob(".part*"))


def test_a_request_tells_what_a_manifest_does(tmp_path, register):
    period = register.period("2020-21")
    request = Request(register, period, ("02",), {"corrected": "true", "before": "x"}, True, 1, 1.0, tmp_path)
    assert request.words("fr") == {
        "organisation": "ilo",
        "biennium": "2020-21",
        "language": "fr",
        "corrected": True,
        "only": ["02"],
        "documents": True,
        "further": {"before": "x"},
    }
    assert request.target("fr").folder == tmp_path / "corrected-partial" / "2020-21" / "fr"


@pytest.mark.slow
def test_a_report_whose_note_is_lost_comes_from_the_store_with_its_site(project, small_register):
    period, heard = small_register.period("2020-21"), []
    made = reproduce(small_register, period, documents=True, jobs=2)
    before = files(made)
    shutil.rmtree(project / "reports" / ".store" / "last")
    again = reproduce(small_register, period, documents=True, heard=heard.append)
    assert not any("seconds" in event for event in heard)
    assert files(again) == before


@pytest.mark.slow
def test_a_clock_that_is_put_back_makes_no_run_take_less_than_nothing(project, small_register, monkeypatch):
    moments = iter(range(10**9, 0, -3600))
    monkeypatch.setattr(time, "time", lambda: float(next(moments)))
    folder = reproduce(small_register, small_register.period("2020-21"), "en")
    assert json.loads((folder / "run.json").read_text(encoding="utf-8"))["seconds"] > 0
    assert is_whole(folder)
