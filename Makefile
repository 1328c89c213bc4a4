# Two commands: `make demo` plays a college's whole round, `make test` runs every test.
PYTHON := .venv/bin/python
STAMP := .venv/.ready

.PHONY: demo test test-slow keys check bench screens texts setup clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt scripts/setup.sh
	sh scripts/setup.sh
	touch $(STAMP)

demo: $(STAMP)
	$(PYTHON) -m desktop demo --out demo

test: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n auto -m "not slow"

test-slow: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -m slow

keys: $(STAMP)
	sh scripts/setup.sh keys
	$(PYTHON) -m pytest -m display tests/display

check: $(STAMP)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	$(PYTHON) -m pytest tests/architecture

bench: $(STAMP)
	$(PYTHON) -m benchmarks

screens: $(STAMP)
	$(PYTHON) -m scripts.screens

# every text of the window, for a translator: opened with linguist, compiled with lrelease
texts: $(STAMP)
	mkdir -p build
	.venv/bin/pyside6-lupdate -source-language zh_CN -target-language $(or $(LANGUAGE),en) -no-obsolete \
		desktop/app.py $(shell find desktop/views -name "*.py" | sort) -ts build/jice_$(or $(LANGUAGE),en).ts

clean:
	rm -rf .venv demo build dist
