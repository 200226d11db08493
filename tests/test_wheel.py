"""The wheel, installed away from the checkout in an environment of its own: the demo runs without a browser."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_wheel_runs_the_demo_away_from_the_checkout(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path / "dist"), str(HERE)], check=True, capture_output=True
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    assert wheel.stat().st_size < 60e6
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(wheel)], check=True)
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "WHOM_"))} | {"WHOM_CACHE": str(tmp_path / "cache")}
    whom = str(tmp_path / "env" / "bin" / "whom")
    shown = subprocess.run([whom, "demo", "--no-dashboard"], cwd=tmp_path, env=env, capture_output=True, text=True, check=True).stdout
    assert "10 documents read" in shown
    asked = subprocess.run(
        [whom, "query", "pressure_edges", "--format", "csv", "--store", "whom-demo/whom.db"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Twitter" in asked.stdout and "Donald Trump" in asked.stdout
    inside = subprocess.run(
        [str(python), "-c", "import graph, dashboard, loaders; print(graph.__file__)"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(tmp_path) in inside.stdout, "the packages come from the wheel, not from the checkout"
    assert (Path(inside.stdout.strip()).parent.parent / "dashboard" / "app.py").is_file()


def test_a_graph_that_is_not_its_neighbour_is_refused(tmp_path: Path) -> None:
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "__init__.py").write_text("", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(HERE)!r}]; import whom"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert str(tmp_path) in done.stderr and str(HERE) in done.stderr and "Traceback" not in done.stderr
