"""A file written as a whole or not at all.

In: where it goes, and what writes it. Out: the file. Rule: a reader finds the old file or the new one, never half of one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from graph.errors import BadInput


def replace_file(target: Path, write: Callable[[TextIO], object]) -> None:
    """`write` fills a file beside `target`, which then takes its place. Errors: OSError where that can't be done."""
    new = target.with_name(f".{target.name}.new")
    try:
        with new.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
            write(file)
        os.replace(new, target)
    finally:
        new.unlink(missing_ok=True)


def write_text(target: Path, text: str) -> None:
    """The text into the file; a link, pipe or device is written to, never replaced. Errors: BadInput where it can't be written."""
    try:
        if target.is_symlink() or (target.exists() and not target.is_file()):
            target.write_text(text, encoding="utf-8")
        else:
            replace_file(target, lambda file: file.write(text))
    except OSError as error:
        raise BadInput(f"cannot be written: {error.strerror}", target) from None
