"""Trees of a document -> the names in it: where they stand, which are forms of one another, what each is called.

In: trees and the lexicon. Out: `Entity`s, and for each sentence its `Name` spans. A name that the lexicon holds is taken
under its canonical name; any other capitalised name is kept as its longest form in this document. Rule: forms are joined
within one document only, by an alias, a bracketed or quoted short form, initials, or as the unique beginning or end of a longer
name, and never where the longer name adds people ("Amazon" is no form of "Amazon Employees for Climate Justice").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.lexicon import Lexicon
from loaders.trees import Tree

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december jan feb mar apr jun jul aug sept sep oct nov dec christmas easter ramadan christmas".split()
)
ZONES = frozenset("PT ET CT MT PST PDT EST EDT CST CDT MST MDT GMT UTC BST CET CEST".split())
CONNECTORS = frozenset(
    "of de du da do dos das del della di des van von der den la le les el al bin ibn for & y e et und och og i na pri upon".split()
)
TITLES = frozenset(
    "mr mrs ms miss dr dra prof professor sir dame lord lady rev reverend hon st president prime minister premier "
    "chancellor judge justice senator sen rep representative congressman congresswoman gov governor mayor councillor cllr "
    "gen general col colonel capt captain maj major lt lieutenant sgt sergeant admiral inspector superintendent sheriff "
    "king queen prince princess bishop archbishop cardinal pope father sister brother imam rabbi sheikh ceo cfo coo chief "
    "executive officer chairman chairwoman chair director secretary commissioner prosecutor don doña herr frau madame "
    "monsieur seu dona deputy vice former".split()
)
LEGAL = frozenset(
    "inc incorporated corp corporation ltd limited llc llp plc gmbh ag sa s.a se nv bv spa srl oy ab kk co company as a/s "
    "asa aps pty pte bhd tbk sarl kg holdings holding group".split()
)
PEOPLE = frozenset(
    "employees employee workers staff users customers union unions shareholders investors drivers couriers riders "
    "contractors supporters members critics volunteers engineers".split()
)
GREETING = frozenset(
    "i the a an this that these those he she it we they his her its our their my your you who which what when where why how "
    "if in on at by for from with as but and or so yes no not there here all some many most both each every after before "
    "since while although though despite because under over last next one two three four five six seven eight nine ten".split()
)


@dataclass(slots=True)
class Entity:
    """Somebody or something named in the document (or an unnamed group). `kind` None: the text does not tell."""

    name: str
    kind: str | None
    known: bool
    forms: set[tuple[str, ...]] = field(default_factory=set)
    descriptors: Counter[str] = field(default_factory=Counter)
    owner: Entity | None = None
    mentions: list[tuple[int, int, float]] = field(default_factory=list)
    number: str | None = None
    gender: str | None = None
    how: str = "name in the text"

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@dataclass(frozen=True, slots=True)
class Name:
    """A name span in one sentence: first and last word, and whose name it is; `sense` product: something that belongs to it."""

    first: int
    last: int
    entity: Entity
    sense: str = "name"


def find_names(trees: Sequence[Tree], lexicon: Lexicon) -> tuple[list[Entity], list[list[Name]]]:
    """All entities with a name, in order of first mention, and the name spans of every sentence."""
    lower_seen = {w for t in trees for w in t.words if w.islower()}
    inside = {w for t in trees for i, w in enumerate(t.words) if w[0].isupper() and not _opens(t, i)}
    spans: list[list[tuple[int, int, tuple[str, str] | None]]] = [_spans(t, lexicon, lower_seen, inside) for t in trees]
    unknown: Counter[tuple[str, ...]] = Counter()
    kinds: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    known_forms: dict[tuple[str, ...], str] = {}
    for tree, found in zip(trees, spans, strict=True):
        for first, last, known in found:
            form = _form(tree, first, last)
            if known:
                known_forms[form] = known[0]
                continue
            unknown[form] += 1
            for kind in _kinds(tree, first, last, lexicon):
                kinds[form][kind] += 1
    short = _short_forms(trees, spans)
    full = _cluster(unknown, short, known_forms)
    entities: dict[str, Entity] = {}
    placed: Counter[str] = Counter()
    names: list[list[Name]] = []
    for s, (tree, found) in enumerate(zip(trees, spans, strict=True)):
        row: list[Name] = []
        for first, last, known in found:
            form = _form(tree, first, last)
            if known:
                if known[0] not in entities:
                    entities[known[0]] = Entity(known[0], lexicon.kinds[known[0]], True, how="lexicon")
                    entities[known[0]].descriptors.update(lexicon.called.get(known[0], ()))
                entity = entities[known[0]]
            else:
                whole = full[form]
                if isinstance(whole, str):
                    entity = entities.setdefault(whole, Entity(whole, lexicon.kinds[whole], True, how="short form of a lexicon name"))
                else:
                    label = _written(whole)
                    entity = entities.setdefault(label, Entity(label, None, False))
            entity.forms.add(form)
            row.append(Name(first, last, entity, known[1] if known else "name"))
            entity.mentions.append((s, last, salience(tree, last)))
            placed[entity.name] += _locative(tree, first, last)
        names.append(row)
    for entity in entities.values():
        if entity.kind is None:
            votes: Counter[str] = Counter()
            if placed[entity.name] >= 0.6 * len(entity.mentions):
                entity.kind = "place"
                continue
            for form in entity.forms:
                votes += kinds[form]
            entity.kind = votes.most_common(1)[0][0] if votes else _guess(entity)
    for tree, row in zip(trees, names, strict=True):
        for name in row:
            _describe(tree, name, row, lexicon)
    for words, form in short.items():
        whole = full.get(form, form)
        label = whole if isinstance(whole, str) else _written(whole)
        if label in entities:
            entities[label].descriptors[words[-1].lower()] += 3
    return list(entities.values()), names


def _opens(tree: Tree, i: int) -> bool:
    """True where a capital says nothing: the first word, or one after an opening quote, bracket or colon."""
    return i == 0 or tree.words[i - 1] in ("“", '"', "‘", "'", "(", ":", "–", "—", "-", "•") or all(not w.isalnum() for w in tree.words[:i])


def _capital(tree: Tree, i: int, lower_seen: set[str], inside: set[str]) -> bool:
    """True where word i can be part of a name."""
    w = tree.words[i]
    if w in ZONES:
        return False
    if (
        not w[0].isupper()
        or w.lower() in CALENDAR
        or w.lower().rstrip(".") in ("i", "mr", "mrs", "ms")
        or (w.isupper() and len(w) == 1 and not (i + 1 < len(tree) and tree.words[i + 1] in (".", "&")))
    ):
        return w.lower() in ("mr", "mrs", "ms") and w[0].isupper()
    if re.match(r"[Ii]['’]|[Ww]e['’]|[Tt]hey['’]|[Ii]t['’]|[Hh]e['’]|[Ss]he['’]|[Ii]sn|[Dd]on['’]|[Ww]on['’]", w):
        return False
    if w.lower() in GREETING and w not in inside:
        return False
    if w.lower() in ("the", "a", "an", "he", "she", "it", "we", "they", "this", "that", "his", "her", "its", "our", "their"):
        return False
    if not _opens(tree, i):
        return not (tree.pos[i] == "ADJ" and i + 1 < len(tree) and not tree.words[i + 1][0].isupper())
    if w in inside and w.lower() not in lower_seen:
        return not (tree.pos[i] == "ADJ" and i + 1 < len(tree) and not tree.words[i + 1][0].isupper())
    if tree.pos[i] == "PROPN":
        return True
    following = i + 1 < len(tree) and tree.words[i + 1][0].isupper() and tree.pos[i + 1] == "PROPN"
    return w.lower() not in lower_seen and ((following and tree.pos[i] in ("ADJ", "NOUN", "X")) or (w.isupper() and len(w) > 1))


def _spans(tree: Tree, lexicon: Lexicon, lower_seen: set[str], inside: set[str]) -> list[tuple[int, int, tuple[str, str] | None]]:
    """Name spans of one sentence, left to right: lexicon names first (longest), else runs of capitalised words."""
    plain = tuple(w.replace("’", "'").lstrip("@#") for w in tree.words)
    found: list[tuple[int, int, tuple[str, str] | None]] = []
    i, n = 0, len(tree)
    while i < n:
        match = next(((k, lexicon.names[plain[i:k]]) for k in range(min(n, i + 9), i, -1) if plain[i:k] in lexicon.names), None)
        run = _run(tree, i, lower_seen, inside) if _capital(tree, i, lower_seen, inside) else i
        if (
            match is None
            and run > i
            and _opens(tree, i)
            and lexicon.noun_class(tree.lower[i])
            and not (i + 1 < n and tree.words[i + 1][0].isupper())
        ):
            # "Spokespeople for Apple", "Unions including Dockside One": a noun that only opens the sentence.
            i += 1
            continue
        if match and match[0] >= _core_end(tree, i, run, plain, lexicon):
            end = match[0]
            while end < n and ((tree.lower[end].rstrip(".") in LEGAL and tree.words[end][0].isupper()) or _ticker(tree, end)):
                end += 1
            found.append((i, end - 1, match[1]))
            i = end
        elif run > i:
            # A lexicon name inside or at the end of a run of titles: "President Trump", "Amazon CEO Jeff Bezos".
            cut = next(
                (k for k in range(i + 1, run) if any(plain[k:e] in lexicon.names for e in range(run, k, -1)) and _role_words(tree, i, k)),
                None,
            )
            if cut is not None:
                i = cut
                continue
            first, last = _trim(tree, i, run - 1, lexicon, inside)
            if first <= last and not (first == last and _common(tree, first, lexicon)):
                found.append((first, last, None))
            i = run
        else:
            i += 1
    return found


def _core_end(tree: Tree, first: int, run: int, plain: tuple[str, ...], lexicon: Lexicon) -> int:
    """How far a lexicon match must reach to be taken before the longer run of capitals that starts at the same word: to its end,
    unless what follows is a role, a legal form, a ticker, or another lexicon name."""
    for k in range(first + 1, run):
        if (
            tree.words[k] in ("'", "’")
            or _role_words(tree, k, run)
            or any(plain[k:e] in lexicon.names for e in range(run, k, -1))
            or tree.lower[k] in TITLES
            or tree.lower[k].rstrip(".") in LEGAL
            or _ticker(tree, k)
        ):
            return k
    return run


def _ticker(tree: Tree, i: int) -> bool:
    """A stock ticker behind a company's name: three to five capitals (two after a legal form)."""
    w = tree.words[i]
    return (
        w.isupper()
        and w.isalpha()
        and 2 <= len(w) <= 5
        and i > 0
        and (tree.lower[i - 1].rstrip(".") in LEGAL or (tree.words[i - 1].isupper() and i > 1 and tree.lower[i - 2].rstrip(".") in LEGAL))
    )


