"""A small project in which one thing is wrong, the command that meets it, and what the user is told."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "fuzzing")]

from invented import Invented, invent  # noqa: E402
from readers import MAPPING, persons  # noqa: E402

SEED = 17
NO, MISUSE = 1, 2
Content = bytes | str | Callable[[], bytes]


@dataclass(frozen=True)
class Case:
    """Something that is wrong.

    Attributes
    ----------
    kind : str
        Heading of the page under which it stands.
    wrong : str
        What is wrong, in a few words.
    words : tuple of str
        The command; ``{results}`` and the like are places of the scene.
    spoil : callable
        Makes it wrong; gets the scene.
    code : int
        Exit code that is expected.
    apart : str
        What a process of its own is started without, where one is needed: ``rights``, ``disk``, ``HOME``
        or ``record``.
    checkout : bool
        Whether the command reads the project of the checkout, from the scene's folder.
    """

    kind: str
    wrong: str
    words: tuple[str, ...]
    spoil: Callable[[Scene], object] = lambda scene: None
    code: int = MISUSE
    apart: str = ""
    checkout: bool = False

    @property
    def name(self) -> str:
        """Its name among the tests."""
        return re.sub(r"\W+", "-", f"{self.kind} {self.wrong}".lower()).strip("-")


@dataclass
class Scene:
    """The project of a case, and the files that its command reads besides."""

    root: Path
    made: Invented
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def raw(self) -> Path:
        """The folder of the record."""
        return self.root / "data" / "raw"

    def path(self, name: str) -> Path:
        """Return a file by what it is: ``results``, ``document.toml``, or below the project."""
        name = {"results": "output_indicators"}.get(name, name)
        if name in self.made.files:
            return self.raw / self.made.document / f"{self.made.files[name]}.csv"
        if name in IN_DOCUMENT:
            return self.raw / self.made.document / name
        return self.root / name

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a text, once; it must be there."""
        path = self.path(name)
        text = path.read_text(encoding="utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def cell(self, name: str, column: str, to: str, row: int = 0) -> None:
        """Change one cell of a table, in file order."""
        path = self.path(name)
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        rows[row + 1][rows[0].index(column)] = to
        with path.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows(rows)

    def retitle(self, text: str) -> None:
        """Give the first region another title, in every language."""
        path = self.path("framework/titles.csv")
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        for row in rows:
            if row[:2] == ["region", self.made.regions[0]]:
                row[4] = text
        with path.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows(rows)

    def write(self, name: str, content: Content) -> Path:
        """Write a file, its folders too; what takes long to make is made here."""
        content = content() if callable(content) else content
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return path

    def again(self) -> None:
        """Write the descriptor as the files stand, past the checks: what was registered is to be met."""
        import json

        from analysis.sources.descriptor import describe_record

        self.write("data/raw/datapackage.json", json.dumps(describe_record(self.raw)))

    def held(self) -> dict[str, str]:
        """Return what stands in the project: each file's checksum; no cache of the machine's own."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                found[name] = "no file"
            elif path.is_dir():
                continue
            elif os.access(path, os.R_OK):
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found

    def filled(self, words: tuple[str, ...]) -> list[str]:
        """Return a command's words with the scene's names in their places."""
        names = {"document": self.made.document, "outcome": self.made.outcomes[0]}
        return [re.sub(r"\{(\w+)\}", lambda found: names[found[1]], each) for each in words]

    def named(self, text: str) -> str:
        """Return a message with the names that were drawn replaced by what they stand for."""
        known = {str(self.root.resolve()): "PROJECT", str(self.root): "PROJECT", str(ROOT): "CHECKOUT"}
        known |= {str(self.root.parent): "ELSEWHERE", self.made.document: "DOCUMENT"}
        known |= {stem: table.upper() for table, stem in self.made.files.items()}
        for kind in ("outcomes", "regions", "sources", "programmes", "trends", "indicators"):
            for number, code in enumerate(getattr(self.made, kind), start=1):
                known[code] = f"{kind.removesuffix('s').upper()}{number}"
        for old in sorted(known, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", known[old], text)
        return re.sub(r"\bsha256:[0-9a-f]{8,}", "sha256:…", text)


IN_DOCUMENT = (
    *("document.toml", "exhibits.csv", "framework/nodes.csv", "framework/dimensions.csv"),
    "framework/titles.csv",
)


@cache
def _sound() -> tuple[Path, Invented]:
    root = Path(mkdtemp(prefix="bad-input-"))
    made = invent(root, SEED)
    shutil.copy(ROOT / "data" / "corrections.csv", root / "data")
    (root / "data" / "corrections.csv").write_text("id,field,old,new,reason,status\n", encoding="utf-8")
    persons().to_csv(root / "survey.csv", index=False)
    (root / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    (root / "draft.md").write_text("# Results\n\nThe programme reached 12 results.\n", encoding="utf-8")
    return root, made


def scene(folder: Path) -> Scene:
    """Return a sound scene in a folder."""
    sound, made = _sound()
    root = folder / "project"
    shutil.copytree(sound, root)
    return Scene(root, made)
