"""Benchmarks: what whom costs, each as a ratio against something run beside it on the same machine.

    python bench/run.py [--events 1000000] [--only text|store|big]

text   sentences a second from text to claims, against the bare networks reading the same sentences
store  events a second into the store, against the engine's own bulk load of the same tables
big    time and memory to open and ask a graph of many events, against `python -c pass` and against plain Python over the rows
Figures go to standard output as lines of JSON. Each is the median of three runs, taken in turn.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graph.model import Actor, Batch, Case, Claim, Document, Event
from graph.projection import Stamp, tables
from graph.store import open_store

SAMPLE = Path(__file__).resolve().parents[1] / "loaders" / "sample_case" / "amazon-parler"


TITLES = {"Document": "title", "Actor": "name"}


def timed(*runs: Callable[[], object]) -> list[float]:
    """The median seconds of each, over three rounds in which they take turns."""
    seconds: list[list[float]] = [[] for _ in runs]
    for _ in range(3):
        for n, run in enumerate(runs):
            start = time.perf_counter()
            run()
            seconds[n].append(time.perf_counter() - start)
    return [statistics.median(s) for s in seconds]


def text() -> dict[str, object]:
    """From text to claims against the bare reader, on one core."""
    from loaders.coder import Coder
    from loaders.documents import read_case
    from loaders.lexicon import read_lexicon
    from loaders.sentences import sentences

    documents = read_case(SAMPLE).documents * 3
    coder = Coder(read_lexicon())
    parts = [[[w.text for w in s.words] for s in sentences(d.text, d.masked)] for d in documents]
    count = sum(map(len, parts))
    coder.code(documents[0])
    whole, bare = timed(lambda: [coder.code(d) for d in documents], lambda: [coder.reader.read(p) for p in parts])
    return {
        "bench": "text",
        "sentences": count,
        "sentences_per_second": round(count / whole, 1),
        "bare_reader_per_second": round(count / bare, 1),
        "ratio": round(whole / bare, 3),
    }


def random_batch(events: int, actors: int, seed: int = 7) -> Batch:
    """A case of invented events: one claim each, a hundred a document, dates over ten years, a few hubs among the actors."""
    random = Random(seed)
    names = [f"Actor {n}" for n in range(actors)]
    types = ["REQUEST", "ACCUSE", "SANCTION", "SUPPORT", "PROTEST", "REJECT", "CONCEDE", "CONSULT"]
    documents, claims, acts = [], [], []
    for d in range((events + 99) // 100):
        lines = []
        place = 0
        told = []
        for _ in range(min(100, events - d * 100)):
            source, target = names[int(random.paretovariate(0.6)) % actors], names[random.randrange(actors)]
            if source == target:
                target = names[(names.index(source) + 1) % actors]
            line = f"{source} acted on {target}."
            told.append((place, line, source, target))
            lines.append(line)
            place += len(line) + 1
        name, day = f"d{d}", date(2012, 1, 1) + timedelta(random.randrange(3650))
        documents.append(
            Document(case="bench", document=name, title=name, text="\n".join(lines), publisher=f"Outlet {d % 40}", published=day)
        )
        for at, line, source, target in told:
            when = day - timedelta(random.randrange(30))
            claim = Claim(
                case="bench",
                document=name,
                start=at,
                end=at + len(line),
                quote=line,
                source=source,
                action=random.choice(types),
                target=target,
                date_start=when,
                date_end=when,
                granularity="day",
                basis="stated",
                sentence=line,
                sentence_start=at,
                origin=f"Outlet {d % 40}",
            )
            claims.append(claim)
            acts.append(
                Event(
                    case="bench",
                    claims=(claim.id,),
                    source=source,
                    action=claim.action,
                    target=target,
                    date_start=when,
                    date_end=when,
                    granularity="day",
                    basis="stated",
                    latest=when,
                    documents=1,
                    origins=1,
                )
            )
    used = sorted({n for c in claims for n in (c.source, c.target) if n})
    return Batch(
        case=Case(case="bench"),
        documents=tuple(documents),
        actors=tuple(Actor(name=n, known=False) for n in used),
        claims=tuple(claims),
        events=tuple(acts),
    )


def store(events: int = 20_000) -> dict[str, object]:
    """Writing a case, against the engine's own bulk load of the same node tables."""
    import kglite
    import pandas as pd

    batch = random_batch(events, events // 20)
    nodes, _ = tables([(batch, Stamp(loaded="", report=None))])

    def bulk() -> None:
        graph = kglite.KnowledgeGraph()
        for label, rows in nodes.items():
            if rows:
                graph.add_nodes(pd.DataFrame(rows), label, "id", TITLES.get(label, "id"))

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"

        def write() -> None:
            with open_store(path) as held:
                held.write(batch)

        ours, theirs = timed(write, bulk)
    return {
        "bench": "store",
        "events": events,
        "events_per_second": round(events / ours),
        "bulk_events_per_second": round(events / theirs),
        "ratio": round(ours / theirs, 2),
    }


ASK = """
import json, sys, time
from graph import questions
from graph.store import open_store
start = time.perf_counter()
held = open_store(sys.argv[1], read_only=True)
opened = time.perf_counter() - start
out = {"open_s": round(opened, 2)}
for name, given in (("dyad", {"a": "Actor 1", "b": "Actor 2"}), ("acts", {"source": "Actor 7", "limit": 100}), ("actor_profile", {"actor": "Actor 9"}), ("timeline", {"step": "year"})):
    start = time.perf_counter()
    rows = questions.ask(held, name, **given)
    out[name + "_s"] = round(time.perf_counter() - start, 3)
    out[name + "_rows"] = len(rows)
# ru_maxrss is inherited over fork; VmHWM starts anew with the process.
out["peak_mb"] = next(int(l.split()[1]) // 1024 for l in open("/proc/self/status") if l.startswith("VmHWM"))
print(json.dumps(out))
"""


def big(events: int) -> dict[str, object]:
    """Opening and asking a large graph in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.db"
        start = time.perf_counter()
        batch = random_batch(events, events // 20)
        made = time.perf_counter() - start
        start = time.perf_counter()
        with open_store(path) as held:
            held.write(batch)
        written = time.perf_counter() - start
        writer = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        size = path.stat().st_size // 2**20
        start = time.perf_counter()
        per_year: dict[int, int] = {}
        for e in batch.events:
            per_year[e.date_start.year if e.date_start else 0] = per_year.get(e.date_start.year if e.date_start else 0, 0) + 1
        plain = time.perf_counter() - start
        del batch
        answer = subprocess.run(
            [sys.executable, "-c", ASK, str(path)], capture_output=True, text=True, check=True, cwd=Path(__file__).resolve().parents[1]
        )
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        bare = time.perf_counter() - start
    asked = json.loads(answer.stdout)
    return {
        "bench": "big", "events": events, "make_s": round(made, 1), "write_s": round(written, 1), "writer_peak_mb": writer, "file_mb": size,
        **asked, "open_ratio_to_python_start": round(asked["open_s"] / bare, 1), "timeline_ratio_to_plain_python": round(asked["timeline_s"] / max(plain, 1e-6), 2),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--only", choices=("text", "store", "big"))
    options = parser.parse_args()
    for name, run in (("text", text), ("store", store), ("big", lambda: big(options.events))):
        if options.only in (None, name):
            print(json.dumps(run()), flush=True)


if __name__ == "__main__":
    main()
