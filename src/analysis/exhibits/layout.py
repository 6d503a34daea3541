"""What a document prints, in its order: the layout read from its table, and exhibits made by their kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from analysis.errors import offered
from analysis.exhibits.gaps import with_gaps
from analysis.exhibits.named import Choice, Named, conditions_of
from analysis.exhibits.parts import NOT_RECOMPUTABLE, NOT_RECORDED, Chart, Exhibit, Table
from analysis.framework import Framework
from analysis.periods import Period
from analysis.quantities import Recorded

LAYOUT = "layout.exhibits"
# A drawing or a photograph: the document numbers it, and it prints no number.
DRAWING = "drawing"
# Bytes of an id, which is the stem of files with more behind it; letters of a mark.
LONGEST, MARK = 120, 8
Choices = Mapping[str, tuple[str, ...]]
Made = tuple[Table | None, tuple[Chart, ...]]


class LayoutError(ValueError):
    """A layout that names something that is not known, or one thing twice."""


def periods(period: Period) -> tuple[str, ...]:
    """Return what belongs to a period as tables write it: the period and its years."""
    return tuple(dict.fromkeys((str(period), *(str(year) for year in period.years))))


def holds(recorded: Recorded, table: str, period: Period) -> bool:
    """Whether a recorded table has rows of a period."""
    return table in recorded and bool(recorded[table].select((("period", periods(period)),)))


@dataclass(frozen=True)
class Scope:
    """What a kind of exhibit is made from.

    Attributes
    ----------
    recorded : Recorded
    period : Period
    conditions, options : mapping
        As the layout gives them: names to codes.
    id : str
        Of the exhibit; its charts are named alike.
    """

    recorded: Recorded
    period: Period
    conditions: Choices = field(default_factory=dict)
    options: Choices = field(default_factory=dict)
    id: str = ""

    @property
    def framework(self) -> Framework:
        """The framework that the record follows."""
        return Framework.of(self.recorded)

    @property
    def named(self) -> Named:
        """The named quantities of the record."""
        return Named(self.recorded)

    @property
    def where(self) -> dict[str, Choice]:
        """The conditions and the period, for selections."""
        chosen = {name: codes[0] if len(codes) == 1 else codes for name, codes in self.conditions.items()}
        return {"period": str(self.period), **chosen}

    def condition(self, name: str) -> str:
        """Return the one code of a condition.

        Raises
        ------
        LayoutError
            When the layout gives none, or several.
        """
        return self._one(name, self.conditions, "conditions")

    def option(self, name: str) -> str:
        """Return the one code of an option; errors as of :meth:`condition`."""
        return self._one(name, self.options, "options")

    def listed(self, name: str) -> tuple[str, ...]:
        """Return the codes of an option.

        Raises
        ------
        LayoutError
            When the layout gives none.
        """
        if name not in self.options:
            raise LayoutError(f"exhibit {self.id}: its kind asks for the option {name!r} in exhibits.csv")
        return self.options[name]

    def _one(self, name: str, entries: Choices, column: str) -> str:
        codes = entries.get(name, ())
        if len(codes) != 1:
            named = "|".join(codes) or "nothing"
            raise LayoutError(
                f"exhibit {self.id}: its kind asks for one {name!r} among the {column} of exhibits.csv, "
                f"found {named}"
            )
        return codes[0]

    def nodes(self, table: str, level: str, **where: str) -> tuple[str, ...]:
        """Return the codes of a level that a table holds in the period, in the framework's order.

        Raises
        ------
        LayoutError
            When the table holds a code that the framework does not know.
        """
        return self._known(table, level, self.framework.codes(level), where)

    def parts(self, table: str, dimension: str, **where: str) -> tuple[str, ...]:
        """Return the codes of a dimension, but its total, that a table holds; otherwise as :meth:`nodes`."""
        return self._known(table, dimension, self.framework.parts(dimension), where)

    def _known(self, table: str, column: str, codes: Iterable[str], where: dict) -> tuple[str, ...]:
        chosen = self.recorded[table].select(conditions_of({"period": periods(self.period), **where}))
        records = self.recorded[table].records
        if column not in self.recorded[table].rows:
            raise LayoutError(f"{table} has no column {column}, by which exhibit {self.id} is to go")
        there = {records[row][column] for row in chosen}
        codes = tuple(codes)
        strange = there - set(codes) - {"", self.framework.total_code(column)}
        if strange:
            raise LayoutError(
                f"{table} holds {column} {', '.join(sorted(strange))}, unknown to the framework: add it to "
                "framework/nodes.csv or framework/dimensions.csv"
            )
        return tuple(code for code in codes if code in there)


@dataclass(frozen=True)
class Kind:
    """A kind of exhibit: how it is made, whatever the codes are.

    Attributes
    ----------
    name : str
        As layouts name it; ``kind.<name>`` is the key of its title.
    build : callable
        Makes the table and the charts from a scope; neither of them where the record holds no number.
    needs : tuple of str
        Recorded tables that it reads.
    any_period : bool
        Whether the tables serve whatever periods they hold (a document of another period).
    words : mapping
        Kind of label for a condition, where it is not the condition's own name.
    """

    name: str
    build: Callable[[Scope], Made]
    needs: tuple[str, ...] = ()
    any_period: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Definition:
    """An exhibit as a document's layout has it.

    Attributes
    ----------
    id : str
        Kind and conditions.
    number : str
        As printed.
    document : str
        Name of the document.
    notebook, section : str
        Stem of the notebook that shows it, and the heading there.
    kind : Kind
    conditions, options : mapping
    status : str
        The status where the record holds its numbers.
    notes, missing : tuple of str
        Catalogue keys.
    """

    id: str
    number: str
    document: str
    notebook: str
    section: str
    kind: Kind
    conditions: Choices
    options: Choices
    status: str
    notes: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def needs(self) -> tuple[str, ...]:
        """Recorded tables that it reads."""
        return (*self.kind.needs, *self.options.get("beside", ()))

    @property
    def printed_in(self) -> tuple[str, ...]:
        """Name and kind of the document that prints it."""
        kinds = [table.partition(".")[0] for table in self.needs[:1]]
        return tuple(name for name in (self.document, *kinds) if name)

    @property
    def named(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Catalogue keys of what it is about, by the word for it."""
        return tuple(
            (name, tuple(f"{self.kind.words.get(name, name)}.{code}" for code in codes))
            for name, codes in self.conditions.items()
        )

    def scope(self, recorded: Recorded, period: Period) -> Scope:
        """Return what it is made from."""
        return Scope(recorded, period, self.conditions, self.options, self.id)


