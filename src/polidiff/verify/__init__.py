"""Proof of an output against its documents; shares nothing with the pipeline but the shapes of the records."""

from polidiff.verify.proof import verify
from polidiff.verify.report import Problem, VerifyReport

__all__ = ["Problem", "VerifyReport", "verify"]
