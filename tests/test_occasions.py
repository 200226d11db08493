"""loaders/occasions.py: whose act a sentence gives as the ground of another."""

from __future__ import annotations

import pathlib
from datetime import date
from typing import Any

import pytest

from graph.acts import events
from graph.model import Claim, Document
from graph.responses import responses
from loaders.occasions import with_occasions

SHARED = pathlib.Path(__file__).parents[2] / "shared"


def occasions(text: str, *told: tuple[str, str, str]) -> list[str | None]:
    """The occasions of claims given as (quote, source, action)."""
    claims = [
        Claim(case="c", document="a", start=text.index(q), end=text.index(q) + len(q), quote=q, source=s, action=a, target="T")
        for q, s, a in told
    ]
    return [c.occasion for c in with_occasions(claims, [Document(case="c", document="a", title="A", text=text)])]


DROPPED = ("Orran dropped the forum", "Orran", "SANCTION")
ASKED = ("the dockers had asked for it", "Velm dockers", "REQUEST")


def test_a_claim_told_in_the_clause() -> None:
    assert occasions("Orran dropped the forum two days after the dockers had asked for it.", DROPPED, ASKED) == ["Velm dockers", None]
    assert occasions("After the dockers had asked for it, Orran dropped the forum.", DROPPED, ASKED) == ["Velm dockers", None]
    assert occasions("Orran dropped the forum. After that, the dockers had asked for it.", DROPPED, ASKED) == [None, None]
    assert occasions("Orran dropped the forum before the dockers had asked for it.", DROPPED, ASKED) == [None, None]


def test_the_name_of_one_who_presses() -> None:
    sue = ("Mill sued", "Mill", "ACCUSE")
    ask = ("Velm dockers struck", "Velm dockers", "PROTEST")
    text = "Velm dockers struck. Mill sued. Following an outcry from Velm dockers and others, Orran dropped the forum."
    assert occasions(text, ask, sue, DROPPED) == [None, None, "Velm dockers"]
    assert occasions("Mill sued. Orran dropped the forum after a row with Mill.", sue, DROPPED) == [None, None], (
        "a lawsuit asks for no answer"
    )


def test_a_tie_belongs_to_the_act_next_to_it() -> None:
    text = "Mill sued in May; Orran dropped the forum after the dockers had asked for it."
    assert occasions(text, ("Mill sued", "Mill", "ACCUSE"), DROPPED, ASKED) == [None, "Velm dockers", None]


@pytest.mark.parametrize("word", ["over", "amid", "because of", "before", "despite"])
def test_what_only_stands_near_is_no_tie(word: str) -> None:
    text = f"Velm dockers struck. Orran dropped the forum {word} an outcry from Velm dockers."
    ask = ("Velm dockers struck", "Velm dockers", "PROTEST")
    assert occasions(text, ask, DROPPED) == [None, None]


def test_an_occasion_makes_a_response_stated() -> None:
    text = "Orran dropped the forum in response to the Velm dockers. The Velm dockers want Mill shut by Orran."
    more: dict[str, Any] = {"case": "c", "document": "a"}
    claims = (
        Claim(**more, start=0, end=23, quote=text[:23], source="Orran", action="SANCTION", target="forum"),
        Claim(**more, start=57, end=80, quote=text[57:80], source="Velm dockers", action="REQUEST", target="Orran"),
    )
    document = Document(case="c", document="a", title="A", text=text, published=date(2021, 1, 9))
    tied = with_occasions(claims, [document])
    made, _ = events(tied, [document])
    (link,) = responses(made, tied, (), date(2021, 1, 9))
    assert (link.kind, link.basis) == ("answered", "stated")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared gold is not beside this checkout")
def test_the_three_ties_of_the_corpus() -> None:
    from loaders.documents import read_case
    from tests.test_acts import gold

    claims, names, *_ = gold()
    tied = with_occasions(claims, read_case(SHARED / "corpus").documents)
    assert {names[c.id]: c.occasion for c in tied if c.occasion} == {"g034": "AECJ", "g056": "Amazon employees", "g058": "Amazon employees"}
