"""Findings: each discrepancy with what is printed where, what follows from what, and why it may be so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from analysis.audit.claims import SEVERITIES
from analysis.audit.contradictions import contradiction
from analysis.audit.judging import Audit, Judgement, printed_number
from analysis.audit.readings import reading
from analysis.audit.reviews import answers
from analysis.audit.statements import (
    decimal_text,
    document_title,
    locator,
    number_with_unit,
    statement,
)
from analysis.labels import Catalogue
from analysis.labels.amounts import MEASURED
from analysis.labels.once import said_once_of
from analysis.labels.places import place_words
from analysis.labels.units import unit_words
from analysis.quantities import provenance
from analysis.quantities.units import unit


@dataclass(frozen=True)
class Finding:
    """A discrepancy in a reader's words, in one language.

    Attributes
    ----------
    id : str
        Id of the claim.
    severity : str
        ``material``, ``minor`` or ``wording``; empty where none is on record.
    verdict : str
        ``discrepancy``, or ``explained``.
    statement : str
        What the number, or the comparison, is about.
    sentence, sides : str
        The contradiction in a sentence, with both of its sides; the same without what it is about.
    document, place : str
        Where it stands.
    printed : str
        The number in print with its unit; empty for a comparison in words.
    computed : str
        What the documents' own numbers come to, with the range that their rounding allows.
    follows : str
        What that is computed from.
    inputs : tuple of str
        The printed numbers that it is computed from, each with its place; the first few.
    cause, undecided : str
        The likely cause, of an explained case the explanation, and what the documents leave open; empty
        where there is nothing to say.
    rule : str
        By what it is contradicted, or what explains it.
    review : str
        An evaluator's answers, and whether they are open again.
    also : tuple of str
        Other claims that fail for the same cause.
    also_ids : tuple of str
        Their ids.
    apart : Fraction or None
        How far the two sides lie apart, as a share of the larger; None where they are not two numbers.
    translated : bool
        Whether the sentence stands wholly in the language; else in part in English.
    foreign : tuple of str
        Parts of places that stay English, for want of words in the language.
    """

    id: str
    severity: str
    verdict: str
    statement: str
    sentence: str
    sides: str
    document: str
    place: str
    printed: str
    computed: str
    follows: str
    inputs: tuple[str, ...]
    cause: str
    undecided: str
    rule: str = ""
    review: str = ""
    also: tuple[str, ...] = ()
    also_ids: tuple[str, ...] = ()
    apart: Fraction | None = None
    translated: bool = True
    foreign: tuple[str, ...] = ()


SHOWN_INPUTS = 6


def findings(audit: Audit, labels: Catalogue) -> list[Finding]:
    """Return the discrepancies: the most severe first, then those whose sides lie the farthest apart.

    Those whose sides are not two numbers come last in their severity, in the order of the documents.

    Parameters
    ----------
    audit : Audit
    labels : Catalogue
        Of the language, with the record.
    """
    return list(said_once_of(labels, "findings", audit, lambda: _graded(audit, labels)))


def _graded(audit: Audit, labels: Catalogue) -> list[Finding]:
    order = {severity: number for number, severity in enumerate((*SEVERITIES, ""))}
    entries = [finding(discrepancy, audit, labels) for discrepancy in audit.discrepancies]
    return _merged(
        sorted(entries, key=lambda finding: (order[finding.severity], -_distance(finding))), labels
    )


def _distance(discrepancy: Finding) -> Fraction:
    return Fraction(-1) if discrepancy.apart is None else discrepancy.apart


def explained_cases(audit: Audit, labels: Catalogue) -> list[Finding]:
    """Return the contradictions that a stated reason dissolves, in the order of the documents."""
    return list(said_once_of(labels, "explained", audit, lambda: _explained(audit, labels)))


def _explained(audit: Audit, labels: Catalogue) -> list[Finding]:
    return _merged([finding(judgement, audit, labels) for judgement in audit.explained], labels)


def _merged(entries: list[Finding], labels: Catalogue) -> list[Finding]:
    """Put findings of one severity and one cause, with the answers to them, under the first of them."""
    merged: dict[tuple[str, str], Finding] = {}
    for finding in entries:
        key = (finding.severity, finding.cause or finding.id)
        if key in merged:
            where = labels("label.pair", first=finding.place, second=finding.id)
            also = (*merged[key].also, labels("label.in_brackets", first=finding.statement, second=where))
            ids = (*merged[key].also_ids, finding.id)
            its = (
                labels("label.in_brackets", first=finding.review, second=finding.id) if finding.review else ""
            )
            review = labels("label.list_separator").join(text for text in (merged[key].review, its) if text)
            merged[key] = replace(merged[key], also=also, also_ids=ids, review=review)
        else:
            merged[key] = finding
    return list(merged.values())


def finding(judgement: Judgement, audit: Audit, labels: Catalogue) -> Finding:
    """Return one judgement in a reader's words, alone."""
    claim, recorded = judgement.claim, audit.recorded
    table = recorded[claim.table]
    row = table.records[claim.row]
    number = printed_number(claim, recorded)
    about = statement(judgement.leading.claim, recorded, labels)
    sentence = contradiction(judgement, audit, labels)
    contradicted = bool(row.get("first_printed"))
    check = judgement.leading
    return Finding(
        claim.id,
        judgement.severity,
        judgement.verdict,
        about[:1].upper() + about[1:],
        sentence.text,
        sentence.sides,
        document_title(claim, recorded, labels),
        locator(claim, recorded, labels),
        _differing(row, labels) if contradicted else _printed(row["printed"], number, labels),
        labels("audit.differ") if contradicted else _computed(judgement, labels),
        "" if contradicted else reading(check.claim.quantity, recorded, labels),
        () if contradicted else _inputs(judgement, audit, labels),
        judgement.remark("cause", labels.language),
        judgement.remark("undecided", labels.language),
        labels(f"reason.{judgement.reason}") if judgement.reason else "",
        review_words(judgement, audit, labels),
        apart=sentence.apart,
        translated=sentence.translated,
        foreign=_foreign(row, provenance(check.claim.quantity, recorded), labels),
    )


