"""From every page to the same page in another language or of another period.

A page cannot know which reports will stand beside it, and its bytes are summed in the manifest. So it leads
to the contents of all reports, which are written anew whenever a report is added, with its own address behind
the ``#``; a script there lists which of the reports hold the same page, and which do not.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

from analysis.files import write_whole
from analysis.labels import Catalogue

_END = re.compile(r"(?: <a class=\"switch\"[^>]*>[^<]*</a>)?</nav></header>")


def pages_in(report: Path) -> list[str]:
    """Return the pages of a report, as paths below its folder; tables as files of their own are none."""
    paths = (path.relative_to(report) for path in report.rglob("*.html"))
    return sorted(path.as_posix() for path in paths if path.parts[0] != "tables")


def link_everywhere(folder: Path, below: Path, labels: Catalogue) -> None:
    """Write the link to the contents of all reports into the head of every page of a report.

    Parameters
    ----------
    folder : Path
        The report's folder.
    below : Path
        The same, below the folder of all reports.
    labels : Catalogue
        Of the language.
    """
    words = escape(labels("site.all"))
    for page in pages_in(folder):
        up = "../" * (len(below.parts) + page.count("/"))
        address = f"{up}index.html#{(below / page).as_posix()}"
        link = f' <a class="switch" href="{escape(address)}">{words}</a></nav></header>'
        text = (folder / page).read_text(encoding="utf-8")
        end = _END.search(text)
        if end is not None:
            text = text[: end.start()] + link + text[end.end() :]
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
