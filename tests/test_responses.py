"""graph/responses.py: which act answers which pressure, by codebook 6."""

from __future__ import annotations

import pathlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from graph.acts import events
from graph.model import Claim, Event, Response, Tie
from graph.responses import responses, status
from tests.test_acts import gold

SHARED = pathlib.Path(__file__).parents[2] / "shared"
JAN = date(2021, 1, 1)
LAST = date(2021, 3, 1)
TIES = (
    Tie(actor="Brell Cloud", relation="PART_OF", other="Brell"),
    Tie(actor="Ines Okoro", relation="LEADS", other="Brell", until=date(2021, 1, 29)),
    Tie(actor="Brell employees", relation="MEMBER_OF", other="Brell"),
)


def act(
    name: str, source: str, action: str, target: str | None = None, day: int | None = None, told: int | None = 60, **more: Any
) -> Event:
    """An event on `day` (1: 1 January 2021), or undated and told on day `told`."""
    when = JAN + timedelta(days=day - 1) if day else None
    latest = when or (JAN + timedelta(days=told - 1) if told else None)
    base: dict[str, Any] = {"date_start": when, "date_end": when, "latest": latest} | more
    return Event(case="c", claims=(name,), source=source, action=action, target=target, **base)


ASK = act("ask", "Union", "REQUEST", "Brell", 5, demand_action="SANCTION", demand_target="Forum")


def kinds(pressure: Event, *acts: Event, last: date | None = LAST) -> list[str]:
    found = {r.event: r for r in responses([pressure, *acts], [], TIES, last)}
    return [found[a.id].kind if a.id in found else "none" for a in acts]


def test_kinds() -> None:
    assert kinds(ASK, act("r", "Brell", "SANCTION", "Forum", 9)) == ["fulfilled"]
    assert kinds(ASK, act("r", "Brell Cloud", "SANCTION", "Forum", 9)) == ["fulfilled"], "a unit stands for its parent"
    assert kinds(ASK, act("r", "Ines Okoro", "REJECT", "Union", 9)) == ["refused"], "she leads it"
    assert kinds(ASK, act("r", "Ines Okoro", "REJECT", "Union", 40)) == ["none"], "no longer"
    assert kinds(ASK, act("r", "Brell employees", "SANCTION", "Forum", 9)) == ["none"], "members never"
    assert kinds(ASK, act("r", "Brell", "COOPERATE", "Forum", 9)) == ["refused"], "it goes on serving the forum"
    assert kinds(ASK, act("r", "Brell", "CONCEDE", "Union", 9), act("s", "Brell", "AGREE", "Union", 9)) == ["promised", "promised"]
    assert kinds(ASK, act("r", "Brell", "ACCUSE", "Union", 9), act("s", "Brell", "ACCUSE", "Forum", 9)) == ["answered", "none"]
    assert kinds(ASK, act("r", "Brell", "STATEMENT", "Union", 9)) == ["none"]
    negated = [act(m, "Brell", "SANCTION", "Forum", 9, modality=m) for m in ("negated", "hypothetical", "historical")]
    assert kinds(ASK, *negated) == ["none", "none", "fulfilled"]


def test_who_led_the_one_that_pressed_is_answered_for_it_while_he_leads() -> None:
    ties = (*TIES, Tie(actor="Sol Varga", relation="LEADS", other="Union", until=date(2021, 1, 10)))
    for day, kind in ((9, "refused"), (12, None)):
        found = responses([ASK, act("r", "Brell", "REJECT", "Sol Varga", day)], [], ties, LAST)
        assert [r.kind for r in found] == ([kind] if kind else [])


