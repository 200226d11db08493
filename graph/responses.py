"""Events to responses: which act answers which pressure (codebook 6).

In: events, their claims, ties, the day of the last document. Out: responses. Rule: it is association in time and by who acts on
whom, never proof of cause; a link is `stated` only where a sentence gives the pressure's source as the act's occasion.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from graph.codebook import DONE, PRESSURE, quad
from graph.model import Claim, Event, Response, Tie
from graph.units import Units

# Codebook 6: beyond this an act is not taken for an answer unless the text says so.
WINDOW_DAYS = 90
KINDS = ("fulfilled", "refused", "promised", "answered", "carried out", "withdrawn")


def responses(
    events: Iterable[Event],
    claims: Iterable[Claim],
    ties: Iterable[Tie],
    last_day: date | None,
    settled: Mapping[tuple[str, str], str | None] | None = None,
) -> tuple[Response, ...]:
    """All responses, sorted by id. `last_day`: the publication of the case's last document, None where none is known.

    `settled`: what reviewers decided, (claim of the response, claim of the pressure) to the kind of the link or None for no link.
    """
    happened = sorted((e for e in events if e.modality in DONE), key=lambda e: e.id)
    by_id = {c.id: c for c in claims}
    ledger = _Ledger(Units(ties), happened, last_day)
    found: dict[tuple[str, str], Response] = {}
    for event in happened:
        if event.action == "STATEMENT":
            continue
        occasions = {o for c in event.claims if c in by_id and (o := by_id[c].occasion)}
        for response in (*ledger.after_threat(event), *ledger.answers(event, occasions)):
            found[response.event, response.pressure] = response
    told_by = {c: e for e in happened for c in e.claims}
    for (answer, pressure), kind in sorted((settled or {}).items()):
        if answer in told_by and pressure in told_by:
            ends = told_by[answer], told_by[pressure]
            found.pop((ends[0].id, ends[1].id), None)
            if kind:
                found[ends[0].id, ends[1].id] = ledger.link(*ends, kind, "stated")
    return tuple(sorted(found.values(), key=lambda r: r.id))


def status(pressure: Event, answers: Iterable[tuple[Response, Event]], last_day: date | None) -> str:
    """Where a pressure stands on the last day: the kind of its latest dated response, `open` without any, or `not told` (historical).

    `answers`: its responses, each with the event that answers.
    """
    told = [(r, e) for r, e in answers if r.kind == "promised" or last_day is None or (_first(e) or date.min) <= last_day]
    if not told:
        return "not told" if pressure.modality == "historical" else "open"
    best = max(told, key=lambda x: (x[1].date_end or date.min, x[1].announced_date or date.min, -KINDS.index(x[0].kind), x[1].id))
    return best[0].kind


def _first(event: Event) -> date | None:
    """The first day: of announcement where told, None for an undated act."""
    days = [d for d in (event.announced_date, event.date_start) if d]
    return min(days, default=None)


def _day(event: Event) -> date | None:
    """The day on which somebody must have led a body for the act to count as its own."""
    return _first(event) or event.date_end or event.latest


def _stands(event: Event) -> tuple[date, date] | None:
    """The interval that counts for the gap: its days, or the day on which an undated act was first told."""
    first, last = _first(event), event.date_end or event.latest
    return (first or last, max(first or last, last)) if last else (first, first) if first else None


@dataclass
class _Shelf:
    """Pressures on (or threats by) one family: those that stand in time sorted by their first day, and the others."""

    rows: list[tuple[date, date, Event]] = field(default_factory=list)
    reach: list[date] = field(default_factory=list)
    """The last day of this row and all before it, so that a search back in time knows when to stop."""
    loose: list[Event] = field(default_factory=list)

    def close(self) -> None:
        self.rows.sort(key=lambda r: r[:2])
        far = date.min
        for _, last, _ in self.rows:
            far = max(far, last)
            self.reach.append(far)

    def near(self, first: date, last: date) -> Iterator[Event]:
        """Those that start by `last` and end no more than the window before `first`; and those without dates."""
        for i in range(bisect_right(self.rows, last, key=lambda r: r[0]) - 1, -1, -1):
            if self.reach[i] < first - timedelta(days=WINDOW_DAYS):
                break
            yield self.rows[i][2]
        yield from self.loose

    def all(self) -> Iterator[Event]:
        yield from (e for _, _, e in self.rows)
        yield from self.loose


class _Ledger:
    """The pressures of a case, by whom they are put on; and the threats, by who makes them."""

    def __init__(self, units: Units, events: list[Event], last_day: date | None) -> None:
        self.units, self.last_day = units, last_day
        self.on: dict[tuple[str, str], _Shelf] = defaultdict(_Shelf)
        self.by: dict[tuple[str, str], _Shelf] = defaultdict(_Shelf)
        for event in events:
            if event.action in PRESSURE and event.target:
                self._put(self.on[event.case, units.family(event.target)], event)
                if event.action == "THREATEN":
                    self._put(self.by[event.case, units.family(event.source)], event)
        for shelf in (*self.on.values(), *self.by.values()):
            shelf.close()

    @staticmethod
    def _put(shelf: _Shelf, event: Event) -> None:
        stands = _stands(event)
        # An undated pressure may lie long before it was told, so it is no later than any act.
        if stands and event.date_start:
            shelf.rows.append((*stands, event))
        else:
            shelf.loose.append(event)

    # -- what the pressed one does
    def answers(self, event: Event, occasions: set[str]) -> Iterator[Response]:
        stands = _stands(event)
        shelves = [s for f in sorted(self.units.families_for(event.source)) if (s := self.on.get((event.case, f)))]
        tied: list[Event] = []
        for shelf in shelves:
            for pressure in shelf.near(*stands) if stands and not occasions else shelf.all():
                if pressure is event or not self._may_follow(event, pressure):
                    continue
                if any(self.units.stands_for(o, pressure.source, _day(pressure)) for o in occasions):
                    tied.append(pressure)
                elif kind := self._kind(event, pressure, False):
                    apart = self._apart(event, pressure)
                    if (apart is None and kind == "fulfilled") or (apart is not None and apart <= WINDOW_DAYS):
                        yield self.link(event, pressure, kind, "inferred")
        for pressure in self._meant(event, tied):
            yield self.link(event, pressure, self._kind(event, pressure, True) or "answered", "stated")

    def _meant(self, event: Event, tied: list[Event]) -> list[Event]:
        """The pressures that a named occasion means: those within the window or without dates, else the last one before."""
        near = [p for p in tied if (apart := self._apart(event, p)) is None or apart <= WINDOW_DAYS]
        return near or sorted(tied, key=lambda p: (p.date_end or date.min, p.id))[-1:]

    def _may_follow(self, event: Event, pressure: Event) -> bool:
        """Whether the act is by who was pressed, and its last possible day is not before the pressure's first."""
        last = event.date_end or event.latest
        if last and pressure.date_start and last < pressure.date_start:
            return False
        return self.units.stands_for(event.source, pressure.target, _day(event))

    @staticmethod
    def _apart(event: Event, pressure: Event) -> int | None:
        """Days between the two; None where one of them stands nowhere in time."""
        a, b = _stands(event), _stands(pressure)
        return max(0, (a[0] - b[1]).days, (b[0] - a[1]).days) if a and b else None

    def _kind(self, event: Event, pressure: Event, tied: bool) -> str | None:
        """The kind of the response, the first that fits; None where it is none."""
        back = self.units.stands_for(event.target, pressure.source, _day(event))
        if event.action == pressure.demand_action and self._aim(event, pressure, back):
            later = event.modality == "announced" and event.date_start and self.last_day and event.date_start > self.last_day
            return "promised" if later else "fulfilled"
        if event.action == "REJECT" and back:
            return "refused"
        # To go on serving the one whom the pressure wants dropped is a stated continuation.
        serves = event.action == "COOPERATE" and pressure.demand_action == "SANCTION" and pressure.demand_target
        if serves and self.units.joined(event.target, pressure.demand_target):
            return "refused"
        if event.action in ("CONCEDE", "AGREE") and back:
            return "promised"
        return "answered" if back or tied else None

    def _aim(self, event: Event, pressure: Event, back: bool) -> bool:
        if pressure.demand_target:
            return self.units.joined(event.target, pressure.demand_target)
        return back or event.target is None

    # -- what the one who threatened does
    def after_threat(self, event: Event) -> Iterator[Response]:
        """`carried out`: the threatening side acts against the same target; `withdrawn`: it retreats towards it."""
        lawsuit = event.action == "ACCUSE" and event.mode == "+lawsuit"
        stands = _stands(event)
        if not (stands and event.target and (quad(event.action) == 4 or lawsuit or event.action == "RETREAT")):
            return
        shelf = self.by.get((event.case, self.units.family(event.source)))
        for threat in shelf.near(*stands) if shelf else ():
            same = self.units.joined(event.source, threat.source) and self.units.joined(event.target, threat.target)
            apart = self._apart(event, threat)
            if not same or apart is None or apart > WINDOW_DAYS or (lawsuit and threat.mode != "+legal-action"):
                continue
            if threat.date_start and stands[1] < threat.date_start:
                continue
            yield self.link(event, threat, "withdrawn" if event.action == "RETREAT" else "carried out", "inferred")

    @staticmethod
    def link(event: Event, pressure: Event, kind: str, basis: str) -> Response:
        """The link with its lags in days (codebook 6), None where a side is unbounded."""
        first, last = _first(event), event.date_end or event.latest
        before, until = pressure.date_start, pressure.date_end or pressure.latest
        return Response(
            case=event.case,
            event=event.id,
            pressure=pressure.id,
            kind=kind,
            lag_min=max(0, (first - until).days) if first and until else None,
            lag_max=(last - before).days if last and before else None,
            basis=basis,
        )
