"""judgements.csv: what reviewers decided, row by row; review.py applies it.

In: a file with the columns COLUMNS. Out: `Judgement`s, and what can't be used with file and line. Rule: a row names a claim by
(document, quote, source|type|target), never by an id, so that it outlives edits and new coders; rows are only ever added.

kind      verdict                               value
claim     accept · reject · mend · unsure       mend: JSON of the fields to change; accept: JSON of the claim, kept should the coder lose it
add       add                                   JSON of a claim's fields; the quote must stand in the text
alias     accept · reject                       the canonical name of the name in as_found
same_act  same · different                      JSON {document, quote, as_found} of the other claim
response  accept · reject                       JSON {document, quote, as_found} of a claim of the pressure, and for accept its `kind`
document  retract
each      undo
"""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from graph.codebook import BASES, GRANULARITIES, MODALITIES, types
from graph.errors import BadInput
from graph.model import DATE_FIELDS, Claim, to_row
from graph.responses import KINDS as RESPONSE_KINDS

COLUMNS = ("when", "who", "kind", "document", "quote", "as_found", "verdict", "value", "why")
VERDICTS = {
    "claim": ("accept", "reject", "mend", "unsure", "undo"),
    "add": ("add", "undo"),
    "alias": ("accept", "reject", "undo"),
    "same_act": ("same", "different", "undo"),
    "response": ("accept", "reject", "undo"),
    "document": ("retract", "undo"),
}
NEEDED = {
    "claim": ("document", "quote", "as_found"),
    "add": ("document", "quote"),
    "alias": ("as_found",),
    "same_act": ("document", "quote", "as_found"),
    "response": ("document", "quote", "as_found"),
    "document": ("document",),
}
FIXED = frozenset({"case", "document", "quote", "start", "end", "found", "status", "origin", "own_word", "confidence", "rule"})
"""Fields of a claim that a reviewer's value never sets."""
FIELDS = frozenset(f.name for f in fields(Claim)) - FIXED | {"demand"}
_ONE_OF: dict[str, Iterable[str]] = {"action": (), "modality": MODALITIES, "granularity": GRANULARITIES, "basis": BASES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One row; `line` is where it stands in its file (1-based, 0 where it is new)."""

    when: str
    who: str
    kind: str
    document: str = ""
    quote: str = ""
    as_found: str = ""
    verdict: str
    value: str = ""
    why: str = ""
    line: int = 0

    @property
    def moment(self) -> datetime:
        """`when` as a time; without a zone it is UTC. Errors: ValueError."""
        told = datetime.fromisoformat(self.when)
        return told if told.tzinfo else told.replace(tzinfo=UTC)


def as_found(claim: Claim) -> str:
    """The part of a claim's key beside document and quote: source|type|target."""
    return f"{claim.source}|{claim.action}|{claim.target or ''}"


def of_claim(claim: Claim, verdict: str, who: str, when: str, why: str = "", value: Mapping[str, Any] | None = None) -> Judgement:
    """A row of kind `claim` about this claim as the coder found it; `value` holds the fields that a mend changes."""
    if verdict == "accept" and value is None:
        row = to_row(claim)
        value = {k: v for k, v in row.items() if k in FIELDS and v not in (None, [], "", False)}
    text = json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
    return Judgement(
        when=when,
        who=who,
        kind="claim",
        document=claim.document,
        quote=claim.quote,
        as_found=as_found(claim),
        verdict=verdict,
        value=text,
        why=why,
    )


# -- the file
def check(row: Judgement) -> None:
    """Nothing. Errors: BadInput where a row can't be used, saying what is wrong with it."""
    if row.kind not in VERDICTS:
        raise BadInput(f"kind {row.kind!r} is none of {', '.join(VERDICTS)}")
    if row.verdict not in VERDICTS[row.kind]:
        raise BadInput(f"verdict {row.verdict!r} of a {row.kind} is none of {', '.join(VERDICTS[row.kind])}")
    try:
        _ = row.moment
    except ValueError:
        raise BadInput(f"when: {row.when!r} is no ISO time, as 2021-01-09T12:00:00Z") from None
    for name in NEEDED[row.kind]:
        if not getattr(row, name).strip():
            raise BadInput(f"a row of kind {row.kind} needs {name}")
    if any("\0" in str(v) for v in asdict(row).values()):
        raise BadInput("a zero byte in it")
    if row.verdict in ("undo", "reject", "unsure", "retract") and row.kind != "response":
        return
    if row.kind == "alias" and not row.value.strip():
        raise BadInput("an alias needs the canonical name as its value")
    if row.kind in ("claim", "add"):
        _check_fields(value_of(row), adding=row.kind == "add", mending=row.verdict == "mend")
    elif row.kind in ("same_act", "response"):
        other = value_of(row)
        missing = [k for k in ("document", "quote", "as_found") if not isinstance(other.get(k), str)]
        if missing:
            raise BadInput(f"its value needs {', '.join(missing)} of the other claim, as JSON")
        if row.kind == "response" and row.verdict == "accept" and other.get("kind") not in RESPONSE_KINDS:
            raise BadInput(f"its value needs a kind, one of {', '.join(RESPONSE_KINDS)}")


def value_of(row: Judgement) -> dict[str, Any]:
    if not row.value.strip():
        return {}
    try:
        value = json.loads(row.value)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"value is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise BadInput("value is not a JSON object")
    return value


def _check_fields(value: Mapping[str, Any], adding: bool, mending: bool) -> None:
    if mending and not value:
        raise BadInput("a mend needs the fields to change as its value, as JSON")
    for name in ("source", "action") if adding else ():
        if not value.get(name):
            raise BadInput(f"an added claim needs {name}")
    for name, given in value.items():
        if name not in FIELDS:
            raise BadInput(f"{name!r} is no field that a reviewer sets")
        allowed = types() if name == "action" else _ONE_OF.get(name)
        if allowed is not None and given not in allowed:
            raise BadInput(f"{name} {given!r} is none of {', '.join(allowed)}")
        if name in DATE_FIELDS and given is not None:
            try:
                date.fromisoformat(given)
            except (TypeError, ValueError):
                raise BadInput(f"{name}: {given!r} is no date: write YYYY-MM-DD") from None
        if name in ("about", "actions_ok"):
            if not isinstance(given, list) or not all(isinstance(x, str) for x in given):
                raise BadInput(f"{name} must be a list of names")
        elif name == "demand":
            if given is not None and not (isinstance(given, dict) and given.get("action") in types()):
                raise BadInput("demand must be {action, target} with an action of the codebook")
        elif name == "optional":
            if not isinstance(given, bool):
                raise BadInput("optional must be true or false")
        elif name == "sentence_start":
            if not isinstance(given, int):
                raise BadInput("sentence_start must be a whole number")
        elif given is not None and not isinstance(given, str):
            raise BadInput(f"{name} must be a text")
    if value.get("source") and value.get("source") == value.get("target"):
        raise BadInput("an actor acts on itself never: source and target are the same")


def read(path: Path) -> tuple[tuple[Judgement, ...], tuple[BadInput, ...]]:
    """The rows of a file in their order, and those that can't be used, each naming file and line; nothing where there is no file.

    Errors: BadInput where the file is no UTF-8, no CSV, or lacks a column.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return (), ()
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", path) from None
    rows, bad = [], []
    reader = csv.DictReader(io.StringIO(_decode(data, path), newline=""), strict=True)
    try:
        _header(reader.fieldnames, path)
        line = 2
        for raw in reader:
            cells = {k: v or "" for k, v in raw.items() if k in COLUMNS}
            row = Judgement(**cells, line=line)
            line = reader.line_num + 1
            try:
                if None in raw:
                    raise BadInput("more cells than columns (a comma that is not in quotes?)")
                check(row)
                rows.append(row)
            except BadInput as error:
                bad.append(BadInput(error.reason, path, row.line))
    except csv.Error as error:
        raise BadInput(f"not CSV: {error}", path, reader.line_num) from None
    return tuple(rows), tuple(bad)


def _decode(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"not UTF-8 at byte {error.start}; save it as UTF-8", path) from None


def _header(names: Iterable[str] | None, path: Path) -> list[str]:
    names = list(names or ())
    if missing := [c for c in COLUMNS if c not in names]:
        raise BadInput(f"no column {', '.join(missing)} in its header", path, 1)
    return names


def append(path: Path, *rows: Judgement) -> None:
    """Rows at the end of the file, under a lock, all or none; the header is made where the file is new.

    Errors: BadInput where a row can't be used or the file can't be written.
    """
    for row in rows:
        check(row)
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}; name another file for judgements", path) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = os.fstat(file).st_size
        old = os.pread(file, size, 0)
        header = _header(next(csv.reader(io.StringIO(_decode(old, path), newline="")), None), path) if old.strip() else list(COLUMNS)
        lines = io.StringIO(newline="")
        if not old.strip():
            lines.write(",".join(COLUMNS) + "\n")
        elif not old.endswith(b"\n"):
            lines.write("\n")
        for row in rows:
            cells = {k: v for k, v in asdict(row).items() if k in COLUMNS}
            # A bare carriage return in a cell would end the row when it is read again.
            every = any("\r" in v for v in cells.values())
            quoting: Literal[0, 1] = csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
            csv.DictWriter(lines, header, restval="", quoting=quoting, lineterminator="\n").writerow(cells)
        _write(file, lines.getvalue().encode("utf-8", "surrogatepass"), size, path)
    finally:
        os.close(file)


def _write(file: int, data: bytes, size: int, path: Path) -> None:
    """All of the data in one write at the file's end, on disk; what a full disk cut short is taken back."""
    try:
        if os.write(file, data) != len(data):
            raise OSError(28, "no space left")
        os.fsync(file)
    except OSError as error:
        os.ftruncate(file, size)
        raise BadInput(f"cannot be written: {error.strerror}", path) from None
