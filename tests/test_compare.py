"""Two states of a case held against each other, and one against itself."""

from __future__ import annotations

from dataclasses import replace

from graphs import small

from graph import compare
from graph.model import Batch, Claim, Event


def without(batch: Batch, document: str) -> Batch:
    """The batch as it is once a document is gone: its claims go, events keep the claims that are left."""
    claims: tuple[Claim, ...] = tuple(c for c in batch.claims if c.document != document)
    ids = {c.id for c in claims}
    left: list[Event] = [replace(e, claims=tuple(c for c in e.claims if c in ids)) for e in batch.events]
    return replace(batch, claims=claims, events=tuple(e for e in left if e.claims))


def test_a_whole_batch_is_sound_and_equals_itself() -> None:
    assert compare.sound(small()) == [] and compare.differences(small(), small()) == []
    assert compare.fallen(small(), small()) == ([], [])


def test_what_is_wrong_inside_is_found() -> None:
    batch = small()
    text = batch.documents[0]
    changed = replace(batch, documents=(replace(text, text=text.text.replace("asked", "begged")), batch.documents[1]))
    found = compare.sound(changed)
    assert any("document one: its text does not match its hash" in x for x in found)
    assert any("its quote does not stand at" in x and "Lamp Workers asked" in x for x in found)
    assert compare.sound(replace(batch, documents=())) != []
    assert any("no actor 'Dynamo'" in x for x in compare.sound(replace(batch, actors=batch.actors[:1])))
    assert any("counted, but in no event" in x for x in compare.sound(replace(batch, events=batch.events[1:])))
    assert any(x.startswith("response ") for x in compare.sound(replace(batch, events=batch.events[1:])))
    assert any("no claim " in x for x in compare.sound(replace(batch, claims=batch.claims[1:])))
    assert compare.sound(replace(batch, documents=tuple(replace(d, text="") for d in batch.documents))) == []


def test_differences_name_the_thing_and_both_values() -> None:
    one, claims = small(), small().claims
    other = replace(one, claims=(replace(claims[0], date_start=None), *claims[2:]), case=replace(one.case, coder="2"))
    found = compare.differences(one, other)
    assert "case: coder is '1', the files give '2'" in found
    assert any(
        x.startswith("claims: Lamp Workers REQUEST Dynamo") and "date_start is '2021-01-08', the files give None" in x for x in found
    )
    assert any("is in the store, but not in the files" in x and "Dynamo REJECT Lamp Workers" in x for x in found)
    assert any("is missing in the store" in x for x in compare.differences(other, one))


def test_what_falls_with_a_document_and_what_others_support() -> None:
    lost, kept = compare.fallen(small(), without(small(), "one"))
    assert len(lost) == 3 and kept == [] and "Lamp Workers REQUEST Dynamo (2021-01-08, actual)" in lost
    batch = small()
    shared = replace(batch.events[3], claims=(*batch.events[3].claims, batch.claims[0].id))
    batch = replace(batch, events=(*batch.events[1:3], shared, batch.events[4]))
    lost, kept = compare.fallen(batch, without(batch, "one"))
    assert len(lost) == 2 and kept == ["Dynamo Light SANCTION Voltix (2021-01-09, actual) (2 of 3 claims stay)"]
