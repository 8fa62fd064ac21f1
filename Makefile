# Two commands do everything on a machine with Python 3.11+ and make:  make briefs   and   make test
.DEFAULT_GOAL := help
SHELL := /bin/sh
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH
export PIP_DISABLE_PIP_VERSION_CHECK := 1

VENV := .venv
BIN := $(VENV)/bin
BENCH := build/bench
STAMP := $(VENV)/.made-from
PYTHON ?=
ARGS ?=
JOBS ?= auto

.PHONY: help briefs test lab check format data pictures bench bench-scale bench-commodities bench-register clean env lock

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

briefs: env ## build every brief of the latest edition into reports/ (ARGS="--only TN --lang ja" narrows it)
	@$(BIN)/briefs build $(ARGS)

test: env ## run all tests (ARGS="-m 'not slow'" leaves out those that start kernels)
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(ARGS)

lab: env ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab --notebook-dir=.

check: env ## lint, formatting, types and stripped notebooks; edits nothing
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb && echo "notebooks hold no outputs"

format: env ## format code and notebooks, and strip notebook outputs
	@$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .
	@$(BIN)/nbstripout --keep-id notebooks/*.ipynb

data: env ## check every table against its description and its published totals
	@$(BIN)/briefs data check

pictures: env ## make the pictures of the README anew, and the briefs that they show
	@$(BIN)/briefs build --only TN --only claims_audit --only national --lang en
	@$(BIN)/briefs build --edition fy2021 --only national --lang en --format json
	@$(BIN)/python -m helpers.press.picture reports/latest/en/state/tennessee.ipynb reports/example.png
	@$(BIN)/python -m helpers.press.picture reports/latest/en/claims-audit.ipynb reports/example-ledger.png --page 2 --from 0.135 --to 0.55
	@$(BIN)/python -m helpers.press.picture "briefs trace reports/latest/en/state/tennessee.json exports.rank" reports/example-trace.png
	@$(BIN)/python -m helpers.press.picture "briefs diff fy2021 latest --state national" reports/example-diff.png --lines 32

bench: env ## measure the press against other ways and against the cells alone (about ten minutes; ARGS="--rounds 1")
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes --upgrade --target $(BENCH) -r tests/bench/requirements-bench.lock
	@$(BIN)/python -u tests/bench/bench.py $(ARGS)

bench-scale: env ## measure 102 briefs against 1,020, in time and memory (about ten minutes; ARGS="--editions 3")
	@$(BIN)/python -u tests/bench/scale.py $(ARGS)

bench-commodities: env ## measure state trade by commodity: two million synthetic rows (about two minutes)
	@$(BIN)/python -u tests/bench/commodities.py $(ARGS)

bench-register: env ## measure the check of a register of your own: 100,000 synthetic rows (about three minutes)
	@$(BIN)/python -u tests/bench/register.py $(ARGS)

clean: ## remove built briefs and caches (data and the environment stay)
	@find reports -mindepth 1 -maxdepth 1 ! -name README.md ! -name 'example*.png' -exec rm -rf {} +
	@rm -rf .mypy_cache .pytest_cache .ruff_cache build dist
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made anew when it is missing or when the lock or the package's description has changed.
env:
	@cat requirements.lock pyproject.toml 2>/dev/null | cmp -s - $(STAMP) || { \
	  python="$(PYTHON)"; \
	  for candidate in $${python:-python3 python3.14 python3.13 python3.12 python3.11}; do \
	    if "$$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then python="$$candidate"; found=1; break; fi; \
	  done; \
	  if [ -z "$$found" ]; then echo "make: no Python 3.11 to 3.14 found (looked for $${python:-python3, python3.14 ... python3.11}). Install one, or name it: make PYTHON=/path/to/python3.12 briefs" >&2; exit 1; fi; \
	  echo "Setting up $(VENV) with $$("$$python" --version) (once; a minute or two)"; \
	  rm -f $(STAMP); \
	  "$$python" -m venv --clear $(VENV) && \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . && \
	  cat requirements.lock pyproject.toml > $(STAMP); }

# For maintainers: needs uv. The lock holds versions and hashes, and no index address; environment.yml follows from it.
lock:
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --no-emit-index-url --generate-hashes \
	  --quiet --custom-compile-command "make lock" -o requirements.lock
	@echo ploomber-engine | uv pip compile - --constraints requirements.lock --universal --python-version 3.11 --no-emit-index-url \
	  --generate-hashes --no-annotate --no-header --quiet | $(BIN)/python tests/bench/lacking.py > tests/bench/requirements-bench.lock.new \
	  && mv tests/bench/requirements-bench.lock.new tests/bench/requirements-bench.lock
	@{ echo "# For conda users; written by 'make lock' from requirements.lock (pip refuses an editable package beside hashes,"; \
	   echo "# so the versions stand here without them)."; \
	   echo "name: grassroots-briefs"; echo "channels:"; echo "  - conda-forge"; echo "dependencies:"; \
	   echo "  - python>=3.11,<3.15"; echo "  - pip"; echo "  - pip:"; \
	   sed -nE 's/^([a-z0-9][^ ]*==[^ ]+( ; [^\\]*[^ \\])?) *\\?$$/      - "\1"/p' requirements.lock; \
	   echo "      - -e ."; } > environment.yml
