"""Filters <-> sidebar <-> address: what acts a page looks at, the same on every page.

In: the address's parameters and the widgets. Out: the parameters of a question. Rule: all of it stands in the address, so that an
address is a view; a parameter that makes no sense is dropped and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import streamlit as st

from graph import codebook

QUADS = {1: "co-operation in words", 2: "co-operation in deeds", 3: "conflict in words", 4: "conflict in deeds"}
FIRST, LAST = date(1000, 1, 1), date(2999, 12, 31)
"""The days that the date widgets take."""
MOST_ORIGINS = 50
FOUND = ("both", "reader", "rule", "hand", "table", "review")


@dataclass(frozen=True, slots=True)
class View:
    """What the sidebar says. Nothing given: everything."""

    case: str = ""
    since: str = ""
    until: str = ""
    actor: str = ""
    action: tuple[str, ...] = ()
    quad: tuple[int, ...] = ()
    modality: tuple[str, ...] = ()
    publisher: str = ""
    found: str = ""
    min_origins: int = 0

    def given(self) -> dict[str, Any]:
        """As parameters of a question: only what is set."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) not in ("", (), 0)}

    def address(self) -> dict[str, str]:
        """As parameters of an address."""
        return {k: ",".join(str(x) for x in v) if isinstance(v, tuple) else str(v) for k, v in self.given().items()}


def read(address: Mapping[str, str]) -> tuple[View, list[str]]:
    """The view that an address means, and what in it made no sense."""
    wrong: list[str] = []

    def some(name: str, allowed: Iterable[Any], make: Any = str) -> tuple[Any, ...]:
        out = []
        for word in filter(None, address.get(name, "").split(",")):
            try:
                value = make(word)
            except ValueError:
                value = None
            if value in allowed:
                out.append(value)
            else:
                wrong.append(f"{name}={word}")
        return tuple(out)

    def day(name: str) -> str:
        word = address.get(name, "")
        try:
            if word and FIRST <= date.fromisoformat(word) <= LAST:
                return date.fromisoformat(word).isoformat()
        except ValueError:
            pass
        if word:
            wrong.append(f"{name}={word}")
        return ""

    number = address.get("min_origins", "")
    if number and not (number.isascii() and number.isdigit() and int(number) <= MOST_ORIGINS):
        wrong.append(f"min_origins={number}")
        number = ""
    found = some("found", FOUND)
    view = View(
        case=address.get("case", ""),
        since=day("since"),
        until=day("until"),
        actor=address.get("actor", ""),
        action=some("action", codebook.types()),
        quad=some("quad", QUADS, int),
        modality=some("modality", codebook.MODALITIES),
        publisher=address.get("publisher", ""),
        found=found[0] if found else "",
        min_origins=int(number or 0),
    )
    return view, wrong


def sidebar(view: View, cases: list[str], actors: list[str], publishers: list[str]) -> View:
    """The widgets, set as the view says; returns what they say now."""
    side = st.sidebar

    def pick(label: str, options: list[str], value: str, every: str) -> str:
        known = options if value in options or not value else [value, *options]
        return side.selectbox(label, ["", *known], index=known.index(value) + 1 if value else 0, format_func=lambda x: x or every)

    case = pick("Case", cases, view.case, "all cases") if len(cases) > 1 or view.case else ""
    actor = pick("Actor", actors, view.actor, "everybody")
    left, right = side.columns(2)
    since = left.date_input("From", value=date.fromisoformat(view.since) if view.since else None, min_value=FIRST, max_value=LAST)
    until = right.date_input("To", value=date.fromisoformat(view.until) if view.until else None, min_value=FIRST, max_value=LAST)
    quad = side.multiselect("Class", list(QUADS), default=list(view.quad), format_func=lambda q: QUADS[q])
    action = side.multiselect("Action", list(codebook.types()), default=list(view.action))
    modality = side.multiselect("Modality", list(codebook.MODALITIES), default=list(view.modality))
    publisher = pick("Publisher", publishers, view.publisher, "all publishers")
    found = pick("How found", list(FOUND), view.found, "any way")
    origins = side.number_input("Independent sources, at least", min_value=0, max_value=MOST_ORIGINS, value=view.min_origins)
    return View(
        case=case,
        since=since.isoformat() if since else "",
        until=until.isoformat() if until else "",
        actor=actor,
        action=tuple(action),
        quad=tuple(quad),
        modality=tuple(modality),
        publisher=publisher,
        found=found,
        min_origins=int(origins),
    )


def loosen(view: View) -> str:
    """Which filters stand in the way of an empty result, in words."""
    names = {"since": "the first day", "until": "the last day", "min_origins": "the least number of sources", "found": "how found"}
    return ", ".join(names.get(k, k) for k in view.given()) or "nothing: the case holds no acts"
