"""What is wrong with what a document says of itself: session, date, publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.sources.schema import Fault

SAID = ("publisher", "session", "date", "original", "language", "edition", "address", "isbn", "job_number")
UNSAID, NOT_SHOWN = "not_in_text", (*SAID, "symbol", "pages")
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def check_published(name: str, entry: object) -> Iterator[Fault]:
    """Yield what is wrong with ``[published]`` of a document.

    Parameters
    ----------
    name : str
        Its ``document.toml``, for messages.
    entry : object
        What stands there.
    """
    if not isinstance(entry, dict):
        yield Fault(name, 0, "published", repr(entry), "a table")
        return
    for key, text in entry.items():
        where = f"published.{key}"
        if key == UNSAID:
            wrong = text if not isinstance(text, list) else [item for item in text if item not in NOT_SHOWN]
            if wrong:
                yield Fault(name, 0, where, repr(wrong), f"a list of some of {', '.join(NOT_SHOWN)}")
        elif key not in SAID:
            yield Fault(name, 0, where, "a key that nothing reads", f"some of {', '.join((*SAID, UNSAID))}")
        elif not isinstance(text, str) or not text.strip():
            yield Fault(name, 0, where, repr(text), f"a text, or {key} in the list {UNSAID}")
        elif key == "date" and not _DATE.fullmatch(text):
            yield Fault(name, 0, where, repr(text), "a date such as 2022-02-10")
    for key in sorted({*SAID} & entry.keys() & {*_listed(entry.get(UNSAID))}):
        yield Fault(name, 0, f"published.{UNSAID}", f"{key}, which is given", "what the text does not show")


def _listed(entry: object) -> list[str]:
    return [item for item in entry if isinstance(item, str)] if isinstance(entry, list) else []
