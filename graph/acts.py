"""Claims to events: decide which claims tell of the same act (codebook 7), and which events may be one.

In: claims, documents, ties, actors. Out: events and doubts. Rule: the result does not depend on the order of what goes in, and
every counted claim ends in exactly one event.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from graph.codebook import DONE, HISTORICAL_DAYS, quad
from graph.model import Actor, Claim, Document, Doubt, Event, Tie
from graph.units import Units

# Codebook 7. Words can be said again on the next day, so they are one act only where their days overlap; a deed told a few
# days apart is one deed.
OVERLAP_ONLY = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "STATEMENT"})
SAME_ACT_DAYS = 3
DOUBT_DAYS = 7
ORGANIZATIONS = frozenset({"organization", "unit", "government", "media"})

Settled = Mapping[frozenset[str], bool]
"""What reviewers decided on pairs of claim ids: True the same act, False not."""


def with_origins(
    claims: Iterable[Claim], documents: Iterable[Document], actors: Iterable[Actor], ties: Iterable[Tie] = ()
) -> tuple[Claim, ...]:
    """The claims with `origin` (who first says so, codebook 5) and `own_word` (whether that is the source itself) set, in their order."""
    by_name = {(d.case, d.document): d for d in documents}
    media = {a.name for a in actors if a.kind == "media"}
    units = Units(ties)

    def of_document(document: Document | None, seen: frozenset[str] = frozenset()) -> tuple[str | None, bool]:
        """The origin of a document, and whether it goes before a speaker."""
        if document is None or document.document in seen:
            return None, False
        if document.origin:
            return document.origin, True
        original = by_name.get((document.case, document.copy_of)) if document.copy_of else None
        if original:
            first, _ = of_document(original, seen | {document.document})
            if first:
                return first, True
        return document.publisher, False

    known = {key: of_document(document) for key, document in by_name.items()}
    done = []
    for claim in claims:
        origin, fixed = known.get((claim.case, claim.document), (None, False))
        if not fixed and claim.speaker in media:
            origin = claim.speaker
        own = units.joined(claim.source, origin) or units.joined(claim.source, claim.speaker)
        done.append(replace(claim, origin=origin, own_word=own))
    return tuple(done)


def events(
    claims: Iterable[Claim],
    documents: Iterable[Document],
    ties: Iterable[Tie] = (),
    actors: Iterable[Actor] = (),
    settled: Settled | None = None,
) -> tuple[tuple[Event, ...], tuple[Doubt, ...]]:
    """Events and the doubts between them, from the claims whose status is `counted`, each sorted by id.

    Documents give the days of publication, ties what is part of what, actors the kinds (a name without one is an organization).
    Claims with one id are one claim.
    """
    ties = tuple(ties)
    published = {(d.case, d.document): d.published for d in documents}
    unique: dict[str, Claim] = {}
    for claim in claims:
        if claim.status == "counted":
            twin = unique.setdefault(key := claim.id, claim)
            if twin is not claim and repr(claim) < repr(twin):
                unique[key] = claim
    groups = _Groups(Units(ties), published, settled or {})
    groups.place(sorted(unique.values(), key=_order))
    made = sorted((groups.event(g) for g in groups.groups), key=lambda e: e.id)
    kinds = {a.name: a.kind for a in actors}
    leaders = {frozenset((t.actor, t.other)) for t in ties if t.relation != "PART_OF"}
    doubts = _doubts(made, groups, kinds, leaders)
    return tuple(made), tuple(sorted(doubts, key=lambda d: d.id))


def _order(claim: Claim) -> tuple[Any, ...]:
    """A total order of claims with different ids: dated ones first, by (start, end, document, offset)."""
    dates = (0, *span) if (span := _span(claim)) else (1, date.min, date.min)
    who = (claim.source, claim.action, claim.target is not None, claim.target or "", claim.modality)
    return (*dates, claim.document, claim.start, claim.end, claim.case, *who)


def _span(claim: Claim) -> tuple[date, date] | None:
    return (claim.date_start, claim.date_end or claim.date_start) if claim.date_start else None


def _sort_of(modality: str) -> str:
    return "real" if modality in DONE else modality


def gap(one: tuple[date, date], other: tuple[date, date]) -> int:
    """Days between two intervals; 0 where they overlap."""
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)


@dataclass(eq=False)
class _Group:
    """Claims of one act while they are gathered; the first is the founder."""

    claims: list[Claim] = field(default_factory=list)

    @property
    def spans(self) -> list[tuple[date, date]]:
        return [s for c in self.claims if (s := _span(c))]


class _Groups:
    """All groups of a case, found by what their claims must share."""

    def __init__(self, units: Units, published: Mapping[tuple[str, str], date | None], settled: Settled) -> None:
        self.units, self.published, self.settled = units, published, settled
        self.by_key: dict[tuple[Any, ...], list[_Group]] = defaultdict(list)
        self.groups: list[_Group] = []

    def key(self, claim: Claim) -> tuple[Any, ...]:
        return (claim.case, claim.action, _sort_of(claim.modality), self.units.family(claim.source), self.units.family(claim.target))

    def place(self, claims: Sequence[Claim]) -> None:
        """Claims in their order; afterwards what reviewers joined is joined."""
        open_groups: dict[tuple[Any, ...], list[_Group]] = defaultdict(list)
        for claim in claims:
            key = self.key(claim)
            if span := _span(claim):
                # Claims come by their first day, so that a group that ended too early can take none of the later ones.
                last = span[0] - timedelta(days=SAME_ACT_DAYS)
                open_groups[key] = [g for g in open_groups[key] if all(end >= last for _, end in g.spans)]
                home = next((g for g in open_groups[key] if self.fits(claim, g)), None)
                if home is None:
                    open_groups[key].append(self.found(claim, key))
                    continue
            else:
                home = self.undated_home(claim, [g for g in self.by_key[key] if self.fits(claim, g)])
                if home is None:
                    self.found(claim, key)
                    continue
            home.claims.append(claim)
        if self.settled:
            self.join()

    def found(self, claim: Claim, key: tuple[Any, ...]) -> _Group:
        group = _Group([claim])
        self.by_key[key].append(group)
        self.groups.append(group)
        return group

    def fits(self, claim: Claim, group: _Group) -> bool:
        return all(self.compatible(claim, other) for other in group.claims)

    def compatible(self, one: Claim, other: Claim) -> bool:
        """Whether two claims of one key may tell of one act."""
        if self.settled and self.settled.get(frozenset((one.id, other.id))) is False:
            return False
        if not (self.units.joined(one.source, other.source) and self.units.joined(one.target, other.target)):
            return False
        if not self.one_demand(one, other):
            return False
        a, b = _span(one), _span(other)
        return a is None or b is None or gap(a, b) <= (0 if one.action in OVERLAP_ONLY else SAME_ACT_DAYS)

    def one_demand(self, one: Claim | Event, other: Claim | Event) -> bool:
        """Whether what is asked for is the same, or one of the two does not say."""
        if not one.demand_action or not other.demand_action:
            return True
        return one.demand_action == other.demand_action and self.units.joined(one.demand_target, other.demand_target)

    def undated_home(self, claim: Claim, candidates: list[_Group]) -> _Group | None:
        """The group that an undated claim joins (codebook 7), or None where it founds one."""
        dated = [g for g in candidates if g.spans]
        own = [g for g in dated if any(c.document == claim.document for c in g.claims)]
        day = self.published.get((claim.case, claim.document))
        home: _Group | None
        if day is None:
            home = dated[0] if len(dated) == 1 else own[0] if len(own) == 1 else None
        else:
            told = [g for g in dated if any(d <= day for d in self.begins(g)) and not self.long_past(claim, day, g)]
            home = max(told, key=lambda g: (min(g.spans)[0], max(e for _, e in g.spans)), default=None)
        return home or next((g for g in candidates if not g.spans and g.claims[0].document == claim.document), None)

    @staticmethod
    def long_past(claim: Claim, day: date, group: _Group) -> bool:
        """Whether the group's act lies so far back that the claim, were it of this act, would have been coded historical (codebook 3)."""
        return claim.modality != "historical" and (day - max(e for _, e in group.spans)).days > HISTORICAL_DAYS

    @staticmethod
    def begins(group: _Group) -> Iterator[date]:
        yield min(s for s, _ in group.spans)
        yield from (c.announced_date for c in group.claims if c.announced_date)

    def join(self) -> None:
        """Groups with claims that a reviewer called the same act become one, the earlier founder first."""
        group_of = {c.id: g for g in self.groups for c in g.claims}
        for pair, same in sorted(self.settled.items(), key=lambda x: sorted(x[0])):
            homes = [group_of[c] for c in sorted(pair) if c in group_of]
            if same and len(homes) == 2 and homes[0] is not homes[1]:
                merged = _Group(sorted(homes[0].claims + homes[1].claims, key=_order))
                group_of |= {c.id: merged for c in merged.claims}
        self.groups = list(dict.fromkeys(group_of.values()))

    # -- one group to one event
    def event(self, group: _Group) -> Event:
        claims = group.claims
        dated = [c for c in claims if c.date_start]
        when = _best_date(dated)
        days = [d for c in claims if (d := self.published.get((c.case, c.document)))]
        said = Counter((c.demand_action, c.demand_target) for c in claims if c.demand_action)
        demand = max(said, key=lambda d: (said[d], self.units.depth(d[1])), default=(None, None))
        action = _most([c.action for c in claims]) or claims[0].action
        modality = min((c.modality for c in dated or claims), key=lambda m: DONE.index(m) if m in DONE else 9)
        return Event(
            case=claims[0].case,
            claims=tuple(c.id for c in claims),
            source=max((c.source for c in claims), key=self.units.depth),
            action=action,
            target=self.target(claims),
            mode=_most([c.mode for c in claims if c.action == action]),
            modality=modality,
            about=tuple(sorted({a for c in claims for a in c.about})),
            demand_action=demand[0],
            demand_target=demand[1],
            date_start=when.date_start if when else None,
            date_end=(when.date_end or when.date_start) if when else None,
            granularity=when.granularity if when else "unknown",
            basis=when.basis if when else ("publication" if days else "unknown"),
            announced_date=min((c.announced_date for c in claims if c.announced_date), default=None),
            latest=(when.date_end or when.date_start) if when else min(days, default=None),
            documents=len({c.document for c in claims}),
            origins=len({_who(c) for c in claims if not c.own_word}),
            own_words=len({_who(c) for c in claims if c.own_word}),
            differs=tuple(_differs(claims)),
        )

    def target(self, claims: Sequence[Claim]) -> str | None:
        """The target that most claims name; a tie goes to the narrower unit."""
        named = Counter(c.target for c in claims)
        return max(named, key=lambda t: (named[t], self.units.depth(t)))


