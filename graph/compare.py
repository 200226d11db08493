"""Two states of one case -> what fell, what stayed, what differs; and whether a state is sound in itself.

In: batches. Out: lines for people. Rule: it looks only; nothing is written here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from graph.model import Batch, Claim, Event, to_row

PARTS = ("documents", "actors", "ties", "claims", "events", "responses", "doubts")


def sound(batch: Batch) -> list[str]:
    """What is wrong inside one batch: texts that do not hash to what they say, quotes that do not stand, ends that hang loose."""
    wrong: list[str] = []
    texts = {d.document: d for d in batch.documents}
    for d in batch.documents:
        if d.text and d.sha256_text and hashlib.sha256(d.text.encode("utf-8", "surrogatepass")).hexdigest() != d.sha256_text:
            wrong.append(f"document {d.document}: its text does not match its hash")
    for c in batch.claims:
        document = texts.get(c.document)
        if document is None:
            wrong.append(f"claim {c.id}: there is no document {c.document!r}")
        elif document.text and document.text[c.start : c.end] != c.quote:
            wrong.append(f"claim {c.id}: its quote does not stand at {c.start} of {c.document}: {c.quote[:60]!r}")
    names, claims, events = {a.name for a in batch.actors}, {c.id for c in batch.claims}, {e.id for e in batch.events}
    for e in batch.events:
        wrong += [f"event {e.id}: no actor {n!r}" for n in (e.source, e.target) if n is not None and n not in names]
        wrong += [f"event {e.id}: no claim {c}" for c in e.claims if c not in claims]
    told = {c for e in batch.events for c in e.claims}
    wrong += [f"claim {c.id}: counted, but in no event" for c in batch.claims if c.status == "counted" and c.id not in told]
    wrong += [f"response {r.id}: no event {x}" for r in batch.responses for x in (r.event, r.pressure) if x not in events]
    return wrong


def differences(held: Batch, fresh: Batch) -> list[str]:
    """Where a stored case and the same case read anew from its files differ, a line each; empty where they are equal."""
    out: list[str] = []
    if held.case != fresh.case:
        out += [f"case: {k} is {a!r}, the files give {b!r}" for k, a, b in _fields(to_row(held.case), to_row(fresh.case))]
    for part in PARTS:
        stored, read = ({t.id: t for t in getattr(b, part)} for b in (held, fresh))
        out += [f"{part}: {_say(read[i])} is missing in the store" for i in sorted(read.keys() - stored.keys())]
        out += [f"{part}: {_say(stored[i])} is in the store, but not in the files" for i in sorted(stored.keys() - read.keys())]
        for i in sorted(stored.keys() & read.keys()):
            if stored[i] != read[i]:
                out += [
                    f"{part}: {_say(stored[i])}: {k} is {a!r}, the files give {b!r}"
                    for k, a, b in _fields(to_row(stored[i]), to_row(read[i]))
                ]
    return out


def fallen(before: Batch, after: Batch) -> tuple[list[str], list[str]]:
    """What went from one state to the next: (events without support now, events that others still support), a line each."""
    left = {c for e in after.events for c in e.claims}
    lost = [e for e in before.events if not left & set(e.claims)]
    kept = [e for e in before.events if left & set(e.claims) and not set(e.claims) <= left]
    return [_say(e) for e in lost], [f"{_say(e)} ({len(left & set(e.claims))} of {len(e.claims)} claims stay)" for e in kept]


def _fields(one: dict[str, Any], other: dict[str, Any]) -> Iterable[tuple[str, Any, Any]]:
    return [(k, one[k], other[k]) for k in one if one[k] != other[k]]


def _say(thing: Any) -> str:
    """A thing in a few words."""
    if isinstance(thing, (Claim, Event)):
        day = thing.date_start.isoformat() if thing.date_start else "undated"
        return f"{thing.source} {thing.action} {thing.target or '-'} ({day}, {thing.modality})"
    return str(getattr(thing, "document", None) or getattr(thing, "name", None) or thing.id)
