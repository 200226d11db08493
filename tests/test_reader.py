"""The networks read what they were trained to read, alone or in company."""

import numpy as np

from loaders.reader import Reader, shape


def words(text: str) -> list[str]:
    return text.split()


def test_a_plain_sentence_is_parsed_and_its_act_seen() -> None:
    (r,) = Reader().read([words("Workers at Acme walked off the job on Friday .")])
    verb = 3
    assert r.pos[verb] == "VERB" and r.head[verb] == -1 and r.dep[0] == "nsubj"
    assert Reader().types[int(r.acts[verb].argmax())] == "PROTEST"
    assert r.acts[verb].sum() > 0.9
    assert (r.role[0, verb, :3] > 0.5).all(), "Workers at Acme act"


def test_company_changes_nothing_that_matters() -> None:
    reader = Reader()
    alone = reader.read([words("Acme sued Bolt .")])[0]
    beside = reader.read([words("Acme sued Bolt ."), words("It rained . " * 9), words("Cora praised Acme for its plan .")])[0]
    assert alone.head == beside.head and alone.pos == beside.pos
    assert np.array_equal(alone.acts, beside.acts) and np.array_equal(alone.role, beside.role)


def test_the_end_of_an_endless_sentence_is_no_act() -> None:
    (r,) = Reader().read([["Acme", "sued", "Bolt", "and"] + ["so", "on", ","] * 120])
    assert len(r.pos) == 364 and r.acts.shape == (364, 17)
    assert r.acts[300:].sum() == 0 and r.pos[-1] == "X"


def test_nothing_read_gives_nothing() -> None:
    assert Reader().read([]) == []


def test_shapes() -> None:
    assert [shape(w) for w in ("ban", "Ban", "BAN", "B2", ",", "iOS")] == [1, 2, 3, 4, 5, 6]
