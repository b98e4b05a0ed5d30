"""Proof of an output against its documents; shares nothing with the pipeline but the shapes of the records."""

from polidiff.verification.differences import same_parts
from polidiff.verification.proof import verify
from polidiff.verification.report import Problem, VerifyReport
from polidiff.verification.whole import Remade

__all__ = ["Problem", "Remade", "VerifyReport", "same_parts", "verify"]
