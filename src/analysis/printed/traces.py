"""Traces: for each number on a page its sentence, value, inputs with file, row and place, and verdicts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping

from analysis.audit.judging import Audit, Check, places
from analysis.audit.readings import reading, reading_words
from analysis.audit.statements import number_with_unit
from analysis.audit.verdicts import DISCREPANCY
from analysis.labels import Catalogue
from analysis.labels.places import place_words
from analysis.labels.units import unit_words
from analysis.quantities import Quantity, Recorded, evaluate, selections
from analysis.quantities.expression import Selection

# Between these stands, in a sentence, the number of a phrase that the page holds once.
OPENS, CLOSES = "\ue000", "\ue001"


class Verdicts:
    """The verdicts of an audit, to look up by the number in print or by what recomputes it."""

    def __init__(self, audit: Audit):
        self.printed: dict[tuple[str, int], list[Check]] = defaultdict(list)
        self.computed: dict[Quantity, list[Check]] = defaultdict(list)
        for judgement in audit.all:
            for check in judgement.checks:
                if not check.claim.check:
                    self.printed[check.claim.table, check.claim.row].append(check)
                if check.claim.quantity is not None:
                    self.computed[check.claim.quantity].append(check)

    def on(self, quantity: Quantity, recorded: Recorded) -> list[Check]:
        """Return the verdicts on a number: the printed one that it is, or those that it recomputes."""
        if isinstance(quantity, Selection) and quantity.how == "one":
            return self.printed.get((quantity.table, quantity.selected(recorded)[0]), [])
        return self.computed.get(quantity, [])


class Traces:
    """The traces of one page; rows that several numbers read are kept once, and so are their words.

    Parameters
    ----------
    recorded : Recorded
    labels : Catalogue
        Of the language, with the record.
    verdicts : Verdicts
        Of the audit on the numbers in print.
    pages : mapping, optional
        The stem of the finding's page by the id of a claim.
    cited : str, optional
        What is cited with a number: who publishes the report, its title and edition.
    """

    def __init__(
        self,
        recorded: Recorded,
        labels: Catalogue,
        verdicts: Verdicts,
        pages: Mapping[str, str] | None = None,
        cited: str = "",
    ):
        self.recorded, self.labels, self.verdicts = recorded, labels, verdicts
        self.pages, self.cited = pages or {}, cited
        self.numbers: dict[str, dict] = {}
        self.rows: dict[tuple[str, int], int] = {}
        self.words: dict[str, int] = {}
        self._parts: dict[Selection, str] = {}

    def add(self, key: str, quantity: Quantity, title: str, text: str) -> None:
        """Add the trace of a number.

        Parameters
        ----------
        key : str
            Names the number on the page.
        quantity : Quantity
        title : str
            What the number is: its row and its column.
        text : str
            The number as printed.
        """
        value = evaluate(quantity, self.recorded)
        read = dict.fromkeys(places(quantity, self.recorded))
        entry = {
            "title": title,
            "text": text,
            "sentence": self._sentence(quantity),
            "inputs": [self.rows.setdefault(place, len(self.rows)) for place in read],
            "claims": [self._claim(judgement) for judgement in self.verdicts.on(quantity, self.recorded)],
        }
        if value.value is not None and value.unit != "truth":
            entry["value"] = number_with_unit(value.value, value.unit, self.labels)
            if value.low != value.high:
                low, high = (
                    number_with_unit(end, value.unit, self.labels) for end in (value.low, value.high)
                )
                entry["range"] = [low, high]
        self.numbers[key] = entry

    def _sentence(self, quantity: Quantity) -> str:
        """Return a number's sentence, in which the words of what it reads are named by their place."""
        sentence = reading(quantity, self.recorded, self.labels)
        read = selections(quantity)
        for phrase in dict.fromkeys(map(self._words_of, read)):
            if phrase in sentence:
                sentence = sentence.replace(
                    phrase, f"{OPENS}{self.words.setdefault(phrase, len(self.words))}{CLOSES}"
                )
        return sentence

    def _words_of(self, part: Selection) -> str:
        """Return the words of what a number reads, found once a page."""
        if part not in self._parts:
            self._parts[part] = reading_words(part, self.recorded, self.labels)
        return self._parts[part]

    def finding_of(self, quantity: Quantity) -> str:
        """Return the stem of the finding's page that contradicts a number; empty where none does."""
        checks = (
            check for check in self.verdicts.on(quantity, self.recorded) if check.verdict == DISCREPANCY
        )
        return next(filter(None, (self._claim(check)["finding"] for check in checks)), "")

    def is_contradicted(self, key: str) -> bool:
        """Whether the audit found that something in print contradicts a number of the page."""
        return any(claim["code"] == DISCREPANCY for claim in self.numbers[key]["claims"])

    @property
    def contradicted(self) -> list[str]:
        """The stems of the findings' pages that speak of numbers of the page, once each."""
        ids = [
            claim["finding"]
            for number in self.numbers.values()
            for claim in number["claims"]
            if claim["code"] == DISCREPANCY
        ]
        return list(dict.fromkeys(ids))

    def _claim(self, check: Check) -> dict[str, str]:
        claim = check.claim
        row = self.recorded[claim.table].records[claim.row]
        return {
            "id": claim.id,
            "code": check.verdict,
            "verdict": self.labels(f"verdict.{check.verdict}"),
            "printed": row["printed"],
            "cause": claim.remark("cause", self.labels.language),
            "finding": self.pages.get(claim.id) or self.pages.get(claim.id.partition("#")[0], ""),
        }

    def _row(self, place: tuple[str, int]) -> list[str]:
        name, number = place
        table = self.recorded[name]
        row, source = table.records[number], table.source_of(number)
        location = place_words(row["place"], self.labels)
        where = self.labels("label.pair", first=self.labels.document(source.document), second=location.text)
        if row["line"]:
            where = self.labels("audit.line", place=where, line=row["line"])
        return [
            row["printed"],
            unit_words(row["unit"], self.labels),
            where,
            f"{source.path}:{table.file_row(number)}",
            *location.foreign,
        ]

    def payload(self) -> str:
        """Return the traces as JSON that may stand inside a page."""
        rows = [self._row(place) for place in self.rows]
        content = {"numbers": self.numbers, "rows": rows, "words": list(self.words)}
        content |= {"home": self.labels.home, "cited": self.cited}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
