"""The plan on paper in the documentation is what its constants give."""

from __future__ import annotations

from benchmarks.plan import BEGIN, CONSTANTS, END, PAGE, planned, table


def test_the_plan_in_the_documentation_is_that_of_the_constants() -> None:
    said = PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    assert said == table(CONSTANTS)


def test_a_slower_coder_costs_more() -> None:
    slower = planned(CONSTANTS | {"code": 2 * CONSTANTS["code"]})
    assert slower["10⁵"]["cost"] > 1.5 * planned(CONSTANTS)["10⁵"]["cost"]
