"""Results as organisations publish them: activities, results, indicators and the values stated of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import count

import pandas as pd

BASELINE, TARGET, RESULT = "baseline", "target", "result"
STATED = (BASELINE, TARGET, RESULT)
TABLES = {
    "activities": ("key", "identifier", "status", "dates"),
    "results": ("key", "activity", "type", "title", "aggregation"),
    "indicators": ("key", "result", "title", "measure", "ascending", "aggregation"),
    "values": (
        *("key", "indicator", "entry", "stated", "value", "year", "date", "start", "end"),
        *("location", "place"),
    ),
    "texts": ("of", "key", "part", "language", "text"),
    "references": ("of", "key", "code", "vocabulary", "uri"),
    "links": ("of", "key", "format", "url", "part", "language", "text", "category", "written_in", "date"),
}
DIMENSION = "dimension:"


class PublishedError(ValueError):
    """A file of published results that cannot be read as it stands; the message lists what is wrong where."""


@dataclass(frozen=True)
class Published:
    """Published results: related tables of text; ``""`` where a file states nothing.

    Attributes
    ----------
    activities : pandas.DataFrame
        ``key, identifier, status, dates``: what results are of (an operation, a project); dates are written
        ``type:date``.
    results : pandas.DataFrame
        ``key, activity, type, title, aggregation``; type and aggregation as IATI codes them.
    indicators : pandas.DataFrame
        ``key, result, title, measure, ascending, aggregation``; codes as IATI has them.
    values : pandas.DataFrame
        One row per stated number: ``key, indicator, entry`` (what was stated together), ``stated``
        (``baseline``, ``target`` or ``result``), ``value`` as written, ``year`` and ``date`` of a baseline,
        ``start`` and ``end`` of the period, ``location`` (several with `` | ``), ``place`` in the file, and a
        column ``dimension:<name>`` for each dimension. An entry without a result has an empty one.
    texts, references, links : pandas.DataFrame
        Words in each language, codes of other frameworks, and documents, ``of`` one of the tables above.
    """

    activities: pd.DataFrame
    results: pd.DataFrame
    indicators: pd.DataFrame
    values: pd.DataFrame
    texts: pd.DataFrame
    references: pd.DataFrame
    links: pd.DataFrame

    @property
    def dimensions(self) -> list[str]:
        """The names of the dimensions, in the order in which they first appear."""
        named = [name for name in self.values if name.startswith(DIMENSION)]
        return [name.removeprefix(DIMENSION) for name in named]

    def wide(self) -> pd.DataFrame:
        """Return the values with the columns of their indicator, result and activity: one tidy frame."""
        above = self.indicators.rename(columns={"key": "indicator", "title": "indicator_title"})
        results = self.results.rename(
            columns={"key": "result", "title": "result_title", "aggregation": "result_aggregation"}
        )
        activities = self.activities[["key", "identifier"]].rename(columns={"key": "activity"})
        return (
            self.values.merge(above, on="indicator", how="left", validate="m:1")
            .merge(results, on="result", how="left", validate="m:1")
            .merge(activities, on="activity", how="left", validate="m:1")
        )


class Gathering:
    """Rows of published results, as a reader meets them.

    Attributes
    ----------
    rows : dict of str to list of dict
        Rows by table.
    """

    def __init__(self):
        self.rows: dict[str, list[dict[str, str]]] = {name: [] for name in TABLES}
        self._keys = {name: count(1) for name in TABLES}

    def add(self, table: str, **cells: str) -> str:
        """Add a row and return its key."""
        key = str(next(self._keys[table]))
        self.rows[table].append({"key": key, **cells})
        return key

    def say(self, of: str, key: str, part: str, texts: Iterable[tuple[str, str]]) -> None:
        """Add words, as pairs of language and text, of a row."""
        for language, text in texts:
            row = {"of": of, "key": key, "part": part, "language": language, "text": text}
            self.rows["texts"].append(row)

    def done(self) -> Published:
        """Return the tables, with an empty result for each entry that has none."""
        self._complete()
        frames = {}
        for name, columns in TABLES.items():
            names = dict.fromkeys([*columns, *(column for row in self.rows[name] for column in row)])
            cells = {column: [row.get(column, "") for row in self.rows[name]] for column in names}
            frames[name] = pd.DataFrame(cells, dtype=str)
        return Published(**frames)

    def _complete(self) -> None:
        entries: dict[str, dict[str, dict[str, str]]] = {}
        for row in self.rows["values"]:
            entries.setdefault(row["entry"], {})[row["stated"]] = row
        for entry in entries.values():
            if RESULT not in entry:
                like = entry.get(TARGET) or entry[BASELINE]
                self.add("values", **{**like, "stated": RESULT, "value": "", "year": "", "date": ""})


def joined(parts: list[Published]) -> Published:
    """Return several files' results as one: keys and entries are numbered anew, nothing is merged.

    Parameters
    ----------
    parts : list of Published
        In order.
    """
    links = {"activity": "activities", "result": "results", "indicator": "indicators"}
    offsets = dict.fromkeys(("activities", "results", "indicators", "values", "entry"), 0)
    collected: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}

    def moved(column: pd.Series, of: str) -> pd.Series:
        return column.map(lambda key: str(int(key) + offsets[of]))

    for part in parts:
        for field in fields(part):
            frame = getattr(part, field.name).copy()
            if field.name in offsets:
                frame["key"] = moved(frame["key"], field.name)
            elif len(frame):
                frame["key"] = [
                    str(int(key) + offsets[of]) for of, key in zip(frame["of"], frame["key"], strict=True)
                ]
            for column, of in links.items():
                if column in frame:
                    frame[column] = moved(frame[column], of)
            if "entry" in frame:
                frame["entry"] = moved(frame["entry"], "entry")
            collected[field.name].append(frame)
        for name in offsets:
            column = part.values["entry"] if name == "entry" else getattr(part, name)["key"]
            offsets[name] += max((int(key) for key in column), default=0)
    return Published(
        **{
            name: pd.concat(frames, ignore_index=True).fillna("").astype(str)
            for name, frames in collected.items()
        }
    )
