"""Amounts and deadlines are compared whatever the language and the unit."""

from __future__ import annotations

import pytest

from polidiff.alignment.figures import figures_differ, figures_said


@pytest.mark.parametrize(
    ("a", "b", "differs"),
    [
        ("Report within 72 hours.", "Report within three days.", ()),
        ("Report within 72 hours.", "Report within 24 hours.", ("deadline",)),
        ("Reply within 30 days.", "应当在三十日内答复。", ()),
        ("Reply within two years.", "应当在24个月内答复。", ()),
        ("Reply within two years.", "应当在三年内答复。", ("deadline",)),
        ("Done by the end of 2030.", "在2035年前完成。", ("deadline",)),
        ("A fine of up to £17.5 million.", "A fine of £17,500,000 at the most.", ()),
        ("Fines of $2 billion or 4% of turnover.", "Fines of 2,000 million dollars or 6 per cent.", ("amount",)),
        ("A fine of 10万元.", "A fine of 100,000 yuan.", ()),
        ("A fine of 10 euros.", "A fine of 10 pounds.", ()),
        ("Report within 72 hours.", "Report soon.", ()),
        ("Article 12 of the 2019 law.", "Article 15 of the 2021 law.", ()),
    ],
)
def test_figures(a: str, b: str, differs: tuple[str, ...]) -> None:
    assert figures_differ(a, b) == differs
    assert figures_differ(b, a) == differs


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        (
            "Operators report serious incidents within 72 hours.",
            "Providers shall report an incident within 24 hours of learning of it.",
            {"deadline": ("72 hours", "24 hours")},
        ),
        (
            "Breaches are notified to the authority no later than 24 hours after discovery.",
            "A breach shall be notified within three working days.",
            {"deadline": ("24 hours", "three working days")},
        ),
        (
            "We will cut emissions by 40% below 1990 levels by 2030.",
            "The state intends to reduce its emissions by 26-28 per cent below its 2005 level in 2025.",
            {"amount": ("40%", "26-28 per cent"), "baseline": ("1990", "2005"), "deadline": ("2030", "2025")},
        ),
        (
            "Emissions fall by 26% compared to FY 2013.",
            "Emissions fall by 26% relative to 1990.",
            {"baseline": ("2013", "1990")},
        ),
        ("The base year is 1990.", "Base year: 2005 for all gases.", {"baseline": ("1990", "2005")}),
        (
            "The housing fund has $500 million.",
            "A housing fund of $2 billion is set up.",
            {"amount": ("$500 million", "$2 billion")},
        ),
        (
            "Hosts keep logs for at least six months.",
            "Logs are kept for three years.",
            {"amount": ("six months", "three years")},
        ),
        (
            "We will recruit 10,000 nurses.",
            "We will train and hire 20,000 nurses.",
            {"amount": ("10,000", "20,000")},
        ),
        (
            "二氧化碳排放比2005年下降60%。",
            "二氧化碳排放较1990年下降40%。",
            {"baseline": ("2005", "1990"), "amount": ("60%", "40%")},
        ),
        ("以2013年为基准年减排。", "以1990年为基准年减排。", {"baseline": ("2013", "1990")}),
        ("发生事件应当在24小时内报告。", "发生事件，应当在72小时内报告。", {"deadline": ("24小时", "72小时")}),
        ("对违法者处五万元罚款。", "对违法者处十万元罚款。", {"amount": ("五万元", "十万元")}),
        ("信息保存期限为三年。", "信息保存期限不得少于六个月。", {"amount": ("三年", "六个月")}),
        (
            "到2030年占比达到25%。",
            "到2025年占比达到20%。",
            {"deadline": ("2030年", "2025年"), "amount": ("25%", "20%")},
        ),
        (
            "安全事件应当在24小时内报告。",
            "Security incidents must be reported within 72 hours.",
            {"deadline": ("24小时", "72 hours")},
        ),
        (
            "Emissions fall by 26% by 2030 compared to FY 2013.",
            "A pathway to reduce 50% of emissions by the year 2050, with respect to the year 2000.",
            {"amount": ("26%", "50%"), "deadline": ("2030", "2050"), "baseline": ("2013", "2000")},
        ),
        ("处一万元以上十万元以下罚款。", "处五十万元以下罚款。", {"amount": ("十万元", "五十万元")}),
        ("Warn within 24 hours and report within 72 hours.", "Report incidents within 72 hours.", {}),
        ("The council meets twice a year.", "The fund grows by 3%.", {}),
        ("Teachers get 40% more pay.", "Forests cover 26% of the land.", {}),
    ],
)
def test_what_differs_is_told_by_value(a: str, b: str, told: dict[str, tuple[str, str]]) -> None:
    assert figures_said(a, b) == told
    assert figures_said(b, a) == {kind: (theirs, mine) for kind, (mine, theirs) in told.items()}
