"""The report as written: headings, sentences and numbered exhibits, in the order of the executed notebooks.

What the notebooks' outputs hold is read back: text as headings and paragraphs, exhibits by their ids. The
report has no code. Word (``analysis.office.report``) and PDF (``analysis.office.typeset``) set the same
manuscript.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import analysis
from analysis.labels import Catalogue
from analysis.periods import Period
from analysis.printed.printable import ResolvedChart, ResolvedExhibit, ResolvedTable
from analysis.printed.summary import Part
from analysis.sources.organisations import in_language
from analysis.sources.register import Document


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (a notebook), 2 (a section) or 3 (an exhibit)."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A sentence or several; ``small`` for notes, ``close`` where Word sets its lines closely.

    ``mentions`` are places in the text at which a figure is referred to, each with the figure's number.
    """

    text: str
    small: bool = False
    close: bool = False
    mentions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class FigureBlock:
    """A numbered figure."""

    number: int
    chart: ResolvedChart

    @property
    def caption(self) -> str:
        """Title of the figure."""
        return self.chart.title


@dataclass(frozen=True)
class TableBlock:
    """A numbered table."""

    number: int
    table: ResolvedTable

    @property
    def caption(self) -> str:
        """Title and period of the table."""
        return self.table.caption


ManuscriptBlock = Heading | Paragraph | FigureBlock | TableBlock


