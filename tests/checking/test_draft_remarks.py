"""What a reader is to know of a draft beside its numbers."""

import pytest

from analysis.checking.text.draft_languages import remarks_on
from analysis.reading import read_document


@pytest.mark.parametrize(
    ("cells", "remarks"),
    [
        (("69.2", "78.4"), []),
        (
            ("69.2", "#REF!"),
            ["holds 1 error of a spreadsheet (table 1, row 2 first: #REF!): no number is there to check"],
        ),
        (
            ("#DIV/0!", "#N/A"),
            ["holds 2 errors of a spreadsheet (table 1, row 2 first: #DIV/0!): no number is there to check"],
        ),
    ],
)
def test_an_error_of_a_spreadsheet_in_a_draft_is_told(tmp_path, cells, remarks):
    draft = tmp_path / "draft.md"
    draft.write_text("| North | South |\n|---|---|\n| {} | {} |\n".format(*cells), encoding="utf-8")
    assert remarks_on(read_document(draft), "en") == remarks
