"""From a record back to published results: what an export writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from fractions import Fraction

from analysis.exchange.codes import CsvRow
from analysis.exchange.framework import ADDS_UP, DIRECTION_OF, LOCATION, MEASURES, RESULT_TYPES
from analysis.exchange.numbers import PLAIN, QUALIFIERS
from analysis.exchange.published import BASELINE, DIMENSION, STATED, Gathering, Published, PublishedError
from analysis.exchange.spans import span_days, span_text
from analysis.rounding import as_fraction

ORGANISATION = "organisation"


def published_of(tables: Mapping[str, list[CsvRow]], language: str = "en") -> Published:
    """Return the published results that a record holds.

    Parameters
    ----------
    tables : mapping of str to list of dict
        Rows by file: ``results.csv``, ``activities.csv``, ``framework/nodes.csv``,
        ``framework/dimensions.csv``, ``framework/titles.csv``; ``texts.csv``, ``references.csv`` and
        ``links.csv`` where there are any.
    language : str
        Language whose titles stand for the node; the others go with them.

    Raises
    ------
    PublishedError
        When a file is missing, or a result is of an activity that is not there.
    """
    absent = [name for name in ("results", "activities") if f"{name}.csv" not in tables]
    if absent:
        raise PublishedError(f"the record has no {' and no '.join(absent)}.csv: it was not made by an import")
    return _Reading(tables, language).published()


def _codes(meanings: Mapping[str, str]) -> Callable[[str], str]:
    inverse = {meaning: code for code, meaning in meanings.items()}
    return lambda meaning: inverse[meaning]


def exchanged_number(row: Mapping[str, str]) -> str:
    """Return a recorded number as it is exchanged: with a decimal point, after its sign of comparison."""
    if not row["value"]:
        return row["printed"] if row["status"] == "text" else ""
    plain = row["printed"].removesuffix("%").strip()
    if PLAIN.fullmatch(plain):
        with suppress(ValueError):  # of more digits than any document prints
            if as_fraction(plain) == Fraction(row["value"]):
                return plain
    sign = next((sign for sign, meaning in QUALIFIERS.items() if meaning == row["qualifier"]), "")
    return f"{sign}{row['value']}"


class _Reading:
    def __init__(self, tables: Mapping[str, list[CsvRow]], language: str):
        self.tables, self.language = tables, language
        self.gathering = Gathering()
        nodes = tables["framework/nodes.csv"]
        self.area, self.level = list(dict.fromkeys(row["level"] for row in nodes))
        self.nodes = {(row["level"], row["code"]): row for row in nodes}
        dimensions = list(dict.fromkeys(row["dimension"] for row in tables["framework/dimensions.csv"]))
        self.operation = next(
            dimension for dimension in dimensions if dimension in tables["activities.csv"][0]
        )
        self.titles: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for row in tables["framework/titles.csv"]:
            # Activities mostly have no published title: theirs may be ours.
            if row["form"] == "title" and (row["wording"] == ORGANISATION or row["kind"] == self.operation):
                self.titles.setdefault((row["kind"], row["code"]), []).append((row["language"], row["text"]))
        self.dimensions = [name for name in dimensions if name not in (self.operation, LOCATION)]
        self.keys: dict[tuple[str, ...], str] = {}

    def _title(self, kind: str, code: str) -> str:
        texts = dict(self.titles.get((kind, code), ()))
        return texts.get(self.language) or next(iter(texts.values()), code)

    def _published_name(self, dimension: str, start: str, end: str) -> str:
        """Return what a dimension is called where it is published; it may have had another name before."""
        former = f"{dimension}_{span_text(start, end)}"
        return self._title("published", former if ("published", former) in self.titles else dimension)

    def published(self) -> Published:
        activities = {(row[self.operation], row["period"]): row for row in self.tables["activities.csv"]}
        entries: dict[str, dict[str, CsvRow]] = {}
        for row in self.tables["results.csv"]:
            entries.setdefault(row["entry"], {})[row["measure"]] = row
        for entry, measures in entries.items():
            first = measures["result"]
            activity = activities.get((first[self.operation], first["period"])) or activities.get(
                (first[self.operation], "")
            )
            if activity is None:
                raise PublishedError(
                    f"{first['id']}: activities.csv has no {first[self.operation]!r} of {first['period']}"
                )
            indicator = self._indicator(activity, first)
            start, end = span_days(first["period"])
            for stated in STATED:
                if stated in measures:
                    self._value(indicator, entry, measures[stated], start, end)
        self._words()
        return self.gathering.done()

    def _one(self, table: str, identity: tuple[str, ...], titled: tuple[str, str], **row: str) -> str:
        if (table, *identity) not in self.keys:
            self.keys[table, *identity] = key = self.gathering.add(table, **row)
            self.gathering.say(table, key, "title", self.titles.get(titled, ()))
        return self.keys[table, *identity]

    def _indicator(self, activity: CsvRow, row: CsvRow) -> str:
        operation, area, level = row[self.operation], row[self.area], row[self.level]
        own = self._one(
            "activities",
            (activity["identifier"],),
            (self.operation, operation),
            identifier=activity["identifier"],
            status=activity["activity_status"],
            dates=activity["dates"],
        )
        above, node = self.nodes[self.area, area], self.nodes[self.level, level]
        result = self._one(
            "results",
            (operation, own, node["kind"], area),
            (self.area, area),
            activity=own,
            type=_codes(RESULT_TYPES)(node["kind"]),
            title=self._title(self.area, area),
            aggregation=_codes(ADDS_UP)(above["adds_up"]),
        )
        return self._one(
            "indicators",
            (operation, result, level),
            (self.level, level),
            result=result,
            title=self._title(self.level, level),
            measure=_codes(MEASURES)(node["measure"]),
            ascending=_codes(DIRECTION_OF)(node["direction"]),
            aggregation=_codes(ADDS_UP)(node["adds_up"]),
        )

    def _value(self, indicator: str, entry: str, row: CsvRow, start: str, end: str) -> None:
        dimensions = {
            f"{DIMENSION}{self._published_name(name, start, end)}": self._title(name, row[name])
            for name in self.dimensions
            if row.get(name)
        }
        when = {"year": row["period"], "date": row.get("date", "")} if row["measure"] == BASELINE else {}
        self.keys["values", entry, row["measure"]] = self.gathering.add(
            "values",
            indicator=indicator,
            entry=entry,
            stated=row["measure"],
            value=exchanged_number(row),
            start=start,
            end=end,
            location=self._title(LOCATION, row[LOCATION]) if row[LOCATION] else "",
            place=f"{row['place']}, row {row['line']}",
            **when,
            **dimensions,
        )

    def _words(self) -> None:
        for name in ("texts", "references", "links"):
            for row in self.tables.get(f"{name}.csv", ()):
                about = {self.operation, self.area, self.level, "id", "kind", "entry", "measure", "document"}
                words = {column: text for column, text in row.items() if column not in about}
                for of, key in self._owners(row):
                    self.gathering.rows[name].append({"of": of, "key": key, **words})

    def _owners(self, row: CsvRow) -> list[tuple[str, str]]:
        if row["entry"]:
            return [("values", self.keys["values", row["entry"], row["measure"]])]
        if row[self.operation] and not row[self.area]:
            return [
                ("activities", key) for (table, *rest), key in self.keys.items()
                if table == "activities" and rest[0] in self._identifiers(row[self.operation])
            ]  # fmt: skip
        table = "indicators" if row[self.level] else "results"
        code = row[self.level] or row[self.area]
        return [
            (table, key)
            for (holder, *rest), key in self.keys.items()
            if holder == table
            and rest[-1] == code
            and row[self.operation] in ("", rest[0])
            and self._kind(table, key) == row["kind"]
        ]

    def _identifiers(self, operation: str) -> list[str]:
        return [
            row["identifier"] for row in self.tables["activities.csv"] if row[self.operation] == operation
        ]

    def _kind(self, table: str, key: str) -> str:
        rows = self.gathering.rows
        if table == "indicators":
            key = rows["indicators"][int(key) - 1]["result"]
        return RESULT_TYPES[rows["results"][int(key) - 1]["type"]]
