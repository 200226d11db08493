"""Tree + lexicon -> proposed acts: the reader's trigger words, held against the action lexicon.

Out: one `Proposal` for each act that a sentence may tell. Rule: reader and lexicon agreeing is `both`, the reader alone is
`reader`, a lexicon row whose whole frame stands in the tree while the reader is faint is `rule`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from loaders.lexicon import ActionRow, Lexicon
from loaders.trees import Tree

FAINT = 0.05
"""Below this the reader is taken to see no act; what only the lexicon sees there is a `rule` proposal of low confidence."""
NOMINAL = 0.7
"""The probability given to "X's suspension of Y", both named, where the reader sees nothing. A guess: the confidence,
fitted on unread text, weighs what the lexicon finds alone."""
PHRASE = 3
"""Words from which a fixed phrase whose frame stands ("no longer provide") decides over the reader's type."""
DECIDED = 0.9
"""The share of the type that such a phrase is given."""
SEEN = 0.30
"""From this on a word is a proposal of the reader's."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that word `trigger` may say. `p`: the reader's probability of any act there, `share`: of this type among acts."""

    trigger: int
    last: int
    action: str
    mode: str | None
    p: float
    share: float
    found: str
    row: ActionRow | None
    members: tuple[int, ...] = ()
    """All words of the verb group that say the act: "will no longer provide" is one act, told by three words."""


def propose(tree: Tree, lexicon: Lexicon, types: Sequence[str]) -> list[Proposal]:
    """All proposals of a sentence, by trigger word."""
    groups = _groups(tree)
    out: list[Proposal] = []
    for t in range(len(tree)):
        members = groups.get(t)
        if members is None:
            continue
        seen = _together(tree, members)
        p = float(1.0 - np.prod(1.0 - np.clip(tree.reading.acts[list(members)].sum(axis=1), 0.0, 1.0)))
        # A phrase may begin before the word that the reader marks: "will [no longer provide]".
        before = [r for k in range(max(0, t - 2), t) if k not in members for r in match(tree, lexicon, k) if k + _length(tree, r, k) > t]
        rows = before + [r for m in members for r in match(tree, lexicon, m)]
        if _sport(tree, t):
            continue
        if p >= SEEN and not _weaker_twin(tree, t):
            k = int(seen.argmax())
            action, share = types[k], float(seen[k] / seen.sum())
            same = next((r for r in rows if r.type == action), None)
            if same is None and rows and len(rows[0].forms[0]) >= PHRASE:
                same = rows[0]
                action, share = same.type, max(float(seen[types.index(same.type)] / seen.sum()), DECIDED)
            if same is None and rows and share < 0.6 and seen[types.index(rows[0].type)] > 0.2 * seen.sum():
                same = rows[0]
                action, share = same.type, float(seen[types.index(same.type)] / seen.sum())
            out.append(
                Proposal(
                    t,
                    t + _length(tree, same, t) - 1,
                    action,
                    same.mode if same else None,
                    p,
                    share,
                    "both" if same else "reader",
                    same,
                    members,
                )
            )
        elif p < SEEN and (row := next((r for r in rows if r.pos == "noun"), None)) and _owned(tree, t):
            out.append(Proposal(t, t + _length(tree, row, t) - 1, row.type, row.mode, NOMINAL, 1.0, "rule", row, members))
        elif rows and FAINT <= p < SEEN and seen[types.index(rows[0].type)] == seen.max():
            out.append(Proposal(t, t + _length(tree, rows[0], t) - 1, rows[0].type, rows[0].mode, p, 1.0, "rule", rows[0], members))
    return out


