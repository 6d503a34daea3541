"""The quantities that a text may speak of: every recorded number, and sums over the parts of what nests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from fractions import Fraction

from analysis.checking.candidates.candidate import Candidate
from analysis.checking.candidates.nesting import finest_dimensions, joined_codes, nested, whole_codes
from analysis.checking.candidates.postings import postings, rarity
from analysis.checking.candidates.restated import restated
from analysis.checking.candidates.sums import sums
from analysis.checking.candidates.wordings import Wordings, languages_with_titles, titles_by_code, year
from analysis.checking.text.dimension_names import breaking_down, dimension_terms
from analysis.checking.text.mentions import BEFORE, POINTS, SPOKEN, phrases
from analysis.checking.text.nicknames import Nicknames
from analysis.checking.text.words import Lexicon, lexicon, stem, term_rows
from analysis.framework import Framework
from analysis.labels import Catalogue
from analysis.quantities import Recorded, RecordedTable, Value, evaluate, total
from analysis.quantities.tables import STATEMENTS
from analysis.quantities.units import unit

TEXTS = ("statement", "title", "partner", "deliverable", "action")
_PERCENT = re.compile(r"[%％]|百分之|per cent")
_DIGITS = re.compile(r"[A-Za-z]*\d[\d.,-]*")
# Columns by which one series is broken down.
OWN = ("sex", "age", "region", "source", "measure")
STATUS = ("target_status",)
# Of how many values by places, say, a number is one by no chance.
FEW = 3
NO_AMOUNT = ("calendar_year",)


class CandidateIndex:
    """All candidates of a record, with what finds them.

    Parameters
    ----------
    recorded : Recorded
    root : Path or None
        The project, for its files of terms.
    """

    def __init__(self, recorded: Recorded, root=None):
        self.recorded = recorded
        self.sources = {name: table.source for name, table in recorded.items()}
        rows = self._rows = [*(own := term_rows(root)), *dimension_terms(recorded, own)]
        self.levels: dict[str, list[str]] = {}
        self._names: dict[tuple[str, str, str], str] = {}
        self.said: dict[tuple[str, str], set[str]] = {}
        self.english = lexicon("en", rows)
        self.labels = {language: Catalogue(language, recorded) for language in ("en", "fr", "es", "zh")}
        self._titled = {label: titles_by_code(recorded, label) for label in self.labels}
        self._lexicons = {"en": self.english, "zh": lexicon("zh", rows)}
        self.codes = {name.partition(":")[2] for row in rows for name in row["means"].split() if ":" in name}
        self.whole_codes = whole_codes(recorded)
        self.framework = framework = Framework.of(recorded)
        self.titled = languages_with_titles(framework)
        self.without_whole = frozenset(
            name for name in breaking_down(recorded, framework) if framework.total_code(name) is None
        )
        self.candidates = list(self._candidates())
        self.by_id = {candidate.id: candidate for candidate in self.candidates}
        self.places = {candidate.id: place for place, candidate in enumerate(self.candidates)}
        self.vocabulary = frozenset(
            name
            for candidate in self.candidates
            for name in candidate.features["words"]
            if ":" not in name and name[:1] != "#"
        )
        self.rarity = {family: rarity(self.candidates, family) for family in ("words", "zh")}
        self.postings = {family: postings(self.candidates, family) for family in ("words", "zh")}
        self.by_series: dict[tuple, list[Candidate]] = {}
        self.by_base: dict[Fraction, list[Candidate]] = {}
        self.in_order: dict[str, list[Candidate]] = {}
        self.counted_nouns = frozenset().union(*(candidate.unit_features for candidate in self.candidates))
        lasting = (candidate for candidate in self.candidates if candidate.kind == "duration")
        self.lengths = frozenset().union(*(candidate.unit_features for candidate in lasting))
        self.by_axis: dict[tuple[str, str], list[int]] = {}
        self.wholes: dict[str, list[int]] = {}
        self.statements: dict[str, list[int]] = {}
        for number, candidate in enumerate(self.candidates):
            self.by_series.setdefault(candidate.series, []).append(candidate)
            if candidate.base is not None:
                self.by_base.setdefault(candidate.base, []).append(candidate)
            if candidate.row >= 0 and not candidate.value.missing:
                self.in_order.setdefault(candidate.table, []).append(candidate)
            for pair in candidate.axes.items():
                self.by_axis.setdefault(pair, []).append(number)
            if candidate.axes.keys() <= {"measure", *candidate.whole}:
                for name in candidate.unit_features:
                    self.wholes.setdefault(name, []).append(number)
            if candidate.row >= 0 and not candidate.named_by:
                self.statements.setdefault(candidate.table, []).append(number)
        self.around: dict[str, list[int]] = {}
        self.neighbours: dict[str, list[Candidate]] = {}
        self.ways: dict[str, int] = {}
        self.twins: dict[str, list[Candidate]] = {}
        self.siblings: dict[str, tuple[tuple[str, Candidate], ...]] = {}
        self.stated_beside: dict[str, tuple[tuple[str, Candidate], ...]] = {}
        self.stated_plans: dict[str, Candidate | None] = {}
        self.restated = restated(recorded, root, self.candidates)
        self.measures: dict[str, dict[str, str]] = {}
        self.choices = {
            series: frozenset(
                axis
                for axis in group[0].axes
                if axis not in OWN or len({candidate.axes.get(axis) for candidate in group}) > 1
            )
            for series, group in self.by_series.items()
        }
        self.wordings = Wordings(self)
        self.periods = {candidate.period for candidate in self.candidates if candidate.period}

    def is_one_of_many(self, candidate: Candidate, said: Set[str]) -> bool:
        """Return whether a result is one of many of its indicator by places, say, of which none is said.

        Of a dimension that has no whole; ``said`` are the columns of which a text says a code. Any number is
        the value of one of many.
        """
        open_columns = self.without_whole - said
        unsaid = [name for name in open_columns if candidate.axes.get(name)]
        finest = next(iter(self.levels.get(candidate.table, [])), "") if unsaid else ""
        if not finest:
            return False
        own = {name: code for name, code in candidate.axes.items() if name not in open_columns}
        likes = (self.candidates[at] for at in self.by_axis.get((finest, candidate.axes.get(finest, "")), ()))
        values = {
            like.base
            for like in likes
            if like.period == candidate.period and all(like.axes.get(name) == own[name] for name in own)
        }
        return len(values) > FEW

    def all_money(self, axis: str, codes: str) -> bool:
        """Return whether the record holds amounts of money alone of each of some codes: of an expenditure."""
        return all(
            (held := self.by_axis.get((axis, code)))
            and all(
                self.candidates[number].kind == "money"
                for number in held
                if axis in self.candidates[number].named_by
            )
            for code in codes.split("|")
        )

    def lexicon(self, language: str) -> Lexicon:
        """Return the terms of a language, with the labels of codes that stand in it."""
        if language not in self._lexicons:
            self._lexicons[language] = lexicon(language, self._rows, self.vocabulary)
        read = self._lexicons[language]
        read.whole_codes, read.without_whole = self.whole_codes, self.without_whole
        if read.nicknames is None:
            read.nicknames = Nicknames(self.recorded, read, self.english, phrases(language)["areas"])
        return read

    def _candidates(self) -> Iterator[Candidate]:
        for name, table in self.recorded.items():
            if name.partition(".")[0] == "links":
                continue
            columns = finest_dimensions(table)
            for row, record in enumerate(table.records):
                if (
                    record["id"]
                    and record["unit"]
                    and record["unit"] not in NO_AMOUNT
                    and (record["value"] or record["status"] in ("blank", "not_available"))
                ):
                    yield self._made(record["id"], table, row, table.values[row], record, columns)
            for summed in sums(table, columns, self._chain(table), self.without_whole, self.framework):
                yield self._sum(table, *summed)

    def _made(
        self, id: str, table: RecordedTable, row: int, value: Value, record: dict, columns: list[str]
    ) -> Candidate:
        titles = self._titles(table, record, columns)
        noted = not _stated(record) and {"item", "level"} & record.keys()
        told = _DIGITS.sub(" ", record.get("note", "")).partition(";")[0][:120] if noted else ""
        codes = {name: record[name] for name in columns if record.get(name)}
        if not _stated(record):
            said = [codes.get("measure", ""), record.get("item", "")] + (
                [record["unit"]] if _counted(record["unit"]) else []
            )
            told = f"{told} {' '.join(said).replace('_', ' ')}"
            if codes and set(codes) <= {*OWN, *STATUS}:
                told = f"{told} {table.source.title}"  # no code says what is counted
        words, axes = self._features(f"{titles['en']} {told}", "en")
        if axes.get("measure") != "target":
            axes.pop("measure", None)
        words |= {"#" + code.lower() for code in codes.values() if _like_grade(code)}
        words -= {stem(name) for name in codes if name in OWN} if not _stated(record) else set()
        if "previou" not in words:
            words -= {"biennium"}
        signs, more = self._features(titles.get("zh", ""), "zh")
        named = frozenset(axes.keys() | more.keys()) | {name for name in codes if name in OWN}
        unit_words = self.nouns(record["unit"])
        own = [name for name in columns if name in (*OWN, "outcome")]
        series = (table.name, *(record.get(name, "") for name in columns if name not in own))
        if _stated(record):
            series = (table.name, "".join(sorted(words - {"increas", "total"})))
        held = joined_codes(codes, {**more, **axes}, self.whole_codes)
        return Candidate(
            id=id,
            table=table.name,
            row=row,
            value=value,
            unit=record["unit"],
            period=record.get("period", ""),
            axes=held,
            titles=titles,
            series=(*series, record["unit"]),
            decimals=int(record["decimals"] or 0),
            qualifier=record.get("qualifier", ""),
            status=record.get("status", ""),
            place=record.get("place", ""),
            features={"words": frozenset(words), "zh": frozenset(signs)},
            unit_features=unit_words,
            named_by=self._named_by(table, record, columns),
            said=named,
            whole=frozenset(axis for axis, code in held.items() if self.is_whole(axis, code)),
            coded=frozenset(name for name in OWN if record.get(name)),
            in_percent=bool(_PERCENT.search(record.get("printed", ""))),
        )

    def is_whole(self, axis: str, code: str) -> bool:
        """Return whether a code is that of a column's whole."""
        return code in self.whole_codes.get(axis, ())

    def nouns(self, unit_name: str) -> frozenset[str]:
        """Return the features of what a unit counts; of none that counts nothing."""
        if not _counted(unit_name):
            return frozenset()
        noun = unit_name.removeprefix("million_").removeprefix("thousand_").replace("_", " ")
        return frozenset(feature.name for feature in self.english.features(noun) if ":" not in feature.name)

    def _features(self, text: str, language: str) -> tuple[set[str], dict[str, str]]:
        """Return the features of a title and its codes; of a column of which it names several, none."""
        names: set[str] = set()
        axes: dict[str, str] = {}
        several: set[str] = set()
        for feature in self._lexicons[language].features(text):
            column, colon, code = feature.name.partition(":")
            if not colon:
                names.add(feature.name)
            elif column in (BEFORE, POINTS, SPOKEN):
                continue
            elif column != "axis":
                several |= {column} if axes.setdefault(column, code) != code else set()
            else:
                names.add(stem(code))
                following = text[feature.end :].strip()[:4].split()
                if following and (following[0][:1].isdigit() or following[0][:1] in "ABC"):
                    axes.setdefault(code, following[0].rstrip(",.;"))
        one = {column: code for column, code in axes.items() if column not in several or column == "measure"}
        return {name for name in names if not year(name)}, one

    def _titles(self, table: RecordedTable, record: dict, columns: list[str]) -> dict[str, str]:
        titles = {}
        for language in self.labels:
            own = [record[name] for start in TEXTS if record.get(name := f"{start}_{language}")]
            if not own and not _stated(record):
                chain = self._chain(table)
                finest = next((name for name in chain if record.get(name)), "")
                telling = [name for name in columns if name not in chain or name == finest]
                own = [said for name in telling if (said := self.named(name, record.get(name, ""), language))]
                own = own or ([table.source.title] if language == "en" else [])
            titles[language] = ", ".join(
                said for at, said in enumerate(own) if not any(said in earlier for earlier in own[:at])
            )
        return titles

    def _named_by(self, table: RecordedTable, record: dict, columns: list[str]) -> dict[str, Set[str]]:
        """Return the features that the title of each code gives: what need not be said where the code is."""
        if _stated(record):
            return {}
        named = {}
        for name in columns:
            code = record.get(name, "")
            if (name, code) not in self.said:
                titles = {language: self.named(name, code, language) for language in ("en", "zh")}
                self.said[name, code] = {
                    feature.name
                    for language, title in titles.items()
                    for feature in (self._lexicons[language].features(title) if title else ())
                }
            named[name] = self.said[name, code]
        chain = [name for name in self._chain(table) if record.get(name)]
        finest: set[str] | frozenset[str] = named.get(chain[0], frozenset()) if chain else frozenset()
        return {**named, **dict.fromkeys(chain, finest)}

    def _chain(self, table: RecordedTable) -> list[str]:
        if table.name not in self.levels:
            levels, columns = self.framework.levels, finest_dimensions(table)
            self.levels[table.name] = nested(table, columns, self.whole_codes, levels)
        return self.levels[table.name]

    def named(self, column: str, code: str, language: str) -> str:
        """Return what a code is called in a language; nothing for a whole and where it has no name."""
        if not code or self.is_whole(column, code):
            return ""
        asked = column, code, language
        if asked not in self._names:
            self._names[asked] = self._words_for(column, code, language)
        return self._names[asked]

    def _words_for(self, column: str, code: str, language: str) -> str:
        labels = self.labels[language]
        if f"{column}.{code}" in labels:
            return labels(f"{column}.{code}")
        known = self._titled[language].get(code, "")
        return known or (code.replace("_", " ") if language in ("en", "zh") and "_" in code else "")

    def _sum(self, table: RecordedTable, record: dict, keys: list[str], rows: list[int]) -> Candidate:
        conditions = {name: record[name] for name in keys if record[name]}
        quantity = total(table.name, **conditions)
        text = ", ".join(f'{name}="{code}"' for name, code in conditions.items())
        columns = [name for name in keys if name not in ("unit", "period")]
        first, places = table.records[rows[0]], (table.records[row]["decimals"] or "0" for row in rows)
        told = {**record, "status": "computed", "place": first["place"], "decimals": max(map(int, places))}
        name = f'total("{table.name}", {text})'
        return self._made(name, table, -1, evaluate(quantity, self.recorded), told, columns)


def _counted(unit_name: str) -> bool:
    return unit(unit_name).kind in ("count", "amount", "duration") and unit_name != "count"


def _stated(record: dict) -> bool:
    return any(record.get(column) for column in STATEMENTS)


def _like_grade(code: str) -> bool:
    return len(code) <= 4 and code[:1].isalpha() and code[-1:].isdigit()
