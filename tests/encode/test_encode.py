"""The default encoder puts both languages in one space, and its products are exact."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from polidiff.encode import DefaultEncoder, EnglishEncoder, MultilingualEncoder, cosines, for_languages, settle
from polidiff.encode.tensors import read_tensors
from polidiff.encode.wordpiece import tokenize, vocabulary


@pytest.fixture(scope="module")
def encoder() -> MultilingualEncoder:
    return MultilingualEncoder()


def test_the_same_thing_said_in_two_languages_is_near(encoder: MultilingualEncoder) -> None:
    english = encoder.encode(["Build more data centres", "Protect the rights of children"])
    chinese = encoder.encode(["保护儿童权利", "建设更多数据中心"])
    near = cosines(english, chinese)
    assert near[0].argmax() == 1
    assert near[1].argmax() == 0


def test_a_text_has_the_same_vector_whatever_it_is_encoded_with(encoder: MultilingualEncoder) -> None:
    alone = MultilingualEncoder().encode(["Fund research on open models"])
    among = encoder.encode([f"Rule {n} on chips" for n in range(40)] + ["Fund research on open models"])
    assert np.array_equal(alone[0], among[-1])


def test_products_are_exact_in_any_order() -> None:
    rng = np.random.default_rng(0)
    a, b = settle(rng.normal(size=(50, 512)).astype(np.float32)), settle(rng.normal(size=(40, 512)).astype(np.float32))
    shuffled = rng.permutation(512)
    assert np.array_equal(a @ b.T, a[:, shuffled] @ b[:, shuffled].T)
    assert np.array_equal((a @ b.T).astype(np.float64), a.astype(np.float64) @ b.astype(np.float64).T)


def test_nothing_in_nothing_out(encoder: MultilingualEncoder) -> None:
    assert encoder.encode([]).shape == (0, 512)
    assert cosines(encoder.encode([]), encoder.encode(["x"])).shape == (0, 1)


@pytest.fixture(scope="module")
def english() -> EnglishEncoder:
    if not EnglishEncoder.installed():
        pytest.skip("the English encoder's weights are not installed")
    return EnglishEncoder()


def test_words_are_cut_into_pieces_as_the_model_was_trained_on() -> None:
    pieces = list(vocabulary())
    cut = [pieces[number] for number in tokenize("Café rules: unregulatedness, 5.3% (naïve)", 40)]
    assert cut[:4] == ["[CLS]", "cafe", "rules", ":"]
    assert cut[-1] == "[SEP]"
    assert "".join(piece.removeprefix("##") for piece in cut[4:-1]) == "unregulatedness,5.3%(naive)"
    assert len(tokenize("word " * 500, 40)) == 40


def test_the_english_encoder_sees_the_same_meaning_in_other_words(english: EnglishEncoder) -> None:
    asked = english.encode(["Companies have to tell users how their data is kept", "Build more power stations"])
    offered = english.encode(
        ["New plants that make electricity are put up", "Firms shall inform people about the storage of information"]
    )
    assert cosines(asked, offered).argmax(axis=1).tolist() == [1, 0]


def test_tokens_are_the_same_alone_and_among_others(english: EnglishEncoder) -> None:
    text = "Providers shall keep records for five years"
    among = english.tokens([text, *(f"{text} and {n} months" for n in range(30))])[0]
    alone = EnglishEncoder().tokens([text])[0]
    assert np.array_equal(alone.ids, among.ids)
    assert np.array_equal(alone.vectors, among.vectors)


def test_one_thread_and_two_give_the_same_bytes() -> None:
    if not EnglishEncoder.installed():
        pytest.skip("the English encoder's weights are not installed")
    program = (
        "import sys; from polidiff.encode import DefaultEncoder\n"
        "e = DefaultEncoder(); t = [f'Rule {n} of ' + 'and people ' * (n % 5) for n in range(40)]\n"
        "sys.stdout.buffer.write(e.encode(t).tobytes() + e.for_languages({'en'}).encode(t).tobytes())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={
                **os.environ,
                "POLIDIFF_KEEP_ENCODINGS": "0",
                "OPENBLAS_NUM_THREADS": threads,
                "OMP_NUM_THREADS": threads,
            },
            capture_output=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(outputs) == 1


def test_the_kernels_of_an_older_processor_give_the_same_english_vectors() -> None:
    if not EnglishEncoder.installed():
        pytest.skip("the English encoder's weights are not installed")
    program = (
        "import sys; from polidiff.encode import EnglishEncoder\n"
        "t = [f'Rule {n} of ' + 'ports and people ' * (3 * n + 1) for n in range(9)]\n"
        "sys.stdout.buffer.write(b''.join(one.vectors.tobytes() for one in EnglishEncoder().tokens(t)))"
    )
    older = {"OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": "AVX512_SKX AVX512F FMA3 AVX2"}
    made = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program], env={**os.environ, **more}, capture_output=True, check=True
        ).stdout
        for more in ({}, older)
    }
    assert len(made) == 1


def test_a_family_reads_english_pairs_with_the_english_encoder() -> None:
    family = DefaultEncoder()
    assert family.for_languages({"en", "zh"}).languages == {"en", "zh"}
    if EnglishEncoder.installed():
        assert family.for_languages({"en"}).languages == {"en"}
    mine = MultilingualEncoder()
    assert for_languages(mine, {"en"}) is mine


def test_a_damaged_model_file_is_no_model() -> None:
    with pytest.raises((ValueError, IndexError)):
        read_tensors(b"\x3a\xff\xff\xff\xff\x07not a model")
    assert read_tensors(b"") == {}
