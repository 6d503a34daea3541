"""Codes, nodes, dimensions and titles of published results: the framework that a record needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.exchange.codes import CsvRow, slug
from analysis.exchange.continuing import Former
from analysis.exchange.mapping import ResultsMapping
from analysis.exchange.published import DIMENSION, Published, PublishedError
from analysis.exchange.spans import span_text

RESULT_TYPES = {"1": "output", "2": "outcome", "3": "impact", "9": "other"}
MEASURES = {"1": "unit", "2": "percentage", "3": "nominal", "4": "ordinal", "5": "qualitative"}
DIRECTION_OF = {"1": "more_is_better", "0": "less_is_better", "": "not_stated"}
ADDS_UP = {"1": "sum", "0": "none", "": ""}
LOCATION = "location"


@dataclass
class CodedResults:
    """Published results with a code for everything.

    Attributes
    ----------
    operation, area, level : str
        The dimension of activities, and the names of the two levels.
    activities : dict of str to str
        Code of each activity, by key.
    results, indicators : dict of str to dict
        By key: ``activity, code, title`` and what a node holds; of indicators also ``parent``.
    names : dict of str to list of str
        Published names of each dimension, by its code; one name at a time.
    values : dict of str to dict
        Of each dimension, codes by published text.
    groups : dict of str to dict
        Of each dimension, the group of a code that other spellings share.
    spans : dict of str to dict
        The periods of results and indicators, by key.
    """

    operation: str
    area: str
    level: str
    published: Published
    activities: dict[str, str] = field(default_factory=dict)
    results: dict[str, CsvRow] = field(default_factory=dict)
    indicators: dict[str, CsvRow] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    groups: dict[str, dict[str, str]] = field(default_factory=dict)
    spans: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def nodes(self) -> list[CsvRow]:
        """Return the nodes: results, then their indicators, in the order in which they are met."""
        kinds: dict[str, set[str]] = {}
        for row in self.results.values():
            kinds.setdefault(row["code"], set()).add(row["kind"])
        nodes: dict[tuple[str, str], CsvRow] = {}
        for row in self.results.values():
            kind = row["kind"] if len(kinds[row["code"]]) == 1 else ""
            nodes.setdefault(
                (self.area, row["code"]), _node(self.area, row["code"], kind=kind, adds_up=row["adds_up"])
            )
        for row in self.indicators.values():
            attributes = {
                name: row[name] for name in ("parent", "kind", "unit", "direction", "measure", "adds_up")
            }
            nodes.setdefault((self.level, row["code"]), _node(self.level, row["code"], **attributes))
        return list(nodes.values())

    def dimensions(self, mapping: ResultsMapping) -> list[CsvRow]:
        """Return the dimensions: activities, the published ones, and places."""
        groups_of = {self.operation: dict.fromkeys(self.activities.values(), "")}
        for name, codes in self.values.items():
            groups_of[name] = {code: self.groups.get(name, {}).get(code, "") for code in codes.values()}
        return [
            {"dimension": name, "code": code, **self._whole(name, code, mapping), "group": group, "kind": ""}
            for name, codes in groups_of.items()
            for code, group in codes.items()
        ]

    def _whole(self, dimension: str, code: str, mapping: ResultsMapping) -> CsvRow:
        """Return whether a code is the whole of its dimension, and whether the parts make it up."""
        about = mapping.dimensions.get(dimension, {})
        whole = about.get("total") and self.values.get(dimension, {}).get(about["total"]) == code
        exhaustive = {True: "yes", False: "no", None: ""}[about.get("exhaustive")]
        return {"total": "yes" if whole else "no", "exhaustive": exhaustive if whole else ""}

    def titles(self, mapping: ResultsMapping, document: str, span: str) -> list[CsvRow]:
        """Return the words: each title as published, and ours where the file has none."""
        rows: dict[tuple[str, str, str], CsvRow] = {}

        def say(kind: str, code: str, language: str, text: str, wording: str = "organisation") -> None:
            row = {"kind": kind, "code": code, "language": language, "form": "title", "text": text}
            own = document if wording == "organisation" else ""
            row |= {"wording": wording, "document": own}
            if rows.setdefault((kind, code, language), row)["text"] != text:
                raise PublishedError(
                    f"{kind} {code!r} has two titles: {rows[kind, code, language]['text']!r} and {text!r}; "
                    "give the mapping a code that keeps them apart"
                )

        for language, text in mapping.document["title"].items():
            say("document", document, language, text.format(period=span), "ours")
        headings = {
            ("level", self.area): mapping.result.title,
            ("level", self.level): mapping.indicator.title,
            ("dimension", self.operation): mapping.activities.get("title", {}),
            **{
                ("dimension", name): mapping.dimensions.get(name, {}).get("title", {}) for name in self.values
            },
        }
        for (kind, code), words in headings.items():
            plain = code.replace("_", " ").capitalize()
            for language, text in ({mapping.language: plain} | words).items():
                say(kind, code, language, text, "ours")
        for code, names in self.names.items():
            for number, name in enumerate(names[::-1]):
                for period in self._periods_of(name) if number else ("",):
                    say("published", f"{code}_{period}".rstrip("_"), mapping.language, name)
        titles = self.published.texts[self.published.texts["part"] == "title"]
        owners = {
            "activities": (self.operation, {key: {"code": code} for key, code in self.activities.items()}),
            "results": (self.area, self.results),
            "indicators": (self.level, self.indicators),
        }
        for of, key, language, text in titles[["of", "key", "language", "text"]].itertuples(
            index=False, name=None
        ):
            kind, entries = owners[of]
            say(kind, entries[key]["code"], language, text)
        self._places(say, mapping.language, rows)
        for name, codes in self.values.items():
            for text, code in codes.items():
                say(name, code, mapping.language, text)
            for representative in mapping.dimensions.get(name, {}).get("groups", {}):
                code = codes.get(representative, slug(representative))
                if code in self.groups.get(name, {}).values() and code not in codes.values():
                    say(name, code, mapping.language, representative, "ours")
        return list(rows.values())

    def dimension_of(self, code: str, row: CsvRow) -> str:
        """Return the code of a dimension's text in a row of values; empty where it has none."""
        texts = (row[f"{DIMENSION}{name}"] for name in self.names[code])
        return self.values[code].get(next(filter(None, texts), ""), "")

    def _periods_of(self, name: str) -> list[str]:
        values = self.published.values[self.published.values[f"{DIMENSION}{name}"] != ""]
        return sorted(
            {span_text(start, end) for start, end in zip(values["start"], values["end"], strict=True)}
        )

    def _places(self, say, language: str, rows: dict) -> None:
        """Name an activity without a title by its place, if it has one only; else by its code."""
        owner = {key: row["activity"] for key, row in self.indicators.items()}
        places: dict[str, set[str]] = {}
        for indicator, place in self.published.values[["indicator", "location"]].itertuples(
            index=False, name=None
        ):
            places.setdefault(self.activities[owner[indicator]], set()).add(place)
        for code in dict.fromkeys(self.activities.values()):
            if not any(kind == self.operation and named == code for kind, named, _ in rows):
                parents = sorted(places.get(code, set()) - {""})
                say(self.operation, code, language, parents[0] if len(parents) == 1 else code, "ours")

    def spellings(self) -> dict[str, list[list[str]]]:
        """Return, for each dimension, the groups that unite several spellings."""
        spelled = {}
        for name, groups in self.groups.items():
            united: dict[str, list[str]] = {}
            for code, group in groups.items():
                united.setdefault(group or code, []).append(code)
            several = [codes for codes in united.values() if len(codes) > 1]
            if several:
                spelled[name] = several
        return spelled

    def formers(self, period: str) -> tuple[Former, ...]:
        """Return the nodes that a period has, for the frameworks that continue it."""
        former = {}
        for level, of, entries in (
            (self.area, "results", self.results),
            (self.level, "indicators", self.indicators),
        ):
            for key, row in entries.items():
                if period in self.spans[of].get(key, ()):
                    attributes = {
                        name: row.get(name, "") for name in ("code", "unit", "measure", "direction", "title")
                    }
                    former[level, row["code"]] = Former(level=level, plain=row["plain"], **attributes)
        return tuple(former.values())

    def together(self) -> dict[tuple[str, str], list[str]]:
        """Return the keys of the results and indicators that are one node."""
        groups: dict[tuple[str, str], list[str]] = {}
        for of, entries in (("results", self.results), ("indicators", self.indicators)):
            for key, row in entries.items():
                groups.setdefault((of, f"{row['kind']} {row['code']}"), []).append(key)
        return groups

    def about(self, of: str, key: str) -> CsvRow:
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
        entry = (self.results if of == "results" else self.indicators)[key]
        row |= {self.operation: self.activities[entry["activity"]], "kind": entry["kind"]}
        if of == "results":
            return {**row, self.area: entry["code"]}
        return {**row, self.area: entry["parent"], self.level: entry["code"]}


def _node(level: str, code: str, **known: str) -> CsvRow:
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
