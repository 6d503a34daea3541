"""Word files as programs make them: nothing twice, nothing glued, and what is not read is counted."""

import zipfile

import pytest

from analysis.reading import DocumentError, find_numbers, read_document

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
}
NAMED = " ".join(f'xmlns:{name}="{address}"' for name, address in SPACES.items())


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def read(folder, body, **parts):
    path = folder / "draft.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMED}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return read_document(path)


def cell(text, more=""):
    return f"<w:tc><w:p>{run(text)}{more if more.startswith('<w:r>') else ''}</w:p>" + (
        "</w:tc>" if not more or more.startswith("<w:r>") else f"{more}</w:tc>"
    )


def rows(*held):
    return "".join(f"<w:tr>{''.join(cells)}</w:tr>" for cells in held)


BOX = f"<w:txbxContent><w:p>{run('box 896')}</w:p></w:txbxContent>"
TWICE = (
    f"<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def test_a_text_box_in_a_cell_is_read_once_and_apart(tmp_path):
    body = f"<w:tbl>{rows([cell('in', TWICE), cell('5')])}</w:tbl>"
    assert [(block.kind, block.text) for block in read(tmp_path, body).blocks] == [
        ("row", "in | 5"),
        ("text box", "box 896"),
    ]


def test_a_table_in_a_cell_keeps_its_own_columns(tmp_path):
    inner = rows([cell("Region"), cell("Results")], [cell("Africa"), cell("329")])
    body = f"<w:tbl>{rows([cell('out', f'<w:tbl>{inner}</w:tbl>'), cell('')])}</w:tbl>"
    blocks = read(tmp_path, body).blocks
    assert [block.text for block in blocks] == ["out | ", "Region | Results", "Africa | 329"]
    assert blocks[2].columns == ("Region", "Results")


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next(tmp_path):
    gone = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    draft = read(tmp_path, f"<w:p>{gone}{run('It came to 8')}</w:p><w:p>{run('96 results.')}</w:p>")
    assert [block.text for block in draft.blocks] == ["It came to 896 results."]
    assert draft.remarks == ("tracked changes: read as if all were accepted",)
    assert [part.node.text for part in draft.blocks[0].segments] == ["It came to 8", "96 results."]


def test_a_row_that_is_deleted_is_not_read(tmp_path):
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell('896')}</w:tr>"
    kept = rows([cell("5")])
    draft = read(tmp_path, f"<w:tbl>{gone}{kept}</w:tbl>")
    assert [block.text for block in draft.blocks] == ["5"]
    assert "tracked changes" in draft.remarks[0]


def test_powers_and_marks_that_a_style_raises(tmp_path):
    style = "<w:style w:styleId='Up'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>"
    raised = f"<w:styles {NAMED}>{style}</w:styles>"
    up = "<w:rStyle w:val='Up'/>"
    body = f"<w:p>{run('10')}{run('6', up)}{run(' and 896')}{run('1', up)}{run('.')}</w:p>"
    assert read(tmp_path, body, styles=raised).blocks[0].text == "10⁶ and 896."


def test_what_is_not_read_of_a_word_file_is_counted(tmp_path):
    chart, picture = (
        f"<w:r><w:drawing><a:graphicData uri='{SPACES['a'].removesuffix('main')}{kind}'/></w:drawing></w:r>"
        for kind in ("chart", "picture")
    )
    shown = run("seen", "<w:vanish w:val='0'/>")
    body = (
        f"<w:p>{run('It is 5')}{chart}{picture}<m:oMath><m:r><m:t>896</m:t></m:r></m:oMath>{TWICE}</w:p>"
        f"<w:altChunk/><w:p>{run('hidden 7', '<w:vanish/>')}{shown}</w:p>"
    )
    comments = f"<w:comments {NAMED}><w:comment/><w:comment/></w:comments>"
    draft = read(tmp_path, body, comments=comments)
    assert draft.remarks == (
        "1 stretch of hidden text: read as well",
        "not read: 1 chart, 1 picture, 1 equation, 1 piece of another document, 2 comments",
    )


def test_notes_under_another_number_are_read(tmp_path):
    notes = f"<w:footnotes {NAMED}><w:footnote w:id='2'><w:p>{run('note 9')}</w:p></w:footnote></w:footnotes>"
    assert read(tmp_path, f"<w:p>{run('5')}</w:p>", footnotes2=notes).blocks[-1].text == "note 9"


def test_strict_open_xml_and_a_body_elsewhere_are_told(tmp_path):
    path = tmp_path / "a.docx"
    for name, space, told in (
        ("word/document.xml", "http://purl.oclc.org/ooxml/wordprocessingml/main", "Strict Open XML"),
        ("word/document2.xml", SPACES["w"], "its text stands in word/document2.xml"),
    ):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, f"<w:document xmlns:w='{space}'><w:body/></w:document>")
        with pytest.raises(DocumentError, match=told):
            read_document(path)


