"""What is wrong with the description of a document: ``document.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from analysis.files import Unreadable, read_toml
from analysis.framework import range_of
from analysis.periods import first_and_last
from analysis.sources.framework_checks import is_language
from analysis.sources.new_report import PLACE, SYMBOL
from analysis.sources.organisations import Organisation, worded
from analysis.sources.published_checks import check_published
from analysis.sources.schema import Fault

NEEDED = {"kind": str, "symbol": str, "organisation": str, "period": str, "periods": list, "year": int}
LEGAL = ("licence", "attribution")
MORE = ("title", "short_title", "files", "fields", "counted", "framework", "language", "published", *LEGAL)
NAMES = {str: "text", int: "whole number", list: "list"}


def check_about(
    folder: Path, place: str, organisations: Mapping[str, Organisation]
) -> tuple[dict | None, list[Fault]]:
    """Return what ``document.toml`` says, None where nothing can be made of it, and what is wrong with it.

    Parameters
    ----------
    folder : Path
        ``data/raw/<document>``.
    place : str
        The folder below the project, for messages.
    organisations : mapping
        By id.
    """
    path, faults = folder / "document.toml", []
    name = f"{place}/document.toml"
    try:
        about = read_toml(path)
    except (OSError, Unreadable) as error:
        return None, [Fault(name, 0, "", f"what cannot be read ({error})", "TOML in UTF-8")]
    for key, kind in NEEDED.items():
        if not isinstance(about.get(key), kind):
            actual = repr(about[key]) if key in about else "nothing"
            faults.append(Fault(name, 0, key, actual, f"a {NAMES[kind]}"))
    known = {*NEEDED, *MORE}
    some_of = f"some of {', '.join(sorted(known))}"
    faults += [Fault(name, 0, key, "a key that nothing reads", some_of) for key in about if key not in known]
    for key in ("title", "short_title", "files", "fields"):
        if not isinstance(about.setdefault(key, {}), dict):
            faults.append(Fault(name, 0, key, repr(about[key]), "a table"))
    if any(fault.allowed == "a table" for fault in faults):
        return None, faults
    faults += check_published(name, about.get("published", {}))
    whose = organisations.get(str(about.get("organisation", "")))
    if whose is None:
        offered = " or ".join(organisations)
        faults.append(Fault(name, 0, "organisation", repr(about.get("organisation")), offered))
    periods = about.get("periods", [])
    for text in periods if whose and isinstance(periods, list) else []:
        try:
            whose.calendar.read(text)
        except ValueError as error:
            faults.append(Fault(name, 0, "periods", repr(text), f"a period of {whose.id} ({error})"))
    for key in ("title", "short_title"):
        if not worded(about[key]):
            actual = repr(about[key])[:80] if about[key] else "nothing"
            faults.append(Fault(name, 0, key, actual, "a title by language, such as en = …"))
    files = about["files"]
    if about.get("symbol") == SYMBOL:
        faults.append(Fault(name, 0, "symbol", f"{SYMBOL!r}, as laid out", "the document's own", False))
    for stem, listed in files.items():
        if isinstance(listed, dict) and listed.get("place") == PLACE:
            actual = f"place = {PLACE!r}, as laid out"
            faults.append(Fault(name, 0, f"files.{stem}", actual, "where its numbers stand", False))
    if not isinstance(periods, list) or not periods:
        faults.append(
            Fault(name, 0, "periods", repr(periods), "the periods that the document holds figures of")
        )
    if first_and_last(str(about.get("period"))) is None:
        faults.append(
            Fault(name, 0, "period", repr(about.get("period")), "a year, or a span such as 2020-21")
        )
    for stem, listed in files.items():
        if Path(stem).name != stem or stem.startswith("."):
            faults.append(
                Fault(name, 0, "files", repr(stem), "the name of a file beside this one, without .csv")
            )
        elif not (folder / f"{stem}.csv").is_file():
            faults.append(Fault(name, 0, "files", f"{stem}, which is not there", "files that are there"))
        for key in ("title", "place"):
            if not isinstance(listed, dict) or not isinstance(listed.get(key), str):
                faults.append(Fault(name, 0, f"files.{stem}", f"no {key}", f"a {key}"))
        try:
            range_of(listed.get("range", "") if isinstance(listed, dict) else "")
        except ValueError as error:
            faults.append(Fault(name, 0, f"files.{stem}", f"range = {listed['range']!r}", str(error)))
        ordered = listed.get("ordered", "ascending") if isinstance(listed, dict) else "ascending"
        if ordered not in ("ascending", "descending"):
            expected = "ascending or descending, or no order"
            faults.append(Fault(name, 0, f"files.{stem}", f"ordered = {ordered!r}", expected))
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in files and path.stem != "exhibits":
            faults.append(Fault(name, 0, "files", f"nothing about {path.name}", "an entry for each file"))
    language = about.get("language", "en")
    if not isinstance(language, str) or not is_language(language):
        faults.append(Fault(name, 0, "language", repr(language), "a code such as en, fr or zh"))
    followed = about.get("framework", folder.name)
    if "framework" in about and not (folder.parent / str(followed) / "framework").is_dir():
        faults.append(Fault(name, 0, "framework", repr(followed), "a document with a framework"))
    return about, faults
