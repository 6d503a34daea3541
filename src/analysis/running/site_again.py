"""A report's site written anew: of the report that was made, not of another."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from analysis.periods import Period
from analysis.running.crate import write_crate
from analysis.running.language_run import CORRECTED
from analysis.running.manifest import made_from, write_manifest
from analysis.running.target import Target
from analysis.running.verify import MANIFEST, manifest_of
from analysis.sources.register import Register


class ChangedSince(RuntimeError):
    """Inputs of a report that are others by now: its site cannot be written from them."""

    exit_code = 1


def write_site_anew(
    register: Register, period: Period, language: str, reports: Path, tell: Callable[[str], None]
) -> Path:
    """Write the site of a finished report anew, on the numbers that it was made on, printed or corrected.

    Parameters
    ----------
    register : Register
    period : Period
    language : str
    reports : Path
        The folder of all reports.
    tell : callable
        Called with a sentence when another run has to be waited for.

    Returns
    -------
    Path
        The report's folder. Its manifest tells the code that wrote the site beside that of the rest.

    Raises
    ------
    FileNotFoundError
        When there is no report.
    ChangedSince
        When an input is not the one that the report was made from.
    """
    target = Target(reports, register.report_folder(period, language).as_posix())
    if not (target.folder / MANIFEST).is_file():
        raise FileNotFoundError(
            f"no report in {target.folder}: run `analysis reproduce {period} --language {language}"
            f"{' --corrected' if reports.name == CORRECTED else ''}` first"
        )
    with target.claimed(tell), target.part() as part:
        manifest = manifest_of(target.folder)
        now = made_from(register.root, language, manifest["parameters"]["further"])
        before = manifest["inputs"]
        others = [name for name in {**before, **now["inputs"]} if before.get(name) != now["inputs"].get(name)]
        if others:
            raise ChangedSince(
                f"{', '.join(others[:3])}{' …' if others[3:] else ''}: not what {target.folder} was made "
                "from; run `analysis reproduce` again"
            )
        from analysis.documents import write_site_again

        shutil.copytree(target.folder, part / "report")
        corrected = manifest["parameters"]["corrected"]
        write_site_again(register, period, language, part / "report", corrected)
        origin = {name: value for name, value in manifest.items() if name not in ("parameters", "outputs")}
        write_crate(part / "report", register, period, manifest["parameters"], origin)
        write_manifest(part / "report", manifest["parameters"], {**origin, "site": now["code"]})
        return target.put(part / "report", part, tell)
