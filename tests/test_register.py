"""loaders/register.py: where cases came from is noted beside the store, and a broken note does no harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loaders.register import Origin, known, note


def test_what_is_noted_is_known_and_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = str(tmp_path / "whom.db")
    assert known(store) == {}
    monkeypatch.chdir(tmp_path)
    note(store, "a", Origin(Path("a")))
    note(store, "b", Origin(Path("b"), Path("judged.csv")))
    assert known(store) == {"a": Origin(tmp_path / "a"), "b": Origin(tmp_path / "b", tmp_path / "judged.csv")}
    note(store, "b", Origin(Path("b")))
    note(store, "a", None)
    assert json.loads((tmp_path / "whom.db.cases.json").read_text()) == {"b": str(tmp_path / "b")}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 3}', '{"a": {"files": "x"}}', '{"a": null}'])
def test_a_broken_note_is_no_note(tmp_path: Path, text: str) -> None:
    (tmp_path / "whom.db.cases.json").write_text(text)
    assert known(str(tmp_path / "whom.db")) == {}


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    note(str(tmp_path / "none" / "whom.db"), "a", Origin(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_store_on_a_server_is_noted_in_the_cache(cache: Path) -> None:
    note("bolt://host.example:7687", "a", Origin(cache))
    assert known("bolt://host.example:7687") == {"a": Origin(cache)} and known("bolt://other.example") == {}
