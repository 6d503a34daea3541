"""Files changed at random are read, or refused in the package's own words; minutes of it, marked slow.

The seed is one of this suite, or FUZZ_SEED; `python tests/fuzzing` draws anew.
"""

import os
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from every_value import changed_files, changes
from mutations import NASTY, mutate
from oracles import ALL as READERS
from readers import finding, inside

FILES = 40


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_a_file_changed_at_random_is_read_or_refused(name, tmp_path, monkeypatch, root):
    monkeypatch.setenv("ANALYSIS_ROOT", str(root))
    seed = int(os.environ.get("FUZZ_SEED", "20"))
    rng, reader = random.Random(seed), READERS[name]
    examples = reader.examples()
    for number in range(FILES):
        content = rng.choice(examples)
        if reader.zipped and number % 3:
            content = inside(content, lambda part: mutate(rng, part), rng.choice)
        else:
            content = mutate(rng, content)
        path = tmp_path / f"file{reader.suffix}"
        path.write_bytes(content)
        assert not finding(reader, path), (seed, number, path)


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_the_examples_themselves_are_read(name, tmp_path, monkeypatch, root):
    monkeypatch.setenv("ANALYSIS_ROOT", str(root))
    reader = READERS[name]
    assert reader.examples()
    for number, content in enumerate(reader.examples()):
        path = tmp_path / f"sound{number}{reader.suffix}"
        path.write_bytes(content)
        assert not finding(reader, path)


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_a_file_one_value_of_which_is_changed_is_read_or_refused(name, tmp_path, monkeypatch, root):
    monkeypatch.setenv("ANALYSIS_ROOT", str(root))
    files = list(changed_files(READERS[name]))
    random.Random(int(os.environ.get("FUZZ_SEED", "20"))).shuffle(files)
    path = tmp_path / f"file{READERS[name].suffix}"
    for content in files[: FILES // 4]:
        path.write_bytes(content)
        assert not finding(READERS[name], path), (name, path)


def test_an_oracle_tells_a_wrong_reading(tmp_path, monkeypatch):
    from analysis.reading import numbers

    path, reader = tmp_path / "file.bin", READERS["oracle: a number read back"]
    path.write_bytes(reader.examples()[0])
    assert not finding(reader, path)
    monkeypatch.setattr("analysis.reading.find_numbers", lambda text, language: [])
    assert "Misread" in finding(reader, path)
    assert numbers.find_numbers("12", "en")


def test_a_fault_of_a_reader_would_be_found(tmp_path):
    from readers import Reader

    def faulty(path):
        return {}["nothing"]

    path = tmp_path / "file.txt"
    path.write_bytes(b"x")
    assert "KeyError" in finding(Reader(".txt", list, faulty), path)
    assert not finding(Reader(".txt", list, lambda path: None), path)


def test_a_mutation_changes_a_file_and_is_drawn_again_from_its_seed():
    content = b"id,value\na,1\nb,2\n" * 20
    first = [mutate(random.Random(seed), content) for seed in range(50)]
    assert first == [mutate(random.Random(seed), content) for seed in range(50)]
    assert sum(each != content for each in first) > 40
    assert len(set(NASTY)) == len(NASTY)


def test_every_value_is_changed_in_its_turn():
    cells = set(changes(".csv", b"id,value\na,1\n"))
    assert {b"id,value\na,1e99999999\n", b"id,value\na,1\na,1\n", b"a,1\n", b",value\na,1\n"} <= cells
    assert {b"<a/>", b'<a b="-1"/>', b""} <= set(changes(".xml", b'<a b="2"/>'))
    assert {b"a = []\n", b"a = 2021-01-01\n"} <= set(changes(".toml", b"a = 5\n"))
