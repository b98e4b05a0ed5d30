"""Clusters over many documents: no chains, nobody twice, and who is missing with the proof."""

from __future__ import annotations

import json
from itertools import permutations

import numpy as np
import pytest
from click.testing import CliRunner

import polidiff
from polidiff.alignment import Alignment, clusters
from polidiff.alignment.scores import kept_scores
from polidiff.alignment.sides import CodedDocument
from polidiff.cli import root
from polidiff.model import Cluster, Coding, Unique


def made(scores: dict[tuple[str, str], list[list[float]]], sizes: dict[str, int]) -> tuple[Cluster, ...]:
    """Clusters over made documents; ``scores`` of a pair count in both directions."""
    sides = []
    for name, size in sizes.items():
        text = "\n\n".join(f"Provision {number} of {name} says something." for number in range(size))
        document = polidiff.read(_file(name, text))
        provisions = tuple(p for p in polidiff.split(document) if p.leaf)
        assert len(provisions) == size
        sides.append(CodedDocument(document, provisions, tuple(Coding(name, p.id) for p in provisions)))
    by_id = {side.document.id: side for side in sides}
    alignments = {}
    for a, b in permutations(by_id, 2):
        matrix = np.array(scores[a, b]) if (a, b) in scores else np.array(scores[b, a]).T
        uniques = []
        for i, provision in enumerate(by_id[a].provisions):
            best = int(matrix[i].argmax())
            near = by_id[b].provisions[best].id
            uniques.append(
                Unique(a, provision.id, b, 1 - float(matrix[i, best]), near, float(matrix[i, best]), len(matrix[i]))
            )
        empty = tuple(() for _ in uniques)
        alignments[a, b] = Alignment(by_id[a], by_id[b], empty, tuple(uniques), kept_scores(matrix))
    return clusters(sides, alignments)


_HELD: dict[str, str] = {}


@pytest.fixture(autouse=True)
def _folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    _HELD["folder"] = str(tmp_path_factory.mktemp("made"))


def _file(name: str, text: str) -> str:
    from pathlib import Path

    path = Path(_HELD["folder"]) / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def members(cluster: Cluster) -> list[str]:
    return sorted(member.document for member in cluster.members)


def test_what_all_answer_is_one_cluster() -> None:
    (found,) = made({("a", "b"): [[0.9]], ("a", "c"): [[0.8]], ("b", "c"): [[0.7]]}, {"a": 1, "b": 1, "c": 1})
    assert members(found) == ["a", "b", "c"]
    assert found.score == 0.7
    assert found.missing == ()


def test_a_chain_is_not_a_cluster() -> None:
    """A answers B and B answers C, but A and C have nothing in common."""
    (found,) = made({("a", "b"): [[0.9]], ("a", "c"): [[0.0]], ("b", "c"): [[0.8]]}, {"a": 1, "b": 1, "c": 1})
    assert members(found) == ["a", "b"]
    (gone,) = found.missing
    assert gone.document == "c"
    assert gone.chained
    assert gone.nearest_score == 0.8
    assert gone.probability == pytest.approx(0.2)


def test_a_long_chain_falls_into_its_closest_pairs() -> None:
    names = ["a", "b", "c", "d"]
    near = {("a", "b"): 0.9, ("b", "c"): 0.5, ("c", "d"): 0.8}
    scores = {(x, y): [[near.get((x, y), 0.0)]] for i, x in enumerate(names) for y in names[i + 1 :]}
    assert [members(one) for one in made(scores, dict.fromkeys(names, 1))] == [["a", "b"], ["c", "d"]]


def test_a_second_provision_joins_only_if_all_others_answer_it() -> None:
    both = made({("a", "b"): [[0.9], [0.6]], ("a", "c"): [[0.8], [0.5]], ("b", "c"): [[0.7]]}, {"a": 2, "b": 1, "c": 1})
    assert [members(one) for one in both] == [["a", "a", "b", "c"]]
    one = made({("a", "b"): [[0.9], [0.6]], ("a", "c"): [[0.8], [0.0]], ("b", "c"): [[0.7]]}, {"a": 2, "b": 1, "c": 1})
    assert [members(found) for found in one] == [["a", "b", "c"]]


def test_every_pair_of_a_cluster_is_linked_and_nobody_stands_in_two() -> None:
    rng = np.random.default_rng(0)
    names = ["a", "b", "c", "d", "e"]
    scores = {
        (x, y): np.where(rng.random((6, 6)) < 0.3, rng.random((6, 6)).round(3), 0.0).tolist()
        for i, x in enumerate(names)
        for y in names[i + 1 :]
    }
    found = made(scores, dict.fromkeys(names, 6))
    assert found == made(scores, dict.fromkeys(names, 6))
    seen = [(member.document, member.provision) for one in found for member in one.members]
    assert len(seen) == len(set(seen))
    number = {
        p.id: at for at, p in enumerate(q for q in polidiff.split(polidiff.read(_file("a", _text("a")))) if q.leaf)
    }
    for one in found:
        for x in one.members:
            for y in one.members:
                if x.document < y.document:
                    assert scores[x.document, y.document][number[x.provision]][number[y.provision]] >= one.score
        assert {m.document for m in one.members} | {m.document for m in one.missing} == set(names)


def _text(name: str) -> str:
    return "\n\n".join(f"Provision {number} of {name} says something." for number in range(6))


def test_the_command_gathers_three_documents_and_keeps_to_pairs_for_two() -> None:
    ids = ("us-ai-action-plan-2025.digest.en", "cn-global-ai-governance-2025.digest.en")
    chinese = "cn-global-ai-governance-2025.digest.zh"
    three = CliRunner().invoke(root, ["align", *ids, chinese, "--format", "jsonl", "--encoder", "fast", "--top", "1"])
    assert three.exit_code == 0, three.output
    records = [json.loads(line) for line in three.output.splitlines()]
    gathered = [record for record in records if "cluster" in record]
    assert len([one for one in gathered if {m["document"] for m in one["members"]} >= {ids[1], chinese}]) > 20
    two = CliRunner().invoke(root, ["align", *ids, "--format", "jsonl", "--encoder", "fast", "--top", "1"])
    assert all("targets" in json.loads(line) for line in two.output.splitlines())


def test_the_page_shows_who_is_missing_in_both_languages() -> None:
    from polidiff.report import page

    names = ("us-ai-action-plan-2025", "cn-global-ai-governance-2025")
    documents = [polidiff.read(f"{name}.digest.en") for name in names]
    documents.append(polidiff.read("cn-global-ai-governance-2025.digest.zh"))
    comparison = polidiff.compare(*documents)
    assert comparison.clusters
    assert "Chance that nothing there answers" in page(comparison, language="en")
    assert "无对应条款的可能性" in page(comparison, language="zh")
