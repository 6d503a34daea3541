"""Write published results as IATI XML (activity standard 2.03), and validate it against the schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import pandas as pd

from analysis.exchange.iati import BETWEEN, LANGUAGE
from analysis.exchange.published import BASELINE, DIMENSION, RESULT, TARGET, Published

SCHEMA = "iati-activities-schema.xsd"
MULTILATERAL, IMPLEMENTING, CLOSED, ACTUAL_START, ACTUAL_END = "40", "4", "4", "2", "4"
TAGS = {BASELINE: "baseline", TARGET: "target", RESULT: "actual"}


class SchemaError(ValueError):
    """XML that the standard's schema does not allow, or a schema that is not there."""

    exit_code = 1


def write_iati(
    published: Published, organisation: str, name: Mapping[str, str], language: str = "en"
) -> bytes:
    """Return published results as an IATI file.

    Parameters
    ----------
    published : Published
        Values without a number and without words are left out: IATI has no element for them.
    organisation : str
        Identifier of the organisation that reports.
    name : mapping of str to str
        Its names, by language.
    language : str
        Language of texts that do not say theirs.

    Notes
    -----
    Elements that the standard requires and a table of results does not hold are filled in as little as may
    be: the organisation takes part as implementing (role 4); an activity without title bears its identifier;
    one without status or dates is closed at the end of its last period.
    """
    return _Writer(published, organisation, name, language).content()


def unwritten(published: Published) -> int:
    """Return how many values have neither number nor words, and so no element."""
    words = set(published.texts.loc[published.texts["of"] == "values", "key"])
    return int(((published.values["value"] == "") & ~published.values["key"].isin(words)).sum())


def validate(content: bytes, folder: Path) -> None:
    """Validate an IATI file against the schema of the standard.

    Parameters
    ----------
    content : bytes
        The XML.
    folder : Path
        Holds ``iati-activities-schema.xsd`` and ``iati-common.xsd``; the ``xml.xsd`` that they import comes
        with the xmlschema package.

    Raises
    ------
    SchemaError
        When the schema is not there, or the file does not meet it; the message names up to five places.
    """
    try:
        import xmlschema
    except ImportError:
        raise SchemaError(
            "to validate needs the package xmlschema: pip install 'analysis[exchange]'"
        ) from None
    path = Path(folder) / SCHEMA
    if not path.is_file():
        raise SchemaError(f"{path}: not there; name the folder that holds IATI's {SCHEMA}")
    bundled = Path(xmlschema.__file__).parent / "schemas" / "XML" / "xml.xsd"
    # The schema names a file beside it that is not published with it; the package brings the same.
    schema = xmlschema.XMLSchema10(
        str(path), uri_mapper=lambda uri: bundled.as_uri() if uri.endswith("/xml.xsd") else uri
    )
    wrong = [f"{error.path}: {error.reason}" for error in schema.iter_errors(content.decode("utf-8"))]
    if wrong:
        raise SchemaError(f"{len(wrong)} places that the schema does not allow: " + "; ".join(wrong[:5]))


