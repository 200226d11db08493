"""One side of an act: the words that fill a role, who that is, and by which way it was found."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.actors import Resolved


@dataclass(frozen=True, slots=True)
class Side:
    """`words`: the first and last word in the sentence (None: not in this sentence). `way`: reader, tree, context, or a construction."""

    words: tuple[int, int] | None
    actor: Resolved
    way: str
