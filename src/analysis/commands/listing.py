"""``analysis list``: biennia, documents and exhibits."""

from __future__ import annotations

import argparse

from analysis.commands.chosen_period import add_period, chosen_period
from analysis.commands.exhibits_kept import askings_kept
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import Definition, drawings, make
from analysis.exhibits.parts import Exhibit
from analysis.labels import Catalogue
from analysis.printed.wording import title_of
from analysis.running.asked import check_language
from analysis.sources.organisations import in_language
from analysis.sources.register import Register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice of biennium and language."""
    add_period(parser)
    parser.add_argument("--language", default="en", help="language of the titles (en)")
    parser.add_argument("--markdown", action="store_true", help="print the README's list of exhibits")


def run(arguments: argparse.Namespace) -> int:
    """Print biennia, documents and, for one biennium, each exhibit with its status and notebook."""
    register = Register()
    biennium = chosen_period(register, arguments)
    recorded = register.recorded(biennium)
    labels = Catalogue(check_language(arguments.language), recorded)
    laid_out = definitions(recorded)
    if arguments.markdown:
        exhibits = [make(definition, recorded, biennium) for definition in laid_out]
        print(exhibits_markdown(laid_out, exhibits, labels, register), end="")
        return 0
    print("Periods:")
    for organisation in register.organisations.values():
        periods = ", ".join(str(period) for period in register.periods(organisation.id))
        print(f"  {organisation.id:12} {periods}  {in_language(organisation.name, arguments.language)}")
    print("\nDocuments:")
    for document in register.documents.values():
        title = in_language(document.title, arguments.language)
        print(f"  {document.name:28} {document.symbol}\n  {'':28} {title}")
    print(f"\nExhibits of {biennium.printed}:")
    for definition, asking in zip(laid_out, askings_kept(register.root, recorded, biennium), strict=True):
        status = labels(f"exhibit_status.{asking.status}")
        print(f"  {definition.id:44} {definition.notebook:28} {definition.number:12} {status}")
    return 0


def exhibits_markdown(
    laid_out: tuple[Definition, ...], exhibits: list[Exhibit], labels: Catalogue, register: Register
) -> str:
    """Return the list of exhibits as Markdown tables, one a notebook.

    Parameters
    ----------
    laid_out : tuple of Definition
    exhibits : list of Exhibit
        In the same order.
    labels : Catalogue
    register : Register
        Knows how each document is called.
    """
    lines, notebook = [], ""
    for definition, exhibit in zip(laid_out, exhibits, strict=True):
        if definition.notebook != notebook:
            notebook = definition.notebook
            lines += ["", f"**`{notebook}`**", "", "| in the document | exhibit | files | status |"]
            lines += ["|---|---|---|---|"]
        document = in_language(register.documents[exhibit.document].short_title)
        number = f"{document}, {exhibit.number}" if exhibit.number else "–"
        folders = dict.fromkeys([exhibit.id] if exhibit.table else [], "tables")
        for chart in exhibit.charts:
            folders[chart.id] = "{tables,figures}" if chart.id in folders else "figures"
        files = [f"`{folder}/{name}.*`" for name, folder in folders.items()]
        status = labels(f"exhibit_status.{exhibit.status}")
        lacking = "; ".join(labels(key) for key in exhibit.missing)
        status = f"{status}: {lacking}" if lacking else status
        title = title_of(exhibit, labels)
        lines.append(f"| {number} | {title} | {'<br>'.join(files) or '–'} | {status} |")
    for document, number in drawings(labels.recorded):
        title = in_language(register.documents[document].short_title)
        lines.append(f"| {title}, {number} | – | – | a drawing; it prints no number |")
    return "\n".join(lines).strip() + "\n"
