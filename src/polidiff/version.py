"""The version, in one place that every room may read."""

__version__ = "0.2.0"
