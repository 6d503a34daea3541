"""What the codes of a framework's dimensions are called in a text: places, groups of people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analysis.checking.text.countries import countries_named, names_of_countries
from analysis.checking.text.mentions import phrases
from analysis.checking.text.words import stem
from analysis.framework import Framework
from analysis.quantities import Recorded
from analysis.reading.languages import LANGUAGES, written_one_way

# What stands behind a name and is no part of what people say: "Iran (Islamic Republic of)".
_BEHIND = re.compile(r"\s*[(,（，].*")
_JOINED = re.compile(r"\s+(?:and|or|&)\s+|\s*/\s*")


def dimension_terms(recorded: Recorded, known: Sequence[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Yield a row of terms for each code by which a framework's results are broken down.

    Of dimensions of which the files of terms name a code they tell all. A code is called by its title, by
    the names of the country or territory that it is of, and by the general language's terms for it or for
    one of the two that it joins: "Refugees and asylum-seekers". A title that denies, "None", calls nothing.
    """
    framework, general = Framework.of(recorded), _terms_by_name(known)
    told = {name for row in known for name in row["means"].split()}
    for dimension in breaking_down(recorded, framework):
        if any(f"{dimension}:{code}" in told for code in framework.parts(dimension)):
            continue
        english = {
            code: name
            for code in framework.parts(dimension)
            if (title := framework.title(f"{dimension}.{code}", "en"))
            if (name := _BEHIND.sub("", title.text)).lower() not in phrases("en")["denial"]
        }
        for code, name in english.items():
            titles = ((language, framework.title(f"{dimension}.{code}", language)) for language in LANGUAGES)
            names = {language: [_BEHIND.sub("", title.text)] for language, title in titles if title}
            country = _country(name)
            if country and (name in country[1] or not {*country[1]} & {*english.values()}):
                for language in LANGUAGES:
                    names.setdefault(language, []).extend(names_of_countries(language)[country[0]])
            others = {part for another, other in english.items() if another != code for part in _parts(other)}
            for row in (general[part] for part in _parts(name) if part in general and part not in others):
                for language in LANGUAGES:
                    names.setdefault(language, []).extend(row[language].split("|"))
            said = {
                language: "|".join(dict.fromkeys(filter(None, names.get(language, ()))))
                for language in LANGUAGES
            }
            yield {"means": f"{dimension}:{code}", **said}


def _terms_by_name(rows: Sequence[dict[str, str]]) -> dict[tuple[str, ...], dict[str, str]]:
    """Return the rows of terms of the general language by each English name that they give."""
    general = (row for row in rows if ":" not in row["means"])
    return {_stems(name): row for row in general for name in row["en"].split("|") if name}


def _parts(title: str) -> list[tuple[str, ...]]:
    """Return the stems of a title and of each of the names that it joins."""
    return [*dict.fromkeys(map(_stems, (title, *_JOINED.split(title))))]


def _stems(name: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in re.findall(r"[^\W_]+", name))


def breaking_down(recorded: Recorded, framework: Framework) -> list[str]:
    """Return the dimensions of tables in which nodes of the framework nest, as indicators do in areas."""
    tables = [{*table.rows.columns} for table in recorded.values()]
    nesting = [columns for columns in tables if len(columns & {*framework.levels}) > 1]
    return [name for name in framework.dimensions if any(name in columns for columns in nesting)]


def _country(name: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the code and the English names of the country or territory that a title names.

    "United Rep. of Tanzania" is Tanzania, as people say; None where no country is in the title, or several.
    """
    known = names_of_countries("en")
    written = written_one_way(name)
    same = [(code, called) for code, called in known.items() if written in called]
    within = [(code, known[code]) for code in countries_named(written, "en")]
    return next(iter(same or (within if len(within) == 1 else [])), None)
