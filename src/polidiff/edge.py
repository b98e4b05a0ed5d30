"""What records, which hold no words, ask the edge of the house for. The package sets it when it is imported."""

from __future__ import annotations

TYPE_CHECKING = False  # typing takes longer to import than all of this
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

words_of_reason: Callable[[Any], str] = repr
"""The English words of a reason."""
