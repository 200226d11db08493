"""What is asked for: the act that a REQUEST, THREATEN or PROTEST wants done, and who else it is about (codebook 1, demand).

The complement of the demanding word ("to stop hosting X", "that it apologise", "for a boycott of X") is held against the
action lexicon. Rule: the act done, not its promise; "stop" and "end" with what is done for another is SANCTION of that other,
with one's own practice RETREAT; target null where it is aimed at the asker or at nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from loaders.actors import Cast
from loaders.antecedents import PRONOUNS
from loaders.coder.proposals import match
from loaders.names import Entity
from loaders.trees import NOMINAL, Tree

STOPPING = frozenset(
    "stop stops stopped stopping end ends ending cease ceasing halt halting quit quitting drop dropping cut cutting sever "
    "severing deny denying refuse abandon abandoning suspend suspending terminate".split()
)
SERVING = frozenset(
    "providing provide hosting host selling sell serving serve supplying supply working work doing business services "
    "service ties contract contracts relationship relations dealing advertising stocking carrying buying funding lending "
    "insuring supporting support partnership access hosting advertisements ads platform".split()
)
EASING = frozenset(
    "reinstate restore lift withdraw release resign drop scrap reverse reconsider change rethink free reopen return abandon "
    "halt stop end cancel repeal revoke improve raise reduce remove step publish disclose recognise recognize allow let "
    "change reform close".split()
)
PROMISING = frozenset(
    "apologise apologize pledge commit promise plan apology commitment admit acknowledge explain provide guarantee publish "
    "disclose assurances".split()
)
MEETING = frozenset("meet negotiate talk talks meeting discuss negotiations dialogue consult".split())
PAYING = frozenset("pay compensate fund donate reimburse refund compensation money damages aid donate".split())
SHUNNING = STOPPING | frozenset("leave remove ban expel deplatform boycott shun ditch dump block bar disown disavow evict oust".split())
"""With an actor as object these are done to that actor: "abandon X", "drop X"."""
SURE = 0.5
"""Below this a pronoun in a demand is left open: a wrong target of a demand makes a wrong "fulfilled"."""
AGAINST = frozenset({"against"})


@dataclass(frozen=True, slots=True)
class Demand:
    """Type and target of what is asked for; `about`: actors named in it beside asker and asked."""

    action: str | None
    target: str | None
    about: tuple[str, ...]


def demand(cast: Cast, s: int, t: int, action: str, asker: Entity | None, asked: Entity | None) -> Demand | None:
    """The demand of the act that word t of sentence s says, or None."""
    if action not in ("REQUEST", "THREATEN", "PROTEST"):
        return None
    tree = cast.trees[s]
    head = _complement(tree, t, action)
    if head < 0:
        return None
    inside = sorted(k for k in tree.subtree(head) if not _aside(tree, head, k))
    nxt = head + 1
    if nxt < len(tree) and tree.lower[nxt].endswith("ing") and tree.pos[nxt] == "VERB" and nxt not in inside:
        # "Stop providing ...": one demand, also where the second verb was hung beside the first.
        inside = sorted({*inside, *(k for k in tree.subtree(nxt) if k > head)})
    named = [n.entity for n in cast.names[s] if any(n.first <= k <= n.last for k in inside) and n.entity.kind != "place"]
    about = tuple(dict.fromkeys(e.name for e in named if e is not asker and e is not asked))
    kind = _type(tree, cast, head, inside)
    if kind is None:
        return Demand(None, None, about) if about else None
    if kind == "SANCTION" or kind in ("ACCUSE", "COERCE", "SUPPORT", "AID", "CONSULT", "REJECT", "PROTEST"):
        target = _target(cast, s, tree, head, inside, asked)
        beside = {e for e in named if e is not asker and e is not asked}
        if target is None and kind == "SANCTION" and len(beside) == 1:
            target = beside.pop()
        if target is None and kind == "SANCTION":
            # An act against nobody is no demand that an answer could be held against: it stays unsaid.
            return Demand(None, None, about)
        return Demand(kind, target.name if target is not None and target is not asker else None, about)
    return Demand(kind, None, about)


def asked_for(tree: Tree, t: int) -> set[int]:
    """The words of what the REQUEST at word t asks for: an act told there is no event of its own (codebook, decision 6)."""
    head = _complement(tree, t, "REQUEST")
    if head < 0 or tree.dep[head] not in ("xcomp", "ccomp", "acl", "advcl") or tree.past(head):
        return set()
    return {k for k in tree.subtree(head) if not _aside(tree, head, k) and not _clause_of_its_own(tree, head, k)}


def _clause_of_its_own(tree: Tree, head: int, k: int) -> bool:
    """True for words of a relative clause in what is asked: "the firm that had sued it"."""
    for i in [k, *tree.above(k)]:
        if i == head:
            return False
        if tree.dep[i] in ("acl:relcl", "acl"):
            return True
    return False


def _complement(tree: Tree, t: int, action: str) -> int:
    """The word that heads what is asked: a clause under the trigger or under its object, or the nominal behind "for"."""
    if action == "THREATEN":
        # What a threat wants is what averts it: "unless it provides a plan", "if it does not pay".
        for c in tree.kids(t, "advcl") + [x for k in tree.kids(t, "xcomp", "ccomp") for x in tree.kids(k, "advcl")]:
            if any(tree.lower[k] in ("unless", "if") for k in tree.kids(c, "mark")):
                return c
        return -1
    for c in tree.kids(t, "xcomp", "ccomp"):
        return c
    for o in tree.kids(t, "obj", "obl"):
        for c in tree.kids(o, "acl", "xcomp"):
            if tree.lower[c] != tree.lower[t]:
                return c
    for c in tree.kids(t, "advcl", "acl"):
        if any(tree.lower[k] in ("to", "for") for k in tree.kids(c, "mark")):
            return c
    for c in tree.with_case(t, "for"):
        clause = tree.kids(c, "acl")
        return clause[0] if clause else c
    if action == "REQUEST":
        for c in tree.kids(t, "obj"):
            if tree.pos[c] == "NOUN":
                return c
    return -1


def _aside(tree: Tree, head: int, k: int) -> bool:
    """True for words of a condition or reason inside what is asked: "until it moderates" is no part of it."""
    for i in [k, *tree.above(k)]:
        if i == head:
            return False
        if tree.dep[i] in ("advcl", "acl:relcl") and any(
            tree.lower[m] in ("until", "unless", "because", "after", "before", "if", "citing", "since", "as")
            for m in [*tree.kids(i, "mark", "case"), i]
        ):
            return True
    return False


def _named(cast: Cast, tree: Tree, word: int) -> bool:
    """True where a phrase is an actor, not a plan or a practice of one."""
    entry = cast.lexicon.noun(tree.lower[word])
    return cast.name_at(tree.sentence.index, word) is not None or (
        entry is not None and entry[0] in ("organization", "person", "group") and tree.lower[word] not in ("deal", "plan")
    )


def _type(tree: Tree, cast: Cast, head: int, inside: list[int]) -> str | None:
    """The type of the act that is asked for."""
    words = {tree.lower[k] for k in inside}
    first = tree.lower[head]
    if first in SHUNNING and any(_named(cast, tree, c) for c in tree.kids(head, "obj")):
        return "SANCTION"
    if first in ("refuse", "deny", "denies", "refuses") and any(
        n.first > head for n in cast.names[tree.sentence.index] if n.last in inside
    ):
        return "SANCTION"
    if first in STOPPING or any(tree.lower[k] in STOPPING for k in tree.kids(head, "xcomp")):
        return "SANCTION" if words & SERVING or first in ("deny", "sever", "terminate") else "RETREAT"
    acting = first == "act" or words & {"action", "steps", "measures"}
    if acting and (
        words & AGAINST
        or (first in ("act", "take") and any(n.entity.kind != "place" for n in cast.names[tree.sentence.index] if n.first > head))
    ):
        return "SANCTION"
    if first in PROMISING or (
        words & {"apology", "commitment", "plan"} and first in PROMISING | {"apology", "make", "plan", "give", "issue"}
    ):
        return "CONCEDE"
    if first in MEETING:
        return "CONSULT"
    if first in PAYING:
        return "AID"
    rows = match(tree, cast.lexicon, head)
    if rows and rows[0].type not in ("REQUEST", "STATEMENT", "AGREE"):
        return rows[0].type
    if first in EASING or first in ("change", "action", "review", "resignation", "release", "reinstatement"):
        return "RETREAT"
    seen = tree.reading.acts[head]
    return (
        None
        if seen.sum() < 0.02
        else cast.types[int(seen.argmax())]
        if cast.types[int(seen.argmax())] not in ("REQUEST", "STATEMENT")
        else None
    )


def _target(cast: Cast, s: int, tree: Tree, head: int, inside: list[int], asked: Entity | None) -> Entity | None:
    """Whom the demanded act is aimed at: its object, or who stands behind to, with, against, from, for."""
    todo = [head, *[k for k in inside if tree.head[k] == head and tree.dep[k] in ("xcomp", "obj", "conj", "ccomp", "acl")]]
    todo += [k for k in inside if tree.head[k] in todo and tree.dep[k] in ("xcomp", "obj", "acl", "nmod", "obl") and k not in todo]
    for v in todo:
        for c in [
            *tree.kids(v, "iobj"),
            *tree.with_case(v, "against", "to", "with", "from", "of", "on", "by", "for"),
            *tree.kids(v, "obj"),
        ]:
            if c not in inside or tree.pos[c] not in NOMINAL:
                continue
            spot = range(tree.phrase(c)[0], tree.phrase(c)[1] + 1)
            hit = cast.name_at(s, c) or next((n for k in spot if (n := cast.name_at(s, k))), None)
            if hit is not None and hit.entity is not asked and hit.entity.kind != "place" and hit.sense == "name":
                return hit.entity
            back = tree.lower[c] in PRONOUNS or (_named(cast, tree, c) and any(tree.lower[k] in ("the", "this", "that") for k in spot))
            found = cast.resolve_word(s, c, {asked}) if hit is None and back else []
            if found and found[0].p >= SURE and found[0].entity is not None:
                return found[0].entity
    return None
