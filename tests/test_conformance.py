"""Every named question on every store, against the same question worked out in plain Python from the batch.

A store that joins the family is a line in STORES. Each question is asked three times: a cached plan that answers the second
time differently has been seen in an engine.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import graphs
import pytest

from graph import codebook, questions
from graph.filters import Filters
from graph.model import Claim, Document, Event, actor_id
from graph.paths import MAX_CHAINS
from graph.projection import canonical
from graph.rows import Edge
from graph.store import Store, open_store

STORES: dict[str, Callable[[Path], Store]] = {"embedded": lambda folder: open_store(folder / "whom.db")}
BATCHES = (graphs.small(), graphs.chance(7, "chance"), graphs.chance(8, "other", events=120, actors=9))
EVENTS = {e.id: e for b in BATCHES for e in b.events}
RESPONSES = {i: [r for b in BATCHES for r in b.responses if r.event == i] for i in EVENTS}
ANSWERS = {i: [r for b in BATCHES for r in b.responses if r.pressure == i] for i in EVENTS}
CLAIMS = {c.id: c for b in BATCHES for c in b.claims}
DOCUMENTS = {(d.case, d.document): d for b in BATCHES for d in b.documents}
DONE = ("actual", "announced", "historical")

SAME = ("case", "source", "action", "target", "mode", "modality", "about", "demand_action", "demand_target", "date_start", "date_end")
SAME += ("granularity", "basis", "announced_date", "latest", "documents", "origins", "own_words", "differs")

GRID: tuple[dict[str, Any], ...] = (
    {},
    {"case": "lamps"},
    {"case": "chance"},
    {"case": "nowhere"},
    {"since": "2021-01-03", "until": "2021-01-09"},
    {"since": date(2020, 12, 24), "dated_only": True},
    {"until": "2020-12-05", "dated_only": True, "case": "chance"},
    {"actor": "Actor 1"},
    {"source": "Zoë «Ω» d'Arc"},
    {"target": "$case", "case": "other"},
    {"source": "Actor 0", "target": "Actor 2"},
    {"action": "REQUEST,SANCTION"},
    {"action": ("STATEMENT",)},
    {"modality": "negated"},
    {"modality": ("actual", "hypothetical"), "case": "chance"},
    {"quad": "3,4"},
    {"quad": (0,), "everything": True},
    {"publisher": "Ölblatt"},
    {"found": "both", "publisher": "Daily Glow"},
    {"min_origins": 2},
    {"everything": True, "case": "chance"},
    {"action": "PROTEST", "since": "2021-01-01", "until": "2021-01-31", "found": "reader", "modality": "actual"},
)


@pytest.fixture(scope="module", params=sorted(STORES))
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with STORES[request.param](tmp_path_factory.mktemp("store")) as opened:
        for batch in BATCHES:
            opened.write(batch)
        yield opened


def three(ask: Callable[[], list[Any]]) -> list[Any]:
    """The answer, the same all three times."""
    answers = [ask() for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    return answers[0]


# --- the oracle: no store, no Cypher ---------------------------------------------------------------------------------------


def span(thing: Any) -> tuple[date, date] | None:
    first, last = thing.date_start or thing.date_end, thing.date_end or thing.date_start
    return None if first is None else (first, last)


def by_type(row: Edge) -> dict[str, int]:
    return dict(zip(row.actions, row.counts, strict=True))


def extent(acts: list[Event]) -> tuple[date | None, date | None]:
    days = [d for e in acts for d in span(e) or ()]
    return min(days, default=None), max(days, default=None)


def claims_of(event: Event) -> list[Claim]:
    return [CLAIMS[i] for i in event.claims]


def document_of(claim: Claim) -> Document:
    return DOCUMENTS[claim.case, claim.document]


def chosen(given: dict[str, Any], *, counted: bool = False) -> list[Event]:
    """The events that pass the filters, by their plain meaning."""
    f = Filters(**given)
    found = []
    for batch in BATCHES:
        for e in batch.events:
            own, days = claims_of(e), span(e)
            narrow = counted and not f.everything
            tests = (
                f.case in (None, e.case),
                f.actor is None or f.actor in (e.source, e.target),
                f.source in (None, e.source),
                f.target is None or f.target == e.target,
                e.action in f.action if f.action else not (narrow and e.action == "STATEMENT"),
                e.modality in f.modality if f.modality else not narrow or e.modality in DONE,
                not f.quad or codebook.quad(e.action) in f.quad,
                f.publisher is None or f.publisher in {document_of(c).publisher for c in own},
                f.found is None or f.found in {c.found for c in own},
                e.origins >= f.min_origins,  # type: ignore[operator]
                not f.dated_only if days is None else days[0] <= (f.until or date.max) and days[1] >= (f.since or date.min),
            )
            if all(tests):
                found.append(e)
    return found


def by_date(e: Event) -> tuple[Any, ...]:
    days = span(e)
    return (days is None, *(days or (date.min, date.min)), e.id)


@pytest.mark.parametrize("given", GRID, ids=str)
def test_acts(store: Store, given: dict[str, Any]) -> None:
    rows = three(lambda: questions.acts(store, **given))
    expected = sorted((e for e in chosen(given)), key=by_date)
    assert [r.event for r in rows] == [e.id for e in expected]
    for row, e in zip(rows, expected, strict=True):
        for name in SAME:
            assert getattr(row, name) == getattr(e, name)
        assert (row.source_id, row.claims, row.quad) == (actor_id(e.source), len(e.claims), codebook.quad(e.action))


@pytest.mark.parametrize("given", GRID, ids=str)
def test_pressure_edges(store: Store, given: dict[str, Any]) -> None:
    pairs: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for e in chosen(given, counted=True):
        if e.target is not None:
            pairs[e.source, e.target].append(e)
    expected = []
    for pair, told in pairs.items():
        days = [d for e in told for d in span(e) or ()]
        own = [c for e in told for c in claims_of(e)]
        counts = Counter(e.action for e in told)
        expected.append(
            (
                *pair,
                len(told),
                {t: counts[t] for t in counts},
                min(days, default=None),
                max(days, default=None),
                sum(span(e) is None for e in told),
                len({(c.case, c.document) for c in own}),
                len({c.origin for c in own if not c.own_word and c.origin is not None}),
                sum(bool(e.differs) for e in told),
            )
        )
    rows = three(lambda: questions.pressure_edges(store, **given))
    got = [(r.source, r.target, r.acts, by_type(r), r.first, r.last, r.undated, r.documents, r.origins, r.disagreements) for r in rows]
    assert got == sorted(expected, key=lambda r: (-r[2], r[0], r[1]))
    for row in rows:
        assert row.counts[row.actions.index(row.main_action)] == max(row.counts)
        assert row.scale == pytest.approx(sum(codebook.types()[a].scale * n for a, n in by_type(row).items()) / row.acts, abs=1e-3)
        fours = (row.verbal_cooperation, row.material_cooperation, row.verbal_conflict, row.material_conflict)
        assert fours == tuple(sum(n for a, n in by_type(row).items() if codebook.quad(a) == q) for q in (1, 2, 3, 4))


@pytest.mark.parametrize("given", GRID, ids=str)
def test_dyad(store: Store, given: dict[str, Any]) -> None:
    for a, b in (("Actor 0", "Actor 1"), ("nan", "2021-01-09"), ("Lamp Workers", "Dynamo")):
        expected = sorted((e for e in chosen(given) if {e.source, e.target} == {a, b}), key=by_date)
        assert [r.event for r in three(lambda a=a, b=b: questions.dyad(store, a, b, **given))] == [e.id for e in expected]


@pytest.mark.parametrize("given", [g for g in GRID if "actor" not in g], ids=str)
def test_actor_profile(store: Store, given: dict[str, Any]) -> None:
    passing = chosen(given)
    for actor in ("Actor 1", "Dynamo"):
        lines: dict[tuple[str, str, str | None], list[Event]] = defaultdict(list)
        for e in passing:
            if e.source == actor:
                lines["did", e.action, e.target].append(e)
            if e.target == actor:
                lines["received", e.action, e.source].append(e)
            if actor in e.about:
                lines["about", e.action, e.source].append(e)
            for r in RESPONSES[e.id]:
                pressure = EVENTS[r.pressure]
                if e.source == actor and e not in lines["gave", r.kind, pressure.source]:
                    lines["gave", r.kind, pressure.source].append(e)
                if pressure.source == actor and e not in lines["got", r.kind, e.source]:
                    lines["got", r.kind, e.source].append(e)
        expected = {
            key: (len(acts), *extent(acts))
            for key, acts in lines.items() if acts
        }  # fmt: skip
        rows = three(lambda actor=actor: questions.actor_profile(store, **{**given, "actor": actor}))
        assert {(r.part, r.what, r.other): (r.acts, r.first, r.last) for r in rows if r.part not in ("role", "holds")} == expected
        ties = [(b.case.case, t) for b in BATCHES for t in b.ties if given.get("case") in (None, b.case.case)]
        roles = [("role", t.relation, t.other, t.since, t.until) for _, t in ties if t.actor == actor]
        roles += [("holds", t.relation, t.actor, t.since, t.until) for _, t in ties if t.other == actor]
        assert sorted(map(str, roles)) == sorted(
            str((r.part, r.what, r.other, r.first, r.last)) for r in rows if r.part in ("role", "holds")
        )


RANK = ("fulfilled", "refused", "promised", "answered", "carried out", "withdrawn")


def status(pressure: Event) -> str:
    """Codebook 6: the latest dated kind; what is to come after the last document counts only as a promise."""
    batch = next(b for b in BATCHES if b.case.case == pressure.case)
    last_day = max((d.published for d in batch.documents if d.published), default=date.max)
    best: tuple[Any, ...] = ()
    for r in ANSWERS[pressure.id]:
        e = EVENTS[r.event]
        days = [d for d in (e.date_start, e.announced_date) if d]
        if r.kind == "promised" or not days or min(days) <= last_day:
            best = max(best, (e.date_end or date.min, e.announced_date or date.min, 9 - RANK.index(r.kind), e.id, r.kind))
    return str(best[-1]) if best else "not told" if pressure.modality == "historical" else "open"


@pytest.mark.parametrize("given", GRID, ids=str)
def test_demands(store: Store, given: dict[str, Any]) -> None:
    expected = {}
    for e in chosen(given):
        if e.action in codebook.PRESSURE and e.modality in DONE:
            answers = {r.event: (r.kind, r.lag_min, r.lag_max, r.basis) for r in ANSWERS[e.id]}
            expected[e.id] = (status(e), answers)
    rows = three(lambda: questions.demands(store, **given))
    got: dict[str, tuple[str, dict[str, Any]]] = {}
    for row in rows:
        got.setdefault(row.event, (row.status, {}))
        if row.response is not None:
            got[row.event][1][row.response] = (row.kind, row.lag_min, row.lag_max, row.basis)
        assert row.responses == len(expected[row.event][1])
    assert got == expected
    order = {i: by_date(e) for i, e in EVENTS.items()}
    seen = list(dict.fromkeys(row.event for row in rows))
    assert seen == sorted(seen, key=lambda e: order[e])


@pytest.mark.parametrize("given", GRID, ids=str)
def test_response_lag(store: Store, given: dict[str, Any]) -> None:
    asked: dict[str, list[tuple[str, list[tuple[int, int]]]]] = defaultdict(list)
    for e in chosen(given):
        if e.action in codebook.PRESSURE and e.modality in DONE and e.target:
            lags = [(r.lag_min, r.lag_max) for r in ANSWERS[e.id] if r.lag_min is not None and r.lag_max is not None]
            asked[e.target].append((status(e), lags))
    rows = three(lambda: questions.response_lag(store, **given))
    assert [r.actor for r in rows] == sorted(asked, key=lambda a: (-len(asked[a]), a))
    for row in rows:
        told = Counter(s for s, _ in asked[row.actor])
        known = len(asked[row.actor]) - told["not told"]
        assert (row.asked, row.open, row.unknown, row.fulfilled, row.refused, row.promised) == (
            len(asked[row.actor]), told["open"], told["not told"], told["fulfilled"], told["refused"], told["promised"],
        )  # fmt: skip
        assert row.answered == known - told["open"] == row.fulfilled + row.refused + row.promised + row.other
        assert row.share_fulfilled == (pytest.approx(told["fulfilled"] / known, abs=1e-3) if known else None)
        firsts = sorted(min(lags) for _, lags in asked[row.actor] if lags)
        middle = sorted(low for low, _ in firsts)
        assert row.lags == len(firsts)
        n = len(middle)
        assert row.median_lag_min == (None if not n else (middle[(n - 1) // 2] + middle[n // 2]) / 2)


@pytest.mark.parametrize("given", GRID, ids=str)
def test_timeline(store: Store, given: dict[str, Any]) -> None:
    begin = {
        "day": lambda d: d,
        "week": lambda d: d - timedelta(days=d.isoweekday() - 1),
        "month": lambda d: date(d.year, d.month, 1),
        "year": lambda d: date(d.year, 1, 1),
    }
    for step, first in begin.items():
        counts = Counter((first(days[0]) if (days := span(e)) else None, e.action) for e in chosen(given, counted=True))
        rows = three(lambda step=step: questions.timeline(store, step=step, **given))
        assert {(r.period, r.action): r.acts for r in rows} == dict(counts)
        assert [r.period for r in rows] == sorted((r.period for r in rows), key=lambda p: (p is None, p or date.min))


@pytest.mark.parametrize("given", GRID, ids=str)
def test_disagreements(store: Store, given: dict[str, Any]) -> None:
    passing = chosen(given)
    expected = {("inside", why, e.id, None) for e in passing for why in e.differs}
    ids = {e.id for e in passing}
    expected |= {("between", d.why, d.event, d.other) for b in BATCHES for d in b.doubts if d.event in ids}
    rows = three(lambda: questions.disagreements(store, **given))
    assert {(r.where, r.why, r.event, r.other_event) for r in rows} == expected
    assert len(rows) == len(expected)


@pytest.mark.parametrize("given", GRID, ids=str)
def test_evidence(store: Store, given: dict[str, Any]) -> None:
    rows = three(lambda: questions.evidence(store, **given))
    told = {(e.id, c.id): c for e in chosen(given) for c in claims_of(e)}
    assert {(r.event, r.claim) for r in rows} == set(told) and len(rows) == len(told)
    for row in rows:
        claim = told[row.event, row.claim]
        doc = document_of(claim)
        assert doc.text[row.start : row.end] == row.quote == claim.quote
        assert row.quote_at is not None and row.sentence[row.quote_at : row.quote_end] == row.quote
        assert (row.publisher, row.published, row.document_id, row.confidence) == (doc.publisher, doc.published, doc.id, claim.confidence)


def test_sources(store: Store) -> None:
    for case in (None, "chance", "lamps"):
        rows = three(lambda case=case: questions.sources(store, case=case))
        assert len(rows) == sum(len(b.documents) for b in BATCHES if case in (None, b.case.case))
        by_id = {r.document_id: r for r in rows}
        for batch in (b for b in BATCHES if case in (None, b.case.case)):
            told = {e.id: (e, claims_of(e)) for e in batch.events}
            for doc in batch.documents:
                mine = {i: (e, cs) for i, (e, cs) in told.items() if any(c.document == doc.document for c in cs)}
                first = 0
                for _, cs in mine.values():
                    days = [d.published for c in cs if (d := document_of(c)).published]
                    first += doc.published is not None and doc.published == min(days)
                row = by_id[doc.id]
                assert (row.acts, row.first) == (len(mine), first)
                assert row.alone == sum({c.document for c in cs} == {doc.document} for _, cs in mine.values())
                assert row.claims == sum(c.document == doc.document for _, cs in mine.values() for c in cs)


def test_search(store: Store) -> None:
    for text in ("dynamo", "LAMP", "zoë", "«SO»", "$case", "no such words"):
        for case in (None, "lamps", "chance"):
            wanted, batches = text.lower(), [b for b in BATCHES if case in (None, b.case.case)]
            expected = {("actor", a.id) for b in batches for a in b.actors if wanted in a.name.lower()}
            expected |= {("document", d.id) for b in batches for d in b.documents if wanted in d.title.lower()}
            expected |= {("quote", c.id) for b in batches for e in b.events for c in claims_of(e) if wanted in c.quote.lower()}
            rows = three(lambda text=text, case=case: questions.search(store, text, case=case, limit=None))
            assert {(r.kind, r.id) for r in rows} == expected and len(rows) == len(expected)


def test_unresolved(store: Store) -> None:
    for case in (None, "lamps", "chance"):
        expected: Counter[tuple[str, str]] = Counter()
        for b in (b for b in BATCHES if case in (None, b.case.case)):
            for a in b.actors:
                if not a.known:
                    expected["name", a.name] += sum(a.name in (e.source, e.target) for e in b.events)
            for c in b.claims:
                if c.status == "counted" and span(c) is None:
                    expected[("date", c.date_words) if c.date_words else ("no date", c.basis)] += 1
        rows = three(lambda case=case: questions.unresolved(store, case=case))
        assert {(r.kind, r.what): r.times for r in rows} == dict(expected)


def test_actors(store: Store) -> None:
    for given in ({}, {"case": "chance"}, {"since": "2021-01-05", "dated_only": True}):
        passing = chosen(given, counted=True)
        rows = three(lambda given=given: questions.actors(store, **given))
        names = {a.name for b in BATCHES for a in b.actors if given.get("case") in (None, b.case.case)}
        assert [r.actor for r in rows] == sorted(names)
        for row in rows:
            assert row.did == sum(e.source == row.actor for e in passing)
            assert row.received == sum(e.target == row.actor for e in passing)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize(
    "given", [{}, {"case": "chance"}, {"action": "SANCTION"}, {"since": "2021-01-10", "dated_only": True, "min_origins": 2}], ids=str
)
def test_path(store: Store, given: dict[str, Any], directed: bool) -> None:
    edges: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for e in chosen(given, counted=True):
        if e.target is not None and e.modality in DONE:
            edges[e.source, e.target].append(e)
    near: dict[str, set[str]] = defaultdict(set)
    for a, b in edges:
        near[a].add(b)
        if not directed:
            near[b].add(a)
    for a, b in (("Actor 0", "Actor 5"), ("nan", "Zoë «Ω» d'Arc"), ("Dynamo", "Actor 1"), ("Lamp Workers", "Dynamo"), ("nan", "nan")):
        chains = [(a,)]
        for _ in range(4):
            chains = [(*c, n) for c in chains for n in near[c[-1]] if n not in c]
            if any(c[-1] == b for c in chains):
                break
        expected = sorted(c for c in chains if c[-1] == b and len(c) > 1)[:MAX_CHAINS]
        rows = three(lambda a=a, b=b: questions.path(store, a, b, directed=directed, **given))
        got: dict[int, dict[int, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
        for row in rows:
            got[row.chain][row.step].add((row.source, row.target))
            assert row.acts == len(edges[row.source, row.target])
            assert row.event in {e.id for e in edges[row.source, row.target]}
        links = [[{p for p in ((x, y), (y, x)) if p in edges and (p == (x, y) or not directed)} for x, y in pairwise(c)] for c in expected]
        assert [[got[n][i] for i in sorted(got[n])] for n in sorted(got)] == links


def test_what_was_written_comes_back(store: Store) -> None:
    for batch in BATCHES:
        assert three(lambda batch=batch: [store.read(batch.case.case)]) == [canonical(batch)]
