"""A workspace as a corpus: all its documents asked at once. Who else says this, where words come from, what changed."""

from polidiff.workspace.corpus.block import Block, Facts
from polidiff.workspace.corpus.hold import Corpus, open_corpus, open_index
from polidiff.workspace.corpus.index import Filter, Found, Hit, Index
from polidiff.workspace.corpus.prepare import prepare

__all__ = ["Block", "Corpus", "Facts", "Filter", "Found", "Hit", "Index", "open_corpus", "open_index", "prepare"]