def test_an_occasion_names_who_led_the_one_that_pressed_on_its_day() -> None:
    said = Claim(case="c", document="d", start=0, end=1, quote="q", source="Brell", action="ACCUSE", target="Forum", occasion="Sol Varga")
    late = replace(act("x", "Brell", "ACCUSE", "Forum", 12), claims=(said.id,))
    for until, basis in ((10, ["stated"]), (4, [])):
        ties = (*TIES, Tie(actor="Sol Varga", relation="LEADS", other="Union", until=date(2021, 1, until)))
        assert [r.basis for r in responses([ASK, late], [said], ties, LAST)] == basis


def test_a_demand_without_target_is_met_towards_the_one_who_asks() -> None:
    ask = replace(ASK, demand_action="RETREAT", demand_target=None)
    answers = [act("r", "Brell", "RETREAT", "Union", 9), act("s", "Brell", "RETREAT", None, 9), act("t", "Brell", "RETREAT", "Forum", 9)]
    assert kinds(ask, *answers) == ["fulfilled", "fulfilled", "none"]


def test_an_act_that_takes_effect_after_the_last_document_is_a_promise() -> None:
    coming = act("r", "Brell", "SANCTION", "Forum", 20, modality="announced", announced_date=date(2021, 1, 9))
    assert kinds(ASK, coming, last=date(2021, 1, 10)) == ["promised"]
    assert kinds(ASK, coming, last=date(2021, 1, 20)) == ["fulfilled"]


def test_time() -> None:
    assert kinds(ASK, act("r", "Brell", "SANCTION", "Forum", 4)) == ["none"], "before it was asked"
    assert kinds(ASK, act("r", "Brell", "SANCTION", "Forum", 95), act("s", "Brell", "SANCTION", "Forum", 96)) == ["fulfilled", "none"]
    for told in (60, None):
        near, far = act("r", "Brell", "SANCTION", "Forum", None, told), act("s", "Brell", "ACCUSE", "Union", None, told and 100)
        assert kinds(ASK, near, far) == ["fulfilled", "none"]
    undated = replace(ASK, date_start=None, date_end=None, latest=date(2021, 1, 20))
    assert kinds(undated, act("r", "Brell", "SANCTION", "Forum", 2)) == ["fulfilled"], "an undated ask may lie before it was told"


def lags(pressure: Event, answer: Event) -> tuple[int | None, int | None]:
    (found,) = responses([pressure, answer], [], TIES, LAST)
    return found.lag_min, found.lag_max


def test_lags() -> None:
    announced = act("r", "Brell", "SANCTION", "Forum", 10, modality="announced", announced_date=date(2021, 1, 9))
    assert lags(replace(ASK, date_start=date(2021, 1, 9), date_end=date(2021, 1, 9)), announced) == (0, 1)
    assert lags(ASK, announced) == (4, 5)
    assert lags(ASK, act("r", "Brell", "SANCTION", "Forum", None, 9)) == (None, 4)
    assert lags(replace(ASK, date_start=None, date_end=None), announced) == (4, None)
    week = replace(ASK, date_start=date(2021, 1, 4), date_end=date(2021, 1, 10), granularity="week")
    assert lags(week, act("r", "Brell", "SANCTION", "Forum", 8)) == (0, 4)


def test_a_sentence_that_names_the_occasion_ties_an_act() -> None:
    said = Claim(case="c", document="d", start=0, end=1, quote="q", source="Brell", action="ACCUSE", target="Forum", occasion="Union")
    late = replace(act("x", "Brell", "ACCUSE", "Forum", 200), claims=(said.id,))
    second = replace(ASK, claims=("second",), date_start=date(2021, 1, 7), date_end=date(2021, 1, 7))
    (found,) = responses([ASK, second, late], [said], TIES, LAST)
    assert (found.pressure, found.kind, found.basis) == (second.id, "answered", "stated"), "beyond the window: the last one before"
    soon = replace(late, date_start=date(2021, 1, 8), date_end=date(2021, 1, 8))
    both = responses([ASK, second, soon], [said], TIES, LAST)
    assert {(r.pressure, r.basis) for r in both} == {(ASK.id, "stated"), (second.id, "stated")}
    assert responses([ASK, replace(late, claims=("y",))], [said], TIES, LAST) == ()


