# The two commands of the README are `make review` and `make test`; both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup review test check bench scale lock train evaluate compare docs figures clean

setup: $(VENV)/.ready

# Everything is installed from the lock file, whose hashes pip checks; then the package itself, without its dependencies.
# The package is compiled as an installed one would be, also where PYTHONDONTWRITEBYTECODE is set.
$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13) and 'analyzer needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.13')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q analyzer
	touch $@

review: setup  ## the main job on both samples
	$(BIN)/analyzer review data/sample/data-scientist -o review-sample
	$(BIN)/analyzer review data/sample/manager-notes -o review-sample-manager

test: setup check  ## everything that CI runs
	$(BIN)/python -m pytest -n auto --dist loadfile

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

scale: setup  ## many people, see docs/scale.md; takes an hour
	$(BIN)/python -m tests.scale 94 2021

bench: setup  ## ratios measured in one run, see docs/performance.md
	$(BIN)/python -m tests.bench

train: setup  ## fit the shipped model again
	$(BIN)/analyzer train data/labelled

evaluate: setup  ## the figures of docs/evaluation.md
	OMP_NUM_THREADS=1 $(BIN)/analyzer evaluate data/labelled

docs: setup  ## what the pages and the notebook quote from the program's outputs
	$(BIN)/python -m tests.fill_docs
	$(BIN)/python -m tests.fill_notebooks

compare: setup  ## what each kind of feature is worth; takes minutes
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.compare

figures: setup  ## the tables of docs/evaluation.md and docs/performance.md; takes minutes
	$(BIN)/python -m tests.fill_docs evaluation compare checks bench

lock: setup  ## choose the newest versions again
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) review-*
