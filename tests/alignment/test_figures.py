"""Amounts and deadlines are compared whatever the language and the unit."""

from __future__ import annotations

import pytest

from polidiff.alignment.figures import figures_differ


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
