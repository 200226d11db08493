"""Rows of a statement folded into rows of an answer: pure functions that the named questions share.

In: dicts as a store hands them out. Out: row dataclasses and their order.
Rule: order and status are decided here, in Python, so that no engine's sorting shows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from graph import codebook
from graph.model import actor_id
from graph.projection import Row, day_from
from graph.rows import Act, Demand, Evidence, ProfileLine, Step

KINDS = ("fulfilled", "carried out", "withdrawn", "refused", "promised", "answered")
"""Kinds of response; of two on the same day the earlier one here is the status."""


def id_of(name: str | None) -> str | None:
    return None if name is None else actor_id(name)


def fill(kind: type, row: Row, **more: Any) -> Any:
    """A row dataclass from the columns of the same names; lists become tuples."""
    values = {**row, **more}
    return kind(**{f.name: tuple(v) if isinstance(v := values[f.name], list) else v for f in fields(kind)})


def by_date(row: Row) -> tuple[Any, ...]:
    first = row.get("day_first")
    return (first is None, first or 0, row.get("day_last") or 0, row["event"])


def act(row: Row) -> Act:
    return fill(
        Act,
        row,
        source_id=actor_id(row["source"]),
        target_id=id_of(row["target"]),
        verb=codebook.verb(row["action"], row["mode"]),
        claims=len(row["claims"]),
    )


def line(actor: str, row: Row, count: int, first: date | None, last: date | None) -> ProfileLine:
    return ProfileLine(
        actor=actor,
        actor_id=actor_id(actor),
        part=row["part"],
        what=row["what"],
        other=row["other"],
        other_id=id_of(row["other"]),
        acts=count,
        first=first,
        last=last,
    )


def _response_day(row: Row) -> tuple[bool, int, int]:
    """When a response stands: undated ones first, by their latest possible day; then by day (of announcement where told)."""
    last = row["response_last"] if row["response_last"] is not None else row["response_announced"]
    if last is None:
        return False, row["response_latest"] or 0, 0
    return True, last, row["response_first"] if row["response_first"] is not None else last


def response_order(row: Row) -> tuple[Any, ...]:
    return () if row["response"] is None else (*_response_day(row), row["response"])


def status(modality: str, answers: list[Row]) -> str | None:
    """Codebook 6: the latest dated kind; `open` without any, but never for a historical pressure (None)."""
    if not answers:
        return None if modality == "historical" else "open"
    rank = {kind: -i for i, kind in enumerate(KINDS)}
    return str(max(answers, key=lambda r: (*_response_day(r), rank.get(r["kind"], -9), r["response"]))["kind"])


def bounded(answers: list[Demand]) -> list[tuple[int, int]]:
    return [(d.lag_min, d.lag_max) for d in answers if d.lag_min is not None and d.lag_max is not None]


def period(day: date | None, step: str) -> date | None:
    if day is None or step == "day":
        return day
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day.replace(month=1, day=1)


def said(row: Row, prefix: str) -> str:
    words = f"{row[prefix + 'source']} {row[prefix + 'action']} {row[prefix + 'target'] or '-'}"
    return f"{words}, {row[prefix + 'modality']}, {_dates(row[prefix + 'date_start'], row[prefix + 'date_end'])}"


def _dates(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return "no date"
    return str(start) if start == end else f"{start or '?'} to {end or '?'}"


def values(why: str, rows: list[Row]) -> tuple[str, ...]:
    """What is said of one facet, each value with who says so: `2021-01-08 (BBC, CNN)`."""
    said: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if why == "date":
            value = _dates(row["other_date_start"], row["other_date_end"])
        elif why == "unit":
            value = f"{row['other_source']} to {row['other_target'] or '-'}"
        elif why == "mode":
            value = row["other_mode"] or "no mode"
        else:
            value = row["other_modality"]
        said[value].add(row["origin"] or row["document"])
    return tuple(f"{value} ({', '.join(sorted(said[value]))})" for value in sorted(said))


def sentence(row: Row) -> Evidence:
    at = row["start"] - row["sentence_start"]
    within = at >= 0 and row["sentence"][at : at + len(row["quote"])] == row["quote"]
    return fill(
        Evidence,
        row,
        source_id=actor_id(row["source"]),
        target_id=id_of(row["target"]),
        quote_at=at if within else None,
        quote_end=at + len(row["quote"]) if within else None,
    )


def step(chain: int, step: int, rows: list[Row]) -> Step:
    days = [d for r in rows for d in (r["day_first"], r["day_last"]) if d is not None]
    latest = max(rows, key=lambda r: (r["day_last"] is not None, r["day_last"] or 0, r["event"]))
    return Step(
        chain=chain,
        step=step,
        source=rows[0]["source"],
        source_id=actor_id(rows[0]["source"]),
        target=rows[0]["target"],
        target_id=actor_id(rows[0]["target"]),
        acts=len(rows),
        actions=tuple(t for t in codebook.types() if any(r["action"] == t for r in rows)),
        first=day_from(min(days, default=None)),
        last=day_from(max(days, default=None)),
        event=latest["event"],
    )
