"""The workbench: a local web server over a workspace, where people read, search and decide.

``make_app`` returns the ASGI application, ``serve`` runs it. A view is one module of ``views`` with its phrases and
templates; ``docs/workbench.md`` says how one is added.
"""

from __future__ import annotations

from polidiff.web.app import make_app
from polidiff.web.settings import Settings

__all__ = ["Settings", "make_app"]
