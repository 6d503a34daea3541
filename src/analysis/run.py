"""Run a biennium's notebooks: parameters checked first, papermill, pages, and a manifest written last."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from analysis import __version__
from analysis.labels import languages
from analysis.periods import Period
from analysis.site.notebook_pages import write_pages
from analysis.sources.processed import write_processed
from analysis.sources.register import Register

PACKAGES = ("pandas", "numpy", "matplotlib", "seaborn", "nbconvert", "papermill", "babel", "xlsxwriter")
_TYPES = {"str": str, "int": int, "float": float, "bool": bool}


class ParameterError(ValueError):
    """A parameter whose name, type or value a notebook does not take."""


class NotebookFailure(RuntimeError):
    """A notebook whose cell failed; the notebook is kept."""


@dataclass(frozen=True)
class Job:
    """A notebook to run, its parameters, and where its executed copy goes."""

    notebook: Path
    parameters: dict
    executed: Path


def notebooks(root: Path) -> dict[str, Path]:
    """Return the notebooks by stem, in order."""
    return {path.stem: path for path in sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb"))}


def choose(root: Path, only: Iterable[str]) -> dict[str, Path]:
    """Return the notebooks asked for, by stem or number; all when none is named.

    Raises
    ------
    ParameterError
        When there is no such notebook; the message lists those that there are.
    """
    there = notebooks(root)
    asked = list(only)
    chosen = {}
    for name in asked:
        found = [stem for stem in there if stem == name.removesuffix(".ipynb") or stem[:2] == name]
        if not found:
            raise ParameterError(f"no notebook {name!r}: there are {', '.join(there)}")
        chosen[found[0]] = there[found[0]]
    return chosen or there


def check_parameters(notebook: Path, parameters: Mapping[str, object]) -> None:
    """Check parameters by name and type against a notebook's parameters cell, before a kernel starts.

    Raises
    ------
    ParameterError
        When a name is unknown or a value has another type.
    """
    taken = papermill.inspect_notebook(str(notebook))
    for name, given in parameters.items():
        if name not in taken:
            raise ParameterError(f"{notebook.stem} takes no parameter {name!r}: it takes {', '.join(taken)}")
        wanted = taken[name]["inferred_type_name"]
        if wanted in _TYPES and not isinstance(given, _TYPES[wanted]):
            raise ParameterError(
                f"{notebook.stem}: parameter {name} must be {wanted}, "
                f"found {given!r} ({type(given).__name__})"
            )


def check_language(language: str) -> str:
    """Return a language that has labels.

    Raises
    ------
    ParameterError
        When it has none; the message lists those that have.
    """
    if language not in languages():
        raise ParameterError(f"no language {language!r}: there are {', '.join(languages())}")
    return language


def checked(
    register: Register, asked: Period, language: str, only: Iterable[str], parameters: Mapping[str, str]
) -> dict[str, Path]:
    """Check everything that is asked for before anything runs; return the notebooks.

    Raises
    ------
    ParameterError, RegisterError, ValueError
        When the language, a notebook or a parameter does not exist.
    """
    register.recorded(asked, corrected=parameters.get("corrected", "").lower() == "true")
    check_language(language)
    chosen = choose(register.root, only)
    taken = {name for path in chosen.values() for name in papermill.inspect_notebook(str(path))}
    for name in parameters:
        if name not in taken:
            raise ParameterError(
                f"no chosen notebook takes a parameter {name!r}: there are {', '.join(sorted(taken))}"
            )
    for path in chosen.values():
        check_parameters(path, given_to(path, parameters) | whose(asked, language))
    return chosen


def whose(period: Period, language: str) -> dict[str, str]:
    """Return the parameters that every notebook takes."""
    return {"organisation": period.organisation, "biennium": str(period), "language": language}


def given_to(notebook: Path, parameters: Mapping[str, str]) -> dict[str, object]:
    """Return those of the parameters that a notebook takes, in the types that it declares."""
    taken = papermill.inspect_notebook(str(notebook))
    return {name: typed(text, notebook, name) for name, text in parameters.items() if name in taken}


def typed(text: str, notebook: Path, name: str) -> object:
    """Read a parameter's text as the type that the notebook's parameters cell gives it.

    Raises
    ------
    ParameterError
        When the text does not read as that type.
    """
    kind = papermill.inspect_notebook(str(notebook)).get(name, {}).get("inferred_type_name", "str")
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        return text if kind not in ("int", "float") else _TYPES[kind](text)
    except ValueError as error:
        raise ParameterError(f"{notebook.stem}: parameter {name} must be {kind}, found {text!r}") from error


def execute(job: Job) -> Path:
    """Run one notebook by papermill and normalise what it wrote.

    Raises
    ------
    NotebookFailure
        When a cell fails; the message names the notebook, the cell and the error.
    """
    job.executed.parent.mkdir(parents=True, exist_ok=True)
    try:
        papermill.execute_notebook(
            str(job.notebook),
            str(job.executed),
            parameters=job.parameters,
            progress_bar=False,
            log_output=False,
            extra_arguments=["--log-level=CRITICAL"],
            cwd=str(job.notebook.parent),
        )
    except PapermillExecutionError as error:
        raise NotebookFailure(
            f"{job.notebook.name}, cell {error.cell_index + 1}: {error.ename}: {error.evalue}"
        ) from None
    normalise(job.executed)
    return job.executed


def normalise(path: Path) -> None:
    """Take times, random ids and paths of this machine out of an executed notebook."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.pop("papermill", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"
        tags = cell.metadata.get("tags", [])
        cell.metadata.clear()
        if tags:
            cell.metadata["tags"] = tags
        if "injected-parameters" in tags:
            cell.source = re.sub(r'^output_dir = ".*"$', 'output_dir = "reports"', cell.source, flags=re.M)
    unfinished = path.with_suffix(".part")
    nbformat.write(notebook, unfinished)
    unfinished.replace(path)


