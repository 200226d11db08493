"""claims.csv and claims.jsonl -> Claims coded by hand.

In: a case's own claim tables and its documents. Out: claims with `found=hand`, and what was refused, each with file and line.
Rule: a hand-coded claim counts only where its quote stands in its document, to the character; where no offsets are given, the
quote must stand there exactly once.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from graph import codebook
from graph.errors import BadInput
from graph.model import Claim, Document, from_row
from graph.quotes import fold
from loaders.documents import Refusal
from loaders.formats import decode
from loaders.sentences import sentences

LISTS = ("about", "actions_ok")
NEEDED = ("document", "quote", "source", "action")


def read_claims(folder: Path, documents: Iterable[Document]) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
    """The hand-coded claims of a case folder (claims.csv, claims.jsonl at its top) and the rows refused."""
    texts = {d.document: d for d in documents}
    claims: list[Claim] = []
    refused: list[Refusal] = []
    for name in ("claims.csv", "claims.jsonl"):
        path = folder / name
        if not path.is_file():
            continue
        try:
            for line, row in _rows(path):
                try:
                    claims.append(claim_of(row, texts))
                except (BadInput, ValueError, TypeError) as error:
                    refused.append(Refusal(name, line, error.reason if isinstance(error, BadInput) else str(error)))
        except BadInput as error:
            refused.append(Refusal(name, error.line, error.reason))
    return tuple({c.id: c for c in claims}.values()), tuple(refused)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows with their line numbers, empty cells as None. Errors: BadInput where the file itself is broken."""
    text = decode(path.read_bytes())
    if path.suffix == ".jsonl":
        for line, content in enumerate(text.splitlines(), 1):
            if content.strip():
                try:
                    row = json.loads(content)
                except ValueError as error:
                    raise BadInput(f"not JSON: {error}", path.name, line) from None
                if not isinstance(row, dict):
                    raise BadInput("not a JSON object", path.name, line)
                yield line, row
        return
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [c for c in NEEDED if c not in (reader.fieldnames or ())]
    if missing:
        raise BadInput(f"column {missing[0]!r} is missing: the header needs at least {', '.join(NEEDED)}", path.name, 1)
    for cells in reader:
        row = {k: (v.strip() or None) if isinstance(v, str) else None for k, v in cells.items() if k}
        for name in LISTS:
            row[name] = [x.strip() for x in (row.get(name) or "").split(";") if x.strip()]
        for name in ("start", "end"):
            if row.get(name):
                row[name] = int(row[name])
        yield reader.line_num, row


def claim_of(row: Mapping[str, Any], texts: Mapping[str, Document]) -> Claim:
    """One checked claim. Errors: BadInput saying what is wrong with the row."""
    for name in NEEDED:
        if not isinstance(row.get(name), str) or not row[name]:
            raise BadInput(f"{name} is empty")
    document = texts.get(row["document"])
    if document is None:
        raise BadInput(f"there is no document {row['document']!r} in this case")
    if row["action"] not in codebook.types():
        raise BadInput(f"unknown action {row['action']!r}: use one of {', '.join(codebook.types())}")
    if row.get("mode") and row["mode"] not in codebook.modes()[row["action"]]:
        raise BadInput(f"{row['action']} has no mode {row['mode']!r}: use one of {', '.join(codebook.modes()[row['action']])}")
    for name, allowed in (("modality", codebook.MODALITIES), ("granularity", codebook.GRANULARITIES), ("basis", codebook.BASES)):
        if row.get(name) and row[name] not in allowed:
            raise BadInput(f"unknown {name} {row[name]!r}: use one of {', '.join(allowed)}")
    if row["source"] == row.get("target"):
        raise BadInput("an actor does not act on itself")
    start = _place(document, row)
    end = start + len(row["quote"])
    quote = document.text[start:end]
    sentence = next((s for s in sentences(document.text) if s.start <= start < s.end), None)
    demand = {k: row[k] for k in ("demand_action", "demand_target") if row.get(k)}
    whole = {k: v for k, v in row.items() if v is not None and k not in ("id", "demand_action", "demand_target")} | demand
    whole |= {
        "case": document.case,
        "start": start,
        "end": end,
        "quote": quote,
        "found": "hand",
        "confidence": 1.0,
        "status": "counted",
        "rule": None,
    }
    if sentence is not None:
        whole |= {"sentence": document.text[sentence.start : max(sentence.end, end)], "sentence_start": sentence.start}
    whole["basis"] = row.get("basis") or ("publication" if document.published else "unknown")
    return from_row(Claim, whole)


def _place(document: Document, row: Mapping[str, Any]) -> int:
    """Where the quote starts: at the offset given, else where it stands once."""
    text, quote = fold(document.text), fold(row["quote"])
    start = row.get("start")
    if isinstance(start, int):
        if text[start : start + len(quote)] != quote or (isinstance(row.get("end"), int) and row["end"] != start + len(quote)):
            raise BadInput(f"the quote does not stand at {start} in {document.document!r}: {row['quote'][:60]!r}")
        return start
    places = text.count(quote)
    if places != 1:
        raise BadInput(f"the quote stands {places} times in {document.document!r}, not once: {row['quote'][:60]!r}")
    return text.index(quote)
