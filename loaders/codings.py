"""A coding of one document, kept on disk so that what has not changed is not coded again.

In: a key that hashes all that a coding depends on. Out: the coding, or None. Rule: this is only an accelerator; every
file can be deleted at any time, a broken one counts as missing, and nothing in a graph depends on it.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

KEEP_DAYS = 60
"""A coding that no load has used for so long is deleted: at about 15 kB a document, a thousand documents are 15 MB."""


def folder() -> Path:
    """Where codings are kept: WHOM_CACHE, else the user's cache folder."""
    told = os.environ.get("WHOM_CACHE")
    return Path(told) if told else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whom"


def load(key: str) -> dict[str, Any] | None:
    """The coding kept under this key, or None."""
    path = folder() / f"{key}.json"
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        os.utime(path)
    except (OSError, ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) and row.get("key") == key else None


def save(key: str, row: dict[str, Any]) -> None:
    """Keep a coding; where the folder can't be written nothing is kept, and the next load codes again."""
    target = folder()
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target, suffix=".new", delete=False) as file:
            json.dump(row | {"key": key}, file, ensure_ascii=False)
        os.replace(file.name, target / f"{key}.json")
    except OSError:
        return


def forget_old() -> None:
    """Delete what was not used for KEEP_DAYS, and what a killed load left half written."""
    now = time.time()
    try:
        for path in folder().iterdir():
            age = now - path.stat().st_mtime
            if (path.suffix == ".json" and age > KEEP_DAYS * 86400) or (path.suffix == ".new" and age > 3600):
                path.unlink(missing_ok=True)
    except OSError:
        return
