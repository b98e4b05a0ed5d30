"""The tokenizer of BERT's uncased English models: text → pieces of words, as numbers of a vocabulary.

Written after Devlin et al. 2018 (arXiv 1810.04805). The vocabulary is Google's (Apache-2.0, see ``data/NOTICE.md``).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

from polidiff.errors import InputError

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"

LONGEST_WORD = 100
"""Letters of a word above which it counts as unknown, as in the original."""

PIECES = 30522


@cache
def vocabulary() -> dict[str, int]:
    """Return the number of each piece. Raises InputError when the file isn't whole."""
    path = files("polidiff.encode") / "data" / "uncased.txt"
    pieces = path.read_text(encoding="utf-8").split("\n")[:-1]
    if len(pieces) != PIECES:
        raise InputError(str(path), "the vocabulary is not whole", "install polidiff again")
    return {piece: number for number, piece in enumerate(pieces)}


def tokenize(text: str, most: int) -> list[int]:
    """Return the numbers of a text's pieces between a start and an end mark, ``most`` in all at the most."""
    known = vocabulary()
    found = [known[START]]
    for word in _words(text):
        found.extend(_pieces(word))
        if len(found) >= most:
            break
    return [*found[: most - 1], known[END]]


def _words(text: str) -> list[str]:
    """Words and marks of a text, in lower case and without accents; Chinese characters stand alone."""
    plain: list[str] = []
    for char in unicodedata.normalize("NFD", text.lower()):
        category = unicodedata.category(char)
        if category == "Mn" or char in "\x00�":
            continue
        if char.isspace():
            plain.append(" ")
        elif category.startswith("C"):
            continue
        elif category.startswith("P") or (char.isascii() and not char.isalnum()) or _han(char):
            plain.append(f" {char} ")
        else:
            plain.append(char)
    return "".join(plain).split()


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\U00020000" <= char <= "\U0002fa1f"


@cache
def _pieces(word: str) -> tuple[int, ...]:
    """The longest pieces from the left that make up a word."""
    known = vocabulary()
    if len(word) > LONGEST_WORD:
        return (known[UNKNOWN],)
    found: list[int] = []
    at = 0
    while at < len(word):
        end = len(word)
        while end > at and (("##" if at else "") + word[at:end]) not in known:
            end -= 1
        if end == at:
            return (known[UNKNOWN],)
        found.append(known[("##" if at else "") + word[at:end]])
        at = end
    return tuple(found)
