"""The report as PDF, set by typst: tagged for readers who do not see it, fonts inside, no network.

Words come from the manuscript and are written as typst strings, so nothing in them is taken for markup.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from matplotlib import font_manager

from analysis.labels import Catalogue
from analysis.office.manuscript import FigureBlock, Heading, Manuscript, ManuscriptBlock, Paragraph
from analysis.office.setting import number_parts, pieces, reference, turned
from analysis.pictures.fonts import LATIN, FontError, chinese_family
from analysis.printed.archives import FIXED
from analysis.printed.printable import ResolvedRow, ResolvedTable
from analysis.tables.fitting import SHORT, fit
from analysis.tables.markup import foot, kept_decimals, lead, reads_as_text, spanners, units_below, unseen
from analysis.tables.word_tables import MissingPackage

_HAN = re.compile("[\u2e80-\u9fff]")
TALLEST = 16.0
WIDEST = 16.0
_PREAMBLE = """\
#set document(title: %(title)s, author: %(author)s, description: %(subject)s,
  date: datetime(year: 2000, month: 1, day: 1))
#set text(font: %(fonts)s, lang: %(language)s, size: 10.5pt, fill: rgb("#1F2933"), fallback: true)
#set page(paper: "a4", margin: 2cm, numbering: "1", footer-descent: 40%%)
#set par(justify: false, leading: 0.62em, spacing: 0.95em)
#set table(stroke: none, inset: (x: 0.17cm, y: 0.1cm))
#show heading: set block(sticky: true)
#show heading.where(level: 1): it => { pagebreak(weak: true); set text(size: 20pt); block(below: 0.9em, it) }
#show heading.where(level: 2): it => { set text(size: 14pt); block(above: 1.6em, below: 0.8em, it) }
#show heading.where(level: 3): it => { set text(size: 11pt); block(above: 1.6em, below: 0.7em, it) }
#show figure: set block(above: 0.8em, below: 0.8em)
#show figure.where(kind: table): set block(breakable: true)
#set figure.caption(position: top)
#show figure.caption: it => align(left, block(sticky: true, width: 100%%, below: 0.6em,
  text(..strong-letters, size: 9.5pt, it)))
#show figure: set align(left)
#show <going-on>: it => { set text(size: 20pt); block(above: 1.6em, below: 0.9em, it.body) }
#let foot(lines) = block(breakable: false, above: 0.5em, below: 1.4em,
  text(size: 8pt, fill: rgb("#52606D"), lines.map(line => par(spacing: 0.5em, line)).join()))
#let filling(make, lines) = layout(size => {
  // Shares of a page: what leads to a table, and its heading that is repeated on each further page.
  let (led, again) = (0.12, 0.12)
  let tall(tight) = {
    let pages = led + measure(width: size.width, { make(tight); foot(lines) }).height / size.height
    pages + again * calc.floor(pages)
  }
  let tight = (1.0, 0.95, 0.9, 0.85).find(each => calc.rem(tall(each), 1) > 0.3 or tall(each) < 1)
  make(if tight == none { 1.0 } else { tight })
})
"""


# Fonts with Chinese letters often come without a bold face: the regular one is drawn with a thicker line.
_STROKED = """\
#let strong-letters = (weight: "regular", stroke: 0.035em + rgb("#1F2933"))
#set strong(delta: 0)
#show strong: set text(..strong-letters)
#show heading: set text(..strong-letters)"""


def pdf_report(manuscript: Manuscript, pictures: Mapping[str, bytes]) -> bytes:
    """Return the report as a PDF file that follows PDF/UA-1.

    Parameters
    ----------
    manuscript : Manuscript
    pictures : mapping
        SVG files by the chart's id.

    Raises
    ------
    MissingPackage
        When typst is not installed.
    FontError
        When the language needs a font that is not here; the message says what to install.
    """
    try:
        import typst
    except ImportError as error:
        raise MissingPackage(
            "the PDF report needs the package typst: pip install 'analysis[documents]'"
        ) from error
    body = list(_body(manuscript, pictures))
    families = font_families(manuscript.language, "".join(body))
    with tempfile.TemporaryDirectory() as folder:
        for block in manuscript.figures():
            (Path(folder) / f"{block.chart.id}.svg").write_bytes(pictures[block.chart.id])
        for path in font_files(families):
            shutil.copy(path, folder)
        written = Path(folder) / "report.typ"
        text = "\n".join((*_preamble(manuscript, families), *body))
        written.write_text(text, encoding="utf-8", newline="\n")
        try:
            return typst.compile(
                str(written),
                root=folder,
                font_paths=[folder],
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards="ua-1",
                timestamp=FIXED,
            )
        except typst.TypstError as error:
            if "could not be displayed" in str(error):
                raise FontError(f"no glyph in {', '.join(families)}: {error}") from None
            raise


