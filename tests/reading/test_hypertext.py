"""HTML as programs write it: no cell, row or end of a page is lost; what is not read is counted."""

import pytest

from analysis.reading import read_document


def told_of(folder, page):
    path = folder / "draft.html"
    path.write_text(page, encoding="utf-8")
    draft = read_document(path)
    return [(block.kind, block.text) for block in draft.blocks], draft


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        (
            "<table><tr><td><p>Region</p></td><td><p>Results</p></td></tr>"
            "<tr><td><p>Africa</p></td><td><div>329</div></td></tr></table>",
            ["Region | Results", "Africa | 329"],
        ),
        (
            "<table><tr><td>Africa<td>329<tr><td>Asia<td>99</table>",
            ["Africa | 329", "Asia | 99"],
        ),
        ("<table><tr><td>Africa<br/>all of it<td>329</table>", ["Africa\nall of it | 329"]),
        ("<table><tr><td>a<p>b<p>c<td>329</table>", ["a b c | 329"]),
        (
            "<table><tr><td>out<table><tr><td>in<td>5</table><td>329</tr></table>",
            ["in | 5", "out | 329"],
        ),
        ("<table><tr><td>Africa<td>329", ["Africa | 329"]),
        ("<table><tr><td>a | b<td>329</table>", ["a ¦ b | 329"]),
    ],
)
def test_every_cell_of_a_table_is_read(tmp_path, page, rows):
    assert told_of(tmp_path, page)[0] == [("row", text) for text in rows]


def test_cells_that_span_keep_the_columns_of_those_beside_them(tmp_path):
    _, draft = told_of(
        tmp_path,
        "<table><tr><th rowspan=2>Region<th colspan=2>2020–21</tr><tr><th>Results<th>Target</tr>"
        "<tr><td rowspan=2>Africa<td>329<td>308</tr><tr><td>5<td>6</tr></table>",
    )
    assert [block.text for block in draft.blocks[2:]] == ["Africa | 329 | 308", " | 5 | 6"]
    assert {block.columns for block in draft.blocks[2:]} == {("Region", "2020–21 Results", "2020–21 Target")}
    assert not any(block.columns for block in draft.blocks[:2])


def test_a_table_that_lays_a_page_out_is_the_text_in_it(tmp_path):
    told, _ = told_of(tmp_path, "<table><tr><td><h1>Head</h1><p>One 5.</p><p>Two 6.</p></td></tr></table>")
    assert told == [("heading", "Head"), ("paragraph", "One 5."), ("paragraph", "Two 6.")]


def test_a_page_without_the_ends_that_may_be_left_out_is_read(tmp_path):
    told, draft = told_of(tmp_path, "<head><title>x</title><body><h2>Head</h2>Text 5.<p>More <code>6</code>.")
    assert told == [("heading", "Head"), ("paragraph", "Text 5."), ("paragraph", "More 6.")]
    assert draft.remarks == ()


def test_parts_that_a_browser_sets_apart_do_not_run_into_one_number(tmp_path):
    told, _ = told_of(tmp_path, "<main>896</main><aside>77</aside><option>1<option>2<hr>3")
    assert [text for _, text in told] == ["896", "77", "1", "2", "3"]


def test_what_is_not_read_of_a_page_is_counted_and_what_is_hidden_is_told(tmp_path):
    told, draft = told_of(
        tmp_path,
        "<p>A 5 <del>6</del><img src=x><img src=y></p><svg><text>7</text></svg><pre><code>8</code></pre>"
        "<p style='display: none'>9</p><p hidden>10</p>",
    )
    assert [text for _, text in told] == ["A 5", "9", "10"]
    assert draft.remarks == (
        "not read: 2 pictures, 1 drawing, 1 piece of code",
        "1 piece of deleted text left out, as if accepted",
        "2 places hidden from readers: read as well",
    )


def test_what_follows_a_drawing_that_is_never_closed_is_told_with_its_line(tmp_path):
    _, draft = told_of(tmp_path, "<p>5</p>\n<svg><text>7</text>\n<p>896</p>")
    assert draft.remarks[0] == "not read: all from line 2 on, where <svg> is never closed"


def test_line_and_column_stay_those_of_the_source(tmp_path):
    _, draft = told_of(tmp_path, "<table>\n<tr><td><p>a</p><p>b</p></td>\n<td> 329</td></tr></table>")
    row = draft.blocks[0]
    assert row.where(row.text.index("329")) == (3, 6)
    assert row.where(row.text.index("b")) == (2, 20)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>12<br>340 results</p>", "12\n\t340 results"),
        ("<p>22<br>per cent</p>", "22\nper cent"),
        ("<p><s>896</s> 874</p>", "896\t 874"),
        ("<p>896<sup>1</sup>340</p>", "896\t340"),
        ("<p>12<math><mn>5</mn></math>340</p>", "12\t340"),
        ("<p>of 896<span style='vertical-align: super'>1</span> results</p>", "of 896 results"),
        ("<p>8<b>9</b><!-- x -->6<wbr>0</p>", "8960"),
        ("<table><tr><td>a<td><p>896</p><p>874</p></table>", "a | 896\t874"),
    ],
)
def test_numbers_that_a_page_shows_apart_are_not_one(tmp_path, page, text):
    assert [told for _, told in told_of(tmp_path, page)[0]] == [text]


def test_what_is_struck_through_and_filled_into_forms_is_told(tmp_path):
    _, draft = told_of(tmp_path, "<p><strike>896</strike> 874 <del>5</del><input value='12'></p>")
    assert sorted(draft.remarks) == [
        "1 piece of deleted text left out, as if accepted",
        "1 stretch of text struck through: read as well",
        "not read: 1 form field",
    ]


@pytest.mark.parametrize("encoding", ["gbk", "big5"])
def test_a_page_is_read_in_the_encoding_that_it_names(tmp_path, encoding):
    path = tmp_path / "draft.html"
    path.write_bytes(f"<meta charset='{encoding}'><p>共有896</p>".encode(encoding))
    draft = read_document(path)
    assert draft.blocks[0].text == "共有896"
    assert draft.remarks[0].startswith("not UTF-8: read as ")
