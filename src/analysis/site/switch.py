"""From every page to the same page in each other language and of each other period.

A page cannot know which reports will stand beside it, and its bytes are summed in the manifest. So it offers
each language, and each period whose record has what the page shows, and its links name the report that a
reader wants behind the ``#`` of the contents of all reports, which are written anew whenever a report is
added: a script there opens the same page of that report at once where it was made, and otherwise says that it
was not and lists the reports that hold it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from analysis.exhibits.catalogue import CHAPTERS, definitions
from analysis.exhibits.layout import NOT_RECORDED
from analysis.files import write_whole
from analysis.labels import Catalogue, languages
from analysis.periods import Period
from analysis.printed.opened import open_record
from analysis.site.findings_pages import pages_of
from analysis.sources.register import Register

_END = re.compile(r"(?: <span class=\"switch\">.*?</span>)?</nav></header>", re.S)
# Between the page that a reader leaves and the folder of the report wanted; no folder has such a sign.
_TO = "&to="


@dataclass(frozen=True)
class OtherReport:
    """Another report: its folder below that of all reports, the words of its link, their language.

    ``lacks`` are pages of this report that the other never has; those of another language have the same.
    """

    folder: Path
    words: str
    code: str
    lacks: frozenset[str] = frozenset()


def pages_in(report: Path) -> list[str]:
    """Return the pages of a report, as paths below its folder; tables as files of their own are none."""
    paths = (path.relative_to(report) for path in report.rglob("*.html"))
    return sorted(path.as_posix() for path in paths if path.parts[0] != "tables")


def reports_beside(
    register: Register, period: Period, language: str, pages: Sequence[str]
) -> list[OtherReport]:
    """Return the reports beside one: in each other language, and of each other period in its language.

    Parameters
    ----------
    register : Register
    period : Period
    language : str
    pages : sequence of str
        The report's own, of which those are noted that the report of another period never has.
    """
    beside = [
        OtherReport(register.report_folder(period, code), Catalogue(code)("language.name"), locale_of(code))
        for code in languages()
        if code != language
    ]
    for other in register.periods(period.organisation):
        if other != period:
            lacking = _lacking(register, other, language, pages)
            folder = register.report_folder(other, language)
            beside.append(OtherReport(folder, other.printed, locale_of(language), lacking))
    return beside


def _lacking(register: Register, period: Period, language: str, pages: Sequence[str]) -> frozenset[str]:
    """Return those of a report's pages that the report of another period never has.

    Its record is opened only where there are pages that depend on what is recorded.
    """
    depending = [page for page in pages if "/" in page or page.partition(".")[0] in CHAPTERS]
    return frozenset(depending) - _held(register, period, language, pages) if depending else frozenset()


def _held(register: Register, period: Period, language: str, pages: Sequence[str]) -> set[str]:
    """Return those of a report's pages that the report of another period has when it is made."""
    opened = open_record(register, period, language)
    record = opened.record
    stems = set(pages_of(record.audit, opened.labels).values())
    shown = [
        definition
        for definition in definitions(record.recorded)
        if record.exhibit(definition).status != NOT_RECORDED
    ]
    held = {f"exhibits/{definition.id}.html" for definition in shown}
    held |= {f"findings/{stem}.html" for stem in (stems | {"index"} if stems else stems)}
    empty = set(CHAPTERS) - {definition.notebook for definition in shown}
    return held | {page for page in pages if "/" not in page and page.partition(".")[0] not in empty}


def locale_of(language: str) -> str:
    """Return the code by which pages say their language."""
    return Catalogue(language)("language.locale").replace("_", "-")


def link_everywhere(
    folder: Path, pages: Sequence[str], below: Path, others: Sequence[OtherReport], labels: Catalogue
) -> None:
    """Write links to the same page of other reports, and to all reports, into the head of pages.

    Parameters
    ----------
    folder : Path
        The report's folder.
    pages : sequence of str
        Those of its pages that are linked.
    below : Path
        The same, below the folder of all reports.
    others : sequence of OtherReport
        The reports to link, in order; one that lacks a page is not offered there.
    labels : Catalogue
        Of the language.
    """
    for page in pages:
        up = "../" * (len(below.parts) + page.count("/"))
        address = escape(f"{up}index.html#{(below / page).as_posix()}")
        links = [
            f'<a href="{address}{escape(_TO + other.folder.as_posix())}" lang="{other.code}" '
            f'hreflang="{other.code}">{escape(other.words)}</a>'
            for other in others
            if page not in other.lacks
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
