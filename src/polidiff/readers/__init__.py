"""The read room: bytes → Document, with canonical text, blocks, pages and notes.

One module per format; :mod:`polidiff.readers.detect` picks by content, not by file name; :mod:`polidiff.readers.fetch`
is the only code that opens a socket. Every reader but the plain-text one writes drafts (:mod:`polidiff.readers.draft`).

In an ``item`` that holds several paragraphs, the first block carries the marker and the others have none. A ``row``
holds its cells in one line, a tab between two.
"""

from polidiff.readers.registry import read, read_bytes
from polidiff.readers.sources import id_of, readable_files

__all__ = ["id_of", "read", "read_bytes", "readable_files"]
