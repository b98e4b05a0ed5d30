"""The index of a workspace on the disk: extended by what is new, the same as one made at once, mended where damaged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from polidiff.cache import cache_root
from polidiff.cli import run
from polidiff.errors import InputError
from polidiff.fingerprint import fingerprint
from polidiff.version import __version__
from polidiff.workspace import Workspace
from polidiff.workspace.corpus import Corpus, Filter, Index, open_corpus
from polidiff.workspace.corpus.plan import jobs_within
from polidiff.workspace.corpus.shelf import Shelf, marks_of
from polidiff.workspace.corpus.volume import bound
from polidiff.workspace.corpus.who import who
from polidiff.workspace.foreseen import Plan, reading

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)

ASKED = ("report railway accidents", '"each accident"', "roofs of theatres", "铁路事故", "who mends bridges", "部")


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def _plan(folder: Path, number: int, more: str = "") -> Path:
    path = folder / f"plan-{number}.md"
    lines = ["## Bridges", "(1) The council shall:", "(a) paint rails;", "(b) clear snow.", ""]
    lines += [f"- The council of town {number} shall mend bridge {n} before the winter." for n in range(4)]
    lines.append(f"- Operators shall report each accident on railway {number} to the ministry within a day.")
    if number % 3 == 2:
        lines.append("- 铁路运营单位应当在一日内向主管部门报告每起事故。")
    path.write_text(f"# Plan {number}\n\n" + "\n".join([*lines, more]) + "\n", encoding="utf-8")
    return path


def _answers(corpus: Corpus) -> list[object]:
    found: list[object] = []
    for asked in ASKED:
        found.append(corpus.search(asked))
        found.append(corpus.search(asked, how="words", narrowed=Filter(documents=("plan-1", "plan-5"))))
        found.append(who(corpus, asked))
    return found


def test_an_index_that_grew_answers_as_one_made_at_once(own_cache: Path, tmp_path: Path) -> None:
    with Workspace.init(tmp_path / "grown.polidiff", when=NOON) as work:
        for number in range(12):
            work.add(_plan(tmp_path, number), when=NOON)
            if number > 8:
                open_corpus(work)
        work.add(_plan(tmp_path, 2, "- The state shall pay for the roofs of old theatres."), when=NOON)
        grown = _answers(open_corpus(work))
        assert len(Shelf.open(work.store.name).volumes) > 1
        assert "roofs" in grown[ASKED.index("roofs of theatres") * 3][0].text  # type: ignore[index]
        shutil.rmtree(own_cache / "corpus")
        assert _answers(open_corpus(work)) == grown
        marks, shelf = marks_of(work), Shelf.open(work.store.name)
        halves = [
            bound([(volume, [entry.document in names for entry in volume.entries])])
            for volume in shelf.volumes.values()
            for names in ({f"plan-{n}" for n in (3, 7, 11)}, {f"plan-{n}" for n in (0, 1, 2, 4, 5, 6, 8, 9, 10)})
        ]
        assert _answers(Corpus(Index(halves, marks), work)) == grown


def test_many_small_volumes_are_bound(own_cache: Path, tmp_path: Path) -> None:
    with Workspace.init(tmp_path / "w.polidiff", when=NOON) as work:
        for number in range(21):
            work.add(_plan(tmp_path, number), when=NOON)
            if number > 8:
                index = open_corpus(work).index
        assert len(Shelf.open(work.store.name).volumes) <= 9
        assert [entry.document for entry in index.entries] == [f"plan-{n}" for n in range(21)]
        assert [index.provision(start).document for start in index.starts()] == [f"plan-{n}" for n in range(21)]


@pytest.mark.parametrize("how", ["list", "entries", "gone", "cut", "words"])
def test_a_damaged_index_is_made_again_with_one_line(
    how: str, own_cache: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "w.polidiff")
    run(["init", path])
    run(["add", path, *(str(_plan(tmp_path, number)) for number in range(3)), "--prepare"])
    asked = ["search", path, "report accidents", "--format", "jsonl"]
    capsys.readouterr()
    run(asked)
    before = capsys.readouterr().out
    listed, (volume,) = next(cache_root().rglob("volumes.json")), cache_root().glob("corpus/*/*-*")
    if how == "list":
        listed.write_text("{", encoding="utf-8")
    elif how == "entries":
        (volume / "documents.json").write_text("[]", encoding="utf-8")
    elif how == "gone":
        shutil.rmtree(volume)
    elif how == "cut":
        (volume / "vectors.npy").write_bytes((volume / "vectors.npy").read_bytes()[:-100])
    else:
        data = (volume / "records-data.npy").read_bytes()
        (volume / "records-data.npy").write_bytes(data[:-300].replace(b"accident", b"incident") + data[-300:])
    assert run(asked) == 0
    found = capsys.readouterr()
    assert found.out == before
    assert found.err.count("\n") == 1
    assert "damaged" in found.err


def test_a_cache_that_cannot_be_written_only_costs_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path / "file"))
    path = str(tmp_path / "w.polidiff")
    run(["init", path])
    run(["add", path, str(_plan(tmp_path, 1)), "--prepare"])
    assert run(["search", path, "report accidents"]) == 0
    assert "each accident" in capsys.readouterr().out


def test_long_work_is_told_before_it_is_done(
    own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "w.polidiff")
    run(["init", path])
    run(["add", path, *(str(_plan(tmp_path, number)) for number in range(3)), "--prepare"])
    assert "about" not in capsys.readouterr().err
    _with_other_code(monkeypatch)
    run(["search", path, "accidents"])
    said = capsys.readouterr().err
    assert f"other code of polidiff {__version__} made them; they are made again: 3 documents, about" in said
    assert "decisions stay" in said
    run(["search", path, "accidents"])
    assert "note:" not in capsys.readouterr().err
    assert Plan(1000, 300_000, 1500).said(2) == (
        "1,000 documents, about 300,000 provisions, about 12 min; what is done stays when it is stopped"
    )


def test_what_is_coded_already_is_not_reckoned_with_again(
    own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("polidiff.workspace.corpus.plan.LONG", 0.0)
    told: list[Plan] = []
    with Workspace.init(tmp_path / "w.polidiff", when=NOON) as work:
        for number in range(3):
            work.add(_plan(tmp_path, number), when=NOON)
        open_corpus(work, announce=told.append)
        shutil.rmtree(own_cache / "corpus")
        open_corpus(work, announce=told.append)
    whole, again = told
    assert whole.provisions == again.provisions
    assert again.seconds < whole.seconds / 5


def _with_other_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the code that reads, splits, codes and aligns had been changed since."""
    fingerprint.cache_clear()
    monkeypatch.setattr("polidiff.fingerprint._room", lambda name: f"another {name}")


