"""Read published results from IATI XML (activity standard 2.03)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from analysis.exchange.published import (
    BASELINE,
    DIMENSION,
    RESULT,
    TARGET,
    Gathering,
    Published,
    PublishedError,
)
from analysis.files import Unreadable, read_bytes

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
TRUTHS = {"1": "1", "true": "1", "0": "0", "false": "0", "": ""}
BETWEEN = " | "


def read_iati(path: Path, language: str = "en") -> Published:
    """Return the published results of an IATI file.

    Parameters
    ----------
    path : Path
        XML whose root is ``iati-activities`` (or one ``iati-activity``).
    language : str
        Language of texts where neither they nor their activity say.

    Returns
    -------
    Published
        Activities without results are left out. A baseline joins the first period's target and result of
        the same location and dimensions; values of one indicator that agree in all these are numbered.

    Raises
    ------
    PublishedError
        When the file is no such XML, or declares entities.
    """
    root = _root(path)
    activities = [root] if root.tag == "iati-activity" else root.findall("iati-activity")
    if root.tag not in ("iati-activities", "iati-activity"):
        raise PublishedError(f"{path}: the root is {root.tag!r}, expected 'iati-activities'")
    reader = _Reader(language, path.name)
    for activity in activities:
        if activity.find("result") is not None:
            reader.activity(activity)
    if not reader.gathering.rows["values"]:
        raise PublishedError(f"{path}: {len(activities)} activities, but none states a result")
    return reader.gathering.done()


def _root(path: Path) -> ElementTree.Element:
    def refuse(*_: object) -> None:
        raise PublishedError(f"{path}: declares a document type or entities; IATI files have none")

    strict = expat.ParserCreate()
    strict.StartDoctypeDeclHandler = refuse
    try:
        content = read_bytes(path)
        strict.Parse(content, True)
        return ElementTree.fromstring(content)
    except PublishedError:
        raise
    except Unreadable as error:
        raise PublishedError(str(error)) from None
    except (ElementTree.ParseError, expat.ExpatError, LookupError, ValueError) as error:
        raise PublishedError(f"{path}: not well-formed XML: {error}") from None


def left_out(path: Path) -> Counter:
    """Return how often each element occurs that is not imported: budgets, transactions and so on."""
    kept = {"iati-identifier", "title", "description", "activity-status", "activity-date", "result"}
    root = _root(path)
    return Counter(
        element.tag
        for activity in root.iter("iati-activity")
        for element in activity
        if element.tag not in kept
    )


class _Reader:
    def __init__(self, language: str, file: str):
        self.gathering, self.file = Gathering(), file
        self.usual = self.language = language
        self.entries = 0

    def activity(self, element: ElementTree.Element) -> None:
        self.language = element.get(LANGUAGE, self.usual)
        status = element.find("activity-status")
        dates = [f"{match.get('type')}:{match.get('iso-date')}" for match in element.findall("activity-date")]
        key = self.gathering.add(
            "activities",
            identifier=(element.findtext("iati-identifier") or "").strip(),
            status="" if status is None else status.get("code", ""),
            dates=" ".join(dates),
        )
        self._texts("activities", key, element)
        for result in element.findall("result"):
            self._result(key, result)

    def _result(self, activity: str, element: ElementTree.Element) -> None:
        key = self.gathering.add(
            "results",
            activity=activity,
            type=element.get("type", ""),
            title=self._first(element),
            aggregation=self._truth(element, "aggregation-status"),
        )
        self._around("results", key, element, "vocabulary-uri")
        for indicator in element.findall("indicator"):
            self._indicator(key, indicator)

    def _indicator(self, result: str, element: ElementTree.Element) -> None:
        key = self.gathering.add(
            "indicators",
            result=result,
            title=self._first(element),
            measure=element.get("measure", ""),
            ascending=self._truth(element, "ascending"),
            aggregation=self._truth(element, "aggregation-status"),
        )
        self._around("indicators", key, element, "indicator-uri")
        entries: dict[tuple, str] = {}
        for start, end, stated, number, value in _values(element):
            self._value(key, entries, (start, end, stated, number), value)

    def _value(self, indicator: str, entries: dict, of: tuple, element: ElementTree.Element) -> None:
        start, end, stated, number = of
        about = self._about(element)
        same = tuple(sorted(about.items()))
        identity = (same, start, end, number)
        if stated == BASELINE:
            identity = next((entry for entry in entries if entry[0] == same and entry[3] == number), identity)
            start, end = identity[1:3]
        if identity not in entries:
            self.entries += 1
            entries[identity] = str(self.entries)
        year, date = (element.get(name, "") for name in ("year", "iso-date"))
        key = self.gathering.add(
            "values",
            indicator=indicator,
            entry=entries[identity],
            stated=stated,
            value=element.get("value", "").strip(),
            start=start,
            end=end,
            place=f"{self.file}, entry {entries[identity]}",
            **({"year": year, "date": date} if stated == BASELINE else {}),
            **about,
        )
        self._texts("values", key, element)
        self._links("values", key, element)

    def _about(self, element: ElementTree.Element) -> dict[str, str]:
        about = {
            "location": BETWEEN.join(match.get("ref", "").strip() for match in element.findall("location"))
        }
        for match in element.findall("dimension"):
            name = f"{DIMENSION}{match.get('name', '').strip()}"
            if name in about:
                raise PublishedError(f"a {element.tag} has two dimensions named {match.get('name', '')!r}")
            about[name] = match.get("value", "").strip()
        return about

    def _truth(self, element: ElementTree.Element, name: str) -> str:
        text = element.get(name, "")
        if text not in TRUTHS:
            raise PublishedError(f"{name}={text!r} of {self._first(element)!r} is neither true nor false")
        return TRUTHS[text]

    def _narratives(self, element: ElementTree.Element | None) -> list[tuple[str, str]]:
        if element is None:
            return []
        return [
            (match.get(LANGUAGE, self.language), (match.text or "").strip())
            for match in element.findall("narrative")
        ]

    def _first(self, element: ElementTree.Element) -> str:
        return next((text for _, text in self._narratives(element.find("title"))), "")

    def _texts(self, of: str, key: str, element: ElementTree.Element) -> None:
        for part in ("title", "description", "comment"):
            for match in element.findall(part):
                kind = f"{part}:{match.get('type')}" if match.get("type") else part
                self.gathering.say(of, key, kind, self._narratives(match))

    def _around(self, of: str, key: str, element: ElementTree.Element, uri: str) -> None:
        self._texts(of, key, element)
        self._links(of, key, element)
        for match in element.findall("reference"):
            row = {
                "of": of,
                "key": key,
                "code": match.get("code", ""),
                "vocabulary": match.get("vocabulary", ""),
            }
            self.gathering.rows["references"].append({**row, "uri": match.get(uri, "")})

    def _links(self, of: str, key: str, element: ElementTree.Element) -> None:
        for link in element.findall("document-link"):
            dated = link.find("document-date")
            row = {
                "of": of,
                "key": key,
                "format": link.get("format", ""),
                "url": link.get("url", ""),
                "category": " ".join(match.get("code", "") for match in link.findall("category")),
                "written_in": " ".join(match.get("code", "") for match in link.findall("language")),
                "date": "" if dated is None else dated.get("iso-date", ""),
            }
            for part in ("title", "description"):
                for language, text in self._narratives(link.find(part)):
                    words = {"part": part, "language": language, "text": text}
                    self.gathering.rows["links"].append({**row, **words})


def _values(indicator: ElementTree.Element) -> Iterator[tuple[str, str, str, int, ElementTree.Element]]:
    """Yield targets and results by period, then baselines: period, what, occurrence, element."""
    for period in indicator.findall("period"):
        start, end = (_date(period, name) for name in ("period-start", "period-end"))
        for stated, tag in ((TARGET, "target"), (RESULT, "actual")):
            yield from _numbered(start, end, stated, period.findall(tag))
    yield from _numbered("", "", BASELINE, indicator.findall("baseline"))


def _numbered(start: str, end: str, stated: str, elements: list[ElementTree.Element]):
    seen: Counter = Counter()
    for element in elements:
        about = tuple(
            sorted(
                (part.tag, *sorted(part.items())) for part in element if part.tag in ("location", "dimension")
            )
        )
        seen[about] += 1
        yield start, end, stated, seen[about], element


def _date(period: ElementTree.Element, name: str) -> str:
    element = period.find(name)
    return "" if element is None else element.get("iso-date", "")
