"""Documents as blocks with their places; what cannot be read says why in one sentence."""

import io
import json
import zipfile

import pytest

from analysis.reading import DocumentError, read_document
from analysis.reading.blocks import Block

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def word(path, body, **parts):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return path


def run(text):
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_markdown_blocks_keep_line_and_column(tmp_path):
    path = write(
        tmp_path / "a.md", "# One\n\nFirst 10.\nStill 11.\n\n- item 12\n\n| A | B |\n|---|---|\n| x | 13 |\n"
    )
    draft = read_document(path)
    assert [(each.kind, each.text) for each in draft.blocks] == [
        ("heading", "One"),
        ("paragraph", "First 10.\nStill 11."),
        ("list", "item 12"),
        ("row", "A | B"),
        ("row", "x | 13"),
    ]
    paragraph, item, row = draft.blocks[1], draft.blocks[2], draft.blocks[4]
    assert paragraph.where(paragraph.text.index("11")) == (4, 7)
    assert item.where(item.text.index("12")) == (6, 8)
    assert row.where(row.text.index("13")) == (10, 7)
    assert row.columns == ("A", "B")
    assert row.headings == ("One",)


def test_code_and_front_matter_are_left_out(tmp_path):
    path = write(tmp_path / "a.md", "---\ntitle: 5\n---\n\nText 1.\n\n```\nx = 7\n```\n")
    assert [each.text for each in read_document(path).blocks] == ["Text 1."]


def test_html_blocks_and_tables(tmp_path):
    path = write(
        tmp_path / "a.html",
        "<html><head><title>9</title></head><body>\n<h2>Head</h2>\n<p>Costs 5&#8239;% &amp; more</p>"
        "<script>8</script><table><tr><th>Region</th><th>Results</th></tr><tr><td>Africa</td><td>329</td></tr>"
        "</table></body></html>",
    )
    blocks = read_document(path).blocks
    assert [each.text for each in blocks] == [
        "Head",
        "Costs 5\u202f% & more",
        "Region | Results",
        "Africa | 329",
    ]
    assert blocks[3].columns == ("Region", "Results")
    assert blocks[1].where(6) == (3, 10)


def test_a_number_over_runs_in_a_table_a_note_and_a_text_box(tmp_path):
    body = (
        f"<w:p>{run('Total 8')}{run('96')}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{run('A')}</w:p></w:tc><w:tc><w:p>{run('B')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p>{run('x')}</w:p></w:tc><w:tc><w:p>{run('5')}</w:p></w:tc></w:tr></w:tbl>"
        f"<w:p><w:r><w:pict><w:txbxContent><w:p>{run('box 7')}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    notes = f"<w:footnotes {W}><w:footnote w:id='2'><w:p>{run('note 9')}</w:p></w:footnote></w:footnotes>"
    blocks = read_document(word(tmp_path / "a.docx", body, footnotes=notes)).blocks
    assert [(each.kind, each.text) for each in blocks] == [
        ("paragraph", "Total 896"),
        ("row", "A | B"),
        ("row", "x | 5"),
        ("text box", "box 7"),
        ("note", "note 9"),
    ]
    assert blocks[2].columns == ("A", "B")


def test_tracked_changes_are_read_as_accepted_and_said(tmp_path):
    body = (
        f"<w:p>{run('a ')}<w:del><w:r><w:delText>1</w:delText></w:r></w:del><w:ins>{run('2')}</w:ins></w:p>"
    )
    draft = read_document(word(tmp_path / "a.docx", body))
    assert draft.blocks[0].text == "a 2"
    assert "tracked changes" in draft.remarks[0]


def test_a_notebook_is_read_by_its_text_cells(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["## Head\n", "\n", "Text 5."]},
        {"cell_type": "code", "source": "6"},
    ]
    path = write(tmp_path / "a.ipynb", json.dumps({"cells": cells}))
    assert [each.text for each in read_document(path).blocks] == ["Head", "Text 5."]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("a.docm", b"PK", "macros"),
        ("a.docx", b"not a zip", "not a .docx file"),
        ("a.docx", b"\xd0\xcf\x11\xe0 encrypted", "encrypted"),
        ("a.pdf", b"%PDF-1.4 broken", "damaged PDF"),
        ("a.ipynb", b"{}", "not a notebook"),
        ("a.xyz", b"x", "is not read"),
        ("a.txt", b"\0\0\0", "a binary file"),
        ("a.md", b"", "holds no text"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, name, content, told):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=told):
        read_document(path)


@pytest.mark.slow
def test_a_zip_bomb_is_refused(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    with pytest.raises(DocumentError, match="zip bomb"):
        read_document(path)


def test_an_encrypted_and_a_scanned_pdf_are_told_apart(tmp_path):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    scan = io.BytesIO()
    writer.write(scan)
    (tmp_path / "scan.pdf").write_bytes(scan.getvalue())
    with pytest.raises(DocumentError, match="no text layer in 1 pages"):
        read_document(tmp_path / "scan.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    (tmp_path / "locked.pdf").write_bytes(locked.getvalue())
    with pytest.raises(DocumentError, match="encrypted"):
        read_document(tmp_path / "locked.pdf")


def test_a_line_of_ten_megabytes_is_read_in_pieces(tmp_path):
    path = write(tmp_path / "a.txt", "results 896 in all, " * 30_000)
    draft = read_document(path)
    assert max(len(each.text) for each in draft.blocks) <= 20_000
    assert "".join(each.text for each in draft.blocks) == "results 896 in all, " * 30_000
    assert draft.blocks[1].where(0) == (1, len(draft.blocks[0].text) + 1)


def test_raised_marks_of_notes_are_no_numbers_and_powers_stay(tmp_path):
    page = tmp_path / "a.html"
    page.write_text("<p>It came to 225.1 million<sup>3</sup> and 10<sup>6</sup>.</p>", encoding="utf-8")
    assert read_document(page).blocks[0].text == "It came to 225.1 million and 10⁶."
    document = pytest.importorskip("docx").Document()
    paragraph = document.add_paragraph("In 2020")
    paragraph.add_run("12").font.superscript = True
    paragraph.add_run(" it came to 225.1 million")
    paragraph.add_run("3").font.superscript = True
    document.save(tmp_path / "a.docx")
    assert read_document(tmp_path / "a.docx").blocks[0].text == "In 2020 it came to 225.1 million"


@pytest.mark.parametrize(
    "sentences",
    [
        ["It cost more than outcome 3. ", "Five outputs belong to it."],
        ["Le résultat 7 a coûté plus que le résultat 3. ", "Il compte cinq produits."],
        ["1. Jobs grew. ", "2. Peace came."],
        ["Item 2. Standards. ", "95 came."],
        ["Three aims: 1. Jobs; 2. Peace."],
    ],
)
def test_a_digit_ends_a_sentence_but_the_number_of_an_item_does_not(sentences):
    text = "".join(sentences)
    block = Block(text, "paragraph", "paragraph 1")
    assert [text[start:end] for start, end in block.sentences()] == sentences
