"""From every page to the same page in each other language and of each other period.

A page cannot know which reports will stand beside it, and its bytes are summed in the manifest. So its links
name the report that a reader wants behind the ``#`` of the contents of all reports, which are written anew
whenever a report is added: a script there opens the same page of that report at once where it was made, and
otherwise says that it was not and lists the reports that hold it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from analysis.files import write_whole
from analysis.labels import Catalogue

_END = re.compile(r"(?: <span class=\"switch\">.*?</span>)?</nav></header>", re.S)
# Between the page that a reader leaves and the folder of the report wanted; no folder has such a sign.
_TO = "&to="


@dataclass(frozen=True)
class OtherReport:
    """Another report: its folder below that of all reports, the words of its link, their language."""

    folder: Path
    words: str
    code: str


def pages_in(report: Path) -> list[str]:
    """Return the pages of a report, as paths below its folder; tables as files of their own are none."""
    paths = (path.relative_to(report) for path in report.rglob("*.html"))
    return sorted(path.as_posix() for path in paths if path.parts[0] != "tables")


def link_everywhere(folder: Path, below: Path, others: Sequence[OtherReport], labels: Catalogue) -> None:
    """Write links to the same page of other reports, and to all reports, into the head of every page.

    Parameters
    ----------
    folder : Path
        The report's folder.
    below : Path
        The same, below the folder of all reports.
    others : sequence of OtherReport
        The reports to link, in order.
    labels : Catalogue
        Of the language.
    """
    for page in pages_in(folder):
        up = "../" * (len(below.parts) + page.count("/"))
        address = escape(f"{up}index.html#{(below / page).as_posix()}")
        links = [
            f'<a href="{address}{escape(_TO + other.folder.as_posix())}" lang="{other.code}" '
            f'hreflang="{other.code}">{escape(other.words)}</a>'
            for other in others
        ]
        links.append(f'<a href="{address}">{escape(labels("site.all"))}</a>')
        switch = f' <span class="switch">{" ".join(links)}</span></nav></header>'
        text = (folder / page).read_text(encoding="utf-8")
        end = _END.search(text)
        if end is not None:
            text = text[: end.start()] + switch + text[end.end() :]
        write_whole(folder / page, text.encode("utf-8"))


def reports_to_switch_between(reports: dict[str, dict[str, str]], root: Path) -> str:
    """Return what the script of the contents reads: of each report its address, name, language and pages.

    Parameters
    ----------
    reports : dict
        For each report's folder below the root, what names it: ``name``, ``title``, ``code``.
    root : Path
        The folder of all reports.
    """
    switches = [
        {"folder": folder, **named, "pages": pages_in(root / folder)} for folder, named in reports.items()
    ]
    return json.dumps(switches, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
