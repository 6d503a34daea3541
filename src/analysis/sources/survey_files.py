"""Survey files as the world makes them: which there are, what they hold, and why one cannot be read."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from analysis.sources.declared_missing import Spans, spans_of
from analysis.sources.form import PLAIN, Form

KINDS = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".csv.gz": "csv",
    ".tsv": "csv",
    ".tsv.gz": "csv",
    ".dta": "stata",
    ".sav": "spss",
    ".zsav": "spss",
}
"""What is read, by the end of the file's name."""

OF_OTHERS = {
    (
        ".xlsx",
        ".xls",
        ".xlsm",
        ".xlsb",
        ".ods",
    ): "save the sheet as CSV UTF-8, one row a person beneath one line of "
    "names, as values and without merged cells",
    (
        ".rds",
        ".rdata",
        ".rda",
    ): "in R, write it by write.csv(persons, 'survey.csv', row.names = FALSE, na = ''), or "
    "by arrow::write_parquet(persons, 'survey.parquet')",
    (
        ".sas7bdat",
        ".xpt",
        ".cpt",
    ): "in SAS, write it by proc export dbms=dta (Stata), dbms=sav (SPSS) or dbms=csv",
    (".por",): "in SPSS, save it as .sav",
    (".zip", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz"): "unpack it first (.csv.gz is read as it is)",
    (".feather", ".arrow", ".json", ".jsonl"): "write it as Parquet",
}
"""Kinds that are not read, and what helps."""

UNDER_ANOTHER_NAME = {
    b"\x1f\x8b": "compressed by gzip; name it with .gz at its end",
    b"PK\x03\x04": "an Excel workbook or a zip archive under another name; save the sheet as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook under another name; save the sheet as CSV UTF-8",
    b"PAR1": "Parquet; name it with .parquet at its end",
    b"$FL2": "an SPSS file; name it with .sav at its end",
    b"<stata_dta>": "a Stata file; name it with .dta at its end",
}
"""First bytes of files that are named as text."""

LONGEST_LINE = 10_000_000
"""Bytes of the line that names the columns."""
DELIMITERS = (";", "\t", "|", ",")
READERS = ("pandas", "polars", "duckdb", "_duckdb", "pyarrow", "pyreadstat", "zlib", "gzip")
"""Packages whose errors say that a file cannot be read."""
PANIC = "PanicException"
"""What Polars raises where its own code stops; it is no `Exception`."""
OF_READERS = ("ComputeError", "DuplicateError", PANIC)
"""Errors of Polars that reach us under another package's name."""


class UnreadableSurvey(ValueError):
    """A survey's file that cannot be read; the message names it, and what would help."""


@dataclass(frozen=True)
class Described:
    """What a survey's file holds, before any person is read.

    Attributes
    ----------
    columns : tuple of str
        The file's columns, in its order.
    labels : dict of str to dict
        Labels of a column's codes, where the file carries them (Stata, SPSS).
    titles : dict of str to str
        What a column is called, where the file says.
    missing : dict of str to Spans
        Runs of codes that the file declares missing (SPSS), by column.
    """

    columns: tuple[str, ...]
    labels: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, Spans] = field(default_factory=dict)


def kind_and_paths(source: Path | str | Sequence[Path | str]) -> tuple[str, list[Path]]:
    """Return the kind of a survey's files and their paths, those of a folder in the order of their names.

    Raises
    ------
    FileNotFoundError
        When nothing is there.
    UnreadableSurvey
        When the kind of a file is not known, a folder holds several kinds, or a file is empty.
    """
    paths: list[Path] = []
    for path in [source] if isinstance(source, (str, Path)) else source:
        path = Path(path)
        if not path.exists():
            raise FileNotFoundError(f"{path}: no such file or folder")
        paths += _in_folder(path) if path.is_dir() else [path]
    kinds = sorted({_kind(path) or f"unknown ({path.name})" for path in paths})
    for path in paths:
        for endings, instead in OF_OTHERS.items():
            if path.name.lower().endswith(endings):
                raise UnreadableSurvey(f"{path}: is not read as it is; {instead}")
    if len(kinds) != 1 or kinds[0] not in KINDS.values():
        kinds_there = ", ".join(kinds) or "no survey file"
        raise UnreadableSurvey(
            f"{source}: found {kinds_there}; expected files of one kind, ending in {', '.join(KINDS)}"
        )
    for path in paths:
        if not path.is_file():
            raise UnreadableSurvey(f"{path}: is a pipe or a device; write the survey to a file first")
        if not path.stat().st_size:
            raise UnreadableSurvey(f"{path}: the file is empty; expected a survey, one row a person")
    return kinds[0], paths