def _groups(tree: Tree) -> dict[int, tuple[int, ...]]:
    """Each word that heads a group, with the auxiliaries, negations and particles that are part of what it says."""
    total = tree.reading.acts.sum(axis=1)
    part: dict[int, int] = {}
    for i in range(len(tree)):
        h = tree.head[i]
        chain = [i]
        while (
            0 <= h < len(tree)
            and tree.dep[chain[-1]] in ("aux", "aux:pass", "advmod", "compound:prt", "det", "mark", "cop")
            and tree.lower[chain[-1]] in GROUPED | {"no", "not", "longer", "never"}
            and len(chain) < 4
        ):
            chain.append(h)
            h = tree.head[h]
        if chain[-1] != i and total[i] >= FAINT:
            part[i] = chain[-1]
    members: dict[int, list[int]] = {i: [i] for i in range(len(tree)) if i not in part}
    for i, v in part.items():
        members.setdefault(v, [v]).append(i)
    return {v: tuple(sorted(m)) for v, m in members.items()}


GROUPED = frozenset(
    "will would shall has have had is are was were be been being to did does do n't up off out down away over no longer "
    "won't can't cannot not".split()
)


def _together(tree: Tree, members: tuple[int, ...]) -> NDArray[np.float32]:
    """The weight of each type over the words of a group."""
    weight: NDArray[np.float32] = tree.reading.acts[list(members)].sum(axis=0)
    return weight


SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")
SPORT = frozenset(
    "beat beats beating beaten hammered hammering thrashed thrashing crushed crushing defeated defeating edged stunned "
    "routed battered demolished drew lost won win wins".split()
)


def _sport(tree: Tree, t: int) -> bool:
    """A verb of victory in a sentence with a score: "beat Tessel 3-1"."""
    return tree.lower[t] in SPORT and any(SCORE.fullmatch(w) for w in tree.lower)


def _owned(tree: Tree, t: int) -> bool:
    """True for a nominal act with both sides named beside it: "Brightline's suspension of Karo Motors", "a boycott of X by Y"."""
    if tree.pos[t] != "NOUN":
        return False
    source = [c for c in tree.kids(t, "nmod:poss") if tree.pos[c] == "PROPN"] + [
        c for c in tree.with_case(t, "by") if tree.pos[c] == "PROPN"
    ]
    target = [c for c in tree.with_case(t, "of", "against", "on", "from") if tree.pos[c] == "PROPN" or tree.words[c][0].isupper()]
    return bool(source) and bool(target)


def _weaker_twin(tree: Tree, t: int) -> bool:
    """True where the word beside it in the tree says the same act with more weight ("imposed a fine": one act)."""
    acts = tree.reading.acts
    k = int(acts[t].argmax())
    for other in [tree.head[t], *tree.children[t]]:
        if not 0 <= other < len(tree) or int(acts[other].argmax()) != k:
            continue
        mine, its = float(acts[t].sum()), float(acts[other].sum())
        linked = tree.dep[t] in ("obj", "compound:prt", "xcomp", "fixed", "flat", "compound", "advmod", "obl") or tree.dep[other] in (
            "obj",
            "compound:prt",
            "xcomp",
            "fixed",
            "flat",
            "compound",
            "advmod",
            "obl",
        )
        if linked and (its, -other) > (mine, -t) and _same_roles(tree, t, other):
            return True
    return False


def _same_roles(tree: Tree, t: int, other: int) -> bool:
    """True where both words propose the same words for source and target."""
    role = tree.reading.role
    for r in (0, 1):
        a, b = role[r, t] > 0.5, role[r, other] > 0.5
        a[[t, other]] = b[[t, other]] = False
        if a.any() and b.any() and not (a & b).any():
            return False
    return True


def _length(tree: Tree, row: ActionRow | None, t: int) -> int:
    """How many words the matched form covers at t."""
    if row is None:
        return 1
    return max((len(f) for f in row.forms if tuple(tree.lower[t : t + len(f)]) == f), default=1)


def match(tree: Tree, lexicon: Lexicon, t: int) -> list[ActionRow]:
    """The rows whose form stands at word t and whose conditions hold, the longest form first, then as the file has them."""
    found: list[tuple[int, int, ActionRow]] = []
    for n, row in enumerate(lexicon.actions.get(tree.lower[t], ())):
        for form in row.forms:
            if (
                form[0] == tree.lower[t]
                and _stands(tree, t, form)
                and _pos(tree, t, row)
                and _holds(tree, _anchor(tree, t, form), row, lexicon)
            ):
                found.append((-len(form), n, row))
                break
    return [row for _, _, row in sorted(found, key=lambda x: x[:2])]