def _foreign(row: dict[str, str], entries: list[dict], labels: Catalogue) -> tuple[str, ...]:
    """Return the parts of the places that a finding names for which the language has no words."""
    own = (row[name] for name in ("place", "first_place", "second_place") if row.get(name))
    places = (*own, *(entry["place"] for entry in entries[:SHOWN_INPUTS]))
    return tuple(dict.fromkeys(part for place in places for part in place_words(place, labels).foreign))


def review_words(judgement: Judgement, audit: Audit, labels: Catalogue) -> str:
    """Return the answers to a finding, each with whether it is open again; empty where there is none."""
    texts = []
    for review, changed in answers(judgement, audit, audit.reviews):
        text = labels(
            "review.answer",
            answer=labels(f"review.{review.answer}"),
            who=review.who,
            when=review.when,
            text=review.text if not review.evidence else f"{review.text} ({review.evidence})",
        )
        texts.append(labels("review.open_again", answer=text) if changed else text)
    return labels("label.list_separator").join(texts)


def _differing(row: dict[str, str], labels: Catalogue) -> str:
    places = (
        labels("audit.line", place=place_words(row[f"{one}_place"], labels).text, line=row[f"{one}_line"])
        for one in ("first", "second")
    )
    printings = (
        f"“{row[f'{one}_printed']}” ({place})" for one, place in zip(("first", "second"), places, strict=True)
    )
    return labels("label.list_separator").join(printings)


def _printed(text: str, read: tuple | None, labels: Catalogue) -> str:
    if read is None:
        return ""
    value, _, unit_name, _ = read
    if text.rstrip("%") == decimal_text(value):
        return printed_reading(text, read, labels) or number_with_unit(value, unit_name, labels)
    return f"{text} ({printed_reading(text, read, labels)})"


def printed_reading(text: str, read: tuple | None, labels: Catalogue) -> str:
    """Return what a numeral in print says, with its qualifier: "less than 1%"; empty where it says so itself.

    Parameters
    ----------
    text : str
        As printed.
    read : tuple or None
        Value, decimals, unit and qualifier; None of a comparison in words.
    labels : Catalogue
        Of the language.
    """
    if read is None:
        return ""
    value, _, unit_name, qualifier = read
    amount = number_with_unit(value, unit_name, labels)
    if f"qualifier.{qualifier}" in labels:
        return labels(f"qualifier.{qualifier}", number=amount)
    bare = text.rstrip("%") == decimal_text(value) and unit(unit_name).kind not in MEASURED
    return "" if bare else amount


def _computed(judgement: Judgement, labels: Catalogue) -> str:
    recomputed = judgement.recomputed
    if recomputed.unit == "truth":
        return labels("audit.does_not_hold")
    value = number_with_unit(recomputed.value, recomputed.unit, labels, 3)
    if recomputed.low == recomputed.high:
        return value
    low, high = (
        number_with_unit(end, recomputed.unit, labels, 3) for end in (recomputed.low, recomputed.high)
    )
    if low == high == value:
        return value
    return labels("audit.within", value=value, low=low, high=high)


def _in_brackets(words: str) -> str:
    return f" ({words})" if words else ""


def _inputs(judgement: Judgement, audit: Audit, labels: Catalogue) -> tuple[str, ...]:
    entries = provenance(judgement.leading.claim.quantity, audit.recorded)
    texts = [
        f"{entry['printed']}{_in_brackets(unit_words(entry['unit'], labels))}"
        f" – {place_words(entry['place'], labels).text}, {entry['id']}"
        for entry in entries
        if entry["printed"]
    ]
    more = len(texts) - SHOWN_INPUTS
    return tuple(texts[:SHOWN_INPUTS] + ([labels("audit.more_inputs", number=str(more))] if more > 0 else []))
