"""What the notebook of the audit calls: every number in print judged, its findings, the files of both."""

from __future__ import annotations

from typing import Any

import pandas as pd
from IPython.display import HTML, Markdown, display

from analysis.audit.claims_table import claims_html
from analysis.audit.findings import findings
from analysis.audit.findings_text import findings_summary, listed_markdown
from analysis.audit.listing import totals
from analysis.audit.revised import printed_edition
from analysis.front.number import traced
from analysis.notebook import NotebookStop, Reporting
from analysis.office.audit_files import write_audit
from analysis.printed.revision_tables import outside_said, outside_shown, outside_table
from analysis.quantities import provenance
from analysis.sources.vintages import Vintages
from analysis.sources.vintages.beside import keyed


class Auditing(Reporting):
    """A biennium opened for the audit: every number that its documents print, judged.

    Parameters
    ----------
    notebook, biennium, language, output_dir, corrected, organisation
        As of :class:`Reporting`.
    """

    def __init__(self, *arguments: Any, **named: Any):
        super().__init__(*arguments, **named)
        self.audit = self.report.audit

    def check(self) -> pd.DataFrame:
        """Return the claims whose verdict is not the one on record; an empty table is what is expected."""
        unexpected = self.audit.unexpected
        return pd.DataFrame(
            {
                "claim": [check.claim.id for check in unexpected],
                "verdict": [check.verdict for check in unexpected],
                "on record": [check.claim.expected for check in unexpected],
            }
        )

    def verdicts(self) -> pd.DataFrame:
        """Return how many claims of each document have each verdict."""
        return totals(self.audit, self.labels)

    def findings(self) -> Markdown:
        """Return the discrepancies with what follows from what, gravest first."""
        text = listed_markdown(self.audit, self.labels)
        return Markdown(text.replace("\n### ", "\n#### ").replace("\n## ", "\n### "))

    def frame(self) -> pd.DataFrame:
        """Return every number in print with its verdict, one row each, as ``report.claims()`` gives it."""
        return self.report.claims()

    def trace(self, claim: str = "") -> pd.DataFrame | Markdown:
        """Return the recorded rows that a claim is judged by, after its explanation.

        Parameters
        ----------
        claim : str
            Its id; empty for the gravest finding that rests on numbers. Without any, a sentence says so.

        Raises
        ------
        NotebookStop
            When no number in print has that id.
        """
        judged = {judgement.claim.id: judgement for judgement in self.audit.judgements}
        if claim and claim not in judged:
            raise NotebookStop(f"no number in print has the id {claim!r}; the frame above lists them all")
        for identifier in [claim] if claim else [finding.id for finding in findings(self.audit, self.labels)]:
            checks = [check.claim.quantity for check in self.audit.by_id[identifier].checks]
            reading = [check for check in checks if check is not None and provenance(check, self.recorded)]
            if reading:
                display(Markdown("\n\n".join(self.report.explain(identifier).splitlines())))
                return traced(reading, self.recorded)
        return self.says()

    def says(self) -> Markdown:
        """Return how many numbers have each verdict, in a sentence."""
        return Markdown(findings_summary(self.audit, self.labels))

    def outside(self) -> HTML:
        """Return what sets printed indicators apart from published estimates; no verdict moves by it.

        Nothing where the documents print no such indicator; a project without vintages is told so.
        """
        if not keyed(self.recorded.values()):
            return HTML("")
        edition, checks = printed_edition(Vintages(self.register.root), self.recorded)
        if not checks:
            return HTML(f"<p>{outside_said(edition, checks, self.labels)}</p>")
        shown = outside_shown(outside_table(checks, self.labels), self.labels)
        apart = shown.to_html(index=False, border=0)
        return HTML(f"<p>{outside_said(edition, checks, self.labels)}</p>\n{apart}")

    def claims(self) -> HTML:
        """Return every claim in a table that can be searched."""
        return HTML(claims_html(self.audit, self.labels))

    def record(self) -> pd.DataFrame:
        """Write ``claims.csv``, ``audit.xlsx`` and the findings report; return the files with checksums."""
        self.written += write_audit(self.audit, self.labels, self.biennium, self.folder / "audit")
        return super().record()
