"""The files that an evaluation reads: codings, aliases, styles.

In: paths. Out: rows as evaluate.py takes them. Rule: a line that can't be read is an error that names file and line, never skipped,
since a figure over half a file looks like a figure.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from graph.errors import BadInput
from loaders.formats import decode


def _text(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise BadInput(f"cannot be read: {error.strerror}", path) from None
    except BadInput as error:
        raise BadInput(error.reason, path) from None


def read_rows(path: Path, needed: tuple[str, ...] = ("document", "action")) -> list[dict[str, Any]]:
    """The objects of a .jsonl, each with the keys `needed`. Errors: BadInput naming file and line."""
    rows = []
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise BadInput(f"not JSON: {error}", path, number) from None
        if not isinstance(row, dict):
            raise BadInput("not a JSON object", path, number)
        if missing := [k for k in needed if k not in row]:
            raise BadInput(f"no {', '.join(missing)}", path, number)
        rows.append(row)
    return rows


def read_aliases(path: Path) -> list[tuple[str, str]]:
    """(alias, name) of a CSV with these two columns; a header and lines that begin with # are left out. Errors: BadInput."""
    try:
        rows = list(csv.reader(io.StringIO(_text(path), newline=""), strict=True))
    except csv.Error as error:
        raise BadInput(f"not CSV: {error}", path) from None
    pairs = [(r[0].strip(), r[1].strip()) for r in rows if len(r) > 1 and r[0].strip() and not r[0].startswith("#")]
    return pairs[1:] if pairs and pairs[0][0].casefold() == "alias" else pairs


def styles_beside(gold: Path) -> dict[str, str]:
    """Document to style, from the articles.jsonl beside a gold file; empty where there is none. Errors: BadInput."""
    articles = gold.parent / "articles.jsonl"
    if not articles.is_file():
        return {}
    return {str(r["document"]): str(r["style"]) for r in read_rows(articles, ("document",)) if r.get("style")}


def splits_beside(gold: Path) -> dict[str, str]:
    """Document to split (train, check), from the articles.jsonl beside a gold file; empty where there is none."""
    articles = gold.parent / "articles.jsonl"
    return {str(r["document"]): str(r["split"]) for r in read_rows(articles, ("document",)) if r.get("split")} if articles.is_file() else {}
