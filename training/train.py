"""Train the reader: syntax on treebanks, then acts on the project's gold with the treebanks kept in the mix,
the heads of syntax once more, then ONNX.

    python -m training.train all --encoder E5.onnx --tokenizer TOKENIZER.json --treebanks DIR --out DIR

README.md beside this file tells what is needed and what it reached. Seeds are fixed: the same machine gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from training.encoder import encoder
from training.export import export
from training.heads import look, silver, train_heads
from training.network import Batch, Labels, Network, collate, pieces
from training.windows import MODALITIES, ROLES, TYPES, Text, gold, invent, treebank, windows

HERE = Path(__file__).parent
LONGEST = 150
"""Pieces of a window, at most: about five sentences of news."""
BATCH = 1000
"""Pieces of a batch, padding counted."""
HIDDEN = 0.05
"""Share of the pieces hidden while acts are learnt; shapes stay."""
FROZEN = 3
"""Layers at the bottom that stay as syntax left them while acts are learnt: a sixth of the time saved."""


class Trainer:
    """One network with its tokenizer, random stream and optimizer."""

    def __init__(self, a: argparse.Namespace, labels: Labels, steps: int, rate: float) -> None:
        torch.manual_seed(a.seed)
        self.rng = random.Random(a.seed)
        self.tokenizer = PreTrainedTokenizerFast(
            tokenizer_file=str(a.tokenizer), pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", unk_token="[UNK]", mask_token="[MASK]"
        )
        self.labels = labels
        self.net = Network(encoder(a.encoder), labels)
        if a.start:
            kept = torch.load(a.start)["state"]
            fits = {k: v for k, v in kept.items() if k in self.net.state_dict() and v.shape == self.net.state_dict()[k].shape}
            if left := sorted(set(self.net.state_dict()) ^ set(fits)):
                raise SystemExit(f"{a.start} lacks or has other shapes of {', '.join(left[:4])}: train it anew")
            self.net.load_state_dict(fits)
        # The word pieces' own embeddings stay as they are: a third of all weights, and few of them are ever seen in training.
        self.net.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        inside = [p for n, p in self.net.named_parameters() if n.startswith("encoder.") and p.requires_grad]
        heads = [p for n, p in self.net.named_parameters() if not n.startswith("encoder.")]
        self.optimizer = torch.optim.AdamW([{"params": inside, "lr": rate}, {"params": heads, "lr": 1e-3}], weight_decay=0.01)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda k: min(1.0, (k + 1) / 100) * max(0.03, 1 - k / max(1, steps))
        )

    def cut(self, texts: Iterable[Text], rng: random.Random | None = None) -> list[list[Text]]:
        """One epoch: the texts in windows, in batches of like length, shuffled."""
        rng = rng or self.rng
        found: list[tuple[int, Text]] = []
        for t in texts:
            for w in windows(t, pieces(self.tokenizer, t.words), LONGEST, rng):
                found.append((min(256, len(w.words) + 2 + len(w.words) // 5), w))
        found.sort(key=lambda x: x[0] + 8 * rng.random())
        out: list[list[Text]] = [[]]
        for n, w in found:
            if out[-1] and n * (len(out[-1]) + 1) > BATCH:
                out.append([])
            out[-1].append(w)
        rng.shuffle(out)
        return out

    def step(self, loss: Tensor) -> None:
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()

    def syntax(self, texts: Sequence[Text]) -> Tensor:
        b, w, h, d, q = self._syntax_gold(texts)
        score, heads = self.net.arcs(w, b)
        relation = self.net.relations(w, heads, h.clamp(min=0))
        return cross(score, h) + cross(relation, d) + 0.3 * cross(self.net.pos(w), q)

    def _syntax_gold(self, texts: Sequence[Text]) -> tuple[Batch, Tensor, Tensor, Tensor, Tensor]:
        b = collate(self.tokenizer, texts)
        w = self.net.words(b)
        h = torch.full(b.first.shape, -100)
        d, q = h.clone(), h.clone()
        for i, t in enumerate(texts):
            n = len(t.words)
            h[i, :n] = torch.tensor([x + 1 for x in t.heads or []])
            d[i, :n] = torch.tensor([self.labels.deps.index(x) for x in t.deps or []])
            q[i, :n] = torch.tensor([self.labels.pos.index(x) for x in t.pos or []])
        h[b.word_mask == 0] = -100
        return b, w, h, d, q

    @torch.no_grad()
    def attachment(self, texts: Sequence[Text]) -> str:
        """UAS and LAS, punctuation left out, on gold words and sentences."""
        self.net.eval()
        u = la = n = 0
        for batch in self.cut(texts, random.Random(0)):
            b, w, h, d, q = self._syntax_gold(batch)
            score, heads = self.net.arcs(w, b)
            chosen = score.argmax(-1)
            counted = (h != -100) & (q != self.labels.pos.index("PUNCT"))
            right = (chosen == h) & counted
            u += int(right.sum())
            la += int((right & (self.net.relations(w, heads, chosen).argmax(-1) == d)).sum())
            n += int(counted.sum())
        self.net.train()
        return f"UAS {u / n:.4f} LAS {la / n:.4f}"

    def acts(self, texts: Sequence[Text]) -> Tensor:
        """The loss of the act heads. Optional acts teach their type, but not whether there is an act."""
        b = collate(self.tokenizer, texts)
        # A few pieces are hidden, so that no single word decides alone.
        hidden = (torch.rand(b.input_ids.shape) < HIDDEN) & (b.shapes > 0)
        b.input_ids = torch.where(hidden, torch.tensor(self.tokenizer.mask_token_id), b.input_ids)
        w = self.net.words(b)
        kind = torch.where(b.word_mask > 0, 0, -100)
        rows, wanted, known = [], [], []
        modality, mode, optional = [], [], []
        for i, t in enumerate(texts):
            for act in t.acts:
                if not b.word_mask[i, act.word]:
                    continue
                k = TYPES.index(act.type)
                if act.firm:
                    kind[i, act.word] = k
                elif int(kind[i, act.word]) <= 0:
                    kind[i, act.word] = -100
                    optional.append((i, act.word, k))
                rows.append((i, act.word))
                modality.append(MODALITIES.index(act.modality))
                name = f"{act.type}/{act.mode}"
                mode.append(self.labels.modes.index(name) if name in self.labels.modes else -100)
                goal, seen = torch.zeros(len(ROLES), kind.size(1)), torch.zeros(len(ROLES), kind.size(1))
                for r, role in enumerate(ROLES):
                    filled = act.roles[role]
                    if filled is not None:
                        goal[r, sorted(filled)] = 1.0
                        seen[r] = (b.word_mask[i] > 0).float() * (1.0 if r < 2 else 0.5)
                wanted.append(goal)
                known.append(seen)
        score = self.net.trigger(w)
        loss = 3.0 * cross(score, kind)
        if rows:
            at, word = torch.tensor([r[0] for r in rows]), torch.tensor([r[1] for r in rows])
            chosen = w[at, word]
            loss = loss + 0.3 * cross(self.net.modality(chosen), torch.tensor(modality))
            if any(m >= 0 for m in mode):
                loss = loss + 0.15 * cross(self.net.mode(chosen), torch.tensor(mode))
            found = self.net.roles(w)[at, :, word]
            parts = F.binary_cross_entropy_with_logits(found, torch.stack(wanted), reduction="none") * torch.stack(known)
            loss = loss + parts.sum() / len(rows) / 6
            if optional:
                some = torch.stack([score[i, k] for i, k, _ in optional])
                loss = loss + 0.1 * F.cross_entropy(some[:, 1:], torch.tensor([k - 1 for _, _, k in optional]))
        return loss

    @torch.no_grad()
    def assess(self, texts: Sequence[Text], threshold: float = 0.5) -> str:
        """Precision and recall of trigger words (with type), and of the words of each role at the gold's triggers."""
        self.net.eval()
        proposed = right = firm = 0
        hits = torch.zeros(3, len(ROLES))
        for batch in self.cut(texts, random.Random(0)):
            b = collate(self.tokenizer, batch)
            w = self.net.words(b)
            share = self.net.trigger(w).softmax(-1)
            role = self.net.roles(w).sigmoid() > 0.5
            for i, t in enumerate(batch):
                n = len(t.words)
                said = {
                    (k, int(share[i, k, 1:].argmax()) + 1) for k in range(n) if b.word_mask[i, k] and float(share[i, k, 0]) < 1 - threshold
                }
                sure = {(x.word, TYPES.index(x.type)) for x in t.acts if x.firm}
                unsure = {x.word for x in t.acts if not x.firm}
                proposed += sum(k not in unsure or (k, c) in sure for k, c in said)
                right += len(said & sure)
                firm += len(sure)
                for x in t.acts:
                    for r, name in enumerate(ROLES):
                        filled = x.roles[name]
                        if x.firm and filled is not None:
                            mine = {k for k in range(n) if role[i, r, x.word, k]}
                            hits[:, r] += torch.tensor([bool(mine & filled), bool(mine), bool(filled)], dtype=torch.float)
        self.net.train()
        p, r = right / max(1, proposed), right / max(1, firm)
        roles = " ".join(
            f"{name} {hits[0, k] / max(1, hits[1, k]):.2f}/{hits[0, k] / max(1, hits[2, k]):.2f}" for k, name in enumerate(ROLES)
        )
        return f"acts P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f} | roles P/R {roles}"

    def save(self, path: Path) -> None:
        torch.save({"labels": self.labels.__dict__, "state": self.net.state_dict()}, path)


