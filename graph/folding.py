"""Rows of a statement folded into rows of an answer: pure functions that the named questions share.

In: dicts as a store hands them out. Out: row dataclasses and their order.
Rule: order and status are decided here, in Python, so that no engine's sorting shows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from graph import codebook, responses
from graph.model import Event, Response, actor_id
from graph.projection import Row, day_from
from graph.rows import Act, Demand, Evidence, ProfileLine, Step


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


def response_order(row: Row) -> tuple[Any, ...]:
    """Undated answers first, then by last day, as the ledger picks its status."""
    return row["response_date_end"] or date.min, row["response_announced_date"] or date.min, row["response"] or ""


def status(rows: list[Row], last_day: date | None) -> str:
    """Where a pressure stands (responses.status), from its rows of demands."""
    answers = [(_response(row), _event(row, "response_")) for row in rows if row["response"] is not None]
    return responses.status(_event(rows[0], ""), answers, last_day)


def _event(row: Row, prefix: str) -> Event:
    kept = ("source", "action", "target", "modality", "date_start", "date_end")
    told = row[f"{prefix}announced_date"] if prefix else None
    return Event(case=row["case"], claims=tuple(row[f"{prefix}claims"]), announced_date=told, **{key: row[prefix + key] for key in kept})


def _response(row: Row) -> Response:
    kept = ("kind", "lag_min", "lag_max", "basis")
    return Response(case=row["case"], event=row["response"], pressure=row["event"], **{key: row[key] for key in kept})


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
