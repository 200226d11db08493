"""Sentences -> Readings: parts of speech, dependency trees, proposed acts with the words of their roles.

One network (loaders/model/reader.onnx) on the CPU; the only importer of onnxruntime and tokenizers. Offline and deterministic.
Sentences are read in windows of consecutive ones, so that what is told in one can be found from the next; windows are read one at a
time, so that no text's reading hangs on another's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

SOURCE, TARGET, SOURCE_NAME, TARGET_NAME, ABOUT, DATE, SPEAKER = range(7)
"""The roles, in the order of the network's output. `SOURCE_NAME`, `TARGET_NAME`: the nearest name of the actor, in this sentence or one
before, where the sentence itself says "it", "the company" or nothing. `DATE`: the words that date the act."""
MODEL = Path(__file__).parent / "model"
LONGEST = 254
"""Pieces of one window at most: the network was trained on windows of up to 150, single sentences of up to 254."""
WINDOW = 150
CONTEXT = 50
"""Pieces of the sentences before that a window begins with; they are read again there, but only as what words point back at."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network sees in one sentence of n words.

    `head[i]` is the index of the word that i hangs on, -1 for the root. `acts[i, k]` is the probability that word i
    says an act of type `types[k]`; `modality[i, k]` and `mode[i, k]` likewise. `role[r, t, i]` is the probability that word i fills
    role r of the act said by word t. `back[r, t, j]` is the same for the word at `back_at[j]` = (how many sentences before, word).
    """

    pos: tuple[str, ...]
    head: tuple[int, ...]
    dep: tuple[str, ...]
    acts: NDArray[np.float32]
    modality: NDArray[np.float32]
    mode: NDArray[np.float32]
    role: NDArray[np.float32]
    back: NDArray[np.float32]
    back_at: tuple[tuple[int, int], ...]


def shape(word: str) -> int:
    """The case and kind of a word, as the network was trained with: the tokenizer itself is uncased."""
    if not any(c.isalnum() for c in word):
        return 5
    if any(c.isdigit() for c in word):
        return 4
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    return 2 if word[0].isupper() else 6


class Reader:
    """The network, loaded once. `threads`: how many threads it uses."""

    def __init__(self, folder: Path = MODEL, threads: int = 1) -> None:
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.pos: tuple[str, ...] = tuple(labels["pos"])
        self.deps: tuple[str, ...] = tuple("root" if d == "ROOT" else d for d in labels["deps"])
        self.types: tuple[str, ...] = tuple(labels["types"][1:])
        self.modalities: tuple[str, ...] = tuple(labels["modality"])
        self.modes: tuple[str, ...] = tuple(labels["modes"])
        self.roles: tuple[str, ...] = tuple(labels["roles"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        self._network = ort.InferenceSession(str(folder / "reader.onnx"), options, providers=["CPUExecutionProvider"])

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """One reading for each sentence (a sequence of words) of a text, in the order given."""
        return [r for first, start, end in self._windows(sentences) for r in self._window(sentences, first, start, end)]

    def _windows(self, sentences: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, int]]:
        """(first sentence of context, first, end): as many sentences as fit into WINDOW, behind as many as fit into CONTEXT."""
        size = [len(self._tokenizer.encode(list(s), is_pretokenized=True, add_special_tokens=False).ids) if s else 0 for s in sentences]
        start = 0
        while start < len(sentences):
            first, before = start, 0
            while first > 0 and before + size[first - 1] <= CONTEXT and before + size[first - 1] + size[start] < LONGEST:
                first -= 1
                before += size[first]
            end, total = start + 1, before + size[start]
            while end < len(sentences) and total + size[end] <= WINDOW:
                total += size[end]
                end += 1
            yield first, start, end
            start = end

    def _window(self, sentences: Sequence[Sequence[str]], first: int, start: int, end: int) -> Iterator[Reading]:
        words = [w for s in sentences[first:end] for w in s]
        home = [k for k in range(first, end) for _ in sentences[k]]
        place = [i for s in sentences[first:end] for i in range(len(s))]
        feed = self._feed(words, home)
        seen = feed["first"].shape[1]
        if seen == 0:
            for k in range(start, end):
                yield self._unread(len(sentences[k]))
            return
        pos, head, dep, acts, modality, mode, role = (x[0] for x in self._network.run(None, feed))
        at = 0
        for k in range(first, end):
            n = len(sentences[k])
            stop = min(at + n, seen)
            if k >= start:
                if stop <= at:
                    yield self._unread(n)
                else:
                    pad = n - (stop - at)
                    # Words beyond the last piece that fits were not read; they count as unknown, with no act.
                    yield Reading(
                        pos=tuple(self.pos[p] for p in pos[at:stop]) + ("X",) * pad,
                        head=tuple(int(h) - 1 - at if h else -1 for h in head[at:stop]) + (-1,) * pad,
                        dep=tuple(self.deps[d] for d in dep[at:stop]) + ("dep",) * pad,
                        acts=np.pad(acts[at:stop, 1:], ((0, pad), (0, 0))),
                        modality=np.pad(modality[at:stop], ((0, pad), (0, 0))),
                        mode=np.pad(mode[at:stop], ((0, pad), (0, 0))),
                        role=np.pad(role[:, at:stop, at:stop], ((0, 0), (0, pad), (0, pad))),
                        back=np.pad(role[:, at:stop, :at], ((0, 0), (0, pad), (0, 0))),
                        back_at=tuple((k - h, i) for h, i in zip(home[:at], place[:at], strict=True)),
                    )
            at += n

    def _unread(self, n: int) -> Reading:
        def none(*shape: int) -> NDArray[np.float32]:
            return np.zeros(shape, np.float32)

        r = len(self.roles)
        modality = none(n, len(self.modalities))
        modality[:, 0] = 1.0
        return Reading(
            ("X",) * n,
            (-1,) * n,
            ("dep",) * n,
            none(n, len(self.types)),
            modality,
            none(n, len(self.modes)),
            none(r, n, n),
            none(r, n, 0),
            (),
        )

    def _feed(self, words: Sequence[str], home: Sequence[int]) -> dict[str, NDArray[np.int64]]:
        """The arrays that the network takes; `first` is the place of each word's first piece. A word without a piece of its own
        (some signs have none) borrows the piece before."""
        encoded = self._tokenizer.encode(list(words), is_pretokenized=True)
        ids, places = encoded.ids, encoded.word_ids
        if len(ids) > LONGEST + 2:
            ids, places = [*ids[: LONGEST + 1], ids[-1]], [*places[: LONGEST + 1], None]
        last = max((w for w in places if w is not None), default=-1)
        shapes, first = np.zeros((1, len(ids)), np.int64), np.full((1, last + 1), -1, np.int64)
        for k, w in enumerate(places):
            if w is not None:
                shapes[0, k] = shape(words[w])
                if first[0, w] < 0:
                    first[0, w] = k
        for w in range(last + 1):
            if first[0, w] < 0:
                first[0, w] = first[0, w - 1] if w else 0
        return {
            "input_ids": np.array([ids], np.int64),
            "shapes": shapes,
            "first": first,
            "sentence": np.array([home[: last + 1]], np.int64),
        }


@lru_cache(maxsize=1)
def version(folder: Path = MODEL) -> str:
    """A hash of the weights: claims read with other weights are coded again."""
    seen = hashlib.sha256()
    for name in ("reader.onnx", "labels.json", "tokenizer.json"):
        seen.update((folder / name).read_bytes())
    return seen.hexdigest()[:16]
