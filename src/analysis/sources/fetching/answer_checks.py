"""What every answer of a service is held to: its form, its codes, its years, and that all of it came."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from analysis.sources.fetching.client import FetchError

UNKNOWN = "the service does not know a code of the query, or has nothing for it"
"""What no rows mean, where a service does not say."""


@contextmanager
def built(where: str) -> Iterator[None]:
    """Tell of an answer that is not built as the service's answers were when this was written."""
    try:
        yield
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise FetchError(
            f"{where}: the answer is not built as before ({type(error).__name__}: {error}); the service's "
            "interface may have changed, nothing is kept"
        ) from error


def csv_rows(url: str, text: str, expected: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of an answer in CSV; refuse one without rows, of other columns, or of ragged lines."""
    if not text.strip():
        raise FetchError(f"{url}: an empty answer with status 200; {UNKNOWN}")
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        names = list(reader.fieldnames or [])
        rows = list(reader)
    except csv.Error as error:
        raise FetchError(f"{url}: line {reader.line_num} is no line of CSV ({error})") from error
    if not set(expected) <= set(names) or len(names) != len(set(names)):
        raise FetchError(
            f"{url}: the answer begins {text[:80]!r}; expected CSV with {', '.join(expected)}, each once"
        )
    if not rows:
        raise FetchError(f"{url}: a header and no rows; {UNKNOWN}")
    short = [number for number, row in enumerate(rows, start=2) if None in row.values() or None in row]
    if short:
        raise FetchError(
            f"{url}: line {short[0]} has not as many fields as the header; the answer is not whole"
        )
    return rows


def refuse_other_codes(url: str, name: str, codes: set[str], expected: set[str]) -> None:
    """Refuse an answer that holds codes that were not asked for, or lacks one that was."""
    other, absent = sorted(map(str, codes - expected)), sorted(expected - codes)
    if other:
        raise FetchError(
            f"{url}: {name} was not heeded: {', '.join(other)[:200] or 'blank'} came back; asked for "
            f"{', '.join(sorted(expected))}"
        )
    if absent:
        raise FetchError(f"{url}: no row for {name} {', '.join(absent)}; check the code, or leave it out")


def refuse_unknown_codes(url: str, name: str, listed: set[str], expected: set[str]) -> None:
    """Refuse codes that the service does not list."""
    unknown = sorted(expected - listed)
    if unknown:
        raise FetchError(f"{url}: {name} {', '.join(unknown)} is not in the service's list")


def refuse_earlier_years(url: str, periods: Sequence[str], since: int | None) -> None:
    """Refuse an answer that holds periods before the first year asked for, or what is no period."""
    odd = sorted({period for period in periods if not re.match("[0-9]{4}", period)})
    if odd:
        raise FetchError(f"{url}: answered with {', '.join(odd)[:200]!r} in place of a year; nothing is kept")
    early = sorted({period for period in periods if since is not None and int(period[:4]) < since})
    if early:
        raise FetchError(f"{url}: answered with periods not asked for: {', '.join(early)[:200]}")


def refuse_parts(url: str, rows: int, announced: int) -> None:
    """Refuse an answer of another number of rows than the service announced."""
    if rows != announced:
        raise FetchError(f"{url}: {rows} rows came, {announced} were announced; nothing is kept")
