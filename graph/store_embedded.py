"""The store in one file on disk, kept by the embedded engine; the only importer of kglite.

In: batches and statements. Out: rows. A write builds the whole graph anew beside the file and renames it into place;
a reader holds the file that it loaded, and looks again when another stands there.
Rule: the file that is read is never written to, and kglite.open is never called on it (its write-ahead log, left by a killed
writer, was seen to put old commits back into a new file).
"""

from __future__ import annotations

import fcntl
import glob
import os
import threading
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import kglite
import pandas as pd

from graph import cypher, guard, projection
from graph.errors import QueryError, StoreError, StoreLocked, StoreMissing, StoreVersion
from graph.model import SCHEMA_VERSION, Batch
from graph.projection import RELATIONS, Row, Stamp
from graph.store import MAX_ROWS, TIMEOUT, Counts, Loaded, Result, Store

PASSES_OFF = ["push_where_into_match.1", "push_where_into_match.2", "fuse_match_return_aggregate"]
"""With these three optimizer passes 41 of 12,000 random queries were answered wrongly, without them none."""
BATCH = 10_000
"""Nodes a statement. 100,000 events: 80,000 nodes a second; bulk edges without properties 770,000 a second (150,000 by Cypher)."""
LOCK_WAIT = 5.0
"""Seconds that a second writer waits for the first."""
FREE_WORK = 1_000_000
"""Intermediate rows of free Cypher beside four scans of the graph: the engine's only bound on memory. The worst measured, paths of
six steps, took 0.9 GB at a million and 5.3 GB at five; one row of very long texts made in the query is not bounded by it."""
NAMED_WORK = 200_000_000
"""The same for the named questions, whose shape is known."""

kglite.set_query_warning_policy("silent")


