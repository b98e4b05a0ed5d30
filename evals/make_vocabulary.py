"""Make ``polidiff/lang/data/wordnet.txt`` from WordNet 3.0: how common a word is, its synonyms and its opposites.

python -m evals.make_vocabulary FOLDER      the folder with WordNet's data.noun, index.noun, cntlist.rev, …

WordNet 3.0: Princeton University 2006, see NOTICE. A line of the list holds a word, a step of how common it is (the
logarithm to base 2 of its count in the texts that WordNet's makers tagged), its synonyms in the senses that make up at
least a fifth of its uses, and its opposites, parted by tabs. Words of one meaning alone in WordNet, compounds and names
are left out.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from evals.common import ROOT

PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
LEAST_SHARE = 0.2
NUMBER_OF_PART = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}


def _plain(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) > 2


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="latin-1").splitlines() if not line.startswith("  ")]


Place = tuple[str, str]


@dataclass
class WordNet:
    """What its files hold: words of each set, pointers between sets, sets of each lemma, uses of each sense."""

    words: dict[Place, list[str]] = field(default_factory=dict)
    pointers: list[tuple[Place, str, Place, int, int]] = field(default_factory=list)
    senses: dict[Place, list[str]] = field(default_factory=dict)
    counts: dict[tuple[str, str, int], int] = field(default_factory=lambda: defaultdict(int))


def read(folder: Path) -> WordNet:
    """Read the files of a WordNet."""
    found = WordNet()
    for part, name in PARTS.items():
        for line in _lines(folder / f"data.{name}"):
            fields = line.split("|")[0].split()
            here, size = (part, fields[0]), int(fields[3], 16)
            found.words[here] = [re.sub(r"\(\w+\)$", "", fields[4 + 2 * i]).lower() for i in range(size)]
            at = 4 + 2 * size
            for i in range(int(fields[at])):
                kind, there, other, places = fields[at + 1 + 4 * i : at + 5 + 4 * i]
                target = ("a" if other == "s" else other, there)
                found.pointers.append((here, kind, target, int(places[:2], 16), int(places[2:], 16)))
        for line in _lines(folder / f"index.{name}"):
            fields = line.split()
            found.senses[fields[0], part] = fields[4 + int(fields[3]) + 2 :]
    for line in (folder / "cntlist.rev").read_text(encoding="latin-1").splitlines():
        key, number, count = line.split()
        lemma, rest = key.split("%")
        found.counts[lemma, NUMBER_OF_PART[rest[0]], int(number)] += int(count)
    return found


def related(net: WordNet) -> tuple[dict[str, set[str]], dict[tuple[Place, str], set[str]]]:
    """Return each word's opposites, and the words derived from each word of a set."""
    opposites: dict[str, set[str]] = defaultdict(set)
    derived: dict[tuple[Place, str], set[str]] = defaultdict(set)
    for here, kind, target, i, j in net.pointers:
        if kind in ("!", "+") and i and j:
            a, b = net.words[here][i - 1], net.words[target][j - 1]
            if _plain(a) and _plain(b) and a != b:
                (opposites[a] if kind == "!" else derived[here, a]).add(b)
    return opposites, derived


def make(folder: Path) -> list[str]:
    """Return the lines of the list, sorted by word."""
    net = read(folder)
    opposites, derived = related(net)
    whole: dict[str, int] = defaultdict(int)
    for (lemma, _, _), count in net.counts.items():
        whole[lemma] += count
    synonyms: dict[str, set[str]] = defaultdict(set)
    for (lemma, part), places in net.senses.items():
        if not _plain(lemma) or not whole[lemma]:
            continue
        for n, place in enumerate(places, start=1):
            if net.counts[lemma, part, n] >= LEAST_SHARE * whole[lemma]:
                synonyms[lemma] |= {word for word in net.words[part, place] if _plain(word) and word != lemma}
                synonyms[lemma] |= derived[(part, place), lemma]
    rows = []
    for word in sorted({word for word in (*synonyms, *opposites, *whole) if _plain(word)}):
        same = sorted(w for w in synonyms[word] if w not in opposites[word])
        if same or opposites[word] or whole[word] > 3:
            rows.append(
                "\t".join((word, str(whole[word].bit_length()), " ".join(same), " ".join(sorted(opposites[word]))))
            )
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    target = ROOT / "src/polidiff/lang/data/wordnet.txt"
    target.write_text("\n".join(make(parser.parse_args().folder)) + "\n", encoding="utf-8")