def survey_files_in(folder: Path) -> list[Path]:
    """Return the files of a survey in a folder, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if _kind(path))


def _in_folder(folder: Path) -> list[Path]:
    """Return the survey's files in a folder; those that leave a column to the folder's name are refused."""
    files = survey_files_in(folder)
    for path in files:
        if named := [part for part in path.relative_to(folder).parent.parts if "=" in part]:
            raise UnreadableSurvey(
                f"{path}: stands in the folder {named[0]!r} of a partitioned data set, whose column "
                f"{named[0].partition('=')[0]!r} is not in the file; write the data set as one file"
            )
    return files


def _kind(path: Path) -> str | None:
    return next((kind for ending, kind in KINDS.items() if path.name.lower().endswith(ending)), None)


def form_of(path: Path, form: Form) -> Form:
    """Return a text file's form with what is left empty filled in: UTF-8, commas (tabs in .tsv), a point."""
    tabs = path.name.lower().removesuffix(".gz").endswith(".tsv")
    full = form.or_else(Form("utf-8", "\t" if tabs else ",", "."))
    return replace(full, delimiter="\t") if full.delimiter == "\\t" else full


def describe_survey(source: Path | str | Sequence[Path | str], form: Form = PLAIN) -> Described:
    """Return the columns of a survey's files, and the labels of their codes.

    Parameters
    ----------
    source : path or sequence of paths
        A file, or a folder of files of one kind.
    form : Form
        How a text file is written.

    Raises
    ------
    FileNotFoundError, UnreadableSurvey
        When nothing is there, or it cannot be read; or when two files hold different columns.
    """
    kind, paths = kind_and_paths(source)
    columns = []
    for path in paths:
        with in_one_sentence(path):
            columns.append(_DESCRIBED[kind](path, form))
        if set(columns[-1].columns) != set(columns[0].columns):
            differ = ", ".join(sorted(set(columns[-1].columns) ^ set(columns[0].columns)))
            raise UnreadableSurvey(
                f"{path}: its columns are not those of {paths[0].name}; differing: {differ}"
            )
        if columns[-1].missing != columns[0].missing:
            unlike = [
                c for c in columns[0].columns if columns[-1].missing.get(c) != columns[0].missing.get(c)
            ]
            raise UnreadableSurvey(
                f"{path}: declares other codes missing than {paths[0].name} does, of {', '.join(unlike)}; "
                "declare them alike"
            )
    return columns[0]


@contextmanager
def in_one_sentence(path: Any) -> Iterator[None]:
    """Tell any reader's error as one sentence with the file's name."""
    try:
        yield
    except (UnreadableSurvey, FileNotFoundError, MemoryError):
        raise
    except BaseException as refused:  # a panic is no Exception
        of_reader = type(refused).__module__.split(".")[0] in READERS or type(refused).__name__ in OF_READERS
        if not of_reader and not isinstance(refused, (OSError, EOFError, UnicodeError)):
            raise
        raise UnreadableSurvey(f"{path}: cannot be read: {_reason(refused)}") from refused


def _reason(refused: BaseException) -> str:
    if type(refused).__name__ == PANIC:
        return "Polars broke off; the file is damaged: copy it again, or write it anew"
    if isinstance(refused, OSError) and refused.strerror:
        return refused.strerror
    message = " ".join(str(refused).split())
    if isinstance(refused, (EOFError, gzip.BadGzipFile)) or "zlib" in message or "gzip" in message:
        return "the compressed file is damaged or cut off; copy it again"
    if isinstance(refused, UnicodeError) or re.search("utf-?8|encod", message, re.IGNORECASE):
        return not_encoded(Form("utf-8"))
    return f"{message[:200].rstrip('.')}; the file is damaged, cut off or of another kind than its name says"


def _parquet(path: Path, form: Form) -> Described:
    import pyarrow.parquet as pq

    names = pq.read_schema(path).names
    _refuse_names(path, names, "in the file")
    return Described(tuple(names))


def _refuse_names(path: Path, names: Sequence[str], where: str) -> None:
    if twice := sorted(name for name, number in Counter(names).items() if number > 1):
        raise UnreadableSurvey(f"{path}: column {', '.join(map(repr, twice))} stands twice {where}")
    if patterns := [name for name in names if name == "*" or re.fullmatch(r"\^.*\$", name, re.DOTALL)]:
        raise UnreadableSurvey(
            f"{path}: column {patterns[0]!r} {where} is called what Polars takes for a pattern of names; "
            "give it another name"
        )


