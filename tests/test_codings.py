"""Codings kept on disk: an accelerator that may be deleted, broken or unwritable at any time."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from loaders import codings
from loaders.case import load_case


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHOM_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_what_is_kept_comes_back(kept: Path) -> None:
    assert codings.load("k") is None
    codings.save("k", {"claims": ["é"]})
    assert codings.load("k") == {"claims": ["é"], "key": "k"} and [p.name for p in kept.iterdir()] == ["k.json"]


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff", b'{"key": "other"}', b"[" * 100_000])
def test_a_broken_file_counts_as_missing(kept: Path, broken: bytes) -> None:
    codings.save("k", {})
    (kept / "k.json").write_bytes(broken)
    assert codings.load("k") is None


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("WHOM_CACHE", str(tmp_path / "file" / "below"))
    codings.save("k", {})
    codings.forget_old()
    assert codings.load("k") is None


def test_old_codings_and_half_written_ones_go(kept: Path) -> None:
    codings.save("new", {})
    codings.save("old", {})
    (kept / "half.new").write_text("{")
    long_ago = time.time() - 61 * 86400
    for name in ("old.json", "half.new"):
        os.utime(kept / name, (long_ago, long_ago))
    codings.forget_old()
    assert [p.name for p in kept.iterdir()] == ["new.json"]


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHOM_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/some/where")
    assert codings.folder() == Path("/some/where/whom")


def test_a_coding_that_was_changed_is_made_anew(kept: Path, lamps: Path) -> None:
    first = load_case(lamps)
    assert first.report.coded == 2 and load_case(lamps).report.taken_over == 2
    for change in ("quote", "claims", "kinds"):
        for path in kept.glob("*.json"):
            row = json.loads(path.read_text(encoding="utf-8"))
            if change == "quote":
                row["claims"][0]["quote"] = row["claims"][0]["quote"].replace("Dynamo", "Dynama")
            else:
                del row[change]
            path.write_text(json.dumps(row), encoding="utf-8")
        again = load_case(lamps)
        assert again.report.coded == 2 and again.batch == first.batch, change
