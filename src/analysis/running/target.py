"""The folder that a run makes: one run at a time, and the folder finished or absent."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import IO

from analysis.running.verify import not_its_own

KEPT = "kept"
"""Folder, beside reports, of what somebody had written into one that was made anew."""


@dataclass(frozen=True)
class Target:
    """A report's folder under the folder of all reports.

    Parameters
    ----------
    root : Path
        The folder of all reports.
    place : str
        For example ``2020-21/en``.
    """

    root: Path
    place: str

    @property
    def folder(self) -> Path:
        """The finished report."""
        return self.root / self.place

    @property
    def name(self) -> str:
        """The place as one word, for files and folders that belong to it."""
        return self.place.replace("/", "-")

    @property
    def failed(self) -> Path:
        """Where the notebooks of a run that failed are kept."""
        return self.root / "failed" / self.name

    @contextmanager
    def claimed(self, tell: Callable[[str], None]) -> Iterator[None]:
        """Hold the target: one process at a time; a second one tells whom it waits for, and waits.

        The lock is the system's: it ends with the process that holds it, however that ends.
        """
        with self._lock() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                tell(f"waiting for process {_holder(lock)}, which is making {self.folder}")
                fcntl.flock(lock, fcntl.LOCK_EX)
            _sign(lock)
            yield

    @contextmanager
    def claimed_if_free(self) -> Iterator[str]:
        """Hold the target where no other process does; yield the number of the process that does, if any."""
        with self._lock() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield _holder(lock) or "?"
                return
            _sign(lock)
            yield ""

    def _lock(self) -> IO[str]:
        path = self.root / ".locks" / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+", encoding="utf-8")

    @contextmanager
    def part(self) -> Iterator[Path]:
        """Make a scratch folder of this run's own, removed at the end; the target must be claimed.

        What a run that was killed has left is removed first. Where it was killed between taking the old
        report away and putting the new one there, the old one is put back.
        """
        self._clear()
        part = Path(mkdtemp(prefix=f".part-{self.name}-", dir=self.root))
        try:
            yield part
        finally:
            shutil.rmtree(part, ignore_errors=True)

    def clear_if_free(self) -> None:
        """Remove what a run that was killed has left, unless a process makes the target now.

        In a folder that cannot be written to it stays.
        """
        if self._left():
            with suppress(OSError), self.claimed_if_free() as holder:
                if not holder:
                    self._clear()

    def _left(self) -> list[Path]:
        return sorted(self.root.glob(f".part-{self.name}-????????"))

    def _clear(self) -> None:
        for folder in self._left():
            if (folder / "replaced").is_dir() and not self.folder.exists():
                (folder / "replaced").replace(self.folder)
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, report: Path, part: Path, tell: Callable[[str], None]) -> Path:
        """Put a finished folder in its place, and what stood there away, by two renames.

        What somebody has added to the old folder, or changed in it, is kept elsewhere, and told.
        """
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        if self.folder.exists():
            self._keep_others_work(tell)
            self.folder.replace(part / "replaced")
        return report.replace(self.folder)

    def _keep_others_work(self, tell: Callable[[str], None]) -> None:
        names = [path.relative_to(self.folder) for path in not_its_own(self.folder)]
        if not names:
            return
        places = (self.root / KEPT / f"{self.name}-{number}" for number in count(1))
        kept = next(place for place in places if not place.exists())
        for name in names:
            (kept / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.folder / name, kept / name, follow_symlinks=False)
        shown = ", ".join(name.as_posix() for name in names[:3])
        tell(f"not as {self.folder} was made, and kept in {kept}: {shown}{' …' if names[3:] else ''}")

    def keep_failed(self, notebooks: list[Path]) -> Path:
        """Keep notebooks as far as they ran; return where."""
        shutil.rmtree(self.failed, ignore_errors=True)
        self.failed.mkdir(parents=True)
        for path in notebooks:
            path.replace(self.failed / path.name)
        return self.failed


def _holder(lock: IO[str]) -> str:
    lock.seek(0)
    return lock.read().strip()


def _sign(lock: IO[str]) -> None:
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
