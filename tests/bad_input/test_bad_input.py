"""Each case of bad input: one message, the right exit code, nothing written, and the page says so."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from page import CASES, PAGE, meet, page, row
from readers import in_time
from scene import scene


def parameters(case):
    return pytest.param(case, id=case.name, marks=pytest.mark.slow if case.apart or case.checkout else ())


@pytest.mark.sampled(4)
@pytest.mark.parametrize("case", [parameters(each) for each in CASES])
def test_bad_input_is_told_and_nothing_is_written(case, tmp_path):
    place = scene(tmp_path)
    case.spoil(place)
    before = place.held()
    with in_time():
        code, told = meet(case, place)
    assert code == case.code, told
    assert told or not code
    assert not re.search(r"Traceback|not foreseen|Errno|<class|object at 0x|\x1b|\u202e", told), told
    assert place.held() == before or not code
    assert row(case, code, told) in PAGE.read_text(encoding="utf-8").splitlines(), (
        "the page says another thing: python tests/bad_input/page.py writes it anew",
        row(case, code, told),
    )


def test_the_page_holds_these_cases_and_no_other():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    held = {line.rsplit("`", 2)[1]: line for line in rows if line.endswith("` |")}
    names = [each.name for each in CASES]
    assert len(set(names)) == len(names) >= 100
    assert page(held) == PAGE.read_text(encoding="utf-8")


@pytest.mark.sampled
@pytest.mark.parametrize(
    "words",
    [
        ("check-data",),
        ("register",),
        ("list",),
        ("estimate", "survey.csv", "--mapping", "mapping.toml", "--indicators", "unemployment_rate"),
        ("check", "draft.md"),
    ],
    ids=lambda words: words[0],
)
def test_the_scene_itself_is_sound(words, tmp_path):
    from scene import Case

    assert meet(Case("", "", words), scene(tmp_path))[0] == 0
