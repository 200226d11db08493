"""Codes of other people's tables -> PLOVER types: lexicons/cameo.csv, or a table of the user's own in the same columns.

In: a CSV of codes. Out: `Code`s by code. Rule: a code without a type is known and left out, with the reason in its row; a longer
CAMEO code that the file lacks counts as the longest one that it begins with, an unknown one as nothing at all.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph import codebook
from graph.checks import check_fields
from graph.errors import BadInput
from loaders.formats import decode

SHIPPED = Path(__file__).parent / "lexicons" / "cameo.csv"
NEEDED = ("code", "type")
COLUMNS = ("code", "name", "type", "mode", "modality", "demand", "note")


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says. `type` None: its rows are left out, because of `note`; `demand`: the type that is asked for."""

    code: str
    name: str
    type: str | None
    mode: str | None = None
    modality: str = "actual"
    demand: str | None = None
    note: str = ""


def read_codes(data: bytes) -> dict[str, Code]:
    """The codes of a CSV with the header COLUMNS (code and type are needed), in UTF-8. Errors: BadInput with the line."""
    reader = csv.DictReader(io.StringIO(decode(data), newline=""), strict=True)
    codes: dict[str, Code] = {}
    try:
        names = reader.fieldnames or ()
        if missing := [c for c in NEEDED if c not in names]:
            raise BadInput(f"column {missing[0]!r} is missing: a table of codes has {', '.join(COLUMNS)}", line=1)
        for cells in reader:
            try:
                code = _code(cells)
            except BadInput as error:
                raise BadInput(error.reason, line=reader.line_num) from None
            if code.code in codes:
                raise BadInput(f"a second row for {code.code!r}", line=reader.line_num)
            codes[code.code] = code
    except csv.Error as error:
        raise BadInput(f"not CSV: {error}", line=reader.line_num + 1) from None
    return codes


def _code(cells: Mapping[str | None, Any]) -> Code:
    if None in cells:
        raise BadInput("more cells than the header has columns (a comma that is not in quotes?)")
    row = {k: (cells.get(k) or "").strip() for k in COLUMNS}
    if not row["code"]:
        raise BadInput("code is empty")
    return _checked(row)


def _checked(row: Mapping[str, str]) -> Code:
    """A code from its cells. Errors: BadInput where the codebook has no such type, mode, modality or demand."""
    given = {"action": row["type"], "mode": row.get("mode"), "modality": row.get("modality"), "demand_action": row.get("demand")}
    check_fields({k: v for k, v in given.items() if v})
    if (row.get("mode") or row.get("demand")) and not row["type"]:
        raise BadInput("a mode or a demand needs a type")
    return Code(
        code=row["code"],
        name=row.get("name") or row["code"],
        type=row["type"] or None,
        mode=row.get("mode") or None,
        modality=row.get("modality") or "actual",
        demand=row.get("demand") or None,
        note=row.get("note", ""),
    )


def in_words(code: str, words: str) -> Code:
    """A code from the words TYPE or TYPE/mode; empty words leave its rows out. Errors: BadInput.

    >>> in_words("fired", "SANCTION/+dismiss").mode
    '+dismiss'
    """
    type_, _, mode = (part.strip() for part in words.partition("/"))
    return _checked({"code": code, "type": type_, "mode": mode, "note": "" if type_ else "left out by its [[table]]"})


def cameo(case: Path | None = None) -> dict[str, Code]:
    """The CAMEO codes, with those of a case's own lexicons/cameo.csv before the shipped ones. Errors: BadInput."""
    codes: dict[str, Code] = {}
    for path in (SHIPPED, case / "lexicons" / "cameo.csv" if case else None):
        if path is not None and path.is_file():
            try:
                codes |= read_codes(path.read_bytes())
            except BadInput as error:
                raise BadInput(error.reason, path, error.line) from None
            except OSError as error:
                raise BadInput(f"cannot be read: {error.strerror}", path) from None
    return codes


def by_prefix(codes: Mapping[str, Code], code: str) -> Code | None:
    """The code itself, else the longest one that it begins with, down to its two-digit root; None where it is no CAMEO code.

    >>> by_prefix(cameo(), "1729").name
    'Impose administrative sanctions'
    """
    if not re.fullmatch(r"[0-9]{2,5}", code):
        return None
    return next((codes[code[:n]] for n in range(len(code), 1, -1) if code[:n] in codes), None)


def plain(words: str) -> Code | None:
    """A code that is a PLOVER type itself, whatever its case, with a mode after a slash; None where it is none."""
    type_, slash, mode = words.partition("/")
    name = type_.strip().upper()
    return in_words(words, f"{name}{slash}{mode}") if name in codebook.types() else None
