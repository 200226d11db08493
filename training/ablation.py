"""What each part of the coder adds: the same articles coded with one part taken away at a time.

    python -m training.ablation GOLD_FOLDER [--split check]

Nothing of the articles is printed, so that `check` stays unread.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from graph.model import to_row
from loaders import reader as reading
from loaders.coder import Coder, proposals, roles, unsaid, write
from loaders.evaluate import score
from loaders.lexicon import read_lexicon
from loaders.model.gold import documents
from loaders.reader import Reader


@contextmanager
def without_lexicon() -> Iterator[None]:
    """No row of actions.csv speaks."""
    with patch.object(proposals, "match", lambda *a: []):
        yield


@contextmanager
def without_names_before() -> Iterator[None]:
    """The reader's own view of who "it" and the unsaid are is not asked."""
    with patch.object(write, "seen_by_name", lambda *a: {}):
        yield


@contextmanager
def without_unsaid() -> Iterator[None]:
    """A target that the sentence does not tell stays empty."""
    with patch.object(unsaid, "best", lambda *a: None):
        yield


@contextmanager
def without_tree() -> Iterator[None]:
    """Only the reader fills roles, no rule on the tree."""
    nothing: Callable[..., Any] = lambda *a: []  # noqa: E731
    with ExitStack() as stack:
        for name, result in (("_source_by_tree", nothing), ("_target_by_tree", nothing)):
            stack.enter_context(patch.object(roles.Roles, name, result))
        for name in ("_relative", "_inverted"):
            stack.enter_context(patch.object(roles.Roles, name, lambda *a: None))
        yield


@contextmanager
def sentences_alone() -> Iterator[None]:
    """Each sentence is read without those around it."""
    with patch.object(reading, "WINDOW", 1), patch.object(reading, "CONTEXT", 0):
        yield


PARTS: dict[str, Callable[[], Any]] = {
    "all": lambda: ExitStack(),
    "without the lexicon's rows": without_lexicon,
    "without rules on the tree": without_tree,
    "without names from the sentences before": without_names_before,
    "without unsaid targets": without_unsaid,
    "sentences read alone": sentences_alone,
}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("gold", type=Path)
    p.add_argument("--split", default="check")
    a = p.parse_args()
    coder = Coder(read_lexicon(), Reader(threads=2))
    print(f"{'':45} P    R    F1   extra per 100")
    for name, part in PARTS.items():
        with part():
            gold, said = [], []
            for document, claims in documents(a.gold, a.split):
                gold += claims
                said += [to_row(c) for c in coder.code(document).claims if c.status == "counted"]
        result = score(gold, said)
        f = result.levels["dyad+type"]
        assert f is not None
        print(f"{name:45}{f.precision or 0:.2f} {f.recall or 0:.2f} {f.f1 or 0:.3f} {result.extra_per_100 or 0:.0f}", flush=True)


if __name__ == "__main__":
    main()