@pytest.fixture(autouse=True)
def _own_code() -> Iterator[None]:
    yield
    fingerprint.cache_clear()


def test_a_comparison_says_what_other_code_makes_again(
    own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "w.polidiff")
    run(["init", path])
    run(["add", path, *(str(_plan(tmp_path, number)) for number in range(2))])
    assert run(["compare", "--workspace", path]) == 0
    capsys.readouterr()
    assert run(["compare", "--workspace", path]) == 0
    same = capsys.readouterr()
    assert "0 coded, 2 reused" in same.out
    assert "made again" not in same.err
    run(["status", path])
    assert "read by other code" not in capsys.readouterr().out
    _with_other_code(monkeypatch)
    run(["status", path])
    assert "2 documents were read by other code" in capsys.readouterr().out
    assert run(["compare", "--workspace", path]) == 0
    other = capsys.readouterr()
    assert "made them; they are made again: 2 documents, about" in other.err
    assert "1 pair to align" in other.err
    assert "2 coded, 0 reused" in other.out
    assert run(["compare", "--workspace", path]) == 0
    assert "made again" not in capsys.readouterr().err


def test_many_files_are_told_before_they_are_read(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.md").write_text("word " * 20_000, encoding="utf-8")
    plan = reading([*(str(tmp_path / f"{number}.md") for number in range(3)), *["scan.pdf"] * 997], prepare=True)
    assert plan.documents == 1000
    assert 200_000 < plan.provisions < 300_000
    assert "1,000 documents, about" in plan.said(2)
    assert not reading(["scan.pdf"] * 60, prepare=True).said(2)


def test_memory_bounds_the_processes(tmp_path: Path) -> None:
    assert [jobs_within(size, 8) for size in ("2G", "4G", "64 GB", "1100M")] == [2, 5, 8, 1]
    for wrong in ("much", "100M"):
        with pytest.raises(InputError, match="--memory"):
            jobs_within(wrong, 2)
