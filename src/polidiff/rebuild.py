"""A report made again from its sources, by the whole pipeline, and compared with what lies in its folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from polidiff import api, bundle
from polidiff.coding.strictness import Strictness
from polidiff.encode import Encoder, encoder_named
from polidiff.errors import InputError
from polidiff.interchange.opened import Opened, open_report
from polidiff.judges.protocol import KeptJudge, Memory, Recorder
from polidiff.model import ArticleCheck, Comparison, Document, LawStrength, Scale
from polidiff.rederived import read_again
from polidiff.verification import Remade, VerifyReport
from polidiff.verification import verify as verify_room
from polidiff.version import __version__

__all__ = ["verify"]

Progress = Callable[[str, int, int], None]


def verify(
    output: str | Path,
    sources: Sequence[str | Path] = (),
    *,
    strict: bool = False,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> VerifyReport:
    """Prove an output as :func:`polidiff.verify` does, and make it again from its sources: every byte must be the same.

    That proves codes, links, findings and verdicts to be what this version says of these sources. A judge's kept
    answers are taken from the report. ``encoder`` is the one that the report was made with, where it is the user's
    own. Raises InputError for what can't be made again: a source that isn't at hand, another version, one against many.
    """

    given = Path(output)
    if given.name == "against.json" or (given / "against.json").is_file():
        what = "one against many can't be made again from sources: it hangs on every document of its workspace"
        remedy = "ask polidiff against WORKSPACE DOCUMENT -o DIR again, and compare; verify alone proves what it says"
        raise InputError(str(output), what, remedy)

    def again(folder: Path, found: Mapping[str, Path]) -> Remade:
        made = bundle.again(folder, found)
        files, counts = dict(made.files), Counter(made.counts)
        for name in ("comparison.json", "check.json"):
            if (folder / name).is_file():
                run = _run(open_report(folder / name), found, encoder, progress)
                files |= run.files
                counts["files that a new run from the sources gives to the byte"] += len(run.files)
        return replace(made, files=files, counts=counts)

    return verify_room(Path(output), [Path(source) for source in sources], strict=strict, again=again)


def _run(
    opened: Opened, sources: Mapping[str, Path], encoder: Encoder | None, progress: Progress | None
) -> bundle.Bundle:
    """Run the pipeline again with the settings that the report tells."""
    version = dict(opened.method).get("polidiff")
    if version != __version__:
        what = f"it was made by polidiff {version}, and this is {__version__}"
        raise InputError(str(opened.path), what, f"run: uvx polidiff@{version} verify --rebuild")
    if opened.record.get("decisions"):
        raise InputError(str(opened.path), "decisions of people are in it", "make it again from its workspace")
    documents = [_read(opened, document, sources) for document in opened.documents]
    article = None if opened.check is None else _read(opened, opened.check.article, sources)
    used = _encoder(opened, encoder)
    kept = opened.folder / bundle.ANSWERS
    judge = Recorder(KeptJudge(Memory.read(kept))) if kept.is_file() and opened.comparison is not None else None
    comparison: Comparison | None = None
    if opened.comparison is not None:
        comparison = api.compare(
            *documents,
            codebook=opened.comparison.codebook,
            encoder=used,
            scale=_scale(opened.comparison),
            level=dict(opened.method).get("level"),
            strictness=cast("Strictness", dict(opened.method).get("strictness", "usual")),
            judge=judge,
            progress=progress,
        )
    check: ArticleCheck | None = None
    if article is not None and opened.check is not None:
        claims = opened.check.read_for_claims
        check = api.check(article, documents, claims=claims, encoder=used, judge=judge, progress=progress)
    if comparison is not None:
        answers = None if judge is None else bundle.kept_lines(judge.kept)
        return bundle.of_comparison(comparison, check, answers=answers)
    assert check is not None, "a report that opens holds one or the other"
    return bundle.of_check(check, opened.method, opened.published)


def _read(opened: Opened, document: Document, sources: Mapping[str, Path]) -> Document:
    made = read_again(document, sources.get(document.id))
    if made is None:
        what = f"the source of document {document.id} isn't at hand ({document.source or 'none is told'})"
        raise InputError(str(opened.path), what, "give it with --source FILE")
    return replace(made, source=document.source)


def _scale(comparison: Comparison) -> Scale:
    """The scale that was asked for: law where a document that isn't read as law has its steps."""
    laws = dict(comparison.method).get("laws", "").split(", ")
    steps = {
        coding.strength.id
        for document, codings in zip(comparison.documents, comparison.codings, strict=True)
        for coding in codings
        if document.id not in laws
    }
    return "law" if steps & set(get_args(LawStrength)) else "plan"


def _encoder(opened: Opened, encoder: Encoder | None) -> Encoder | None:
    """The encoder that the report was made with. Raises InputError where it is another one."""
    told = dict(opened.method).get("encoder")
    if told is None:
        return None
    for one in (encoder,) if encoder is not None else map(encoder_named, ("default", "fast")):
        if one.identity == told:
            return one
    raise InputError(str(opened.path), f"it was made with the encoder {told}", "name it with --encoder")
