"""``analysis new-mapping``: propose the mapping of a survey's file, to be finished by hand."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.estimation.variants import AskedWrongly
from analysis.files import write_whole
from analysis.sources.form import Form
from analysis.sources.harmonised import as_table
from analysis.sources.mapping_proposal import propose


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the survey, where to write the mapping, and the form of a text file."""
    parser.add_argument("survey", nargs="?", default="", help="file or folder: Stata, SPSS, CSV or Parquet")
    parser.add_argument("--variables", action="store_true", help="list the harmonised variables instead")
    parser.add_argument("--output", type=Path, help="a .toml file that is not there yet; printed without it")
    parser.add_argument("--encoding", default="", help="of a text file, such as latin-1 (utf-8)")
    parser.add_argument("--delimiter", default="", help='between the columns of a text file, such as ";"')
    parser.add_argument("--decimal", default="", help='before decimals in a text file, such as ","')


def run(arguments: argparse.Namespace) -> int:
    """Write or print the mapping proposed; return 0."""
    if bool(arguments.survey) == arguments.variables:
        raise AskedWrongly("name either a survey's file or --variables")
    if arguments.variables:
        print(as_table(), end="")
        return 0
    if arguments.output and arguments.output.exists():
        raise AskedWrongly(f"--output {arguments.output}: exists; name another file")
    if arguments.output and arguments.output.suffix != ".toml":
        raise AskedWrongly(f"--output {arguments.output}: expected a name ending in .toml")
    text = propose(arguments.survey, Form(arguments.encoding, arguments.delimiter, arguments.decimal))
    if arguments.output:
        write_whole(arguments.output, text.encode("utf-8"))
        print(f"{arguments.output}: finish what is marked with ?, then name it by --mapping")
    else:
        print(text, end="")
    return 0
