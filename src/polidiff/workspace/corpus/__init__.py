"""A workspace as a corpus: all its documents asked at once. Who else says this, where words come from, what changed."""

from polidiff.workspace.corpus.block import Block, Facts, blocks
from polidiff.workspace.corpus.hold import Corpus, open_corpus
from polidiff.workspace.corpus.index import Filter, Found, Hit, Index

__all__ = ["Block", "Corpus", "Facts", "Filter", "Found", "Hit", "Index", "blocks", "open_corpus"]