def _who(claim: Claim) -> str:
    """Who says so; where nobody is named, the document counts as a source of its own."""
    return claim.origin or f"\0{claim.document}"


def _most(values: Iterable[str | None]) -> str | None:
    """The most frequent value that is one; of several, the first told."""
    counts = Counter(v for v in values if v)
    return max(counts, key=lambda v: counts[v], default=None)


def _best_date(dated: Sequence[Claim]) -> Claim | None:
    """The claim whose dates most independent origins tell; of several, the shortest interval, then the first told."""
    by_dates: dict[tuple[date, date], list[Claim]] = defaultdict(list)
    for claim in dated:
        if span := _span(claim):
            by_dates[span].append(claim)
    if not by_dates:
        return None
    best = max(
        by_dates,
        key=lambda s: (len({_who(c) for c in by_dates[s] if not c.own_word}), len(by_dates[s]), s[0] - s[1], -s[0].toordinal()),
    )
    # A day that a source states outright is a better ground than one that was counted out from a weekday.
    return min(by_dates[best], key=lambda c: c.basis != "stated")


def _differs(claims: Sequence[Claim]) -> Iterator[str]:
    """What the claims disagree on. An interval that holds the other's ("this week", "Friday") is less exact, not different."""
    spans = sorted({s for c in claims if (s := _span(c))})
    if any(not (a[0] <= b[0] and b[1] <= a[1]) and not (b[0] <= a[0] and a[1] <= b[1]) for a in spans for b in spans):
        yield "date"
    if len({c.source for c in claims}) > 1 or len({c.target for c in claims}) > 1:
        yield "unit"
    if len({c.mode for c in claims if c.mode}) > 1:
        yield "mode"
    if len({c.modality for c in claims}) > 1:
        yield "modality"


