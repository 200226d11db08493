"""Proposals of a sentence -> its claims: roles filled, dated, with all fields of the codebook.

Rule: every claim carries how it was found and a confidence; what was rejected is noted with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from graph import codebook
from graph.model import Claim, Document
from loaders.actors import Cast
from loaders.antecedents import Hints
from loaders.coder import details
from loaders.coder.confidence import LINE, confidence, features
from loaders.coder.demands import asked_for, demand
from loaders.coder.modes import mode
from loaders.coder.proposals import Proposal
from loaders.coder.quotations import Quotations
from loaders.coder.roles import Roles, seen_by_name
from loaders.coder.sides import Side
from loaders.dates import When, order_told, phrases, years_told
from loaders.names import Entity
from loaders.reader import DATE, SOURCE_NAME, TARGET_NAME
from loaders.trees import Tree

REMEMBERED = 0.5
"""Probability of an act from which it counts as told before, for what later sentences leave unsaid."""


class Writer:
    """Writes the claims of one document, sentence by sentence."""

    def __init__(self, document: Document, cast: Cast, quotations: Quotations, roles: Roles, modes: Sequence[str]) -> None:
        self.document, self.cast, self.quotations, self.roles, self.modes = document, cast, quotations, roles, modes
        self.claims: dict[str, Claim] = {}
        self.seen: dict[str, tuple[float, ...]] = {}
        """What the confidence of each claim rests on (confidence.FEATURES)."""
        self.kinds: dict[str, str] = {}
        self.undated: list[str] = []
        self.notes: list[tuple[int, str]] = []
        found = phrases(document.text)
        self._sure: dict[str, float] = {}
        self._told = details.Told(
            document.published, years_told(found) if document.published is None else {}, order_told(found, document.published)
        )
        self._carry: tuple[int, When | None] = (-2, None)
        """The sentence before, and the day on which it leaves the story."""
        self._last: When | None = None
        """When the last act told was."""
        self._day: When | None = None
        """The same where the sentence begins: from there "two days later" counts for all acts of the sentence."""

    def sentence(self, s: int, proposals: Sequence[Proposal]) -> None:
        """Write the claims of sentence s."""
        tree = self.cast.trees[s]
        found = details.dated(tree, self.document.text)
        triggers = [p.trigger for p in proposals]
        inside = self.quotations.inside(tree)
        before = len(self.claims)
        self._day = self._last
        wished = {k for p in proposals if p.action == "REQUEST" and p.p > REMEMBERED for k in asked_for(tree, p.trigger) - {p.trigger}}
        for p in proposals:
            if p.trigger in wished and p.action != "REQUEST":
                self._note(tree, p, "rejected: it is asked for, not done")
                continue
            self._proposal(s, tree, p, found, triggers, inside)
        self._carry = (s, self._own_day(tree, found, list(self.claims.values())[before:]))

    def _own_day(self, tree: Tree, found: Sequence[details.Dated], claims: Sequence[Claim]) -> When | None:
        """The one day that a sentence tells, for the next to go on with: none where an act of it has another day, or none."""
        days = [d for d in found if d.phrase.kind != "deadline"]
        if len(days) != 1 or days[0].governor < 0:
            return None
        day = details.when(days[0], tree, days[0].governor, self._told, self._day)
        if day is None or day.start is None or any(c.date_start != day.start for c in claims):
            return None
        return day

    def _goes_on(self, s: int, t: int, sources: Sequence[Side], members: tuple[int, ...]) -> bool:
        """True where a sentence goes on with the day of the one before: the reader sees the act dated there, or it stands in the same
        paragraph and tense and its source is a pronoun ("It called on ...")."""
        reading = self.cast.trees[s].reading
        before = [j for j, (d, _) in enumerate(reading.back_at) if d == 1]
        if before and float(reading.back[DATE][np.ix_(members, before)].max()) > details.DATED:
            return True
        here, there = self.cast.trees[s].sentence, self.cast.trees[s - 1].sentence
        past = details.tense(self.cast.trees[s], t) == "past"
        return past and here.paragraph == there.paragraph and any(x.actor.how in ("pronoun", "who wrote it") for x in sources)

    def _note(self, tree: Tree, p: Proposal, reason: str) -> None:
        self.notes.append((tree.sentence.start, f"{tree.words[p.trigger]}: {p.action} ({p.found} {p.p:.2f}) {reason}"))

    def _proposal(self, s: int, tree: Tree, p: Proposal, found: Sequence[details.Dated], triggers: Sequence[int], inside: set[int]) -> None:
        t, action = p.trigger, p.action
        names = tuple(seen_by_name(self.cast, s, p.members, role) for role in (SOURCE_NAME, TARGET_NAME))
        sources, targets = self.roles.sides(s, t, action, p.members, names, p.row.target if p.row else None)
        if action == "STATEMENT" and sources:
            targets = self._asker(targets)
        if not sources:
            self._note(tree, p, "rejected: nobody is told who did it")
            return
        chosen, announced = details.pick(tree, t, found, triggers, p.members)
        day = details.when(chosen, tree, t, self._told, self._day)
        if not found and self._carry[0] == s - 1 and self._goes_on(s, t, sources, p.members):
            day = self._carry[1]
        if chosen is not None and (day is None or day.start is None):
            self.undated.append(chosen.phrase.words)
        if day is not None and day.start is not None:
            self._last = day
        told = details.when(announced, tree, announced.governor, self._told, self._day) if announced else None
        modality = details.modality(tree, t, day, self.document.published, action)
        for source, target, its_day in self._pairs(tree, t, sources, targets, found, day):
            self._write(s, tree, p, source, target, its_day, told, modality, found, inside, names)

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
            days = [details.when(d, tree, t, self._told, self._day) for d in dates]
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
        names: Sequence[Hints],
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
        seen = features(tree, p, source, target, names, modality, t in inside)
        claim = Claim(
            case=self.document.case,
            document=self.document.document,
            start=start,
            end=end,
            quote=text[start:end],
            source=source.actor.name,
            action=p.action,
            target=name,
            mode=mode(tree, p, self.cast.lexicon, self.modes),
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
            confidence=confidence(seen),
            rule=self._rule(source, target),
        )
        claim = self._lined(claim)
        old = self.claims.get(claim.id)
        # Neither which of two stays nor what is remembered may hang on the confidence, whose weights are fitted on what comes of it.
        if old is None or self._sure[claim.id] < p.p:
            self.claims[claim.id] = claim
            self.seen[claim.id] = seen
            self._sure[claim.id] = p.p
        self.kinds[source.actor.name] = source.actor.kind
        if target:
            self.kinds[target.actor.name] = target.actor.kind
        elif name is not None:
            self.kinds.setdefault(name, "media")
        if p.p >= REMEMBERED:
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
