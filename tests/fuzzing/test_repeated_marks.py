"""Half a megabyte of one mark, or of one pair of marks, is read in time: none is looked at as often as all.

The limit is one of a core, and generous: what grows with the square of a text takes hours of it.
"""

import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from readers import in_time

from analysis.reading import DocumentError, find_numbers, read_document
from analysis.reading.layout import blocks_of_pages
from analysis.reading.set_lines import SetText
from analysis.sources.form import PLAIN
from analysis.sources.schema import read_rows
from analysis.sources.survey_files import first_line_names

SIZE, LONGEST = 500_000, 20_000
"""Of a file, and of one block of it, in which numbers are looked for."""
SOON = 5
"""Seconds of a core, for what takes one or two where it does not grow with the square."""
MARKS = {
    ".md": [
        *("\\", "[]", "[a](", "![](", "[^", "[^a]", "<b><i>", "<sup>1", "**1", "$1$", "&a;"),
        *("<table></table>\n\nx\n\n", "<table><tr><td>1</table>\n"),
        *("|-", "|a|\n|-|\n\n", "1. a\n", "---\n", "1,", "十"),
    ],
    ".html": [
        *("<", "<a", "</", "<?", "<!", "<a b='", "<!-- a -->", "<p>1", "<sup>1", "1<sup>", "<td>1"),
        *("<table><tr><td>", "<div>", "&a", "ﬁ", "<br>1"),
    ],
    ".txt": ["(", "1.", ".", "•\n", "- 1\n", "Outcome 1:\n"],
}
_SPACES = " ".join(
    f'xmlns:{name}="http://schemas.openxmlformats.org/{address}"'
    for name, address in {
        "w": "wordprocessingml/2006/main",
        "mc": "markup-compatibility/2006",
        "a": "drawingml/2006/main",
        "p": "presentationml/2006/main",
        "r": "officeDocument/2006/relationships",
    }.items()
)
_WORDS = "<w:p><w:r><w:t>word</w:t></w:r></w:p>"
_FIELD = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
_SLIDE = "<a:p><a:r><a:t>word</a:t></a:r></a:p>"
_CHOICES = "<mc:Fallback/>" * 35_000
BODIES = {
    "choices of one thing": f"<w:p><mc:AlternateContent>{_CHOICES}</mc:AlternateContent></w:p>",
    "fields in fields": f"<w:p>{_FIELD * 5500}{'<w:r><w:t>1</w:t></w:r>' * 8000}</w:p>",
    "tables in tables": ("<w:tbl><w:tr><w:tc>" * 200 + _WORDS + "</w:tc></w:tr></w:tbl>" * 200) * 60,
}
SHAPES = {
    "tables in tables": ("<a:tbl><a:tr><a:tc>" * 60 + _SLIDE + "</a:tc></a:tr></a:tbl>" * 60) * 160,
    "one slide shown again": f"<p:sp>{_SLIDE * 200}</p:sp>",
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


@pytest.mark.slow
@pytest.mark.parametrize("body", BODIES)
def test_half_a_megabyte_of_one_element_of_word_is_read(tmp_path, body):
    path = tmp_path / "draft.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        whole = f"<w:document {_SPACES}><w:body>{BODIES[body]}{_WORDS}</w:body></w:document>"
        archive.writestr("word/document.xml", whole)
    with in_time(SOON, of_a_core=True):
        assert read_document(path).blocks[-1].text == "word"


@pytest.mark.slow
@pytest.mark.parametrize("shapes", SHAPES)
def test_half_a_megabyte_of_one_element_of_slides_is_read(tmp_path, shapes):
    path = tmp_path / "draft.pptx"
    listed = "<p:sldId r:id='one'/>" * 25_000
    link = "<Relationship Id='one' Type='slide' Target='slides/slide1.xml'/>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/presentation.xml", f"<p:presentation {_SPACES}>{listed}</p:presentation>")
        archive.writestr("ppt/_rels/presentation.xml.rels", f"<Relationships>{link}</Relationships>")
        archive.writestr("ppt/slides/slide1.xml", f"<p:sld {_SPACES}>{SHAPES[shapes]}</p:sld>")
    with in_time(SOON, of_a_core=True):
        assert 0 < len(read_document(path).blocks) < 20_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "pieces", [["1 " * (SIZE // 2)], ["word", *["1", "a"] * 12_000]], ids=["one", "many"]
)
def test_half_a_megabyte_of_one_line_of_a_page_is_read(pieces):
    raised = {"1": (703, 5)}
    set_texts = [SetText(text, at, *raised.get(text, (700, 10))) for at, text in enumerate(pieces)]
    with in_time(SOON, of_a_core=True):
        assert blocks_of_pages([set_texts])[0]


@pytest.mark.slow
def test_half_a_megabyte_of_names_of_columns_is_refused_of_the_record_and_read_of_surveys(tmp_path):
    names = [f"c{number}" for number in range(60_000)]
    path = tmp_path / "survey.csv"
    path.write_text(",".join(names))
    with in_time(SOON, of_a_core=True):
        header, rows, faults = read_rows(path.read_bytes() + b"\na\n", "table.csv")
        assert (header, rows) == ([], [])
        assert str(faults[0]) == "table.csv row 1: found 60,000 columns; expected at most 500"
        assert first_line_names(path, PLAIN) == names


def test_a_table_of_rows_of_another_length_is_read_no_further():
    header, rows, faults = read_rows(b"id,value\n" + b"\n" * 5000, "table.csv")
    assert (header, len(rows), len(faults)) == (["id", "value"], 1000, 1001)
    told = "found more than 1,000 rows of another length; read no further; expected 2 cells, one a column"
    assert str(faults[-1]) == f"table.csv row 1002: {told}"