def choices(text: str, where: str) -> dict[str, tuple[str, ...]]:
    """Read ``outcome=7; output=7.1|7.2``.

    Raises
    ------
    LayoutError
        When a part is not ``name=code``, or a name stands twice.
    """
    chosen: dict[str, tuple[str, ...]] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        name, equals, codes = part.partition("=")
        if not equals or not name.strip() or name.strip() in chosen:
            raise LayoutError(f"{where}: {part!r} is not name=code|code, each name once: {text!r}")
        chosen[name.strip()] = tuple(map(str.strip, codes.split("|")))
    return chosen


def exhibit_id(kind: str, conditions: Choices) -> str:
    """Return the id of an exhibit: its kind and conditions, in letters, digits and underscores.

    One that is too long for the name of a file is cut, and ends in a mark of the whole.
    """
    parts = [kind, *(word for name, codes in conditions.items() for word in (name, *codes))]
    whole = "_".join(re.sub(r"\W+", "_", part).strip("_") for part in parts)
    if len(whole.encode()) <= LONGEST:
        return whole
    kept = whole.encode()[: LONGEST - 1 - MARK].decode(errors="ignore")
    return f"{kept}_{_mark(conditions)}"


def _mark(conditions: Choices) -> str:
    """Return a few letters that other conditions do not have."""
    text = ";".join(f"{name}={'|'.join(codes)}" for name, codes in conditions.items())
    return sha256(text.encode()).hexdigest()[:MARK]


def laid_out(recorded: Recorded, kinds: Mapping[str, Kind]) -> tuple[Definition, ...]:
    """Return the exhibits of a record's layouts, in order.

    Parameters
    ----------
    recorded : Recorded
        Holds ``layout.exhibits`` under ``about``.
    kinds : mapping
        The kinds there are, by name.

    Raises
    ------
    LayoutError
        When a row names no kind that there is, its conditions cannot be read, or two rows have one id.
    """
    table = recorded.about.get(LAYOUT)
    by_id: dict[str, Definition] = {}
    for number, row in enumerate(table.records if table else ()):
        source = table.source_of(number)
        where = f"{source.path} row {table.file_row(number)}"
        if row["kind"] == DRAWING:
            continue
        if row["kind"] not in kinds:
            raise LayoutError(
                f"{where}: no kind {row['kind']!r}; there are {offered(sorted(kinds), row['kind'])}"
            )
        conditions = choices(row["conditions"], where)
        definition = Definition(
            exhibit_id(row["kind"], conditions),
            row["number"],
            source.document,
            row["chapter"],
            row["section"],
            kinds[row["kind"]],
            conditions,
            choices(row["options"], where),
            row["status"],
            tuple(f"note.{part.strip()}" for part in row["notes"].split("|") if part.strip()),
            tuple(f"missing.{part.strip()}" for part in row["missing"].split("|") if part.strip()),
        )
        namesake = by_id.get(definition.id)
        if namesake is not None and namesake.conditions != conditions:  # as of codes a.1 and a/1
            definition = replace(definition, id=f"{definition.id}_{_mark(conditions)}")
        if definition.id in by_id:
            raise LayoutError(
                f"{where}: {definition.id} is laid out twice, also by {by_id[definition.id].document}; tell "
                "the two apart by a condition, or leave one out"
            )
        by_id[definition.id] = definition
    return tuple(by_id.values())


def drawings(recorded: Recorded) -> tuple[tuple[str, str], ...]:
    """Return document and number of each figure that prints no number."""
    table = recorded.about.get(LAYOUT)
    rows = enumerate(table.records if table else ())
    return tuple(
        (table.source_of(number).document, row["number"]) for number, row in rows if row["kind"] == DRAWING
    )


def make(definition: Definition, recorded: Recorded, period: Period) -> Exhibit:
    """Return the exhibit of a period, or the statement of what is not recorded for it."""
    if definition.kind.any_period:
        absent = [table for table in definition.needs if table not in recorded]
    else:
        absent = [table for table in definition.needs if not holds(recorded, table, period)]
    built: Made = (None, ()) if absent else definition.kind.build(definition.scope(recorded, period))
    content = with_gaps(*built, recorded)
    if absent or (content == (None, ()) and definition.status != NOT_RECOMPUTABLE):
        missing = tuple(f"table.{name}" for name in absent or definition.needs)
        content, status = (None, ()), NOT_RECORDED
        notes: tuple[str, ...] = ()
    else:
        status, notes, missing = definition.status, definition.notes, definition.missing
    return Exhibit(
        definition.id,
        definition.number,
        definition.document,
        status,
        *content,
        notes,
        missing,
        definition.needs,
        definition.kind.name,
        definition.named,
    )
