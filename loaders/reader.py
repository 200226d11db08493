"""Sentence -> Reading: part of speech, dependency tree, proposed acts with the words of their roles.

Two small networks (loaders/model: syntax.onnx, acts.onnx, int8) on the CPU; the only importer of onnxruntime and
tokenizers. Offline and deterministic: the batch in which a sentence is read does not change what is read of it to more
than the fourth decimal, and nothing is drawn by chance.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

MODEL = Path(__file__).parent / "model"
MAX_PIECES = 256
BATCH = 32
"""Sentences a batch, sorted by length: beyond 32 the padding costs what the batch saves (measured by the model's makers)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the networks see in one sentence of n words.

    `head[i]` is the index of the word that i hangs on, -1 for the root. `acts[i, k]` is the probability that word i
    says an act of type `types[k]`; `modality[i, k]` likewise; `role[0, t, i]` that word i belongs to the source of
    the act said by word t, `role[1, t, i]` to its target.
    """

    pos: tuple[str, ...]
    head: tuple[int, ...]
    dep: tuple[str, ...]
    acts: NDArray[np.float32]
    modality: NDArray[np.float32]
    role: NDArray[np.float32]


def shape(word: str) -> int:
    """The case and kind of a word, as the networks were trained with: the tokenizer itself is uncased."""
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
    """The two networks, loaded once. `threads`: how many threads one network uses."""

    def __init__(self, folder: Path = MODEL, threads: int = 1) -> None:
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.pos: tuple[str, ...] = tuple(labels["pos"])
        self.deps: tuple[str, ...] = tuple("root" if d == "ROOT" else d for d in labels["deps"])
        self.types: tuple[str, ...] = tuple(labels["types"][1:])
        self.modalities: tuple[str, ...] = tuple(labels["modality"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_PIECES)
        self._tokenizer.no_padding()
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        self._syntax, self._acts = (
            ort.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"]) for name in ("syntax.onnx", "acts.onnx")
        )

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """One reading for each sentence (a sequence of words), in the order given."""
        readings: dict[int, Reading] = {}
        order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i]), i))
        for begin in range(0, len(order), BATCH):
            ids = order[begin : begin + BATCH]
            feed = self._feed([sentences[i] for i in ids])
            pos, head, dep = self._syntax.run(["pos", "head", "dep"], feed)
            acts, modality, role = self._acts.run(["trigger", "modality", "role"], feed)
            for r, i in enumerate(ids):
                # Words beyond the last piece that fits were not read; they count as unknown, with no act.
                n, seen = len(sentences[i]), int(feed["word_mask"][r].sum())
                pad = n - seen
                readings[i] = Reading(
                    pos=tuple(self.pos[k] for k in pos[r, :seen]) + ("X",) * pad,
                    head=tuple(min(int(k), seen) - 1 for k in head[r, :seen]) + (-1,) * pad,
                    dep=tuple(self.deps[k] for k in dep[r, :seen]) + ("dep",) * pad,
                    acts=np.pad(acts[r, :seen, 1:], ((0, pad), (0, 0))),
                    modality=np.pad(modality[r, :seen], ((0, pad), (0, 0))),
                    role=np.pad(role[r, :, :seen, :seen], ((0, 0), (0, pad), (0, pad))),
                )
        return [readings[i] for i in range(len(sentences))]

    def _feed(self, sentences: Sequence[Sequence[str]]) -> dict[str, NDArray[np.int64]]:
        """The arrays that the networks take; `first` is the place of each word's first piece."""
        encoded = [self._tokenizer.encode(list(s), is_pretokenized=True) for s in sentences]
        pieces, words = max(len(e.ids) for e in encoded), max(len(s) for s in sentences)
        feed = {k: np.zeros((len(encoded), pieces), np.int64) for k in ("input_ids", "attention_mask", "shapes")}
        feed |= {k: np.zeros((len(encoded), words), np.int64) for k in ("first", "word_mask")}
        for r, e in enumerate(encoded):
            feed["input_ids"][r, : len(e.ids)] = e.ids
            feed["attention_mask"][r, : len(e.ids)] = 1
            for k, w in enumerate(e.word_ids):
                if w is not None:
                    feed["shapes"][r, k] = shape(sentences[r][w])
                    if not feed["word_mask"][r, w]:
                        feed["first"][r, w], feed["word_mask"][r, w] = k, 1
        return feed


@lru_cache(maxsize=1)
def version(folder: Path = MODEL) -> str:
    """A hash of the weights: claims read with other weights are coded again."""
    seen = hashlib.sha256()
    for name in ("syntax.onnx", "acts.onnx", "labels.json", "tokenizer.json"):
        seen.update((folder / name).read_bytes())
    return seen.hexdigest()[:16]
