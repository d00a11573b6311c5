# make demo, make test and make check each set themselves up; nothing is needed before them
# but Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ARGS ?=

.PHONY: demo test bench kills acceptance fuzz fuzz-short check format lock clean help

help:
	@echo "make demo     the bot in a simulated Discord, in your browser (ARGS=--once: without one)"
	@echo "make test     all tests"
	@echo "make acceptance  a real WordPress on this machine, read in every way (Debian; minutes)"
	@echo "make fuzz     every reader against damaged and hostile files, for half an hour (ARGS=--seconds=N)"
	@echo "make fuzz-short  the same files each time, under a minute"
	@echo "make kills    an import killed at 200 points, and compared with one that was not (minutes)"
	@echo "make bench    the goals and how near we are, on a clock that jumps (minutes)"
	@echo "make check    format, lint, types, import contracts"
	@echo "make format   put the code into its form"
	@echo "make lock     renew requirements.lock from pyproject.toml"

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Rejoinder needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: $(STAMP)
	@$(BIN)/rejoinder demo $(ARGS)

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 $(ARGS)

acceptance: $(STAMP)
	$(BIN)/python -m pytest -m slow tests/acceptance $(ARGS)

# Atheris has no wheels for Python 3.14; there its part says so and the others run.
FUZZED := flattened documents exports feeds pages markup trails register
fuzz: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fuzz.lock
	$(BIN)/python -m tests.fuzz.growth
	$(BIN)/python -m tests.fuzz --seed=1000 --seconds=900 $(ARGS)
	for target in $(FUZZED); do $(BIN)/python -m tests.fuzz.atheris_driver $$target -max_total_time=90 || exit 1; done

fuzz-short: $(STAMP)
	$(BIN)/python -m tests.fuzz --examples=80

kills: $(STAMP)
	$(BIN)/python -m pytest -n 2 -m "slow or not slow" tests/wire/test_kills.py $(ARGS)

bench: $(STAMP)
	$(BIN)/python -m benchmarks $(ARGS)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(STAMP)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --extra demo --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-package rejoinder --no-header --output-file requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
