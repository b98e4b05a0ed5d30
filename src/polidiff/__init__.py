"""polidiff: compare public policy documents from their own words."""

__version__ = "0.1.0"