def _stands(tree: Tree, t: int, form: tuple[str, ...]) -> bool:
    """The form's words in a row, or its particle later under the same verb ("pulled their ads from")."""
    if tuple(tree.lower[t : t + len(form)]) == form:
        return True
    if len(form) == 2:
        return any(tree.lower[c] == form[1] and tree.dep[c] in ("compound:prt", "advmod") for c in tree.children[t]) or any(
            any(tree.lower[k] == form[1] for k in tree.kids(c, "case")) for c in tree.kids(t, "obl")
        )
    return False


def _pos(tree: Tree, t: int, row: ActionRow) -> bool:
    """True where the words can be of the row's part of speech; of a phrase one word is enough ("no longer host")."""
    if row.pos == "noun":
        return tree.pos[t] in ("NOUN", "PROPN", "VERB", "ADJ")
    if len(row.forms[0]) == 1:
        return tree.pos[t] in ("VERB", "AUX", "ADJ")
    return any(tree.pos[k] in ("VERB", "AUX", "ADJ", "NOUN", "PROPN") for k in range(t, min(t + len(row.forms[0]), len(tree))))


def _anchor(tree: Tree, t: int, form: tuple[str, ...]) -> int:
    """The word of a phrase on which its objects hang: "provide" in "no longer provide"."""
    inside = range(t, t + len(form)) if tuple(tree.lower[t : t + len(form)]) == form else range(t, t + 1)
    return next((k for k in inside if tree.head[k] not in inside), t)


def _holds(tree: Tree, t: int, row: ActionRow, lexicon: Lexicon) -> bool:
    """True where the row's conditions hold round word t."""
    if row.clause and not (
        [c for c in tree.kids(t, "xcomp", "ccomp", "acl") if tree.pos[c] != "NOUN" or tree.kids(c, "mark")]
        or any(tree.lower[k] in ("to", "that") for k in range(t + 1, min(t + 7, len(tree))))
    ):
        return False
    # A second object is at times read as a clause or an adjunct: "promised X a review", "handed X a ban".
    second = [c for c in tree.kids(t, "xcomp", "obl") if c > t and tree.pos[c] == "NOUN" and not tree.kids(c, "case", "mark")]
    objects = [*tree.kids(t, "obj"), *second, *(c for c in tree.children[t] if tree.dep[c] == "nsubj:pass"), *tree.with_case(t, "of")]
    if tree.dep[t] in ("acl", "acl:relcl") and tree.passive(t) and tree.head[t] >= 0:
        objects.append(tree.head[t])
    if row.person and not any(_personal(tree, o, lexicon) for o in objects):
        return False
    for c in row.conditions:
        if c.slot == "obj":
            hit = any(_lemma(tree.lower[o]) in c.words or tree.lower[o] in c.words for o in objects)
        else:
            prepositions = c.slot.removeprefix("prep:").split("|")
            hit = any(
                _lemma(tree.lower[o]) in c.words or tree.lower[o] in c.words
                for o in tree.with_case(t, *prepositions) + [x for ob in objects for x in tree.with_case(ob, *prepositions)]
            ) or any(a in prepositions and b in c.words for a, b in pairwise(tree.lower[t + 1 : t + 9]))
        if hit == c.negative:
            return False
    return True


def _personal(tree: Tree, i: int, lexicon: Lexicon) -> bool:
    """A phrase that can be a person: a name, a pronoun, a noun for people, or one with a name behind it ("defender Ana Sol")."""
    named = any(tree.pos[c] == "PROPN" and not tree.kids(c, "case") for c in tree.children[i])
    return named or tree.pos[i] in ("PROPN", "PRON") or lexicon.noun_class(tree.lower[i]) in ("person", "group")


def _lemma(word: str) -> str:
    """The singular of a noun, well enough for a list of heads."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("elves", "alves", "ives")):
        return word[:-3] + "f"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
