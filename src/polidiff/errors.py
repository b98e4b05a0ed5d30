"""Everything that polidiff raises on purpose.

::

    PolidiffError                  one root: catch this
    ├── InputError                 the input or the options are at fault (exit status 2)
    │   ├── SourceNotFound         no such file, name or address
    │   ├── UnreadableSource       the bytes are not a document that can be read
    │   │   ├── EncryptedSource    a password is needed
    │   │   ├── ScannedSource      pictures of pages, no text layer
    │   │   └── SourceTooLarge     over a size, page, nesting or time bound
    │   ├── FetchError             the network, the address or the checksum
    │   ├── CodebookError          a codebook file breaks its own rules
    │   └── OutputError            the result could not be written (disk full, no permission)
    └── BrokenLaw                  a span does not cut the words it claims to cut: a fault in polidiff itself

A message is one line that names the file, the place and the remedy. It is shown to people as it is.
"""

from __future__ import annotations

__all__ = [
    "BrokenLaw",
    "CodebookError",
    "EncryptedSource",
    "FetchError",
    "InputError",
    "OutputError",
    "PolidiffError",
    "ScannedSource",
    "SourceNotFound",
    "SourceTooLarge",
    "UnreadableSource",
]


class PolidiffError(Exception):
    """The root of every error that polidiff raises on purpose."""

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        """Build the one line that a person reads.

        ``where`` is the file, address or option at fault; ``what`` says what is wrong with it and at
        which place; ``remedy`` says what the reader can do now.
        """
        self.where = _one_line(where)
        self.what = _one_line(what)
        self.remedy = _one_line(remedy)
        line = f"{self.where}: {self.what}"
        if self.remedy:
            line = f"{line}; {self.remedy}"
        super().__init__(line)


class InputError(PolidiffError):
    """The input or the options are at fault."""


class SourceNotFound(InputError):
    """No file, catalogued name or address answers to this source."""


class UnreadableSource(InputError):
    """The bytes are not a document that polidiff can read."""


class EncryptedSource(UnreadableSource):
    """The document asks for a password."""


class ScannedSource(UnreadableSource):
    """The document is pictures of pages without a text layer."""


class SourceTooLarge(UnreadableSource):
    """The document is over a bound of size, pages, nesting or time."""


class FetchError(InputError):
    """An official document could not be fetched, or is not the one expected."""


class CodebookError(InputError):
    """A codebook breaks the rules of its own form."""


class OutputError(InputError):
    """A result could not be written."""


class BrokenLaw(PolidiffError):
    """A span does not cut the words that it claims to cut: a fault in polidiff, not in the input."""


def _one_line(text: str) -> str:
    """``text`` with line breaks and control characters turned into spaces, so that a message is one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
