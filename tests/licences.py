"""The licence of every package that the lock pins, as their own metadata tell it: ``make licences``."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "THIRD-PARTY.md"
_LONG = 60


def pinned(lock: str) -> dict[str, str]:
    """Return the packages of a lock with their versions."""
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", lock, flags=re.M))


def licence(name: str) -> str:
    """Return a package's licence: its expression, what it is classified as, or the text that it gives."""
    about = metadata(name)
    expression = about.get("License-Expression")
    classified = [
        each.rpartition(" :: ")[2]
        for each in about.get_all("Classifier") or []
        if each.startswith("License ::")
    ]
    text = (about.get("License") or "").strip().splitlines()
    return expression or "; ".join(classified) or (text[0][:_LONG] if text else "not told: see its files")


def report() -> str:
    """Return the list as Markdown; a package that is not installed here is named so."""
    lines = ["# Packages and their licences", "", "Made by `make licences` from `requirements.lock`.", ""]
    lines += ["| package | licence |", "|---|---|"]
    for name in sorted(pinned((ROOT / "requirements.lock").read_text(encoding="utf-8"))):
        try:
            told = licence(name)
        except PackageNotFoundError:
            told = "not needed on the system that this was made on"
        lines.append(f"| {name} | {told.replace('|', '/')} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    REPORT.write_text(report(), encoding="utf-8")
    print(REPORT)
