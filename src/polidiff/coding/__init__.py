"""Coding: what each provision says it will do, by what means, who leads, how firmly, with or against whom."""

from polidiff.coding.codebook import BUNDLED, check_codebook, load_codebook
from polidiff.coding.coder import code

__all__ = ["BUNDLED", "check_codebook", "code", "load_codebook"]
