"""The report as PDF, set by typst: tagged for readers who do not see it, fonts inside, no network.

Words come from the manuscript and are written as typst strings, so nothing in them is taken for markup.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from matplotlib import font_manager

from analysis.labels import Catalogue
from analysis.office import typst_blocks
from analysis.office.manuscript import (
    FigureBlock,
    Heading,
    Manuscript,
    ManuscriptBlock,
    Paragraph,
    TableBlock,
)
from analysis.office.paging import Setting, settings
from analysis.office.pdf_heights import PdfHeights, measuring, shape
from analysis.office.setting import numbered_blocks, turned
from analysis.office.typst_blocks import strong, typst_array, typst_string
from analysis.pictures.fonts import LATIN, FontError, chinese_family
from analysis.printed.archives import FIXED
from analysis.tables.word_tables import MissingPackage

Settings = Mapping[int, tuple[int, Setting]]
"""How figures and tables are set, as :func:`analysis.office.paging.settings` plans it."""
_NO_SUSPECTS = b"/Marked true/Suspects false"
"""What is left out, at the same length: it is so without being said, and poppler calls it a wrong type."""
_HAN = re.compile("[\u2e80-\u9fff]")
_PREAMBLE = """\
#set document(title: %(title)s, author: %(author)s, description: %(subject)s,
  date: datetime(year: 2000, month: 1, day: 1))
#set text(font: %(fonts)s, lang: %(language)s, size: 10.5pt, fill: rgb("#1F2933"), fallback: true)
#set page(paper: "a4", margin: 2cm, numbering: "1", footer-descent: 40%%)
#set par(justify: false, leading: 0.62em, spacing: 0.95em)
#set table(stroke: none, inset: (x: 0.12cm, y: 0.1cm))
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
    with tempfile.TemporaryDirectory() as folder:
        for block in manuscript.figures():
            (Path(folder) / f"{block.chart.id}.svg").write_bytes(pictures[block.chart.id])
        families = font_families(manuscript.language, "".join(_body(manuscript, {})))
        for path in font_files(families):
            shutil.copy(path, folder)
        preamble = "\n".join(_preamble(manuscript, families))
        fonts = {"root": folder, "font_paths": [folder], "ignore_system_fonts": True}
        written = Path(folder) / "report.typ"

        def set_by(work: Callable, lines: Iterable[str], **more: Any) -> Any:
            whole = "\n".join((preamble, *lines))
            written.write_text(whole, encoding="utf-8", newline="\n")
            try:
                return work(str(written), **fonts, **more)
            except typst.TypstError as error:
                if "could not be displayed" in str(error):
                    raise FontError(f"no glyph in {', '.join(families)}: {error}") from None
                raise

        measured = set_by(typst.query, measuring(manuscript), selector="<measured>", field="value")
        heights = {id(manuscript.blocks[place]): tuple(points) for place, points in json.loads(measured)}
        shapes = {name: shape(content) for name, content in pictures.items()}
        planned = settings(manuscript.blocks, lambda lies: [PdfHeights(heights, shapes, lies)])
        body = _body(manuscript, planned)
        made = set_by(typst.compile, body, format="pdf", pdf_standards="ua-1", timestamp=FIXED)
        return made.replace(_NO_SUSPECTS, b"/Marked true".ljust(len(_NO_SUSPECTS)), 1)


def font_families(language: str, words: str = "") -> tuple[str, ...]:
    """Return the fonts of a text in the order in which glyphs are looked up.

    A text in another language that quotes Chinese has a Chinese font, too.
    """
    if language == "zh":
        return (chinese_family(), LATIN)
    quoted = (chinese_family(),) if _HAN.search(words) else ()
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


def source(manuscript: Manuscript, planned: Settings) -> Iterator[str]:
    """Yield the typst source of a manuscript whose pages are planned, part by part."""
    body = list(_body(manuscript, planned))
    yield from _preamble(manuscript, font_families(manuscript.language, "".join(body)))
    yield from body


def _preamble(manuscript: Manuscript, families: tuple[str, ...]) -> Iterator[str]:
    yield _STROKED if manuscript.language == "zh" else '#let strong-letters = (weight: "bold")'
    yield _PREAMBLE % {
        "title": typst_string(manuscript.title),
        "author": typst_array(map(typst_string, filter(None, [manuscript.author]))),
        "subject": typst_string(manuscript.subject) if manuscript.subject else "none",
        "fonts": typst_array(map(typst_string, families)),
        "language": typst_string(manuscript.language),
    }


def _body(manuscript: Manuscript, planned: Settings) -> Iterator[str]:
    labels = Catalogue(manuscript.language)
    yield f"#block(above: 3cm, text(size: 22pt, ..strong-letters, {typst_string(manuscript.title)}))"
    yield f"#block(text(size: 12pt, {typst_string(manuscript.subtitle)}))"
    yield f"#foot({typst_array(map(typst_string, manuscript.notes))})"
    yield from _contents(labels)
    lying = False
    begins = {first for first, setting in planned.values() if setting.breaks}
    following: tuple[ManuscriptBlock | None, ...] = (*manuscript.blocks, None)[1:]
    together = zip(manuscript.blocks, following, turned(manuscript.blocks), strict=True)
    for place, (block, after, lies) in enumerate(together):
        if lies != lying:
            yield f"#set page(flipped: {str(lies).lower()})"
            lying = lies
        if place in begins:
            yield "#pagebreak(weak: true)"
        _, setting = planned.get(place, (place, Setting()))
        yield _set(block, after, setting, labels)
    if lying:
        yield "#set page(flipped: false)"
    yield from _end(manuscript, labels)


def _contents(labels: Catalogue) -> Iterator[str]:
    """Yield the contents."""
    title = strong(labels("page.contents"))
    yield f"#block(above: 1.5em, below: 1em, sticky: true, text(size: 14pt, {title}))"
    yield _outline("selector(heading.where(level: 1)).or(heading.where(level: 2))")


def _end(manuscript: Manuscript, labels: Catalogue) -> Iterator[str]:
    """Yield the lists of figures and tables, and the sources on one page."""
    for kind in numbered_blocks(manuscript):
        yield f"#{_going_on(labels(f'manuscript.{kind}s'))}"
        yield _outline(f"figure.where(kind: {'image' if kind == 'figure' else kind})")
    cited = (f"par({typst_string(source_line)})" for source_line in manuscript.sources)
    heading = _going_on(labels("manuscript.sources"))
    yield f"#block(breakable: false, [#{heading} {' '.join(f'#{line}' for line in cited)}])"


def _going_on(title: str) -> str:
    """Return the heading of what begins no page."""
    return f"heading(level: 1, {typst_string(title)}) <going-on>"


def _outline(target: str) -> str:
    return f"#{{ set text(size: 9pt); outline(title: none, indent: 1em, target: {target}) }}"


def _set(block: ManuscriptBlock, after: ManuscriptBlock | None, setting: Setting, labels: Catalogue) -> str:
    if isinstance(block, Heading):
        return f"#{typst_blocks.typst_heading(block)}"
    if isinstance(block, Paragraph):
        return f"#{typst_blocks.paragraph(block, labels, leads=isinstance(after, TableBlock))}"
    if isinstance(block, FigureBlock):
        width = setting.size.width if setting.size else 0.0
        return f"#{typst_blocks.figure(block, labels, width)} <figure-{block.number}>"
    parts = f"{typst_blocks.table(block, labels, setting.close)}; {typst_blocks.notes(block)}"
    return f"#block(breakable: {str(not setting.whole).lower()}, {{ {parts} }})"
