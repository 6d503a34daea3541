"""Tables as text files: CSV at full precision, HTML for the web, LaTeX for typesetting."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from itertools import groupby

from analysis.labels import Catalogue, direction
from analysis.labels.numerals import at_full_precision
from analysis.printed.printable import ResolvedCell, ResolvedColumn, ResolvedRow, ResolvedTable
from analysis.printed.security import policy
from analysis.printed.spreadsheet_text import as_text

CellMarkup = Callable[[int, int, str], str]
_LONG_REASON = 20
_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "\N{MINUS SIGN}": r"\ensuremath{-}",
    "\N{NO-BREAK SPACE}": "~",
    "\N{NARROW NO-BREAK SPACE}": r"\,",
}
_LATEX_SIGN = re.compile("|".join(map(re.escape, _LATEX)))


def heading_of_column(column: ResolvedColumn) -> str:
    """Return a column's heading on one line: spanning heading, own heading, unit."""
    words = f"{column.group}: {column.label}" if column.group else column.label
    return f"{words} ({column.unit})" if column.unit else words


def headings_of_table(table: ResolvedTable) -> list[str]:
    """Return all headings on one line, none empty and no two alike whatever their case."""
    headings: list[str] = []
    for text in (*table.stub, *map(heading_of_column, table.columns)):
        again, name = 2, text
        while name.lower() in (taken.lower() for taken in headings):
            name, again = f"{text} [{again}]", again + 1
        headings.append(name)
    return headings


def lead(row: ResolvedRow, place: int, table: ResolvedTable) -> str:
    """Return a stub label of a row, with the marks of the row's notes after the last."""
    marks = f" [{', '.join(row.marks)}]" if row.marks and place == len(table.stub) - 1 else ""
    return row.labels[place] + marks


def spanners(table: ResolvedTable) -> Iterator[tuple[str, int]]:
    """Yield each spanning heading, empty where there is none, with the number of columns under it."""
    for group, columns in groupby(table.columns, key=lambda column: column.group):
        yield group, len(list(columns))


def units_below(table: ResolvedTable) -> Iterator[tuple[str, int]]:
    """Yield the unit of neighbouring columns under one spanning heading, in brackets, with how many share it.

    Nothing where no column has a unit.
    """
    if not any(column.unit for column in table.columns):
        return
    for (_, unit), columns in groupby(table.columns, key=lambda column: (column.group, column.unit)):
        yield f"({unit})" if unit else "", len(list(columns))


def foot(table: ResolvedTable) -> list[str]:
    """Return the lines under a table: notes with their marks, what shorthand means, source."""
    label = Catalogue(table.language)
    lines = [f"[{note.mark}] {note.text}" if note.mark else note.text for note in table.notes]
    lines += [label("label.meaning", shorthand=sign, meaning=words) for sign, words in table.shorthand]
    return [*lines, table.source] if table.source else lines


def reads_as_text(cell: ResolvedCell) -> bool:
    """Whether a cell is set as text, from the left: words, or a long reason why there is no number."""
    return cell.status == "text" or (cell.value is None and len(cell.text) > _LONG_REASON)


def kept_decimals(table: ResolvedTable, place: int) -> int:
    """Return how many decimals a column leaves room for, so that its decimal points stand below each other.

    0 where its numbers have equally many, and where they carry words or other signs.
    """
    numbers = [row.cells[place] for row in table.rows if row.cells[place].value is not None]
    if any(cell.worded or not cell.text[-1:].isdigit() for cell in numbers):
        return 0
    decimals = {max(cell.decimals, 0) for cell in numbers}
    return max(decimals) if len(decimals) > 1 else 0


def unseen(cell: ResolvedCell, kept: int) -> str:
    """Return the digits that a number lacks of the ``kept`` decimals of its column."""
    decimals = max(cell.decimals, 0)
    if cell.value is None or kept <= decimals:
        return ""
    return ("" if decimals else ".") + "0" * (kept - decimals)


