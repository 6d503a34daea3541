"""Give everything in published results a code, and see that what shares a code agrees."""

from __future__ import annotations

from collections import Counter

from analysis.exchange.codes import CsvRow, codes_of_texts, slug
from analysis.exchange.framework import ADDS_UP, DIRECTION_OF, LOCATION, MEASURES, RESULT_TYPES, CodedResults
from analysis.exchange.mapping import ResultsMapping
from analysis.exchange.published import DIMENSION, Published, PublishedError
from analysis.exchange.spans import span_text

# Words for a whole among its parts: added to them, it would count everything twice.
WHOLE = {"total", "totals", "grand total", "all", "overall", "ensemble", "tous", "toutes", "todos", "todas"}
WHOLE |= {"合计", "总计", "总数", "全部"}
COLUMNS = ("entry", "measure", "period", "direction", "value", "unit", "status", "place", "line", "note")


def code(published: Published, mapping: ResultsMapping) -> CodedResults:
    """Give everything in published results a code, and see that what shares a code agrees.

    Raises
    ------
    PublishedError
        When a code of IATI is unknown, or an indicator has two units, measures, directions or kinds.
    """
    coded = CodedResults(
        mapping.activities["dimension"], mapping.result.name, mapping.indicator.name, published
    )
    coded.activities = _activities(published, mapping)
    wrong: list[str] = []
    plain = codes_of_texts(published.results["title"])
    for row in published.results.to_dict("records"):
        coded.results[row["key"]] = {
            "activity": row["activity"],
            "title": row["title"],
            "code": mapping.result.of(row["title"], plain[row["title"]]),
            "kind": _known(RESULT_TYPES, row["type"], f"type of {row['title']!r}", wrong),
            "adds_up": _known(ADDS_UP, row["aggregation"], f"aggregation status of {row['title']!r}", wrong),
        }
    of_results: dict[str, set[str]] = {}
    spans = _spans(published)
    for key, result in zip(published.indicators["key"], published.indicators["result"], strict=True):
        of_results.setdefault(result, set()).update(spans.get(key, ()))
    wrong += _versions(coded.results, ("title", "adds_up"), of_results)
    plain = codes_of_texts(published.indicators["title"])
    for row in published.indicators.to_dict("records"):
        above, title = coded.results[row["result"]], row["title"]
        measure = _known(MEASURES, row["measure"], f"measure of {title!r}", wrong)
        coded.indicators[row["key"]] = {
            "activity": above["activity"],
            "title": title,
            "parent": above["code"],
            "code": mapping.indicator.of(
                title, plain[title], above["code"], mapping.result.groups(above["title"])
            ),
            "kind": above["kind"],
            "measure": measure,
            "unit": mapping.unit(measure, title),
            "direction": _known(DIRECTION_OF, row["ascending"], f"direction of {title!r}", wrong),
            "adds_up": _known(ADDS_UP, row["aggregation"], f"aggregation status of {title!r}", wrong),
        }
    coded.spans = {"results": of_results, "indicators": spans}
    agreeing = ("title", "parent", "kind", "measure", "unit", "direction", "adds_up")
    wrong += _versions(coded.indicators, agreeing, spans)
    if wrong:
        raise PublishedError("; ".join(dict.fromkeys(wrong)))
    _dimensions(coded, published, mapping)
    return coded


def _known(codes: dict[str, str], text: str, what: str, wrong: list[str]) -> str:
    if text not in codes:
        offered = ", ".join(f"{name or 'nothing'} ({meaning})" for name, meaning in codes.items())
        wrong.append(f"{what} is {text!r}: expected {offered}")
    return codes.get(text, "")


def _spans(published: Published) -> dict[str, set[str]]:
    """Return the periods of each indicator, by key."""
    spans: dict[str, set[str]] = {}
    columns = published.values[["indicator", "start", "end"]]
    for indicator, start, end in columns.itertuples(index=False, name=None):
        spans.setdefault(indicator, set()).add(span_text(start, end))
    return spans


