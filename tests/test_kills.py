"""A load that is killed leaves the old graph or the new one, to the byte; loads at once lose nothing; readers never wait.

A process that has imported whom and nothing more forks one `whom load` after another and kills it with SIGKILL at a told moment:
after so many seconds, as soon as the new store stands beside the old one, or as soon as it has taken its place.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import CUT, HERE, PRESS, SAMPLE, SIDECAR, process

from graph.exports import export
from graph.store import open_store

FORKER = """
import json, os, signal, sys, time
from pathlib import Path
import whom, loaders.case, loaders.coder, graph.exports, graph.store_embedded
from loaders.lexicon import read_lexicon
read_lexicon()
for line in sys.stdin:
    order = json.loads(line)
    store, new = Path(order["store"]), Path(order["store"]).with_name("." + Path(order["store"]).name + ".new")
    before, start = store.stat().st_ino if store.exists() else None, time.monotonic()
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.environ["WHOM_CACHE"] = order["cache"]
        code = 70
        try:
            code = whom.main(["load", order["case"], "--store", order["store"]])
        finally:
            os._exit(code)
    moment, ended = order["moment"], None
    while ended is None:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            ended = status
        elif (isinstance(moment, float) and time.monotonic() - start >= moment) or (moment == "saving" and new.exists()) or (
            moment == "replaced" and store.exists() and store.stat().st_ino != before
        ):
            os.kill(child, signal.SIGKILL)
            ended = os.waitpid(child, 0)[1]
        else:
            time.sleep(0.0005)
    killed = os.WIFSIGNALED(ended)
    print(json.dumps({"killed": killed, "code": None if killed else os.WEXITSTATUS(ended), "seconds": time.monotonic() - start,
                      "half": new.exists()}), flush=True)
