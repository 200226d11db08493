"""The plan of the house: who imports whom, what is packaged, what a newcomer's files promise."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

HERE = Path(__file__).parents[1]
ROOMS = ("graph", "loaders", "dashboard")


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module and not n.level}
    return found | {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}


def files(room: str) -> list[Path]:
    return sorted((HERE / room).rglob("*.py"))


def test_arrows_point_down() -> None:
    allowed = {"graph": {"graph"}, "loaders": {"graph", "loaders"}, "dashboard": {"graph", "dashboard"}}
    wrong = [
        f"{p.relative_to(HERE)} imports {m}"
        for room in ROOMS
        for p in files(room)
        for m in imports(p)
        if m.split(".")[0] in {*ROOMS, "whom"} - allowed[room]
    ]
    assert wrong == []


def test_each_heavy_library_has_one_importer() -> None:
    owners = {"kglite": "graph/store_embedded.py", "onnxruntime": "loaders/reader.py", "tokenizers": "loaders/reader.py"}
    for library, owner in owners.items():
        importers = {str(p.relative_to(HERE)) for room in ROOMS for p in files(room) if library in {m.split(".")[0] for m in imports(p)}}
        assert importers == {owner}


def test_every_file_says_what_it_is_for() -> None:
    for room in ROOMS:
        for path in files(room):
            assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


def test_every_package_and_data_file_is_listed() -> None:
    packaged = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    found = {".".join(p.parent.relative_to(HERE).parts) for room in ROOMS for p in files(room)}
    assert found <= set(packaged["packages"])
    assert set(packaged["package-data"]) <= found | {"graph.cypher"}


def test_no_cypher_stands_inside_python() -> None:
    keyword = re.compile(r"\bMATCH \(\w*:?\w*\)|\bMERGE \(|\bUNWIND \$")
    allowed = {
        "graph/guard.py",
        "graph/exports.py",
        "graph/schema.py",
    }  # the checker's messages, the script that is written, the examples shown
    assert {str(p.relative_to(HERE)) for room in ROOMS for p in files(room) if keyword.search(p.read_text(encoding="utf-8"))} <= allowed
