"""The site of a biennium in a language: contents, a page for each exhibit, each number with its trace.

Static files that need no network: style and script stand inside each page, pictures and downloads beside it.
"""

from __future__ import annotations

import base64
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis import __version__
from analysis.audit.findings_text import findings_summary
from analysis.audit.judging import Audit
from analysis.audit.verdicts import DISCREPANCY
from analysis.exhibits.catalogue import find
from analysis.exhibits.said import SaidNumber
from analysis.exhibits.sentences import Filling, Spoken, sentences_of_period
from analysis.files import write_whole
from analysis.labels import Catalogue, languages
from analysis.labels.agreement import UNIT, Counted, small
from analysis.periods import Period
from analysis.printed.sentences import place_text, sentence_text
from analysis.printed.summary import TOLD, shortfalls_and_highlights
from analysis.printed.traces import Traces, Verdicts
from analysis.printed.untranslated import untranslated
from analysis.quantities import selections
from analysis.site.exhibit_page import Pair, button, downloads, exhibit_page, templates, whole_page
from analysis.site.findings_pages import MATERIAL, findings_and_stems, pages_of, write_findings_pages
from analysis.site.search_page import search_page
from analysis.site.switch import (
    link_everywhere,
    locale_of,
    pages_in,
    reports_beside,
    reports_to_switch_between,
)
from analysis.sources.organisations import in_language
from analysis.sources.register import Register

_HELD = re.compile(r'src="data:image/svg\+xml;base64,(?P<content>[^"]+)"')
_BOX = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"')
# The bytes that a page may have, without the pictures that it fetches as they come into view.
HEAVIEST = 600_000
CONTENTS = "index.html"
NARROW = "screen and (max-width: 40rem)"
FILES = (
    "report.pdf",
    "report.docx",
    "charts.pptx",
    "charts.docx",
    "tables.xlsx",
    "audit/claims.csv",
    "audit/audit.xlsx",
    "audit/findings.docx",
)
# A number's button and the sign after it, which no line parts.
_AND_SIGN = re.compile("(<button [^>]*>[^<]*</button>[\u00a0\u202f]%)")


def write_site_pages(
    register: Register,
    biennium: Period,
    labels: Catalogue,
    folder: Path,
    shown: Sequence[Pair],
    audit: Audit,
) -> list[Path]:
    """Write the pages of a folder but its contents: exhibits, findings, search; link its notebooks' to them.

    Parameters
    ----------
    register : Register
    biennium : Period
    labels : Catalogue
        Of the language, with the record.
    folder : Path
        ``reports/<biennium>/<language>``, with figures, tables and notebooks in it.
    shown : sequence of (Exhibit, ResolvedExhibit)
        What the notebooks show, in order.
    audit : Audit
        Of the numbers in print, on the record that the exhibits read.

    Returns
    -------
    list of Path
    """
    written = write_findings_pages(audit, labels, folder)
    search = search_page(audit, labels, [resolved for _, resolved in shown])
    written.append(write_whole(folder / "search.html", search.encode("utf-8")))
    traces = _traces(register, biennium, labels, audit)
    for place, pair in enumerate(shown):
        around = [shown[at][1] if 0 <= at < len(shown) else None for at in (place - 1, place + 1)]
        text = exhibit_page(pair, around, folder, traces())
        written.append(write_whole(folder / "exhibits" / f"{pair[1].id}.html", text.encode("utf-8")))
    numbered = {resolved.id for _, resolved in shown if resolved.charts or resolved.table}
    _link_notebooks(folder, numbered, labels)
    _link(register, biennium, labels, folder, [page for page in pages_in(folder) if page != CONTENTS])
    return written


def write_site_contents(
    register: Register,
    biennium: Period,
    labels: Catalogue,
    folder: Path,
    shown: Sequence[Pair],
    audit: Audit,
) -> list[Path]:
    """Write the contents of a folder, which offer what is in it; warn of pages that are too large.

    Parameters as of :func:`write_site_pages`; the folder holds its pages and documents.
    """
    index = _index(biennium, folder, shown, _traces(register, biennium, labels, audit)(), audit)
    written = write_whole(folder / CONTENTS, index.encode("utf-8"))
    _link(register, biennium, labels, folder, [CONTENTS])
    heavy = too_heavy(folder)
    if heavy:
        listed_pages = ", ".join(f"{path.name} ({size:,} bytes)" for path, size in heavy)
        warnings.warn(f"pages above {HEAVIEST:,} bytes: {listed_pages}", stacklevel=2)
    return [written]


def _traces(register: Register, biennium: Period, labels: Catalogue, audit: Audit) -> Callable[[], Traces]:
    """Return what makes the traces of a page, in which there is none yet."""
    verdicts, pages = Verdicts(audit), pages_of(audit, labels)
    return partial(Traces, audit.recorded, labels, verdicts, pages, _citation(register, biennium, labels))


