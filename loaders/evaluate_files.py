"""The files that an evaluation reads: codings (.jsonl, .csv), aliases, what articles.jsonl says of its articles.

In: paths. Out: rows as evaluate.py takes them. Rule: a line that can't be read is an error that names file and line, never skipped,
since a figure over half a file looks like a figure.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graph.errors import BadInput
from loaders.formats import decode

NEEDED = ("document", "action")
LISTS = ("about", "actions_ok")
NUMBERS: Mapping[str, type] = {"start": int, "end": int, "sentence_start": int, "confidence": float}
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}

Row = dict[str, Any]


def _text(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", path) from None
    except BadInput as error:
        raise BadInput(error.reason, path) from None


def read_rows(path: Path, needed: tuple[str, ...] = NEEDED) -> list[Row]:
    """The objects of a .jsonl, or the rows of a .csv as JSON would have them, each with the keys `needed`.

    Errors: BadInput naming file and line.
    """
    return [row for _, row in read_numbered(path, needed)]


def read_numbered(path: Path, needed: tuple[str, ...] = NEEDED) -> list[tuple[int, Row]]:
    """As read_rows, each row with its line (of a .csv the line it ends on)."""
    rows = list(_cells(path) if path.suffix.lower() == ".csv" else _lines(path))
    for number, row in rows:
        if missing := [k for k in needed if k not in row]:
            raise BadInput(f"no {', '.join(missing)}", path, number)
    return rows


def csv_kind(path: Path) -> str:
    """What a .csv holds by its first line: claims (columns document and action), or something else (a table of events)."""
    try:
        with path.open("rb") as file:
            header = {name.strip().strip('"') for name in file.readline(100_000).decode("utf-8-sig", "replace").split(",")}
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", path) from None
    return "claims" if set(NEEDED) <= header else "other"


def _lines(path: Path) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadInput(f"not JSON: {error}", path, number) from None
        if not isinstance(row, dict):
            raise BadInput("not a JSON object", path, number)
        yield number, row


def _cells(path: Path) -> Iterator[tuple[int, Row]]:
    """Empty cells are null; lists are split at semicolons; a missing modality is actual, a missing date none, where there is such a
    column."""
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = header
        if missing := [name for name in NEEDED if name not in header]:
            raise BadInput(f"column {missing[0]!r} is missing: the header needs at least {', '.join(NEEDED)}", path, 1)
        if doubled := [name for name in header if name and header.count(name) > 1]:
            raise BadInput(f"column {doubled[0]!r} stands twice in the header", path, 1)
        for cells in reader:
            if None in cells:
                raise BadInput("more cells than the header has columns (a comma that is not in quotes?)", path, reader.line_num)
            try:
                yield reader.line_num, _of_cells({k: (v or "").strip() for k, v in cells.items()})
            except BadInput as error:
                raise BadInput(error.reason, path, reader.line_num) from None
    except csv.Error as error:
        raise BadInput(f"not CSV: {error}", path, reader.line_num + 1) from None


def _of_cells(cells: Mapping[str, str]) -> Row:
    row: Row = {k: v or None for k, v in cells.items()}
    row |= {k: [x.strip() for x in cells[k].split(";") if x.strip()] for k in LISTS if k in cells}
    for name, kind in NUMBERS.items():
        if cells.get(name):
            try:
                row[name] = kind(cells[name])
            except ValueError:
                raise BadInput(f"{name} {cells[name]!r} is no number") from None
    for name in ("optional", "either_way"):
        if name in cells:
            row[name] = FLAGS.get(cells[name].lower(), cells[name])
    if "modality" in cells:
        row["modality"] = cells["modality"] or "actual"
    if "date_start" in cells and not cells.get("granularity"):
        one_day = cells["date_start"] and cells.get("date_end") in (None, "", cells["date_start"]) and len(cells["date_start"]) == 10
        if cells["date_start"] and not one_day:
            raise BadInput(f"how exact is the date {cells['date_start']}? Say so under `granularity` (week, month, season, year)")
        row["granularity"] = "day" if one_day else "unknown"
    return row


def read_aliases(path: Path) -> list[tuple[str, str]]:
    """(alias, name) of a CSV with these two columns; a header and lines that begin with # are left out. Errors: BadInput."""
    try:
        rows = list(csv.reader(io.StringIO(_text(path), newline=""), strict=True))
    except csv.Error as error:
        raise BadInput(f"not CSV: {error}", path) from None
    pairs = [(r[0].strip(), r[1].strip()) for r in rows if len(r) > 1 and r[0].strip() and not r[0].startswith("#")]
    return pairs[1:] if pairs and pairs[0][0].casefold() == "alias" else pairs


def told_beside(gold: Path, field: str) -> dict[str, str]:
    """Document to this field (style, split), from the articles.jsonl beside a gold file; empty where there is none. Errors: BadInput."""
    articles = gold.parent / "articles.jsonl"
    if not articles.is_file():
        return {}
    return {str(r["document"]): str(r[field]) for r in read_rows(articles, ("document",)) if r.get(field)}


def styles_beside(gold: Path) -> dict[str, str]:
    """Document to style."""
    return told_beside(gold, "style")


def splits_beside(gold: Path) -> dict[str, str]:
    """Document to split (train, check)."""
    return told_beside(gold, "split")
