"""Findings from matches and codings: what is shared, where documents part, what only one of them says."""

from polidiff.compare.comparison import compare
from polidiff.compare.record import comparison_record, text_file

__all__ = ["compare", "comparison_record", "text_file"]
