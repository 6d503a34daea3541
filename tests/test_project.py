"""The project's own files agree with each other."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from licences import REPORT, pinned
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PYPROJECT = SETTINGS["project"]


def conda_requirements(text: str) -> set[str]:
    listed = yaml.safe_load(text)["dependencies"]
    return {each for each in listed if isinstance(each, str)} - {"pip"}


def test_environment_yml_is_in_step_with_pyproject():
    listed = conda_requirements((ROOT / "environment.yml").read_text(encoding="utf-8"))
    extras = PYPROJECT["optional-dependencies"]
    assert f"python{PYPROJECT['requires-python']}" in listed
    missing = {*PYPROJECT["dependencies"], *extras["build"], *extras["lab"]} - listed
    assert not missing
    assert not listed - {*PYPROJECT["dependencies"], *extras["build"], *extras["lab"], "python>=3.11"}


def test_a_missing_requirement_is_seen():
    assert "pandas>=3.0" not in conda_requirements("dependencies: [pip, 'python>=3.11']")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_locks_pin_every_version_with_hashes_and_name_no_index(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    pins = re.findall(
        r"^([a-z0-9._-]+)(\[[^]]*\])?==[^\s;]+.*\\\n\s+--hash=sha256:[0-9a-f]{64}", text, flags=re.M
    )
    requirements = re.findall(r"^[a-zA-Z0-9]", text, flags=re.M)
    assert len(pins) == len(requirements) > 50
    direct = {re.split(r"[>=\[]", each)[0].lower() for each in PYPROJECT["dependencies"]}
    assert direct <= {pin[0].replace("_", "-") for pin in pins}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_the_locked_versions_are_within_the_bounds(name):
    held = pinned((ROOT / name).read_text(encoding="utf-8"))
    extras = (each for extra in PYPROJECT["optional-dependencies"].values() for each in extra)
    asked = [Requirement(each) for each in (*PYPROJECT["dependencies"], *extras)]
    outside = [str(each) for each in asked if each.name in held and held[each.name] not in each.specifier]
    assert not outside
    assert sum(each.name in held for each in asked) > 20


def test_a_version_outside_the_bounds_is_seen():
    assert pinned("numpy==1.0 \\\n    --hash=sha256:0\n")["numpy"] not in Requirement("numpy>=2.0").specifier


def test_every_locked_package_has_its_licence_on_the_list():
    held = pinned((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    listed = dict(re.findall(r"^\| (\S+) \| (.*) \|$", REPORT.read_text(encoding="utf-8"), flags=re.M))
    assert set(held) <= set(listed)
    assert all(listed.values())


def test_the_workflow_names_the_versions_that_python_requires():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "checks.yml").read_text(encoding="utf-8"))
    versions = workflow["jobs"]["quick"]["strategy"]["matrix"]["python"]
    assert f">={versions[0]}" == PYPROJECT["requires-python"]
    targets = set(
        re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)
    )
    told = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    made = {word for each in told if "make" in each for word in each.split()} - {"sudo", "make"}
    assert made <= targets


def test_the_readme_names_both_commands_and_ci_calls_the_second():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make reproduce" in readme
    assert "make test" in readme
    assert re.search(r"^make test$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), flags=re.M)


def test_the_citation_file_has_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PYPROJECT["version"]
    assert f"## {PYPROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_readme_lists_every_exhibit_as_it_stands(register, recorded, biennium):
    from analysis.commands.listing import exhibits_markdown
    from analysis.exhibits.catalogue import definitions
    from analysis.exhibits.layout import make
    from analysis.labels import Catalogue

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.search(r"<!-- exhibits.*?-->\n(.*?)<!-- /exhibits -->", readme, flags=re.S)[1]
    laid_out = definitions(recorded)
    exhibits = [make(definition, recorded, biennium) for definition in laid_out]
    assert listed == exhibits_markdown(laid_out, exhibits, Catalogue("en", recorded), register)


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_are_thin_and_stripped(path):
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in code) == 1
    parameters = next(cell.source for cell in code if "parameters" in cell.metadata.get("tags", []))
    assert all(re.fullmatch(r"\w+: \w+ = .+  # .+", line) for line in parameters.splitlines())
    assert all(name in parameters for name in ("biennium: str", "language: str", "output_dir: str"))
    logic = re.compile(r"^\s*(def|class|for|while|try|with|if|lambda)\b|open\(|read_|to_csv|lambda", re.M)
    assert not [cell.source for cell in code if logic.search(cell.source)]
    banners = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert [each for each in banners if each.startswith("## ")][:3] == ["## Load", "## Check", "## Show"]


def test_no_module_is_let_off_the_check_of_its_types():
    overrides = SETTINGS["tool"]["mypy"]["overrides"]
    assert overrides
    assert not [each["module"] for each in overrides if each.get("ignore_errors")]
