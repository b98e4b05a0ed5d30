"""A user's own model beside the check of claims, against a real server: what it makes up changes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.judges.model_server import command, served

import polidiff
from polidiff.checking.claims.second_opinion import EntailmentJudge, ModelJudge, second_opinions
from polidiff.judges.endpoint import ChatModel
from polidiff.model import ClaimVerdict, Document, Reason

PLAN = """Plan for the lakes

The Ministry of Lakes should measure the water of each lake every month.

The Boat Office will fund research into quiet engines.
"""
CLAIM = "The plan says that the Ministry of Lakes must measure the water every month."


@pytest.fixture
def lakes(tmp_path: Path) -> Document:
    path = tmp_path / "lakes.txt"
    path.write_text(PLAN, encoding="utf-8")
    return polidiff.read(path)


def verdict(lakes: Document) -> ClaimVerdict:
    from polidiff.checking import given_claims

    return polidiff.api.check_claims(given_claims([("c", CLAIM, "lakes")]), [lakes])[0]


def test_words_of_a_passage_count(lakes: Document) -> None:
    own = verdict(lakes)

    def other(_: str, text: str) -> str:
        assert CLAIM in text
        number = text.split("should measure")[0].rsplit("[", 1)[1].split("]")[0]
        return json.dumps({"label": "contradicted", "passage": int(number), "words": "should measure"})

    with served(other) as (address, _):
        (found,) = second_opinions([own], [lakes], ModelJudge(ChatModel(address, "m")))
    assert found.verdict == "contradicted"
    assert lakes.cut(found.evidence[0].span) == "should measure"
    said = Reason.of("opinion.differs", 0.5, judge="m at 127.0.0.1", label="contradicted", verdict=own.verdict)
    assert found.reasons[0] == said
    assert found.confidence == 0.5


@pytest.mark.parametrize(
    "said",
    [
        {"label": "contradicted", "passage": 1, "words": "must never measure"},
        {"label": "contradicted", "passage": 1, "words": "Should Measure"},
        {"label": "contradicted", "passage": 99, "words": "should measure"},
        {"label": "contradicted", "passage": 0, "words": "should measure"},
        {"label": "contradicted", "passage": True, "words": "should measure"},
        {"label": "contradicted", "passage": "1", "words": "should measure"},
        {"label": "not_found", "passage": 1, "words": "should measure"},
        {"label": "verbatim", "passage": 1, "words": "should measure"},
        {"label": ["contradicted"], "passage": 1, "words": "should measure"},
        {"label": "contradicted", "passage": 1},
        {},
    ],
)
def test_what_is_made_up_changes_nothing(lakes: Document, said: dict[str, object]) -> None:
    own = verdict(lakes)
    with served(lambda *_: json.dumps(said)) as (address, _asked):
        assert second_opinions([own], [lakes], ModelJudge(ChatModel(address, "m"))) == (own,)


def test_an_entailment_model_goes_by_whole_passages_and_abstains_when_unsure(lakes: Document) -> None:
    def entailment(passage: str, _: str) -> Mapping[str, float]:
        return {"entailment": 0.1, "contradiction": 0.9 if "should" in passage else 0.3, "neutral": 0.0}

    own = verdict(lakes)
    (found,) = second_opinions([own], [lakes], EntailmentJudge("nli", entailment))
    assert found.verdict == "contradicted"
    assert "should" in lakes.cut(found.evidence[0].span)
    assert second_opinions([own], [lakes], EntailmentJudge("nli", entailment, 0.95)) == (own,)


def test_the_command_asks_it_and_a_liar_changes_nothing(lakes: Document, tmp_path: Path) -> None:
    claims = tmp_path / "claims.jsonl"
    claims.write_text(json.dumps({"id": "c", "claim": CLAIM, "document": "lakes"}), encoding="utf-8")
    given = ("check", "--claims", str(claims), "--against", str(tmp_path / "lakes.txt"), "--format", "jsonl")
    alone = command(tmp_path, *given)
    lie = json.dumps({"label": "contradicted", "passage": 1, "words": "the plan forbids all measuring"})
    with served(lambda *_: lie) as (address, asked):
        told = command(tmp_path, *given, "--endpoint", address, "--model", "m")
    assert told.returncode == alone.returncode == 0, told.stderr
    assert told.stdout == alone.stdout
    assert len(asked) == 1
