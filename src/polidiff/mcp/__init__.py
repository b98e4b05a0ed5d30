"""The Model Context Protocol door: an assistant reads, searches, compares, checks what it writes, and judges.

:func:`polidiff.mcp.server.make_server` wants the extra ``polidiff[mcp]``; the tools themselves (:class:`Tools`) don't.
"""

from polidiff.mcp.shelf import Shelf
from polidiff.mcp.tools import Tools

__all__ = ["Shelf", "Tools"]
