"""The model: ids are hashes of content, rows go there and back."""

from __future__ import annotations

import ast
import sys
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Actor, Claim, Document, Event, Response, Tie, actor_id, digest, from_row, to_row

CLAIM = Claim(
    case="c",
    document="d",
    start=3,
    end=9,
    quote="banned",
    source="A",
    action="SANCTION",
    target="B",
    about=("C",),
    date_start=date(2021, 1, 8),
    demand_action="RETREAT",
)


def test_ids_are_of_content_and_stable() -> None:
    assert actor_id("Amazon") == Actor(name="Amazon").id == digest("actor", "Amazon")
    assert actor_id("Amazon") == "28ff70f251603e3fbc44", "an id that changes breaks every permalink"
    assert CLAIM.id == Claim(case="c", document="d", start=3, end=9, quote="other", source="A", action="SANCTION", target="B").id
    assert CLAIM.id != Claim(case="x", document="d", start=3, end=9, quote="banned", source="A", action="SANCTION", target="B").id


@given(
    st.lists(st.one_of(st.none(), st.text(), st.integers(), st.booleans()), max_size=5),
    st.lists(st.one_of(st.none(), st.text()), max_size=5),
)
def test_parts_never_run_together(one: list[object], other: list[object]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other and [type(x) for x in one] == [type(x) for x in other])


@pytest.mark.parametrize(
    "thing",
    [
        CLAIM,
        Document(case="c", document="d", title="t", text="x", published=date(2020, 2, 29), masked=((0, 1, "menu"),)),
        Actor(name="A", kind="group", known=False),
        Tie(actor="A", relation="LEADS", other="B", until=date(2021, 1, 29)),
        Event(case="c", claims=("1", "2"), source="A", action="REQUEST", differs=("date",)),
        Response(case="c", event="1", pressure="2", kind="refused", lag_min=0),
    ],
)
def test_rows_go_there_and_back(thing: object) -> None:
    row = to_row(thing)
    assert from_row(type(thing), row) == thing
    assert next(iter(row)) == "id"


def test_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        CLAIM.source = "Z"  # type: ignore[misc]


def test_the_model_imports_the_standard_library_only() -> None:
    tree = ast.parse((Path(__file__).parents[1] / "graph" / "model.py").read_text(encoding="utf-8"))
    names = {(n.module or "").split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)} | {
        a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names
    }
    assert names <= set(sys.stdlib_module_names)
