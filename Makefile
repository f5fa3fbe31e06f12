# Every chore has one name here. `make` lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv

# The interpreter is the one the system has; nothing fetches another.
export UV_PYTHON_DOWNLOADS := never
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
# A cache on another file system is an everyday case, not a warning.
export UV_LINK_MODE ?= copy

RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

.PHONY: help
help: ## List every chore
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | \
		while IFS='	' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

# --- The environment -------------------------------------------------------------------

$(UV): requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "KSBB needs Python 3.11 or newer; PYTHON= names another interpreter." >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is missing. Install it first: sudo apt-get install python3-venv" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $(UV)

$(RUNTIME): $(UV) requirements/runtime.txt pyproject.toml src/ksbb/__init__.py
	@$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/runtime.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation --offline --editable .
	@touch $@

$(DEV): $(RUNTIME) requirements/dev.txt
	@$(UV) pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

.PHONY: lock
lock: $(UV) ## Resolve the dependencies again and write the hashed lists
	sh tools/lock.sh

CATALOGUE := src/ksbb/locale/id/LC_MESSAGES/django

$(CATALOGUE).mo: $(CATALOGUE).po | $(RUNTIME)
	@$(BIN)/python tools/messages.py compile

# --- The chores ------------------------------------------------------------------------

.PHONY: demo
demo: $(RUNTIME) $(CATALOGUE).mo ## Serve the Ramadan 2020 demo (PORT=, HOST=, RESET=1, SERVE=0)
	@HOST='$(HOST)' PORT='$(PORT)' RESET='$(RESET)' SERVE='$(SERVE)' sh tools/demo.sh

.PHONY: test
test: $(DEV) $(CATALOGUE).mo ## Run the whole suite: SQLite, PostgreSQL, Chromium
	@sh tools/test.sh

CHECKS := types lint imports templates migrations translations

# What looks at the sources runs side by side, mypy first as it takes longest; the tests, which take
# all there is, after it.
.PHONY: check
check: $(DEV) ## Run all that CI runs
	@$(MAKE) --no-print-directory --jobs=2 $(CHECKS)
	@$(MAKE) --no-print-directory test

.PHONY: lint
lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: types
types: $(DEV)
	$(BIN)/mypy

.PHONY: imports
imports: $(DEV)
	$(BIN)/lint-imports

.PHONY: templates
templates: $(DEV)
	$(BIN)/djlint src/ksbb --lint --quiet

.PHONY: migrations
migrations: $(DEV)
	KSBB_DEMO=1 DATABASE_URL=sqlite://:memory: $(BIN)/ksbb makemigrations --check --dry-run

.PHONY: translations
translations: $(DEV)
	$(BIN)/python tools/messages.py check

.PHONY: bench
bench: $(DEV) $(CATALOGUE).mo ## Run the benchmarks beside their references (PART=, BENCH=quick)
	@PART='$(PART)' BENCH='$(BENCH)' sh tools/bench.sh

.PHONY: messages
messages: $(DEV) ## Bring the Indonesian catalogue to what the code says
	$(BIN)/python tools/messages.py update

.PHONY: fmt
fmt: $(DEV) ## Format the code and mend what the linter can mend
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

.PHONY: clean
clean: ## Remove the environment, the caches and everything under var/
	rm -rf $(VENV) var build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
