"""Document -> sentences and words, with their offsets; masked lines yield none.

In: the text of a document and its masked spans. Out: `Sentence`s in order, each with its words. A line is never
joined to the next, except where it was broken inside a sentence (the line before ends without a stop, this one goes on
in lower case or in the middle of a name). Rule: text[word.start:word.end] is the word, always.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Dra|Prof|St|Gen|Sen|Rep|Gov|Col|Capt|Lt|Sgt|Jr|Sr|Inc|Corp|Ltd|Co|No|vs|etc|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept|Sep|Oct|Nov|Dec|Ave|Rev|Hon|Messrs|Bros|Art|Sec|fig|approx|U\.S|U\.K|a\.m|p\.m|i\.e|e\.g)|\b[A-Z])\.$"
)
STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"”’')\]]*(?=\s)")
OPENS = re.compile(r"[\"“‘'(\[A-Z0-9À-Þ—–@#-]")
WORD = re.compile(r"[@#]\w+|\w+(?:[.&'’-]\w+)*|[^\w\s]")
POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
BULLET = re.compile(r"\s*(?:[-*•–—]\s+|\d{1,2}[.)]\s+|\(\w\)\s+)")
STAMP = re.compile(r"\s*(?:\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?(?:\s+(?:GMT|BST|CET|CEST|ET|PT|UTC))?)\s*[-–—:]?\s+")
DATELINE = re.compile(
    r"\s*(?:[A-ZÀ-Þ][\w.'’À-ÿ /-]{1,40}(?:,[^()\n]{1,40})?\s*\([^()\n]{2,40}\)|[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]{2,40}(?:,[^()\n–—]{1,40})?)\s*(?:[–—]+|--?(?=\s))\s+"
)
MAX_WORDS = 160
"""A longer "sentence" is a table or a list without stops; it is cut, since the reader sees 256 word pieces at most."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its text and the offsets of its characters in the document."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its offsets, its paragraph (line number of the text), its words."""

    index: int
    paragraph: int
    start: int
    end: int
    words: tuple[Word, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets from the first to the last word, both included."""
        return self.words[first].start, self.words[last].end


def sentences(text: str, masked: Sequence[tuple[int, int, str]] = ()) -> tuple[Sentence, ...]:
    """The sentences of a text in order; none of them touches a masked span."""
    found: list[Sentence] = []
    for paragraph, (start, end) in enumerate(_lines(text, masked)):
        for a, b in _split(text, start, end):
            words = tuple(Word(text[x:y], x, y) for x, y in _words(text, a, b))
            for k in range(0, len(words), MAX_WORDS):
                part = words[k : k + MAX_WORDS]
                if any(any(c.isalpha() for c in w.text) for w in part):
                    found.append(Sentence(len(found), paragraph, part[0].start, part[-1].end, part))
    return tuple(found)


def _lines(text: str, masked: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Stretches of text between line breaks and masked spans; broken lines are joined."""
    hidden = sorted((a, b) for a, b, _ in masked)
    pieces: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n\r\f]+", text):
        start, end = line.span()
        for a, b in hidden:
            if b <= start or a >= end:
                continue
            if a > start:
                pieces.append((start, a))
            start = max(start, b)
        if start < end and text[start:end].strip():
            pieces.append((start, end))
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and _goes_on(text, joined[-1], (start, end)):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    yield from joined


STUMP = 45
"""Characters up to which the words behind a line's last stop are a sentence broken off; longer ones are a sentence that lacks its stop."""


def _goes_on(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """A sentence broken over two lines: one break, no stop before it, lower case after it; or over two paragraphs, where behind the last
    stop of the first only a stump stands that ends in the middle of a name ("... with the firm. A letter from Amazon")."""
    gap = text[before[1] : after[0]]
    head, tail = text[before[0] : before[1]].rstrip(), text[after[0] : after[1]].lstrip()
    if gap.strip() or not head or not tail or head[-1] in '.!?:;…"”)' or BULLET.match(tail):
        return False
    if gap.count("\n") == 1 and tail[0].islower():
        return len(head) > 25
    stops = [m.end() for m in STOP.finditer(head)]
    stump = head[stops[-1] :].split() if stops else []
    named = (
        len(stump) > 1
        and stump[-1][0].isupper()
        and stump[-2].lower() in ("from", "by", "of", "for", "at", "with", "to", "the", "and", "on")
    )
    return gap.count("\n") <= 2 and named and len(" ".join(stump)) <= STUMP


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of one line; a bullet, time stamp or dateline at its start is left out."""
    for opening in (BULLET, STAMP, DATELINE):
        lead = opening.match(text, start, end)
        if lead and lead.end() < end:
            start = lead.end()
    begin = start
    for stop in STOP.finditer(text, start, end):
        if stop.start() < begin:
            continue
        rest = text[stop.end() : end].lstrip()
        if (stop.group()[0] == "." and ABBREVIATION.search(text[begin : stop.start() + 1])) or (rest and not OPENS.match(rest)):
            continue
        yield begin, stop.end()
        begin = end - len(rest)
    if end - begin > 1:
        yield begin, end


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of words; a possessive 's is a word of its own."""
    for word in WORD.finditer(text, start, end):
        tail = POSSESSIVE.search(word.group())
        if tail and len(word.group()) > 2:
            cut = word.start() + tail.start()
            yield word.start(), cut
            yield cut, word.end()
        else:
            yield word.start(), word.end()
