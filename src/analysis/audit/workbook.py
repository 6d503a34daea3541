"""The auditor's workbook: recorded tables as sheets, and every claim as a live formula over them."""

from __future__ import annotations

import datetime
import io
from fractions import Fraction
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from analysis.audit.bounds import HIGH, LOW
from analysis.audit.cover_sheet import write_cover
from analysis.audit.findings_sheet import COLOURS, write_findings
from analysis.audit.formulas import BASE, NUMBERS, Formulas, TableSheet, rounding_formula, verdict_formula
from analysis.audit.judging import Audit, Check, Judgement, printed_number
from analysis.audit.live_book import LiveBook
from analysis.audit.paper import HEAD, across, height, on_pages
from analysis.audit.statements import document_title, locator, statement
from analysis.audit.verdicts import DISCREPANCY, EXPLAINED, NOT_RECOMPUTABLE, VERDICTS, printed_range
from analysis.files import write_whole
from analysis.labels import Catalogue, languages
from analysis.labels.units import unit_words
from analysis.quantities.intervals import precision, printed_interval
from analysis.quantities.units import unit
from analysis.rounding import round_half_up

CREATED = datetime.datetime(2000, 1, 1)
# What is on paper comes first: the number, what it comes to, the verdict.
ON_PAPER: tuple[tuple[str, int], ...] = (
    ("claim", 27),
    ("document_title", 19),
    ("place", 18),
    ("statement", 32),
    ("printed", 10),
    ("unit", 12),
    ("recomputed", 12),
    ("verdict", 15),
    ("severity", 9),
    ("reason", 15),
)
FURTHER: tuple[tuple[str, int], ...] = (
    ("cause", 46),
    ("undecided", 40),
    ("kind", 12),
    ("document", 24),
    *((name, 12) for name in ("number", "qualifier", "decimals", "rounded", "lower", "upper")),
    *((name, 12) for name in ("print_lower", "print_upper")),
    ("on_record", 16),
    ("agrees", 12),
    ("quantity", 60),
)
FIELDS = tuple(name for name, _ in (*ON_PAPER, *FURTHER))
HEADINGS = {"cause": "cause_or_explanation"}
"""Keys of the headings that are not called as their column."""
_COLUMNS = {name: xl_col_to_name(place, True) for place, name in enumerate(FIELDS)}
WRAPPED = ("claim", "document_title", "place", "statement", "reason", "cause", "undecided")
# Columns of recorded tables: as wide as their text, within these; an id has room of its own.
NARROWEST, WIDEST, ID = 7, 22, 30
NOTED = {"recomputed": "2", "verdict": "3", "lower": "4", "upper": "4", "reason": "6"}


