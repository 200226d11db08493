"""The network: a small pretrained encoder with heads for syntax (tags, heads, relations) and acts (trigger, mode, modality, roles).

Heads follow Dozat and Manning (2017, 2018): biaffine scores between words, for dependencies within a sentence and for roles within
the whole window. The encoder is uncased, so each piece also carries an embedding of its word's shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertModel, PreTrainedTokenizerFast

from loaders.reader import shape
from training.windows import MODALITIES, ROLES, TYPES, Text


@dataclass(frozen=True)
class Labels:
    """What the heads tell apart."""

    pos: list[str]
    deps: list[str]
    modes: list[str]


@dataclass
class Batch:
    """Windows as arrays: pieces, their mask and shapes; for each word its first piece, whether it is one, and its sentence."""

    input_ids: Tensor
    attention_mask: Tensor
    shapes: Tensor
    first: Tensor
    word_mask: Tensor
    sentence: Tensor


class Biaffine(nn.Module):
    """score[o, x, y] = [x; 1]' W[o] [y; 1]"""

    def __init__(self, size: int, out: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(out, size + 1, size + 1))
        nn.init.xavier_uniform_(self.weight)

    def forward(self, x: Tensor, y: Tensor) -> Tensor:
        return torch.einsum("bxi,oij,byj->boxy", with_one(x), self.weight, with_one(y))


def with_one(x: Tensor) -> Tensor:
    """A column of ones behind the features: the bias of a biaffine score."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def layer(size: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(size, out), nn.GELU(), nn.Dropout(0.25))


class Network(nn.Module):
    """Encoder and heads. `words` first, then `syntax` or the act heads on what it gives."""

    def __init__(self, encoder: BertModel, labels: Labels) -> None:
        super().__init__()
        self.encoder, size = encoder, encoder.config.hidden_size
        self.shape = nn.Embedding(7, size)
        nn.init.normal_(self.shape.weight, std=0.02)
        self.root = nn.Parameter(torch.zeros(1, 1, size))
        self.drop = nn.Dropout(0.2)
        self.pos = nn.Linear(size, len(labels.pos))
        self.arc_word, self.arc_head, self.arc = layer(size, 256), layer(size, 256), Biaffine(256, 1)
        self.dep_word, self.dep_head, self.dep = layer(size, 64), layer(size, 64), Biaffine(64, len(labels.deps))
        self.trigger, self.modality, self.mode = (nn.Linear(size, n) for n in (len(TYPES), len(MODALITIES), len(labels.modes)))
        self.role_trigger, self.role_word, self.role = layer(size, 160), layer(size, 160), Biaffine(160, len(ROLES))

    def words(self, b: Batch) -> Tensor:
        """One vector for each word: its first piece's."""
        embedded = self.encoder.embeddings.word_embeddings(b.input_ids) + self.shape(b.shapes)
        h = self.encoder(inputs_embeds=embedded, attention_mask=b.attention_mask, token_type_ids=torch.zeros_like(b.input_ids))
        return self.drop(torch.gather(h.last_hidden_state, 1, b.first.unsqueeze(-1).expand(-1, -1, self.root.size(-1))))

    def arcs(self, w: Tensor, b: Batch) -> tuple[Tensor, Tensor]:
        """The score of each head (column 0: the root) for each word, heads of other sentences shut out; and the heads' features."""
        heads = torch.cat([self.root.expand(w.size(0), -1, -1), w], 1)
        score = self.arc(self.arc_word(w), self.arc_head(heads)).squeeze(1)
        inside = (b.sentence.unsqueeze(1) == b.sentence.unsqueeze(2)) & (b.word_mask > 0).unsqueeze(1)
        return score.masked_fill(~torch.cat([torch.ones_like(inside[..., :1]), inside], 2), -1e4), self.dep_head(heads)

    def relations(self, w: Tensor, heads: Tensor, chosen: Tensor) -> Tensor:
        """The score of each relation between a word and its chosen head."""
        head = torch.gather(heads, 1, chosen.unsqueeze(-1).expand(-1, -1, heads.size(-1)))
        return torch.einsum("bwi,oij,bwj->bwo", with_one(self.dep_word(w)), self.dep.weight, with_one(head))

    def roles(self, w: Tensor) -> Tensor:
        """role[b, r, t, i]: how likely (as a logit) word i fills role r of the act that word t says."""
        return self.role(self.role_trigger(w), self.role_word(w))


def pieces(tokenizer: PreTrainedTokenizerFast, words: Sequence[str]) -> list[int]:
    """How many pieces each word has."""
    return [max(1, len(x)) for x in tokenizer(list(words), add_special_tokens=False)["input_ids"]]


def collate(tokenizer: PreTrainedTokenizerFast, texts: Sequence[Text], longest: int = 256) -> Batch:
    """The windows as one batch; words beyond `longest` pieces are masked."""
    encoded = tokenizer(
        [t.words for t in texts], is_split_into_words=True, padding=True, truncation=True, max_length=longest, return_tensors="pt"
    )
    n = max(len(t.words) for t in texts)
    shapes = torch.zeros_like(encoded["input_ids"])
    first, mask = torch.zeros(len(texts), n, dtype=torch.long), torch.zeros(len(texts), n, dtype=torch.long)
    sentence = torch.full((len(texts), n), -1)
    for i, t in enumerate(texts):
        sentence[i, : len(t.words)] = torch.tensor(t.sentence)
        for k, w in enumerate(encoded.word_ids(i)):
            if w is not None:
                shapes[i, k] = shape(t.words[w])
                if not mask[i, w]:
                    first[i, w], mask[i, w] = k, 1
    return Batch(encoded["input_ids"], encoded["attention_mask"], shapes, first, mask, sentence)
