"""Numbers that the record itself contradicts: each with the finding of the audit that says so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from analysis.audit.judging import OTHER_PRINTING, Audit, Judgement, places
from analysis.checking.candidates.agreement import agreement, agrees
from analysis.checking.candidates.candidate import Candidate, factor
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.verdicts import DISAGREES, RIGHT, UNDECIDED, Verdict
from analysis.labels import Catalogue
from analysis.reading import PrintedNumber

SIDES = ("first", "second")
# The verdicts that name a quantity of the record.
SPEAKING = (*RIGHT, DISAGREES, UNDECIDED)


@dataclass(frozen=True)
class Contested:
    """The discrepancies of an audit by the recorded numbers that they speak of.

    A finding speaks of the number that it judges, of the one other printing that it is compared with, and of
    the numbers that stand in the two places that it names. What a number was only computed from is not
    contested. ``by_id`` are the findings by the id of a recorded number, those that judge it first;
    ``sentences`` what findings say, by their ids and the language, each said once.
    """

    audit: Audit
    by_id: dict[str, tuple[Judgement, ...]]
    sentences: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, audit: Audit) -> Contested:
        """Return what an audit contests."""
        by_id: dict[str, list[Judgement]] = {}
        for judgement in audit.discrepancies:
            by_id.setdefault(judgement.claim.id.partition("#")[0], []).append(judgement)
        printed = _by_line(audit)
        for judgement in audit.discrepancies:
            for other in dict.fromkeys(
                [*_other_printing(judgement, audit), *_sides(judgement, audit, printed)]
            ):
                by_id.setdefault(other, []).append(judgement)
        return cls(audit, {number: tuple(dict.fromkeys(held)) for number, held in by_id.items()})

    def judging(self, candidate: Candidate) -> Judgement | None:
        """Return the finding that speaks of a recorded number; None where none does."""
        return next(iter(self.by_id.get(candidate.id, ())), None) if candidate.row >= 0 else None

    def offered(self, number: PrintedNumber, candidates: list[Candidate]) -> Judgement | None:
        """Return the finding on the first contested quantity of several with which a number agrees."""
        agreed = (self.judging(candidate) for candidate in candidates if agreement(number, candidate))
        return next((judgement for judgement in agreed if judgement is not None), None)

    def beside(self, checked: Checked) -> Checked:
        """Return a checked number with the finding that the audit has on its quantity.

        A number that is no printed one but what the record's own numbers come to is not called wrong.
        """
        verdict = checked.verdict
        if verdict.verdict not in SPEAKING:
            return checked
        if verdict.verdict == UNDECIDED:
            offered = [match.candidate for match in verdict.matches]
            return replace(checked, finding=self.offered(checked.number, offered))
        judgement = self.judging(verdict.candidate) if verdict.candidate is not None else None
        if judgement is None or verdict.verdict != DISAGREES or not self.computes(judgement, checked.number):
            return checked if judgement is checked.finding else replace(checked, finding=judgement)
        return replace(checked, finding=judgement, verdict=Verdict(UNDECIDED, matches=verdict.matches))

    def computes(self, judgement: Judgement, number: PrintedNumber) -> bool:
        """Whether a number is what the record's own numbers come to, where another is printed."""
        recomputed = judgement.recomputed
        if recomputed is None or recomputed.missing or recomputed.unit == "truth":
            return False
        return bool(agrees(number, recomputed.value * factor(recomputed.unit)))

    def told(self, judgement: Judgement, labels: Catalogue) -> str:
        """Return a finding in a sentence, with both of its sides and its id."""
        asked = judgement.claim.id, labels.language
        if asked not in self.sentences:
            from analysis.audit.findings import finding

            said = finding(judgement, self.audit, labels)
            self.sentences[asked] = labels("draft.contradiction", told=said.sentence, id=said.id)
        return self.sentences[asked]

    def get_ready(self, labels: Catalogue) -> None:
        """Say every finding in a language."""
        for judgement in self.audit.discrepancies:
            self.told(judgement, labels)


def _other_printing(judgement: Judgement, audit: Audit) -> list[str]:
    if judgement.leading.way != OTHER_PRINTING:
        return []
    read = places(judgement.leading.claim.quantity, audit.recorded)
    return [audit.recorded[table].records[row]["id"] for table, row in read]


def _by_line(audit: Audit) -> dict[tuple[str, str], list[dict[str, str]]]:
    """Return the recorded numbers in print by document and line."""
    lines: dict[tuple[str, str], list[dict[str, str]]] = {}
    for table in audit.recorded.values():
        for row in table.records:
            if row.get("line") and row.get("printed") and row.get("value"):
                lines.setdefault((row["id"].partition("/")[0], row["line"]), []).append(row)
    return lines


def _sides(judgement: Judgement, audit: Audit, printed: dict) -> list[str]:
    """Return the numbers that are quoted where two places are set against one another."""
    row = audit.recorded[judgement.claim.table].records[judgement.claim.row]
    document = judgement.claim.id.partition("/")[0]
    return [
        number["id"]
        for side in SIDES
        for number in printed.get((document, row.get(f"{side}_line", "")), ())
        if number["printed"] in row.get(f"{side}_printed", "")
    ]
