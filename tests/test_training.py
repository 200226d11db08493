"""What the reader is taught: gold turned into labelled words, in windows. Nothing here needs torch."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from training.windows import Text, gold, invent, windows

TEXT = (
    "The Sailmakers' Guild met Corvane Yachts on Monday. It asked the yard to drop its new rota, and will strike from June.\n\n"
    "Corvane said nothing."
)


def claim(quote: str, trigger: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    row = {"document": "d", "start": start, "end": start + len(quote), "trigger": trigger, "mode": None, "modality": "actual", "about": []}
    return row | {"source": "Sailmakers' Guild", "target": "Corvane Yachts", "speaker": None, "date_words": None, "optional": False} | more


ASKED = claim(
    "It asked the yard to drop its new rota",
    "asked",
    action="REQUEST",
    source_as_written="It",
    target_as_written="the yard",
    date_words="on Monday",
)
STRIKE = claim(
    "will strike from June",
    "will strike",
    action="PROTEST",
    modality="announced",
    source_as_written="It",
    target_as_written=None,
    optional=True,
)
MET = claim("The Sailmakers' Guild met Corvane Yachts", "met", action="CONSULT", source_as_written="The Sailmakers' Guild")


def one(folder: Path, *claims: dict[str, Any]) -> Text:
    rows = [{"document": "d", "split": "train", "text": TEXT}, {"document": "e", "split": "check", "text": "Not to be read."}]
    (folder / "articles.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    (folder / "claims.jsonl").write_text("".join(json.dumps(c) + "\n" for c in claims), encoding="utf-8")
    (text,), _ = gold([folder], ["train"])
    return text


def said(text: Text, words: frozenset[int] | None) -> str | None:
    return None if words is None else " ".join(text.words[i] for i in sorted(words))


def test_roles_are_the_words_of_the_sentence_and_the_nearest_names_before_it(tmp_path: Path) -> None:
    text = one(tmp_path, MET, ASKED)
    asked = next(a for a in text.acts if a.type == "REQUEST")
    assert text.words[asked.word] == "asked" and asked.firm
    assert said(text, asked.roles["source"]) == "It" and said(text, asked.roles["target"]) == "the yard"
    assert "Sailmakers" in (said(text, asked.roles["source_name"]) or "")
    assert said(text, asked.roles["target_name"]) == "Corvane Yachts"
    assert said(text, asked.roles["date"]) == "on Monday", "the date words stand in the sentence before"


def test_the_word_that_is_learnt_says_the_act_and_no_auxiliary(tmp_path: Path) -> None:
    strike = one(tmp_path, MET, STRIKE).acts[1]
    assert one(tmp_path, MET, STRIKE).words[strike.word] == "strike"
    assert strike.modality == "announced" and not strike.firm
    assert strike.roles["target"] == frozenset(), "a target told nowhere in the sentence is known to stand outside it"


def test_members_of_a_coordination_are_one_act(tmp_path: Path) -> None:
    other = MET | {"target": "Yachts", "target_as_written": "Yachts"}
    assert [a.type for a in one(tmp_path, MET, other).acts] == ["CONSULT"]


def test_windows_cut_between_sentences_and_count_anew(tmp_path: Path) -> None:
    text = one(tmp_path, MET, ASKED)
    for seed in range(20):
        parts = list(windows(text, [1] * len(text.words), 20, random.Random(seed)))
        assert [w for p in parts for w in p.words] == text.words
        assert all(p.sentence[0] == 0 for p in parts)
        for p in parts:
            for a in p.acts:
                assert p.words[a.word] in ("met", "asked")
                assert all(0 <= i < len(p.words) for words in a.roles.values() for i in words or ())


def test_a_role_whose_words_were_cut_off_is_not_known(tmp_path: Path) -> None:
    text = one(tmp_path, MET, ASKED)
    alone = text.cut(1, 2)
    (asked,) = alone.acts
    assert asked.roles["target_name"] is None and said(alone, asked.roles["source"]) == "It"


def test_invented_names_keep_case_and_stay_the_same_within_a_text() -> None:
    text = Text(
        "Ana met Bob Ltd . Ana left in May .".split(),
        [0] * 5 + [1] * 5,
        pos="PROPN VERB PROPN PROPN PUNCT PROPN VERB ADP PROPN PUNCT".split(),
    )
    changed = invent(text, random.Random(3))
    assert changed.words[8] == "May" and changed.words[1] == "met"
    assert changed.words[0] == changed.words[5] and changed.words[0][0].isupper()
    assert invent(text, random.Random(3)).words == changed.words
