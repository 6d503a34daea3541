"""The record of a period opened: exhibits, audit and sentences, which hold no words, and exhibits as printed.

A process that others are forked from opens it before them (:func:`read_beforehand`), so that they need not.
"""

from __future__ import annotations

from functools import cached_property

from analysis.audit.claims import Claim, claims
from analysis.audit.judging import Audit
from analysis.audit.opening import open_audit
from analysis.exhibits.catalogue import definitions
from analysis.exhibits.layout import Definition, make
from analysis.exhibits.parts import Exhibit
from analysis.exhibits.sentences import Spoken, sentences_of_period
from analysis.labels import Catalogue
from analysis.labels.watching import looked_up_before, watched
from analysis.periods import Period
from analysis.printed.printable import ResolvedExhibit
from analysis.printed.resolve import resolve
from analysis.quantities import Recorded
from analysis.sources.register import Register


class OpenRecord:
    """The record of a period, and what reports in all languages say of it: each part made once, when wanted.

    Parameters
    ----------
    register : Register
    period : Period
    recorded : Recorded
        The record of the period, corrected or with further tables where it is.
    """

    def __init__(self, register: Register, period: Period, recorded: Recorded):
        self.register, self.period, self.recorded = register, period, recorded
        self._exhibits: dict[str, Exhibit] = {}

    def exhibit(self, definition: Definition) -> Exhibit:
        """Return the exhibit that is laid out so."""
        if definition.id not in self._exhibits:
            self._exhibits[definition.id] = make(definition, self.recorded, self.period)
        return self._exhibits[definition.id]

    @property
    def exhibits(self) -> dict[str, Exhibit]:
        """All exhibits by id, in the documents' order."""
        return {definition.id: self.exhibit(definition) for definition in definitions(self.recorded)}

    @cached_property
    def spoken(self) -> tuple[Spoken, ...]:
        """What can be said of the period in sentences."""
        return sentences_of_period(self.recorded, self.period)

    @cached_property
    def claims(self) -> list[Claim]:
        """Every number and comparison that the documents print."""
        return claims(self.recorded, self.register)

    @cached_property
    def audit(self) -> Audit:
        """The verdicts on every number that the documents print."""
        return open_audit(self.register, self.period, self.recorded, self.claims)


class RecordInLanguage:
    """An opened record in a language.

    Parameters
    ----------
    record : OpenRecord
    labels : Catalogue
        The words of the language and of the record.
    """

    def __init__(self, record: OpenRecord, labels: Catalogue):
        self.record, self.labels = record, labels
        self._printed: dict[str, tuple[ResolvedExhibit, dict[tuple[str, str], str | None]]] = {}

    def printed(self, exhibit: Exhibit) -> ResolvedExhibit:
        """Return an exhibit of the record as printed; its labels count as looked up every time."""
        if exhibit.id not in self._printed:
            with watched() as seen:
                self._printed[exhibit.id] = resolve(exhibit, self.record.recorded, self.labels), seen
        resolved, seen = self._printed[exhibit.id]
        looked_up_before(seen)
        return resolved


_Asked = tuple[object, ...]
_RECORDS: dict[_Asked, OpenRecord] = {}
_IN_LANGUAGES: dict[_Asked, RecordInLanguage] = {}
"""What was opened beforehand, in this process or the one that it was forked from."""


def read_beforehand(register: Register, period: Period, language: str, corrected: bool = False) -> None:
    """Open a record, with all that a report in a language may say of it, for :func:`open_record`.

    Nothing that it was read from may be changed before the process ends. What does not depend on the language
    is opened once for all languages.
    """
    asked = register.root, period, language, corrected
    if asked not in _IN_LANGUAGES:
        record = read_record_beforehand(register, period, corrected)
        opened = RecordInLanguage(record, Catalogue(language, record.recorded))
        for exhibit in record.exhibits.values():
            opened.printed(exhibit)
        _IN_LANGUAGES[asked] = opened


def read_record_beforehand(register: Register, period: Period, corrected: bool = False) -> OpenRecord:
    """Open what reports in all languages say of a period, as :func:`read_beforehand` does."""
    asked = register.root, period, corrected
    if asked not in _RECORDS:
        record = OpenRecord(register, period, register.recorded(period, corrected=corrected))
        _ = record.exhibits, record.audit, record.spoken
        _RECORDS[asked] = record
    return _RECORDS[asked]


def open_record(
    register: Register, period: Period, language: str, corrected: bool = False
) -> RecordInLanguage:
    """Return the record of a period in a language: what was opened beforehand where it was.

    Parameters
    ----------
    register : Register
    period : Period
        A registered period.
    language : str
    corrected : bool
        Whether the corrections ledger is applied.
    """
    if before := _IN_LANGUAGES.get((register.root, period, language, corrected)):
        return before
    record = _RECORDS.get((register.root, period, corrected))
    if record is None:
        record = OpenRecord(register, period, register.recorded(period, corrected=corrected))
    return RecordInLanguage(record, Catalogue(language, record.recorded))
