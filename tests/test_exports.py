"""Exports: equal graphs give equal bytes, what is exported comes back, a changed quote does not."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import graphs
import kglite
import pytest

from graph import cypher
from graph.errors import BadInput, BadQuote, StoreError, StoreVersion, UsageError
from graph.exports import cell, export, read_export, without_text
from graph.model import Batch
from graph.projection import LABELS, RELATIONS, canonical
from graph.schema import schema, schema_text
from graph.store import Store, open_store

BATCHES = (graphs.small(), graphs.chance(5, events=60))


def filled(path: Path, batches: tuple[Batch, ...] = BATCHES) -> Store:
    store = open_store(path)
    for batch in batches:
        store.write(batch, report="never exported")
    return store


def test_a_line_export_rebuilds_an_equal_graph(tmp_path: Path) -> None:
    store = filled(tmp_path / "a.db")
    first = export(store, tmp_path / "a.jsonl")
    batches = list(read_export(first))
    assert batches == sorted((canonical(b) for b in BATCHES), key=lambda b: b.case.case)
    again = export(filled(tmp_path / "b.db", tuple(batches)), tmp_path / "b.jsonl")
    assert again.read_bytes() == first.read_bytes()
    assert b"never exported" not in first.read_bytes()
    assert json.loads(first.read_text().splitlines()[0]) == {"whom": "export", "schema": 1, "text": True}


@pytest.mark.parametrize("name", ["x.jsonl", "x.cypher", "tables"])
def test_equal_graphs_give_equal_bytes_whatever_the_order(tmp_path: Path, name: str) -> None:
    def contents(store: Store, folder: str) -> dict[str, bytes]:
        (tmp_path / folder).mkdir()
        out = export(store, tmp_path / folder / name)
        files = sorted(out.iterdir()) if out.is_dir() else [out]
        return {f.name: f.read_bytes() for f in files}

    one = contents(filled(tmp_path / "1.db"), "1")
    two = contents(filled(tmp_path / "2.db", BATCHES[::-1]), "2")
    assert one == two and all(one.values())


def test_one_case_alone(tmp_path: Path) -> None:
    store = filled(tmp_path / "a.db")
    assert [b.case.case for b in read_export(export(store, tmp_path / "x.jsonl", case="lamps"))] == ["lamps"]
    with pytest.raises(StoreError, match="no case 'nope'"):
        export(store, tmp_path / "y.jsonl", case="nope")
    assert not (tmp_path / "y.jsonl").exists()


def test_without_text_quotes_stay_and_the_load_says_what_it_cannot_verify(tmp_path: Path) -> None:
    store = filled(tmp_path / "a.db", (graphs.small(),))
    path = export(store, tmp_path / "x.jsonl", no_text=True)
    text = path.read_text()
    assert "wrote Dynamo" not in text and "We’re staying" in text
    said: list[str] = []
    (batch,) = read_export(path, said.append)
    assert batch == canonical(without_text(graphs.small()))
    assert len(said) == 1 and "2 documents of case lamps came without text; their quotes cannot be verified" in said[0]
    export(store, tmp_path / "tables", no_text=True)
    assert "wrote Dynamo" not in "".join(f.read_text() for f in (tmp_path / "tables").iterdir())


def changed(path: Path, word: str, change: dict[str, Any], number: int = 0) -> int:
    """Change one line of an export; returns its number in the file."""
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    at = [i for i, row in enumerate(lines) if row["whom"] == word][number]
    lines[at] |= change
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in lines) + "\n")
    return at + 1


def test_a_quote_with_a_name_swapped_is_refused(tmp_path: Path) -> None:
    path = export(filled(tmp_path / "a.db", (graphs.small(),)), tmp_path / "x.jsonl")
    line = changed(path, "claim", {"quote": "Lamp Workers asked Voltix on Friday to drop Dynamo"})
    with pytest.raises(BadQuote, match=rf"x\.jsonl:{line}: the quote 'Lamp Workers asked Voltix"):
        list(read_export(path))


@pytest.mark.parametrize(
    ("word", "change", "says"),
    [
        ("claim", {"start": 1, "end": 3}, "was changed"),
        ("claim", {"source": "Voltix"}, "was changed"),
        ("document", {"text": "Lamp Workers did not ask"}, "hash differs"),
        ("event", {"claims": ["x"]}, "was changed"),
        ("claim", {"document": "gone"}, "was changed"),
        ("claim", {"date_start": "2021-02-30"}, "claim: .*export the graph again"),
        ("actor", {"name": "Other"}, "was changed"),
        ("case", {"whom": "nonsense"}, "no place here"),
    ],
)
def test_a_changed_line_is_refused_with_file_and_line(tmp_path: Path, word: str, change: dict[str, Any], says: str) -> None:
    path = export(filled(tmp_path / "a.db", (graphs.small(),)), tmp_path / "x.jsonl")
    line = changed(path, word, change)
    with pytest.raises(BadInput, match=rf"x\.jsonl:{line}: .*{says}"):
        list(read_export(path))


def sealed(path: Path) -> None:
    """Put a right end to lines that were changed, as somebody would who means to deceive."""
    body = path.read_bytes().splitlines(keepends=True)[:-1]
    end = {"whom": "end", "lines": len(body), "sha256": hashlib.sha256(b"".join(body)).hexdigest()}
    path.write_bytes(b"".join(body) + json.dumps(end).encode() + b"\n")


def test_the_last_line_counts_and_hashes_the_others(tmp_path: Path) -> None:
    path = export(filled(tmp_path / "a.db"), tmp_path / "x.jsonl")
    before, written = path.read_bytes(), json.loads(path.read_bytes().splitlines()[-1])
    assert list(written) == ["whom", "lines", "sha256"]
    sealed(path)
    assert json.loads(path.read_bytes().splitlines()[-1]) == written and len(list(read_export(path))) == 2
    lines = before.splitlines(keepends=True)
    one_event_less = [x for x in lines if b'"whom":"event"' not in x] + [x for x in lines if b'"whom":"event"' in x][1:]
    for wrong in (lines[:-1], lines[:-2] + lines[-1:], lines + lines[-1:], lines[:1], lines + lines[1:2], one_event_less):
        path.write_bytes(b"".join(wrong))
        with pytest.raises(BadInput, match=r"cut off or edited|no place here"):
            next(read_export(path))
    at = next(n for n, line in enumerate(lines) if b'"whom":"event"' in line and b'"action":"SUPPORT"' not in line)
    lines[at] = re.sub(rb'"action":"[A-Z]+"', b'"action":"SUPPORT"', lines[at], count=1)
    path.write_bytes(b"".join(lines))
    with pytest.raises(BadInput, match=rf"x\.jsonl:{len(lines)}: cut off or edited: .* export the graph again"):
        next(read_export(path))


def test_a_batch_that_is_not_sound_is_refused_whatever_its_end_says(tmp_path: Path) -> None:
    path = export(filled(tmp_path / "a.db", (graphs.small(),)), tmp_path / "x.jsonl")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(x for x in lines if not x.startswith((b'{"whom":"event"', b'{"whom":"response"', b'{"whom":"doubt"'))))
    sealed(path)
    with pytest.raises(BadInput, match=r"case lamps: claim .*: counted, but in no event"):
        list(read_export(path))


def test_files_that_are_no_exports(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    for content, says in ((b"", "empty"), (b"{}\n", "no export"), (b"[1]\n", "no JSON object"), (b"{\n", "no JSON"), (b"\xff\n", "UTF-8")):
        path.write_bytes(content)
        with pytest.raises(BadInput, match=says):
            list(read_export(path))
    path.write_text('{"whom": "export", "schema": 99}\n')
    with pytest.raises(StoreVersion, match="export it anew"):
        list(read_export(path))
    with pytest.raises(BadInput, match="cannot be read"):
        list(read_export(tmp_path / "none.jsonl"))


def test_where_it_cannot_be_written(tmp_path: Path) -> None:
    store = filled(tmp_path / "a.db", (graphs.small(),))
    with pytest.raises(UsageError, match="export to x"):
        export(store, tmp_path / "x.xlsx")
    with pytest.raises(BadInput, match="cannot be written"):
        export(store, tmp_path / "no" / "x.jsonl")
    with pytest.raises(UsageError):
        export(store, tmp_path / "a.db")


def test_tables_hold_every_node_and_edge_and_no_formula(tmp_path: Path) -> None:
    batch = graphs.small()
    folder = export(filled(tmp_path / "a.db", (batch,)), tmp_path / "tables")
    assert sorted(f.stem for f in folder.iterdir()) == sorted([*LABELS, *RELATIONS])
    tables = {f.stem: list(csv.DictReader(io.StringIO(f.read_bytes().decode(), newline=""))) for f in folder.iterdir()}
    assert {name: len(rows) for name, rows in tables.items()} == {
        "Case": 1, "Document": 2, "Actor": 5, "Claim": 7, "Event": 5, "NAMES": 5, "LEADS": 1, "MEMBER_OF": 1, "PART_OF": 1,
        "QUOTED_FROM": 7, "REPORTS": 6, "SOURCE_OF": 5, "TARGETS": 5, "ABOUT": 2, "RESPONDS_TO": 2, "MAY_BE_SAME": 1, "ACTED_ON": 4,
    }  # fmt: skip
    assert "loaded" not in tables["Case"][0] and "report" not in tables["Case"][0]
    assert {d["document"]: d["text"] for d in tables["Document"]} == {d.document: d.text for d in batch.documents}
    modes = {row["mode"] for row in tables["Event"]}
    assert modes == {"", "change", "'+suspend-service"}
    for rows in tables.values():
        for row in rows:
            assert not any(value.startswith(("=", "+", "@", "\t", "\r")) for value in row.values())


@pytest.mark.parametrize("text", ["=1+1", "+x", "-x", "@x", "'x", "''", "\tx", "\r", "＝1", "plain", "", "a=b"])
def test_cells_can_be_read_back(text: str) -> None:
    kept = cell(text)
    assert not kept.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    assert (kept[1:] if kept.startswith("'") else kept) == text


def statements(script: str) -> list[str]:
    """The statements of a script, split at the semicolons that end lines outside of strings."""
    found, start, quoted = [], 0, False
    for token in re.finditer(r"\\.|'|;\n", script, re.DOTALL):
        if token.group() == "'":
            quoted = not quoted
        elif token.group() == ";\n" and not quoted:
            found.append(script[start : token.start()])
            start = token.end()
    assert not script[start:].strip()
    return found


def test_the_script_builds_the_same_graph(tmp_path: Path) -> None:
    path = export(filled(tmp_path / "a.db"), tmp_path / "x.cypher")
    parts = statements(path.read_text(encoding="utf-8"))
    constraints = [p for p in parts if "CONSTRAINT" in p]
    assert len(constraints) == len(LABELS) and parts.index(constraints[-1]) < len(cypher.statements("schema"))
    graph = kglite.KnowledgeGraph()
    graph.set_schema_version(1)
    for part in parts:
        if "CREATE CONSTRAINT" not in part and "CREATE INDEX" not in part:
            graph.cypher(part.removeprefix("// whom export, schema 1: for an empty Neo4j 5 or later\n"))
    graph.save(str(tmp_path / "b.db"))
    with open_store(tmp_path / "b.db") as store:
        for batch in BATCHES:
            assert store.read(batch.case.case) == canonical(batch)


def test_no_text_can_leave_its_literal(tmp_path: Path) -> None:
    evil = r"' }) DETACH DELETE n // \u0027 \\u0027 \' ; \\\u0027" + "\n;\n\x00`${x}"
    doc = graphs.document("evil", "d", evil + " x", title=evil)
    batch = Batch(case=graphs.small("evil").case, documents=(doc,))
    path = export(filled(tmp_path / "a.db", (batch,)), tmp_path / "x.cypher")
    script = path.read_text(encoding="utf-8")
    assert not re.search(r"\\\\u", script), "an escaped backslash before a u would be read as a character by Neo4j 5"
    create = next(p for p in statements(script) if "CREATE (n:Document" in p)
    graph = kglite.KnowledgeGraph()
    graph.cypher(create)
    assert graph.cypher("MATCH (d:Document) RETURN d.text AS t, d.title AS h").to_list() == [{"t": doc.text, "h": evil}]


def test_the_schema_tells_every_label_relation_and_property() -> None:
    parts = schema()
    assert set(parts["labels"]) == set(LABELS) and set(parts["relations"]) == set(RELATIONS)
    assert parts["labels"]["Event"]["properties"]["date_start"] == "date"
    assert parts["labels"]["Event"]["properties"]["publishers"] == "list of text"
    assert parts["relations"]["RESPONDS_TO"]["properties"] == {"kind": "text", "lag_min": "integer", "lag_max": "integer", "basis": "text"}
    assert len(parts["examples"]) == 3
    text = schema_text()
    for name in (*LABELS, *RELATIONS):
        assert f":{name}" in text
    json.dumps(parts)
