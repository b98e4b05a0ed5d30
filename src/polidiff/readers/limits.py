"""Bounds on what the read room takes in, so that no input can hang it or fill the memory."""

from __future__ import annotations

from polidiff.settings import settings

MAX_SOURCE_BYTES = 200 * 1024 * 1024
"""Largest file that is read, in bytes."""

MAX_DOWNLOAD_BYTES = 100 * 1024 * 1024
"""Largest body that is fetched, in bytes."""

MAX_TEXT_BYTES = 64 * 1024 * 1024
"""Largest HTML, XML, Markdown, text or table file, in bytes. The longest statutes in print are below 10 MB."""

MAX_ARCHIVE_BYTES = 512 * 1024 * 1024
"""Largest sum of the unpacked members of a DOCX or XLSX file, in bytes."""

MAX_MEMBER_BYTES = 128 * 1024 * 1024
"""Largest unpacked XML member of a DOCX or XLSX file, in bytes."""

MAX_ARCHIVE_MEMBERS = 10_000
"""Most members of a DOCX or XLSX file."""

MAX_RATIO = 200
"""Largest ratio of unpacked to packed size of a member above :data:`RATIO_FLOOR`. Real Word files stay below 60."""

RATIO_FLOOR = 8 * 1024 * 1024
"""Members below this unpacked size, in bytes, are not held to :data:`MAX_RATIO`."""

MAX_DEPTH = 240
"""Deepest nesting of elements that is walked. libxml2 itself stops at 256."""

MAX_ROWS = 200_000
"""Most rows of a framework table."""

MAX_PAGES = 20_000
"""Pages that one PDF may have."""

MAX_WORKER_BYTES = 3 * 1024 * 1024 * 1024
"""Address space of a process that reads a document, in bytes (Linux and macOS)."""

PAGE_SECONDS = 0.25
"""Seconds that each page of a PDF adds to the time that reading may take. A page takes 0.02 s on a slow laptop."""

OCR_SECONDS = 60
"""Seconds that each page of a PDF adds where text recognition is asked for. A dense page takes 5 to 10."""


def read_seconds(size: int) -> float:
    """Return how long reading a file of ``size`` bytes may take, in seconds: a minute, and ten seconds a megabyte.

    ``POLIDIFF_READ_SECONDS`` sets it instead.
    """
    return settings().read_seconds or min(60 + 10 * size / (1024 * 1024), 900)
