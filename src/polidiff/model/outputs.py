"""What polidiff writes: files and lines, each with the name and version of the schema that it follows.

``docs/schema/`` holds the schemas; ``python -m evals.schemas`` writes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_args

from polidiff.model.against import Against, Answered, Lacking, Searched
from polidiff.model.briefs import Brief
from polidiff.model.claims import ClaimVerdict
from polidiff.model.clusters import Cluster
from polidiff.model.codec import Codec, Form, JsonObject
from polidiff.model.codings import Codebook, Coding
from polidiff.model.comparisons import Comparison, Finding, Match, Reliability, Stance, Unique
from polidiff.model.documents import Document
from polidiff.model.forms import ALIGNED, FORMS, READ, Around
from polidiff.model.provisions import Heading, Provision
from polidiff.model.verdicts import ArticleCheck, Verdict
from polidiff.model.versions import Change, ChangeKind, VersionDiff

VERSION = 2
"""Version of the outputs: raised when a key changes its meaning, not when one is added. 1 named none."""

Method = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ComparisonFile:
    """A comparison, and the article that was checked with it: ``comparison.json``."""

    polidiff: str | None
    documents: tuple[Document, ...]
    codebook: Codebook
    findings: tuple[Finding, ...]
    crosswalk: tuple[Match, ...]
    unique: tuple[Unique, ...]
    clusters: tuple[Cluster, ...]
    positions: tuple[Stance, ...]
    provisions: tuple[Provision, ...]
    codings: tuple[Coding, ...]
    method: Method
    article: ArticleCheck | None = None
    briefs: tuple[Brief, ...] = ()


@dataclass(frozen=True)
class CheckFile:
    """An article's check: ``check.json``. ``published`` says where the article and its review stand."""

    polidiff: str | None
    documents: tuple[Document, ...]
    article: ArticleCheck
    method: Method
    published: Method = ()


@dataclass(frozen=True)
class DiffFile:
    """Two versions of a document and what became of each provision: ``diff.json``."""

    polidiff: str | None
    documents: tuple[Document, ...]
    old: str
    new: str
    counts: dict[str, int]
    changes: tuple[Change, ...]
    method: Method


@dataclass(frozen=True)
class AgainstFile:
    """One document against all that are held: ``against.json``. ``document`` is its id."""

    polidiff: str | None
    documents: tuple[Document, ...]
    document: str
    rows: tuple[Answered, ...]
    lacking: tuple[Lacking, ...]
    searched: tuple[Searched, ...]
    codings: tuple[Coding, ...]
    method: Method


@dataclass(frozen=True)
class _Counted:
    counts: dict[str, int]


def _counted(held: AgainstFile, around: Around) -> _Counted:
    return _Counted({**Counter(row.kind for row in held.rows), "lacking": len(held.lacking)})


@dataclass(frozen=True)
class Answers:
    """The provisions of ``document`` that answer a provision, best first: a line of ``polidiff align``."""

    source: str
    document: str
    targets: tuple[Match, ...]
    unique: Unique
    reliability: Reliability | None = None


_METHOD = Form(pairs=frozenset({"method"}))
PUBLIC = Codec(
    FORMS
    | {
        ComparisonFile: replace(_METHOD, spare=frozenset({"article", "briefs"})),
        CheckFile: Form(pairs=frozenset({"method", "published"}), spare=frozenset({"published"})),
        DiffFile: _METHOD,
        AgainstFile: replace(_METHOD, also=_counted),
        Answers: Form(inner=ALIGNED),
    }
)
"""Records in their public forms."""

OUTPUTS: dict[str, type] = {
    "document": Document,
    "provision": Provision,
    "coding": Coding,
    "match": Answers,
    "cluster": Cluster,
    "quote": Verdict,
    "claim": ClaimVerdict,
    "change": Change,
    "comparison": ComparisonFile,
    "check": CheckFile,
    "diff": DiffFile,
    "against": AgainstFile,
}
"""Name → what it is made of, of every output that has a schema."""


def schema_key(name: str) -> str:
    """Return the value of the key ``schema``: ``polidiff/comparison/2``."""
    return f"polidiff/{name}/{VERSION}"


@cache
def _codec(name: str) -> Codec:
    return Codec(FORMS | READ) if name == "document" else PUBLIC


def schema(name: str) -> JsonObject:
    """Return the JSON Schema of an output."""
    made = _codec(name).schema(OUTPUTS[name])
    made["properties"] = {"schema": {"const": schema_key(name)}, **made["properties"]}
    made["required"] = ["schema", *made["required"]]
    return {"$id": schema_key(name), **made}


def written(name: str, record: Any, around: Around | None = None) -> JsonObject:
    """Return a record as the output ``name``."""
    return {"schema": schema_key(name), **_codec(name).plain(record, around or Around())}


def document_line(document: Document, headings: Iterable[Heading]) -> JsonObject:
    """Return the object of ``polidiff read``."""
    return written("document", document, Around(own=document, headings=tuple(headings)))


def coding_lines(codings: Iterable[Coding], provisions: Iterable[Provision]) -> Iterator[JsonObject]:
    """Yield the lines of ``polidiff code``, each coding with its provision's words."""
    around = Around(provisions=_by_place(provisions))
    return (written("coding", coding, around) for coding in codings)