def as_csv(table: ResolvedTable) -> str:
    """Return a table as CSV: the keys of each row, its labels, and every number exactly.

    A fraction without an end in decimals has 17 significant digits; a number that is missing for a recorded
    reason has the words of the reason.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["row_key", *(as_text(text) for text in headings_of_table(table))])
    for row in table.rows:
        numbers = [
            as_text(cell.text) if cell.value is None else at_full_precision(cell.value) for cell in row.cells
        ]
        writer.writerow(["/".join(row.keys), *map(as_text, row.labels), *numbers])
    return written.getvalue()


def html_table(table: ResolvedTable, identifier: str = "", number: CellMarkup | None = None) -> str:
    """Return a table as an HTML ``<table>`` with caption, scopes and foot.

    Parameters
    ----------
    table : ResolvedTable
    identifier : str
        Value of the ``id`` attribute; by default the table's id.
    number : callable, optional
        Returns the HTML of a number from its row, its column (both from 0) and its text.
    """
    numbered = f'<span class="number">{escape(table.number)}</span> ' if table.number else ""
    parts = [
        f'<table class="exhibit" id="{escape(identifier or table.id)}" lang="{table.language}">',
        f"<caption>{numbered}{escape(table.caption)}</caption>",
        f"<thead>{_html_head(table)}</thead>",
        "<tbody>",
        *(
            _html_row(table, row, partial(number, place) if number else None)
            for place, row in enumerate(table.rows)
        ),
        "</tbody>",
    ]
    lines = foot(table)
    if lines:
        wide = len(table.stub) + len(table.columns)
        notes = "".join(f"<p>{escape(line)}</p>" for line in lines)
        parts.append(f'<tfoot><tr><td colspan="{wide}">{notes}</td></tr></tfoot>')
    return "\n".join([*parts, "</table>"])


def _html_head(table: ResolvedTable) -> str:
    grouped = any(column.group for column in table.columns)
    deep = ' rowspan="2"' if grouped else ""
    stub = "".join(f'<th scope="col"{deep}>{escape(text)}</th>' for text in table.stub)
    columns = "".join(
        f'<th scope="col" class="number"{_lang(column.key, table)}>{escape(column.label)}'
        + (f' <span class="unit">({escape(column.unit)})</span>' if column.unit else "")
        + "</th>"
        for column in table.columns
    )
    if not grouped:
        return f"<tr>{stub}{columns}</tr>"
    above = "".join(_html_spanner(group, wide) for group, wide in spanners(table))
    return f"<tr>{stub}{above}</tr>\n<tr>{columns}</tr>"


def _html_spanner(group: str, wide: int) -> str:
    if not group:
        return f'<td colspan="{wide}"></td>'
    return f'<th scope="colgroup" colspan="{wide}">{escape(group)}</th>'


def _html_row(table: ResolvedTable, row: ResolvedRow, number: Callable[[int, str], str] | None) -> str:
    labels = "".join(
        f'<th scope="row"{_lang(row.keys[place], table)}>{escape(lead(row, place, table))}</th>'
        if place == 0
        else f"<td{_lang(row.keys[place], table)}>{escape(lead(row, place, table))}</td>"
        for place in range(len(row.labels))
    )
    texts = [escape(cell.text) for cell in row.cells]
    if number:
        texts = [
            number(place, text) if cell.value is not None else text
            for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True))
        ]
    cells = "".join(
        f'<td class="{_kind(cell)}">{text}</td>' for cell, text in zip(row.cells, texts, strict=True)
    )
    opened = '<tr class="total">' if row.total else "<tr>"
    return f"{opened}{labels}{cells}</tr>"


def _lang(key: str, table: ResolvedTable) -> str:
    """Return the attribute that says in which language a label stands, where it is another."""
    return f' lang="{table.foreign[key]}"' if key in table.foreign else ""


def _kind(cell: ResolvedCell) -> str:
    if cell.value is not None:
        return "number"
    return "text" if cell.status == "text" else "missing"


def html_page(table: ResolvedTable) -> str:
    """Return a table as an HTML file of its own."""
    title = escape(f"{table.number} {table.caption}".strip())
    style = (
        "body{font-family:sans-serif;margin:1.5rem;color:#1f2933}table{border-collapse:collapse}"
        "caption{text-align:start;font-weight:bold;padding-bottom:.5rem}th,td{padding:.25rem .6rem;"
        "border-bottom:1px solid #d9dee4;text-align:start;vertical-align:top}.number{text-align:end}"
        "caption .number{text-align:start}.total{font-weight:bold}tfoot td{font-size:.85em;border:0}"
        ".unit{font-weight:normal}"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{table.language}" dir="{direction(table.language)}">\n'
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy(""))}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n{html_table(table)}\n</main>\n</body>\n</html>\n"
    )


def latex_text(text: str) -> str:
    """Return a text with LaTeX's own signs escaped."""
    return _LATEX_SIGN.sub(lambda match: _LATEX[match[0]], text)


