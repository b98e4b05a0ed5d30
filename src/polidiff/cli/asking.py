"""The parts of ``polidiff code`` and ``polidiff check`` that ask a language model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click

from polidiff.cli.show import json_lines, plural, progress_line, shortened

if TYPE_CHECKING:
    from polidiff.coding.asked import AskedCodes
    from polidiff.judges.endpoint import Model
    from polidiff.judges.protocol import Judge, Memory
    from polidiff.model import Provision, Scale

endpoint_option = click.option(
    "--endpoint",
    metavar="ADDRESS",
    help="Ask a language model there (OpenAI's form, https://host/v1). Sends it the texts.",
)
judge_option = click.option(
    "--judge",
    metavar="FOLDER|ADDRESS",
    help="Ask what is undecided: by files in a folder, or with --model of the model behind an address.",
)
model_option = click.option("--model", metavar="NAME", help="The model to ask at the endpoint.")


def code_asked(
    sources: Sequence[str], codebook: str, scale: str, endpoint: str | None, model: str | None, form: str
) -> None:
    """Print what a language model says of each provision, as far as the provision's own words prove it."""
    from polidiff import api
    from polidiff.coding import load_codebook
    from polidiff.coding.asked import asked_record, code_with_model

    asked_one = asked_model(endpoint, model)
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


def judge_asked(where: str | None, model: str | None, known: Memory | None = None) -> Judge:
    """Return who is asked (:func:`polidiff.judges.named.judge_named`). Raises UsageError for half of a name."""
    from polidiff.judges.named import judge_named

    _check(where, model)
    return judge_named(where, model, known)


def asked_model(endpoint: str | None, model: str | None) -> Model:
    """Return the model behind an address, its answers kept. Raises UsageError where one of the two is missing."""
    from polidiff.judges.named import model_named

    _check(endpoint, model, folder=False)
    return model_named(endpoint, model)


def _check(where: str | None, model: str | None, *, folder: bool = True) -> None:
    if (where is None or model is None) and not (folder and where is not None and "://" not in where):
        raise click.UsageError("an address goes with --model NAME, and --model with an address (--judge or --endpoint)")


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
