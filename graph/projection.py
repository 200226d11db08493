"""A batch as rows of nodes and edges, and those rows back as a batch: what every store writes and reads.

In: a `Batch`. Out: dicts of scalars and lists, one list of rows for each label and relation, every key in every row.
Rule: nothing here knows an engine; derived properties (days as whole numbers, publishers of an act) are made only here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from graph.codebook import DONE, quad
from graph.errors import StoreError
from graph.model import Actor, Batch, Case, Claim, Document, Doubt, Event, Response, Tie, actor_id, from_row

Row = dict[str, Any]
EPOCH = date(1970, 1, 1)
LABELS = ("Case", "Document", "Actor", "Claim", "Event")
TIES = ("LEADS", "MEMBER_OF", "PART_OF")
RELATIONS: dict[str, tuple[str, str]] = {
    "NAMES": ("Case", "Actor"),
    "LEADS": ("Actor", "Actor"),
    "MEMBER_OF": ("Actor", "Actor"),
    "PART_OF": ("Actor", "Actor"),
    "QUOTED_FROM": ("Claim", "Document"),
    "REPORTS": ("Claim", "Event"),
    "SOURCE_OF": ("Actor", "Event"),
    "TARGETS": ("Event", "Actor"),
    "ABOUT": ("Event", "Actor"),
    "RESPONDS_TO": ("Event", "Event"),
    "MAY_BE_SAME": ("Event", "Event"),
    "ACTED_ON": ("Actor", "Actor"),
}
"""Each relation with the labels at its start and end. NAMES {kind, known} ties a case to the actors it names: actors are
shared by all cases, and what a case says of an actor goes with the case."""


def day_number(day: date | None) -> int | None:
    """Days since 1970-01-01, or None: whole numbers compare alike on every engine."""
    return None if day is None else (day - EPOCH).days


def day_from(number: int | None) -> date | None:
    """The date of a day number, or None."""
    return None if number is None else EPOCH + timedelta(days=number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a store keeps of a case beside the batch and never exports: when it was loaded (ISO, UTC), its report (JSON)."""

    loaded: str = ""
    report: str | None = None


def canonical(batch: Batch) -> Batch:
    """The same batch in the one order that stores and exports use, so that equal batches compare equal."""
    return replace(
        batch,
        documents=tuple(sorted(batch.documents, key=lambda d: d.document)),
        actors=tuple(sorted(batch.actors, key=lambda a: a.name)),
        ties=tuple(sorted(batch.ties, key=lambda t: (t.actor, t.relation, t.other, str(t.since), str(t.until)))),
        claims=tuple(sorted(batch.claims, key=lambda c: (c.document, c.start, c.end, c.source, c.action, c.target or "", c.modality))),
        events=tuple(sorted(batch.events, key=lambda e: e.claims[0])),
        responses=tuple(sorted(batch.responses, key=lambda r: (r.event, r.pressure))),
        doubts=tuple(sorted(batch.doubts, key=lambda d: (d.event, d.other))),
    )


def check(batch: Batch) -> None:
    """Refuse a batch that is not whole: doubled ids, another case's things, links to what is not in it (StoreError)."""
    case = batch.case.case
    all_things: tuple[tuple[Any, ...], ...] = (
        batch.documents,
        batch.actors,
        batch.ties,
        batch.claims,
        batch.events,
        batch.responses,
        batch.doubts,
    )
    known: list[set[str]] = []
    for things in all_things:
        seen: set[str] = set()
        known.append(seen)
        for thing in things:
            key = thing.id
            if key in seen:
                raise StoreError(f"case {case}: {type(thing).__name__} {_called(thing)} is there twice; nothing was written")
            seen.add(key)
            if getattr(thing, "case", case) != case:
                raise StoreError(f"case {case}: {type(thing).__name__} {_called(thing)} belongs to case {thing.case}; nothing was written")
    names = {a.name for a in batch.actors}
    documents = {d.document for d in batch.documents}
    claims, events = known[3], known[4]
    wanted: list[tuple[str, Any, set[str], Iterable[str | None]]] = []
    wanted += [("document", c, documents, (c.document,)) for c in batch.claims]
    wanted += [("actor", t, names, (t.actor, t.other)) for t in batch.ties]
    wanted += [("actor", e, names, (e.source, e.target, *e.about)) for e in batch.events]
    wanted += [("claim", e, claims, e.claims) for e in batch.events]
    wanted += [("event", r, events, (r.event, r.pressure)) for r in batch.responses]
    wanted += [("event", d, events, (d.event, d.other)) for d in batch.doubts]
    for what, thing, held, links in wanted:
        for link in links:
            if link is not None and link not in held:
                raise StoreError(f"case {case}: {type(thing).__name__} {_called(thing)} names {what} {link!r}, which the batch lacks")
    for tie in batch.ties:
        if tie.relation not in TIES:
            raise StoreError(f"case {case}: {tie.actor} {tie.relation} {tie.other}: a tie is one of {', '.join(TIES)}")


