"""Find terms that may have been lifted from one document: python -m evals.lifted [--all]

Prints every term of three English words or six Chinese characters or more, and every term with a gap, that stands in
exactly one of the documents of the corpora and samples, and there at most twice. With each stands the number of other
texts (the laws of ``gold/coding/themes/text``) that hold it as well: a term that others use is the field's, one that
nobody else uses is to be judged by a person. A digest and its original in the other language count as two documents.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.common import SHARED
from polidiff.coding.codebook import BUNDLED, load_codebook
from polidiff.coding.lexicon import Lexicon
from polidiff.lang.data import load_list
from polidiff.lang.words import has_cjk, words_of
from polidiff.readers import read

LISTS = ("forum", "instruments", "posture", "words")
#: Length from which a term is a phrase: words of English, characters of Chinese.
PHRASE_WORDS, PHRASE_CHARACTERS = 3, 6
MOST = 2


def terms() -> dict[str, list[str]]:
    """Every term that ships, with the places in which it is written."""
    found: dict[str, list[str]] = {}
    for name in BUNDLED:
        for theme in load_codebook(name).themes:
            for term in (*theme.en_terms, *theme.zh_terms):
                found.setdefault(term, []).append(f"{name}/{theme.id}")
            for position in theme.positions:
                for term in position.terms:
                    found.setdefault(term, []).append(f"{name}/{theme.id}:{position.id}")
    for name in LISTS:
        for place, values in _leaves(load_list(name), name):
            for term in values:
                found.setdefault(term, []).append(place)
    return found


def _leaves(table: dict[str, Any], place: str) -> Iterator[tuple[str, list[str]]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{place}/{key}")
        elif isinstance(value, list):
            yield f"{place}/{key}", value


def phrase(term: str) -> bool:
    """Whether a term is long enough, or loose enough, to be a document's own wording."""
    if "..." in term or "…" in term:
        return True
    if has_cjk(term):
        return len(term) >= PHRASE_CHARACTERS
    return len(term.replace("-", " ").split()) >= PHRASE_WORDS


def texts(shared: Path) -> dict[str, str]:
    """The documents that this project was made in front of."""
    paths = [
        path
        for folder in ("corpora", "samples")
        for path in sorted((shared / folder).iterdir())
        if path.suffix in {".pdf", ".html", ".md"} and path.stem != "README"
    ]
    return {path.name: read(path).text for path in paths}


def main() -> int:
    """Print the terms to be judged; leave with status 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="also terms that other texts hold")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"nothing was looked up: the real documents are not here ({SHARED})")
        return 0
    places = terms()
    lexicon = Lexicon([term for term in places if phrase(term)])
    counts: dict[str, dict[str, int]] = {}
    for name, text in texts(SHARED).items():
        for hit in lexicon.find(words_of(text), nested=True):
            held = counts.setdefault(lexicon.terms[hit.term], {})
            held[name] = held.get(name, 0) + 1
    others: dict[str, int] = {}
    for path in sorted((SHARED / "gold" / "coding" / "themes" / "text").iterdir()):
        text = path.read_text(encoding="utf-8")
        for index in {hit.term for hit in lexicon.find(words_of(text), nested=True)}:
            others[lexicon.terms[index]] = others.get(lexicon.terms[index], 0) + 1
    suspects = [t for t, held in counts.items() if len(held) == 1 and sum(held.values()) <= MOST]
    if not options.all:
        suspects = [term for term in suspects if not others.get(term)]
    for term in sorted(suspects, key=lambda t: (has_cjk(t), next(iter(counts[t])), t)):
        ((name, number),) = counts[term].items()
        print(f"{term}\t{name} ×{number}\tothers {others.get(term, 0)}\t{', '.join(places[term])}")
    print(f"{len(suspects)} of {len(lexicon.terms)} phrases, {len(places)} terms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
