"""A mapping: whose published results a file holds, which column says what, and how titles become codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.exchange.codes import slug
from analysis.exchange.mapping_faults import faults_of_results_mapping
from analysis.exchange.numbers import NumberForm
from analysis.files import Unreadable, read_toml


class ResultsMappingError(ValueError):
    """A mapping that cannot be used; the message lists everything that is wrong with it."""


@dataclass(frozen=True)
class Level:
    """How the titles of one level become codes.

    Attributes
    ----------
    name : str
        The level as the organisation calls it, for example ``area``.
    pattern : re.Pattern or None
        What a title looks like; its named groups fill ``code``.
    code : str
        Template of the code: groups of the pattern, ``{slug}``, ``{parent}``, and the parent's groups.
    title : dict of str to str
        What the level is called, per language.
    """

    name: str
    pattern: re.Pattern | None = None
    code: str = "{slug}"
    title: dict[str, str] = field(default_factory=dict)

    def groups(self, title: str) -> dict[str, str]:
        """Return the parts that the pattern finds in a title, as codes; none where it does not match."""
        match = self.pattern.search(title) if self.pattern else None
        return {name: _part(text) for name, text in match.groupdict().items() if text} if match else {}

    def of(self, title: str, plain: str, parent: str = "", above: Mapping[str, str] | None = None) -> str:
        """Return the code of a title; ``plain`` is the code of its words, used where the pattern has none."""
        own = self.groups(title)
        known = {**(above or {}), **own, "slug": plain, "parent": parent}
        if self.pattern and not own:
            return f"{parent}.{plain}" if parent else plain
        try:
            return self.code.format(**known)
        except KeyError as missing:
            raise ResultsMappingError(
                f"levels: code {self.code!r} asks for {missing}, but the title {title!r} gives only "
                f"{', '.join(sorted(known))}"
            ) from None


def _part(text: str) -> str:
    return text.casefold() if re.fullmatch(r"[\w.]+", text) else slug(text)


@dataclass(frozen=True)
class Continuation:
    """Nodes of a level that continue those of an earlier period.

    Attributes
    ----------
    periods : list of str
        Whose nodes continue.
    since : str
        The period whose nodes they continue.
    level, why : str
        Which nodes, and the reason.
    codes : dict of str to str
        From a code now to the code then; where empty, nodes with the same code continue each other.
    changed : str
        What changed of all of them; a change of unit, direction or title is found without.
    """

    periods: list[str]
    since: str
    level: str
    why: str
    codes: dict[str, str] = field(default_factory=dict)
    changed: str = ""


@dataclass(frozen=True)
class ResultsMapping:
    """A mapping, read and checked.

    Attributes
    ----------
    path : Path
        The file.
    organisation, document, file, columns, dimensions, activities : dict
        As written; see ``examples/unhcr/README.md``.
    result, indicator : Level
        The two levels of published results.
    units : tuple of dict
        Rules, the first that fits decides: ``measure``, ``pattern`` (of the indicator's title), ``unit``.
    continues : tuple of Continuation
    numbers : NumberForm
        How the file writes numbers, and what it writes where there is none.
    fixed : dict of str to str
        What the file does not say, by the name of the column that would.
    translate : dict of str to dict
        Meanings of the words of a column, by its name.
    periods : tuple of dict
        Which columns hold the numbers of a period: ``pattern``, with a group ``period``, and what is
        ``stated``.
    """

    path: Path
    organisation: dict
    document: dict
    file: dict
    columns: dict
    result: Level
    indicator: Level
    dimensions: dict[str, dict]
    units: tuple[dict, ...]
    activities: dict
    continues: tuple[Continuation, ...]
    numbers: NumberForm = field(default_factory=NumberForm)
    fixed: dict[str, str] = field(default_factory=dict)
    translate: dict[str, dict[str, str]] = field(default_factory=dict)
    periods: tuple[dict, ...] = ()

    @property
    def language(self) -> str:
        """Language of the published titles where the file does not say."""
        return self.document.get("language", "en")

    def activity_code(self, identifier: str) -> str:
        """Return the code that ``[activities]`` makes of an identifier; empty where it has none."""
        match = re.search(self.activities.get("pattern", ""), identifier)
        if not match or not match.groupdict():
            return ""
        return self.activities.get("code", "{code}").format(**match.groupdict())

    def unit(self, measure: str, title: str) -> str:
        """Return the unit of an indicator's values, by the first rule that fits.

        Without one, percentages are ``percent``, and everything else is ``index``: numbers whose unit only
        the indicator's title tells, which are not added up.
        """
        for rule in self.units:
            if rule.get("measure", measure) == measure and re.search(rule.get("pattern", ""), title):
                return rule["unit"]
        return "percent" if measure == "percentage" else "index"


def read_mapping(path: Path) -> ResultsMapping:
    """Read a mapping.

    Raises
    ------
    ResultsMappingError
        When it cannot be read, or holds an unknown key, lacks a needed one, or has a pattern that is none.
    """
    try:
        tree = read_toml(Path(path))
    except Unreadable as error:
        raise ResultsMappingError(str(error)) from None
    if faults := faults_of_results_mapping(tree):
        raise ResultsMappingError(f"{path}: " + "; ".join(faults))
    levels = tree.get("levels", {})
    level_of = {}
    for name, usual, code in (("result", "area", "{slug}"), ("indicator", "indicator", "{parent}.{slug}")):
        about = levels.get(name, {})
        pattern = re.compile(about["pattern"]) if "pattern" in about else None
        level_of[name] = Level(
            about.get("name", usual), pattern, about.get("code", code), about.get("title", {})
        )
    continues = tuple(Continuation(**table) for table in tree.get("continues", []))
    return ResultsMapping(
        Path(path),
        tree["organisation"],
        tree["document"],
        tree.get("file", {}),
        tree.get("columns", {}),
        level_of["result"],
        level_of["indicator"],
        tree.get("dimensions", {}),
        tuple(tree.get("units", [])),
        {"dimension": "operation", **tree.get("activities", {})},
        continues,
        NumberForm(
            tree.get("file", {}).get("decimal", "."),
            tree.get("file", {}).get("thousands", ""),
            tree.get("absent", {}),
            tree.get("marks", {}),
        ),
        tree.get("fixed", {}),
        tree.get("translate", {}),
        tuple(tree.get("periods", [])),
    )
