"""Rows -> a table for a terminal, CSV or JSON.

In: rows as dicts, all with the same keys. Out: text that ends with a newline. Rule: a table may leave columns out, and then
says how many; CSV and JSON hold everything.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from graph.exports import cell
from graph.model import plain

FORMATS = ("table", "csv", "json")
WIDE = 38
"""Characters of a cell in a table; longer text is cut with an ellipsis."""

SHOWN: dict[str, tuple[str, ...]] = {
    "pressure_edges": ("source", "target", "acts", "actions", "counts", "first", "last", "documents", "origins", "disagreements"),
    "acts": ("date_start", "date_end", "source", "verb", "target", "action", "modality", "documents", "origins"),
    "dyad": ("date_start", "date_end", "source", "verb", "target", "action", "modality", "documents", "origins"),
    "demands": (
        "source",
        "action",
        "target",
        "date_start",
        "status",
        "response_source",
        "response_action",
        "lag_min",
        "lag_max",
        "basis",
        "demand_action",
    ),
    "evidence": ("date_start", "source", "action", "target", "publisher", "published", "quote"),
    "disagreements": (
        "where",
        "why",
        "source",
        "action",
        "target",
        "date_start",
        "other_source",
        "other_action",
        "other_date_start",
        "values",
    ),
    "sources": ("document", "publisher", "published", "copy_of", "claims", "acts", "first", "alone"),
}
"""The columns that a table of a named question shows first, since a terminal holds few."""


def render(rows: Sequence[dict[str, Any]], form: str, columns: Sequence[str], width: int = 120, shown: Sequence[str] | None = ()) -> str:
    """The rows in one of FORMATS; `columns` names them where there are no rows, `shown` those that a table shows first.

    `shown` None: the asker named the columns, and a table leaves none of them out but for want of width.
    """
    names = list(rows[0]) if rows else list(columns)
    if form == "json":
        return json.dumps([{k: plain(v) for k, v in r.items()} for r in rows], ensure_ascii=False, indent=1) + "\n"
    if form == "csv":
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([cell(_flat(r[k])) for k in names] for r in rows)
        return out.getvalue()
    if shown is None:
        return _table(rows, names, names, width)
    order = [*shown, *(n for n in names if n not in shown)]
    return _table(rows, names, [n for n in order if not _left_out(n, rows)] or order, width)


def _left_out(name: str, rows: Sequence[dict[str, Any]]) -> bool:
    """Whether a table does without a column: ids, and what is empty throughout."""
    return name.endswith("_id") or name in ("case", "event", "claim", "other_event") or all(r[name] in (None, "", (), []) for r in rows)


def _flat(value: Any) -> Any:
    value = plain(value)
    return "; ".join(str(v) for v in value) if isinstance(value, list) else value


def _table(rows: Sequence[dict[str, Any]], names: Sequence[str], shown: list[str], width: int) -> str:
    """Aligned columns; the last ones that the width does not hold are left out."""
    if not rows:
        return "no rows\n"
    cells = [[_short(r[n]) for n in shown] for r in rows]
    sizes = [max(len(n), *(len(c[k]) for c in cells)) for k, n in enumerate(shown)]
    fit = len(shown)
    while fit > 1 and sum(sizes[:fit]) + 2 * (fit - 1) > width:
        fit -= 1
    lines = ["  ".join(x.ljust(sizes[k]) for k, x in enumerate(row[:fit])).rstrip() for row in [shown, *cells]]
    lines.insert(1, "  ".join("-" * s for s in sizes[:fit]))
    left = len(names) - fit
    lines.append(f"{len(rows)} row{'s' * (len(rows) != 1)}" + (f"; {left} more columns with --format csv or json" if left else ""))
    return "\n".join(lines) + "\n"


def _short(value: Any) -> str:
    """A value on one line, without control characters (a terminal obeys them), cut to WIDE."""
    value = _flat(value)
    text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= WIDE else text[: WIDE - 1] + "…"
