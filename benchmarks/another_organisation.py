"""How well drafts on another organisation's results are checked.

``python -m benchmarks.another_organisation`` makes the record of ``examples/unhcr`` in a folder of its own;
the drafts are those of ``drafts/unhcr_brazil``, by a writer who had not read the rules. They were scored
before they were looked at. ``--project`` and ``--drafts`` name another record, imported already, and drafts.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import tempfile
from pathlib import Path

from analysis.checking.drafts import Checker
from analysis.cli import main as analysis
from analysis.sources.earlier import with_earlier
from analysis.sources.register import Register
from benchmarks.checking import HERE, shared, table

EXAMPLE = Path(__file__).parents[1] / "examples" / "unhcr"


def example(folder: Path) -> Path:
    """Return a project with both years of the example, made in a folder."""
    project = folder / "project"
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        analysis(["init", str(project)])
        os.environ["ANALYSIS_ROOT"] = str(project)
        for year in ("2022", "2023"):
            path = EXAMPLE / f"brazil_{year}.csv"
            words = ["import", "results", str(path), "--mapping", str(EXAMPLE / "unhcr.toml")]
            if analysis([*words, "--as", f"unhcr-{year}"]):
                raise SystemExit(f"{path}: could not be imported")
    return project


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, help="with the record of the organisation; the example's")
    parser.add_argument("--drafts", type=Path, default=HERE / "unhcr_brazil", help="with their gold.csv")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        register = Register(asked.project or example(Path(scratch)))
        period = register.period("2023", "unhcr")
        checker = Checker(with_earlier(register, period), str(period), register.root)
        print(
            table(
                f"Drafts on another organisation's results: {asked.drafts.name}",
                shared(checker, asked.drafts),
            )
        )


if __name__ == "__main__":
    main()
