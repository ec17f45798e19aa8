# Two commands do everything on a fresh machine: `make report` and `make test`.
SCENARIO ?= scenarios/voorbeeldstad-ouderen.yaml
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: report test check lint bench wheel lock clean

report: $(VENV)/ready system-libraries
	$(BIN)/sroi report $(SCENARIO) --html -o $(notdir $(basename $(SCENARIO))).pdf

test: $(VENV)/ready-test system-libraries
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy

bench: $(VENV)/ready-test
	$(BIN)/python benchmarks/engine.py
	$(BIN)/python benchmarks/care_ladder.py
	$(BIN)/python benchmarks/sensitivity.py
	$(BIN)/python benchmarks/report.py
	$(BIN)/python benchmarks/variants.py
	$(BIN)/python benchmarks/scale.py

wheel: $(VENV)/ready-test
	$(BIN)/python -m build --quiet --no-isolation

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "sroi needs Python 3.11, 3.12 or 3.13; name one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/ready-test: requirements-test.txt requirements-cluster.txt $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-cluster.txt
	@touch $@

# WeasyPrint draws text with Pango. On Debian and Ubuntu it is installed where that is allowed;
# elsewhere the message says what to do.
PANGO := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
.PHONY: system-libraries
system-libraries: $(VENV)/ready
	@$(BIN)/python -c 'from weasyprint.text.ffi import harfbuzz_subset as there; assert there' \
	  >/dev/null 2>&1 || { \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && apt-get install -y -qq $(PANGO); \
	  else \
	    echo "The PDF needs Pango. Debian/Ubuntu: sudo apt install $(PANGO)"; \
	    echo "macOS: brew install pango. Windows: see docs/handleiding.md."; exit 1; \
	  fi; }

lock: $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --group test -o requirements-test.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml --extra cluster --constraint requirements-test.txt -o requirements-cluster.txt

clean:
	rm -rf $(VENV) dist build .pytest_cache .hypothesis .ruff_cache .mypy_cache
