"""What can be wrong with a record: its tables, its framework, its layout, what is said of them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

from scene import MISUSE, NO, Case, Scene

CHECK = ("check-data",)


def _cell(column: str, to: str, row: int = 0) -> Callable[[Scene], None]:
    return lambda scene: scene.cell("results", column, to, row)


CELLS = {
    "a value that is a word": _cell("value", "abc"),
    "a value with its unit": _cell("value", "12 %"),
    "a value in words of a spreadsheet": _cell("value", "#DIV/0!"),
    "a value with a comma for its decimals": _cell("value", "12,5"),
    "a value with an exponent that never ends": _cell("value", "1e99999999"),
    "a value that is not a number": _cell("value", "NaN"),
    "a value without end": _cell("value", "inf"),
    "a value of 400 digits": _cell("value", "9" * 400),
    "a value divided by nothing": _cell("value", "1/0"),
    "a value in digits of another script": _cell("value", "٣"),
    "a value that is not what is printed": _cell("value", "987654"),
    "a value beside a status that says there is none": _cell("status", "not_available"),
    "a billion decimals": _cell("decimals", "1000000000"),
    "decimals that are a word": _cell("decimals", "one"),
    "other decimals than are printed": _cell("decimals", "1"),
    "no decimals": _cell("decimals", ""),
    "no unit": _cell("unit", ""),
    "a unit that nobody knows": _cell("unit", "reslt"),
    "a qualifier that is no code": _cell("qualifier", "roughly"),
    "a status that is no code": _cell("status", "seen"),
    "a line that is no number": _cell("line", "one"),
    "a region that the framework does not know": _cell("region", "atlantis"),
    "an indicator that the framework does not know": _cell("indicator", "9.9.9"),
    "no id": _cell("id", ""),
    "the id of the row before": lambda scene: (
        scene.cell("results", "id", f"{scene.made.document}/x", 0)
        or scene.cell("results", "id", f"{scene.made.document}/x", 1)
    ),
    "a cell of 30,000 characters": _cell("note", "x" * 30_000),
    "a bell in a cell": _cell("note", "An\x07nex"),
    "a terminal's escape in a cell": _cell("note", "\x1b[31mred"),
    "an escape of one character (C1) in a cell": _cell("note", "\x9b31mred"),
    "text turned from right to left": _cell("note", "100\u202e001"),
    "a space before a cell": _cell("place", " Annex"),
}


def _write(name: str, content: str) -> Callable[[Scene], object]:
    return lambda scene: scene.write(name, content)


def _text(name: str, old: str, new: str) -> Callable[[Scene], None]:
    return lambda scene: scene.replace(name, old, new)


def _bytes(change: Callable[[bytes], bytes]) -> Callable[[Scene], None]:
    def spoil(scene: Scene) -> None:
        path = scene.path("results")
        path.write_bytes(change(path.read_bytes()))

    return spoil


FILES = {
    "a row with a cell too many": _text("results", ",reported,Annex,1,", ",reported,Annex,1,,more"),
    "a row cut off": _bytes(lambda content: content[:-30]),
    "two columns of one name": _text("results", "indicator,output,", "indicator,indicator,"),
    "a column that nobody described": _text("results", "id,indicator,", "id,colour,"),
    "a column without a name": _text("results", "id,indicator,", "id,,"),
    "six hundred columns": _text("results", "id,indicator,", f"id,{'x,' * 600}indicator,"),
    "more than a thousand empty lines": _bytes(lambda content: content + b"\n" * 2000),
    "semicolons between columns, as Excel writes them": _bytes(lambda content: content.replace(b",", b";")),
    "Latin-1 instead of UTF-8": _bytes(lambda content: content.replace(b"Annex", b"Ann\xe9xe", 1)),
    "UTF-16, as Excel's Unicode text": _bytes(lambda content: content.decode().encode("utf-16")),
    "a byte order mark": _bytes(lambda content: b"\xef\xbb\xbf" + content),
    "an open quote": _text("results", ",reported,Annex,", ',reported,"Annex,'),
    "an empty file": _bytes(lambda content: b""),
    "zeros instead of text": _bytes(lambda content: bytes(4096)),
    "a zipped file under the old name": _bytes(lambda content: b"PK\x03\x04" + content),
}


def _as_link(scene: Scene) -> None:
    path = scene.path("results")
    secret = scene.root.parent / "secret.csv"
    path.rename(secret)
    path.symlink_to(secret)


def _as_folder(scene: Scene) -> None:
    path = scene.path("results")
    path.unlink()
    path.mkdir()


ABOUT = {
    "a table that is described and not there": lambda scene: scene.path("results").unlink(),
    "a table that is there and not described": lambda scene: scene.write(
        f"data/raw/{scene.made.document}/extra.csv", "id\n1\n"
    ),
    "a link that leads out of the project": _as_link,
    "a document of an organisation that there is none of": _text(
        "document.toml", 'organisation = "ilo"', 'organisation = "nobody"'
    ),
    "a period that starts on an odd year": _text("document.toml", '["2022-23"]', '["2021-22"]'),
    "a year that is text": _text("document.toml", "year = 2024", 'year = "2024"'),
    "a file described by a text": _text("document.toml", "[files]", '[files]\nextra = "a title"'),
    "a key of document.toml that nothing reads": _text(
        "document.toml", "year = 2024", "year = 2024\nyaer = 1"
    ),
    "a document published on no date": _text(
        "document.toml", "[title]", '[published]\ndate = "10 February 2022"\n\n[title]'
    ),
    "a session written under another word": _text(
        "document.toml", "[title]", '[published]\nmeeting = "344th Session"\n\n[title]'
    ),
    "an ISBN that is given and said not to be in the text": _text(
        "document.toml",
        "[title]",
        '[published]\nisbn = "1"\nnot_in_text = ["isbn", "size"]\n\n[title]',
    ),
    "a document without its periods": _text("document.toml", 'periods = ["2022-23"]\n', ""),
    "a file described outside its folder": _text(
        "document.toml", "[files]", '[files]\n"../x" = { title = "a", place = "b" }'
    ),
    "a file without its place": _text("document.toml", 'place = "Annex"', 'where = "Annex"'),
    "an order that is neither": _text("document.toml", 'place = "Annex"', 'place = "A", ordered = "up"'),
    "document.toml that is no TOML": _text("document.toml", "organisation =", "organisation"),
    "document.toml in Latin-1": lambda scene: scene.write("document.toml", b'kind = "r\xe9port"'),
    "a document of no organisation": _text("document.toml", 'organisation = "ilo"\n', ""),
    "files as one text": _text("document.toml", "[files]", 'files = "all"\n[other]'),
    "a framework that no document has": _text("document.toml", "year = 2024", 'year = 2024\nframework = "x"'),
    "a node under no other": lambda scene: scene.replace(
        "framework/nodes.csv", f"outcome,{scene.made.outcomes[0]},", "outcome,QQ,"
    ),
    "two nodes of one code": lambda scene: scene.replace(
        "framework/nodes.csv",
        f"outcome,{scene.made.outcomes[0]},",
        f"outcome,{scene.made.outcomes[1]},",
    ),
    "a framework without a column": _text("framework/dimensions.csv", "dimension,code", "dimension,name"),
    "two totals in one dimension": _text("framework/dimensions.csv", ",no,", ",yes,"),
    "an exhibit of a kind that there is none of": _text("exhibits.csv", ",trends_table,", ",no_kind,"),
    "an exhibit laid out twice": lambda scene: (
        scene.cell("exhibits.csv", "kind", "results_by_region", 0)
        or scene.cell("exhibits.csv", "conditions", "", 0)
    ),
    "a condition that cannot be read": _text("exhibits.csv", "level=outcome", "level outcome"),
    "a condition on what no table holds": _text("exhibits.csv", "level=outcome", "levle=outcome"),
    "an exhibit's status that is no code": _text("exhibits.csv", ",reproduced,", ",perhaps,"),
}


def _descriptor(change: Callable[[dict], object]) -> Callable[[Scene], None]:
    def spoil(scene: Scene) -> None:
        path = scene.raw / "datapackage.json"
        told = json.loads(path.read_text(encoding="utf-8"))
        change(told)
        path.write_text(json.dumps(told), encoding="utf-8")

    return spoil


def _first(**changes: object) -> Callable[[Scene], None]:
    return _descriptor(lambda told: told["resources"][0].update(changes))


def _without(key: str) -> Callable[[Scene], None]:
    return _descriptor(lambda told: told["resources"][0].pop(key))


def _raw(content: str | bytes) -> Callable[[Scene], object]:
    return lambda scene: scene.write("data/raw/datapackage.json", content)


def _ends_of_regions(told: dict) -> None:
    fields = [field for resource in told["resources"] for field in resource["schema"]["fields"]]
    for field in fields:
        if field["name"] == "region":
            field["constraints"] = {"minimum": 1, "maximum": 9}


def _pipe(name: str) -> Callable[[Scene], None]:
    def spoil(scene: Scene) -> None:
        scene.path(name).unlink()
        os.mkfifo(scene.path(name))

    return spoil


DESCRIPTOR = {
    "an empty descriptor": _raw(""),
    "a descriptor that is no JSON": _raw('{"documents": ['),
    "a descriptor of another shape": _raw("[1, 2]"),
    "a descriptor nested a hundred thousand deep": _raw("[" * 100_000),
    "a descriptor in Latin-1": _raw(b'{"documents": "\xe9"}'),
    "ends of numbers for a column of texts": _descriptor(_ends_of_regions),
    "a path that climbs out": _first(path="../../../../../etc/passwd"),
    "a path from the root": _first(path="/etc/passwd"),
    "a path of Windows that climbs out": _first(path="..\\..\\secret.csv"),
    "a path that is a number": _first(path=12),
    "a path to a folder": _first(path="."),
    "a file without its checksum": _without("hash"),
    "a file of no document": _first(document="nobody"),
    "a document without a name": _descriptor(lambda told: told["documents"][0].pop("name")),
    "a document with a key too many": _descriptor(lambda told: told["documents"][0].update(colour="red")),
    "titles that are one text": _descriptor(lambda told: told["documents"][0].update(title="A report")),
    "periods that are numbers": _descriptor(lambda told: told["documents"][0].update(periods=[2022])),
    "a file that was changed since": _cell("note", "changed"),
    "a file that is gone": lambda scene: scene.path("results").unlink(),
    "a file that became a folder": _as_folder,
    "a pipe instead of a file": _pipe("results"),
    "a pipe instead of the descriptor": _pipe("data/raw/datapackage.json"),
    "a link out of the record": _as_link,
    "no organisation by default": lambda scene: scene.replace(
        "data/organisations/ilo.toml", "default = true", "default = false"
    ),
    "an address of an organisation that is a date": lambda scene: scene.replace(
        "data/organisations/ilo.toml", 'homepage = "', 'homepage = 2021-01-01 # "'
    ),
    "a calendar of no years": lambda scene: scene.replace(
        "data/organisations/ilo.toml", "years = 2", "years = 0"
    ),
}


def _registered(spoil: Callable[[Scene], object]) -> Callable[[Scene], None]:
    """Return what spoils a table and then registers it past the checks: reading it must refuse."""

    def both(scene: Scene) -> None:
        spoil(scene)
        scene.again()

    return both


READ = ("a value with an exponent that never ends", "a billion decimals", "a unit that nobody knows")
READ += ("text turned from right to left", "a value that is a word", "a status that is no code")

LINKS, RENAMES = "data/links/quantities.csv", "data/renames.csv"
BESIDE: dict[str, tuple[int, str, str]] = {
    "a link to an id that nothing records": (NO, LINKS, "link,id,note\nwomen,nowhere/prose/1.1,\n"),
    "links with a cell too many in each row": (MISUSE, LINKS, "link,id,note\nwomen,a/b/1,,x\n"),
    "links with other columns": (MISUSE, LINKS, "link,ids,note\nwomen,a/b/1,\n"),
    "links with two columns of one name": (MISUSE, "data/links/own.csv", "a,a\nx,y\n"),
    "a former name that is blank": (MISUSE, RENAMES, "former,current,reason\n,a/,named anew\n"),
    "a former name twice": (MISUSE, RENAMES, "former,current,reason\nb/,a/,why\nb/,c/,why\n"),
    "a row of former names cut off": (MISUSE, RENAMES, "former,current,reason\nb/,a/\n"),
}


def _gone(name: str, content: str) -> Callable[[Scene], None]:
    """Return what registers a file beside the record and takes it away."""

    def spoil(scene: Scene) -> None:
        path = scene.write(name, content)
        scene.again()
        path.unlink()

    return spoil


LINKS_GONE = _gone(LINKS, "link,id,note\n")


LIKE = ("new-report", "2024-25", "--like", "2022-23")


CASES = [
    *(Case("A table of the record", wrong, CHECK, spoil, NO) for wrong, spoil in CELLS.items()),
    *(Case("A table of the record", wrong, CHECK, spoil, NO) for wrong, spoil in FILES.items()),
    *(Case("A document of the record", wrong, CHECK, spoil, NO) for wrong, spoil in ABOUT.items()),
    *(Case("The register", wrong, ("list",), spoil) for wrong, spoil in DESCRIPTOR.items()),
    *(
        Case("The register", f"registered by hand: {wrong}", ("list",), _registered(CELLS[wrong]))
        for wrong in READ
    ),
    Case("The register", "links that are gone", ("list",), LINKS_GONE),
    Case("The register", "links that are gone, when all is checked", CHECK, LINKS_GONE, NO),
    Case(
        "The register",
        "terms that are gone, when a draft is checked",
        ("check", "draft.md"),
        _gone("data/terms/terms.csv", "language,term,of,means\n"),
    ),
    Case(
        "The register",
        "a vintage that is gone",
        ("trends", "--area", "KEN"),
        _gone("data/estimates/of_ours/datapackage.json", "{}"),
    ),
    Case(
        "The register",
        "files beside the record that are one text",
        ("list",),
        _descriptor(lambda told: told.update(beside="links")),
    ),
    Case("The register", "a table with a fault", ("register",), CELLS["a value that is a word"]),
    Case("The register", "a pipe among the tables", ("register",), _pipe("results")),
    Case(
        "The register",
        "fields.toml gone",
        ("register",),
        lambda scene: scene.path("data/raw/fields.toml").unlink(),
    ),
    Case(
        "The register",
        "fields.toml that is no TOML",
        ("register",),
        lambda scene: scene.write("data/raw/fields.toml", "[unit"),
    ),
    Case(
        "The register",
        "fields.toml that describes a column by a date",
        ("register",),
        lambda scene: scene.replace(
            "data/raw/fields.toml", 'description = "', 'since = 2021-01-01, description = "'
        ),
    ),
    Case(
        "The register",
        "fields.toml that describes a column by a text",
        CHECK,
        lambda scene: scene.write("data/raw/fields.toml", 'unit = "text"'),
    ),
    Case(
        "The register",
        "counted.toml that lists a number",
        CHECK,
        lambda scene: scene.write("data/raw/counted.toml", "counted = [1]"),
    ),
    Case(
        "The register",
        "a new report like one with a row cut off",
        LIKE,
        lambda scene: scene.replace("framework/nodes.csv", "outcome,", "outcome\n"),
    ),
    Case(
        "The register",
        "a new report like one that is not in UTF-8",
        LIKE,
        lambda scene: scene.write("framework/titles.csv", b"\xff"),
    ),
    *(
        Case("What stands beside the record", wrong, CHECK, _write(name, content), code)
        for wrong, (code, name, content) in BESIDE.items()
    ),
]
