"""Names as people type them, found in the graph; filters made ready with them.

In: a store and words. Out: canonical names and the parameters of a statement.
Rule: a name that is none is an error that says which names are near, never an empty answer.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import Any

from graph.errors import QueryError
from graph.filters import Filters, Given, parameters
from graph.model import actor_id
from graph.store import Store


def named(store: Store, name: str) -> str:
    """The canonical name of an actor as the graph has it, whatever its case. QueryError names the nearest where there is none."""
    if store.run("actor", {"a_id": actor_id(name)}):
        return name
    names = [row["actor"] for row in store.run("actor_names", {})]
    same = [n for n in names if n.casefold() == name.strip().casefold()]
    if len(same) == 1:
        return same[0]
    near = same or difflib.get_close_matches(name, names, n=3, cutoff=0.6)
    raise QueryError(f"no actor {name!r} in this store" + (f"; did you mean {' or '.join(near)}?" if near else ""))


def asked(store: Store, filters: Filters, given: Given, *, counted: bool = False) -> dict[str, Any]:
    """The parameters of a statement from filters and keyword arguments, with the names of actors as the graph has them."""
    filters = replace(filters, **given)
    wanted = parameters(filters, counted=counted)
    return wanted | {k: named(store, wanted[k]) for k in ("actor", "source", "target") if wanted[k]}
