"""The same comparison asked for again comes out of the cache, the same; anything that changed is made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from polidiff.cli import run

NORTH = "# Plan of the North\n\n## Chips\n\n- Fund research on semiconductors.\n- Train engineers for data centers.\n"
SOUTH = "# Plan of the South\n\n## Chips\n\n- Fund a factory of semiconductors.\n- Publish the data of ministries.\n"


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("POLIDIFF_KEEP_ENCODINGS", "1")
    for name, text in (("north", NORTH), ("south", SOUTH)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    return [str(tmp_path / "north.md"), str(tmp_path / "south.md")]


def files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache" / "reports").glob("*.zip"))


def test_the_same_report_and_the_same_words_come_again(
    plans: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", *plans, "-o", str(tmp_path / "one")]) == 0
    first = capsys.readouterr()
    held = kept(tmp_path)
    assert len(held) == 1
    written = held[0].stat().st_ino
    assert run(["compare", *plans, "-o", str(tmp_path / "two")]) == 0
    second = capsys.readouterr()
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert (second.out, second.err) == (first.out.replace("/one/", "/two/"), first.err)
    assert kept(tmp_path) == held
    assert held[0].stat().st_ino == written
    assert run(["verify", str(tmp_path / "two")]) == 0


def test_other_words_or_options_are_compared_anew(plans: list[str], tmp_path: Path) -> None:
    assert run(["compare", *plans, "-o", str(tmp_path / "one")]) == 0
    assert run(["compare", *plans, "--strictness", "broad", "-o", str(tmp_path / "two")]) == 0
    assert b"broad" in (tmp_path / "two" / "comparison.json").read_bytes()
    Path(plans[1]).write_text(SOUTH + "- Lend computers to schools.\n", encoding="utf-8")
    assert run(["compare", *plans, "-o", str(tmp_path / "three")]) == 0
    assert "computers to schools" in (tmp_path / "three" / "index.html").read_text(encoding="utf-8")
    assert len(kept(tmp_path)) == 3


def test_a_damaged_file_of_the_cache_is_passed_over(plans: list[str], tmp_path: Path) -> None:
    assert run(["compare", *plans, "-o", str(tmp_path / "one")]) == 0
    (held,) = kept(tmp_path)
    data = bytearray(held.read_bytes())
    data[len(data) // 2] ^= 0xFF
    held.write_bytes(data)
    assert run(["compare", *plans, "-o", str(tmp_path / "two")]) == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_nothing_is_kept_where_that_is_asked(plans: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLIDIFF_KEEP_ENCODINGS", "0")
    assert run(["compare", *plans, "-o", str(tmp_path / "one")]) == 0
    assert not kept(tmp_path)
