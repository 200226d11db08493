"""Whatever heads a reading holds, a sentence is one tree: no ring can hold a rule up for ever."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.reader import Reader, Reading
from loaders.sentences import Sentence, sentences
from loaders.trees import Tree

TEXT = "Acme and Bolt sued Cora over its plan ."


@lru_cache(maxsize=1)
def read() -> tuple[Sentence, Reading]:
    (sentence,) = sentences(TEXT)
    (reading,) = Reader().read([[w.text for w in sentence.words]])
    return sentence, reading


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(-1, 8), min_size=9, max_size=9))
def test_any_heads_make_one_tree(heads: list[int]) -> None:
    sentence, reading = read()
    tree = Tree(sentence, replace(reading, head=tuple(heads), dep=("conj",) * 9, pos=("NOUN",) * 9))
    assert sum(h < 0 for h in tree.head) == 1
    for i in range(9):
        assert len(set(tree.above(i))) < 9 and len(tree.members(i)) <= 9


def test_two_words_that_hang_on_each_other_are_hung_on_the_root() -> None:
    sentence, reading = read()
    tree = Tree(sentence, replace(reading, head=(2, 2, 0, -1, 3, 7, 7, 4, 3)))
    assert tree.head[3] == -1 and tree.head[0] == 3 and tree.dep[0] == "parataxis" and tree.head[2] == 0
