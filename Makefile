# feedsette: `make serve` and `make test` set up what they need; `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
NEXT := .venv-next
COMPILED := .venv-compiled
BIN := $(VENV)/bin
FEEDS ?= feeds/sample.xml
# an address may hold what the shell takes for its own: & ; ( )
SOURCES = $(foreach feed,$(FEEDS),$(if $(findstring ://,$(feed)),'$(subst ',,$(feed))',$(feed)))
DB ?= content.db
# metadata.yml speaks of a database called content; of another the same is told
metadata_of = $(if $(filter content,$(basename $(notdir $1))),metadata.yml,<($(BIN)/feedsette metadata -d $1))
PORT ?= 8001
HOST ?= 127.0.0.1
# Settings are kept here only. What each one buys: deploy/README.md, "Settings".
SETTINGS := --setting suggest_facets off --setting facet_time_limit_ms 500 \
	--setting sql_time_limit_ms 1500 --setting max_returned_rows 5000 \
	--setting max_csv_mb 0 --setting truncate_cells_html 150 --setting default_page_size 50
PUBLISHED := --setting default_cache_ttl 300 --cors
PIP := --quiet --disable-pip-version-check
COVERAGE := 90
# a file of tests shares its sites and servers, so it stays in one process; many wait for servers and
# browsers, so there is one process more than cores
PROCESSES := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PARALLEL := --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder
GENERATED := README.md docs/tutorial.md docs/schema.md
CORPUS ?= feeds
SITE_TESTS := tests/test_queries.py tests/test_queries_answers.py tests/test_metadata.py \
	tests/test_downloads.py tests/test_sample.py tests/test_tutorial.py tests/serving
FLATTENING_TESTS := tests/flattening tests/test_markup.py tests/test_same_rows.py tests/test_loading.py
SNAPSHOT ?= snapshot/content.db

.PHONY: help
help:  ## list what there is to make
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "%-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/installed: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install $(PIP) -c constraints.txt -e '.[detect]'
	@touch $@

$(VENV)/developed: $(VENV)/installed
	@$(BIN)/python -m pip install $(PIP) -c constraints.txt -e '.[detect,parquet,distributed,dev]'
	@touch $@

.PHONY: setup
setup: $(VENV)/installed  ## make the environment

.PHONY: load
load: setup  ## load FEEDS into DB
	$(BIN)/feedsette load $(SOURCES) -d $(DB)

.PHONY: serve
serve: setup  ## load FEEDS (default: the sample) and serve them
	$(BIN)/feedsette load $(SOURCES) -d $(DB) || [ $$? = 1 ]  # what could be read is served
	$(BIN)/datasette serve $(DB) -m $(call metadata_of,$(DB)) $(SETTINGS) -h $(HOST) -p $(PORT)

.PHONY: refresh
refresh: setup  ## fetch every feed of DB that has a URL again
	$(BIN)/feedsette refresh -d $(DB)

.PHONY: snapshot
snapshot: setup  ## write the copy of DB to publish: SNAPSHOT, and inspect data beside it
	$(BIN)/feedsette check -d $(DB)
	$(BIN)/feedsette snapshot $(SNAPSHOT) -d $(DB)

.PHONY: publish-serve
publish-serve: setup  ## serve SNAPSHOT, immutable, as the public would see it
	@test -f $(SNAPSHOT) || $(MAKE) snapshot
	$(BIN)/datasette serve -i $(SNAPSHOT) --inspect-file $(dir $(SNAPSHOT))inspect-data.json \
		-m $(call metadata_of,$(SNAPSHOT)) $(SETTINGS) $(PUBLISHED) -h $(HOST) -p $(PORT)

.PHONY: export
export: setup  ## write DB as a data package (CSV, NDJSON) into the folder export
	$(BIN)/feedsette export export -d $(DB)

.PHONY: settings
settings:  ## print the settings that publish-serve uses, for a container
	@echo $(SETTINGS) $(PUBLISHED)

.PHONY: test
test: $(VENV)/developed  ## pass the tests, with the coverage of branches
	$(BIN)/python -m pytest $(PARALLEL) --cov --cov-fail-under=$(COVERAGE) $(ARGS)

.PHONY: test-next
test-next: $(NEXT)/installed  ## pass the tests of the site on Datasette 1.0 alpha
	$(NEXT)/bin/python -m pytest $(PARALLEL) $(SITE_TESTS) $(ARGS)

$(NEXT)/installed: pyproject.toml constraints-next.txt
	@test -x $(NEXT)/bin/python || $(PYTHON) -m venv $(NEXT)
	@$(NEXT)/bin/python -m pip install $(PIP) -c constraints-next.txt -e . pytest pytest-asyncio pytest-xdist hypothesis
	@touch $@

$(COMPILED)/installed: pyproject.toml constraints.txt hatch_build.py metadata.yml $(shell find scripts -name '*.py')
	@test -x $(COMPILED)/bin/python || $(PYTHON) -m venv $(COMPILED)
	@$(COMPILED)/bin/python -m pip uninstall $(PIP) --yes feedsette
	HATCH_BUILD_HOOK_ENABLE_CUSTOM=true $(COMPILED)/bin/python -m pip install $(PIP) -c constraints.txt \
		'.[detect]' pytest pytest-asyncio pytest-xdist hypothesis
	@touch $@

.PHONY: compiled
compiled: $(COMPILED)/installed  ## make an environment whose feedsette flattens in C (mypyc)

.PHONY: test-compiled
test-compiled: compiled  ## pass the tests of flattening, compiled
	$(COMPILED)/bin/python -m pytest $(PARALLEL) -o pythonpath= $(FLATTENING_TESTS) $(ARGS)

.PHONY: check
check: $(VENV)/developed  ## lint, type-check, and see that generated texts are current
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	COLUMNS=80 $(BIN)/cog -P --check $(GENERATED)
	$(BIN)/cog --check metadata.yml

.PHONY: corpus
corpus: $(VENV)/developed  ## sweep every feed below CORPUS; EXPECT=FILE.tsv compares counts
	$(BIN)/python -m bench.corpus $(CORPUS) $(if $(EXPECT),--expect $(EXPECT)) $(ARGS)

.PHONY: bench
bench: $(VENV)/developed  ## measure feedsette beside its peers into .bench/tables.md (ARGS=--large)
	$(BIN)/python -m bench --output .bench/tables.md $(ARGS)

.PHONY: bench-serving
bench-serving: $(VENV)/developed  ## measure the site with wrk beside stock Datasette, on DB
	$(BIN)/python -m bench.serving $(DB) $(ARGS)

.PHONY: fuzz
fuzz: $(VENV)/developed  ## feed the trip with broken feeds; ARGS="100000 --seed 1"
	$(BIN)/python -m bench.fuzz $(ARGS)

.PHONY: screenshots
screenshots: $(VENV)/developed  ## draw every page with chromium, into the folder screenshots
	$(BIN)/python docs/screenshots.py screenshots

.PHONY: docs
docs: $(VENV)/developed  ## write the generated parts of README.md, metadata.yml and docs/ anew
	$(BIN)/cog -r metadata.yml
	COLUMNS=80 $(BIN)/cog -P -r $(GENERATED)

.PHONY: clean
clean:  ## remove what was made
	rm -rf $(VENV) $(NEXT) content.db content.db-shm content.db-wal snapshot screenshots build dist