def _link(register: Register, period: Period, labels: Catalogue, folder: Path, pages: list[str]) -> None:
    """Lead from pages of a folder to those of the reports beside it."""
    here = register.report_folder(period, labels.language)
    beside = reports_beside(register, period, labels.language, pages)
    link_everywhere(folder, pages, here, beside, labels)


def _citation(register: Register, period: Period, labels: Catalogue) -> str:
    """Return who publishes a report, its title and edition."""
    name = in_language(register.organisation(period.organisation).name, labels.language)
    edition = labels("manuscript.edition", edition=__version__)
    return ". ".join((name, labels("site.title", period=period.printed), edition))


def too_heavy(folder: Path) -> list[tuple[Path, int]]:
    """Return the pages of a report that are larger than ``HEAVIEST``, the largest first, with their bytes."""
    pages = [(path, path.stat().st_size) for path in (*folder.glob("*.html"), *folder.glob("*/*.html"))]
    return sorted((page for page in pages if page[1] > HEAVIEST), key=lambda page: -page[1])


def write_contents(register: Register, root: Path) -> Path:
    """Write ``index.html`` of the folder of all reports: a link to each period and language in it.

    Parameters
    ----------
    register : Register
        The organisations, and the periods of each.
    root : Path
        The folder that holds ``<period>/<language>/index.html``, below the organisation's
        name where it is not the project's own.

    Raises
    ------
    FileNotFoundError
        When it holds none; the message says what makes one.
    """
    known: dict[str, list[dict[str, str]]] = {}
    for organisation in register.organisations.values():
        for period in reversed(register.periods(organisation.id)):
            heading = period.printed
            if not organisation.default:
                heading = f"{in_language(organisation.short_name)}, {heading}"
            listed = [_linked(register, root, period, language) for language in sorted(languages())]
            if any(listed):
                known[heading] = [report for report in listed if report]
    if not known:
        raise FileNotFoundError(f"no report in {root}: run `analysis reproduce` first")
    labels = Catalogue("en")
    biennia: list[dict[str, Any]] = [{"title": title, "languages": listed} for title, listed in known.items()]
    reports = {
        Path(report["path"]).parent.as_posix(): {name: report[name] for name in ("name", "title", "code")}
        for entry in biennia
        for report in entry["languages"]
    }
    body = (
        templates()
        .get_template("all.html.j2")
        .render(labels=labels, biennia=biennia, reports=Markup(reports_to_switch_between(reports, root)))
    )
    page = whole_page(labels("site.contents"), body, labels, asset="switch.js")
    return write_whole(root / CONTENTS, page.encode("utf-8"))


def _linked(register: Register, root: Path, period: Period, language: str) -> dict[str, str] | None:
    path = root / register.report_folder(period, language) / CONTENTS
    labels = Catalogue(language)
    if not path.is_file():
        return None
    name, title = labels("language.name"), labels("site.title", period=period.printed)
    return {
        "path": path.relative_to(root).as_posix(),
        "code": locale_of(language),
        "name": name,
        "title": title,
        "said": labels("label.meaning", shorthand=name, meaning=title),
    }


def _index(biennium: Period, folder: Path, shown: Sequence[Pair], traces: Traces, audit: Audit) -> str:
    labels = traces.labels
    title = labels("site.title", period=biennium.printed)
    counted = Counter(resolved.status_text for _, resolved in shown)
    statuses = labels("label.list_separator").join(
        labels("site.count", status=status, number=str(number)) for status, number in counted.items()
    )
    stems = [path.stem for path in sorted((folder / "notebooks").glob("*.ipynb"))]
    material = [entry for entry in findings_and_stems(audit, labels)[0] if entry.finding.severity == MATERIAL]
    entries = [(find(exhibit.id, traces.recorded), exhibit, resolved) for exhibit, resolved in shown]
    spoken = sentences_of_period(traces.recorded, biennium)
    groups = [
        {
            "stem": stem,
            "title": labels(f"notebook.{stem}"),
            "said": [
                *(Markup(paragraph) for paragraph in _said(stem, spoken, traces)),
                *shortfalls_and_highlights(
                    [entry for entry in entries if entry[0].notebook == stem], traces.recorded, labels
                ),
            ],
            "exhibits": [
                {"exhibit": resolved, "downloads": downloads(resolved, folder, labels)}
                for definition, _, resolved in entries
                if definition.notebook == stem
            ],
        }
        for stem in stems
    ]
    body = (
        templates()
        .get_template("index.html.j2")
        .render(
            labels=labels,
            title=title,
            untranslated=untranslated((exhibit for exhibit, _ in shown), audit, labels),
            counts=labels("site.counts", number=str(len(shown)), statuses=statuses),
            audited=_with_findings(audit, labels),
            findings=material,
            limit=TOLD,
            ungraded=sum(not entry.finding.severity for entry in findings_and_stems(audit, labels)[0]),
            in_english=sum(not entry.finding.translated for entry in material[:TOLD]),
            groups=groups,
            files=[
                {"path": name, "label": labels(f"site.{name.rpartition('/')[2].replace('.', '_')}")}
                for name in FILES
                if (folder / name).is_file()
            ],
            traces=Markup(traces.payload()),
        )
    )
    return whole_page(title, body, labels)


