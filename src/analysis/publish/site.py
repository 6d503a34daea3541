"""The site of a biennium in a language: contents, a page for each exhibit, each number with its trace.

Static files that need no network: style and script stand inside each page, pictures and downloads beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.audit.findings import summary
from analysis.audit.judging import Audit
from analysis.audit.opening import open_audit
from analysis.biennium import Biennium
from analysis.exhibits.catalogue import find
from analysis.exhibits.parts import Exhibit
from analysis.exhibits.sentences import SENTENCES, Said, say
from analysis.labels import Catalogue
from analysis.publish.export import write_whole
from analysis.publish.numerals import printed
from analysis.publish.printable import ResolvedExhibit
from analysis.publish.tables import html_table, lead
from analysis.publish.traces import Traces, Verdicts
from analysis.quantities import Quantity, Recorded, evaluate
from analysis.sources.register import Register

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
FIGURE_FORMS = ("svg", "png", "pdf", "csv")
TABLE_FORMS = ("csv", "xlsx", "docx", "html", "tex")
Pair = tuple[Exhibit, ResolvedExhibit]


@cache
def _templates() -> Environment:
    loader = PackageLoader("analysis.publish", "templates")
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _asset(name: str) -> str:
    return _templates().loader.get_source(_templates(), name)[0]


def page(title: str, body: str, labels: Catalogue, *, home: str = "index.html", script: bool = True) -> str:
    """Return a whole page around a body of HTML."""
    return (
        _templates()
        .get_template("page.html.j2")
        .render(
            language=labels("language.locale").replace("_", "-"),
            title=title,
            style=_asset("page.css"),
            highlight="",
            body=body,
            home=home,
            other="",
            other_label="",
            contents_label=labels("page.contents"),
            skip_label=labels("page.skip"),
            script=_asset("trace.js") if script else "",
        )
    )


def write_site(
    register: Register,
    biennium: Biennium,
    recorded: Recorded,
    labels: Catalogue,
    folder: Path,
    shown: Sequence[Pair],
) -> list[Path]:
    """Write ``index.html`` and ``exhibits/<id>.html`` of a folder, and link its notebooks' pages to them.

    Parameters
    ----------
    register : Register
    biennium : Biennium
    recorded : Recorded
        The record that the exhibits read.
    labels : Catalogue
        Of the language, with the record.
    folder : Path
        ``reports/<biennium>/<language>``, with figures, tables, notebooks and documents in it.
    shown : sequence of (Exhibit, ResolvedExhibit)
        What the notebooks show, in order.

    Returns
    -------
    list of Path
    """
    audit = open_audit(register, biennium, recorded)
    verdicts = Verdicts(audit)
    written = []
    for place, pair in enumerate(shown):
        around = [shown[at][1] if 0 <= at < len(shown) else None for at in (place - 1, place + 1)]
        text = _exhibit_page(pair, around, folder, Traces(recorded, labels, verdicts))
        written.append(write_whole(folder / "exhibits" / f"{pair[1].id}.html", text.encode("utf-8")))
    index = _index(biennium, folder, shown, Traces(recorded, labels, verdicts), audit)
    written.append(write_whole(folder / "index.html", index.encode("utf-8")))
    _link_notebooks(folder, {resolved.id for _, resolved in shown}, labels)
    return written


def _button(key: str, text: str) -> str:
    return (
        f'<button type="button" class="n" data-trace="{escape(key)}" aria-haspopup="dialog">{text}</button>'
    )


def _files(folder: Path, stem: str, forms: Sequence[str]) -> list[dict[str, str]]:
    paths = [f"{stem}.{form}" for form in forms]
    return [
        {"path": path, "form": path.rsplit(".", 1)[1].upper()} for path in paths if (folder / path).is_file()
    ]


def _downloads(resolved: ResolvedExhibit, folder: Path, labels: Catalogue) -> list[dict]:
    """Return the groups of files of an exhibit: what it is, and each file with its format."""
    groups = [
        {
            "label": chart.title if len(resolved.charts) > 1 else labels("site.figure"),
            "files": _files(folder, f"figures/{chart.id}", FIGURE_FORMS),
        }
        for chart in resolved.charts
    ]
    if resolved.table:
        files = _files(folder, f"tables/{resolved.table.id}", TABLE_FORMS)
        groups.append({"label": labels("site.table"), "files": files})
    return [group for group in groups if group["files"]]


def _exhibit_page(pair: Pair, around: Sequence[ResolvedExhibit | None], folder: Path, traces: Traces) -> str:
    exhibit, resolved = pair
    labels = traces.labels
    body = (
        _templates()
        .get_template("exhibit.html.j2")
        .render(
            exhibit=resolved,
            labels=labels,
            charts=resolved.charts,
            tables=[Markup(each) for each in _tables(exhibit, resolved, traces)],
            downloads=_downloads(resolved, folder, labels),
            previous=around[0],
            next=around[1],
            traces=Markup(traces.payload()),
        )
    )
    title = f"{resolved.number} {resolved.title}".strip()
    return page(title, body, labels, home="../index.html")


def _tables(exhibit: Exhibit, resolved: ResolvedExhibit, traces: Traces) -> Iterator[str]:
    """Yield the table, or the numbers of the charts where there is none, each number a button."""
    if exhibit.table is None or resolved.table is None:
        for number, chart in enumerate(exhibit.charts):
            yield _chart_numbers(number, chart, resolved.charts[number], traces)
        return
    table = resolved.table

    def number(row: int, column: int, text: str) -> str:
        content = exhibit.table.rows[row].cells[column]
        if not isinstance(content, Quantity):
            return text
        heading = table.columns[column]
        named = [lead(table.rows[row], place, table) for place in range(len(table.stub))]
        words = [
            *named,
            heading.group,
            f"{heading.label} ({heading.unit})" if heading.unit else heading.label,
        ]
        key = f"{row}-{column}"
        cell = table.rows[row].cells[column]
        traces.add(key, content, " · ".join(filter(None, words)), cell.text)
        return _button(key, text)

    yield html_table(table, f"{table.id}-table", number)


def _chart_numbers(place: int, chart, resolved, traces: Traces) -> str:
    """Return the numbers of a chart as a table: a row for each category, a column for each series."""
    head = "".join(f'<th scope="col" class="number">{escape(each.label)}</th>' for each in resolved.series)
    rows = []
    for down, category in enumerate(resolved.categories):
        cells = []
        for across, (series, shown) in enumerate(zip(chart.series, resolved.series, strict=True)):
            quantity, text = series.values[down], escape(shown.texts[down])
            if quantity is not None and shown.numbers[down] is not None:
                key = f"c{place}-{down}-{across}"
                title = f"{category} · {shown.label} ({resolved.unit})"
                traces.add(key, quantity, title, shown.texts[down])
                text = _button(key, text)
            cells.append(f'<td class="number">{text}</td>')
        rows.append(f'<tr><th scope="row">{escape(category)}</th>{"".join(cells)}</tr>')
    caption = f"{escape(resolved.title)}. {escape(resolved.subtitle)}"
    first = escape(traces.labels("site.category"))
    return (
        f'<table class="exhibit" id="{escape(resolved.id)}-numbers"><caption>{caption}</caption>'
        f'<thead><tr><th scope="col">{first}</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )


def _index(biennium: Biennium, folder: Path, shown: Sequence[Pair], traces: Traces, audit: Audit) -> str:
    labels = traces.labels
    title = labels("site.title", period=biennium.printed)
    counted = Counter(resolved.status_text for _, resolved in shown)
    statuses = labels("label.list_separator").join(
        labels("site.count", status=status, number=str(number)) for status, number in counted.items()
    )
    stems = [path.stem for path in sorted((folder / "notebooks").glob("*.ipynb"))]
    groups = [
        {
            "stem": stem,
            "title": labels(f"notebook.{stem}"),
            "said": [Markup(each) for each in _said(stem, biennium, traces)],
            "exhibits": [
                {"exhibit": resolved, "downloads": _downloads(resolved, folder, labels)}
                for exhibit, resolved in shown
                if find(exhibit.id).notebook == stem
            ],
        }
        for stem in stems
    ]
    body = (
        _templates()
        .get_template("index.html.j2")
        .render(
            labels=labels,
            title=title,
            counts=labels("site.counts", number=str(len(shown)), statuses=statuses),
            audited=summary(audit, labels),
            groups=groups,
            files=[
                {"path": name, "label": labels(f"site.{name.rpartition('/')[2].replace('.', '_')}")}
                for name in FILES
                if (folder / name).is_file()
            ],
            traces=Markup(traces.payload()),
        )
    )
    return page(title, body, labels)


def _said(stem: str, biennium: Biennium, traces: Traces) -> Iterator[str]:
    """Yield the sentences of a notebook, each computed number a button."""
    labels, recorded = traces.labels, traces.recorded
    for name, each in SENTENCES.items():
        numbers = say(each, recorded, biennium) if each.notebook == stem else None
        if numbers is None:
            continue
        whole = escape(labels(each.key, **{key: f"\ue000{key}\ue001" for key in numbers}))
        texts = {key: _number(f"{name}-{key}", said, traces) for key, said in numbers.items()}
        plain = {key: said if isinstance(said, str) else texts[key][0] for key, said in numbers.items()}
        spoken = labels(each.key, **plain)
        for key, (text, quantity) in texts.items():
            mark = f"\ue000{key}\ue001"
            if quantity is None:
                whole = whole.replace(mark, escape(text))
                continue
            traces.add(f"{name}-{key}", quantity, spoken, text)
            whole = whole.replace(mark, _button(f"{name}-{key}", escape(text)))
        yield whole


def _number(key: str, said: Said | str, traces: Traces) -> tuple[str, Quantity | None]:
    if isinstance(said, str):
        return said, None
    number = evaluate(said.quantity, traces.recorded).value
    locale = traces.labels("language.locale")
    return printed(number, said.decimals, locale, signed=said.signed), said.quantity


def _link_notebooks(folder: Path, known: set[str], labels: Catalogue) -> None:
    """Lead from each exhibit on a notebook's page to its page with the traces."""
    words = escape(labels("site.traced"))

    def linked(found: re.Match) -> str:
        if found["id"] not in known:
            return found[0]
        return f'{found["head"]}<p class="traced"><a href="exhibits/{found["id"]}.html">{words}</a></p>\n'

    section = re.compile(
        r'(?P<head><section class="exhibit" id="(?P<id>\w+)"[^>]*>\s*<h3>[^\n]*</h3>\n)(?!<p class="traced">)'
    )
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        for name in (f"{path.stem}.html", f"{path.stem}.code.html"):
            if (folder / name).is_file():
                text = (folder / name).read_text(encoding="utf-8")
                write_whole(folder / name, section.sub(linked, text).encode("utf-8"))
