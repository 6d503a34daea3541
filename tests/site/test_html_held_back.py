"""HTML outputs of notebooks stand in pages as nbconvert writes them."""

import re
from copy import deepcopy

import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.site import notebook_pages
from analysis.store.shared import SHARED

pytestmark = pytest.mark.slow

OUTPUTS = (
    "<section><h3>A &amp; B &quot;c&quot;</h3>\n\n\n<p class='x  y' hidden>1 &nbsp; 2<br>3</p> \n </section>",
    "\n  <table>\n<tr><td>−1</td><td></td></tr>\n</table>  \n",
    "before <b>text</b>",
    '<p><img src="data:,1" alt="one"> <img src="data:,2"></p>',
    '<p><img src="data:,1" alt="a > b"></p>',
    '<svg viewBox="0 0 1 1"><path d="M0 0"/><text x="1">  two  </text></svg><!-- said -->',
    "<pre>\n  kept \n\n</pre><p>one",
    "",
)


MARKDOWN = ("# One & two\n\n- `a`\n- **b** <i>c</i>", "![no words](data:,3)\n\n[d](e)", "| f |\n|---|\n| 1 |")


def _of_nbconvert(code):
    """Return nbconvert's own exporter, with the settings of pages."""
    hidden = {"exclude_input": not code, "exclude_input_prompt": True, "exclude_output_prompt": True}
    exporter = HTMLExporter(
        template_name="basic", exclude_anchor_links=True, optimistic_validation=True, **hidden
    )
    if not code:
        tags = notebook_pages.MACHINERY | {notebook_pages.WORKING}
        exporter.register_preprocessor(TagRemovePreprocessor(remove_cell_tags=tags), enabled=True)
    return exporter


def _cells(outputs):
    made = [new_output("display_data", data={"text/html": text, "text/plain": "x"}) for text in outputs]
    return [new_code_cell(f"show({place})", outputs=[output]) for place, output in enumerate(made)]


@pytest.mark.parametrize("code", [False, True])
@pytest.mark.parametrize("described", [False, True])
def test_a_page_of_sentences_and_code_is_what_nbconvert_writes(
    code, described, biennium, monkeypatch, tmp_path
):
    monkeypatch.setenv(SHARED, str(tmp_path / "shared"))
    lines = "x = '<&>'  # é\nfor y in range(3):\n    print(f\"{y!r}\")"
    printed = new_output("stream", name="stdout", text="1 < 2 & 3\n")
    shown = new_output("display_data", data={"text/markdown": MARKDOWN[0], "text/plain": "x"})
    cells = [new_markdown_cell(text) for text in MARKDOWN if described or "![" not in text]
    cells += [new_code_cell(lines, outputs=[printed, shown]), new_code_cell(""), *_cells(OUTPUTS[:3])]
    cells += [new_markdown_cell(cells[0].source), new_code_cell("1", metadata={"tags": ["machinery"]})]
    notebook = new_notebook(cells=cells)
    theirs, _ = _of_nbconvert(code).from_notebook_node(deepcopy(notebook))
    for _ in range(2):  # what was set is taken from where it was shared
        assert theirs in notebook_pages._page(notebook, "02_results", biennium, "en", code)
    assert len(list((tmp_path / "shared").glob("*"))) == (6 if code else 0)


def test_a_page_that_is_plain_is_made_no_tree_of(biennium, monkeypatch):
    def of_nothing(html, **more):
        assert not html, "a tree was made"
        return BeautifulSoup(html, **more)

    cells = [new_markdown_cell(MARKDOWN[0]), new_code_cell("print(1)"), *_cells(OUTPUTS[1:2])]
    expected, _ = _of_nbconvert(True).from_notebook_node(deepcopy(new_notebook(cells=cells)))
    for module in ("analysis.site.read_again", "nbconvert.exporters.html"):
        monkeypatch.setattr(f"{module}.BeautifulSoup", of_nothing)
    assert expected in notebook_pages._page(new_notebook(cells=cells), "02_results", biennium, "en", True)


@pytest.mark.parametrize("code", [False, True])
def test_a_page_holds_what_nbconvert_writes(code, biennium):
    cells = _cells(OUTPUTS)
    notebook = new_notebook(cells=cells)
    theirs, _ = _of_nbconvert(code).from_notebook_node(deepcopy(notebook))
    page = notebook_pages._page(notebook, "02_results", biennium, "en", code)
    assert theirs in page
    assert not re.search("held[0-9a-f]{64}", page)
    assert page.count("No description has been provided") == 1
    assert [cell.outputs[0].data["text/html"] for cell in notebook.cells] == list(OUTPUTS)
