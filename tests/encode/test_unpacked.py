"""The multilingual encoder unpacked and kept: the same vectors, and a file that was damaged is made again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from polidiff.encode import MultilingualEncoder

TEXTS = ["The harbour is dredged each spring.", "港口每年清淤。"]


def test_what_was_kept_gives_the_same_vectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path))
    (tmp_path / "encoder").mkdir()
    (tmp_path / "encoder" / "older.bin").write_bytes(b"of an older version")
    first = MultilingualEncoder().encode(TEXTS)
    (file,) = (tmp_path / "encoder").iterdir()
    whole = file.read_bytes()
    assert np.array_equal(MultilingualEncoder().encode(TEXTS), first)
    file.unlink()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert np.array_equal(MultilingualEncoder().encode(TEXTS), first)
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_used_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "encoder").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path))
    assert MultilingualEncoder().encode(TEXTS).any(axis=1).all()