def mark(kind):
    return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"


FOOTNOTE = "<w:r><w:footnoteReference w:id='2'/></w:r>"
EQUATION = "<m:oMath><m:r><m:t>5</m:t></m:r></m:oMath>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"{run('12')}<w:r><w:tab/></w:r>{run('345')}", "12\t345"),
        (f"{run('12')}<w:r><w:ptab/></w:r>{run('34')}", "12\t34"),
        (f"{run('12')}<w:r><w:br/></w:r>{run('340')}", "12\n\t340"),
        (f"{run('896')}{FOOTNOTE}{run('22 per cent')}", "896\t22 per cent"),
        (f"{run('896')}{EQUATION}{run('22')}", "896\t22"),
        (f"{run('896', '<w:strike/>')}{run('874')}", "896\t874"),
        (f"{run('896')}{run('3', '<w:vanish/>')}{run(' results')}", "896\t3 results"),
        (f"{run('8')}<w:bookmarkStart w:id='1'/>{run('96')}", "896"),
    ],
)
def test_numbers_that_are_shown_apart_are_not_one(tmp_path, inner, text):
    (block,) = read(tmp_path, f"<w:p>{inner}</w:p>").blocks
    assert block.text == text


def test_paragraphs_of_a_cell_are_numbers_of_their_own(tmp_path):
    two = f"<w:tc><w:p>{run('896')}</w:p><w:p>{run('874')}</w:p></w:tc>"
    (block,) = read(tmp_path, f"<w:tbl>{rows([cell('Africa'), two])}</w:tbl>").blocks
    assert [number.value for number in find_numbers(block.text, "en")] == [896, 874]


def test_the_result_of_a_field_within_an_instruction_is_not_shown(tmp_path):
    inner = f"{mark('begin')}{run('REF a')}{mark('separate')}{run('0.22')}{mark('end')}"
    field = f"{mark('begin')}{inner}{mark('separate')}{run('22')}{mark('end')}"
    (block,) = read(tmp_path, f"<w:p>{run('Of all ')}{field}{run(' per cent')}</w:p>").blocks
    assert block.text == "Of all 22 per cent"
    (open_field,) = read(tmp_path, f"<w:p>{mark('begin')}{run('896 results')}</w:p>").blocks
    assert open_field.text == "896 results"


def test_one_form_of_what_is_there_in_several_is_read(tmp_path):
    forms = "".join(f"<mc:{name}><w:t>896</w:t></mc:{name}>" for name in ("Choice", "Choice", "Fallback"))
    (block,) = read(
        tmp_path, f"<w:p><w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r></w:p>"
    ).blocks
    assert block.text == "896"


def test_styles_stand_on_one_another(tmp_path):
    styles = (
        f"<w:styles {NAMED}>"
        "<w:style w:styleId='Up'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>"
        "<w:style w:styleId='Mark'><w:basedOn w:val='Up'/></w:style>"
        "<w:style w:styleId='Ring'><w:basedOn w:val='Ring'/><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:styleId='H'><w:name w:val='heading 2'/></w:style>"
        "<w:style w:styleId='Ours'><w:name w:val='Ours'/><w:basedOn w:val='H'/></w:style></w:styles>"
    )
    mark_style, ring = (f"<w:rStyle w:val='{name}'/>" for name in ("Mark", "Ring"))
    lifted = "<w:position w:val='8'/>"
    body = (
        f"<w:p><w:pPr><w:pStyle w:val='Ours'/></w:pPr>{run('Results')}</w:p>"
        f"<w:p>{run('896')}{run('1', mark_style)}{run('2', lifted)}</w:p>"
        f"<w:p>{run('874', ring)}</w:p>"
    )
    draft = read(tmp_path, body, styles=styles)
    assert [(block.kind, block.text) for block in draft.blocks] == [
        ("heading", "Results"),
        ("paragraph", "896"),
        ("paragraph", "874"),
    ]
    assert draft.remarks == ("1 stretch of hidden text: read as well",)


@pytest.mark.parametrize(
    "following",
    [
        f"<w:bookmarkEnd/><w:p>{run('96')}</w:p>",
        f"<w:sdt><w:sdtContent><w:p>{run('96')}</w:p></w:sdtContent></w:sdt>",
    ],
)
def test_a_deleted_end_goes_on_behind_a_bookmark_and_in_a_control(tmp_path, following):
    gone = "<w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
    draft = read(tmp_path, f"<w:p>{gone}{run('8')}</w:p>{following}")
    assert [block.text for block in draft.blocks] == ["896"]
