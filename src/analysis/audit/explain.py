"""Explaining a number in three lines: what it comes to, why and what is undecided, where; more on request."""

from __future__ import annotations

import difflib
import re
from fractions import Fraction

from babel import Locale

from analysis.audit.arithmetic_said import comes_to
from analysis.audit.findings import printed_reading, review_words
from analysis.audit.formulas import Formulas
from analysis.audit.judging import OTHER_PRINTING, Audit, Check, Judgement, places, printed_number
from analysis.audit.readings import reading
from analysis.audit.statements import decimal_text, locator, number_with_unit, statement
from analysis.audit.verdicts import INPUT, NOT_RECOMPUTABLE, ROUNDING, UNCHECKED
from analysis.labels import Catalogue
from analysis.labels.agreement import Counted, small
from analysis.labels.places import place_words
from analysis.quantities import pandas_code, provenance
from analysis.quantities.units import unit

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
# A mark between thousands: three digits follow it, and no fourth.
_THOUSANDS = {mark: re.compile(rf"(?<=\d){re.escape(mark)}(?=\d{{3}}(?!\d))") for mark in ",."}
SHOWN = 8
# Verdicts that say for themselves why: no check was made, or rounding is enough.
UNEXPLAINED = (ROUNDING, INPUT, UNCHECKED, NOT_RECOMPUTABLE)


class UnknownNumber(LookupError):
    """A number that no document prints, or an id that is not recorded."""

    def __str__(self) -> str:
        return str(self.args[0])


def matching(audit: Audit, number: str) -> list[Judgement]:
    """Return the judgement of an id, or of every number in print that is the one asked for.

    Parameters
    ----------
    audit : Audit
    number : str
        An id (``<document>/<table>/<row>``), a numeral as printed (``6.725亿``) or a number (``35%``).

    Raises
    ------
    UnknownNumber
        When nothing matches; the message names what comes near.
    """
    if "/" in number:
        current = audit.recorded.current(number)
        judgement = audit.by_id.get(current) or audit.by_id.get(current.partition("#")[0])
        if judgement is None:
            near = difflib.get_close_matches(current, list(audit.by_id), n=5, cutoff=0.5)
            raise UnknownNumber(
                f"no recorded number has the id {number!r} in this period; "
                f"near it: {', '.join(near) or 'nothing'}"
            )
        return [judgement]
    wanted, numbers = _plain(number), _numbers(number)
    printing = [candidate for candidate in audit.judgements if _prints(candidate, audit, wanted, numbers)]
    if not printing:
        raise UnknownNumber(
            f"no document prints {number!r}: give a number as printed (896, 35%, 6.725亿) or the id "
            "of a claim"
        )
    return printing


def _plain(text: str) -> str:
    bare = re.sub(r"\s", "", text).replace("−", "-").replace("％", "%").replace("，", ",")
    return bare if _numbers_of(bare) else _THOUSANDS[","].sub("", bare)


def _numbers(text: str) -> set[Fraction]:
    """Return what a numeral may say: 1,104 is a thousand or 1.104, 68,5 and 1.104,7 have a decimal comma."""
    return _numbers_of(_plain(text))


def _numbers_of(bare: str) -> set[Fraction]:
    plain = bare.removesuffix("%")
    pointed = _THOUSANDS["."].sub("", plain).replace(",", ".")
    alone = plain.count(".") == 1 and "," not in plain  # a lone point is a decimal one, as everywhere here
    readings = (_THOUSANDS[","].sub("", plain), *(() if alone else (pointed,)))
    return {Fraction(reading) for reading in readings if _NUMBER.fullmatch(reading)}


def _prints(judgement: Judgement, audit: Audit, wanted: str, numbers: set[Fraction]) -> bool:
    claim = judgement.claim
    printed = printed_number(claim, audit.recorded)
    if printed is None:
        return False
    if _plain(audit.recorded[claim.table].records[claim.row]["printed"]) == wanted:
        return True
    return printed[0] in numbers and (not wanted.endswith("%") or unit(printed[2]).name == "percent")


