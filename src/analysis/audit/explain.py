"""Explaining a number: every claim that prints it, its sentence, its formulas, its inputs, its verdict."""

from __future__ import annotations

import difflib
import re
from fractions import Fraction

from analysis.audit.formulas import Formulas
from analysis.audit.judging import Audit, Check, printed_number
from analysis.audit.statements import decimal_text, locator, statement, with_unit
from analysis.labels import Catalogue
from analysis.quantities import pandas_code, provenance, sentence
from analysis.quantities.units import unit

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
SHOWN_READERS = 8


class UnknownNumber(LookupError):
    """A number that no document prints, or an id that is not recorded."""

    def __str__(self) -> str:
        return str(self.args[0])


def matching(audit: Audit, asked: str) -> list[Check]:
    """Return the checks of a claim's id, or of every claim that prints a number.

    Parameters
    ----------
    audit : Audit
    asked : str
        An id (``<document>/<table>/<row>``), a numeral as printed (``6.725亿``) or a number (``35%``).

    Raises
    ------
    UnknownNumber
        When nothing matches; the message names what comes near.
    """
    if "/" in asked:
        asked = audit.recorded.current(asked)
        found = [
            each for each in audit.checks.values() if asked in (each.claim.id, each.claim.id.split("#")[0])
        ]
        if not found:
            near = difflib.get_close_matches(asked, list(audit.checks), n=5, cutoff=0.5)
            raise UnknownNumber(
                f"no recorded number has the id {asked!r}; near it: {', '.join(near) or 'nothing'}"
            )
        return found
    wanted, number, percent = _plain(asked), _number(asked), asked.strip().endswith(("%", "％"))
    found = [each for each in audit.checks.values() if _prints(each, audit, wanted, number, percent)]
    if not found:
        raise UnknownNumber(
            f"no document prints {asked!r}: give a number as printed (896, 35%, 6.725亿) or the id of a claim"
        )
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\s,，]", "", text).replace("−", "-").replace("％", "%")


def _number(text: str) -> Fraction | None:
    plain = _plain(text).removesuffix("%")
    return Fraction(plain) if _NUMBER.fullmatch(plain) else None


def _prints(check: Check, audit: Audit, wanted: str, number: Fraction | None, percent: bool) -> bool:
    claim = check.claim
    printed = printed_number(claim, audit.recorded)
    if printed is None:
        return False
    if _plain(audit.recorded[claim.table].records[claim.row]["printed"]) == wanted:
        return True
    return number is not None and number == printed[0] and (not percent or unit(printed[2]).name == "percent")


def explain(audit: Audit, asked: str, labels: Catalogue) -> str:
    """Return everything on record about a number, as text for a terminal.

    Parameters
    ----------
    audit : Audit
    asked : str
        An id, or a number as printed.
    labels : Catalogue
        Of the language of the statements, with the record.

    Raises
    ------
    UnknownNumber
        When nothing matches.
    """
    return "\n\n".join(_explained(each, audit, labels) for each in matching(audit, asked))


def _explained(check: Check, audit: Audit, labels: Catalogue) -> str:
    claim, recorded = check.claim, audit.recorded
    table = recorded[claim.table]
    printed = printed_number(claim, recorded)
    lines = [f"{claim.id}  [{labels(f'verdict.{check.verdict}')}]"]
    lines.append(f"  {statement(claim, recorded, labels)}")
    source = table.source_of(claim.row)
    where = f"{source.symbol}, {locator(claim, recorded, labels)}"
    lines.append(f"  in {where} ({source.path}, row {table.file_row(claim.row)})")
    if printed is not None:
        text = table.records[claim.row]["printed"]
        lines.append(
            f"  printed    {text} = {with_unit(printed[0], printed[2], labels)} {printed[3]}".rstrip()
        )
    if check.found is not None:
        lines += _computed(check, audit, labels, printed)
    if check.claim.reason:
        lines.append(f"  reason     {labels(f'reason.{check.claim.reason}')}")
    for kind in ("cause", "undecided"):
        if claim.remark(kind, labels.language):
            lines.append(f"  {kind:10} {claim.remark(kind, labels.language)}")
    readers = [each for each in audit.users.get((claim.table, claim.row), ()) if each != claim.id]
    if readers and not claim.check:
        more = f" and {len(readers) - SHOWN_READERS} more" if len(readers) > SHOWN_READERS else ""
        lines.append(f"  read by    {', '.join(readers[:SHOWN_READERS])}{more}")
    return "\n".join(lines)


def _computed(check: Check, audit: Audit, labels: Catalogue, printed: tuple | None) -> list[str]:
    claim, found, recorded = check.claim, check.found, audit.recorded
    lines = [f"  sentence   {sentence(claim.quantity, recorded)}", f"  quantity   {claim.text}"]
    lines.append(f"  pandas     {pandas_code(claim.quantity)}")
    formulas = Formulas(recorded, labels("audit.steps_sheet"))
    lines.append(f"  Excel      ={formulas.printed(claim.quantity, '' if printed is None else printed[2])}")
    lines += [f"    step {number}   ={text}" for number, (text, _) in enumerate(formulas.steps, start=1)]
    if not found.missing:
        bounds = " to ".join(decimal_text(end, 9) or "no bound" for end in (found.low, found.high))
        lines.append(f"  computed   {with_unit(found.value, found.unit, labels, 9)}; bounds {bounds}")
    lines.append("  inputs")
    lines += [
        f"    {each['printed'] or '(no number)'}  {each['id']}  {each['symbol']}, {each['place']}"
        + (f", line {each['line']}" if each["line"] else "")
        + f"  ({each['path']}, row {each['row']})"
        for each in provenance(claim.quantity, recorded)
    ]
    return lines
