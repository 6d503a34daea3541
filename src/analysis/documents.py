"""What a run adds when its notebooks have run: charts for Office, the report, the workbook, the site."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.audit.judging import Audit
from analysis.audit.opening import open_audit
from analysis.code import code_of
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import make
from analysis.exhibits.parts import Exhibit
from analysis.files import write_whole
from analysis.labels import Catalogue
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
from analysis.printed.printable import ResolvedExhibit
from analysis.printed.resolve import resolve
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


@dataclass(frozen=True)
class RecordInLanguage:
    """The record in a language, with all that a report may show of it: what is known before notebooks ran."""

    recorded: Recorded
    labels: Catalogue
    exhibits: dict[str, Exhibit]
    resolved: dict[str, ResolvedExhibit]
    audit: Audit


@dataclass(frozen=True)
class OpenRecord:
    """What reports in all languages share: the record of a period, its exhibits, and the audit."""

    recorded: Recorded
    exhibits: dict[str, Exhibit]
    audit: Audit


_LookedUp = dict[tuple[str, str], str | None]
_RECORDS: dict[tuple, tuple[OpenRecord, _LookedUp]] = {}
_READ: dict[tuple, tuple[RecordInLanguage, _LookedUp]] = {}
_READY: dict[tuple, tuple[OpenReport, _LookedUp]] = {}
"""Records opened, read in a language, and folders opened before, in this process or the one that it was
forked from, with the labels looked up."""


def read_beforehand(register: Register, biennium: Period, language: str, corrected: bool = False) -> None:
    """Read, for folders that are opened later, what does not depend on which notebooks have run.

    What does not depend on the language is opened once for all languages.
    """
    record_key, key = (register.root, biennium, corrected), (register.root, biennium, language, corrected)
    if record_key not in _RECORDS:
        with watched() as labels:
            _RECORDS[record_key] = _opened(register, biennium, corrected), labels
    if key not in _READ:
        with watched() as labels:
            _READ[key] = _read(register, biennium, language, corrected), labels


def open_beforehand(
    register: Register, biennium: Period, language: str, folder: Path, corrected: bool = False
) -> None:
    """Open a folder once for all processes that are forked from this one to write its documents.

    Nothing may be written into its ``notebooks`` afterwards; parameters as of :func:`write_documents`.
    """
    key = register.root, biennium, language, folder, corrected
    if key not in _READY:
        with watched() as labels:
            _READY[key] = open_folder(register, biennium, language, folder, corrected), labels


def open_folder(
    register: Register, biennium: Period, language: str, folder: Path, corrected: bool
) -> OpenReport:
    """Return a folder opened: the record in its language, what its notebooks show, and the audit."""
    key = register.root, biennium, language, folder, corrected
    if key in _READY:
        opened, looked_up = _READY[key]
        looked_up_before(looked_up)
        return opened
    if (register.root, biennium, language, corrected) in _READ:
        read, looked_up = _READ[register.root, biennium, language, corrected]
        looked_up_before(looked_up)
    else:
        read = _read(register, biennium, language, corrected)
    shown = [(read.exhibits[exhibit.id], exhibit) for exhibit in shown_exhibits(folder, read.resolved)]
    return OpenReport(biennium, read.recorded, read.labels, shown, read.audit)


def _read(register: Register, biennium: Period, language: str, corrected: bool) -> RecordInLanguage:
    record = _opened(register, biennium, corrected)
    labels = Catalogue(language, record.recorded)
    resolved = {name: resolve(exhibit, record.recorded, labels) for name, exhibit in record.exhibits.items()}
    return RecordInLanguage(record.recorded, labels, record.exhibits, resolved, record.audit)


def _opened(register: Register, biennium: Period, corrected: bool) -> OpenRecord:
    if (register.root, biennium, corrected) in _RECORDS:
        record, looked_up = _RECORDS[register.root, biennium, corrected]
        looked_up_before(looked_up)
        return record
    recorded = register.recorded(biennium, corrected=corrected)
    exhibits = {definition.id: make(definition, recorded, biennium) for definition in definitions(recorded)}
    return OpenRecord(recorded, exhibits, open_audit(register, biennium, recorded))


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
