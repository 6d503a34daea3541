"""Exhibits as files: all formats of a run, or one exhibit for one purpose."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

from analysis.code import code_of
from analysis.files import write_whole
from analysis.pictures import figures as drawing
from analysis.pictures.figures import KINDS, compose, house_style
from analysis.pictures.formats import FORMATS as PICTURES
from analysis.pictures.formats import picture, plotted_numbers, save
from analysis.printed.printable import ResolvedChart, ResolvedExhibit, ResolvedTable
from analysis.store.kept import kept_files
from analysis.tables.markup import as_csv, as_latex, html_page
from analysis.tables.word_tables import MissingPackage


class ExportError(ValueError):
    """An exhibit or a format that cannot be exported."""


class SizeError(ExportError):
    """A size for a format that has none."""


def _text(write: Callable[[ResolvedTable], str]) -> Callable[[ResolvedTable], bytes]:
    return lambda table: write(table).encode("utf-8")


def _xlsx(table: ResolvedTable) -> bytes:
    from analysis.tables.workbook import as_xlsx

    return as_xlsx(table)


def _docx(table: ResolvedTable) -> bytes:
    from analysis.tables.word_tables import as_docx

    return as_docx(table)


TABLE_FORMATS: dict[str, Callable[[ResolvedTable], bytes]] = {
    "csv": _text(as_csv),
    "html": _text(html_page),
    "tex": _text(as_latex),
    "xlsx": _xlsx,
    "docx": _docx,
}


def _slide(chart: ResolvedChart, size: str) -> bytes:
    from analysis.office.slides import as_pptx

    return as_pptx(chart)


def _word_chart(chart: ResolvedChart, size: str) -> bytes:
    from analysis.office.word_charts import as_word_chart

    return as_word_chart(chart)


def _picture(form: str) -> Callable[[ResolvedChart, str], bytes]:
    return lambda chart, size: picture(chart, form, size)


CHART_FORMATS: dict[str, Callable[[ResolvedChart, str], bytes]] = {
    **{form: _picture(form) for form in PICTURES},
    "csv": lambda chart, size: plotted_numbers(chart).encode("utf-8"),
    "pptx": _slide,
    "docx": _word_chart,
}
_SLOW_TABLES = {"xlsx": "analysis.tables.workbook", "docx": "analysis.tables.word_tables"}
"""Formats that take longer to write than to look up in the store, and the modules that write them."""
# A table too long to be read through is for spreadsheets and for its page.
_OF_LONG = ("csv", "html", "xlsx")
_BESIDE_TABLES = {"csv": "-plotted", "docx": "-chart"}


def write_exhibit(resolved: ResolvedExhibit, folder: Path) -> list[Path]:
    """Write every format of an exhibit to a folder, ``reports/<biennium>/<language>``; return the paths."""
    return [write_whole(folder / name, content) for name, content in exhibit_files(resolved).items()]


def exhibit_files(resolved: ResolvedExhibit) -> dict[str, bytes]:
    """Return every format of an exhibit: charts, a phone's too, in ``figures/``, the table in ``tables/``.

    Parameters
    ----------
    resolved : ResolvedExhibit

    Returns
    -------
    dict of str to bytes
        By name; nothing when the exhibit holds neither table nor chart. A long table is made for spreadsheets
        and pages only.
    """
    files = {}
    for chart in resolved.charts:
        code = code_of((drawing.__name__, save.__module__), _other_kinds(chart)) + code_of((_kind(chart),))
        pictures = kept_files(f"figures/{chart.id}", (chart, PICTURES), code, partial(_pictures, chart))
        for name, content in {**pictures, "csv": plotted_numbers(chart).encode("utf-8")}.items():
            files[f"figures/{chart.id}.{name}"] = content
    if resolved.table:
        for form in TABLE_FORMATS:
            if resolved.table.long and form not in _OF_LONG:
                continue
            try:
                content = _table(resolved.table, form)
            except MissingPackage as missing:
                warnings.warn(f"{resolved.id}.{form} is left out: {missing}", stacklevel=2)
                continue
            files[f"tables/{resolved.table.id}.{form}"] = content
    return files


def _pictures(chart: ResolvedChart) -> dict[str, bytes]:
    with house_style(chart.language):
        figure = compose(chart, "full")
        phone = save(compose(chart, "phone"), chart, "svg")
        return {**{form: save(figure, chart, form) for form in PICTURES}, "phone.svg": phone}


def _kind(chart: ResolvedChart) -> str:
    """Return the module that draws a chart's kind."""
    return KINDS[chart.kind].__module__ if chart.kind in KINDS else drawing.__name__


def _other_kinds(chart: ResolvedChart) -> tuple[str, ...]:
    return tuple(sorted({kind.__module__ for kind in KINDS.values()} - {_kind(chart)}))


def _table(table: ResolvedTable, form: str) -> bytes:
    make = TABLE_FORMATS[form]
    if form not in _SLOW_TABLES:
        return make(table)
    code = code_of((_SLOW_TABLES[form],))
    return kept_files(f"tables/{table.id}.{form}", table, code, lambda: {form: make(table)})[form]


def export_one(
    resolved: ResolvedExhibit, form: str, size: str = "", only: str = "", period: str = ""
) -> dict[str, bytes]:
    """Return the files of one exhibit in one format, by name.

    A name says what the file holds: id, period, language and, of a picture, its size.

    Parameters
    ----------
    resolved : ResolvedExhibit
    form : str
        A format of ``CHART_FORMATS`` makes its charts, one of ``TABLE_FORMATS`` its table,
        ``csv`` and ``docx`` both (charts in Office formats are native and editable).
    size : str
        Named size of pictures; ``full`` when empty.
    only : str
        Id of one chart, when the exhibit has several.
    period : str
        For the names; left out when empty.

    Raises
    ------
    SizeError
        When a size is given for a format that has none.
    ExportError
        When the exhibit has nothing in that format, with what it has.
    """
    if size and form not in PICTURES:
        raise SizeError(
            f"{form} has no size {size!r}: sizes are of pictures ({', '.join(PICTURES)}); leave the size out"
        )
    tail = "".join(f"-{part}" for part in (period, resolved.language) if part)
    files: dict[str, bytes] = {}
    if form in CHART_FORMATS:
        sized = f"-{size or 'full'}" if form in PICTURES else ""
        for chart in (shown for shown in resolved.charts if only in ("", shown.id)):
            name = f"{chart.id}{_BESIDE_TABLES.get(form, '')}{tail}{sized}.{form}"
            files[name] = CHART_FORMATS[form](chart, size or "full")
    if form in TABLE_FORMATS and resolved.table and not only:
        files[f"{resolved.table.id}{tail}.{form}"] = TABLE_FORMATS[form](resolved.table)
    if not files:
        raise ExportError(_nothing(resolved, form, only))
    return files


def _nothing(resolved: ResolvedExhibit, form: str, only: str) -> str:
    if not resolved.table and not resolved.charts:
        missing = "; ".join(resolved.missing) or resolved.status_text
        return f"{resolved.id} is {resolved.status_text}: {missing}"
    charts = ", ".join(chart.id for chart in resolved.charts) or "no chart"
    offered = [*TABLE_FORMATS] if resolved.table else []
    offered += [*CHART_FORMATS] if resolved.charts else []
    request = f"{only!r} in {form!r}" if only else repr(form)
    formats = ", ".join(dict.fromkeys(offered))
    return f"{resolved.id} has nothing as {request}: it has {charts}, formats {formats}"
