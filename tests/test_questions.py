"""The named questions on a graph made by hand: real values, the list of questions, and what is said when asked wrongly."""

from __future__ import annotations

import doctest
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import graphs
import pandas as pd
import pytest

from graph import cypher, exports, questions, rows, store
from graph.errors import QueryError, UsageError
from graph.filters import Filters, parameters
from graph.questions import PARAMETERS, QUESTIONS, ask, frame
from graph.store import Store, open_store

NEEDED = {"a": "Lamp Workers", "b": "Dynamo", "actor": "Dynamo", "text": "dynamo"}


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("store") / "whom.db") as opened:
        opened.write(graphs.small())
        yield opened


def test_pressure_edges(lamps: Store) -> None:
    edges = questions.pressure_edges(lamps)
    assert [(e.source, e.target, e.acts, e.main_action) for e in edges] == [
        ("Lamp Workers", "Dynamo", 2, "SUPPORT"),
        ("Dynamo", "Lamp Workers", 1, "REJECT"),
        ("Dynamo Light", "Voltix", 1, "SANCTION"),
    ]
    first, own_word, cut = edges
    assert (first.actions, first.counts, first.documents, first.origins, first.undated) == (("SUPPORT", "REQUEST"), (1, 1), 2, 2, 1)
    assert (first.first, first.last, first.scale) == (date(2021, 1, 8), date(2021, 1, 8), 2.5)
    assert own_word.origins == 0, "an actor's own word is no independent source"
    assert (cut.disagreements, cut.material_conflict, cut.documents, cut.origins) == (1, 1, 1, 1)


def test_negated_acts_and_statements_are_left_out_unless_asked_for(lamps: Store) -> None:
    pair = {"source": "Dynamo", "target": "Voltix"}
    assert questions.pressure_edges(lamps, **pair) == []
    assert questions.pressure_edges(lamps, everything=True, **pair)[0].acts == 1
    assert questions.pressure_edges(lamps, modality="negated", **pair)[0].main_action == "COOPERATE"
    assert [a.modality for a in questions.acts(lamps, **pair)] == ["negated"]


def test_undated_acts_stay_unless_only_dated_ones_are_wanted(lamps: Store) -> None:
    late = {"since": date(2021, 1, 9), "until": "2021-01-31"}
    assert questions.acts(lamps, **late)[0].action == "SANCTION"
    assert len(questions.acts(lamps, **late)) == 4
    assert [a.action for a in questions.acts(lamps, dated_only=True, **late)] == ["SANCTION"]


def test_acts_come_by_date_and_can_be_cut(lamps: Store) -> None:
    acts = questions.acts(lamps)
    assert [a.date_start for a in acts] == [date(2021, 1, 8), date(2021, 1, 9), None, None, None]
    assert [a.event for a in questions.acts(lamps, limit=2)] == [a.event for a in acts[:2]]
    assert acts[0].verb == "demanded of" and acts[0].demand_action == "SANCTION" and acts[0].about == ("Voltix",)
    assert acts[1].claims == 2 and acts[1].differs == ("date", "unit") and acts[1].publishers == ("Evening Beam",)


def test_dyad_goes_both_ways(lamps: Store) -> None:
    both = [(a.source, a.action) for a in questions.dyad(lamps, "dynamo", "LAMP WORKERS")]
    assert both[0] == ("Lamp Workers", "REQUEST") and sorted(both[1:]) == [("Dynamo", "REJECT"), ("Lamp Workers", "SUPPORT")]


def test_demands_with_their_answers(lamps: Store) -> None:
    first, second = questions.demands(lamps)
    assert first.event == second.event and (first.status, first.responses) == ("fulfilled", 2)
    assert (first.kind, first.response_source, first.lag_min) == ("refused", "Dynamo", None)
    assert (second.kind, second.response_source, second.lag_min, second.lag_max, second.basis) == (
        "fulfilled",
        "Dynamo Light",
        0,
        1,
        "stated",
    )


def test_response_lag(lamps: Store) -> None:
    (lag,) = questions.response_lag(lamps)
    assert (lag.actor, lag.asked, lag.answered, lag.open, lag.fulfilled) == ("Dynamo", 1, 1, 0, 1)
    assert (lag.lags, lag.median_lag_min, lag.median_lag_max, lag.share_fulfilled) == (1, 0.0, 1.0, 1.0)


