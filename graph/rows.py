"""What the named questions answer: one frozen dataclass a question, flat, JSON-ready by `as_json`.

`source` and `target` are canonical names, `source_id` and `target_id` the ids beside them; dates are datetime.date or None.
Rule: a field here is a column of every table, file and frame; a name that changes breaks them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from graph.model import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """An actor and how many acts it did and received."""

    actor: str
    actor_id: str
    kind: str
    known: bool
    did: int
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Who acted on whom: all acts of one source on one target.

    `actions` and `counts` run in parallel, in the order of the codebook; `main_action` is the most frequent. `first` and
    `last` are the first and last possible day of its dated acts. `origins` are independent sources, the actor's own word
    left out. `scale` is the mean of the codebook's scale. `disagreements`: acts whose sources differ.
    """

    source: str
    source_id: str
    target: str
    target_id: str
    acts: int
    main_action: str
    actions: tuple[str, ...]
    counts: tuple[int, ...]
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    scale: float
    first: date | None
    last: date | None
    undated: int
    documents: int
    origins: int
    disagreements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act (event). `verb` are the words between source and target; `latest` the last day on which it can have happened."""

    event: str
    case: str
    source: str
    source_id: str
    target: str | None
    target_id: str | None
    action: str
    mode: str | None
    verb: str
    quad: int
    modality: str
    about: tuple[str, ...]
    demand_action: str | None
    demand_target: str | None
    date_start: date | None
    date_end: date | None
    granularity: str
    basis: str
    announced_date: date | None
    latest: date | None
    claims: int
    documents: int
    origins: int
    own_words: int
    differs: tuple[str, ...]
    publishers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLine:
    """One line of what is known of an actor.

    `part`: did, received, about (acts that concern it), gave (its answers, by kind), got (answers to it, by kind), role
    (it PART_OF, LEADS, MEMBER_OF the other), holds (the other PART_OF, LEADS, MEMBER_OF it). `what`: the action, kind of
    response or relation. `first` and `last`: days of its acts, or since and until of a role.
    """

    actor: str
    actor_id: str
    part: str
    what: str
    other: str | None
    other_id: str | None
    acts: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A pressure (REQUEST, THREATEN, PROTEST) with one of the acts that answer it, or with none.

    `status`: the latest dated kind of its responses, `open` where there is none, `not told` for a historical one without any.
    `responses` is their number; the fields from `response` on are of this one. Lags in days. Association in time, not proof.
    """

    event: str
    case: str
    source: str
    source_id: str
    target: str | None
    target_id: str | None
    action: str
    mode: str | None
    modality: str
    demand_action: str | None
    demand_target: str | None
    date_start: date | None
    date_end: date | None
    granularity: str
    latest: date | None
    documents: int
    origins: int
    status: str
    responses: int
    response: str | None
    response_source: str | None
    response_source_id: str | None
    response_action: str | None
    response_mode: str | None
    response_target: str | None
    response_target_id: str | None
    response_modality: str | None
    response_date_start: date | None
    response_date_end: date | None
    response_announced_date: date | None
    kind: str | None
    lag_min: int | None
    lag_max: int | None
    basis: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How one actor answers the pressure on it. `asked`: pressures aimed at it; each stands under one status.

    `unknown` are historical ones without an answer, never called open. Shares are of `asked` without those, None where
    nothing is left. Medians in days, over the first answer (smallest lag) of each pressure that has a bounded lag.
    """

    actor: str
    actor_id: str
    asked: int
    answered: int
    open: int
    unknown: int
    fulfilled: int
    promised: int
    refused: int
    other: int
    share_answered: float | None
    share_fulfilled: float | None
    lags: int
    median_lag_min: float | None
    median_lag_max: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """How many acts of one type fall in one period; `period` is its first day, None for acts without a date.

    An act whose date is an interval is counted once, at its first possible day.
    """

    period: date | None
    action: str
    quad: int
    acts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Sources that differ. `where`: inside (one act, told differently) or between (two acts that may be one).

    `why`: date, unit, mode, modality inside; date, actor, action, whether between. `values`: what is said of it, each with
    who says so; for `between`, the `other_` fields hold the second act.
    """

    where: str
    why: str
    case: str
    event: str
    source: str
    source_id: str
    action: str
    target: str | None
    target_id: str | None
    modality: str
    date_start: date | None
    date_end: date | None
    values: tuple[str, ...]
    other_event: str | None
    other_source: str | None
    other_action: str | None
    other_target: str | None
    other_modality: str | None
    other_date_start: date | None
    other_date_end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One sentence that tells an act. text[start:end] of the document is `quote`; `sentence[quote_at:quote_end]` is it too
    (both None where the quote is not within that one sentence). Offsets count code points.
    """

    event: str
    claim: str
    case: str
    document: str
    document_id: str
    title: str
    publisher: str | None
    published: date | None
    url: str | None
    copy_of: str | None
    quote: str
    start: int
    end: int
    sentence: str
    sentence_start: int
    quote_at: int | None
    quote_end: int | None
    source: str
    source_id: str
    action: str
    mode: str | None
    target: str | None
    target_id: str | None
    modality: str
    date_start: date | None
    date_end: date | None
    granularity: str
    date_words: str | None
    speaker: str | None
    channel: str | None
    origin: str | None
    own_word: bool
    found: str
    confidence: float
    rule: str | None
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A document and what it tells. `first`: acts told by none earlier; `alone`: acts that only it tells."""

    document: str
    document_id: str
    case: str
    title: str
    publisher: str | None
    published: date | None
    url: str | None
    copy_of: str | None
    origin: str | None
    sentences: int
    claims: int
    acts: int
    first: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that holds the words searched for. `kind`: actor, document, quote; `id` of the actor, document or claim.

    `event` and `document` lead on from a quote; `text` is the name, the title or the quote.
    """

    kind: str
    id: str
    text: str
    case: str | None
    document: str | None
    event: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """Something left open, and how often. `kind`: name (no lexicon holds it; counted in acts), date (words that gave no day)
    or no date (claims without any date words, by their basis; counted in claims)."""

    kind: str
    what: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of a shortest chain of acts between two actors: `chain` counts chains, `step` the links of each, from 1.

    `source` did `acts` acts to `target`; a pair that acted both ways gives two rows for one step. `event` is the latest of them.
    """

    chain: int
    step: int
    source: str
    source_id: str
    target: str
    target_id: str
    acts: int
    actions: tuple[str, ...]
    first: date | None
    last: date | None
    event: str


def as_json(row: Any) -> dict[str, Any]:
    """A row as a flat dict: dates as ISO text, tuples as lists."""
    return {f.name: plain(getattr(row, f.name)) for f in fields(row)}
