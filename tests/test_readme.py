"""The README's tour: every command is run as it stands there, and prints what stands there."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from graph import codebook, questions

HERE = Path(__file__).parents[1]
README = (HERE / "README.md").read_text(encoding="utf-8")
ANY = "…"
"""A line of its own that stands for any lines."""


def steps() -> list[tuple[str, list[str]]]:
    """The commands of all console blocks with the lines printed under each."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def run(command: str, folder: Path, env: dict[str, str]) -> list[str]:
    """The lines that a command prints; `export K=V` sets the environment of those that follow."""
    words = shlex.split(command)
    if words[0] == "export":
        name, _, value = words[1].partition("=")
        env[name] = value
        return []
    assert words[0] == "whom"
    done = subprocess.run(
        [sys.executable, str(HERE / "whom.py"), *words[1:]], cwd=folder, env=env, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def same(printed: list[str], shown: list[str]) -> bool:
    pattern = "\n".join(".*" if line == ANY else re.escape(line) for line in shown)
    return re.fullmatch(pattern, "\n".join(printed), re.DOTALL) is not None


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the whole tour was walked."""
    folder = tmp_path_factory.mktemp("tour")
    env = {k: v for k, v in os.environ.items() if not k.startswith("WHOM_")} | {
        "COLUMNS": "120",
        "WHOM_CACHE": str(folder / "cache"),
        "USER": "reader",
    }
    for command, shown in steps():
        printed = run(command, folder, env)
        assert same(printed, shown), f"$ {command}\n" + "\n".join(printed)
    return folder


def test_the_tour_prints_what_it_shows(tour: Path) -> None:
    assert (tour / "graph.jsonl").is_file() and (tour / "copy.db").is_file()


def test_the_python_example_runs(tour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tour)
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert example
    test = doctest.DocTestParser().get_doctest(example.group(1), {}, "README", "README.md", 0)
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_examples_in_docstrings_run(tour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tour)
    ran = [doctest.testmod(module) for module in (questions, codebook)]
    assert sum(r.failed for r in ran) == 0 and sum(r.attempted for r in ran) >= 4


def test_every_command_is_named_and_every_file_is_there() -> None:
    done = subprocess.run([sys.executable, str(HERE / "whom.py"), "--help"], capture_output=True, text=True, check=True)
    commands = set(re.findall(r"^    (\w+) ", done.stdout, re.MULTILINE))
    assert {c for c in commands if f"whom {c}" not in README} == set()
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (HERE / link).exists(), link