@dataclass(frozen=True)
class Manuscript:
    """A report to be set.

    Attributes
    ----------
    title, subtitle : str
        For the first page.
    blocks : tuple of ManuscriptBlock
        The body.
    notes, sources : tuple of str
        How numbers are made; the documents.
    language : str
    author, subject : str
        Whose numbers these are, and the document that they are about; for the files' properties.
    """

    title: str
    subtitle: str
    blocks: tuple[ManuscriptBlock, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    language: str
    author: str = ""
    subject: str = ""

    def figures(self) -> list[FigureBlock]:
        """Return the figures in order."""
        return [block for block in self.blocks if isinstance(block, FigureBlock)]

    def tables(self) -> list[TableBlock]:
        """Return the tables in order."""
        return [block for block in self.blocks if isinstance(block, TableBlock)]


# Cells that a report leaves out: those to work with, and headlines said again where a section ends.
LEFT_OUT = {"working", "closing"}


class _Sections(HTMLParser):
    """The ids of the exhibits in a page's part, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.exhibits: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the id of a section of class ``exhibit``."""
        named = dict(attrs)
        if tag == "section" and named.get("class") == "exhibit" and named.get("id"):
            self.exhibits.append(named["id"])


def shown_outputs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield kind (``text/markdown``, ``text/html``) and content of what a notebook shows to readers."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if LEFT_OUT & set(cell["metadata"].get("tags", ())):
            continue
        for output in cell.get("outputs", ()):
            forms = output.get("data", {})
            for kind in ("text/markdown", "text/html"):
                if kind in forms:
                    yield kind, "".join(forms[kind])
                    break


@lru_cache(maxsize=1_000)
def exhibits_in(content: str) -> tuple[str, ...]:
    """Return the ids of the exhibits in the HTML of an output."""
    sections = _Sections()
    sections.feed(content)
    return tuple(sections.exhibits)


def compose_report(
    notebooks: Iterable[Path],
    exhibits: Mapping[str, ResolvedExhibit],
    documents: Iterable[Document],
    biennium: Period,
    labels: Catalogue,
    opening: Iterable[Part] = (),
) -> Manuscript:
    """Return the report of executed notebooks.

    Parameters
    ----------
    notebooks : iterable of Path
        Executed notebooks, in order; one that shows no exhibit of ``exhibits`` is left out.
    exhibits : mapping
        Resolved exhibits by id.
    documents : iterable of Document
        The sources.
    biennium : Period
    labels : Catalogue
    opening : iterable of Part
        The summary that stands before the chapters.
    """
    blocks: list[ManuscriptBlock] = list(_summary(opening, labels))
    counted = {"figure": 0, "table": 0}
    for path in notebooks:
        shown = list(shown_outputs(path))
        if not any(
            name in exhibits for kind, text in shown if kind == "text/html" for name in exhibits_in(text)
        ):
            continue
        for kind, text in shown:
            if kind == "text/markdown":
                blocks += _written(text)
            else:
                for identifier in exhibits_in(text):
                    if identifier in exhibits:
                        blocks += _shown(exhibits[identifier], counted, labels)
    figures = {block.caption: block.number for block in blocks if isinstance(block, FigureBlock)}
    return Manuscript(
        title_of_report(biennium, labels),
        labels("manuscript.edition", edition=analysis.__version__),
        tuple(_mentioning(block, figures, labels) for block in blocks),
        tuple(labels(f"manuscript.{name}") for name in ("rounding", "shorthand", "files")),
        tuple(_source(document, labels) for document in documents),
        labels.language,
    )


def title_of_report(biennium: Period, labels: Catalogue) -> str:
    """Return the title of the report on a period."""
    return labels("manuscript.title", period=biennium.printed)


def _summary(parts: Iterable[Part], labels: Catalogue) -> Iterator[ManuscriptBlock]:
    for number, part in enumerate(parts):
        if not number:
            yield Heading(1, labels("summary.title"))
        yield Heading(2, part.title)
        for text in part.paragraphs:
            yield Paragraph(text, close=True)


def _mentioning(block: ManuscriptBlock, figures: Mapping[str, int], labels: Catalogue) -> ManuscriptBlock:
    """Return a paragraph that refers to the figures whose findings it tells; any other block as it is."""
    if not isinstance(block, Paragraph) or block.small:
        return block
    after_title = labels("label.finding", headline="", title="")
    places = ((block.text.find(title + after_title), title) for title in figures)
    mentions = ((start + len(title), figures[title]) for start, title in places if start >= 0)
    return replace(block, mentions=tuple(sorted(mentions)))


def _written(text: str) -> Iterator[ManuscriptBlock]:
    for part in text.split("\n\n"):
        words = part.strip()
        if words.startswith("#"):
            mark, _, title = words.partition(" ")
            yield Heading(len(mark), title)
        elif words:
            yield Paragraph(words)


def _shown(exhibit: ResolvedExhibit, counted: dict[str, int], labels: Catalogue) -> Iterator[ManuscriptBlock]:
    if not (exhibit.charts or exhibit.table):
        yield Heading(3, exhibit.title)
    for chart in exhibit.charts:
        counted["figure"] += 1
        yield FigureBlock(counted["figure"], chart)
    if exhibit.table and exhibit.headline and not exhibit.charts:
        yield Paragraph(labels("label.sentence", text=exhibit.headline))
    if exhibit.table and exhibit.table.long:
        yield Heading(3, exhibit.title)
        rows, file = str(len(exhibit.table.rows)), f"tables/{exhibit.table.id}.xlsx"
        yield Paragraph(labels("manuscript.long_table", rows=rows, file=file))
    elif exhibit.table:
        counted["table"] += 1
        yield TableBlock(counted["table"], exhibit.table)
    if exhibit.missing or not (exhibit.charts or exhibit.table):
        named = f"{exhibit.number}: {exhibit.status_text}" if exhibit.number else exhibit.status_text
        separator = labels("label.list_separator")
        lost = separator.join((*exhibit.missing, *(() if exhibit.table else exhibit.notes)))
        yield Paragraph(labels("label.meaning", shorthand=named, meaning=lost) if lost else named, small=True)


def _source(document: Document, labels: Catalogue) -> str:
    title = in_language(document.title, labels.language)
    symbol = f" ({document.symbol})" if "/" in document.symbol else ""
    cited = f"{title}{symbol}, {document.year}."
    terms = ", ".join(filter(None, (document.attribution, document.licence)))
    return f"{cited} {terms}." if terms else cited
