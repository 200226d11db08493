"""Which actors stand for each other: units and their parents, organizations and who leads them.

In: ties. Out: answers about pairs of names. Rule: PART_OF joins both ways up a chain (never two units of one parent),
LEADS joins a person with the body, and MEMBER_OF joins nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from graph.model import Tie


class Units:
    """The PART_OF and LEADS ties of a case, indexed."""

    def __init__(self, ties: Iterable[Tie]) -> None:
        self._parents: dict[str, set[str]] = defaultdict(set)
        self._leads: dict[tuple[str, str], list[Tie]] = defaultdict(list)
        self._led: dict[str, set[str]] = defaultdict(set)
        joined: dict[str, set[str]] = defaultdict(set)
        for tie in ties:
            if tie.relation == "PART_OF":
                self._parents[tie.actor].add(tie.other)
                joined[tie.actor].add(tie.other)
                joined[tie.other].add(tie.actor)
            elif tie.relation == "LEADS":
                self._leads[tie.actor, tie.other].append(tie)
                self._led[tie.actor].add(tie.other)
                self._led[tie.other].add(tie.actor)
        self._family: dict[str, str] = {}
        for name in sorted(joined):
            if name not in self._family:
                members, todo = {name}, [name]
                while todo:
                    more = joined[todo.pop()] - members
                    members |= more
                    todo += more
                self._family |= dict.fromkeys(members, name)

    def family(self, name: str | None) -> str:
        """One name for all that PART_OF ties hold together, so that only its members need comparing."""
        return self._family.get(name or "", name or "")

    def above(self, name: str) -> set[str]:
        """All that the actor is part of, at any distance."""
        found: set[str] = set()
        todo = [name]
        while todo:
            more = self._parents.get(todo.pop(), set()) - found - {name}
            found |= more
            todo += more
        return found

    def joined(self, one: str | None, other: str | None) -> bool:
        """Whether two names are equal or one is a unit of the other; None is equal to None only."""
        if one == other:
            return True
        if one is None or other is None or one not in self._family or other not in self._family:
            return False
        return other in self.above(one) or one in self.above(other)

    def depth(self, name: str | None) -> int:
        """How many actors it is part of; the narrower of two units has the greater depth."""
        return len(self.above(name)) if name in self._family and name else 0

    def stands_for(self, one: str | None, other: str | None, on: date | None = None) -> bool:
        """Whether an act of (or on) the one counts as one of the other: joined, or one leads the other (`on` that day)."""
        if one is None or other is None:
            return False
        if self.joined(one, other):
            return True
        ties = self._leads.get((one, other), []) + self._leads.get((other, one), [])
        return any((on is None or t.since is None or t.since <= on) and (on is None or t.until is None or on <= t.until) for t in ties)

    def families_for(self, name: str) -> set[str]:
        """The families in which all that may stand for the actor are found."""
        return {self.family(name)} | {self.family(x) for x in self._led.get(name, ())}
