"""Plain text: which lines are headings, and which paragraphs are numbers whose table is lost."""

import pytest

from analysis.reading.plain import are_cells, heading_level, plain_text

LEVELS = {
    "Outcome 2: International labour standards": 1,
    "成果目标 6：面向劳动世界所有人的性别平等、": 1,
    "成果目标 B：国际劳工组织的有效和高效治理": 1,
    "2. Budget": 2,
    "2.1 Regular budget": 3,
    "Budget and expenditure": 6,
    "预算和支出": 6,
    # A sentence, an item, a title of a book, a caption, numbers, a rule of signs.
    "Budget and expenditure rose.": 0,
    "► Highlights": 0,
    "《2020 年亚太地区就业和社会展望》": 0,
    "Table 2. Budget of outcome 1": 0,
    "82 results": 0,
    "Results: 82": 0,
    "____": 0,
    "Outcome 3 spent 225.1 million:": 0,
}
CELLS = {
    "5.4 5.4 6.6 6.2": True,
    "女性 5.5 5.5 6.4 6.3": True,
    "预算外发展合作 11.0 42.2": True,
    "329 results": True,
    "37%": True,
    "Extrabudgetary development cooperation 11.0 42.2": True,
    "In 2020 unemployment reached 6.6 per cent.": False,
    "Extrabudgetary expenditure came to 667.7 million in the biennium, a third more than was planned": False,
    "2018-19": False,
}


@pytest.mark.parametrize(("text", "level"), LEVELS.items())
def test_a_heading_is_told_by_its_number_or_its_length(text, level):
    assert heading_level(text) == level


@pytest.mark.parametrize(("text", "cells"), CELLS.items())
def test_cells_are_numbers_with_hardly_a_word(text, cells):
    assert are_cells(text) is cells


def test_cells_have_caption_and_label_above_and_prose_ends_both():
    text = """Outcome 1: Constituents

Table 2. Budget of outcome 1 (US$ million)

Source Budget Expenditure

Regular budget 101.8 101.1

Total 112.8 147.4

The budget of outcome 1 was exceeded, since much was given for labour administration and inspection.

3 4 5
"""
    blocks = plain_text(text)
    assert [block.kind for block in blocks] == [
        "heading",
        *["paragraph"] * 2,
        *["cells"] * 2,
        "paragraph",
        "cells",
    ]
    told = "Table 2. Budget of outcome 1 (US$ million)\nSource Budget Expenditure"
    assert blocks[4].headings == ("Outcome 1: Constituents", told)
    assert blocks[6].headings == ("Outcome 1: Constituents",)


def test_a_short_line_is_the_heading_of_prose_and_the_label_of_numbers():
    prose = "Many ratified the Conventions of the Organization, and some of them did so for the first time."
    headed, after = plain_text(f"Ratifications\n\n{prose}")
    assert (headed.kind, after.headings) == ("heading", ("Ratifications",))
    label, cells, later = plain_text(f"Africa\n\n329 results\n\n{prose}")
    assert (label.kind, cells.headings, later.headings) == ("paragraph", ("Africa",), ())


def test_bare_numbers_part_from_the_line_that_follows_and_keep_their_place():
    blocks = plain_text("Label\n15 17 5\nOutcome Output Target\n")
    assert [(block.text, block.where(0)) for block in blocks] == [
        ("Label", (1, 1)),
        ("15 17 5", (2, 1)),
        ("Outcome Output Target", (3, 1)),
    ]
