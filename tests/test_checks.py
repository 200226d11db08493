"""graph/checks.py: what a claim's fields may hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.checks import check_fields, known_day
from graph.errors import BadInput


def test_days() -> None:
    assert known_day("2021-01-09") == date(2021, 1, 9) and known_day("1000-01-01").year == 1000
    for wrong in ("20210109", "2021-W01-1", "2021-01-09T10:00", "2021-02-30", "0999-12-31", "3000-01-01", "\u0662021-01-09", ""):
        with pytest.raises(ValueError, match=r"is no date|outside the years"):
            known_day(wrong)


def test_a_part_of_a_claim_is_held_against_the_type_that_it_belongs_to() -> None:
    check_fields({"mode": "+delist"}, "SANCTION")
    check_fields({"mode": "+delist", "action": "SANCTION"}, "REJECT")
    check_fields({"target": "Voltix"})
    for given, action in (({"mode": "+delist"}, "REJECT"), ({"mode": "+delist", "action": "REJECT"}, "SANCTION"), ({}, "SHOUT")):
        with pytest.raises(BadInput, match=r"has no mode|unknown action"):
            check_fields(given, action)


@pytest.mark.parametrize(
    "given",
    [
        {"source": "A", "target": "A"},
        {"date_start": "2021-01-09", "date_end": "2021-01-08"},
        {"target": "a\0"},
        {"about": ["\ud800"]},
        {"about": [" "]},
        {"optional": 1},
        {"start": False},
        {"basis": "guess"},
        {"demand_action": "FOO"},
        {"demand_target": "A"},
        {"speaker": {}},
    ],
)
def test_what_no_claim_holds(given: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        check_fields(given)
