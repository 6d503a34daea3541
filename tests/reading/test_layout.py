"""PDF files as they are set: paragraphs, headings, tables, footnotes and running heads."""

import pytest

from analysis.reading import read_document
from analysis.reading.layout import rejoined

pytest.importorskip("pypdf")


def pdf_of(pages, path):
    """Write a PDF of pages of (x, y, size, text), each bold where its text begins with a star."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    fonts = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    fonts += " /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>"
    kids = []
    for pieces in pages:
        drawn = "".join(
            f"BT /{'F2' if text.startswith('*') else 'F1'} {size} Tf 1 0 0 1 {x} {y} Tm "
            f"({text.lstrip('*')}) Tj ET\n"
            for x, y, size, text in pieces
        )
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects) + 2} 0 R "
            f"/Resources << /Font << {fonts} >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    content, places = "%PDF-1.4\n", []
    for number, held in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{held}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = content.index("xref\n")
    content += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{end}\n%%EOF"
    path.write_bytes(content.encode("latin-1"))
    return [(block.kind, block.place, block.text, block.columns) for block in read_document(path).blocks]


def lines(*texts, top=700, size=10):
    return [(50, top - 12 * at, size, text) for at, text in enumerate(texts)]


LONG = "A line of the text that is as long as the page is wide, so that it goes on below"


def test_a_sentence_that_the_notes_of_a_page_cut_is_one_and_marks_are_no_numbers(tmp_path):
    first = [
        *lines(LONG, "and in which expenditure reached 225.1 million"),
        (262, 692, 6, "3"),
        *lines("and where the Office in the end had spent more than was", top=676),
        (50, 100, 6, "3"),
        (54, 97, 8, "The budget was 196.5 million."),
    ]
    second = [*lines("planned for it.", "A second sentence stands here.", top=700)]
    blocks = pdf_of([first, second], tmp_path / "a.pdf")
    assert [(kind, place) for kind, place, _, _ in blocks] == [
        ("paragraph", "page 1"),
        ("note", "page 1"),
        ("paragraph", "page 2"),
    ]
    assert (
        "225.1 million and where the Office in the end had spent more than was planned for it."
        in blocks[0][2]
    )
    assert blocks[1][2] == "The budget was 196.5 million."


def test_a_note_whose_number_is_set_as_its_text_is_told_by_the_mark_above(tmp_path):
    page = [*lines(LONG, "ends."), (85, 692, 6, "1"), *lines("1The target was 874.", top=300)]
    assert [block[:3:2] for block in pdf_of([page], tmp_path / "a.pdf")] == [
        ("paragraph", f"{LONG} ends."),
        ("note", "The target was 874."),
    ]


def test_an_exponent_of_a_line_that_stands_low_and_a_number_as_large_are_kept(tmp_path):
    page = [*lines("Emissions of CO", LONG), (125, 697, 6, "2"), (140, 700, 10, "fell by 12 per cent.")]
    page = [page[0], *page[2:], page[1]]
    (_, _, text, _), *_ = pdf_of([page], tmp_path / "a.pdf")
    assert "2" in text
    assert "fell by 12 per cent." in text


def test_larger_and_bold_lines_are_headings_and_gaps_part_paragraphs(tmp_path):
    page = [
        (50, 760, 18, "The programme"),
        *lines(LONG, "ends here", top=720),
        *lines("*Ratifications", top=680),
        *lines("A second paragraph", "that goes on", top=660),
        *lines("and a third one", "of two lines", top=624),
    ]
    assert [block[:3:2] for block in pdf_of([page], tmp_path / "a.pdf")] == [
        ("heading", "The programme"),
        ("paragraph", f"{LONG} ends here"),
        ("heading", "Ratifications"),
        ("paragraph", "A second paragraph that goes on"),
        ("paragraph", "and a third one of two lines"),
    ]


def test_what_stands_apart_under_a_header_is_a_table_though_a_cell_has_two_lines_or_none(tmp_path):
    page = [
        *lines(LONG),
        *[(x, 600, 10, text) for x, text in ((50, "Region"), (200, "Results"), (300, "Share"))],
        (50, 588, 10, "Europe and Central"),
        (50, 576, 10, "Asia"),
        (200, 588, 10, "104"),
        (300, 588, 10, "11%"),
        *[(x, 564, 10, text) for x, text in ((50, "Total"), (300, "100%"))],
        *lines(LONG, top=540),
    ]
    header = ("Region", "Results", "Share")
    assert pdf_of([page], tmp_path / "a.pdf")[1:-1] == [
        ("row", "page 1 table 1, row 1", "Region | Results | Share", ()),
        ("row", "page 1 table 1, row 2", "Europe and Central Asia | 104 | 11%", header),
        ("row", "page 1 table 1, row 3", "Total |  | 100%", header),
    ]


def test_page_numbers_and_running_heads_are_left_out(tmp_path):
    pages = [
        [
            (50, 780, 8, "Synthesis review 2022"),
            *lines(LONG, f"the end of {number}."),
            (300, 20, 10, str(number)),
        ]
        for number in range(11, 15)
    ]
    blocks = pdf_of(pages, tmp_path / "a.pdf")
    assert [text for _, _, text, _ in blocks] == [f"{LONG} the end of {number}." for number in range(11, 15)]


def test_the_columns_of_a_page_follow_one_another(tmp_path):
    left = lines(
        "The first column ends in the", "middle of a sentence that has", "a second part, which is what"
    )
    right = [
        (320, y, size, text) for _, y, size, text in lines("stands to the right of it.", "Then it ends.")
    ]
    (_, _, text, _), *_ = pdf_of([[*left, *right]], tmp_path / "a.pdf")
    assert "which is what stands to the right of it." in text


def test_a_page_that_is_set_in_no_size_is_read(tmp_path):
    blocks = pdf_of([lines("Results", "*Targets", LONG, size=0)], tmp_path / "a.pdf")
    assert " ".join(text for _, _, text, _ in blocks) == f"Results Targets {LONG}"


def test_a_line_that_says_another_number_on_each_page_is_no_running_head(tmp_path):
    told, body = (12, 7, 30), lines(LONG, "and here.", "More of it.")
    pages = [
        [(50, 750, 10, f"Report, page {at}"), *body, (50, 60, 10, f"Results: {n}")]
        for at, n in enumerate(told, start=1)
    ]
    texts = [text for _, _, text, _ in pdf_of(pages, tmp_path / "a.pdf")]
    assert [text for text in texts if text.startswith("Results")] == [f"Results: {n}" for n in told]
    assert not any("Report" in text for text in texts)
    remarks = read_document(tmp_path / "a.pdf").remarks
    assert remarks[:-1] == ("left out: 3 running heads and feet ('Report, page 1' first)",)


def test_pages_without_text_are_counted_and_a_power_is_one(tmp_path):
    pages = [[*lines("It reached 10"), (118, 704, 6, "6"), (126, 700, 10, "people.")], [], []]
    assert pdf_of(pages, tmp_path / "a.pdf")[0][2] == "It reached 10⁶ people."
    assert read_document(tmp_path / "a.pdf").remarks[:-1] == (
        "not read: 2 pages of 3 without a text layer (page 2 first)",
    )


def test_words_that_a_line_cuts_at_a_sign_that_is_not_seen_are_whole():
    assert rejoined(["macro\u00ad", "economic and un-", "employed"]) == "macroeconomic and unemployed"


def test_numbers_of_a_line_that_stand_apart_are_not_one(tmp_path):
    told = pdf_of(
        [[*lines(LONG, LONG), (60, 500, 10, "89"), (200, 500, 10, "138"), (300, 500, 10, "238")]],
        tmp_path / "a.pdf",
    )
    assert "89\t138\t238" in " ".join(text for _, _, text, _ in told)
    assert rejoined(["in Africa 12", "340 in Asia"]) == "in Africa 12\n340 in Asia"
