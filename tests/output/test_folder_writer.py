"""A result is written whole or not at all, and nothing that the user had is lost."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from polidiff.errors import OutputError
from polidiff.output import FolderWriter, json_bytes


def test_files_land_in_the_folder_and_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    writer = FolderWriter(folder)
    writer.text("index.html", "<p>ü</p>")
    writer.data("figures/a.json", json_bytes({"b": "中"}))
    written = writer.commit()
    assert [path.relative_to(folder).as_posix() for path in written] == ["index.html", "figures/a.json"]
    assert (folder / "notes.txt").read_text() == "mine"
    assert "中" in (folder / "figures" / "a.json").read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["figures", "index.html", "notes.txt"]


def test_a_file_in_the_way_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_text("a file")
    writer = FolderWriter(path)
    writer.text("index.html", "x")
    with pytest.raises(OutputError, match="is a file, not a folder; name another folder with -o"):
        writer.commit()
    assert path.read_text() == "a file"


@pytest.mark.skipif(sys.platform == "win32", reason="the limit on a file's size that stands for a full disk is POSIX")
def test_a_full_disk_leaves_the_old_report_whole(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    first = FolderWriter(folder)
    first.text("index.html", "old page")
    first.text("comparison.json", "old json")
    first.commit()
    script = textwrap.dedent(
        """
        import resource, sys
        from pathlib import Path
        from polidiff.errors import OutputError
        from polidiff.output import FolderWriter
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        writer = FolderWriter(Path(sys.argv[1]))
        writer.text("index.html", "new page")
        writer.text("comparison.json", "x" * 5000)
        try:
            writer.commit()
        except OutputError as error:
            print(error)
        """
    )
    done = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True)
    assert "could not be written" in done.stdout
    assert "unchanged" in done.stdout
    assert (folder / "index.html").read_text() == "old page"
    assert (folder / "comparison.json").read_text() == "old json"
    assert sorted(path.name for path in folder.iterdir()) == ["comparison.json", "index.html"]


def test_a_folder_that_was_made_for_nothing_is_taken_away(tmp_path: Path) -> None:
    blocker = tmp_path / "blocker"
    blocker.write_text("")
    writer = FolderWriter(blocker / "report")
    writer.text("index.html", "x")
    with pytest.raises(OutputError):
        writer.commit()
    assert blocker.read_text() == ""