def test_actor_profile(lamps: Store) -> None:
    lines = questions.actor_profile(lamps, actor="Dynamo")
    told = [(x.part, x.what, x.other, x.acts) for x in lines]
    assert ("received", "REQUEST", "Lamp Workers", 1) in told and ("gave", "refused", "Lamp Workers", 1) in told
    assert ("holds", "PART_OF", "Dynamo Light", 0) in told
    (leader,) = [x for x in lines if x.what == "LEADS"]
    assert (leader.first, leader.last) == (date(2019, 1, 1), date(2021, 1, 29))


def test_disagreements(lamps: Store) -> None:
    found = {(d.where, d.why): d for d in questions.disagreements(lamps)}
    assert set(found) == {("inside", "date"), ("inside", "unit"), ("between", "action")}
    assert found["inside", "date"].values == ("2021-01-08 to 2021-01-09 (Evening Beam)", "2021-01-09 (Evening Beam)")
    assert found["inside", "unit"].values == ("Dynamo Light to Voltix (Evening Beam)", "Dynamo to Voltix (Evening Beam)")
    assert found["between", "action"].other_event is not None


def test_evidence_marks_the_quote_in_its_sentence(lamps: Store) -> None:
    (stay,) = questions.evidence(lamps, modality="negated")
    assert stay.quote_at == 1 and stay.sentence[stay.quote_at : stay.quote_end] == "We’re staying"
    (cut,) = questions.acts(lamps, action="SANCTION")
    told = questions.evidence(lamps, event=cut.event)
    assert [(t.start, t.found, t.confidence, t.optional) for t in told] == [(2, "reader", 0.75, False), (9, "rule", 1.0, True)]
    assert {t.url for t in told} == {"https://example.org/2?a=1&b=2"}
    assert questions.evidence(lamps, event="no such event") == []
    assert {questions.event_of(lamps, t.claim) for t in told} == {cut.event} and questions.event_of(lamps, "none") is None
    assert "nobody" not in {t.target for t in questions.evidence(lamps)}, "a claim under the line of confidence tells no act"


def test_sources_search_unresolved_actors(lamps: Store) -> None:
    assert [(s.document, s.claims, s.acts, s.alone) for s in questions.sources(lamps)] == [("one", 3, 3, 3), ("sub/two", 3, 2, 2)]
    assert [(h.kind, h.text) for h in questions.search(lamps, "LIGHT")] == [("actor", "Dynamo Light")]
    assert [h.kind for h in questions.search(lamps, "press dyn")] == ["document"]
    assert [(u.kind, u.what, u.times) for u in questions.unresolved(lamps)] == [
        ("name", "Voltix", 2), ("date", "later", 1), ("no date", "unknown", 2),
    ]  # fmt: skip
    assert [(a.actor, a.did, a.received) for a in questions.actors(lamps) if a.did or a.received] == [
        ("Dynamo", 1, 2), ("Dynamo Light", 1, 0), ("Lamp Workers", 2, 1), ("Voltix", 0, 1),
    ]  # fmt: skip


def test_path(lamps: Store) -> None:
    steps = questions.path(lamps, "Dynamo", "Lamp Workers")
    assert [(s.chain, s.step, s.source, s.target, s.actions) for s in steps] == [
        (1, 1, "Dynamo", "Lamp Workers", ("REJECT",)),
        (1, 1, "Lamp Workers", "Dynamo", ("SUPPORT", "REQUEST")),
    ]
    assert len(questions.path(lamps, "Dynamo", "Lamp Workers", directed=True)) == 1
    assert questions.path(lamps, "Dynamo", "Voltix") == [], "a negated act ties nobody"
    with pytest.raises(UsageError, match="path knows no filter publisher"):
        questions.path(lamps, "Dynamo", "Voltix", publisher="Daily Glow")


