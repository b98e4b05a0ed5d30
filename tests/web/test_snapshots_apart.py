"""Snapshots made in a process of their own: the same as those made here, and made in another where that one dies."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from tests.workspace.plans import NOON

from polidiff.encode import DefaultEncoder
from polidiff.web.maker import Maker, packed, unpacked
from polidiff.web.snapshot import Snapshot, choose, take
from polidiff.workspace import Workspace


def _opened(path: Path) -> Workspace:
    return Workspace.open(path, encoder=DefaultEncoder())


def _told(snapshot: Snapshot | None) -> tuple[object, ...]:
    assert snapshot is not None
    return (
        snapshot.stamp, snapshot.comparison, snapshot.findings, snapshot.items, snapshot.stakes, snapshot.carrying,
        snapshot.members, snapshot.heads("en"), snapshot.brief("en"),
    )  # fmt: skip


def _decide(work: Workspace, snapshot: Snapshot, number: int) -> None:
    work.decide(snapshot.items[number].target, "reject", by="Ada", when=NOON)


def test_a_snapshot_travels_without_what_both_sides_hold(workspace: Path) -> None:
    with _opened(workspace) as here, _opened(workspace) as there:
        held, made = take(here), take(there)
        assert held is not None
        assert made is not None
        _decide(there, made, 0)
        made = take(there, made.base)
        assert made is not None
        made.make_ready(["en"])
        data = packed(made)
        found = unpacked(data, held.base)
        assert _told(found) == _told(take(here, held.base))
        assert found is not None
        assert found.comparison.documents[0] is held.comparison.documents[0]
        text = held.comparison.documents[0].text.encode()
        assert text[:200] not in data


def test_a_snapshot_of_other_documents_is_not_taken_for_one_of_these(workspace: Path) -> None:
    with _opened(workspace) as here, _opened(workspace) as there:
        held = take(here)
        assert held is not None
        other = take(there)
        assert other is not None
        names = [document.id for document in other.comparison.documents]
        choose(there, names[:2])
        fewer = take(there)
        assert fewer is not None
        assert unpacked(packed(fewer), held.base) is None


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_process_that_makes_snapshots_may_die(workspace: Path) -> None:
    maker = Maker(str(workspace), apart=0)
    try:
        with _opened(workspace) as work:
            first = maker.take(work, ["en"])
            assert first is not None
            assert maker.process is None
            maker.ready(work, first)
            one = maker.process
            assert one is not None
            _decide(work, first, 0)
            made = maker.take(work, ["en"])
            assert maker.process == one
            assert _told(made) == _told(take(work))
            os.kill(one, signal.SIGKILL)
            _decide(work, first, 1)
            made = maker.take(work, ["en"])
            assert maker.process not in (None, one)
            assert _told(made) == _told(take(work))
    finally:
        maker.close()
    assert maker.process is not None
    with pytest.raises(ProcessLookupError):
        os.kill(maker.process, 0)


def test_few_proposals_need_no_process(workspace: Path) -> None:
    maker = Maker(str(workspace))
    with _opened(workspace) as work:
        first = maker.take(work, [])
        assert first is not None
        maker.ready(work, first)
        _decide(work, first, 0)
        assert maker.take(work, []) is not None
    assert maker.process is None
    maker.close()
