"""What the graph of the five articles must show, from their text to the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph import questions
from graph.model import to_row
from graph.store import Store, open_store
from loaders import evaluate
from loaders.case import load_case
from loaders.evaluate_files import read_rows

SHARED = Path(__file__).parents[2] / "shared"
HERE = Path(__file__).parents[1]
needs_shared = pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="../shared/corpus is not there: its texts are not ours to ship")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("story") / "corpus.db"
    with open_store(path) as held:
        held.write(load_case(SHARED / "corpus").batch)
    with open_store(path, read_only=True) as held:
        yield held


def days(store: Store, source: str, action: str, target: str) -> set[date | None]:
    return {a.date_start for a in questions.acts(store, source=source, action=action, target=target)}


@needs_shared
def test_who_did_what_on_which_day(store: Store) -> None:
    assert days(store, "Google", "SANCTION", "Parler") == {date(2021, 1, 8)}
    assert date(2021, 1, 8) in days(store, "Apple", "THREATEN", "Parler")
    assert days(store, "Apple", "SANCTION", "Parler") == {date(2021, 1, 9)}
    assert days(store, "Twitter", "SANCTION", "Donald Trump") == {date(2021, 1, 8)}
    assert days(store, "AECJ", "SUPPORT", "Amazon") == {date(2021, 1, 9)}


@needs_shared
def test_the_demand_and_how_it_was_answered(store: Store) -> None:
    rows = [d for d in questions.demands(store, target="Amazon") if d.source == "AECJ" and d.date_start == date(2021, 1, 9)]
    assert [(d.demand_action, d.demand_target, d.response_source, d.response_action, d.kind, d.lag_min, d.lag_max) for d in rows] == [
        ("SANCTION", "Parler", "AWS", "SANCTION", "fulfilled", 0, 1)
    ]


@needs_shared
def test_the_two_days_of_the_demand_stay_visible(store: Store) -> None:
    assert {date(2021, 1, 8), date(2021, 1, 9)} <= days(store, "AECJ", "REQUEST", "Amazon")
    apart = [d for d in questions.disagreements(store, source="AECJ") if d.where == "between" and d.why == "date" and d.action == "REQUEST"]
    assert {(d.date_start, d.other_date_start) for d in apart} & {
        (date(2021, 1, 8), date(2021, 1, 9)),
        (date(2021, 1, 9), date(2021, 1, 8)),
    }


@needs_shared
def test_the_workforce_is_not_the_company(store: Store) -> None:
    ties = {(r.actor, r.what, r.other) for r in questions.actor_profile(store, actor="AECJ") if r.part == "role"}
    assert ("AECJ", "MEMBER_OF", "Amazon") in ties
    assert {"AECJ", "Amazon", "Amazon employees", "AWS"} <= {a.actor for a in questions.actors(store)}


@needs_shared
def test_nothing_is_claimed_from_what_is_no_text(store: Store) -> None:
    quotes = [e.quote for e in questions.evidence(store)]
    assert quotes and not any(re.search(r"block ads|Getty Images|parlerpalmercnbc|All rights reserved|Image source", q) for q in quotes)


def test_the_readme_tells_what_is_measured() -> None:
    """The row of the sample case in the README's table is what evaluate says today."""
    sample = HERE / "loaders" / "sample_case" / "amazon-parler"
    claims = [to_row(c) for c in load_case(sample, reviewed=False).batch.claims if c.status == "counted" and c.found != "hand"]
    result = evaluate.score(read_rows(sample / "gold.jsonl"), claims)
    told = result.levels["dyad+type"]
    row = re.search(r"\| ten sample texts[^|]*\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|", (HERE / "README.md").read_text(encoding="utf-8"))
    assert row and [float(x) for x in row.groups()] == [
        round(told.f1, 2),
        round(told.precision, 2),
        round(told.recall, 2),
        round(result.extra_per_100),
    ]