def test_what_becomes_of_a_threat() -> None:
    threat = act("t", "Brell", "THREATEN", "Forum", 5, mode="+ultimatum", demand_action="CONCEDE")
    assert kinds(threat, act("r", "Brell Cloud", "SANCTION", "Forum", 6)) == ["carried out"]
    assert kinds(threat, act("r", "Brell", "SANCTION", "Forum", 4), act("s", "Brell", "SANCTION", "Mill", 6)) == ["none", "none"]
    sues = act("s", "Brell", "ACCUSE", "Forum", 6, mode="+lawsuit")
    assert kinds(threat, act("r", "Brell", "RETREAT", "Forum", 6), sues) == ["withdrawn", "none"]
    assert kinds(replace(threat, mode="+legal-action"), sues) == ["carried out"]
    assert kinds(threat, act("r", "Forum", "CONCEDE", "Brell", 6)) == ["fulfilled"]


def test_status() -> None:
    def answer(kind: str, event: Event) -> tuple[Response, Event]:
        return Response(case="c", event=event.id, pressure=ASK.id, kind=kind), event

    assert status(ASK, [], LAST) == "open"
    assert status(replace(ASK, modality="historical"), [], LAST) == "not told"
    refused = answer("refused", act("r", "Brell", "REJECT", "Union", 8))
    done = answer("fulfilled", act("s", "Brell", "SANCTION", "Forum", 9))
    assert status(ASK, [done, refused], LAST) == "fulfilled"
    assert status(ASK, [done, refused, answer("answered", act("u", "Brell", "AID", "Union"))], LAST) == "fulfilled", (
        "an undated one is no later"
    )
    assert status(ASK, [done, refused], date(2021, 1, 8)) == "refused"
    assert status(ASK, [answer("promised", act("s", "Brell", "SANCTION", "Forum", 9))], date(2021, 1, 8)) == "promised"


def test_many_acts_of_one_pair_do_not_take_all_day() -> None:
    """Every third day one of 5,000 demands: an answer has at most 30 of them within its window."""
    asks = [act(f"a{n}", "Union", "REQUEST", "Brell", 1 + n * 3) for n in range(5000)]
    answers = [act(f"r{n}", "Brell", "REJECT", "Union", 2 + n * 3) for n in range(0, 5000, 50)]
    assert len(responses([*asks, *answers], [], TIES, LAST)) == sum(min(n, 29) + 1 for n in range(0, 5000, 50))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared gold is not beside this checkout")
def test_the_hand_made_responses_of_the_corpus() -> None:
    """The coded claims say no occasion; what a reader of three of their sentences finds is given here."""
    from loaders.documents import read_case

    claims, names, by_hand, ties, actors = gold()
    occasions = {"g034": "AECJ", "g056": "Amazon employees", "g058": "Amazon employees"}
    claims = [replace(c, occasion=occasions.get(names[c.id])) for c in claims]
    documents = [replace(d, case="corpus") for d in read_case(SHARED / "corpus").documents]
    made, _ = events(claims, documents, ties, actors)
    founded = {min(g["claims"]): g["event"] for g in by_hand}
    by_id = {e.id: founded[min(names[i] for i in e.claims)] for e in made}
    found = responses(made, claims, ties, max(d.published for d in documents if d.published))
    threats = {(by_id[r.event], by_id[r.pressure]) for r in found if r.kind == "carried out"}
    assert threats == {("e14", "e11")}, "the removal that had been threatened; the hand-made file lists answers only"
    told = {(by_id[r.event], by_id[r.pressure], r.kind, r.lag_min, r.lag_max, r.basis) for r in found if r.kind != "carried out"}
    keys = ("event", "kind", "lag_min", "lag_max", "basis")
    assert told == {(g["event"], *(r[k] for k in keys)) for g in by_hand for r in g["responds_to"]} and len(told) == 7
