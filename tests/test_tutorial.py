"""The tutorial runs as it stands, and shows what it says."""

import nbformat
import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outputs(root, tmp_path_factory):
    import papermill

    made = tmp_path_factory.mktemp("tutorial") / "tutorial.ipynb"
    papermill.execute_notebook(
        str(root / "examples" / "tutorial.ipynb"), str(made), cwd=str(root), progress_bar=False
    )
    notebook = nbformat.read(made, as_version=4)
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def text(outputs, kind="text/plain"):
    return "\n".join(each.data.get(kind, "") if "data" in each else each.get("text", "") for each in outputs)


def test_ten_cells_run_and_show_what_they_say(outputs):
    assert len(outputs) == 10
    assert all(outputs)
    assert not [each for cell in outputs for each in cell if each.output_type == "error"]
    assert "Report 2020–21" in text(outputs[0])
    assert "179.0" in text(outputs[2])
    assert all("image/png" in outputs[cell][0].data for cell in (3, 4))
    assert "**117** results against a target of 130 (−10%)" in text(outputs[5], "text/markdown")
    assert "data/raw/implementation-2020-21/" in text(outputs[6])
    assert "women_among_employed" in text(outputs[8])
    assert "896” is printed" in text(outputs[9])


def test_the_tutorial_is_stripped_and_its_share_is_right(root, outputs):
    notebook = nbformat.read(root / "examples" / "tutorial.ipynb", as_version=4)
    assert not [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
    import analysis

    spent = analysis.open("2020-21", root=root).values("report.budget_by_outcome")
    spent = spent.query("measure == 'actual_expenditure' and source == 'total'")
    share = 100 * spent.query("outcome == '8'")["value"].sum() / spent["value"].sum()
    assert f"'{share:.1f}%'" in text(outputs[7])
