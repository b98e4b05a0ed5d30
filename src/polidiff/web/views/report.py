"""Report."""

from __future__ import annotations

from polidiff.web.routing import View

VIEW = View("report", "/report", ())
