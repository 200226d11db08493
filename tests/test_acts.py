"""graph/acts.py and graph/units.py: claims to events and doubts, by codebook 7."""

from __future__ import annotations

import json
import pathlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.acts import events, with_origins
from graph.model import Actor, Claim, Document, Event, Tie, from_row, plain
from graph.units import Units

SHARED = pathlib.Path(__file__).parents[2] / "shared"
JAN = date(2021, 1, 1)
TIES = (
    Tie(actor="Brell Cloud", relation="PART_OF", other="Brell"),
    Tie(actor="Brell Search", relation="PART_OF", other="Brell"),
    Tie(actor="Brell Cloud Trust Team", relation="PART_OF", other="Brell Cloud"),
    Tie(actor="Ines Okoro", relation="LEADS", other="Brell", until=date(2021, 1, 29)),
    Tie(actor="Brell employees", relation="MEMBER_OF", other="Brell"),
)


def document(name: str, published: date | None = date(2021, 1, 10), **more: Any) -> Document:
    return Document(case="c", document=name, title=name, text="", published=published, **more)


def claim(start: int = 0, day: int | None = None, source: str = "Dockers", action: str = "SANCTION", **more: Any) -> Claim:
    """A claim of document `a` on `day` of January 2021, or undated."""
    when = JAN + timedelta(days=day - 1) if day else None
    dates = {"date_start": when, "date_end": when, "granularity": "day" if day else "unknown", "basis": "stated" if day else "publication"}
    base: dict[str, Any] = {"document": "a", "target": "Orran"} | dates | more
    return Claim(case="c", start=start, end=start + 5, quote="quote", source=source, action=action, **base)


DOCUMENTS = (document("a"), document("b"), document("old", date(2021, 1, 3)), document("never", None))


def grouped(*claims: Claim) -> list[list[int]]:
    """The events as lists of the offsets of their claims, founder first, by founder."""
    starts = {c.id: c.start for c in claims}
    return sorted([starts[i] for i in e.claims] for e in events(claims, DOCUMENTS, TIES)[0])


def test_deeds_merge_within_three_days_words_on_the_same_day_only() -> None:
    assert grouped(claim(1, 5), claim(2, 8), claim(3, 9)) == [[1, 2], [3]]
    assert grouped(claim(1, 5, action="REQUEST"), claim(2, 6, action="REQUEST")) == [[1], [2]]
    week = claim(2, 4, action="REQUEST", date_end=date(2021, 1, 8))
    assert grouped(claim(1, 5, action="REQUEST"), week) == [[2, 1]], "an interval that holds the day is the same act"


def test_a_claim_must_fit_every_claim_of_an_event() -> None:
    unit = {"source": "Brell Cloud"}
    assert grouped(claim(1, 5, **unit), claim(2, 5, source="Brell")) == [[1, 2]]
    assert grouped(claim(1, 5, **unit), claim(2, 5, source="Brell Search")) == [[1], [2]]
    assert grouped(claim(1, 5, **unit), claim(2, 5, source="Brell"), claim(3, 5, source="Brell Search")) == [[1, 2], [3]]
    assert grouped(claim(1, 5, source="Brell employees"), claim(2, 5, source="Brell")) == [[1], [2]], "members are never merged"


def test_negated_and_hypothetical_claims_stand_apart() -> None:
    parts = [claim(n, 5, modality=m) for n, m in enumerate(("actual", "announced", "historical", "negated", "hypothetical"))]
    assert grouped(*parts) == [[0, 1, 2], [3], [4]]
    assert [e.modality for e in sorted(events(parts, DOCUMENTS)[0], key=lambda e: len(e.claims))][-1] == "actual"


def test_demands_must_not_contradict() -> None:
    ask = {"action": "REQUEST", "demand_action": "SANCTION"}
    assert grouped(claim(1, 5, **ask, demand_target="Mill"), claim(2, 5, **ask, demand_target="Dam")) == [[1], [2]]
    assert grouped(claim(1, 5, **ask, demand_target="Mill"), claim(2, 5, action="REQUEST")) == [[1, 2]]


