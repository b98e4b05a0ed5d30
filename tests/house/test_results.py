"""The README's table of results: made from what was measured, each measure in the column where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest
from evals import common, results
from evals.run import MEASUREMENTS, table


def test_every_measure_says_beside_its_floor_what_it_was_measured_on() -> None:
    for name in MEASUREMENTS:
        floor = common.load_floor(name)
        assert set(floor.kinds) == set(floor.values)


def test_a_floor_without_its_kind_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.toml").write_text('corpus = ""\n[floors]\n"a.b" = 0.5\n')
    monkeypatch.setattr(common, "FLOORS", tmp_path)
    with pytest.raises(ValueError, match=r"odd: a\.b needs a floor like"):
        common.load_floor("odd")


def test_no_measure_is_shown_under_a_column_that_it_does_not_belong_to() -> None:
    assert results.misplaced(results.rows()) == []


def test_a_measure_of_the_learning_side_is_refused_under_set_aside() -> None:
    row = {"what": "claims", "aside": ["claims:own_dev.accuracy", "claims:unheard_of"]}
    assert results.misplaced([row]) == [
        "claims: claims:own_dev.accuracy is written, and stands under aside",
        "claims: claims:unheard_of is without a floor, and stands under aside",
    ]


def test_the_readme_has_the_table_that_the_kept_values_make() -> None:
    readme = results.README.read_text(encoding="utf-8")
    assert results.with_table(readme, results.lines(results.rows(), results.kept())) == readme


def test_a_printed_value_stands_in_its_column() -> None:
    floor = common.Floor("x", "", {"a": 0.5, "b": 0.5}, {"a": "aside", "b": "fact"})
    head, first, second, third = table({"a": 0.75, "b": 3.0, "c": 1.0}, floor)
    assert first.index("0.75") + 4 == head.index("set aside") + len("set aside")
    assert second.endswith("3 (fact)  (floor 0.5)")
    assert third.endswith("1 (no floor)")
