"""Everything that is wrong with a recorded document, told at once: files, cells, sums, its framework."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pandas as pd

from analysis.files import Unreadable, read_bytes
from analysis.framework import Framework, FrameworkError, Range, range_of
from analysis.quantities.intervals import Value, printed_value
from analysis.quantities.tables import PRINTED, STATEMENTS, Recorded, RecordedTable, Source
from analysis.sources.about_checks import check_about
from analysis.sources.appending import key_columns
from analysis.sources.continuing_checks import check_changes, check_continues
from analysis.sources.framework_checks import check_framework
from analysis.sources.likes_checks import check_likes, check_numberless
from analysis.sources.organisations import Organisation
from analysis.sources.readings import Readings
from analysis.sources.schema import COLUMNS, DIGITS, Fault, check_table, is_value, read_rows
from analysis.sources.value_checks import check_values

FRAMEWORK = ("nodes", "dimensions", "titles", "changes")
_Row = dict[str, str]


def check_document(
    folder: Path,
    root: Path,
    fields: Mapping,
    counted: Collection[str],
    organisations: Mapping[str, Organisation],
) -> Iterator[Fault]:
    """Yield what is wrong with the document in a folder, gravest first within each file.

    Parameters
    ----------
    folder : Path
        ``data/raw/<document>``.
    root : Path
        The project; no file of it may lead outside.
    fields : mapping
        As ``data/raw/fields.toml`` describes columns.
    counted : container of str
        Nouns that numbers may count, as ``data/raw/counted.toml`` lists them.
    organisations : mapping
        By id.
    """
    place = folder.relative_to(root).as_posix()
    outside = list(_leaving(folder, root))
    yield from outside
    if outside:
        return
    about, faults = check_about(folder, place, organisations)
    yield from faults
    if about is None:
        return
    tables: dict[str, tuple[str, list[_Row]]] = {}
    fields = {**fields, **about.get("fields", {})}
    counted = {*counted, *about.get("counted", ())}
    for path in sorted(folder.rglob("*.csv")):
        name = path.relative_to(root).as_posix()
        try:
            header, rows, unreadable = read_rows(read_bytes(path), name)
        except (OSError, Unreadable) as error:
            yield Fault(name, 0, "", f"what cannot be read ({error})", "a table of text")
            continue
        yield from unreadable
        if header and not any(fault.column and not fault.row for fault in unreadable):
            yield from check_table(name, header, rows, fields, counted)
            yield from _ids(name, header, rows)
            tables[path.relative_to(folder).with_suffix("").as_posix()] = (
                name,
                [dict(zip(header, row, strict=True)) for row in rows],
            )
    yield from _keys(tables)
    yield from _evidence(tables)
    yield from check_changes(tables)
    yield from _unused(tables)
    documents = {path.parent.name for path in folder.parent.glob("*/document.toml")}
    whole = {
        stem: table
        for stem, table in tables.items()
        if not table[1] or set(COLUMNS.get(f"{stem}.csv", ())) <= table[1][0].keys()
    }
    broken = list(check_framework(whole, documents))
    name, nodes = whole.get("framework/nodes", ("", []))
    broken += check_continues(name, nodes, folder.parent, folder.name)
    yield from broken
    owner = folder.parent / str(about.get("framework", folder.name))
    readings = Readings(folder.name)
    if not any(fault.grave for fault in broken):
        yield from _against_framework(owner, tables, place, about, readings)
    readings.keep()


def _leaving(folder: Path, root: Path) -> Iterator[Fault]:
    for path in sorted(folder.rglob("*")):
        if not path.resolve().is_relative_to(root.resolve()):
            name = path.relative_to(root).as_posix()
            yield Fault(name, 0, "", f"a link to {path.resolve()}", "a file inside the project")


def _ids(name: str, header: list[str], rows: list[list[str]]) -> Iterator[Fault]:
    """Yield ids that do not begin with their document and file."""
    begins = "/".join(Path(name).with_suffix("").parts[-2:]) + "/"
    for number, row in enumerate(rows if "id" in header else (), start=2):
        text = row[header.index("id")]
        if text and not text.startswith(begins):
            yield Fault(name, number, "id", repr(text), f"an id that begins with {begins}")


def _unused(tables: dict[str, tuple[str, list[_Row]]]) -> Iterator[Fault]:
    """Yield dimensions of the framework that no table of the document has as a column."""
    name, rows = tables.get("framework/dimensions", ("", []))
    used = {column for _, others in tables.values() if others for column in others[0]}
    first: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        first.setdefault(row.get("dimension", ""), number)
    for dimension, number in first.items():
        if dimension not in used:
            allowed = "a column of the tables, unless only exhibits ask for it"
            yield Fault(name, number, "dimension", repr(dimension), allowed, False)


def _evidence(tables: dict[str, tuple[str, list[_Row]]]) -> Iterator[Fault]:
    """Yield evidence of a result that the document does not record."""
    ids = {row["id"] for _, rows in tables.values() for row in rows if "id" in row}
    for name, rows in tables.values():
        for number, row in enumerate(rows, start=2):
            if "result" in row and row["result"] not in ids:
                yield Fault(name, number, "result", repr(row["result"]), "the id of a recorded result")
            if "result" in row and not any(row.get(column) for column in STATEMENTS):
                column = next((column for column in STATEMENTS if column in row), STATEMENTS[0])
                yield Fault(name, number, column, "nothing", "the statement of the evidence, in a language")
            if "result" in row and not row.get("place"):
                yield Fault(name, number, "place", "nothing", "the place of the evidence")


def _keys(tables: dict[str, tuple[str, list[_Row]]]) -> Iterator[Fault]:
    """Yield numbers that two rows of one table print under the same codes."""
    for name, rows in tables.values():
        if not rows or "value" not in rows[0]:
            continue
        columns = key_columns(list(rows[0]))
        telling = [column for column in columns if column not in ("period", "outcome")]
        first: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(rows, start=2):
            if not row["value"] or not any(row[column] for column in telling):
                continue
            key = tuple(row[column] for column in columns)
            if key in first:
                codes = ", ".join(f"{column} {row[column]}" for column in columns if row[column])
                actual = f"the codes of row {first[key]} again ({codes})"
                yield Fault(name, number, "", actual, "codes that tell each number from the others", False)
            first.setdefault(key, number)


def _against_framework(
    owner: Path, tables: dict, place: str, about: Mapping, readings: Readings
) -> Iterator[Fault]:
    """Yield codes that the framework lacks, numbers out of range, parts that are missing, impossible sums."""
    files, periods = about.get("files", {}), [str(period) for period in about.get("periods", ())]
    described = _tables(owner)
    for table in described:
        needed = COLUMNS[f"framework/{table.source.path}"]
        if lacking := [name for name in needed if name not in table.rows]:
            actual = f"no column {', '.join(lacking)} in {table.source.path} of {owner.name}"
            yield Fault(f"{place}/framework", 0, "", actual, "a framework with all its columns")
            return
    try:
        framework = Framework(Recorded([], about=described))
    except FrameworkError as error:
        yield Fault(f"{place}/framework", 0, "", f"what contradicts itself: {error}", "one framework")
        return
    numbers = {
        stem: table
        for stem, table in tables.items()
        if table[1] and not stem.startswith("framework/") and "value" in table[1][0]
    }
    if "framework/nodes" in tables:
        yield from check_numberless(
            tables["framework/nodes"][0], [rows for _, rows in numbers.values()], framework
        )
    for stem, (name, rows) in numbers.items():
        yield from check_values(name, rows, framework, _range_of(files.get(stem)), readings)
        yield from check_likes(name, rows, framework, periods)
        for dimension in (column for column in framework.dimensions if column in rows[0]):
            known = {*framework.parts(dimension), framework.total_code(dimension), ""}
            for number, row in enumerate(rows, start=2):
                if row[dimension] not in known:
                    allowed = "a code of framework/dimensions.csv"
                    yield Fault(name, number, dimension, repr(row[dimension]), allowed)
            yield from _parts(name, rows, dimension, framework)
        yield from _nodes(name, rows, framework)


def _nodes(name: str, rows: list[_Row], framework: Framework) -> Iterator[Fault]:
    """Yield codes that no node has, and nodes that stand under another node than their row says."""
    levels = [column for column in framework.levels if column in rows[0]]
    if "measure" not in rows[0]:  # codes of trends and the like are no nodes
        levels = [column for column in levels if any(framework.node(column, row[column]) for row in rows)]
    for number, row in enumerate(rows, start=2):
        nodes = [(level, framework.node(level, row[level])) for level in levels if row[level]]
        for level, node in nodes:
            if node is None:
                yield Fault(name, number, level, repr(row[level]), "a code of framework/nodes.csv")
        lowest = next((node for _, node in reversed(nodes) if node), None)
        above = lowest
        while above is not None and (above := framework.parent(above)) is not None:
            if row.get(above.level, above.code) not in ("", above.code):
                actual = f"{row[above.level]!r}, where {lowest.level} {lowest.code} stands under {above.code}"
                yield Fault(name, number, above.level, actual, "the codes of one branch of the framework")


def _parts(name: str, rows: list[_Row], dimension: str, framework: Framework) -> Iterator[Fault]:
    whole, parts = framework.total_code(dimension), framework.parts(dimension)
    if not whole or not framework.exhaustive(dimension):
        return
    columns = [column for column in key_columns(list(rows[0])) if column != dimension]
    groups: dict[tuple[str, ...], dict[str, tuple[int, _Row]]] = {}
    for number, row in enumerate(rows, start=2):
        groups.setdefault(tuple(row[column] for column in columns), {})[row[dimension]] = (number, row)
    for by_code in groups.values():
        if whole not in by_code or len(by_code) == 1:
            continue
        number, total = by_code[whole]
        absent = [part for part in parts if part not in by_code]
        if absent:
            actual = f"no row of {', '.join(absent)} beside the {whole}"
            yield Fault(name, number, dimension, actual, "every part of an exhaustive dimension", False)
            continue
        readable = all(_is_number(row) for _, row in by_code.values())
        if not readable or total["unit"] in ("percent", "percentage_points"):
            continue
        try:
            recorded = [_value(row) for _, row in by_code.values()]
        except ValueError:
            continue  # a number that is none, or has no unit, is told as its cell's fault
        codes = list(by_code)
        added = [recorded[place] for place, code in enumerate(codes) if code != whole]
        goal = recorded[codes.index(whole)]
        low, high = sum(part.low for part in added), sum(part.high for part in added)
        if low > goal.high or high < goal.low:
            value = float(sum(part.value for part in added))
            actual = f"{total['value']}, where the parts come to {value:g}"
            yield Fault(
                name, number, "value", actual, "a sum that rounding allows; the audit tells it", False
            )


def _is_number(row: _Row) -> bool:
    decimals = row.get("decimals", "")
    return (
        len(row["value"]) <= DIGITS
        and is_value(row["value"])
        and bool(row.get("unit"))
        and decimals.removeprefix("-").isdigit()
        and len(decimals) < 4
    )


def _range_of(entry: object) -> Range | None:
    """Return the range that a file's entry states; None where it states none, or none that can be read."""
    try:
        return range_of(entry.get("range", "")) if isinstance(entry, dict) else None
    except ValueError:
        return None


def _value(row: _Row) -> Value:
    return printed_value(*(row.get(name, "") for name in PRINTED))


def _tables(owner: Path) -> list[RecordedTable]:
    tables = []
    for stem in FRAMEWORK:
        path = owner / "framework" / f"{stem}.csv"
        if path.is_file():
            header, rows, _ = read_rows(read_bytes(path), path.name)
            source = Source(owner.name, "", path.name, "", stem)
            tables.append(RecordedTable(f"framework.{stem}", pd.DataFrame(rows, columns=header), source))
    return tables
