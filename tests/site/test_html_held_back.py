"""HTML outputs of notebooks stand in pages as nbconvert writes them."""

from copy import deepcopy

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.site import notebook_pages

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


@pytest.mark.parametrize("code", [False, True])
def test_a_page_holds_what_nbconvert_writes(code, biennium):
    outputs = [new_output("display_data", data={"text/html": text, "text/plain": "x"}) for text in OUTPUTS]
    cells = [new_code_cell(f"show({place})", outputs=[output]) for place, output in enumerate(outputs)]
    notebook = new_notebook(cells=cells)
    theirs, _ = notebook_pages._exporter(code).from_notebook_node(deepcopy(notebook))
    page = notebook_pages._page(notebook, "02_results", biennium, "en", code)
    assert theirs in page
    assert "held-" not in page
    assert page.count("No description has been provided") == 1
    assert [cell.outputs[0].data["text/html"] for cell in notebook.cells] == list(OUTPUTS)
