"""The question `path`: how two actors are tied through acts.

In: a store and two names. Out: the links of all shortest chains, in one order on every engine.
Rule: the graph is asked one step at a time and the chains are put together here, so that no engine's path search is needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any, Unpack

from graph import folding
from graph.errors import UsageError
from graph.filters import ALL, Filters, Given, parameters
from graph.model import actor_id
from graph.naming import named
from graph.rows import Step
from graph.store import Row, Store

MAX_STEPS = 4
MAX_CHAINS = 100
"""Chains that `path` lists; two hubs of a large graph are tied by thousands, which nobody reads."""


def path(store: Store, a: str, b: str, filters: Filters = ALL, *, directed: bool = False, **given: Unpack[Given]) -> list[Step]:
    """How `a` is tied to `b` through acts: all shortest chains of at most four, at most 100 of them, sorted by names.

    An act ties both its actors, whoever did it; with `directed`, only from source to target. Statements, negated and
    hypothetical acts tie nobody. Of the filters, case, days, action, modality, quad and min_origins hold; others are refused.
    """
    filters = replace(filters, **given)
    for name in ("actor", "source", "target", "publisher", "found"):
        if getattr(filters, name) is not None:
            raise UsageError(f"path knows no filter {name}")
    start, end = named(store, a), named(store, b)
    wanted = parameters(filters, counted=True)
    chains = [] if start == end else _chains(store, start, end, wanted, directed)
    pairs = {pair for chain in chains for pair in pairwise(chain)}
    if not pairs:
        return []
    if not directed:
        pairs |= {(y, x) for x, y in pairs}
    sides = {"sources": sorted({actor_id(x) for x, _ in pairs}), "targets": sorted({actor_id(y) for _, y in pairs})}
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in store.run("path_acts", wanted | sides):
        found[row["source"], row["target"]].append(row)
    return [
        folding.step(n, i, found[way])
        for n, chain in enumerate(chains, 1)
        for i, pair in enumerate(pairwise(chain), 1)
        for way in (pair, pair[::-1])
        if way in pairs and found[way]
    ]


def _chains(store: Store, start: str, end: str, wanted: dict[str, Any], directed: bool) -> list[tuple[str, ...]]:
    """All shortest chains of names, sorted, at most MAX_CHAINS of them.

    Breadth first, one statement a step, so that a hub costs its neighbours and not the product of its edges.
    """
    before: dict[str, set[str]] = {start: set()}
    frontier = [start]
    for _ in range(MAX_STEPS):
        found: dict[str, set[str]] = defaultdict(set)
        for row in store.run("path", wanted | {"frontier": [actor_id(name) for name in frontier]}):
            if row["there"] not in before and (row["way"] == "did" or not directed):
                found[row["there"]].add(row["here"])
        before |= found
        if end in found or not found:
            break
        frontier = sorted(found)
    if end not in before:
        return []
    after: dict[str, set[str]] = defaultdict(set)
    todo = [end]
    while todo:
        name = todo.pop()
        todo += [b for b in before[name] if b not in after]
        for b in before[name]:
            after[b].add(name)

    def walk(chain: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if chain[-1] == end:
            yield chain
        for name in sorted(after[chain[-1]]):
            yield from walk((*chain, name))

    return list(islice(walk((start,)), MAX_CHAINS))
