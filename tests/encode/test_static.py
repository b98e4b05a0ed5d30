"""The fast encoder: nearness of words in both languages, exact sums, one line for a damaged file."""

from __future__ import annotations

import numpy as np
import pytest

from polidiff.encode import StaticEncoder, cosines, encoder_named
from polidiff.errors import InputError

PAIRS = (
    ("Invest in power plants and electricity grids.", "加强电网和能源基础设施建设。"),
    ("Protect the privacy of personal data.", "保护个人信息和隐私。"),
    ("Train teachers and students in schools.", "在学校培养教师和学生。"),
    ("Limit exports of computer chips.", "限制芯片出口。"),
    ("Publish safety standards.", "制定并发布安全标准。"),
)


def test_english_and_chinese_that_say_the_same_lie_closest() -> None:
    encoder = StaticEncoder()
    near = cosines(encoder.encode([en for en, _ in PAIRS]), encoder.encode([zh for _, zh in PAIRS]))
    assert near.argmax(axis=1).tolist() == near.argmax(axis=0).tolist() == [0, 1, 2, 3, 4]


def test_english_pairs_get_an_encoder_of_their_own() -> None:
    encoder = StaticEncoder().for_languages({"en"})
    vectors = encoder.encode(["fund research at universities", "grants for scientists", "close the harbour"])
    assert vectors.shape == (3, 512)
    near = cosines(vectors, vectors)
    assert near[0, 1] > near[0, 2]
    assert StaticEncoder().for_languages({"en", "zh"}).encode(["x"]).shape == (1, 256)


def test_vectors_do_not_depend_on_what_else_is_encoded_and_are_whole_numbers() -> None:
    texts = ["cybersecurity of hospitals", "", "12 % 。", "数据安全", "zzzzqqq", "the the the"]
    together = StaticEncoder().encode(texts)
    assert np.array_equal(together, np.rint(together))
    for at, text in enumerate(texts):
        assert np.array_equal(StaticEncoder().encode([text])[0], together[at])
    assert StaticEncoder().encode([]).shape == (0, 256)


def test_an_encoder_is_found_by_its_name() -> None:
    assert encoder_named("fast").identity.startswith("static-1")
    assert encoder_named("default").languages == {"en", "zh"}
    assert encoder_named("https://example.org/v1#m").identity == "endpoint:example.org:m"


@pytest.mark.parametrize("name", ["slow", "https://example.org/v1", "model2vec:", "http://example.org/v1#m", "no.onnx"])
def test_a_wrong_name_is_one_line(name: str) -> None:
    with pytest.raises(InputError) as caught:
        encoder_named(name)
    assert "\n" not in str(caught.value)
