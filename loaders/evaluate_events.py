"""How well events and responses agree with hand-made ones.

In: gold events and claims as rows, and ours. Out: an `EventScore`. Rule: ours are led back to gold through the claims that both
codings have, paired as in evaluate.py; a claim that gold does not have makes every pair and link it is in wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.model import Claim, Event, Response, to_row
from loaders.evaluate import Figures, pair_up
from loaders.evaluate_text import head, line
from loaders.matching import Names, Row, coded

AFTER_THREAT = frozenset({"carried out", "withdrawn"})
"""What became of a threat is no answer; gold lists answers only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventScore:
    """`same_act`: pairs of claims in one event. `same_act_shared`: the same among the claims that both codings have.
    `responses`: links from a response to its pressure. `kinds`: of the right links, those of the right kind, and all."""

    same_act: Figures
    same_act_shared: Figures
    responses: Figures
    kinds: tuple[int, int]


def score_events(
    gold_events: Iterable[Row],
    gold_claims: Iterable[Row],
    events: Sequence[Event],
    claims: Iterable[Claim],
    responses: Iterable[Response] = (),
    aliases: Iterable[tuple[str, str]] = (),
) -> EventScore:
    """Agreement of our events and responses with gold's; gold claims carry `id`, gold events list those ids under `claims`.

    Of gold's events only what the gold claims given tell is asked for, so that a part of the documents can be scored.
    """
    gold_claims = list(gold_claims)
    ids = {str(r["id"]) for r in gold_claims if r.get("id")}
    gold_events = [{**e, "claims": told} for e in gold_events if (told := [c for c in e["claims"] if c in ids])]
    there = {str(e["event"]) for e in gold_events}
    gold = coded(gold_claims)
    ours = coded(to_row(c) for c in claims)
    met = pair_up(gold, ours, Names(aliases), 0)
    as_gold = {p.said.row["id"]: str(p.gold.row["id"]) for p in met if p.typed}
    home = {c: str(e["event"]) for e in gold_events for c in e["claims"]}

    wanted = {frozenset(p) for e in gold_events for p in combinations(sorted(e["claims"]), 2)}
    made = [frozenset(as_gold.get(c, f"\0{c}") for c in p) for e in events for p in combinations(e.claims, 2)]
    right = sum(p in wanted for p in made)
    shared = set(as_gold.values())
    shared_wanted = sum(p <= shared for p in wanted)
    shared_made = sum(p <= shared for p in made)

    names = {e.id: _home(e, as_gold, home) for e in events}
    links = {
        (str(e["event"]), str(r["event"])): str(r["kind"])
        for e in gold_events
        for r in e.get("responds_to") or ()
        if str(r["event"]) in there
    }
    told = [(names.get(r.event), names.get(r.pressure), r.kind) for r in responses if r.kind not in AFTER_THREAT]
    hits = {(a, b): kind for a, b, kind in told if a and b and (a, b) in links}
    return EventScore(
        same_act=Figures(len(wanted), len(made), right),
        same_act_shared=Figures(shared_wanted, shared_made, right),
        responses=Figures(len(links), len(told), len(hits)),
        kinds=(sum(links[k] == kind for k, kind in hits.items()), len(hits)),
    )


def _home(event: Event, as_gold: dict[str, str], home: dict[str, str]) -> str | None:
    """The gold event that most claims of ours belong to; of several the first told's."""
    votes = Counter(home[g] for c in event.claims if (g := as_gold.get(c)) in home and g)
    return votes.most_common(1)[0][0] if votes else None


def events_text(result: EventScore) -> str:
    """The result as a table."""
    rows = (("same act", result.same_act), ("  shared claims", result.same_act_shared), ("responses", result.responses))
    return "\n".join([head(), *(line(n, f) for n, f in rows), f"kinds right: {result.kinds[0]} of {result.kinds[1]} right links"])


def events_json(result: EventScore) -> dict[str, Any]:
    """The result as plain values."""
    return {
        "same_act": result.same_act.row(),
        "same_act_shared": result.same_act_shared.row(),
        "responses": result.responses.row(),
        "kinds": {"right": result.kinds[0], "of": result.kinds[1]},
    }
