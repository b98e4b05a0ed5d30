"""The finding in plain words, computed from the comparison."""

from __future__ import annotations

from collections import Counter

from polidiff.model import Comparison
from polidiff.report.counts import counted_themes
from polidiff.report.names import finding_name
from polidiff.report.passages import ReportContext
from polidiff.wording import Locale, listed, percent, quoted, say, term

NAMED = 4
"""Groups of documents up to which the opening names each; past those it counts them."""


def lede(bench: ReportContext) -> tuple[str, ...]:
    """The sentences that open the page: how much is shared, over what the documents part, where emphasis differs."""
    findings = bench.comparison.broad
    tongue = bench.tongue
    if not findings:
        return (none_found(bench.comparison, tongue),)
    held = counted_themes(bench.comparison)
    solos = [
        say("lede.alone", tongue, k=held.alone[party.id], who=party.named)
        for party in bench.parties
        if party.id in held.alone
    ]
    many = "" if len(bench.parties) == 2 else ".many"
    sentences = [
        say(
            f"lede.counts{many}",
            tongue,
            m=len(bench.parties),
            n=held.total,
            shared=held.shared,
            passing=say("lede.passing", tongue, n=held.passing) if held.passing else "",
            divergent=held.divergent,
            only=held.only,
            solos=say(f"lede.solos{many}", tongue, who=listed(solos, tongue)) if solos else "",
        )
    ]
    if many and (spread := _spread(bench)):
        sentences.append(spread)
    narrower = len(bench.comparison.findings) - len(findings)
    if narrower:
        sentences.append(say("lede.narrower", tongue, n=narrower))
    over = Counter(
        difference.kind
        for finding in findings
        if finding.finding != "only"
        for difference in {d.kind: d for d in finding.differs}.values()
    )
    if over:
        ranked = sorted(over.items(), key=lambda item: (-item[1], item[0]))[:2]
        named = [say("lede.over.item", tongue, what=term("differs", kind, tongue), n=count) for kind, count in ranked]
        sentences.append(say(f"lede.over{many}", tongue, what=listed(named, tongue)))
    gap = _widest(bench)
    if gap:
        sentences.append(gap)
    return tuple(sentences)


def none_found(comparison: Comparison, tongue: Locale) -> str:
    """Return the sentence for a comparison without a decided theme: nothing was found, or nothing is decided."""
    left = counted_themes(comparison).undecided
    return say("lede.open", tongue, n=left) if left else say("lede.none", tongue)


def _spread(bench: ReportContext) -> str:
    """Of more than two documents: which of them take up the themes that not all do, or how many where that is long."""
    tongue, everyone = bench.tongue, len(bench.parties)
    some = [f.documents for f in bench.comparison.broad if f.finding == "only" and len(f.documents) > 1]
    groups = Counter(tuple(party for party in bench.parties if party.id in documents) for documents in some)
    if not groups:
        return ""
    if len(groups) <= NAMED:
        said = [
            say("lede.spread.item", tongue, n=n, who=listed([party.named for party in group], tongue))
            for group, n in sorted(groups.items(), key=lambda item: (-item[1], [party.index for party in item[0]]))
        ]
    else:
        counts = sorted(Counter(len(documents) for documents in some).items(), reverse=True)
        said = [say("lede.spread.count", tongue, n=n, k=size, m=everyone) for size, n in counts]
    return say("lede.spread", tongue, what=("；" if tongue == "zh" else "; ").join(said))


def made_from(bench: ReportContext) -> str:
    """One line for what leaves the page: the tool's version, the encoder, the codebook, the documents' hashes."""
    tongue = bench.tongue
    made = [
        f"{term('method', 'version' if name == 'polidiff' else name, tongue)} {value}"
        for name, value in bench.comparison.method
    ]
    for document, party in zip(bench.comparison.documents, bench.parties, strict=True):
        made.append(f"{party.title} ({term('kind', document.kind, tongue)}), SHA-256 {document.sha256[:16]}…")
    return " · ".join(made)


def shares(bench: ReportContext) -> list[tuple[str, str, list[float]]]:
    """(theme, its name, share of each document's provisions that are on it) for each broad theme, in order."""
    findings = bench.comparison.broad
    counts = [[sum(p.document == party.id for p in f.passages) for party in bench.parties] for f in findings]
    totals = [max(1, len(bench.comparison.provisions[party.index])) for party in bench.parties]
    return [
        (
            finding.theme,
            finding_name(finding, bench.tongue),
            [n / total for n, total in zip(row, totals, strict=True)],
        )
        for finding, row in zip(findings, counts, strict=True)
    ]


def _widest(bench: ReportContext) -> str:
    """The theme on which two documents put the most different weight, as a sentence."""
    rows = shares(bench)
    if len(bench.parties) != 2 or not rows:
        return ""
    _, name, (a, b) = max(rows, key=lambda row: (round(abs(row[2][0] - row[2][1]), 6), row[0]))
    if a == b:
        return ""
    high, low = (bench.parties[0], bench.parties[1]) if a > b else (bench.parties[1], bench.parties[0])
    return say(
        "lede.gap",
        bench.tongue,
        theme=quoted(name),
        high=high.named,
        low=low.named,
        x=percent(max(a, b)),
        y=percent(min(a, b)),
    )