def test_undated_claims_join_the_latest_act_told_by_then() -> None:
    assert grouped(claim(1, 2), claim(2, 8), claim(3)) == [[1], [2, 3]]
    assert grouped(claim(1, 2), claim(2, 8), claim(3, document="old")) == [[1, 3], [2]], "published on the third"
    ahead = claim(2, 20, modality="announced", announced_date=date(2021, 1, 2))
    assert grouped(ahead, claim(3, document="old")) == [[2, 3]], "announced by then counts"
    assert grouped(claim(1, 20), claim(3, document="old")) == [[1], [3]]


def test_an_undated_claim_that_is_not_historical_joins_no_act_of_long_ago() -> None:
    long_ago = {"date_start": date(2020, 4, 1), "date_end": date(2020, 4, 30)}
    past = claim(1, modality="historical", **long_ago)
    assert grouped(past, claim(2)) == [[1], [2]], "an actual one would have been told as background"
    assert grouped(past, claim(2, modality="historical")) == [[1, 2]]


def test_undated_claims_of_an_undated_document_need_a_sole_candidate() -> None:
    assert grouped(claim(1, 2), claim(3, document="never")) == [[1, 3]]
    assert grouped(claim(1, 2), claim(2, 8), claim(3, document="never")) == [[1], [2], [3]]
    assert grouped(claim(1, 2), claim(2, 8, document="never"), claim(3, document="never")) == [[1], [2, 3]]


def test_what_is_left_founds_one_event_for_each_document() -> None:
    assert grouped(claim(1), claim(2), claim(3, document="b"), claim(4, target="Mill")) == [[1, 2], [3], [4]]


def test_only_counted_claims_make_events_and_twins_count_once() -> None:
    assert grouped(claim(1, 5), claim(2, 5, status="low"), claim(3, 5, status="rejected"), claim(1, 5)) == [[1]]


def test_what_an_event_says() -> None:
    parts = [
        claim(1, 8, source="Brell", mode="+ban", origin="Echo", target="Orran", about=("x",)),
        claim(2, 9, source="Brell Cloud", mode="+cut", origin="Post", document="b", announced_date=date(2021, 1, 7)),
        claim(3, 9, source="Brell", mode="+cut", origin="Echo", document="never", modality="announced"),
        claim(4, source="Brell", origin="Brell", own_word=True, about=("y",)),
    ]
    (event,), doubts = events(parts, DOCUMENTS, TIES)
    assert doubts == ()
    assert event.claims == tuple(c.id for c in parts) and event.id == events(parts[:1], DOCUMENTS)[0][0].id
    assert (event.source, event.target, event.mode, event.about) == ("Brell Cloud", "Orran", "+cut", ("x", "y"))
    assert (event.date_start, event.latest, event.announced_date) == (date(2021, 1, 9), date(2021, 1, 9), date(2021, 1, 7))
    assert (event.documents, event.origins, event.own_words) == (3, 2, 1)
    assert event.differs == ("date", "unit", "mode", "modality")
    (lone,), _ = events([claim(1, document="old"), claim(2, document="old")], DOCUMENTS)
    assert (lone.date_start, lone.latest, lone.granularity, lone.basis) == (None, date(2021, 1, 3), "unknown", "publication")
    assert lone.origins == 1


def test_a_wider_interval_is_less_exact_and_no_disagreement() -> None:
    (event,), _ = events([claim(1, 4, date_end=date(2021, 1, 9), origin="A"), claim(2, 5, origin="B")], DOCUMENTS)
    assert (event.date_start, event.date_end, event.differs) == (date(2021, 1, 5), date(2021, 1, 5), ())


KINDS = tuple(Actor(name=n, kind=k) for n, k in (("Dockers", "group"), ("Crew", "group"), ("Ines Okoro", "person"), ("Kim Vale", "person")))


def doubts(*claims: Claim) -> list[str]:
    return [d.why for d in events(claims, DOCUMENTS, TIES, KINDS)[1]]


