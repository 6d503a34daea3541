"""``analysis list``: biennia, documents and exhibits."""

from __future__ import annotations

import argparse

from analysis.exhibits.catalogue import DEFINITIONS
from analysis.exhibits.parts import make
from analysis.labels import Catalogue
from analysis.run import ParameterError, check_language
from analysis.sources.register import Register, RegisterError

MISUSE = (ValueError, ParameterError, RegisterError)
FAILURES = ()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the choice of biennium and language."""
    parser.add_argument("biennium", nargs="?", default="2020-21", help="whose exhibits to list (2020-21)")
    parser.add_argument("--language", default="en", help="language of the titles (en)")


def run(arguments: argparse.Namespace) -> int:
    """Print biennia, documents and, for one biennium, each exhibit with its status and notebook."""
    register = Register()
    biennium = register.biennium(arguments.biennium)
    recorded = register.recorded(biennium)
    labels = Catalogue(check_language(arguments.language), recorded)
    print("Biennia:", ", ".join(str(each) for each in register.biennia))
    print("\nDocuments:")
    for document in register.documents.values():
        title = document.title.get(arguments.language, document.title["en"])
        print(f"  {document.name:28} {document.symbol}\n  {'':28} {title}")
    print(f"\nExhibits of {biennium.printed}:")
    for definition in DEFINITIONS:
        exhibit = make(definition, recorded, biennium)
        status = labels(f"exhibit_status.{exhibit.status}")
        print(f"  {exhibit.id:44} {definition.notebook:28} {exhibit.number:12} {status}")
    return 0
