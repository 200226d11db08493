"""graph/files.py: a file is replaced as a whole, a link or device is written to."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import pytest

from graph.errors import BadInput
from graph.files import replace_file, write_text


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "x"
    write_text(target, "old\r\n")

    def fails(file: TextIO) -> None:
        file.write("half")
        raise OSError(28, "no space left")

    with pytest.raises(OSError, match="no space"):
        replace_file(target, fails)
    assert target.read_bytes() == b"old\r\n" and list(tmp_path.iterdir()) == [target]


def test_links_stay_and_a_missing_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_text(tmp_path / "link", "text")
    assert (tmp_path / "real").read_text() == "text" and (tmp_path / "link").is_symlink()
    write_text(Path("/dev/null"), "text")
    with pytest.raises(BadInput, match="cannot be written"):
        write_text(tmp_path / "none" / "x", "text")