def test_doubts() -> None:
    assert doubts(claim(1, 2), claim(2, 9)) == ["date"]
    assert doubts(claim(1, 2), claim(2, 10)) == [], "more than seven days apart"
    assert doubts(claim(1), claim(2, document="b")) == ["date"], "both undated and told on one day"
    assert doubts(claim(1, action="STATEMENT"), claim(2, document="b", action="STATEMENT")) == []
    assert doubts(claim(1, 5), claim(2, 5, source="Crew")) == ["actor"]
    assert doubts(claim(1, 5, source="Mill"), claim(2, 5, source="Dam")) == [], "two named organizations are two"
    assert doubts(claim(1, 5, source="Kim Vale"), claim(2, 5, source="Brell")) == []
    assert doubts(claim(1, 5, source="Ines Okoro"), claim(2, 5, source="Brell")) == ["actor"], "she leads it"
    assert doubts(claim(1, 5), claim(2, 5, action="COERCE")) == ["action"]
    assert doubts(claim(1, 5), claim(2, 5, action="AID")) == []
    assert doubts(claim(1, 5), claim(2, 5, modality="negated")) == ["whether"]
    assert doubts(claim(1, 5), claim(2, 5, modality="hypothetical")) == []
    both = events([claim(1, 2), claim(2, 9)], DOCUMENTS)[1][0]
    assert both.event < both.other


def test_a_reviewer_settles_what_is_the_same_act() -> None:
    one, two, far = claim(1, 5), claim(2, 5), claim(3, 20)
    made, left = events([one, two, far], DOCUMENTS, settled={frozenset((one.id, two.id)): False})
    assert len(made) == 3 and left == ()
    made, left = events([one, two, far], DOCUMENTS, settled={frozenset((far.id, one.id)): True})
    assert [e.claims for e in made] == [(one.id, two.id, far.id)] and left == ()


def test_origins() -> None:
    documents = (
        document("wire", publisher="Newswire"),
        document("copy", publisher="Echo", copy_of="wire"),
        document("copy2", publisher="Post", copy_of="copy"),
        document("lost", publisher="Post", copy_of="gone"),
        document("told", publisher="Echo", origin="Orran Line"),
        document("loop", publisher="L1", copy_of="loop"),
        document("bare"),
    )
    actors = (Actor(name="BuzzNews", kind="media"), Actor(name="Union", kind="group"))
    said = [claim(n, document=d.document, source="Orran Line") for n, d in enumerate(documents)]
    spoken = (("wire", "BuzzNews"), ("wire", "Union"), ("copy", "BuzzNews"))
    extra = [claim(10 + n, document=d, speaker=s) for n, (d, s) in enumerate(spoken)]
    done = with_origins([*said, *extra], documents, actors)
    assert [c.origin for c in done[:7]] == ["Newswire", "Newswire", "Newswire", "Post", "Orran Line", "L1", None]
    assert [c.origin for c in done[7:]] == ["BuzzNews", "Newswire", "Newswire"]
    assert [c.own_word for c in done] == [False] * 4 + [True] + [False] * 5
    (own,) = with_origins([claim(1, source="Brell Cloud", speaker="Brell")], documents, actors, TIES)
    assert own.own_word


def test_units_stand_for_each_other_and_members_never() -> None:
    units = Units(TIES)
    assert units.joined("Brell Cloud Trust Team", "Brell") and units.joined("Brell", "Brell Cloud")
    assert not units.joined("Brell Cloud", "Brell Search") and not units.joined("Brell employees", "Brell")
    assert units.joined(None, None) and not units.joined(None, "Brell")
    assert units.stands_for("Ines Okoro", "Brell", date(2021, 1, 29)) and not units.stands_for("Ines Okoro", "Brell", date(2021, 2, 1))
    assert not units.stands_for("Brell employees", "Brell") and not units.stands_for(None, None)
    assert units.depth("Brell Cloud Trust Team") == 2 and units.depth("Orran") == 0
    loop = Units([Tie(actor="A", relation="PART_OF", other="B"), Tie(actor="B", relation="PART_OF", other="A")])
    assert loop.joined("A", "B") and loop.depth("A") == 1


