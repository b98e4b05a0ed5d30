"""polidiff: compare public policy documents from their own words.

::

    import polidiff

    us = polidiff.read("us-ai-action-plan-2025.pdf")
    for provision in polidiff.split(us):
        print(provision.number, provision.text)

    comparison = polidiff.compare("us.pdf", "uk.html")
    for finding in comparison.findings:
        print(finding.finding, finding.name)
    polidiff.write_report(comparison, "report")

Every quotation in a result is cut from its document: ``document.text[start:end]``. The records are in
:mod:`polidiff.model`, the errors in :mod:`polidiff.errors`.
"""

from polidiff.api import (
    align,
    check,
    code,
    compare,
    demo,
    diff,
    fetch,
    outline,
    read,
    split,
    verify,
    write_report,
)
from polidiff.version import __version__

__all__ = [
    "__version__",
    "align",
    "check",
    "code",
    "compare",
    "demo",
    "diff",
    "fetch",
    "outline",
    "read",
    "split",
    "verify",
    "write_report",
]
