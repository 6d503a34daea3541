"""Parts of the site's pages: the frame of every page, an exhibit with its traces, its downloads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.exhibits.parts import Chart, Exhibit
from analysis.labels import Catalogue
from analysis.printed.printable import ResolvedChart, ResolvedExhibit
from analysis.printed.security import policy
from analysis.printed.traces import Traces
from analysis.quantities import Quantity, selections
from analysis.site.inline import inline
from analysis.tables.markup import html_table, lead

FIGURE_FORMS = ("svg", "png", "pdf", "csv", "pptx", "docx")
TABLE_FORMS = ("csv", "xlsx", "docx", "html", "tex")
Pair = tuple[Exhibit, ResolvedExhibit]


@cache
def templates() -> Environment:
    """Return the templates of the pages; text put into them is escaped."""
    loader = PackageLoader("analysis.site", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["marking"] = marking
    return environment


def marking(text: str, foreign: Iterable[str], language: str) -> Markup:
    """Return a text for a page, in which words that stay in another language are marked as such."""
    shown = Markup.escape(text)
    for words in foreign:
        marked = Markup('<span lang="{}">{}</span>').format(language, words)
        shown = shown.replace(Markup.escape(words), marked)
    return shown


def _asset(name: str) -> str:
    return templates().loader.get_source(templates(), name)[0]


def whole_page(
    title: str,
    body: str,
    labels: Catalogue,
    *,
    home: str = "index.html",
    script: bool = True,
    asset: str = "trace.js",
) -> str:
    """Return a whole page around a body of HTML; ``asset`` is the script at its end, if it has one."""
    code = _asset(asset) if script else ""
    return (
        templates()
        .get_template("page.html.j2")
        .render(
            language=labels("language.locale").replace("_", "-"),
            direction=labels("language.direction"),
            title=title,
            style=_asset("page.css"),
            highlight="",
            body=body,
            home=home,
            other="",
            other_label="",
            contents_label=labels("page.contents"),
            skip_label=labels("page.skip"),
            search_label=labels("site.search"),
            about_label=labels("site.about"),
            policy=policy(f"<script>\n{code}\n</script>"),
            script=code,
        )
    )


def button(key: str, text: str, contradicted: bool = False) -> str:
    """Return a number that opens its trace; one that the audit contradicts is marked."""
    kind = "n contradicted" if contradicted else "n"
    return (
        f'<button type="button" class="{kind}" id="n-{escape(key)}" data-trace="{escape(key)}" '
        f'aria-haspopup="dialog">{text}</button>'
    )


def _files(folder: Path, stem: str, forms: Sequence[str]) -> list[dict[str, str]]:
    paths = [f"{stem}.{form}" for form in forms]
    return [
        {"path": path, "form": path.rsplit(".", 1)[1].upper()} for path in paths if (folder / path).is_file()
    ]


def downloads(resolved: ResolvedExhibit, folder: Path, labels: Catalogue) -> list[dict]:
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


def exhibit_page(pair: Pair, around: Sequence[ResolvedExhibit | None], folder: Path, traces: Traces) -> str:
    """Return the page of an exhibit; ``around`` holds the one before and the one after, None at an end."""
    exhibit, resolved = pair
    labels = traces.labels
    tables = [Markup(table) for table in _tables(exhibit, resolved, traces)]
    body = (
        templates()
        .get_template("exhibit.html.j2")
        .render(
            exhibit=resolved,
            labels=labels,
            charts=resolved.charts,
            pictures={chart.id: _picture(folder, chart.id) for chart in resolved.charts},
            tables=tables,
            contradicted=traces.contradicted,
            drawn_against={
                shown.id: list(_drawn_against(chart, shown, traces))
                for chart, shown in zip(exhibit.charts, resolved.charts, strict=True)
            },
            filtered=bool(resolved.table and resolved.table.long),
            downloads=downloads(resolved, folder, labels),
            previous=around[0],
            next=around[1],
            traces=Markup(traces.payload()),
        )
    )
    title = f"{resolved.number} {resolved.title}".strip()
    return whole_page(title, body, labels, home="../index.html")


def _drawn_against(chart: Chart, shown: ResolvedChart, traces: Traces) -> Iterator[tuple[str, str]]:
    """Yield the numbers of a chart that the audit contradicts, each with its finding's page."""
    for series, line in zip(chart.series, shown.series, strict=True):
        for category, quantity, text in zip(shown.categories, series.values, line.texts, strict=True):
            finding = traces.finding_of(quantity) if quantity is not None else ""
            if finding:
                what = category if category == line.label else f"{category} · {line.label}"
                yield finding, traces.labels("label.in_brackets", first=what, second=text)


def _picture(folder: Path, name: str) -> Markup:
    return Markup(inline((folder / "figures" / f"{name}.svg").read_text(encoding="utf-8"), name))


def _tables(exhibit: Exhibit, resolved: ResolvedExhibit, traces: Traces) -> Iterator[str]:
    """Yield the table, or the numbers of the charts where there is none, each number a button."""
    if exhibit.table is None or resolved.table is None:
        for place, chart in enumerate(exhibit.charts):
            yield _chart_numbers(place, chart, resolved.charts[place], traces)
        return
    table = resolved.table

    def number(row: int, column: int, text: str) -> str:
        content = exhibit.table.rows[row].cells[column]
        if not isinstance(content, Quantity) or not any(selections(content)):
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
        return button(key, text, traces.is_contradicted(key))

    yield html_table(table, f"{table.id}-table", number)


def _chart_numbers(place: int, chart: Chart, resolved: ResolvedChart, traces: Traces) -> str:
    """Return the numbers of a chart as a table: a row for each category, a column for each series."""
    head = "".join(f'<th scope="col" class="number">{escape(line.label)}</th>' for line in resolved.series)
    rows = []
    for down, category in enumerate(resolved.categories):
        cells = []
        for across, (series, shown) in enumerate(zip(chart.series, resolved.series, strict=True)):
            quantity, text = series.values[down], escape(shown.texts[down])
            if quantity is not None and shown.numbers[down] is not None and any(selections(quantity)):
                key = f"c{place}-{down}-{across}"
                title = f"{category} · {shown.label} ({resolved.unit})"
                traces.add(key, quantity, title, shown.texts[down])
                text = button(key, text, traces.is_contradicted(key))
            cells.append(f'<td class="number">{text}</td>')
        rows.append(f'<tr><th scope="row">{escape(category)}</th>{"".join(cells)}</tr>')
    caption = f"{escape(resolved.title)}. {escape(resolved.subtitle)}"
    first = escape(traces.labels("site.category"))
    return (
        f'<table class="exhibit" id="{escape(resolved.id)}-numbers"><caption>{caption}</caption>'
        f'<thead><tr><th scope="col">{first}</th>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )
