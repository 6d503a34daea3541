"""A wheel works away from the checkout: it carries the record, and lays out a project around it."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

MOST_BYTES = 15_000_000
OF_EXTRAS = {
    "docx",
    "pptx",
    "typst",
    "polars",
    "duckdb",
    "pyreadstat",
    "openpyxl",
    "xlrd",
    "xmlschema",
    "dask",
}
HIDING = """
import sys
from importlib.machinery import PathFinder

class Hiding:
    def find_spec(self, name, path=None, target=None):
        return None if name.partition(".")[0] in {hidden!r} else PathFinder.find_spec(name, path, target)

    def __getattr__(self, name):
        return getattr(PathFinder, name)

sys.meta_path[:] = [Hiding() if finder is PathFinder else finder for finder in sys.meta_path]
"""
pytestmark = pytest.mark.slow


def run(*words, cwd, environment, expect=0):
    ran = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == expect, f"{words}: {ran.stdout}\n{ran.stderr}"
    return ran


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """Build from a copy of what git tracks, by way of the source distribution."""
    source, dist = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    with tarfile.open(source / "all.tar", "w") as archive:
        for name in filter(None, listed.stdout.decode("utf-8").split("\0")):
            if (root / name).is_file():
                archive.add(root / name, name)
    with tarfile.open(source / "all.tar") as archive:
        archive.extractall(source / "project", filter="data")
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", dist, source / "project"]
    run(*words, cwd=source, environment={k: v for k, v in os.environ.items() if k != "PYTHONPATH"})
    (wheel,) = dist.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """Install the wheel alone; the core's packages are seen through a path file, the rest is not."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    place = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    (place / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    hiding = HIDING.format(hidden=OF_EXTRAS)
    (place / "sitecustomize.py").write_text(hiding, encoding="utf-8")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    environment = {
        **{name: held for name, held in os.environ.items() if not name.startswith(("PYTHON", "ANALYSIS"))},
        "PATH": os.pathsep.join([str(scripts), os.environ["PATH"]]),
        "JUPYTER_PATH": str(Path(sysconfig.get_path("data")) / "share" / "jupyter"),
        "MPLBACKEND": "Agg",
    }
    python = scripts / "python"
    words = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", built]
    run(*words, cwd=folder, environment=environment)
    return python, environment


def test_the_wheel_is_small_and_whole(built, root):
    assert built.stat().st_size < MOST_BYTES
    with zipfile.ZipFile(built) as archive:
        names = set(archive.namelist())
    source = root / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "analysis").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and "installed" not in path.parts
    }
    assert not wanted - names
    for folder in ("data", "notebooks"):
        there = {
            f"analysis/installed/{path.relative_to(root).as_posix()}"
            for path in (root / folder).rglob("*")
            if path.is_file() and not {"processed", "__pycache__", ".ipynb_checkpoints"} & set(path.parts)
        }
        assert not there - names
    assert not [name for name in names if "/processed/" in name or name.endswith(".pyc")]


def test_commands_read_what_is_installed_and_say_so(installed, tmp_path):
    python, environment = installed
    where = run(
        python, "-c", "import analysis; print(analysis.__file__)", cwd=tmp_path, environment=environment
    )
    assert Path(where.stdout.strip()).is_relative_to(python.parents[1])
    listed = run(python, "-m", "analysis", "list", cwd=tmp_path, environment=environment)
    assert "Figure 10" in listed.stdout
    assert "reads the record installed with the package" in listed.stderr
    refused = run(python, "-m", "analysis", "reproduce", cwd=tmp_path, environment=environment, expect=2)
    assert "analysis init FOLDER" in refused.stderr
    assert not any(tmp_path.iterdir())


def test_init_and_reproduce_without_checkout_or_make(installed, tmp_path):
    python, environment = installed
    command = (python, "-m", "analysis")
    run(*command, "init", "my project é", cwd=tmp_path, environment=environment)
    project = tmp_path / "my project é"
    run(*command, "init", ".", cwd=project, environment=environment, expect=2)
    assert "896" in run(*command, "explain", "896", cwd=project, environment=environment).stdout
    told = run(
        *command, "reproduce", "--only", "02", "--only", "07", cwd=project, environment=environment
    ).stderr
    assert "report.docx is left out: Word files need the package python-docx" in told
    (report,) = (path.parent for path in (project / "reports").rglob("manifest.json"))
    assert report.name == "en"
    assert (report / "02_results.html").is_file()
    assert (report / "07_microdata_indicators.html").is_file()
    assert not list(report.rglob("*.docx"))
    script = "import analysis; print(analysis.open('2020-21').number('results'))"
    assert run(python, "-c", script, cwd=project, environment=environment).stdout.strip() == "896"