def _role_words(tree: Tree, first: int, end: int) -> bool:
    """True where all words from first to end are titles or roles."""
    return end > first and all(tree.lower[k].rstrip(".") in TITLES or tree.words[k] in (".", ",") for k in range(first, end))


def _run(tree: Tree, i: int, lower_seen: set[str], inside: set[str]) -> int:
    """The end (exclusive) of the run of capitalised words, connectors and numbers that starts at i."""
    n, end = len(tree), i + 1
    while end < n:
        w = tree.words[end]
        if (
            (_capital(tree, end, lower_seen, inside) and tree.lower[end] not in CALENDAR)
            or (
                w == "."
                and len(tree.words[end - 1]) <= 4
                and end + 1 < n
                and tree.words[end + 1][0].isupper()
                and (len(tree.words[end - 1]) == 1 or tree.lower[end - 1] in TITLES or tree.words[end - 1].isupper())
            )
            or (
                w in ("'", "’")
                and tree.words[end - 1].endswith("s")
                and end + 1 < n
                and tree.words[end + 1][0].isupper()
                and tree.pos[end + 1] in ("PROPN", "NOUN")
            )
        ):
            end += 1
        elif w == "/" and len(tree.words[end - 1]) == 1 and end + 1 < n and len(tree.words[end + 1]) == 1 and tree.words[end + 1].isupper():
            end += 2
        elif (
            (tree.lower[end] in CONNECTORS and _joins(tree, i, end))
            or (tree.lower[end] == "the" and tree.lower[end - 1] in ("of", "for") and end + 1 < n and tree.words[end + 1][0].isupper())
            or (
                w.isdigit()
                and len(w) <= 4
                and (tree.dep[end] in ("flat", "nummod", "compound", "nmod:unmarked", "appos", "dep", "nmod") or end - i == 1)
                and not (len(w) == 4 and w[:2] in ("19", "20"))
                and not (end + 1 < n and (tree.words[end + 1] == "%" or tree.pos[end + 1] == "NOUN"))
                and tree.words[end - 1][0].isupper()
            )
        ):
            end += 1
        else:
            break
    while end > i + 1 and (tree.lower[end - 1] in CONNECTORS or tree.words[end - 1] in (".", "'", "’", "the")):
        end -= 1
    return end


