"""Errors as JSON, for the pipe between a reader's process and ours; documents go as records do.

JSON, and no pickle: a reader that a damaged file has taken over can say nothing worse than wrong words.
"""

from __future__ import annotations

import json

from polidiff import errors
from polidiff.errors import InputError, UnreadableSource


def pack_error(error: InputError) -> str:
    """Return an error of the user's as JSON."""
    return json.dumps([type(error).__name__, error.where, error.what, error.remedy])


def unpack_error(words: str | bytes) -> InputError:
    """Return the error that :func:`pack_error` wrote."""
    kind, where, what, remedy = json.loads(words)
    found = getattr(errors, kind, None)
    if not (isinstance(found, type) and issubclass(found, InputError)):
        found = UnreadableSource
    return found(where, what, remedy)
