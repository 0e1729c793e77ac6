# `make demo` and `make test` are all that a fresh machine with Python 3.11 or newer needs.
# Where torch's CPU build comes from when pip's own configuration offers none
# (the default build on PyPI is the CUDA one, several GB).
TORCH_SOURCE ?= https://download.pytorch.org/whl/cpu

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV := $(VENV)/.ready-dev
LOG := $(VENV)/install.log
TORCH := $(shell sed -n 's/^\(torch==[^ ]*\).*/\1/p' requirements.lock)
SAMPLES := tests/sample_class

# The environment's own interpreter where there is one, else the first from 3.11 on that can make environments.
# `make PYTHON=…` names one; another one than the environment's makes the environment anew.
USABLE := -c 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
NAMES := $(BIN)/python python3 python3.11 python3.12 python3.13 python3.14
PYTHON ?= $(shell for name in $(NAMES); do $$name $(USABLE) && echo $$name && break; done)
usable = $(or $(PYTHON),false) $(USABLE) || { echo "no Python from 3.11 on that can make environments$(PYTHON:%=: %): install one with its venv (Debian, Ubuntu: apt install python3-venv), or name one by make PYTHON=…" >&2; exit 1; }
WHICH := -c 'import os, sys; print(sys.version.split()[0], os.path.realpath(sys._base_executable))' 2>/dev/null

# Three on two cores, since some tests wait more than they compute; tests/conftest.py says what stays together.
SPREAD := -n 3 --no-loadscope-reorder

export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
.PHONY: environment demo test full lint pictures tools handout wheel clean another

# What pip says goes into a log, of which one line tells when it fails.
pip = $(BIN)/python -m pip install $(1) >>$(LOG) 2>&1
or_say = || { echo "$(1) failed: $$({ grep '^ERROR' $(LOG) || cat $(LOG); } | tail -n 1 | cut -c 1-200) (all of it: $(LOG))" >&2; exit 1; }

ifneq ($(shell $(BIN)/python $(WHICH)),$(shell $(or $(PYTHON),false) $(WHICH)))
$(READY): another
endif

$(READY): requirements.lock pyproject.toml
	@$(usable)
	@[ "$$($(BIN)/python $(WHICH))" = "$$($(PYTHON) $(WHICH))" ] || { rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }
	@echo "environment: $(VENV), with Python $$($(BIN)/python $(WHICH))"
	@: >$(LOG)
	@$(call pip,-c requirements.lock '$(TORCH)+cpu') || { \
	  echo "torch: no CPU build where pip looks; trying $(TORCH_SOURCE), then the default build"; \
	  : >$(LOG); $(call pip,-c requirements.lock '$(TORCH)' --extra-index-url $(TORCH_SOURCE)); } $(call or_say,installing $(TORCH))
	@$(call pip,-r requirements.lock) $(call or_say,installing requirements.lock)
	@$(call pip,--no-deps --no-build-isolation -e .) $(call or_say,installing the autograder)
	@touch $(READY)

$(DEV): $(READY) requirements-dev.lock
	@$(call pip,-r requirements-dev.lock) $(call or_say,installing requirements-dev.lock)
	@touch $(DEV)

environment: $(READY)  ## what grading needs, and no more

course.secret: | $(READY)
	$(BIN)/autograder secret

demo: $(READY) course.secret  ## grade the sample class end to end
	$(BIN)/autograder grade --submitted $(SAMPLES)/submitted --results demo_results --force

lint: $(DEV)  ## ruff, mypy and the course's own linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/autograder verify

test: $(DEV) lint  ## everything that fits in ten minutes
	$(BIN)/pytest -q $(SPREAD)

full: $(DEV) lint  ## everything, and of the slow labs' trials a half or a third, another each day
	$(BIN)/pytest -q $(SPREAD) --full

pictures: $(DEV)  ## draw the notebooks' pictures anew and put them into the masters
	$(BIN)/python docs/pictures/draw.py

tools: $(READY)  ## write the cell of tools, which all notebooks share, into the masters
	$(BIN)/python -m autograder.authoring.lab_tools

handout: $(READY)  ## assignments/ as a zip for students, looked through for solutions and tests
	$(BIN)/autograder handout handout.zip

wheel:  ## the engine as a wheel in dist/, without this course: by the environment's setuptools, or one for the moment
	@$(usable)
	@rm -rf build dist
	@if [ -e $(READY) ]; then $(BIN)/python -m pip wheel -q --no-deps --no-build-isolation --wheel-dir dist .; \
	else $(PYTHON) -m venv build/environment && build/environment/bin/python -m pip wheel -q --no-deps --wheel-dir dist .; fi
	@rm -rf build
	@ls dist/*.whl

clean:
	rm -rf $(VENV) build dist handout.zip demo_results results .pytest_cache .mypy_cache .ruff_cache
