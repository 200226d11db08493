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
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from graph.checks import check_fields, check_text
from graph.errors import BadInput
from graph.model import Claim, to_row
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
FIELDS = frozenset(f.name for f in fields(Claim)) - FIXED - {"demand_action", "demand_target"} | {"demand"}
CLEARED = frozenset(f.name for f in fields(Claim) if f.default is None) | {"demand"}
"""Fields of a claim that may be without a value."""
AS_FOUND = re.compile(r"(?P<source>.+)\|(?P<action>[A-Z]+)\|(?P<target>.*)", re.DOTALL)


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
    for name in COLUMNS:
        check_text(name, getattr(row, name))
    # Rows about two claims and added ones are known by their value, an undo too.
    unread = row.kind in ("alias", "document") or (row.kind == "claim" and row.verdict not in ("accept", "mend"))
    value = {} if unread else value_of(row)
    if row.verdict in ("undo", "reject", "unsure", "retract") and row.kind != "response":
        return
    if row.kind == "alias" and not row.value.strip():
        raise BadInput("an alias needs the canonical name as its value")
    if row.kind in ("claim", "add"):
        _check_claim(row, value)
    elif row.kind in ("same_act", "response"):
        missing = [k for k in ("document", "quote", "as_found") if not isinstance(value.get(k), str)]
        if missing:
            raise BadInput(f"its value needs {', '.join(missing)} of the other claim, as JSON")
        for name in ("document", "quote", "as_found"):
            check_text(f"{name} of the other claim", value[name])
        if row.kind == "response" and row.verdict == "accept" and value.get("kind") not in RESPONSE_KINDS:
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


def _check_claim(row: Judgement, value: Mapping[str, Any]) -> None:
    """Nothing. Errors: BadInput where a value is none that a claim of this row can have; None takes a field's value away."""
    if row.verdict == "mend" and not value:
        raise BadInput("a mend needs the fields to change as its value, as JSON")
    for name in ("source", "action") if row.kind == "add" else ():
        if not value.get(name):
            raise BadInput(f"an added claim needs {name}")
    flat = dict(value)
    for name, given in value.items():
        if name not in FIELDS:
            raise BadInput(f"{name!r} is no field that a reviewer sets")
        if given == "" or (given is None and name not in CLEARED):
            raise BadInput(f"{name} is empty")
    demand = flat.pop("demand", None)
    if demand is not None and not isinstance(demand, dict):
        raise BadInput("demand must be {action, target} or null")
    if demand is not None and not demand.get("action"):
        raise BadInput("a demand needs an action")
    flat |= {f"demand_{k}": demand.get(k) for k in ("action", "target")} if demand else {}
    parts = AS_FOUND.fullmatch(row.as_found)
    check_fields({k: v for k, v in flat.items() if v is not None}, parts["action"] if parts else None)


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
    reader = csv.reader(io.StringIO(_decode(data, path), newline=""), strict=True)
    before = 0
    try:
        header = _header(next(reader, None), path)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not cells:
                continue
            try:
                if len(cells) > len(header):
                    raise BadInput("more cells than columns (a comma that is not in quotes?)")
                told = dict.fromkeys(COLUMNS, "") | {k: v for k, v in zip(header, cells, strict=False) if k in COLUMNS}
                row = Judgement(**told, line=line)
                check(row)
                rows.append(row)
            except BadInput as error:
                bad.append(BadInput(error.reason, path, line))
    except csv.Error as error:
        raise BadInput(f"not CSV: {error}", path, before + 1) from None
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
        _write(file, lines.getvalue().encode("utf-8"), size, path)
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