"""


class Forker:
    """Runs loads in processes forked from one that has imported whom."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.process = subprocess.Popen([sys.executable, "-c", FORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=HERE, text=True)

    def load(self, case: Path, cache: Path, moment: float | str | None = None) -> dict[str, Any]:
        """One load, killed at `moment` (None: never); what became of it."""
        assert self.process.stdin is not None and self.process.stdout is not None
        order = {"case": str(case), "cache": str(cache), "store": str(self.store), "moment": moment}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return dict(json.loads(self.process.stdout.readline()))

    def close(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture
def forker(tmp_path: Path) -> Iterator[Forker]:
    forker = Forker(tmp_path / "whom.db")
    yield forker
    forker.close()


def state(store: Path) -> bytes:
    """The store's export."""
    with open_store(store, read_only=True) as held:
        return export(held, store.parent / "state.jsonl").read_bytes()


def versions(folder: Path) -> tuple[Path, Path]:
    """One case in two versions: a document changed, one gone, one new."""
    old, new = folder / "old", folder / "new"
    for case in (old, new):
        case.mkdir()
        (case / "case.toml").write_text('name = "lamps"\n')
        (case / "documents.csv").write_text(SIDECAR)
        (case / "press.txt").write_text(PRESS)
    (old / "cut.txt").write_text(CUT)
    (new / "cut.txt").write_text(CUT.replace("Voltix", "Gab") + "\nGab sued Dynamo on Monday.\n")
    (new / "more.txt").write_text("Night Watch condemned Dynamo. The Lamp Union boycotted Dynamo.\n")
    return old, new


def kill_often(forker: Forker, folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kill so many loads, checking the store after each; what the kills met."""
    rng = random.Random(seed)
    cases, warm = versions(folder), folder / "warm"
    states = []
    for case in (cases[1], cases[0]):
        assert forker.load(case, warm)["code"] == 0
        states.append(state(forker.store))
    exports = {cases[1]: states[0], cases[0]: states[1]}
    assert states[0] != states[1]
    seconds = {True: 1.0, False: 1.0}
    met: Counter[str] = Counter()
    held, turn = cases[0], 0
    while met["kills"] < kills:
        turn += 1
        assert turn < 4 * kills + 20, f"too few loads were killed before they ended: {met}"
        other = cases[1] if held == cases[0] else cases[0]
        cold = turn % 3 == 0
        moment: float | str = ("saving", "replaced")[turn // 5 % 2] if turn % 5 == 0 else rng.uniform(0, seconds[cold])
        if cold:
            shutil.rmtree(folder / "cold", ignore_errors=True)
        done = forker.load(other, folder / "cold" if cold else warm, moment)
        found = state(forker.store)
        assert found in (exports[held], exports[other]), (moment, done)
        if done["killed"]:
            met["kills"] += 1
            met["cold" if cold else "warm"] += 1
            met["new" if found == exports[other] else "old"] += 1
            met["half written"] += done["half"]
        else:
            assert done["code"] == 0
        after = forker.load(other, folder / "cold" if cold else warm)
        assert after["code"] == 0 and state(forker.store) == exports[other]
        assert not (forker.store.parent / f".{forker.store.name}.new").exists()
        seconds[cold] = after["seconds"] if not cold else max(done["seconds"], after["seconds"])
        held = other
    return met


def test_a_few_kills(forker: Forker, tmp_path: Path) -> None:
    met = kill_often(forker, tmp_path, 6, seed=1)
    assert met["kills"] == 6 and met["old"] > 0


@pytest.mark.slow
def test_a_hundred_kills(forker: Forker, tmp_path: Path) -> None:
    met = kill_often(forker, tmp_path, 100, seed=2)
    assert met["kills"] == 100 and met["cold"] > 20 and met["warm"] > 20
    assert met["old"] > 20 and met["new"] >= 5 and met["half written"] >= 5, met


def children(process_id: int) -> list[int]:
    return [int(x) for x in Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to see a process's children")
@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGINT])
def test_a_stopped_command_leaves_no_worker_behind(tmp_path: Path, stop: signal.Signals) -> None:
    command = [sys.executable, str(HERE / "whom.py"), "load", str(SAMPLE), "--store", str(tmp_path / "x.db"), "--processes", "2"]
    running = subprocess.Popen(
        command,
        env=os.environ | {"WHOM_CACHE": str(tmp_path / "cold")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    workers: list[int] = []
    end = time.monotonic() + 30
    while len(workers) < 3 and time.monotonic() < end:  # two workers and what watches their semaphores
        workers = children(running.pid)
        time.sleep(0.02)
    time.sleep(0.5)
    if stop == signal.SIGINT:
        os.killpg(running.pid, signal.SIGINT)  # as Ctrl-C on a terminal reaches workers too
    else:
        running.kill()
    said = running.communicate(timeout=30)[1]
    assert len(workers) == 3
    if stop == signal.SIGINT:
        assert running.returncode == 130 and said == b"whom: stopped; what was stored before is as it was\n"
    end = time.monotonic() + 10
    while any(alive(w) for w in workers) and time.monotonic() < end:
        time.sleep(0.05)
    left = [w for w in workers if alive(w)]
    for worker in left:
        os.kill(worker, signal.SIGKILL)
    assert left == [] and not (tmp_path / "x.db").exists()


def alive(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_two_loads_at_once_lose_nothing_and_an_open_reader_sees_both(tmp_path: Path) -> None:
    old, new = versions(tmp_path)
    (new / "case.toml").write_text('name = "other"\n')
    store = tmp_path / "whom.db"
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "a.txt").write_text("Dynamo sued Voltix.\n")
    assert process("load", tmp_path / "first", "--store", store).code == 0
    with open_store(store, read_only=True) as reader:
        assert [c.case for c in reader.cases()] == ["first"]
        command = [sys.executable, str(HERE / "whom.py"), "load", "--store", str(store)]
        running = [subprocess.Popen([*command, str(case)], stdout=subprocess.DEVNULL) for case in (old, new, old)]
        asked = 0
        while any(p.poll() is None for p in running):
            assert "first" in [c.case for c in reader.cases()]
            assert reader.query("MATCH (e:Event) RETURN count(*) AS n").rows[0]["n"] > 0
            asked += 1
            time.sleep(0.05)
        assert [p.returncode for p in running] == [0, 0, 0] and asked > 3
        assert [c.case for c in reader.cases()] == ["first", "lamps", "other"]
    known = json.loads((tmp_path / "whom.db.cases.json").read_text(encoding="utf-8"))
    assert known == {"first": str(tmp_path / "first"), "lamps": str(old), "other": str(new)}
    said = process("verify", "--store", store)
    assert said.code == 0 and said.out.count("all well") == 3
