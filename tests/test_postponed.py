"""A package that is imported when something of it is asked for, and stays the package that it is."""

import sys
from importlib import import_module

import pytest

from analysis.postponed import postpone

NAME = "slow_package"


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of one module, which nobody has imported."""
    folder = tmp_path / "slow_package"
    folder.mkdir()
    (folder / "__init__.py").write_text("import sys\nsys.slow_packages.append(__name__)\nANSWER = 42\n")
    (folder / "inner.py").write_text(f"from {NAME} import ANSWER\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "slow_packages", [], raising=False)
    yield sys.slow_packages
    for name in ("slow_package", "slow_package.inner"):
        sys.modules.pop(name, None)


def test_it_is_imported_once_and_when_it_is_asked(package):
    postpone("slow_package", "no_such_package")
    slow_package = import_module(NAME)

    assert package == []
    assert "no_such_package" not in sys.modules
    assert slow_package.ANSWER == 42
    assert package == ["slow_package"]
    assert sys.modules["slow_package"] is not slow_package
    again = import_module(NAME)

    assert again.ANSWER == slow_package.ANSWER
    assert package == ["slow_package"]
    with pytest.raises(AttributeError):
        again.nothing  # noqa: B018
    with pytest.raises(AttributeError):
        slow_package.nothing  # noqa: B018


def test_a_module_of_it_imports_it(package):
    postpone("slow_package")
    names = {}
    exec(f"from {NAME} import inner", names)
    inner = names["inner"]
    assert inner.ANSWER == 42
    assert package == ["slow_package"]
    postpone("slow_package")
    assert sys.modules["slow_package"].inner is inner
