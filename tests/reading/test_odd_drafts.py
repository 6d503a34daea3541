"""Files that are not what they are called, cut off or empty: one clear sentence each; speaker's notes."""

import zipfile

import pytest

from analysis.reading import DocumentError, read_document

docx = pytest.importorskip("docx")
pptx = pytest.importorskip("pptx")


@pytest.fixture
def word(tmp_path):
    document = docx.Document()
    document.add_paragraph("Results came to 896.")
    path = tmp_path / "draft.docx"
    document.save(path)
    return path


def test_a_file_is_told_by_what_it_is_not_by_its_name(word, tmp_path):
    whole = word.read_bytes()
    workbook = tmp_path / "workbook"
    with zipfile.ZipFile(workbook, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    cases = {
        "a.docx": (b"%PDF-1.4\n", "a PDF under the name .docx; rename it to .pdf"),
        "b.docx": (whole[: len(whole) // 2], "damaged or cut off before its end"),
        "c.docx": (b"", "an empty file"),
        "d.docx": (b"Results came to 896.", "not a .docx file"),
        "e.docx": (workbook.read_bytes(), "a .xlsx file under another name; rename it"),
        "f.pptx": (whole, "a .docx file under another name; rename it"),
        "g.pdf": (whole, "not a PDF, whatever its name"),
    }
    for name, (content, said) in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(DocumentError) as told:
            read_document(path)
        assert said in str(told.value)
        assert str(told.value).startswith(str(path))
        assert "\n" not in str(told.value)


def test_speakers_notes_are_read_under_the_title_of_their_slide(tmp_path):
    deck = pptx.Presentation()
    for title, notes in (("Results", "They came to 896."), ("Targets", "")):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = title
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    path = tmp_path / "deck.pptx"
    deck.save(path)
    told = [(block.kind, block.place, block.text, block.headings) for block in read_document(path).blocks]
    assert told == [
        ("heading", "slide 1", "Results", ()),
        ("note", "slide 1, notes", "They came to 896.", ("Results",)),
        ("heading", "slide 2", "Targets", ()),
    ]


def test_a_line_of_half_a_million_letters_is_read_and_has_no_heading(tmp_path):
    path = tmp_path / "line.txt"
    path.write_text("a" * 500_000, encoding="utf-8")
    blocks = read_document(path).blocks
    assert sum(len(block.text) for block in blocks) == 500_000
    assert {block.kind for block in blocks} == {"paragraph"}
