# make demo: set everything up and run the whole job on seeds/ · make test: set everything up and pass the checks
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo test test-slow lint bench card curve kinds ablation picture clean
.DEFAULT_GOAL := demo

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "nutgraf needs Python 3.11 or newer: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)

# a stamp a set of packages: a second `make` installs nothing; a changed pin or dependency installs again
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[mlflow,dvc]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[mlflow,dvc,hub,encoder,review,dev]'
	@touch $@

demo: $(VENV)/.installed
	dvc repro --quiet
	@echo
	@echo "Results: models/ (a folder a classifier), scores in models/evaluated/, two articles labelled in models/new/labelled.jsonl"
	@echo "Read the labelled articles: open models/new/report.html in a browser"
	@echo "Compare the runs: $(BIN)/nutgraf ui   and open the address that it prints"

lint: $(VENV)/.installed-dev
	ruff check .
	ruff format --check .
	mypy
	lint-imports

test: lint
	pytest -n auto -m "not slow"

test-slow: $(VENV)/.installed-dev
	OMP_NUM_THREADS=1 pytest -n auto --dist loadfile --no-loadscope-reorder -m slow

card: $(VENV)/.installed-dev
	PYTHONPATH=tests/data python tests/data/card.py

curve: $(VENV)/.installed-dev
	nutgraf curve --data models/corpus/labelled.jsonl $(if $(ALSO),--also $(ALSO)) --kind linear --kind embedding \
	  --labels configs/labels.yaml --config configs/params.yaml --out models/curve.csv --picture models/curve.svg

kinds: $(VENV)/.installed-dev
	python tests/bench/kinds.py $(if $(ALSO),--also $(ALSO),--only-table)

ablation: $(VENV)/.installed-dev
	python tests/bench/ablation.py --also $(ALSO)

picture: $(VENV)/.installed-dev
	NUTGRAF_PROJECT=. NUTGRAF_PICTURE=docs/runs.png pytest tests/flow/test_ui.py

bench: $(VENV)/.installed-dev
	python tests/bench/pages.py
	python tests/bench/text.py
	python tests/bench/warc.py
	python tests/bench/label.py
	python tests/bench/evaluate.py

clean:
	rm -rf models/corpus models/evaluated models/new models/mlflow models/rules models/words models/linear
