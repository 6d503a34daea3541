# The front door. `make reproduce` and `make test` set themselves up; `make help` lists the rest.
PYTHON    ?= python3
BIENNIUM  ?=# the newest when empty
# Many systems set LANGUAGE to a list of locales; only one given here, or a plain code, is meant for the reports.
ifneq ($(origin LANGUAGE),command line)
LANGUAGE  := $(if $(filter en fr es zh,$(LANGUAGE)),$(LANGUAGE),en)
endif
JOBS      ?= 2
VENV      := .venv
BIN       := $(VENV)/bin
SETUP     := $(VENV)/.installed
SETUP_TEST := $(VENV)/.installed-test
PROGRAMS  := $(VENV)/programs# checkers of PDF and RO-Crate that tests run, apart from what the package stands on
TWO       := -n 2 --dist loadfile --no-loadscope-reorder# a file's tests share what it opens; the longest come first
# Tests are compiled once and kept, whatever the shell asks for: half of the quick suite's time otherwise.
COMPILED  := PYTHONDONTWRITEBYTECODE=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export MPLBACKEND := Agg

.DEFAULT_GOAL := help
.PHONY: help types licences vulnerabilities reproduce test test-quick audit bench lint lab lock system-deps clean docs

help:  ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

reproduce: $(SETUP)  ## run every notebook: BIENNIUM=2020-21 LANGUAGE=en,fr,es,zh JOBS=2
	$(BIN)/analysis reproduce $(BIENNIUM) --language "$(LANGUAGE)" --jobs $(JOBS)

test: $(SETUP_TEST) $(PROGRAMS)/.installed  ## run all tests (slow ones too)
	$(COMPILED) PATH="$$PATH:$(CURDIR)/$(PROGRAMS)/bin" $(BIN)/python -m pytest $(TWO)

test-quick: $(SETUP_TEST)  ## run the tests that take a moment, some of each room
	$(COMPILED) $(BIN)/python tests/quick.py

audit: $(SETUP)  ## judge every printed number: BIENNIUM=2020-21
	$(BIN)/analysis audit $(BIENNIUM)

bench: $(SETUP_TEST)  ## time the library against named peers
	$(BIN)/python -m benchmarks

lint: types  ## check style and types
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(SETUP_TEST)  ## check types (settings and what is not clean yet: pyproject.toml)
	$(BIN)/python -m mypy

licences: $(SETUP_TEST)  ## write THIRD-PARTY.md: the licence of every package of the lock
	$(BIN)/python tests/licences.py

vulnerabilities: $(SETUP_TEST)  ## look the locked packages up among known vulnerabilities (needs a network)
	$(BIN)/pip-audit --requirement requirements.lock --require-hashes --disable-pip

docs: $(SETUP_TEST)  ## build the documentation into build/docs, offline
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs build/docs
	@echo "Open build/docs/index.html"

lab: $(SETUP_TEST)  ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

lock:  ## pin versions anew (needs uv)
	uv pip compile pyproject.toml --extra documents --extra surveys --extra exchange --extra chinese --extra build --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -q -c requirements.lock -o requirements-test.lock
	uv pip compile --group pyproject.toml:programs --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -q -o requirements-programs.lock

system-deps:  ## install the programs that some tests and Chinese charts want (Debian, as root)
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends r-base-core r-cran-survey r-cran-laeken libreoffice-writer libreoffice-calc \
	  libreoffice-impress chromium chromium-driver default-jre-headless fonts-noto-cjk poppler-utils

clean:  ## remove what was made, keep the environment
	rm -rf reports data/processed build .pytest_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = "%d.%d" % sys.version_info[:2]; \
	  sys.exit(0 if sys.version_info >= (3, 11) else "Python " + v + " found; 3.11 or newer is needed. Set PYTHON=, for example: make reproduce PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(SETUP): requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(SETUP_TEST): requirements-test.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --require-hashes -r requirements-test.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@ $(SETUP)

$(PROGRAMS)/.installed: requirements-programs.lock | $(VENV)/bin/python
	$(BIN)/python -m venv $(PROGRAMS)
	$(PROGRAMS)/bin/python -m pip install -q --require-hashes -r requirements-programs.lock
	@touch $@
