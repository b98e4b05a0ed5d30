"""What every store has to do. A second store subclasses :class:`StoreContract` and gives its own ``opener``."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from polidiff.workspace.decisions import Anchor, Decision, Target, decision
from polidiff.workspace.store import Store, Version

Opener = Callable[[], Store]
"""Opens one and the same store, as another program would; the first call makes it."""

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def made_version(text: str = "Harbours are dredged. 港口疏浚。", version: str = "v1") -> Version:
    return Version("plan", version, f"text of {version}", f"source of {version}", "A plan", text, b'{"title":"A plan"}')


def made_row(number: int, by: str = "Ada", why: str = "") -> Decision:
    target = Target("code", (Anchor("plan", "0" * 64, number, number + 5),), "theme:harbours")
    return decision(target, "accept", by=by, when=NOON + timedelta(seconds=number), why=why)


class StoreContract:
    """Each test takes ``opener``."""

    def test_settings_are_there_for_the_next_who_opens_it(self, opener: Opener) -> None:
        first = opener()
        first.set({"title": "Häfen 港口", "scale": "plan"})
        first.set({"scale": "law"})
        first.close()
        held = opener().settings()
        assert held["title"] == "Häfen 港口"
        assert held["scale"] == "law"

    def test_a_version_comes_back_to_the_letter(self, opener: Opener) -> None:
        version = made_version()
        opener().add(version, "2026-03-01")
        assert opener().version("plan", "v1") == version
        assert opener().version("plan", "v2") is None
        assert opener().version("other", "v1") is None

    def test_a_version_is_kept_once_and_added_as_often_as_it_was(self, opener: Opener) -> None:
        store = opener()
        store.add(made_version(), "monday")
        store.add(made_version(version="v2"), "tuesday")
        store.add(made_version(), "wednesday")
        assert [one.version for one in store.additions()] == ["v1", "v2", "v1"]
        assert store.additions()[-1].when == "wednesday"
        assert [row[:2] for row in store.versions()] == [("plan", "v1"), ("plan", "v2")]

    def test_a_version_without_a_time_is_held_and_not_current(self, opener: Opener) -> None:
        store = opener()
        store.add(made_version(), None)
        assert store.additions() == []
        assert store.version("plan", "v1") is not None

    def test_results_come_back_and_the_first_stays(self, opener: Opener) -> None:
        store = opener()
        store.keep({"a": b"\0\xff", "b": b""})
        store.keep({"a": b"another"})
        assert opener().results(["a", "b", "c"]) == {"a": b"\0\xff", "b": b""}

    def test_very_many_results_are_found_at_once(self, opener: Opener) -> None:
        store = opener()
        store.keep({f"key {n}": str(n).encode() for n in range(2500)})
        found = store.results([f"key {n}" for n in range(0, 5000, 2)])
        assert len(found) == 1250
        assert found["key 2498"] == b"2498"

    def test_results_can_be_forgotten(self, opener: Opener) -> None:
        store = opener()
        store.keep({"a": b"1", "b": b"2"})
        store.drop(["a", "never there"])
        assert opener().results(["a", "b"]) == {"b": b"2"}

    def test_decisions_come_back_in_the_order_of_writing(self, opener: Opener) -> None:
        store = opener()
        rows = [made_row(3), made_row(1, by="博"), made_row(2, why="'; DROP TABLE decisions; --")]
        assert store.decide(rows) == 3
        assert [row for _, row in opener().decisions()] == rows

    def test_decisions_since_a_row_are_only_the_newer(self, opener: Opener) -> None:
        store = opener()
        store.decide([made_row(1)])
        last = store.decisions()[-1][0]
        opener().decide([made_row(2)])
        assert [row for _, row in store.decisions(last)] == [made_row(2)]

    def test_the_same_decision_twice_is_one_row(self, opener: Opener) -> None:
        store = opener()
        assert store.decide([made_row(1)]) == 1
        assert store.decide([made_row(1), made_row(2)]) == 1
        assert len(store.decisions()) == 2

    def test_words_that_no_encoding_has_come_back_to_the_letter(self, opener: Opener) -> None:
        odd = "lone \ud800 surrogate, a NUL \0 and a 港"
        store = opener()
        store.set({"title": odd})
        assert opener().settings()["title"] == odd
        version = Version(f"{odd}.md", "v1", "t", "s", odd, odd, b"{}")
        store.add(version, "2026-03-01")
        assert opener().version(f"{odd}.md", "v1") == version
        assert store.versions() == [(f"{odd}.md", "v1", "t")]
        assert [one.document for one in store.additions()] == [f"{odd}.md"]
        row = made_row(1, by=odd, why=odd)
        assert store.decide([row]) == 1
        assert [held for _, held in opener().decisions()] == [row]

    def test_very_many_decisions_are_written_at_once_and_stay_in_order(self, opener: Opener) -> None:
        rows = [made_row(number) for number in range(3000)]
        store = opener()
        assert store.decide(rows[:10]) == 10
        assert store.decide([*rows, *rows]) == 2990
        assert [row for _, row in opener().decisions()] == rows
        assert store.decide([]) == 0

    def test_a_reader_sees_at_once_what_another_wrote(self, opener: Opener) -> None:
        reader, writer = opener(), opener()
        last = 0
        for number in range(5):
            writer.decide([made_row(number)])
            writer.set({"step": str(number)})
            ((last, row),) = reader.decisions(last)
            assert row == made_row(number)
            assert reader.settings()["step"] == str(number)

    def test_two_writers_at_once_both_get_everything_in(self, opener: Opener) -> None:
        opener().close()
        failed: list[BaseException] = []

        def write(by: str) -> None:
            try:
                store = opener()
                for number in range(40):
                    store.decide([made_row(number, by=by)])
                store.close()
            except BaseException as error:
                failed.append(error)

        writers = [threading.Thread(target=write, args=(name,)) for name in ("Ada", "Bob", "Cyd")]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert not failed
        assert len(opener().decisions()) == 120
