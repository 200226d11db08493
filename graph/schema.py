"""What the graph is made of, for people and programs: labels, relations, properties, three example queries.

In: nothing. Out: a dict, or text. Rule: it is read off the model and the statements that write it, so that it cannot lag behind.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from graph.cypher import columns
from graph.model import SCHEMA_VERSION, Actor, Case, Claim, Document, Event
from graph.projection import LABELS, RELATIONS

KINDS: dict[str, type] = {"Case": Case, "Document": Document, "Actor": Actor, "Claim": Claim, "Event": Event}
MEANT = {
    "Case": "a folder or file of articles",
    "Document": "one article with its text",
    "Actor": "somebody that acts or is acted on, shared by all cases",
    "Claim": "one sentence that says who did what to whom",
    "Event": "the act itself, told by one or more claims",
    "NAMES": "a case names an actor, and what it says of it",
    "LEADS": "a person leads an organization",
    "MEMBER_OF": "employees, users, a group of an organization",
    "PART_OF": "a unit or subsidiary of an organization",
    "QUOTED_FROM": "where the claim stands",
    "REPORTS": "the claim tells the act",
    "SOURCE_OF": "who acted",
    "TARGETS": "on whom",
    "ABOUT": "whom it concerns beside",
    "RESPONDS_TO": "the act answers an earlier pressure (association in time, not proof of cause)",
    "MAY_BE_SAME": "two acts that may be one",
    "ACTED_ON": "source on target for each act that is actual, announced or historical",
}
DERIVED = {
    "loaded": "text",
    "report": "text",
    "masked": "text (JSON)",
    "day_published": "integer",
    "document_id": "text",
    "day_first": "integer",
    "day_last": "integer",
    "quad": "integer",
    "day_latest": "integer",
    "day_announced": "integer",
    "day_told": "integer",
    "publishers": "list of text",
    "founds": "list of text",
    "disagreements": "integer",
    "since": "date",
    "until": "date",
    "lag_min": "integer",
    "lag_max": "integer",
    "known": "boolean",
    "date_start": "date",
    "date_end": "date",
    "documents": "integer",
    "origins": "integer",
}
"""Types of properties that are no field of the label's dataclass; text where none is named. Days count from 1970-01-01."""
TYPES = {"str": "text", "int": "integer", "float": "float", "bool": "boolean", "date": "date", "tuple[str, ...]": "list of text"}

EXAMPLES = (
    (
        "Who acted on Amazon, how and when",
        "MATCH (a:Actor {name: 'Amazon'})<-[:TARGETS]-(e:Event)<-[:SOURCE_OF]-(s:Actor)\n"
        "RETURN s.name AS source_name, e.action AS act, e.date_start AS day, e.id AS event_id\n"
        "ORDER BY day, event_id",
    ),
    (
        "Which acts answer which demands, and after how many days",
        "MATCH (p:Event {action: 'REQUEST'})<-[r:RESPONDS_TO]-(e:Event)\n"
        "RETURN p.source AS asked_by, p.target AS asked, e.source AS answered_by, e.action AS act, r.kind AS answer, r.lag_max AS days\n"
        "ORDER BY p.id, e.id",
    ),
    (
        "The sentences behind the acts of one day",
        "MATCH (e:Event)<-[:REPORTS]-(c:Claim)-[:QUOTED_FROM]->(d:Document)\n"
        "WHERE e.date_start = date('2021-01-09')\n"
        "RETURN e.source AS source_name, e.action AS act, c.quote AS words, d.publisher AS paper, c.id AS claim_id\n"
        "ORDER BY claim_id",
    ),
)


def schema() -> dict[str, Any]:
    """Labels and relations with their properties and types, and example queries, JSON-ready."""
    labels = {name: {"meaning": MEANT[name], "properties": {p: _type(name, p) for p in columns(name)}} for name in LABELS}
    relations = {
        name: {"from": start, "to": end, "meaning": MEANT[name], "properties": {p: _type(name, p) for p in columns(name)[2:]}}
        for name, (start, end) in RELATIONS.items()
    }
    examples = [{"question": question, "cypher": text} for question, text in EXAMPLES]
    return {"schema": SCHEMA_VERSION, "labels": labels, "relations": relations, "examples": examples}


def schema_text() -> str:
    """The same for people."""
    parts = schema()
    lines = ["Labels"]
    for name, label in parts["labels"].items():
        lines += [f"  (:{name})  {label['meaning']}", *_listed(label["properties"])]
    lines += ["", "Relations"]
    for name, relation in parts["relations"].items():
        lines += [f"  (:{relation['from']})-[:{name}]->(:{relation['to']})  {relation['meaning']}", *_listed(relation["properties"])]
    lines += ["", "Days (day_first and the like) count from 1970-01-01; both ends are unset where an act has no date.", "", "Examples"]
    for example in parts["examples"]:
        lines += [f"  {example['question']}:", *(f"    {line}" for line in example["cypher"].splitlines()), ""]
    return "\n".join(lines).rstrip() + "\n"


def _listed(properties: dict[str, str]) -> list[str]:
    return [f"      {name}: {kind}" for name, kind in properties.items()]


def _type(name: str, key: str) -> str:
    own = {f.name: str(f.type).removesuffix(" | None") for f in fields(KINDS[name])} if name in KINDS else {}
    return TYPES.get(own.get(key, "")) or DERIVED.get(key, "text")
