# The two commands of the README are `make review` and `make test`; both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup review test check bench lock train evaluate clean

setup: $(VENV)/.ready

# Everything is installed from the lock file, whose hashes pip checks; then the package itself, without its dependencies.
$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

review: setup  ## the main job on the sample
	$(BIN)/analyzer review data/sample/data-scientist -o review-sample

test: setup check  ## everything that CI runs
	$(BIN)/python -m pytest -n auto

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup  ## ratios measured in one run, see docs/performance.md
	$(BIN)/python -m tests.bench

train: setup  ## fit the shipped model again
	$(BIN)/analyzer train data/labelled

evaluate: setup  ## the figures of docs/evaluation.md
	$(BIN)/analyzer evaluate data/labelled

lock: setup  ## choose the newest versions again
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) review-*