def _versions(rows: dict[str, CsvRow], names: tuple[str, ...], spans: dict[str, set[str]]) -> list[str]:
    """Keep apart what has one code but differs from one period to another; return what differs within one.

    The newest version keeps the code; the code of an earlier one ends in its last period.
    """
    versions: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for key, row in rows.items():
        row["plain"] = row["code"]
        versions.setdefault(row["code"], {}).setdefault(tuple(row[name] for name in names), []).append(key)
    wrong = []
    for code, versions_of in versions.items():
        periods = {
            version: {span for key in keys for span in spans.get(key, ())}
            for version, keys in versions_of.items()
        }
        if len(versions_of) > 1 and sum(map(len, periods.values())) > len(set().union(*periods.values())):
            first, second = list(versions_of)[:2]
            different = [place for place in range(len(names)) if first[place] != second[place]]
            wrong += [
                f"{code!r} has two values of {names[place]}: {first[place]!r} and {second[place]!r}"
                for place in different
            ]
            continue
        newest = max(versions_of, key=lambda version: max(periods[version], default=""))
        for version, keys in versions_of.items():
            if version != newest:
                for key in keys:
                    rows[key]["code"] = f"{code}_{max(periods[version])}"
    return wrong


def _activities(published: Published, mapping: ResultsMapping) -> dict[str, str]:
    activities = {}
    for row in published.activities.to_dict("records"):
        named = mapping.activity_code(row["identifier"])
        activities[row["key"]] = named or slug(row["identifier"])
    return activities


def _dimensions(coded: CodedResults, published: Published, mapping: ResultsMapping) -> None:
    mapped = {name: code for code, about in mapping.dimensions.items() for name in about.get("names", [])}
    mapped |= {about["column"]: code for code, about in mapping.dimensions.items() if "column" in about}
    taken = {coded.operation, coded.area, coded.level, LOCATION, *COLUMNS}
    for name in published.dimensions:
        code = mapped.get(name, slug(name))
        if code in taken:
            raise PublishedError(
                f"dimension {name!r} would be called {code!r}, which is another column; map its name"
            )
        coded.names.setdefault(code, []).append(name)
    for code, names in coded.names.items():
        both = published.values[[f"{DIMENSION}{name}" for name in names]].ne("").sum(axis=1) > 1
        if both.any():
            place = published.values.loc[both, "place"].iloc[0]
            raise PublishedError(f"{place}: {' and '.join(map(repr, names))} are one dimension, {code!r}")
    for code, names in {**coded.names, LOCATION: [LOCATION]}.items():
        columns = [name if code == LOCATION else f"{DIMENSION}{name}" for name in names]
        texts = published.values[columns].to_numpy().ravel()
        named = mapping.dimensions.get(code, {}).get("codes", {})
        coded.values[code] = codes_of_texts(text for text in dict.fromkeys(texts) if text)
        coded.values[code] |= {text: named[text] for text in coded.values[code] if text in named}
        _see_to_the_whole(code, coded.values[code], mapping)
        listed = mapping.dimensions.get(code, {}).get("groups", {})
        united = {text: representative for representative, texts in listed.items() for text in texts}
        groups = {}
        for text, own in coded.values[code].items():
            representative = united.get(text, text)
            plain = named.get(text, slug(text))
            groups[own] = coded.values[code].get(representative) if text in united else plain
            groups[own] = groups[own] or slug(representative)
        shared = Counter(groups.values())
        alone = {own for own, group in groups.items() if own == group and shared[group] == 1}
        coded.groups[code] = {own: "" if own in alone else group for own, group in groups.items()}


def _see_to_the_whole(code: str, texts: dict[str, str], mapping: ResultsMapping) -> None:
    """Refuse what looks like the whole of a dimension, where the mapping does not say which one is."""
    total = mapping.dimensions.get(code, {}).get("total")
    if total and total not in texts:
        raise PublishedError(f"dimensions.{code}: total {total!r} is none of {', '.join(map(repr, texts))}")
    looks = [text for text in texts if text.casefold() in WHOLE]
    if looks and total is None and len(texts) > 1:
        raise PublishedError(
            f"dimension {code!r} has {looks[0]!r} beside its parts: say in [dimensions.{code}] "
            f'total = {looks[0]!r}, or total = "" where it is a part; sums would count it twice'
        )
