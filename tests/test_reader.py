"""The network reads what it was trained to read: sentences in the company of those before them."""

import numpy as np

from loaders.reader import SOURCE_NAME, WINDOW, Reader, shape


def words(text: str) -> list[str]:
    return text.split()


def test_a_plain_sentence_is_parsed_and_its_act_seen() -> None:
    (r,) = Reader().read([words("Workers at Acme walked off the job on Friday .")])
    verb = 3
    assert r.pos[verb] == "VERB" and r.head[verb] == -1 and r.dep[0] == "nsubj"
    assert Reader().types[int(r.acts[verb].argmax())] == "PROTEST"
    assert r.acts[verb].sum() > 0.9
    assert (r.role[0, verb, :3] > 0.5).all(), "Workers at Acme act"


def test_heads_stay_within_their_sentence_and_names_are_seen_before_it() -> None:
    before, here = Reader().read([words("The Harrow Council met Velita Packaging ."), words("It sued the company on Tuesday .")])
    assert all(h < len(r.head) for r in (before, here) for h in r.head)
    verb = 1
    assert here.back_at[:2] == ((1, 0), (1, 1))
    spot = {i: float(here.back[SOURCE_NAME, verb, j]) for j, (d, i) in enumerate(here.back_at) if d == 1}
    assert max(spot, key=lambda i: spot[i]) in (1, 2), "It is the Harrow Council"


def test_the_same_text_is_read_alike_twice() -> None:
    text = [words("Acme sued Bolt ."), words("It rained . " * 9), words("Cora praised Acme for its plan .")]
    for a, b in zip(Reader().read(text), Reader().read(text), strict=True):
        assert a.head == b.head and np.array_equal(a.acts, b.acts) and np.array_equal(a.role, b.role) and np.array_equal(a.back, b.back)


def test_a_long_text_is_read_in_windows_each_behind_a_little_of_what_went_before() -> None:
    text = [words(f"Company {k} sued Bolt number {k} over its plan .") for k in range(60)]
    readings = Reader().read(text)
    assert len(readings) == 60 and all(len(r.pos) == 10 for r in readings)
    furthest = [max((d for d, _ in r.back_at), default=0) for r in readings]
    assert furthest[0] == 0 and all(f >= 3 for f in furthest[4:]) and max(furthest) * 10 <= 2 * WINDOW


def test_the_end_of_an_endless_sentence_is_no_act() -> None:
    (r,) = Reader().read([["Acme", "sued", "Bolt", "and"] + ["so", "on", ","] * 120])
    assert len(r.pos) == 364 and r.acts.shape == (364, 17)
    assert r.acts[300:].sum() == 0 and r.pos[-1] == "X"


def test_nothing_read_gives_nothing() -> None:
    assert Reader().read([]) == []
    assert [len(r.pos) for r in Reader().read([[], ["Acme", "sued", "Bolt"], []])] == [0, 3, 0]


def test_shapes() -> None:
    assert [shape(w) for w in ("ban", "Ban", "BAN", "B2", ",", "iOS")] == [1, 2, 3, 4, 5, 6]
