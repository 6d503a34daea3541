"""Slides as they are shown: in their order, once, and what is not text is counted."""

import pytest

from analysis.reading import read_document

pptx = pytest.importorskip("pptx")


def deck():
    made = pptx.Presentation()
    for title in ("First", "Second", "Third"):
        made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = title
    return made


def read(folder, made):
    path = folder / "deck.pptx"
    made.save(path)
    return read_document(path)


def test_slides_are_read_in_the_order_of_the_show_and_hidden_ones_are_told(tmp_path):
    made = deck()
    listed = made.slides._sldIdLst
    listed.insert(0, listed[2])
    made.slides[1]._element.set("show", "0")
    draft = read(tmp_path, made)
    assert [(block.place, block.text) for block in draft.blocks] == [
        ("slide 1", "Third"),
        ("slide 2", "First"),
        ("slide 3", "Second"),
    ]
    assert draft.remarks == ("1 slide hidden from viewers: read as well",)


def test_paragraphs_of_a_cell_stay_apart_and_marks_of_notes_are_no_digits(tmp_path):
    made = deck()
    shapes = made.slides[0].shapes
    table = shapes.add_table(1, 2, 0, 0, 900, 900).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Africa", "896\n874"
    paragraph = shapes.add_textbox(0, 0, 900, 900).text_frame.paragraphs[0]
    for text, raised in (("896", ""), ("1", "30000"), (" and 10", ""), ("6", "30000")):
        run = paragraph.add_run()
        run.text = text
        run.font._element.set("baseline", raised or "0")
    assert [block.text for block in read(tmp_path, made).blocks[:3]] == [
        "First",
        "Africa | 896\t874",
        "896 and 10⁶",
    ]


def test_charts_and_pictures_of_slides_are_counted(tmp_path):
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    made, data = deck(), CategoryChartData()
    data.categories = ["a"]
    data.add_series("x", (896,))
    made.slides[1].shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 900, 900, data)
    assert read(tmp_path, made).remarks == ("not read: 1 chart",)


def test_what_is_there_again_for_older_programs_is_read_once(tmp_path):
    from lxml import etree

    made = deck()
    tree = made.slides[0].shapes._spTree
    box = made.slides[0].shapes.add_textbox(0, 0, 900, 900)
    box.text_frame.text = "In all 896."
    shape = box._element
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = etree.SubElement(tree, f"{{{space}}}AlternateContent")
    etree.SubElement(both, f"{{{space}}}Choice", Requires="a14").append(shape)
    again = etree.fromstring(etree.tostring(shape))
    etree.SubElement(both, f"{{{space}}}Fallback").append(again)
    assert [block.text for block in read(tmp_path, made).blocks][:2] == ["First", "In all 896."]
