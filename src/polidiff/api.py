"""The Python verbs."""
