"""Proof of an output against its documents; shares nothing with the pipeline but the shapes of the records."""

from polidiff.verification.proof import verify
from polidiff.verification.report import Problem, VerifyReport

__all__ = ["Problem", "VerifyReport", "verify"]
