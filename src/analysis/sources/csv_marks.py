"""Bytes of a CSV file that engines would each read in its own way: encoding, quotes, ends of lines."""

from __future__ import annotations

import codecs
import gzip
import re
from pathlib import Path

import numpy as np

from analysis.sources.form import Form
from analysis.sources.survey_files import UnreadableSurvey, not_encoded

TOGETHER = 1 << 24
"""Bytes looked at together."""

LATIN = ("iso8859-1", "iso8859-9", "iso8859-15", "cp1252", "cp1254")
"""Alphabets of one byte a letter, in which 0xc3 is a capital that no sign follows."""
OF_UTF8 = re.compile(rb"\xc3[\xa0-\xa9\xab-\xb9\xbc-\xbf]")
"""A small letter with an accent as UTF-8 writes it; in those alphabets it would be a capital and a sign."""
QUOTE, MARK = ord('"'), b"\xef\xbb\xbf"


def check_marks(path: Path, delimiter: str, of_utf8: bool, encoding: str = "") -> bool:
    """Refuse a file that engines would each read in its own way.

    Parameters
    ----------
    path : Path
        A CSV file, plain or compressed by gzip, of an encoding that has ASCII in it.
    delimiter : str
        What stands between columns.
    of_utf8 : bool
        Whether it is to be UTF-8.
    encoding : str
        What it is to be otherwise.

    Returns
    -------
    bool
        Whether its lines all end alike.

    Raises
    ------
    UnreadableSurvey
        When it is not UTF-8, or is though it is said to be of a Latin alphabet, a quote stands inside a cell
        without being doubled, or one is never closed.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    ends = np.frombuffer(f'{delimiter}\n\r"'.encode(), dtype=np.uint8)
    quotes, line, opened, rest, last, edge = 0, 1, 0, b"", ord("\n"), b""
    of_latin = bool(encoding) and codecs.lookup(encoding).name in LATIN
    feeds = pairs = returns = 0
    with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as file:
        first = True
        while True:
            read = file.read(TOGETHER)
            if of_utf8:
                try:
                    decoder.decode(read, final=not read)
                except UnicodeDecodeError:
                    raise UnreadableSurvey(f"{path}: {not_encoded(Form('utf-8'))}") from None
            elif of_latin and (match := OF_UTF8.search(edge + read)):
                raise UnreadableSurvey(
                    f"{path}: holds {match[0].decode()!r} as UTF-8 writes it, but is said to be {encoding}; "
                    "name its encoding by --encoding, or write all of it in one"
                )
            edge = read[-1:]
            block = rest + (read.removeprefix(MARK) if first else read)
            first = False
            seen = block if not read else block[:-1]  # the byte after each is looked at as well
            rest = block[len(seen) :]
            if QUOTE in seen:
                data = np.frombuffer(block, dtype=np.uint8)
                marks = np.flatnonzero(data[: len(seen)] == QUOTE)
                before = np.where(marks > 0, data[marks - 1], last)
                after = np.where(marks + 1 < len(data), data[np.minimum(marks + 1, len(data) - 1)], ends[1])
                opens = (quotes + np.arange(len(marks))) % 2 == 0
                stray = marks[~np.where(opens, np.isin(before, ends), np.isin(after, ends))]
                if len(stray):
                    at = line + seen.count(b"\n", 0, int(stray[0]))
                    raise UnreadableSurvey(
                        f"{path}: line {at}: a quote stands inside a cell; expected cells with quotes in "
                        "them to be quoted, and each of these quotes doubled"
                    )
                if opens.any():
                    opened = line + seen.count(b"\n", 0, int(marks[opens][-1]))
                quotes += len(marks)
            line += seen.count(b"\n")
            feeds, returns = feeds + seen.count(b"\n"), returns + seen.count(b"\r")
            pairs += block.count(b"\r\n", 0, len(seen) + 1)
            last = seen[-1] if seen else last
            if not read:
                break
    if quotes % 2:
        raise UnreadableSurvey(
            f"{path}: line {opened}: a quote is opened and never closed; all that follows would be one cell"
        )
    return pairs == returns and pairs in (0, feeds)
