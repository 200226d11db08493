"""The embedded store: what goes in comes out, cases stand apart, a write is all or nothing, readers see the new file."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import graphs
import kglite
import pytest

from graph import questions
from graph.errors import QueryError, StoreError, StoreLocked, StoreMissing, StoreVersion
from graph.model import Actor, Batch, Case, Tie
from graph.projection import canonical, edge_rows, node_rows
from graph.store import Counts, open_store
from graph.store_embedded import EmbeddedStore


def test_what_is_written_is_read_and_counted(tmp_path: Path) -> None:
    batch = graphs.small()
    with open_store(tmp_path / "whom.db") as store:
        counts = store.write(batch, report='{"documents": 2}')
        assert counts == Counts(documents=2, actors=5, ties=3, claims=7, events=5, responses=2, doubts=1)
        assert store.read("lamps") == canonical(batch)
        held = store.loaded("lamps")
        assert (held.heading, held.notes, held.coder, held.report) == ("The lamps", "made up", "1", '{"documents": 2}')
        assert held.loaded.endswith("+00:00") and len(held.loaded) == 25


@pytest.mark.parametrize("seed", range(4))
def test_random_graphs_come_back(tmp_path: Path, seed: int) -> None:
    batch = graphs.chance(seed, events=60)
    with open_store(tmp_path / "whom.db") as store:
        assert store.write(batch) == Counts.of(batch)
        assert store.read("chance") == canonical(batch)


def test_an_empty_case(tmp_path: Path) -> None:
    with open_store(tmp_path / "whom.db") as store:
        store.write(Batch(case=Case(case="empty")))
        assert store.read("empty") == Batch(case=Case(case="empty"))
        assert questions.pressure_edges(store) == []


def test_a_write_replaces_its_case_and_only_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "whom.db") as store:
        other = graphs.chance(1, events=40)
        store.write(graphs.small(), report="first")
        store.write(other)
        before = store.loaded("lamps")
        less = replace(graphs.small(), doubts=(), responses=())
        store.write(less)
        assert store.read("lamps") == canonical(less)
        assert store.read("chance") == canonical(other)
        store.write(replace(other, doubts=()))
        assert store.loaded("lamps").heading == before.heading
        assert [c.case for c in store.cases()] == ["chance", "lamps"]


def test_drop_takes_a_case_and_the_actors_that_only_it_named(tmp_path: Path) -> None:
    with open_store(tmp_path / "whom.db") as store:
        store.write(graphs.small("a"))
        store.write(graphs.small("b"))
        store.write(Batch(case=Case(case="c"), actors=(Actor(name="Only C"),)))
        assert store.drop("b") == Counts.of(graphs.small("b"))
        assert store.drop("c").actors == 1
        names = {row["n"] for row in store.query("MATCH (a:Actor) RETURN a.name AS n").rows}
        assert names == {a.name for a in graphs.small().actors}
        with pytest.raises(StoreError, match=r"no case 'b' in .*it holds: a$"):
            store.drop("b")
        with pytest.raises(StoreError, match="no case 'b'"):
            store.read("b")
        store.drop("a")
        assert store.cases() == []


def test_what_a_case_says_of_an_actor_stays_its_own(tmp_path: Path) -> None:
    one = Batch(case=Case(case="a"), actors=(Actor(name="X", kind="person", known=False),))
    two = Batch(case=Case(case="b"), actors=(Actor(name="X", kind="group"),))
    for order in ((one, two), (two, one)):
        with open_store(tmp_path / f"{order[0].case.case}.db") as store:
            for batch in order:
                store.write(batch)
            assert store.read("a") == one and store.read("b") == two
            assert store.query("MATCH (a:Actor) RETURN a.kind AS k, a.known AS n").rows == [{"k": "group", "n": True}]


def test_events_and_ties_never_cross_cases(tmp_path: Path) -> None:
    with open_store(tmp_path / "whom.db") as store:
        store.write(graphs.small("a"))
        store.write(graphs.small("b"))
        assert {act.case for act in questions.acts(store, case="a")} == {"a"}
        assert len(questions.acts(store)) == 10
        roles = [r for r in questions.actor_profile(store, actor="Dynamo", case="a") if r.part == "holds"]
        assert [(r.what, r.other) for r in roles] == [
            ("LEADS", 'Ann O\'Hm \\ "Q"'),
            ("MEMBER_OF", "Lamp Workers"),
            ("PART_OF", "Dynamo Light"),
        ]


def test_only_done_acts_become_acted_on(tmp_path: Path) -> None:
    with open_store(tmp_path / "whom.db") as store:
        store.write(graphs.small())
        rows = store.query("MATCH (a:Actor)-[r:ACTED_ON]->(b:Actor) RETURN a.name AS x, r.action AS act, b.name AS y ORDER BY x, act").rows
        assert [tuple(r.values()) for r in rows] == [
            ("Dynamo", "REJECT", "Lamp Workers"),
            ("Dynamo Light", "SANCTION", "Voltix"),
            ("Lamp Workers", "REQUEST", "Dynamo"),
            ("Lamp Workers", "SUPPORT", "Dynamo"),
        ]


def test_a_batch_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    batch = graphs.small()
    store = open_store(tmp_path / "whom.db")
    for bad, says in (
        (replace(batch, actors=batch.actors[1:]), "names actor 'Lamp Workers'"),
        (replace(batch, documents=batch.documents[:1]), "names document 'sub/two'"),
        (replace(batch, claims=batch.claims[1:]), "names claim"),
        (replace(batch, events=batch.events[1:]), "names event"),
        (replace(batch, events=(*batch.events, batch.events[0])), "is there twice"),
        (replace(batch, case=Case(case="other")), "belongs to case lamps"),
        (replace(batch, ties=(Tie(actor="Dynamo", relation="OWNS", other="Voltix"),)), "a tie is one of"),
    ):
        with pytest.raises(StoreError, match=says):
            store.write(bad)
    assert list(tmp_path.iterdir()) == []


def test_a_read_from_nothing_is_an_error_and_creates_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="build it with whom load"):
        open_store(tmp_path / "whom.db", read_only=True)
    store = open_store(tmp_path / "whom.db")
    for ask in (store.cases, lambda: store.read("x"), lambda: questions.acts(store), lambda: store.drop("x")):
        with pytest.raises(StoreMissing):
            ask()
    assert [p.name for p in tmp_path.iterdir() if not p.name.endswith(".lock")] == []


def test_other_addresses_and_bad_places(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not in this version yet"):
        open_store("bolt://localhost:7687")
    with pytest.raises(StoreError, match="not in this version yet"):
        open_store("neo4j+s://host")
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path).write(graphs.small())
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(tmp_path / "no" / "such" / "whom.db").write(graphs.small())
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(tmp_path / "file" / "whom.db").write(graphs.small())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(tmp_path / "whom.db").write(graphs.small())


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "whom.db"
    path.write_bytes(b"not a graph at all")
    with pytest.raises(StoreError, match="rebuild it with whom load"):
        open_store(path, read_only=True)
    with pytest.raises(StoreError):
        open_store(path).write(graphs.small())
    assert path.read_bytes() == b"not a graph at all"


def test_another_schema_version(tmp_path: Path) -> None:
    path = tmp_path / "whom.db"
    graph = kglite.KnowledgeGraph()
    graph.set_schema_version(999)
    graph.save(str(path))
    with pytest.raises(StoreVersion, match=r"schema version 999, this whom reads 1; rebuild it with whom load"):
        open_store(path, read_only=True)


def test_a_write_ahead_log_beside_the_store_is_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path / "whom.db")
    store.write(graphs.small())
    (tmp_path / "whom.db-wal").write_bytes(b"")
    with pytest.raises(StoreError, match="write-ahead log"):
        store.cases()
    with pytest.raises(StoreError, match="write-ahead log"):
        store.write(graphs.small())


def test_a_second_writer_waits_then_gives_up(tmp_path: Path) -> None:
    path = tmp_path / "whom.db"
    store = EmbeddedStore(path, lock_wait=0.2)
    store.write(graphs.small())
    with (tmp_path / "whom.db.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StoreLocked, match="another load is writing"):
            store.write(graphs.small())
        assert len(questions.acts(store)) == 5
        threading.Timer(0.3, lambda: fcntl.flock(lock, fcntl.LOCK_UN)).start()
        EmbeddedStore(path, lock_wait=5).write(graphs.small("b"))
    assert [c.case for c in store.cases()] == ["b", "lamps"]


def test_a_write_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "whom.db"
    store = open_store(path)
    store.write(graphs.small())
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StoreError, match=r"No space left on device.*the store is as it was"):
        store.write(graphs.small("b"))
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["whom.db", "whom.db.lock"]
    monkeypatch.undo()
    half = replace(graphs.small("c"), case=Case(case="c", heading="\ud800"))
    with pytest.raises(StoreError, match=r"heading.*lone surrogate"):
        store.write(half)
    assert path.read_bytes() == before


def test_what_a_killed_writer_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".whom.db.new").write_bytes(b"half")
    (tmp_path / ".whom.db.new.tmp-1").write_bytes(b"half")
    store = open_store(tmp_path / "whom.db")
    store.write(graphs.small())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["whom.db", "whom.db.lock"]


def test_a_killed_writer_leaves_the_old_graph_or_the_new(tmp_path: Path) -> None:
    path, root = tmp_path / "whom.db", Path(__file__).parents[1]
    store = open_store(path)
    store.write(graphs.chance(1))
    old, new = canonical(graphs.chance(1)), canonical(graphs.chance(2))
    code = "import sys, graphs; from graph.store import open_store; b = graphs.chance(2); print('go', flush=True)"
    code += "; open_store(sys.argv[1]).write(b)"
    for delay in (0.0, 0.01, 0.02, 0.04, 0.08):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(path)],
            cwd=root,
            env={"PYTHONPATH": f"{root}:{root / 'tests'}"},
            stdout=subprocess.PIPE,
        ) as writer:
            assert writer.stdout is not None and writer.stdout.readline() == b"go\n"
            time.sleep(delay)
            writer.kill()
        assert store.read("chance") in (old, new)
    store.write(graphs.chance(2))
    assert store.read("chance") == new
    assert sorted(p.name for p in tmp_path.iterdir()) == ["whom.db", "whom.db.lock"]


def test_an_open_reader_sees_the_new_file_and_never_blocks(tmp_path: Path) -> None:
    writer = open_store(tmp_path / "whom.db")
    writer.write(graphs.small("a"))
    reader = open_store(tmp_path / "whom.db", read_only=True)
    assert [c.case for c in reader.cases()] == ["a"]
    writer.write(graphs.small("b"))
    assert [c.case for c in reader.cases()] == ["a", "b"]
    with pytest.raises(StoreError, match="opened read-only"):
        reader.write(graphs.small("c"))
    (tmp_path / "whom.db").unlink()
    with pytest.raises(StoreMissing):
        reader.cases()


def test_threads_read_while_one_writes(tmp_path: Path) -> None:
    store = open_store(tmp_path / "whom.db")
    store.write(graphs.small("a"))
    wrong: list[object] = []

    def read() -> None:
        for _ in range(40):
            if len(questions.acts(store, case="a")) != 5:
                wrong.append("short")

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for i in range(5):
        store.write(graphs.small(f"b{i}"))
    for thread in threads:
        thread.join()
    assert wrong == []


def test_free_cypher_has_limits(tmp_path: Path) -> None:
    with open_store(tmp_path / "whom.db") as store:
        store.write(graphs.chance(1))
        cut = store.query("MATCH (e:Event) RETURN e.id AS i ORDER BY i", max_rows=7)
        assert (len(cut.rows), cut.truncated, cut.total) == (7, True, 200)
        assert cut.rows == sorted(cut.rows, key=lambda r: r["i"])
        whole = store.query("MATCH (e:Event) RETURN e.id AS i", max_rows=200)
        assert (len(whole.rows), whole.truncated, whole.total) == (200, False, 200)
        three = "MATCH (a:Claim), (b:Claim), (c:Claim), (d:Claim) WHERE a.start + b.start = c.start + d.start RETURN count(a.id) AS n"
        with pytest.raises(QueryError, match=r"stopped|too much memory"):
            store.query(three, timeout=0.5)
        with pytest.raises(QueryError, match="too much memory"):
            store.query("UNWIND range(1, 1000000000000) AS x RETURN x")
        with pytest.raises(QueryError, match="whole node"):
            store.query("MATCH (a:Actor) RETURN a")
        with pytest.raises(QueryError, match=r"Missing parameter: \$nope"):
            store.query("RETURN $nope AS x")
        with pytest.raises(QueryError, match="syntax error"):
            store.query("MATCH (a:Actor) RETRN a.id AS x")
        assert "nope" in store.query("MATCH (e:Event) RETURN e.nope AS x").notes[0]


def test_a_closed_store(tmp_path: Path) -> None:
    with open_store(tmp_path / "whom.db") as store:
        store.write(graphs.small())
    with pytest.raises(StoreError, match="was closed"):
        store.cases()


def test_every_row_has_every_key() -> None:
    from graph.cypher import columns
    from graph.projection import Stamp

    batch = graphs.chance(3)
    for name, rows in (node_rows(batch, Stamp()) | edge_rows(batch)).items():
        for row in rows:
            assert sorted(row) == sorted(columns(name)), name


def test_a_link_and_its_file_are_one_store(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "whom.db", tmp_path / "link.db"
    with open_store(real) as store:
        store.write(graphs.small())
    link.symlink_to(real)
    with (real.parent / "whom.db.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreLocked):
            EmbeddedStore(link, lock_wait=0.1).write(graphs.small())
    with open_store(link) as store:
        store.write(graphs.chance(1, events=40))
    assert link.is_symlink() and sorted(p.name for p in tmp_path.iterdir()) == ["link.db", "real"]
    with open_store(real, read_only=True) as store:
        assert [c.case for c in store.cases()] == ["chance", "lamps"]


def test_a_link_to_itself_and_a_name_with_brackets(tmp_path: Path) -> None:
    (tmp_path / "loop.db").symlink_to(tmp_path / "loop.db")
    with pytest.raises(StoreError, match=r"loop\.db: cannot be"):
        open_store(tmp_path / "loop.db").write(graphs.small())
    other = tmp_path / ".a.db.new-of-another"
    other.write_text("x")
    left = tmp_path / ".[a].db.new1"
    left.write_text("x")
    with open_store(tmp_path / "[a].db") as store:
        store.write(graphs.small())
    assert other.exists() and not left.exists()
