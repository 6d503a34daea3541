"""Codes, nodes, dimensions and titles of published results: the framework that a record needs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from analysis.exchange.codes import coded, slug
from analysis.exchange.mapping import Mapping
from analysis.exchange.published import DIMENSION, Published, PublishedError

KINDS = {"1": "output", "2": "outcome", "3": "impact", "9": "other"}
MEASURES = {"1": "unit", "2": "percentage", "3": "nominal", "4": "ordinal", "5": "qualitative"}
DIRECTIONS = {"1": "more_is_better", "0": "less_is_better", "": "not_stated"}
ADDS_UP = {"1": "sum", "0": "none", "": ""}
LOCATION = "location"
Row = dict[str, str]


@dataclass
class Coded:
    """Published results with a code for everything.

    Attributes
    ----------
    operation, area, level : str
        The dimension of activities, and the names of the two levels.
    activities : dict of str to str
        Code of each activity, by key.
    results, indicators : dict of str to dict
        By key: ``activity, code, title`` and what a node holds; of indicators also ``parent``.
    names : dict of str to str
        Code of each dimension by its published name.
    values : dict of str to dict
        Of each dimension, codes by published text.
    """

    operation: str
    area: str
    level: str
    published: Published
    activities: dict[str, str] = field(default_factory=dict)
    results: dict[str, Row] = field(default_factory=dict)
    indicators: dict[str, Row] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    groups: dict[str, dict[str, str]] = field(default_factory=dict)

    def nodes(self) -> list[Row]:
        """Return the nodes: results, then their indicators, in the order in which they are met."""
        kinds: dict[str, set[str]] = {}
        for row in self.results.values():
            kinds.setdefault(row["code"], set()).add(row["kind"])
        made: dict[tuple[str, str], Row] = {}
        for row in self.results.values():
            kind = row["kind"] if len(kinds[row["code"]]) == 1 else ""
            made.setdefault(
                (self.area, row["code"]), _node(self.area, row["code"], kind=kind, adds_up=row["adds_up"])
            )
        for row in self.indicators.values():
            told = {name: row[name] for name in ("parent", "kind", "unit", "direction", "measure", "adds_up")}
            made.setdefault((self.level, row["code"]), _node(self.level, row["code"], **told))
        return list(made.values())

    def dimensions(self, mapping: Mapping) -> list[Row]:
        """Return the dimensions: activities, the published ones, and places."""
        held = {self.operation: dict.fromkeys(self.activities.values(), "")}
        for name, codes in self.values.items():
            held[name] = {code: self.groups.get(name, {}).get(code, "") for code in codes.values()}
        return [
            {"dimension": name, "code": code, "total": "no", "exhaustive": "", "group": group, "kind": ""}
            for name, codes in held.items()
            for code, group in codes.items()
        ]

    def titles(self, mapping: Mapping, document: str) -> list[Row]:
        """Return the words: each title as published, and ours where the file has none."""
        rows: dict[tuple[str, str, str], Row] = {}

        def say(kind: str, code: str, language: str, text: str, wording: str = "organisation") -> None:
            row = {"kind": kind, "code": code, "language": language, "form": "title", "text": text}
            own = document if wording == "organisation" else ""
            row |= {"wording": wording, "document": own}
            if rows.setdefault((kind, code, language), row)["text"] != text:
                raise PublishedError(
                    f"{kind} {code!r} has two titles: {rows[kind, code, language]['text']!r} and {text!r}; "
                    "give the mapping a code that keeps them apart"
                )

        headings = {
            f"level.{self.area}": mapping.result.title,
            f"level.{self.level}": mapping.indicator.title,
            f"dimension.{self.operation}": mapping.activities.get("title", {}),
            **{f"dimension.{name}": about.get("title", {}) for name, about in mapping.dimensions.items()},
        }
        for heading, words in headings.items():
            kind, _, code = heading.partition(".")
            if code in (self.area, self.level, self.operation, *self.values):
                for language, text in words.items():
                    say(kind, code, language, text, "ours")
        for name, code in self.names.items():
            say("published", code, mapping.language, name)
        titles = self.published.texts[self.published.texts["part"] == "title"]
        owners = {
            "activities": (self.operation, {key: {"code": code} for key, code in self.activities.items()}),
            "results": (self.area, self.results),
            "indicators": (self.level, self.indicators),
        }
        for of, key, language, text in titles[["of", "key", "language", "text"]].itertuples(
            index=False, name=None
        ):
            kind, held = owners[of]
            say(kind, held[key]["code"], language, text)
        self._places(say, mapping.language, rows)
        for name, codes in self.values.items():
            for text, code in codes.items():
                say(name, code, mapping.language, text)
            for representative in mapping.dimensions.get(name, {}).get("groups", {}):
                code = codes.get(representative, slug(representative))
                if code in self.groups.get(name, {}).values() and code not in codes.values():
                    say(name, code, mapping.language, representative, "ours")
        return list(rows.values())

    def _places(self, say, language: str, rows: dict) -> None:
        """Name an activity without a title by its place, if it has one only; else by its code."""
        owner = {key: row["activity"] for key, row in self.indicators.items()}
        places: dict[str, set[str]] = {}
        for indicator, place in self.published.values[["indicator", "location"]].itertuples(
            index=False, name=None
        ):
            places.setdefault(self.activities[owner[indicator]], set()).add(place)
        for code in dict.fromkeys(self.activities.values()):
            if not any(kind == self.operation and held == code for kind, held, _ in rows):
                found = sorted(places.get(code, set()) - {""})
                say(self.operation, code, language, found[0] if len(found) == 1 else code, "ours")

    def spellings(self) -> dict[str, list[list[str]]]:
        """Return, for each dimension, the groups that unite several spellings."""
        found = {}
        for name, groups in self.groups.items():
            united: dict[str, list[str]] = {}
            for code, group in groups.items():
                united.setdefault(group or code, []).append(code)
            several = [codes for codes in united.values() if len(codes) > 1]
            if several:
                found[name] = several
        return found

    def title_of(self, node: Row) -> str:
        """Return the published title of a node."""
        held = self.results if node["level"] == self.area else self.indicators
        return next(row["title"] for row in held.values() if row["code"] == node["code"])

    def together(self) -> dict[tuple[str, str], list[str]]:
        """Return the keys of the results and indicators that are one node."""
        groups: dict[tuple[str, str], list[str]] = {}
        for of, held in (("results", self.results), ("indicators", self.indicators)):
            for key, row in held.items():
                groups.setdefault((of, f"{row['kind']} {row['code']}"), []).append(key)
        return groups

    def about(self, of: str, key: str) -> Row:
        """Return what a text, a reference or a link is of, as columns."""
        row = {self.operation: "", self.area: "", self.level: "", "kind": "", "entry": "", "measure": ""}
        if of == "activities":
            return {**row, self.operation: self.activities[key]}
        if of == "values":
            value = self.published.values[self.published.values["key"] == key].iloc[0]
            return {
                **self.about("indicators", value["indicator"]),
                "entry": value["entry"],
                "measure": value["stated"],
            }
        held = (self.results if of == "results" else self.indicators)[key]
        row |= {self.operation: self.activities[held["activity"]], "kind": held["kind"]}
        if of == "results":
            return {**row, self.area: held["code"]}
        return {**row, self.area: held["parent"], self.level: held["code"]}


def _node(level: str, code: str, **known: str) -> Row:
    columns = (
        "parent",
        "kind",
        "unit",
        "direction",
        "measure",
        "adds_up",
        "continues",
        "continues_why",
        "changed",
    )
    return {"level": level, "code": code, **{name: known.get(name, "") for name in columns}}


def code(published: Published, mapping: Mapping) -> Coded:
    """Give everything in published results a code, and see that what shares a code agrees.

    Raises
    ------
    PublishedError
        When a code of IATI is unknown, or an indicator has two units, measures, directions or kinds.
    """
    made = Coded(mapping.activities["dimension"], mapping.result.name, mapping.indicator.name, published)
    made.activities = _activities(published, mapping)
    wrong: list[str] = []
    plain = coded(published.results["title"])
    for row in published.results.to_dict("records"):
        made.results[row["key"]] = {
            "activity": row["activity"],
            "title": row["title"],
            "code": mapping.result.of(row["title"], plain[row["title"]]),
            "kind": _known(KINDS, row["type"], f"type of {row['title']!r}", wrong),
            "adds_up": _known(ADDS_UP, row["aggregation"], f"aggregation status of {row['title']!r}", wrong),
        }
    plain = coded(published.indicators["title"])
    for row in published.indicators.to_dict("records"):
        above, title = made.results[row["result"]], row["title"]
        measure = _known(MEASURES, row["measure"], f"measure of {title!r}", wrong)
        made.indicators[row["key"]] = {
            "activity": above["activity"],
            "title": title,
            "parent": above["code"],
            "code": mapping.indicator.of(
                title, plain[title], above["code"], mapping.result.groups(above["title"])
            ),
            "kind": above["kind"],
            "measure": measure,
            "unit": mapping.unit(measure, title),
            "direction": _known(DIRECTIONS, row["ascending"], f"direction of {title!r}", wrong),
            "adds_up": _known(ADDS_UP, row["aggregation"], f"aggregation status of {title!r}", wrong),
        }
    agreeing = ("title", "parent", "kind", "measure", "unit", "direction", "adds_up")
    wrong += _differing(made.results, ("title", "adds_up")) + _differing(made.indicators, agreeing)
    if wrong:
        raise PublishedError("; ".join(dict.fromkeys(wrong)))
    _dimensions(made, published, mapping)
    return made


def _known(codes: dict[str, str], found: str, what: str, wrong: list[str]) -> str:
    if found not in codes:
        offered = ", ".join(f"{each or 'nothing'} ({meaning})" for each, meaning in codes.items())
        wrong.append(f"{what} is {found!r}: expected {offered}")
    return codes.get(found, "")


def _differing(held: dict[str, Row], names: tuple[str, ...]) -> list[str]:
    first: dict[str, Row] = {}
    wrong = []
    for row in held.values():
        known = first.setdefault(row["code"], row)
        for name in names:
            if known[name] != row[name]:
                wrong.append(f"{row['code']!r} has two values of {name}: {known[name]!r} and {row[name]!r}")
    return wrong


def _activities(published: Published, mapping: Mapping) -> dict[str, str]:
    found = {}
    for row in published.activities.to_dict("records"):
        named = mapping.activity_code(row["identifier"])
        found[row["key"]] = named or slug(row["identifier"])
    return found


def _dimensions(made: Coded, published: Published, mapping: Mapping) -> None:
    mapped = {name: code for code, about in mapping.dimensions.items() for name in about.get("names", [])}
    for name in published.dimensions:
        code = mapped.get(name, slug(name))
        if code in made.names.values():
            raise PublishedError(f"two dimensions of one file are {code!r}; {name!r} is one of them")
        if code in (
            made.operation,
            made.area,
            made.level,
            LOCATION,
            "entry",
            "measure",
            "period",
            "value",
            "unit",
        ):
            raise PublishedError(
                f"dimension {name!r} would be called {code!r}, which is another column; map its name"
            )
        made.names[name] = code
    columns = {code: f"{DIMENSION}{name}" for name, code in made.names.items()} | {LOCATION: "location"}
    for code, column in columns.items():
        texts = [text for text in dict.fromkeys(published.values[column]) if text]
        made.values[code] = coded(texts)
        listed = mapping.dimensions.get(code, {}).get("groups", {})
        united = {text: representative for representative, texts in listed.items() for text in texts}
        groups = {}
        for text, own in made.values[code].items():
            representative = united.get(text, text)
            groups[own] = made.values[code].get(representative) if text in united else slug(text)
            groups[own] = groups[own] or slug(representative)
        shared = Counter(groups.values())
        alone = {own for own, group in groups.items() if own == group and shared[group] == 1}
        made.groups[code] = {own: "" if own in alone else group for own, group in groups.items()}
