"""Cells of a heading that stand over several columns are those that python-docx merges."""

import pytest

docx = pytest.importorskip("docx")

from analysis.tables.word_tables import _merged  # noqa: E402


def heading():
    grid = docx.Document().add_table(rows=2, cols=4)
    return grid, list(grid.rows[0].cells)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_cells_are_merged_as_by_python_docx(size):
    (theirs, other), (mine, cells) = heading(), heading()
    other[1].merge(other[size])
    assert _merged(cells[1 : size + 1]) is cells[1]
    assert mine._tbl.xml == theirs._tbl.xml
    assert mine._tbl.xml != heading()[0]._tbl.xml or size == 1
