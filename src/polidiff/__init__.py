"""polidiff: compare public policy documents from their own words."""

from polidiff.version import __version__

__all__ = ["__version__"]
