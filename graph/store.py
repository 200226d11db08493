"""The store: what every graph database here can do, and the one way to open one.

In: a path (embedded) or an address (bolt://, neo4j://). Out: a `Store`.
Rule: no caller asks which engine it is; an engine is one file that implements `Store`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph.errors import StoreError
from graph.model import Batch

Row = dict[str, Any]

TIMEOUT = 30.0
"""Seconds that a query may take unless told otherwise."""
MAX_ROWS = 10_000
"""Rows that free Cypher hands back unless told otherwise; a named question hands back all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many things of a case a store holds, counted by key."""

    documents: int = 0
    actors: int = 0
    ties: int = 0
    claims: int = 0
    events: int = 0
    responses: int = 0
    doubts: int = 0

    @classmethod
    def of(cls, batch: Batch) -> Counts:
        """The counts that a store must show once it has written this batch."""
        return cls(**{f.name: len(getattr(batch, f.name)) for f in fields(cls)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A case in a store: when it was loaded (ISO 8601, UTC), what it says of itself, its load's report as JSON text."""

    case: str
    heading: str = ""
    notes: str = ""
    files: str = ""
    coder: str = ""
    loaded: str = ""
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of a query; `truncated` where the row limit cut it, `total` then the rows there were (None: unknown).

    `notes` are the engine's remarks, such as a property that no node has.
    """

    rows: list[Row]
    truncated: bool = False
    total: int | None = None
    notes: tuple[str, ...] = ()


class Store(ABC):
    """A graph of one or more cases. A context manager; errors are StoreError and its kinds."""

    @abstractmethod
    def write(self, batch: Batch, *, report: str | None = None) -> Counts:
        """Put this batch in the place of all that the store holds of its case, and touch no other case.

        All or nothing; counts by key afterwards and refuses to be short. `report` is the load's report as JSON text.
        """

    @abstractmethod
    def drop(self, case: str) -> Counts:
        """Take a case out and return what was in it. StoreError where there is no such case."""

    @abstractmethod
    def read(self, case: str) -> Batch:
        """All of a case, equal to what was written, in canonical order (projection.canonical)."""

    @abstractmethod
    def cases(self) -> list[Loaded]:
        """The cases of the store, by name."""

    @abstractmethod
    def run(self, name: str, parameters: Mapping[str, Any], *, timeout: float = TIMEOUT) -> list[Row]:
        """All rows of a statement of cypher/read, by its name. `timeout` in seconds."""

    @abstractmethod
    def query(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, timeout: float = TIMEOUT, max_rows: int = MAX_ROWS
    ) -> Result:
        """Free, read-only Cypher, checked by graph/guard.py before it runs. QueryError says what is wrong with it."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the graph; the store cannot be asked afterwards."""

    def loaded(self, case: str) -> Loaded:
        """What the store knows of a case. StoreError where there is no such case."""
        held = self.cases()
        for one in held:
            if one.case == case:
                return one
        raise StoreError(f"no case {case!r} in this store; it holds: {', '.join(c.case for c in held) or 'none'}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def open_store(uri: str | Path, *, read_only: bool = False) -> Store:
    """Open the graph at `uri`: a path, or an address such as bolt://host:7687.

    With `read_only`, a store that does not exist is StoreMissing at once, and writes are refused. Nothing is created before
    the first write.

    >>> from graph.store import open_store
    >>> open_store("no-such.db", read_only=True)
    Traceback (most recent call last):
    graph.errors.StoreMissing: no store at no-such.db; build it with whom load CASE --store no-such.db
    """
    if re.match(r"[a-z][a-z0-9+]+://", str(uri), re.IGNORECASE):
        raise StoreError(f"{uri}: the Neo4j store is not in this version yet; name a path for the embedded store, such as ./whom.db")
    # Imported here so that asking another engine never needs this one.
    from graph.store_embedded import EmbeddedStore

    return EmbeddedStore(Path(uri), read_only=read_only)
