"""Telling a verdict: in words of the draft's language, as rows, with a wording that would be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.checking.candidates.agreement import in_units_of_one
from analysis.checking.candidates.candidate import Candidate, factor
from analysis.checking.candidates.derived import Derived
from analysis.checking.drafts import Checker
from analysis.checking.judging.checked import Checked
from analysis.checking.judging.combined import CombinedValue
from analysis.checking.judging.doubts import of_another_order
from analysis.checking.judging.own_numbers import OwnSum
from analysis.checking.judging.printed_forms import as_printed, reworded
from analysis.checking.judging.said_otherwise import ends_stated, times_stated
from analysis.checking.judging.verdicts import (
    DISAGREES,
    LOOKING_WRONG,
    NO_DATUM,
    NOT_RECORDED,
    OTHER_PERIOD,
    RIGHT,
    UNDECIDED,
)
from analysis.checking.text.direction_words import DIRECTION, IN_WORDS, RANK
from analysis.labels import Catalogue
from analysis.labels.amounts import stated_amount
from analysis.labels.places import place_words
from analysis.labels.units import unit_words
from analysis.reading import PrintedNumber

KEYS = {
    "agrees": "agrees",
    "rounding": "rounding",
    DISAGREES: "disagrees",
    OTHER_PERIOD: "other_period",
    NOT_RECORDED: "not_recorded",
    LOOKING_WRONG: "looks_wrong",
    UNDECIDED: "undecided",
    NO_DATUM: "no_datum",
}
# Columns whose titles say by themselves what is counted.
NAMING = frozenset({"indicator", "deliverable"})
# How many quantities a sentence offers for a number that is undecided.
OFFERED = 2


@dataclass(frozen=True)
class Teller:
    """Words for verdicts."""

    checker: Checker

    def labels(self, language: str) -> Catalogue:
        """Return the labels of a language."""
        return self.checker.catalogue.labels[language]

    def amount(self, value: Fraction, unit: str, decimals: int, language: str) -> str:
        """Return an amount with its unit, in a language's form."""
        return stated_amount(value, max(decimals, 0), unit, self.labels(language))

    def held(self, checked: Checked) -> str:
        """Return what the record says of a number, with its unit; empty where it says nothing."""
        verdict, language = checked.verdict, checked.language
        if isinstance(verdict.derived, OwnSum):
            return self._own(checked, verdict.derived)
        if verdict.derived is not None:
            return self._derived(verdict.derived, language)
        candidate = verdict.candidate
        if candidate is None or candidate.value.missing:
            return ""
        return self.amount(candidate.value.value, candidate.unit, candidate.decimals, language)

    def _derived(self, derived: Derived, language: str) -> str:
        if derived.unit == "times":
            return self.amount(derived.value, "times", 2, language)
        value, unit = derived.value, derived.unit
        if unit in ("percent", "percentage_points"):
            return self.amount(value, unit, 1, language)
        first = derived.first
        size = self.checker.catalogue.by_id[first.id].base / first.value.value if first.value.value else 1
        return self.amount(value / size, unit, max(derived.first.decimals, derived.second.decimals), language)

    def _own(self, checked: Checked, own: OwnSum) -> str:
        """Return what the text's own numbers come to: with its unit, or in the form of the number."""
        if own.unit in ("percent", "percentage_points", "times"):
            return self.amount(own.value, own.unit, 2 if own.unit == "times" else 1, checked.language)
        locale = self.labels(checked.language)("language.locale")
        return reworded(checked, own.value, locale, checked.number.decimals)

    def told(self, checked: Checked) -> str:
        """Return a verdict in a sentence or two, in the language of the draft."""
        verdict, labels = checked.verdict, self.labels(checked.language)
        held = self.held(checked)
        if verdict.verdict == NO_DATUM:
            return labels("draft.no_datum", rule=verdict.rule.replace("_", " "))
        if verdict.verdict == NOT_RECORDED:
            missing = verdict.candidate is not None and verdict.candidate.value.missing
            key = "draft.not_available" if missing else "draft.not_recorded"
            return self._with_computation(labels(key), checked)
        if isinstance(verdict.derived, OwnSum):
            if checked.number.unit in IN_WORDS:
                later, earlier = (operand.text.strip() for operand in verdict.derived.operands)
                return labels("draft.own_moved", earlier=earlier, later=later)
            key = {DISAGREES: "own_disagrees", UNDECIDED: "own_undecided"}.get(verdict.verdict, "own_agrees")
            formula = verdict.derived.formula
            return labels(f"draft.{key}", held=held, printed=as_printed(checked), formula=formula)
        if verdict.grade == UNDECIDED:
            return labels("draft.undecided", offered=labels("label.list_separator").join(self._open(checked)))
        if verdict.verdict == OTHER_PERIOD:
            candidate = verdict.candidate
            return labels(
                "draft.other_period",
                statement=self.statement(candidate, checked.language),
                held=held or "–",
                period=verdict.period,
            )
        if verdict.derived is not None and (
            checked.number.unit in IN_WORDS or verdict.error_kind == DIRECTION
        ):
            return self._in_words(checked, verdict.derived)
        if otherwise := self._otherwise(checked, held):
            return otherwise
        turned = "_turned" if verdict.error_kind == DIRECTION else ""
        key, chance = f"draft.{KEYS[verdict.grade]}{turned}", f"{100 * verdict.chance:.0f}"
        parts = [labels(key, held=held, printed=as_printed(checked), chance=chance)]
        unit = (verdict.derived or verdict.candidate).unit if held else ""
        if verdict.error_kind == "unit" and unit and unit != checked.number.unit:
            parts.append(labels("draft.other_unit", unit=unit_words(unit, labels)))
        if verdict.right_for is not None:
            parts.append(
                labels(
                    "draft.right_for",
                    printed=as_printed(checked),
                    statement=self.statement(verdict.right_for, checked.language),
                )
            )
        return self._with_computation(" ".join(parts), checked)

    def _otherwise(self, checked: Checked, held: str) -> str:
        """Return what the record says of a number that only lacks its qualifier, time or other end."""
        verdict, number, labels = checked.verdict, checked.number, self.labels(checked.language)
        candidate, printed = verdict.candidate, as_printed(checked)
        if verdict.verdict != DISAGREES or candidate is None:
            return ""
        ends = ends_stated(self.checker.catalogue, candidate) if number.upper is not None else None
        if ends is not None:
            size, language = factor(candidate.unit), checked.language
            low, high = (
                self.amount(end / size, candidate.unit, candidate.decimals, language) for end in ends
            )
            return labels("draft.disagrees_ends", low=low, high=high, printed=printed)
        if verdict.error_kind == "qualifier" and number.qualifier and candidate.qualifier:
            held = labels(f"qualifier.{candidate.qualifier}", number=held)
            printed = labels(f"qualifier.{number.qualifier}", number=printed)
            return labels("draft.disagrees", held=held, printed=printed)
        return labels("draft.disagrees_time") if _of_another_time(checked) else ""

    def _with_computation(self, told: str, checked: Checked) -> str:
        """Return a verdict, with what the number may be computed as where that is offered."""
        made, labels = checked.verdict.computation, self.labels(checked.language)
        said = labels("draft.may_be_computed", offered=self._computed(made, checked)) if made else ""
        return f"{told} {said}".strip()

    def _computed(self, made: CombinedValue, checked: Checked) -> str:
        """Return a computation in words, with what it comes to."""
        labels = self.labels(checked.language)
        said = combined_in_words(made, [self._offered(one, checked) for one in made.operands], labels)
        if made.unit in ("percent", "percentage_points", "times"):
            amount = self.amount(made.value, made.unit, 2 if made.unit == "times" else 1, checked.language)
        else:
            amount = reworded(checked, abs(made.value), labels("language.locale"), checked.number.decimals)
        return labels("label.meaning", shorthand=said, meaning=amount)

    def _open(self, checked: Checked) -> list[str]:
        """Return what an undecided number may be: the likeliest of its order, or else the likeliest."""
        offered: dict[object, str] = {}
        for match in checked.verdict.offered:
            if isinstance(match, CombinedValue):
                offered[match] = self._computed(match, checked)
                continue
            held = match.candidate
            same = (held.base, held.unit, held.period, *(held.axes.get(axis) for axis in ("region", "sex")))
            if held.base and not of_another_order(checked.number, held.base):
                offered.setdefault(same, self._offered(held, checked))
        if not offered:
            return [self._offered(match.candidate, checked) for match in checked.verdict.matches[:1]]
        return list(offered.values())[:OFFERED]

    def _in_words(self, checked: Checked, derived: Derived) -> str:
        """Return what the record says of a direction or a rank: from where to where, which place."""
        labels = self.labels(checked.language)
        if derived.how == RANK:
            said = labels(
                "draft.ranked",
                statement=self._offered(derived.first, checked),
                rank=str(int(derived.value)),
                count=str(len(derived.peers) + 1),
            )
            place = int(checked.number.value)
            place += len(derived.peers) + 2 if place < 0 else 0
            holders = [one for one in derived.peers if derived.place_of(one) == place]
            if checked.verdict.verdict != DISAGREES or not holders:
                return said
            held = labels("label.list_separator").join(self._offered(one, checked) for one in holders)
            return f"{said} {labels('draft.rank_held', place=str(place), statement=held)}"
        return labels(
            "draft.moved",
            earlier=self._offered(derived.second, checked),
            later=self._offered(derived.first, checked),
        )

    def sourced(self, checked: Checked) -> str:
        """Return where what the record says stands: document, place and id, or the formula."""
        verdict, labels = checked.verdict, self.labels(checked.language)
        if isinstance(verdict.derived, OwnSum):
            return ""
        if verdict.derived is not None:
            return labels("draft.computed", formula=verdict.derived.shown)
        candidate = verdict.candidate
        if candidate is None or verdict.grade in (NO_DATUM, UNDECIDED):
            return ""
        document = labels.cited(self.checker.catalogue.sources[candidate.table], short=True)
        said = f"{self.statement(candidate, checked.language)}. "
        return said + labels(
            "draft.source", symbol=document, place=place_words(candidate.place, labels).text, id=candidate.id
        )

    def contested(self, checked: Checked) -> str:
        """Return the finding of the audit on the quantity of a number; empty where there is none."""
        if checked.finding is None:
            return ""
        return self.checker.contested.told(checked.finding, self.labels(checked.language))

    def statement(self, candidate: Candidate, language: str) -> str:
        """Return what a quantity is, in a language or else in English, with its period.

        A title that only codes give says of what table they are: "Results by region: Africa, Share".
        """
        title = candidate.titles.get(language) or candidate.titles["en"]
        codes = [
            labelled
            for axis in ("region", "sex", "age", "source", "measure")
            if (code := candidate.axes.get(axis))
            and axis in candidate.coded
            and (labelled := self._code(axis, code, language))
            and labelled.lower() not in title.lower()
        ]
        more = [*codes, candidate.period] if candidate.period and candidate.period not in title else codes
        said, table, labels = ", ".join([title, *more]), f"table.{candidate.table}", self.labels(language)
        if not candidate.named_by or candidate.axes.keys() & NAMING or table not in labels:
            return said
        return labels("label.meaning", shorthand=labels(table), meaning=said)

    def _code(self, axis: str, code: str, language: str) -> str:
        labels = self.labels(language)
        return labels(f"{axis}.{code}") if f"{axis}.{code}" in labels and code not in ("all", "total") else ""

    def _offered(self, candidate: Candidate | PrintedNumber, checked: Checked) -> str:
        if isinstance(candidate, PrintedNumber):
            return candidate.text.strip()
        said = self.statement(candidate, checked.language)
        if candidate.value.missing:
            return said
        value, unit = candidate.value.value, candidate.unit
        amount = self.amount(value, unit, candidate.decimals, checked.language)
        return self.labels(checked.language)("draft.offered", statement=said, amount=amount)

    def wording(self, checked: Checked) -> str:
        """Return what the number should be in its own form; empty where nothing is wrong."""
        verdict = checked.verdict
        if (
            verdict.verdict != DISAGREES
            or verdict.held is None
            or verdict.error_kind in (DIRECTION, RANK, "qualifier")
            or checked.number.upper is not None
            or _of_another_time(checked)
        ):
            return ""
        if verdict.error_kind == "unit" and verdict.held == abs(checked.number.value):
            return self.held(checked)
        return reworded(
            checked,
            abs(verdict.held),
            self.labels(checked.language)("language.locale"),
            self._decimals(checked),
        )

    def _decimals(self, checked: Checked) -> int:
        verdict = checked.verdict
        return (
            verdict.candidate.decimals_in_base if verdict.candidate is not None else checked.number.decimals
        )

    def why(self, checked: Checked) -> str:
        """Return which words, codes and period led to the quantity."""
        if checked.verdict.rule:
            return f"rule: {checked.verdict.rule}"
        if isinstance(checked.verdict.derived, OwnSum):
            return "the text's own numbers"
        if not checked.verdict.matches:
            return "no quantity of the record is spoken of in these words"
        match = checked.verdict.matches[0]
        parts = [f"words: {', '.join(match.words)}" if match.words else "no words"]
        codes = [f"{axis}={code}" for axis, code in sorted(match.candidate.axes.items())]
        if codes:
            parts.append("codes: " + ", ".join(codes))
        if match.around:
            parts.append(f"beside what is said around it: {', '.join(match.around)}")
        if match.conflicts:
            parts.append(f"against: {', '.join(match.conflicts)}")
        if checked.finding is not None:
            parts.append(f"contradicted in the record: finding {checked.finding.claim.id}")
        return "; ".join([*parts, f"score {match.score:.2f}"])


def _of_another_time(checked: Checked) -> bool:
    """Whether a number is the record's value, which counts it by another unit of time."""
    verdict = checked.verdict
    if verdict.error_kind != "unit" or verdict.candidate is None or not times_stated(verdict.candidate):
        return False
    return verdict.verdict == DISAGREES and verdict.held == in_units_of_one(checked.number)


def needs_telling(checked: Checked, every: bool = False) -> bool:
    """Whether a number is told: one that does not agree or bears a finding, or every one."""
    silent = (NO_DATUM,) if every else (NO_DATUM, *RIGHT)
    return checked.verdict.verdict not in silent or checked.finding is not None


__all__ = ["Teller", "needs_telling"]


def combined_in_words(made: CombinedValue, operands: Sequence[str], labels: Catalogue) -> str:
    """Return a computation in words."""
    *first, last = operands
    parts = {"first": " + ".join(first) or last, "second": last, "operands": " + ".join(operands)}
    return labels(f"draft.combined.{made.how}", **parts)
