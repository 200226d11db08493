"""What is asked for: the act that a REQUEST, THREATEN or PROTEST wants done, and who else it is about (codebook 1, demand)."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.actors import Cast
from loaders.names import Entity


@dataclass(frozen=True, slots=True)
class Demand:
    """Type and target of what is asked for; `about`: actors named in it beside asker and asked."""

    action: str | None
    target: str | None
    about: tuple[str, ...]


def demand(cast: Cast, s: int, t: int, action: str, asker: Entity | None, asked: Entity | None) -> Demand | None:
    """The demand of the act that word t says, or None."""
    return None
