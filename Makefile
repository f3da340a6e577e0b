# Jarshy's front door. `make` alone lists what there is.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed


.PHONY: help setup demo test pictures chaos chaos-alerts bench-collect bench-deliver bench-pipeline check format schemas bench-match fuzz lock clean
.DEFAULT_GOAL := help

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## create .venv with everything pinned; gives .venv/bin/jarshy

$(STAMP): pyproject.toml requirements/dev.txt requirements/embedded.txt
	@sh scripts/setup "$(PYTHON)" "$(VENV)"
	@touch $@

demo: setup ## the whole system on this machine, with a small newsroom (ARGS=--once ends by itself)
	@$(BIN)/jarshy demo $(ARGS)

test: setup ## every test, on the embedded broker and on a real Apache Kafka (ARGS="-k word" chooses)
	@echo "==> tests (the first run fetches Apache Kafka's jars by Maven)"
	@$(BIN)/python -m pytest -n 4 --dist worksteal $(ARGS)

chaos: setup ## 20,000 articles on each broker, while workers and broker are killed (ARGS="--seed 8 --broker apache")
	@$(BIN)/python -m tests.chaos $(ARGS)

chaos-alerts: setup ## 5,000 alerts on each broker, while alerts is killed with -9 a hundred times (ARGS="--broker apache")
	@$(BIN)/python -m tests.alerts.chaos $(ARGS)

bench-collect: setup ## one collector over 10,000 feeds, and lemon24/reader and a Go loop beside it (ARGS="--quick --json")
	@$(BIN)/python -m benchmarks.collect $(ARGS)

bench-deliver: setup ## 200 alerts to 50 receivers of a chat with limits, refusals and a receiver that hangs (ARGS=--json)
	@$(BIN)/python -m benchmarks.deliver $(ARGS)

bench-pipeline: setup ## articles a second from topic to alerts, beside a Faust agent that forwards (ARGS="--quick --json")
	@$(BIN)/python -m benchmarks.pipeline $(ARGS)

check: setup ## style and types
	@echo "==> ruff" && $(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . || \
		{ echo "ruff has something to say (make format mends the layout)"; exit 1; }
	@echo "==> mypy" && $(BIN)/mypy

format: setup ## lay the code out as ruff does
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format .

schemas: setup ## write docs/schemas anew from the records and the rule grammar
	@$(BIN)/jarshy schemas write

pictures: setup ## the pictures of messages in docs/pictures anew, by Chromium
	@$(BIN)/python -m jarshy.pictures $(ARGS)

bench-match: setup ## what rules cost, at 10 to 10,000 of them (ARGS=--json)
	@$(BIN)/python -m benchmarks.match $(ARGS)

fuzz: setup ## texts nobody would write, through the whole pipeline (ARGS="--texts 1000 --seed 7")
	@$(BIN)/python -m benchmarks.fuzz $(ARGS)

lock: setup ## pin the dependencies of pyproject.toml anew, with hashes
	@sh scripts/lock "$(BIN)"

clean: ## remove the environment and what tools left
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