def _called(thing: Any) -> str:
    return str(getattr(thing, "document", None) or getattr(thing, "name", None) or thing.id)


def node_rows(batch: Batch, stamp: Stamp) -> dict[str, list[Row]]:
    """The nodes of a batch by label; Actor rows carry what this case says of them."""
    documents = {d.document: d for d in batch.documents}
    papers = [
        _row(d) | {"masked": json.dumps(d.masked, ensure_ascii=False), "day_published": day_number(d.published)} for d in batch.documents
    ]
    ids = {row["document"]: row["id"] for row in papers}
    claims = [_row(c) | _days(c) | {"document_id": ids[c.document]} for c in batch.claims]
    by_id = {row["id"]: c for row, c in zip(claims, batch.claims, strict=True)}
    return {
        "Case": [_row(batch.case) | {"loaded": stamp.loaded, "report": stamp.report}],
        "Document": papers,
        "Actor": [_row(a) for a in batch.actors],
        "Claim": claims,
        "Event": [_row(e) | _days(e) | _told(e, [by_id[c] for c in e.claims], documents) for e in batch.events],
    }


def edge_rows(batch: Batch) -> dict[str, list[Row]]:
    """The edges of a batch by relation: `start` and `end` are the ids of the nodes, the other keys are properties."""
    case = batch.case.case
    actor = cache(actor_id)
    documents = {d.document: d.id for d in batch.documents}
    # An id is a hash of some 15 microseconds: each is worked out once here, not once for each edge.
    events = [(e, e.id, actor(e.source), None if e.target is None else actor(e.target)) for e in batch.events]
    rows: dict[str, list[Row]] = {
        "NAMES": [{"start": batch.case.id, "end": actor(a.name), "kind": a.kind, "known": a.known} for a in batch.actors],
        "QUOTED_FROM": [{"start": c.id, "end": documents[c.document]} for c in batch.claims],
        "REPORTS": [{"start": c, "end": i} for e, i, _, _ in events for c in e.claims],
        "SOURCE_OF": [{"start": source, "end": i} for _, i, source, _ in events],
        "TARGETS": [{"start": i, "end": target} for _, i, _, target in events if target is not None],
        "ABOUT": [{"start": i, "end": actor(a)} for e, i, _, _ in events for a in dict.fromkeys(e.about)],
        "RESPONDS_TO": [
            {"start": r.event, "end": r.pressure, "kind": r.kind, "lag_min": r.lag_min, "lag_max": r.lag_max, "basis": r.basis}
            for r in batch.responses
        ],
        "MAY_BE_SAME": [{"start": d.event, "end": d.other, "why": d.why} for d in batch.doubts],
        "ACTED_ON": [
            {"start": source, "end": target, "event": i} | _acted(e)
            for e, i, source, target in events
            if target is not None and e.modality in DONE
        ],
    }
    for relation in TIES:
        rows[relation] = [
            {"start": actor(t.actor), "end": actor(t.other), "case": case, "since": t.since, "until": t.until}
            for t in batch.ties
            if t.relation == relation
        ]
    return {relation: sorted(rows[relation], key=lambda r: (r["start"], r["end"])) for relation in RELATIONS}


FIELDS = {kind: tuple(f.name for f in fields(kind)) for kind in (Case, Document, Actor, Claim, Event)}


