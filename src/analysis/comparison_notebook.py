"""What the notebook on two periods calls: both opened, counts, a table for each chapter, the file of all."""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import HTML, Markdown, display

from analysis.exhibits.catalogue import CHAPTERS, chapters_of
from analysis.exhibits.comparing import ComparedNumber, Comparison, compare, of_table
from analysis.files import write_whole
from analysis.framework import FrameworkError
from analysis.front.number import traced
from analysis.notebook import NotebookStop, Reporting
from analysis.periods import Period
from analysis.printed.compared import (
    compared_csv,
    compared_frame,
    counts_of_compared,
    item_in_words,
    line,
    title,
)
from analysis.quantities import evaluate
from analysis.sources.appending import CollisionError
from analysis.sources.register import RegisterError

SHOWN = 60
"""Most rows of one table that the page shows; the file holds all."""

FILE = "tables/compared.csv"


class ComparisonReporting(Reporting):
    """Two periods opened for a notebook.

    Parameters
    ----------
    notebook, biennium, language, output_dir, corrected, organisation
        As `Reporting` takes them; ``biennium`` is the later period.
    before : str
        The earlier period; where empty, the newest before it that documents hold figures of. Where there is
        none, it is the one right before, and the notebook says that nothing is compared.

    Raises
    ------
    NotebookStop
        When a named period is not registered or is not the earlier, or the two records cannot be opened.
    """

    def __init__(
        self,
        notebook: str,
        biennium: str,
        language: str = "en",
        output_dir: str = "reports",
        before: str = "",
        corrected: bool = False,
        organisation: str = "",
    ):
        super().__init__(notebook, biennium, language, output_dir, corrected, organisation)
        try:
            self.before = self._earlier(before)
            self.comparison = self._compared(corrected)
        except (ValueError, RegisterError, CollisionError, FrameworkError, OSError) as error:
            raise NotebookStop(str(error)) from None

    def title(self) -> Markdown:
        """Return the title with both periods, and how many numbers both print, or that none is."""
        periods = f"{self.before.printed} → {self.biennium.printed}"
        sentences = (
            counts_of_compared(self.comparison, self.labels)
            if self.comparison
            else [self.labels("compared.nothing", **self._periods())]
        )
        named = self.labels(f"notebook.{self.notebook}")
        title = self.labels("label.meaning", shorthand=named, meaning=periods)
        return Markdown(f"# {title}\n\n{' '.join(sentences)}")

    def check(self) -> pd.DataFrame:
        """Return the files that the compared numbers stand in; opening them has compared their checksums."""
        counts: dict[tuple[str, str, str], int] = {}
        numbers = self.comparison.numbers if self.comparison else ()
        for number in numbers:
            origins = [(self.before, former) for former in number.formers]
            for period, quantity in (*origins, (self.biennium, number.after)):
                table = self.comparison.recorded[quantity.table]
                (row,) = table.select(quantity.where)
                source = table.source_of(row)
                key = period.printed, source.path, source.sha256[:12]
                counts[key] = counts.get(key, 0) + 1
        names = [self.labels(f"compared.{name}") for name in ("period", "file")]
        columns = [*names, "sha256", self.labels("compared.numbers")]
        files = pd.DataFrame([[*key, number] for key, number in sorted(counts.items())], columns=columns)
        return files.set_index(names)

    def chapter(self, chapter: str) -> HTML | None:
        """Show a chapter's numbers side by side; nothing where its documents lay out no such chapter.

        Parameters
        ----------
        chapter : str
            Stem of the notebook that shows it; empty for the numbers that several chapters show, or none.

        Raises
        ------
        NotebookStop
            When there is no such chapter.
        """
        if chapter and chapter not in CHAPTERS:
            raise NotebookStop(f"no chapter {chapter!r}: there are {', '.join(CHAPTERS)}")
        if self.comparison is None:
            return None
        numbers = {
            table: rows for table, rows in of_table(self.comparison) if self._chapter_of(table) == chapter
        }
        laid_out = any(self._chapter_of(table) == chapter for table in self.recorded)
        if not numbers and not (chapter and laid_out):
            return None
        key = f"notebook.{chapter}" if chapter else "compared.several"
        parts = [f"<h2>{escape(self.labels(key))}</h2>"]
        if not numbers:
            parts.append(f"<p>{escape(self.labels('compared.nothing_here', **self._periods()))}</p>")
        parts += [self._table(table, rows) for table, rows in numbers.items()]
        return HTML("\n".join(parts))

    def frame(self) -> pd.DataFrame:
        """Return every compared number, one row each: both values with their units, change, warnings and ids.

        Without a row where the documents hold nothing that goes on.
        """
        return compared_frame(self.comparison, self.labels)

    def trace(self) -> pd.DataFrame | Markdown:
        """Return the rows of the record behind the largest change in per cent, the earlier period's first."""
        largest = self._largest()
        if largest is None:
            return Markdown(self.labels("compared.nothing", **self._periods()))
        display(self.says())
        return traced((*largest.formers, largest.after), self.comparison.recorded)

    def says(self) -> Markdown | None:
        """Say the largest change in per cent, or that nothing is compared."""
        largest = self._largest()
        if largest is None:
            return Markdown(self.labels("compared.nothing", **self._periods()))
        what, before, after, changed = line(largest, self.comparison, self.labels)[:4]
        words = {"what": what, "before": before, "after": after, "change": changed}
        return Markdown(self.labels("compared.largest", **words))

    def record(self) -> pd.DataFrame:
        """Write every compared number exactly; return the file with its checksum."""
        if self.comparison:
            content = compared_csv(self.comparison, self.labels).encode("utf-8")
            self.written.append(write_whole(self.folder / FILE, content))
        return super().record()

    def _earlier(self, text: str) -> Period:
        if not text:
            return self.register.before(self.biennium)
        before = self.register.period(text, self.biennium.organisation)
        if before >= self.biennium:
            raise ValueError(f"{before} is not before {self.biennium}: name an earlier period")
        return before

    def _compared(self, corrected: bool) -> Comparison | None:
        """Return both periods side by side; None where the documents hold nothing that goes on."""
        if self.before not in self.register.periods(self.biennium.organisation):
            return None
        earlier = self.register.recorded(self.before, corrected=corrected)
        between = self.register.between(self.before, self.biennium)
        comparison = compare(earlier, self.before, self.recorded, self.biennium, between)
        return comparison if comparison.numbers else None

    def _largest(self) -> ComparedNumber | None:
        """Return the number that changed most in per cent; None where none changed so."""
        changes = [
            (abs(read.number), number)
            for number in (self.comparison.numbers if self.comparison else ())
            if number.changed is not None
            for read in [evaluate(number.changed, self.comparison.recorded)]
            if not read.missing and read.unit == "percent"
        ]
        return max(changes, key=lambda pair: pair[0])[1] if changes else None

    def _periods(self) -> dict[str, str]:
        return {"before": self.before.printed, "after": self.biennium.printed}

    def _chapter_of(self, table: str) -> str:
        chapters = chapters_of(self.recorded, table)
        return chapters[0] if len(chapters) == 1 else ""

    def _table(self, table: str, numbers: list[ComparedNumber]) -> str:
        names = [self.labels("compared.what"), self.before.printed, self.biennium.printed]
        names += [self.labels("compared.change"), self.labels("compared.warnings")]
        lines = [
            [self._marked(number), *map(escape, line(number, self.comparison, self.labels)[1:])]
            for number in numbers[:SHOWN]
        ]
        shown = pd.DataFrame(lines, columns=names).to_html(index=False, border=0, escape=False)
        parts = [f"<h3>{escape(title(table, self.labels))}</h3>", shown]
        if len(numbers) > SHOWN:
            rest = self.labels("compared.more", rest=str(len(numbers) - SHOWN), file=FILE)
            parts.append(f"<p>{escape(rest)}</p>")
        return "\n".join(parts)

    def _marked(self, number: ComparedNumber) -> str:
        """Return what a number is, its parts in another language marked with it."""
        return ", ".join(
            escape(text)
            if language == self.labels.language
            else f'<span lang="{language}">{escape(text)}</span>'
            for text, language in item_in_words(number, self.comparison, self.labels)
        )
