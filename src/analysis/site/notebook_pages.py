"""One HTML page per executed notebook without code and one with it, readable offline in its folder."""

from __future__ import annotations

import hashlib
import re
from copy import deepcopy
from functools import cache
from importlib.resources import files
from pathlib import Path

import nbformat
from jinja2 import Environment, StrictUndefined, Template
from nbconvert import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, output_from_msg
from pygments.formatters import HtmlFormatter

from analysis.audit.claims_table import claims_template
from analysis.files import write_whole
from analysis.labels import ENGLISH, Catalogue
from analysis.periods import Period
from analysis.printed.security import policy
from analysis.site.read_again import read_again

# Tags of cells: what opens and records; how one works with frames; what is shown and how, in English.
MACHINERY = {"machinery", "parameters", "injected-parameters"}
WORKING, EXPLANATION = "working", "explanation"
_IMAGE = re.compile("<img[^>]*")
TEMPLATES = files("analysis.site") / "templates"


def write_pages(folder: Path, biennium: Period, language: str) -> list[Path]:
    """Write ``<stem>.html`` and ``<stem>.code.html`` beside the folder of executed notebooks.

    Parameters
    ----------
    folder : Path
        The report's folder; executed notebooks stand in ``notebooks``.
    biennium : Period
    language : str

    Returns
    -------
    list of Path
    """
    written = []
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for code, name in ((False, f"{path.stem}.html"), (True, f"{path.stem}.code.html")):
            text = _page(notebook, path.stem, biennium, language, code)
            written.append(write_whole(folder / name, text.encode("utf-8")))
    return written


def _page(notebook: nbformat.NotebookNode, stem: str, biennium: Period, language: str, code: bool) -> str:
    labels = Catalogue(language)
    explained = _explained(notebook, language, code)
    held = _held_back(explained)
    body, _ = _exporter(code).from_notebook_node(explained)
    for place, html in held.items():
        body = body.replace(place, html)
    return _template().render(
        language=labels("language.locale").replace("_", "-"),
        direction=labels("language.direction"),
        title=f"{labels(f'notebook.{stem}')} {biennium.printed}",
        search_label=labels("site.search"),
        about_label=labels("site.about"),
        policy=policy(claims_template()),  # the one script that a notebook's outputs hold
        style=(TEMPLATES / "page.css").read_text(encoding="utf-8"),
        highlight=_highlight() if code else "",
        body=body,
        other=f"{stem}.html" if code else f"{stem}.code.html",
        other_label=labels("page.without_code" if code else "page.with_code"),
        contents_label=labels("page.contents"),
        skip_label=labels("page.skip"),
    )


@cache
def _exporter(code: bool) -> HTMLExporter:
    """Return nbconvert's exporter, which reads its templates once."""
    exporter = HTMLExporter(
        template_name="basic",
        exclude_input=not code,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        optimistic_validation=True,
    )
    if not code:
        hidden = TagRemovePreprocessor(remove_cell_tags=MACHINERY | {WORKING})
        exporter.register_preprocessor(hidden, enabled=True)
    return exporter


@cache
def _template() -> Template:
    text = (TEMPLATES / "page.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(text)


def _held_back(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Put an empty element for each HTML output of a notebook; return what stands there in the end.

    nbconvert reads the whole page again, and writes it anew, once for each of a notebook's two pages.
    """
    held: dict[str, str] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("data", {}).get("text/html", "")
            html = text.strip()
            described = all(" alt=" in image for image in _IMAGE.findall(html))  # else nbconvert says so
            if html.startswith("<") and html.endswith(">") and described:
                name = f"held-{hashlib.sha256(html.encode()).hexdigest()}"
                held[f"<{name}></{name}>"] = read_again(html)
                output.data["text/html"] = text.replace(html, f"<{name}></{name}>")
    return held


def warm_up_nbconvert() -> None:
    """Let nbconvert read its templates and compile its patterns, once for all processes forked from this."""
    output = output_from_msg({"header": {"msg_type": "stream"}, "content": {"name": "stdout", "text": "1"}})
    cells = [new_markdown_cell("# *A* [b](c)\n\n- `1`"), new_code_cell("print(1)", outputs=[output])]
    for code in (False, True):
        _exporter(code).from_notebook_node(new_notebook(cells=cells))


@cache
def _highlight() -> str:
    """Return the colours of code, by day and in the dark; the page's own ground stays."""
    light, dark = (
        HtmlFormatter(style=style, nobackground=True).get_style_defs(".highlight")
        for style in ("default", "github-dark")
    )
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}"


def _explained(notebook: nbformat.NotebookNode, language: str, code: bool) -> nbformat.NotebookNode:
    """Return the notebook with the explanations that its page holds.

    They are in English. Without the code, a page in another language leaves them out, and every page those
    of a section that shows nothing; with the code they say their language.
    """
    copy, cells = deepcopy(notebook), []
    for place, cell in enumerate(copy.cells):
        tagged = set(cell.metadata.get("tags", []))
        if EXPLANATION in tagged and not code:
            shows = bool(copy.cells[place - 1].get("outputs"))
            if not (shows and language == ENGLISH):
                continue
        if cell.cell_type == "markdown" and tagged & {EXPLANATION, WORKING} and language != ENGLISH:
            cell.source = f'<div lang="{ENGLISH}">\n\n{cell.source}\n\n</div>'
        cells.append(cell)
    copy.cells = cells
    return copy