def reproduce(
    register: Register,
    asked: Period,
    language: str = "en",
    *,
    only: Iterable[str] = (),
    output: Path | None = None,
    jobs: int = 1,
    parameters: Mapping[str, str] | None = None,
    finish: Callable[[Path], None] | None = None,
    progress: Callable[[str], None] = lambda stem: None,
) -> Path:
    """Run a period's notebooks into ``<output>/<period>/<language>``, whole or not at all.

    Parameters
    ----------
    register : Register
        The recorded files.
    asked : Period
        What to report on.
    language : str
    only : iterable of str
        Stems or numbers of notebooks; all when empty.
    output : Path, optional
        Folder of all reports; ``reports`` of the project by default.
    jobs : int
        Notebooks that run at the same time.
    parameters : mapping, optional
        Further parameters of the chosen notebooks, as text.
    finish : callable, optional
        Called with the folder when all notebooks have run, to add documents and pages.
    progress : callable
        Called with each notebook's stem when it has run.

    Returns
    -------
    Path
        The finished folder; ``manifest.json`` in it was written last.

    Raises
    ------
    ParameterError, RegisterError, ValueError
        Before anything runs, when what is asked for does not exist.
    NotebookFailure
        When a cell fails. The executed notebook is kept under ``<output>/failed``, the finished folder of an
        earlier run is left as it was.
    """
    chosen = checked(register, asked, language, only, parameters or {})
    root = Path(output) if output else register.root / "reports"
    part = root / f".part-{asked.organisation}-{asked}-{language}"
    final = root / register.report_folder(asked, language)
    folder = part / register.report_folder(asked, language)
    common = whose(asked, language) | {"output_dir": str(part.resolve())}
    listed = [
        Job(path, given_to(path, parameters or {}) | common, folder / "notebooks" / f"{stem}.ipynb")
        for stem, path in chosen.items()
    ]
    write_processed(register.root, asked, register.recorded(asked))
    shutil.rmtree(part, ignore_errors=True)
    if only and final.is_dir():
        shutil.copytree(final, folder)
    try:
        _execute_all(listed, jobs, progress)
        write_pages(folder, asked, language)
        if finish:
            finish(folder)
        write_manifest(folder, register, whose(asked, language))
    except NotebookFailure as error:
        kept = root / "failed" / f"{asked.organisation}-{asked}-{language}"
        shutil.rmtree(kept, ignore_errors=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(str(folder / "notebooks"), kept)
        raise NotebookFailure(f"{error}; the notebooks as far as they ran are in {kept}") from None
    else:
        shutil.rmtree(final, ignore_errors=True)
        final.parent.mkdir(parents=True, exist_ok=True)
        folder.replace(final)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return final


def _execute_all(listed: list[Job], jobs: int, progress: Callable[[str], None]) -> None:
    if jobs == 1 or len(listed) == 1:
        for job in listed:
            execute(job)
            progress(job.notebook.stem)
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        running = {pool.submit(execute, job): job for job in listed}
        for done in as_completed(running):
            done.result()
            progress(running[done].notebook.stem)


def write_manifest(folder: Path, register: Register, parameters: dict[str, str]) -> Path:
    """Write ``SHA256SUMS`` and, last, ``manifest.json``: parameters, versions, inputs and outputs."""
    (folder / "manifest.json").unlink(missing_ok=True)
    (folder / "SHA256SUMS").unlink(missing_ok=True)
    sums = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    (folder / "SHA256SUMS").write_text("".join(f"{each}  {name}\n" for name, each in sums.items()))
    manifest = {
        "parameters": parameters,
        "analysis": __version__,
        "packages": {name: version(name) for name in PACKAGES},
        "inputs": {
            f"data/raw/{entry['path']}": entry["hash"].removeprefix("sha256:")
            for entry in register.resources()
        },
        "outputs": {
            name: {"sha256": each, "bytes": (folder / name).stat().st_size} for name, each in sums.items()
        },
    }
    unfinished = folder / ".manifest.part"
    unfinished.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return unfinished.replace(folder / "manifest.json")
