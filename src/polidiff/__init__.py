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

Read once and compare often: ``polidiff.coded(source)`` gives a :class:`CodedDocument`, which ``compare`` and ``align``
take in place of a source. Check one claim after the other: :class:`ClaimChecker`. Every record shows itself in a
notebook, and comparisons, codings, matches and verdicts have ``to_frame()`` for pandas (``polidiff[frames]``).

Every quotation in a result is cut from its document: ``document.text[start:end]``. The records are in
:mod:`polidiff.model`, the errors in :mod:`polidiff.errors`. Names are imported when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module

from polidiff import edge
from polidiff.version import __version__

TYPE_CHECKING = False  # typing takes longer to import than all of this
if TYPE_CHECKING:
    from polidiff.alignment import (
        Alignment,
        CodedDocument,
    )
    from polidiff.api import (
        align,
        align_all,
        check,
        check_claims,
        check_quotes,
        code,
        coded,
        compare,
        demo,
        diff,
        fetch,
        load_claims,
        load_quotes,
        outline,
        read,
        record,
        split,
        verify,
        write_check,
        write_diff,
        write_report,
    )
    from polidiff.checking.checker import (
        ClaimChecker,
    )
    from polidiff.coding import (
        load_codebook,
    )
    from polidiff.errors import (
        InputError,
        PolidiffError,
    )
    from polidiff.model import (
        ArticleCheck,
        Claim,
        ClaimVerdict,
        Codebook,
        Coding,
        Comparison,
        Document,
        Finding,
        Match,
        Passage,
        Provision,
        Quote,
        Reason,
        Span,
        Theme,
        Verdict,
    )
    from polidiff.model.shown import (
        Records,
    )
    from polidiff.model.versions import (
        VersionDiff,
    )

__all__ = [
    "Alignment",
    "ArticleCheck",
    "Claim",
    "ClaimChecker",
    "ClaimVerdict",
    "Codebook",
    "CodedDocument",
    "Coding",
    "Comparison",
    "Document",
    "Finding",
    "InputError",
    "Match",
    "Passage",
    "PolidiffError",
    "Provision",
    "Quote",
    "Reason",
    "Records",
    "Span",
    "Theme",
    "Verdict",
    "VersionDiff",
    "__version__",
    "align",
    "align_all",
    "check",
    "check_claims",
    "check_quotes",
    "code",
    "coded",
    "compare",
    "demo",
    "diff",
    "fetch",
    "load_claims",
    "load_codebook",
    "load_quotes",
    "outline",
    "read",
    "record",
    "split",
    "verify",
    "write_check",
    "write_diff",
    "write_report",
]

_HOMES = {
    "polidiff.alignment": "Alignment CodedDocument",
    "polidiff.api": (
        "align align_all check check_claims check_quotes code coded compare demo diff fetch load_claims "
        "load_quotes outline read record split verify write_check write_diff write_report"
    ),
    "polidiff.checking.checker": "ClaimChecker",
    "polidiff.coding": "load_codebook",
    "polidiff.errors": "InputError PolidiffError",
    "polidiff.model": (
        "ArticleCheck Claim ClaimVerdict Codebook Coding Comparison Document Finding Match Passage "
        "Provision Quote Reason Span Theme Verdict"
    ),
    "polidiff.model.shown": "Records",
    "polidiff.model.versions": "VersionDiff",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Import what is asked for: a public name from its room, or a room itself."""
    if name in _HOME:
        found = getattr(import_module(_HOME[name]), name)
        globals()[name] = found
        return found
    missing = AttributeError(f"module 'polidiff' has no attribute {name!r}")
    if name.startswith("_"):
        raise missing
    try:
        return import_module(f"polidiff.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"polidiff.{name}":
            raise
        raise missing from None


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _in_english(reason: Reason) -> str:
    from polidiff.wording import reason_text

    return reason_text(reason, "en")


edge.words_of_reason = _in_english
