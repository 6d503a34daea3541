"""What there is to do for a report, and where: a folder for each notebook, gathered into one."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from analysis.files import write_whole
from analysis.running.asked import code_cells

PAGES, CONTENTS = "pages", "contents"
GROUPS = {
    "report.docx": ("report.docx",),
    "report.pdf": ("report.pdf",),
    PAGES: (PAGES,),
    "charts and tables": ("charts.pptx", "charts.docx", "tables.xlsx"),
    CONTENTS: (CONTENTS,),
}
"""What the tasks of the documents write, the longest first; the contents come last: they offer the files."""


class SameFile(RuntimeError):
    """Two notebooks that write the same file."""

    exit_code = 1


@dataclass(frozen=True)
class Work:
    """The work of one run.

    Parameters
    ----------
    root : Path
        The project.
    part : Path
        The run's scratch folder.
    place : Path
        Where the report stands below a folder of reports.
    common : dict of str to str
        The parameters that every notebook takes: whose report, on which period, in which language.
    time_limit : float
        Seconds that each task may take.
    data : str
        Checksum of the project's data.
    environment : dict of str to str
        Environment variables that its tasks take.
    gathered : dict of str to str
        Which notebook made each file of the report.
    """

    root: Path
    part: Path
    place: Path
    common: dict[str, str]
    time_limit: float
    data: str
    environment: dict[str, str] = field(default_factory=dict)
    gathered: dict[str, str] = field(default_factory=dict)

    @property
    def report(self) -> Path:
        """Where the report comes together."""
        return self.part / "report"

    def made_by(self, stem: str) -> Path:
        """Return the folder that a notebook writes into."""
        return self.part / stem / self.place

    def notebook(self, path: Path, parameters: dict[str, object]) -> dict:
        """Return the task of a notebook and its pages."""
        output = {"output_dir": str((self.part / path.stem).resolve())}
        return {
            **self._of_all(),
            "name": path.stem,
            "kind": "notebook",
            "after": [],
            "notebook": str(path),
            "folder": str(self.made_by(path.stem)),
            "parameters": parameters | self.common | output,
        }

    def documents(self, corrected: bool, after: list[str]) -> list[dict]:
        """Return the tasks of documents and pages and, after them, of the contents, which offer the files."""
        others = [name for name in GROUPS if name != CONTENTS]
        return [
            {
                **self._of_all(),
                "name": name,
                "kind": "documents",
                "after": [*after, *others] if name == CONTENTS else after,
                "until_gone": [str((self.part / stem).resolve()) for stem in after],
                "folder": str(self.report),
                "corrected": corrected,
                "parts": parts,
            }
            for name, parts in GROUPS.items()
        ]

    def _of_all(self) -> dict[str, object]:
        """Return what every task of the report says."""
        return {
            "report": self.common["language"],
            "limit": self.time_limit,
            "root": str(self.root),
            **self.common,
            "common": self.common,
            "data": self.data,
            "environment": self.environment,
        }

    def gather(self, stem: str) -> None:
        """Move what a notebook has made into the report.

        Raises
        ------
        SameFile
            When another notebook of this run has written a file of the same name.
        """
        folder = self.made_by(stem)
        for path in sorted(file for file in folder.rglob("*") if file.is_file()):
            there = self._place(stem, path.relative_to(folder).as_posix())
            there.parent.mkdir(parents=True, exist_ok=True)
            path.replace(there)

    def clear(self, stem: str) -> None:
        """Remove the folder that a notebook wrote into: the documents wait until it is gone."""
        shutil.rmtree(self.part / stem)

    def take(self, name: str, files: Mapping[str, bytes]) -> None:
        """Put into the report what a task made in an earlier run."""
        for file, content in files.items():
            there = self.report / file if name in GROUPS else self._place(name, file)
            write_whole(there, content)

    def _place(self, stem: str, name: str) -> Path:
        if name in self.gathered:
            raise SameFile(f"{stem} and {self.gathered[name]} both write {name}: give one another name")
        self.gathered[name] = stem
        return self.report / name

    def executed(self, stems: Iterable[str]) -> list[Path]:
        """Return the notebooks as far as they have run, wherever they are."""
        names = [(self.made_by(stem) / "notebooks", self.report / "notebooks", stem) for stem in stems]
        paths = [folder / f"{stem}.ipynb" for *folders, stem in names for folder in folders]
        return [path for path in paths if path.is_file()]


class Paces:
    """How long tasks took last: those that take longest start first, so that all end about together.

    Parameters
    ----------
    path : Path
        Where it is noted; a file that is not there, or cannot be read, says nothing.
    """

    def __init__(self, path: Path):
        self.path = path
        try:
            noted = dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError, RecursionError):
            noted = {}
        self._seconds = {name: taken for name, taken in noted.items() if isinstance(taken, int | float)}

    def longest_first(self, tasks: Iterable[dict]) -> list[dict]:
        """Return tasks in the order to start them: what is not known first, then the longest."""
        return sorted(tasks, key=lambda task: -self._seconds.get(task["name"], float("inf")))

    def note(self, name: str, seconds: float) -> None:
        """Note how long a task took."""
        self._seconds[name] = round(seconds, 2)

    def write(self) -> None:
        """Write the notes."""
        write_whole(self.path, json.dumps(self._seconds).encode("utf-8"))


def imports(paths: Iterable[Path]) -> list[str]:
    """Return the modules that notebooks import."""
    code = "\n".join(cell["source"] for path in paths for cell in code_cells(path))
    return list(dict.fromkeys(re.findall(r"^\s*(?:from|import) ([\w.]+)", code, flags=re.M)))
