"""The syntax heads once more, on top of a finished encoder: treebanks, and the gold's own sentences with silver parses.

Acts teach the encoder to lift the words that say them out of their sentences, and the tagger then took "resigned" for an adverb: no
act sentence was ever seen with a parse. Here the encoder and the act heads stay as they are; only the heads of syntax learn, from
word vectors that are computed once. gold/silver.jsonl.gz holds the parses of an earlier reader (LAS 88.6 on the development treebanks).
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from loaders.sentences import sentences
from training.network import Batch, Labels, Network, collate
from training.windows import Text

SYNTAX = ("pos.", "arc_word.", "arc_head.", "arc.", "dep_word.", "dep_head.", "dep.", "root")


def silver(folder: Path, splits: Sequence[str]) -> list[Text]:
    """The gold's articles with the parses of silver.jsonl.gz."""
    texts = {a["document"]: a for a in map(json.loads, (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines())}
    out = []
    with gzip.open(folder / "silver.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            article = texts[row["document"]]
            found = sentences(article["text"])
            words = [w.text for s in found for w in s.words]
            if len(words) != len(row["pos"]):
                raise ValueError(f"{row['document']}: {len(words)} words, but {len(row['pos'])} parses: the article was changed since")
            if article["split"] in splits:
                out.append(Text(words, [k for k, s in enumerate(found) for _ in s.words], [], row["head"], row["dep"], row["pos"]))
    return out


@dataclass
class Seen:
    """A batch with its word vectors and its parses."""

    batch: Batch
    words: Tensor
    head: Tensor
    dep: Tensor
    pos: Tensor


def look(net: Network, tokenizer: object, labels: Labels, batches: Sequence[Sequence[Text]]) -> list[Seen]:
    """Each batch through the encoder, once."""
    net.eval()
    out = []
    with torch.no_grad():
        for texts in batches:
            b = collate(tokenizer, texts)
            w = net.words(b)
            h = torch.full(b.first.shape, -100)
            d, q = h.clone(), h.clone()
            for i, t in enumerate(texts):
                n = len(t.words)
                h[i, :n] = torch.tensor([x + 1 for x in t.heads or []])
                d[i, :n] = torch.tensor([labels.deps.index(x) if x in labels.deps else -100 for x in t.deps or []])
                q[i, :n] = torch.tensor([labels.pos.index(x) if x in labels.pos else -100 for x in t.pos or []])
            h[b.word_mask == 0] = -100
            out.append(Seen(b, w, h, d, q))
    return out


def train_heads(net: Network, seen: list[Seen], epochs: int, rng: random.Random) -> None:
    """Adam on the heads of syntax alone, the rate falling to nothing."""
    for name, p in net.named_parameters():
        p.requires_grad_(name.startswith(SYNTAX))
    net.train()
    optimizer = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=1e-3, weight_decay=0.01)
    steps, k, began = epochs * len(seen), 0, time.time()
    for epoch in range(epochs):
        rng.shuffle(seen)
        for s in seen:
            for group in optimizer.param_groups:
                group["lr"] = 1e-3 * max(0.02, 1 - k / steps)
            w = net.drop(s.words)
            score, heads = net.arcs(w, s.batch)
            relation = net.relations(w, heads, s.head.clamp(min=0))
            loss = sum(
                F.cross_entropy(x.reshape(-1, x.size(-1)), y.reshape(-1), ignore_index=-100)
                for x, y in ((score, s.head), (relation, s.dep), (net.pos(w), s.pos))
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            k += 1
        print(f"heads, epoch {epoch}: {time.time() - began:.0f} s", flush=True)
