"""Large results in a folder or an object store: the same answers, and what is gone there is made again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.workspace.store_contract import Opener, StoreContract

from polidiff.cli import run
from polidiff.workspace.artifacts import WithArtifacts
from polidiff.workspace.sqlite import SqliteStore
from polidiff.workspace.store import Store

if not os.environ.get("CI"):
    pytest.importorskip("fsspec")


class TestStoreWithArtifacts(StoreContract):
    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        SqliteStore(tmp_path / "w.polidiff", create=True).close()

        def opener() -> Store:
            return WithArtifacts(SqliteStore(tmp_path / "w.polidiff"), (tmp_path / "artifacts").as_uri())

        return opener


def test_what_is_gone_or_damaged_is_as_good_as_none(tmp_path: Path) -> None:
    inner = SqliteStore(tmp_path / "w.polidiff", create=True)
    store = WithArtifacts(inner, (tmp_path / "artifacts").as_uri())
    large = {"a": b"a" * 10_000, "b": b"b" * 10_000, "c": b"small"}
    store.keep(large)
    assert store.results(list(large)) == large
    assert all(len(data) < 100 for data in inner.results(list(large)).values())
    first, second = sorted(path for path in (tmp_path / "artifacts").rglob("*") if path.is_file())
    kept = {first.read_bytes()[:1].decode(): first, second.read_bytes()[:1].decode(): second}
    kept["a"].unlink()
    kept["b"].write_bytes(b"b" * 9_999 + b"c")
    assert store.results(list(large)) == {"c": b"small"}
    store.keep(large)
    assert store.results(list(large)) == large
    store.close()


def test_a_workspace_with_artifacts_answers_as_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plan.md").write_text(
        "# Plan\n\n" + "".join(f"Operator {n} must report accidents.\n\n" for n in range(60)), encoding="utf-8"
    )
    found = []
    monkeypatch.chdir(tmp_path)
    for name, more in (("plain", []), ("apart", ["--artifacts", "artifacts"])):
        place = str(tmp_path / f"{name}.polidiff")
        assert run(["init", place, *more]) == 0
        run(["add", place, str(tmp_path / "plan.md"), "--prepare"])
        capsys.readouterr()
        monkeypatch.chdir("/")  # the folder of artifacts is found from everywhere
        assert run(["search", place, "report accidents", "--format", "jsonl"]) == 0
        found.append(capsys.readouterr().out)
        monkeypatch.chdir(tmp_path)
    assert found[0] == found[1]
    assert any((tmp_path / "artifacts").iterdir())
    assert run(["init", str(tmp_path / "none.polidiff"), "--artifacts", "nowhere://x"]) == 2
    assert "nowhere://x" in capsys.readouterr().err
    assert not (tmp_path / "none.polidiff").exists()