def as_latex(table: ResolvedTable) -> str:
    """Return a table as a LaTeX ``longtable`` (packages longtable, booktabs, array; XeLaTeX for Chinese).

    Numbers stand at the right, their decimal points below each other; a column with text breaks its lines.
    """
    stub, columns = len(table.stub), len(table.columns)
    broken = [any(reads_as_text(row.cells[place]) for row in table.rows) for place in range(columns)]
    kept = [kept_decimals(table, place) for place in range(columns)]
    share = 0.9 * (0.5 if columns > 1 else 0.7) / max(stub, 1)
    layout = _paragraphs(share) * stub
    layout += "".join(_paragraphs(0.45 / columns) if breaks else "r" for breaks in broken)
    units = [f"({latex_text(column.unit)})" if column.unit else "" for column in table.columns]
    rule = rf"\multicolumn{{{stub + columns}}}{{@{{}}p{{0.95\linewidth}}@{{}}}}"
    lines = [
        "% needs \\usepackage{longtable,booktabs,array}",
        rf"\begin{{longtable}}{{@{{}}{layout}@{{}}}}",
        rf"\caption{{{latex_text(table.caption)}}}\label{{tab:{table.id}}}\\",
        r"\toprule",
    ]
    if any(column.group for column in table.columns):
        above = [rf"\multicolumn{{{wide}}}{{c}}{{{latex_text(group)}}}" for group, wide in spanners(table)]
        lines.append(" & ".join(["" for _ in table.stub] + above) + r" \\")
    names = [*table.stub, *(column.label for column in table.columns)]
    lines.append(" & ".join(map(latex_text, names)) + r" \\")
    if any(units):
        lines.append(" & ".join(["" for _ in table.stub] + units) + r" \\")
    lines += [r"\midrule", r"\endhead"]
    for row in table.rows:
        cells = [latex_text(lead(row, place, table)) for place in range(stub)]
        cells += map(_latex_cell, row.cells, broken, kept)
        lines += [r"\midrule"] if row.total else []
        # A row that opens with a bracket would be read as the option of the line break before it.
        lines.append("{}" + " & ".join(cells) + r" \\")
    lines.append(r"\bottomrule")
    lines += [rf"{rule}{{\footnotesize {latex_text(line)}}} \\" for line in foot(table)]
    return "\n".join([*lines, r"\end{longtable}", ""])


def _paragraphs(share: float) -> str:
    """Return a column of broken lines, as wide as a share of the page."""
    return rf">{{\raggedright\arraybackslash}}p{{{share:.2f}\linewidth}}"


def _latex_cell(cell: ResolvedCell, broken: bool, kept: int) -> str:
    """Return a cell, with unseen digits where its number has fewer decimals than its column."""
    text = latex_text(cell.text)
    if cell.value is None:
        return text
    lacking = unseen(cell, kept)
    if lacking:
        text += rf"\phantom{{{lacking}}}"
    return rf"\multicolumn{{1}}{{r}}{{{text}}}" if broken else text
