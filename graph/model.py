"""What the graph is made of: documents, actors, ties, claims, events, responses, doubts.

Frozen dataclasses from the standard library only; each id is a hash of content, so that loading twice is loading once.
A field here has the same name as the property in the graph and as the key in every export.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

SCHEMA_VERSION = 1
"""Raised whenever a label, relation or property changes its meaning; a store of another version is refused."""

STATUSES = ("counted", "low", "rejected")
"""Of a claim: it makes an event; it lies under the line of confidence; a reviewer took it out."""


# An encoder made once: json.dumps makes one a call, which doubled the 14 us of an id.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def digest(*parts: Any) -> str:
    """A content id: 20 hex digits of SHA-256 over the parts, None apart from the empty string.

    80 bits: among ten million ids the chance of one collision is about 4e-11.
    """
    text = _encode([p.isoformat() if isinstance(p, date) else p for p in parts])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def actor_id(name: str) -> str:
    """The id of the actor of this canonical name; actors are shared by all cases."""
    return digest("actor", name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A folder or file of articles: the truth that a graph projects. `files` is a hash over all that was read."""

    case: str
    heading: str = ""
    notes: str = ""
    files: str = ""
    coder: str = ""

    @property
    def id(self) -> str:
        return digest("case", self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article. `document` is its path below the case without the ending; offsets count code points of `text`.

    `masked` holds (start, end, why) of text that is no part of the article: it stays, and yields no claim.
    `coding` hashes all that its claims depend on beside its text (lexicons, coder, metadata); equal means: take over.
    """

    case: str
    document: str
    title: str
    text: str
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    kind: str | None = None
    note: str | None = None
    copy_of: str | None = None
    origin: str | None = None
    file: str = ""
    sha256_file: str = ""
    sha256_text: str = ""
    masked: tuple[tuple[int, int, str], ...] = ()
    sentences: int = 0
    coding: str = ""

    @property
    def id(self) -> str:
        return digest("document", self.case, self.document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody or something that acts or is acted on, under its canonical name (see codebook.KINDS)."""

    name: str
    kind: str = "organization"
    known: bool = True
    """False where no lexicon holds the name."""

    @property
    def id(self) -> str:
        return actor_id(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A standing relation of two actors: `actor` PART_OF | LEADS | MEMBER_OF `other`, both canonical names."""

    actor: str
    relation: str
    other: str
    since: date | None = None
    until: date | None = None

    @property
    def id(self) -> str:
        return digest("tie", self.actor, self.relation, self.other, self.since, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of one document says that source did action to target on date. text[start:end] is the quote.

    `found`: reader, rule, both, hand (coded by hand), table (a row of a table of events, which is its quote), review (a reviewer's).
    `rule` names the construction, or a table's layout and code.
    `date_time` is ISO 8601 with offset where a clock time is told. `origin` is who first says so, and `own_word`
    whether that is the source itself (codebook 5); both are set when the case is put together.
    """

    case: str
    document: str
    start: int
    end: int
    quote: str
    source: str
    action: str
    target: str | None = None
    mode: str | None = None
    modality: str = "actual"
    about: tuple[str, ...] = ()
    demand_action: str | None = None
    demand_target: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    granularity: str = "unknown"
    basis: str = "unknown"
    date_words: str | None = None
    date_time: str | None = None
    announced_date: date | None = None
    deadline: str | None = None
    speaker: str | None = None
    channel: str | None = None
    trigger: str | None = None
    source_as_written: str | None = None
    target_as_written: str | None = None
    sentence: str = ""
    sentence_start: int = 0
    optional: bool = False
    actions_ok: tuple[str, ...] = ()
    found: str = "hand"
    confidence: float = 1.0
    rule: str | None = None
    occasion: str | None = None
    """Where the sentence ties the act to an earlier one ("after", "in response to"): the canonical name of that act's source."""
    status: str = "counted"
    origin: str | None = None
    own_word: bool = False

    @property
    def id(self) -> str:
        return digest("claim", self.case, self.document, self.start, self.end, self.source, self.action, self.target, self.modality)

    @property
    def demand(self) -> dict[str, str | None] | None:
        """What is asked for, as {action, target}, or None."""
        return {"action": self.demand_action, "target": self.demand_target} if self.demand_action else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The act itself, told by one or more claims (`claims`: their ids, the founding one first)."""

    case: str
    claims: tuple[str, ...]
    source: str
    action: str
    target: str | None = None
    mode: str | None = None
    modality: str = "actual"
    about: tuple[str, ...] = ()
    demand_action: str | None = None
    demand_target: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    granularity: str = "unknown"
    basis: str = "unknown"
    announced_date: date | None = None
    latest: date | None = None
    """The last day on which it can have happened: its end, or for an undated act its first publication."""
    documents: int = 0
    origins: int = 0
    """Independent sources: distinct origins of its claims, those in the actor's own word left out."""
    own_words: int = 0
    differs: tuple[str, ...] = ()
    """What its claims disagree on: date, unit, mode, modality (codebook 7.i)."""

    @property
    def id(self) -> str:
        return digest("event", self.case, self.claims[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """Event `event` answers the pressure `pressure` (both event ids). Association in time, not proof of cause.

    `kind`: fulfilled, refused, promised, answered, carried out, withdrawn. Lags in days, None where unbounded.
    `basis`: stated or inferred.
    """

    case: str
    event: str
    pressure: str
    kind: str
    lag_min: int | None = None
    lag_max: int | None = None
    basis: str = "inferred"

    @property
    def id(self) -> str:
        return digest("response", self.case, self.event, self.pressure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Two events that may be the same act; `event` < `other`, ids. `why`: date, actor, action, whether."""

    case: str
    event: str
    other: str
    why: str

    @property
    def id(self) -> str:
        return digest("doubt", self.case, self.event, self.other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """All of one case, ready to be written: the store holds exactly this of the case, or what it held before."""

    case: Case
    documents: tuple[Document, ...] = ()
    actors: tuple[Actor, ...] = ()
    ties: tuple[Tie, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    responses: tuple[Response, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())


def to_row(thing: Any) -> dict[str, Any]:
    """A dataclass of this module as a flat JSON-ready dict: dates as ISO strings, tuples as lists, `id` first.

    A claim's demand appears as `demand: {action, target}` (or None), as hand-coded files write it.
    """
    row: dict[str, Any] = {"id": thing.id} | {k: plain(v) for k, v in asdict(thing).items()}
    if isinstance(thing, Claim):
        row["demand"] = thing.demand
        del row["demand_action"], row["demand_target"]
    return row


def plain(value: Any) -> Any:
    """A value as JSON has it: dates become ISO strings, tuples lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [plain(v) for v in value]
    return value


FIRST_YEAR, LAST_YEAR = 1000, 2999
"""Dates outside are refused where they come in: arithmetic at the calendar's ends overflows."""
DATE_FIELDS = frozenset({"published", "date_start", "date_end", "announced_date", "latest", "since", "until"})


def from_row(kind: type, row: Mapping[str, Any]) -> Any:
    """The dataclass `kind` from a dict as `to_row` writes it; keys that are no field are left out.

    Errors: ValueError or TypeError where a date is no ISO date or a needed field is missing.
    """
    wanted = {f.name for f in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in row.items():
        if key not in wanted:
            continue
        if key in DATE_FIELDS and isinstance(value, str):
            value = date.fromisoformat(value)
            if not FIRST_YEAR <= value.year <= LAST_YEAR:
                raise ValueError(f"{key} {value} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
        elif isinstance(value, list):
            value = tuple(tuple(v) if isinstance(v, list) else v for v in value)
        values[key] = value
    demand = row.get("demand")
    if kind is Claim and isinstance(demand, Mapping):
        values["demand_action"], values["demand_target"] = demand.get("action"), demand.get("target")
    return kind(**values)
