"""Who commits to a matter, on labelled pairs: ``python -m evals.who WORKSPACE [--check]``.

``labels/who.jsonl`` says of pairs of a matter and a document whether it commits, by two readers who had the whole
document (``labels/README.md``). Each matter is asked in English and in Chinese of a WORKSPACE that holds the documents;
labels of documents that it doesn't hold are left out. Pairs on which the readers part (one says that it commits) are
left out of what is right and wrong, and counted. Nothing is fitted on the set ``fourth``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evals.common import ROOT, load_floor
from polidiff.workspace import Workspace
from polidiff.workspace.corpus import Corpus, open_corpus
from polidiff.workspace.corpus.index import Filter
from polidiff.workspace.corpus.who import Stand, seen, stands

LABELS = ROOT / "labels" / "who.jsonl"
ASIDE = "fourth"
"""The set that nothing is fitted on."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A labelled pair, asked in one language, with what was found: by ``seen`` or by ``stands``."""

    row: Row
    language: str
    found: Any

    @property
    def agreed(self) -> bool:
        """Whether no reader says that it commits, or each does."""
        return (self.row["a"] == "commits") == (self.row.get("b", self.row["a"]) == "commits")

    @property
    def commits(self) -> bool:
        """Whether the readers say that it commits."""
        return bool(self.row["a"] == "commits")

    @property
    def speaks(self) -> bool:
        """Whether a reader says that it speaks of the matter at all."""
        return {self.row["a"], self.row.get("b", self.row["a"])} != {"nothing"}


def asked(corpus: Corpus, ask: Callable[..., Iterator[tuple[str, Any]]], names: Sequence[str]) -> list[Asked]:
    """Ask for each labelled pair of some sets, in both languages; ``ask`` gives what was found of each document."""
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["set"] in names]
    held = {entry.document for entry in corpus.index.entries}
    made = []
    for matter, chinese in dict.fromkeys((row["matter"], row["zh"]) for row in rows):
        here = [row for row in rows if row["matter"] == matter and row["document"] in held]
        for language, words in (("en", matter), ("zh", chinese)):
            found = dict(ask(corpus, words, Filter(documents=tuple(row["document"] for row in here))))
            made += [Asked(row, language, found[row["document"]]) for row in here]
    return made


def known(corpus: Corpus, words: str, narrowed: Filter) -> Iterator[tuple[str, Any]]:
    """Yield what is known of each document, by which the chance is reckoned."""
    for number, one in seen(corpus.index, corpus.encode, words, narrowed):
        yield corpus.index.entries[number].document, one


def said(corpus: Corpus, words: str, narrowed: Filter) -> Iterator[tuple[str, Stand]]:
    """Yield what is said of each document."""
    for one in stands(corpus.index, corpus.encode, words, narrowed):
        yield one.document, one


def scored(pairs: Sequence[Asked]) -> dict[str, float]:
    """Return counts and shares of what is said of pairs that the readers agree on."""
    held = [one for one in pairs if one.agreed]
    yes = [one for one in held if one.found.commits is True]
    no = [one for one in held if one.found.commits is False]
    right, wanted = sum(one.commits for one in yes), sum(one.commits for one in held)
    missed, spoken = sum(one.commits for one in no), sum(one.speaks for one in no)
    return {
        "pairs": len(held),
        "apart": len(pairs) - len(held),
        "commit": wanted,
        "said": len(yes),
        "right": right,
        "precision": round(right / max(1, len(yes)), 3),
        "recall": round(right / max(1, wanted), 3),
        "nothing": len(no),
        "missed": missed,
        "spoken": spoken,
        "nothing_right": round(1 - missed / max(1, len(no)), 3),
        "told_nothing": round(len(no) / max(1, len(held) - wanted), 3),
        "open": round(1 - (len(yes) + len(no)) / max(1, len(held)), 3),
    }


def measure(corpus: Corpus) -> dict[str, float]:
    """Print what is said of each set, by language, and return the values of the set that nothing is fitted on."""
    values: dict[str, float] = {}
    for name in ("first", "second", "third", ASIDE):
        pairs = asked(corpus, said, (name,))
        for language in ("en", "zh", "both"):
            here = scored([one for one in pairs if language in ("both", one.language)])
            print(name, language, " ".join(f"{key} {value:g}" for key, value in here.items()))
            if name == ASIDE and language == "both":
                values = {f"who.{key}": value for key, value in here.items()}
    return values


def main() -> int:
    """Measure, hold the floors where asked to, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", help="holds the documents of the labels")
    parser.add_argument("--check", action="store_true", help="compare with the floors")
    options = parser.parse_args()
    with Workspace.open(options.workspace) as work:
        values = measure(open_corpus(work))
    low = [key for key, least in load_floor("who").values.items() if values.get(key, 0.0) < least - 1e-9]
    for key in low if options.check else ():
        print(f"who: {key} is {values.get(key)}, below its floor")
    return 1 if options.check and low else 0


if __name__ == "__main__":
    sys.exit(main())