def _row(thing: Any) -> Row:
    """The fields of a dataclass as properties, `id` first; tuples become lists."""
    row: Row = {"id": thing.id}
    for name in FIELDS[type(thing)]:
        value = getattr(thing, name)
        row[name] = list(value) if isinstance(value, tuple) else value
    return row


def _days(thing: Claim | Event) -> Row:
    """First and last possible day as numbers: both set where one end is told, both None where undated."""
    first, last = thing.date_start or thing.date_end, thing.date_end or thing.date_start
    return {"day_first": day_number(first), "day_last": day_number(last)}


def _told(event: Event, claims: list[Claim], documents: Mapping[str, Document]) -> Row:
    """What an act takes from those who tell it, so that a filter is a test of one node."""
    told = [documents[c.document] for c in claims]
    published = [d.published for d in told if d.published]
    return {
        "quad": quad(event.action),
        "day_latest": day_number(event.latest),
        "day_announced": day_number(event.announced_date),
        "day_told": day_number(min(published, default=None)),
        "publishers": sorted({d.publisher for d in told if d.publisher}),
        "founds": sorted({c.found for c in claims}),
        "disagreements": len(event.differs),
    }


def _acted(event: Event) -> Row:
    return {
        "case": event.case,
        "action": event.action,
        "mode": event.mode,
        "quad": quad(event.action),
        "modality": event.modality,
        "date_start": event.date_start,
        "date_end": event.date_end,
        **_days(event),
        "documents": event.documents,
        "origins": event.origins,
    }


def shared_actors(rows: Iterable[tuple[str, Row]]) -> list[Row]:
    """One row for each actor over all cases, from (case, actor row): a case that knows the name goes before one that does
    not, then the alphabet; so the graph does not depend on which case was loaded first."""
    best: dict[str, tuple[tuple[bool, str], Row]] = {}
    for case, row in rows:
        rank = (not row["known"], case)
        if row["id"] not in best or rank < best[row["id"]][0]:
            best[row["id"]] = (rank, row)
    return [best[key][1] for key in sorted(best)]


def tables(held: Iterable[tuple[Batch, Stamp]]) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """Nodes by label and edges by relation of several cases together, actors once; in order of the cases' names."""
    nodes: dict[str, list[Row]] = {label: [] for label in LABELS}
    edges: dict[str, list[Row]] = {relation: [] for relation in RELATIONS}
    actors: list[tuple[str, Row]] = []
    for batch, stamp in sorted(held, key=lambda pair: pair[0].case.case):
        for label, rows in node_rows(batch, stamp).items():
            if label == "Actor":
                actors += [(batch.case.case, row) for row in rows]
            else:
                nodes[label] += rows
        for relation, rows in edge_rows(batch).items():
            edges[relation] += rows
    nodes["Actor"] = shared_actors(actors)
    return nodes, edges


Ask = Callable[[str, Mapping[str, Any]], list[Row]]
"""Asks a statement of cypher/stored by name."""


def read_batch(ask: Ask, case: str) -> tuple[Batch, Stamp]:
    """Everything of a case back as model objects, in canonical order. Errors: StoreError where there is no such case."""
    p = {"case": case}
    found = ask("stored_case", p)
    if not found:
        raise StoreError(f"no case {case!r} in this store; it holds: {', '.join(r['case'] for r in ask('stored_cases', {})) or 'none'}")
    documents = [{**r, "masked": json.loads(r["masked"])} for r in ask("stored_documents", p)]
    batch = Batch(
        case=from_row(Case, found[0]),
        documents=_things(Document, documents),
        actors=_things(Actor, ask("stored_actors", p)),
        ties=_things(Tie, ask("stored_ties", p)),
        claims=_things(Claim, ask("stored_claims", p)),
        events=_things(Event, ask("stored_events", p)),
        responses=_things(Response, ask("stored_responses", p)),
        doubts=_things(Doubt, ask("stored_doubts", p)),
    )
    return canonical(batch), Stamp(loaded=found[0]["loaded"], report=found[0]["report"])


def _things(kind: type, rows: Iterable[Row]) -> tuple[Any, ...]:
    return tuple(from_row(kind, row) for row in rows)