def test_timeline(lamps: Store) -> None:
    weeks = [(m.period, m.action, m.acts) for m in questions.timeline(lamps, step="week")]
    assert weeks == [
        (date(2021, 1, 4), "REQUEST", 1), (date(2021, 1, 4), "SANCTION", 1), (None, "SUPPORT", 1), (None, "REJECT", 1),
    ]  # fmt: skip
    with pytest.raises(UsageError, match="day, week, month, year"):
        questions.timeline(lamps, step="fortnight")


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_every_question_is_listed_whole(lamps: Store, name: str) -> None:
    question = QUESTIONS[name]
    found = ask(lamps, name, case="lamps", **{key: NEEDED[key] for key in question.needed})
    assert is_dataclass(question.row) and all(isinstance(row, question.row) for row in found)
    assert question.help and question.example.split()[0] == name
    assert set(question.parameters) <= set(PARAMETERS)
    given = [word[2:] for word in question.example.split() if word.startswith("--")]
    assert set(question.needed) <= set(given) <= set(question.parameters)
    table = frame(found, question.row)
    assert isinstance(table, pd.DataFrame) and list(table.columns) == [f.name for f in fields(question.row)] and len(table) == len(found)
    for row in found:
        flat = json.loads(json.dumps(rows.as_json(row)))
        assert list(flat) == [f.name for f in fields(question.row)]
        assert not any(isinstance(value, dict) for value in flat.values())


def test_every_statement_has_its_question() -> None:
    parts = {"roles", "last_days", "event_of", "path_acts", "actor", "actor_names"}
    assert set(cypher.statements("read")) == (set(QUESTIONS) - {"response_lag"}) | parts


def test_the_filters_are_the_same_words_in_every_statement() -> None:
    start, end = "($case = '' OR e.`case` = $case)\n", "e.day_last >= $since))"
    blocks = set()
    for text in cypher.statements("read").values():
        for piece in text.split(start)[1:]:
            if end in piece:
                blocks.add(piece.split(end)[0])
    assert len(blocks) == 1


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("nonsense", {}, "no question 'nonsense'; there are"),
        ("act", {}, "no question 'act'; there are acts"),
        ("dyad", {"a": "Dynamo"}, "dyad needs b: the other actor; for example dyad --a"),
        ("acts", {"colour": "red"}, "acts takes no colour"),
        ("acts", {"since": "January"}, "since 'January' is no date; write it as 2021-01-09"),
        ("acts", {"since": "2021-02-01", "until": "2021-01-01"}, "lies after"),
        ("acts", {"action": "SHOUT"}, "action 'SHOUT' is none; there are AGREE"),
        ("acts", {"modality": "maybe"}, "modality 'maybe' is none"),
        ("acts", {"quad": "7"}, "quad 7 is none"),
        ("acts", {"min_origins": "two"}, "min_origins 'two' is no whole number"),
        ("acts", {"limit": "many"}, "limit 'many' is no whole number"),
        ("search", {"text": "  "}, "search for what"),
    ],
)
def test_asked_wrongly(lamps: Store, name: str, given: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError) as error:
        ask(lamps, name, **given)
    assert says in str(error.value)


def test_a_name_that_is_none_is_answered_with_the_nearest(lamps: Store) -> None:
    with pytest.raises(QueryError, match=r"no actor 'Dinamo' in this store; did you mean Dynamo"):
        questions.acts(lamps, actor="Dinamo")
    assert questions.named(lamps, "voltix") == "Voltix"


def test_words_and_values_ask_the_same(lamps: Store) -> None:
    words = ask(
        lamps, "acts", since="2021-01-08", action="request, sanction", quad="3,4", min_origins="1", limit="5", publisher="", case=None
    )
    values = questions.acts(lamps, Filters(since=date(2021, 1, 8), action=("REQUEST", "SANCTION")), quad=(3, 4), min_origins=1, limit=5)
    assert words == values and len(words) == 2


def test_a_hostile_value_is_only_a_value(lamps: Store) -> None:
    evil = "' OR 1=1 // `) DETACH DELETE (n"
    assert questions.search(lamps, evil) == []
    assert questions.acts(lamps, case=evil, publisher=evil) == []
    with pytest.raises(QueryError, match="no actor"):
        questions.acts(lamps, actor=evil)


def test_parameters_never_hold_an_empty_list() -> None:
    for counted in (False, True):
        wanted = parameters(Filters(), counted=counted)
        assert all(wanted[key] for key in ("actions", "modalities", "quads"))
    assert "STATEMENT" not in parameters(Filters(), counted=True)["actions"]


@pytest.mark.parametrize("module", [store, exports])
def test_examples_in_docstrings(module: Any) -> None:
    failed, tried = doctest.testmod(module)
    assert failed == 0 and tried > 0
