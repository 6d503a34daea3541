"""Markdown and notebooks: marks are not read, places stay, and what is left out is counted."""

import json

import pytest

from analysis.reading import read_document


def read(folder, text, name="draft.md"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_document(path)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**22** per cent, US$ **896** million, *5* and `6`", "22 per cent, US$ 896 million, 5 and 6"),
        ("[896](https://example.org/77) and ![fig](a_5.png){width=80%}", "896 and fig"),
        ("[896 results][one] in all[^1]", "896 results in all"),
        ("1&nbsp;203 and 22\\% and US\\$ 5 and 2020\\-21", "1\u00a0203 and 22% and US$ 5 and 2020-21"),
        ("5 * 10 and 5*10 and a_b and 896*", "5 * 10 and 5*10 and a_b and 896"),
        ("<span style='width: 33%'>896</span> and 10<sup>6</sup>, 896<sup>1</sup>", "896 and 10⁶, 896"),
        ("less <than 5> and <https://example.org>", "less <than 5> and <https://example.org>"),
        ("```x``` and 9", "x and 9"),
        ("896^1^ results of H~2~O and 10^6^", "896 results of H2O and 10⁶"),
        ("$896$, $22\\%$, $1{,}203$, $5-$6, ($7) and $$12$$", "896, 22%, 1,203, $5-$6, ($7) and 12"),
        ("**It hit women.** *See* US$ **8.4** million", "**It hit women.** *See* US$ 8.4 million"),
    ],
)
def test_marks_of_markdown_are_not_read(tmp_path, written, shown):
    assert [block.text for block in read(tmp_path, written).blocks] == [shown]


def test_places_are_those_of_the_source_though_marks_are_gone(tmp_path):
    block = read(tmp_path, "The **896** results\nand [77](x) &amp; 5").blocks[0]
    assert block.text == "The 896 results\nand 77 & 5"
    assert [block.where(block.text.index(number)) for number in ("896", "77", "& 5", "5")] == [
        (1, 7),
        (2, 6),
        (2, 13),
        (2, 19),
    ]


def test_a_rule_that_opens_a_text_hides_none_of_it(tmp_path):
    draft = read(tmp_path, "---\n\nIn all 896 results.\n\n---\n\nMore 5.\n")
    assert [block.text for block in draft.blocks] == ["In all 896 results.", "More 5."]
    assert draft.remarks == ()


def test_code_comments_and_front_matter_are_counted(tmp_path):
    draft = read(
        tmp_path,
        "---\ntitle: 896\ndate: 5\n---\n\n<!-- one 7\nand 8 --> Text 1.\n\n"
        "```r\nx <- 9\n```\n\n~~~\n10\n~~~\n\n"
        "[a]: https://example.org/11\n\nEnd 2 ![x](y).\n",
    )
    assert [block.text.strip() for block in draft.blocks] == ["Text 1.", "End 2 x."]
    assert draft.remarks == ("not read: 2 lines of front matter, 2 pieces of code, 1 comment, 1 picture",)


def test_code_that_is_never_closed_is_told_with_its_line(tmp_path):
    draft = read(tmp_path, "Text 1.\n\n```\nx\n\nIn all 896 results.\n")
    assert "not read: all from line 3 on, where code begins that is never closed" in draft.remarks


def test_tables_without_outer_bars_with_bars_in_cells_and_in_html(tmp_path):
    draft = read(
        tmp_path,
        "Region | Results\n--- | ---:\nAfrica | **329**\n\n| a \\| b | c |\n|-|-|\n| 1 | 2 |\n\n"
        "<table><tr><td width='50'>x</td><td>3</td></tr></table>\n",
    )
    assert [(block.place, block.text) for block in draft.blocks] == [
        ("table 1, row 1", "Region | Results"),
        ("table 1, row 2", "Africa | 329"),
        ("table 2, row 1", "a ¦ b | c"),
        ("table 2, row 2", "1 | 2"),
        ("table 3, row 1", "x | 3"),
    ]
    assert draft.blocks[1].columns == ("Region", "Results")
    assert draft.blocks[1].where(draft.blocks[1].text.index("329")) == (3, 12)


def test_code_outputs_and_raw_cells_of_a_notebook_are_counted(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": "Text 5."},
        {"cell_type": "code", "source": ["6"], "outputs": [{}, {}]},
        {"cell_type": "code", "source": "", "outputs": []},
        {"cell_type": "raw", "source": "896"},
        {"cell_type": "markdown", "source": "```\nx"},
    ]
    draft = read(tmp_path, json.dumps({"cells": cells}), "draft.ipynb")
    assert [block.text for block in draft.blocks] == ["Text 5."]
    assert draft.remarks == (
        "not read: 1 cell of code, 2 outputs, 1 raw cell",
        "cell 5: not read: all from line 1 on, where code begins that is never closed",
        "cell 5: not read: 1 piece of code",
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("In all 896.".encode("utf-16"), "In all 896."),
        ("In all 896.".encode("utf-32"), "In all 896."),
        ("In all ﬁve oﬃces.".encode(), "In all five offices."),
        ("In\u200b all 8\u00ad9\u20606.\ufeff".encode(), "In all 896."),
    ],
)
def test_other_encodings_and_signs_that_are_not_seen(tmp_path, content, text):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert [block.text for block in read_document(path).blocks] == [text]


def test_what_is_struck_through_or_deleted_is_told_and_joins_nothing(tmp_path):
    draft = read(
        tmp_path, "It was ~~896~~874, <del>5</del>12 and <ins>22</ins>.\n\n| a | 12<br>340 |\n|---|---|\n"
    )
    assert [block.text for block in draft.blocks] == ["It was 896\t874, 12 and 22.", "a | 12\t340"]
    assert draft.remarks == (
        "1 piece of deleted text left out, as if accepted",
        "1 stretch of text struck through: read as well",
    )


def test_front_matter_between_plus_signs_and_programs_are_not_read(tmp_path):
    draft = read(tmp_path, "+++\nyear = 2020\n[params]\n+++\na 12\n<script>\nvar x = 13;\n\n</script> b 14\n")
    assert [block.text.strip() for block in draft.blocks] == ["a 12", "b 14"]
    assert draft.remarks == ("not read: 2 lines of front matter, 1 piece of code",)
    prose = read(tmp_path, "+++\nThere were 5 of them.\n+++\n")
    assert "5 of them" in prose.blocks[0].text


def test_comments_that_are_never_closed_are_read_in_one_go(tmp_path):
    draft = read(tmp_path, "a 12 " + "<!-- " * 100_000)
    assert draft.blocks[0].text.startswith("a 12 <!--")


def test_chinese_text_as_windows_writes_it_is_read_as_chinese(tmp_path):
    path = tmp_path / "draft.txt"
    for said in ("2020–21年，取得了896项成果，目标为874项。", "非洲取得了329项成果。"):
        path.write_bytes(said.encode("gb18030"))
        draft = read_document(path)
        assert "".join(block.text for block in draft.blocks) == said
        assert draft.remarks[0].startswith("not UTF-8: read as gb18030")
    for said in ("L’année passée, l’Afrique a compté 329 résultats ; « élevé ».", "CRÉÉE EN 2019"):
        path.write_bytes(said.encode("cp1252"))
        assert read_document(path).remarks[0].startswith("not UTF-8: read as cp1252")