claims_of_chance = st.builds(
    lambda start, day, length, source, target, action, modality, document, demand: replace(
        claim(start, day, source=source, target=target, action=action, modality=modality, document=document),
        date_end=JAN + timedelta(days=day - 1 + length) if day else None,
        demand_action=demand,
    ),
    st.integers(0, 30),
    st.none() | st.integers(1, 14),
    st.integers(0, 3),
    st.sampled_from(["Brell", "Brell Cloud", "Brell Search", "Dockers"]),
    st.sampled_from(["Orran", "Brell", None]),
    st.sampled_from(["SANCTION", "REQUEST", "COERCE"]),
    st.sampled_from(["actual", "announced", "negated"]),
    st.sampled_from(["a", "b", "old", "never"]),
    st.sampled_from([None, "RETREAT", "CONCEDE"]),
)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_order_of_reading_changes_nothing_and_every_claim_ends_in_one_event(data: st.DataObject) -> None:
    claims = data.draw(st.lists(claims_of_chance, max_size=14))
    made, left = events(claims, DOCUMENTS, TIES, KINDS)
    shuffled = data.draw(st.permutations(claims))
    assert events(shuffled, tuple(reversed(DOCUMENTS)), TIES[::-1], KINDS) == (made, left)
    placed = sorted(i for e in made for i in e.claims)
    assert placed == sorted({c.id for c in claims})
    assert all(d.event != d.other for d in left)


def gold() -> tuple[list[Claim], dict[str, str], list[dict[str, Any]], tuple[Tie, ...], tuple[Actor, ...]]:
    """The hand-coded claims of the shared corpus, their ids there, the events made of them by hand, ties and kinds."""
    claims, names = [], {}
    for line in (SHARED / "gold/claims.jsonl").read_text().splitlines():
        row = json.loads(line)
        made = from_row(Claim, row | {"case": "corpus"})
        names[made.id] = row["id"]
        claims.append(made)
    by_hand = [json.loads(line) for line in (SHARED / "gold/events.jsonl").read_text().splitlines()]
    told = "AWS PART_OF Amazon,AECJ MEMBER_OF Amazon,John Matze LEADS Parler,Jeff Bezos LEADS Amazon"
    ties = tuple(Tie(actor=t.rsplit(" ", 2)[0], relation=t.split()[-2], other=t.split()[-1]) for t in told.split(","))
    kinds = {"John Matze": "person", "BuzzFeed News": "media"}
    kinds |= dict.fromkeys(("AECJ", "Amazon employees", "Parler users", "mob", "rioters", "authors of the open letter"), "group")
    return claims, names, by_hand, ties, tuple(Actor(name=n, kind=k) for n, k in kinds.items())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared gold is not beside this checkout")
def test_the_hand_made_events_of_the_corpus() -> None:
    from loaders.documents import read_case

    claims, names, by_hand, ties, actors = gold()
    made, left = events(claims, [replace(d, case="corpus") for d in read_case(SHARED / "corpus").documents], ties, actors)
    wanted = {tuple(sorted(g["claims"])): g for g in by_hand}
    found: dict[str, Event] = {}
    for event in made:
        row = wanted[tuple(sorted(names[i] for i in event.claims))]
        found[row["event"]] = event
        assert {k: row[k] for k in row if hasattr(event, k) and k != "claims"} == {
            k: plain(getattr(event, k)) for k in row if hasattr(event, k) and k != "claims"
        }
    assert len(found) == 35
    by_id = {e.id: name for name, e in found.items()}
    expected = {(*sorted((g["event"], m["event"])), m["why"]) for g in by_hand for m in g["may_be_same"]}
    assert {(*sorted((by_id[d.event], by_id[d.other])), d.why) for d in left} == expected and len(expected) == 4
