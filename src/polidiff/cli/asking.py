"""The parts of ``polidiff code`` and ``polidiff check`` that ask a language model."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click

from polidiff.cli.show import json_lines, plural, progress_line, shortened

if TYPE_CHECKING:
    from polidiff.checking.claims.second_opinion import Judge
    from polidiff.coding.asked import AskedCodes
    from polidiff.judges.endpoint import Model
    from polidiff.model import Provision, Scale

endpoint_option = click.option(
    "--endpoint",
    metavar="ADDRESS",
    help="Ask a language model there (OpenAI's form, https://host/v1). Sends it the texts.",
)
model_option = click.option("--model", metavar="NAME", help="The model to ask at the endpoint.")


def code_asked(
    sources: Sequence[str], codebook: str, scale: str, endpoint: str | None, model: str | None, form: str
) -> None:
    """Print what a language model says of each provision, as far as the provision's own words prove it."""
    from polidiff import api
    from polidiff.coding import load_codebook
    from polidiff.coding.asked import asked_record, code_with_model

    asked_one = _model(endpoint, model)
    book = load_codebook(codebook)
    why: Counter[str] = Counter()
    units = counted = 0
    for source in sources:
        document = api.read(source, progress=progress_line())
        provisions = {provision.id: provision for provision in api.split(document)}
        held = tuple(provisions.values())
        for asked in code_with_model(held, book, asked_one, scale=cast("Scale", scale), progress=progress_line()):
            provision = provisions[asked.coding.provision]
            units += 1
            counted += _count(asked)
            why.update(refusal.why for refusal in asked.refused)
            if form == "jsonl":
                json_lines([asked_record(asked, provision)])
            else:
                _show(asked, provision)
    refused = "; ".join(f"{reason}: {count}" for reason, count in sorted(why.items())) or "nothing refused"
    click.echo(f"{plural(units, 'provision')}, {plural(counted, 'code')} that count ({refused})", err=True)


def judge_asked(endpoint: str | None, model: str | None) -> Judge | None:
    """Return the judge of claims behind an endpoint; None where none was named."""
    if endpoint is None and model is None:
        return None
    from polidiff.checking.claims.second_opinion import ModelJudge

    return ModelJudge(_model(endpoint, model))


def _model(endpoint: str | None, model: str | None) -> Model:
    from polidiff.judges.endpoint import KEY, ChatModel, KeptAnswers

    if endpoint is None or model is None:
        raise click.UsageError("--endpoint and --model go together")
    return KeptAnswers(ChatModel(endpoint, model, os.environ.get(KEY)))


def _count(asked: AskedCodes) -> int:
    labels = (asked.coding.strength, asked.coding.posture, asked.coding.forum)
    return len(asked.coding.themes) + len(asked.coding.instruments) + sum(bool(code.cues) for code in labels)


def _show(asked: AskedCodes, provision: Provision) -> None:
    coding = asked.coding
    themes = ", ".join(code.id for code in coding.themes) or "no theme"
    labels = [code.id for code in (coding.strength, coding.posture, coding.forum) if code.cues]
    lead = ", ".join(actor.name for actor in coding.lead)
    said = [*labels, *([f"led by {lead}"] if lead else [])]
    click.echo(shortened(provision.text))
    click.echo(f"    {themes}{' · ' if said else ''}{' · '.join(said)}")
