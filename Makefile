# Everything is done in an environment of its own, the folder .venv beside this file.
# Needed: make, and Python 3.11 or newer with its venv module. Nothing else.

VENV ?= .venv
EXAMPLE ?= albania
WORKERS ?= 2
CONSTRAINTS ?= constraints.txt

FIND_PYTHON = for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$each -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$each && break; done
PYTHON ?= $(shell $(FIND_PYTHON))
BIN := $(VENV)/bin

# What builds the package is held to the same versions; CONSTRAINTS= takes the newest of all.
INSTALL := PIP_CONSTRAINT=$(CONSTRAINTS) PIP_BUILD_CONSTRAINT=$(CONSTRAINTS) \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo test test-all claims notebooks browser check lint golden slips bench bench-all inputs docs site pictures \
	gallery highs constraints package clean

help: ## list what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

demo: $(VENV)/ready ## install, solve the shipped example, say where the results are
	$(BIN)/choosebattles demo --example $(EXAMPLE)

test: $(VENV)/ready-dev ## install what tests need, and run them
	$(BIN)/python -m pytest -n $(WORKERS)

test-all: $(VENV)/ready-dev ## the broad suites as well: hundreds of random cases, every example
	$(BIN)/python -m pytest -n $(WORKERS) -m "not browser"

claims: $(VENV)/ready-dev ## work out again every sentence printed on 304 random cases (make check: on 32)
	CLAIMS=19 $(BIN)/python -m pytest -n $(WORKERS) tests/claims

notebooks: $(VENV)/ready-notebooks ## run the notebooks of docs/notebooks (installs EMA Workbench and SALib)
	$(BIN)/python -m pytest tests/test_notebooks.py

browser: $(VENV)/ready-dev ## test the live page in Chromium (needs chromium and chromedriver)
	$(BIN)/python -m pytest -m browser tests/browser

check: lint test-all ## all that must be right before a change is accepted

lint: $(VENV)/ready-dev ## format, style, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

golden: $(VENV)/ready-dev ## record anew what every command prints and writes; ONLY=full/solve for one
	cd tests && ../$(BIN)/python -m golden.write $(ONLY)

slips: $(VENV)/ready-dev ## make known mistakes one by one: each must turn a test red; TENTH=1 for a tenth
	cd tests && ../$(BIN)/python -m slips.run $(if $(TENTH),--tenth) $(if $(NO_BROWSER),--no-browser)

bench: $(VENV)/ready-dev ## measure speed in ten minutes, each beside its peer; ONLY=tight for one, SEED= to repeat
	cd tests && ../$(BIN)/python -m benchmarks.run $(if $(SEED),--seed $(SEED)) $(ONLY)

bench-all: $(VENV)/ready-dev ## measure all sizes five times (hours), writes docs/performance.md
	cd tests && ../$(BIN)/python -m benchmarks.run --all $(if $(SEED),--seed $(SEED)) $(ONLY)

inputs: $(VENV)/ready-dev ## build the example workbooks from their sources
	$(BIN)/python inputs/build.py

docs: $(VENV)/ready-dev ## write the pages that are made from the code
	$(BIN)/python docs/generate.py

site: $(VENV)/ready-dev ## put the pages together as a site that opens from disk: build/site/index.html
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Open build/site/index.html"

pictures: $(VENV)/ready-dev ## draw the pictures of what is presented (needs LibreOffice; Chromium for the page)
	$(BIN)/python docs/pictures.py

highs: $(VENV)/ready-dev ## take the solver of the live page from npm (needs npm)
	$(BIN)/python src/choosebattles/report/page/highs/fetch.py

gallery: $(VENV)/ready-dev ## solve every example under every decision model (some minutes)
	$(BIN)/python docs/gallery.py

constraints: $(VENV)/python ## write constraints.txt with the newest versions; then run .ci/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	printf '# What the tests have passed with. Written by: make constraints\n' > constraints.partial
	printf 'hatchling\neditables\n' | $(BIN)/uv pip compile pyproject.toml - --extra dev --extra notebooks \
		--universal --no-header --no-annotate --quiet >> constraints.partial
	mv constraints.partial constraints.txt

package: $(VENV)/ready-dev ## build dist/ for a release; PICTURES= and PAGES= say where the README's links lead
	@test -n "$(PICTURES)" -a -n "$(PAGES)" || { echo "Say where the files of this release can be seen:"; \
		echo "  make package PICTURES=ADDRESS PAGES=ADDRESS"; echo "docs/release.md has more."; exit 1; }
	rm -rf dist
	CHOOSEBATTLES_PICTURES="$(PICTURES)" CHOOSEBATTLES_PAGES="$(PAGES)" $(BIN)/python -m hatchling build

clean: ## remove the environment
	rm -rf $(VENV)

$(VENV)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer with its venv module was found."; \
		echo "Install one from python.org; on Debian and Ubuntu: sudo apt install python3-venv."; \
		echo "Or name one: make PYTHON=/path/to/python3 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/ready: $(VENV)/python pyproject.toml $(CONSTRAINTS)
	$(INSTALL) -e .
	touch $@

$(VENV)/ready-notebooks: $(VENV)/ready-dev
	$(INSTALL) -e '.[dev,notebooks]'
	touch $@

$(VENV)/ready-dev: $(VENV)/python pyproject.toml $(CONSTRAINTS)
	$(INSTALL) -e '.[dev]'
	touch $@ $(VENV)/ready
