# Everything on a fresh machine with Python 3.11 or newer:
#   make dashboard              set up, read the seeds, open the map
#   make dashboard SEEDS=folder the same for your own documents
#   make test                   set up, run the tests
SEEDS ?= seeds
OUT   ?= build
PORT  ?= 8501
VENV  ?= .venv
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3 python; do \
  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$name; break; fi; done)
RUN = $(VENV)/bin/python

.PHONY: dashboard build test lint bench clean
.DELETE_ON_ERROR:

# A document that cannot be read (exit code 1) is named; the map shows the rest.
dashboard: $(VENV)/installed
	@$(RUN) -m gazetteer build --seeds "$(SEEDS)" --out "$(OUT)" || [ $$? -eq 1 ]
	@$(RUN) -m dashboard --build "$(OUT)" --port $(PORT)

build: $(VENV)/installed
	@$(RUN) -m gazetteer build --seeds "$(SEEDS)" --out "$(OUT)"

# Those in a browser by themselves: two at once are what two cores bear. Exit code 5: there is no browser, which the run has said.
test: $(VENV)/installed-test
	$(RUN) -m pytest -n 2 --dist loadfile --ignore tests/browser $(TESTS)
	$(RUN) -m pytest -n 2 --dist loadfile tests/browser || [ $$? -eq 5 ]

lint: $(VENV)/installed-test
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy gazetteer dashboard

bench: $(VENV)/installed-test
	$(RUN) -m pip install --disable-pip-version-check -q -r tests/benchmarks/requirements.txt
	$(RUN) -m tests.benchmarks $(CORPORA)

clean:
	rm -rf $(VENV) build dashboard/static/generated .hypothesis .pytest_cache .mypy_cache .ruff_cache

# ------------------------------------------------------------------ the environment

$(VENV)/installed: requirements.txt | $(RUN)
	$(RUN) -m pip install --disable-pip-version-check -q -r requirements.txt
	@touch $@

$(VENV)/installed-test: requirements.txt requirements-test.txt | $(RUN)
	$(RUN) -m pip install --disable-pip-version-check -q -r requirements-test.txt
	@touch $@ $(VENV)/installed

# Debian ships venv apart from Python: virtualenv or uv do as well, and pip can fetch virtualenv.
$(RUN):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found. Install it, or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 2; }
	@echo "setting up $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
	|| { rm -rf $(VENV); $(PYTHON) -m virtualenv -q $(VENV) 2>/dev/null; } \
	|| { rm -rf $(VENV); uv venv -q --seed --python $(PYTHON) $(VENV) 2>/dev/null; } \
	|| { rm -rf $(VENV); $(PYTHON) -m pip install -q --target $(VENV)-bootstrap virtualenv 2>/dev/null && PYTHONPATH=$(VENV)-bootstrap $(PYTHON) -m virtualenv -q $(VENV) && rm -rf $(VENV)-bootstrap; } \
	|| { rm -rf $(VENV) $(VENV)-bootstrap; echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: sudo apt install python3-venv; then run make again."; exit 2; }
