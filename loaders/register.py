"""Where a store's cases came from: the files of each, and its judgements where they are kept elsewhere.

In: a store as it is named. Out: `Origin`s by case. Rule: it lies beside the store, never in it, since the graph does not depend
on paths; where nothing can be written the store is as good without.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.model import digest
from loaders import codings


@dataclass(frozen=True, slots=True)
class Origin:
    """The files of a case; `judgements` only where they are not the case's own."""

    files: Path
    judgements: Path | None = None


def known(store: str) -> dict[str, Origin]:
    """What is noted of a store's cases; nothing where the note is missing or broken."""
    try:
        return {case: _origin(told) for case, told in json.loads(_place(store).read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return {}


def note(store: str, case: str, origin: Origin | None) -> None:
    """Note where a case came from, or forget it."""
    target = _place(store)
    try:
        with target.with_name(f"{target.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two loads at once would lose one of two notes
            told = {k: v for k, v in known(store).items() if k != case}
            if origin is not None:
                told[case] = origin
            temporary = target.with_name(f"{target.name}.new")
            temporary.write_text(json.dumps({k: _row(v) for k, v in told.items()}, indent=1), encoding="utf-8")
            os.replace(temporary, target)
    except OSError:
        return


def _place(store: str) -> Path:
    return codings.folder() / f"cases-{digest(store)}.json" if "://" in store else Path(f"{store}.cases.json")


def _origin(told: Any) -> Origin:
    return Origin(Path(told)) if isinstance(told, str) else Origin(Path(told["files"]), Path(told["judgements"]))


def _row(origin: Origin) -> str | dict[str, str]:
    """The files alone, or with the judgements; whole paths, so that they hold in another folder."""
    files = str(origin.files.resolve())
    return files if origin.judgements is None else {"files": files, "judgements": str(origin.judgements.resolve())}