def verdict_lines(verdicts: Sequence[Verdict | ClaimVerdict], texts: Mapping[str, str]) -> Iterator[JsonObject]:
    """Yield the lines of ``polidiff check``. ``texts`` maps document ids to canonical texts."""
    around = Around(texts=texts)
    return (written("claim" if isinstance(one, ClaimVerdict) else "quote", one, around) for one in verdicts)


def change_line(change: Change, old: Document, new: Document) -> JsonObject:
    """Return a line of ``polidiff diff``."""
    return written("change", change, Around(old=old, new=new))


def diff_file(found: VersionDiff) -> JsonObject:
    """Return the whole of ``diff.json``."""
    counts = Counter(change.kind for change in found.changes)
    made = DiffFile(
        polidiff=dict(found.method).get("polidiff"),
        documents=(found.old, found.new),
        old=found.old.id,
        new=found.new.id,
        counts={kind: counts[kind] for kind in get_args(ChangeKind)},
        changes=found.changes,
        method=found.method,
    )
    return written("diff", made, Around(old=found.old, new=found.new))


def against_file(found: Against) -> JsonObject:
    """Return the whole of ``against.json``."""
    documents = (found.document, *found.quoted)
    made = AgainstFile(
        dict(found.method).get("polidiff"),
        documents,
        found.document.id,
        found.rows,
        found.lacking,
        found.searched,
        found.codings,
        found.method,
    )
    shown = [one for row in found.rows for one in (row.provision, row.nearest) if one is not None]
    shown += [one for held in found.lacking for one in (held.passage, *held.passages)]
    return written("against", made, Around(texts=_texts(documents), provisions=_by_place(shown)))


def read_against(data: Any, documents: tuple[Document, ...], texts: Mapping[str, str]) -> Against:
    """Return what :func:`against_file` wrote. Raises ValueError where it isn't that."""
    held = PUBLIC.record(AgainstFile, data, Around(texts=texts, held=documents))
    own = next(one for one in documents if one.id == held.document)
    quoted = tuple(one for one in documents if one.id != held.document)
    return Against(own, quoted, held.rows, held.lacking, held.searched, held.codings, held.method)


def check_file(check: ArticleCheck, method: Method, published: Method = ()) -> JsonObject:
    """Return the whole of ``check.json``. ``method`` holds pairs of a name and a value, as in a comparison.

    ``published`` holds what ClaimReview is told (``article_url``, ``review_url``, ``publisher``).
    """
    around = Around(texts=_texts(check.documents), own=check.article)
    made = CheckFile(dict(method).get("polidiff"), check.documents, check, method, published)
    return written("check", made, around)


def comparison_file(
    comparison: Comparison, check: ArticleCheck | None = None, briefs: tuple[Brief, ...] = ()
) -> JsonObject:
    """Return the whole of ``comparison.json``, with the article that was checked with it and what its page tells."""
    provisions = tuple(provision for some in comparison.provisions for provision in some)
    made = ComparisonFile(
        polidiff=dict(comparison.method).get("polidiff"),
        documents=comparison.documents,
        codebook=comparison.codebook,
        findings=(*comparison.findings, *comparison.matters),
        crosswalk=comparison.matches,
        unique=comparison.uniques,
        clusters=comparison.clusters,
        positions=comparison.stances,
        provisions=provisions,
        codings=tuple(coding for some in comparison.codings for coding in some),
        method=comparison.method,
        article=check,
        briefs=briefs,
    )
    around = Around(
        texts=_texts([*comparison.documents, *(check.documents if check is not None else ())]),
        provisions=_by_place(provisions),
        own=None if check is None else check.article,
        within=comparison.within,
    )
    return written("comparison", made, around)


def read_documents(data: Any, texts: Mapping[str, str]) -> tuple[Document, ...]:
    """Return the documents of a file that was written, with their texts by id; a run of a page is one piece."""
    return PUBLIC.record(tuple[Document, ...], data, Around(texts=texts))


def read_comparison(
    data: Any, documents: tuple[Document, ...], texts: Mapping[str, str]
) -> tuple[Comparison, ArticleCheck | None]:
    """Return what :func:`comparison_file` wrote. Raises ValueError where it isn't that."""
    held = PUBLIC.record(ComparisonFile, data, Around(texts=texts, held=documents))
    comparison = Comparison(
        documents=documents,
        provisions=tuple(tuple(p for p in held.provisions if p.document == d.id) for d in documents),
        codings=tuple(tuple(c for c in held.codings if c.document == d.id) for d in documents),
        codebook=held.codebook,
        matches=held.crosswalk,
        uniques=held.unique,
        findings=tuple(one for one in held.findings if one.on_theme),
        matters=tuple(one for one in held.findings if not one.on_theme),
        method=held.method,
        clusters=held.clusters,
        stances=held.positions,
    )
    return comparison, held.article


def read_check(
    data: Any, documents: tuple[Document, ...], texts: Mapping[str, str]
) -> tuple[ArticleCheck, Method, Method]:
    """Return what :func:`check_file` was given. Raises ValueError where it isn't that."""
    held = PUBLIC.record(CheckFile, data, Around(texts=texts, held=documents))
    return held.article, held.method, held.published


def _texts(documents: Iterable[Document]) -> dict[str, str]:
    return {document.id: document.text for document in documents}


def _by_place(provisions: Iterable[Provision]) -> dict[tuple[str, str], Provision]:
    return {(provision.document, provision.id): provision for provision in provisions}
