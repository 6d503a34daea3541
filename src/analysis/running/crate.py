"""A report as a research object: RO-Crate 1.1, by the profile for the run of a process."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.files import write_whole
from analysis.periods import Period
from analysis.running.inputs import checksums_below
from analysis.running.verify import ABOUT, CRATE, README, RUN
from analysis.sources.organisations import in_language
from analysis.sources.register import Register

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}
_KINDS = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "ipynb": "application/x-ipynb+json",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "tex": "text/x-tex",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _to(identifier: str) -> dict[str, str]:
    return {"@id": identifier}


def described(
    folder: Path, register: Register, period: Period, words: dict[str, Any], origin: dict[str, Any]
) -> dict[str, object]:
    """Return the description of a report's folder: its files, what made them, from what, under which licence.

    Parameters
    ----------
    folder : Path
        The report, but for its sums and its manifest.
    register : Register
    period : Period
    words : dict
        What was asked for, as the manifest tells it.
    origin : dict
        What the report was made from (``analysis.running.manifest.made_from``).
    """
    apart = {folder / name for name in ABOUT if name != README}
    outputs = checksums_below((path for path in folder.rglob("*") if path not in apart), folder)
    files = [
        {
            "@id": name,
            "@type": "File",
            "name": name,
            "encodingFormat": _KINDS.get(PurePosixPath(name).suffix[1:], "application/octet-stream"),
            "contentSize": str((folder / name).stat().st_size),
            "sha256": digest,
        }
        for name, digest in outputs.items()
    ]
    inputs = [
        {"@id": f"#{name}", "@type": "CreativeWork", "name": name, "sha256": digest}
        for name, digest in origin["inputs"].items()
    ]
    parameters = [
        {"@id": f"#parameter-{name}", "@type": "PropertyValue", "name": name, "value": json.dumps(word)}
        for name, word in words.items()
    ]
    documents = [
        {
            "@id": f"#document-{document.name}",
            "@type": "CreativeWork",
            "name": in_language(document.title),
        }
        for document in register.holding(period)
    ]
    whose = register.organisation(period.organisation)
    title = f"{in_language(whose.short_name)}: programme reporting {period.printed}, reproduced"
    root = {
        "@id": "./",
        "@type": "Dataset",
        "conformsTo": _to(PROFILE),
        "name": title,
        "description": f"Tables, figures, documents and audit of {title}, with the notebooks that made them.",
        "datePublished": str(max(document.year for document in register.holding(period))),
        "license": _to(LICENCE),
        "inLanguage": str(words["language"]),
        "hasPart": [_to(file["@id"]) for file in files],
        "mentions": [_to("#run")],
        "isBasedOn": [_to(document["@id"]) for document in documents],
    }
    run = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": "analysis reproduce",
        "description": f"Notebooks run and documents made; when, where and how fast stands in {RUN}.",
        "instrument": _to("#analysis"),
        "object": [_to(entity["@id"]) for entity in (*inputs, *parameters)],
        "result": [_to(file["@id"]) for file in files],
    }
    software = {
        "@id": "#analysis",
        "@type": "SoftwareApplication",
        "name": "analysis",
        "softwareVersion": str(origin["analysis"]),
        "identifier": str(origin["code"].get("commit", f"sha256:{origin['code']['sha256']}")),
        "softwareRequirements": str(origin["python"]),
    }
    apart_from_these = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "conformsTo": _to("https://w3id.org/ro/crate/1.1"),
            "about": _to("./"),
        },
        {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        {"@id": LICENCE, "@type": "CreativeWork", "name": "Creative Commons Attribution 4.0 International"},
    ]
    graph = [root, run, software, *apart_from_these, *documents, *parameters, *inputs, *files]
    return {"@context": [CONTEXT, _TERMS], "@graph": graph}


def write_crate(
    folder: Path, register: Register, period: Period, words: dict[str, Any], origin: dict[str, Any]
) -> Path:
    """Write ``ro-crate-metadata.json``; what it is given is as of :func:`described`."""
    text = json.dumps(described(folder, register, period, words, origin), indent=1, ensure_ascii=False)
    return write_whole(folder / CRATE, f"{text}\n".encode())
