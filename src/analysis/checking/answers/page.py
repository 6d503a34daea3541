"""A page for the browser: the text of a draft with each number marked by its verdict; one file, offline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from itertools import groupby

from analysis.checking.answers.telling import KEYS, Teller
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import GRADES, NO_DATUM
from analysis.labels import direction
from analysis.printed.security import policy
from analysis.reading import Block, Draft
from analysis.reading.blocks import CELLS

_STYLE = files("analysis.checking").joinpath("page.css").read_text(encoding="utf-8")


def page_of_draft(
    draft: Draft,
    checked: list[Checked],
    teller: Teller,
    period: str,
    language: str,
    remarks: Sequence[str] = (),
) -> str:
    """Return the page of a checked draft.

    Parameters
    ----------
    draft : Draft
    checked : list of Checked
    teller : Teller
    period : str
        Of the record, as printed.
    language : str
        Of the page itself.
    remarks : sequence of str
        What a reader is to know of how the draft was read, in English.
    """
    labels = teller.labels(language)
    counts = Counter(judged.verdict.grade for judged in checked)
    title = labels("draft.title", draft=draft.name, period=period)
    held: dict[int, list[Checked]] = {}
    for judged in checked:
        held.setdefault(id(judged.block), []).append(judged)
    summary = "".join(
        f"<tr><td><mark class='{KEYS[name]}'>{counts[name]}</mark></td>"
        f"<td>{escape(labels(f'draft.count.{KEYS[name]}'))}</td></tr>"
        for name in GRADES
        if counts[name]
    )
    known = "".join(f"<li>{escape(remark)}</li>" for remark in remarks)
    known = f"<ul lang='en' dir='ltr'>{known}</ul>" if known else ""
    body = "\n".join(
        _table([_block(block, held.get(id(block), []), teller) for block in some])
        if table
        else "\n".join(_block(block, held.get(id(block), []), teller) for block in some)
        for table, some in groupby(draft.blocks, key=_table_of)
    )
    still = escape(policy(""))
    return (
        f"<!doctype html>\n<html lang='{language}' dir='{direction(language)}'><head><meta charset='utf-8'>"
        f"<meta http-equiv='Content-Security-Policy' content='{still}'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n<body><h1>{escape(title)}</h1>"
        f"<p>{escape(labels('draft.legend'))}</p><table>{summary}</table>{known}\n<main>\n{body}\n</main></body></html>\n"
    )


def _table_of(block: Block) -> str:
    """Return the place of the table that a row belongs to; empty for other blocks."""
    return block.place.partition(",")[0] if block.kind == "row" else ""


def _table(rows: list[str]) -> str:
    return "<div class='wide'><table>" + "\n".join(rows) + "</table></div>"


def _block(block: Block, checked: list[Checked], teller: Teller) -> str:
    text, last = "", 0
    notes = []
    for judged in checked:
        if judged.verdict.verdict == NO_DATUM or judged.start < last:
            continue
        told = " ".join(filter(None, (teller.told(judged), teller.sourced(judged), teller.contested(judged))))
        wording = teller.wording(judged)
        told += " " + teller.labels(judged.language)("draft.wording", wording=wording) if wording else ""
        text += _plain(block, last, judged.start)
        kind = KEYS[judged.verdict.grade]
        shown = escape(judged.number.text)
        text += f"<mark class='{kind}' tabindex='0' title='{escape(told, quote=True)}'>{shown}</mark>"
        last = judged.end
        if kind not in ("agrees", "rounding") or judged.finding is not None:
            notes.append(f"<li><b>{escape(judged.number.text)}</b> {escape(told)}</li>")
    text += _plain(block, last, len(block.text))
    listed = f"<ul class='told'>{''.join(notes)}</ul>" if notes else ""
    place = escape(block.place.replace(" ", "-").replace(",", ""))
    if block.kind == "row":
        cell = "td" if block.columns else "th"
        below = f"<tr><td colspan='{len(block.cells())}'>{listed}</td></tr>" if notes else ""
        return f"<tr id='{place}'><td>{text}</td></tr>".replace("td>", f"{cell}>") + below
    tag = "h2" if block.kind == "heading" else "p"
    return f"<{tag} id='{place}'>{text}</{tag}>{listed}"


def _plain(block: Block, start: int, end: int) -> str:
    """Return a stretch of a block's text without marked numbers; in a row, its cells."""
    text = escape(block.text[start:end])
    return text.replace(CELLS, "</td><td>") if block.kind == "row" else text
