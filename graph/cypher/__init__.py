"""The statements: one .cypher file each, named as the function that asks it; here is only the way to their text.

Folders: read (the named questions), stored (a case read back whole), write (rows into the graph), schema (constraints).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDERS = ("read", "stored", "write", "schema")


@cache
def statements(folder: str) -> dict[str, str]:
    """All statements of a folder by name, lines of comment left out."""
    found: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / folder).glob("*.cypher")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found[path.stem] = "\n".join(line for line in lines if not line.lstrip().startswith("//")).strip()
    return found


def statement(folder: str, name: str) -> str:
    """The text of one statement. Errors: KeyError for a name that is none."""
    return statements(folder)[name]


@cache
def columns(name: str) -> tuple[str, ...]:
    """The properties that a label or relation is written with, in order; of a relation start and end (node ids) first."""
    node = statements("write").get(f"create_{name.lower()}")
    text = node or statement("write", f"relate_{name.lower()}")
    found = re.findall(r"row\.`?(\w+)`?", text[text.index("CREATE") :])
    return tuple(found) if node else ("start", "end", *found)
