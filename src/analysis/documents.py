"""What a run adds when its notebooks have run: charts for Office, the report, the workbook, the site."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.audit.judging import Audit
from analysis.code import code_of
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.parts import Exhibit
from analysis.files import write_whole
from analysis.labels import Catalogue
from analysis.labels.once import said_once_of
from analysis.labels.watching import looked_up_before, watched
from analysis.office.charts import needs_pptx
from analysis.office.manuscript import (
    Manuscript,
    compose_report,
    exhibits_in,
    shown_outputs,
    title_of_report,
)
from analysis.office.report import word_report
from analysis.office.slides import deck
from analysis.office.typeset import pdf_report
from analysis.office.word_charts import charts_document, editable
from analysis.periods import Period
from analysis.pictures.fonts import FontError
from analysis.pictures.formats import picture
from analysis.printed.opened import open_record
from analysis.printed.printable import ResolvedExhibit
from analysis.printed.summary import Part, summary_of
from analysis.quantities import Recorded
from analysis.site.writing import write_site_contents, write_site_pages
from analysis.sources.organisations import in_language
from analysis.sources.register import REPORT, Register
from analysis.store.kept import kept_files
from analysis.tables.word_tables import MissingPackage
from analysis.tables.workbook import accessible_workbook

CHARTS_SLIDES, CHARTS_WORD, TABLES = "charts.pptx", "charts.docx", "tables.xlsx"
REPORT_WORD, REPORT_PDF = "report.docx", "report.pdf"
DOCUMENTS = (REPORT_PDF, REPORT_WORD, CHARTS_SLIDES, CHARTS_WORD, TABLES)
PAGES, CONTENTS = "pages", "contents"
SITE = (PAGES, CONTENTS)
"""Parts of the site: pages, which need what notebooks make, and the contents, which offer the documents."""
WRITTEN = (*DOCUMENTS, *SITE)


def shown_exhibits(folder: Path, exhibits: dict[str, ResolvedExhibit]) -> list[ResolvedExhibit]:
    """Return the exhibits that a folder's executed notebooks show, in order."""
    by_id: dict[str, ResolvedExhibit] = {}
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        for kind, content in shown_outputs(path):
            if kind == "text/html":
                by_id |= {name: exhibits[name] for name in exhibits_in(content) if name in exhibits}
    return list(by_id.values())


@dataclass(frozen=True)
class OpenReport:
    """A folder whose notebooks have run: the record in its language, what it shows, and the audit."""

    biennium: Period
    recorded: Recorded
    labels: Catalogue
    shown: list[tuple[Exhibit, ResolvedExhibit]]
    audit: Audit


_LookedUp = dict[tuple[str, str], str | None]
_READY: dict[tuple, tuple[OpenReport, _LookedUp]] = {}
"""Folders opened before, in this process or the one that it was forked from, with the labels looked up."""


def open_beforehand(
    register: Register, biennium: Period, language: str, folder: Path, corrected: bool = False
) -> None:
    """Open a folder once for all processes that are forked from this one to write its documents.

    Nothing may be written into its ``notebooks`` afterwards; parameters as of :func:`write_documents`.
    """
    key = register.root, biennium, language, folder, corrected
    if key not in _READY:
        with watched() as labels:
            opened = open_folder(register, biennium, language, folder, corrected)
        _READY[key] = opened, labels
        _summary(opened)


def open_folder(
    register: Register, biennium: Period, language: str, folder: Path, corrected: bool
) -> OpenReport:
    """Return a folder opened: the record in its language, what its notebooks show, and the audit."""
    key = register.root, biennium, language, folder, corrected
    if key in _READY:
        opened, looked_up = _READY[key]
        looked_up_before(looked_up)
        return opened
    read = open_record(register, biennium, language, corrected)
    exhibits = read.record.exhibits
    resolved = {name: read.printed(exhibit) for name, exhibit in exhibits.items()}
    shown = [(exhibits[exhibit.id], exhibit) for exhibit in shown_exhibits(folder, resolved)]
    return OpenReport(biennium, read.record.recorded, read.labels, shown, read.record.audit)


def write_documents(
    register: Register,
    biennium: Period,
    language: str,
    folder: Path,
    corrected: bool = False,
    parts: Sequence[str] = WRITTEN,
) -> list[Path]:
    """Write the documents and the site of a folder whose notebooks have run.

    A document whose package is not installed is left out with a warning that names what to install.

    Parameters
    ----------
    register : Register
    biennium : Period
    language : str
    folder : Path
        ``reports/<biennium>/<language>``.
    corrected : bool
        Whether the notebooks ran on corrected numbers.
    parts : sequence of str
        Those of ``WRITTEN`` that are to be written.

    Returns
    -------
    list of Path
        What was written.
    """
    opened = open_folder(register, biennium, language, folder, corrected)
    written = _write_files(register, opened, folder, parts) if set(parts) - set(SITE) else []
    return [*written, *_write_site(register, opened, folder, parts)]