def write_workbook(audit: Audit, labels: Catalogue, title: str, path: Path) -> Path:
    """Write the workbook; the same audit makes the same bytes.

    Parameters
    ----------
    audit : Audit
    labels : Catalogue
        Of the language, with the record.
    title : str
        Title of the cover.
    path : Path
        The file.

    Returns
    -------
    Path
        The file.
    """
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with LiveBook(content, options) as book:
        book.set_properties({"title": title, "created": CREATED})
        _Writer(book, audit, labels).write(title)
    return write_whole(path, content.getvalue())


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook, audit: Audit, labels: Catalogue):
        self.book, self.audit, self.labels = book, audit, labels
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.top = book.add_format({"valign": "top"})
        self.words = {verdict: labels(f"verdict.{verdict}") for verdict in VERDICTS}
        self.names = {sheet: labels(f"audit.{sheet}_sheet") for sheet in ("cover", "claims", "steps")}
        self.formulas = Formulas(audit.recorded, self.names["steps"])

    def write(self, title: str) -> None:
        write_findings(
            self.book, self.book.add_worksheet(self.labels("audit.findings_sheet")), self.audit, self.labels
        )
        cover = self.book.add_worksheet(self.names["cover"])
        self._claims(self.book.add_worksheet(self.names["claims"]))
        if self.formulas.steps:
            self._steps(self.book.add_worksheet(self.names["steps"]))
        for sheet in self.formulas.sheets.values():
            self._recorded(self.book.add_worksheet(sheet.name), sheet)
        cells = {name: self._whole_column(name) for name in ("kind", "document", "verdict")}
        write_cover(self.book, cover, title, self.audit, self.labels, cells)

    def _headed(self, page, heads: list[str], rows: int, frozen: int = 1) -> None:
        for column, head in enumerate(heads):
            page.write_string(0, column, head, self.head)
        page.set_row(0, HEAD)
        page.freeze_panes(1, frozen)
        page.autofilter(0, 0, max(rows, 1), len(heads) - 1)

    def _recorded(self, page, sheet: TableSheet) -> None:
        columns = sheet.columns
        bounds = {BASE: "value", LOW: LOW, HIGH: HIGH}
        heads = [
            f"{bounds[name]}, {self.labels('audit.base')}" if name in bounds else name for name in columns
        ]
        self._headed(page, heads, len(sheet.table.rows))
        widths = [0 if self._translated(name, columns) else self._width(name, sheet) for name in columns]
        for column, width in enumerate(widths):
            page.set_column(column, column, width or NARROWEST, self.wrap, {"hidden": not width})
        shown = [(name, width) for name, width in zip(columns, widths, strict=True) if width]
        for number, row in enumerate(sheet.table.records):
            texts = [row.get(name, "") for name, _ in shown]
            page.set_row(number + 1, height(texts, [width for _, width in shown]))
            for column, name in enumerate(columns):
                self._cell(page, number, column, name, row, columns)
        printed = [
            width for name, width in zip(columns, widths, strict=True) if name not in (BASE, LOW, HIGH)
        ]
        on_pages(page, printed, len(sheet.table.rows) + 1, repeated=0)

    def _translated(self, name: str, columns: list[str]) -> bool:
        """Whether a column says in another language what one of the workbook's language says."""
        stem, _, language = name.rpartition("_")
        own = f"{stem}_{self.labels.language}"
        return language in languages() and name != own and own in columns

    def _width(self, name: str, sheet: TableSheet) -> float:
        if name not in sheet.table.rows.columns:
            return NARROWEST + 3
        longest = max((across(text) for text in (name, *sheet.table.rows[name])), default=0)
        return ID if name == "id" else min(max(longest + 1, NARROWEST), WIDEST)

    def _cell(
        self, page, number: int, column: int, name: str, row: dict[str, str], columns: list[str]
    ) -> None:
        if name == BASE and row["value"]:
            factor = unit(row["unit"]).factor
            at = xl_rowcol_to_cell(number + 1, columns.index("value"))
            exact = Fraction(row["value"]) * factor
            formula = at if factor == 1 else f"ROUND({at}*{factor},6)"
            page.write_formula(number + 1, column, f"={formula}", None, float(exact))
        elif name in (LOW, HIGH) and row["value"]:
            self._bound(page, number, column, name, row, columns)
        elif name in NUMBERS and row.get(name):
            page.write_number(number + 1, column, float(Fraction(row[name])))
        elif row.get(name):
            page.write_string(number + 1, column, row[name])

    def _bound(
        self, page, number: int, column: int, name: str, row: dict[str, str], columns: list[str]
    ) -> None:
        value, factor = Fraction(row["value"]), unit(row["unit"]).factor
        low, high = printed_interval(value, int(row["decimals"] or 0), row["unit"], row["qualifier"])
        end = low if name == LOW else high
        if not isinstance(end, float):
            at = xl_rowcol_to_cell(number + 1, columns.index("value"))
            step = f"{at}{float(end - value):+.12g}" if end != value else at
            formula = step if factor == 1 else f"ROUND(({step})*{factor},6)"
            page.write_formula(number + 1, column, f"={formula}", None, float(end * factor))

    def _steps(self, page) -> None:
        self._headed(
            page, [self.labels("audit.claim"), self.labels("audit.number")], len(self.formulas.steps)
        )
        page.set_column(0, 1, WIDEST)
        on_pages(page, (WIDEST, WIDEST), len(self.formulas.steps) + 1)
        for number, (formula, value) in enumerate(self.formulas.steps, start=1):
            page.write_number(number, 0, number)
            page.write_formula(number, 1, f"={formula}", None, value)

    def _claims(self, page) -> None:
        heads = [self.labels(f"audit.{HEADINGS.get(name, name)}") for name in FIELDS]
        listed = [(judgement, check) for judgement in self.audit.all for check in judgement.checks]
        self._headed(page, heads, len(listed))
        page.outline_settings(symbols_below=False)
        on_pages(page, [width for _, width in ON_PAPER], len(listed) + 1)
        for column, (name, width) in enumerate((*ON_PAPER, *FURTHER)):
            page.set_column(column, column, width, self.wrap if name in WRAPPED else self.top)
            if name in NOTED:
                page.write_comment(0, column, self.labels(f"how.{NOTED[name]}"), {"x_scale": 2, "y_scale": 2})
        for verdict, (fill, text) in COLOURS.items():
            form = self.book.add_format({"bg_color": fill, "font_color": text})
            rule = {"type": "cell", "criteria": "==", "value": f'"{self.words[verdict]}"', "format": form}
            place = FIELDS.index("verdict")
            page.conditional_format(1, place, max(len(listed), 1), place, rule)
        for number, (judgement, check) in enumerate(listed, start=1):
            beneath = check is not judgement.leading
            texts = self._texts(judgement, check, beneath)
            high = height([texts.get(name, "") for name, _ in ON_PAPER], [width for _, width in ON_PAPER])
            page.set_row(number, high, None, {"level": int(beneath)})
            self._check(page, number, check, texts)

    def _texts(self, judgement: Judgement, check: Check, beneath: bool) -> dict[str, str]:
        claim, table = check.claim, self.audit.recorded[check.claim.table]
        of_number, severe = not beneath and not claim.check, judgement.severity and not beneath
        texts = {
            "claim": claim.id,
            "kind": self.labels("audit.of_number" if of_number else "audit.of_check"),
            "document": table.source_of(claim.row).document,
            "document_title": document_title(claim, self.audit.recorded, self.labels),
            "place": locator(claim, self.audit.recorded, self.labels),
            "statement": statement(claim, self.audit.recorded, self.labels),
            "printed": "" if claim.check else table.records[claim.row]["printed"],
            "severity": self.labels(f"severity.{judgement.severity}") if severe else "",
            "reason": self.labels(f"reason.{claim.reason}") if claim.reason else "",
            "cause": claim.remark("cause", self.labels.language),
            "undecided": claim.remark("undecided", self.labels.language),
            "quantity": claim.text,
        }
        printed = printed_number(claim, self.audit.recorded)
        if printed is not None:
            texts |= {"unit": unit_words(printed[2], self.labels), "qualifier": printed[3]}
        return texts

    def _check(self, page, number: int, check: Check, texts: dict[str, str]) -> None:
        claim = check.claim
        for name, text in texts.items():
            if text:
                page.write_string(number, FIELDS.index(name), text)
        printed = printed_number(claim, self.audit.recorded)
        if printed is not None:
            self._number(page, number, claim.table, claim.row, printed)
        if check.recomputed is None or check.verdict == NOT_RECOMPUTABLE:
            page.write_string(number, FIELDS.index("verdict"), self.words[check.verdict])
        else:
            self._recomputed(page, number, check, printed)

    def _number(self, page, number: int, table: str, row: int, printed: tuple) -> None:
        value, decimals, unit_name, qualifier = printed
        reference = self.formulas.sheets[table].cell("value", row)
        page.write_formula(number, FIELDS.index("number"), f"={reference}", None, float(value))
        page.write_number(number, FIELDS.index("decimals"), precision(value, decimals, unit_name, qualifier))
        for name, end in zip(("print_lower", "print_upper"), printed_range(*printed), strict=True):
            self._end(page, number, name, end)

    def _recomputed(self, page, number: int, check: Check, printed: tuple | None) -> None:
        recomputed, quantity = check.recomputed, check.claim.quantity
        at = {name: f"{column}{number + 1}" for name, column in _COLUMNS.items()}
        formula = self.formulas.printed(quantity, "" if printed is None else printed[2])
        self._formula(page, number, "recomputed", formula, float(recomputed.value))
        if printed is not None:
            digits = precision(*printed)
            rounded = float(round_half_up(recomputed.value, digits))
            self._formula(
                page, number, "rounded", rounding_formula(at["recomputed"], at["decimals"]), rounded
            )
        ends = self.formulas.ends(quantity, "" if printed is None else printed[2]) or (None, None)
        for name, end, text in zip(("lower", "upper"), (recomputed.low, recomputed.high), ends, strict=True):
            if text is None:
                self._end(page, number, name, end)
            else:
                self._formula(page, number, name, text, float(end))
        qualifier = printed[3] if printed else ""
        failed = EXPLAINED if check.claim.expected == EXPLAINED else DISCREPANCY
        decided = verdict_formula(qualifier, printed is None, at, self.words, failed)
        self._formula(page, number, "verdict", decided, self.words[check.verdict])
        page.write_string(number, FIELDS.index("on_record"), self.words[check.claim.expected])
        agrees = f"{at['verdict']}={at['on_record']}"
        self._formula(page, number, "agrees", agrees, not check.unexpected)

    def _formula(self, page, number: int, name: str, formula: str, value: float | str | bool) -> None:
        page.write_formula(number, FIELDS.index(name), f"={formula}", None, value)

    def _end(self, page, number: int, name: str, end: Fraction | float) -> None:
        if not isinstance(end, float):
            page.write_number(number, FIELDS.index(name), float(end))

    def _whole_column(self, name: str) -> str:
        letter, last = xl_col_to_name(FIELDS.index(name)), len(self.audit.checks) + 1
        return f"'{self.names['claims']}'!${letter}$2:${letter}${last}"