class EmbeddedStore(Store):
    """One file. Several threads and processes may read while one writes."""

    def __init__(self, path: Path, *, read_only: bool = False, lock_wait: float = LOCK_WAIT) -> None:
        self.path, self.read_only, self.lock_wait = path, read_only, lock_wait
        try:
            # Through a link or by its own name it is one file, with one lock.
            self._file = path.resolve()
        except (OSError, RuntimeError):
            raise StoreError(f"{path}: cannot be read: a link that leads to itself") from None
        self._guard = threading.Lock()
        self._graph: Any = None
        self._seen: tuple[int, int, int] | None = None
        self._closed = False
        if read_only:
            self._current()

    def write(self, batch: Batch, *, report: str | None = None) -> Counts:
        batch = projection.canonical(batch)
        projection.check(batch)
        stamp = Stamp(loaded=datetime.now(UTC).isoformat(timespec="seconds"), report=report)
        with self._writing():
            held = {case: pair for case, pair in self._held().items() if case != batch.case.case}
            held[batch.case.case] = (batch, stamp)
            self._replace(held)
        return Counts.of(batch)

    def drop(self, case: str) -> Counts:
        if not self._file.exists():
            raise self._missing()
        with self._writing():
            held = self._held()
            if case not in held:
                raise StoreError(f"no case {case!r} in {self.path}; it holds: {', '.join(held) or 'none'}")
            gone = held.pop(case)[0]
            self._replace(held)
        return Counts.of(gone)

    def read(self, case: str) -> Batch:
        graph = self._current()
        return projection.read_batch(lambda name, p: _rows(graph, "stored", name, p), case)[0]

    def cases(self) -> list[Loaded]:
        names = {f.name for f in fields(Loaded)}
        return [Loaded(**{k: v for k, v in row.items() if k in names}) for row in _rows(self._current(), "stored", "stored_cases", {})]

    def run(self, name: str, parameters: Mapping[str, Any], *, timeout: float = TIMEOUT) -> list[Row]:
        return _rows(self._current(), "read", name, parameters, timeout)

    def query(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, timeout: float = TIMEOUT, max_rows: int = MAX_ROWS
    ) -> Result:
        given = dict(parameters or {})
        ready = guard.check(text, given)
        graph = self._current()
        view = _ask(graph, ready, given, timeout, work=FREE_WORK + 4 * graph.shape[0], row_limit=max_rows)
        rows = view.to_list()
        for row in rows:
            for column, value in row.items():
                if _whole(value):
                    raise QueryError(f"column {column} is a whole node, relation or path; return its properties, such as e.id or a.name")
        about = view.diagnostics or {}
        total = about.get("total_rows")
        cut = total is not None and total > len(rows)
        notes = tuple(w for w in view.warnings if "row_limit" not in w)
        return Result(rows=rows, truncated=cut, total=total if cut else len(rows), notes=notes)

    def close(self) -> None:
        with self._guard:
            self._graph, self._seen, self._closed = None, None, True

    # --- reading -----------------------------------------------------------------------------------------------------

    def _current(self) -> Any:
        """The graph that the file holds now, loaded again when another file stands there."""
        with self._guard:
            if self._closed:
                raise StoreError(f"{self.path}: this store was closed; open it again")
            seen = self._look()
            if self._graph is None or seen != self._seen:
                self._graph, self._seen = self._load(self._file), seen
            return self._graph

    def _look(self) -> tuple[int, int, int]:
        try:
            stat = self._file.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None
        except OSError as error:
            raise StoreError(f"{self.path}: cannot be read: {error.strerror}") from None
        if self._file.is_dir():
            raise StoreError(f"{self.path} is a folder; a store is one file, such as {self.path / 'whom.db'}")
        self._no_log()
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def _load(self, path: Path) -> Any:
        try:
            graph = kglite.load(str(path))
        except kglite.KgError as error:
            raise StoreError(f"{self.path}: cannot be read as a whom store ({_first(error)}); rebuild it with whom load") from None
        if graph.schema_version != SCHEMA_VERSION:
            raise StoreVersion(
                f"{self.path}: has schema version {graph.schema_version}, this whom reads {SCHEMA_VERSION}; rebuild it with whom load"
            )
        graph.read_only(True)
        return graph

    def _missing(self) -> StoreMissing:
        return StoreMissing(f"no store at {self.path}; build it with whom load CASE --store {self.path}")

    def _no_log(self) -> None:
        log = self._file.with_name(self._file.name + "-wal")
        if log.exists():
            raise StoreError(f"{log}: a write-ahead log beside the store, which whom never makes; move it away, or rebuild with whom load")

    # --- writing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold `<store>.lock`; a second writer waits `lock_wait` seconds, then gives up."""
        if self.read_only:
            raise StoreError(f"{self.path}: opened read-only")
        if self._closed:
            raise StoreError(f"{self.path}: this store was closed; open it again")
        if self._file.is_dir():
            raise StoreError(f"{self.path} is a folder; a store is one file, such as {self.path / 'whom.db'}")
        self._no_log()
        lock = self._file.with_name(self._file.name + ".lock")
        try:
            handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise StoreError(f"{lock}: cannot be written: {error.strerror}; choose another place with --store") from None
        try:
            end = time.monotonic() + self.lock_wait
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= end:
                        raise StoreLocked(f"{self.path}: another load is writing; try again when it has ended") from None
                    time.sleep(0.05)
            yield
        finally:
            os.close(handle)

    def _held(self) -> dict[str, tuple[Batch, Stamp]]:
        """Every case in the file now, by name; none where there is no file yet."""
        if not self._file.exists():
            return {}
        graph = self._current()
        cases = [row["case"] for row in _rows(graph, "stored", "stored_cases", {})]
        return {case: projection.read_batch(lambda name, p: _rows(graph, "stored", name, p), case) for case in cases}

    def _replace(self, held: Mapping[str, tuple[Batch, Stamp]]) -> None:
        """Build the graph of these cases beside the file, count it, and rename it into place."""
        folder, new = self._file.parent, self._file.with_name(f".{self._file.name}.new")
        for left in folder.glob(f"{glob.escape(new.name)}*"):
            left.unlink(missing_ok=True)
        try:
            graph = _build(held)
            with warnings.catch_warnings():
                # From 65,536 nodes on it says that columns of lists stay in memory.
                warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
                graph.save(str(new), fsync=True)
            del graph
            self._count(self._load(new), held)
            os.replace(new, self._file)
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except (kglite.KgError, OSError) as error:
            raise StoreError(f"{self.path}: cannot be written ({_first(error)}); the store is as it was") from None
        except (TypeError, OverflowError) as error:
            half = "a text that holds half of a character (a lone surrogate) is the usual cause"
            raise StoreError(f"{self.path}: a value cannot be kept ({_first(error)}): {half}; the store is as it was") from None
        finally:
            new.unlink(missing_ok=True)

    def _count(self, graph: Any, held: Mapping[str, tuple[Batch, Stamp]]) -> None:
        for case, (batch, _) in held.items():
            row = _rows(graph, "stored", "stored_counts", {"case": case})
            found = Counts(**{r["what"]: r["how_many"] for r in row})
            if found != Counts.of(batch):
                raise StoreError(f"{self.path}: case {case} came out as {found} for {Counts.of(batch)}; the store is as it was")


