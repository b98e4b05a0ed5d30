"""The records that flow through polidiff. All frozen, none does I/O.

A document comes in, every step adds one kind of record: :class:`Document` → :class:`Provision` →
:class:`Coding` → :class:`Match` → :class:`Finding`; an article adds :class:`Quote` → :class:`Verdict`.
"""

from polidiff.model.claims import Claim, ClaimLabel, ClaimVerdict, Evidence, LeftWhy, UntestedSentence
from polidiff.model.clusters import Cluster, Member, Missing
from polidiff.model.codings import (
    Actor,
    Code,
    Codebook,
    Coding,
    Forum,
    LawStrength,
    PlanStrength,
    Position,
    Posture,
    Scale,
    Theme,
)
from polidiff.model.comparisons import (
    TREATED,
    Absence,
    By,
    Comparison,
    Difference,
    DifferenceKind,
    Finding,
    FindingKind,
    Match,
    Passage,
    PassagePair,
    Rationale,
    Relation,
    Unique,
)
from polidiff.model.documents import Block, BlockKind, Document, DocumentKind, Doubt, Language, Note, Notice, Page
from polidiff.model.provisions import Heading, Provision, ProvisionKind
from polidiff.model.reasons import Reason, Scalar, Value
from polidiff.model.spans import Box, Piece, Span
from polidiff.model.verdicts import ArticleCheck, Edit, EditKind, Quote, QuoteVerdict, Verdict

__all__ = [
    "TREATED",
    "Absence",
    "Actor",
    "ArticleCheck",
    "Block",
    "BlockKind",
    "Box",
    "By",
    "Claim",
    "ClaimLabel",
    "ClaimVerdict",
    "Cluster",
    "Code",
    "Codebook",
    "Coding",
    "Comparison",
    "Difference",
    "DifferenceKind",
    "Document",
    "DocumentKind",
    "Doubt",
    "Edit",
    "EditKind",
    "Evidence",
    "Finding",
    "FindingKind",
    "Forum",
    "Heading",
    "Language",
    "LawStrength",
    "LeftWhy",
    "Match",
    "Member",
    "Missing",
    "Note",
    "Notice",
    "Page",
    "Passage",
    "PassagePair",
    "Piece",
    "PlanStrength",
    "Position",
    "Posture",
    "Provision",
    "ProvisionKind",
    "Quote",
    "QuoteVerdict",
    "Rationale",
    "Reason",
    "Relation",
    "Scalar",
    "Scale",
    "Span",
    "Theme",
    "Unique",
    "UntestedSentence",
    "Value",
    "Verdict",
]
