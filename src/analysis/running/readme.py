"""The README of a report as a replication package, in the form that economists' journals and banks ask for.

The headings follow the template README of the social science data editors, which the American Economic
Association and the World Bank use.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

from analysis.files import write_whole
from analysis.periods import Period
from analysis.running.verify import README
from analysis.sources.organisations import in_language
from analysis.sources.register import Register

CARRYING = ("pandas", "numpy", "matplotlib", "seaborn", "nbconvert", "papermill", "babel", "xlsxwriter")
"""Packages that the README names; the manifest names all."""
_EXHIBIT = re.compile(r'<section class="exhibit" id="(\w+)"[^>]*>\s*<h3>([^<]*)</h3>(.*?)</section>', re.S)
_CHART = re.compile(r'<figure id="([\w-]+)-figure">')


def exhibits_of(folder: Path) -> list[tuple[str, str, list[str]]]:
    """Return a report's exhibits in order: number and title, the notebook that makes it, its files."""
    listed = []
    there = [
        (path.stem, f"{kind}/{path.name}")
        for kind in ("tables", "figures")
        for path in sorted((folder / kind).glob("*"))
    ]
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                html = "".join(output.get("data", {}).get("text/html", ""))
                for identifier, title, body in _EXHIBIT.findall(html):
                    stems = {identifier, *_CHART.findall(body)}
                    files = [name for stem, name in there if stem in stems]
                    listed.append((unescape(title), path.name, files))
    return listed


def readme(
    folder: Path, register: Register, period: Period, words: dict[str, Any], origin: dict[str, Any]
) -> str:
    """Return the README of a report; what it is given is as of ``analysis.running.crate.described``."""
    options = [f"--language {words['language']}"]
    options += ["--corrected"] if words["corrected"] else []
    options += [f"--only {word}" for word in words["only"]]
    options += [] if words["documents"] else ["--notebooks-only"]
    options += [f"-p {name}={word}" for name, word in words["further"].items()]
    if not register.organisation(period.organisation).default:
        options.append(f"--organisation {period.organisation}")
    lines = [
        f"# Replication package: {period.printed}",
        "",
        "## Data availability and provenance",
        "",
        "All data stand in the project's `data` folder, which is all that is needed. They were transcribed",
        "from the published documents below; each file's checksum stands in `manifest.json`, each number's",
        "place in the document in its row.",
        "",
        "| document | symbol | year | session | date | edition read |",
        "|---|---|---|---|---|---|",
        *(
            f"| {in_language(document.title)} | {document.symbol} | {document.year} | "
            + " | ".join(str(document.published.get(key, "–")) for key in ("session", "date", "edition"))
            + " |"
            for document in register.holding(period)
        ),
        "",
        "Rights: the record is published under CC BY 4.0 (facts as the documents print them), the code under",
        "the BSD 3-Clause licence.",
        "",
        "## Computational requirements",
        "",
        f"- {origin['python']}; analysis {origin['analysis']}"
        + (f", commit {origin['code']['commit']}" if "commit" in origin["code"] else ""),
        "- " + ", ".join(f"{name} {origin['packages'].get(name, '–')}" for name in CARRYING),
        "- every other package with its version: `manifest.json`; a lock with hashes: `requirements.lock`",
        "- two processors, 2 GB of memory, 200 MB of disk; no network; under two minutes. What this run took",
        "  stands in `run.json`",
        "- no random numbers but seeded ones; the same inputs make the same bytes",
        "",
        "## Instructions",
        "",
        f"    analysis reproduce {period} {' '.join(options)}",
        "    analysis verify REPORT --twice",
        "",
        "`sha256sum -c SHA256SUMS` checks this folder without the package.",
        "",
        "## Exhibits and the programs that make them",
        "",
        "| exhibit | program | files |",
        "|---|---|---|",
    ]
    for title, notebook, files in exhibits_of(folder):
        listed = "<br>".join(f"`{file}`" for file in files) or "not recomputable; the page says why"
        cell = title.replace("|", "\\|")
        lines.append(f"| {cell} | `notebooks/{notebook}` | {listed} |")
    return "\n".join(lines) + "\n"


def write_readme(
    folder: Path, register: Register, period: Period, words: dict[str, Any], origin: dict[str, Any]
) -> Path:
    """Write ``README.md``."""
    return write_whole(folder / README, readme(folder, register, period, words, origin).encode("utf-8"))
