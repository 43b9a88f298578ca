# vaultdots. Two commands for a newcomer: `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DOTS   := $(BIN)/dots

.PHONY: coverage fuzz help run test check lint types docs docs-check slow all-tests bench bench-peers lock clean

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

run: $(VENV)/.run ## The main job on the shipped vault: index, years, a search, the page
	@sh examples/run.sh $(DOTS) vault build

test: $(VENV)/.dev ## The quick tests
	$(BIN)/python -m pytest

check: lint types docs-check test ## What every commit passes

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

docs: $(VENV)/.dev ## Write docs/cli.md from the commands
	$(BIN)/python docs/generate_cli.py

docs-check: $(VENV)/.dev
	$(BIN)/python docs/generate_cli.py --check

slow: $(VENV)/.dev ## The long tests: browser, corpora, hypothesis at length
	$(BIN)/python -m pytest -m slow

coverage: $(VENV)/.dev ## Coverage of branches in the rooms that promise 95 %
	$(BIN)/python -m pytest --cov --cov-report= tests/note tests/graph tests/store tests/search tests/text tests/fuzz tests/importers tests/connect tests/retrospective tests/test_vault.py
	for room in note store graph; do \
	  $(BIN)/python -m coverage report --include="*/vaultdots/$$room/*" --skip-covered --fail-under=95 || exit 1; \
	done

fuzz: $(VENV)/.dev ## A million executions of the readers, seeded (docs/safety.md)
	$(BIN)/python -m tests.fuzz --executions 1000000 --seed $${SEED:-1}

bench: $(VENV)/.dev ## Benchmarks: tables with ratios, measured now, on this machine
	$(BIN)/python -m benchmarks $(BENCH)

bench-peers: ## Other programs to compare with, beside the project: obsidiantools, foam-cli
	$(PYTHON) -m venv build/peers/venv
	build/peers/venv/bin/python -m pip install -q obsidiantools==0.11.0
	npm install --silent --no-fund --no-audit --prefix build/peers/npm foam-cli@0.46.0

lock: $(VENV)/.run ## Write the locked requirement files again
	$(BIN)/python -m pip install -q pip-tools
	cd requirements && sh lock.sh

clean: ## Remove what was built (never the vault)
	rm -rf build .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