def explain(
    audit: Audit, number: str, labels: Catalogue, *, inputs: bool = False, formulas: bool = False
) -> str:
    """Return a number's explanation as text for a terminal: three lines, and more where it is asked for.

    Where several numbers in print are the one asked for, and are not printings of one quantity, each place is
    offered in a line with its verdict and its id.

    Parameters
    ----------
    audit : Audit
    number : str
        An id, or a number as printed.
    labels : Catalogue
        Of the language, with the record.
    inputs, formulas : bool
        Whether each check's inputs, and its notation, pandas code and spreadsheet formula, are listed.

    Raises
    ------
    UnknownNumber
        When nothing matches.
    """
    printing = matching(audit, number)
    groups = _printings(printing, audit)
    if len(groups) > 1:
        offered = [
            labels(
                "explain.one_offered",
                place=_place(judgement, audit, labels),
                statement=statement(judgement.claim, audit.recorded, labels),
                verdict=labels(f"verdict.{judgement.verdict}"),
            )
            for group in groups
            for judgement in group[:1]
        ]
        ids = [group[0].claim.id for group in groups]
        offered = [f"  {line}\n    {id_}" for line, id_ in zip(offered, ids, strict=True)]
        return "\n".join((labels("explain.offered", number=number, places=str(len(groups))), *offered))
    (group,) = groups
    lines = _three(group, audit, labels)
    for check in group[0].checks if inputs or formulas else ():
        lines += _check(check, audit, labels, inputs, formulas)
    return "\n".join(lines)


def _printings(printing: list[Judgement], audit: Audit) -> list[list[Judgement]]:
    """Put printings of one quantity together, the one with the strongest check first."""
    groups = [[judgement] for judgement in printing]
    at = {(judgement.claim.table, judgement.claim.row): judgement for judgement in printing}
    for judgement in printing:
        for check in judgement.checks:
            if check.way != OTHER_PRINTING:
                continue
            for place in places(check.claim.quantity, audit.recorded):
                other = at.get(place)
                mine, theirs = (next((g for g in groups if one in g), None) for one in (judgement, other))
                if other is not None and mine is not theirs:
                    mine += theirs
                    groups.remove(theirs)
    for group in groups:
        group.sort(
            key=lambda judgement: (judgement.recomputed is None, judgement.leading.way == OTHER_PRINTING)
        )
    return groups


def _place(judgement: Judgement, audit: Audit, labels: Catalogue) -> str:
    claim = judgement.claim
    document = labels.cited(audit.recorded[claim.table].source_of(claim.row), short=True)
    return labels("label.pair", first=document, second=locator(claim, audit.recorded, labels))


def _three(group: list[Judgement], audit: Audit, labels: Catalogue) -> list[str]:
    """Return what is printed, what it comes to and the verdict; why, and what is undecided; where."""
    judgement, *others = group
    why, space = _why(judgement, audit, labels), labels("alt.space")
    where = [labels("explain.where", place=_place(judgement, audit, labels), id=judgement.claim.id)]
    if others:
        places = labels("label.list_separator").join(_place(other, audit, labels) for other in others)
        where.append(labels("explain.also", places=places))
    return [_verdict(judgement, audit, labels), space.join(why), space.join(where)]


def _verdict(judgement: Judgement, audit: Audit, labels: Catalogue) -> str:
    claim, recorded = judgement.claim, audit.recorded
    verdict = labels(f"verdict.{judgement.verdict}")
    if judgement.severity:
        graded = labels(f"severity.{judgement.severity}").lower()
        verdict = labels("explain.graded", verdict=verdict, severity=graded)
    about = statement(claim, recorded, labels)
    printed = "" if claim.check else recorded[claim.table].records[claim.row]["printed"]
    parts = []
    if printed:
        read = printed_reading(printed, printed_number(claim, recorded), labels)
        key = "explain.printed_as" if read else "explain.printed"
        parts.append(labels(key, printed=printed, number=read))
    if judgement.recomputed is not None:
        parts.append(comes_to(judgement.leading, audit, labels))
    if not parts:
        return labels("explain.about", about=_sentence(about), verdict=small(verdict))
    clauses = labels("label.list_separator").join(parts)
    return labels("explain.verdict", about=_sentence(about), said=clauses, verdict=verdict)