def _build(held: Mapping[str, tuple[Batch, Stamp]]) -> Any:
    """A new graph in memory of these cases: nodes first, each edge once both its ends are there."""
    graph = kglite.KnowledgeGraph()
    graph.set_schema_version(SCHEMA_VERSION)
    nodes, edges = projection.tables(held.values())
    for label, rows in nodes.items():
        _send(graph, f"create_{label.lower()}", rows)
    for relation, (start, end) in RELATIONS.items():
        rows = edges[relation]
        if rows and set(rows[0]) == {"start", "end"}:
            graph.add_relationships(pd.DataFrame(rows), relation, start, "start", end, "end")
        else:
            _send(graph, f"relate_{relation.lower()}", rows)
    return graph


def _send(graph: Any, name: str, rows: list[Row]) -> None:
    text = cypher.statement("write", name)
    for i in range(0, len(rows), BATCH):
        graph.cypher(text, params={"rows": rows[i : i + BATCH]}, timeout_ms=0, disabled_passes=PASSES_OFF, max_work_units=NAMED_WORK)


def _rows(graph: Any, folder: str, name: str, parameters: Mapping[str, Any], timeout: float = 0.0) -> list[Row]:
    rows: list[Row] = _ask(graph, cypher.statement(folder, name), parameters, timeout, work=NAMED_WORK).to_list()
    return rows


def _ask(graph: Any, text: str, parameters: Mapping[str, Any], timeout: float, *, work: int, row_limit: int | None = None) -> Any:
    """One read; `timeout` in seconds, 0 for none."""
    try:
        return graph.cypher(
            text,
            params=dict(parameters),
            timeout_ms=int(timeout * 1000),
            max_work_units=work,
            row_limit=row_limit,
            disabled_passes=PASSES_OFF,
        )
    except kglite.CypherTimeoutError:
        raise QueryError(f"the query took more than {timeout:g} seconds and was stopped; narrow it, or allow more time") from None
    except kglite.KgError as error:
        if "max_work_units" in str(error) or "safety limit" in str(error):
            raise QueryError(f"the query needs too much memory ({_first(error)}); narrow it, or anchor it at one actor") from None
        raise QueryError(f"the query cannot be answered: {_first(error)}") from None
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise QueryError(f"a parameter cannot be used: {_first(error)}") from None


def _whole(value: Any) -> bool:
    """Whether a value is a node, a relation or a path, as this engine hands them back, or holds one."""
    if isinstance(value, dict):
        return "properties" in value or ("nodes" in value and "relationships" in value) or any(_whole(v) for v in value.values())
    return isinstance(value, list) and any(_whole(v) for v in value)


def _first(error: BaseException) -> str:
    """The first line of an engine's message, short enough for one of ours."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
