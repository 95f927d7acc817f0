# Needs Python >= 3.11 and GNU make. Everything else is installed into .venv.
# `make` alone lists the targets.

# Settings, given on the command line of make. The environment is not looked at,
# but for PYTHON, so that a REGION set there for another program does no harm.
PYTHON ?= python3
REGION :=
YEARS :=
AS_OF :=
SCHEME :=
DISCLOSURE :=
REGIONS :=
JOBS :=
FORCE :=

VARIABLES := REGION YEARS AS_OF SCHEME DISCLOSURE REGIONS JOBS FORCE PYTHON

define HELP
Targets
  make run          Run the analysis; for all nations and English regions when no REGION is given
  make test         Quick tests
  make test-heavy   Tests that execute notebooks for many regions
  make test-browser Tests of pages and notebooks in a real browser; needs Chromium
  make lint         Check the code: ruff, mypy, and that packages import one way
  make coverage     Quick tests, with the branches that none of them takes
  make format       Format the code
  make lab          Open the notebooks in JupyterLab
  make renew        Make the committed Wales and UK runs anew
  make describe     Write data/datapackage.json, and the parts of README.md, data/README.md
                    and docs/architecture.md that are made from data and code
  make lock         Remake requirements.lock from pyproject.toml; pins that still fit
                    are kept (delete requirements.lock first to take the newest)
  make clean        Remove interim and processed data and caches; figures/ stays
  make distclean    Remove these and .venv

Variables of `make run`, for example: make run REGION="South West" YEARS=2017/18:2022/23
  REGION    one region
  REGIONS   all: every region and every police force
  YEARS     which financial years: 2017/18:2022/23, or one as 2017/18
  AS_OF     latest, or the day up to which releases count: 2023-08-15
  SCHEME    whose English regions: ons or nspcc
  DISCLOSURE  as published, or "suppress below 5, round to 5" for returns that are not public
  JOBS      how many runs at a time
  FORCE     1: run again even when nothing has changed
Variable of every target
  PYTHON    the Python that .venv is made from (now: $(PYTHON))
endef

# A misspelt variable would otherwise be passed over in silence.
given := $(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(v)))),$(v)))
unknown := $(filter-out $(VARIABLES),$(given))
ifneq ($(unknown),)
$(error Unknown variable: $(sort $(unknown)). Allowed are: $(VARIABLES))
endif
ifneq ($(filter-out xallx xx,x$(value REGIONS)x),)
$(error REGIONS can only be "all"; for one region use REGION)
endif
ifneq ($(filter-out x1x xx,x$(value FORCE)x),)
$(error FORCE can only be 1)
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run renew describe test test-heavy test-browser coverage lint format lab lock clean distclean

PY := .venv/bin/python

help:
	@: $(info $(HELP))

# ---- Environment ----------------------------------------------------------------
# Each stamp is written last, so a .venv whose making was interrupted is made anew.

define check-python
command -v "$(PYTHON)" >/dev/null || \
    { echo "There is no '$(PYTHON)' here: install Python >= 3.11 or give PYTHON=..." >&2; exit 1; }; \
"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
    { echo "Python >= 3.11 is needed, but '$(PYTHON)' is: $$("$(PYTHON)" --version 2>&1)." \
           "Give another with PYTHON=..." >&2; exit 1; }; \
"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
    { echo "'$(PYTHON)' has no venv or ensurepip: install them" \
           "(on Debian or Ubuntu: apt install python3-venv)." >&2; exit 1; }
endef

pip-install = -m pip install --quiet --no-input --disable-pip-version-check \
    --no-warn-script-location

.venv/.locked: requirements.lock
	@$(check-python)
	@echo "Setting up .venv (once, a few minutes) ..."
	@rm -rf .venv
	@"$(PYTHON)" -m venv .venv
	@$(PY) $(pip-install) --require-hashes -r requirements.lock
	@touch $@

.venv/.ready: .venv/.locked requirements.lock pyproject.toml
	@rm -f $@
	@echo "Installing the project into .venv ..."
	@$(PY) $(pip-install) --no-deps --no-build-isolation -e .
	@touch $@

