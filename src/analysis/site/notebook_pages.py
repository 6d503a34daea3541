"""One HTML page per executed notebook without code and one with it, readable offline in its folder."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, StrictUndefined, Template, pass_context
from nbconvert import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML, clean_html
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, output_from_msg
from pygments.formatters import HtmlFormatter

from analysis.audit.claims_table import claims_template
from analysis.files import write_whole
from analysis.labels import ENGLISH, Catalogue
from analysis.periods import Period
from analysis.printed.security import policy
from analysis.site.read_again import read_again, read_plainly
from analysis.store.shared import shared

# Tags of cells: what opens and records; how one works with frames; what is shown and how, in English.
MACHINERY = {"machinery", "parameters", "injected-parameters"}
WORKING, EXPLANATION = "working", "explanation"
_IMAGE = re.compile("<img[^>]*")
_JUPYTER = "jp-Notebook"
"""The class of an element whose cells nbconvert makes reachable by keys."""
TEMPLATES = files("analysis.site") / "templates"
_MARKDOWN: dict[str, str] = {}
"""Sentences of a notebook as HTML, by their source."""


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
        _MARKDOWN.clear()
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


class _Clean(str):
    """HTML that has been cleaned."""


def _cleaned(html: object) -> str:
    return html if isinstance(html, _Clean) else clean_html(html)


class _Highlighting(Highlight2HTML):
    """nbconvert's colours of code, which are the same in every language: set and cleaned once for all."""

    def __call__(self, source: str, language: str | None = None, metadata: dict | None = None) -> str:
        """Return code as clean HTML; parameters are nbconvert's."""
        highlight = super().__call__
        asked = "highlighted", source, language, metadata
        return _Clean(shared(asked, lambda: str(clean_html(highlight(source, language, metadata)))))


class _Page(TemplateExporter):
    """The page that a template makes, kept back from what reads it again where that can be done plainly."""

    def from_notebook_node(  # type: ignore[override]  # nbconvert's return another thing each
        self, nb: nbformat.NotebookNode, resources: dict[str, Any] | None = None, **more: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page, or nothing where it is kept; parameters are nbconvert's."""
        page, resources = super().from_notebook_node(nb, resources, **more)
        marked = _JUPYTER in page or not _is_described(page)
        self.kept = None if marked else read_plainly(page)
        return page if self.kept is None else "", resources


class _Exporter(HTMLExporter, _Page):
    """nbconvert's exporter, which would build a tree of each page to mark cells of Jupyter's and pictures.

    It would set code once in each language, and the sentences of a notebook once for each of its two pages.
    """

    def from_notebook_node(  # type: ignore[override]  # nbconvert's return another thing each
        self, nb: nbformat.NotebookNode, resources: dict[str, Any] | None = None, **more: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page; parameters are nbconvert's."""
        page, resources = super().from_notebook_node(nb, resources, **more)
        return page if self.kept is None else self.kept, resources

    @pass_context
    def markdown2html(self, context: Mapping[str, Any], source: str) -> str:
        """Return Markdown as HTML; parameters are nbconvert's."""
        if context.get("cell", {}).get("attachments"):
            return super().markdown2html(context, source)
        if source not in _MARKDOWN:
            _MARKDOWN[source] = super().markdown2html(context, source)
        return _MARKDOWN[source]


@cache
def _exporter(code: bool) -> HTMLExporter:
    """Return nbconvert's exporter, which reads its templates once."""
    exporter = _Exporter(
        template_name="basic",
        exclude_input=not code,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        optimistic_validation=True,
        filters={"highlight_code": _Highlighting(pygments_lexer="ipython3"), "clean_html": _cleaned},
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
            if html.startswith("<") and html.endswith(">") and _is_described(html):
                name = f"held{hashlib.sha256(html.encode()).hexdigest()}"
                held[f"<{name}></{name}>"] = read_again(html)
                output.data["text/html"] = text.replace(html, f"<{name}></{name}>")
    return held


def _is_described(html: str) -> bool:
    """Whether every picture has its words: else nbconvert says so."""
    return all(" alt=" in image for image in _IMAGE.findall(html))


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
