"""Findings from matches and codings: what is shared, where documents part, what only one of them says."""

from polidiff.comparison.comparison import compare

__all__ = ["compare"]
