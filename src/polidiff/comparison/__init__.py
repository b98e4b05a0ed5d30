"""Findings from matches and codings: what is shared, where documents part, what only one of them says."""

from polidiff.comparison.comparison import compare
from polidiff.comparison.record import comparison_record, text_file

__all__ = ["compare", "comparison_record", "text_file"]
