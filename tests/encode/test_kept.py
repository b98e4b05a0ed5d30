"""Encodings are kept between runs, and a file that was tampered with is not believed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from polidiff.encode import EnglishEncoder, MultilingualEncoder, kept

TEXTS = [f"Rule {n} is read out each spring." for n in range(kept.FEW)]


@pytest.mark.parametrize("make", [EnglishEncoder, MultilingualEncoder])
def test_the_second_run_reads_what_the_first_one_made(
    make: type[EnglishEncoder] | type[MultilingualEncoder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path))
    monkeypatch.setenv("POLIDIFF_KEEP_ENCODINGS", "1")
    first = make().encode(TEXTS)
    (file,) = (tmp_path / "encodings").iterdir()
    again = make()
    monkeypatch.setattr(again, "_load", lambda: pytest.fail("it was encoded again"))
    assert np.array_equal(again.encode(TEXTS), first)
    monkeypatch.undo()
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path))
    monkeypatch.setenv("POLIDIFF_KEEP_ENCODINGS", "1")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    assert np.array_equal(make().encode(TEXTS), first)


def test_the_folder_stays_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path))
    monkeypatch.setenv("POLIDIFF_KEEP_ENCODINGS", "1")
    monkeypatch.setattr(kept, "MOST", 20_000)
    for run in range(5):
        path = kept.named("made", [f"{run} {n}" for n in range(kept.FEW)])
        kept.save(path, {"vectors": np.full((16, 512), run, dtype=np.int16)})
    assert sum(one.stat().st_size for one in (tmp_path / "encodings").iterdir()) <= 20_000
