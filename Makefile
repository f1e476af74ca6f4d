# Every habit is one word; `make help` lists them.
SHELL := /bin/sh
PORT ?= 8000
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Three at a time on two cores: some tests mostly wait. Their order is that of tests/conftest.py.
TOGETHER := -n 3 --dist loadfile --no-loadscope-reorder
# The newest first that is known to work; any Python from 3.11 will do.
ifeq ($(origin PYTHON),undefined)
PYTHON := $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$python && break; done)
endif
TEMPLATES = $(shell find templates -name '*.html' 2>/dev/null)
DEVELOP = DIALOGUE_MODE=development $(BIN)/python bin/servers.py with dev --

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# Bytecode that is not kept is made again by every process of the tests and of the demonstration.
unexport VIRTUAL_ENV PYTHONPATH DJANGO_SETTINGS_MODULE PYTHONDONTWRITEBYTECODE
export PYTHONUNBUFFERED := 1
# Vietnamese on the terminal also where the machine has no UTF-8 locale.
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test coverage check reliability bench fmt diagrams run worker shell messages servers clean

help: ## List these words
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: $(READY) ## Install uv, the locked environment and Pango (done by the others when needed)

$(READY): pyproject.toml uv.lock bin/bootstrap.py
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing: install it, then run make again."; exit 1; }
	@$(PYTHON) bin/bootstrap.py libraries environment $(NEEDS)
	@touch $@

demo: $(READY) ## Start the whole site with a demonstration on http://127.0.0.1:8000 (PORT=… for another)
	@$(BIN)/python bin/bootstrap.py libraries
	@PORT=$(PORT) $(BIN)/python bin/demo.py

demo-reset: $(READY) ## Forget everything entered into the demonstration
	@$(BIN)/python bin/demo.py reset

# One command names all that is missing, the browser too.
test: NEEDS = browser
test: $(READY) ## Run all tests (ARGS="tests/core -k name" for some)
	@$(BIN)/python bin/bootstrap.py libraries browser
	@DIALOGUE_MODE=test $(BIN)/python bin/servers.py with test --careless -- \
		$(BIN)/pytest $(if $(ARGS),$(ARGS),$(TOGETHER))

coverage: ARGS = $(TOGETHER) --cov --cov-report=term:skip-covered
coverage: test ## Run all tests and say which branches none of them takes; half as long again

check: $(READY) ## Run every linter and static check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy .
	$(BIN)/lint-imports
	@$(if $(TEMPLATES),$(BIN)/djade --target-version 5.2 --check $(TEMPLATES))
	$(if $(TEMPLATES),$(BIN)/djlint --lint --quiet templates)
	DIALOGUE_MODE=test $(BIN)/python bin/servers.py with test --careless -- $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python bin/check_deploy.py

reliability: $(READY) ## Kill workers, servers and brokers a hundred times; lose nothing (KILLS=… for another number)
	@DIALOGUE_MODE=test RELIABILITY_KILLS=$(or $(KILLS),100) $(BIN)/python bin/servers.py with test --careless -- \
		$(BIN)/pytest tests/processes -s -p no:randomly $(ARGS)

bench: $(READY) ## Measure against the ceilings; one JSON object a line
	@$(BIN)/python bin/bench.py $(ARGS)

fmt: $(READY) ## Put code and templates into their one form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(if $(TEMPLATES),-$(BIN)/djade --target-version 5.2 $(TEMPLATES))

diagrams: $(READY) ## Draw the diagrams of docs/ from the code
	@DIALOGUE_MODE=test $(BIN)/python bin/diagrams.py

run: $(READY) ## Run the site for development, reloading itself
	@$(DEVELOP) sh -c '$(BIN)/python manage.py migrate --verbosity 0 && exec $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)'

worker: $(READY) ## Run a Celery worker with beat for development
	@$(DEVELOP) $(BIN)/celery --app dialogue worker --beat --schedule var/dev/beat-schedule --loglevel INFO

shell: $(READY) ## Open Django's shell for development
	@$(DEVELOP) $(BIN)/python manage.py shell

messages: $(READY) ## Collect the texts of the screens into locale/ (needs gettext)
	@$(DEVELOP) $(BIN)/python manage.py makemessages --locale vi --ignore var --ignore .venv --ignore .tools

servers: $(READY) ## Bring up PostgreSQL and Redis for development until Ctrl-C
	@$(BIN)/python bin/servers.py hold dev

clean: ## Delete what can be made again (data under var/ stays)
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage
