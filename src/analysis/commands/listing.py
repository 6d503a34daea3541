"""``analysis list``: biennia, documents and exhibits."""

from __future__ import annotations

import argparse

from analysis.commands.chosen_period import add_period, period_of
from analysis.exhibits.catalogue import DEFINITIONS, WITHOUT_NUMBERS
from analysis.exhibits.parts import Exhibit, make
from analysis.labels import Catalogue
from analysis.running.asked import ParameterError, check_language
from analysis.sources.register import Register, RegisterError

CODES = {
    "report": "report",
    "gender": "GB.344/INS/10",
    "unswap": "UN-SWAP 2012",
    "plan": "GB.341/POL/4",
    "review": "GB.347/POL/3",
}
MISUSE = (ValueError, ParameterError, RegisterError)
FAILURES = ()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice of biennium and language."""
    add_period(parser)
    parser.add_argument("--language", default="en", help="language of the titles (en)")
    parser.add_argument("--markdown", action="store_true", help="print the README's list of exhibits")


def run(arguments: argparse.Namespace) -> int:
    """Print biennia, documents and, for one biennium, each exhibit with its status and notebook."""
    register = Register()
    biennium = period_of(register, arguments)
    recorded = register.recorded(biennium)
    labels = Catalogue(check_language(arguments.language), recorded)
    exhibits = [make(definition, recorded, biennium) for definition in DEFINITIONS]
    if arguments.markdown:
        print(markdown(exhibits, labels), end="")
        return 0
    print("Periods:")
    for organisation in register.organisations.values():
        held = ", ".join(str(each) for each in register.periods(organisation.id))
        print(f"  {organisation.id:12} {held}  {organisation.name['en']}")
    print("\nDocuments:")
    for document in register.documents.values():
        title = document.title.get(arguments.language, document.title["en"])
        print(f"  {document.name:28} {document.symbol}\n  {'':28} {title}")
    print(f"\nExhibits of {biennium.printed}:")
    for definition, exhibit in zip(DEFINITIONS, exhibits, strict=True):
        status = labels(f"exhibit_status.{exhibit.status}")
        print(f"  {exhibit.id:44} {definition.notebook:28} {exhibit.number:12} {status}")
    return 0


def markdown(exhibits: list[Exhibit], labels: Catalogue) -> str:
    """Return the list of exhibits as Markdown tables, one a notebook.

    Parameters
    ----------
    exhibits : list of Exhibit
        In the order of ``DEFINITIONS``.
    labels : Catalogue
    """
    lines, notebook = [], ""
    for definition, exhibit in zip(DEFINITIONS, exhibits, strict=True):
        if definition.notebook != notebook:
            notebook = definition.notebook
            lines += ["", f"**`{notebook}`**", "", "| in the document | exhibit | files | status |"]
            lines += ["|---|---|---|---|"]
        number = f"{CODES[exhibit.document]}, {exhibit.number}" if exhibit.number else "–"
        files = [f"`tables/{exhibit.id}.*`"] if exhibit.table else []
        files += [f"`figures/{chart.id}.*`" for chart in exhibit.charts]
        status = labels(f"exhibit_status.{exhibit.status}")
        lacking = "; ".join(labels(key) for key in exhibit.missing)
        status = f"{status}: {lacking}" if lacking else status
        title = labels(f"exhibit.{exhibit.id}")
        lines.append(f"| {number} | {title} | {'<br>'.join(files) or '–'} | {status} |")
    for document, number in WITHOUT_NUMBERS:
        lines.append(f"| {CODES[document]}, {number} | – | – | a drawing; it prints no number |")
    return "\n".join(lines).strip() + "\n"