def _with_findings(audit: Audit, labels: Catalogue) -> Markup:
    """Return the audit's summary, in which the number of discrepancies leads to the findings."""
    summary = findings_summary(audit, labels)
    number = sum(judgement.verdict == DISCREPANCY for judgement in audit.judgements)
    if not number:
        return Markup.escape(summary)
    counted = labels("label.in_brackets", first=small(labels(f"verdict.{DISCREPANCY}")), second=str(number))
    before, after = summary.split(counted, 1)
    return Markup('{}<a href="findings/index.html">{}</a>{}').format(before, counted, after)


def _said(stem: str, spoken: Iterable[Spoken], traces: Traces) -> Iterator[str]:
    """Yield those sentences that are a notebook's, each computed number a button."""
    labels, recorded = traces.labels, traces.recorded
    for sentence in spoken:
        if sentence.notebook != stem:
            continue
        key = sentence.sentence.key
        texts = {name: place_text(place, recorded, labels) for name, place in sentence.numbers.items()}
        forms = {name: getattr(text, "form", "other") for name, text in texts.items()}
        marks = {name: Counted(_mark(name), form, _mark(name, UNIT)) for name, form in forms.items()}
        whole = escape(labels(key, **marks))
        plain = sentence_text(sentence, recorded, labels)
        for name, place in sentence.numbers.items():
            listed = place if isinstance(place, tuple) else (place,)
            for form in (form for form in ("", UNIT) if _mark(name, form) in whole):
                parts = [
                    _button(f"{sentence.name}-{name}{number or ''}", quantity, plain, traces, form)
                    for number, quantity in enumerate(listed)
                ]
                filled = escape(labels("label.list_comma")).join(parts)
                whole = whole.replace(_mark(name, form), filled)
        yield _AND_SIGN.sub(r'<span class="kept">\1</span>', whole)


def _mark(name: str, form: str = "") -> str:
    """Return what stands for a number, in a form, until its button takes the place."""
    return f"\ue000{name}:{form}\ue001"


def _button(key: str, place: Filling, plain: str, traces: Traces, form: str = "") -> str:
    """Return what stands at a place of a sentence as HTML, a computed number as a button."""
    text = place_text(place, traces.recorded, traces.labels)
    text = format(text, form) if isinstance(text, Counted) else text
    if not isinstance(place, SaidNumber) or not any(selections(place.quantity)):
        return escape(text)
    traces.add(key, place.quantity, plain, text)
    return button(key, escape(text))


def _link_notebooks(folder: Path, known: set[str], labels: Catalogue) -> None:
    """Lead from each exhibit with numbers on a notebook's page to its traces, and to its pictures' files."""
    words = escape(labels("site.traced"))

    def linked(match: re.Match) -> str:
        if match["id"] not in known:
            return match[0]
        return f'{match["head"]}<p class="traced"><a href="exhibits/{match["id"]}.html">{words}</a></p>\n'

    section = re.compile(
        r'(?P<head><section class="exhibit" id="(?P<id>\w+)"[^>]*>\s*<h3>[^\n]*</h3>\n)(?!<p class="traced">)'
    )
    picture = re.compile(r'(?P<head><figure id="(?P<id>[^"]+)-figure">)(?P<image><img [^>]+>)')

    def beside(match: re.Match) -> str:
        """Return a picture as the report's own file, fetched when it comes into view, narrow on a phone."""
        inside = _HELD.search(match["image"])
        file, narrow = (folder / "figures" / f"{match['id']}{end}" for end in (".svg", ".phone.svg"))
        image = match["image"]
        if inside and file.is_file() and file.read_bytes() == base64.b64decode(inside["content"]):
            image = image.replace(inside[0], f'src="{_beside(file)}" loading="lazy" {_measures(file)}')
        if not narrow.is_file():
            return match["head"] + image
        source = f'<source media="{NARROW}" srcset="{_beside(narrow)}" {_measures(narrow)}>'
        return f"{match['head']}<picture>{source}{image}</picture>"

    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        for name in (f"{path.stem}.html", f"{path.stem}.code.html"):
            if (folder / name).is_file():
                text = picture.sub(beside, (folder / name).read_text(encoding="utf-8"))
                write_whole(folder / name, section.sub(linked, text).encode("utf-8"))


def _beside(picture: Path) -> str:
    return escape(f"{picture.parent.name}/{picture.name}")


def _measures(picture: Path) -> str:
    """Return width and height of an SVG file as attributes, so that a page keeps the place for it."""
    wide, tall = (round(float(number)) for number in _BOX.search(picture.read_bytes()).groups())
    return f'width="{wide}" height="{tall}"'
