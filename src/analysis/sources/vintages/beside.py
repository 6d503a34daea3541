"""What stands beside a record of indicators by sex and age: each vintage's estimates, weights, words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from analysis.quantities import Recorded, RecordedTable, Source
from analysis.quantities.tables import REQUIRED
from analysis.sources.appending import stacked_tables
from analysis.sources.vintages.codes import VintageError
from analysis.sources.vintages.record import KEYS, KIND, published, table_name, titles_of_estimates
from analysis.sources.vintages.register import Vintages
from analysis.sources.vintages.text_columns import read_text_columns

WEIGHTS, OWN_WORLD = "weights_table", "own_world_table"
"""Dialects of registered tables that are computed: of weights, and of our own World from countries."""
_COLUMNS = {
    WEIGHTS: ("measure", "kind", "area", "period", "sex", "age", "value", "unit"),
    OWN_WORLD: (
        "measure", "vintage", "indicator", "area", "sex", "age", "period", "value", "decimals", "unit"
    ),
}  # fmt: skip

_TABLES = {WEIGHTS: "weights", OWN_WORLD: "own_world"}

COUNTRIES, TOTAL = "_countries", "SEX_T"
IN_IDS = ("measure", "vintage", "indicator", "area", "sex", "age", "period")
"""What the id of a computed number names, in this order."""

Later = dict[str, Callable[[], RecordedTable]]


class Opening:
    """A table that is opened when it is called for, once; unlike a closure it can go to another process."""

    def __init__(self, reader: Callable[..., RecordedTable], *arguments: object):
        self.reader, self.arguments = reader, arguments

    @cached_property
    def table(self) -> RecordedTable:
        """The table, read."""
        return self.reader(*self.arguments)

    def __call__(self) -> RecordedTable:
        """Return the table."""
        return self.table


def keyed(tables: Iterable[RecordedTable]) -> bool:
    """Whether any table holds an indicator by sex, age and period, which estimates can stand beside."""
    needed = set(KEYS) - {"area"}
    return any(needed <= set(table.rows.columns) for table in tables)


def estimates(root: Path) -> tuple[Later, list[RecordedTable]]:
    """Return the tables of a project's vintages, to be opened when asked for, and the words for them.

    Parameters
    ----------
    root : Path
        The folder that holds ``data``.

    Returns
    -------
    later : dict of str to callable
        ``estimates.<vintage>`` with the World and the regions, ``estimates.<vintage>_countries`` with women
        and men together, ``estimates.weights``, and ``estimates.own_world`` from countries.
    about : list of RecordedTable
        Titles; nothing where the project has no vintages.
    """
    if not (root / "data" / "estimates").is_dir():
        return {}, []
    vintages = Vintages(root)

    later: Later = {}
    for name in vintages.names():
        later[table_name(name)] = Opening(_groups, vintages, name)
        later[table_name(name) + COUNTRIES] = Opening(_countries, vintages, name)
    for role, dialect in (("weights", WEIGHTS), ("computed", OWN_WORLD)):
        for name in vintages.names(role):
            for path in vintages[name].files(dialect):
                later[table_name(_TABLES[dialect])] = Opening(_computed, vintages, name, path, dialect)
    return later, [titles_of_estimates(vintages)]


def _groups(vintages: Vintages, name: str) -> RecordedTable:
    return published(vintages, name, set(vintages.codes.listed_areas["area"]))


def _countries(vintages: Vintages, name: str) -> RecordedTable:
    return published(vintages, name, set(vintages.codes.countries), COUNTRIES, TOTAL)


def with_estimates(recorded: Recorded, later: Later, tables: Iterable[RecordedTable]) -> Recorded:
    """Return a record with estimates and their words beside it, both as :func:`estimates` gives them."""
    about = {name: [table] for name, table in recorded.about.items()}
    for table in tables:
        about.setdefault(table.name, []).append(table)
    words_of = [stacked_tables(part) for part in about.values()]
    return Recorded(recorded.values(), recorded.renames, words_of, recorded.left_out, later)


def _computed(vintages: Vintages, name: str, path: Path, dialect: str) -> RecordedTable:
    rows = read_text_columns(path)
    expected = _COLUMNS[dialect]
    lacking = [column for column in expected if column not in rows]
    if lacking:
        raise VintageError(f"{path}: no column {', '.join(lacking)}; expected {', '.join(expected)}")
    wrong = rows.index[~rows["value"].str.fullmatch(r"[0-9]+(\.[0-9]+)?")]
    if len(wrong):
        text = rows.loc[wrong[0], "value"]
        raise VintageError(f"{path} row {wrong[0] + 2}, value: found {text!r}; expected a number")
    keys = (rows[column].tolist() for column in IN_IDS if column in expected)
    rows = rows.assign(
        id=[f"{KIND}/{name}/{'/'.join(key)}" for key in zip(*keys, strict=True)],
        printed=rows["value"],
        decimals=rows.get("decimals", "0"),
        status="reported",
    )
    for column in REQUIRED:
        if column not in rows:
            rows[column] = ""
    vintage = vintages[name]
    checksum = next(
        resource["hash"] for resource in vintage.descriptor["resources"] if resource["path"] == path.name
    )
    source = Source(
        name, vintage.title, f"data/estimates/{name}/{path.name}", checksum.removeprefix("sha256:"),
        vintage.title, vintage.date[:4],
    )  # fmt: skip
    return RecordedTable(table_name(_TABLES[dialect]), rows, source)