def _joins(tree: Tree, first: int, i: int) -> bool:
    """True where the connector at i stands between two parts of one name."""
    n = len(tree)
    following = i + 1 < n and (
        tree.words[i + 1][0].isupper() or (tree.lower[i + 1] in CONNECTORS | {"the"} and i + 2 < n and tree.words[i + 2][0].isupper())
    )
    if not following or (i + 1 < n and tree.lower[i + 1] in CALENDAR):
        return False
    w = tree.lower[i]
    if w in ("of", "for"):
        # "Bank of X", "Employees for X", but not "Jane Doe of X": a two-word name without a word for a body is a person.
        head = tree.lower[i - 1]
        return i - first == 1 or head in _BODIES or head.endswith(("s", "tion", "ment", "ity"))
    return w not in ("i", "e", "y", "na") or i - first >= 1


_BODIES = frozenset(
    "bank ministry department university college court institute centre center council committee commission board church "
    "bishop diocese league union federation association society alliance coalition campaign employees workers party house "
    "chamber school museum office bureau agency authority order academy foundation fund trust group network movement front "
    "friends voice voices mothers city state kingdom republic port ministry museum desk bay defenders register guild club "
    "team secretary director president head chief".split()
)


def _trim(tree: Tree, first: int, last: int, lexicon: Lexicon, inside: set[str]) -> tuple[int, int]:
    """The span without titles and roles at its front: "Judge Rosa Prado", "Labour Minister Rosa Prado", "Singer Rosa Prado"."""
    k = first
    while k < last and (
        tree.lower[k].rstrip(".") in TITLES
        or tree.words[k] == "."
        or (tree.words[k].isupper() and tree.words[k] in ("CEO", "CFO", "COO", "MP"))
    ):
        k += 1
    for i in range(k, last):
        entry = lexicon.nouns.get(tree.lower[i])
        if (
            entry
            and entry[0] == "person"
            and not any(tree.lower[j] in CONNECTORS for j in range(k, last + 1))
            and not lexicon.noun(tree.lower[last])
        ):
            k = i + 1
    if k == first and k < last and _opens(tree, k) and tree.words[k + 1] in inside and tree.words[k + 1][0].isupper():
        entry = lexicon.noun(tree.lower[k])
        if (entry and entry[0] in ("person", "organization", "group") and tree.words[k] not in inside) or (
            tree.pos[k] in ("NOUN", "ADJ") and tree.words[k] not in inside
        ):
            k += 1
    if k > first and (tree.lower[k] in CONNECTORS | {"for", "of"} or not tree.words[k][0].isupper()):
        return first, last
    return k, last


