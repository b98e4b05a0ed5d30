"""Findings from matches and codings: what is shared, where documents part, what only one of them says."""

from polidiff.compare.comparison import compare
from polidiff.compare.record import article_record, comparison_record, text_file

__all__ = ["article_record", "compare", "comparison_record", "text_file"]