class _Writer:
    def __init__(self, published: Published, organisation: str, name: Mapping[str, str], language: str):
        self.published, self.organisation, self.language = published, organisation, language
        self.name = list(name.items())
        self.texts = _by_owner(published.texts)
        self.references = _by_owner(published.references)
        self.links = _by_owner(published.links)
        self.results = _by(published.results, "activity")
        self.indicators = _by(published.indicators, "result")
        self.values = _by(published.values, "indicator")
        self.dimensions = [(f"{DIMENSION}{name}", name) for name in published.dimensions]

    def content(self) -> bytes:
        root = Element("iati-activities", {"version": "2.03"})
        for activity in self.published.activities.to_dict("records"):
            self._activity(root, activity)
        ElementTree.indent(root, " ")
        return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"

    def _activity(self, root: Element, row: dict[str, str]) -> None:
        element = SubElement(root, "iati-activity", {LANGUAGE: self.language})
        SubElement(element, "iati-identifier").text = row["identifier"]
        reporting = {"ref": self.organisation, "type": MULTILATERAL}
        self._narrated(SubElement(element, "reporting-org", reporting), self.name)
        words = self.texts["activities", row["key"]]
        usual = [(self.language, row["identifier"])]
        usual = _of_part(words, "title") or usual
        self._narrated(SubElement(element, "title"), usual)
        described = list(dict.fromkeys(part for part, *_ in words if part.startswith("description")))
        for part in described or [""]:
            kind = part.partition(":")[2]
            about = SubElement(element, "description", {"type": kind} if kind else {})
            self._narrated(about, (part and _of_part(words, part)) or usual)
        taking_part = {"ref": self.organisation, "type": MULTILATERAL, "role": IMPLEMENTING}
        self._narrated(SubElement(element, "participating-org", taking_part), self.name)
        SubElement(element, "activity-status", {"code": row["status"] or CLOSED})
        results = self.results[row["key"]]
        for dated in (row["dates"] or self._span(results)).split():
            kind, _, date = dated.partition(":")
            SubElement(element, "activity-date", {"type": kind, "iso-date": date})
        for result in results:
            self._result(element, result)

    def _span(self, results: list[dict[str, str]]) -> str:
        rows = [
            value
            for result in results
            for indicator in self.indicators[result["key"]]
            for value in self.values[indicator["key"]]
        ]
        starts = sorted(row["start"] for row in rows if row["start"])
        ends = sorted(row["end"] for row in rows if row["end"])
        return f"{ACTUAL_START}:{(starts or [''])[0]} {ACTUAL_END}:{(ends or [''])[-1]}"

    def _result(self, above: Element, row: dict[str, str]) -> None:
        element = Element("result", _given({"type": row["type"], "aggregation-status": row["aggregation"]}))
        self._around(element, "results", row, "vocabulary-uri")
        for indicator in self.indicators[row["key"]]:
            for values in _rounds(self.values[indicator["key"]], self._identity):
                self._indicator(element, indicator, values)
        if element.find("indicator") is not None:
            above.append(element)

    def _identity(self, row: dict[str, str]) -> tuple[str, ...]:
        return (row["location"], *(row[column] for column, _ in self.dimensions), row["start"], row["end"])

    def _indicator(self, above: Element, row: dict[str, str], values: list[dict[str, str]]) -> None:
        written = [value for value in values if value["value"] or self.texts["values", value["key"]]]
        if not written:
            return
        attributes = {
            "measure": row["measure"],
            "ascending": row["ascending"],
            "aggregation-status": row["aggregation"],
        }
        element = SubElement(above, "indicator", _given(attributes))
        self._around(element, "indicators", row, "indicator-uri")
        for value in written:
            if value["stated"] == BASELINE:
                year = value["year"] or value["date"][:4] or value["start"][:4]
                self._value(element, value, {"year": year, "iso-date": value["date"]})
        periods: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        for value in written:
            if value["stated"] != BASELINE:
                periods[value["start"], value["end"]].append(value)
        for (start, end), of_period in periods.items():
            period = SubElement(element, "period")
            SubElement(period, "period-start", {"iso-date": start})
            SubElement(period, "period-end", {"iso-date": end})
            for stated in (TARGET, RESULT):
                for value in of_period:
                    if value["stated"] == stated:
                        self._value(period, value, {})

    def _value(self, above: Element, row: dict[str, str], more: dict[str, str]) -> None:
        element = SubElement(above, TAGS[row["stated"]], _given({"value": row["value"], **more}))
        for ref in row["location"].split(BETWEEN) if row["location"] else ():
            SubElement(element, "location", {"ref": ref})
        for column, name in self.dimensions:
            if row[column]:
                SubElement(element, "dimension", {"name": name, "value": row[column]})
        comment = [pair for part, *pair in self.texts["values", row["key"]] if part == "comment"]
        # The standard has the comment of a baseline after its documents, that of a target before them.
        if row["stated"] == BASELINE:
            self._linked(element, "values", row["key"])
        if comment:
            self._narrated(SubElement(element, "comment"), comment)
        if row["stated"] != BASELINE:
            self._linked(element, "values", row["key"])

    def _around(self, element: Element, of: str, row: dict[str, str], uri: str) -> None:
        words = self.texts[of, row["key"]]
        for part in ("title", "description"):
            pairs = _of_part(words, part)
            if pairs or part == "title":
                self._narrated(SubElement(element, part), pairs or [(self.language, row["title"])])
        self._linked(element, of, row["key"])
        for code, vocabulary, where in self.references[of, row["key"]]:
            SubElement(element, "reference", {"vocabulary": vocabulary, "code": code, **_given({uri: where})})

    def _linked(self, element: Element, of: str, key: str) -> None:
        documents: dict[tuple, list] = defaultdict(list)
        for kind, url, part, language, text, category, written_in, date in self.links[of, key]:
            documents[kind, url, category, written_in, date].append((part, language, text))
        for (kind, url, category, written_in, date), words in documents.items():
            link = SubElement(element, "document-link", {"format": kind, "url": url})
            for part in ("title", "description"):
                if texts := _of_part(words, part):
                    self._narrated(SubElement(link, part), texts)
            for code in category.split():
                SubElement(link, "category", {"code": code})
            for code in written_in.split():
                SubElement(link, "language", {"code": code})
            if date:
                SubElement(link, "document-date", {"iso-date": date})

    def _narrated(self, element: Element, texts: list) -> None:
        for language, text in texts:
            attributes = {LANGUAGE: language} if language and language != self.language else {}
            SubElement(element, "narrative", attributes).text = text


def _of_part(words: Iterable[tuple[str, ...]], part: str) -> list[tuple[str, str]]:
    """Return the language and text of the words that are a part: the title, or a description."""
    return [(language, text) for name, language, text in words if name == part]


def _given(attributes: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in attributes.items() if text}


def _by(frame: pd.DataFrame, column: str) -> dict[str, list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in frame.to_dict("records"):
        groups[row[column]].append(row)
    return groups


def _by_owner(frame: pd.DataFrame) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    groups: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for of, key, *rest in frame.itertuples(index=False, name=None):
        groups[of, key].append(tuple(rest))
    return groups


def _rounds(values: list[dict[str, str]], identity) -> list[list[dict[str, str]]]:
    """Split values so that no two entries of a round share location, dimensions and period.

    Entries that repeat all of these stay apart: each round is an indicator element of its own.
    """
    rounds: list[list[dict[str, str]]] = []
    place: dict[str, int] = {}
    seen: dict[tuple, int] = defaultdict(int)
    for row in values:
        if row["entry"] not in place:
            key = identity(row)
            place[row["entry"]] = seen[key]
            seen[key] += 1
        number = place[row["entry"]]
        while len(rounds) <= number:
            rounds.append([])
        rounds[number].append(row)
    return rounds