def _common(tree: Tree, i: int, lexicon: Lexicon) -> bool:
    """A common noun with a capital behind an article: "The Board", "the Government"."""
    articled = i > 0 and tree.lower[i - 1] in ("the", "our", "this", "its", "a", "an")
    return articled and lexicon.noun_class(tree.lower[i]) in ("organization", "part", "group", "person", "property")


def _form(tree: Tree, first: int, last: int) -> tuple[str, ...]:
    return tuple(w.replace("’", "'").lstrip("@#") for w in tree.words[first : last + 1])


def _written(form: Sequence[str]) -> str:
    """A name's words as text again."""
    text = " ".join(form)
    text = re.sub(r" ([.'’,])", r"\1", text)
    return re.sub(r"(?<=\b\w\.) (?=\w\.)", "", text)


def salience(tree: Tree, i: int) -> float:
    """How much a mention is in focus: subjects most."""
    for k in (i, tree.head[i]):
        if 0 <= k < len(tree) and tree.dep[k] in ("nsubj", "nsubj:pass", "nsubj:outer", "root"):
            return 1.0
        if 0 <= k < len(tree) and tree.dep[k] in ("obj", "iobj", "obl:agent"):
            return 0.6
    return 0.3


def _locative(tree: Tree, first: int, last: int) -> bool:
    """True where a name is led by a preposition of place: "in Leeds", "near Long Tepai", "the town of Velm"."""
    k = first - 1
    while k > 0 and (tree.words[k] in (",", "and") or (tree.words[k][0].isupper() and tree.pos[k] == "PROPN")):
        k -= 1
    before = tree.lower[k] if k >= 0 else ""
    return before in ("in", "near", "outside", "across", "around", "throughout") or (
        before == "of"
        and k > 0
        and tree.lower[k - 1]
        in (
            "town",
            "city",
            "village",
            "province",
            "state",
            "region",
            "coast",
            "port",
            "district",
            "valley",
            "island",
            "south",
            "north",
            "east",
            "west",
        )
    )


