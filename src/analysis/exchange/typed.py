"""Published results of a record that was typed: targets and results by indicator, as IATI has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.exchange.framework import ADDS_UP, DIRECTION_OF, MEASURES, RESULT_TYPES
from analysis.exchange.published import BASELINE, DIMENSION, STATED, Gathering, Published, PublishedError
from analysis.exchange.recorded import exchanged_number
from analysis.exchange.spans import span_days
from analysis.framework import Framework, Node

OTHER = "other"


def published_of_typed(
    rows: Iterable[Mapping[str, str]],
    framework: Framework,
    activity: str,
    titles: Mapping[str, str],
    language: str = "en",
) -> Published:
    """Return the results that a typed table states, as one activity of its organisation.

    Parameters
    ----------
    rows : iterable of mapping
        Columns to text: a column for each level and dimension, ``measure``, ``period``, and the number.
    framework : Framework
        Its lowest level in the table is that of indicators; the node above is the result that each is of.
    activity : str
        Identifier of the activity.
    titles : mapping of str to str
        Title of the activity, by language.
    language : str
        Language whose titles stand for the node; the others go with them.

    Raises
    ------
    PublishedError
        When no row is a baseline, a target or a result of a node of the framework.

    Notes
    -----
    A number of the whole of a dimension names no dimension. A result is of IATI's type *other* unless its
    level bears the name of one of the types. Measures that are not stated follow from the unit.
    """
    writing = _Typed(framework, language)
    writing.begin(activity, titles)
    stated = [row for row in rows if row.get("measure") in STATED]
    # A level before stands in the period of what it is the level before of.
    for row in sorted(stated, key=lambda row: row["measure"] == BASELINE):
        writing.add(row)
    if not writing.gathering.rows["values"]:
        raise PublishedError("the record holds no baselines, targets or results of indicators to export")
    return writing.gathering.done()


class _Typed:
    def __init__(self, framework: Framework, language: str):
        self.framework, self.language, self.gathering = framework, language, Gathering()
        self.keys: dict[tuple[str, ...], str] = {}
        self.periods: dict[tuple[str, ...], str] = {}
        self.activity = ""

    def begin(self, activity: str, titles: Mapping[str, str]) -> None:
        self.activity = self.gathering.add("activities", identifier=activity, status="", dates="")
        self.gathering.say("activities", self.activity, "title", titles.items())

    def add(self, row: Mapping[str, str]) -> None:
        """Add the number of a row, with the nodes that it is of; a row of no node is left out."""
        lowest = next((level for level in reversed(self.framework.levels) if row.get(level)), "")
        node = self.framework.node(lowest, row.get(lowest, ""))
        if node is None:
            return
        parts = {
            name: row[name]
            for name in self.framework.dimensions
            if row.get(name) and row[name] != self.framework.total_code(name)
        }
        of = (node.level, node.code, *(f"{name}={code}" for name, code in parts.items()))
        period, when = row["period"], {}
        if row["measure"] == BASELINE:
            period, when = self.periods.get(of, period), {"year": row["period"][:4], "date": ""}
        self.periods.setdefault(of, period)
        start, end = span_days(period)
        self.gathering.add(
            "values",
            indicator=self._indicator(node, row["unit"]),
            entry=self.keys.setdefault(("entry", *of, period), str(len(self.keys) + 1)),
            stated=row["measure"],
            value=exchanged_number(row),
            start=start,
            end=end,
            location="",
            place=f"{row['place']}, row {row['line']}",
            **when,
            **{
                f"{DIMENSION}{self._title('dimension', name)}": self._title(name, code)
                for name, code in parts.items()
            },
        )

    def _indicator(self, node: Node, unit: str) -> str:
        above = self.framework.parent(node) or node
        kind = above.level if above.level in RESULT_TYPES.values() else OTHER
        result = self._one(
            "results", above, activity=self.activity, type=_code(RESULT_TYPES, kind), aggregation=""
        )
        measure = node.measure or ("percentage" if unit == "percent" else "unit")
        return self._one(
            "indicators",
            node,
            result=result,
            measure=_code(MEASURES, measure),
            ascending=_code(DIRECTION_OF, node.direction),
            aggregation=_code(ADDS_UP, node.adds_up),
        )

    def _one(self, table: str, node: Node, **cells: str) -> str:
        if (table, node.level, node.code) not in self.keys:
            title = self._title(node.level, node.code)
            key = self.gathering.add(table, title=title, **cells)
            self.keys[table, node.level, node.code] = key
            self.gathering.say(table, key, "title", self._titles(node.level, node.code).items())
        return self.keys[table, node.level, node.code]

    def _titles(self, kind: str, code: str) -> dict[str, str]:
        key = f"{kind}.{code}"
        titles = (
            (language, self.framework.title(key, language)) for language in self.framework.languages_of(key)
        )
        return {language: title.text for language, title in titles if title}

    def _title(self, kind: str, code: str) -> str:
        titles = self._titles(kind, code)
        return titles.get(self.language) or next(iter(titles.values()), code)


def _code(meanings: Mapping[str, str], meaning: str) -> str:
    """Return IATI's code for a meaning; empty where it has none."""
    return next((code for code in meanings if meanings[code] == meaning), "")
