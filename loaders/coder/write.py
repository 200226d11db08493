"""Proposals of a sentence -> its claims: roles filled, dated, with all fields of the codebook.

Rule: every claim carries how it was found and a confidence; what was rejected is noted with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from graph import codebook
from graph.model import Claim, Document
from loaders.actors import Cast
from loaders.coder import details
from loaders.coder.confidence import confidence
from loaders.coder.demands import demand
from loaders.coder.modes import mode
from loaders.coder.proposals import Proposal
from loaders.coder.quotations import Quotations
from loaders.coder.roles import Roles, Side
from loaders.dates import When, phrases, years_told
from loaders.names import Entity
from loaders.trees import Tree

LINE = 0.6
"""Claims below this confidence are kept as `low`: off the map until a reviewer accepts them. On gold/news train, dyad+type: from 0.5 on
F1 0.67 with 15 extra claims per 100, from 0.6 on 0.65 with 11, from 0.7 on 0.59 with 7; false acts cost a user more than missed ones."""


class Writer:
    """Writes the claims of one document, sentence by sentence."""

    def __init__(self, document: Document, cast: Cast, quotations: Quotations, roles: Roles, types: Sequence[str]) -> None:
        self.document, self.cast, self.quotations, self.roles, self.types = document, cast, quotations, roles, types
        self.claims: dict[str, Claim] = {}
        self.kinds: dict[str, str] = {}
        self.undated: list[str] = []
        self.notes: list[tuple[int, str]] = []
        self._years = years_told(phrases(document.text)) if document.published is None else {}
        self._carry: tuple[int, When | None] = (-2, None)
        """The sentence before, and the day on which it leaves the story."""
        self._day: date | None = None
        """The day of the act told before, for "two days later"."""

    def sentence(self, s: int, proposals: Sequence[Proposal]) -> None:
        """Write the claims of sentence s."""
        tree = self.cast.trees[s]
        found = details.dated(tree, self.document.text)
        triggers = [p.trigger for p in proposals]
        inside = self.quotations.inside(tree)
        before = len(self.claims)
        for p in proposals:
            self._proposal(s, tree, p, found, triggers, inside)
        self._carry = (s, self._own_day(tree, found, list(self.claims.values())[before:]))

    def _own_day(self, tree: Tree, found: Sequence[details.Dated], claims: Sequence[Claim]) -> When | None:
        """The one day that a sentence tells, for the next to go on with: none where an act of it has another day, or none."""
        days = [d for d in found if d.phrase.kind != "deadline"]
        if len(days) != 1 or days[0].governor < 0:
            return None
        day = details.when(days[0], tree, days[0].governor, self.document.published, self._day, self._years)
        if day is None or day.start is None or any(c.date_start != day.start for c in claims):
            return None
        return day

    def _goes_on(self, s: int, t: int, sources: Sequence[Side]) -> bool:
        """True where a sentence goes on with the one before: in the same paragraph and tense, its source a pronoun ("It called on ...")."""
        here, there = self.cast.trees[s].sentence, self.cast.trees[s - 1].sentence
        past = details.tense(self.cast.trees[s], t) == "past"
        return past and here.paragraph == there.paragraph and any(x.actor.how in ("pronoun", "who wrote it") for x in sources)

    def _note(self, tree: Tree, p: Proposal, reason: str) -> None:
        self.notes.append((tree.sentence.start, f"{tree.words[p.trigger]}: {p.action} ({p.found} {p.p:.2f}) {reason}"))

    def _proposal(self, s: int, tree: Tree, p: Proposal, found: Sequence[details.Dated], triggers: Sequence[int], inside: set[int]) -> None:
        t, action = p.trigger, p.action
        sources, targets = self.roles.sides(s, t, action, p.members, p.row.target if p.row else None)
        if action == "STATEMENT" and sources:
            targets = self._asker(targets)
        if not sources:
            self._note(tree, p, "rejected: nobody is told who did it")
            return
        chosen, announced = details.pick(tree, t, found, triggers)
        day = details.when(chosen, tree, t, self.document.published, self._day, self._years)
        if not found and self._carry[0] == s - 1 and self._goes_on(s, t, sources):
            day = self._carry[1]
        if chosen is not None and (day is None or day.start is None):
            self.undated.append(chosen.phrase.words)
        if day is not None and day.start is not None:
            self._day = day.end
        told = details.when(announced, tree, announced.governor, self.document.published, self._day, self._years) if announced else None
        modality = details.modality(tree, t, day, self.document.published, action)
        for source, target, its_day in self._pairs(tree, t, sources, targets, found, day):
            self._write(s, tree, p, source, target, its_day, told, modality, found, inside)

    def _asker(self, targets: list[Side]) -> list[Side]:
        """Who did not get a comment: the outlet named, else the publisher (codebook decision 9)."""
        return [x for x in targets if x.actor.kind == "media" and x.words is not None]

    def _pairs(
        self, tree: Tree, t: int, sources: list[Side], targets: list[Side], found: Sequence[details.Dated], day: When | None
    ) -> list[tuple[Side, Side | None, When | None]]:
        """Each source with each target; with "respectively" the first with the first date or target, the second with the second."""
        towards: list[Side | None] = [*targets] or [None]
        if "respectively" in tree.lower:
            dates = [d for d in found if d.phrase.kind != "deadline"]
            days = [details.when(d, tree, t, self.document.published, self._day, self._years) for d in dates]
            if len(dates) == len(sources) > 1:
                return [(s, x, d) for s, d in zip(sources, days, strict=True) for x in towards]
            if len(sources) == len(targets) > 1:
                return [(s, x, day) for s, x in zip(sources, targets, strict=True)]
            if len(dates) == len(targets) > 1:
                return [(s, x, d) for s in sources for x, d in zip(targets, days, strict=True)]
        return [(s, x, day) for s in sources for x in towards]

    def _write(
        self,
        s: int,
        tree: Tree,
        p: Proposal,
        source: Side,
        target: Side | None,
        day: When | None,
        told: When | None,
        modality: str,
        found: Sequence[details.Dated],
        inside: set[int],
    ) -> None:
        t, text, sentence = p.trigger, self.document.text, tree.sentence
        name = target.actor.name if target else (self.document.publisher if p.action == "STATEMENT" else None)
        if name == source.actor.name:
            self._note(tree, p, f"rejected: {name} would act on itself")
            return
        spots = [t, p.last] + [k for side in (source, target) if side and side.words for k in side.words]
        start, end = sentence.span(min(spots), max(spots))
        asked = demand(self.cast, s, t, p.action, source.actor.entity, target.actor.entity if target else None)
        speaker = self._speaker(s, tree, t, source, inside)
        undated = day is None or day.start is None
        claim = Claim(
            case=self.document.case,
            document=self.document.document,
            start=start,
            end=end,
            quote=text[start:end],
            source=source.actor.name,
            action=p.action,
            target=name,
            mode=mode(tree, p, self.cast.lexicon),
            modality=modality,
            about=tuple(a for a in (asked.about if asked else ()) if a not in (source.actor.name, name)),
            demand_action=asked.action if asked else None,
            demand_target=asked.target if asked else None,
            date_start=day.start if day else None,
            date_end=day.end if day else None,
            granularity=day.granularity if day and not undated else "unknown",
            basis=day.basis
            if day and (not undated or day.basis == "relative")
            else "publication"
            if self.document.published
            else "unknown",
            date_words=day.words if day else None,
            date_time=day.time if day else None,
            announced_date=told.start if told and told.granularity == "day" else None,
            deadline=details.deadline(found, tree, t, p.action),
            speaker=speaker,
            channel=details.channel(tree, t, p.action),
            trigger=text[sentence.words[t].start : sentence.words[p.last].end],
            source_as_written=source.actor.as_written or None,
            target_as_written=(target.actor.as_written or None) if target else None,
            sentence=text[sentence.start : sentence.end],
            sentence_start=sentence.start,
            found=p.found,
            confidence=confidence(p, source, target),
            rule=self._rule(source, target),
        )
        claim = self._lined(claim)
        old = self.claims.get(claim.id)
        if old is None or old.confidence < claim.confidence:
            self.claims[claim.id] = claim
        self.kinds[source.actor.name] = source.actor.kind
        if target:
            self.kinds[target.actor.name] = target.actor.kind
        elif name is not None:
            self.kinds.setdefault(name, "media")
        if claim.status == "counted":
            self.roles.remember(s, source.actor.entity, p.action, target.actor.entity if target else None)

    def _lined(self, claim: Claim) -> Claim:
        return replace(claim, status="counted" if claim.confidence >= LINE else "low")

    def _rule(self, source: Side, target: Side | None) -> str:
        """The construction: how each side was found and resolved."""
        return f"source: {source.way}, {source.actor.how}; target: " + (f"{target.way}, {target.actor.how}" if target else "none")

    def _speaker(self, s: int, tree: Tree, t: int, source: Side, inside: set[int]) -> str | None:
        """Who says so, where it is neither the document's own voice nor the source (codebook 7)."""
        if t in inside and s in self.quotations.speakers:
            said: str | None = self.quotations.speakers[s].name
            entity: Entity | None = self.quotations.speakers[s].entity
        else:
            word = details.speaker_word(tree, t, inside)
            if word < 0:
                return None
            who = self.cast.resolve_word(s, word)
            if not who:
                return None
            said, entity = who[0].name, who[0].entity
        own = source.actor.entity
        if said == source.actor.name or (entity is not None and own is not None and (entity.owner is own or own.owner is entity)):
            return None
        return said


assert set(codebook.types())  # the codebook is read once, at import, so that a broken file is told before any text is
