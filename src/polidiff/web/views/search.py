"""Search."""

from __future__ import annotations

from polidiff.web.routing import View

VIEW = View("search", "/search", ())
