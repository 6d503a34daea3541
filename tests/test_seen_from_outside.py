"""The project as others find it: documentation, citation, issue forms, the field's guide."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema.validators import validator_for

from analysis.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = ROOT / "tests" / "citation" / "cff-1.2.0.schema.json"  # of citation-file-format.github.io, CC BY 4.0
REMOTE = re.compile(
    r"""(?:\bsrc|srcset|poster)="https?://|<link[^>]+href="https?://|url\(['"]?https?://|@import[^;]+https?://"""
)


def faults(citation: dict) -> list[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return [error.message for error in validator_for(schema)(schema).iter_errors(citation)]


def test_the_citation_file_is_valid():
    # BaseLoader: dates and versions stay text, as the schema has them.
    citation = yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert not faults(citation)
    assert faults({**citation, "date-released": "yesterday"})
    assert faults({name: held for name, held in citation.items() if name != "authors"})


@pytest.mark.parametrize("name", ["number", "problem"])
def test_issue_forms_ask_for_what_is_needed(name):
    path = ROOT / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml"
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= set(form)
    ids = [field["id"] for field in form["body"]]
    assert len(ids) == len(set(ids)) == 3
    assert all(field["validations"]["required"] for field in form["body"])


@pytest.mark.slow
def test_the_field_s_guide_is_followed_or_the_exception_has_a_reason():
    from repo_review.processor import process

    results = process(ROOT).results
    assert len(results) > 30
    assert not [f"{each.name}: {each.err_msg}" for each in results if each.result is False]


@pytest.mark.slow
def test_the_documentation_builds_offline_without_a_warning(tmp_path):
    words = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "--keep-going",
        "-b",
        "html",
        "-d",
        tmp_path / "read",
    ]
    built = subprocess.run(
        [*words, ROOT / "docs", tmp_path / "made"], capture_output=True, text=True, cwd=ROOT
    )
    assert built.returncode == 0, built.stderr
    pages = list((tmp_path / "made").rglob("*.html"))
    assert len(pages) > 30
    styled = [*pages, *(tmp_path / "made").rglob("*.css")]
    assert not [path.name for path in styled if REMOTE.search(path.read_text(encoding="utf-8"))]
    assert REMOTE.search('<img src="https://example.org/badge.svg">')
    commands = (tmp_path / "made" / "commands.html").read_text(encoding="utf-8")
    assert not [name for name in COMMANDS if f"usage: analysis {name}" not in commands]
    door = (tmp_path / "made" / "api" / "front_door.html").read_text(encoding="utf-8")
    for name in ("analysis.open", "analysis.estimate", "Report.exhibit", "Number.text", "errors.NotFound"):
        assert f'{name}"' in door
    words = (tmp_path / "made" / "api" / "quantities.html").read_text(encoding="utf-8")
    assert "<math" in words


def bearer(name: str) -> object:
    """What a dotted name stands for: a module, or what it holds."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        module, _, own = name.rpartition(".")
        return getattr(importlib.import_module(module), own)


def test_the_list_of_words_names_what_there_is():
    text = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    names = [name for row in rows for name in re.findall(r"`(analysis[\w.]+)`", row[-1])]
    assert len(names) >= len(rows) > 25
    assert all(bearer(name) is not None for name in names)
    assert len({row[0] for row in rows}) == len(rows)
    with pytest.raises(AttributeError):
        bearer("analysis.quantities.Quantities")
