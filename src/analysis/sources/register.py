"""The register of recorded files: a Frictionless Data Package over ``data/raw``, checked by SHA-256."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from analysis.periods import Period
from analysis.quantities.tables import REQUIRED, Recorded, RecordedTable, Source
from analysis.sources.appending import append, rows_of_period, stacked_tables
from analysis.sources.corrections import OPEN, Correction, CorrectionError, read_corrections
from analysis.sources.corrections import apply_corrections as apply_corrections
from analysis.sources.datapackage import counted_in, read_descriptor, registered_bytes, table_of
from analysis.sources.links import link_tables
from analysis.sources.organisations import Organisation, organisations
from analysis.sources.project import DESCRIPTOR, RegisterError, project_root
from analysis.sources.vintages.beside import Later, estimates, keyed, with_estimates
from analysis.sources.written import written_rows

# Tables that hold words and codes instead of numbers.
ABOUT = ("framework", "layout")
# That which quantities count: how many outcomes there are.
COUNTED = "framework.nodes"
REPORT = "report"


@dataclass(frozen=True)
class Document:
    """A source document: whose, of what kind, what it is about, and of which periods it holds figures.

    ``published`` holds, as far as the text that was read shows them, ``session``, ``date`` (ISO 8601),
    ``publisher``, ``isbn``, ``job_number``, ``address``, the language of the ``original``, the ``language``
    and ``edition`` read, and under ``not_in_text`` what it does not show.
    """

    name: str
    organisation: str
    kind: str
    symbol: str
    period: str
    periods: tuple[str, ...]
    year: int
    title: dict[str, str]
    short_title: dict[str, str]
    framework: str = ""
    licence: str = ""
    attribution: str = ""
    language: str = ""
    published: dict[str, str | list[str]] = field(default_factory=dict)


class Register:
    """The recorded files of a project.

    Parameters
    ----------
    root : Path
        The folder that holds ``data/raw``.
    """

    def __init__(self, root: Path | str | None = None):
        self.root = Path(root) if root else project_root()
        self.folder = self.root / "data" / "raw"

    def __repr__(self) -> str:
        return f"Register({str(self.root)!r})"

    @cached_property
    def descriptor(self) -> dict:
        """The data package descriptor."""
        return read_descriptor(self.folder)

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """The organisations by id, the default one first."""
        return organisations(self.root)

    def organisation(self, name: str = "") -> Organisation:
        """Return an organisation, by default the one that is meant where none is named.

        Raises
        ------
        RegisterError
            When there is none of that name; the message lists those that there are.
        """
        identifier = name or next(iter(self.organisations))
        if identifier not in self.organisations:
            raise RegisterError(f"no organisation {name!r}: there are {', '.join(self.organisations)}")
        return self.organisations[identifier]

    @cached_property
    def documents(self) -> dict[str, Document]:
        """The documents by name, in the descriptor's order."""
        return {
            entry["name"]: Document(**{**entry, "periods": tuple(entry["periods"])})
            for entry in self.descriptor["documents"]
        }

    def periods(self, organisation: str = "") -> list[Period]:
        """Return the periods that an organisation's documents hold figures of, in order of time."""
        whose = self.organisation(organisation)
        names = {
            name
            for document in self.documents.values()
            if document.organisation == whose.id
            for name in document.periods
        }
        return sorted(whose.calendar.read(name) for name in names)

    def before(self, period: Period) -> Period:
        """Return the newest earlier period that documents hold figures of; else the one right before."""
        earlier = [other for other in self.periods(period.organisation) if other < period]
        return max(earlier, default=period.previous)

    def newest(self, organisation: str = "") -> Period:
        """Return the newest period that a report of an organisation is about.

        Raises
        ------
        RegisterError
            When the organisation has no report.
        """
        whose = self.organisation(organisation)
        periods = [
            whose.calendar.read(document.period)
            for document in self.documents.values()
            if document.organisation == whose.id and document.kind == REPORT
        ]
        if not periods:
            raise RegisterError(
                f"no document of kind {REPORT!r} of {whose.id} is registered: lay the first out by hand, "
                "or import it (CONTRIBUTING)"
            )
        return max(periods)

    def period(self, text: str | None = None, organisation: str = "") -> Period:
        """Read a period by its organisation's calendar and check that it is registered.

        Parameters
        ----------
        text : str, optional
            As written, for example ``2020-21``; the newest when left out or empty.
        organisation : str
            Whose; by default the one that is meant where none is named.

        Raises
        ------
        ValueError
            When the text is no period of that calendar.
        RegisterError
            When no document holds figures of it; the message lists those that are registered.
        """
        if text in (None, ""):
            return self.newest(organisation)
        period = self.organisation(organisation).calendar.read(text)
        if period not in self.periods(organisation):
            known = ", ".join(map(str, self.periods(organisation)))
            raise RegisterError(
                f"period {period} of {period.organisation} is not registered in data/raw/{DESCRIPTOR}; "
                f"registered: {known}"
            )
        return period

    def period_of_id(self, identifier: str) -> Period | None:
        """Return the period that the document of an id is about; None where no registered document is named.

        Where it is about a span of several periods, the newest of which it holds figures is meant.
        """
        begins = (former for former in self.renames if identifier.startswith(former))
        former = max(begins, key=len, default="")
        current = self.renames.get(former, "") + identifier.removeprefix(former)
        document = self.documents.get(current.partition("/")[0])
        if document is None or "/" not in current:
            return None
        periods = [self.period(text, document.organisation) for text in document.periods]
        return next((period for period in periods if str(period) == document.period), max(periods))

    def between(self, before: Period, after: Period) -> list[Recorded]:
        """Return the records of the periods between two, in order of time."""
        periods = self.periods(after.organisation)
        return [self.recorded(period) for period in periods if before < period < after]

    def report_folder(self, period: Period, language: str) -> Path:
        """Return where a report stands below the folder of all reports."""
        own = Path(str(period)) / language
        return own if self.organisation().id == period.organisation else Path(period.organisation) / own

    def holding(self, period: Period) -> list[Document]:
        """Return the documents that hold figures of a period."""
        return [
            document
            for document in self.documents.values()
            if document.organisation == period.organisation and str(period) in document.periods
        ]

    def principal(self, period: Period) -> list[Document]:
        """Return the documents of a period whose framework and layout it follows.

        Of several documents of one kind, one that is about another period of the calendar only adds figures.
        """
        documents = self.holding(period)
        own = {document.kind for document in documents if document.period == str(period)}
        return [
            document
            for document in documents
            if document.kind not in own or not self._of_another(document, period)
        ]

    def _of_another(self, document: Document, period: Period) -> bool:
        return document.period != str(period) and document.period in document.periods

    def resources(self, period: Period | None = None) -> list[dict]:
        """Return the descriptors of the files of a period's documents, or of all."""
        if period is None:
            return self.descriptor["resources"]
        documents = self.holding(period)
        names = {document.name for document in documents} | {
            document.framework for document in documents if document.framework
        }
        return [
            entry
            for entry in self.descriptor["resources"]
            if entry["document"] in names and str(period) in entry.get("periods", [str(period)])
        ]

    def read(self, resource: dict, also: Iterable[str] = ()) -> pd.DataFrame:
        """Open one file as text, after checking its size and checksum; further columns are empty.

        Raises
        ------
        RegisterError
            When the file is missing, is not the registered one, or holds what its schema does not allow.
        """
        return table_of(
            registered_bytes(self.folder, resource), resource, self._counted[resource["document"]], also
        )

    @cached_property
    def _counted(self) -> dict[str, set[str]]:
        """The nouns that the numbers of each document may count."""
        return {name: counted_in(self.folder, name) for name in self.documents}

    @cached_property
    def renames(self) -> dict[str, str]:
        """What published ids began with once, and what they begin with now (``data/renames.csv``).

        Raises
        ------
        RegisterError
            When the table has one former name twice, or a name is blank.
        Unreadable
            When it has other columns, or a row has more or fewer cells.
        """
        path = self.root / "data" / "renames.csv"
        rows = written_rows(path, ("former", "current", "reason"))
        for number, row in enumerate(rows, start=2):
            if not row["former"] or not row["current"]:
                raise RegisterError(f"{path} row {number}: expected a former and a current name; found {row}")
        renames = {row["former"]: row["current"] for row in rows}
        if len(renames) < len(rows):
            raise RegisterError(f"{path}: a former name stands there twice; an id has one name today")
        return renames

    @cached_property
    def _estimates(self) -> tuple[Later, list[RecordedTable]]:
        """What stands beside a record of indicators; each vintage is read once."""
        return estimates(self.root)

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections ledger.

        Raises
        ------
        CorrectionError
            When the ledger cannot be read, or an open entry is of a table that is not registered.
        """
        entries = read_corrections(self.root / "data" / "corrections.csv")
        tables = {resource["path"].removesuffix(".csv") for resource in self.resources()}
        unknown = [
            entry.id
            for entry in entries
            if entry.status == OPEN and "/".join(entry.id.split("/")[:2]) not in tables
        ]
        if unknown:
            raise CorrectionError(
                f"data/corrections.csv: {', '.join(unknown)}: no registered table holds such an id; "
                "remove or close the entry"
            )
        return entries

    def recorded(self, period: Period | str, corrected: bool = False) -> Recorded:
        """Open every table of recorded numbers that a period's documents hold.

        Parameters
        ----------
        period : Period or str
            A registered period; text is read by the default organisation's calendar.
        corrected : bool
            Whether the corrections ledger is applied; by default everything is as printed.

        Returns
        -------
        Recorded
            Tables named ``<kind of document>.<table>``; links (``links.<stem>``) are there as well, and
            framework and layout under ``about``. Rows of one table in several documents are appended.

        Raises
        ------
        RegisterError
            When a file is missing or is not the registered one.
        CollisionError
            When two documents print one number of a table.
        """
        wanted_period = period if isinstance(period, Period) else self.period(period)
        leading = {document.name for document in self.principal(wanted_period)}
        followed = {document.framework or document.name for document in self.principal(wanted_period)}
        numbers: dict[str, list[RecordedTable]] = {}
        about: dict[str, list[RecordedTable]] = {}
        left_out: list[str] = []
        for entry in self.resources(wanted_period):
            room, holder = entry["table"].partition(".")[0], entry["document"]
            if room in ABOUT:
                if holder in (followed if room == "framework" else leading):
                    about.setdefault(entry["table"], []).append(self._table(entry))
            elif holder in leading:
                numbers.setdefault(entry["table"], []).append(self._table(entry))
            elif str(wanted_period) in self.documents[holder].periods:
                whole = self._table(entry)
                part = rows_of_period(whole, wanted_period)
                left_out += sorted(set(whole.rows["id"]) - set(part.rows["id"]))
                if len(part.rows):
                    numbers.setdefault(entry["table"], []).append(part)
        words = [stacked_tables(table) for table in about.values()]
        counted = [word for word in words if word.name == COUNTED]
        tables = [append(number) for number in numbers.values()]
        printed = Recorded([*tables, *link_tables(self.root), *counted], self.renames, words, left_out)
        if keyed(tables):
            printed = with_estimates(printed, *self._estimates)
        return apply_corrections(printed, self.corrections) if corrected else printed

    def _table(self, resource: dict) -> RecordedTable:
        """Return a file as a table; its checksum is compared each time, its cells are checked once."""
        content, document = registered_bytes(self.folder, resource), self.documents[resource["document"]]
        source = Source(
            document.name,
            document.symbol,
            f"data/raw/{resource['path']}",
            resource["hash"].removeprefix("sha256:"),
            resource["title"],
            str(document.year),
            document.period,
            resource.get("ordered", ""),
            document.language or next(iter(document.title)),
        )
        return _opened(content, json.dumps(resource), frozenset(self._counted[document.name]), source)


@lru_cache(maxsize=256)
def _opened(content: bytes, described: str, counted: frozenset[str], source: Source) -> RecordedTable:
    """Return the bytes of a file as a table: one for all registers and periods, since nobody changes it."""
    resource = json.loads(described)
    return RecordedTable(resource["table"], table_of(content, resource, counted, REQUIRED), source)
