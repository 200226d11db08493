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

from graph.checks import DAYS, LISTS, check_fields
from graph.errors import BadInput
from graph.model import Claim, Document, from_row
from graph.quotes import fold
from loaders.documents import Refusal
from loaders.formats import decode
from loaders.sentences import sentences

NEEDED = ("document", "quote", "source", "action")
TEXTS = (
    *NEEDED,
    *("target", "mode", "modality", "granularity", "basis", "date_words", "date_time", "deadline", "speaker", "channel"),
    *("trigger", "source_as_written", "target_as_written", "occasion", "demand_action", "demand_target"),
)
PLACES = ("start", "end")
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

Row = dict[str, Any]


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
            text = decode(path.read_bytes())
            for line, row in _lines(text) if path.suffix == ".jsonl" else _cells(text):
                try:
                    if isinstance(row, BadInput):
                        raise row
                    claims.append(claim_of(row, texts))
                except BadInput as error:
                    refused.append(Refusal(name, line, error.reason))
        except OSError as error:
            refused.append(Refusal(name, None, f"cannot be read: {error.strerror}"))
        except BadInput as error:
            refused.append(Refusal(name, error.line, error.reason))
    return tuple({c.id: c for c in claims}.values()), tuple(refused)


def _lines(text: str) -> Iterator[tuple[int, Row | BadInput]]:
    """The objects of JSON lines with their line numbers, or why a line is none."""
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            row = json.loads(content)
        except (ValueError, RecursionError) as error:
            yield line, BadInput(f"not JSON: {error}")
            continue
        yield line, row if isinstance(row, dict) else BadInput("not a JSON object")


def _cells(text: str) -> Iterator[tuple[int, Row | BadInput]]:
    """The rows of a CSV as JSON would have them, with the line each ends on. Errors: BadInput where the file itself is broken."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [c for c in NEEDED if c not in (reader.fieldnames or ())]
        if missing:
            raise BadInput(f"column {missing[0]!r} is missing: the header needs at least {', '.join(NEEDED)}", line=1)
        for cells in reader:
            if None in cells:
                yield reader.line_num, BadInput("more cells than the header has columns (a comma that is not in quotes?)")
                continue
            row: Row = {k: (v or "").strip() or None for k, v in cells.items()}
            row |= {k: [x.strip() for x in (row.get(k) or "").split(";") if x.strip()] for k in LISTS}
            row |= {k: int(row[k]) for k in PLACES if (row.get(k) or "").isdecimal()}
            if row.get("optional"):
                row["optional"] = FLAGS.get(row["optional"].lower(), row["optional"])
            yield reader.line_num, row
    except csv.Error as error:
        raise BadInput(f"not CSV: {error}", line=reader.line_num + 1) from None


def claim_of(row: Mapping[str, Any], texts: Mapping[str, Document]) -> Claim:
    """One checked claim. Errors: BadInput saying what is wrong with the row."""
    given = _checked(row)
    document = texts.get(given["document"])
    if document is None:
        raise BadInput(f"there is no document {given['document']!r} in this case")
    start = _place(document, given)
    end = start + len(given["quote"])
    sentence = next((s for s in sentences(document.text) if s.start <= start < s.end), None)
    if sentence is not None:
        given |= {"sentence": document.text[sentence.start : max(sentence.end, end)], "sentence_start": sentence.start}
    if given.get("date_start"):
        given["date_end"] = given.get("date_end") or given["date_start"]
        same_day = given["date_start"] == given["date_end"]
        given = {"granularity": "day" if same_day else "unknown", "basis": "stated"} | given
    given.setdefault("basis", "publication" if document.published else "unknown")
    place = {"case": document.case, "start": start, "end": end, "quote": document.text[start:end]}
    claim: Claim = from_row(Claim, given | place | {"found": "hand", "confidence": 1.0, "status": "counted"})
    return claim


def _checked(row: Mapping[str, Any]) -> Row:
    """The fields that a coder gives, each of its kind; those that are not given are left out. Errors: BadInput."""
    demand = row.get("demand")
    if demand is not None and not isinstance(demand, dict):
        raise BadInput("demand must be {action, target} or null")
    flat = dict(row) | {f"demand_{k}": demand.get(k) for k in ("action", "target")} if demand else row
    given: Row = {k: flat[k] for k in (*TEXTS, *DAYS, *LISTS, *PLACES, "optional") if flat.get(k) not in (None, "")}
    for name in NEEDED:
        if not isinstance(given.get(name), str) or not given[name].strip():
            raise BadInput(f"{name} is empty")
    check_fields(given)
    return given


def _place(document: Document, given: Mapping[str, Any]) -> int:
    """Where the quote starts: at the offset given, else where it stands once."""
    text, quote = fold(document.text), fold(given["quote"])
    start, end = given.get("start"), given.get("end")
    if start is not None:
        if text[start : start + len(quote)] != quote or end not in (None, start + len(quote)):
            raise BadInput(f"the quote does not stand at {start} in {document.document!r}: {given['quote'][:60]!r}")
        return int(start)
    places = text.count(quote)
    if places != 1:
        raise BadInput(f"the quote stands {places} times in {document.document!r}, not once: {given['quote'][:60]!r}")
    return text.index(quote)