def refuse_alike_in_duckdb(path: Path, names: Sequence[str]) -> None:
    """Refuse columns whose names DuckDB takes for one.

    Raises
    ------
    UnreadableSurvey
        When two names differ by capitals alone.
    """
    folded = Counter(name.lower() for name in names)
    if alike := ", ".join(repr(name) for name in names if folded[name.lower()] > 1):
        raise UnreadableSurvey(
            f"{path}: columns {alike} differ by capitals alone, which DuckDB does not tell apart; "
            "read it by --engine pandas or polars"
        )


def _csv(path: Path, form: Form) -> Described:
    return Described(tuple(first_line_names(path, form)))


def first_line_names(path: Path, form: Form) -> list[str]:
    """Return the names in the first line of a text file.

    Raises
    ------
    UnreadableSurvey
        When the line is blank, is not of the encoding or the delimiter, or names a column twice.
    """
    import csv

    form = form_of(path, form)
    if len(form.delimiter) != 1 or form.delimiter in '"\n\r' or not form.delimiter.isascii():
        raise UnreadableSurvey(f"{path}: delimiter {form.delimiter!r}; expected one character, such as ;")
    if form.decimal not in (".", ","):
        raise UnreadableSurvey(f"{path}: decimal {form.decimal!r}; expected a point or a comma")
    with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as opened:
        line = opened.readline(LONGEST_LINE + 1)
    if len(line) > LONGEST_LINE:
        raise UnreadableSurvey(
            f"{path}: the first line is longer than {LONGEST_LINE:,} bytes; is it a text file?"
        )
    text = _decoded(path, line, form).lstrip("\ufeff")
    if re.match("sep=.?\\s*$", text):
        raise UnreadableSurvey(
            f"{path}: the first line is Excel's {text.strip()!r}, not the names of the columns; remove it"
        )
    if "\r" in text.rstrip("\r\n"):
        raise UnreadableSurvey(f"{path}: its lines end by carriage returns alone; write them with line feeds")
    try:
        names = next(csv.reader([text], delimiter=form.delimiter), [])
    except csv.Error as refused:
        raise UnreadableSurvey(f"{path}: the first line is no line of CSV ({refused})") from None
    if not any(name.strip() for name in names):
        raise UnreadableSurvey(f"{path}: the first line is blank; expected the names of the columns")
    if len(names) == 1 and (other := [d for d in DELIMITERS if d in text and d != form.delimiter]):
        named = other[0].replace("\t", "\\t")
        raise UnreadableSurvey(
            f"{path}: the first line holds no {form.delimiter!r} but {other[0]!r}; name it by "
            f'--delimiter "{named}", or delimiter = "{named}" under [survey] in the mapping'
        )
    _refuse_names(path, names, "in the first line")
    return names


def _decoded(path: Path, line: bytes, form: Form) -> str:
    for beginning, instead in UNDER_ANOTHER_NAME.items():
        if line.startswith(beginning):
            raise UnreadableSurvey(f"{path}: is no text but {instead}")
    if line.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableSurvey(f"{path}: the text is UTF-16; write it as UTF-8 (in Excel: CSV UTF-8)")
    try:
        return line.decode(form.encoding)
    except LookupError:
        raise UnreadableSurvey(
            f"{path}: encoding {form.encoding!r} is not known; expected such as latin-1, cp1252 or utf-8"
        ) from None
    except UnicodeError:
        raise UnreadableSurvey(f"{path}: {not_encoded(form)}") from None


def not_encoded(form: Form) -> str:
    """Return what to say of text that is not of its encoding."""
    other = "utf-8" if form.encoding.lower().replace("_", "-") not in ("utf-8", "utf8") else "latin-1"
    return (
        f"the text is not {form.encoding}; name its encoding by --encoding, such as --encoding {other}, or "
        f'encoding = "{other}" under [survey] in the mapping'
    )


def statistics_reader(kind: str) -> Any:
    """Return the function that reads Stata or SPSS files."""
    import pyreadstat

    return {"stata": pyreadstat.read_dta, "spss": pyreadstat.read_sav}[kind]


def _labelled(kind: str) -> Any:
    def described(path: Path, form: Form) -> Described:
        _, metadata = statistics_reader(kind)(
            str(path), metadataonly=True, user_missing=True, encoding=form.encoding or None
        )
        titles = {name: title for name, title in metadata.column_names_to_labels.items() if title}
        return Described(
            tuple(metadata.column_names), dict(metadata.variable_value_labels), titles, spans_of(metadata)
        )

    return described


_DESCRIBED = {"parquet": _parquet, "csv": _csv, "stata": _labelled("stata"), "spss": _labelled("spss")}
