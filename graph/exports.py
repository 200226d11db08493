"""A graph out of its store into files, and the lossless one back: .jsonl (all of it), a folder of CSV tables, a .cypher script.

In: a store and a path. Out: files that are equal to the byte for equal graphs: nothing of the clock, the machine or chance.
Rule: a .jsonl comes back only as it was written: its last line counts and hashes the others, each id and text is hashed anew,
each quote must stand in its document's text, and each case must be sound in itself.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from graph import compare, cypher, projection
from graph.errors import BadInput, BadQuote, StoreVersion, UsageError
from graph.files import replace_file
from graph.model import SCHEMA_VERSION, Actor, Batch, Case, Claim, Document, Doubt, Event, Response, Tie, from_row, to_row
from graph.projection import Row, Stamp
from graph.store import Store

PARTS: dict[str, tuple[str, type]] = {
    "document": ("documents", Document),
    "actor": ("actors", Actor),
    "tie": ("ties", Tie),
    "claim": ("claims", Claim),
    "event": ("events", Event),
    "response": ("responses", Response),
    "doubt": ("doubts", Doubt),
}
"""The lines of a .jsonl export: the word under "whom", the part of the batch, the class. They follow their case's line."""

SCRIPT_ROWS = 500
"""Rows a statement of a .cypher script: some hundred kilobytes of text, which Neo4j parses in well under a second."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a cell, and the mark that stops it."""


def export(store: Store, path: str | Path, *, case: str | None = None, no_text: bool = False) -> Path:
    """Write the store, or one case of it, to `path`: x.jsonl, x.cypher, or a folder for CSV tables; returns the path.

    With `no_text` the articles' texts and sentences are left out; quotes, offsets and hashes stay. A file is replaced as a
    whole or not at all. Errors: UsageError for another ending, BadInput where nothing can be written.
    """
    target = Path(path)
    cases = [case] if case else [held.case for held in store.cases()]
    batches = (without_text(store.read(name)) if no_text else store.read(name) for name in cases)
    try:
        if target.suffix == ".jsonl":
            replace_file(target, lambda file: _jsonl(file, batches, text=not no_text))
        elif target.suffix == ".cypher":
            replace_file(target, lambda file: _script(file, list(batches)))
        elif target.is_dir() or str(path).endswith("/") or (target.suffix == "" and not target.exists()):
            _tables(target, list(batches))
        else:
            raise UsageError(f"{target}: export to x.jsonl (everything), x.cypher (a script for Neo4j) or a folder (CSV tables)")
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", target) from None
    return target


def without_text(batch: Batch) -> Batch:
    """The batch without the articles' words, but for the quotes; the hash of each text stays."""
    return replace(
        batch,
        documents=tuple(replace(d, text="") for d in batch.documents),
        claims=tuple(replace(c, sentence="") for c in batch.claims),
    )


def read_export(path: str | Path, note: Callable[[str], None] | None = None) -> Iterator[Batch]:
    """The cases of a .jsonl export, each as the batch that was written; the first comes when the whole file was found in order.

    Every text is held against its hash and every quote against its text; where the export was made without texts, that
    cannot be done: `note` is told so, once a case, and the hash is all there is. Errors: BadInput, BadQuote with file and line;
    StoreVersion for another schema.
    """
    file = Path(path)
    cases: list[dict[str, Any]] = []
    number, ended, seen = 0, False, hashlib.sha256()
    for number, line, row in _lines(file):
        word = row.get("whom")
        if ended:
            raise BadInput(f"cut off or edited: a line of {word!r} after the end; export the graph again", file, number)
        if word == "end" and number > 1:
            if row.get("lines") != number - 1:
                raise BadInput(f"cut off or edited: {number - 1} lines for {row.get('lines')}; export the graph again", file, number)
            if row.get("sha256") != seen.hexdigest():
                raise BadInput("cut off or edited: its lines do not hash to what they did; export the graph again", file, number)
            ended = True
        seen.update(line)
        if ended:
            continue
        if number == 1:
            if word != "export":
                raise BadInput('this is no export of whom: its first line has to be {"whom": "export", ...}', file, 1)
            if row.get("schema") != SCHEMA_VERSION:
                raise StoreVersion(f"{file}: exported with schema {row.get('schema')}, this whom reads {SCHEMA_VERSION}; export it anew")
        elif word == "case":
            cases.append({"case": _thing(Case, row, file, number), **{part: [] for part, _ in PARTS.values()}, "texts": {}})
        elif word in PARTS and cases:
            part, kind = PARTS[word]
            thing = _thing(kind, row, file, number)
            _verify(thing, cases[-1]["texts"], file, number)
            cases[-1][part].append(thing)
        else:
            raise BadInput(f"a line of {word!r} has no place here; an export is not to be edited by hand", file, number)
    if not ended:
        raise BadInput("cut off or edited: its last line is no end; export the graph again", file, number)
    yield from [_whole(parts, file, note) for parts in cases]


def _lines(file: Path) -> Iterator[tuple[int, bytes, Row]]:
    """(number, bytes, object) of each line."""
    try:
        with file.open("rb") as lines:
            number = 0
            for number, line in enumerate(lines, 1):
                text = line.decode("utf-8")
                try:
                    row = json.loads(text)
                except (ValueError, RecursionError) as error:
                    raise BadInput(f"is no JSON ({str(error)[:80]}); export the graph again", file, number) from None
                if not isinstance(row, dict):
                    raise BadInput("is no JSON object; export the graph again", file, number)
                yield number, line, row
            if number == 0:
                raise BadInput("the file is empty; export the graph again", file)
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", file) from None
    except UnicodeDecodeError:
        raise BadInput("is not UTF-8; export the graph again", file) from None