def _why(judgement: Judgement, audit: Audit, labels: Catalogue) -> list[str]:
    """Return why, or how it is made anew, what is undecided, and evaluators' answers, in sentences."""
    cause, undecided = (judgement.remark(kind, labels.language) for kind in ("cause", "undecided"))
    lines = [labels("explain.why", text=cause) if cause else _how(judgement, audit, labels)]
    if undecided:
        lines.append(labels("explain.undecided", text=undecided))
    answered = review_words(judgement, audit, labels)
    if answered:
        lines.append(labels("explain.answer", text=answered))
    return lines


def _how(judgement: Judgement, audit: Audit, labels: Catalogue) -> str:
    if judgement.way:
        checks = sum(check.claim.quantity is not None for check in judgement.checks)
        key = "explain.how" if checks == 1 else "explain.how_often"
        return labels(key, way=labels(f"explain_way.{judgement.way}"), checks=str(checks))
    if judgement.reason:
        key = "explain.why" if judgement.recomputed is not None else "explain.no_check"
        return labels(key, text=labels(f"reason.{judgement.reason}"))
    if judgement.verdict not in UNEXPLAINED:
        return labels("explain.no_cause")
    readers = len(audit.users.get((judgement.claim.table, judgement.claim.row), ()))
    number = Counted(str(readers), Locale.parse(labels("language.locale")).plural_form(readers))
    return labels(f"explain.{judgement.verdict}", number=number)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _check(check: Check, audit: Audit, labels: Catalogue, inputs: bool, formulas: bool) -> list[str]:
    claim, recorded = check.claim, audit.recorded
    lines = ["", f"{claim.id}  [{labels(f'verdict.{check.verdict}')}]"]
    if claim.quantity is None or check.recomputed is None:
        readers = [user for user in audit.users.get((claim.table, claim.row), ()) if user != claim.id]
        return [*lines, *_folded(f"  {labels('explain.read_by')}", readers, labels)]
    if formulas:
        written = Formulas(recorded, labels("audit.steps_sheet"))
        printed = printed_number(claim, recorded)
        lines += [f"  {reading(claim.quantity, recorded, labels)}", f"  quantity   {claim.text}"]
        lines += [f"  pandas     {pandas_code(claim.quantity)}"]
        lines += [f"  Excel      ={written.printed(claim.quantity, '' if printed is None else printed[2])}"]
        lines += [f"    step {number}   ={text}" for number, (text, _) in enumerate(written.steps, start=1)]
        if not check.recomputed.missing:
            value = number_with_unit(check.recomputed.value, check.recomputed.unit, labels, 9)
            low, high = (decimal_text(end, 9) or "–" for end in (check.recomputed.low, check.recomputed.high))
            lines.append(f"  {labels('explain.computed', value=value, low=low, high=high)}")
    if inputs:
        entries = provenance(claim.quantity, recorded)
        place_texts = [place_words(entry["place"], labels).text for entry in entries]
        listed = [
            f"{entry['printed'] or '–'}  {entry['id']}  {entry['symbol']}, {place}"
            + (f":{entry['line']}" if entry["line"] else "")
            + f"  ({entry['path']}, row {entry['row']})"
            for entry, place in zip(entries, place_texts, strict=True)
        ]
        lines += _folded(f"  {labels('explain.inputs', number=str(len(entries)))}", listed, labels)
    return lines


def _folded(head: str, listed: list[str], labels: Catalogue) -> list[str]:
    if not listed:
        return []
    more = len(listed) - SHOWN
    shown = [f"    {line}" for line in listed[:SHOWN]]
    return [head, *shown, *([f"    {labels('audit.more_inputs', number=str(more))}"] if more > 0 else [])]
