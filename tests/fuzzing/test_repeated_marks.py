"""Half a megabyte of one mark, or of one pair of marks, is read in time: none is looked at as often as all.

The limit is one of a core, and generous: what grows with the square of a text takes hours of it.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from readers import in_time

from analysis.reading import DocumentError, find_numbers, read_document

SIZE, LONGEST = 500_000, 20_000
"""Of a file, and of one block of it, in which numbers are looked for."""
MARKS = {
    ".md": [
        *("\\", "[]", "[a](", "![](", "[^", "[^a]", "<b><i>", "<sup>1", "**1", "$1$", "&a;"),
        *("|-", "|a|\n|-|\n\n", "1. a\n", "---\n", "1,", "十"),
    ],
    ".html": [
        *("<", "<a", "</", "<?", "<!", "<a b='", "<!-- a -->", "<p>1", "<sup>1", "1<sup>", "<td>1"),
        *("<table><tr><td>", "<div>", "&a", "ﬁ", "<br>1"),
    ],
    ".txt": ["(", "1.", ".", "•\n", "- 1\n", "Outcome 1:\n"],
}
NUMBERS = ["[^1]", "10⁶", "1-", "one ", "un ", "百", "1/2 ", "½", "2020-21 "]


@pytest.mark.slow
@pytest.mark.parametrize(("suffix", "mark"), [(suffix, mark) for suffix in MARKS for mark in MARKS[suffix]])
def test_half_a_megabyte_of_one_mark_is_read(tmp_path, suffix, mark):
    path = tmp_path / f"draft{suffix}"
    path.write_text(f"{mark * (SIZE // len(mark))}x", encoding="utf-8")
    with in_time(of_a_core=True):
        assert read_document(path).blocks


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr", "es", "zh"])
@pytest.mark.parametrize("mark", NUMBERS)
def test_numbers_are_looked_for_in_a_block_of_one_mark(mark, language):
    with in_time(of_a_core=True):
        assert find_numbers(mark * (LONGEST // len(mark)), language) is not None


def test_a_page_of_comments_that_are_never_closed_is_refused(tmp_path):
    path = tmp_path / "draft.html"
    path.write_text("<p>896 results</p>" + "<!-- <b>" * 101, encoding="utf-8")
    with pytest.raises(DocumentError, match=r"draft.html: 101 comments .* never closed; close them or take"):
        read_document(path)
    path.write_text("<!-- a -->" * 200 + "<p>896 results</p><!-- <b>", encoding="utf-8")
    assert "896 results" in [block.text for block in read_document(path).blocks]