# -- doubts
def _stands(event: Event) -> tuple[date, date] | None:
    """The interval at which an event stands: its dates, or the day on which it was first told."""
    if event.date_start:
        return event.date_start, event.date_end or event.date_start
    return (event.latest, event.latest) if event.latest else None


def _doubts(made: Sequence[Event], groups: _Groups, kinds: Mapping[str, str], leaders: set[frozenset[str]]) -> list[Doubt]:
    units = groups.units
    buckets: dict[tuple[str, ...], list[tuple[tuple[date, date], Event]]] = defaultdict(list)
    for event in made:
        if span := _stands(event):
            buckets["type", event.case, event.action, units.family(event.target)].append((span, event))
            buckets["dyad", event.case, units.family(event.source), units.family(event.target)].append((span, event))
    found: dict[tuple[str, str], Doubt] = {}
    for bucket in buckets.values():
        bucket.sort(key=lambda x: x[0])
        for i, (span, event) in enumerate(bucket):
            for other_span, other in bucket[i + 1 :]:
                if (other_span[0] - span[1]).days > DOUBT_DAYS:
                    break
                why = _why(event, other, gap(span, other_span), groups, kinds, leaders)
                if why and not _settled_apart(event, other, groups.settled):
                    first, second = sorted((event.id, other.id))
                    found[first, second] = Doubt(case=event.case, event=first, other=second, why=why)
    return list(found.values())