def _short_forms(
    trees: Sequence[Tree], spans: Sequence[Sequence[tuple[int, int, tuple[str, str] | None]]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Short forms in brackets right behind a name: "Retailers' Energy Forum (REF)", "Utilities Commission ("the Commission")"."""
    short: dict[tuple[str, ...], tuple[str, ...]] = {}
    for tree, found in zip(trees, spans, strict=True):
        ends = {last: (first, last) for first, last, _ in found}
        for i, w in enumerate(tree.words):
            if w != "(" or i - 1 not in ends:
                continue
            close = next((k for k in range(i + 1, min(i + 7, len(tree))) if tree.words[k] == ")"), -1)
            inner = (
                [k for k in range(i + 1, close) if tree.words[k][0].isalnum() and tree.lower[k] not in ("the", "or", "hereafter")]
                if close > 0
                else []
            )
            if (
                inner
                and len(inner) <= 3
                and all(tree.words[k][0].isupper() for k in inner)
                and not any(c in tree.words[inner[-1]] for c in ".:")
            ):
                short[tuple(tree.words[k] for k in inner)] = _form(tree, *ends[i - 1])
    return short


def _cluster(
    unknown: Counter[tuple[str, ...]], short: dict[tuple[str, ...], tuple[str, ...]], known: dict[tuple[str, ...], str]
) -> dict[tuple[str, ...], tuple[str, ...] | str]:
    """Each unknown form -> the longest form of the same name, or the canonical name of a known one."""
    full: dict[tuple[str, ...], tuple[str, ...] | str] = {}
    forms = sorted(unknown, key=lambda f: (-len(_bare(f)), f))
    for form in forms:
        bare = _bare(form)
        if form in short and short[form] != form:
            whole = short[form]
            full[form] = known[whole] if whole in known else full.get(whole, whole)
            continue
        longer = [g for g in forms if g != form and len(_bare(g)) > len(bare) and _is_short_for(bare, _bare(g))]
        # The forms that are short for one another count as one: "Rosa Prado" and "Prado" both mean "Rosa Pimentel Prado".
        tops = {full.get(g, g) for g in longer}
        known_tops = {name for g, name in known.items() if len(_bare(g)) > len(bare) and _is_short_for(bare, _bare(g))}
        if len(tops) == 1:
            full[form] = tops.pop()
        elif not tops and len(known_tops) == 1:
            full[form] = known_tops.pop()
        else:
            twin = next((g for g in forms if g != form and g in full and _bare(g) == bare), None)
            full[form] = full[twin] if twin is not None else form
    return full


def _bare(form: Sequence[str]) -> tuple[str, ...]:
    """A form without legal forms, tickers and dots, in lower case."""
    words = [w.lower().rstrip(".") for w in form if w[0].isalnum() or w == "&"]
    while len(words) > 1 and words[-1] in LEGAL and words[-1] not in ("group", "holdings", "holding"):
        words.pop()
    return tuple(words)


def _is_short_for(small: tuple[str, ...], large: tuple[str, ...]) -> bool:
    """A beginning, an end, or the initials of the longer name; people in the excess make it another actor."""
    if not small:
        return False
    n = len(small)
    if large[:n] == small or large[-n:] == small:
        excess = set(large) - set(small)
        if excess & PEOPLE or "for" in excess or (large[:n] == small and n == 1 and "of" in large):
            return False
        return small[0] not in TITLES
    if n == 1 and len(small[0]) >= 2:
        initials = "".join(w[0] for w in large if w not in ("of", "for", "the", "and", "de", "&"))
        return small[0].replace(".", "") == initials and len(initials) >= 3
    return False


def _kinds(tree: Tree, first: int, last: int, lexicon: Lexicon) -> list[str]:
    """What the words of a name and those before it tell of its kind (one vote each)."""
    votes: list[str] = []
    words = [tree.lower[k].rstrip(".") for k in range(first, last + 1)]
    head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    if any(w in LEGAL for w in words[1:]) or "&" in words:
        votes += ["organization"] * 3
    noun = lexicon.noun(head)
    if noun and len(words) > 1 and noun[0] in ("organization", "group", "part", "property", "act"):
        votes += [noun[1] if noun[0] in ("organization", "group") else "organization"] * 3
    if any(
        w in _BODIES or w in ("ministry", "police", "court", "parliament", "senate", "congress", "tribunal", "inspectorate", "regulator")
        for w in words
    ):
        government = any(
            w
            in (
                "ministry",
                "court",
                "police",
                "parliament",
                "senate",
                "congress",
                "tribunal",
                "inspectorate",
                "authority",
                "commission",
                "government",
            )
            for w in words
        )
        votes += ["government" if government else "organization"] * 2
    if tree.words[first].isupper() and len(tree.words[first]) > 1 and first == last:
        votes.append("organization")
    if first > 0:
        before = tree.lower[first - 1].rstrip(".")
        if tree.words[first - 1] == "." and first > 1:
            before = tree.lower[first - 2]
        noun = lexicon.noun(before)
        if before in TITLES or (noun and noun[0] == "person"):
            votes += ["person"] * 3
        elif noun and noun[0] in ("organization",):
            votes += [noun[1]] * 2
    if (
        last + 2 < len(tree)
        and tree.words[last + 1] == ","
        and tree.words[last + 2].isdigit()
        and len(tree.words[last + 2]) == 2
        and last + 3 < len(tree)
        and tree.words[last + 3] == ","
    ):
        votes += ["person"] * 3
    return votes


def _guess(entity: Entity) -> str | None:
    """The kind of a name by how it is shortened: by its last word a person, by its first an organization."""
    longest = max((_bare(f) for f in entity.forms), key=len)
    if len(longest) < 2:
        return None
    ends = {_bare(f) for f in entity.forms}
    if (longest[-1],) in ends and longest[-1].isalpha():
        return "person"
    if (longest[0],) in ends or longest[:-1] in ends:
        return "organization"
    return None


def _describe(tree: Tree, name: Name, row: Sequence[Name], lexicon: Lexicon) -> None:
    """Note what the sentence calls the name: nouns before it, in apposition to it, or said of it with "is"; and whose it is."""
    spots = range(name.first, name.last + 1)
    heads = [k for k in spots if tree.head[k] not in spots]
    if not heads:
        return
    head = heads[0]
    noted: list[int] = []
    k = name.first - 1
    while k >= 0 and tree.pos[k] in ("NOUN", "ADJ", "PROPN") and not any(n.first <= k <= n.last for n in row):
        if tree.pos[k] == "NOUN" or lexicon.noun(tree.lower[k]):
            noted.append(k)
            break
        k -= 1
    for i in (head, tree.head[head]):
        if 0 <= i < len(tree):
            noted += [c for c in tree.kids(i, "appos") if c not in spots and tree.pos[c] in ("NOUN", "PROPN")] if i == head else []
            if i != head and tree.dep[head] in ("appos", "flat", "nmod:desc") and tree.pos[i] == "NOUN":
                noted.append(i)
            if i != head and tree.dep[head] in ("nsubj", "nsubj:outer") and tree.pos[i] == "NOUN" and tree.kids(i, "cop"):
                noted.append(i)
    for k in noted:
        noun = tree.lower[k]
        entry = lexicon.noun(noun)
        if entry and entry[0] in ("spokesperson", "act"):
            continue
        name.entity.descriptors[noun] += 1
        if entry and name.entity.kind is None:
            name.entity.kind = "person" if entry[0] == "person" else entry[1]
        if entry and entry[0] == "person" and name.entity.owner is None:
            first, last = tree.phrase(k)
            for other in row:
                if (
                    other.entity is not name.entity
                    and (first <= other.first <= last or any(tree.head[x] == k for x in range(other.first, other.last + 1)))
                    and other.entity.kind != "person"
                ):
                    name.entity.owner = other.entity
