"""A judge as people name it: a folder that anybody answers, or a model behind an address."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from polidiff.cache import cache_root
from polidiff.errors import InputError
from polidiff.judges.endpoint import ChatModel, KeptAnswers, Model
from polidiff.judges.protocol import EndpointJudge, FolderJudge, Judge, Memory
from polidiff.settings import settings

__all__ = ["judge_named", "model_named"]

_BOTH = "an address goes with --model NAME, and --model with an address (--judge or --endpoint)"


def judge_named(where: str | None, model: str | None, known: Memory | None = None) -> Judge:
    """Return who is asked: a folder, or with ``model`` the model behind an address; ``known`` are answers held."""
    if where is not None and model is None and "://" not in where:
        return FolderJudge(Path(where), known)
    asked = model_named(where, model)
    kept = cache_root() / "judge" / sha256(asked.identity.encode()).hexdigest()[:16]
    return EndpointJudge(asked, kept, known)


def model_named(endpoint: str | None, model: str | None) -> Model:
    """Return the model behind an address, its answers kept. Raises InputError where one of the two is missing."""
    if endpoint is None or model is None:
        raise InputError("--model", "names a model behind an address, and one alone was given", _BOTH)
    return KeptAnswers(ChatModel(endpoint, model, settings().endpoint_key or None))
