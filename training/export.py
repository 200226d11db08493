"""Weights -> the ONNX file that ships: one network for syntax and acts, its weights kept in bytes, and the labels beside it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from transformers import PreTrainedTokenizerFast

from training.network import Batch, Labels, Network, collate
from training.windows import MODALITIES, ROLES, TYPES, Text

INPUTS = ["input_ids", "shapes", "first", "sentence"]
OUTPUTS = ["pos", "head", "dep", "trigger", "modality", "mode", "role"]


LARGE = 10_000
"""Numbers from which a matrix is kept in bytes."""


class Whole(nn.Module):
    """All heads on one window: the best tag, head and relation of each word, the rest as probabilities."""

    def __init__(self, net: Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, input_ids: Tensor, shapes: Tensor, first: Tensor, sentence: Tensor) -> tuple[Tensor, ...]:
        b = Batch(input_ids, torch.ones_like(input_ids), shapes, first, torch.ones_like(first), sentence)
        w = self.net.words(b)
        score, heads = self.net.arcs(w, b)
        chosen = score.argmax(-1)
        return (
            self.net.pos(w).argmax(-1),
            chosen,
            self.net.relations(w, heads, chosen).argmax(-1),
            self.net.trigger(w).softmax(-1),
            self.net.modality(w).softmax(-1),
            self.net.mode(w).softmax(-1),
            self.net.roles(w).sigmoid(),
        )


def export(net: Network, labels: Labels, tokenizer: PreTrainedTokenizerFast, out: Path) -> None:
    """Write reader.onnx, labels.json and tokenizer.json into the folder."""
    net.eval()
    text = Text("Workers at Acme walked off the job on Friday . The firm declined to comment .".split(), [0] * 10 + [1] * 6)
    b = collate(tokenizer, [text])
    axes = {n: {1: "piece"} for n in INPUTS[:2]} | {n: {1: "word"} for n in [*INPUTS[2:], *OUTPUTS[:6]]} | {"role": {2: "word", 3: "word"}}
    file = out / "reader.onnx"
    torch.onnx.export(
        Whole(net),
        (b.input_ids, b.shapes, b.first, b.sentence),
        str(file),
        input_names=INPUTS,
        output_names=OUTPUTS,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load(str(file))
    narrow(model)
    onnx.save(model, str(file))
    told = {"pos": labels.pos, "deps": labels.deps, "modes": labels.modes, "types": TYPES, "modality": MODALITIES, "roles": ROLES}
    (out / "labels.json").write_text(json.dumps(told) + "\n", encoding="utf-8")
    tokenizer.backend_tokenizer.save(str(out / "tokenizer.json"), pretty=False)


def narrow(model: onnx.ModelProto) -> None:
    """Keep the large matrices in the file as bytes, each column (of the embeddings each row) with its own scale.

    Only the file is narrow: the runtime unfolds it once when it loads, and counts in 32 bits. Counting in bytes was tried: on processors
    without VNNI it reads 1.4 times faster, but costs 0.4 to 0.7 LAS and a point of F1, and every sentence's numbers then hang on all
    others of its window and on the processor.
    """
    graph = model.graph
    kept, added = [], []
    for w in graph.initializer:
        x = numpy_helper.to_array(w)
        if x.dtype != np.float32 or x.size < LARGE or x.ndim < 2:
            kept.append(w)
            continue
        across = 1 if "embeddings" in w.name else x.ndim - 2
        scale = np.maximum(np.abs(x).max(axis=across, keepdims=True), 1e-8) / 127.0
        small = np.round(x / scale).astype(np.int8)
        kept += [numpy_helper.from_array(small, w.name + ".bytes"), numpy_helper.from_array(scale.astype(np.float32), w.name + ".scale")]
        added += [
            helper.make_node("Cast", [w.name + ".bytes"], [w.name + ".wide"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [w.name + ".wide", w.name + ".scale"], [w.name]),
        ]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    nodes = [*added, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
