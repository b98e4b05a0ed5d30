"""Clusters as the page shows them: provisions of several documents that all answer one another, and who is missing."""

from __future__ import annotations

from dataclasses import dataclass

from polidiff.comparison.passages import passage_of
from polidiff.model import Cluster, Missing
from polidiff.report.many import cluster_name, is_many
from polidiff.report.names import Party, lang
from polidiff.report.passages import PassageView, ReportContext
from polidiff.wording import say

MOST = 40
"""Clusters that the page shows; the workbook and the JSON hold all."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A document that is missing from a cluster, what is said of that, and the nearest passage that it has.

    Of many documents that passage is told by its first words alone (``near``).
    """

    party: Party
    words: str
    nearest: PassageView | None
    chance: str = ""
    near: str = ""
    near_language: str = ""


@dataclass(frozen=True, slots=True)
class ClusterView:
    """A cluster ready for the template: its heading, its passages in the documents' order, and the gaps."""

    anchor: str
    title: str
    name: str
    present: tuple[bool, ...]
    passages: tuple[PassageView, ...]
    gaps: tuple[Gap, ...]


def clusters(bench: ReportContext) -> tuple[ClusterView, ...]:
    """The first clusters of a comparison; none where it is of two documents."""
    return tuple(_view(bench, cluster) for cluster in bench.comparison.clusters[:MOST])


def _view(bench: ReportContext, cluster: Cluster) -> ClusterView:
    held = {member.document for member in cluster.members}
    return ClusterView(
        anchor=f"cluster-{cluster.id}",
        title=say(
            "cluster.title.many" if is_many(bench) else "cluster.title",
            bench.tongue,
            n=len(held),
            score=f"{cluster.score:.2f}",
        ),
        name=cluster_name(cluster, bench.tongue) if cluster.name else "",
        present=tuple(party.id in held for party in bench.parties),
        passages=tuple(
            bench.view(passage_of(bench.provisions[member.document, member.provision], member.score))
            for member in cluster.members
        ),
        gaps=tuple(_gap(bench, missing) for missing in cluster.missing),
    )


def _gap(bench: ReportContext, missing: Missing) -> Gap:
    key = "cluster.chained" if missing.chained else "cluster.missing"
    words = say(key, bench.tongue, who=bench.party[missing.document].named, p=f"{missing.probability:.0%}")
    near = None
    if is_many(bench):
        provision = bench.provisions.get((missing.document, missing.nearest or ""))
        words = " ".join(provision.text.split())[:90] if provision else ""
        language = lang(provision.language) if provision else ""
        return Gap(bench.party[missing.document], "", None, f"{missing.probability:.0%}", words, language)
    if missing.nearest is not None:
        near = bench.view(passage_of(bench.provisions[missing.document, missing.nearest], missing.nearest_score))
    return Gap(bench.party[missing.document], words, near)
