# The two commands: `make run` serves, `make test` checks everything. Both set up what they need.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := bot knowledge tests
# What was compiled once is not compiled again by each of the tests' processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-postgresql audit lock clean

run: .venv/run
	@$(BIN)/investbot run

test: .venv/test
	@test -x /usr/bin/chromium || sh scripts/browser.sh
	@sh scripts/postgres.sh install
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/pytest -q -n 2 --dist worksteal
	TEST_DATABASE=postgresql $(BIN)/pytest -q -n 2 -m every_database

# Every test on PostgreSQL. `make test` runs there only what is marked for it: a second time all takes too long.
test-postgresql: .venv/test
	@test -x /usr/bin/chromium || sh scripts/browser.sh
	@sh scripts/postgres.sh install
	TEST_DATABASE=postgresql $(BIN)/pytest -q -n 2 --dist worksteal

# 3: not audited, as without a network; it is said, and no fault of this program.
audit: .venv/test
	@$(BIN)/python scripts/audit.py || [ $$? -eq 3 ]

# Compiled here: where no process may write what it has compiled, each start would compile it all again.
.venv/run: pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "investbot needs Python 3.11 or newer: make run PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.txt --editable . 1>&2
	@$(BIN)/python -m compileall -q bot knowledge
	@touch $@

.venv/test: .venv/run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.txt --editable '.[dev]' 1>&2
	@touch $@

# Pins what is installed now; no download address is written down.
lock: .venv/test
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --upgrade --all-extras --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.txt pyproject.toml

clean:
	rm -rf .venv var build *.egg-info
