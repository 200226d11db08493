"""Sentence -> Reading: part of speech, dependency tree, proposed acts with the words of their roles.

Two small networks (loaders/model: syntax.onnx, acts.onnx, int8) on the CPU; the only importer of onnxruntime and
tokenizers. Offline and deterministic: a sentence is read alone, since the int8 networks
scale their numbers by what else is in the batch (measured: beside others a probability moved by up to 0.44, and 5 of 24 trees changed).
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
        return [self._one(words) for words in sentences]

    def _one(self, words: Sequence[str]) -> Reading:
        feed = self._feed(words)
        pos, head, dep = self._syntax.run(["pos", "head", "dep"], feed)
        acts, modality, role = self._acts.run(["trigger", "modality", "role"], feed)
        # Words beyond the last piece that fits were not read; they count as unknown, with no act.
        n, seen = len(words), int(feed["word_mask"][0].sum())
        pad = n - seen
        return Reading(
            pos=tuple(self.pos[k] for k in pos[0, :seen]) + ("X",) * pad,
            head=tuple(min(int(k), seen) - 1 for k in head[0, :seen]) + (-1,) * pad,
            dep=tuple(self.deps[k] for k in dep[0, :seen]) + ("dep",) * pad,
            acts=np.pad(acts[0, :seen, 1:], ((0, pad), (0, 0))),
            modality=np.pad(modality[0, :seen], ((0, pad), (0, 0))),
            role=np.pad(role[0, :, :seen, :seen], ((0, 0), (0, pad), (0, pad))),
        )

    def _feed(self, words: Sequence[str]) -> dict[str, NDArray[np.int64]]:
        """The arrays that the networks take; `first` is the place of each word's first piece."""
        encoded = self._tokenizer.encode(list(words), is_pretokenized=True)
        feed = {
            "input_ids": np.array([encoded.ids], np.int64),
            "attention_mask": np.ones((1, len(encoded.ids)), np.int64),
            "shapes": np.zeros((1, len(encoded.ids)), np.int64),
            "first": np.zeros((1, len(words)), np.int64),
            "word_mask": np.zeros((1, len(words)), np.int64),
        }
        for k, w in enumerate(encoded.word_ids):
            if w is not None:
                feed["shapes"][0, k] = shape(words[w])
                if not feed["word_mask"][0, w]:
                    feed["first"][0, w], feed["word_mask"][0, w] = k, 1
        return feed


@lru_cache(maxsize=1)
def version(folder: Path = MODEL) -> str:
    """A hash of the weights: claims read with other weights are coded again."""
    seen = hashlib.sha256()
    for name in ("syntax.onnx", "acts.onnx", "labels.json", "tokenizer.json"):
        seen.update((folder / name).read_bytes())
    return seen.hexdigest()[:16]
