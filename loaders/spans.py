"""Tree + lexicon -> where the names of a sentence stand.

In: a tree, the lexicon, and which words the document writes with and without a capital. Out: spans of words, left to right, each
with the lexicon's name where it holds one. Rule: the lexicon's names first (the longest), else runs of capitalised words with
what joins them; titles and roles in front are no part of a name.
"""

from __future__ import annotations

import re

from loaders.forms import LEGAL, TITLES
from loaders.lexicon import Lexicon
from loaders.trees import Tree

Span = tuple[int, int, tuple[str, str] | None]
"""First and last word, and (canonical name, sense) where the lexicon holds it."""

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december jan feb mar apr jun jul aug sept sep oct nov dec christmas easter ramadan christmas".split()
)
ZONES = frozenset("PT ET CT MT PST PDT EST EDT CST CDT MST MDT GMT UTC BST CET CEST".split())
CONNECTORS = frozenset(
    "of de du da do dos das del della di des van von der den la le les el al bin ibn for & y e et und och og i na pri upon".split()
)
GREETING = frozenset(
    "i the a an this that these those he she it we they his her its our their my your you who which what when where why how "
    "if in on at by for from with as but and or so yes no not there here all some many most both each every after before "
    "since while although though despite because under over last next one two three four five six seven eight nine ten".split()
)


def opens(tree: Tree, i: int) -> bool:
    """True where a capital says nothing: the first word, or one after an opening quote, bracket or colon (not the mark of a possessive)."""
    if i == 0 or all(not w.isalnum() for w in tree.words[:i]):
        return True
    before = tree.words[i - 1]
    if before == "'" and tree.words[i - 2].endswith("s") and tree.dep[i - 1] == "case":
        return False
    return before in ("“", '"', "‘", "'", "(", ":", "–", "—", "-", "•")


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
    if not opens(tree, i):
        return not (tree.pos[i] == "ADJ" and i + 1 < len(tree) and not tree.words[i + 1][0].isupper())
    if w in inside and w.lower() not in lower_seen:
        return not (tree.pos[i] == "ADJ" and i + 1 < len(tree) and not tree.words[i + 1][0].isupper())
    if tree.pos[i] == "PROPN":
        return True
    following = i + 1 < len(tree) and tree.words[i + 1][0].isupper() and tree.pos[i + 1] == "PROPN"
    return w.lower() not in lower_seen and ((following and tree.pos[i] in ("ADJ", "NOUN", "X")) or (w.isupper() and len(w) > 1))


def spans(tree: Tree, lexicon: Lexicon, lower_seen: set[str], inside: set[str]) -> list[tuple[int, int, tuple[str, str] | None]]:
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
            and opens(tree, i)
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
                and end - i == 1
                and not (len(w) == 4 and w[:2] in ("19", "20"))
                and not _counts(tree, end)
                and tree.words[end - 1][0].isupper()
            )
        ):
            end += 1
        else:
            break
    while end > i + 1 and (tree.lower[end - 1] in CONNECTORS or tree.words[end - 1] in (".", "'", "’", "the")):
        end -= 1
    return end


def _counts(tree: Tree, i: int) -> bool:
    """True where a number counts something: "40,000 crowns", "12 percent", "3.5 million"; a number in a name stands alone ("Bazaar 24")."""
    after = tree.words[i + 1] if i + 1 < len(tree) else ""
    split = after in (",", ".") and i + 2 < len(tree) and tree.words[i + 2][0].isdigit()
    return split or after == "%" or (i + 1 < len(tree) and tree.pos[i + 1] in ("NOUN", "NUM", "SYM")) or tree.lower[i - 1] in CONNECTORS


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
        return i - first == 1 or head in BODIES or head.endswith(("s", "tion", "ment", "ity"))
    return w not in ("i", "e", "y", "na") or i - first >= 1


BODIES = frozenset(
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
    if k == first and k < last and opens(tree, k) and tree.words[k + 1] in inside and tree.words[k + 1][0].isupper():
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