def cross(score: Tensor, gold: Tensor) -> Tensor:
    return F.cross_entropy(score.reshape(-1, score.size(-1)), gold.reshape(-1), ignore_index=-100)


def train_syntax(a: argparse.Namespace) -> None:
    bank, dev = treebank(sorted(a.treebanks.glob("train/*.spacy"))), treebank(sorted(a.treebanks.glob("dev/*.spacy")))
    labels = Labels(sorted({p for t in bank for p in t.pos or []}), sorted({d for t in [*bank, *dev] for d in t.deps or []}), _modes(a))
    words = sum(len(t.words) for t in bank)
    t = Trainer(a, labels, int(2 * a.syntax_epochs * words * 1.35 / BATCH), 1.5e-4)  # the rate falls to a half, as acts go on from there
    t.net.train()
    began = time.time()
    k = 0
    for epoch in range(a.syntax_epochs):
        for batch in t.cut(invent(x, t.rng) if t.rng.random() < 0.5 else x for x in bank):
            loss = t.syntax(batch)
            t.step(loss)
            k += 1
            if k % 100 == 0:
                print(f"step {k} loss {loss.item():.3f} {time.time() - began:.0f} s", flush=True)
        t.save(a.out / "syntax.pt")
        print(f"epoch {epoch}: {t.attachment(dev)} {time.time() - began:.0f} s", flush=True)


