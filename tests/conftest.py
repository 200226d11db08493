"""What the tests of the command share: a cache of codings of their own, the sample case loaded once, ways to run the command."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[1]
SAMPLE = HERE / "loaders" / "sample_case" / "amazon-parler"


@dataclass(frozen=True)
class Said:
    """What a run of the command said: its exit code, its output, its errors."""

    code: int
    out: str
    err: str

    def refused(self, code: int, *words: str) -> None:
        """Nothing. Fails unless it ended with this code, one line of error that holds these words, and no traceback."""
        assert self.code == code, (self.code, self.out, self.err)
        assert "Traceback" not in self.err
        assert self.err.count("\n") == 1 and self.err.startswith("whom: "), self.err
        for word in words:
            assert word in self.err, (word, self.err)


Run = Callable[..., Said]


@dataclass(frozen=True)
class Sample:
    """The sample case as copied, the store it is loaded in, what the load said."""

    case: Path
    store: Path
    said: Said


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Codings are kept in a folder of the tests alone, and no store is named from outside."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WHOM_CACHE", str(folder))
        patch.delenv("WHOM_STORE", raising=False)
        yield folder


def process(*words: object, input: bytes = b"", cwd: Path | None = None, **environment: str) -> Said:
    """The real command in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(HERE / "whom.py"), *map(str, words)],
        input=input,
        capture_output=True,
        cwd=cwd,
        env=os.environ | environment,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in this process."""
    from whom import main

    def once(*words: object) -> Said:
        capsys.readouterr()
        before = signal.getsignal(signal.SIGPIPE)
        try:
            code = main([str(w) for w in words])
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            signal.signal(signal.SIGPIPE, before)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return once


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Sample:
    """The sample case in a store, loaded by the real command; only to be read."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(SAMPLE, folder / SAMPLE.name)
    store = folder / "whom.db"
    return Sample(folder / SAMPLE.name, store, process("load", folder / SAMPLE.name, "--store", store))


@pytest.fixture
def own(sample: Sample, tmp_path: Path, run: Run) -> Sample:
    """The sample case and its store once more, to be changed."""
    shutil.copytree(sample.case, tmp_path / "own" / sample.case.name)
    shutil.copy(sample.store, tmp_path / "own" / "whom.db")
    case, store = tmp_path / "own" / sample.case.name, tmp_path / "own" / "whom.db"
    return Sample(case, store, run("load", case, "--store", store))


PRESS = """Lamps at the quay

Lamp Union demanded on Friday that Dynamo drop Voltix. Dynamo refused on Saturday. Voltix sued Dynamo on Saturday.
"""
CUT = """The lights go out

Dynamo suspended Voltix on Monday. Lamp Union praised Dynamo on Monday.
"""
SIDECAR = (
    "document,title,publisher,published\npress,Lamps at the quay,Daily Glow,2021-01-10\ncut,The lights go out,Evening Beam,2021-01-11\n"
)


@pytest.fixture
def lamps(tmp_path: Path) -> Path:
    """A case of two short articles about invented actors, in its folder."""
    folder = tmp_path / "lamps"
    folder.mkdir()
    (folder / "press.txt").write_text(PRESS, encoding="utf-8")
    (folder / "cut.txt").write_text(CUT, encoding="utf-8")
    (folder / "documents.csv").write_text(SIDECAR, encoding="utf-8")
    return folder