def font_families(language: str, text: str = "") -> tuple[str, ...]:
    """Return the fonts of a text in the order in which glyphs are looked up.

    A text in another language that quotes Chinese has a Chinese font, too.
    """
    if language == "zh":
        return (chinese_family(), LATIN)
    quoted = (chinese_family(),) if _HAN.search(text) else ()
    return ("Libertinus Serif", LATIN, *quoted)


def font_files(families: Iterable[str]) -> list[str]:
    """Return the files of the fonts that do not come with typst, and of no others.

    A font beside them that draws a box for every letter would hide that a glyph is missing.
    """
    listed = font_manager.fontManager.ttflist
    files: dict[str, str] = {}
    for family in families:
        if any(font.name == family for font in listed):
            folder = Path(font_manager.findfont(family, fallback_to_default=False)).parent
            beside = (font.fname for font in listed if font.name == family)
            files |= {Path(path).name: path for path in beside if Path(path).parent == folder}
    return [files[name] for name in sorted(files)]


def source(manuscript: Manuscript, pictures: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the typst source of a manuscript, part by part."""
    body = list(_body(manuscript, pictures))
    yield from _preamble(manuscript, font_families(manuscript.language, "".join(body)))
    yield from body


def _preamble(manuscript: Manuscript, families: tuple[str, ...]) -> Iterator[str]:
    yield _STROKED if manuscript.language == "zh" else '#let strong-letters = (weight: "bold")'
    yield _PREAMBLE % {
        "title": _text(manuscript.title),
        "author": _list(map(_text, filter(None, [manuscript.author]))),
        "subject": _text(manuscript.subject) if manuscript.subject else "none",
        "fonts": _list(map(_text, families)),
        "language": _text(manuscript.language),
    }


def _body(manuscript: Manuscript, pictures: Mapping[str, bytes]) -> Iterator[str]:
    labels = Catalogue(manuscript.language)
    yield f"#block(above: 3cm, text(size: 22pt, ..strong-letters, {_text(manuscript.title)}))"
    yield f"#block(text(size: 12pt, {_text(manuscript.subtitle)}))"
    yield f"#foot({_list(map(_text, manuscript.notes))})"
    yield from _contents(manuscript, labels)
    lying = False
    for block, lies in zip(manuscript.blocks, turned(manuscript.blocks), strict=True):
        if lies != lying:
            yield f"#set page(flipped: {str(lies).lower()})"
            lying = lies
        yield _set(block, labels, pictures)
    if lying:
        yield "#set page(flipped: false)"
    yield f"#heading(level: 1, {_text(labels('manuscript.sources'))}) <going-on>"
    yield from (f"#par({_text(source_line)})" for source_line in manuscript.sources)


def _contents(manuscript: Manuscript, labels: Catalogue) -> Iterator[str]:
    """Yield the contents and the lists of figures and tables."""
    listed = [(labels("page.contents"), "selector(heading.where(level: 1)).or(heading.where(level: 2))")]
    if manuscript.figures():
        listed.append((labels("manuscript.figures"), "figure.where(kind: image)"))
    if manuscript.tables():
        listed.append((labels("manuscript.tables"), "figure.where(kind: table)"))
    for title, target in listed:
        yield f"#block(above: 1.5em, below: 1em, sticky: true, text(size: 14pt, {_strong(title)}))"
        yield f"#{{ set text(size: 9pt); outline(title: none, indent: 1em, target: {target}) }}"


def _set(block: ManuscriptBlock, labels: Catalogue, pictures: Mapping[str, bytes]) -> str:
    if isinstance(block, Heading):
        return f"#heading(level: {block.level}, {_text(block.text)})"
    if isinstance(block, Paragraph):
        return f"#foot(({_text(block.text)},))" if block.small else f"#par({_referring(block, labels)})"
    before, after = number_parts(block, labels)
    numbered = f"supplement: {_text(before.strip())}, numbering: (n) => str(n) + {_text(after)}"
    if isinstance(block, FigureBlock):
        width = _width(pictures[block.chart.id])
        body = f'image("/{block.chart.id}.svg", width: {width:.2f}cm, alt: {_text(block.chart.alt)})'
        named = f"<figure-{block.number}>"
        return f"#figure({body}, kind: image, {numbered}, caption: {_text(block.caption)}) {named}"
    long = len(block.table.rows) > SHORT
    body = "\n".join(_table(block.table, "tight" if long else "1"))
    figure = f"figure({body}, kind: table, {numbered}, caption: {_text(block.caption)})"
    notes = _list(map(_text, foot(block.table)))
    below = f"foot({notes})"
    if not long:
        return f"#block(breakable: false, {{ {figure}; {below} }})"
    return f"#filling(tight => {figure}, {notes})\n#{below}"


def _width(picture: bytes) -> float:
    """Return the width at which a picture fits a page, in centimetres."""
    match = re.search(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture)
    wide, tall = (float(group) for group in match.groups())
    return min(WIDEST, TALLEST * wide / tall)


def _table(table: ResolvedTable, tight: str) -> Iterator[str]:
    """Yield a table whose letters and rows are a share of their size, which a name of typst tells."""
    fitted = fit(table)
    stub = len(table.stub)
    widths = ", ".join(f"{width:.2f}cm" for width in fitted.widths)
    yield f"{{ set text(size: {fitted.points}pt * {tight}); set table(inset: (x: 0.17cm, y: 0.1cm * {tight}))"
    yield f"table(columns: ({widths}),"
    yield "table.hline(stroke: 0.8pt),"
    yield f"table.header({', '.join(_head(table))}),"
    yield "table.hline(stroke: 0.5pt),"
    kept = [kept_decimals(table, place) for place in range(len(table.columns))]
    for row in table.rows:
        yield from _row(row, table, stub, kept)
    yield "table.hline(stroke: 0.8pt)) }"


def _head(table: ResolvedTable) -> Iterator[str]:
    """Yield the cells of the heading, row by row: spanning headings, own ones, units."""
    above = list(spanners(table)) if any(column.group for column in table.columns) else []
    units = list(units_below(table))
    deep = 1 + bool(above) + bool(units)
    yield from (f"table.cell(rowspan: {deep}, align: left + bottom, {_strong(text)})" for text in table.stub)
    for group, wide in above:
        line = "(bottom: 0.4pt)" if group else "none"
        yield f"table.cell(colspan: {wide}, align: center, stroke: {line}, {_strong(group)})"
    yield from (f"table.cell(align: right + bottom, {_strong(column.label)})" for column in table.columns)
    for unit, wide in units:
        side = "right" if wide == 1 else "center"
        yield f"table.cell(colspan: {wide}, align: {side}, {_text(unit)})"


def _row(row: ResolvedRow, table: ResolvedTable, stub: int, kept: list[int]) -> Iterator[str]:
    if row.total:
        yield "table.hline(stroke: 0.4pt),"
    write = _strong if row.total else _text
    for place in range(stub):
        yield f"table.cell(align: left, {write(lead(row, place, table))}),"
    for cell, decimals in zip(row.cells, kept, strict=True):
        side = "left" if reads_as_text(cell) else "right"
        lacking = unseen(cell, decimals)
        room = f" + hide({_text(lacking)})" if lacking else ""
        yield f"table.cell(align: {side}, {write(cell.text)}{room}),"


def _strong(text: str) -> str:
    return f"strong({_text(text)})" if text else "[]"


def _referring(block: Paragraph, labels: Catalogue) -> str:
    """Return a paragraph's text with links to the figures that it mentions."""
    parts = []
    for text, figure in pieces(block):
        parts.append(_rich(text))
        if figure is not None:
            opening, named, closing = reference(figure, labels)
            parts += [_text(opening), f"link(<figure-{figure}>, {_text(named)})", _text(closing)]
    return " + ".join(filter(None, parts))


def _rich(text: str) -> str:
    """Return a text in which ``**`` marks strong words."""
    parts = re.split(r"\*\*(.+?)\*\*", text)
    return " + ".join(
        f"strong({_text(part)})" if place % 2 else _text(part) for place, part in enumerate(parts) if part
    )


def _text(text: str) -> str:
    """Return a text as a typst string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _list(parts: Iterable[str]) -> str:
    return "(" + "".join(f"{part}, " for part in parts) + ")"
