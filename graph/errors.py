"""Every error that a user can cause, in one tree; each message says what, where and what to do.

WhomError                 exit code 1 unless a class says otherwise
├── UsageError            the command was asked wrongly (exit code 2)
├── BadInput              a file, row or text that cannot be taken: names file and line
│   └── BadQuote          a claim whose quote does not stand in its document
└── StoreError            the graph database
    ├── StoreMissing      a read from a store that does not exist (nothing is created)
    ├── StoreLocked       another load is writing
    ├── StoreVersion      written by another schema version: rebuild it with whom load
    └── QueryError        a query that is refused, wrong, too slow or too large
"""

from __future__ import annotations

from pathlib import Path


class WhomError(Exception):
    """Base of all errors whose message is meant for the user, never shown with a traceback."""

    exit_code = 1


class UsageError(WhomError):
    """The command was asked wrongly."""

    exit_code = 2


class BadInput(WhomError):
    """A file, row or text that cannot be taken.

    In: `reason` (what is wrong and what to do), and where known `file` and `line` (1-based).
    """

    def __init__(self, reason: str, file: str | Path | None = None, line: int | None = None) -> None:
        self.reason, self.file, self.line = reason, file, line
        place = "" if file is None else f"{file}:{line}: " if line else f"{file}: "
        super().__init__(f"{place}{reason}")


class BadQuote(BadInput):
    """A claim whose quote does not stand in its document, to the character."""


class StoreError(WhomError):
    """The graph database refused or failed."""


class StoreMissing(StoreError):
    """A read from a store that does not exist; nothing was created."""


class StoreLocked(StoreError):
    """Another process is writing to this store."""


class StoreVersion(StoreError):
    """The store was written by another schema version."""


class QueryError(StoreError):
    """A query that is refused, wrong, too slow or too large."""
