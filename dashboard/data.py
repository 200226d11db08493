"""Questions -> DataFrames for the pages; the only place where the dashboard caches, and the only one that opens the store.

In: the store's address, filters. Out: rows and frames. Rule: what is cached is keyed by the state of the store, so that a page
shows a new graph at the next click after a load, and an open page never blocks one.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from graph import questions
from graph.errors import StoreError
from graph.rows import ActorRow, Edge
from graph.store import Loaded, Store, open_store


def address(arguments: list[str]) -> str:
    """The store named behind `--store`, else by WHOM_STORE, else the default beside."""
    if "--store" in arguments and arguments.index("--store") + 1 < len(arguments):
        return arguments[arguments.index("--store") + 1]
    return os.environ.get("WHOM_STORE") or "whom.db"


@st.cache_resource(show_spinner=False)
def _store(uri: str) -> Store:
    return open_store(uri, read_only=True)


def state(uri: str) -> tuple[Any, ...]:
    """What changes whenever another graph stands in the store: of a file its time, size and number; of a server when its cases were loaded.

    Errors: StoreError where there is no store.
    """
    if "://" not in uri:
        try:
            seen = Path(uri).stat()
            return (seen.st_mtime_ns, seen.st_size, seen.st_ino)
        except OSError:
            raise StoreError(f"There is no store at {uri}. Build it with: whom load CASE --store {uri}") from None
    return tuple((c.case, c.loaded) for c in _store(uri).cases())


@st.cache_data(show_spinner=False, max_entries=16)
def cases(uri: str, seen: tuple[Any, ...]) -> list[Loaded]:
    """The cases in the store."""
    return _store(uri).cases()


@st.cache_data(show_spinner=False, max_entries=128)
def rows(uri: str, seen: tuple[Any, ...], name: str, given: tuple[tuple[str, Any], ...]) -> list[Any]:
    """The typed rows of a named question."""
    return questions.ask(_store(uri), name, **dict(given))


def edges(uri: str, given: dict[str, Any]) -> list[Edge]:
    """Who acted on whom."""
    return rows(uri, state(uri), "pressure_edges", _key(given))


def actors(uri: str, given: dict[str, Any]) -> list[ActorRow]:
    """Every actor of the case, whatever the other filters."""
    return rows(uri, state(uri), "actors", _key({"case": given.get("case")}))


def asked(uri: str, name: str, given: dict[str, Any]) -> list[Any]:
    """Any other named question."""
    return rows(uri, state(uri), name, _key(given))


def frame(found: list[Any], kind: type) -> pd.DataFrame:
    """Rows as a table, its columns there even without rows."""
    return questions.frame(found, kind)


def _key(given: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted((k, tuple(v) if isinstance(v, list) else v) for k, v in given.items() if v not in (None, "", [], (), False, 0)))
