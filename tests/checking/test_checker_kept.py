"""What drafts are checked against is kept: the same answers, for the same bytes only, and nothing else."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import __version__, cache
from analysis.checking.answers.lines import as_json, as_sarif
from analysis.checking.answers.telling import Teller
from analysis.commands import checker_kept as kept
from analysis.commands.check import checked_files
from analysis.reading import read_document

DRAFTS = Path(__file__).resolve().parents[2] / "benchmarks" / "drafts"
PRACTISED = ("unseen8/09_blog_es.md", "unseen8/07_comunicado_es.docx")


@pytest.fixture
def period(register):
    """The period that is checked against."""
    return register.period("2020-21")


def told(checker, period):
    """Return all that is written of two drafts of one language: tables, pages, comments, JSON and SARIF."""
    teller = Teller(checker)
    written = {}
    for name in PRACTISED:
        path = DRAFTS / name
        draft = read_document(str(path))
        checked = checker.check(draft)
        written |= checked_files(path, draft, checked, teller, period.printed, True)
        written[f"{name}.json"] = as_json([(name, checked)], teller)
        written[f"{name}.sarif"] = as_sarif([(name, checked)], teller, __version__)
    return written


@pytest.mark.slow
def test_what_is_kept_answers_as_what_was_made(register, period, tmp_path, monkeypatch):
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "cache"))
    made = kept.checker_kept(register, period, "es")
    monkeypatch.setattr(kept.Checker, "__init__", None)  # none is made anew
    read = kept.checker_kept(register, period, "es")
    assert isinstance(read.catalogue.recorded, kept._OpenedLater)
    assert told(read, period) == told(made, period)
    assert "_tables" not in vars(read.catalogue.recorded)  # to tell needs no record
    assert len(read.catalogue.recorded) == len(made.catalogue.recorded)
    assert repr(read.catalogue.recorded) == repr(made.catalogue.recorded)
    with pytest.raises(AttributeError, match="nothing"):
        read.catalogue.recorded.nothing  # noqa: B018


@pytest.mark.slow
def test_it_is_made_anew_where_a_byte_a_language_or_a_period_is_another(
    register, period, tmp_path, monkeypatch
):
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "cache"))
    state = ["one"]
    monkeypatch.setattr(kept, "state_of_project", lambda root: state[0])
    asked = []
    monkeypatch.setattr(cache, "keep", lambda key, content: asked.append(key))
    kept.checker_kept(register, period, "en")
    kept.checker_kept(register, period, "zh")
    kept.checker_kept(register, register.period("2018-19"), "en")
    state[0] = "other"
    kept.checker_kept(register, period, "en")
    assert len({*asked}) == len(asked) == 4
    states = iter(["one", "other"])
    monkeypatch.setattr(kept, "state_of_project", lambda root: next(states))
    kept.checker_kept(register, period, "en")  # something was changed while it was made
    assert len(asked) == 4


def test_nothing_but_what_a_checker_is_made_of_is_read():
    functions = [pickle.dumps(subprocess.run), pickle.dumps(cache.keep)]
    by_way = pickle.PROTO + b"\x04\x8c\x0eanalysis.cache\x8c\x0bos.makedirs\x93."  # a name within a name
    imported = pickle.PROTO + b"\x04\x8c\x0eanalysis.cache\x8c\x04Path\x93."
    for content in (*functions, by_way, imported):
        with pytest.raises(pickle.UnpicklingError, match="is nothing that a checker is made of"):
            kept._Unpickler(content, dict).checker()


DAMAGED = {
    "nothing": b"",
    "another thing": pickle.dumps([]),
    "what is known, and no checker": pickle.dumps({"names": set(), "language": "en", "framework": 0})
    + pickle.dumps(5),
    "no pickle": b"\x80\x05garbage",
    "a class that is gone": pickle.PROTO + b"\x05\x8c\x0eanalysis.cache\x8c\x06Nobody\x93.",
    "a module that is gone": pickle.PROTO + b"\x05\x8c\x0fanalysis.nobody\x8c\x06Nobody\x93.",
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_whatever_is_wrong_with_what_is_kept_a_checker_is_made_anew(register, period, monkeypatch, damage):
    class Made(Exception):
        pass

    def make(*_):
        raise Made

    monkeypatch.setattr(kept, "state_of_project", lambda root: "state")
    monkeypatch.setattr(cache, "folder", lambda: Path("/nowhere"))
    monkeypatch.setattr(cache, "kept", lambda key: DAMAGED[damage])
    monkeypatch.setattr(register, "recorded", make, raising=False)
    with pytest.raises(Made):
        kept.checker_kept(register, period, "en")


@pytest.mark.slow
def test_a_page_is_checked_without_what_reads_tables(tmp_path, monkeypatch):
    (tmp_path / "page.md").write_text("The report counts 896 results in 2020-21; in Africa there were 290.\n")
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "cache"))
    program = (
        "import sys; from analysis.cli import main; code = main(['check', sys.argv[1]]);"
        "names = ('pandas.core', 'pyarrow.lib', 'analysis.exhibits.catalogue');"
        "print(code, *(name in sys.modules for name in names))"
    )
    words = [sys.executable, "-c", program, str(tmp_path / "page.md")]
    ended = [subprocess.run(words, capture_output=True, text=True, check=True) for _ in range(2)]
    first, again = (run.stdout.splitlines() for run in ended)
    assert (first[-1], again[-1]) == ("0 True True True", "0 False False False")
    assert first[:-1] == again[:-1]
    assert "290" in first[0]
