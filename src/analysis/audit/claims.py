"""Claims: every recorded number and every comparison in words, with what recomputes it or why nothing can.

What recomputes a number comes from three places: rules for tables (``analysis.audit.rules``), the claims
data (``data/claims/<document>.csv``) and the links between printings of one quantity
(``data/links/quantities.csv``), where each printing is compared with the first of the same note (a note says
what sets a printing apart). The claims data also hold what is expected of a claim that a rule or a link
makes, where that is not ``reproduced``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.audit.rules import ruled
from analysis.audit.verdicts import DISCREPANCY, EXPLAINED, REPRODUCED, ROUNDING, VERDICTS
from analysis.exhibits.named import named
from analysis.labels.spacing import typographic
from analysis.quantities import Quantity, Recorded, RecordedTable, SelectionError
from analysis.quantities.expression import Compared
from analysis.quantities.notation import NotationError, parse
from analysis.quantities.units import UnitError, unit
from analysis.sources.register import Register
from analysis.sources.written import written_rows

REMARKS = tuple(
    f"{kind}_{language}" for kind in ("about", "cause", "undecided") for language in ("en", "fr", "es", "zh")
)
COLUMNS = ("id", "quantity", "reason", "verdict", "severity", *REMARKS)
NOT_PRINTED = "inputs_not_printed"
NOT_MADE = ("input", NOT_PRINTED, "not_about_data", "indefinite")
# What contradicts a number in print, and what explains that it seems contradicted.
CONTRADICTED: tuple[str, ...] = ("sum", "share", "change", "printing", "count", "status", "direction")
CONTRADICTED += ("order", "quantifier", "reference", "weights", "small_whole", "coverage")
SET_ASIDE = ("other_definition", "other_scope", "other_period", "contained", "as_intended")
REASONS = (*NOT_MADE, *CONTRADICTED, *SET_ASIDE)
SEVERITIES = ("material", "minor")
NO_NUMBER: tuple[str, ...] = (
    "repeated",
    "blank",
    "not_available",
    "not_set",
    "not_applicable",
    "not_held",
    "dash",
)
NO_NUMBER += ("text", "indefinite")
LINK = "link"
# One term rendered in two ways: of use to translators, and no contradiction.
VARIANT = "variant"


class ClaimError(ValueError):
    """Claims data that name no recorded number, or that cannot be read."""


@dataclass(frozen=True)
class Claim:
    """A printed number, or a comparison in words, and what the documents make of it.

    Attributes
    ----------
    id : str
        Id of the recorded number; a further claim about it, or a check of several, ends with ``#<name>``.
    table, row : str, int
        Where the number is recorded; of a check, the first row.
    quantity : Quantity or None
        What recomputes it.
    text : str
        The same in the notation of quantities.
    reason : str
        Why nothing recomputes it; where something contradicts it, by which rule, or what explains it.
    expected : str
        The verdict that is on record; empty where there is none to expect.
    severity : str
        Of a discrepancy: ``material`` or ``minor``.
    remarks : tuple of (str, str)
        ``about_<language>``, ``cause_<language>`` and ``undecided_<language>``, where the claims data hold
        them.
    check : str
        Name of the check, when no single printed number is recomputed.
    compares : bool
        Whether a comparison is judged although the row prints a number: a check, or a further claim about it.
    """

    id: str
    table: str
    row: int
    quantity: Quantity | None = None
    text: str = ""
    reason: str = ""
    expected: str = ""
    severity: str = ""
    remarks: tuple[tuple[str, str], ...] = ()
    check: str = ""
    compares: bool = False

    def about(self, language: str) -> str:
        """Return what the claim is about, where the claims data say it in that language; else nothing."""
        return typographic(dict(self.remarks).get(f"about_{language}", ""), language)

    def remark(self, kind: str, language: str) -> str:
        """Return the cause, or what stays undecided, in a language; in English where that is not written."""
        texts = dict(self.remarks)
        return typographic(texts.get(f"{kind}_{language}") or texts.get(f"{kind}_en", ""), language)


def prints_number(row: Mapping[str, str]) -> bool:
    """Whether a recorded row stands for a number or a comparison that is in print."""
    compared = row.get("relation", "") not in ("", VARIANT)
    return bool(row["id"]) and (compared or (bool(row["value"]) and row["status"] not in NO_NUMBER))


def claims(recorded: Recorded, register: Register) -> list[Claim]:
    """Return a claim for every number and comparison that a biennium's documents print.

    Parameters
    ----------
    recorded : Recorded
        The recorded tables of a biennium.
    register : Register
        The project, for its claims data and links.

    Raises
    ------
    ClaimError
        When claims data name no recorded number, hold a word that is not known, or cannot be read.
    """
    rules = ruled(recorded)
    entries = _claims_by_id(recorded, register)
    links = _links(recorded, links_data(register))
    places = _placed(recorded, rules, entries, links)
    unknown = sorted(set(entries) - {identifier for identifier, *_ in places})
    if unknown:
        raise ClaimError(
            f"{entries[unknown[0]]['where']}: {unknown[0]!r} is the id of no recorded number"
            + (f"; nor are {', '.join(unknown[1:])}" if unknown[1:] else "")
        )
    words = named(recorded)
    return [_claim(*place, entries.get(place[0], {}), recorded, words) for place in places]


def claims_data(tables: Iterable[RecordedTable], register: Register) -> dict[str, Path]:
    """Return the file of the claims data of each document that tables were recorded from, there or not."""
    documents = dict.fromkeys(source.document for table in tables for source in table.sources)
    folder = register.root / "data" / "claims"
    return {document: folder / f"{document}.csv" for document in documents}


def links_data(register: Register) -> Path:
    """Return the file of the links between printings of one quantity, there or not."""
    return register.root / "data" / "links" / "quantities.csv"


def _placed(
    recorded: Recorded, rules: dict, entries: dict, links: dict
) -> list[tuple[str, str, int, str, str]]:
    """Return id, table, row, text of the quantity and name of the check, for each claim."""

    def own(identifier: str) -> str:
        text = entries.get(identifier, {}).get("quantity", "")
        return text or (rules[identifier][1].text if identifier in rules else "")

    places = []
    for name, table in recorded.items():
        for number, row in enumerate(table.records):
            if prints_number(row):
                text = own(row["id"]) or links.get(row["id"], "")
                places.append((row["id"], name, number, text, ""))
    for identifier, (name, rule) in rules.items():
        if "#" in identifier:
            places.append((identifier, name, rule.row, own(identifier), identifier.rpartition("#")[2]))
    linked = {f"{identifier}#{LINK}": text for identifier, text in links.items() if own(identifier)}
    for identifier in dict.fromkeys([*entries, *linked]):
        number, mark, _ = identifier.partition("#")
        text = own(identifier) or linked.get(identifier, "")
        if mark and identifier not in rules and (identifier in entries or text != own(number)):
            where = entries.get(identifier, {}).get("where", "data/links")
            table, place = _located(recorded, number, where)
            places.append((identifier, table.name, place, text, ""))
    return places


def _located(recorded: Recorded, identifier: str, where: str) -> tuple[RecordedTable, int]:
    try:
        return recorded.locate(identifier)
    except SelectionError as error:
        raise ClaimError(f"{where}: {error}") from error


def _claim(
    identifier: str,
    table: str,
    row: int,
    text: str,
    check: str,
    on_record: dict,
    recorded: Recorded,
    words: dict,
) -> Claim:
    expected = on_record.get("verdict", "")
    if text and not (on_record.get("quantity") and expected):
        expected = expected if expected in (ROUNDING, DISCREPANCY, EXPLAINED) else REPRODUCED
    note = on_record.get("reason", "")
    reason = (note if expected in (DISCREPANCY, EXPLAINED) else "") if text else note or NOT_PRINTED
    where = on_record.get("where", f"{identifier} by rule or link")
    try:
        quantity = parse(text, recorded, words) if text else None
    except (NotationError, SelectionError) as error:
        raise ClaimError(f"{where}: {identifier}: {error}") from error
    remarks = tuple((name, on_record[name]) for name in REMARKS if on_record.get(name))
    severity = on_record.get("severity", "")
    compares = bool(check) or ("#" in identifier and isinstance(quantity, Compared))
    return Claim(identifier, table, row, quantity, text, reason, expected, severity, remarks, check, compares)


def _claims_by_id(recorded: Recorded, register: Register) -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = {}
    for path in claims_data(recorded.values(), register).values():
        for number, row in enumerate(written_rows(path, COLUMNS), start=2):
            row["where"] = f"{path.relative_to(register.root)} row {number}"
            if row["id"].partition("#")[0] in recorded.left_out:
                continue
            if row["id"] in entries:
                raise ClaimError(
                    f"{row['where']}: {row['id']!r} stands in {entries[row['id']]['where']} already"
                )
            for column, known in (("reason", REASONS), ("verdict", VERDICTS), ("severity", SEVERITIES)):
                if row[column] and row[column] not in known:
                    offered = ", ".join(known)
                    raise ClaimError(f"{row['where']} ({row['id']}): {column} {row[column]!r}, not {offered}")
            entries[row["id"]] = row
    return entries


def _links(recorded: Recorded, path: Path) -> dict[str, str]:
    first: dict[tuple[str, str], str] = {}
    compared: dict[str, str] = {}
    for number, row in enumerate(written_rows(path, ("link", "id", "note")), start=2):
        if recorded.of_id(row["id"]) is None or row["id"] in recorded.left_out:
            continue
        table, where = _located(recorded, row["id"], f"{path.name} row {number}")
        mine = table.records[where]["unit"]
        reference = first.setdefault((row["link"], row["note"]), row["id"])
        if reference == row["id"]:
            continue
        other, place = recorded.locate(reference)
        text = f'recorded_number("{reference}")'
        if not _meet(mine, other.records[place]["unit"]):
            text = f'counted_as({text}, "{mine}")'
        compared[row["id"]] = text
    return compared


def _meet(left: str, right: str) -> bool:
    try:
        dimensions = {unit(left).dimension, unit(right).dimension}
    except UnitError:
        return True
    return unit(left).meets(unit(right)) or dimensions == {"ratio", "percent"}
