# One virtual environment in .venv, filled from the lock files; every step is done once and again only when its inputs change.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
WORKERS ?= 2
PEERS := $(patsubst %/package-lock.json,%/node_modules/.package-lock.json,$(wildcard tests/fakes/*/peer/package-lock.json))

.PHONY: setup run test check bench soak lock format browser words
.DEFAULT_GOAL := run

run: .venv/.runtime
	$(BIN)/milepost run

setup: .venv/.dev browser $(PEERS)

test: setup
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Every sentence a reader can be told, from which a new language's .po is begun.
words: .venv/.dev
	$(BIN)/python -m babel.messages.frontend -q extract -F bot/wording/babel.cfg -k say -k rich -k many:1,2 -k N_ \
		--no-location --omit-header --sort-output -o bot/wording/locales/milepost.pot bot

bench: .venv/.dev
	$(BIN)/python -m benchmarks

soak: .venv/.dev
	$(BIN)/python -m benchmarks.soak

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Milepost needs Python 3.11 or newer. If it is installed under another name: make PYTHON=python3.x" >&2; exit 1; }
	$(PYTHON) -m venv .venv

# The build backend comes from the lock file too, so nothing is installed that has no hash.
.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# Other vendors' clients, which prove the fake servers. They need Node and npm; without, those tests are skipped aloud (in CI: they fail).
%/node_modules/.package-lock.json: %/package-lock.json
	@if command -v npm >/dev/null; then npm ci --prefix $* --ignore-scripts --no-audit --no-fund --silent && touch $@; \
	else echo "No npm: the fakes will not be tested against other vendors' clients. Remedy: install Node 20 or newer"; fi

# Browser tests drive Debian's Chromium. Without it, and without the right to install it, they are skipped aloud (in CI: they fail).
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
	     && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	|| echo "No Chromium, and no right to install it: the browser tests will be skipped. Remedy: apt-get install chromium"

# After a change of dependencies in pyproject.toml. uv resolves for every platform and Python at once; installing needs pip only.
COMPILE = .venv/lock/bin/uv pip compile --quiet --native-tls --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: .venv/bin/python
	test -x .venv/lock/bin/uv || { $(BIN)/python -m venv .venv/lock && .venv/lock/bin/python -m pip install --quiet uv; }
	echo 'setuptools>=77' | $(COMPILE) pyproject.toml - --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock
