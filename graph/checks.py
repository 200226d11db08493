"""What the fields of a claim may hold, whoever writes them: a hand-coded table or a reviewer's judgement.

In: fields as JSON has them, a demand as demand_action and demand_target. Out: nothing, or BadInput with a reason. Rule: what
passes here can be made a Claim, kept in every store and sent in UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from graph import codebook
from graph.errors import BadInput
from graph.model import FIRST_YEAR, LAST_YEAR

DAYS = ("date_start", "date_end", "announced_date")
LISTS = ("about", "actions_ok")
PLACES = ("start", "end", "sentence_start")
ONE_OF: Mapping[str, Iterable[str]] = {
    "modality": codebook.MODALITIES,
    "granularity": codebook.GRANULARITIES,
    "basis": codebook.BASES,
}


def known_day(text: str) -> date:
    """A day from YYYY-MM-DD. Errors: ValueError where it is none, or lies outside the model's years."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(f"{text!r} is no date: write YYYY-MM-DD")
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no date in the calendar") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"{text!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return found


def check_text(name: str, text: str) -> None:
    """Nothing. Errors: BadInput where a text can't be kept."""
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise BadInput(f"{name} is not a text: it holds half of a surrogate pair or a zero byte")


def check_fields(given: Mapping[str, Any], action: str | None = None) -> None:
    """Nothing. `given`: the fields that are told, none of them None; `action`: the claim's type where `given` tells none.

    Errors: BadInput saying what is wrong with which field.
    """
    for name, value in given.items():
        _check_kind(name, value)
    action = given.get("action", action)
    if action is not None and action not in codebook.types():
        raise BadInput(f"unknown action {action!r}: use one of {', '.join(codebook.types())}")
    if action is not None and given.get("mode") and given["mode"] not in codebook.modes()[action]:
        raise BadInput(f"{action} has no mode {given['mode']!r}: use one of {', '.join(codebook.modes()[action])}")
    if (asked := given.get("demand_action")) and asked not in codebook.types():
        raise BadInput(f"unknown action {asked!r} in the demand: use one of {', '.join(codebook.types())}")
    if given.get("demand_target") and not given.get("demand_action"):
        raise BadInput("a demand needs an action")
    check_ends(given.get("source"), given.get("target"), given.get("date_start"), given.get("date_end"))


def check_ends(source: str | None, target: str | None, start: str | None, end: str | None) -> None:
    """Nothing. Errors: BadInput where an actor acts on itself, or a first day (ISO) lies after the last."""
    if source is not None and source == target:
        raise BadInput("an actor does not act on itself")
    if start and end and start > end:
        raise BadInput(f"date_start {start} lies after date_end {end}")


def _check_kind(name: str, value: Any) -> None:
    """Nothing. Errors: BadInput where a value is not what its field holds."""
    for text in [value] if isinstance(value, str) else value if isinstance(value, list) else []:
        if isinstance(text, str):
            check_text(name, text)
    if name in LISTS:
        if not isinstance(value, list) or not all(isinstance(x, str) and x.strip() for x in value):
            raise BadInput(f"{name} must be a list of texts")
        if name == "actions_ok" and (odd := [x for x in value if x not in codebook.types()]):
            raise BadInput(f"unknown action {odd[0]!r} in actions_ok: use one of {', '.join(codebook.types())}")
    elif name in PLACES:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise BadInput(f"{name} {value!r} is no offset: give a whole number of characters from 0 on, or leave it out")
    elif name == "optional":
        if not isinstance(value, bool):
            raise BadInput(f"optional {value!r}: write true or false")
    elif not isinstance(value, str):
        raise BadInput(f"{name} must be a text in quotes")
    elif name in ONE_OF and value not in ONE_OF[name]:
        raise BadInput(f"unknown {name} {value!r}: use one of {', '.join(ONE_OF[name])}")
    elif name in DAYS:
        try:
            known_day(value)
        except ValueError as error:
            raise BadInput(f"{name}: {error}") from None
