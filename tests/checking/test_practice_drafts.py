"""Practice drafts as files of their kind: each marked number is found again in its place."""

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.draft_files import made_of, places  # noqa: E402
from benchmarks.draft_gold import bare  # noqa: E402

pytest.importorskip("docx")
pytest.importorskip("pptx")
FRESH = ROOT / "benchmarks" / "drafts" / "fresh"


@pytest.mark.parametrize("name", ["fr_tableau_word.docx.md", "es_notas.pptx.md", "en_press_release.md"])
def test_a_number_of_a_draft_stands_in_its_markdown_where_it_is_said_to(checker, tmp_path, name):
    text, gold = bare(FRESH / name)
    path = made_of(text, name, tmp_path)
    assert path.suffix == Path(name.removesuffix(".md")).suffix or path.suffix == ".md"
    found = places(text, checker.check(path))
    assert all(text[start : start + len(each.number.text)] == each.number.text for start, each in found)
    starts = {start for start, _ in found}
    digits = [mark for mark in gold if mark.printed[0].isdigit()]
    assert len(digits) > 14
    assert sum(mark.start in starts for mark in digits) >= len(digits) - 1