# uv comes from .venv; where there is none yet (no lock, no .venv) from a .venv-lock.
lock:
	@uv=.venv; \
	if [ ! -e .venv/.ready ]; then \
	    uv=.venv-lock; \
	    if [ ! -e .venv-lock/.ready ]; then \
	        { $(check-python); } || exit 1; \
	        echo "Setting up .venv-lock (once) ..."; \
	        rm -rf .venv-lock && "$(PYTHON)" -m venv .venv-lock && \
	        .venv-lock/bin/python $(pip-install) 'uv>=0.13' && \
	        touch .venv-lock/.ready || exit 1; \
	    fi; \
	fi; \
	echo "Resolving requirements.lock ..."; \
	"$$uv/bin/python" -m uv pip compile --quiet --universal --python-version 3.11 \
	    --fork-strategy fewest --python "$$uv/bin/python" --generate-hashes --extra dev --extra cluster --extra browser \
	    --custom-compile-command 'make lock' --system-certs \
	    --output-file requirements.lock pyproject.toml

# ---- Analysis ---------------------------------------------------------------------
# The values go through the environment, as they are: whatever quotes, spaces or
# dollar signs they hold, the shell passes each as one word. (Make would by itself
# export the variables too, expanded: `unexport` keeps it from that.)

unexport REGION YEARS AS_OF SCHEME DISCLOSURE REGIONS JOBS FORCE
run: export RUN_REGION := $(value REGION)
run: export RUN_YEARS := $(value YEARS)
run: export RUN_AS_OF := $(value AS_OF)
run: export RUN_SCHEME := $(value SCHEME)
run: export RUN_DISCLOSURE := $(value DISCLOSURE)
run: export RUN_REGIONS := $(value REGIONS)
run: export RUN_JOBS := $(value JOBS)
run: export RUN_FORCE := $(value FORCE)
run: .venv/.ready
	@set --; \
	if [ -n "$$RUN_REGION" ]; then set -- "$$@" --region "$$RUN_REGION"; fi; \
	if [ -n "$$RUN_REGIONS" ]; then set -- "$$@" --every-force; fi; \
	if [ -z "$$RUN_REGION$$RUN_REGIONS" ]; then set -- "$$@" --all; fi; \
	if [ -n "$$RUN_YEARS" ]; then set -- "$$@" --years "$$RUN_YEARS"; fi; \
	if [ -n "$$RUN_AS_OF" ]; then set -- "$$@" --as-of "$$RUN_AS_OF"; fi; \
	if [ -n "$$RUN_SCHEME" ]; then set -- "$$@" --scheme "$$RUN_SCHEME"; fi; \
	if [ -n "$$RUN_DISCLOSURE" ]; then set -- "$$@" --disclosure "$$RUN_DISCLOSURE"; fi; \
	if [ -n "$$RUN_JOBS" ]; then set -- "$$@" --jobs "$$RUN_JOBS"; fi; \
	if [ -n "$$RUN_FORCE" ]; then set -- "$$@" --force; fi; \
	$(PY) -m offences run "$$@"

renew: .venv/.ready
	@$(PY) -m offences run --renew
	@$(PY) -m offences describe

describe: .venv/.ready
	@$(PY) -m offences describe

# The settings folder has Markdown shown as a page; one's own settings still come first.
LAB := --notebook-dir=. --LabApp.app_settings_dir=.jupyterlab \
    --LabApp.default_url=/lab/tree/START.md

lab: .venv/.ready
	@$(PY) -m jupyterlab $(LAB)

# ---- Checks -----------------------------------------------------------------------

test: .venv/.ready
	@$(PY) -m pytest -n 2 --dist loadscope tests

test-heavy: .venv/.ready
	@$(PY) -m pytest -m heavy -n 2 --dist loadscope tests

test-browser: .venv/.ready
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null || \
	    { echo "There is no Chromium here: install it (on Debian or Ubuntu: apt install chromium)." >&2; exit 1; }
	@$(PY) -m pytest -m browser tests

coverage: .venv/.ready
	@$(PY) -m coverage erase
	@$(PY) -m coverage run -m pytest -n 2 --dist loadscope tests
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage report --skip-covered

lint: .venv/.ready
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache

format: .venv/.ready
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

# ---- Cleaning ---------------------------------------------------------------------

clean:
	@echo "Removing interim and processed data and caches ..."
	@rm -rf data/interim data/processed build src/*.egg-info \
	    .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	@find . \( -name .git -o -name .venv -o -name .venv-lock \) -prune -o \
	    -type d \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

distclean: clean
	@echo "Removing .venv ..."
	@rm -rf .venv .venv-lock
