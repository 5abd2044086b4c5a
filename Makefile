# What a newcomer and a CI call; `make help` lists it. Needs Python 3.11 to 3.13 with its venv, and nothing else.

PYTHON ?= python3
CORPUS ?= ../shared/corpus
FEEDS ?=
SEEDS ?= 5
STORIES ?= 100000
CASES ?= 20000
CHECK ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
UV := build/uv/bin/uv pip compile pyproject.toml --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock'

.DEFAULT_GOAL := help
# Two targets must not install into .venv at once.
.NOTPARALLEL:
.PHONY: help setup run test check bench-sameness bench-reading bench-feeds bench-cadence bench-speed bench-frontier bench-polling bench-readers lock clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 24
	@echo 'Variables: PYTHON=python3, FEEDS=, CORPUS=../shared/corpus, SEEDS=5, STORIES=100000, CASES=20000, CHECK=1 (fail when a bar is missed)'

setup: .venv/installed ## make .venv: the pinned dependencies and the command, .venv/bin/wirefold
	@echo 'Ready: $(BIN)/wirefold'

run: .venv/installed ## start the service on the sample newsroom, or with FEEDS=my.opml on real feeds; Ctrl-C ends it
	@exec $(BIN)/wirefold run $(if $(FEEDS),$(foreach feed,$(FEEDS),'$(feed)'),--sample)

test: .venv/installed-dev ## run every test, on a real Redis that they start themselves
	$(BIN)/pytest

check: .venv/installed-dev ## format, lint, types, floors
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench-sameness: .venv/installed-bench ## score the recognition of copies on CORPUS, beside three baselines and over SEEDS
	$(BIN)/python -m bench.sameness $(CORPUS) --seeds $(SEEDS)$(if $(CHECK), --check)

bench-reading: .venv/installed-bench ## score the reading of pages on CORPUS, beside five other extractors
	$(BIN)/python -m bench.reading $(CORPUS)$(if $(CHECK), --check)

bench-feeds: .venv/installed ## read the feeds of CORPUS, whole and in CASES damaged forms, and look for what must never happen
	$(BIN)/python -m bench.feeds $(CORPUS) --cases $(CASES)$(if $(CHECK), --check)

bench-speed: .venv/installed ## weigh CPU time and memory of an article in a full window; STORIES=100000 takes 20 minutes
	$(BIN)/python -m bench.speed $(CORPUS) --stories $(STORIES)$(if $(CHECK), --check)

bench-cadence: .venv/installed-bench ## measure how soon news is seen, beside two peers' rules and a clairvoyant; takes 5 minutes
	$(BIN)/python -m bench.cadence $(CORPUS)$(if $(CHECK), --check)

bench-frontier: .venv/installed ## measure claims, manners and memory of 100,000 feeds on 30,000 hosts; takes five minutes
	$(BIN)/python -m bench.frontier$(if $(CHECK), --check)

bench-polling: .venv/installed ## run the service for ten minutes against 3,000 feeds that err as the world's do
	$(BIN)/python -m bench.polling$(if $(CHECK), --check)

bench-readers: .venv/installed ## kill and outrun readers of 50,000 stories while streams are trimmed; takes six minutes
	$(BIN)/python -m bench.readers$(if $(CHECK), --check)

lock: build/uv/bin/uv ## write all locks anew from pyproject.toml; versions that still fit stay (remove a lock to renew all)
	$(UV) --group build --output-file requirements.lock
	$(UV) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(UV) --group bench --constraint requirements-dev.lock --output-file requirements-bench.lock

clean: ## remove .venv and what the tools left behind; data/ stays
	rm -rf .venv build dist wirefold.egg-info
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps: an installation is done again when what it was made from has changed. Without isolation and
# dependencies the project itself is installed with the lock's setuptools, and nothing more is fetched. A lock holds all
# dependencies of what is in it; to look for them again is more than pip 23.2 can do (docs/decisions/2026-11-22-lock.md).
.venv/installed: requirements.lock
.venv/installed-dev: requirements-dev.lock
.venv/installed-bench: requirements-bench.lock
.venv/installed .venv/installed-dev .venv/installed-bench: pyproject.toml | $(BIN)/pip
	@echo 'Installing $(filter %.lock,$^) into .venv; the first time takes about a minute.'
	$(PIP) install --require-hashes --no-deps -r $(filter %.lock,$^)
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info < (3, 14) or sys.exit("Wirefold needs Python 3.11 to 3.13, \
	and $(PYTHON) is " + sys.version.split()[0] + ": name another with PYTHON=…")'
	$(PYTHON) -m venv --clear .venv

build/uv/bin/uv:
	$(PYTHON) -m venv build/uv
	build/uv/bin/pip install --quiet uv
