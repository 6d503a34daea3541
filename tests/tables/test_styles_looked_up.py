"""Styles of a Word document are looked up once, and found as python-docx finds them."""

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from analysis.tables.word_tables import new_document

NAMES = ("Normal", "Caption", "Heading 1", "Heading 2", "List Bullet", "Title")


def test_styles_have_the_ids_that_python_docx_finds():
    mine, theirs = new_document("A", "en"), docx.Document()
    for name in NAMES * 2:
        asked = name, WD_STYLE_TYPE.PARAGRAPH
        assert mine.part.get_style_id(*asked) == theirs.part.get_style_id(*asked), name
    assert mine.part.get_style_id(None, WD_STYLE_TYPE.PARAGRAPH) is None
    style = mine.styles["Caption"]
    assert mine.part.get_style_id(style, WD_STYLE_TYPE.PARAGRAPH) == "Caption"


def test_a_style_that_is_not_there_is_looked_for_again():
    document = new_document("A", "en")
    with pytest.raises(KeyError, match="Of my own"):
        document.add_paragraph("words", style="Of my own")
    document.styles.add_style("Of my own", WD_STYLE_TYPE.PARAGRAPH)
    assert document.add_paragraph("words", style="Of my own").style.name == "Of my own"


def test_a_style_of_another_kind_is_refused_after_it_was_looked_up():
    document = new_document("A", "en")
    document.add_paragraph("words", style="Caption")
    with pytest.raises(ValueError, match="need type"):
        document.part.get_style_id("Caption", WD_STYLE_TYPE.CHARACTER)
