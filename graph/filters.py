"""What a question is asked about: which case, days, actors, actions, sources. Words in, checked values out.

In: keyword arguments as people write them (dates as ISO text, lists as text with commas). Out: the parameters of a statement.
Rule: a filter that is not given becomes a value that every act passes, so that each statement has one text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from graph.codebook import DONE, MODALITIES, types
from graph.errors import UsageError
from graph.projection import day_number

FIRST_DAY, LAST_DAY = -1_000_000, 10_000_000
"""Days before and after any date that Python has."""
QUADS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What acts to look at. Nothing given: all of them.

    `since`, `until`: a date or ISO text; an act counts where any of its possible days lies between. Acts without a date are
    kept unless `dated_only`. `actor` is source or target. `action`, `modality`, `quad`: one or more. `publisher`, `found`: of
    at least one claim that tells the act. `min_origins`: independent sources. `everything`: also statements, negated and
    hypothetical acts in the questions that leave them out. UsageError where a value is none of those it can have.
    """

    case: str | None = None
    since: date | str | None = None
    until: date | str | None = None
    dated_only: bool = False
    actor: str | None = None
    source: str | None = None
    target: str | None = None
    action: tuple[str, ...] | str = ()
    modality: tuple[str, ...] | str = ()
    quad: tuple[int, ...] | int | str = ()
    publisher: str | None = None
    found: str | None = None
    min_origins: int | str = 0
    everything: bool = False

    def __post_init__(self) -> None:
        def put(name: str, value: Any) -> None:
            object.__setattr__(self, name, value)

        put("since", as_day("since", self.since))
        put("until", as_day("until", self.until))
        put("action", _some("action", (a.upper() for a in _list(self.action)), tuple(types())))
        put("modality", _some("modality", (m.lower() for m in _list(self.modality)), MODALITIES))
        put("quad", _some("quad", (as_number("quad", q) for q in _list(self.quad)), QUADS))
        put("min_origins", as_number("min_origins", self.min_origins))
        for name in ("case", "actor", "source", "target", "publisher", "found"):
            put(name, getattr(self, name) or None)
        if isinstance(self.since, date) and isinstance(self.until, date) and self.since > self.until:
            raise UsageError(f"since {self.since} lies after until {self.until}")


class Given(TypedDict, total=False):
    """The filters as keyword arguments of a question."""

    case: str | None
    since: date | str | None
    until: date | str | None
    dated_only: bool
    actor: str | None
    source: str | None
    target: str | None
    action: tuple[str, ...] | str
    modality: tuple[str, ...] | str
    quad: tuple[int, ...] | int | str
    publisher: str | None
    found: str | None
    min_origins: int | str
    everything: bool


def parameters(filters: Filters, *, counted: bool = False) -> dict[str, Any]:
    """The parameters of a statement. With `counted`, statements, negated and hypothetical acts are left out unless asked for."""
    narrow = counted and not filters.everything
    actions = tuple(t for t in types() if not (narrow and t == "STATEMENT"))
    return {
        "case": filters.case or "",
        "since": FIRST_DAY if filters.since is None else day_number(as_day("since", filters.since)),
        "until": LAST_DAY if filters.until is None else day_number(as_day("until", filters.until)),
        "undated": not filters.dated_only,
        "actor": filters.actor or "",
        "source": filters.source or "",
        "target": filters.target or "",
        "actions": _list(filters.action) or list(actions),
        "modalities": _list(filters.modality) or list(DONE if narrow else MODALITIES),
        "quads": _list(filters.quad) or list(QUADS),
        "publisher": filters.publisher or "",
        "found": filters.found or "",
        "min_origins": filters.min_origins,
    }


def as_day(name: str, value: date | str | None) -> date | None:
    """A date from a date or ISO text; a year or a month alone is refused, since it says two days."""
    if not value:
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{name} {value!r} is no date; write it as 2021-01-09") from None


def as_number(name: str, value: int | str) -> int:
    """A whole number from a number or its digits."""
    try:
        return int(value)
    except (TypeError, ValueError):
        raise UsageError(f"{name} {value!r} is no whole number") from None


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return list(value) if isinstance(value, Iterable) else [value]


def _some(name: str, values: Iterable[Any], known: tuple[Any, ...]) -> tuple[Any, ...]:
    found = tuple(dict.fromkeys(values))
    for value in found:
        if value not in known:
            raise UsageError(f"{name} {value!r} is none; there are {', '.join(map(str, known))}")
    return found


ALL = Filters()
"""No filter at all."""
