# `make demo` and `make test` are all that a fresh machine with Python 3.11 needs.
PYTHON ?= python3.11
# Where torch's CPU build comes from when pip's own configuration offers none
# (the default build on PyPI is the CUDA one, several GB).
TORCH_SOURCE ?= https://download.pytorch.org/whl/cpu

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TORCH := $(shell sed -n 's/^\(torch==[^ ]*\).*/\1/p' requirements.lock)
SAMPLES := tests/sample_class

# Three on two cores, since some tests wait more than they compute; a file stays together, for what its tests share.
SPREAD := -n 3 --dist loadfile --no-loadscope-reorder

export PATH := $(CURDIR)/$(BIN):$(PATH)
.PHONY: demo test full lint pictures handout clean
export PIP_DISABLE_PIP_VERSION_CHECK := 1

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q '$(TORCH)' || $(BIN)/pip install -q '$(TORCH)' --extra-index-url $(TORCH_SOURCE)
	$(BIN)/pip install -q -r requirements.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $(READY)

demo: $(READY)  ## grade the sample class end to end
	$(BIN)/autograder grade --submitted $(SAMPLES)/submitted --results demo_results --force

lint: $(READY)  ## ruff, mypy and the course's own linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/autograder verify

test: $(READY) lint  ## everything that fits in ten minutes
	$(BIN)/pytest -q $(SPREAD)

full: $(READY) lint  ## everything
	$(BIN)/pytest -q $(SPREAD) --full

pictures: $(READY)  ## draw the notebooks' pictures anew and put them into the masters
	$(BIN)/python docs/pictures/draw.py

handout: $(READY)  ## assignments/ as a zip for students, looked through for solutions and tests
	$(BIN)/python -m autograder.handout handout.zip

clean:
	rm -rf $(VENV) handout.zip demo_results results .pytest_cache .mypy_cache .ruff_cache