def _settled_apart(one: Event, other: Event, settled: Settled) -> bool:
    return bool(settled) and any(settled.get(frozenset((a, b))) is False for a in one.claims for b in other.claims)


def _why(one: Event, other: Event, days: int, groups: _Groups, kinds: Mapping[str, str], leaders: set[frozenset[str]]) -> str | None:
    """Why two events may be one act: date, actor, action, whether; None where nothing speaks for it."""
    units = groups.units
    if not units.joined(one.target, other.target):
        return None
    sorts = {_sort_of(one.modality), _sort_of(other.modality)}
    dyad = units.joined(one.source, other.source)
    alike = one.action == other.action and groups.one_demand(one, other)
    if dyad and alike and sorts == {"negated", "real"}:
        return "whether" if days <= (0 if one.action in OVERLAP_ONLY else SAME_ACT_DAYS) else None
    if len(sorts) > 1:
        return None
    if dyad and alike:
        return "date" if one.action != "STATEMENT" else None
    if one.target is None or other.target is None:
        return None
    same_day = bool(one.date_start) and (one.date_start, one.date_end) == (other.date_start, other.date_end)
    if alike and same_day and not dyad:
        named = [kinds.get(e.source, "organization") for e in (one, other)]
        apart = all(k in ORGANIZATIONS for k in named) or ("person" in named and frozenset((one.source, other.source)) not in leaders)
        return None if apart else "actor"
    if dyad and same_day and one.action != other.action and {quad(one.action), quad(other.action)} in ({1}, {2}, {1, 2}, {3}, {4}, {3, 4}):
        return "action"
    return None
