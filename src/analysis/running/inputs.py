"""What a report is made from, beside the package's code: data, packages, fonts, the commit."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.code import packages, python
from analysis.sources.project import ESTIMATES_ELSEWHERE, estimates_elsewhere
from analysis.sources.survey_files import survey_files_in

_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)
_HAN = ("notosanscjk", "notosanssc", "sourcehansans", "wqy-", "wenquanyi", "pingfang", "msyh")
HAN_LANGUAGES = ("zh",)
INLINE = "module://matplotlib_inline.backend_inline"
"""What matplotlib draws with in a kernel."""


def checksums_below(paths: Iterable[Path], root: Path) -> dict[str, str]:
    """Return the checksum of each file, by its path below a folder, in order."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(paths)
        if path.is_file()
    }


def data_files(root: Path) -> dict[str, str]:
    """Return the checksums of a project's data: recorded, claimed, linked, corrected, estimated.

    Vintages elsewhere that the environment names count with them, as ``ANALYSIS_ESTIMATES/1/FILE``.
    """
    data = root / "data"
    folders = [path for path in data.iterdir() if path.name != "processed" and not path.name.startswith(".")]
    sums = checksums_below(
        (path for folder in folders for path in (folder.rglob("*") if folder.is_dir() else [folder])), root
    )
    for number, folder in enumerate(estimates_elsewhere(), start=1):
        named = checksums_below(folder.rglob("*"), folder)
        sums |= {f"{ESTIMATES_ELSEWHERE}/{number}/{name}": digest for name, digest in named.items()}
    return sums


def files_named(parameters: Mapping[str, str], notebooks: Path) -> dict[str, str]:
    """Return the checksums of the files that parameters name, as ``survey/persons.csv``.

    A relative path is looked for where notebooks run. Of a folder the files count that a survey is read from.
    """
    sums: dict[str, str] = {}
    for parameter, text in parameters.items():
        place = notebooks / text
        if text and os.path.exists(place):
            paths, folder = (survey_files_in(place), place) if place.is_dir() else ([place], place.parent)
            sums |= {f"{parameter}/{name}": digest for name, digest in checksums_below(paths, folder).items()}
    return sums


def _folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def fonts(language: str) -> dict[str, str]:
    """Return the checksums of the fonts that pictures in a language may be written in, by file name."""
    drawing, packaged = _folder("matplotlib"), _folder("noto_cjk_sans_otc")
    paths = list((drawing / "mpl-data" / "fonts" / "ttf").glob("DejaVuSans*.ttf")) if drawing else []
    if language in HAN_LANGUAGES:
        paths += packaged.glob("*.[ot]t[cf]") if packaged else []
        for folder in map(os.path.expanduser, _FONT_FOLDERS):
            paths += [
                path for path in Path(folder).rglob("*.[ot]t[cf]") if path.name.lower().startswith(_HAN)
            ]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(paths)}


def plain_settings() -> dict[str, str]:
    """Return environment variables by which matplotlib takes its own settings, not those of this user.

    Without a choice of this user's it draws as in a kernel.
    """
    drawing, settings = _folder("matplotlib"), {"MPLBACKEND": os.environ.get("MPLBACKEND", INLINE)}
    return settings | ({"MATPLOTLIBRC": str(drawing / "mpl-data" / "matplotlibrc")} if drawing else {})


def outside_the_project(language: str) -> str:
    """Return one text of everything outside the project that a report in a language depends on."""
    return repr((python(), packages(), fonts(language)))


def checked_out(root: Path) -> dict[str, str | bool]:
    """Return a project's commit and whether anything differs from it; nothing where git tells nothing."""
    try:
        commit, changed = (
            subprocess.run(
                ["git", "-C", str(root), *words],
                capture_output=True,
                encoding="utf-8",
                check=True,
                timeout=10,
            ).stdout.strip()
            for words in (["rev-parse", "HEAD"], ["status", "--porcelain", "--", "."])
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    return {"commit": commit, "clean": not changed}
