"""What ``pyproject.toml`` cannot say: a wheel carries the record, the notebooks and the examples."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent
CARRIED = ("data", "notebooks", "examples")
LEFT_OUT = shutil.ignore_patterns("processed", ".*", "__pycache__")


class BuildWithRecord(build_py):
    """Copy the project's folders to ``analysis/installed``; an editable installation reads the checkout."""

    def run(self):
        """Build the package, then copy."""
        super().run()
        if self.editable_mode:
            return
        installed = Path(self.build_lib) / "analysis" / "installed"
        shutil.rmtree(installed, ignore_errors=True)
        for name in CARRIED:
            if (HERE / name).is_dir():
                shutil.copytree(HERE / name, installed / name, ignore=LEFT_OUT)


setup(cmdclass={"build_py": BuildWithRecord})
