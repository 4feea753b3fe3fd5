# The environment lies in .venv/; DATA_DIR and PORT are taken from the environment (see .env.example).
UV := UV_PROJECT_ENVIRONMENT=.venv UV_PYTHON_DOWNLOADS=never .venv/bin/uv
# --inexact: uv itself lies in .venv too. Behind a proxy with a certificate of its own, the system's are tried.
SYNC := $(UV) sync --quiet --locked --inexact
PYTHON := .venv/bin/python
TEST_ARGS ?= -n auto

CHECKER := .venv/share/vnu/vnu.jar

.PHONY: help demo test check checker prove bench bench-million screenshots texts clean
help: ## Show these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/bin/uv:
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check uv

.venv/.installed: uv.lock pyproject.toml | .venv/bin/uv
	$(SYNC) --no-dev || $(SYNC) --no-dev --system-certs
	@touch $@

.venv/.installed-dev: uv.lock pyproject.toml | .venv/bin/uv
	$(SYNC) || $(SYNC) --system-certs
	@touch $@ .venv/.installed

demo: .venv/.installed ## Set up an archive with sample stories and serve it (DEMO_ARGS=--no-serve: set up only)
	$(PYTHON) manage.py demo $(DEMO_ARGS)

test: .venv/.installed-dev ## Install what tests need and run them all (TEST_ARGS=… for pytest; by default one process a core)
	$(PYTHON) -m pytest $(TEST_ARGS)

check: .venv/.installed-dev ## Lint, format, types, import rule, migrations, tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(PYTHON) -m pytest $(TEST_ARGS)

prove: .venv/.installed-dev ## Put the store's promises to the proof: fixity after harm, backup and restore (some minutes)
	$(PYTHON) -m tests.proofs

checker: $(CHECKER) ## Fetch the HTML checker that tests use where there is Java (npm, 30 MB)

$(CHECKER):
	mkdir -p $(@D)
	cd $(@D) && npm pack --silent vnu-jar@26.9.27 && tar -xzf vnu-jar-*.tgz --strip-components=3 package/build/dist/vnu.jar
	rm $(@D)/*.tgz
	@touch $@

bench: .venv/.installed-dev ## Measure speed: parser, import, search (BENCH_ARGS=… for the runner)
	$(PYTHON) -m tests.benchmarks $(BENCH_ARGS)

bench-million: .venv/.installed-dev ## Measure search at ten thousand, a hundred thousand and a million stories (half an hour, 12 GB)
	$(PYTHON) -m tests.benchmarks.million $(BENCH_ARGS)

screenshots: .venv/.installed-dev ## Take pictures of every page into screenshots/
	$(PYTHON) -m pytest tests/browser/screenshots.py

texts: .venv/.installed-dev ## Bring the English catalogue in step with the Arabic texts, and compile it
	$(PYTHON) -m tests.catalogue

clean: ## Remove the environment and caches, not the archive in DATA_DIR
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