def write_site_again(
    register: Register, biennium: Period, language: str, folder: Path, corrected: bool = False
) -> list[Path]:
    """Write the site of a folder anew, and leave its documents as they are."""
    return _write_site(register, open_folder(register, biennium, language, folder, corrected), folder, SITE)


def _write_site(register: Register, opened: OpenReport, folder: Path, parts: Sequence[str]) -> list[Path]:
    writers = {PAGES: write_site_pages, CONTENTS: write_site_contents}
    arguments = register, opened.biennium, opened.labels, folder, opened.shown, opened.audit
    return [path for part in SITE if part in parts for path in writers[part](*arguments)]


def _write_files(register: Register, opened: OpenReport, folder: Path, parts: Sequence[str]) -> list[Path]:
    biennium, labels = opened.biennium, opened.labels
    shown = [resolved for _, resolved in opened.shown]
    charts = [chart for exhibit in shown for chart in exhibit.charts]
    tables = [exhibit.table for exhibit in shown if exhibit.table]
    title = labels("manuscript.charts", period=biennium.printed)
    author, subject = properties(register, biennium, labels.language)
    writers: dict[str, tuple[Callable[..., bytes], tuple]] = {}
    if charts:
        writers[CHARTS_SLIDES] = (deck, (charts, title, labels.language))
        writers[CHARTS_WORD] = (charts_document, (charts, title, labels.language, author, subject))
    if tables:
        whole = title_of_report(biennium, labels)
        writers[TABLES] = (accessible_workbook, (tables, whole, labels.language))
    if shown and {REPORT_WORD, REPORT_PDF}.intersection(parts):
        manuscript = replace(_manuscript(register, opened, folder), author=author, subject=subject)
        if REPORT_WORD in parts:
            writers[REPORT_WORD] = (word_report, (manuscript, word_pictures(manuscript, folder)))
        if REPORT_PDF in parts:
            writers[REPORT_PDF] = (pdf_report, (manuscript, pictures_of(manuscript, folder, "svg")))
    written = []
    for name, (write, arguments) in writers.items():
        if name not in parts:
            continue
        try:
            content = _document(name, write, arguments)
        except (MissingPackage, FontError) as missing:
            (folder / name).unlink(missing_ok=True)
            warnings.warn(f"{name} is left out: {missing}", stacklevel=2)
            continue
        written.append(write_whole(folder / name, content))
    return written


def _manuscript(register: Register, opened: OpenReport, folder: Path) -> Manuscript:
    """Return the report of a folder's notebooks, with the summary before it."""
    return compose_report(
        sorted((folder / "notebooks").glob("*.ipynb")),
        {resolved.id: resolved for _, resolved in opened.shown},
        register.holding(opened.biennium),
        opened.biennium,
        opened.labels,
        _summary(opened),
    )


def properties(register: Register, period: Period, language: str) -> tuple[str, str]:
    """Return author and subject of a period's documents: the organisation, and the report that it follows."""
    name = register.organisation(period.organisation).name
    followed = [document for document in register.principal(period) if document.kind == REPORT]
    titles = [in_language(document.title, language) for document in followed]
    return in_language(name, language), Catalogue(language)("label.list_separator").join(titles)


def word_pictures(manuscript: Manuscript, folder: Path) -> dict[str, bytes]:
    """Return the pictures of the charts that Word does not draw itself: of all, without python-pptx."""
    try:
        needs_pptx()
    except MissingPackage as missing:
        warnings.warn(f"{REPORT_WORD} has pictures for charts: {missing}", stacklevel=2)
        return pictures_of(manuscript, folder, "png")
    blocks = tuple(figure for figure in manuscript.figures() if not editable(figure.chart))
    return pictures_of(replace(manuscript, blocks=blocks), folder, "png")


def _document(name: str, write: Callable[..., bytes], arguments: tuple) -> bytes:
    return kept_files(name, arguments, code_of((write.__module__,)), lambda: {name: write(*arguments)})[name]


def _summary(opened: OpenReport) -> list[Part]:
    """Return the summary of a report, with the findings in it: made once for its Word and its PDF file."""
    return said_once_of(opened.labels, "summary", opened, lambda: _summed_up(opened))


def _summed_up(opened: OpenReport) -> list[Part]:
    by_id = {definition.id: definition for definition in definitions(opened.recorded)}
    shown = [(by_id[exhibit.id], exhibit, resolved) for exhibit, resolved in opened.shown]
    return summary_of(opened.recorded, opened.biennium, opened.labels, shown, opened.audit)


def pictures_of(manuscript: Manuscript, folder: Path, form: str) -> dict[str, bytes]:
    """Return the pictures of a manuscript as the notebooks wrote them; one that is not there is drawn."""
    pictures: dict[str, bytes] = {}
    for block in manuscript.figures():
        path = folder / "figures" / f"{block.chart.id}.{form}"
        pictures[block.chart.id] = path.read_bytes() if path.is_file() else picture(block.chart, form)
    return pictures