def heads_once_more(a: argparse.Namespace) -> None:
    """The last stage: see training/heads.py."""
    t = Trainer(a, Labels(**torch.load(a.start)["labels"]), 1, 0.0)
    bank, dev = treebank(sorted(a.treebanks.glob("train/*.spacy"))), treebank(sorted(a.treebanks.glob("dev/*.spacy")))
    t.rng.shuffle(bank)
    named = [invent(x, t.rng) if t.rng.random() < 0.5 else x for x in bank]
    parsed = [x for folder in a.gold if (folder / "silver.jsonl.gz").is_file() for x in silver(folder, ["train", "tune"])]
    print(f"before: {t.attachment(dev)}", flush=True)
    train_heads(t.net, look(t.net, t.tokenizer, t.labels, t.cut([*named[: a.heads_texts], *parsed])), a.heads_epochs, t.rng)
    print(f"after: {t.attachment(dev)}", flush=True)
    t.save(a.out / "heads.pt")


def _modes(a: argparse.Namespace) -> list[str]:
    """TYPE/mode for each mode of the codebook."""
    import csv

    with (HERE.parent / "graph" / "codebook.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted({f"{r['type']}/{r['mode']}" for r in rows if r["mode"]})


def train_acts(a: argparse.Namespace) -> None:
    kept = torch.load(a.start)["labels"]
    labels = Labels(**kept)
    texts, lost = gold(a.gold, ["train"])
    tune = gold(a.gold, ["tune"])[0]
    bank, dev = treebank(sorted(a.treebanks.glob("train/*.spacy"))), treebank(sorted(a.treebanks.glob("dev/*.spacy")))
    print(f"{len(texts)} texts, {sum(len(t.acts) for t in texts)} acts; not placed: {dict(lost)}", flush=True)
    # What it costs in time is pieces: for each of gold a share of the treebank is read, lest the syntax be forgotten.
    share = a.mix
    words = sum(len(t.words) for t in texts)
    t = Trainer(a, labels, int(a.acts_epochs * words * 1.35 / BATCH), 1e-4)
    for n, p in t.net.encoder.named_parameters():
        if n.startswith("embeddings.") or n.startswith(tuple(f"encoder.layer.{k}." for k in range(FROZEN))):
            p.requires_grad_(False)
    t.net.train()
    began, queue, owed, k = time.time(), [], 0.0, 0
    for epoch in range(a.acts_epochs):
        for batch in t.cut(texts):
            loss = t.acts(batch)
            owed += share
            if owed >= 1:
                owed -= 1
                queue = queue or t.cut([invent(x, t.rng) if t.rng.random() < 0.5 else x for x in t.rng.sample(bank, len(bank) // 8)])
                loss = loss + t.syntax(queue.pop())
            t.step(loss)
            k += 1
            if k % 50 == 0:
                print(f"step {k} loss {loss.item():.3f} {time.time() - began:.0f} s", flush=True)
        t.save(a.out / "acts.pt")
        print(f"epoch {epoch} tune: {t.assess(tune)} {time.time() - began:.0f} s", flush=True)
    figures = {"seed": a.seed, "articles": len(texts), "acts": sum(len(x.acts) for x in texts), "syntax": t.attachment(dev)}
    for split in ("tune", "check"):
        figures[split] = t.assess(gold(a.gold, [split])[0])
    (a.out / "reader.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("what", choices=("syntax", "acts", "heads", "export", "all"))
    p.add_argument("--encoder", type=Path, required=True, help="e5-small-v2.onnx")
    p.add_argument("--tokenizer", type=Path, required=True, help="its tokenizer.json")
    p.add_argument("--treebanks", type=Path, required=True, help="folder with train/*.spacy and dev/*.spacy")
    p.add_argument("--gold", type=Path, nargs="+", default=[HERE / "gold"], help="folders with articles.jsonl and claims.jsonl")
    p.add_argument("--start", type=Path, help="weights to go on from")
    p.add_argument("--out", type=Path, required=True, help="folder for the weights")
    p.add_argument("--syntax-epochs", type=int, default=1)
    p.add_argument("--acts-epochs", type=int, default=8)
    p.add_argument("--heads-epochs", type=int, default=4)
    p.add_argument("--heads-texts", type=int, default=1200, help="treebank texts of the last stage, ten sentences each")
    p.add_argument("--mix", type=float, default=0.4, help="batches of treebank for each batch of gold")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    if a.what in ("syntax", "all"):
        train_syntax(a)
        a.start = a.out / "syntax.pt"
    if a.what in ("acts", "all"):
        train_acts(a)
        a.start = a.out / "acts.pt"
    if a.what in ("heads", "all"):
        heads_once_more(a)
        a.start = a.out / "heads.pt"
    if a.what in ("export", "all"):
        kept = torch.load(a.start)
        t = Trainer(a, Labels(**kept["labels"]), 1, 0.0)
        export(t.net, t.labels, t.tokenizer, a.out)


if __name__ == "__main__":
    main()
