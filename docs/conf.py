"""How the documentation is built: offline, from docstrings and Markdown, without a picture from elsewhere."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stdout, suppress
from pathlib import Path

from latex2mathml.converter import convert

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "src"))

import analysis  # noqa: E402
from analysis.cli import COMMANDS, main  # noqa: E402

project = "analysis"
author = "The authors of analysis"
copyright = "the authors of analysis; code BSD 3-Clause, record CC BY 4.0"
version = release = analysis.__version__
extensions = [
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.viewcode",
]
exclude_patterns = ["pictures/**"]
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"analysis {release}"
html_copy_source = False
html_show_sphinx = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_class_members_toctree = False
numpydoc_xref_param_type = False
# Numbers of the documents' paragraphs and lists are no citations; folders of examples are no pages.
suppress_warnings = ["ref.footnote", "myst.header"]


def math_as_mathml(self, node):
    """Write a formula as MathML, which browsers draw by themselves: no script, no font from elsewhere."""
    inline = node.tagname == "math"
    formula = convert(node.astext(), display="inline" if inline else "block")
    self.body.append(formula if inline else f'<div class="math">{formula}</div>')
    from docutils.nodes import SkipNode

    raise SkipNode


def commands_page() -> str:
    """Return the page of all commands, each with its purpose and its own help."""
    parts = ["# Commands", "", "One purpose each; what does another thing to the same end is its option.", ""]
    parts += ["| command | purpose |", "|---|---|"]
    parts += [f"| [`analysis {name}`](#analysis-{name}) | {about} |" for name, (_, about) in COMMANDS.items()]
    for name in COMMANDS:
        written = io.StringIO()
        with redirect_stdout(written), suppress(SystemExit):
            main([name, "--help"])
        parts += ["", f"## analysis {name}", "", "```text", written.getvalue().rstrip(), "```"]
    return "\n".join(parts) + "\n"


def setup(app):
    """Write the page of commands before the pages are read; draw formulas as MathML."""
    from sphinx.writers.html5 import HTML5Translator

    made = HERE / "commands.md"
    text = commands_page()
    if not made.is_file() or made.read_text(encoding="utf-8") != text:
        made.write_text(text, encoding="utf-8", newline="\n")
    HTML5Translator.visit_math = math_as_mathml
    HTML5Translator.visit_math_block = math_as_mathml