def _thing(kind: type, row: Row, file: Path, number: int) -> Any:
    try:
        thing = from_row(kind, row)
    except (TypeError, ValueError) as error:
        raise BadInput(f"{kind.__name__.lower()}: {error}; export the graph again", file, number) from None
    if row.get("id") != thing.id:
        raise BadInput(
            f"{kind.__name__.lower()} {row.get('id')} was changed: its id is {thing.id} now; export the graph again", file, number
        )
    return thing


def _verify(thing: Any, texts: dict[str, str | None], file: Path, number: int) -> None:
    if isinstance(thing, Document):
        same = hashlib.sha256(thing.text.encode("utf-8", "surrogatepass")).hexdigest() == thing.sha256_text
        if thing.text and thing.sha256_text and not same:
            raise BadInput(f"the text of {thing.document} is not the one that was exported (its hash differs)", file, number)
        texts[thing.document] = thing.text if thing.text or same or not thing.sha256_text else None
    if isinstance(thing, Claim):
        if thing.document not in texts:
            raise BadInput(f"a claim of {thing.document}, a document that the case lacks", file, number)
        text = texts[thing.document]
        if text is not None and (thing.start < 0 or text[thing.start : thing.end] != thing.quote):
            raise BadQuote(
                f"the quote {_short(thing.quote)} does not stand at {thing.start} to {thing.end} of {thing.document}", file, number
            )


def _whole(parts: dict[str, Any], file: Path, note: Callable[[str], None] | None) -> Batch:
    untold = [name for name, text in parts["texts"].items() if text is None]
    if untold and note is not None:
        case = parts["case"].case
        note(
            f"{file}: {len(untold)} documents of case {case} came without text; their quotes cannot be verified, only their hashes are kept"
        )
    batch = projection.canonical(Batch(case=parts["case"], **{part: tuple(parts[part]) for part, _ in PARTS.values()}))
    if wrong := compare.sound(batch):
        raise BadInput(f"case {batch.case.case}: {wrong[0]}; export the graph again", file)
    return batch


def _short(quote: str) -> str:
    return repr(quote if len(quote) <= 80 else quote[:77] + "...")


# --- the three forms -----------------------------------------------------------------------------------------------------


def _jsonl(file: TextIO, batches: Iterable[Batch], *, text: bool) -> None:
    seen, lines = hashlib.sha256(), 0

    def put(word: str, row: Row) -> None:
        nonlocal lines
        line = json.dumps({"whom": word, **row}, ensure_ascii=False, separators=(",", ":")) + "\n"
        file.write(line)
        seen.update(line.encode("utf-8", "surrogatepass"))
        lines += 1

    put("export", {"schema": SCHEMA_VERSION, "text": text})
    for batch in batches:
        put("case", to_row(batch.case))
        for word, (part, _) in PARTS.items():
            for thing in getattr(batch, part):
                put(word, to_row(thing))
    put("end", {"lines": lines, "sha256": seen.hexdigest()})


def _tables(folder: Path, batches: list[Batch]) -> None:
    """One CSV for each label and relation; an empty cell is none, a list is a JSON array."""
    folder.mkdir(parents=True, exist_ok=True)
    nodes, edges = projection.tables((batch, Stamp()) for batch in batches)
    for name, rows in (nodes | edges).items():
        columns = [key for key in cypher.columns(name) if key not in ("loaded", "report")]

        def write(file: TextIO, rows: list[Row] = rows, columns: list[str] = columns) -> None:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(columns)
            table.writerows([cell(row[key]) for key in columns] for row in rows)

        replace_file(folder / f"{name}.csv", write)


def cell(value: Any) -> Any:
    """A value as a CSV cell that no spreadsheet runs: a text that begins like a formula gets an apostrophe before it.

    To read it back, take one apostrophe off a text that begins with an apostrophe; no other text begins with one.

    >>> cell("+delist"), cell("'t was"), cell(-3), cell(["a", "b"]), cell(None)
    ("'+delist", "''t was", -3, '["a", "b"]', '')
    """
    if value is None:
        return ""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def _script(file: TextIO, batches: list[Batch]) -> None:
    """Statements that build the graph in an empty Neo4j: cypher-shell -f x.cypher."""
    file.write(f"// whom export, schema {SCHEMA_VERSION}: for an empty Neo4j 5 or later\n")
    for text in cypher.statements("schema").values():
        file.write(text + ";\n")
    nodes, edges = projection.tables((batch, Stamp()) for batch in batches)
    for prefix, tables in (("create", nodes), ("relate", edges)):
        for name, rows in tables.items():
            text = cypher.statement("write", f"{prefix}_{name.lower()}")
            for i in range(0, len(rows), SCRIPT_ROWS):
                literal = ",\n".join(_literal(row) for row in rows[i : i + SCRIPT_ROWS])
                file.write(text.replace("$rows", f"[\n{literal}\n]", 1) + ";\n")


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, list):
        return "[" + ", ".join(_literal(v) for v in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"`{k}`: {_literal(v)}" for k, v in value.items()) + "}"
    return repr(value)


def _string(text: str) -> str:
    r"""A string literal. Neo4j 5 reads \uXXXX anywhere in a script, after an escaped backslash too, so that a text which
    holds `\u0027` would close its own literal: between an escaped backslash and a `u` the literal is therefore cut in two.
    """
    safe = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    safe = safe.replace("\\\\u", "\\\\' + 'u").replace("\0", "\\u0000")
    return f"'{safe}'"
